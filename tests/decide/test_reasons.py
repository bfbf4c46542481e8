from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.decide.profiles import AS_OF, OFF_SEASON, SLOW, make_profile
from toolkit.decide.plan import decide
from toolkit.decide.reasons import RULES
from toolkit.schema import PROFILE
from toolkit.settings import Settings


def fired(settings: Settings | None = None, **columns: Any) -> list[str]:
    """The rules that fire on one product."""
    rules = decide(make_profile(**columns), as_of=AS_OF, settings=settings or Settings())["rules"].item()
    return rules.split(";") if rules else []


def test_a_product_that_sells_gives_no_reason() -> None:
    assert fired() == []


def test_long_silence_on_a_full_shelf_is_slow() -> None:
    assert fired(**SLOW) == ["no_recent_sale"]


@pytest.mark.parametrize(
    ("days", "rules"),
    [pytest.param(89, [], id="a day short"), pytest.param(90, ["no_recent_sale"], id="on the day")],
)
def test_no_recent_sale_begins_exactly_at_its_setting(days: int, rules: list[str]) -> None:
    assert fired(**{**SLOW, "days_without_sale_min": days}) == rules


@pytest.mark.parametrize(
    "excuse",
    [
        pytest.param({"sellable_units": 0, "on_hand_units": 0}, id="empty shelf"),
        pytest.param({"sellable_units": None, "on_hand_units": None}, id="stock unknown"),
        pytest.param({"stocking_type": "jit", "sellable_units": 0, "on_hand_units": 0}, id="JIT number set to 0"),
        pytest.param({"age_days": 59}, id="new"),
        pytest.param(OFF_SEASON, id="out of season"),
        pytest.param({**OFF_SEASON, "next_season_on": None}, id="out of season, next one unknown"),
        pytest.param({"covered_days_90d": 55}, id="too few covered days"),
        pytest.param({"covered_days_90d": None}, id="covered days unknown"),
        pytest.param({"data_step": "period_totals", "covered_days_90d": 14}, id="only totals, of two weeks"),
        pytest.param({"days_without_sale_min": 20}, id="at least 20 days is all that is certain"),
    ],
)
def test_slow_is_never_confused_with(excuse: dict[str, Any]) -> None:
    by_name = {rule.name: rule.reason for rule in RULES}

    assert "SLOW" not in {by_name[name] for name in fired(**{**SLOW, **excuse})}


def test_a_seasonal_product_that_slept_through_a_whole_year_is_slow_after_all() -> None:
    assert fired(**{**SLOW, **OFF_SEASON, "days_without_sale_min": 400}) == ["no_recent_sale"]


def test_never_sold_needs_data_as_long_as_its_claim() -> None:
    never = {**SLOW, "first_sale_on": None, "last_sale_on": None, "units_365d": 0, "days_since_last_sale": None}

    assert fired(**{**never, "days_without_sale_min": 130}) == ["never_sold"]
    assert fired(**{**never, "days_without_sale_min": 130, "covered_days_365d": 100}) == []
    assert fired(**{**never, "days_without_sale_min": 110}) == []


def test_excess_cover_counts_weeks_and_leaves_jit_alone() -> None:
    heavy = {"units_90d": 2, "on_hand_units": 214, "sellable_units": 214, "rate_of_sale": 0.25, "weeks_of_cover": 856.0}
    heavy = {**heavy, "sold_share_90d": 2 / 216}

    assert fired(**heavy) == ["excess_cover"]
    assert fired(**heavy, stocking_type="jit") == []


def test_excess_cover_turns_at_the_stock_it_names() -> None:
    heavy = {"units_90d": 2, "rate_of_sale": 0.25, "sold_share_90d": 0.01}
    flip = decide(
        make_profile(**heavy, on_hand_units=214, sellable_units=214, weeks_of_cover=856.0),
        as_of=AS_OF,
        settings=Settings(),
    )["flip_units"].item()

    assert flip == 14
    assert fired(**heavy, on_hand_units=14, sellable_units=14, weeks_of_cover=14 / 0.25) == ["excess_cover"]
    assert fired(**heavy, on_hand_units=13, sellable_units=13, weeks_of_cover=13 / 0.25) == []


def test_season_over_rests_until_some_weeks_before_the_next() -> None:
    decision = decide(make_profile(**SLOW, **OFF_SEASON), as_of=AS_OF, settings=Settings())

    assert decision["action"].item() == "REST_UNTIL"
    assert decision["relist_on"].item() == OFF_SEASON["next_season_on"] - timedelta(weeks=6)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"season_evidence": None}, id="no evidence"),
        pytest.param({"season_strength": 1.5}, id="weak season"),
        pytest.param({"is_in_season": True}, id="in season"),
        pytest.param({"is_in_season": None}, id="season unknown"),
        pytest.param({"next_season_on": date(2027, 1, 20)}, id="next season near"),
        pytest.param({"next_season_on": None}, id="next season unknown"),
        pytest.param({"units_7d": 3}, id="still selling"),
        pytest.param({"units_7d": None}, id="sales unknown"),
        pytest.param({"season_evidence": "title_words", "units_30d": 2}, id="only its title says so, and it sells"),
        pytest.param({"seasonal_index": 0.8}, id="hardly below the year's average"),
    ],
)
def test_season_over_does_not_fire_when(change: dict[str, Any]) -> None:
    assert "season_over" not in fired(**{**SLOW, **OFF_SEASON, **change})


def test_a_season_read_from_the_title_rests_on_a_periods_zero() -> None:
    period = {"data_step": "period_totals", "units_paid": 0, "season_strength": None, "season_evidence": "title_words"}
    weeks = dict.fromkeys(("units_7d", "units_30d", "units_90d", "covered_days_90d", "days_without_sale_min"))

    assert fired(**{**SLOW, **OFF_SEASON, **weeks, **period})[0] == "season_over"


EMPTY = {"on_hand_units": 0, "sellable_units": 0, "weeks_of_cover": 0.0}


def test_an_empty_shelf_that_sold_lately_asks_for_goods() -> None:
    assert fired(**EMPTY)[0] == "out_of_stock"


def test_an_empty_shelf_for_long_is_a_pause() -> None:
    assert fired(**{**SLOW, **EMPTY})[0] == "out_of_stock_long"
    untold = {
        "last_sale_on": None,
        "days_since_last_sale": None,
        "days_without_sale": None,
        "days_without_sale_min": None,
    }
    assert fired(**{**SLOW, **EMPTY, **untold})[0] == "out_of_stock_long"
    assert "out_of_stock_long" not in fired(**{**SLOW, **EMPTY, **untold, "covered_days_90d": 14})


def test_unknown_inbound_is_not_taken_for_none() -> None:
    assert fired(**{**SLOW, **EMPTY, "inbound_units": None}) == ["empty_shelf"]


def test_short_cover_counts_what_is_on_its_way() -> None:
    short = {"on_hand_units": 6, "sellable_units": 6, "weeks_of_cover": 1.2}

    assert fired(**short) == ["short_cover"]
    assert fired(**short, inbound_units=50) == []


def test_a_periods_zero_asks_for_a_look_and_claims_nothing() -> None:
    weeks = dict.fromkeys(
        ("units_7d", "units_30d", "units_90d", "units_365d", "covered_days_90d", "covered_days_365d", "last_sale_on")
    )
    decision = decide(
        make_profile(**{**SLOW, **weeks, "data_step": "period_totals", "units_paid": 0}),
        as_of=AS_OF,
        settings=Settings(),
    )

    assert decision.select("action", "reason_code", "rule").row(0) == ("WATCH", "CHECK", "nothing_in_period")


def test_weeks_of_totals_tell_a_silence_as_well_as_days_do() -> None:
    weekly = {"data_step": "period_totals", "units_paid": 0, "covered_days_90d": 84, "last_sale_on": None}

    assert fired(**{**SLOW, **weekly}) == ["no_recent_sale"]


def test_a_periods_zero_out_of_season_asks_for_nothing() -> None:
    period = {
        "data_step": "period_totals",
        "units_paid": 0,
        "covered_days_90d": 7,
        "next_season_on": date(2026, 12, 28),
    }

    assert fired(**{**SLOW, **OFF_SEASON, **period}) == []


def test_nothing_known_gives_no_reason() -> None:
    blank = PROFILE.frame(product_id=["1005001"], observed_on=[AS_OF])

    assert decide(blank, as_of=AS_OF, settings=Settings())["action"].to_list() == ["KEEP"]


def test_silence_with_unknown_stock_is_to_be_checked() -> None:
    assert fired(**{**SLOW, "on_hand_units": None, "sellable_units": None}) == ["quiet_stock_unknown"]


def test_a_threshold_moves_with_its_setting() -> None:
    patient = Settings.model_validate({"slow": {"no_sale_days": 180}})

    assert fired(patient, **SLOW) == []
