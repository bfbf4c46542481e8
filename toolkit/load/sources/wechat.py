"""WeChat's bills: a person's, and a merchant's fund bill.

The personal bill has sixteen lines above its header and writes amounts as ``¥28.16``; since 2025 it is a workbook. ``/``
stands for "neither in nor out": money between own accounts, which moves nothing. A refund is a row of its own, and its
payment says 已全额退款 or 已退款(￥x): that is kept in `refunded_fen` and counted once.

A merchant's fund bill writes a back-tick before every value, and ends in a line of captions and a line of totals.
"""

from __future__ import annotations

import polars as pl

from toolkit.load.cell_text import long_amount
from toolkit.load.fields import Moment, Money, Text
from toolkit.load.source import Fact, FileFacts, Source
from toolkit.load.sources.statement import DECLARED, KEY, Signs, Statement, number

__all__ = ["WECHAT_MERCHANT", "WECHAT_PERSONAL"]

_STATUS = pl.col("bill_status").fill_null("")
_IN, _OUT = pl.col("direction_raw") == "收入", pl.col("direction_raw") == "支出"
_NEUTRAL = pl.col("direction_raw").fill_null("/").is_in(["/", "中性交易", "其他"])
_IS_REFUND = pl.col("kind_raw").fill_null("").str.contains("退款")
_WAY = (
    pl.when((pl.col("stated_fen") == 0) | _STATUS.str.contains("待支付|未支付|支付失败|已取消|已关闭"))
    .then(0)
    .when(_IN)
    .then(1)
    .when(_OUT)
    .then(-1)
    .when(_NEUTRAL & _IS_REFUND)
    .then(1)
    .when(_NEUTRAL)
    .then(0)
)
_AMOUNT = r"`[0-9.]+"
_TOTALS = (
    Fact("in_rows", rf"^`[0-9]+,`([0-9]+),{_AMOUNT},`[0-9]+,{_AMOUNT}", "count"),
    Fact("in", r"^`[0-9]+,`[0-9]+,`([0-9.]+),`[0-9]+,`[0-9.]+", "fen"),
    Fact("out_rows", rf"^`[0-9]+,`[0-9]+,{_AMOUNT},`([0-9]+),{_AMOUNT}", "count"),
    Fact("out", rf"^`[0-9]+,`[0-9]+,{_AMOUNT},`[0-9]+,`([0-9.]+)", "fen"),
)
"""The merchant's last line: rows, rows in, sum in, rows out, sum out."""


class _Personal(Statement):
    def __call__(self, rows: pl.LazyFrame, facts: FileFacts) -> dict[str, pl.LazyFrame]:
        """As any statement, with what the payment's status says was refunded."""
        inside = _STATUS.str.normalize("NFKC").str.extract(r"已退款\(([^)]*)\)")
        refunded = pl.when(_STATUS.str.contains("已全额退款")).then("stated_fen").otherwise(long_amount(inside, "yuan"))
        return dict(super().__call__(rows.with_columns(refunded_fen=refunded), facts))


WECHAT_PERSONAL = Source(
    name="wechat_personal",
    obtained="download",
    table="bill_rows",
    fields=(
        Moment("booked_at", ("交易时间",), required=True, on_bad="reject"),
        Text("kind_raw", ("交易类型",)),
        Text("counterparty", ("交易对方",)),
        Text("item", ("商品",)),
        Text("direction_raw", ("收/支",)),
        Money("stated_fen", ("金额",), signed=True, required=True, on_bad="reject"),
        Text("bill_status", ("当前状态",)),
        number("row_id", "交易单号"),
        number("merchant_order_no", "商户单号"),
        Text("memo", ("备注",)),
    ),
    key=KEY,
    recognised_by=(("booked_at", "direction_raw", "stated_fen", "bill_status", "row_id"),),
    preamble=DECLARED,
    ends_at=r"^-{4,}",
    spills="item",
    currency="CNY",
    shape=_Personal(
        "wechat_personal",
        Signs(stated=pl.col("stated_fen"), way=_WAY, counted_in=_IN, counted_out=_OUT),
        totals_may_differ=True,
    ),
)

WECHAT_MERCHANT = Source(
    name="wechat_merchant",
    obtained="download",
    table="bill_rows",
    fields=(
        Moment("booked_at", ("记账时间",), required=True, on_bad="reject"),
        number("trade_no", "微信支付业务单号"),
        number("row_id", "资金流水单号"),
        Text("business_raw", ("业务名称",)),
        Text("kind_raw", ("业务类型",)),
        Text("direction_raw", ("收支类型",)),
        Money("stated_fen", ("收支金额",), signed=True, required=True, on_bad="reject"),
        Money("balance_fen", ("账户结余",), signed=True),
        Text("memo", ("备注",)),
        number("merchant_order_no", "业务凭证号"),
    ),
    key=KEY,
    recognised_by=(("booked_at", "row_id", "direction_raw", "stated_fen"),),
    preamble=(*DECLARED, *_TOTALS),
    ends_at=r"^资金流水总笔数|^总笔数|^总交易",
    cell_prefix="`",
    currency="CNY",
    shape=Statement(
        "wechat_merchant",
        Signs(
            stated=pl.col("stated_fen"),
            way=pl.when(pl.col("stated_fen") == 0).then(0).when(_IN).then(1).when(_OUT).then(-1),
            counted_in=_IN,
            counted_out=_OUT,
        ),
        totals_may_differ=False,
        base=pl.coalesce("trade_no", "row_id"),
    ),
)
