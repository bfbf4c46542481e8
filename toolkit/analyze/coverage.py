"""For which days is it known what was sold?

No line in an order file means 0 sold on the days the file tells, and nothing at all on the others: an unknown week
must never look like a week without sales. An order file tells all sales from its first to its last day. The days come
from the coverage table that loading made; without one, from the first and last day of the lines themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from toolkit.schema import Tables

__all__ = ["WINDOWS", "cut_of", "monday", "told_days", "told_since", "window_cuts"]

WINDOWS = (365, 90, 30, 7)
"""Days of the windows that end on the day of analysis, longest first."""


def monday(day: pl.Expr) -> pl.Expr:
    """The Monday of a day's ISO week."""
    return day.dt.truncate("1w")


def window_cuts(as_of: date) -> tuple[date, ...]:
    """The last day before each window: days after it lie inside.

    >>> window_cuts(date(2026, 11, 22))[-1]
    datetime.date(2026, 11, 15)
    """
    return tuple(as_of - timedelta(days=days) for days in WINDOWS)


def cut_of(day: pl.Expr, cuts: Sequence[date]) -> pl.Expr:
    """How many cut days lie before a day: with `window_cuts`, 0 is outside all windows, 4 inside the last 7 days."""
    return pl.sum_horizontal([(day > cut).cast(pl.Int64) for cut in cuts]) if cuts else pl.lit(0, pl.Int64)


def told_days(tables: Tables, *, as_of: date | None = None) -> pl.DataFrame:
    """One row per source, channel and day for which all sales are told: sales_source, channel, day; sorted.

    Sources are ``orders`` and ``jit_purchase_orders``; a period export tells a product's period on its own row.
    """
    stated = _stated(tables)
    known = set(stated["sales_source"])
    derive = {"orders": _from_orders, "jit_purchase_orders": _from_purchases}
    derived = [first_and_last(tables) for source, first_and_last in derive.items() if source not in known]
    days = _days(pl.concat([stated, *derived])).unique()
    if as_of is not None:
        days = days.filter(pl.col("day") <= as_of)
    return days.sort("sales_source", "channel", "day")


def told_since(days: pl.DataFrame, *, bridged: int = 0) -> date | None:
    """First day of the run that ends with the newest told day; None when no day is told.

    So many untold days in a row (`bridged`) do not break it.

    >>> days = pl.DataFrame({"day": [date(2026, 1, 1), date(2026, 1, 3), date(2026, 1, 4)]})
    >>> told_since(days), told_since(days, bridged=1)
    (datetime.date(2026, 1, 3), datetime.date(2026, 1, 1))
    """
    ordered = days.select(pl.col("day").unique().sort())["day"]
    starts = ordered.filter((ordered.diff().dt.total_days() > 1 + bridged).fill_null(True))
    return starts[-1] if len(starts) else None


def _stated(tables: Tables) -> pl.DataFrame:
    sources = ["orders", "jit_purchase_orders"]
    empty = pl.DataFrame(schema=_STRETCH)
    return (
        empty
        if tables.coverage is None
        else tables.coverage.filter(pl.col("sales_source").is_in(sources)).select(*_STRETCH)
    )


def _from_orders(tables: Tables) -> pl.DataFrame:
    if tables.order_lines is None:
        return pl.DataFrame(schema=_STRETCH)
    return (
        tables.order_lines.lazy()
        .group_by("channel")
        .agg(first_day=pl.col("ordered_on").min(), last_day=pl.col("ordered_on").max())
        .select(pl.lit("orders").alias("sales_source"), "channel", "first_day", "last_day")
        .collect()
    )


def _from_purchases(tables: Tables) -> pl.DataFrame:
    if tables.purchase_orders is None:
        return pl.DataFrame(schema=_STRETCH)
    jit = tables.purchase_orders.filter(pl.col("po_type") == "jit", pl.col("ordered_at").is_not_null())
    day = pl.col("ordered_at").dt.date()
    return jit.select(
        pl.lit("jit_purchase_orders").alias("sales_source"),
        pl.lit("fully_managed").alias("channel"),
        day.min().alias("first_day"),
        day.max().alias("last_day"),
    )


def _days(stretches: pl.DataFrame) -> pl.DataFrame:
    """One row per day of each stretch."""
    known = stretches.drop_nulls(["first_day", "last_day"]).filter(pl.col("first_day") <= pl.col("last_day"))
    return known.select("sales_source", "channel", pl.date_ranges("first_day", "last_day").alias("day")).explode("day")


_STRETCH = {"sales_source": pl.String(), "channel": pl.String(), "first_day": pl.Date(), "last_day": pl.Date()}
