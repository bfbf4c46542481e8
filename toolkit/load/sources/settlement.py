"""International settlement files: what a payment service paid out, transaction by transaction and batch by batch.

Two spellings of a day exist (``2026-11-02 10:00:00`` and ``11/02/2026 10:00:00``, month first), values may be padded
with spaces, and the newest reports end in a row ``<END>``. P is a payment, R a refund; a refund's amounts are negative
here however the file signs them. A currency is stated on every row, there is no default: two currencies are never
summed. A batch states the sum of its transactions: it moves no money of its own, so its figure is `stated_fen` only.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Id, Moment, Money, Text
from toolkit.load.source import FileFacts, Source

__all__ = ["SETTLEMENT", "SETTLEMENT_BATCHES"]

KIND = {
    "payment": ("P", "PAYMENT", "支付", "交易"),
    "refund": ("R", "REFUND", "退款"),
    "cancel": ("CANCEL", "撤销"),
}


def _lines(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    sign = pl.when(pl.col("settlement_kind") == "payment").then(1).otherwise(-1)
    known = pl.col("settlement_kind").is_not_null()

    def signed(name: str) -> pl.Expr:
        return pl.when(known).then(pl.col(name).abs() * sign)

    yuan = pl.col("yuan_fen").is_not_null()
    return {
        "settlements": rows.with_columns(
            provider=pl.lit("international"),
            amount_fen=signed("stated_fen"),
            net_fen=signed("net_fen"),
            settled_fen=signed("yuan_fen"),
            settled_currency=pl.when(yuan).then(pl.lit("CNY")),
            booked_on=pl.col("booked_at").dt.date(),
        )
    }


def _batches(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    return {"settlements": rows.with_columns(provider=pl.lit("international"), settlement_kind=pl.lit("batch"))}


_CURRENCY = Text("currency", ("Currency", "currency", "币种", "原币币种"))
_KEY = ("provider", "row_id", "merchant_order_no", "settlement_kind", "amount_fen")

SETTLEMENT = Source(
    name="settlement",
    obtained="download",
    table="settlements",
    fields=(
        Id("merchant_order_no", ("Partner_transaction_id", "商户订单号"), shape="text", on_bad="blank"),
        Id("row_id", ("Transaction_id", "交易号"), shape="text", on_bad="blank"),
        Money("stated_fen", ("Amount", "原币"), signed=True, required=True, on_bad="reject"),
        Money("fee_fen", ("Fee", "手续费"), signed=True),
        Money("net_fen", ("Settlement", "结算金额"), signed=True),
        Money("yuan_fen", ("Rmb_settlement", "人民币结算金额"), signed=True),
        _CURRENCY,
        Text("rate", ("Rate", "汇率")),
        Moment("booked_at", ("Payment_time", "支付时间"), order="mdy"),
        Date("settled_on", ("Settlement_time", "结算时间"), order="mdy"),
        Choice("settlement_kind", ("Type", "类型"), words=KIND),
        Id("batch_no", ("Settle_batch_no", "结算批次号"), shape="text", on_bad="blank"),
        Id(
            "original_order_no",
            ("original_partner_transaction_ID", "original_partner_transaction_id", "原商户订单号"),
            shape="text",
            on_bad="blank",
        ),
    ),
    key=_KEY,
    recognised_by=(("merchant_order_no", "stated_fen", "net_fen", "settlement_kind"),),
    complete=(("currency",),),
    incomplete="currency_missing",
    ends_at=r"^<END>",
    currency="",
    shape=_lines,
)

SETTLEMENT_BATCHES = Source(
    name="settlement_batches",
    obtained="download",
    table="settlements",
    fields=(
        Id("batch_no", ("Settle_batch_no", "结算批次号"), shape="text", required=True),
        Date("settled_on", ("Settle_date", "结算日期"), order="mdy"),
        Money("stated_fen", ("Amount", "原币"), signed=True, required=True, on_bad="reject"),
        Money("fee_fen", ("Fee", "手续费"), signed=True),
        Money("net_fen", ("Settlement", "结算金额"), signed=True),
        _CURRENCY,
    ),
    key=_KEY,
    recognised_by=(("batch_no", "settled_on", "stated_fen", "net_fen"),),
    complete=(("currency",),),
    incomplete="currency_missing",
    ends_at=r"^<END>",
    currency="",
    shape=_batches,
)
