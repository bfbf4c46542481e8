"""Cells merged over several rows: one value that stands for all of them.

People merge a product's id and title over the rows of its SKUs, and a file then has the text in the first of these
rows only. Names and ids hold for every row they span, so they are filled in, and that is said. Units and amounts are
not: one figure over three rows is the figure of all three, and would be counted three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from toolkit.load.fields import Money, Percent, Units
from toolkit.load.recognize import Column, Match, cell_address
from toolkit.load.text_sheet import TextSheet
from toolkit.schema import PROBLEMS

__all__ = ["with_merged_filled"]


def with_merged_filled(sheet: TextSheet, match: Match) -> tuple[TextSheet, pl.DataFrame]:
    """The sheet with the merged cells of its table filled downwards, and one problem per column in which any were."""
    if not sheet.merged:
        return sheet, PROBLEMS.empty()
    may = [(column, _spans(sheet, match, column)) for column in match.columns if _may_be_filled(column)]
    spans = [(column, found) for column, found in may if found]
    rows = sheet.rows.collect()
    filled = [
        pl.col(f"{part}{column.index}").gather(_taken_from(rows.height, found))
        for column, found in spans
        for part in ("c", "k")[: 1 + sheet.has_kinds]
    ]
    said = [_said(sheet, column, found) for column, found in spans]
    return replace(sheet, rows=rows.with_columns(filled).lazy()), pl.concat([PROBLEMS.empty(), *said])


def _may_be_filled(column: Column) -> bool:
    return not isinstance(column.field, Units | Money | Percent)


def _spans(sheet: TextSheet, match: Match, column: Column) -> list[tuple[int, int]]:
    """First and last row number of each merged cell of a column below the header; one over several columns is a banner."""
    return [
        (top + 1, bottom + 1)
        for (top, left), (bottom, right) in sheet.merged
        if left == right == column.index and match.header_row <= top < bottom
    ]


def _taken_from(height: int, spans: Sequence[tuple[int, int]]) -> pl.Series:
    """For each row the row its cell is taken from, both from 0."""
    taken = list(range(height))
    for first, last in spans:
        taken[first - 1 : last] = [first - 1] * (min(last, height) - first + 1)
    return pl.Series(taken, dtype=pl.Int64)


def _said(sheet: TextSheet, column: Column, spans: Sequence[tuple[int, int]]) -> pl.DataFrame:
    (first, last), cells = spans[0], sum(last - first for first, last in spans)
    address = f"{cell_address(column.index, first)}:{cell_address(column.index, last)}"
    return PROBLEMS.frame(
        source_file=[sheet.file],
        source_sheet=[sheet.sheet],
        source_row=[first],
        cell=[address],
        column=[column.field.column],
        value=[str(cells)],
        problem=["merged_filled"],
        effect=["filled"],
    )
