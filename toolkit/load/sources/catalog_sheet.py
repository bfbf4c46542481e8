"""A product sheet: 商品表.xlsx as `toolkit init` writes it, an ERP's list, or one kept by hand.

No product export of a fully-managed store is known, so this is any sheet with one product per row, in Chinese or
English. Only the product id is required, and it may stand inside the product's name, as on the seller centre's page
(``杯子ID: 1005006123456789``). A list with one row per SKU is one record per product with the units of its SKUs together.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Id, Money, Text, Units
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.grain import one_each_of_skus
from toolkit.load.sources.vocabulary import PRODUCT_STATUS, STOCKING_TYPE

__all__ = ["CATALOG_SHEET"]

_KEY = ("product_id", "observed_on")
_SKU = ("sku_id", "seller_sku", "sku_spec")
# A seller's SKU may differ from row to row of one product; that contradicts nothing.
_STATED_ONCE = (
    "title", "category", "stocking_type", "status", "supply_price_fen", "unit_cost_fen", "on_hand_units", "inbound_units",
    "listed_on",
)  # fmt: skip


def _once(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """A product that stands on several rows is one record; where the rows differ, the later one is a problem."""
    return one_each_of_skus(
        "catalog", rows, _KEY, _STATED_ONCE, named_by=_SKU, units=("on_hand_units", "inbound_units")
    )


CATALOG_SHEET = Source(
    name="catalog_sheet",
    obtained="hand",
    table="catalog",
    fields=(
        Id(
            "product_id",
            ("商品ID", "产品ID", "商品编号", "产品编号", "平台商品ID", "Product ID", "Item ID", "商品信息", "商品名称/ID"),
            required=True,
            shape="text",
            embedded=True,
        ),
        Text("title", ("标题", "商品标题", "产品标题", "商品名称", "产品名称", "商品名", "品名", "商品信息", "Title",
                       "Product Name", "Product Title", "Subject")),
        Text("category", ("类目", "商品类目", "产品类目", "叶子类目", "分类", "类别", "Category", "Leaf Category")),
        Text("parent_category", ("上级类目", "父类目", "一级类目", "Parent Category")),
        Choice("stocking_type", ("备货类型", "备货模式", "备货方式", "发货模式", "Stocking Type", "Stocking Mode"),
               STOCKING_TYPE),
        Choice("status", ("状态", "商品状态", "产品状态", "在售状态", "上架状态", "Status", "Product Status"),
               PRODUCT_STATUS, raw="status_raw"),
        Text("audit_failure_type", ("审核不通过原因", "Audit Failure Type")),
        Money("supply_price_fen", ("供货价", "供货价格", "供价", "申报价格", "Supply Price")),
        Money("unit_cost_fen", ("成本价", "成本", "单位成本", "采购成本", "采购价", "Unit Cost", "Cost", "Cost Price")),
        Units("on_hand_units", ("库存", "现有库存", "库存数量", "总库存", "商品总库存", "商品库存", "On Hand", "Stock",
                                "Inventory")),
        Units("inbound_units", ("在途", "在途数量", "在途库存", "Inbound", "In Transit")),
        Date("listed_on", ("首次上架日", "首次上架日期", "首次上架时间", "上架日期", "上架时间", "创建时间", "Listed On",
                           "First Listed On", "Created Time")),
        Date("modified_on", ("最近修改日", "修改时间", "更新时间", "修改日期", "更新日期", "Modified On", "Modified Time")),
        Text("seller_sku", ("卖家SKU", "商家编码", "SKU编码", "SKU", "商品编码", "货号", "Seller SKU", "SKU Code")),
        Id("sku_id", ("SKU ID", "SKUID", "商品SKU ID"), shape="text", on_bad="blank"),
        Text("sku_spec", ("规格", "规格名称", "SKU规格", "销售属性", "颜色尺码", "Variant", "Specification")),
        Date("observed_on", ("数据日期", "快照日期", "Data Date", "As Of")),
    ),
    key=_KEY,
    recognised_by=(
        ("product_id", "title"), ("product_id", "category"), ("product_id", "stocking_type"), ("product_id", "status"),
        ("product_id", "supply_price_fen"), ("product_id", "unit_cost_fen"), ("product_id", "listed_on"),
        ("product_id", "seller_sku"),
    ),
    shape=_once,
)  # fmt: skip
