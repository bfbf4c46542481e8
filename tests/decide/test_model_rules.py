from __future__ import annotations

from typing import Any

import pytest

from tests.decide.profiles import AS_OF, SLOW, make_profile
from toolkit.decide.plan import decide
from toolkit.decide.reasons import why_key
from toolkit.settings import DEFAULTS, Model, Settings
from toolkit.words.sentences import sentences

LOSING: dict[str, Any] = {
    "units_90d": 2,
    "on_hand_units": 214,
    "sellable_units": 214,
    "demand_state": "quiet",
    "p_dead": 0.1,
    "delist_score": 0.9,
    "p_clear_26w": 0.04,
    "keep_below_units": 14,
    "outlook_until": AS_OF.replace(year=2027, month=5, day=23),
}
"""What makes the ordinary product one whose stock costs more than it will earn."""


def decided(settings: Settings = DEFAULTS, **columns: Any) -> dict[str, Any]:
    return decide(make_profile(**columns), as_of=AS_OF, settings=settings).row(0, named=True)


def test_stock_that_loses_money_and_will_not_clear_is_slow_and_names_the_stock_that_would_be_kept() -> None:
    found = decided(**LOSING)

    assert (found["action"], found["rule"], found["flip_units"]) == ("DELIST", "will_not_clear", 14)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"delist_score": 0.59}, id="keeping may well pay"),
        pytest.param({"p_clear_26w": 0.11}, id="it may well clear"),
        pytest.param({"demand_state": "asleep"}, id="asleep"),
        pytest.param({"demand_state": "starved"}, id="starved"),
        pytest.param({"sellable_units": 0, "on_hand_units": 0, "inbound_units": 40}, id="an empty shelf"),
        pytest.param({"age_days": 30}, id="new"),
        pytest.param({"stocking_type": "jit"}, id="JIT has nothing to clear"),
        pytest.param({"delist_score": None, "p_clear_26w": None, "p_dead": None}, id="too little data"),
    ],
)
def test_it_is_not_slow_when(change: dict[str, Any]) -> None:
    assert decided(**{**LOSING, **change})["reason_code"] != "SLOW"


def test_the_margin_is_a_setting() -> None:
    strict = Settings(model=Model(delist_score_min=0.95))

    assert decided(strict, **LOSING)["action"] == "KEEP"


def test_a_long_silence_is_not_slow_while_the_model_expects_it_to_sell_again() -> None:
    alive = {"demand_state": "quiet", "p_dead": 0.2, "delist_score": 0.3, "p_clear_26w": 0.5}

    assert decided(**SLOW)["rule"] == "no_recent_sale"
    assert decided(**SLOW, **alive)["action"] == "KEEP"
    assert decided(**SLOW, **{**alive, "p_dead": 0.6})["rule"] == "no_recent_sale"


def test_a_dead_jit_product_is_slow_without_any_claim_about_stock() -> None:
    dead = {"stocking_type": "jit", "demand_state": "dead", "p_dead": 0.9, "delist_score": 0.05, "p_clear_26w": None}

    assert decided(**SLOW, **dead)["rule"] == "no_recent_sale"


def test_the_plain_rule_about_cover_speaks_only_where_the_model_is_silent() -> None:
    cover: dict[str, Any] = {"weeks_of_cover": 80.0, "sold_share_90d": 0.01}
    pays: dict[str, Any] = {"p_dead": 0.0, "delist_score": 0.2, "p_clear_26w": 0.4, "demand_state": "alive"}

    assert decided(**cover)["rule"] == "excess_cover"
    assert decided(**cover, **pays)["action"] == "KEEP"


def test_the_sentence_has_the_numbers_and_the_nearest_change() -> None:
    profile = make_profile(**LOSING)
    joined = decide(profile, as_of=AS_OF, settings=DEFAULTS).join(profile, on="product_id")
    why = why_key()

    assert sentences(joined, why, "zh").item() == (
        "近90天卖2件,库存214件;到2027年5月23日卖完的可能只有4%,留着多半亏;若库存少于14件就会留下"
    )
    assert sentences(joined.with_columns(p_clear_26w=0.0), why, "en").item() == (
        "2 sold in 90 days, 214 on hand; under 1% chance to clear by 23 May 2027, and keeping it most likely loses money; "
        "would be kept if stock were under 14"
    )


@pytest.mark.parametrize(
    ("change", "turn"),
    [
        pytest.param({"p_dead": 0.2}, "若库存少于14件就会留下", id="demand is not dead, so less stock alone would do"),
        pytest.param(
            {"p_dead": 0.9}, "若2026年8月25日以后有成交、库存又多半卖得完就会留下", id="dead, and too much stock"
        ),
        pytest.param(
            {"p_dead": 0.9, "delist_score": 0.1}, "若2026年8月25日以后有成交就会留下", id="dead, little stock"
        ),
        pytest.param(
            {"p_dead": 0.2, "keep_below_units": 1},
            "若2026年8月25日以后有成交、库存又多半卖得完就会留下",
            id="no stock is small enough",
        ),
        pytest.param(
            {"p_dead": 0.9, "delist_score": 0.1, "last_sale_on": None, "units_365d": 0, "days_without_sale_min": 200},
            "若2026年8月25日以后有过成交就会留下",
            id="a sale of July would leave it silent for 90 days",
        ),
    ],
)
def test_what_would_turn_a_silent_product_is_true_whatever_else_speaks_against_it(
    change: dict[str, Any], turn: str
) -> None:
    profile = make_profile(**{**LOSING, **SLOW, "on_hand_units": 214, **change})
    joined = decide(profile, as_of=AS_OF, settings=DEFAULTS).join(profile, on="product_id")

    assert sentences(joined, why_key(), "zh").item().split(";")[-1] == turn


def test_stock_of_which_not_one_unit_is_worth_keeping_is_said_so() -> None:
    profile = make_profile(**{**LOSING, "keep_below_units": 1})
    joined = decide(profile, as_of=AS_OF, settings=DEFAULTS).join(profile, on="product_id")

    assert sentences(joined, why_key(), "en").item().endswith("; the same even with a single unit")
