from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.load.sources.files import counts, load_book, load_text, problems, records
from toolkit.words import say

HEAD = [
    "商品ID",
    "搜索曝光量",
    "商品浏览量",
    "商品访客数",
    "加购人数",
    "加购件数",
    "支付件数",
    "支付订单数",
    "支付买家数",
]
CUP = ["1005006123456789", 1200, 340, 210, 12, 15, 8, 7, 7]
PERIOD = ("product_id", "period_start", "period_end", "units_paid")
WEEK = (date(2026, 11, 16), date(2026, 11, 22))


def test_the_sheet_of_totals_is_found_beside_other_sheets_and_dated_by_the_name(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "商品数据_20261122.xlsx",
        说明=[["统计日期按美国时间"]],
        汇总指标=[["商品销售数据"], [], HEAD, CUP],
    )
    assert [(sheet.sheet, sheet.source.name) for sheet in loaded.recognised if sheet.source] == [
        ("汇总指标", "period_sales")
    ]
    assert counts(loaded) == (3, 1, 2, 0)
    assert records(loaded, "period_sales", "channel", *PERIOD) == [("fully_managed", "1005006123456789", *WEEK, 8)]
    assert records(
        loaded, "period_sales", "search_impressions", "page_views", "visitors", "orders_paid", "stat_zone"
    ) == [(1200, 340, 210, 7, None)]


def test_a_file_named_by_a_months_last_day_is_that_month(tmp_path: Path) -> None:
    loaded = load_book(tmp_path / "20261031.xlsx", Sheet1=[HEAD, CUP])
    assert records(loaded, "period_sales", *PERIOD[1:3]) == [(date(2026, 10, 1), date(2026, 10, 31))]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2026-11-18", "2026-11-18", "2026-11-18"),
        ("20261118", "2026-11-18", "2026-11-18"),
        ("2026-11-16 ~ 2026-11-22", "2026-11-16", "2026-11-22"),
        ("2026/11/16～2026/11/22", "2026-11-16", "2026-11-22"),
        ("20261116-20261122", "2026-11-16", "2026-11-22"),
        (" 2026-11-16~2026-11-22 ", "2026-11-16", "2026-11-22"),
        ("2026-11-16 至 2026-11-22", "2026-11-16", "2026-11-22"),
    ],
)
def test_a_date_column_goes_before_the_name(tmp_path: Path, cell: str, first: str, last: str) -> None:
    loaded = load_text(tmp_path / "20261031.csv", "统计日期,商品ID,支付件数", f"{cell},1005006123456789,3")
    assert records(loaded, "period_sales", *PERIOD[1:]) == [(date.fromisoformat(first), date.fromisoformat(last), 3)]


def test_a_date_cell_of_excel_is_a_single_day(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "a.xlsx", 汇总指标=[["日期", "商品ID", "支付件数"], [date(2026, 11, 18), "1005006123456789", 3]]
    )
    assert records(loaded, "period_sales", *PERIOD[1:3]) == [(date(2026, 11, 18), date(2026, 11, 18))]


@pytest.mark.parametrize("name", ["汇总指标.xlsx", "20260531.xlsx", "20261118.xlsx"])
def test_without_a_known_period_every_row_is_rejected_and_told_what_to_do(tmp_path: Path, name: str) -> None:
    loaded = load_book(tmp_path / name, 汇总指标=[HEAD, CUP, ["1005006123456780", *CUP[1:]]])
    assert counts(loaded) == (2, 0, 0, 2)
    assert problems(loaded) == [(2, None, "period_unknown", "rejected"), (3, None, "period_unknown", "rejected")]
    assert "请加一列“日期”" in say("problem.period_unknown")


def test_an_unreadable_date_cell_is_reported_and_the_name_does_not_paper_over_it(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "20261122.csv",
        "日期,商品ID,支付件数",
        "上周,1005006123456789,3",
        "2026-11-22 ~ 2026-11-16,1005006123456788,3",
        ",1005006123456780,4",
    )
    assert problems(loaded) == [
        (2, "period_start", "date", "rejected"),
        (3, "period_start", "date", "rejected"),
    ]
    assert records(loaded, "period_sales", *PERIOD) == [("1005006123456780", *WEEK, 4)]


def test_an_empty_cell_is_unknown_and_zero_is_zero(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "20261122.csv",
        "商品ID,支付件数,支付买家数,加购件数(件)",
        "1005006123456789,,0,--",
        "1005006123456780,0,1,2",
    )
    assert records(loaded, "period_sales", "product_id", "units_paid", "buyers_paid", "add_to_cart_units") == [
        ("1005006123456780", 0, 1, 2),
        ("1005006123456789", None, 0, None),
    ]
    assert problems(loaded) == []


def test_an_id_inside_the_products_name_is_read_and_a_total_row_is_set_aside(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "20261122.csv",
        "商品ID,支付件数,支付订单数,访客比(%)",
        '"杯子 350ml\nID: 1005006123456789",3,2,4%',
        "合计,3,2,4%",
        "没有编号,3,2,4%",
    )
    assert records(loaded, "period_sales", *PERIOD) == [("1005006123456789", *WEEK, 3)]
    assert counts(loaded) == (3, 1, 1, 1)
    assert loaded.sheets[0].unknown_columns == ("访客比(%)",)


def test_the_aliases_a_reader_of_real_files_needed_are_known(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "20261122.csv",
        "Product ID,Search Impressions,PV,UV,加购买家数,商品加购件数,付款件数,支付订单,支付人数",
        "1005006123456789,9,8,7,6,5,4,3,2",
    )
    assert records(
        loaded, "period_sales", "search_impressions", "page_views", "visitors", "add_to_cart_buyers",
        "add_to_cart_units", "units_paid", "orders_paid", "buyers_paid",
    ) == [(9, 8, 7, 6, 5, 4, 3, 2)]  # fmt: skip
    assert loaded.sheets[0].unknown_columns == ()


def test_the_self_run_export_is_a_channel_of_its_own(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "商品ID,统计时间,商品曝光量,新访客数,老访客数,商品浏览量,商品加购人数,下单商品件数,支付商品件数,支付订单数",
        "1005006123456789,2026-11-18,90,5,2,30,3,4,2,2",
    )
    assert records(loaded, "period_sales", "channel", "visitors", "units_paid", "period_start", "stat_zone") == [
        ("self_run", 7, 2, date(2026, 11, 18), None)
    ]


def test_us_days_are_said_where_the_header_says_them(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "Item ID,Timeframe (USA Time Zone),Exposure,Visitors,Page views,product purchasing tips,Paid product number",
        "1005006123456789,18-11-2026,90,7,30,3,2",
    )
    assert records(loaded, "period_sales", "channel", "stat_zone", "period_start", "period_end", "units_paid") == [
        ("self_run", "US", date(2026, 11, 18), date(2026, 11, 18), 2)
    ]


def test_a_product_that_stands_twice_with_other_units_is_never_added_up(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "20261122.csv", "商品ID,支付件数", "1005006123456789,3", "1005006123456789,3", "1005006123456789,8"
    )
    assert records(loaded, "period_sales", "units_paid") == [(3,)]
    assert problems(loaded) == [(4, "units_paid", "conflict", "first_kept")]
