"""Dated cases of a store, kept by hand: refund applications of the deposit, and the reviews at opening.

One row is one application or review with the days of its stages. A list without a column for the kind of case is one of
deposit refunds; a word that is not known is another kind (`other`), never taken for one of ours.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Id, Moment, Money, Text
from toolkit.load.source import FileFacts, Source

__all__ = ["CASES", "CASE_KINDS", "YES_NO"]

CASE_KINDS = {
    "deposit_refund": ("保证金退款", "保证金退还", "退保证金", "退款申请", "退店", "deposit refund"),
    "company_certification": ("企业认证", "公司认证", "实名认证", "company certification"),
    "business_information": ("业务信息审核", "业务信息", "工商信息", "经营信息审核", "business information"),
    "fund_account": ("资金账户", "资金账户审核", "收款账户", "fund account"),
    "opening": ("开店", "开店申请", "入驻", "opening"),
}

YES_NO = {"yes": ("是", "对", "已", "有", "yes", "y", "√"), "no": ("否", "不", "没有", "no", "n", "×")}


def _dated(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    at, raw = pl.col("submitted_at"), pl.col("case_kind_raw")
    kind = pl.when(raw.is_null()).then(pl.lit("deposit_refund")).otherwise(pl.col("case_kind").fill_null("other"))
    return {
        "applications": rows.with_columns(
            case_kind=kind,
            submitted_on=at.dt.date(),
            # Midnight is how a day without a clock reads.
            submitted_at=pl.when(at.dt.time() != pl.time(0)).then(at),
        )
    }


CASES = Source(
    name="cases",
    obtained="hand",
    table="applications",
    fields=(
        Text("store", ("店铺", "店铺名称", "store")),
        Choice("case_kind", ("办理事项", "事项", "case"), words=CASE_KINDS, raw="case_kind_raw"),
        Id("case_id", ("事项编号", "申请编号", "申请单号", "case id"), shape="text", on_bad="blank"),
        Moment("submitted_at", ("提交日", "提交时间", "申请日", "申请时间", "submitted on"), required=True),
        Date("approved_on", ("通过日", "审核通过日", "通过时间", "approved on")),
        Date("rejected_on", ("驳回日", "驳回时间", "rejected on")),
        Money("amount_fen", ("申请金额", "退款金额", "金额", "amount")),
        Text("currency", ("币种", "currency")),
        Text("account", ("退款账号", "绑定支付宝", "收款账号", "账号", "account")),
        Text("reason", ("事由", "申请原因", "退款原因", "驳回原因", "stated reason", "reason")),
        Choice("documents_complete", ("材料齐全", "资料齐全", "documents complete"), words=YES_NO),
        Choice("documents_match", ("内容属实", "内容与实际相符", "content matches the facts"), words=YES_NO),
        Text("note", ("备注", "note")),
    ),
    key=("store", "case_kind", "case_id"),
    recognised_by=(("case_kind", "submitted_at"), ("case_id", "submitted_at")),
    shape=_dated,
)
