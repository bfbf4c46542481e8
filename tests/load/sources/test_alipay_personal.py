"""Alipay's personal bill in each of its shapes; all names and numbers are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.load.sources.files import counts, load_book, problems, records
from toolkit.load.loaded import LoadedFile, load_file

WEB = (
    "交易号 ,商家订单号 ,交易创建时间 ,付款时间 ,最近修改时间 ,交易来源地 ,类型 ,交易对方 ,商品名称 ,金额（元） ,收/支 ,"
    "交易状态 ,服务费（元） ,成功退款（元） ,备注 ,资金状态 ,"
)
WEB_TOP = (
    "支付宝交易记录明细查询",
    "账号:[yiwu@example.com]",
    "起始日期:[2026-01-01 00:00:00]    终止日期:[2026-02-01 00:00:00]",
    "---------------------------------交易记录明细列表------------------------------------",
)
APP_2023 = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,"
APP_2021 = "收/支,交易对方,对方账号,商品说明,收/付款方式,金额,交易状态,交易分类,交易订单号,商家订单号,交易时间,"


def load_gbk(path: Path, *lines: str, end: str = "\n") -> LoadedFile:
    path.write_bytes((end.join(lines) + end).encode("gb18030"))
    return load_file(path)


def web_row(
    row_id: str, item: str, amount: str, direction: str, status: str, state: str, refunded: str = "0.00"
) -> str:
    paid = "                    " if not state.strip() else "2026-01-02 10:00:05 "
    return (
        f"{row_id}\t,T200P{row_id[:4]}\t,2026-01-02 10:00:00 ,{paid},2026-01-03 09:00:00 ,其他（包括阿里巴巴和外部商家）,"
        f"即时到账交易,某供应商    ,{item} ,{amount} ,{direction} ,{status} ,0.00 ,{refunded} ,      ,{state} ,"
    )


def app_row(
    row_id: str, status: str, direction: str, amount: str = "10.00", kind: str = "日用百货", by: str = "余额"
) -> str:
    return (
        f"2026-03-02 10:00:00,{kind},某店,yi***@example.com,杯子,{direction},{amount},{by},{status},{row_id}\t,T1\t,,"
    )


def moved(loaded: LoadedFile) -> list[tuple[object, ...]]:
    return records(loaded, "bill_rows", "row_id", "amount_fen", "stated_fen")


def statement(loaded: LoadedFile, *columns: str) -> tuple[object, ...]:
    (only,) = records(loaded, "bill_files", *columns)
    return only


def test_the_web_export_is_read_whole_and_compared_with_what_it_declares(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "alipay_record_20260203_1010_1.csv",
        *WEB_TOP,
        WEB,
        web_row("2026A", "杯子", "3000.00", "支出", "交易成功", "已支出", refunded="2725.42"),
        web_row("2026A_r1", "退款-杯子", "2725.42", "   ", "退款成功", "已收入"),
        web_row("2026B", "没付款", "88.00", "支出", "交易关闭", "            "),
        "------------------------------------------------------------------------------------",
        "共3笔记录",
        "已收入:1笔,2725.42元",
        "待收入:0笔,0.00元",
        "已支出:1笔,3000.00元",
        "待支出:0笔,0.00元",
        "导出时间:[2026-02-03 10:10:10]    用户:张三",
    )
    assert moved(loaded) == [("2026A", -300000, 300000), ("2026A_r1", 272542, 272542), ("2026B", None, 8800)]
    assert counts(loaded) == (14, 3, 11, 0)
    assert problems(loaded) == []
    said = ("account", "first_day", "last_day", "declared_rows", "read_rows", "declared_in_fen", "read_in_fen")
    assert statement(loaded, *said) == (
        "yiwu@example.com", dt.date(2026, 1, 1), dt.date(2026, 1, 31), 3, 3, 272542, 272542,
    )  # fmt: skip
    assert statement(loaded, "declared_out_fen", "read_out_fen", "totals_check", "bill_filter", "balance_check") == (
        300000, 300000, "same", None, None,
    )  # fmt: skip


def test_a_partial_refund_that_is_stated_twice_is_counted_once(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv",
        WEB,
        web_row("2026A", "杯子", "3000.00", "支出", "交易成功", "已支出", refunded="2725.42"),
        web_row("2026A_r1", "退款", "2725.42", "", "退款成功", "已收入"),
    )
    columns = ("row_id", "base_id", "merchant_order_no", "amount_fen", "refunded_fen")
    assert records(loaded, "bill_rows", *columns) == [
        ("2026A", "2026A", "T200P2026", -300000, 272542),
        ("2026A_r1", "2026A", "T200P2026", 272542, 0),
    ]


def test_a_bill_whose_preamble_was_cut_off_is_known_and_covers_no_days(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", WEB, web_row("2026A", "杯子", "3.00", "支出", "交易成功", "已支出"))
    assert statement(loaded, "account", "first_day", "last_day", "first_row_on", "totals_check") == (
        None, None, None, dt.date(2026, 1, 2), None,
    )  # fmt: skip


@pytest.mark.parametrize("item", ["杯子, 红色", "a,b,c,d", "10,100.00", '5" 杯, 大'])
def test_commas_nobody_quoted_in_a_product_name_do_not_move_the_amount(tmp_path: Path, item: str) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv",
        *WEB_TOP,
        WEB,
        web_row("2026A", item, "12.30", "支出", "交易成功", "已支出"),
        web_row("2026B", "杯子", "1.00", "支出", "交易成功", "已支出"),
    )
    assert records(loaded, "bill_rows", "row_id", "amount_fen", "item", "fund_state_raw") == [
        ("2026A", -1230, item, "已支出"),
        ("2026B", -100, "杯子", "已支出"),
    ]


def test_a_header_without_the_comma_that_its_rows_end_in_is_no_shift(tmp_path: Path) -> None:
    rows = [web_row(f"2026{n}", "杯子", "1.00", "支出", "交易成功", "已支出") for n in "ABC"]
    loaded = load_gbk(tmp_path / "a.csv", WEB.rstrip(" ,"), *rows)
    assert {amount for _, amount, _ in moved(loaded)} == {-100}


def test_the_receipt_of_2021_has_its_facts_below_the_table(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv",
        "------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------",
        APP_2021,
        "支出,某店,yi***@example.com,杯子,余额,10.00,交易成功,日用百货,2026A\t,T1\t,2026-03-02 10:00:00,",
        "其他,某店,yi***@example.com,退款-杯子,余额,4.00,退款成功,退款,2026A_1\t,T1\t,2026-03-03 10:00:00,",
        "-----------------------------------------------------------------------------------------",
        "导出信息：",
        "姓名：张三",
        "支付宝账户：yiwu@example.com",
        "起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-31 23:59:59]",
        "导出交易类型：[全部]",
        "导出时间：[2026-04-02 09:00:00]",
        "共2笔记录",
        "收入：0笔 0.00元",
        "支出：1笔 10.00元",
        "其他：1笔 4.00元",
        "特别提示：",
        "1.本回单内容可表明支付宝受理了相应交易申请,因系统原因等,以实际为准。",
    )
    assert moved(loaded) == [("2026A", -1000, 1000), ("2026A_1", 400, 400)]
    said = ("account", "first_day", "last_day", "bill_filter", "declared_rows", "declared_out_fen", "totals_check")
    assert statement(loaded, *said) == (
        "yiwu@example.com", dt.date(2026, 3, 1), dt.date(2026, 3, 31), "all", 2, 1000, "same",
    )  # fmt: skip
    assert not loaded.problems["value"].str.contains("张三|yiwu").any()


RECEIPT = (
    "------------------------------------------------------------------------------------",
    "导出信息：",
    "姓名：张三",
    "支付宝账户：yiwu@example.com",
    "起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-31 23:59:59]",
    "导出交易类型：[{}]",
    "导出时间：[2026-04-02 09:00:00]",
    "共{}笔记录",
    "收入：0笔 0.00元",
    "支出：1笔 10.00元",
    "不计收支：1笔 10.00元",
    "",
    "特别提示：",
    *(f"{n}.本明细仅供个人对账使用。" for n in range(1, 10)),
    "",
    "------------------------支付宝支付科技有限公司  电子客户回单------------------------",
)


def test_the_receipts_of_2023_and_2025_have_theirs_above_it(tmp_path: Path) -> None:
    top = [line.format("仅支出") if "类型" in line else line.format(2) for line in RECEIPT]
    loaded = load_gbk(
        tmp_path / "a.csv",
        *top,
        APP_2023,
        app_row("2026A", "交易成功", "支出"),
        app_row("2026A_1", "退款成功", "不计收支"),
        end="\r\n",
    )
    assert moved(loaded) == [("2026A", -1000, 1000), ("2026A_1", 1000, 1000)]
    said = ("account", "last_day", "bill_filter", "declared_rows", "read_out_fen", "totals_check")
    assert statement(loaded, *said) == (
        "yiwu@example.com", dt.date(2026, 3, 31), "expenses_only", 2, 1000, "same",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "direction", "kind", "by", "amount"),
    [
        ("交易成功", "支出", "日用百货", "余额", -1000),
        ("交易成功", "收入", "转账红包", "", 1000),
        ("等待确认收货", "支出", "日用百货", "花呗&红包", -1000),
        ("退款成功", "不计收支", "退款", "", 1000),
        ("退款成功", "其他", "餐饮美食", "", 1000),
        ("退款成功", "", "退款", "", 1000),
        ("退款成功", "收入", "退款", "", 1000),
        ("退款成功", "支出", "退款", "余额", -1000),
        ("退税成功", "收入", "退款", "", 1000),
        ("交易关闭", "支出", "日用百货", "余额宝", -1000),
        ("交易关闭", "支出", "日用百货", "", None),
        ("交易关闭", "收入", "收入", "", None),
        ("交易关闭", "不计收支", "日用百货", "", None),
        ("冻结成功", "不计收支", "其他", "余额", None),
        ("解冻成功", "不计收支", "其他", "余额", None),
        ("冻结成功", "支出", "其他", "余额", None),
        ("芝麻免押下单成功", "不计收支", "其他", "", None),
        ("等待付款", "支出", "日用百货", "", None),
        ("还款成功", "不计收支", "信用借还", "余额", None),
    ],
)
def test_the_direction_follows_status_and_class_before_in_or_out(
    tmp_path: Path, status: str, direction: str, kind: str, by: str, amount: int | None
) -> None:
    loaded = load_gbk(tmp_path / "a.csv", APP_2023, app_row("2026A", status, direction, kind=kind, by=by))
    assert moved(loaded) == [("2026A", amount, 1000)]
    assert records(loaded, "bill_rows", "bill_status", "kind_raw") == [(status, kind)]
    assert problems(loaded) == []


@pytest.mark.parametrize(
    ("direction", "status", "state", "amount"),
    [
        ("支出", "交易成功", "已支出", -1000),
        ("   ", "退款成功", "已收入", 1000),
        ("支出", "退款成功", "已收入", 1000),
        ("收入", "退款成功", "已支出", -1000),
        ("支出", "交易成功", "资金转移", None),
        ("支出", "等待付款", "        ", None),
        ("支出", "交易关闭", "        ", None),
        ("支出", "交易关闭", "已支出", -1000),
        ("支出", "冻结成功", "已支出", None),
    ],
)
def test_where_a_bill_states_what_became_of_the_money_that_decides(
    tmp_path: Path, direction: str, status: str, state: str, amount: int | None
) -> None:
    known = web_row("2026Z", "别的", "1.00", "支出", "交易成功", "已支出")
    loaded = load_gbk(tmp_path / "a.csv", WEB, web_row("2026A", "杯子", "10.00", direction, status, state), known)
    assert moved(loaded) == [("2026A", amount, 1000), ("2026Z", -100, 100)]


def test_a_word_that_names_no_direction_stays_out_of_every_sum_and_is_told(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", APP_2023, app_row("2026A", "交易成功", "往来"))
    assert moved(loaded) == [("2026A", None, 1000)]
    assert problems(loaded) == [(2, "amount_fen", "direction_unclear", "blanked")]


def test_a_row_paid_by_coupon_moved_nothing(tmp_path: Path) -> None:
    loaded = load_gbk(tmp_path / "a.csv", APP_2023, app_row("2026A", "交易成功", "支出", amount="0.00"))
    assert moved(loaded) == [("2026A", None, 0)]


@pytest.mark.parametrize("amount", ["1.005", "12.3E1", "(12.30)", "十元", ""])
def test_an_amount_outside_the_grammar_rejects_its_row(tmp_path: Path, amount: str) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv", APP_2023, app_row("2026A", "交易成功", "支出", amount), app_row("2026B", "交易成功", "支出")
    )
    assert moved(loaded) == [("2026B", -1000, 1000)]
    assert counts(loaded) == (2, 1, 0, 1)


def test_amounts_are_yuan_whatever_the_stores_own_currency_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{APP_2023}\n{app_row('2026A', '交易成功', '支出')}\n", encoding="utf-8")
    (row,) = load_file(path, currency="USD").sheets[0].tables["bill_rows"].select("currency").collect().rows()
    assert row == ("CNY",)


def test_a_bill_saved_again_by_excel_says_the_same_and_its_ruined_ids_are_marked(tmp_path: Path) -> None:
    pad = "," * 16
    loaded = load_gbk(
        tmp_path / "a.csv",
        f"支付宝交易记录明细查询{pad}",
        f"账号:[yiwu@example.com]{pad}",
        f"起始日期:[2026-01-01 00:00:00]    终止日期:[2026-02-01 00:00:00]{pad}",
        f"---交易记录明细列表---{pad}",
        WEB,
        '"2026010222001123\t","T200P1\t",2026/1/2 04:56,2026/1/2 04:56,2026/1/2 04:56,其他,即时到账交易,某供应商,杯子,10,'
        "支出,交易成功,0,0,,已支出,",
        "2.02601E+27,T200P2,2026/1/2 04:57,2026/1/2 04:57,2026/1/2 04:57,其他,即时到账交易,某供应商,杯子,0,"
        "支出,交易成功,0,0,,已支出,",
        f"------------------------------------------------------------{pad}",
        f"共2笔记录{pad}",
        "已支出:1笔,10.00元" + "," * 15,
    )
    columns = ("row_id", "is_suspect_id", "booked_at", "amount_fen")
    assert records(loaded, "bill_rows", *columns) == [
        ("2.02601E+27", True, dt.datetime(2026, 1, 2, 4, 57), None),
        ("2026010222001123", False, dt.datetime(2026, 1, 2, 4, 56), -1000),
    ]
    assert statement(loaded, "account", "declared_rows", "declared_out_fen", "totals_check") == (
        "yiwu@example.com", 2, 1000, "same",
    )  # fmt: skip


def test_a_workbook_copy_is_read_like_the_file_it_came_from(tmp_path: Path) -> None:
    top = [[line] for line in WEB_TOP]
    cells = [cell.strip() for cell in web_row("2026A", "杯子", "10.00", "支出", "交易成功", "已支出").split(",")]
    loaded = load_book(tmp_path / "a.xlsx", 账单=[*top, WEB.split(","), cells])
    assert moved(loaded) == [("2026A", -1000, 1000)]
    assert statement(loaded, "account", "last_day") == ("yiwu@example.com", dt.date(2026, 1, 31))


def test_declared_figures_that_differ_are_shown_and_stop_nothing(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv",
        WEB,
        web_row("2026A", "杯子", "10.00", "支出", "交易成功", "已支出"),
        "------------------",
        "共35笔记录",
        "已支出:35笔,486.99元",
    )
    assert statement(loaded, "declared_rows", "read_rows", "declared_out_fen", "read_out_fen", "totals_check") == (
        35, 1, 48699, 1000, "may_differ",
    )  # fmt: skip


def test_a_day_the_export_itself_cut_is_not_covered(tmp_path: Path) -> None:
    loaded = load_gbk(
        tmp_path / "a.csv",
        "起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-31 23:59:59]",
        "导出时间：[2026-03-31 09:00:00]",
        APP_2023,
        app_row("2026A", "交易成功", "支出"),
    )
    assert statement(loaded, "first_day", "last_day") == (dt.date(2026, 3, 1), dt.date(2026, 3, 30))
