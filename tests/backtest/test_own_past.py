from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

import toolkit as tk
from toolkit.backtest import OwnPast, judge_past
from toolkit.errors import DataError
from toolkit.sample import simulate
from toolkit.schema import ORDER_LINES, PERIOD_SALES, Tables
from toolkit.settings import DEFAULTS


@pytest.fixture(scope="module")
def past() -> OwnPast:
    shop = simulate(120, 40, 5)
    return judge_past(shop.tables(), as_of=shop.last_day, settings=DEFAULTS, lang="en")


def test_the_past_is_told_next_to_the_four_rules_used_today(past: OwnPast) -> None:
    told = past.sentences("en")

    assert told[0] == "How often such advice was right"
    assert sum(line.startswith("As many delisted as by the rule") for line in told) == 4
    assert any(line.startswith("In estimated money") for line in told)


def test_the_counts_in_words_are_the_cases(past: OwnPast) -> None:
    done = past.replay.cases.drop_nulls("units_8w")
    said = done.filter(pl.col("p_no_sale_8w") >= 0.5)
    right = said.filter(pl.col("units_8w") <= 0)

    assert (
        f"Of {said.height:,} cases called likely to sell nothing in 8 weeks, {right.height:,} sold"
        in past.sentences()[2]
    )


def test_at_equal_counts_the_score_is_wrong_less_often_than_a_year_of_cover(past: OwnPast) -> None:
    row = past.equal_counts.filter(pl.col("rule") == "weeks_of_cover").row(0, named=True)

    assert row["sold_by_scorecard"] < row["sold_by_rule"]


def test_no_cutoff_is_later_than_its_finished_weeks_allow(past: OwnPast) -> None:
    done = past.replay.cases.drop_nulls("units_8w")["cutoff"]

    assert (done <= past.as_of + timedelta(days=1) - timedelta(weeks=8)).all()


def test_words_tables_and_both_figures_are_written(past: OwnPast, tmp_path: Path) -> None:
    files = past.write(tmp_path / "backtest", "zh")

    assert [file.name for file in files] == ["past.txt", "past.xlsx", "reliability.png", "equal_counts.png"]
    assert (tmp_path / "backtest" / "past.txt").read_text("utf-8-sig").startswith("过去准不准\n")
    rows = CalamineWorkbook.from_path(files[1]).get_sheet_by_name("同样多个").to_python()
    assert rows[1] == ["规则", "下架个数", "规则下错", "本工具下错"]
    assert len(rows) == 2 + past.equal_counts.height


def test_a_short_history_is_refused_with_what_is_missing() -> None:
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(80)]
    orders = ORDER_LINES.frame(
        product_id=["a"] * 80, ordered_on=days, quantity=[1] * 80, channel=["fully_managed"] * 80
    )

    with pytest.raises(DataError, match="11 weeks, but a backtest needs 20"):
        tk.backtest(orders=orders)


def test_a_month_is_no_history() -> None:
    month = PERIOD_SALES.frame(
        channel=["fully_managed"], product_id=["a"], period_start=[date(2026, 10, 1)], period_end=[date(2026, 10, 31)],
        units_paid=[4],
    )  # fmt: skip

    with pytest.raises(DataError, match="0 weeks"):
        judge_past(Tables(period_sales=month), as_of=date(2026, 11, 22), settings=DEFAULTS)
