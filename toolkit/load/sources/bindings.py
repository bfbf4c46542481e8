"""Which warehouse item stands behind which SKU.

Stock, units in transit and purchase orders are counted per warehouse item (货品), decisions are about products, and
one warehouse item can serve several SKUs; this table is the only bridge. Where it is missing, the seller's own SKU
code may do.
"""

from __future__ import annotations

from toolkit.load.fields import Choice, Date, Id
from toolkit.load.source import Source
from toolkit.load.sources.vocabulary import BIND_STATUS

__all__ = ["BINDINGS"]

BINDINGS = Source(
    name="bindings",
    obtained="hand",
    table="bindings",
    fields=(
        Id("product_id", ("商品ID", "product_id", "item_id"), embedded=True),
        Id("sku_id", ("SKU ID", "sku_id"), on_bad="blank"),
        Id("sc_item_id", ("货品ID", "货号ID", "sc_item_id"), shape="text", on_bad="blank"),
        Id("seller_sku", ("卖家SKU", "商家编码", "SKU编码", "seller_sku", "sku_code"), shape="text", on_bad="blank"),
        Choice("bind_status", ("绑定状态", "bind_status"), words=BIND_STATUS),
        Date("observed_on", ("数据日期", "date")),
    ),
    key=("product_id", "sku_id", "sc_item_id", "seller_sku", "observed_on"),
    recognised_by=(
        ("sku_id", "sc_item_id"),
        ("seller_sku", "sc_item_id"),
        ("product_id", "sc_item_id"),
        ("product_id", "sku_id", "seller_sku"),
    ),
    # A row binds two things; one id alone binds nothing.
    complete=(
        ("sku_id", "sc_item_id"),
        ("seller_sku", "sc_item_id"),
        ("product_id", "sc_item_id"),
        ("product_id", "sku_id"),
        ("product_id", "seller_sku"),
    ),
)
