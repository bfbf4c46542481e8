"""Purchase orders of the platform to the seller: heads alone, or heads with their lines in one sheet.

The same numbers mean two different things: a type-50 (JIT) order follows a consumer's order and *is a sale*; a type-10
order fills the platform's warehouse and is a *receipt*. Rows of other business lines (half-managed, for example)
are rejected, because they are not this store's fully-managed trade. Times come as epoch numbers.

`actual_inbound_time` is when the warehouse finished taking goods in, the only arrival time the documents name; a
delivery judged by it is judged late rather than early.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Field, Id, Moment, Text, Units
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.grain import conflicts, once
from toolkit.load.sources.purchase_order_lines import LINE_FIELDS, PURCHASE_ORDER_NO, SOME_PRODUCT
from toolkit.load.sources.vocabulary import PO_STATUS, PO_TYPE

__all__ = ["PURCHASE_ORDERS", "PURCHASE_ORDER_SHEET"]

# 5110000 is the fully-managed business line; every other number belongs to another one.
_FULLY_MANAGED = {"fully_managed": ("5110000", "aechoice", "全托管")}

HEAD_FIELDS: tuple[Field, ...] = (
    PURCHASE_ORDER_NO,
    Id("order_id", ("交易主单号", "用户订单号", "trade_order_id", "tradeOrderNo"), shape="text", on_bad="blank"),
    Choice("po_type", ("单据类型", "采购单类型", "order_type", "po_type"), words=PO_TYPE),
    Choice(
        "order_status",
        ("单据状态", "采购单状态", "订单状态", "状态", "status", "purchaseOrderStatus", "status_desc"),
        words=PO_STATUS,
        raw="order_status_raw",
    ),
    Choice("biz_type", ("业务类型", "biz_type"), words=_FULLY_MANAGED, on_bad="reject"),
    Text("warehouse_code", ("仓编码", "仓code", "store_code")),
    Moment("ordered_at", ("创建时间", "下单时间", "gmt_create", "gmtCreate")),
    Moment("due_at", ("最晚到仓时间", "要求到仓时间")),
    Moment("arrived_at", ("到仓时间", "入库完结时间", "actual_inbound_time", "receiveFinishTime")),
)


def _heads_and_lines(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """One record per order and one per line; an order's units are the sum over its lines, unknown when one is."""
    key = ("purchase_order_no",)
    units = [
        pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum()).alias(name)
        for name in ("quantity", "received_units")
    ]
    heads = once(rows.drop("quantity", "received_units"), key)
    stated_once = ("po_type", "order_status", "ordered_at", "arrived_at")
    return {
        "purchase_orders": heads.join(rows.group_by(key).agg(units), on=key, maintain_order="left"),
        "purchase_order_lines": rows,
        "problems": conflicts(rows, key, stated_once),
    }


PURCHASE_ORDERS = Source(
    name="purchase_orders",
    obtained="api",
    table="purchase_orders",
    fields=(
        *HEAD_FIELDS,
        Units("quantity", ("采购数量", "数量", "total_quantity", "totalQuantity")),
        Units("received_units", ("收货数量", "总收货数量", "received_quantity", "receivedQuantityDec")),
    ),
    key=("purchase_order_no",),
    recognised_by=(
        ("purchase_order_no", "po_type"),
        ("purchase_order_no", "order_status", "ordered_at"),
    ),
)

PURCHASE_ORDER_SHEET = Source(
    name="purchase_order_sheet",
    obtained="api",
    table="purchase_order_lines",
    fields=(*HEAD_FIELDS, *(line for line in LINE_FIELDS if line is not PURCHASE_ORDER_NO)),
    key=("purchase_order_no", "product_id", "sku_id", "sc_item_id"),
    recognised_by=(
        ("purchase_order_no", "product_id", "quantity", "po_type"),
        ("purchase_order_no", "product_id", "quantity", "ordered_at"),
        ("purchase_order_no", "sc_item_id", "quantity", "ordered_at"),
    ),
    complete=SOME_PRODUCT,
    shape=_heads_and_lines,
)
