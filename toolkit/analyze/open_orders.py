"""Before a product goes off sale: does somebody still wait for it, and can it be shipped?

Owed are lines of consumer orders that are paid and not shipped, and JIT purchase orders that have not arrived. A JIT
purchase order follows a consumer order: where the order's own line is among those owed, it is not counted again.

Three states: open (有), none (无), unchecked (未核对). Unchecked means that no file could have shown open orders up to
about the day of analysis: there is no order file and no JIT purchase order, or the newest day they tell lies more
than `guards.stale_orders_days` before it.

What can be shipped is what is sellable plus what is locked: locked units are those held for orders like these.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.analyze.coverage import told_days
from toolkit.analyze.products import products_of_lines
from toolkit.schema import ORDER_LINES, Tables

__all__ = ["OWED", "is_checked", "owed_units", "with_open_orders"]

OWED = ("paid", "partly_shipped")
"""States of an order line in which the buyer has paid and still waits for (part of) the goods to leave."""
_PO_CLOSED = ("arrived", "received", "cancelled")


def owed_units(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """One row per product somebody waits for: open_units, owed as of a day. Sorted by product."""
    lines = ORDER_LINES.empty() if tables.order_lines is None else tables.order_lines
    owed = (
        lines.lazy()
        .filter(pl.col("order_status").is_in(OWED), pl.col("ordered_on") <= as_of, pl.col("quantity") > 0)
        .select("product_id", "order_id", "quantity")
        .collect()
    )
    orders = owed.select("product_id", "order_id").drop_nulls().unique()
    jit = _jit_owed(tables, as_of=as_of).join(orders, on=["product_id", "order_id"], how="anti")
    units = pl.concat([owed, jit]).group_by("product_id").agg(open_units=pl.col("quantity").sum())
    return units.filter(pl.col("open_units") > 0).sort("product_id")


def is_checked(tables: Tables, *, as_of: date, stale_days: int) -> bool:
    """Whether the files would have shown an open order of about the day of analysis."""
    newest = told_days(tables, as_of=as_of)["day"].max()
    return isinstance(newest, date) and newest >= as_of - timedelta(days=stale_days)


def with_open_orders(products: pl.DataFrame, owed: pl.DataFrame, *, checked: bool) -> pl.DataFrame:
    """Products with open_orders_state, open_units, shippable_units and gap_units; the units are null when unchecked.

    Units that are known to be owed are shown as open even when the files are too old to say that there are no others.
    shippable_units is null, and so is the gap, where no stock is known. Needs sellable_units and locked_units.
    """
    units = pl.col("open_units")
    exists = pl.col("sellable_units") + pl.col("locked_units").fill_null(0)
    return (
        products.join(owed, on="product_id", how="left")
        .with_columns(
            open_orders_state=pl.when(units > 0)
            .then(pl.lit("open"))
            .otherwise(pl.lit("none") if checked else pl.lit("unchecked")),
            open_units=units.fill_null(0) if checked else units,
        )
        .with_columns(shippable_units=pl.when(units.is_not_null()).then(exists))
        .with_columns(gap_units=(units - pl.col("shippable_units")).clip(0))
    )


def _jit_owed(tables: Tables, *, as_of: date) -> pl.DataFrame:
    heads, lines = tables.purchase_orders, tables.purchase_order_lines
    if heads is None or lines is None:
        return pl.DataFrame(schema={"product_id": pl.String(), "order_id": pl.String(), "quantity": pl.Int64()})
    waiting = heads.filter(
        pl.col("po_type") == "jit",
        pl.col("order_status").is_in(_PO_CLOSED).fill_null(False).not_(),
        (pl.col("arrived_at").dt.date() <= as_of).fill_null(False).not_(),
        (pl.col("ordered_at").dt.date() <= as_of).fill_null(True),
    ).select("purchase_order_no", "order_id")
    missing = (pl.col("quantity") - pl.col("received_units").fill_null(0)).clip(0)
    joined = products_of_lines(lines, tables).join(waiting, on="purchase_order_no")
    return joined.select("product_id", "order_id", missing.alias("quantity"))
