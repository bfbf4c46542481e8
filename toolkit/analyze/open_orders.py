"""Before a product goes off sale: does somebody still wait for it, and can it be shipped?

Owed are lines of consumer orders that are paid and not shipped, and JIT purchase orders that have not arrived. A JIT
purchase order follows a consumer order: where the order's own line is among those owed, it is not counted again.

Three states: open (有), none (无), unchecked (未核对). Unchecked means that no file could have shown the product's open
orders: there are no order lines with a state (for JIT goods: nor JIT purchase orders), or the newest day they tell
lies more than `guards.stale_orders_days` before the day of analysis.

What can be shipped is what is sellable plus what is locked: locked units are those held for orders like these.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.analyze.products import products_of_lines
from toolkit.schema import ORDER_LINES, Tables

__all__ = ["OWED", "checked_by", "owed_lines", "owed_units", "with_open_orders"]

OWED = ("paid", "partly_shipped", "cancelling")
"""States in which the buyer has paid and still waits for goods to leave; a wish to cancel is not yet a cancellation."""
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


def checked_by(tables: Tables, told: pl.DataFrame, *, as_of: date, stale_days: int) -> tuple[str, ...]:
    """The sources that would have shown an open order of about the day of analysis: orders, jit_purchase_orders.

    `told` is what `told_days` gave.
    """
    newest = told.filter(pl.col("day") >= as_of - timedelta(days=stale_days))
    fresh = set(newest["sales_source"])
    if "orders" in fresh and not _states_known(tables):
        fresh.remove("orders")
    return tuple(sorted(fresh))


def _states_known(tables: Tables) -> bool:
    """Whether any order line says in which state it is."""
    if tables.order_lines is None:
        return False
    return not tables.order_lines.lazy().select("order_status").drop_nulls().head(1).collect().is_empty()


def with_open_orders(products: pl.DataFrame, owed: pl.DataFrame, *, checked: tuple[str, ...]) -> pl.DataFrame:
    """Products with open_orders_state, open_units, shippable_units and gap_units; the units are null when unchecked.

    Units that are known to be owed are shown as open even when the files are too old to say that there are no others.
    shippable_units is null, and so is the gap, where no stock is known. Needs is_jit, sellable_units, locked_units;
    `checked` is what `checked_by` gave.
    """
    is_checked = pl.lit("orders" in checked) | (pl.col("is_jit") & ("jit_purchase_orders" in checked))
    units = pl.col("open_units")
    exists = pl.col("sellable_units") + pl.col("locked_units").fill_null(0)
    return (
        products.join(owed, on="product_id", how="left")
        .with_columns(
            open_orders_state=pl.when(units > 0)
            .then(pl.lit("open"))
            .when(is_checked)
            .then(pl.lit("none"))
            .otherwise(pl.lit("unchecked")),
            open_units=pl.when(is_checked).then(units.fill_null(0)).otherwise(units),
        )
        .with_columns(shippable_units=pl.when(units.is_not_null()).then(exists))
        .with_columns(gap_units=(units - pl.col("shippable_units")).clip(0))
    )


def owed_lines(tables: Tables, as_of: date) -> pl.DataFrame | None:
    """Order lines somebody still waits for; None without an order file."""
    if tables.order_lines is None:
        return None
    waiting = pl.col("order_status").is_in(OWED) & (pl.col("ordered_on") <= as_of) & (pl.col("quantity") > 0)
    return ORDER_LINES.conform(tables.order_lines.lazy().filter(waiting)).collect().sort(ORDER_LINES.key)


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
