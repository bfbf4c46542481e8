"""Units sold become orders, and orders of JIT goods become purchase orders: the same units told twice, on purpose."""

from __future__ import annotations

import numpy as np
import polars as pl

__all__ = ["order_lines", "purchase_orders"]

FIRST_ORDER = 3_052_000_000_000_000
FIRST_PURCHASE = 880_100_000_000
CANCELLED_SHARE = 0.03
HOUR = 3_600


def order_lines(sales: pl.DataFrame, skus: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per line of a consumer order, in order of time; the lines not cancelled add up to the units sold.

    Args:
        sales: product_id, day, units, unit_price_fen, is_owed: one row per product and day with a sale, by day.
        skus: product_id, sku_id and its number within the product from 0.
    """
    lines = _split(sales, rng)
    cancelled = lines.filter(pl.Series(rng.random(lines.height) < CANCELLED_SHARE))
    lines = pl.concat(
        [
            lines.with_columns(is_cancelled=pl.lit(False)),
            cancelled.with_columns(is_cancelled=pl.lit(True), is_owed=pl.lit(False), quantity=pl.lit(1, pl.Int64)),
        ]
    ).sort("day", maintain_order=True)
    return _pick_skus(_number_orders(lines, rng), skus, rng)


def _split(sales: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """A day's units of a product as lines: most of one unit, the first sometimes of more."""
    units = sales["units"].to_numpy()
    lines = 1 + rng.binomial(units - 1, 0.6)
    first = np.concatenate([[0], np.cumsum(lines)[:-1]]) if lines.size else lines
    quantity = np.ones(lines.sum(), dtype=np.int64)
    quantity[first] = units - lines + 1
    return sales[np.repeat(np.arange(sales.height), lines)].drop("units").with_columns(quantity=pl.Series(quantity))


def _number_orders(lines: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Order and line numbers and the time of day; one line in ten shares the order of the line before it."""
    n = lines.height
    joins = (rng.random(n) < 0.1) & (lines["day"] == lines["day"].shift(1)).fill_null(False).to_numpy()
    order = np.cumsum(~joins) - 1
    place = np.arange(n) - np.maximum.accumulate(np.where(joins, 0, np.arange(n)))
    number = FIRST_ORDER + order * 1_000_000 + rng.integers(1_000, 9_999, n)[np.maximum(np.arange(n) - place, 0)]
    seconds = rng.integers(0, 24 * HOUR, n)[np.maximum(np.arange(n) - place, 0)]
    return lines.with_columns(
        order_id=pl.Series(number).cast(pl.String),
        order_line_id=pl.Series(number + 10_000 * (place + 1)).cast(pl.String),
        ordered_at=pl.col("day").cast(pl.Datetime("us")) + pl.duration(seconds=pl.lit(pl.Series(seconds))),
    )


def _pick_skus(lines: pl.DataFrame, skus: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Each line names one SKU of its product."""
    counts = skus.group_by("product_id").agg(pl.len().cast(pl.Int64).alias("count"))
    chance = pl.Series(rng.random(lines.height))
    return (
        lines.with_row_index("_row")
        .join(counts, on="product_id", how="left")
        .with_columns(number=(pl.lit(chance) * pl.col("count")).floor().cast(pl.Int64))
        .join(skus.select("product_id", "number", "sku_id", "sc_item_id"), on=["product_id", "number"], how="left")
        .sort("ordered_at", "_row")
        .select(
            "order_id", "order_line_id", "ordered_at", "product_id", "sku_id", "sc_item_id", "quantity",
            "unit_price_fen", "stocking_type", "is_cancelled", "is_owed",
        )
    )  # fmt: skip


def purchase_orders(jit_lines: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per JIT purchase order, one for each JIT line not cancelled: when it was due and when it arrived.

    Nine in ten arrive within 48 hours of the order; those of the last two days are still on their way.
    """
    n = jit_lines.height
    hours = np.where(rng.random(n) < 0.9, rng.uniform(14, 46, n), rng.uniform(50, 110, n))
    last = jit_lines["ordered_at"].max()
    arrival = pl.col("ordered_at") + pl.duration(seconds=pl.lit(pl.Series((hours * HOUR).astype(np.int64))))
    return jit_lines.with_columns(
        purchase_order_no=pl.lit("PO") + pl.Series(FIRST_PURCHASE + np.arange(n) * 37).cast(pl.String),
        due_at=pl.col("ordered_at") + pl.duration(hours=48),
        arrived_at=pl.when(arrival <= pl.lit(last)).then(arrival),
    )
