from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad

from toolkit.analyze.rate import EVIDENCE, Crowd, Quiet, crowd_of, death_hazard, likely_crowd, p_dead, p_silent


def quiet(count: float, silence: float, calendar: float) -> Quiet:
    return Quiet(*(np.array([v]) for v in (count, 20.0, silence, 20.0, calendar)))


def test_p_silent_is_the_zero_term_of_the_negative_binomial() -> None:
    from scipy.stats import nbinom

    crowd = Crowd(1.5, 4.0)
    b = 4.0 + 10.0

    assert p_silent(np.array([3.0]), np.array([10.0]), crowd, 8.0)[0] == pytest.approx(
        nbinom.pmf(0, 4.5, b / (b + 8.0))
    )


def test_p_dead_equals_its_integral_done_slowly() -> None:
    crowd, hazard = Crowd(1.0, 2.0), 0.01
    a, b = 1.0 + EVIDENCE * 15, 2.0 + EVIDENCE * 20

    dead, _ = quad(lambda x: hazard * 30 * np.exp(-hazard * 30 * x) * (b / (b + 12 * x)) ** a, 0, 1)
    alive = np.exp(-hazard * 30) * (b / (b + 12)) ** a

    assert p_dead(quiet(15, 12, 30), crowd, hazard)[0] == pytest.approx(dead / (dead + alive), rel=1e-6)


def test_a_silent_calendar_without_exposure_is_no_evidence() -> None:
    asleep = p_dead(quiet(20, 0.2, 26), Crowd(1.0, 2.0), 0.004)[0]
    gone = p_dead(quiet(20, 26, 26), Crowd(1.0, 2.0), 0.004)[0]

    assert asleep < 0.15
    assert gone > 0.6


def test_p_dead_grows_with_the_silence() -> None:
    grown = [p_dead(quiet(10, s, s), Crowd(1.0, 2.0), 0.004)[0] for s in (1, 4, 13, 26, 52)]

    assert grown == sorted(grown)


def test_the_hazard_is_found_again_in_simulated_lives() -> None:
    rng = np.random.default_rng(1)
    n, weeks, hazard = 4000, 100.0, 0.01
    rate = rng.gamma(2.0, 0.5, n)
    death = np.minimum(rng.exponential(1 / hazard, n), weeks)
    count = rng.poisson(rate * death)
    last = np.where(count > 0, death * rng.beta(np.maximum(count, 1), 1), 0.0)
    lives = Quiet(count.astype(float), last, weeks - last, last, weeks - last)

    assert 0.006 < death_hazard(lives, Crowd(2.0, 2.0)) < 0.017


def test_a_shop_without_sales_has_a_crowd_to_fall_back_on() -> None:
    assert crowd_of(np.zeros(3), np.full(3, 10.0)) == Crowd(0.5, 10.0)


def test_the_likeliest_crowd_finds_the_rates_it_was_drawn_from_however_slow() -> None:
    rng = np.random.default_rng(5)
    weeks = rng.uniform(20, 100, 4000)
    for shape, per in ((0.5, 2.0), (0.6, 20.0)):
        count = rng.poisson(rng.gamma(shape, 1 / per, len(weeks)) * weeks).astype(float)

        found = likely_crowd(count, weeks)

        assert abs(found.shape / shape - 1) < 0.15
        assert abs(found.weeks / per - 1) < 0.25
