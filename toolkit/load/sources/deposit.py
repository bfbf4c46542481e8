"""What is told about a store's deposit: the platform's 保证金 bill, and a ledger kept by hand.

The captions of the bill a seller downloads are not public. The names here are those an ERP's documents give it; whoever
has a real file with others writes them into 列对照.xlsx (`toolkit.load.column_map`) and needs no new version.

The bill has a running balance, and how it signs its amounts is not known. So the balance decides: an amount by which
the balance rose came in, one by which it fell went out, and one that left it as it was (a freeze of money that is there
already) moved nothing. Only where no balance stands beside a row its own sign is taken.

In the ledger kept by hand the class decides: paid and topped up raise the deposit, a fine, a compensation and a refund
lower it whatever sign was typed; a freeze or thaw moves nothing. What the user's word means is the user's: an unknown
word is `unknown`, with the sign as typed, and told.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Date, Id, Moment, Money, Text
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.statement import DECLARED, balance_facts, declared

__all__ = ["DEPOSIT_BILL", "DEPOSIT_KINDS", "DEPOSIT_LEDGER"]

DEPOSIT_KINDS = {
    "pay": ("缴纳", "缴存", "缴纳保证金", "保证金缴纳", "支付", "pay", "paid"),
    "freeze": ("冻结", "保证金冻结", "freeze"),
    "thaw": ("解冻", "保证金解冻", "thaw", "unfreeze"),
    "top_up": ("补缴", "充值", "追加", "补足", "top up", "top-up", "top_up"),
    "fine": ("罚款", "扣款", "扣除", "违约金", "处罚", "fine", "penalty"),
    "compensation": ("赔付", "赔偿", "赔款", "compensation"),
    "refund": ("退款", "退还", "退回", "返还", "保证金退还", "refund"),
    "other": ("其他", "其它", "other"),
}
_RAISES, _LOWERS, _STILL = ("pay", "top_up"), ("fine", "compensation", "refund"), ("freeze", "thaw")
_KEY = ("provider", "store", "booked_on", "deposit_kind", "amount_fen", "reference")


def _bill(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """Ledger rows with the sign the balance proves, and the statement's own record."""
    stated = pl.coalesce("stated_fen", pl.col("in_fen").fill_null(0).abs() - pl.col("out_fen").fill_null(0).abs())
    memo = pl.concat_str("details", "partner_memo", "remarks", separator="; ", ignore_nulls=True)
    signed = (
        rows.with_columns(provider=pl.lit("ae_deposit"), _stated=stated, booked_on=pl.col("booked_at").dt.date())
        .sort("source_row")
        .with_columns(amount_fen=_by_balance(), stated_fen=stated.abs(), memo=pl.when(memo != "").then(memo))
    )
    file = signed.select(
        read_rows=pl.len().cast(pl.Int64),
        read_in_fen=pl.col("amount_fen").filter(pl.col("amount_fen") > 0).sum(),
        read_out_fen=-pl.col("amount_fen").filter(pl.col("amount_fen") < 0).sum(),
        first_row_on=pl.col("booked_on").min(),
        last_row_on=pl.col("booked_on").max(),
        currency=pl.col("currency").drop_nulls().first(),
        **declared("ae_deposit", facts),
        **balance_facts(),
    )
    return {"deposit_ledger": signed, "bill_files": file}


def _by_balance() -> pl.Expr:
    """The amount as the balance moved; the figure as written where no balance beside it can say."""
    at, stated, balance = pl.col("booked_at"), pl.col("_stated"), pl.col("balance_fen")
    is_newest_first = (at.first() > at.last()).fill_null(False)
    before = pl.when(is_newest_first).then(balance.shift(-1)).otherwise(balance.shift(1))
    first = pl.when(is_newest_first).then(balance.shift(-1).is_null()).otherwise(balance.shift(1).is_null())
    # The first row starts from nothing only if its balance is its own figure.
    step = balance - pl.when(first & (balance == stated.abs())).then(0).otherwise(before)
    proven = pl.when(step.abs() == stated.abs()).then(step).when(step == 0).then(None).otherwise(stated)
    return pl.when(stated != 0).then(pl.when(step.is_null()).then(stated).otherwise(proven))


def _ledger(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    kind, stated = pl.col("deposit_kind"), pl.col("stated_fen")
    amount = (
        pl.when(kind.is_in(_STILL) | (stated == 0))
        .then(None)
        .when(kind.is_in(_RAISES))
        .then(stated.abs())
        .when(kind.is_in(_LOWERS))
        .then(-stated.abs())
        .otherwise(stated)
    )
    return {
        "deposit_ledger": rows.with_columns(
            provider=pl.lit("hand"),
            amount_fen=amount,
            stated_fen=stated.abs(),
            deposit_kind=kind.fill_null("unknown"),
        )
    }


DEPOSIT_BILL = Source(
    name="deposit_bill",
    obtained="download",
    table="deposit_ledger",
    fields=(
        Text("store", ("店铺", "店铺名称", "store")),
        Moment("booked_at", ("时间", "settlementTime", "交易时间", "入账时间"), required=True, on_bad="reject"),
        Text("kind_raw", ("交易类型", "type", "账单项目", "accountName")),
        Id("reference", ("订单号", "orderNo", "关联单号"), shape="text", on_bad="blank"),
        Text("currency", ("币种", "currency")),
        Money("stated_fen", ("交易金额", "amount", "金额"), signed=True, on_bad="reject"),
        Money("in_fen", ("收入", "inAmount", "收入金额"), signed=True, on_bad="reject"),
        Money("out_fen", ("支出", "outAmount", "支出金额"), signed=True, on_bad="reject"),
        Money("balance_fen", ("余额", "balance", "保证金余额"), signed=True, on_bad="reject"),
        Text("details", ("详情", "details", "desc")),
        Text("partner_memo", ("合作方备注", "partnerDesc")),
        Text("remarks", ("备注", "remarks")),
    ),
    key=_KEY,
    recognised_by=(
        ("booked_at", "kind_raw", "stated_fen", "balance_fen"),
        ("booked_at", "kind_raw", "in_fen", "out_fen", "balance_fen"),
    ),
    complete=(("stated_fen", "currency"), ("in_fen", "currency"), ("out_fen", "currency")),
    incomplete="amount_missing",
    preamble=DECLARED,
    currency=None,
    shape=_bill,
)

DEPOSIT_LEDGER = Source(
    name="deposit_ledger",
    obtained="hand",
    table="deposit_ledger",
    fields=(
        Text("store", ("店铺", "店铺名称", "store")),
        Date("booked_on", ("日期", "date", "day"), required=True, on_bad="reject"),
        Choice("deposit_kind", ("类别", "款项类别", "kind", "class"), words=DEPOSIT_KINDS, raw="kind_raw"),
        Money("stated_fen", ("金额", "amount"), signed=True, required=True, on_bad="reject"),
        Money("balance_fen", ("余额", "balance"), signed=True),
        Text("currency", ("币种", "currency")),
        Id("reference", ("参考号", "凭证号", "流水号", "reference"), shape="text", on_bad="blank"),
        Text("memo", ("备注", "说明", "memo", "note")),
    ),
    key=_KEY,
    recognised_by=(
        ("store", "booked_on", "deposit_kind", "stated_fen"),
        ("booked_on", "deposit_kind", "stated_fen", "reference"),
    ),
    shape=_ledger,
)
