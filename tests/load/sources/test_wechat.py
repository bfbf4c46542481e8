"""WeChat's bills; all names and numbers are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.load.sources.files import counts, load_book, load_text, problems, records

PAD = "," * 10
TOP = (
    f"微信支付账单明细{PAD}",
    f"微信昵称：[义乌小店]{PAD}",
    f"起始时间：[2026-03-01 00:00:00] 终止时间：[2026-03-31 23:59:59]{PAD}",
    f"导出类型：[全部]{PAD}",
    f"导出时间：[2026-04-02 09:00:00]{PAD}",
    PAD,
    f"共4笔记录{PAD}",
    f"收入：1笔 28.16元{PAD}",
    f"支出：2笔 40.00元{PAD}",
    f"中性交易：1笔 500.00元{PAD}",
    f"注：{PAD}",
    f"1. 充值/提现/理财通购买等交易,将计入中性交易{PAD}",
    PAD,
    PAD,
    PAD,
    f"----------------------微信支付账单明细列表--------------------{PAD}",
)
HEAD = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
ROWS = (
    '2026-03-02 10:00:00,商户消费,某店,"杯子",支出,¥28.16,零钱,已全额退款,"4200001\t","M1\t","/"',
    '2026-03-03 10:00:00,某店-退款,某店,"/",收入,¥28.16,零钱,已全额退款,"5030001\t","M1\t","/"',
    '2026-03-04 10:00:00,商户消费,某店,"杯子",支出,¥11.84,零钱,已退款(￥2.00),"4200002\t","M2\t","/"',
    '2026-03-05 10:00:00,零钱提现,某银行,"/",/,¥500.00,某银行(1234),提现已到账,"4200003\t","/","服务费¥0.10"',
)


def test_a_personal_bill_tells_refunds_as_rows_and_beside_their_payment(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "微信支付账单.csv", *TOP, HEAD, *ROWS)
    columns = ("row_id", "amount_fen", "stated_fen", "refunded_fen", "direction_raw", "currency")
    assert records(loaded, "bill_rows", *columns) == [
        ("4200001", -2816, 2816, 2816, "支出", "CNY"),
        ("4200002", -1184, 1184, 200, "支出", "CNY"),
        ("4200003", None, 50000, None, "/", "CNY"),
        ("5030001", 2816, 2816, 2816, "收入", "CNY"),
    ]
    assert problems(loaded) == []
    assert counts(loaded) == (20, 4, 16, 0)
    said = ("provider", "account", "first_day", "last_day", "bill_filter", "declared_rows", "totals_check")
    assert records(loaded, "bill_files", *said) == [
        ("wechat_personal", "义乌小店", dt.date(2026, 3, 1), dt.date(2026, 3, 31), "all", 4, "same")
    ]


def test_the_workbook_of_2025_is_the_same(tmp_path: Path) -> None:
    rows = [[cell.strip('"\t') for cell in row.split(",")] for row in ROWS]
    loaded = load_book(tmp_path / "a.xlsx", Sheet1=[*([line.strip(",")] for line in TOP), HEAD.split(","), *rows])
    assert records(loaded, "bill_rows", "amount_fen") == [(None,), (-2816,), (-1184,), (2816,)]
    assert records(loaded, "bill_files", "declared_rows", "declared_in_fen") == [(4, 2816)]


@pytest.mark.parametrize(
    ("kind", "direction", "status", "amount"),
    [
        ("商户消费", "支出", "支付成功", -100),
        ("某店-退款", "/", "已全额退款", 100),
        ("转入零钱通-来自零钱", "/", "支付成功", None),
        ("商户消费", "支出", "待支付", None),
    ],
)
def test_neither_in_nor_out_moves_nothing_unless_it_is_a_refund(
    tmp_path: Path, kind: str, direction: str, status: str, amount: int | None
) -> None:
    row = f"2026-03-02 10:00:00,{kind},某店,杯子,{direction},¥1.00,零钱,{status},4200001,M1,/"
    loaded = load_text(tmp_path / "a.csv", HEAD, row)
    assert records(loaded, "bill_rows", "amount_fen") == [(amount,)]


def test_a_merchants_fund_bill_has_a_tick_before_every_value(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号",
        "`2026-03-02 10:00:00,`4200001,`F1,`交易,`交易,`收入,`100.00,`150.00,`system,`结算总金额 100.00 元,`M1",
        "`2026-03-03 10:00:00,`4200001,`F2,`退款,`退款,`支出,`40.00,`110.00,`system,`退款总金额 40.00 元,`M1R",
        "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额",
        "`2,`1,`100.00,`1,`40.00",
    )
    columns = ("row_id", "base_id", "merchant_order_no", "amount_fen", "balance_fen", "direction_raw")
    assert records(loaded, "bill_rows", *columns) == [
        ("F1", "4200001", "M1", 10000, 15000, "收入"),
        ("F2", "4200001", "M1R", -4000, 11000, "支出"),
    ]
    checks = ("declared_rows", "declared_in_fen", "declared_out_fen", "totals_check", "balance_check", "opening_fen")
    assert records(loaded, "bill_files", *checks) == [(2, 10000, 4000, "same", "ok", 5000)]
    assert counts(loaded) == (4, 2, 2, 0)
    assert problems(loaded) == []
