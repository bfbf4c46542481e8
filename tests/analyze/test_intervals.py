from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from toolkit.analyze.demand import demand
from toolkit.analyze.intervals import interval_facts
from toolkit.analyze.past import Evidence, Past, past_of
from toolkit.analyze.scorecard import finished_days
from toolkit.analyze.signs import Look, look
from toolkit.schema import PERIOD_SALES, WEEKLY_SALES

MONDAY = date(2026, 1, 5)
Total = tuple[str, int, int, int]
"""Product, first week, first week after it, units (each an order)."""


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def weekly(weeks_of: dict[str, list[int]]) -> pl.DataFrame:
    rows = [(p, week(w)) for p, weeks in weeks_of.items() for w in weeks]
    return WEEKLY_SALES.frame(
        product_id=[p for p, _ in rows], week_start=[w for _, w in rows], units=[1] * len(rows), orders=[1] * len(rows)
    )


def totals(rows: list[Total]) -> pl.DataFrame:
    return pl.DataFrame(
        [(p, week(first), week(after) - timedelta(days=1), units, units) for p, first, after, units in rows],
        schema={"product_id": pl.String, "first_day": pl.Date, "last_day": pl.Date, "units": pl.Int64, "orders": pl.Int64},
        orient="row",
    )  # fmt: skip


def past(
    weeks_of: dict[str, list[int]], rows: list[Total], *, known_from: int, to: int, closed: pl.DataFrame | None = None
) -> Past:
    """Weekly files tell weeks `known_from` to `to`, but those that are closed for all."""
    evidence = Evidence(known_since=week(known_from), closed_weeks=closed, totals=totals(rows) if rows else None)
    products = pl.DataFrame({"product_id": sorted({*weeks_of, *(p for p, *_ in rows)})})
    return past_of(weekly(weeks_of), products, as_of=week(to) - timedelta(days=1), evidence=evidence)


def untold(first: int, after: int) -> pl.DataFrame:
    weeks = [week(w) for w in range(first, after)]
    return pl.DataFrame({"week_start": weeks, "closed_share": [1.0] * len(weeks)}).select(
        pl.lit(None, pl.String).alias("product_id"), pl.all()
    )


def seen(made: Past) -> Look:
    return look(made, made.end)


def days_from_monday(number: int, days: int) -> int:
    return (week(number) - date(1970, 1, 1)).days + days


def test_a_product_that_sold_in_a_period_before_the_orders_is_as_old_as_its_first_sale_there() -> None:
    # Three sales in 4 weeks are expected after 1, 2 and 3 weeks; then 10 weeks that order files tell.
    one = seen(past({"a": [13]}, [("a", 0, 4, 3)], known_from=4, to=14))

    assert one.born[0] == days_from_monday(1, 0)
    assert one.age[0] == pytest.approx(3 + 10)
    assert (one.sales[0], one.is_sold[0]) == (4, True)
    # 4 · (1 − (3/4)³) = 2.3 weeks with a sale, and one that orders tell.
    assert one.count[0] == 2 + 1


def test_a_sale_in_a_period_is_the_last_one_where_the_orders_tell_none() -> None:
    one = seen(past({"other": [4]}, [("a", 0, 4, 3)], known_from=4, to=14))

    assert one.last_sale[0] == days_from_monday(3, 0)
    assert one.silence[0] == pytest.approx(1 + 10)
    # The last but one is expected a week before.
    assert one.signs["second_silence"][0] == pytest.approx(np.log(12 + 0.3))


def test_weeks_between_a_period_and_the_orders_that_nothing_tells_are_no_silence() -> None:
    one = seen(past({"other": [10]}, [("a", 0, 4, 3)], known_from=10, to=14))

    assert one.silence[0] == pytest.approx(1 + 4)


def test_a_period_without_a_sale_lengthens_the_silence_by_its_weeks() -> None:
    # Weeks 4 to 11 are told by no order file; a's total of 8 weeks is 0, nothing tells b's.
    gap = untold(4, 12)
    sold = {"a": [0], "b": [0], "c": [0, 13]}
    one = seen(past(sold, [("a", 4, 12, 0)], known_from=0, to=14, closed=gap))

    silent_a, silent_b, _ = one.silence
    assert silent_a == pytest.approx(silent_b + 8)
    assert silent_b == pytest.approx((4 * 7 - 3) / 7 + 2)


def test_a_sale_in_a_period_between_ends_a_silence() -> None:
    gap = untold(4, 12)
    one = seen(past({"a": [0]}, [("a", 4, 12, 1)], known_from=0, to=14, closed=gap))

    # One sale in 8 weeks: expected in the middle, 4 told weeks before the 2 that order files tell.
    assert one.silence[0] == pytest.approx(4 + 2)


def test_weeks_off_sale_within_a_period_do_not_count() -> None:
    off = pl.DataFrame({"product_id": ["a"] * 3, "week_start": [week(w) for w in (1, 2, 3)], "closed_share": [1.0] * 3})
    made = past({"other": [4]}, [("a", 0, 4, 0), ("b", 0, 4, 0)], known_from=4, to=8, closed=off)

    assert seen(made).age[:2].tolist() == pytest.approx([1 + 4, 4 + 4])


def test_a_product_without_a_sale_in_an_early_period_was_there_by_its_end() -> None:
    one = seen(past({"a": [13], "b": [13]}, [("a", 0, 4, 0)], known_from=4, to=14))

    assert one.born[0] == days_from_monday(4, 0)
    assert one.age[0] == 10
    assert one.age[1] < 1


def test_what_sold_in_a_period_is_forgotten_as_its_mean_day_is() -> None:
    made = past({"other": [8]}, [("a", 0, 8, 16)], known_from=8, to=16)
    one = seen(made)

    # 16 units, 2 a week: ∫ 2 · 2^(−s/26) ds from 8 to 16, over the weeks since the first, forgotten as well.
    fade = 26 / np.log(2)
    left = 2 * fade * (0.5 ** (8 / 26) - 0.5 ** (16 / 26))
    weeks = fade * (1 - 0.5 ** (one.age[0] / 26))
    assert one.signs["units_26"][0] == pytest.approx(np.log(left / (weeks + 0.5) + 0.02))


def test_a_day_within_a_period_knows_nothing_of_it_and_is_no_cutoff() -> None:
    gap = untold(20, 28)
    sold = {"a": list(range(20)), "b": [0, *range(28, 44)]}
    plain = past(sold, [], known_from=0, to=44, closed=gap)
    told = past(sold, [("a", 20, 28, 9)], known_from=0, to=44, closed=gap)

    inside = days_from_monday(24, 0)
    assert inside in finished_days(plain, 8)
    assert inside not in finished_days(told, 8)
    assert look(told, inside).sales[0] == 20
    before = days_from_monday(16, 0)
    for name, values in look(plain, before).signs.items():
        assert np.array_equal(values, look(told, before).signs[name]), name


def test_a_total_is_no_weekly_row() -> None:
    made = past({"other": [4]}, [("a", 0, 4, 30)], known_from=4, to=14)

    assert made.units.tolist() == [1.0]
    assert made.net_units.between(np.arange(2), days_from_monday(0, 0), made.end).tolist() == [0.0, 1.0]


def test_old_goods_with_totals_are_not_new_and_those_silent_in_them_are_likelier_dead() -> None:
    sold = {f"p{n}": list(range(30 + n % 4, 36, 2)) for n in range(40)}
    products = pl.DataFrame({"product_id": [*sold, "old", "young"]})
    rows = weekly({**sold, "young": [35], "old": [35]})
    told = totals([("old", 0, 26, 20)])
    table = demand(
        rows, products, as_of=week(36) - timedelta(days=1), evidence=Evidence(known_since=week(30), totals=told)
    )
    state = dict(table.select("product_id", "demand_state").rows())
    assert (state["young"], state["old"] == "new") == ("new", False)

    listed = pl.DataFrame({"product_id": [*sold, "mute", "untold"], "listed_on": [week(0)] * 42})
    mute = Evidence(known_since=week(30), totals=totals([("mute", 0, 30, 0), *((p, 0, 30, 12) for p in sold)]))
    dead = dict(
        demand(weekly(sold), listed, as_of=week(36) - timedelta(days=1), evidence=mute)
        .select("product_id", "p_dead")
        .rows()
    )
    assert dead["mute"] > dead["untold"]


def test_totals_bring_the_forecast_nearer_to_what_all_weeks_would_have_given() -> None:
    random = np.random.default_rng(1)
    rate, born, life = random.gamma(0.6, 0.8, 200), random.integers(-30, 60, 200), random.exponential(60, 200)
    sold = {
        f"p{n:03}": [w for w in range(max(born[n], 0), 60) if w < born[n] + life[n] and random.random() < rate[n]]
        for n in range(200)
    }
    every = weekly(sold)
    early = [(p, first, first + 4, sum(first <= w < first + 4 for w in weeks))
             for p, weeks in sold.items() for first in range(0, 44, 4) if any(w < first + 4 for w in weeks)]  # fmt: skip
    products, since = every.select("product_id").unique(), Evidence(known_since=week(44))

    def p_no_sale(rows: pl.DataFrame, evidence: Evidence) -> np.ndarray:
        table = demand(rows, products, as_of=week(60) - timedelta(days=1), evidence=evidence)
        return table["p_no_sale_8w"].to_numpy()

    late = every.filter(pl.col("week_start") >= week(44))
    best = p_no_sale(every, Evidence(known_since=week(0)))
    untold, told = (np.abs(p_no_sale(late, e) - best).mean() for e in (since, replace(since, totals=totals(early))))
    assert told < untold / 4


def test_evidence_before_a_day_has_only_periods_that_were_over() -> None:
    evidence = Evidence(totals=totals([("a", 0, 4, 1), ("a", 4, 8, 2)]))

    kept = evidence.before(week(7)).totals
    assert kept is not None
    assert kept["units"].to_list() == [1]


def test_periods_that_touch_a_told_day_or_each_other_are_left_out_whole() -> None:
    bounds = [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
    ]
    periods = PERIOD_SALES.frame(
        channel=["fully_managed"] * 3, product_id=["a"] * 3, period_start=[first for first, _ in bounds],
        period_end=[last for _, last in bounds], units_paid=[9, 2, 5], orders_paid=[None, 1, 4],
    )  # fmt: skip
    april = {date(2026, 4, 30)}

    facts = interval_facts(periods, april, as_of=date(2026, 6, 1))
    assert facts is not None
    assert facts.rows() == [("a", date(2026, 3, 1), date(2026, 3, 31), 2, 1)]
    assert interval_facts(periods, {day for bound in bounds for day in bound}, as_of=date(2026, 6, 1)) is None
