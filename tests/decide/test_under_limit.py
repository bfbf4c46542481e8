"""A store above its limit of slots parts with what it misses least: never what a guard holds, never past a run's share."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from tests.decide.profiles import AS_OF, SLOW, make_profile
from toolkit.decide.in_money import InMoney, in_money
from toolkit.decide.plan import decide
from toolkit.settings import as_settings

SELLS: dict[str, Any] = {
    "currency": "CNY", "supply_price_fen": 1000, "unit_cost_fen": 600, "delist_score": 0.1, "p_dead": 0.01,
    "p_no_sale_8w": 0.05, "p_no_sale_13w": 0.02, "units_mean_8w": 6.0, "units_q10_13w": 4, "units_q50_13w": 10,
    "units_q90_13w": 16, "units_left_13w": 0.0, "units_q90_26w": 60, "p_clear_26w": 0.9, "demand_state": "alive",
    "stocking_type": "jit",
}  # fmt: skip
"""Goods made after each order that sell: nothing speaks against them."""


def one_of_two(columns: dict[str, Any]) -> dict[str, Any]:
    """Columns that only the first of two products has."""
    return {name: [value, SELLS.get(name, make_profile()[name][0])] for name, value in columns.items()}


def run(limit: int, plan: Any = None, **columns: Any) -> InMoney:
    chosen = as_settings({"store": {"listing_limit": limit}, "plan": plan or {}})
    profile = make_profile(**{**SELLS, **columns})
    return in_money(decide(profile, as_of=AS_OF, settings=chosen), profile, as_of=AS_OF, settings=chosen)


def gone(week: InMoney, reason: str = "SLOTS") -> list[str]:
    """Last digits of the ids of what goes for a reason."""
    some = week.decisions.filter(pl.col("action") == "DELIST", pl.col("reason_code") == reason)
    return sorted(some["product_id"].str.tail(1))


def test_of_what_nothing_speaks_against_the_least_valuable_gives_way_and_says_so() -> None:
    week = run(2, units_mean_13w=[10.0, 3.0, 20.0, 5.0])
    line = week.decisions.filter(pl.col("product_id").str.ends_with("1")).row(0, named=True)

    assert gone(week) == ["1", "3"]
    assert (line["rule"], line["guard"], week.for_slots, week.still_over) == ("over_limit", None, 2, 0)
    # Three units at 4.00, less the slot: 1 % of what a mean product earns. Advice that costs money says so.
    slot = 0.01 * (10 + 3 + 20 + 5) / 4 * 400
    assert line["value_est_fen"] == round(slot - 3 * 400)


def test_what_is_advised_goes_first_and_policy_frees_slots_too() -> None:
    slow = one_of_two({**SLOW, "p_dead": 0.9, "stocking_type": "warehouse"})
    advised = run(1, units_mean_13w=[1.0, 0.1], plan=None, **slow)
    policy = run(1, units_mean_13w=[1.0, 30.0], policy_hit=[None, "水枪"], policy_hit_list_on=AS_OF)

    assert (gone(advised, "SLOW"), gone(advised)) == (["0"], [])
    assert policy.decisions["action"].to_list() == ["MUST_DELIST", "KEEP"]


def test_a_slow_product_that_money_would_keep_may_give_way_too() -> None:
    slow = {**SLOW, "stocking_type": "warehouse", "delist_score": 0.9, "p_clear_26w": 0.01, "keep_below_units": 5,
            "units_left_13w": 38.0, "p_dead": 0.1}  # fmt: skip
    held, week = (run(limit, units_mean_13w=[10.0, 90.0], **one_of_two(slow)) for limit in (2, 1))

    assert held.decisions.filter(pl.col("rule") == "no_recent_sale")["action"].item() != "DELIST"
    assert gone(week) == ["0"]
    assert week.decisions.filter(pl.col("rule") == "over_limit")["rules"].item().startswith("over_limit;")


def test_a_guard_and_the_protected_list_hold_against_the_lack_of_slots() -> None:
    week = run(
        1, units_mean_13w=[1.0] * 5, is_protected=[True] + [False] * 4, gap_units=[0, 3, 0, 0, 0],
        age_days=[400, 400, 10, 400, 400], status=["on_sale"] * 3 + ["under_review", "on_sale"],
    )  # fmt: skip

    assert gone(week) == ["4"]
    assert (week.still_over, week.is_capped, week.slot_value) == (3, False, None)


def test_the_share_of_a_run_holds_and_what_is_still_over_is_told() -> None:
    week = run(1, {"max_share_products": 0.4, "always_products": 0}, units_mean_13w=[4.0, 1.0, 3.0, 2.0, 5.0])

    assert gone(week) == ["1", "3"]
    assert (week.still_over, week.is_capped) == (2, True)


def test_neither_a_categorys_floor_nor_the_share_of_revenue_is_passed() -> None:
    floor = run(1, {"category_floors": {"杯": 1}}, units_mean_13w=[1.0, 2.0, 9.0], category=["杯", "杯", "碗"])
    revenue = run(2, {"max_share_revenue": 0.1}, units_mean_13w=[1.0, 2.0, 9.0], revenue_90d_fen=[50, 9, 41])

    assert gone(floor) == ["0", "2"]
    assert gone(revenue) == ["1"]


def test_without_a_cost_the_order_is_by_an_assumed_one_and_without_a_price_by_the_score() -> None:
    no_cost = run(2, units_mean_13w=[9.0, 2.0, 5.0], unit_cost_fen=None)
    no_price = run(2, units_mean_13w=None, supply_price_fen=None, delist_score=[0.2, 0.1, 0.4])

    assert (gone(no_cost), gone(no_price)) == (["1"], ["2"])
    assert no_cost.decisions["value_est_fen"].null_count() == 3
    assert (no_cost.slot_value, no_price.slot_value) == (None, None)


def test_a_slot_is_worth_what_the_next_one_to_give_way_would_have_earned() -> None:
    means = [10.0, 3.0, 20.0]
    slot = 0.01 * sum(means) / 3 * 400

    full, over, free = (run(limit, units_mean_13w=means) for limit in (3, 2, 4))

    assert full.slot_value == round(3 * 400 - slot)
    assert over.slot_value == round(10 * 400 - slot)
    assert (full.is_slot_free, free.is_slot_free, free.slot_value) == (False, True, 0.0)


def test_a_product_asleep_until_its_season_is_no_slot_to_be_had() -> None:
    asleep = {"season_evidence": "category", "season_name": "summer", "season_strength": 3.0, "is_in_season": False,
              "next_season_on": AS_OF + timedelta(weeks=30), "units_7d": 9}  # fmt: skip
    week = run(1, units_mean_13w=[0.1, 9.0], **{name: [value, None] for name, value in asleep.items()})

    assert gone(week) == ["1"]


@tries(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20), st.booleans()), min_size=2, max_size=6),
    st.integers(0, 5), st.integers(0, 4), st.sampled_from([0.0, 0.3, 1.0]),
)  # fmt: skip
def test_no_other_set_frees_more_of_the_missing_slots_or_costs_less(
    shelf: list[tuple[int, int, bool]], limit: int, most: int, share: float
) -> None:
    plan = {"max_share_products": 0.0, "always_products": most, "max_share_revenue": share}
    means, revenue, protected = (list(column) for column in zip(*shelf, strict=True))
    week = run(limit, plan, units_mean_13w=[float(m) for m in means], revenue_90d_fen=revenue, is_protected=protected)

    total = sum(revenue)
    room = share * total if total else float("inf")
    needed = max(0, len(shelf) - limit)
    may_go = [n for n, guarded in enumerate(protected) if not guarded]
    sets = [
        some
        for size in range(min(len(may_go), most, needed) + 1)
        for some in combinations(may_go, size)
        if sum(revenue[n] for n in some) <= room
    ]
    earns = [max(0, 400 * m - sum(means) / len(means) * 4) for m in means]
    best = max((len(some), -sum(earns[n] for n in some)) for some in sets)
    mine = [int(n) for n in gone(week)]
    assert len(mine) == best[0]
    assert -sum(earns[n] for n in mine) >= best[1] - 0.5 * len(shelf)
    assert not any(protected[n] for n in mine)
