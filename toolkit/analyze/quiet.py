"""For how many days has a product not sold?

Counted from its last sale, or from when it was first listed or last restocked if that is later: a product that came
back to the shelf last week has not been quiet for a year. Never counted from where the data begins: a product without a
sale in a file that starts in June may have sold in May. Nor across a week or more that no file tells: the last sale may
lie in it. Then, and where only a period's total is known, the days are a range: at least, at most. They are exact when
both ends agree.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.analyze.coverage import told_since
from toolkit.analyze.windows import CHANNEL
from toolkit.schema import PERIOD_SALES, Tables

__all__ = ["with_quiet_days"]

_DAY = timedelta(days=1)
_BRIDGED = 6
"""Untold days in a row that a silence may span; a whole week is a file that is missing."""


def with_quiet_days(
    products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, tables: Tables, *, as_of: date
) -> pl.DataFrame:
    """Products with days_since_last_sale, days_without_sale and its _min and _max.

    Needs product_id, is_jit, listed_on, last_restock_on, last_sale_on. Exact days are null when the range is not one
    number; all are null where nothing tells the product's sales.
    """
    runs = _runs(told)
    periods = _periods(tables, as_of=as_of)
    known = products.join(runs, on="is_jit", how="left").join(_period_runs(periods), on="product_id", how="left")
    evidence = _last_sales(known, spans, periods)
    start = pl.max_horizontal("listed_on", "last_restock_on")
    joins_on = (pl.col("period_run_to") >= pl.col("told_from") - _DAY) & (
        pl.col("period_run_from") < pl.col("told_from")
    )
    known_from = pl.when(joins_on).then("period_run_from").otherwise(pl.coalesce("told_from", "period_run_from"))
    heard_from = pl.when(joins_on).then("period_run_from").otherwise(pl.coalesce("heard_from", "period_run_from"))
    dated = known.join(evidence, on="product_id", how="left").with_columns(
        start=start, known_from=known_from, heard_from=heard_from
    )
    sold = pl.col("sold_earliest").is_not_null()
    # Never seen selling: not sold since the files tell, and possibly not since it was listed.
    newest = (
        pl.when(sold)
        .then(pl.max_horizontal("sold_latest", "start", pl.col("heard_from") - _DAY))
        .otherwise(
            pl.when(pl.col("known_from").is_not_null()).then(pl.max_horizontal(pl.col("known_from") - _DAY, "start"))
        )
    )
    oldest = (
        pl.when(sold)
        .then(pl.max_horizontal("sold_earliest", "start"))
        .otherwise(pl.when(pl.col("known_from").is_not_null()).then("start"))
    )
    ranged = dated.with_columns(
        days_since_last_sale=_days(pl.col("last_sale_on"), as_of),
        days_without_sale_min=_days(newest, as_of),
        days_without_sale_max=_days(oldest, as_of),
    )
    exact = pl.col("days_without_sale_min") == pl.col("days_without_sale_max")
    return ranged.select(
        *products.columns,
        "days_since_last_sale",
        pl.when(exact).then("days_without_sale_min").alias("days_without_sale"),
        "days_without_sale_min",
        "days_without_sale_max",
    )


def _days(since: pl.Expr, as_of: date) -> pl.Expr:
    return (pl.lit(as_of) - since).dt.total_days().clip(0)


def _runs(told: pl.DataFrame) -> pl.DataFrame:
    """For ordinary and JIT goods the unbroken stretch of told days that ends last: told_from, told_to; heard_from bridges
    a few untold days."""
    rows = []
    for is_jit in (False, True):
        days = told.filter(pl.col("is_jit") == is_jit).select("day")
        rows.append((is_jit, told_since(days), told_since(days, bridged=_BRIDGED), days["day"].max()))
    names = ("told_from", "heard_from", "told_to")
    return pl.DataFrame(rows, schema={"is_jit": pl.Boolean(), **dict.fromkeys(names, pl.Date())}, orient="row")


def _periods(tables: Tables, *, as_of: date) -> pl.DataFrame:
    periods = PERIOD_SALES.empty() if tables.period_sales is None else PERIOD_SALES.conform(tables.period_sales)
    return periods.filter(
        pl.col("channel") == CHANNEL, pl.col("period_end") <= as_of, pl.col("units_paid").is_not_null()
    ).select("product_id", "period_start", "period_end", "units_paid")


def _period_runs(periods: pl.DataFrame) -> pl.DataFrame:
    """The unbroken stretch of periods that ends last, one row per product: period_run_from, period_run_to."""
    ordered = periods.sort("product_id", "period_start", "period_end")
    reached = pl.col("period_end").cum_max().shift(1).over("product_id")
    breaks = (pl.col("period_start") > reached + _DAY).fill_null(True)
    runs = ordered.with_columns(run=breaks.cast(pl.Int64).cum_sum().over("product_id"))
    stretches = runs.group_by("product_id", "run").agg(
        period_run_from=pl.col("period_start").min(), period_run_to=pl.col("period_end").max()
    )
    return stretches.sort("run").unique("product_id", keep="last", maintain_order=True).drop("run")


def _last_sales(known: pl.DataFrame, spans: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Between which days the last sale lies, one row per product that sold: sold_earliest, sold_latest.

    A period's total says nothing of days that order files tell; of the rest it says that a sale lies somewhere in it.
    """
    exact = spans.filter(pl.col("last_sale_on").is_not_null()).select(
        "product_id", pl.col("last_sale_on").alias("earliest"), pl.col("last_sale_on").alias("latest")
    )
    untold_end = pl.when(pl.col("period_end") <= pl.col("told_to")).then(
        pl.min_horizontal("period_end", pl.col("told_from") - _DAY)
    )
    totals = (
        periods.filter(pl.col("units_paid") > 0)
        .join(known.select("product_id", "told_from", "told_to"), on="product_id")
        .with_columns(latest=untold_end.otherwise("period_end"))
        .filter(pl.col("latest") >= pl.col("period_start"))
        .select("product_id", pl.col("period_start").alias("earliest"), "latest")
    )
    both = pl.concat([exact, totals])
    return both.group_by("product_id").agg(sold_earliest=pl.col("earliest").max(), sold_latest=pl.col("latest").max())
