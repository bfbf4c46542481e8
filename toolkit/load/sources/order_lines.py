"""Order lines: any sheet with one product line of a consumer order per row, from an interface, an ERP or by hand.

Ids of such a sheet may be any text. Cancelled and unpaid lines are kept with their status, and a negative quantity is
a return: what counts as sold is decided by the analysis, not by the reader. A sheet that
names no channel is taken for the fully-managed store's own.
"""

from __future__ import annotations

from datetime import date

from toolkit.load.fields import Choice, Date, Id, Moment, Money, Text, Units
from toolkit.load.source import Source

__all__ = ["ORDER_LINES", "ORDER_STATUS"]

ORDER_STATUS: dict[str, tuple[str, ...]] = {
    "unpaid": ("PLACE_ORDER_SUCCESS", "等待买家付款", "待付款", "未付款", "unpaid", "pending payment"),
    "cancelling": ("IN_CANCEL", "买家申请取消"),
    "paid": ("WAIT_SELLER_SEND_GOODS", "等待您发货", "待发货", "等待发货", "已付款", "已支付", "未发货", "paid",
             "RISK_CONTROL", "风控24小时中", "风控中", "WAIT_SELLER_EXAMINE_MONEY", "等待您确认金额"),
    "partly_shipped": ("SELLER_PART_SEND_GOODS", "部分发货"),
    "shipped": ("WAIT_BUYER_ACCEPT_GOODS", "等待买家收货", "已发货", "待收货", "运输中", "shipped"),
    "finished": ("FINISH", "FUND_PROCESSING", "已结束的订单", "买卖家达成一致,资金处理中", "订单结束", "已结束", "已完成",
                 "交易完成", "交易成功", "完成", "已签收", "finished", "completed", "delivered"),
    "disputed": ("IN_ISSUE", "含纠纷中的订单", "纠纷中", "disputed"),
    "frozen": ("IN_FROZEN", "冻结中的订单", "冻结中", "frozen"),
    "cancelled": ("已取消", "取消", "交易关闭", "已关闭", "订单关闭", "cancelled", "canceled", "closed"),
    "refunded": ("已退款", "退款成功", "退款完成", "全额退款", "refunded", "returned"),
}  # fmt: skip
"""The interface's words (they are listed in its documentation) and plain ones."""

CHANNELS: dict[str, tuple[str, ...]] = {
    "fully_managed": ("全托管", "AE全托管", "aechoice", "choice", "fully_managed", "fully managed"),
    "self_run": ("自营", "自营店", "POP", "self_run", "self-run"),
    "half_managed": ("半托管", "half_managed", "half managed"),
}

ORDER_LINES = Source(
    name="order_lines",
    obtained="hand",
    table="order_lines",
    fields=(
        Id("order_id", ("订单号", "订单编号", "订单ID", "主订单号", "交易订单号", "用户订单号", "交易主单号", "Order ID",
                        "Order No", "Order Number", "trade_order_no", "trade_order_id", "InvoiceNo", "Invoice"),
           shape="text"),
        Id("order_line_id", ("子订单号", "子订单编号", "子订单ID", "订单行号", "Order Line ID", "child_order_id"),
           shape="text"),
        Id("product_id", ("商品ID", "产品ID", "商品编号", "产品编号", "Product ID", "Item ID", "StockCode", "product"),
           required=True, shape="text", embedded=True),
        Id("sku_id", ("SKU ID", "SKUID", "商品SKU ID"), shape="text", on_bad="blank"),
        Text("title", ("商品标题", "商品名称", "产品标题", "产品名称", "商品描述", "Product Title", "Product Name", "Item Title",
                       "Title", "Description")),
        Date("ordered_on", ("付款时间", "支付时间", "付款日期", "支付日期", "下单时间", "下单日期", "订单创建时间",
                            "订单时间", "订单日期", "创建时间", "成交时间", "日期", "Paid At", "Payment Time",
                            "Ordered At", "Ordered On", "Order Date", "Order Time", "Order Created At",
                            "trade_create_time", "InvoiceDate", "Date"),
             required=True, earliest=date(2000, 1, 1), order="mdy", on_bad="reject"),
        Units("quantity", ("数量", "商品数量", "件数", "购买数量", "支付件数", "销量", "Quantity", "Qty", "Units",
                           "order_line_qty"), required=True, signed=True, on_bad="reject"),
        Money("unit_price_fen", ("单价", "商品单价", "产品单价", "供货价", "售价", "Unit Price", "Price"), signed=True),
        Text("currency", ("币种", "货币", "Currency", "Currency Code")),
        Choice("order_status", ("订单状态", "状态", "Order Status", "Status"), ORDER_STATUS, raw="order_status_raw"),
        Choice("channel", ("渠道", "店铺类型", "业务模式", "Channel"), CHANNELS),
        Moment("due_at", ("最晚到仓时间", "最晚发货时间", "发货期限", "Due At")),
    ),
    key=("channel", "order_id", "order_line_id", "product_id", "sku_id"),
    recognised_by=(("product_id", "ordered_on", "quantity"),),
    constants={"channel": "fully_managed"},
)  # fmt: skip
