"""Tables of a web page: many platforms save a page under the name .xls and call it an export.

Every table with more than one row and column is a sheet; which of them is data is decided by its headers, as for any
other sheet. All cells are text, with every digit they were written with. A page that asks for a password is a login
page, whatever tables lay it out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import polars as pl

from toolkit.errors import InputError
from toolkit.load.limits import MAX_COLUMNS, MIB
from toolkit.load.text_sheet import TextSheet, head_of

__all__ = ["html_sheets"]

_MOST_BYTES = 64 * MIB
"""A page is taken apart in memory, and slowly; no export of this kind is larger."""
_MOST_SPAN = 10_000


@dataclass
class _Cell:
    across: int
    down: int
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        return "".join(self.words).replace("\xa0", " ").strip() or None


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    is_in_cell: bool = False


class _Page(HTMLParser):
    """The tables of a page, those within tables by themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self.asks_password = False
        self._open: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "input" and told.get("type", "").casefold() == "password":
            self.asks_password = True
        elif tag == "table":
            self._open.append(_Table())
        elif self._open and tag == "tr":
            self._open[-1].rows.append([])
        elif self._open and tag in ("td", "th"):
            self._begin_cell(told)
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag in ("td", "th", "tr"):
            self._open[-1].is_in_cell = False
        elif self._open and tag == "table":
            self.done.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].is_in_cell:
            self._open[-1].rows[-1][-1].words.append(data)

    def close(self) -> None:
        super().close()
        # A download that stops in the middle leaves its tables open.
        while self._open:
            self.done.append(self._open.pop())

    def _begin_cell(self, told: dict[str, str]) -> None:
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(_Cell(_span(told.get("colspan"), MAX_COLUMNS), _span(told.get("rowspan"), _MOST_SPAN)))
        table.is_in_cell = True


def html_sheets(path: Path, file: str) -> list[TextSheet]:
    """The tables of a page as sheets; none for a page without any, or that asks for a password.

    Raises:
        InputError: too large, too wide, or in no known encoding.
    """
    if (size := path.stat().st_size) > _MOST_BYTES:
        raise InputError("file_too_large", file=file, size=size // MIB)
    page = _Page()
    page.feed(_decoded(path.read_bytes(), file))
    page.close()
    grids = [_laid_out(table) for table in page.done]
    tables = [(rows, merged) for rows, merged in grids if len(rows) > 1 and len(rows[0]) > 1]
    if page.asks_password:
        return []
    names = [None] if len(tables) == 1 else [f"<table> {n}" for n in range(1, len(tables) + 1)]
    return [_sheet(file, name, *table) for name, table in zip(names, tables, strict=True)]


def _decoded(data: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("encoding_unknown", file=file)


def _span(told: str | None, most: int) -> int:
    return min(max(int(told), 1), most) if told and told.isdecimal() else 1


Spans = tuple[tuple[tuple[int, int], tuple[int, int]], ...]


def _laid_out(table: _Table) -> tuple[list[list[str | None]], Spans]:
    """The cells of a table in rows and columns, and those that span several; their text stands in the first."""
    rows: list[dict[int, str | None]] = [{} for _ in table.rows]
    merged = []
    for top, cells in enumerate(table.rows):
        left = 0
        for cell in cells:
            while left in rows[top]:
                left += 1
            right, bottom = left + cell.across - 1, min(top + cell.down, len(rows)) - 1
            for row in range(top, bottom + 1):
                rows[row].update(dict.fromkeys(range(left, right + 1)))
            rows[top][left] = cell.text
            if (top, left) != (bottom, right):
                merged.append(((top, left), (bottom, right)))
            left = right + 1
    width = min(max((max(row, default=-1) + 1 for row in rows), default=0), MAX_COLUMNS)
    return [[row.get(column) for column in range(width)] for row in rows], tuple(merged)


def _sheet(file: str, name: str | None, rows: list[list[str | None]], merged: Spans) -> TextSheet:
    width = len(rows[0])
    columns = {f"c{n}": pl.Series([row[n] for row in rows], dtype=pl.String) for n in range(width)}
    frame = pl.DataFrame({"row": pl.int_range(1, len(rows) + 1, eager=True, dtype=pl.Int64), **columns})
    beyond = pl.lit(None, pl.String).alias(f"c{width}")
    return TextSheet(file, name, frame.lazy().with_columns(beyond), head_of(rows), width, merged=merged)
