"""What the platform says it released or refunded for an order.

The names of the interface `findloanlistquery` are known; the captions of the downloads 订单放款记录 and 订单退款记录 are
not, so plain candidates stand here and a user's own go into 列对照.xlsx. One line may state a release and a refund:
each becomes a record. A release came in (positive), a refund went out (negative). A release that is still waiting moved
nothing: its figure is `stated_fen` only. Where the file has what was really paid beside what was promised, that counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Id, Moment, Money, Text
from toolkit.load.source import FileFacts, Source

__all__ = ["LOAN_STATE", "ORDER_MONEY"]

LOAN_STATE = {
    "waiting": ("wait_loan", "未放款", "待放款"),
    "released": ("loan_ok", "已放款", "放款成功"),
}


def _records(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """Up to two records per line: its release and its refund."""
    lines = rows.with_columns(booked_on=pl.col("booked_at").dt.date())
    loan, refund = pl.coalesce("real_loan_fen", "loan_fen"), pl.coalesce("real_refund_fen", "refund_fen")
    is_waiting = (pl.col("loan_state") == "waiting").fill_null(False)
    releases = lines.filter(loan != 0).with_columns(
        settlement_kind=pl.lit("release"),
        stated_fen=loan.abs(),
        amount_fen=pl.when(~is_waiting).then(loan.abs()),
        reason=pl.when(is_waiting).then("reason"),
    )
    refunds = lines.filter(refund != 0).with_columns(
        settlement_kind=pl.lit("refund"),
        stated_fen=refund.abs(),
        amount_fen=-refund.abs(),
        loan_state=pl.lit(None, pl.String),
        # The fee is the release's; told once where there is one.
        fee_fen=pl.when((loan == 0) | loan.is_null()).then("fee_fen"),
        booked_at=pl.coalesce("refunded_at", "booked_at"),
    )
    refunds = refunds.with_columns(booked_on=pl.col("booked_at").dt.date())
    return {"refunds": pl.concat([releases, refunds]).sort("source_row", "settlement_kind")}


def _money(column: str, chinese: tuple[str, ...], name: str) -> Money:
    return Money(column, (*chinese, f"{name}.amount", name), signed=True, on_bad="reject")


ORDER_MONEY = Source(
    name="order_money",
    obtained="download",
    table="refunds",
    fields=(
        Text("store", ("店铺", "店铺名称", "store")),
        Id("order_id", ("订单号", "订单编号", "order_id"), required=True),
        Id("order_line_id", ("子订单号", "child_order_id"), on_bad="blank"),
        Id("refund_id", ("退款单号", "退款编号", "refund_id"), shape="text", on_bad="blank"),
        Choice("loan_state", ("放款状态", "loan_status"), words=LOAN_STATE),
        _money("loan_fen", ("放款金额",), "loan_amount"),
        _money("real_loan_fen", ("实际放款金额", "实际放款出账金额"), "real_loan_amount"),
        _money("refund_fen", ("退款金额",), "refund_amount"),
        _money("real_refund_fen", ("实际退款金额", "实际退款出账金额"), "real_refund_amount"),
        _money("fee_fen", ("手续费", "平台佣金"), "escrow_fee"),
        Text(
            "currency",
            (
                "币种",
                "loan_amount.currency_code",
                "refund_amount.currency_code",
                "real_loan_amount.currency_code",
                "currency",
            ),
        ),
        Moment("booked_at", ("放款时间", "放款日期", "released_datetime"), order="mdy"),
        Moment("refunded_at", ("退款时间", "退款日期", "退款成功时间"), order="mdy"),
        Text("reason", ("待放款原因", "退款原因", "wait_loan_reson", "wait_loan_reason")),
    ),
    key=("store", "order_id", "order_line_id", "refund_id", "settlement_kind", "amount_fen"),
    recognised_by=(
        ("order_id", "loan_fen"),
        ("order_id", "real_loan_fen"),
        ("order_id", "refund_fen", "refunded_at"),
        ("order_id", "refund_fen", "refund_id"),
        ("order_id", "real_refund_fen"),
    ),
    complete=(("loan_fen",), ("real_loan_fen",), ("refund_fen",), ("real_refund_fen",)),
    incomplete="amount_missing",
    shape=_records,
)
