from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from toolkit.backtest import (
    Record,
    Replay,
    at_equal_counts,
    finished_cutoffs,
    probabilities,
    ranking,
    reliability_by_rate,
    replay,
    worst_capture,
)  # fmt: skip
from toolkit.backtest.tables import METHODS, false_delists
from toolkit.errors import DataError
from toolkit.schema import WEEKLY_SALES

START = date(2025, 1, 6)
WEEKS = 60
LAST = START + timedelta(weeks=WEEKS, days=-1)


def invented(products: int = 300, seed: int = 2) -> pl.DataFrame:
    """Products of very unequal pace, a third of which stop one day."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.8, 1.2, products)
    stop = np.where(rng.random(products) < 0.33, rng.integers(10, WEEKS, products), WEEKS)
    units = rng.poisson(rate[:, None] * (np.arange(WEEKS) < stop[:, None]))
    p, w = np.nonzero(units)
    return WEEKLY_SALES.conform(
        pl.DataFrame(
            {
                "product_id": [f"{i:04d}" for i in p],
                "week_start": [START + timedelta(weeks=int(i)) for i in w],
                "units": units[p, w],
                "orders": units[p, w],
            }
        )
    )


@pytest.fixture(scope="module")
def weekly() -> pl.DataFrame:
    return invented()


@pytest.fixture(scope="module")
def done(weekly: pl.DataFrame) -> Replay:
    return replay(Record(weekly, weekly.select("product_id").unique(), START, LAST))


def test_a_short_history_is_refused_with_what_is_missing() -> None:
    with pytest.raises(DataError) as refused:
        finished_cutoffs(START, START + timedelta(weeks=15, days=-1))

    assert "15" in refused.value.sentence("en")
    assert "20" in refused.value.sentence("zh")


def test_cutoffs_are_mondays_whose_weeks_are_over() -> None:
    cutoffs = finished_cutoffs(START, LAST - timedelta(days=3))

    assert all(day.weekday() == 0 for day in cutoffs)
    assert max(cutoffs) + timedelta(weeks=8) <= LAST - timedelta(days=3) + timedelta(days=1)
    assert min(cutoffs) >= START + timedelta(weeks=12)


def test_the_future_cannot_be_seen(weekly: pl.DataFrame) -> None:
    cutoff = START + timedelta(weeks=40)
    products = weekly.select("product_id").unique()
    later = pl.col("week_start") >= cutoff
    other = pl.concat([weekly.filter(~later), weekly.filter(later).with_columns(units=pl.col("units") * 50)])

    one, two = (
        replay(Record(w, products, START, LAST), cutoffs=(cutoff,), horizons=(8,)).cases for w in (weekly, other)
    )

    assert one.drop("units_8w").equals(two.drop("units_8w"))
    assert not one["units_8w"].equals(two["units_8w"])


def test_a_product_first_sold_later_was_not_known(weekly: pl.DataFrame) -> None:
    cutoff = START + timedelta(weeks=40)
    later = WEEKLY_SALES.frame(product_id=["later"], week_start=[cutoff], units=[5])
    both = pl.concat([weekly, later])

    past = Record(both, both.select("product_id").unique(), START, LAST).before(cutoff)

    assert "later" not in past.ids


def test_what_came_is_the_net_units_of_the_weeks_ahead(weekly: pl.DataFrame, done: Replay) -> None:
    case = done.cases.filter(pl.col("cutoff") == START + timedelta(weeks=52)).row(0, named=True)
    ahead = weekly.filter(
        pl.col("product_id") == case["product_id"],
        pl.col("week_start") >= case["cutoff"],
        pl.col("week_start") < case["cutoff"] + timedelta(weeks=8),
    )

    assert case["units_8w"] == ahead["units"].sum()
    assert case["units_13w"] is None


def test_the_scorecard_ranks_better_than_counting_days_and_states_honest_probabilities(done: Replay) -> None:
    table = ranking(done.cases, draws=30)
    by = {row["method"]: row for row in table.iter_rows(named=True)}
    fit = probabilities(done.cases).row(0, named=True)

    assert set(by) == set(METHODS)
    assert by["scorecard"]["auc"] > by["days_since_last_sale"]["auc"] + 0.02
    assert by["scorecard"]["auc"] > by["no_sale_90d"]["auc"] + 0.1
    assert fit["brier_skill"] > 0.4
    # Ten groups of 28 cases: chance alone makes 0.04.
    assert fit["calibration_error"] < 0.08
    assert 0.75 < fit["coverage_80"] < 0.95


def test_at_equal_counts_fewer_sellers_are_lost(done: Replay) -> None:
    row = at_equal_counts(done.cases).row(by_predicate=pl.col("rule") == "no_sale_60d", named=True)

    assert row["delisted"] > 50
    assert row["sold_by_scorecard"] < row["sold_by_rule"]


def test_acting_on_the_score_never_costs_more_than_keeping_everything(done: Replay) -> None:
    worst = worst_capture(done.money).row(by_predicate=pl.col("method") == "scorecard", named=True)

    assert worst["worst_capture"] >= 0
    assert done.money.filter(pl.col("method") == "scorecard").height == 6 * done.cases["cutoff"].n_unique()


def test_reliability_is_told_for_selling_and_stale_products_apart(done: Replay) -> None:
    table = reliability_by_rate(done.cases)

    assert table["products"].unique().sort().to_list() == ["all", "selling", "stale"]
    assert (
        table.filter(pl.col("products") == "all")["cases"].sum()
        == done.cases.filter(pl.col("units_8w").is_not_null()).height
    )


def test_a_delisting_is_false_where_the_product_then_sold_more_than_its_break_even() -> None:
    cutoff = [START] * 4
    rules = {name: [0.0] * 4 for name in METHODS if name not in ("scorecard", "no_sale_90d")}
    cases = pl.DataFrame(
        {
            "cutoff": cutoff,
            "product_id": ["a", "b", "c", "d"],
            "units_8w": [9.0, 1.0, 0.0, 40.0],
            "break_even_units": [3.0, 3.0, 3.0, float("inf")],
            "p_no_sale_8w": [0.2, 0.6, 0.9, 0.1],
            "silent_weeks": [13.0, 1.0, 14.0, 2.0],
            "sold_year_ago": [True, True, False, True],
            "no_sale_90d": [1.0, 0.0, 1.0, 0.0],
            **rules,
        }
    )

    row = false_delists(cases).row(by_predicate=pl.col("rule") == "no_sale_90d", named=True)

    # The rule takes a and c; the scorecard b and c: of these only a pays its place, and a had a season to come back to.
    assert (row["delisted"], row["false_by_rule"], row["false_by_scorecard"]) == (2, 0.5, 0.0)
    assert (row["returners"], row["returners_lost_by_rule"], row["returners_lost_by_scorecard"]) == (1, 1.0, 0.0)


def test_the_replay_says_what_each_product_had_to_sell_to_pay_its_place(done: Replay) -> None:
    even = done.cases["break_even_units"]

    assert even.null_count() == 0
    assert (even > 0).all()
