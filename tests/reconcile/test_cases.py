from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from tests.reconcile.deposit_story import AS_OF, applied, nov
from toolkit.reconcile.cases import ageing, case_keys, clock, reviews
from toolkit.reconcile.hours import checked
from toolkit.schema.deposits import CASES
from toolkit.settings import Cases
from toolkit.workdays import WorkCalendar


def review(as_of: date = AS_OF, **row: Any) -> dict[str, Any]:
    """One review as judged."""
    given = {"case_kind": "business_information", "approved_on": None, "submitted_on": nov(2)} | row
    return reviews(applied(given), as_of=as_of, calendar=WorkCalendar(), limits=Cases()).row(0, named=True)


@pytest.mark.parametrize(
    ("kind", "due"),
    [("company_certification", nov(3)), ("business_information", nov(6)), ("fund_account", nov(5))],
)
def test_each_review_has_its_working_days(kind: str, due: date) -> None:
    assert review(case_kind=kind)["due_on"] == due


MON, TUE = nov(2), nov(3)


def certification(as_of: datetime | date, submitted: datetime | date) -> tuple[str, str, int | None]:
    """State, rule and days late of a certification that may take one hour."""
    day, at = checked(as_of)
    start = {"submitted_on": submitted, "submitted_at": None}
    if isinstance(submitted, datetime):
        start = {"submitted_on": submitted.date(), "submitted_at": submitted}
    given = applied({"case_kind": "company_certification", "approved_on": None} | start)
    found = reviews(given, as_of=day, at=at, calendar=WorkCalendar(), limits=Cases()).row(0, named=True)
    return found["case_state"], found["case_rule"], found["late_days"]


@pytest.mark.parametrize(
    ("as_of", "submitted", "told"),
    [
        (datetime(2026, 11, 2, 10, 59), datetime(2026, 11, 2, 10), ("in_review", "hours", 0)),
        (datetime(2026, 11, 2, 11, 1), datetime(2026, 11, 2, 10), ("review_late", "hours", 1)),
        (MON, MON, ("in_review", "hours", 0)),
        (MON, datetime(2026, 11, 2, 9), ("in_review", "hours", 0)),
        (datetime(2026, 11, 2, 23, 59), MON, ("in_review", "hours", 0)),
        (datetime(2026, 11, 3, 0, 30), MON, ("review_possibly_late", "hours_unclear", None)),
        (datetime(2026, 11, 3, 9), MON, ("review_late", "hours", 1)),
        (TUE, MON, ("review_possibly_late", "hours_unclear", None)),
        (TUE, datetime(2026, 11, 2, 23, 30), ("review_possibly_late", "hours_unclear", None)),
        (TUE, datetime(2026, 11, 2, 22), ("review_late", "hours", 1)),
        (nov(4), MON, ("review_late", "hours", 1)),
    ],
)
def test_a_certification_is_late_only_at_every_hour_it_may_be(
    as_of: datetime | date, submitted: datetime | date, told: tuple[str, str, int | None]
) -> None:
    assert certification(as_of, submitted) == told


def test_hours_of_a_free_day_do_not_count() -> None:
    friday = datetime(2026, 11, 20, 23, 30)

    assert certification(datetime(2026, 11, 22, 20), friday)[0] == "in_review"
    assert certification(datetime(2026, 11, 23, 0, 29), friday)[0] == "in_review"
    assert certification(datetime(2026, 11, 23, 0, 31), friday)[0] == "review_late"


def test_the_hour_a_certification_is_due_is_shown_where_it_is_known() -> None:
    at = {"case_kind": "company_certification", "submitted_at": datetime(2026, 11, 20, 23, 30), "submitted_on": nov(20)}

    assert [review(**at)[name] for name in ("due_hour_at", "due_on")] == [datetime(2026, 11, 23, 0, 30), nov(23)]
    assert review(case_kind="company_certification")["due_hour_at"] is None


def test_a_moment_in_another_zone_is_taken_in_shanghai() -> None:
    assert checked(datetime(2026, 11, 19, 20, tzinfo=UTC)) == (nov(20), datetime(2026, 11, 20, 4))


def test_a_review_is_late_the_day_after_and_the_next_step_is_the_guides() -> None:
    assert review(as_of=nov(6))["case_state"] == "in_review"
    late = review(as_of=nov(9))
    assert (late["case_state"], late["late_days"], late["next_step"]) == ("review_late", 1, "check_then_call")


def test_a_weekend_does_not_make_a_review_late() -> None:
    assert review(as_of=nov(8))["late_days"] == 0


@pytest.mark.parametrize(
    ("days", "state", "step"),
    [
        ({"approved_on": nov(4)}, "passed", "done"),
        ({"rejected_on": nov(4)}, "rejected", "correct_and_resubmit"),
        ({"rejected_on": nov(4), "approved_on": nov(6)}, "passed", "done"),
        ({"submitted_on": None}, "not_submitted", "submit"),
        ({"submitted_on": nov(25)}, "not_submitted", "submit"),
    ],
)
def test_the_dated_stages_decide(days: dict[str, Any], state: str, step: str) -> None:
    found = review(**days)

    assert (found["case_state"], found["next_step"]) == (state, step)


def test_a_case_for_which_nothing_is_promised_is_never_late() -> None:
    found = review(case_kind="opening")

    assert (found["case_state"], found["due_on"], found["working_days"]) == ("in_review", None, 14)


def test_a_review_over_unpublished_holidays_is_only_possibly_late() -> None:
    found = review(as_of=date(2027, 6, 30), submitted_on=date(2027, 2, 1))

    assert (found["case_state"], found["is_provisional"]) == ("review_possibly_late", True)
    assert found["due_earliest_on"] < found["due_latest_on"]


def test_a_case_counted_from_day_zero_is_late_one_working_day_sooner() -> None:
    one = pl.DataFrame(
        {"started_on": [nov(2)], "ended_on": [None], "days_min": [1], "days_max": [3]},
        schema_overrides={"ended_on": pl.Date},
    )
    late = [clock(one, as_of=nov(5), calendar=WorkCalendar(count_from=day)).select("due_on", "late_days").row(0)
            for day in (1, 0)]  # fmt: skip

    assert late == [(nov(5), 0), (nov(4), 1)]


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, "not_due"), (1, "late_1_5"), (5, "late_1_5"), (6, "late_6_10"), (11, "late_11_20"), (20, "late_11_20"),
     (21, "late_over_20"), (None, None)],
)  # fmt: skip
def test_ageing(days: int | None, bucket: str | None) -> None:
    frame = pl.DataFrame({"d": [days]}, schema={"d": pl.Int64})

    assert frame.select(a=ageing(pl.col("d")))["a"].to_list() == [bucket]


def test_two_cases_of_one_store_keep_keys_of_their_own() -> None:
    keys = case_keys(applied({}, {"approved_on": nov(9)}, {"case_id": "A7"}))["case_key"]

    assert sorted(keys) == ["S1|deposit_refund|2026-11-02", "S1|deposit_refund|2026-11-02|2", "S1|deposit_refund|A7"]


def test_no_applications_are_no_cases() -> None:
    found = reviews(None, as_of=nov(20), calendar=WorkCalendar(), limits=Cases())

    assert found.is_empty()
    assert found.schema == CASES.dtypes
