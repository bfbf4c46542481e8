from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from tests.decide.profiles import AS_OF, OFF_SEASON, SLOW, make_profile
from toolkit.decide.plan import decide, is_held
from toolkit.settings import Settings

BANNED = {"policy_hit": "电子烟", "policy_hit_kind": "term", "policy_hit_list_on": date(2026, 11, 1)}

HARD = [
    pytest.param({"is_suspect_id": True}, "suspect_id", id="id damaged"),
    pytest.param({"observed_on": None}, "undated_catalog", id="no date"),
    pytest.param({"observed_on": AS_OF - timedelta(days=15)}, "stale_catalog", id="old list"),
]

SOFT = [
    pytest.param({"is_protected": True}, "protected", id="protected"),
    pytest.param({"gap_units": 3}, "open_gap", id="units owed"),
    pytest.param({"status": "under_review"}, "in_review", id="in review"),
    pytest.param({"inbound_units": 40}, "inbound", id="inbound"),
    pytest.param({**OFF_SEASON, "next_season_on": date(2026, 12, 28)}, "season_coming", id="season coming"),
    pytest.param({"last_restock_on": AS_OF - timedelta(days=10)}, "recently_restocked", id="restocked"),
    pytest.param({"stock_as_of": AS_OF - timedelta(days=20)}, "stale_stock", id="old stock file"),
]


def judge(settings: Settings | None = None, **columns: Any) -> dict[str, Any]:
    return decide(make_profile(**columns), as_of=AS_OF, settings=settings or Settings()).row(0, named=True)


@pytest.mark.parametrize(("trouble", "guard"), HARD)
@pytest.mark.parametrize("reason", [SLOW, BANNED], ids=["slow", "policy"])
def test_a_hard_guard_stops_everything(reason: dict[str, Any], trouble: dict[str, Any], guard: str) -> None:
    decision = judge(**{**reason, **trouble})

    assert (decision["action"], decision["guard"]) == ("WATCH", guard)


@pytest.mark.parametrize(("trouble", "guard"), SOFT)
def test_a_soft_guard_stops_an_economic_reason_and_is_named_with_it(trouble: dict[str, Any], guard: str) -> None:
    decision = judge(**{**SLOW, **trouble})

    assert (decision["action"], decision["guard"]) == ("WATCH", guard)
    assert decision["reason_code"] == "SLOW"
    assert decision["review_on"] > AS_OF


@pytest.mark.parametrize(("trouble", "guard"), [case for case in SOFT if case.id != "protected"])
def test_a_soft_guard_never_stops_policy(trouble: dict[str, Any], guard: str) -> None:
    assert judge(**{**BANNED, **trouble})["action"] == "MUST_DELIST"


def test_protected_against_policy_is_a_conflict_until_somebody_signs() -> None:
    undecided = judge(**BANNED, is_protected=True)
    signed = judge(
        Settings.model_validate({"guards": {"policy_overrides": {"1005000000000000": "王经理"}}}),
        **BANNED,
        is_protected=True,
    )

    assert (undecided["action"], undecided["guard"]) == ("WATCH", "protected_conflict")
    assert signed["action"] == "MUST_DELIST"


def test_what_is_already_off_sale_is_left_alone() -> None:
    decision = judge(**{**SLOW, **BANNED, "status": "delisted"})

    assert (decision["action"], decision["rule"], decision["guard"]) == ("KEEP", None, "already_off_sale")


def test_a_product_missing_from_the_newest_list_is_held() -> None:
    decisions = decide(
        make_profile(**{**SLOW, "observed_on": [AS_OF, AS_OF - timedelta(days=7), None]}),
        as_of=AS_OF,
        settings=Settings(),
    ).sort("product_id")

    assert decisions["guard"].to_list() == [None, "not_in_newest_catalog", "not_in_newest_catalog"]


def test_guards_are_silent_where_no_rule_asked_for_anything() -> None:
    assert judge(inbound_units=40, age_days=20)["guard"] is None


def test_all_guards_are_listed_and_the_first_is_named() -> None:
    decision = judge(**{**SLOW, "inbound_units": 40, "gap_units": 2})

    assert (decision["guard"], decision["guards"]) == ("open_gap", "open_gap;inbound")


def test_too_little_data_holds_a_pause() -> None:
    empty = {"on_hand_units": 0, "sellable_units": 0, "covered_days_90d": 10, "days_since_last_sale": 40}

    assert judge(**{**SLOW, **empty})["guard"] == "too_little_data"


def test_a_new_product_that_ran_dry_is_looked_at_again_when_it_is_no_longer_new() -> None:
    empty = {"on_hand_units": 0, "sellable_units": 0, "age_days": 35, "days_since_last_sale": 30}
    decision = judge(**{**SLOW, **empty})

    assert (decision["guard"], decision["review_on"]) == ("new_product", AS_OF + timedelta(days=25))


def test_held_means_a_guard_stopped_it() -> None:
    decisions = decide(make_profile(**{**SLOW, "inbound_units": [0, 9]}), as_of=AS_OF, settings=Settings())

    assert decisions.filter(is_held())["product_id"].to_list() == ["1005000000000001"]
    assert decisions.select(pl.col("guard").is_null().sum()).item() == 1
