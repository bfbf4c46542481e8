from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.reconcile.deposit_story import AS_OF, applied, nov
from toolkit.reconcile.cases import ageing, case_keys, clock, reviews
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
