from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from toolkit.analyze.design import shop_of
from toolkit.analyze.past import past_of
from toolkit.analyze.scorecard import (
    LEVELS,
    SIZE_EDGES,
    carried_errors,
    finished_days,
    fit_logistic,
    fit_scorecards,
    fit_units,
    prior_from,
    shipped_prior,
)  # fmt: skip
from toolkit.analyze.signs import COLUMNS, look
from toolkit.schema import WEEKLY_SALES


def test_without_cases_the_weights_stay_at_the_prior() -> None:
    prior = np.array([0.5, -2.0])

    fitted = fit_logistic(np.zeros((0, 2)), np.zeros(0, dtype=bool), prior, np.ones(2), np.zeros(0))

    assert fitted.tolist() == prior.tolist()


def test_many_cases_overrule_a_wrong_prior_even_a_distant_one() -> None:
    rng = np.random.default_rng(0)
    signs = np.column_stack([np.ones(5000), rng.normal(size=5000)])
    silent = rng.random(5000) < 1 / (1 + np.exp(-(signs @ [-1.0, 1.5])))

    fitted = fit_logistic(signs, silent, np.array([8.0, -8.0]), np.ones(2), np.ones(5000))

    assert fitted == pytest.approx([-1.0, 1.5], abs=0.15)


def test_units_use_their_own_few_signs_only() -> None:
    rng = np.random.default_rng(0)
    signs = rng.normal(size=(400, len(COLUMNS)))
    units = np.exp(signs[:, COLUMNS.index("units_26")])

    weights = fit_units(signs, units, np.zeros(len(COLUMNS)), np.ones(len(COLUMNS)), np.ones(400))

    assert weights[COLUMNS.index("units_26")] == pytest.approx(1.0, abs=0.05)
    assert weights[COLUMNS.index("bgnbd")] == 0.0


def test_finished_days_are_mondays_whose_weeks_ahead_are_over() -> None:
    sales = WEEKLY_SALES.frame(product_id=["a"], week_start=[date(2026, 1, 5)], units=[1])
    past = past_of(sales, sales.select("product_id"), as_of=date(2026, 6, 24))

    days = [date(1970, 1, 1) + timedelta(days=d) for d in finished_days(past, 8)]

    assert all(day.weekday() == 0 for day in days)
    assert max(days) + timedelta(weeks=8) <= date(2026, 6, 24)
    assert min(days) >= date(2026, 1, 5) + timedelta(weeks=4)


def test_a_young_shop_is_scored_with_the_shipped_weights_and_says_so() -> None:
    sales = WEEKLY_SALES.frame(product_id=["a", "b"], week_start=[date(2026, 5, 4)] * 2, units=[1, 3])
    past = past_of(sales, sales.select("product_id"), as_of=date(2026, 6, 7))
    view = look(past, past.end)

    cards = fit_scorecards(past, shop_of(view), [8, 13], shipped_prior())

    assert {card.own_cases for card in cards.values()} == {0}
    assert cards[8].silent.tolist() == shipped_prior()[8].silent.tolist()


def test_the_shipped_weights_fit_the_signs_and_say_that_silence_is_a_bad_sign() -> None:
    for horizon, prior in shipped_prior().items():
        assert prior.errors.shape == (len(SIZE_EDGES) + 1, len(LEVELS)), horizon
        assert (np.diff(prior.errors, axis=1) >= 0).all()
        assert prior.silent[COLUMNS.index("off_after")] > 0


def test_weights_are_matched_by_name_so_a_new_sign_starts_at_nothing() -> None:
    stored = {
        "columns": ["level", "silence"],
        "horizons": {"8": {"silent": [1.0, 2.0], "units": [3.0, 4.0], "errors": [[0.0]]}},
    }

    prior = prior_from(stored)[8]

    assert prior.silent[COLUMNS.index("silence")] == 2.0
    assert prior.silent[COLUMNS.index("bgnbd")] == 0.0


def test_a_steadier_shop_stays_so_at_longer_horizons_and_a_shifted_one_stays_shifted() -> None:
    shipped = np.linspace(-1, 1, len(LEVELS))[None, :]

    narrower = carried_errors(shipped, -shipped / 2, 0.5)
    shifted = carried_errors(shipped, np.full_like(shipped, 0.3), 0.5)

    assert narrower == pytest.approx(shipped / 2)
    assert shifted == pytest.approx(shipped + 0.3)
