"""Each change of advice is laid to the one exchange that turns it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from tests.decide.profiles import AS_OF, OFF_SEASON, SLOW, make_profile
from toolkit.decide.moves import Again, Judged, moves
from toolkit.decide.moves_words import with_sentence
from toolkit.schema import PROFILE
from toolkit.settings import Plan, Season, Settings, Slow

USUAL = Settings(plan=Plan(max_share_products=1.0, max_share_revenue=1.0))
RESTING = {**OFF_SEASON, "units_7d": 0}
LONGER = USUAL.model_copy(update={"slow": Slow(no_sale_days=200)})
NEXT = AS_OF + timedelta(days=7)


def run(day: date, settings: Settings = USUAL, **columns: Any) -> Judged:
    """A run of ordinary products with these columns changed, judged by the rules of today; lists of a day are of that day."""
    facts = make_profile(**{"observed_on": day, "stock_as_of": day, **columns})
    return Judged(PROFILE.empty(), day, settings).with_facts(facts)


def told(before: Judged, after: Judged, again: Again | None = None) -> list[tuple[Any, ...]]:
    moved = moves(before, after, again=again)
    said = with_sentence(
        moved, before, after, {"version": ("0.1", "0.2")} if again and again.is_new_program else {}, "zh"
    )
    return said.select("moved", "cause", "sentence").rows()


def test_facts_that_changed_are_the_cause_and_their_figures_are_named() -> None:
    slow, held = run(AS_OF, **SLOW), run(NEXT, **{**SLOW, "inbound_units": 200, "days_without_sale_min": 157})

    assert told(slow, held) == [
        ("left", "data",
         "下架(滞销:很久没有成交) → 先别动(有在途);数据变了:在途0→200件、没成交150→157天"),
    ]  # fmt: skip
    assert told(held, slow)[0][:2] == ("entered", "data")


def test_a_season_that_begins_is_the_cause_though_stock_moved_too() -> None:
    resting = run(AS_OF, **RESTING)
    begun = run(NEXT, **{**RESTING, "is_in_season": True, "season_ends_on": date(2027, 3, 1)}, on_hand_units=35)

    assert told(resting, begun) == [
        ("left", "season",
         "换季下架(换季:季节过了) → 保留;季节到了:进入当季、离下一季(2027年5月3日)23.1→22.1周"),
    ]  # fmt: skip


def test_a_season_that_comes_near_is_the_cause_though_no_figure_of_it_changed() -> None:
    near = AS_OF + timedelta(weeks=10, days=3)
    far, close = (run(day, **{**RESTING, "next_season_on": near}) for day in (AS_OF, NEXT))

    ((moved, cause, sentence),) = told(far, close)

    assert (moved, cause) == ("left", "season")
    assert sentence.startswith("换季下架(换季:季节过了) → 保留;季节到了:离下一季(2027年2月3日)10.4→9.4周")


def test_a_week_that_passes_makes_nothing_stale_by_itself() -> None:
    """The older list is only older in the newer run: the season's exchange must not lay its age to the season."""
    slow = run(AS_OF, **SLOW)
    much_later = run(AS_OF + timedelta(days=30), **SLOW, inbound_units=200)

    assert told(slow, much_later)[0][:2] == ("left", "data")


def test_a_threshold_is_the_cause_and_the_setting_is_named_with_both_values() -> None:
    before, after = run(AS_OF, **SLOW), run(NEXT, LONGER, **SLOW)
    again = Again(before, run(AS_OF, LONGER, **SLOW), is_new_program=False)

    ((moved, cause, sentence),) = told(before, after, again)

    assert (moved, cause) == ("left", "threshold")
    assert sentence.endswith("90→200(slow.no_sale_days)")


def test_a_changed_setting_that_turns_nothing_is_no_cause() -> None:
    before, after = run(AS_OF, **SLOW), run(NEXT, LONGER, **SLOW, inbound_units=200)
    other = USUAL.model_copy(update={"season": Season(ahead_weeks=12)})
    again = Again(before, run(AS_OF, other, **SLOW), is_new_program=False)

    assert [row[1] for row in told(before, after, again)] == ["data"]


def test_the_program_is_the_cause_where_the_same_facts_are_judged_otherwise() -> None:
    old = run(AS_OF, **SLOW)
    judged_before = Judged(old.advice.with_columns(action=pl.lit("KEEP"), reason_code=None, rule=None), AS_OF, USUAL)

    assert told(judged_before, run(NEXT, **SLOW), Again(old, None, is_new_program=True)) == [
        ("entered", "model", "保留 → 下架(滞销:很久没有成交);程序换了:程序 0.1→0.2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({"product_id": ["1"], **SLOW}, {"product_id": ["2"], **SLOW}, "没有这个商品 → 下架(滞销:很久没有成交);数据变了:上次的数据里没有它"),
        ({}, {"policy_hit": "杯"}, "保留 → 必须下架(政策:命中政策名单);数据变了:新命中政策名单「杯」"),
        ({**SLOW}, {**SLOW, "status": "delisted"}, "下架(滞销:很久没有成交) → 保留;数据变了:状态在售→已下架"),
        ({**SLOW}, {**SLOW, "is_protected": True}, "下架(滞销:很久没有成交) → 先别动(在保护名单上);数据变了:进了保护名单"),
    ],
)  # fmt: skip
def test_what_changed_is_said(before: dict[str, Any], after: dict[str, Any], sentence: str) -> None:
    assert sentence in [row[2] for row in told(run(AS_OF, **before), run(NEXT, **after))]


def test_a_figure_that_reads_the_same_as_before_is_not_named() -> None:
    before = run(AS_OF, **SLOW, p_clear_26w=0.021, delist_score=0.7)
    after = run(NEXT, **{**SLOW, "inbound_units": 200}, p_clear_26w=0.022, delist_score=0.75)

    [(_, _, sentence)] = told(before, after)
    assert sentence.endswith("数据变了:在途0→200件、下架分70%→75%")


def test_another_action_for_the_same_product_is_a_change() -> None:
    assert [row[:2] for row in told(run(AS_OF, **SLOW), run(NEXT, **SLOW, policy_hit="杯"))] == [("changed", "data")]


def test_a_product_pushed_out_by_others_is_told_so() -> None:
    one = USUAL.model_copy(update={"plan": Plan(max_share_products=0.0, max_share_revenue=1.0, always_products=1)})
    before = run(AS_OF, one, product_id=["1", "2"], **{**SLOW, "days_without_sale_min": [150, 10]})
    after = run(
        NEXT, one, product_id=["1", "2"], **{**SLOW, "days_without_sale_min": [150, 400]}, on_hand_units=[40, 900]
    )

    moved = {row[0]: row[2] for row in told(before, after)}

    assert "自己的数字没变;一次能下的份额有限" in moved["left"]


def test_two_runs_alike_moved_nothing() -> None:
    assert moves(run(AS_OF, **SLOW), run(NEXT, **SLOW)).is_empty()
