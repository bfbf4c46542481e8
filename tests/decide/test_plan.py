from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decide.profiles import AS_OF, OFF_SEASON, SLOW, make_profile
from toolkit.decide.guards import GUARDS
from toolkit.decide.plan import decide
from toolkit.decide.reasons import ACTIONS, RULES
from toolkit.schema import DECISIONS, PROFILE
from toolkit.settings import Settings

DAYS = st.one_of(st.none(), st.integers(0, 500))
UNITS = st.one_of(st.none(), st.integers(0, 300))
FLAG = st.sampled_from([None, True, False])
WHEN = st.one_of(st.none(), st.integers(-400, 400).map(lambda days: AS_OF + timedelta(days=days)))
RATIO = st.one_of(st.none(), st.floats(0, 200))

ANY_PRODUCT = st.fixed_dictionaries(
    {
        "is_suspect_id": FLAG,
        "is_protected": FLAG,
        "is_in_season": FLAG,
        "stocking_type": st.sampled_from([None, "jit", "warehouse", "overseas"]),
        "status": st.sampled_from([None, "on_sale", "under_review", "delisted", "pending_launch"]),
        "observed_on": st.sampled_from([None, AS_OF, AS_OF - timedelta(days=30)]),
        "policy_hit": st.sampled_from([None, None, "电子烟"]),
        "season_evidence": st.sampled_from([None, "category"]),
        "data_step": st.sampled_from([None, "period_totals", "history"]),
        **dict.fromkeys(("age_days", "days_without_sale_min", "days_since_last_sale"), DAYS),
        **dict.fromkeys(("covered_days_90d", "covered_days_365d"), st.one_of(st.none(), st.integers(0, 90))),
        **dict.fromkeys(
            ("sellable_units", "inbound_units", "units_7d", "units_90d", "units_365d", "units_paid", "gap_units"), UNITS
        ),
        **dict.fromkeys(("last_sale_on", "next_season_on", "last_restock_on", "stock_as_of"), WHEN),
        **dict.fromkeys(("weeks_of_cover", "rate_of_sale", "season_strength", "seasonal_index"), RATIO),
        "sold_share_90d": st.one_of(st.none(), st.floats(0, 1)),
    }
)
SHOPS = st.lists(ANY_PRODUCT, min_size=1, max_size=12)


def shop(products: list[dict[str, Any]]) -> pl.DataFrame:
    rows = [{"product_id": f"100500000000{n:04d}", **product} for n, product in enumerate(products)]
    return PROFILE.conform(pl.DataFrame(rows, schema_overrides={name: PROFILE.dtypes[name] for name in rows[0]}))


@settings(max_examples=30, deadline=None)
@given(SHOPS)
def test_every_product_gets_exactly_one_decision(products: list[dict[str, Any]]) -> None:
    profile = shop(products)
    decisions = decide(profile, as_of=AS_OF, settings=Settings())

    assert sorted(decisions["product_id"]) == sorted(profile["product_id"])
    assert decisions["rank"].to_list() == list(range(1, len(products) + 1))
    assert set(decisions["action"]) <= set(ACTIONS)
    assert decisions.schema == pl.Schema(DECISIONS.dtypes)


@settings(max_examples=30, deadline=None)
@given(SHOPS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(products: list[dict[str, Any]], random: Any) -> None:
    profile = shop(products)
    order = list(range(profile.height))
    random.shuffle(order)

    assert decide(profile[order], as_of=AS_OF, settings=Settings()).equals(
        decide(profile, as_of=AS_OF, settings=Settings())
    )


@settings(max_examples=30, deadline=None)
@given(SHOPS)
def test_nothing_under_a_hard_guard_is_ever_touched(products: list[dict[str, Any]]) -> None:
    profile = shop(products)
    stopped = pl.any_horizontal(
        guard.test(Settings(), AS_OF).fill_null(False) for guard in GUARDS if guard.kind == "hard"
    )
    ids = profile.filter(stopped)["product_id"]
    touched = decide(profile, as_of=AS_OF, settings=Settings()).filter(pl.col("product_id").is_in(ids.to_list()))

    assert set(touched["action"]) <= {"WATCH", "KEEP"}


@settings(max_examples=30, deadline=None)
@given(SHOPS)
def test_policy_is_stopped_by_hard_guards_and_conflict_only(products: list[dict[str, Any]]) -> None:
    decisions = decide(shop([{**p, "policy_hit": "电子烟"} for p in products]), as_of=AS_OF, settings=Settings())
    soft = {guard.name for guard in GUARDS if guard.kind == "soft"}

    assert not set(decisions["guard"].drop_nulls()) & soft
    assert decisions.filter(pl.col("guard").is_null())["action"].unique().to_list() in ([], ["MUST_DELIST"])


@settings(max_examples=30, deadline=None)
@given(SHOPS)
def test_slow_is_never_said_of_an_empty_shelf_or_a_new_product(products: list[dict[str, Any]]) -> None:
    empty = shop([{**p, "sellable_units": 0} for p in products])
    new = shop([{**p, "age_days": 30} for p in products])
    slow = [rule.name for rule in RULES if rule.reason == "SLOW"]
    rules = pl.concat([decide(profile, as_of=AS_OF, settings=Settings())["rules"] for profile in (empty, new)])

    assert not any(name in fired.split(";") for fired in rules.drop_nulls() for name in slow)


def test_a_guarded_product_keeps_its_reason_and_gets_a_day() -> None:
    decision = decide(make_profile(**{**SLOW, "inbound_units": 12}), as_of=AS_OF, settings=Settings())

    assert decision.select("action", "rule", "guard", "review_on").row(0) == (
        "WATCH", "no_recent_sale", "inbound", AS_OF + timedelta(days=7),
    )  # fmt: skip


def test_policy_comes_before_season_and_season_before_slow() -> None:
    decision = decide(make_profile(**SLOW, **OFF_SEASON, policy_hit="水枪"), as_of=AS_OF, settings=Settings())

    assert decision.select("action", "reason_code", "rules").row(0) == (
        "MUST_DELIST", "POLICY", "policy_hit;season_over",
    )  # fmt: skip


def test_rank_is_the_order_of_work_then_units_at_stake_then_id() -> None:
    columns = {**SLOW, "policy_hit": [None, None, "水枪", None], "on_hand_units": 40, "inbound_units": [0, 0, 0, 5]}
    profile = make_profile(**{**columns, "sellable_units": [40, 214, 3, 500]})

    assert decide(profile, as_of=AS_OF, settings=Settings())["product_id"].str.tail(1).to_list() == ["2", "1", "0", "3"]


def test_a_shop_without_products_has_no_decisions() -> None:
    assert decide(PROFILE.empty(), as_of=AS_OF, settings=Settings()).height == 0
