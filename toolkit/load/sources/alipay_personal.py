"""Alipay's personal bill, in all its generations.

The web export of 2011 to today (16 columns, totals below the table), the app's receipts of 2021 (time last, the
file's own facts below the table), 2023 and 2025 (facts above it), and any of them saved again by Excel. They are one
kind of file: only names and places differ, and both are found by name.

收/支 never decides a direction alone: a refund is blank, 其他, 不计收支, 收入, and even 支出 when the owner of the account
pays it out. The rules, in order:

1. A figure of 0.00, a freeze or thaw (冻结, 解冻, 预授权, 免押) and an unpaid or failed row (等待付款, 失败) move nothing.
2. Where the file has 资金状态, that decides: 已收入 in, 已支出 out; 资金转移 (between own accounts) and blank move nothing.
3. 交易关闭: money went out only if the row says out and names how it was paid (its refund is a row of its own).
4. A refund (退款成功, 退税成功, or of class 退款) came in, unless 收/支 says 支出.
5. 收/支: 收入 in, 支出 out; 不计收支, 其他, / and blank are transfers between own accounts and move nothing.

Any other word is no direction: the row is kept, its amount stays out of every sum, and it is told. A partial refund is
stated twice, as a row and as 成功退款 of the payment: `amount_fen` has the row only, the other is in `refunded_fen`.

Alipay's own note says that its totals may differ from the rows: a difference is shown and is no alarm.
"""

from __future__ import annotations

import polars as pl

from toolkit.load.fields import Moment, Money, Text
from toolkit.load.source import Source
from toolkit.load.sources.statement import DECLARED, KEY, Signs, Statement, number

__all__ = ["ALIPAY_PERSONAL"]

NO_MONEY = r"冻结|预授权|免押|等待付款|待付款|等待买家付款|支付失败|付款失败|失败|已取消"
REFUND = r"退款|退税|退回"

_STATUS = pl.col("bill_status").fill_null("")
_DIRECTION = pl.col("direction_raw").fill_null("")
_STATE = pl.col("fund_state_raw").fill_null("")
_HAS_STATE = pl.col("fund_state_raw").is_not_null().any()
_IN, _OUT = _DIRECTION == "收入", _DIRECTION == "支出"


def _way() -> pl.Expr:
    is_refund = _STATUS.str.contains(REFUND) | pl.col("kind_raw").fill_null("").str.contains("退款")
    by_state = (
        pl.when(_STATE == "已收入")
        .then(1)
        .when(_STATE == "已支出")
        .then(-1)
        .when(_STATE.is_in(["", "资金转移"]))
        .then(0)
    )
    by_words = (
        pl.when(_STATUS.str.contains("交易关闭"))
        .then(pl.when(_OUT & pl.col("pay_method").is_not_null()).then(-1).otherwise(0))
        .when(is_refund)
        .then(pl.when(_OUT).then(-1).otherwise(1))
        .when(_IN)
        .then(1)
        .when(_OUT)
        .then(-1)
        .when(_DIRECTION.is_in(["", "其他", "不计收支", "/"]))
        .then(0)
    )
    return (
        pl.when((pl.col("stated_fen") == 0) | _STATUS.str.contains(NO_MONEY))
        .then(0)
        .when(_HAS_STATE)
        .then(by_state)
        .otherwise(by_words)
    )


ALIPAY_PERSONAL = Source(
    name="alipay_personal",
    obtained="download",
    table="bill_rows",
    fields=(
        number("row_id", "交易号", "交易订单号"),
        number("merchant_order_no", "商家订单号"),
        Moment("paid_at", ("付款时间",)),
        Moment("created_at", ("交易创建时间", "交易时间"), required=True),
        Text("kind_raw", ("类型", "交易分类")),
        Text("counterparty", ("交易对方",)),
        Text("item", ("商品名称", "商品说明")),
        Money("stated_fen", ("金额",), signed=True, required=True, on_bad="reject"),
        Text("direction_raw", ("收/支",)),
        Text("pay_method", ("收/付款方式",)),
        Text("bill_status", ("交易状态",)),
        Money("fee_fen", ("服务费",), signed=True),
        Money("refunded_fen", ("成功退款",)),
        Text("memo", ("备注",)),
        Text("fund_state_raw", ("资金状态",)),
    ),
    key=KEY,
    recognised_by=(("row_id", "created_at", "stated_fen", "direction_raw", "bill_status"),),
    preamble=DECLARED,
    ends_at=r"^#?\s*-{4,}|^导出信息|^共\s*\d+\s*笔",
    spills="item",
    currency="CNY",
    shape=Statement(
        "alipay_personal",
        Signs(
            stated=pl.col("stated_fen"),
            way=_way(),
            counted_in=pl.when(_HAS_STATE).then(_STATE == "已收入").otherwise(_IN),
            counted_out=pl.when(_HAS_STATE).then(_STATE == "已支出").otherwise(_OUT),
        ),
        totals_may_differ=True,
        times=("paid_at", "created_at"),
    ),
)
