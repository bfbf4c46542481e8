"""Days that no file tells: a week without a download looks like a week without sales, and is none."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from toolkit import schema

__all__ = ["gaps"]


def gaps(coverage: pl.DataFrame) -> pl.DataFrame:
    """Stretches of days that a source of sales leaves out, between its first day and the last day any source tells.

    One row per channel, source and stretch (`schema.GAPS`); `told_by` names another source that tells the whole
    stretch, and is null when its sales are simply not known.

    >>> from datetime import date
    >>> told = schema.COVERAGE.frame(sales_source=["orders", "orders"], channel=["full", "full"],
    ...     first_day=[date(2026, 11, 2), date(2026, 11, 16)], last_day=[date(2026, 11, 8), date(2026, 11, 22)])
    >>> gaps(told).select("first_day", "last_day", "gap_days").row(0)
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 15), 7)
    """
    group = ("channel", "sales_source")
    told = _stretches(coverage.drop_nulls(["first_day", "last_day"]), group)
    until = pl.col("last_day").max().over("channel")
    day = pl.duration(days=1)
    missing = (
        told.with_columns(until.alias("_until"))
        .with_columns(
            (pl.col("last_day") + day).alias("_from"),
            pl.coalesce(pl.col("first_day").shift(-1).over(group) - day, pl.col("_until")).alias("_to"),
        )
        .filter(pl.col("_from") <= pl.col("_to"))
        .select(*group, pl.col("_from").alias("first_day"), pl.col("_to").alias("last_day"))
    )
    elsewhere = (
        missing.join(told, on="channel", suffix="_told", nulls_equal=True)
        .filter(
            pl.col("sales_source_told").ne_missing(pl.col("sales_source"))
            & (pl.col("first_day_told") <= pl.col("first_day"))
            & (pl.col("last_day_told") >= pl.col("last_day"))
        )
        .group_by(*group, "first_day")
        .agg(pl.col("sales_source_told").sort_by(_tells_more()).first().alias("told_by"))
    )
    length = (pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1
    return schema.GAPS.conform(
        missing.join(elsewhere, on=[*group, "first_day"], how="left", nulls_equal=True).with_columns(
            length.alias("gap_days")
        )
    ).sort(schema.GAPS.key)


def _tells_more() -> pl.Expr:
    """Sorts the source that tells more of a day's sales first; JIT purchase orders tell JIT goods only."""
    order = {"orders": 0, "period_export": 1, "jit_purchase_orders": 2}
    return pl.col("sales_source_told").replace_strict(order, default=3, return_dtype=pl.Int64)


def _stretches(days: pl.DataFrame, group: Iterable[str]) -> pl.DataFrame:
    """Stretches that touch or overlap, made one; sorted."""
    group = tuple(group)
    before = pl.col("last_day").cum_max().shift(1).over(group)
    starts = before.is_null() | (pl.col("first_day") > before + pl.duration(days=1))
    return (
        days.sort(*group, "first_day", "last_day")
        .with_columns(starts.cast(pl.Int64).cum_sum().over(group).alias("_stretch"))
        .group_by(*group, "_stretch")
        .agg(pl.col("first_day").min(), pl.col("last_day").max())
        .sort(*group, "first_day")
        .drop("_stretch")
    )
