"""The product list of the open API, as its JSON pages or flattened to a sheet: products, SKUs, bindings and stock.

One answer nests three grains: a product, its SKUs, and each SKU's units per warehouse. Flattened, a product's facts
repeat on every row of its SKUs, so three tables are taken from the same rows, each reduced to its own grain, and a
product's total stock is taken once, never summed over its rows.

The answer carries no on-sale status, only whether the review was passed; that is kept as written and claims nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Field, Id, Money, Text, Units
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.grain import conflicts, once
from toolkit.load.sources.vocabulary import BIND_STATUS, PRODUCT_STATUS, STOCKING_TYPE
from toolkit.schema import STOCK

__all__ = ["CHOICE_PRODUCTS"]

_SKU = "search_sku_info_list"
_ITEM = f"{_SKU}.product_sku_sc_item_info_dto"
_SHELF = f"{_SKU}.sku_warehouse_stock_list"

_PRODUCT_FIELDS: tuple[Field, ...] = (
    Id("product_id", ("商品ID", "product_id"), required=True),
    Text("title", ("标题", "title")),
    Text("category", ("商品叶子类目ID", "leaf_category_id")),
    Choice("stocking_type", ("全托管商品备货类型", "备货类型", "product_type"), words=STOCKING_TYPE),
    Choice(
        "status",
        ("商品状态", "product_status", "product_status_type"),
        words=PRODUCT_STATUS,
        raw="status_raw",
    ),
    Text("product_audit_status", ("商品审核状态", "product_audit_status")),
    Text("audit_failure_type", ("审核不通过的原因", "审核不通过原因", "audit_failure_type")),
    Money("supply_price_fen", ("商品最小供货价", "product_min_price"), currency=None),
    Text("currency", ("商品币种", "币种", "currency_code")),
    Units("on_hand_units", ("商品总库存", "total_stocks")),
    Date("listed_on", ("创建时间", "created_time")),
    Date("modified_on", ("修改时间", "modified_time")),
    Date("observed_on", ("数据日期",)),
)

_SKU_FIELDS: tuple[Field, ...] = (
    Id("sku_id", ("SKU的唯一标识", "SKU ID", "sku_id", f"{_SKU}.sku_id"), on_bad="blank"),
    Id("seller_sku", ("卖家SKU", "seller_sku", f"{_SKU}.seller_sku"), shape="text", on_bad="blank"),
    Money("sku_supply_price_fen", ("SKU供货价", "supply_price", f"{_SKU}.supply_price"), currency=None),
    Units("sku_stock", ("SKU总库存", "sku_stock", f"{_SKU}.sku_stock")),
    Id("sc_item_id", ("货品ID", "sc_item_id", f"{_ITEM}.sc_item_id"), shape="text", on_bad="blank"),
    Choice("bind_status", ("绑定状态", "bind_status", f"{_ITEM}.bind_status"), words=BIND_STATUS),
)

_WAREHOUSE_FIELDS: tuple[Field, ...] = (
    Text("warehouse_code", ("仓编码", "warehouse_code", f"{_SHELF}.warehouse_code")),
    Text("warehouse_name", ("仓名称", "warehouse_name", f"{_SHELF}.warehouse_name")),
    Text("warehouse_type", ("仓类型", "warehouse_type", f"{_SHELF}.warehouse_type")),
    Units("sellable_units", ("可售库存", "sellable_quantity", f"{_SHELF}.sellable_quantity")),
)

_CATALOG_KEY = ("product_id", "observed_on")
_BINDING_KEY = ("product_id", "sku_id", "sc_item_id", "seller_sku", "observed_on")
_SHELF_KEY = ("product_id", "sku_id", "warehouse_code", "observed_on")
_STATED_ONCE = tuple(field.column for field in _PRODUCT_FIELDS if field.column not in _CATALOG_KEY)


def _three_grains(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """Products, bindings and stock from the same rows, each once, and what the repeats contradict."""
    skus, shelves = rows.filter(pl.col("sku_id").is_not_null()), rows.filter(pl.col("sellable_units").is_not_null())
    return {
        "catalog": _products(rows, facts),
        "bindings": once(skus, _BINDING_KEY),
        "stock": pl.concat([_per_warehouse(shelves), _per_sku(skus)]),
        "problems": pl.concat(
            [
                conflicts(rows, _CATALOG_KEY, _STATED_ONCE),
                conflicts(shelves, _SHELF_KEY, ("sellable_units",)),
            ]
        ),
    }


def _products(rows: pl.LazyFrame, facts: FileFacts) -> pl.LazyFrame:
    """One record per product; where no smallest supply price is given, the smallest of its SKUs'."""
    cheapest = rows.group_by(_CATALOG_KEY).agg(pl.col("sku_supply_price_fen").min().alias("cheapest_fen"))
    price = pl.coalesce("supply_price_fen", "cheapest_fen")
    audit = pl.format("product_audit_status={}", "product_audit_status")
    return (
        once(rows, _CATALOG_KEY)
        .join(cheapest, on=_CATALOG_KEY, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            supply_price_fen=price,
            currency=pl.when(price.is_not_null()).then(pl.col("currency").fill_null(facts.currency)),
            status_raw=pl.coalesce("status_raw", audit),
        )
    )


def _per_warehouse(shelves: pl.LazyFrame) -> pl.LazyFrame:
    return STOCK.conform(once(shelves, _SHELF_KEY).drop("on_hand_units"))


def _per_sku(skus: pl.LazyFrame) -> pl.LazyFrame:
    """A SKU's total stock, only where no warehouse of it is given: the same units are never told twice."""
    per_sku = once(skus, ("product_id", "sku_id", "observed_on"))
    total = per_sku.filter(pl.col("sku_stock").is_not_null() & pl.col("sellable_units").is_null())
    return STOCK.conform(total.with_columns(on_hand_units="sku_stock"))


CHOICE_PRODUCTS = Source(
    name="choice_products",
    obtained="api",
    table="catalog",
    fields=(*_PRODUCT_FIELDS, *_SKU_FIELDS, *_WAREHOUSE_FIELDS),
    key=_CATALOG_KEY,
    recognised_by=(
        ("product_id", "product_audit_status"),
        ("product_id", "supply_price_fen"),
        ("product_id", "title", "sku_id", "sku_supply_price_fen"),
    ),
    shape=_three_grains,
)
