"""Working days of mainland China: published years exactly, other years within bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from toolkit import workdays
from toolkit.errors import DataError, SettingsError
from toolkit.workdays import Due, WorkCalendar, read_workday_years

CALENDAR = WorkCalendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def is_working(calendar: WorkCalendar, text: str) -> bool:
    return calendar.table.filter(pl.col("day") == day(text))["is_working"].item()


@pytest.mark.parametrize(
    ("worked", "days"),
    [
        (True, ["2024-02-18", "2025-01-26", "2025-09-28", "2025-10-09", "2025-10-11", "2026-01-04", "2026-02-14"]),
        (True, ["2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10", "2026-12-31"]),
        (False, ["2025-10-01", "2025-10-08", "2026-01-01", "2026-01-02", "2026-01-03", "2026-02-23", "2026-11-22"]),
    ],
)
def test_known_days_of_the_notices(worked: bool, days: list[str]) -> None:
    assert {text: is_working(CALENDAR, text) for text in days} == dict.fromkeys(days, worked)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2025-09-26", 3, "2025-09-30"),  # the Sunday between is worked
        ("2026-02-13", 5, "2026-02-27"),  # nine free days between, a Saturday worked before
        ("2026-12-24", 5, "2026-12-31"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-21", 1, "2026-11-23"),  # a start at a weekend
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_due_days(start: str, n: int, due: str) -> None:
    assert CALENDAR.add(day(start), n) == Due(day(due), day(due), day(due), False)


def test_counting_from_the_day_itself_is_a_setting() -> None:
    first = WorkCalendar(count_from=0)

    assert first.add(day("2026-11-23"), 5).on == day("2026-11-27")
    assert first.elapsed(day("2026-11-23"), day("2026-11-23")).days == 1
    assert CALENDAR.elapsed(day("2026-11-23"), day("2026-11-23")).days == 0


def test_a_span_is_negative_when_it_runs_backwards() -> None:
    assert CALENDAR.elapsed(day("2026-11-27"), day("2026-11-23")).days == -4
    assert CALENDAR.elapsed(day("2026-11-23"), day("2026-11-27")).days == 4


def test_an_unpublished_year_gives_a_provisional_day_with_bounds() -> None:
    assert CALENDAR.known_through == day("2026-12-31")

    due = CALENDAR.add(day("2026-12-28"), 5)

    assert due == Due(day("2027-01-05"), day("2027-01-03"), day("2027-01-06"), True)
    assert CALENDAR.elapsed(day("2026-12-28"), day("2027-01-05"))[1:] == (4, 7, True)


def test_a_moment_belongs_to_its_day_in_shanghai() -> None:
    evening = datetime(2026, 11, 20, 20, tzinfo=UTC)  # 04:00 on Saturday in Shanghai

    assert CALENDAR.add(evening, 1).on == day("2026-11-23")
    assert CALENDAR.add(datetime(2026, 11, 19, 23), 1).on == day("2026-11-20")
    assert CALENDAR.dues(pl.Series([evening]), 1)["due_on"].to_list() == [day("2026-11-23")]


@pytest.mark.parametrize("year", range(2005, 2027))
def test_the_bounds_hold_in_every_known_year_when_it_is_hidden(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    published = workdays._published()
    monkeypatch.setattr(workdays, "_published", lambda: {y: days for y, days in published.items() if y < year})
    hidden = WorkCalendar()
    starts = pl.date_range(date(year - 1, 12, 1), date(year, 12, 20), eager=True)

    for n in (1, 3, 5, 10, 30):
        truth = CALENDAR.dues(starts, n)
        told = hidden.dues(starts, n)
        within = (told["due_earliest"] <= truth["due_on"]) & (truth["due_on"] <= told["due_latest"])
        sure = ~told["is_provisional"]
        assert within.all(), starts.filter(~within).to_list()
        assert told.filter(sure)["due_on"].equals(truth.filter(sure)["due_on"])
        assert told.filter(sure)["due_earliest"].equals(told.filter(sure)["due_latest"])


@pytest.mark.parametrize("year", range(2005, 2027))
def test_spans_are_bounded_too(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    published = workdays._published()
    monkeypatch.setattr(workdays, "_published", lambda: {y: days for y, days in published.items() if y < year})
    rng = np.random.default_rng(year)
    days = pl.date_range(date(year - 1, 11, 1), date(year, 12, 31), eager=True)
    a, b = days.gather(rng.integers(0, len(days), 400)), days.gather(rng.integers(0, len(days), 400))

    truth, told = CALENDAR.spans(a, b)["working_days"], WorkCalendar().spans(a, b)

    assert ((told["working_days_min"] <= truth) & (truth <= told["working_days_max"])).all()
    assert (told["working_days_min"] < told["working_days_max"]).any()


def test_columns_agree_with_single_days_and_stay_in_order() -> None:
    starts = [day("2026-02-13"), None, day("2025-09-26"), day("1999-12-31"), day("2026-12-28")]
    frame = CALENDAR.dues(pl.Series(starts), pl.Series([5, 5, 3, 5, 5]))

    assert frame["due_on"].to_list() == [day("2026-02-27"), None, day("2025-09-30"), None, day("2027-01-05")]
    assert frame["is_provisional"].to_list() == [False, None, False, None, True]
    assert frame.row(4) == tuple(CALENDAR.add(day("2026-12-28"), 5))


def test_adding_and_elapsing_are_inverse() -> None:
    days = pl.date_range(date(2004, 2, 1), date(2026, 9, 1), eager=True)
    for n in (1, 5, 20):
        due = CALENDAR.dues(days, n)["due_on"]
        assert (CALENDAR.spans(days, due)["working_days"] == n).all()


def test_a_user_can_add_a_year(tmp_path: Path) -> None:
    file = tmp_path / "workdays.toml"
    file.write_text(
        '[2027]\nholidays = ["2027-01-01..2027-01-03", 2027-02-05]\nmake_up = ["2027-02-20"]\n', encoding="utf-8"
    )
    calendar = WorkCalendar(added=read_workday_years(file))

    assert calendar.known_through == day("2027-12-31")  # 1 January 2028 is a Saturday
    assert calendar.add(day("2026-12-28"), 5) == Due(day("2027-01-05"), day("2027-01-05"), day("2027-01-05"), False)
    assert is_working(calendar, "2027-02-20")
    assert not is_working(calendar, "2027-02-05")


def test_the_end_of_december_waits_for_the_next_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    published = workdays._published()
    monkeypatch.setattr(workdays, "_published", lambda: {y: days for y, days in published.items() if y < 2019})

    assert WorkCalendar().known_through == day("2018-12-28")  # the notice of 2019 moved 29 to 31 December 2018


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[2027\n", "settings_not_toml"),
        ('[twenty]\nholidays = ["2027-01-01"]\n', "workdays_value"),
        ('[2027]\nholidays = ["1 January"]\n', "workdays_value"),
        ('[2027]\nholidays = ["2026-05-01"]\n', "workdays_value"),
        ('[2027]\nfree = ["2027-01-01"]\n', "workdays_value"),
        ('[2027]\nmake_up = ["2027-02-19"]\n', "workdays_not_a_weekend"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(text: str, key: str, tmp_path: Path) -> None:
    file = tmp_path / "my-days.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        read_workday_years(file)

    assert caught.value.key == key
    assert "my-days.toml" in caught.value.sentence("en")


def test_a_gap_between_years_is_refused() -> None:
    year = workdays.WorkdayYear(2028, frozenset(), frozenset())

    with pytest.raises(SettingsError, match="2027"):
        WorkCalendar(added=(year,)).add(day("2026-12-28"), 1)


def test_a_day_beyond_the_tables_is_refused() -> None:
    with pytest.raises(DataError, match="2000–2049"):
        CALENDAR.add(day("2049-12-31"), 5)
    with pytest.raises(DataError, match="2000 to 2049"):
        CALENDAR.elapsed(day("1999-12-31"), day("2026-01-01"))


def test_a_hundred_thousand_rows_are_one_look_up() -> None:
    starts = pl.Series([day("2026-02-13") + timedelta(days=n % 300) for n in range(100_000)])

    assert CALENDAR.dues(starts, 5).height == 100_000
