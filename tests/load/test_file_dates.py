from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.load.file_dates import day_in_name, period_in_name


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("汇总指标_20261122.xlsx", "2026-11-16", "2026-11-22"),
        ("2026-11-22 汇总指标 (1).xlsx", "2026-11-16", "2026-11-22"),
        ("2026年11月22日.xlsx", "2026-11-16", "2026-11-22"),
        ("20260228.xlsx", "2026-02-01", "2026-02-28"),
        ("20240229.xlsx", "2024-02-01", "2024-02-29"),
        ("sales_20261109_20261122.xlsx", "2026-11-09", "2026-11-22"),
        ("2026-11-16~2026-11-22.xlsx", "2026-11-16", "2026-11-22"),
        ("周报20260531.xlsx", "2026-05-25", "2026-05-31"),
        ("monthly_20260531.xlsx", "2026-05-01", "2026-05-31"),
    ],
)
def test_a_name_that_can_mean_one_period_states_it(name: str, first: str, last: str) -> None:
    assert period_in_name(name) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "name",
    [
        "汇总指标.xlsx",
        "20260531.xlsx",  # a Sunday and the last day of May
        "周报月报20260531.xlsx",
        "20261118.xlsx",  # a Wednesday
        "20261122_20261116.xlsx",  # backwards
        "20261101_20261108_20261115.xlsx",
        "20261122153000.xlsx",  # a moment of download
        "1005006123456789.xlsx",  # a product id
        "20261332.xlsx",
    ],
)
def test_a_name_that_could_mean_several_periods_states_none(name: str) -> None:
    assert period_in_name(name) is None


def test_a_moment_of_download_still_states_the_day_of_a_snapshot() -> None:
    assert day_in_name("export_20261120153000.csv") == date(2026, 11, 20)


def test_two_different_days_state_no_snapshot_day_and_one_day_twice_does() -> None:
    assert day_in_name("20261101-20261120.csv") is None
    assert day_in_name("2026-11-20/20261120.csv") == date(2026, 11, 20)


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_a_period_from_one_day_ends_on_that_day_and_is_a_whole_week_or_month(day: date) -> None:
    period = period_in_name(f"{day:%Y%m%d}.xlsx")
    if period is not None:
        first, last = period
        assert last == day
        assert (first.weekday() == 0 and last - first == timedelta(days=6)) or first.day == 1
