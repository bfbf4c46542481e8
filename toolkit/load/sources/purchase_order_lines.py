"""The product lines of purchase orders: units bought by the platform, and the supply price it pays.

Prices here are in 元 with tax (`purchase_price_dec`); the return-to-supplier documents of the same API are in 分, so a
unit is never assumed from one to the other. Only good units received count; defective ones are not the seller's
income.
"""

from __future__ import annotations

from toolkit.load.fields import Field, Id, Money, Text, Units
from toolkit.load.source import Source

__all__ = ["LINE_FIELDS", "PURCHASE_ORDER_LINES", "PURCHASE_ORDER_NO", "SOME_PRODUCT"]

# What a purchase order's number looks like is not documented, so any text without ; will do.
PURCHASE_ORDER_NO = Id(
    "purchase_order_no",
    ("采购单号", "备货单号", "purchase_order_no", "purchaseOrderNo"),
    shape="text",
    required=True,
)

LINE_FIELDS: tuple[Field, ...] = (
    PURCHASE_ORDER_NO,
    Id("product_id", ("商品ID", "item_id", "product_id"), embedded=True, on_bad="blank"),
    Id("sku_id", ("SKU ID", "sku_id", "skuId"), on_bad="blank"),
    Id("sc_item_id", ("货品ID", "sc_item_id"), shape="text", on_bad="blank"),
    Text("title", ("货品名称", "商品名称", "title", "scItemTitle")),
    Units("quantity", ("采购数量", "件数", "数量", "quantity"), required=True),
    Units("received_units", ("实收正品数量", "收货数量", "received_normal_qty")),
    Money("unit_price_fen", ("含税采购单价", "含税采购单价(元)", "采购单价", "单价", "purchase_price_dec")),
)

SOME_PRODUCT = (("product_id",), ("sku_id",), ("sc_item_id",))
"""A line must say what was bought, by any of the three ids."""

PURCHASE_ORDER_LINES = Source(
    name="purchase_order_lines",
    obtained="api",
    table="purchase_order_lines",
    fields=LINE_FIELDS,
    key=("purchase_order_no", "product_id", "sku_id", "sc_item_id"),
    recognised_by=(
        ("purchase_order_no", "product_id", "quantity"),
        ("purchase_order_no", "sku_id", "quantity"),
        ("purchase_order_no", "sc_item_id", "quantity"),
    ),
    complete=SOME_PRODUCT,
)
