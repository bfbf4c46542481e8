"""Units of the last 7, 30, 90 and 365 days, with how many of those days any file told.

Windows end on the day of analysis, that day included. Where only part of a window is told, the units are those of the
told part and the number of told days says so; where none of it is told, the units are unknown, not 0. A week known only
as a total of the period export counts in a window that holds it whole.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.analyze.coverage import WINDOWS, cut_of, monday, window_cuts

__all__ = ["CHANNEL", "sales_windows", "told_of_goods"]

CHANNEL = "fully_managed"
"""The profile is about this channel; another channel's listing of the same goods has a product id of its own."""


def told_of_goods(told: pl.DataFrame) -> pl.DataFrame:
    """Days told for ordinary goods and for JIT goods: one row per is_jit, source and day.

    Order files tell all goods. JIT purchase orders tell JIT goods only, in weeks no order file touches.
    """
    mine = told.filter(pl.col("channel") == CHANNEL).with_columns(week_start=monday(pl.col("day")))
    orders = mine.filter(pl.col("sales_source") == "orders")
    jit = mine.filter(pl.col("sales_source") == "jit_purchase_orders").join(orders, on="week_start", how="anti")
    flags = [
        orders.with_columns(is_jit=pl.lit(False)),
        orders.with_columns(is_jit=pl.lit(True)),
        jit.with_columns(is_jit=pl.lit(True)),
    ]
    return pl.concat(flags).select("is_jit", "sales_source", "week_start", "day").sort("is_jit", "day")


def sales_windows(products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """One row per product: units and told days by window, revenue, first and last sale, source.

    Args:
        products: product_id and is_jit.
        spans: weekly sales of the channel, split at `window_cuts(as_of)`.
        told: what `told_of_goods` gave.

    Returns:
        product_id, units_7d … units_365d, covered_days_7d … covered_days_365d, revenue_90d_fen, revenue_365d_fen,
        sales_currency, weeks_sold_90d, first_sale_on, last_sale_on, sales_source (of the newest week told).
    """
    sums = _sums(spans)
    covered = _covered(products, spans, told, as_of=as_of)
    source = _class_sources(told)
    joined = (
        products.join(sums, on="product_id", how="left")
        .join(covered, on="product_id", how="left")
        .join(source, on="is_jit", how="left")
    )
    return (
        joined.with_columns(
            pl.when(pl.col(f"covered_days_{days}d") > 0)
            .then(pl.col(f"units_{days}d").fill_null(0))
            .alias(f"units_{days}d")
            for days in WINDOWS
        )
        .with_columns(sales_source=pl.coalesce("sales_source", "class_source"))
        .drop("class_source", "is_jit")
    )


def _inside(days: int) -> pl.Expr:
    """Rows that lie in the window of so many days."""
    return pl.col("cut") >= WINDOWS.index(days) + 1


def _revenue(days: int) -> pl.Expr:
    money = pl.col("revenue_fen").filter(_inside(days))
    single = pl.col("currency").filter(_inside(days)).drop_nulls().n_unique() == 1
    return pl.when(single).then(money.sum()).alias(f"revenue_{days}d_fen")


def _sums(spans: pl.DataFrame) -> pl.DataFrame:
    sold_weeks = pl.col("week_start").filter(_inside(90) & (pl.col("units") > 0))
    return spans.group_by("product_id").agg(
        *[pl.col("units").filter(_inside(days)).sum().alias(f"units_{days}d") for days in WINDOWS],
        _revenue(90),
        _revenue(365),
        pl.col("currency").drop_nulls().min().alias("sales_currency"),
        sold_weeks.n_unique().cast(pl.Int64).alias("weeks_sold_90d"),
        pl.col("first_sale_on").min(),
        pl.col("last_sale_on").max(),
        pl.col("sales_source").sort_by("week_start").last(),
    )


def _class_sources(told: pl.DataFrame) -> pl.DataFrame:
    newest = told.sort("day").unique("is_jit", keep="last", maintain_order=True)
    return newest.select("is_jit", pl.col("sales_source").alias("class_source"))


def _covered(products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Told days of each product and window: those of its kind of goods, and weeks only its own rows tell."""
    cuts = window_cuts(as_of)
    kinds = _windowed(told.with_columns(cut=cut_of(pl.col("day"), cuts), days=1), "is_jit")
    told_weeks = told.select("is_jit", "week_start").unique()
    own_weeks = (
        spans.filter(pl.col("sales_source") != "orders")
        .join(products, on="product_id")
        .join(told_weeks, on=["is_jit", "week_start"], how="anti")
        .select("product_id", "week_start")
        .unique()
    )
    own = _windowed(own_weeks.with_columns(cut=cut_of(pl.col("week_start"), cuts), days=7), "product_id")
    both = products.join(kinds, on="is_jit", how="left").join(own, on="product_id", how="left", suffix="_own")
    names = [f"covered_days_{days}d" for days in WINDOWS]
    total = [(pl.col(n).fill_null(0) + pl.col(f"{n}_own").fill_null(0)).alias(n) for n in names]
    return both.select("product_id", *total)


def _windowed(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    return rows.group_by(key).agg(
        pl.col("days").filter(_inside(days)).sum().cast(pl.Int64).alias(f"covered_days_{days}d") for days in WINDOWS
    )
