"""What no export knows of a store: 店铺档案.xlsx, kept by hand.

One row is one store. A deposit that was applied for or approved here is also a case, so it is told as one: whoever
reads cases reads one table. The sheet 办理事项 beside it (`toolkit.load.sources.cases`) takes what one row cannot hold,
such as a second application or the reviews at opening.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Id, Money, Text
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.cases import YES_NO
from toolkit.load.sources.grain import once, one_each

__all__ = ["ENTITY_TYPE", "STORE_FILE"]

ENTITY_TYPE = {
    "company": ("企业", "公司", "有限公司", "company"),
    "sole_trader": ("个体工商户", "个体户", "个体", "sole trader"),
}


_FACTS = (
    "self_run_store", "company", "entity_type", "email_unused", "phone_reachable", "browser", "alipay_tail", "deposit_on", "deposit_fen", "applied_on", "approved_on",
)  # fmt: skip


def _with_case(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    begun = once(rows, ("store",)).filter(pl.col("applied_on").is_not_null() | pl.col("approved_on").is_not_null())
    cases = begun.select(
        pl.all().exclude("note", "case_kind", "amount_fen", "account", "reason", "currency"),
        case_kind=pl.lit("deposit_refund"),
        submitted_on="applied_on",
        account="alipay_tail",
    )
    return {**one_each("store_file", rows, ("store",), _FACTS), "applications": cases}


STORE_FILE = Source(
    name="store_file",
    obtained="hand",
    table="store_file",
    fields=(
        Text("store", ("店铺", "店铺名称", "store"), required=True),
        Text("self_run_store", ("关联自营店", "自营店", "linked self-run store")),
        Text("company", ("公司", "公司名称", "company")),
        Choice("entity_type", ("主体类型", "kind of business"), words=ENTITY_TYPE),
        Choice("email_unused", ("邮箱没用过", "e-mail never used"), words=YES_NO),
        Choice("phone_reachable", ("电话畅通", "phone answered"), words=YES_NO),
        Text("browser", ("浏览器", "browser")),
        Id("alipay_tail", ("支付宝尾号", "Alipay account tail", "alipay tail"), shape="text", on_bad="blank"),
        Date("deposit_on", ("保证金日期", "deposit date")),
        Money("deposit_fen", ("保证金金额", "保证金", "deposit amount")),
        Text("currency", ("币种", "currency")),
        Date("applied_on", ("申请日", "申请日期", "applied on")),
        Date("approved_on", ("审核通过日", "通过日", "approved on")),
        Text("note", ("备注", "note")),
    ),
    key=("store",),
    recognised_by=(
        ("store", "alipay_tail"),
        ("store", "self_run_store"),
        ("store", "deposit_on"),
        ("store", "deposit_fen"),
    ),
    shape=_with_case,
)
