"""What would each method's advice have been worth? Money saved, as a share of what hindsight would have saved.

    value of keeping = margin × min(units, stock) − holding 0.5 %/week × price × mean stock held × weeks − slot × weeks
    saved by delisting = −value;  capture = Σ saved over the delisted / Σ max(saved, 0) over all

Holding is charged on the price here, as the goals were set for shops of which only prices are known; a store's own advice
charges it on the unit cost (`toolkit.analyze.keeping`).

A method that delists nothing captures 0: a negative capture means that keeping everything would have been better. A
method of this package acts only where the share of the stake lost by keeping exceeds `ACT_ABOVE`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.analyze.keeping import USUAL_TERMS, Terms, keeping_value, slot_cost

__all__ = ["ACT_ABOVE", "COST_SETTINGS", "RULES", "break_even_units", "captured", "drawn_stock", "true_value"]

Floats = np.ndarray
ACT_ABOVE = 0.6
COST_SETTINGS = tuple(Terms(cost, slot_share=slot) for slot in (0.002, 0.01, 0.05) for cost in (0.65, 0.85))
"""Slot cost 0.2 %, 1 %, 5 % of the mean weekly gross margin; unit cost 0.65 and 0.85 of the price."""


@dataclass(frozen=True)
class Rule:
    """From which score on a rule of thumb delists."""

    score: str
    above: float


RULES = (
    *(Rule(f"no_sale_{days}d", 0.5) for days in (30, 60, 90, 180)),
    Rule("weeks_of_cover", 52.0),
    Rule("abc_xyz", 7.5),
)
"""Rules with a threshold of their own: silent so long; cover above a year; class CZ."""


def drawn_stock(recent_units: Floats, seed: int) -> Floats:
    """Stock where the data has none: ceil(k × weekly mean of the last 26 weeks), k lognormal (median 8, sigma 0.9).

    At least one unit: what has no stock is not worth a decision.
    """
    k = 8 * np.exp(0.9 * np.random.default_rng(seed).standard_normal(len(recent_units)))
    return np.maximum(np.ceil(k * recent_units / 26), 1.0)


def true_value(units: Floats, stock: Floats, price: Floats, mean_units: Floats, weeks: int, terms: Terms) -> Floats:
    """What keeping each product was worth, by the units it then sold; `mean_units` (known before) set the slot's cost."""
    cost = terms.cost_share * price
    slot = slot_cost(mean_units, price - cost, weeks, terms)
    return keeping_value(np.maximum(units, 0.0)[:, None], stock, price, cost, slot, weeks, terms, tied_up=price)[:, 0]


def break_even_units(
    stock: Floats, price: Floats, mean_units: Floats, weeks: int, terms: Terms = USUAL_TERMS
) -> Floats:
    """Units from which on keeping was worth it; infinite where not even the whole stock sold pays its slot and holding.

    (slot × weeks + r × stock) / (margin + r / 2), with r = holding rate × price × weeks.

    >>> break_even_units(np.array([100.0]), np.array([10.0]), np.array([0.0]), 8).round(2).tolist()
    [10.81]
    """
    margin, holding = (1 - terms.cost_share) * price, terms.holding_rate_weekly * price * weeks
    slot = slot_cost(mean_units, margin, weeks, terms)
    units = (slot * weeks + holding * stock) / (margin + holding / 2)
    return np.where(units <= stock, units, np.inf)


def captured(value: Floats, is_delisted: np.ndarray) -> float:
    """Saved by these delistings, as a share of what hindsight saves; NaN where hindsight saves nothing.

    >>> captured(np.array([-10.0, -5.0, 20.0]), np.array([True, False, False])).__round__(3)
    0.667
    """
    best = np.maximum(-value, 0).sum()
    return float(-value[is_delisted].sum() / best) if best > 0 else float("nan")
