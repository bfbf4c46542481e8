from __future__ import annotations

import numpy as np

from toolkit.analyze.keeping import Terms
from toolkit.backtest.money import captured, drawn_stock, true_value


def test_delisting_nothing_captures_nothing_and_hindsight_everything() -> None:
    value = np.array([-10.0, 5.0, -1.0])

    assert captured(value, np.zeros(3, dtype=bool)) == 0.0
    assert captured(value, value < 0) == 1.0
    assert captured(value, np.array([False, True, False])) < 0
    assert np.isnan(captured(np.array([1.0]), np.array([True])))


def test_drawn_stock_is_repeatable_never_empty_and_eight_weeks_in_the_middle() -> None:
    recent = np.full(4001, 26.0 * 5)

    stock = drawn_stock(recent, seed=1)

    assert np.array_equal(stock, drawn_stock(recent, seed=1))
    assert 36 < np.median(stock) < 44
    assert drawn_stock(np.zeros(3), seed=1).tolist() == [1.0, 1.0, 1.0]


def test_returns_beyond_sales_are_worth_no_less_than_selling_nothing() -> None:
    terms = Terms()
    back, none = (
        true_value(np.array([u]), np.array([5.0]), np.array([10.0]), np.array([4.0]), 8, terms) for u in (-3.0, 0.0)
    )

    assert back == none
