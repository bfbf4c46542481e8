"""Each option in money: checked in the head on mugs at 10.00 that cost 6.00 and are held at 1 % of cost a week."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decide.profiles import AS_OF, make_profile
from toolkit.analyze.keeping import Terms, keeping_value
from toolkit.decide.options import cost_basis, options, stakes, unknowns
from toolkit.schema import OPTIONS
from toolkit.settings import Settings, as_settings

TERMS: dict[str, Any] = {"money": {"holding_rate_weekly": 0.01}, "model": {"slot_share": 0.0}}
MUG: dict[str, Any] = {
    "supply_price_fen": 1000,
    "unit_cost_fen": 600,
    "sellable_units": 100,
    "p_no_sale_13w": 0.05,
    "units_mean_13w": 20.0,
    "units_q10_13w": 10,
    "units_q50_13w": 20,
    "units_q90_13w": 30,
    "units_left_13w": 80.0,
    "units_mean_8w": 10.0,
    "units_q90_26w": 60,
}


def table(**changes: Any) -> pl.DataFrame:
    return options(make_profile(**{**MUG, **changes}), as_of=AS_OF, settings=as_settings(TERMS))


def row(frame: pl.DataFrame, option: str) -> dict[str, Any]:
    return frame.row(by_predicate=pl.col("option") == option, named=True)


def test_keeping_earns_the_margin_of_what_is_served_and_pays_for_what_stands_about() -> None:
    keep = row(table(), "KEEP")

    # 20 sold at a margin of 4.00; 100 at first and 80 at last are 90 held on average, at 0.06 for 13 weeks.
    assert keep["margin_est_fen"] == 8000
    assert keep["holding_est_fen"] == -90 * 6 * 13
    assert keep["value_est_fen"] == 8000 - 7020
    # 10 sold: 4000 − 95 · 78; 30 sold: 12000 − 85 · 78.
    assert (keep["value_low_est_fen"], keep["value_high_est_fen"]) == (-3410, 5370)


def test_what_cannot_be_served_is_a_part_of_its_own() -> None:
    keep = row(table(sellable_units=15, units_left_13w=2.0), "KEEP")

    assert keep["margin_est_fen"] + keep["stock_out_est_fen"] == 400 * 13
    assert keep["stock_out_est_fen"] == -400 * 7


def test_a_price_cut_is_told_by_its_break_even_only() -> None:
    cut = row(table(), "CUT_PRICE")

    # At 9.00 the margin is 3.00 instead of 4.00: 20 units would have to become 26.67.
    assert (cut["option_price_fen"], cut["option_units"], cut["value_est_fen"]) == (900, 7, None)
    assert row(table(unit_cost_fen=950), "CUT_PRICE")["option_price_fen"] is None


def test_taking_stock_back_names_the_fee_up_to_which_it_pays_and_what_is_not_known() -> None:
    back = row(table(), "WITHDRAW")

    assert (back["option_units"], back["recall_fee_max_est_fen"]) == (40, 78)
    assert back["unknown_parts"] == "salvage;recall_fee"
    assert row(table(units_q90_26w=100), "WITHDRAW")["option_units"] is None


def test_goods_made_to_order_have_nothing_to_hold_to_take_back_or_to_salvage() -> None:
    jit = table(stocking_type="jit", units_left_13w=None)

    assert row(jit, "KEEP")["holding_est_fen"] == 0
    assert row(jit, "KEEP")["value_est_fen"] == 8000
    assert row(jit, "WITHDRAW")["option_units"] is None
    assert row(jit, "DELIST")["unknown_parts"] is None


@pytest.mark.parametrize("missing", ["unit_cost_fen", "supply_price_fen", "units_mean_13w", "sellable_units"])
def test_without_cost_price_forecast_or_stock_no_money_is_claimed(missing: str) -> None:
    changes = {missing: None} | ({"on_hand_units": None} if missing == "sellable_units" else {})

    assert table(**changes)["value_est_fen"].to_list() == [None] * 5


def test_an_assumed_cost_is_marked() -> None:
    shelf = make_profile(unit_cost_fen=[600, None], **{k: v for k, v in MUG.items() if k != "unit_cost_fen"})
    assumed = as_settings({"money": {"use_assumed_cost": True}})

    assert options(shelf, as_of=AS_OF, settings=assumed)["cost_basis"].unique().sort().to_list() == [
        "assumed",
        "stated",
    ]
    assert shelf.select(b=cost_basis(Settings()))["b"].to_list() == ["stated", "unknown"]


def test_holding_is_charged_on_the_cost_here_as_in_the_delist_score() -> None:
    none_sold = table(units_mean_13w=0.0, units_left_13w=100.0)
    stock, price, cost = (
        np.array([float(MUG[name])]) for name in ("sellable_units", "supply_price_fen", "unit_cost_fen")
    )
    terms = Terms(holding_rate_weekly=0.01, slot_share=0.0)

    assert row(none_sold, "KEEP")["value_est_fen"] == -100 * 6 * 13
    assert keeping_value(np.zeros((1, 1)), stock, price, cost, 0.0, 13, terms).item() == -100 * 6 * 13


def test_resting_gives_up_the_sales_of_the_weeks_away_and_goes_on_holding() -> None:
    from datetime import timedelta

    away_8_weeks = AS_OF + timedelta(weeks=14)
    rest = row(table(next_season_on=away_8_weeks), "REST_UNTIL")

    # Half of the 20 units fall into the first 8 weeks; 100 at first and 90 at last are held.
    assert rest["margin_est_fen"] == 4000
    assert rest["holding_est_fen"] == -95 * 6 * 13
    assert row(table(), "REST_UNTIL")["value_est_fen"] is None


def test_the_unknown_cost_is_the_figure_that_turns_most_decisions_when_none_is_stated() -> None:
    shelf = make_profile(**{**MUG, "unit_cost_fen": None, "product_id": ["a", "b"]})

    first = unknowns(shelf, settings=as_settings({"money": {"holding_rate_weekly": 0.004, "salvage_share": 0}})).row(
        0, named=True
    )

    assert (first["unknown"], first["products"], first["flips"]) == ("unit_cost", 2, 2)


UNITS = st.integers(0, 60)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(UNITS, min_size=3, max_size=3).map(sorted),
    st.floats(0, 0.99),
    st.floats(0, 80),
    st.integers(0, 200),
    st.integers(100, 1200),
)
def test_figures_never_contradict_each_other(q: list[int], none: float, mean: float, stock: int, cost: int) -> None:
    q10, q50, q90 = (0 if none >= level else max(u, 1) for u, level in zip(q, (0.1, 0.5, 0.9), strict=True))
    shelf = make_profile(
        **{
            **MUG, "unit_cost_fen": cost, "p_no_sale_13w": none, "units_q10_13w": q10, "units_q50_13w": q50,
            "units_q90_13w": q90, "units_mean_13w": mean, "sellable_units": stock,
            "units_left_13w": max(stock - mean, 0.0),
        }
    )  # fmt: skip
    told = options(shelf, as_of=AS_OF, settings=as_settings(TERMS))
    stake = stakes(shelf, as_settings(TERMS))

    parts = ["margin_est_fen", "stock_out_est_fen", "holding_est_fen", "salvage_est_fen", "slot_est_fen"]
    keep = told.filter(pl.col("option") == "KEEP")
    assert abs(keep.select(pl.sum_horizontal(parts)).item() - keep["value_est_fen"].item()) <= 5
    assert keep["value_low_est_fen"].item() <= keep["value_high_est_fen"].item()
    assert stake.regret[0] >= max(0.0, stake.keep[0] - stake.off[0]) - 1e-6
    assert np.isnan(stake.pays[0]) or -1 - 1e-9 <= stake.pays[0] <= 1 + 1e-9
    assert OPTIONS.conform(told).equals(told)
