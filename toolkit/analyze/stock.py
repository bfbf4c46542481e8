"""How many units does each product have, and where do they come from?

Stock means two things. Goods in a warehouse are units that exist. The stock of a JIT product is a number the seller
typed; it is kept, but nothing is concluded from it (see `toolkit.analyze.profile`).

Counts come in four grains: product, SKU, warehouse item (货品), seller's SKU code. A product counted in several grains
is taken from one of them, never their sum: the newest, on the same day the finest. Within a grain each thing's newest
count up to the day of analysis is used; a thing last counted more than a week before the rest is taken as gone. A stock
file is preferred to the number in the product list. Defective units are left out; locked units are subtracted once,
unless the file already gives sellable units.

One warehouse item (or seller's code) can serve several products. Its units are counted once: shared out evenly, odd
units to the lowest product ids. `binding_ambiguities` lists each such case, and counts that lead to no product.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.analyze.catalog import newest_catalog, up_to
from toolkit.analyze.products import products_of_lines, resolve
from toolkit.schema import STOCK, Tables

__all__ = ["binding_ambiguities", "last_restock", "on_the_way", "stock_history", "stock_of_products"]

_COUNTED = ("on_hand_units", "locked_units", "sellable_units")
_THING = ["sku_id", "sc_item_id", "seller_sku"]
_GRAINS = ("sc_item_id", "sku_id", "seller_sku", "product_id")
"""Finest first."""
_ONE_COUNT = timedelta(days=7)
"""Counts of one product's things within a week are one count: interfaces give a few items a call."""
_PO_CLOSED = ("received", "cancelled")


def stock_of_products(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """One row per product with any count: its units as of a day, and the day they were counted.

    Columns: product_id, on_hand_units (locked included), locked_units, sellable_units, inbound_units, stock_as_of.
    Null means not counted. `stock_as_of` is the oldest day among the counts used. Inbound comes from the stock file,
    else from type-10 purchase orders not yet received, else from the product list: one of them, never a sum.

    >>> stock = STOCK.frame(product_id=["1005001"], on_hand_units=[9], locked_units=[2], observed_on=[date(2026, 11, 22)])
    >>> stock_of_products(Tables(stock=stock), as_of=date(2026, 11, 22)).select("on_hand_units", "sellable_units").row(0)
    (9, 7)
    """
    counts = _counts(tables, as_of=as_of)
    counted = _newest(counts.filter(pl.col("on_hand_units").is_not_null()), _COUNTED)
    coming = _newest(counts.filter(pl.col("inbound_units").is_not_null()), ("inbound_units",)).drop("stock_as_of")
    listed = newest_catalog(tables, as_of=as_of).select(
        "product_id", listed="on_hand_units", listed_on="on_hand_on", listed_inbound="inbound_units"
    )
    joined = _joined([counted, coming, on_the_way(tables, as_of=as_of).rename({"inbound_units": "ordered"}), listed])
    is_counted = pl.col("on_hand_units").is_not_null()
    return joined.select(
        "product_id",
        pl.coalesce("on_hand_units", "listed").alias("on_hand_units"),
        "locked_units",
        pl.when(is_counted).then("sellable_units").otherwise("listed").alias("sellable_units"),
        pl.coalesce("inbound_units", "ordered", "listed_inbound").alias("inbound_units"),
        pl.when(is_counted).then("stock_as_of").otherwise("listed_on").alias("stock_as_of"),
    ).sort("product_id")


def stock_history(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """One row per product and day of a dated count: product_id, observed_on, on_hand_units, sellable_units. Sorted.

    Of the grains a product was counted in, the one with the most days; where no stock file ever counted it, the product
    list's numbers.
    """
    counts = _counts(tables, as_of=as_of).filter(
        pl.col("observed_on").is_not_null(), pl.col("on_hand_units").is_not_null()
    )
    days = counts.group_by("product_id", "grain", "observed_on").agg(pl.col("on_hand_units", "sellable_units").sum())
    most = days.group_by("product_id", "grain").len("days").sort("days", "grain", descending=[True, False])
    best = most.unique("product_id", keep="first", maintain_order=True).select("product_id", "grain")
    history = days.join(best, on=["product_id", "grain"]).drop("grain")
    listed = STOCK.empty() if tables.catalog is None else tables.catalog
    listed = (
        listed.filter(pl.col("observed_on") <= as_of, pl.col("on_hand_units").is_not_null())
        .join(history, on="product_id", how="anti")
        .group_by("product_id", "observed_on")
        .agg(pl.col("on_hand_units").max(), pl.col("on_hand_units").max().alias("sellable_units"))
    )
    return pl.concat([history, listed]).sort("product_id", "observed_on")


def on_the_way(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """One row per product with open type-10 purchase orders: inbound_units, ordered and not yet received."""
    arrived = pl.col("arrived_at").dt.date() <= as_of
    open_lines = _receipt_lines(tables, as_of=as_of).filter(
        arrived.fill_null(False).not_(), pl.col("order_status").is_in(_PO_CLOSED).fill_null(False).not_()
    )
    missing = (pl.col("quantity") - pl.col("received_units").fill_null(0)).clip(0)
    return open_lines.group_by("product_id").agg(missing.sum().alias("inbound_units")).sort("product_id")


def last_restock(tables: Tables, history: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """One row per product known to be restocked: last_restock_on, its last receipt or, if later, its last rise.

    A receipt is a type-10 purchase order that arrived; a rise is a count of `stock_history` above the one before.
    """
    day = pl.col("arrived_at").dt.date()
    received = _receipt_lines(tables, as_of=as_of).filter(day <= as_of).select("product_id", day.alias("day"))
    before = pl.col("on_hand_units").shift(1).over("product_id", order_by="observed_on")
    rises = history.filter(pl.col("on_hand_units") > before)
    days = pl.concat([received, rises.select("product_id", pl.col("observed_on").alias("day"))])
    return days.group_by("product_id").agg(last_restock_on=pl.col("day").max()).sort("product_id")


def binding_ambiguities(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """One row per counted id that is not plainly one product's, and product it may serve.

    Columns: id_kind (sku_id, sc_item_id or seller_sku), id, product_id (null: it leads to no product), products (how
    many share it), on_hand_units (this product's share; of all units where it leads nowhere). Sorted by key.
    """
    unclear = _shared_out(_rows(tables, as_of=as_of)).filter(pl.col("products") != 1)
    kinds = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in _THING]
    return (
        unclear.with_columns(id_kind=pl.coalesce(kinds), id=pl.coalesce(_THING))
        .filter(pl.col("observed_on").eq_missing(pl.col("observed_on").max().over("id_kind", "id")))
        .select("id_kind", "id", "product_id", "products", "on_hand_units")
        .sort("id_kind", "id", "product_id")
    )


def _receipt_lines(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Lines of type-10 purchase orders that were not cancelled, with their order's dates and state."""
    heads, lines = tables.purchase_orders, tables.purchase_order_lines
    if heads is None or lines is None:
        return pl.DataFrame(schema=_RECEIPT)
    receipts = heads.filter(
        pl.col("po_type") == "warehouse",
        pl.col("order_status").ne_missing("cancelled"),
        (pl.col("ordered_at").dt.date() <= as_of).fill_null(True),
    )
    head = receipts.select("purchase_order_no", "order_status", "arrived_at")
    return products_of_lines(lines, tables).join(head, on="purchase_order_no").select(list(_RECEIPT))


_RECEIPT = {
    "product_id": pl.String(), "quantity": pl.Int64(), "received_units": pl.Int64(),
    "order_status": pl.String(), "arrived_at": pl.Datetime("us"),
}  # fmt: skip


def _rows(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Good units up to a day, one row per counted thing and day (warehouses added up), shared things not yet shared out.

    On hand and sellable are filled in from each other with the locked units between them.
    """
    stock = STOCK.empty() if tables.stock is None else STOCK.conform(tables.stock)
    locked = pl.col("locked_units").fill_null(0)
    good = stock.filter(pl.col("quality").ne_missing("defective"), up_to(as_of)).with_columns(
        sellable_units=pl.coalesce("sellable_units", (pl.col("on_hand_units") - locked).clip(0)),
        on_hand_units=pl.coalesce("on_hand_units", pl.col("sellable_units") + locked),
    )
    rows = good.group_by("product_id", *_THING, "observed_on").agg(
        [_known_sum(column) for column in (*_COUNTED, "inbound_units")]
    )
    return resolve(rows.with_row_index("thing"), tables)


def _known_sum(column: str) -> pl.Expr:
    """A sum in which nothing known stays unknown: polars would make it 0."""
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)


def _shared_out(rows: pl.DataFrame) -> pl.DataFrame:
    """Resolved rows with each thing's units split evenly over its products, and `products`: how many it serves."""
    counted = rows.with_columns(products=pl.col("product_id").count().over("thing").cast(pl.Int64))
    share = pl.col("product_id").rank("ordinal").over("thing").cast(pl.Int64) - 1
    several = counted.filter(pl.col("products") > 1).with_columns(share=share)
    split = several.with_columns(
        (pl.col(c) // pl.col("products") + (pl.col("share") < pl.col(c) % pl.col("products")).cast(pl.Int64)).alias(c)
        for c in (*_COUNTED, "inbound_units")
    )
    return pl.concat([counted.filter(pl.col("products") <= 1), split.drop("share")])


def _counts(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Shared-out rows that lead to a product, with the grain they count in (finest is 0)."""
    grains = [pl.when(pl.col(name).is_not_null()).then(pl.lit(place)) for place, name in enumerate(_GRAINS)]
    rows = _shared_out(_rows(tables, as_of=as_of)).filter(pl.col("product_id").is_not_null())
    return rows.with_columns(grain=pl.coalesce(grains).cast(pl.Int64))


def _newest(counts: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """One row per product: the newest counts of its best grain added up, and the oldest day among them."""
    day = pl.col("observed_on").fill_null(date.min)
    newest = counts.filter(day == day.max().over("product_id", "grain", *_THING))
    together = newest.filter(day >= day.max().over("product_id", "grain") - _ONE_COUNT)
    grains = together.group_by("product_id", "grain").agg(
        *[_known_sum(column) for column in columns],
        pl.col("observed_on").min().alias("stock_as_of"),
        pl.col("observed_on").max().alias("newest"),
    )
    best = grains.sort("newest", "grain", descending=[True, False], nulls_last=True)
    return best.unique("product_id", keep="first", maintain_order=True).drop("grain", "newest")


def _joined(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Frames with one row per product as one, products of any of them kept."""
    ids = pl.concat([frame.select("product_id") for frame in frames]).unique()
    for frame in frames:
        ids = ids.join(frame, on="product_id", how="left")
    return ids
