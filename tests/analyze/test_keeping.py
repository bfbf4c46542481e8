from __future__ import annotations

import numpy as np

from toolkit.analyze.keeping import Terms, keeping_value, share_lost, slot_cost

TERMS = Terms(cost_share=0.65, holding_rate_weekly=0.005, slot_share=0.01)


def value(units: float, stock: float) -> float:
    made = keeping_value(np.array([[units]]), np.array([stock]), np.array([100.0]), np.array([65.0]), 2.0, 8, TERMS)
    return float(made[0, 0])


def test_only_what_is_in_stock_can_be_sold() -> None:
    assert value(10, 4) == 35 * 4 - 0.005 * 65 * 2 * 8 - 2 * 8


def test_goods_made_to_order_cost_their_slot_only() -> None:
    assert value(10, float("nan")) == 35 * 10 - 16


def test_stock_that_does_not_sell_loses_money() -> None:
    assert value(0, 50) < 0


def test_a_sure_loss_scores_one_and_a_sure_gain_zero() -> None:
    assert share_lost(np.array([[-1.0, -2.0], [1.0, 2.0]])).tolist() == [1.0, 0.0]
    assert np.isnan(share_lost(np.array([[0.0, 0.0]]))[0])


def test_products_without_a_price_do_not_set_the_cost_of_a_slot() -> None:
    assert slot_cost(np.array([8.0, 8.0]), np.array([100.0, np.nan]), 8, TERMS) == 1.0
