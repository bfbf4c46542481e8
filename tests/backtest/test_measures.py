from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.backtest.measures import (
    auc,
    average_precision,
    bootstrap,
    brier_skill,
    calibration_error,
    coverage,
    pinball,
    precision_in_top,
    reliability,
)  # fmt: skip

cases = st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40)


@given(cases)
def test_auc_is_the_share_of_pairs_in_the_right_order(drawn: list[tuple[bool, int]]) -> None:
    silent, selling = [s for y, s in drawn if y], [s for y, s in drawn if not y]
    area = auc(np.array([y for y, _ in drawn]), np.array([float(s) for _, s in drawn]))

    if not silent or not selling:
        assert np.isnan(area)
        return
    pairs = [(a > b) + (a == b) / 2 for a in silent for b in selling]
    assert area == pytest.approx(sum(pairs) / len(pairs))


def test_a_case_of_weight_two_counts_as_two_cases() -> None:
    silent, score = np.array([True, False, False]), np.array([0.5, 0.6, 0.1])

    weighted = auc(silent, score, np.array([1.0, 2.0, 1.0]))

    assert weighted == auc(np.array([True, False, False, False]), np.array([0.5, 0.6, 0.6, 0.1]))


def test_stating_the_base_rate_has_no_skill_and_confident_errors_have_less() -> None:
    silent = np.array([True, False, False, False])

    assert brier_skill(silent, np.full(4, 0.25)) == pytest.approx(0.0)
    assert brier_skill(silent, 1.0 - silent) < -1
    assert np.isnan(brier_skill(np.zeros(3, dtype=bool), np.zeros(3)))


def test_calibration_error_is_the_mean_gap() -> None:
    silent = np.array([False] * 50 + [True] * 50)

    assert calibration_error(silent, np.array([0.1] * 50 + [0.8] * 50), bins=2) == pytest.approx(0.15)


def test_reliability_marks_what_chance_cannot_explain() -> None:
    silent = np.array([True] * 30 + [False] * 70 + [True] * 90 + [False] * 10)

    table = reliability(silent, np.array([0.3] * 100 + [0.5] * 100), bins=2)

    assert table["in_band"].to_list() == [True, False]
    assert table["observed"].to_list() == [0.3, 0.9]


def test_top_and_average_precision() -> None:
    silent, score = np.array([True, False, True, False]), np.array([4.0, 3.0, 2.0, 1.0])

    assert precision_in_top(silent, score, 0.5) == 0.5
    assert average_precision(silent, score) == pytest.approx((1 + 2 / 3) / 2)


def test_ranges_and_quantiles() -> None:
    units = np.array([0.0, 5.0, 11.0])

    assert coverage(units, np.zeros(3), np.array([0.0, 5.0, 10.0])) == pytest.approx(2 / 3)
    assert pinball(units, np.array([0.0, 5.0, 11.0]), 0.9) == 0.0


def test_the_difference_of_a_score_to_itself_is_nothing_in_every_draw() -> None:
    rng = np.random.default_rng(0)
    product, cutoff = np.tile(np.arange(50), 3), np.repeat([1, 2, 3], 50)
    silent = rng.random(150) < 0.3
    score = silent + rng.normal(size=150)

    area, other, same, worse = bootstrap(product, cutoff, silent, [score, rng.normal(size=150)], draws=40)

    assert same == (0.0, 0.0, 0.0)
    assert area[1] <= area[0] <= area[2]
    assert other[0] < area[0]
    assert worse[2] < 0
