"""A workbook as text that reads well in a diff: sheet, cell, value, number format; and how to renew a stored one.

To accept a change that was meant::

    RENEW_EXPECTED=1 python -m pytest tests/export

then read the diff of ``tests/expected/`` before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

EXPECTED = Path(__file__).parent.parent / "expected"


def dump(path: Path, *, brief: Collection[str] = ()) -> str:
    """All cells that hold something, with the marks of each sheet; of brief sheets the first five rows."""
    book = openpyxl.load_workbook(path)
    lines: list[str] = []
    for sheet in book:
        picks = sorted((str(rule.sqref), str(rule.formula1)) for rule in sheet.data_validations.dataValidation)
        lines += [f"== {sheet.title}", f"freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref}"]
        lines += [f"pick {where} {what}" for where, what in picks]
        rows = sheet.iter_rows(max_row=5 if sheet.title in brief else None)
        lines += [_cell(cell) for row in rows for cell in row if cell.value is not None]
    lines += [f"name {name} {defined.value}" for name, defined in sorted(book.defined_names.items())]
    return "\n".join(lines) + "\n"


def _cell(cell: Any) -> str:
    value = cell.value.isoformat() if isinstance(cell.value, date | datetime) else repr(cell.value)
    shown_as = "" if cell.number_format == "General" else f"  [{cell.number_format}]"
    return f"{cell.coordinate} {cell.data_type} {value}{shown_as}"


def same_as_expected(name: str, text: str) -> bool:
    """Whether the text is what is stored under this name; stores it first when asked to renew."""
    path = EXPECTED / name
    if os.environ.get("RENEW_EXPECTED"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return path.read_bytes().decode() == text
