"""The rows of a user's own rules about the words of bills, from a workbook, with the numbers they have there.

What they mean is not known here (`toolkit.reconcile.rule_sheet`): this finds the sheet, its header and its cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.load.recognize import normal
from toolkit.load.text_frame import read_sheets
from toolkit.load.text_sheet import HEAD_ROWS

__all__ = ["RuleRows", "rule_rows"]

_ID, _CLASS = ("编号", "id"), ("类别", "class")


@dataclass(frozen=True)
class RuleRows:
    """A header and the rows below it."""

    place: str
    """File and sheet."""
    captions: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    """Number in the sheet, and cells."""


def rule_rows(path: Path) -> RuleRows:
    """The rows of the first visible sheet whose header names 编号 and 类别.

    Raises:
        InputError: the file cannot be read.
        SettingsError: no sheet has such a header.
    """
    for sheet in read_sheets(path):
        if sheet.is_hidden:
            continue
        rows = sheet.rows.select("row", *(f"c{n}" for n in range(sheet.width))).collect().rows()
        for at, (_, *cells) in enumerate(rows[:HEAD_ROWS]):
            if _names(cells, _ID) and _names(cells, _CLASS):
                place = " › ".join(filter(None, (sheet.file, sheet.sheet)))
                below = tuple((int(number), tuple(row)) for number, *row in rows[at + 1 :])
                return RuleRows(place, tuple(cell or "" for cell in cells), below)
    raise SettingsError("rule_sheet_no_header", file=path.name)


def _names(cells: list[str | None], captions: tuple[str, ...]) -> bool:
    return bool({normal(cell or "") for cell in cells} & {normal(caption) for caption in captions})
