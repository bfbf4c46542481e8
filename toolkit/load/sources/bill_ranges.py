"""What a bill does not say of itself, said by the person who exported it: its days, its account, which rows it holds.

Alipay's web export names its days and not the kinds of rows that were chosen; a bill cut down by hand or saved again names
neither. Without both nothing can be called missing from it. So whoever exported it says so, one row per file, in sheet
账单范围 of 店铺档案.xlsx. What a bill does say of itself is never overruled.
"""

from __future__ import annotations

from toolkit.load.fields import Choice, Date, Text
from toolkit.load.source import Source

__all__ = ["BILL_RANGES", "RANGE_KINDS"]

RANGE_KINDS = {
    "all": ("全部", "全部交易", "所有", "没有筛选", "不筛选", "all", "all rows"),
    "expenses_only": ("仅支出", "支出", "仅支出(里面没有退款)", "expenses only", "expenses only (no refunds in it)"),
    "income_only": ("仅收入", "收入", "income only"),
    "neutral_only": ("仅不计收支", "neutral only"),
    "other": ("其他筛选", "筛选过", "another filter", "filtered"),
}
"""The kinds of rows that were chosen when the bill was exported; a blank cell leaves it unknown."""

BILL_RANGES = Source(
    name="bill_ranges",
    obtained="hand",
    table="bill_ranges",
    fields=(
        Text("bill_name", ("账单文件", "账单文件名", "bill file"), required=True),
        Text("account", ("账号", "支付宝账号", "account")),
        Date("first_day", ("起始日", "起始日期", "第一天", "first day")),
        Date("last_day", ("终止日", "终止日期", "最后一天", "last day")),
        Choice(
            "bill_filter", ("导出类型", "导出交易类型", "导出筛选", "rows exported", "export filter"), words=RANGE_KINDS
        ),
        Text("note", ("备注", "note")),
    ),
    key=("bill_name",),
    recognised_by=(("bill_name", "bill_filter"), ("bill_name", "first_day")),
)
