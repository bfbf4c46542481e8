"""A date years ahead is reported; it is never the day a run goes by, and tells no days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import toolkit as tk
from toolkit.store.week import weekly_run

TODAY = date(2026, 11, 24)
ORDERS = "订单号,商品ID,下单时间,数量\n1,1005006000000001,2026-11-16,2\n2,1005006000000002,2026-11-20,1\n"
TYPED_WRONG = "3,1005006000000001,2034-11-21,1\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "shop" / "inbox").mkdir(parents=True)
    return tmp_path / "shop" / "inbox"


def test_a_day_that_is_yet_to_come_is_not_the_day_to_judge_by(inbox: Path) -> None:
    (inbox / "orders.csv").write_text(ORDERS + TYPED_WRONG, encoding="utf-8")

    store = tk.open_store(inbox.parent, today=TODAY)

    assert store.latest_day() == date(2026, 11, 20)
    assert store.coverage().select("first_day", "last_day").rows() == [(date(2026, 11, 16), date(2026, 11, 20))]


def test_the_row_is_reported_and_the_conclusion_says_so(inbox: Path) -> None:
    (inbox / "orders.csv").write_text(ORDERS + TYPED_WRONG, encoding="utf-8")

    run = weekly_run(tk.open_store(inbox.parent, today=TODAY))

    assert run.report.facts.as_of == date(2026, 11, 20)
    said = run.report.problems.filter(pl.col("problem") == "after_today")
    assert said.select("source_file", "source_row", "column", "value", "effect").rows() == [
        ("orders.csv", 4, "ordered_on", "2034-11-21", "not_used")
    ]
    assert "orders.csv有1行的日期在今天之后(最早2034-11-21)" in run.conclusion


def test_a_snapshot_of_the_future_leaves_the_day_to_other_files(inbox: Path) -> None:
    (inbox / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (inbox / "库存_20281120.csv").write_text("商品ID,库存\n1005006000000001,5\n", encoding="utf-8")

    store = tk.open_store(inbox.parent, today=TODAY)

    assert store.latest_day() == date(2026, 11, 20)
    assert store.problems().select("source_file", "column", "problem").rows() == [
        ("库存_20281120.csv", "observed_on", "after_today")
    ]


def test_a_week_that_still_runs_is_no_mistake_and_is_said_once(inbox: Path) -> None:
    (inbox / "orders.csv").write_text(ORDERS, encoding="utf-8")
    rows = "".join(f"100500600000000{n},{n}\n" for n in range(1, 4))
    (inbox / "汇总指标_20261129.csv").write_text(f"商品ID,支付件数\n{rows}", encoding="utf-8")

    run = weekly_run(tk.open_store(inbox.parent, today=TODAY))

    assert run.report.facts.as_of == date(2026, 11, 20)
    assert run.report.problems.select("source_file", "value", "problem").rows() == [
        ("汇总指标_20261129.csv", "2026-11-29", "period_not_over")
    ]
    assert "汇总指标_20261129.csv的统计期到2026-11-29才结束" in run.conclusion


def test_when_every_day_is_yet_to_come_the_clock_is_wrong(inbox: Path) -> None:
    (inbox / "orders.csv").write_text(ORDERS, encoding="utf-8")

    store = tk.open_store(inbox.parent, today=date(2020, 1, 1))

    assert store.latest_day() == date(2026, 11, 20)
    assert store.problems().is_empty()
    assert store.coverage()["last_day"].to_list() == [date(2026, 11, 20)]


def test_without_a_clock_nothing_is_in_the_future(inbox: Path) -> None:
    (inbox / "orders.csv").write_text(ORDERS + TYPED_WRONG, encoding="utf-8")

    store = tk.open_store(inbox.parent)

    assert store.latest_day() == date(2034, 11, 21)
    assert store.problems().is_empty()


def test_score_goes_by_the_last_day_that_has_come(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS + TYPED_WRONG, encoding="utf-8")

    result = tk.score(orders=tmp_path / "orders.csv", as_of=None, today=TODAY)

    assert result.as_of == date(2026, 11, 20)
    assert result.problems.select("source_row", "problem").rows() == [(4, "after_today")]
    assert result.tables.coverage is not None
    assert result.tables.coverage["last_day"].to_list() == [date(2026, 11, 20)]


def test_a_wrong_day_ahead_does_not_make_its_file_the_newest(inbox: Path) -> None:
    head = "订单号,商品ID,下单时间,数量,订单状态\n"
    old = "1,1005006000000001,2026-11-16,2,已付款\n2,1005006000000002,2034-11-17,1,已付款\n"
    (inbox / "a旧.csv").write_text(head + old, encoding="utf-8")
    (inbox / "b新.csv").write_text(head + "1,1005006000000001,2026-11-16,3,已付款\n", encoding="utf-8")
    more = "4,1005006000000003,2026-11-20,1,已付款\n"
    (inbox / "b新.csv").write_text((inbox / "b新.csv").read_text(encoding="utf-8") + more, encoding="utf-8")

    def told(today: date | None) -> list[int]:
        lines = tk.open_store(inbox.parent, today=today).tables().order_lines
        assert isinstance(lines, pl.LazyFrame)
        return lines.filter(pl.col("order_id") == "1").collect()["quantity"].to_list()

    assert told(TODAY) == [3]
    # Without a clock nothing is in the future; a clock that is behind all files is not believed.
    assert told(None) == [2]
    assert told(date(2020, 1, 1)) == [2]


def test_a_list_of_the_future_says_nothing_of_the_products_of_today(inbox: Path) -> None:
    head = "商品ID,标题,状态,供货价,数据日期\n"
    (inbox / "a.csv").write_text(head + "1005006000000001,杯子,在售,9,2033-11-20\n", encoding="utf-8")
    (inbox / "b.csv").write_text(head + "1005006000000001,杯子,在售,12,2026-11-20\n", encoding="utf-8")

    assert tk.open_store(inbox.parent, today=TODAY).catalog["supply_price_fen"].to_list() == [1200]


def test_score_without_a_clock_is_not_led_astray_by_a_year_typed_wrong(tmp_path: Path) -> None:
    days = "".join(f"8{n},1005006000000001,2026-11-{n:02d},1\n" for n in range(12, 19))
    (tmp_path / "orders.csv").write_text(ORDERS + days + TYPED_WRONG, encoding="utf-8")

    result = tk.score(orders=tmp_path / "orders.csv", as_of=None)

    assert result.as_of == date(2026, 11, 20)
    assert result.problems.select("source_row", "problem").rows() == [(11, "far_ahead")]
    assert "日期比其他所有日期晚很多(最早2034-11-21)" in result.conclusion()
    assert tk.score(orders=tmp_path / "orders.csv", as_of="2034-11-22").as_of == date(2034, 11, 22)


def test_a_store_that_was_closed_for_a_year_is_judged_by_its_last_day(tmp_path: Path) -> None:
    days = [f"8{n},1005006000000001,{year}-11-{n:02d},1\n" for year in (2024, 2026) for n in range(12, 19)]
    (tmp_path / "orders.csv").write_text(ORDERS.splitlines()[0] + "\n" + "".join(days), encoding="utf-8")

    assert tk.score(orders=tmp_path / "orders.csv", as_of=None).as_of == date(2026, 11, 18)


def test_of_two_lists_given_at_once_the_one_with_a_wrong_day_is_not_the_newest(tmp_path: Path) -> None:
    head = "订单号,商品ID,下单时间,数量\n"
    (tmp_path / "a.csv").write_text(head + "1,1005006000000001,2026-11-16,3\n4,1005,2026-11-20,1\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(head + "1,1005006000000001,2026-11-16,2\n2,1005,2034-11-17,1\n", encoding="utf-8")

    given = [tmp_path / "a.csv", tmp_path / "b.csv"]
    lines = tk.score(orders=given, as_of=None, today=TODAY).tables.order_lines

    assert lines is not None
    assert lines.lazy().filter(pl.col("order_id") == "1").collect()["quantity"].to_list() == [3]
