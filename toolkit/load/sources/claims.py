"""Lists that state claims against a store: fines, disputes, debts.

No export of the platform's violations page is known: its captions here are those its page's data has, and plain
Chinese ones; whatever else a user's list says over its columns goes into 列对照.xlsx. Disputes have the names of the
interface `aliexpress.issue.issuelist.get`. Amounts are what is claimed: positive, whatever sign was written.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Id, Money, Text
from toolkit.load.source import FileFacts, Source

__all__ = ["CLAIM_SOURCES", "DEBT_STATE", "DISPUTE_STATE", "FINE_STATE"]

FINE_KIND = {"fine": ("罚款", "违规罚款", "处罚", "违约金", "fine"), "compensation": ("赔付", "赔偿", "compensation")}
FINE_STATE = {
    "pending": ("WAIT_APPEAL", "待申诉", "待处理", "待扣款", "未扣款", "pending"),
    "appealing": ("APPEALING", "申诉中", "appealing"),
    "withdrawn": ("APPEAL_SUCCESS", "申诉成功", "已撤销", "已取消", "withdrawn"),
    "confirmed": ("APPEAL_FAIL", "申诉失败", "已确认", "confirmed"),
    "deducted": ("已扣款", "已扣除", "已缴纳", "deducted"),
}
DISPUTE_STATE = {
    "open": ("processing", "处理中", "纠纷中", "进行中", "待处理", "open"),
    "cancelled": ("canceled_issue", "已取消", "买家取消", "cancelled", "canceled"),
    "closed": ("finish", "已完成", "已结束", "已关闭", "closed", "finished"),
}
DEBT_STATE = {
    "open": ("待还", "未还", "未还清", "欠款中", "待支付", "open"),
    "paid": ("已还", "已还清", "已结清", "已支付", "paid"),
}


def _fines(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    said = pl.col("fine_kind_raw").is_not_null()
    kind = pl.when(said).then(pl.col("deposit_kind").fill_null("unknown")).otherwise(pl.lit("fine"))
    return {"fines": rows.with_columns(deposit_kind=kind, amount_fen=pl.col("amount_fen").abs())}


def _debts(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    return {"debts": rows.with_columns(amount_fen=pl.col("amount_fen").abs())}


_STORE = Text("store", ("店铺", "店铺名称", "store"))
_CURRENCY = Text("currency", ("币种", "currency"))

FINES = Source(
    name="fines",
    obtained="hand",
    table="fines",
    fields=(
        _STORE,
        Id(
            "notice_no",
            ("处罚编号", "违规编号", "通知编号", "罚单号", "punishId", "notice no."),
            shape="text",
            on_bad="blank",
        ),
        Date("booked_on", ("处罚时间", "处罚日期", "罚款日期", "违规时间", "gmtCreate", "fined on")),
        Choice("deposit_kind", ("罚款类型", "处罚类型", "kind"), words=FINE_KIND, raw="fine_kind_raw"),
        Choice("fine_state", ("处罚状态", "罚款状态", "申诉状态", "showStatus", "state"), words=FINE_STATE),
        Money(
            "amount_fen",
            ("罚款金额", "处罚金额", "赔付金额", "扣款金额", "punishAmount", "fine"),
            signed=True,
            required=True,
            on_bad="reject",
        ),
        _CURRENCY,
        Text("reason", ("处罚原因", "违规原因", "罚款原因", "punishReason", "reason")),
    ),
    key=("store", "notice_no"),
    recognised_by=(("amount_fen", "notice_no"), ("amount_fen", "booked_on"), ("amount_fen", "reason")),
    shape=_fines,
)

DISPUTES = Source(
    name="disputes",
    obtained="api",
    table="disputes",
    fields=(
        _STORE,
        Id("dispute_id", ("纠纷号", "纠纷ID", "纠纷编号", "issue_id", "dispute id"), required=True),
        Id("order_id", ("订单号", "order_id"), on_bad="blank"),
        Choice(
            "dispute_state", ("纠纷状态", "issue_status", "dispute state"), words=DISPUTE_STATE, raw="dispute_state_raw"
        ),
        Text("reason", ("纠纷原因", "reason_chinese", "reason")),
        Date("opened_on", ("纠纷发起时间", "发起时间", "发起日", "gmt_create", "opened on")),
    ),
    key=("dispute_id",),
    recognised_by=(("dispute_id", "order_id"), ("dispute_id", "dispute_state")),
)

DEBTS = Source(
    name="debts",
    obtained="hand",
    table="debts",
    fields=(
        _STORE,
        Id("reference", ("欠款编号", "欠款单号", "账单号", "参考号", "reference"), shape="text", on_bad="blank"),
        Date("booked_on", ("欠款日期", "欠款时间", "账单日期", "owed since")),
        Choice("debt_state", ("欠款状态", "还款状态", "debt state"), words=DEBT_STATE),
        Money("amount_fen", ("欠款金额", "待还金额", "debt"), signed=True, required=True, on_bad="reject"),
        _CURRENCY,
        Text("reason", ("欠款原因", "reason")),
    ),
    key=("store", "reference"),
    recognised_by=(("amount_fen", "debt_state"), ("amount_fen", "reference"), ("amount_fen", "booked_on")),
    shape=_debts,
)

CLAIM_SOURCES: tuple[Source, ...] = (FINES, DISPUTES, DEBTS)
