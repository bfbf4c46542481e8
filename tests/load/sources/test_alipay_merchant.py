"""Alipay's statements for merchants, in the shapes they come in; all names and numbers are invented."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from tests.load.sources.files import counts, load_book, problems, records
from toolkit.load.loaded import LoadedFile, load_file

HEAD = "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注"
TOP = (
    "#支付宝账务明细查询",
    "#账号：[2088000000000001]",
    "#起始日期：[2026年05月01日 00:00:00]   终止日期：[2026年06月01日 00:00:00]",
    "#-----------------------------------------账务明细列表----------------------------------------",
)
ROWS = (
    "1001\t,2026T1\t,D1\t,杯子,2026-05-02 10:00:00,a***@b.com,10000.00, ,10100.00, ,在线支付,",
    "1002\t,2026T1_1\t,D1\t,退款,2026-05-03 10:00:00,a***@b.com, ,-12.40,10087.60, ,退款,",
    "1003\t,2026T2\t, ,提现,2026-05-04 10:00:00,a***@b.com,0.00,-87.60,10000.00, ,提现,",
)
BOTTOM = (
    "#-----------------------------------------账务明细列表结束------------------------------------",
    "#支出合计：2笔，共-100.00元",
    "#收入合计：1笔，共10000.00元",
    "#导出时间：[2026年06月02日 09:00:00]",
)


def load_gbk(path: Path, *lines: str) -> LoadedFile:
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))
    return load_file(path)


def old_zip(path: Path, members: dict[str, tuple[str, ...]]) -> Path:
    """A zip as old archivers write it: names in GBK, not said to be so."""
    names = {f"{n}".rjust(len(name.encode("gb18030")), "_").encode(): name for n, name in enumerate(members)}
    with zipfile.ZipFile(path, "w") as archive:
        for plain, name in names.items():
            archive.writestr(plain.decode(), "\r\n".join(members[name]).encode("gb18030"))
    data = path.read_bytes()
    for plain, name in names.items():
        data = data.replace(plain, name.encode("gb18030"))
    path.write_bytes(data)
    return path


def test_a_fund_flow_is_read_with_everything_it_declares(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "账务明细.csv", *TOP, HEAD, *ROWS, *BOTTOM)
    columns = ("row_id", "base_id", "merchant_order_no", "amount_fen", "balance_fen", "kind_raw")
    assert records(loaded, "bill_rows", *columns) == [
        ("1001", "2026T1", "D1", 1000000, 1010000, "在线支付"),
        ("1002", "2026T1", "D1", -1240, 1008760, "退款"),
        ("1003", "2026T2", None, -8760, 1000000, "提现"),
    ]
    assert counts(loaded) == (11, 3, 8, 0)
    assert problems(loaded) == []
    said = ("provider", "account", "first_day", "last_day", "declared_rows", "declared_in_fen", "declared_out_fen")
    assert records(loaded, "bill_files", *said) == [
        ("alipay_merchant", "2088000000000001", dt.date(2026, 5, 1), dt.date(2026, 5, 31), 3, 1000000, 10000)
    ]
    checks = ("totals_check", "balance_check", "balance_broken_row", "opening_fen", "closing_fen")
    assert records(loaded, "bill_files", *checks) == [("same", "ok", None, 10000, 1000000)]


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        HEAD.replace("（", "(").replace("）", ")"),
        HEAD.replace("（+元）", "").replace("（-元）", "").replace("（元）", ""),
    ],
)
def test_brackets_may_be_of_any_width_or_missing_and_outflow_signed_or_not(tmp_path: Path, head: str) -> None:
    unsigned = [row.replace(",-", ",") for row in ROWS]
    for rows in (ROWS, unsigned):
        loaded = load_gbk(tmp_path / "a.csv", *TOP, head, *rows)
        assert records(loaded, "bill_rows", "amount_fen") == [(-8760,), (-1240,), (1000000,)]


def test_the_order_of_columns_may_vary_and_a_column_be_added_before_them(tmp_path: Path) -> None:
    def turned(line: str) -> str:
        return "," + ",".join(reversed(line.split(",")))

    loaded = load_gbk(tmp_path / "a.csv", *TOP, turned(HEAD), *map(turned, ROWS), *("," + line for line in BOTTOM))
    assert records(loaded, "bill_rows", "row_id", "amount_fen") == [("1001", 1000000), ("1002", -1240), ("1003", -8760)]
    assert records(loaded, "bill_files", "declared_rows", "totals_check", "balance_check") == [(3, "same", "ok")]


def test_rows_that_come_newest_first_prove_their_balance_too(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", HEAD, *reversed(ROWS))
    checks = ("balance_check", "opening_fen", "closing_fen")
    assert records(loaded, "bill_files", *checks) == [("ok", 10000, 1000000)]


def test_a_missing_row_breaks_the_balance_where_it_was(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", *TOP, HEAD, ROWS[0], ROWS[2], *BOTTOM)
    checks = ("declared_rows", "read_rows", "totals_check", "balance_check", "balance_broken_row")
    assert records(loaded, "bill_files", *checks) == [(3, 2, "differs", "broken", 7)]


def test_an_empty_month_is_a_statement_without_rows(tmp_path: Path) -> None:
    bottom = (BOTTOM[0], "#支出合计：0笔，共0.00元", "#收入合计：0笔，共0.00元", BOTTOM[3])
    loaded = load_gbk(tmp_path / "a.csv", *TOP, HEAD, *bottom)
    assert records(loaded, "bill_rows", "row_id") == []
    said = ("first_day", "last_day", "declared_rows", "read_rows", "totals_check", "balance_check")
    assert records(loaded, "bill_files", *said) == [(dt.date(2026, 5, 1), dt.date(2026, 5, 31), 0, 0, "same", None)]


def test_the_summary_that_comes_first_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    summary = ("#支付宝账务汇总查询", "类型,收入（笔）,收入（元）,支出（笔）,支出（元）", "合计,1,10000.00,2,100.00")
    members = {"账务汇总.csv": summary, "账务明细.csv": (*TOP, HEAD, *ROWS, *BOTTOM)}
    loaded = load_file(old_zip(tmp_path / "账单.zip", members))
    assert [(sheet.file, sheet.source and sheet.source.name) for sheet in loaded.sheets] == [
        ("账单.zip › 账务汇总.csv", None),
        ("账单.zip › 账务明细.csv", "alipay_fund_flow"),
    ]
    assert records(loaded, "bill_files", "source_file", "read_rows") == [("账单.zip › 账务明细.csv", 3)]


def test_the_fund_flow_of_fifteen_columns_is_the_same_kind(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv",
        *TOP[:3],
        "序号,入账时间,支付宝交易号,支付宝流水号,商户订单号,账务类型,收入（+元）,支出（-元）,账户余额（元）,对方账户,对方名称,"
        "银行订单号,商品名称,备注,业务描述",
        "1,2026-05-02 10:00:00,2026T1,9001, ,在线支付,10.00, ,10.00,a@b.com,某公司, ,杯子, ,0010001|交易收款-交易收款",
        "2,2026-05-03 10:00:00,2026T2,9002, ,理财申购, ,4.00,6.00,a@b.com,某公司, ,余额宝, ,",
    )
    columns = ("row_id", "base_id", "amount_fen", "counterparty", "business_raw")
    assert records(loaded, "bill_rows", *columns) == [
        ("9001", "2026T1", 1000, "某公司", "0010001|交易收款-交易收款"),
        ("9002", "2026T2", -400, "某公司", None),
    ]
    assert records(loaded, "bill_files", "balance_check") == [("ok",)]


def test_a_workbook_with_the_same_lines_is_the_same(tmp_path: Path) -> None:
    rows = [[cell.strip() for cell in row.split(",")] for row in ROWS]
    lines = [[line] for line in (*TOP, *BOTTOM)]
    loaded = load_book(tmp_path / "a.xlsx", Sheet1=[*lines[:4], HEAD.split(","), *rows, *lines[4:]])
    said = ("account", "last_day", "declared_rows", "totals_check", "balance_check")
    assert records(loaded, "bill_files", *said) == [("2088000000000001", dt.date(2026, 5, 31), 3, "same", "ok")]


def test_a_third_decimal_rejects_the_row(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", HEAD, ROWS[0].replace("10000.00", "10000.005"), ROWS[1])
    assert problems(loaded) == [(2, "in_fen", "money", "rejected")]
    assert records(loaded, "bill_rows", "row_id") == [("1002",)]


def test_a_row_without_any_amount_is_rejected(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", HEAD, ROWS[0], ROWS[1].replace("-12.40", " "))
    assert problems(loaded) == [(3, None, "amount_missing", "rejected")]


def test_the_business_statement_tells_settlements_and_no_rows_of_an_account(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "业务明细.csv",
        "#支付宝业务明细查询",
        "#账号：[2088000000000001]",
        "#-----业务明细列表-----",
        "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,备注",
        "2026T1\t,D1\t,交易    ,杯子,2026-05-02 10:00:00,2026-05-02 10:00:10, ,100.00,99.40, ,-0.60, ",
        "2026T1\t,D1\t,退款    ,杯子,2026-05-05 10:00:00,2026-05-05 10:00:10, ,-40.00,-39.76,R1\t,0.24, ",
        "#-----业务明细列表结束-----",
        "#业务合计：2笔",
    )
    columns = ("settlement_kind", "row_id", "refund_id", "amount_fen", "net_fen", "fee_fen", "booked_on")
    assert records(loaded, "settlements", *columns) == [
        ("payment", "2026T1", None, 10000, 9940, -60, dt.date(2026, 5, 2)),
        ("refund", "2026T1", "R1", -4000, -3976, 24, dt.date(2026, 5, 5)),
    ]
    assert "bill_rows" not in loaded.sheets[0].tables
    assert counts(loaded) == (7, 2, 5, 0)
