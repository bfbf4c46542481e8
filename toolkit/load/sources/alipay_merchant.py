"""Alipay's statements for merchants: the fund flow of an account, and its business by transaction.

账务明细 comes as a zip of csv files whose summary may come first, with ``#`` before every line around the table, an end
date that is the next midnight, and one signed or unsigned column each for what came in and what went out: the column
decides the direction, never the sign. Its order of columns varies, from 12 to 15 of them, brackets are full or half
width or missing. A running balance proves it row by row, and its declared counts and totals are exact.

业务明细 tells payments and refunds of transactions, of which 账务明细 tells the fund side: the same money twice. So it
becomes settlements, and is never added to the rows of an account.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.load.fields import Choice, Moment, Money, Text
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.statement import DECLARED, KEY, Signs, Statement, base_of, number

__all__ = ["ALIPAY_BUSINESS", "ALIPAY_FUND_FLOW"]

_IN, _OUT = pl.col("in_fen").fill_null(0).abs(), pl.col("out_fen").fill_null(0).abs()
_NET = _IN - _OUT

TRADE_KIND = {"payment": ("交易", "收款", "payment"), "refund": ("退款", "refund")}

ALIPAY_FUND_FLOW = Source(
    name="alipay_fund_flow",
    obtained="download",
    table="bill_rows",
    fields=(
        number("row_id", "账务流水号", "支付宝流水号"),
        number("trade_no", "业务流水号", "支付宝交易号"),
        number("merchant_order_no", "商户订单号"),
        number("base_order_no", "业务基础订单号"),
        Moment("booked_at", ("发生时间", "入账时间"), required=True, on_bad="reject"),
        Text("kind_raw", ("业务类型", "账务类型")),
        Text("counterparty", ("对方名称",)),
        Text("item", ("商品名称",)),
        Money("in_fen", ("收入金额", "收入"), signed=True, on_bad="reject"),
        Money("out_fen", ("支出金额", "支出"), signed=True, on_bad="reject"),
        Money("balance_fen", ("账户余额",), signed=True),
        Text("business_raw", ("业务描述",)),
        Text("memo", ("备注",)),
    ),
    key=KEY,
    recognised_by=(("row_id", "booked_at", "in_fen", "out_fen"), ("trade_no", "booked_at", "in_fen", "out_fen")),
    complete=(("in_fen",), ("out_fen",)),
    incomplete="amount_missing",
    preamble=DECLARED,
    ends_at=r"^\s*#",
    spills="item",
    currency="CNY",
    shape=Statement(
        "alipay_merchant",
        Signs(
            stated=_NET.abs(),
            way=_NET.sign(),
            counted_in=_IN > 0,
            counted_out=_OUT > 0,
        ),
        totals_may_differ=False,
        base=base_of(pl.coalesce("trade_no", "row_id")),
    ),
)


def _business(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """One settlement per line: a payment positive, a refund negative, however the file signs them."""
    sign = pl.when(pl.col("settlement_kind") == "refund").then(-1).otherwise(1)
    known = pl.col("settlement_kind").is_not_null()
    return {
        "settlements": rows.with_columns(
            provider=pl.lit("alipay_business"),
            amount_fen=pl.when(known).then(pl.col("stated_fen").abs() * sign),
            net_fen=pl.when(known).then(pl.col("net_fen").abs() * sign),
            booked_at=pl.coalesce("booked_at", "created_at"),
        ).with_columns(booked_on=pl.col("booked_at").dt.date())
    }


ALIPAY_BUSINESS = Source(
    name="alipay_business",
    obtained="download",
    table="settlements",
    fields=(
        number("row_id", "支付宝交易号"),
        number("merchant_order_no", "商户订单号"),
        Choice("settlement_kind", ("业务类型",), words=TRADE_KIND),
        Moment("created_at", ("创建时间",)),
        Moment("booked_at", ("完成时间",)),
        Money("stated_fen", ("订单金额",), signed=True, required=True, on_bad="reject"),
        Money("net_fen", ("商家实收",), signed=True),
        Money("fee_fen", ("服务费",), signed=True),
        number("refund_id", "退款批次号/请求号", "退款批次号", "退款请求号"),
    ),
    key=("provider", "row_id", "merchant_order_no", "settlement_kind", "amount_fen"),
    recognised_by=(("row_id", "settlement_kind", "stated_fen", "net_fen"),),
    preamble=DECLARED,
    ends_at=r"^\s*#",
    currency="CNY",
    shape=_business,
)
