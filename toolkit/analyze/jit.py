"""Does the seller deliver JIT orders in time?

The seller guide says goods must reach the warehouse within 48 hours of the order. Files tell when a type-50 purchase
order was made and when the warehouse finished taking it in; the share within the hours is an estimate of the
platform's own figure, which no file states. An order without both times is not counted, and none means unknown.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.analyze.products import products_of_lines
from toolkit.schema import Tables

__all__ = ["jit_record"]


def jit_record(tables: Tables, *, as_of: date, hours: int) -> pl.DataFrame:
    """One row per product with JIT purchase orders: jit_orders_timed, jit_on_time_share (null when none is timed).

    Cancelled orders and arrivals after `as_of` are left out. Sorted by product.
    """
    heads, lines = tables.purchase_orders, tables.purchase_order_lines
    if heads is None or lines is None:
        return pl.DataFrame(schema=_RECORD)
    took = (pl.col("arrived_at") - pl.col("ordered_at")).dt.total_seconds()
    known = (took >= 0) & (pl.col("arrived_at").dt.date() <= as_of)
    orders = heads.filter(
        pl.col("po_type") == "jit",
        pl.col("order_status").ne_missing("cancelled"),
        (pl.col("ordered_at").dt.date() <= as_of).fill_null(True),
    ).select("purchase_order_no", on_time=pl.when(known).then(took <= hours * 3600))
    per_order = (
        products_of_lines(lines, tables)
        .join(orders, on="purchase_order_no")
        .unique(["product_id", "purchase_order_no"])
        .group_by("product_id")
        .agg(
            pl.col("on_time").count().cast(pl.Int64).alias("jit_orders_timed"),
            pl.col("on_time").mean().alias("jit_on_time_share"),
        )
    )
    return per_order.sort("product_id")


_RECORD = {"product_id": pl.String(), "jit_orders_timed": pl.Int64(), "jit_on_time_share": pl.Float64()}
