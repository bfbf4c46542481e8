"""One sheet of a workbook, written from top to bottom: lines of text, tables, forms to be filled in.

Only two ways lead into a cell: as text, or as a number; a table goes in whole (`printed.py`). Each gives a code that is
looked at, and each remembers what was meant, so that the finished file can be compared with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from toolkit.errors import OutputError
from toolkit.export.cells import (
    TEXT_UNITS,
    Shown,
    least_width,
    lines_needed,
    look_of,
    read_again,
    refuse_unfit,
    serial,
    widths,
)
from toolkit.export.looks import TINTS
from toolkit.export.parts import Parts, first_units
from toolkit.export.printed import Printed, PrintedSheet
from toolkit.export.table_texts import LONGEST_TEXT, TableTexts
from toolkit.words import say

__all__ = ["Meant", "Sheet"]

_LAST_ROW = 1_048_576
_ROW_HEIGHT = 20


@dataclass(frozen=True)
class Meant:
    """Cells as they must read again: a run of values down one column."""

    row: int
    column: int
    values: list[Any]


class Sheet:
    """One sheet, filled from top to bottom."""

    def __init__(self, parts: Parts, raw: PrintedSheet, *, plain: bool = False) -> None:
        self.name = str(raw.get_name())
        self.raw = raw
        self.meant: list[Meant] = []
        self._parts = parts
        self._look = "free" if plain else "cell"
        self._row = 0
        self._widths: dict[int, float] = {}
        self._whole: dict[int, Format] = {}
        self._text_cells: list[str] = []
        self._folded: set[int] = set()
        raw.hide_gridlines(1 if plain else 2)
        raw.set_landscape()
        raw.set_paper(9)
        raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if not plain:
            raw.fit_to_pages(1, 0)
        raw.set_footer("&L&8&A&R&8&P / &N")

    def line(self, text: str = "", look: str = "note") -> None:
        """One line of text, free to run over the cells to its right."""
        if text:
            self._one(self._row, 0, text, self._parts.format(look))
        if look == "title":
            self.raw.set_row(self._row, 26)
        self._row += 1

    def table(
        self,
        frame: pl.DataFrame,
        columns: Sequence[Shown],
        *,
        main: bool = True,
        keep_left: int = 0,
        empty: str = "",
    ) -> int:
        """A header and one row per row of the frame, in its order; gives the sheet's row (from 0) of the first.

        Args:
            main: freeze the header, filter by it and repeat it on every printed page (one table per sheet).
            keep_left: columns that stay in view when scrolling to the right (with `main`).
            empty: the line written under the header when the frame has no rows.

        Raises:
            OutputError: more rows than a sheet holds, a text too long for a cell, a number that is not finite.
        """
        top, first = self._row, self._row + 1
        if first + frame.height > _LAST_ROW:
            raise OutputError("too_many_rows", sheet=self.name, rows=f"{frame.height:,}", limit=f"{_LAST_ROW:,}")
        self._cells(top, frame, columns)
        self._row = first + frame.height
        self.raw.set_row(top, 32)
        self._heights(first, frame, columns)
        last = max(self._row - 1, first)
        if main:
            self._folded = {at for at, column in enumerate(columns) if column.folded}
            self.raw.freeze_panes(first, keep_left)
            self.raw.autofilter(top, 0, last, len(columns) - 1)
            self.raw.repeat_rows(top)
        if frame.is_empty() and empty:
            self.line(empty)
        return first

    def name_cell(self, name: str, row: int, column: int) -> None:
        """Give a cell a name by which a program finds it again, wherever people move it."""
        self._parts.name_cell(name, f"='{self.name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}")

    def form(self, columns: Sequence[Shown], *, rows: int = 5000) -> None:
        """A header over empty rows to be filled by hand: ids stay text, drop-downs where there is a choice, hints.

        A column whose ``tints`` say ``{"": "must"}`` is one that has to be filled; its header is marked.
        """
        top = self._row
        for at, column in enumerate(columns):
            look = "must" if column.tints.get("") == "must" else "header"
            self._one(top, at, column.title, self._parts.format(look, align="center"))
            self._widths[at] = max(self._widths.get(at, 0), least_width(column))
            self._whole[at] = self._parts.format("free", **look_of(column))
            self._pick(top + 1, at, top + rows, column)
            self._text_cells += [xl_range(top + 1, at, top + rows, at)] * (column.unit == "id")
        self.raw.set_row(top, 32)
        self.raw.hide_gridlines(1)
        self.raw.freeze_panes(top + 1, 0)
        self._row = top + 1

    def finish(self) -> None:
        """Widths and marks that are known only when everything is written."""
        for at, width in self._widths.items():
            fold = {"level": 1, "hidden": True} if at in self._folded else {}
            self.raw.set_column(at, at, width, self._whole.get(at), fold)
        if self._folded:
            after = max(self._folded) + 1
            self.raw.set_column(after, after, self._widths.get(after), None, {"collapsed": True})
        if self._text_cells:
            self.raw.ignore_errors({"number_stored_as_text": " ".join(self._text_cells)})

    def _cells(self, top: int, frame: pl.DataFrame, columns: Sequence[Shown]) -> None:
        """The header, and all cells below it at once."""
        numbers = {at: column for at, column in enumerate(columns) if column.unit not in TEXT_UNITS}
        refuse_unfit(frame, numbers.values(), sheet=self.name)
        texts = TableTexts.of(frame, columns, self._parts.lang)
        fitted = widths(frame, columns, self._parts.lang)
        printed = []
        for at, column in enumerate(columns):
            self._one(top, at, column.title, self._parts.format("header", align="center"))
            self._widths[at] = max(self._widths.get(at, 0), fitted[at])
            if frame.height:
                printed.append(self._column(top + 1, at, column, texts, frame.height))
        if printed:
            again = frame.select(read_again(column).alias(str(at)) for at, column in numbers.items())
            self.meant += [Meant(top + 1, int(cells.name), _blanks_as_read(cells)) for cells in again]
            held = frame.with_columns(*(serial(column).alias(str(at)) for at, column in numbers.items()), *texts.plain)
            self._check(self.raw.print_rows(top + 1, held, printed, blanks=self._look != "free"), top + 1, 0)

    def _column(self, first: int, at: int, column: Shown, texts: TableTexts, height: int) -> Printed:
        """How one column of a table is printed, below its header; what needs a closer look goes in alone."""
        plain, style = self._looks(column)
        if column.unit == "id":
            self._text_cells.append(xl_range(first, at, first + height - 1, at))
        self._pick(first, at, first + height - 1, column)
        if column.unit not in TEXT_UNITS:
            return Printed(at, pl.col(str(at)), style, is_text=False)
        different = texts.different[at]
        shared = self.raw.share(different, cells=texts.filled[at])
        meant = _blanks_as_read(texts.plain[str(at)])
        for n, text in texts.alone.get(at, {}).items():
            meant[n] = self._put(first + n, at, text, plain)
        self.meant.append(Meant(first, at, meant))
        numbers = pl.col(str(at)).replace_strict(different, shared, return_dtype=pl.Int64)
        return Printed(at, numbers if different else pl.lit(None), style, is_text=True)

    def _looks(self, column: Shown) -> tuple[Format, pl.Expr]:
        """The format of a column's cells, and its number, or those by value where values have a tint."""
        tinted = {v: self._parts.format(self._look, **look_of(column), **TINTS[t]) for v, t in column.tints.items()}
        plain = tinted.pop("", None) or self._parts.format(self._look, **look_of(column))
        styles = {value: self.raw.style(look) for value, look in tinted.items()}
        usual = self.raw.style(plain)
        if not tinted:
            return plain, pl.lit(usual)
        return plain, pl.col(column.name).replace_strict(styles, default=usual, return_dtype=pl.Int64)

    def _one(self, row: int, at: int, text: str, look: Format) -> None:
        """One text cell."""
        self.meant.append(Meant(row, at, [self._put(row, at, text, look)]))

    def _put(self, row: int, at: int, text: str, look: Format) -> str:
        """Write one text cell; gives the text that is in it."""
        clean = _writable(text, self.name)
        if clean.startswith("<r>"):
            # xlsxwriter takes <r>…</r> for its own markup and would not escape it; in two pieces it is text again.
            code = self.raw.write_rich_string(row, at, look, clean[:1], look, clean[1:], look)
        else:
            code = self.raw.write_string(row, at, clean, look)
        self._check(code, row, at)
        return clean

    def _check(self, code: int, row: int, at: int) -> None:
        """Raise for cells the writer did not take whole."""
        if code:
            raise OutputError("cell_refused", sheet=self.name, cell=xl_rowcol_to_cell(row, at), code=code)

    def _heights(self, first: int, frame: pl.DataFrame, columns: Sequence[Shown]) -> None:
        if self._look == "free" and not any(column.wrap for column in columns):
            # A big table says it once instead of row by row.
            self.raw.set_default_row(_ROW_HEIGHT)
            return
        for row, lines in enumerate(lines_needed(frame, columns, self._parts.lang), first):
            self.raw.set_row(row, _ROW_HEIGHT + 14 * (lines - 1))

    def _pick(self, first: int, at: int, last: int, column: Shown) -> None:
        """A drop-down and a hint for the cells of one column."""
        options: dict[str, Any] = {"validate": "any"}
        if column.pick:
            options = {
                "validate": "list",
                "source": self._parts.pick_source(column.pick),
                "error_title": first_units(column.title, 32),
                "error_message": say("workbook.pick_one", self._parts.lang),
            }
        if column.hint:
            options |= {"input_title": first_units(column.title, 32), "input_message": first_units(column.hint, 255)}
        if (column.pick or column.hint) and (code := self.raw.data_validation(first, at, last, at, options)):
            raise OutputError("cell_refused", sheet=self.name, cell=xl_rowcol_to_cell(first, at), code=code)


def _blanks_as_read(cells: pl.Series) -> list[Any]:
    """The values of cells, as reading them gives them: nothing is an empty text."""
    values = cells.to_list()
    return ["" if value is None else value for value in values] if cells.null_count() else values


def _writable(text: str, sheet: str) -> str:
    """The text, noncharacters replaced; a text longer than a cell raises, as Excel counts (UTF-16)."""
    if _units(text) > LONGEST_TEXT:
        raise OutputError(
            "text_too_long", sheet=sheet, text=text[:20], length=f"{_units(text):,}", limit=f"{LONGEST_TEXT:,}"
        )
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _units(text: str) -> int:
    """How long Excel takes a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
