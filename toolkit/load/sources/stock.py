"""Units in warehouses and on their way there, in the shapes that exports have.

They count different things. A SKU's `sellable_quantity` is free to sell, and in a JIT warehouse it is a number the
seller typed. A warehouse item's `quantity` *includes* the locked units, so what can be sold is quantity less locked, once.
`inventory_type` is a trap: in the warehouse call it means good (1) or defective (101), in the on-way call it means
where units come from and go to (1 purchase, 2 transfer, 3 sale, 4 return).

Of the units on their way only purchase and transfer count as inbound: those will stand in a warehouse to be sold. Units going
out to buyers are sold already; units coming back from them may be defective.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Field, Id, Text, Units
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.grain import one_each, one_each_of_skus
from toolkit.schema import STOCK

__all__ = ["STOCK_SOURCES"]

_SNAPSHOT = Date("observed_on", ("数据日期", "库存日期", "快照日期", "抓取数据日期", "snapshot date"))
_SC_ITEM = Id("sc_item_id", ("货品ID", "货号ID", "sc_item_id"), shape="text", required=True)
_SHELF = "sku_warehouse_stock_list"
_PRODUCT_KEY = tuple(name for name in STOCK.key if name != "seller_sku")
_COUNTS = ("on_hand_units", "locked_units", "sellable_units", "inbound_units")
_UNITS: tuple[Field, ...] = (
    Units("on_hand_units", ("库存", "总库存", "现有库存", "商品总库存", "total_stocks", "stock", "on hand")),
    Units("locked_units", ("占用", "占用数量", "锁定库存", "locked")),
    Units("sellable_units", ("可售库存", "可售", "sellable")),
    Units("inbound_units", ("在途", "在途库存", "in transit")),
)
_WAREHOUSE: tuple[Field, ...] = (
    Text("warehouse_code", ("仓编码", "warehouse_code")),
    Text("warehouse_name", ("仓名称", "仓库", "warehouse_name")),
)

QUALITY = {"good": ("1", "良品", "正品", "good"), "defective": ("101", "残品", "次品", "defective")}
ON_THE_WAY = {
    "purchase": ("1", "采购在途", "purchase"),
    "transfer": ("2", "调拨在途", "transfer"),
    "sale": ("3", "销售在途", "sale"),
    "return": ("4", "销退在途", "return"),
}


def _sellable(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """A thing counted twice in one warehouse on one day is one count; where the two differ, the second is a problem."""
    return one_each("stock", _counted(rows), STOCK.key, _COUNTS)


def _of_products(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """One count per product and warehouse; a sheet with one row per SKU gives its products the units of all of them."""
    spec = rows.select("source_row", "sku_spec")
    counted = _counted(rows).join(spec, on="source_row", how="left", maintain_order="left")
    told = one_each_of_skus("stock", counted, _PRODUCT_KEY, _COUNTS, named_by=("seller_sku", "sku_spec"), units=_COUNTS)
    return {**told, "stock": told["stock"].drop("sku_spec").with_columns(pl.lit(None, pl.String).alias("seller_sku"))}


def _counted(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Sellable units where the file leaves them to be worked out: what is there less what is locked, never below 0."""
    free = pl.max_horizontal(pl.col("on_hand_units") - pl.col("locked_units"), 0)
    worked_out = (
        pl.when(pl.col("quality") == "defective")
        .then(0)
        .when(pl.col("on_hand_units").is_not_null() & pl.col("locked_units").is_not_null())
        .then(free)
    )
    return STOCK.conform(rows).with_columns(
        sellable_units=pl.coalesce("sellable_units", worked_out),
        # Sheets kept by hand name a warehouse without its code; it is a warehouse of its own all the same.
        warehouse_code=pl.coalesce("warehouse_code", "warehouse_name"),
    )


def _inbound(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """Units on the way to be sold, one record per warehouse item and warehouse.

    A file without types is taken to tell inbound units only. An item with only sale or return units on the way has 0
    inbound, which is known; a type that could not be read leaves its item unknown.
    """
    kind, as_written = pl.col("in_transit_type"), pl.col("in_transit_type_raw")
    counted = (
        pl.when(kind.is_in(["purchase", "transfer"]) | as_written.is_null())
        .then("inbound_units")
        .when(kind.is_not_null())
        .then(0)
    )
    items = rows.with_columns(inbound_units=counted).group_by("sc_item_id", "warehouse_code", "observed_on")
    total = items.agg(
        pl.exclude("inbound_units", "source_row").first(),
        pl.col("source_row").min(),
        pl.when(pl.col("inbound_units").is_not_null().all()).then(pl.col("inbound_units").sum()),
    )
    return {"stock": total}


STOCK_PRODUCTS = Source(
    name="stock_products",
    obtained="hand",
    table="stock",
    fields=(
        Id("product_id", ("商品ID", "product_id", "item_id"), embedded=True, required=True),
        Text("seller_sku", ("卖家SKU", "商家编码", "SKU编码", "SKU", "seller_sku", "sku_code")),
        Text("sku_spec", ("规格", "规格名称", "SKU规格", "销售属性", "颜色尺码", "variant", "specification")),
        *_UNITS,
        *_WAREHOUSE,
        _SNAPSHOT,
    ),
    key=STOCK.key,
    recognised_by=(
        ("product_id", "on_hand_units"),
        ("product_id", "sellable_units"),
        ("product_id", "on_hand_units", "sellable_units"),
    ),
    shape=_of_products,
)

STOCK_SKUS = Source(
    name="stock_skus",
    obtained="api",
    table="stock",
    fields=(
        Id("product_id", ("商品ID", "product_id"), embedded=True, on_bad="blank"),
        Id("sku_id", ("SKU ID", "sku_id"), required=True),
        Id("seller_sku", ("卖家SKU", "seller_sku", "sku_code"), shape="text", on_bad="blank"),
        Text("warehouse_code", ("仓编码", "warehouse_code", f"{_SHELF}.warehouse_code")),
        Text("warehouse_name", ("仓名称", "仓库", "warehouse_name", f"{_SHELF}.warehouse_name")),
        Text("warehouse_type", ("仓类型", "warehouse_type", f"{_SHELF}.warehouse_type")),
        Units("sellable_units", ("可售库存", "sellable_quantity", f"{_SHELF}.sellable_quantity")),
        Units("on_hand_units", ("库存", "现有库存", "on hand")),
        Units("locked_units", ("占用", "占用数量", "locked")),
        Units("inbound_units", ("在途", "在途库存", "in transit")),
        _SNAPSHOT,
    ),
    key=STOCK.key,
    recognised_by=(("sku_id", "sellable_units"), ("sku_id", "on_hand_units")),
    shape=_sellable,
)

STOCK_WAREHOUSE_ITEMS = Source(
    name="stock_warehouse_items",
    obtained="api",
    table="stock",
    fields=(
        _SC_ITEM,
        Text("warehouse_code", ("仓编码", "store_code", "warehouse_code")),
        Text("warehouse_name", ("仓名称", "仓库", "store_name", "warehouse_name")),
        Units("on_hand_units", ("仓内实际库存数量", "库存", "现有库存", "quantity")),
        Units("locked_units", ("占用数量", "占用", "lock_quantity")),
        Units("sellable_units", ("可售库存", "可售", "sellable_quantity")),
        Units("inbound_units", ("在途", "在途数量", "在途库存", "in transit")),
        Choice("quality", ("库存类型", "良品/残品", "inventory_type"), words=QUALITY),
        _SNAPSHOT,
    ),
    key=STOCK.key,
    recognised_by=(("sc_item_id", "on_hand_units"), ("sc_item_id", "sellable_units")),
    shape=_sellable,
)

STOCK_IN_TRANSIT = Source(
    name="stock_in_transit",
    obtained="api",
    table="stock",
    fields=(
        _SC_ITEM,
        Text("warehouse_code", ("入库仓编码", "inbound_store_code")),
        Text("warehouse_name", ("入库仓名称", "inbound_store_name")),
        Units("inbound_units", ("在途数量", "在途", "quantity")),
        Choice(
            "in_transit_type",
            ("在途类型", "库存类型", "inventory_type"),
            words=ON_THE_WAY,
            raw="in_transit_type_raw",
        ),
        _SNAPSHOT,
    ),
    key=STOCK.key,
    recognised_by=(
        ("sc_item_id", "inbound_units", "warehouse_code"),
        ("sc_item_id", "inbound_units", "in_transit_type"),
    ),
    shape=_inbound,
)

INVENTORY_PAGE = Source(
    name="inventory_page",
    obtained="hand",
    table="stock",
    # The page's 今日销量, 近7天销量 and 近30天销量 are not stored: they overlap from one day to the next, so they cannot be
    # added up to a history.
    fields=(
        _SC_ITEM,
        Units("on_hand_units", ("平台库存",)),
        Units("inbound_units", ("在途库存",)),
        _SNAPSHOT,
    ),
    key=STOCK.key,
    recognised_by=(("sc_item_id", "on_hand_units", "inbound_units"), ("sc_item_id", "on_hand_units")),
    shape=_sellable,
)

STOCK_SOURCES: tuple[Source, ...] = (
    STOCK_PRODUCTS,
    STOCK_SKUS,
    STOCK_WAREHOUSE_ITEMS,
    STOCK_IN_TRANSIT,
    INVENTORY_PAGE,
)
