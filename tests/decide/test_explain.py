from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.decide.profiles import AS_OF, OFF_SEASON, SLOW, make_profile
from toolkit.decide.explain import explanation
from toolkit.decide.in_money import in_money
from toolkit.decide.plan import decide
from toolkit.settings import Settings
from toolkit.words import Lang


def lines(lang: Lang = "zh", **columns: Any) -> list[str]:
    profile = make_profile(**{"listed_on": AS_OF, "unit_cost_fen": 500, "open_units": 0, **columns})
    row = profile.join(decide(profile, as_of=AS_OF, settings=Settings()), on="product_id")
    return explanation(row, lang, as_of=AS_OF, settings=Settings()).splitlines()


def test_a_slow_product_gets_its_numbers_and_the_counter_argument() -> None:
    assert lines(**SLOW) == [
        "1005000000000000 搪瓷杯:下架",
        "150天没有成交(最近一次2026年6月25日),近一年卖7件,库存40件;若2026年8月25日以后有成交就会留下",
        "手上的数据:有订单和多次库存",
    ]


def test_a_held_product_names_its_guards_and_the_day_to_look_again() -> None:
    assert lines("en", **SLOW, gap_units=2, open_units=5, shippable_units=3)[2:] == [
        "held: 5 units are owed, 3 can be shipped: 2 short; serve the orders first",
        "look again on 2026-11-29",
        "data: orders and stock counts over time",
    ]


def test_a_product_that_stays_is_told_when_its_silence_would_count() -> None:
    assert lines("en")[2] == "would count as slow if nothing is sold by 18 Feb 2027"
    assert AS_OF + timedelta(days=88) == AS_OF.replace(year=2027, month=2, day=18)


def test_the_day_it_would_turn_is_the_day_the_rule_fires() -> None:
    silent = {"days_without_sale_min": 90, "last_sale_on": AS_OF - timedelta(days=90)}

    assert not any("would count" in line for line in lines("en", **silent))
    assert "no sale for 90 days" in lines("en", **silent)[1]


MUG: dict[str, Any] = {
    **SLOW, "currency": "CNY", "supply_price_fen": 1000, "sellable_units": 10, "delist_score": 0.9, "p_dead": 0.9,
    "p_no_sale_8w": 0.98, "p_no_sale_13w": 0.97, "units_mean_8w": 0.0, "units_mean_13w": 0.0, "units_q10_13w": 0,
    "units_q50_13w": 0, "units_q90_13w": 0, "units_left_13w": 10.0, "units_q90_26w": 4, "units_mean_26w": 1.0,
}  # fmt: skip


def money_lines(lang: Lang = "zh", settings: Settings | None = None, **columns: Any) -> list[str]:
    chosen = settings or Settings()
    profile = make_profile(**{**MUG, "unit_cost_fen": 500, **columns})
    money = in_money(decide(profile, as_of=AS_OF, settings=chosen), profile, as_of=AS_OF, settings=chosen)
    row = profile.join(money.decisions, on="product_id")
    told = explanation(row.drop("p_no_sale_8w").with_columns(p_no_sale_8w=None), lang, as_of=AS_OF, settings=chosen,
                       options=money.options).splitlines()  # fmt: skip
    return [line for line in told if line.startswith(("往后", "money", "  "))]


def test_each_option_is_told_in_money_with_its_parts_and_what_is_left_out() -> None:
    # Ten held at 0.5 % of 5.00 for 13 weeks; six are beyond what 26 weeks sell. A cut cannot make up for sales of none.
    assert money_lines() == [
        "往后13周的金额(都是估算):",
        "  保留:-3.25元(毛利0.00元,缺货0.00元,压货-3.25元,名额0.00元)",
        "  退仓6件:-1.30元,退仓费每件不超过0.32元才划算,需先问平台;没算:剩货能卖回多少、退仓费",
        "  下架:0.00元;没算:剩货能卖回多少",
        "  下错的代价0.04元;再看一周值-0.25元(负数=不值得等)",
    ]


def test_money_at_an_assumed_cost_says_so_and_without_a_cost_none_is_told() -> None:
    assumed = Settings.model_validate({"money": {"use_assumed_cost": True}})

    assert money_lines("en", assumed, unit_cost_fen=None)[0] == (
        "money over the next 13 weeks (all estimates, at an assumed unit cost of 65% of the supply price):"
    )
    assert money_lines(unit_cost_fen=None) == []


def test_what_is_not_known_names_the_file_that_would_tell() -> None:
    said = lines(**SLOW, unit_cost_fen=None, inbound_units=None)

    assert said[-2:] == ["不知道:在途;加在途库存或仓发采购单", "不知道:成本价,所以不按金额下结论;填商品表的成本价列"]


def test_jit_is_not_asked_for_stock() -> None:
    assert not any("库存" in line for line in lines(stocking_type="jit", sellable_units=None, on_hand_units=None)[2:])


def test_figures_that_rest_on_totals_of_whole_periods_are_said_to() -> None:
    assert lines("en", data_step="orders_and_totals")[-1] == (
        "data: orders, and only totals of other periods; those count as totals of their whole period, not spread over weeks"
    )


def test_a_rule_beside_the_one_that_decides_states_its_facts_only() -> None:
    said = lines("en", **{**SLOW, "on_hand_units": 214}, p_clear_26w=0.04, keep_below_units=14, p_dead=0.9,
                 delist_score=0.9, outlook_until=AS_OF, demand_state="dead")  # fmt: skip

    assert said[2] == (
        "also: 0 sold in 90 days, 214 on hand; 4% chance to clear by 22 Nov 2026, and keeping it most likely loses money"
    )


def test_units_sold_in_a_year_of_which_some_weeks_are_told_say_so() -> None:
    assert lines("en", covered_days_90d=14, covered_days_365d=14)[2] == (
        "days with sales data: 14 of the last 90, 14 of the last 365; of the others nothing is known"
    )


def test_a_product_of_which_no_sale_is_told_is_not_said_to_be_fine() -> None:
    assert lines("en", units_90d=None, covered_days_90d=0)[1] == (
        "no sales are told, 40 on hand; whether it should go cannot be told"
    )


MODEL: dict[str, Any] = {
    "p_no_sale_8w": 0.1, "p_dead": 0.02, "delist_score": 0.1, "demand_state": "alive", "exposure_basis": "calendar",
    "own_cases": 0, "p_clear_13w": 0.5, "p_clear_26w": 0.8, "units_left_13w": 9.0, "units_left_26w": 2.0,
    "outlook_until": AS_OF + timedelta(weeks=26),
    **{f"units_{name}_{weeks}w": 9 for name in ("mean", "q10", "q90") for weeks in (8, 13, 26)},
    **{f"p_no_sale_{weeks}w": 0.1 for weeks in (13, 26)},
}  # fmt: skip


def test_the_forecast_names_the_days_by_which_stock_may_clear_and_the_next_season() -> None:
    said = lines("en", **MODEL, **OFF_SEASON)

    assert "chance to clear 40 units in 13 weeks (by 2027-02-21): 50%; about 9.0 left by then" in said
    assert "season: summer, the next one starts 2027-05-03" in said
    on = {"season_name": "christmas", "is_in_season": True, "season_ends_on": date(2026, 12, 24)}
    assert "season: Christmas, on until 2026-12-24" in lines("en", **MODEL, **on)
