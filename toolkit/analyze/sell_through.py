"""How fast does it sell, measured only over the time it could sell?

A product out of stock sells nothing, and that says nothing about demand. So the rate of sale counts weeks in stock,
not weeks on the calendar. Where stock counts exist, they say which days those were; where none exist, a product is
taken as in stock while it is listed, and the basis is named.

Two measures share the name sell-through, so both are given under names of their own: `sold_share_90d` is
sold / (sold + on hand), between 0 and 1; `stock_turn_90d` is sold / mean on hand, which may exceed 1.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

__all__ = ["WINDOW", "in_stock_days", "mean_on_hand", "with_sell_through"]

WINDOW = 90
"""Days over which sell-through and rate of sale are measured."""


def in_stock_days(history: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Days in stock within the last 90, from consecutive stock counts: one row per product with two counts or more.

    Between two counts a product was in stock for the whole stretch if both show units, for none of it if neither does,
    for half of it if one does. The last count holds until `as_of`; before the first count it is taken as in stock.

    >>> counts = pl.DataFrame({"product_id": ["1", "1"], "observed_on": [date(2026, 8, 25), date(2026, 11, 12)],
    ...     "sellable_units": [5, 0]})
    >>> in_stock_days(counts, as_of=date(2026, 11, 22)).row(0)
    ('1', 40)
    """
    start = as_of - timedelta(days=WINDOW)  # the window's days are those after it
    several = history.filter(pl.len().over("product_id") > 1).sort("product_id", "observed_on")
    has = (pl.col("sellable_units") > 0).cast(pl.Float64)
    until = pl.col("observed_on").shift(-1).over("product_id").fill_null(as_of)
    stretches = several.with_columns(
        until=until,
        share=(has + has.shift(-1).over("product_id").fill_null(has)) / 2,
        is_first=pl.col("observed_on") == pl.col("observed_on").min().over("product_id"),
    )
    inside = (pl.col("until") - pl.max_horizontal("observed_on", pl.lit(start))).dt.total_days().clip(0)
    before = pl.when("is_first").then((pl.col("observed_on") - pl.lit(start)).dt.total_days().clip(0)).otherwise(0)
    days = (inside * pl.col("share")).sum() + before.sum()
    return (
        stretches.group_by("product_id").agg(days.round().cast(pl.Int64).alias("days_in_stock_90d")).sort("product_id")
    )


def mean_on_hand(history: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Mean of the stock counts of the last 90 days: one row per product that has one."""
    recent = history.filter(pl.col("observed_on") > as_of - timedelta(days=WINDOW))
    return recent.group_by("product_id").agg(mean_on_hand=pl.col("on_hand_units").mean()).sort("product_id")


def with_sell_through(products: pl.DataFrame) -> pl.DataFrame:
    """Products with rate_of_sale, sold_share_90d, stock_turn_90d and weeks_of_cover.

    Needs units_90d, covered_days_90d, weeks_sold_90d, days_in_stock_90d, on_hand_units, sellable_units, mean_on_hand,
    stocking_type. All four are null where no sales are told; all but the rate are null for JIT.

    rate_of_sale = units_90d / weeks in stock among the told days (a week that sold was a week in stock).
    weeks_of_cover = sellable_units / rate_of_sale, null when nothing sells.
    """
    sold = pl.col("units_90d").clip(0).cast(pl.Float64)
    held = pl.min_horizontal(pl.col("days_in_stock_90d").fill_null(WINDOW), pl.col("covered_days_90d"))
    sold_days = pl.min_horizontal(7 * pl.col("weeks_sold_90d").fill_null(0), pl.col("covered_days_90d"))
    weeks = pl.max_horizontal(held, sold_days) / 7
    is_goods = pl.col("stocking_type").ne_missing("jit")
    on_hand = pl.col("on_hand_units")
    mean = pl.coalesce("mean_on_hand", on_hand.cast(pl.Float64))
    return products.with_columns(
        rate_of_sale=pl.when(weeks > 0).then(sold / weeks),
        sold_share_90d=pl.when(is_goods & (sold + on_hand > 0)).then(sold / (sold + on_hand)),
        stock_turn_90d=pl.when(is_goods & (mean > 0)).then(sold / mean),
    ).with_columns(
        weeks_of_cover=pl.when(is_goods & (pl.col("rate_of_sale") > 0)).then(
            pl.col("sellable_units") / pl.col("rate_of_sale")
        )
    )
