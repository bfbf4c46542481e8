"""What the sheets of one workbook share: names nobody else has, formats made once, named cells, words to pick from.

A sheet asks for these and knows nothing of the workbook that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.errors import OutputError
from toolkit.export.looks import FONTS, LOOKS
from toolkit.words import Lang

__all__ = ["Parts", "first_units", "safe_sheet_name"]

_LONGEST_LIST = 255


def safe_sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name Excel accepts: at most 31 characters, none of ``[]:*?/\\``, not taken (in any case), no quote at an end.

    >>> safe_sheet_name("A/B: [x]", taken=["a b x"])
    'A B x (2)'
    """
    plain = " ".join("".join(" " if c in "[]:*?/\\" or ord(c) < 32 else c for c in name).split()).strip("' ")
    used = {other.casefold() for other in taken} | {"history"}
    for n in range(1, len(used) + 2):
        mark = "" if n == 1 else f" ({n})"
        candidate = first_units(plain or "Sheet", 31 - len(mark)).strip("' ") + mark
        if candidate.casefold() not in used:
            return candidate
    raise AssertionError("one of n + 1 names is free")


def first_units(text: str, limit: int) -> str:
    """As much of the text as Excel counts to the limit (UTF-16)."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


class Parts:
    """The shared parts of a workbook in the making."""

    def __init__(self, book: xlsxwriter.Workbook, lang: Lang) -> None:
        self.lang: Lang = lang
        self._book = book
        self._formats: dict[tuple[Any, ...], Format] = {}
        self._lists: tuple[Worksheet, dict[tuple[str, ...], str]] | None = None

    def add_sheet(self, name: str, kind: type[Worksheet] | None = None) -> Worksheet:
        """An empty sheet; its name is made acceptable first (`safe_sheet_name`)."""
        taken = [str(sheet.get_name()) for sheet in self._book.worksheets()]
        return self._book.add_worksheet(safe_sheet_name(name, taken), kind)

    def format(self, look: str, **more: Any) -> Format:
        """A cell format, made once."""
        key = (look, *sorted(more.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**FONTS[self.lang], **LOOKS[look], **more})
        return self._formats[key]

    def pick_source(self, pick: tuple[str, ...]) -> list[str] | str:
        """What a drop-down takes its words from: the words, or cells of a hidden sheet when the words are too long."""
        if len(",".join(pick)) <= _LONGEST_LIST and not any("," in word for word in pick):
            return list(pick)
        if self._lists is None:
            self._lists = (self.add_sheet("lists"), {})
            self._lists[0].hide()
        sheet, known = self._lists
        if pick not in known:
            at = len(known)
            if any(map(sheet.write_string, range(len(pick)), repeat(at), pick)):
                raise OutputError("cell_refused", sheet=sheet.get_name(), cell=xl_rowcol_to_cell(0, at), code=-1)
            known[pick] = f"='{sheet.get_name()}'!{xl_range_abs(0, at, len(pick) - 1, at)}"
        return known[pick]

    def name_cell(self, name: str, reference: str) -> None:
        """A defined name; see `Sheet.name_cell`."""
        self._book.define_name(name, reference)
