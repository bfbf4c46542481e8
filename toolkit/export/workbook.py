"""The one place that writes cells: what is text stays text, and what was meant is what is in the file.

Spreadsheet writers guess. A title ``=1+1`` becomes a formula, a link becomes clickable, a 16-digit id becomes
1.005E+15, text beyond 32,767 characters is cut and rows beyond 1,048,576 are dropped without a word. Here nothing is
guessed: the schema's unit of a column decides how its cells are written, every return code is looked at, and the
finished file is read again by another library and compared cell by cell before it takes its name.

The date in a workbook's properties is given, never the clock's, so the same tables give the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any, cast

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.errors import OutputError
from toolkit.export.cells import Shown, choice_words, shown
from toolkit.export.into_place import into_place
from toolkit.export.looks import FONTS, LOOKS
from toolkit.export.printed import PrintedSheet
from toolkit.export.sheet import Meant, Sheet, first_units
from toolkit.words import Lang

__all__ = ["Sheet", "Shown", "Workbook", "choice_words", "safe_sheet_name", "shown"]

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


class Workbook:
    """A workbook being filled; `save` puts it in place.

    >>> import tempfile, polars as pl
    >>> book = Workbook(day=date(2026, 11, 22), lang="en")
    >>> ids = pl.DataFrame({"sku_id": ["12000044382493157"]})
    >>> book.sheet("list").table(ids, [Shown("sku_id", "SKU ID", "id")])
    1
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = book.save(Path(folder) / "list.xlsx")
    ...     CalamineWorkbook.from_path(path).get_sheet_by_name("list").to_python()
    [['SKU ID'], ['12000044382493157']]
    """

    def __init__(self, *, day: date, lang: Lang = "zh", title: str = "") -> None:
        self.lang: Lang = lang
        self._bytes = io.BytesIO()
        # Only texts and numbers are written below; the options are a second lock on the same door.
        self._book = xlsxwriter.Workbook(
            self._bytes,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
        self._formats: dict[tuple[Any, ...], Format] = {}
        self._sheets: list[Sheet] = []
        self._lists: tuple[Worksheet, dict[tuple[str, ...], str]] | None = None

    def sheet(self, name: str, *, tab: str | None = None, plain: bool = False) -> Sheet:
        """A new sheet; its name is made acceptable first (`safe_sheet_name`).

        A plain sheet keeps Excel's own grid instead of borders and leaves empty cells out: for big tables.
        """
        safe = safe_sheet_name(name, [sheet.name for sheet in self._sheets])
        raw = cast(PrintedSheet, self._book.add_worksheet(safe, PrintedSheet))
        sheet = Sheet(self, safe, raw, plain=plain)
        if tab:
            sheet.raw.set_tab_color(tab)
        self._sheets.append(sheet)
        return sheet

    def remember(self, **facts: str) -> None:
        """Facts for the next program, not for eyes: custom document properties."""
        for name, value in facts.items():
            self._book.set_custom_property(name, value, "text")

    def name_cell(self, name: str, reference: str) -> None:
        """A defined name; see `Sheet.name_cell`."""
        self._book.define_name(name, reference)

    def save(self, path: Path) -> Path:
        """Finish, read again, compare, and put in place; gives the path really written (`name (2).xlsx` if in use).

        Raises:
            OutputError: the folder cannot be written, or a cell does not read as it was meant. The old file stays.
        """
        for sheet in self._sheets:
            sheet.finish()
        self._book.close()
        return into_place(path, self._bytes.getvalue(), check=partial(self._compare, file=path.name))

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
            self._lists = (self._book.add_worksheet(safe_sheet_name("lists", [s.name for s in self._sheets])), {})
            self._lists[0].hide()
        sheet, known = self._lists
        if pick not in known:
            at = len(known)
            if any(map(sheet.write_string, range(len(pick)), repeat(at), pick)):
                raise OutputError("cell_refused", sheet=sheet.get_name(), cell=xl_rowcol_to_cell(0, at), code=-1)
            known[pick] = f"='{sheet.get_name()}'!{xl_range_abs(0, at, len(pick) - 1, at)}"
        return known[pick]

    def _compare(self, path: Path, *, file: str) -> None:
        """Raise unless every cell of the file reads as it was meant."""
        book = CalamineWorkbook.from_path(path)
        for sheet in self._sheets:
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            columns = list(zip(*rows, strict=True))
            for meant in sheet.meant:
                column = columns[meant.column] if meant.column < len(columns) else ()
                found = list(column[meant.row : meant.row + len(meant.values)])
                found += [""] * (len(meant.values) - len(found))
                if found != meant.values:
                    _raise_first_difference(file, sheet.name, meant, found)


def _raise_first_difference(file: str, sheet: str, meant: Meant, found: list[Any]) -> None:
    for n, (want, got) in enumerate(zip(meant.values, found, strict=True)):
        if want != got and not _same_number(want, got):
            cell = xl_rowcol_to_cell(meant.row + n, meant.column)
            raise OutputError("reread_differs", file=file, sheet=sheet, cell=cell, meant=want, found=got)


def _same_number(want: Any, got: Any) -> bool:
    """Equal as far as a sheet keeps numbers (15 digits), moments to the second."""
    if isinstance(want, datetime) and isinstance(got, datetime):
        return abs((want - got).total_seconds()) < 0.5
    return isinstance(want, float) and isinstance(got, float) and math.isclose(want, got, rel_tol=1e-14)
