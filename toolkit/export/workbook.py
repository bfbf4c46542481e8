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
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from toolkit.errors import OutputError
from toolkit.export.cells import Shown, shown
from toolkit.export.into_place import into_place
from toolkit.export.packed import PackedWorkbook
from toolkit.export.parts import Parts
from toolkit.export.printed import PrintedSheet
from toolkit.export.sheet import Meant, Sheet
from toolkit.words import Lang

__all__ = ["Sheet", "Shown", "Workbook", "shown"]


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
        self._book = PackedWorkbook(
            self._bytes,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
        self._parts = Parts(self._book, lang)
        self._sheets: list[Sheet] = []

    def sheet(self, name: str, *, tab: str | None = None, plain: bool = False) -> Sheet:
        """A new sheet; its name is made acceptable first (`toolkit.export.parts.safe_sheet_name`).

        A plain sheet keeps Excel's own grid instead of borders and leaves empty cells out: for big tables.
        """
        raw = cast(PrintedSheet, self._parts.add_sheet(name, PrintedSheet))
        sheet = Sheet(self._parts, raw, plain=plain)
        if tab:
            sheet.raw.set_tab_color(tab)
        self._sheets.append(sheet)
        return sheet

    def remember(self, **facts: str) -> None:
        """Facts for the next program, not for eyes: custom document properties."""
        for name, value in facts.items():
            self._book.set_custom_property(name, value, "text")

    def save(self, path: Path) -> Path:
        """Finish, read again, compare, and put in place; gives the path really written (`name (2).xlsx` if in use).

        Raises:
            OutputError: the folder cannot be written, or a cell does not read as it was meant. The old file stays.
        """
        for sheet in self._sheets:
            sheet.finish()
        self._book.close()
        return into_place(path, self._bytes.getvalue(), check=partial(self._compare, file=path.name))

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
