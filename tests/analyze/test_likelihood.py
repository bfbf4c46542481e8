"""Our few lines against scipy's: the same functions, and a top at least as high."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import gammaln, psi

from toolkit.analyze.bgnbd import _Loss
from toolkit.analyze.likelihood import Rise, lowest

COUNTS = np.array([0, 1, 2, 7, 104, 5000])


@pytest.mark.parametrize("start", [1e-3, 0.5, 1.0, 30.0])
def test_rises_are_ratios_of_gamma_functions(start: float) -> None:
    rise = Rise(start, COUNTS)

    assert rise.at(COUNTS) == pytest.approx(gammaln(start + COUNTS) - gammaln(start), rel=1e-10, abs=1e-9)
    assert rise.slope_at(COUNTS) == pytest.approx(psi(start + COUNTS) - psi(start), rel=1e-10, abs=1e-9)


def test_no_counts_rise_to_nothing() -> None:
    nothing = np.array([], dtype=np.int64)

    assert Rise(1.0, nothing).at(nothing).tolist() == []


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_the_lowest_point_of_a_shop_is_no_higher_than_the_one_scipy_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    age = rng.integers(2, 105, 60).astype(float)
    repeats = np.minimum(rng.poisson(rng.gamma(0.6, 0.5, 60) * age), age - 1).astype(float)
    loss = _Loss(np.stack([repeats, np.where(repeats > 0, age * rng.random(60), 0.0), age]), np.full(60, 1 / 60))
    found = lowest(loss, np.zeros(4), bound=8.0)
    theirs = minimize(loss, np.zeros(4), jac=True, method="L-BFGS-B", bounds=[(-8, 8)] * 4)
    assert loss(found)[0] <= theirs.fun + 1e-7


def test_a_valley_that_bends_the_wrong_way_at_the_start_is_still_walked_down() -> None:
    def loss(x: np.ndarray) -> tuple[float, np.ndarray]:
        return float(np.cos(x).sum()), -np.sin(x)

    assert lowest(loss, np.array([0.1, -0.1]), bound=8.0) == pytest.approx([np.pi, -np.pi], abs=1e-4)


def test_the_bound_holds() -> None:
    assert lowest(lambda x: (float(x.sum()), np.ones(1)), np.zeros(1), bound=5.0).tolist() == [-5.0]
