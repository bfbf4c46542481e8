from __future__ import annotations

import numpy as np
import pytest

from toolkit.analyze.bgnbd import BgNbd, fit_bgnbd, p_no_repeat


def test_parameters_are_found_again() -> None:
    rng = np.random.default_rng(3)
    n, horizon = 3000, 60.0
    rate, drop = rng.gamma(2.0, 1 / 10.0, n), rng.beta(1.0, 6.0, n)
    repeats, recency = np.zeros(n), np.zeros(n)
    for i in range(n):
        t = 0.0
        while rng.random() > (drop[i] if repeats[i] else 0.0):
            t += rng.exponential(1 / rate[i])
            if t > horizon:
                break
            repeats[i] += 1
            recency[i] = t
    fit = fit_bgnbd(repeats, recency, np.full(n, horizon))

    assert fit.r / fit.alpha == pytest.approx(0.2, rel=0.2)
    assert fit.a / (fit.a + fit.b) == pytest.approx(1 / 7, rel=0.4)


def test_long_silence_of_a_busy_product_means_gone_and_of_a_slow_one_does_not() -> None:
    fit = BgNbd(1.0, 5.0, 1.0, 4.0)
    busy, slow = p_no_repeat(fit, np.array([30.0, 2.0]), np.array([30.0, 30.0]), np.array([45.0, 45.0]), 8)

    assert busy > 0.95
    assert slow < busy


def test_no_products_give_a_usable_model() -> None:
    nothing = np.zeros(0)

    assert fit_bgnbd(nothing, nothing, nothing) == BgNbd(1.0, 10.0, 1.0, 5.0)
