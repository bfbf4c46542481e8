"""A worksheet that takes the cells of a whole table at once.

A workbook of three thousand products has three hundred thousand cells. Handed to the writer one by one they cost more
than all the analysis before them, though the cells of a column differ only in row and value. So the engine prints a
whole table as the XML the file will hold, row by row, and the writer sets the rows among those that came the usual way.

Texts are still the writer's own: it keeps each different text once and escapes it. This module is the only one that
knows how the writer holds its cells; if a later version holds them otherwise, the comparison after writing says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = ["Printed", "PrintedSheet"]

_ROW = "row of the sheet"


@dataclass(frozen=True)
class Printed:
    """A column of a table, as its cells are printed."""

    at: int
    """The sheet's column, from 0."""
    value: pl.Expr
    """Finite numbers, or the numbers of shared texts; null is a blank cell."""
    style: pl.Expr
    """`PrintedSheet.style` of each cell."""
    is_text: bool


class PrintedSheet(Worksheet):
    """xlsxwriter's worksheet, with a door for tables: their texts are shared first, then all rows printed at once."""

    def share(self, texts: Sequence[str], *, cells: int) -> list[int]:
        """The numbers under which the file keeps these different texts, which fill so many cells.

        None may begin with ``<r>``, which the writer takes for its own markup.
        """
        known: Any = self.str_table
        numbers = [known._get_shared_string_index(text) for text in texts]
        # The file states how often texts are used, besides how many there are.
        known.count += cells - len(texts)
        return numbers

    def style(self, look: Format) -> int:
        """The number under which the file knows a format."""
        return look._get_xf_index()

    def print_rows(self, first: int, frame: pl.DataFrame, columns: Sequence[Printed], *, blanks: bool) -> int:
        """The cells of a table, one sheet row per row of the frame from `first` on; gives the return code (0 is well).

        A row that holds cells written alone keeps its cells apart, so that they stay in the order of the columns.

        Args:
            blanks: whether a cell without a value is written for its look, or left out.
        """
        for column in columns:
            code = self._check_dimensions(first, column.at) or self._check_dimensions(
                first + frame.height - 1, column.at
            )
            if code:
                return code
        numbered = frame.with_columns(pl.int_range(first + 1, first + frame.height + 1).cast(pl.String).alias(_ROW))
        cells = numbered.select(_cell(column, blanks=blanks).alias(str(column.at)) for column in columns)
        rows = cells.select(pl.concat_str(pl.all(), ignore_nulls=True)).to_series().to_list()
        start = columns[0].at
        for n, row in enumerate(rows):
            beside = self.table[first + n]
            if not beside:
                beside[start] = row
                continue
            alone = {int(name): cell for name, cell in cells.row(n, named=True).items() if cell is not None}
            beside.update({at: cell for at, cell in alone.items() if at not in beside})
        return 0

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)

    def _calculate_spans(self) -> None:
        # Where a row's cells begin and end is a hint that nobody needs, worked out cell by cell.
        self.row_spans = {}


def _cell(column: Printed, *, blanks: bool) -> pl.Expr:
    """What stands in the file for each cell of a column; null where there is none."""
    start = pl.concat_str(pl.lit(f'<c r="{xl_col_to_name(column.at)}'), _ROW, pl.lit('" s="'), column.style)
    kind = '" t="s"><v>' if column.is_text else '"><v>'
    # The shortest digits that mean this very number.
    filled = pl.concat_str(start, pl.lit(kind), column.value.cast(pl.String), pl.lit("</v></c>"))
    return pl.coalesce(filled, pl.concat_str(start, pl.lit('"/>'))) if blanks else filled
