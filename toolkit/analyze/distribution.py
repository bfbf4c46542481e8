"""One predictive distribution per product and horizon, from which every figure shown or priced is read.

With P(nothing sold) and the spread of past forecast errors it is stored as units at fifty levels of probability. Means,
quantiles, P(stock cleared), the units left and the value of keeping are all sums over the same levels, so they
cannot contradict each other: P(nothing sold) does not rise and no quantile falls with the horizon; q10 ≤ q50 ≤ q90;
P(cleared) ≤ 1 − P(nothing sold) for any stock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.analyze.scorecard import LEVELS, Scorecard, size_class

__all__ = ["STEPS", "Demand", "predict"]

Floats = np.ndarray
TOGETHER = 8192
"""So many products at a time: what is worked out for them on the way would fill the memory for a million."""
STEPS = (np.arange(50) + 0.5) / 50
"""The levels of probability: each stands for 2 % of what may happen."""
LONGEST_WEEKS = 104.0
"""A clear date later than this is not given."""


@dataclass(frozen=True)
class Demand:
    """What products may sell in each of several horizons (weeks, ascending)."""

    horizons: tuple[int, ...]
    p_no_sale: Floats
    """products × horizons."""
    units: Floats
    """products × horizons × levels: units (not rounded) that are reached with probability 1 − level; ascending."""

    def mean(self) -> Floats:
        """Expected units, products × horizons."""
        return self.units.mean(axis=2)

    def quantile(self, level: float) -> Floats:
        """Whole units not exceeded with probability `level`; 0 exactly when P(no sale) ≥ level; products × horizons."""
        place = np.clip(level * len(STEPS) - 0.5, 0, len(STEPS) - 1)
        low = int(place)
        high = min(low + 1, len(STEPS) - 1)
        value = self.units[:, :, low] + (place - low) * (self.units[:, :, high] - self.units[:, :, low])
        return np.where(self.p_no_sale >= level, 0.0, np.maximum(np.round(value), 1.0))

    def p_reach(self, stock: Floats) -> Floats:
        """P(units sold ≥ stock), products × horizons; 1 where the stock is 0 or less; NaN where it is unknown."""
        reach = np.full(self.p_no_sale.shape, np.nan)
        reach[stock <= 0] = 1.0
        for part in parts(len(stock)):
            held = part.start + np.flatnonzero(stock[part] > 0)
            reach[held] = Demand(self.horizons, self.p_no_sale[held], self.units[held])._reach(stock[held])
        return reach

    def _reach(self, stock: Floats) -> Floats:
        """The same where all stock is known and above 0."""
        goal = np.broadcast_to(stock[:, None] - 0.5, self.p_no_sale.shape)
        below = np.count_nonzero(self.units < goal[:, :, None], axis=2)
        reach = 1 - below / len(STEPS) + self._part(goal, below)
        reach = np.where(below == 0, 1 - self._beyond(goal, 0, 2), reach)
        reach = np.where(below == len(STEPS), self._beyond(goal, -1, -3), reach)
        bounded = np.clip(np.minimum(reach, 1 - self.p_no_sale), 0.0, 1.0)
        bounded = np.where(stock[:, None] <= 1, 1 - self.p_no_sale, bounded)
        return np.maximum.accumulate(bounded, axis=1)

    def _beyond(self, goal: Floats, outermost: int, inner: int) -> Floats:
        """What lies between a goal and infinity (or 0) where all levels are on its other side: a power of the units.

        The outermost level leaves out 1 %, the inner one 5 %; through both goes the power. 0 where nothing is sold.
        """
        last, near = self.units[:, :, outermost], self.units[:, :, inner]
        known = (last > 0) & (near > 0) & (near != last) & (goal > 0)
        steps = np.abs(np.log(np.where(known, near / np.where(known, last, 1.0), 2.0)))
        further = np.abs(np.log(np.where(known, goal / np.where(known, last, 1.0), 1.0)))
        return np.where(known, 0.01 * 5 ** -(further / steps), 0.0)

    def _part(self, goal: Floats, below: np.ndarray) -> Floats:
        """Where between two levels the goal lies, in shares of a level, minus half a level."""
        last = len(STEPS) - 1
        high = np.take_along_axis(self.units, np.clip(below, 0, last)[:, :, None], 2)[:, :, 0]
        low = np.take_along_axis(self.units, np.clip(below - 1, 0, last)[:, :, None], 2)[:, :, 0]
        inside = (below > 0) & (below <= last) & (high > low)
        share = np.divide(high - goal, high - low, out=np.full(high.shape, 0.5), where=inside)
        return (share - 0.5) / len(STEPS)

    def units_left(self, stock: Floats) -> Floats:
        """Expected units of the stock still there at the end of each horizon; NaN where the stock is unknown."""
        each = np.empty(self.p_no_sale.shape)
        for part in parts(len(stock)):
            each[part] = np.maximum(stock[part, None, None] - self.units[part], 0.0).mean(axis=2)
        return each

    def weeks_to_clear(self, stock: Floats) -> Floats:
        """Weeks until the stock is as likely cleared as not: the median; NaN beyond two years or for unknown stock.

        Between horizons the median grows evenly; after the last it goes on at its mean pace.
        """
        median = self.units[:, :, len(STEPS) // 2]
        knots = np.array([0.0, *self.horizons])
        reached = np.column_stack([np.zeros(len(median)), median])
        weeks = np.full(len(median), np.nan)
        for k in range(1, len(knots)):
            low, high = reached[:, k - 1], reached[:, k]
            hit = np.isnan(weeks) & (high >= stock) & (high > low)
            weeks[hit] = knots[k - 1] + (knots[k] - knots[k - 1]) * ((stock - low) / np.maximum(high - low, 1e-12))[hit]
        pace = reached[:, -1] / knots[-1]
        later = np.divide(stock, pace, out=np.full(len(pace), np.inf), where=pace > 0)
        weeks = np.where(np.isnan(weeks), later, weeks)
        weeks = np.where(stock <= 0, 0.0, weeks)
        return np.where(np.isnan(stock) | (weeks > LONGEST_WEEKS), np.nan, weeks)

    def at(self, horizon: int) -> Floats:
        """Units at the levels for one horizon, products × levels."""
        return self.units[:, self.horizons.index(horizon), :]


def parts(size: int) -> Iterator[slice]:
    """So many products, `TOGETHER` at a time."""
    return (slice(first, min(first + TOGETHER, size)) for first in range(0, size, TOGETHER))


def predict(cards: Sequence[Scorecard], signs: Callable[[int, slice], Floats], least: Floats, stays: Floats) -> Demand:
    """What products may sell, by one scorecard for each horizon, ascending; longer horizons never sell less.

    `signs` gives the design of a horizon (weeks) for some of the products, so that never that of all need be kept.
    P(no sale) is never below `least`; beyond the first horizon, nor below `stays`, as far as the first one allows.
    """
    p_no_sale = np.empty((len(least), len(cards)))
    units = np.empty((len(least), len(cards), len(STEPS)))
    for part in parts(len(least)):
        floor = least[part]
        for place, card in enumerate(cards):
            p_no_sale[part, place], units[part, place] = _predict(card, signs(card.horizon, part), floor)
            if place == 0:
                floor = np.maximum(floor, np.minimum(stays[part], p_no_sale[part, 0]))
            else:
                np.minimum(p_no_sale[part, place - 1], p_no_sale[part, place], out=p_no_sale[part, place])
                np.maximum(units[part, place - 1], units[part, place], out=units[part, place])
    return Demand(tuple(card.horizon for card in cards), p_no_sale, units)


def _predict(card: Scorecard, signs: Floats, least: Floats) -> tuple[Floats, Floats]:
    """P(no sale), and units at the levels, of each product for the scorecard's horizon.

    P(no sale) is never below `least`. Level u of the whole is level (u − p₀)/(1 − p₀) of those that sell; below p₀ nothing is sold.
    """
    p_no_sale = np.maximum(card.p_no_sale(signs), least)
    forecast = card.log_units(signs)
    left = (STEPS - p_no_sale[:, None]) / np.maximum(1 - p_no_sale[:, None], 1e-9)
    # Outside the levels errors go on as they do between the outermost two.
    place = (np.maximum(left, 0.0) - LEVELS[0]) / (LEVELS[1] - LEVELS[0])
    # Numbers are cut to 32 bits much faster than to 64, and rows picked faster by 64.
    low = np.minimum(np.maximum(place, 0.0).astype(np.int32), len(LEVELS) - 2).astype(np.int64)
    rise = np.diff(card.errors, axis=1, append=np.nan)
    cell = low + (size_class(forecast) * len(LEVELS))[:, None]
    log_units = card.errors.take(cell) + (place - low) * rise.take(cell) + forecast[:, None]
    units = np.maximum(np.exp(np.minimum(log_units, 25.0)), 1.0)
    return p_no_sale, units * (left > 0)
