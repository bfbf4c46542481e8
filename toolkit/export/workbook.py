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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.errors import OutputError
from toolkit.export.cells import TEXT_UNITS, Shown, choice_words, lines_needed, look_of, serials, shown, width_of, words
from toolkit.export.into_place import into_place
from toolkit.words import Lang, say

__all__ = ["Sheet", "Shown", "Workbook", "choice_words", "safe_sheet_name", "shown"]

_LAST_ROW = 1_048_576
_LONGEST_TEXT = 32_767
_LONGEST_LIST = 255
_FONTS = {"zh": {"font_name": "Microsoft YaHei", "font_size": 10}, "en": {"font_name": "Calibri", "font_size": 11}}
_LOOKS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bg_color": "#2F4B66", "font_color": "#FFFFFF", "text_wrap": True, "border": 1,
               "border_color": "#FFFFFF", "valign": "vcenter"},
    "must": {"bold": True, "bg_color": "#A8452B", "font_color": "#FFFFFF", "text_wrap": True, "border": 1,
             "border_color": "#FFFFFF", "valign": "vcenter"},
    "title": {"bold": True, "font_size": 13, "font_color": "#2F4B66", "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 11, "font_color": "#2F4B66", "valign": "vcenter"},
    "note": {"font_color": "#5F6B76", "valign": "vcenter"},
    "plain": {"valign": "vcenter"},
    "cell": {"border": 1, "border_color": "#DDE2E7", "valign": "vcenter"},
    "free": {"valign": "vcenter"},
}  # fmt: skip
_TINTS: dict[str, dict[str, Any]] = {
    "act": {"bg_color": "#F8DCD6"},
    "must": {"bg_color": "#EFB8AE", "bold": True},
    "rest": {"bg_color": "#FBEBC8"},
    "wait": {"bg_color": "#DCE9F5"},
    "keep": {"bg_color": "#E2F0E0"},
    "input": {"bg_color": "#FFFBE6"},
}


def safe_sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name Excel accepts: at most 31 characters, none of ``[]:*?/\\``, not taken (in any case), no quote at an end.

    >>> safe_sheet_name("A/B: [x]", taken=["a b x"])
    'A B x (2)'
    """
    plain = " ".join("".join(" " if c in "[]:*?/\\" or ord(c) < 32 else c for c in name).split()).strip("' ")
    used = {other.casefold() for other in taken} | {"history"}
    for n in range(1, len(used) + 2):
        mark = "" if n == 1 else f" ({n})"
        candidate = _first_units(plain or "Sheet", 31 - len(mark)).strip("' ") + mark
        if candidate.casefold() not in used:
            return candidate
    raise AssertionError("one of n + 1 names is free")


def _first_units(text: str, limit: int) -> str:
    """As much of the text as Excel counts to the limit (UTF-16)."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


@dataclass(frozen=True)
class _Meant:
    """Cells as they must read again: a run of values down one column."""

    row: int
    column: int
    values: list[Any]


class Workbook:
    """A workbook being filled; `save` puts it in place.

    >>> import tempfile
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
        # Only write_string and write_number are called below; the options are a second lock on the same door.
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
        sheet = Sheet(self, safe, self._book.add_worksheet(safe), plain=plain)
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
            self._formats[key] = self._book.add_format({**_FONTS[self.lang], **_LOOKS[look], **more})
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
            for meant in sheet.meant:
                found = [
                    row[meant.column] if meant.column < len(row) else ""
                    for row in rows[meant.row : meant.row + len(meant.values)]
                ]
                found += [""] * (len(meant.values) - len(found))
                if found != meant.values:
                    _raise_first_difference(file, sheet.name, meant, found)


class Sheet:
    """One sheet, filled from top to bottom."""

    def __init__(self, book: Workbook, name: str, raw: Worksheet, *, plain: bool = False) -> None:
        self.name = name
        self.raw = raw
        self.meant: list[_Meant] = []
        self._book = book
        self._look = "free" if plain else "cell"
        self._row = 0
        self._widths: dict[int, float] = {}
        self._whole: dict[int, Format] = {}
        self._text_cells: list[str] = []
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
            self._text(self._row, 0, [text], self._book.format(look))
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
        for at, column in enumerate(columns):
            self._text(top, at, [column.title], self._book.format("header", align="center"))
            self._column(first, at, frame.get_column(column.name), column)
        self._row = first + frame.height
        self.raw.set_row(top, 32)
        self._heights(first, frame, columns)
        last = max(self._row - 1, first)
        if main:
            self.raw.freeze_panes(first, keep_left)
            self.raw.autofilter(top, 0, last, len(columns) - 1)
            self.raw.repeat_rows(top)
        if frame.is_empty() and empty:
            self.line(empty)
        return first

    def name_cell(self, name: str, row: int, column: int) -> None:
        """Give a cell a name by which a program finds it again, wherever people move it."""
        self._book.name_cell(name, f"='{self.name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}")

    def form(self, columns: Sequence[Shown], *, rows: int = 5000) -> None:
        """A header over empty rows to be filled by hand: ids stay text, drop-downs where there is a choice, hints.

        A column whose ``tints`` say ``{"": "must"}`` is one that has to be filled; its header is marked.
        """
        top = self._row
        for at, column in enumerate(columns):
            look = "must" if column.tints.get("") == "must" else "header"
            self._text(top, at, [column.title], self._book.format(look, align="center"))
            self._widen(at, column, pl.Series([], dtype=pl.String))
            self._whole[at] = self._book.format("free", **look_of(column))
            self._pick(top + 1, at, top + rows, column)
            self._text_cells += [xl_range(top + 1, at, top + rows, at)] * (column.unit == "id")
        self.raw.set_row(top, 32)
        self.raw.hide_gridlines(1)
        self.raw.freeze_panes(top + 1, 0)
        self._row = top + 1

    def finish(self) -> None:
        """Widths and marks that are known only when everything is written."""
        for at, width in self._widths.items():
            self.raw.set_column(at, at, width, self._whole.get(at))
        if self._text_cells:
            self.raw.ignore_errors({"number_stored_as_text": " ".join(self._text_cells)})

    def _column(self, first: int, at: int, series: pl.Series, column: Shown) -> None:
        """All cells of one column, below its header."""
        said = words(series, column, self._book.lang) if column.unit in TEXT_UNITS else series
        self._widen(at, column, said)
        if not series.len():
            return
        last = first + series.len() - 1
        looks = self._looks(series, column)
        if column.unit in TEXT_UNITS:
            self._text(first, at, said.to_list(), looks)
        else:
            self._number(first, at, *serials(series, column, sheet=self.name), looks)
        if column.unit == "id":
            self._text_cells.append(xl_range(first, at, last, at))
        self._pick(first, at, last, column)

    def _looks(self, series: pl.Series, column: Shown) -> list[Format]:
        """The format of each cell of a column: one for all, or by value where values have a tint."""
        tinted = {v: self._book.format(self._look, **look_of(column), **_TINTS[t]) for v, t in column.tints.items()}
        plain = tinted.pop("", None) or self._book.format(self._look, **look_of(column))
        return [tinted.get(value, plain) for value in series.to_list()] if tinted else [plain] * series.len()

    def _text(self, first: int, at: int, values: list[str | None], looks: Format | list[Format]) -> None:
        """Text cells down one column; None is a blank cell."""
        clean = _writable(values, self.name)
        write = self.raw.write_string
        codes = [
            self._blank(row, at, look)
            if value is None
            else self._marked_up(row, at, value, look)
            if value[:3] == "<r>"
            else write(row, at, value, look)
            for row, (value, look) in enumerate(zip(clean, _each(looks, clean), strict=True), first)
        ]
        self._check(codes, first, at, clean)
        self.meant.append(_Meant(first, at, ["" if value is None else value for value in clean]))

    def _blank(self, row: int, at: int, look: Format) -> int:
        return 0 if self._look == "free" else self.raw.write_blank(row, at, None, look)

    def _marked_up(self, row: int, at: int, value: str, look: Format) -> int:
        # xlsxwriter takes a text <r>…</r> for its own markup and would not escape it; in two pieces it is text again.
        return self.raw.write_rich_string(row, at, look, value[:1], look, value[1:], look)

    def _number(self, first: int, at: int, values: list[float | None], meant: list[Any], looks: list[Format]) -> None:
        """Number cells down one column; None is a blank cell."""
        write = self.raw.write_number
        codes = [
            self._blank(row, at, look) if value is None else write(row, at, value, look)
            for row, (value, look) in enumerate(zip(values, looks, strict=True), first)
        ]
        self._check(codes, first, at, values)
        self.meant.append(_Meant(first, at, ["" if value is None else value for value in meant]))

    def _check(self, codes: list[int], first: int, at: int, values: Sequence[Any]) -> None:
        """Raise for the first cell the writer did not take whole."""
        if any(codes):
            n = next(n for n, code in enumerate(codes) if code)
            raise OutputError("cell_refused", sheet=self.name, cell=xl_rowcol_to_cell(first + n, at), code=codes[n])

    def _widen(self, at: int, column: Shown, said: pl.Series) -> None:
        self._widths[at] = max(self._widths.get(at, 0), width_of(said, column))

    def _heights(self, first: int, frame: pl.DataFrame, columns: Sequence[Shown]) -> None:
        for row, lines in enumerate(lines_needed(frame, columns), first):
            self.raw.set_row(row, 6 + 14 * lines)

    def _pick(self, first: int, at: int, last: int, column: Shown) -> None:
        """A drop-down and a hint for the cells of one column."""
        options: dict[str, Any] = {"validate": "any"}
        if column.pick:
            options = {
                "validate": "list",
                "source": self._book.pick_source(column.pick),
                "error_title": _first_units(column.title, 32),
                "error_message": say("workbook.pick_one", self._book.lang),
            }
        if column.hint:
            options |= {"input_title": _first_units(column.title, 32), "input_message": _first_units(column.hint, 255)}
        if (column.pick or column.hint) and (code := self.raw.data_validation(first, at, last, at, options)):
            raise OutputError("cell_refused", sheet=self.name, cell=xl_rowcol_to_cell(first, at), code=code)


def _each(looks: Format | list[Format], values: list[Any]) -> list[Format]:
    return looks if isinstance(looks, list) else [looks] * len(values)


def _writable(values: list[str | None], sheet: str) -> list[str | None]:
    """The texts, noncharacters replaced; a text longer than a cell raises, as Excel counts (UTF-16)."""
    for value in values:
        if value is not None and len(value) > _LONGEST_TEXT // 2 and _units(value) > _LONGEST_TEXT:
            raise OutputError(
                "text_too_long", sheet=sheet, text=value[:20], length=f"{_units(value):,}", limit=f"{_LONGEST_TEXT:,}"
            )
    return [
        v if v is None or v.isascii() else v.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for v in values
    ]


def _units(text: str) -> int:
    """How long Excel takes a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _raise_first_difference(file: str, sheet: str, meant: _Meant, found: list[Any]) -> None:
    for n, (want, got) in enumerate(zip(meant.values, found, strict=True)):
        if want != got and not _same_number(want, got):
            cell = xl_rowcol_to_cell(meant.row + n, meant.column)
            raise OutputError("reread_differs", file=file, sheet=sheet, cell=cell, meant=want, found=got)


def _same_number(want: Any, got: Any) -> bool:
    """Equal as far as a sheet keeps numbers (15 digits), moments to the second."""
    if isinstance(want, datetime) and isinstance(got, datetime):
        return abs((want - got).total_seconds()) < 0.5
    return isinstance(want, float) and isinstance(got, float) and math.isclose(want, got, rel_tol=1e-14)
