from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from toolkit.analyze.distribution import STEPS, Demand, predict
from toolkit.analyze.scorecard import Scorecard, shipped_prior
from toolkit.analyze.signs import COLUMNS

HORIZONS = (8, 13, 26)
any_signs = arrays(np.float64, (5, len(COLUMNS)), elements=st.floats(-4, 4, allow_nan=False))
any_stock = arrays(np.float64, 5, elements=st.one_of(st.integers(-3, 5000).map(float), st.just(float("nan"))))


def demand_of(signs: np.ndarray) -> Demand:
    cards = [
        Scorecard(h, shipped_prior()[h].silent, shipped_prior()[h].units, shipped_prior()[h].errors, 0.002, 0)
        for h in HORIZONS
    ]
    nothing = np.zeros(len(signs))
    return predict(cards, lambda _, part: signs[part], nothing, nothing)


def for_8_weeks(p_no_sale: float, units: np.ndarray) -> Demand:
    """One product, one horizon."""
    return Demand((8,), np.array([[p_no_sale]]), units[None, None, :])


@settings(deadline=None)
@given(any_signs, any_stock)
def test_all_figures_agree_with_each_other(signs: np.ndarray, stock: np.ndarray) -> None:
    made = demand_of(signs)
    q10, q50, q90 = (made.quantile(level) for level in (0.1, 0.5, 0.9))
    clear, left = made.p_reach(stock), made.units_left(stock)
    some = stock > 0

    assert (np.diff(made.p_no_sale, axis=1) <= 0).all()
    assert ((q10 <= q50) & (q50 <= q90)).all()
    assert (np.diff(q50, axis=1) >= 0).all()
    assert (np.diff(made.mean(), axis=1) >= -1e-9).all()
    assert (clear[some] <= 1 - made.p_no_sale[some] + 1e-12).all()
    assert (np.diff(clear[some], axis=1) >= -1e-12).all()
    assert ((clear[some] >= 0) & (left[some] <= stock[some][:, None])).all()
    assert np.isnan(clear[np.isnan(stock)]).all()


@settings(deadline=None)
@given(any_signs)
def test_more_stock_is_never_more_likely_to_be_cleared(signs: np.ndarray) -> None:
    made = demand_of(signs)
    clear = np.stack([made.p_reach(np.full(5, float(s))) for s in (1, 2, 3, 7, 20, 90, 400)])

    assert (np.diff(clear, axis=0) <= 1e-12).all()


@settings(deadline=None)
@given(any_signs, st.integers(1, 2000))
def test_the_median_clear_date_lies_where_clearing_becomes_likely(signs: np.ndarray, stock: int) -> None:
    made = demand_of(signs)
    weeks = made.weeks_to_clear(np.full(5, float(stock)))
    clear = made.p_reach(np.full(5, float(stock)))

    assert (clear[weeks <= 7.9, 0] > 0.45).all()
    assert (clear[weeks > 26.1, 2] < 0.55).all()


def test_figures_of_a_distribution_known_by_heart() -> None:
    # Nothing with 20 %, else evenly 1 … 40.
    units = np.where(STEPS > 0.2, (STEPS - 0.2) / 0.8 * 40, 0.0)
    made = for_8_weeks(0.2, units)

    assert made.quantile(0.1).tolist() == [[0.0]]
    assert made.quantile(0.6).tolist() == [[20.0]]
    assert abs(made.p_reach(np.array([20.0]))[0, 0] - 0.41) < 0.01
    assert made.p_reach(np.array([1.0]))[0, 0] == 0.8
    assert abs(made.mean()[0, 0] - 16) < 0.2
    assert made.weeks_to_clear(np.array([15.0]))[0] < 8.1
    assert np.isnan(made.weeks_to_clear(np.array([5000.0]))[0])


def test_an_empty_shelf_is_cleared_today() -> None:
    made = for_8_weeks(0.2, np.ones(50))

    assert made.p_reach(np.array([0.0])).tolist() == [[1.0]]
    assert made.weeks_to_clear(np.array([0.0])).tolist() == [0.0]


def test_beyond_the_outermost_levels_a_chance_is_small_but_not_nothing() -> None:
    units = np.exp(np.linspace(np.log(10), np.log(100), len(STEPS)))
    made = for_8_weeks(0.0, units)

    more = np.concatenate([made.p_reach(np.array([float(s)]))[0] for s in (100, 120, 200, 1000)])
    few = np.concatenate([made.p_reach(np.array([float(s)]))[0] for s in (10, 8, 3)])

    assert 0 < more[-1] < more[0] < 0.013
    assert (np.diff(more) < 0).all()
    assert 0.985 < few[0] < few[-1] < 1
    assert (np.diff(few) > 0).all()
