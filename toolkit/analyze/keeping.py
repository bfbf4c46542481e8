"""What is keeping a product worth, over the weeks to come, for each amount it may sell?

value = margin × min(units, stock) − holding rate × unit cost × mean stock held × weeks − slot cost × weeks

Holding is charged on what the goods tie up, their unit cost; where that is not known, on `cost_share` of the supply price,
as the cost itself. `toolkit.decide.options` weighs keeping the same way. Only the backtest's judge (`toolkit.backtest.money`)
charges it on the price: it judges the public sets by the definition its goals were set with.

Delisting is worth 0 in comparison (salvage is not known). Goods made after each order (JIT) have no stock: they earn
on all units and cost only their slot. These are estimates, in hundredths of the currency's unit, as Float64.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["USUAL_TERMS", "Terms", "keeping_value", "share_lost", "slot_cost"]

Floats = np.ndarray


@dataclass(frozen=True)
class Terms:
    """What keeping costs. All are assumptions that a seller may change."""

    cost_share: float = 0.65
    """Unit cost as a share of the supply price, for products whose cost is not known."""
    holding_rate_weekly: float = 0.005
    """Cost of holding stock, as a share of its unit cost per week."""
    slot_share: float = 0.01
    """Cost of a listing slot per week, as a share of the mean weekly gross margin of a product."""


USUAL_TERMS = Terms()


def slot_cost(mean_units: Floats, margin: Floats, weeks: float, terms: Terms) -> float:
    """What a slot costs per week: a share of what a mean product of the shop earns in a week.

    >>> slot_cost(np.array([8.0, 0.0]), np.array([100.0, 100.0]), 8, Terms())
    0.5
    """
    earned = mean_units * margin
    known = earned[~np.isnan(earned)]
    return float(terms.slot_share * known.mean() / weeks) if len(known) else 0.0


def keeping_value(
    units: Floats,
    stock: Floats,
    price: Floats,
    cost: Floats,
    slot: float,
    weeks: float,
    terms: Terms,
    *,
    tied_up: Floats | None = None,
) -> Floats:
    """Value of keeping each product `weeks` weeks, for each of its possible units (products × levels).

    `stock` is NaN where there is none to hold (JIT) or none is known; `price` and `cost` are per unit, and so is
    `tied_up`, what holding is charged on: the cost by default.

    >>> keeping_value(np.array([[0.0, 10.0]]), np.array([5.0]), np.array([100.0]), np.array([60.0]), 1.0, 10, Terms())
    array([[-25. , 182.5]])
    """
    held = ~np.isnan(stock)
    on_hand = np.where(held, stock, np.inf)[:, None]
    sold = np.minimum(units, on_hand)
    mean_held = np.where(held[:, None], np.where(held[:, None], on_hand, 0.0) - sold / 2, 0.0)
    per_unit = cost if tied_up is None else tied_up
    holding = terms.holding_rate_weekly * per_unit[:, None] * mean_held * weeks
    return (price - cost)[:, None] * sold - holding - slot * weeks


def share_lost(value: Floats) -> Floats:
    """E[max(−V, 0)] / E|V|: the share of what is at stake that keeping would lose; NaN where nothing is.

    >>> share_lost(np.array([[-1.0, 3.0]])).tolist()
    [0.25]
    """
    stake = np.abs(value).mean(axis=1)
    lost = np.maximum(-value, 0).mean(axis=1)
    return np.divide(lost, stake, out=np.full(len(stake), np.nan), where=stake > 0)
