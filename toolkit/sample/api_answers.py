"""What the open API tells: purchase orders, which speak of receipts and of sales, and the product list, page by page."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from toolkit.sample.files import csv_text, gzipped, put, yuan, zipped
from toolkit.sample.orders import purchase_orders
from toolkit.sample.shelf_items import WAREHOUSES, share_out, shelf_items
from toolkit.sample.shop import Shop

__all__ = ["put_catalog_pages", "put_jit", "put_receipts"]

JIT_EXPORT_DAYS = 84
SNAPSHOT_AGE_DAYS = 84


_PO_LINE = (
    pl.col("purchase_order_no"),
    pl.col("product_id").alias("item_id"),
    pl.col("sku_id"),
    pl.col("sc_item_id"),
    pl.col("quantity"),
)


def put_receipts(shop: Shop, inbox: Path) -> list[Path]:
    """Type 10: every arrival of warehouse goods, and what is still on its way. Receipts, never sales."""
    items = shelf_items(shop)
    arrived = shop.receipts.select("product_id", pl.col("received_on").alias("day"), "units", is_here=pl.lit(True))
    coming = shop.products.filter(pl.col("inbound_units") > 0).select(
        "product_id", day=pl.lit(shop.last_day + timedelta(9)), units="inbound_units", is_here=pl.lit(False)
    )
    orders = (
        pl.concat([arrived, coming])
        .join(items.select("product_id").unique(), on="product_id", how="semi")
        .sort("day", "product_id")
        .with_row_index("_n")
        .with_columns(purchase_order_no=pl.lit("CG") + (pl.col("_n") * 13 + 700_100).cast(pl.String))
    )
    lines = (
        orders.join(items, on="product_id", how="left", maintain_order="left")
        .with_columns(quantity=share_out("units"))
        .filter(pl.col("quantity") > 0)
        .select(
            *_PO_LINE,
            pl.when("is_here").then(pl.col("quantity")).otherwise(0).alias("received_normal_qty"),
            yuan("supply_price_fen").alias("purchase_price_dec"),
        )
    )
    home = items.unique("product_id", keep="first", maintain_order=True).select("product_id", "warehouse_code")
    heads = orders.join(home, on="product_id", how="left", maintain_order="left").select(
        "purchase_order_no",
        pl.lit(10).alias("order_type"),
        pl.lit(5110000).alias("biz_type"),
        pl.when("is_here").then(40).otherwise(20).alias("status"),
        pl.when("is_here").then(pl.lit("收货完成")).otherwise(pl.lit("待收货")).alias("status_desc"),
        _epoch_ms(pl.col("day") - pl.duration(days=20)).alias("gmt_create"),
        _epoch_ms(pl.col("day")).alias("pre_arrive_time"),
        pl.when("is_here").then(_epoch_ms(pl.col("day"))).alias("actual_inbound_time"),
        pl.col("units").alias("total_quantity"),
        pl.when("is_here").then(pl.col("units")).otherwise(0).alias("received_quantity"),
        pl.col("warehouse_code").alias("store_code"),
    )
    return _put_purchase(inbox, "仓发", shop.last_day, heads, lines)


def put_jit(shop: Shop, lines: pl.DataFrame, inbox: Path, rng: np.random.Generator) -> list[Path]:
    """Type 50, the last twelve weeks: the JIT order lines once more, with when each was due and when it arrived."""
    since = shop.last_day - timedelta(JIT_EXPORT_DAYS - 1)
    sold = lines.filter(
        (pl.col("stocking_type") == "jit") & ~pl.col("is_cancelled") & (pl.col("ordered_at").dt.date() >= since)
    )
    if sold.is_empty():
        return []
    orders = purchase_orders(sold, rng)
    here = pl.col("arrived_at").is_not_null()
    heads = orders.select(
        "purchase_order_no",
        pl.col("order_id").alias("trade_order_id"),
        pl.lit(50).alias("order_type"),
        pl.lit(5110000).alias("biz_type"),
        pl.when(here).then(40).otherwise(17).alias("status"),
        pl.when(here).then(pl.lit("收货完成")).otherwise(pl.lit("待发货")).alias("status_desc"),
        _epoch_ms(pl.col("ordered_at")).alias("gmt_create"),
        _epoch_ms(pl.col("arrived_at")).alias("actual_inbound_time"),
        pl.col("quantity").alias("total_quantity"),
        pl.when(here).then(pl.col("quantity")).otherwise(0).alias("received_quantity"),
        pl.lit(WAREHOUSES[0][0]).alias("store_code"),
    )
    bought = orders.select(
        *_PO_LINE,
        pl.when(here).then(pl.col("quantity")).otherwise(0).alias("received_normal_qty"),
        yuan("unit_price_fen").alias("purchase_price_dec"),
    )
    return _put_purchase(inbox, "JIT", shop.last_day, heads, bought)


def _put_purchase(inbox: Path, kind: str, day: date, heads: pl.DataFrame, lines: pl.DataFrame) -> list[Path]:
    return [
        put(inbox / f"采购单_{kind}_{day:%Y%m%d}.csv.gz", gzipped(csv_text(heads).encode())),
        put(inbox / f"采购单明细_{kind}_{day:%Y%m%d}.csv.gz", gzipped(csv_text(lines).encode())),
    ]


def _epoch_ms(moment: pl.Expr) -> pl.Expr:
    """Shanghai time as milliseconds since 1970 in UTC, as the API gives it."""
    return (moment.cast(pl.Datetime("us")) - pl.duration(hours=8)).dt.epoch("ms")


def put_catalog_pages(shop: Shop, inbox: Path) -> Path:
    """The product list of twelve weeks ago, twenty products a page, in one archive."""
    day = max(shop.last_day - timedelta(SNAPSHOT_AGE_DAYS), shop.first_day + timedelta(6))
    moved = shop.weeks.filter(pl.col("week_start") <= day).group_by("product_id").agg(
        (pl.col("received_units").sum() - pl.col("units").sum()).alias("change")
    )  # fmt: skip
    then = (
        shop.products.filter((pl.col("listed_on") < day) & ~pl.col("is_damaged_id"))
        .join(moved, on="product_id", how="left", maintain_order="left")
        .with_columns(
            stocks=pl.when(pl.col("stocking_type") == "jit")
            .then(pl.col("on_hand_units"))
            .otherwise(pl.max_horizontal(pl.col("opening_units") + pl.col("change").fill_null(0), 0)),
            price=yuan("supply_price_fen"),
            kind=pl.col("stocking_type").replace_strict({"warehouse": 0, "jit": 1, "overseas": 2}),
        )
    )
    skus = dict(shop.skus.partition_by("product_id", as_dict=True).items())
    records = [_record(row, skus[(row["product_id"],)]) for row in then.iter_rows(named=True)]
    pages = [records[start : start + 20] for start in range(0, len(records), 20)]
    members = {
        f"choice.products.list_{day:%Y%m%d}_p{number:02d}.json": json.dumps(
            {"result": {"success": True, "current_page": number, "page_size": 20, "total_count": len(records),
                        "total_page": len(pages), "product_list": page}},
            ensure_ascii=False,
        ).encode()
        for number, page in enumerate(pages, 1)
    }  # fmt: skip
    return put(inbox / f"choice.products.list_{day:%Y%m%d}.zip", zipped(members))


def _record(row: dict[str, object], skus: pl.DataFrame) -> dict[str, object]:
    """One product as the API nests it; numbers are numbers on the wire, ids included."""
    return {
        "product_id": int(str(row["product_id"])),
        "title": row["title"],
        "leaf_category_id": str(200_000_000 + sum(map(ord, str(row["category"]))) % 9973),
        "product_type": row["kind"],
        "product_min_price": row["price"],
        "product_max_price": row["price"],
        "currency_code": row["currency"],
        "total_stocks": row["stocks"],
        "product_audit_status": 1,
        "created_time": f"{row['listed_on']} 10:00:00",
        "search_sku_info_list": [
            {
                "sku_id": int(sku["sku_id"]),
                "seller_sku": sku["seller_sku"],
                "supply_price": row["price"],
                "status": "active",
                "product_sku_sc_item_info_dto": {"sc_item_id": int(sku["sc_item_id"]), "bind_status": 2},
            }
            for sku in skus.iter_rows(named=True)
        ],
    }
