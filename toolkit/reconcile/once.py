"""A freeze is not a payment, a thaw is not a refund: the same money may stand in a bill as both, and counts once.

When a deposit comes back, one bill shows 解冻 and then a credit, another only one of the two. So a thaw whose figure
also came as a refund within a few working days is the shadow of that refund, and a freeze the shadow of a payment.
They are paired like claims and credits, each used once; where two pairings are equally good none is made, and the rows
stay as they are for the case to show.
"""

from __future__ import annotations

import polars as pl

from toolkit.reconcile.match import MatchOptions, match
from toolkit.workdays import WorkCalendar

__all__ = ["counted_once"]

_SHADOWS = (("thaw", "refund"), ("freeze", "pay"), ("freeze", "top_up"))


def counted_once(rows: pl.DataFrame, *, calendar: WorkCalendar, within_days: int = 5) -> pl.DataFrame:
    """The rows, in order, with counted_with: the row_key of the row under which this row's money counts already.

    Null: the row stands for itself. Only freezes and thaws can be shadows, and only of a row of the same figure,
    currency and fitting owner within so many working days after, or calendar days before.

    Args:
        rows: classed bill rows (deposit_kind) with row_key.
        within_days: working days between the two; no rule of the platform's, a default.

    >>> from datetime import date
    >>> bill = pl.DataFrame(
    ...     {"row_key": ["a", "b"], "deposit_kind": ["thaw", "refund"], "stated_fen": [1000000, 1000000],
    ...      "amount_fen": [None, 1000000], "currency": ["CNY"] * 2, "booked_on": [date(2026, 11, 2)] * 2}
    ... )
    >>> counted_once(bill, calendar=WorkCalendar())["counted_with"].to_list()
    ['b', None]
    """
    options = MatchOptions(window_days=within_days, early_days=within_days, split_legs=1)
    known = _sides(rows)
    pairs = pl.DataFrame(schema={"row_key": pl.String(), "counted_with": pl.String()})
    for shadow, real in _SHADOWS:
        free = known.join(pairs, left_on="id", right_on="row_key", how="anti")
        free = free.join(pairs, left_on="id", right_on="counted_with", how="anti")
        told, meant = (free.filter(pl.col("deposit_kind") == kind) for kind in (shadow, real))
        found = match(told, meant, calendar=calendar, options=options).pairs.filter(pl.col("gap_fen") == 0)
        pairs = pl.concat([pairs, found.select(row_key="expected_id", counted_with="credit_id")])
    return rows.join(pairs, on="row_key", how="left", maintain_order="left")


def _sides(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows by the columns that matching knows, with the figure written whether or not money moved."""
    columns = [name for name in ("store", "account", "currency", "deposit_kind") if name in rows.columns]
    figure = pl.coalesce("amount_fen", "stated_fen").abs()
    return rows.select(*columns, id="row_key", on="booked_on", amount_fen=figure)
