"""How much of an ordinary week is a week worth? A clock per category that runs slowly out of season.

Twenty silent weeks of a sandal in winter are worth perhaps two. The weights are those of the 52 weeks of the year,
from whole years of known sales, smoothed over three weeks, each category pulled towards the shop and the shop towards
1; they mean 1 over a year. Before a whole year is known there is one clock for all, and it is the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from toolkit.analyze.past import SPAN, Closed, Past

__all__ = ["SeasonClock", "season_clock"]

Floats = np.ndarray
WEEK, WEEKS_A_YEAR = 7, 52
SHOP_PULL, GROUP_PULL = 800.0, 20.0
"""Square-rooted units a year that the flat line weighs against the shop's, and the shop's line against a category's."""


@dataclass(frozen=True)
class SeasonClock:
    """Cumulated season weeks: one row per category (the last one for products without), one column per week edge."""

    start: int
    cumulated: Floats
    closed: Closed
    """Closed weeks, each at what it would have been worth."""
    category_share: Floats
    """How much of each category's line is its own evidence, 0 to 1; the rest is the shop's line."""
    shop_share: float
    """How much of the shop's line is evidence; the rest is flat."""

    def open_weeks(self, product: np.ndarray, group: np.ndarray, first: np.ndarray, last: np.ndarray) -> Floats:
        """Season weeks in which these products, of these categories, could be bought."""
        return np.maximum(self.weeks(group, first, last) - self.closed.between(product, first, last), 0.0)

    def weeks(self, group: np.ndarray, first: np.ndarray, last: np.ndarray) -> Floats:
        """Season weeks of products of these categories from day `first` up to, not including, day `last`."""
        return self._at(group, last) - self._at(group, first)

    def ahead(self, day: int, weeks: float) -> Floats:
        """What a week of the next `weeks` weeks is worth on average, per category."""
        everyone = np.arange(len(self.cumulated))
        first = np.full(len(everyone), day)
        return self.weeks(everyone, first, first + int(weeks * WEEK)) / weeks

    def behind(self, day: int, half_life: float) -> Floats:
        """What a week before `day` was worth on average, old weeks forgotten by half-life, per category."""
        known = max((day - self.start) // WEEK, 1)
        fade = np.exp2(-np.arange(known, 0, -1) / half_life)
        return np.diff(self.cumulated[:, : known + 1], axis=1) @ fade / fade.sum()

    def _at(self, group: np.ndarray, day: np.ndarray) -> Floats:
        place = np.clip((day - self.start) / WEEK, 0, self.cumulated.shape[1] - 1.001)
        low = place.astype(int)
        left, right = self.cumulated[group, low], self.cumulated[group, low + 1]
        return left + (place - low) * (right - left)


def season_clock(past: Past, day: int) -> SeasonClock:
    """The clock as known on the evening before `day`; it runs on for two years after it."""
    groups = int(past.group.max(initial=-1)) + 1
    edges = (day - past.start) // WEEK + 2 * WEEKS_A_YEAR + 2
    weight, category_share, shop_share = _weights(past, day, groups)
    of_year = np.arange(edges - 1) % WEEKS_A_YEAR
    steps = weight[:, of_year]
    cumulated = np.concatenate([np.zeros((groups + 1, 1)), np.cumsum(steps, axis=1)], axis=1)
    clock = SeasonClock(past.start, cumulated, past.closed, category_share, shop_share)
    return clock if years_known(past, day) < 1 else replace(clock, closed=_worth(past, clock, groups))


def years_known(past: Past, day: int) -> int:
    """Whole years of 52 weeks of which sales are known before `day`."""
    return int((day - past.start) // (WEEK * WEEKS_A_YEAR))


def _worth(past: Past, clock: SeasonClock, groups: int) -> Closed:
    """Closed weeks at their worth; those of the whole shop at the shop's."""
    closed, day = past.closed, past.closed.key % SPAN
    own = clock.weeks(past.group[closed.key // SPAN], day, day + WEEK)
    shop = clock.weeks(np.full(len(closed.shop_day), groups), closed.shop_day, closed.shop_day + WEEK)
    return replace(closed, weeks=closed.weeks * own, shop_weeks=closed.shop_weeks * shop)


def _weights(past: Past, day: int, groups: int) -> tuple[Floats, Floats, float]:
    """Weight of each week of the year, counted from the first known day; row `groups` is the shop. And the evidence:
    how much of each row is its own, and of the shop's line."""
    flat, share = np.ones((groups + 1, WEEKS_A_YEAR)), np.zeros(groups + 1)
    years = years_known(past, day)
    if years < 1:
        return flat, share, 0.0
    since = day - years * WEEK * WEEKS_A_YEAR
    sold = past.sold
    rows = slice(*np.searchsorted(sold.day, (since, day)))
    week = (sold.day[rows] - past.start) // WEEK % WEEKS_A_YEAR
    # Square roots keep one large order from making a season.
    units = np.sqrt(sold.units[rows])
    group = past.group[sold.product[rows]]
    shop = _smooth(np.bincount(week, units, WEEKS_A_YEAR)[None, :] / years)
    shop_share = float(shop.mean() / (shop.mean() + SHOP_PULL / WEEKS_A_YEAR))
    shop = (shop + SHOP_PULL / WEEKS_A_YEAR) / (shop.mean() + SHOP_PULL / WEEKS_A_YEAR)
    flat[groups] = shop
    if groups:
        known = group >= 0
        each = np.bincount(group[known] * WEEKS_A_YEAR + week[known], units[known], groups * WEEKS_A_YEAR)
        each = _smooth(each.reshape(groups, WEEKS_A_YEAR) / years)
        pull = GROUP_PULL / WEEKS_A_YEAR
        share[:groups] = each.mean(axis=1) / (each.mean(axis=1) + pull)
        flat[:groups] = (each + pull * shop) / (each.mean(axis=1, keepdims=True) + pull)
    return np.maximum(flat, 0.02), share, shop_share


def _smooth(weeks: Floats) -> Floats:
    return (np.roll(weeks, 1, axis=1) + weeks + np.roll(weeks, -1, axis=1)) / 3
