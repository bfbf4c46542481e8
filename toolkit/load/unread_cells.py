"""Cells of a workbook that look filled in Excel and come out blank: errors, and formulas nobody has worked out.

A price that is ``#DIV/0!``, or a formula that a program wrote and Excel never opened, holds no value that any reader
can give. The parser hands on a blank, and the price would be unknown without a word. So the sheet's own XML is asked,
and each column that is read and has such cells says so, once, with its first cell and their number.
"""

from __future__ import annotations

import re

import polars as pl

from toolkit.load.recognize import Match, cell_address, column_letters
from toolkit.load.text_sheet import TextSheet, Unread

__all__ = ["unread_cells", "unread_problems"]

_ERROR = re.compile(rb'<c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_UNDONE = re.compile(rb"</f>\s*</c>|<f\b[^>]*/>\s*</c>")
_NO_RESULT = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*</c>')


def unread_cells(xml: bytes) -> tuple[Unread, ...]:
    """The cells of a sheet without a value to read, from its XML; most sheets have none, and cost three searches.

    >>> unread_cells(b'<c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>1+1</f></c>')
    (('error_cell', 'B', 2), ('formula_empty', 'C', 2))
    """
    errors = _ERROR.findall(xml) if b't="e"' in xml else []
    empty = _NO_RESULT.findall(xml) if _UNDONE.search(xml) else []
    kinds = (("error_cell", errors), ("formula_empty", empty))
    return tuple((kind, letters.decode(), int(row)) for kind, cells in kinds for letters, row in cells)


def unread_problems(sheet: TextSheet, match: Match) -> pl.DataFrame:
    """One row per column that is read and kind of cell without a value: the first such cell, and how many there are."""
    columns = {column_letters(column.index): column for column in match.columns}
    below = [cell for cell in sheet.unread if cell[1] in columns and cell[2] > match.header_row]
    kinds = {}
    for problem, letters, row in below:
        kinds.setdefault((problem, letters), []).append(row)
    said = [
        {
            "source_row": min(rows), "cell": cell_address(columns[letters].index, min(rows)),
            "column": columns[letters].field.column, "value": str(len(rows)), "problem": problem, "effect": "blanked",
        }
        for (problem, letters), rows in kinds.items()
    ]  # fmt: skip
    names = dict.fromkeys(("cell", "column", "value", "problem", "effect"), pl.String)
    return pl.DataFrame(said, schema={"source_row": pl.Int64, **names})
