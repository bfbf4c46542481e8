"""A worksheet that takes whole columns of finished cells at once.

A workbook of three thousand products has three hundred thousand cells. Handed to the writer one by one they cost more
than all the analysis before them, though the cells of a column differ only in row and value. So the engine prints each
column as the XML the file will hold, puts the columns of a table together row by row, and the writer sets the rows among
those that came the usual way.

Texts are still the writer's own: it keeps each different text once and escapes it. This module is the only one that
knows how the writer holds its cells; if a later version holds them otherwise, the comparison after writing says so.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["PrintedSheet"]


class PrintedSheet(Worksheet):
    """xlsxwriter's worksheet, with a door for columns: print those of a table from left to right, then `join`."""

    def __init__(self) -> None:
        super().__init__()
        self._printed: list[pl.Series] = []

    def print_texts(self, first: int, at: int, texts: pl.Series, looks: Format | pl.Series, *, blanks: bool) -> int:
        """Text cells down one column from a row on; gives the writer's return code (0 is well).

        Args:
            texts: null is a blank cell. None may begin with ``<r>``, which the writer takes for its own markup.
            looks: one format for all cells, or `style` numbers cell by cell.
            blanks: whether a blank cell is written for its look, or left out.
        """
        different = texts.drop_nulls().unique(maintain_order=True).to_list()
        known: Any = self.str_table
        numbers = [known._get_shared_string_index(text) for text in different]
        # The file states how often texts are used, besides how many there are.
        known.count += texts.len() - texts.null_count() - len(different)
        values = texts.replace_strict(different, numbers, return_dtype=pl.Int64) if different else texts
        return self._print(first, at, values, looks, ' t="s"', blanks=blanks)

    def print_numbers(self, first: int, at: int, numbers: pl.Series, looks: Format | pl.Series, *, blanks: bool) -> int:
        """Number cells down one column; as `print_texts`. Numbers must be finite."""
        return self._print(first, at, numbers, looks, "", blanks=blanks)

    def style(self, look: Format) -> int:
        """The number under which the file knows a format."""
        return look._get_xf_index()

    def join(self, first: int) -> None:
        """Put the columns printed since the last time together, as rows from `first` on.

        A row that holds cells written alone keeps its cells apart, so that they stay in the order of the columns.
        """
        columns, self._printed = self._printed, []
        if not columns:
            return
        table, start = pl.DataFrame(columns), int(columns[0].name)
        rows = table.select(pl.concat_str(pl.all(), ignore_nulls=True)).to_series().to_list()
        for n, row in enumerate(rows):
            cells = self.table[first + n]
            if not cells:
                cells[start] = row
                continue
            alone = {int(name): cell for name, cell in table.row(n, named=True).items() if cell is not None}
            cells.update({at: cell for at, cell in alone.items() if at not in cells})

    def _print(
        self, first: int, at: int, values: pl.Series, looks: Format | pl.Series, kind: str, *, blanks: bool
    ) -> int:
        code = self._check_dimensions(first, at) or self._check_dimensions(first + values.len() - 1, at)
        if code:
            return code
        frame = pl.DataFrame({"row": pl.int_range(first + 1, first + values.len() + 1, eager=True), "value": values})
        style = pl.lit(self.style(looks)) if isinstance(looks, Format) else pl.lit(looks)
        start = pl.format('<c r="{}{}" s="{}"', pl.lit(xl_col_to_name(at)), "row", style)
        # The shortest digits that mean this very number.
        filled = start + f"{kind}><v>" + pl.col("value").cast(pl.String) + "</v></c>"
        cells = pl.coalesce(filled, start + "/>") if blanks else filled
        self._printed.append(frame.select(cells.alias(str(at))).to_series())
        return 0

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)

    def _calculate_spans(self) -> None:
        # Where a row's cells begin and end is a hint that nobody needs, worked out cell by cell.
        self.row_spans = {}
