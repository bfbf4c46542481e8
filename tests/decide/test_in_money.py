"""Money decides whether a slow product goes, and a run takes no more than its share: the rest waits, by value."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.decide.profiles import AS_OF, SLOW, make_profile
from toolkit.decide.in_money import InMoney, in_money, waiting_value
from toolkit.decide.plan import decide
from toolkit.schema import DECISIONS, PROFILE
from toolkit.settings import as_settings

FORECAST: dict[str, Any] = {
    "currency": "CNY", "supply_price_fen": 1000, "unit_cost_fen": 600, "sellable_units": 40, "delist_score": 0.9,
    "p_dead": 0.2, "p_no_sale_8w": 0.8, "p_no_sale_13w": 0.7, "units_mean_8w": 0.3, "units_mean_13w": 0.5,
    "units_q10_13w": 0, "units_q50_13w": 0, "units_q90_13w": 2, "units_left_13w": 39.5, "units_q90_26w": 4,
    "p_clear_26w": 0.01, "keep_below_units": 5, "demand_state": "slow",
}  # fmt: skip
EARNS: dict[str, Any] = {
    "p_no_sale_8w": 0.1, "p_no_sale_13w": 0.05, "units_mean_8w": 6.0, "units_mean_13w": 10.0, "units_q10_13w": 4,
    "units_q50_13w": 10, "units_q90_13w": 16, "units_left_13w": 30.0, "units_q90_26w": 30, "p_dead": 0.1,
}  # fmt: skip


def run(settings: dict[str, Any] | None = None, **columns: Any) -> InMoney:
    chosen = as_settings(settings)
    profile = make_profile(**{**SLOW, **FORECAST, **columns})
    return in_money(decide(profile, as_of=AS_OF, settings=chosen), profile, as_of=AS_OF, settings=chosen)


def one(settings: dict[str, Any] | None = None, **columns: Any) -> dict[str, Any]:
    return run(settings, **columns).decisions.row(0, named=True)


def test_a_delisting_carries_what_it_gains_and_what_it_costs_if_wrong() -> None:
    line = one(sellable_units=10, units_left_13w=9.5)

    assert (line["action"], line["cost_basis"]) == ("DELIST", "stated")
    # Half a unit at 4.00 against 9.75 units held at 0.5 % of 6.00 for 13 weeks, and the slot: 0.01 of 200.
    assert line["value_est_fen"] == round(9.75 * 3 * 13 - 200 + 2)
    # Two units, which come one time in ten, would have earned 8.00 less holding.
    assert 0 < line["regret_est_fen"] < 200


def test_without_a_unit_cost_no_money_is_claimed_and_the_line_stays() -> None:
    line = one(unit_cost_fen=None)

    assert (line["action"], line["cost_basis"]) == ("DELIST", "unknown")
    assert [line[name] for name in ("value_est_fen", "regret_est_fen", "wait_value_est_fen")] == [None] * 3


def test_an_assumed_cost_gives_money_that_is_marked() -> None:
    line = one({"money": {"use_assumed_cost": True}}, unit_cost_fen=None)

    assert line["cost_basis"] == "assumed"
    assert line["value_est_fen"] > 0


def test_what_earns_more_kept_is_not_delisted_but_may_be_cut_to_its_break_even() -> None:
    line = one(**EARNS)

    assert (line["action"], line["other_option"], line["option_price_fen"]) == ("CUT_PRICE", "CUT_PRICE", 900)
    # 10 units at 4.00 are 13.34 at 3.00.
    assert line["option_units"] == 4


def test_where_no_cut_is_possible_it_stays_and_the_guard_says_why() -> None:
    held = one({"money": {"price_cut_share": 0.5}}, **EARNS)

    assert (held["action"], held["guard"], held["review_on"]) == ("WATCH", "no_gain", AS_OF + timedelta(days=7))


def test_stock_goes_back_only_where_the_fee_is_known_and_it_pays() -> None:
    known = {"recall_fee_fen": 10, "salvage_share": 0.1}
    back = one({"money": known}, **{**EARNS, "units_q90_26w": 20})

    assert (back["action"], back["option_units"]) == ("WITHDRAW", 20)
    # 20 units: holding of 0.03 a week for 13 weeks and 0.60 of salvage, less 0.10 of fee.
    assert back["value_est_fen"] == 20 * (39 + 60 - 10)
    assert one({"money": {**known, "recall_fee_fen": 500}}, **EARNS)["action"] != "WITHDRAW"


def test_a_run_takes_its_share_and_the_less_valuable_wait_with_their_value() -> None:
    week = run({"plan": {"max_share_products": 0.5, "always_products": 0}}, sellable_units=[40, 90, 60, 20],
               units_left_13w=[39.5, 89.5, 59.5, 19.5])  # fmt: skip
    late = week.decisions.filter(pl.col("guard") == "weekly_cap")

    assert week.decisions["product_id"].str.tail(1).to_list() == ["1", "2", "0", "3"]
    assert late["product_id"].str.tail(1).to_list() == ["0", "3"]
    assert (week.waiting, week.room.products) == (2, 2)
    assert late["review_on"].to_list() == [AS_OF + timedelta(days=7)] * 2


def test_policy_is_neither_counted_nor_stopped_by_the_share_of_a_run() -> None:
    none = {"plan": {"max_share_products": 0.0, "always_products": 0}}
    week = run(none, policy_hit=["水枪", None], policy_hit_list_on=AS_OF)

    assert week.decisions["action"].to_list() == ["MUST_DELIST", "WATCH"]
    assert week.decisions["value_est_fen"][0] is None


def test_a_run_keeps_most_of_the_revenue() -> None:
    week = run(revenue_90d_fen=[9000, 100, 91000], last_sale_on=[AS_OF - timedelta(days=150)] * 2 + [AS_OF])

    assert week.room.revenue == pytest.approx(0.05 * 100100)
    assert week.decisions.filter(pl.col("action") == "DELIST")["product_id"].str.tail(1).to_list() == ["1"]


def test_a_category_never_falls_below_its_floor() -> None:
    week = run({"plan": {"category_floors": {"杯": 1}}}, category=["杯", "杯"])

    assert sorted(week.decisions["action"]) == ["DELIST", "WATCH"]


def test_waiting_is_worth_something_where_a_week_may_tell_and_only_costs_where_it_cannot() -> None:
    def worth(p_week: float) -> float:
        values = (-1000.0, 0.0, -3000.0, 100.0, p_week, 0.4)
        return waiting_value(*(np.array([value]) for value in values)).item()  # type: ignore[arg-type]

    assert worth(0.0) == -100
    assert worth(0.2) > 0 > worth(0.01)


def test_an_empty_store_has_no_decisions() -> None:
    empty = in_money(DECISIONS.empty(), PROFILE.empty(), as_of=AS_OF, settings=as_settings(None))

    assert (empty.decisions.height, empty.waiting, empty.slot_value) == (0, 0, 0.0)
