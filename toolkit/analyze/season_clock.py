"""How much of an ordinary week is a week worth? A clock per category that runs slowly out of season.

Twenty silent weeks of a sandal in winter are worth next to nothing. The weights are those of the 52 weeks of the year, from
whole years of known sales: each category is pulled towards what else its parent category sells, that towards the shop,
and the shop towards 1; they mean 1 over a year. They are not smoothed: silences and weeks ahead are sums of weeks anyway, and a
season has edges, at which smoothed weights call the dead of winter a week of sales. Before a whole year is known there
is one clock for all, and it is the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from toolkit.analyze.events import EventEffects, event_effects
from toolkit.analyze.own_clock import Closed
from toolkit.analyze.past import Past
from toolkit.analyze.week_index import stretches

__all__ = ["SeasonClock", "season_clock"]

Floats = np.ndarray
WEEK, WEEKS_A_YEAR = 7, 52
SHOP_PULL, GROUP_PULL = 800.0, 20.0
"""Units a year that the flat line weighs against the shop's, and the line above (parent's, shop's) against a category's."""
LEAST = 0.002
"""No week is worth nothing."""
MOST_OF_A_WEEK = 0.5
"""A week of the year of which less is known, in all years together, tells nothing."""


@dataclass(frozen=True)
class SeasonClock:
    """Cumulated season weeks: one row per category (the last one for products without), one column per week edge."""

    start: int
    cumulated: Floats
    closed: Closed
    """Closed weeks, each counted as a week."""
    category_share: Floats
    """How much of each category's line is its own evidence, 0 to 1; the rest is the line above."""
    parent_share: Floats
    """How much of the line above a category is the evidence of its parent's other categories; the rest is the shop's."""
    shop_share: float
    """How much of the shop's line is evidence; the rest is flat."""
    events: EventEffects | None = None
    """What the days of events are worth; the weeks hold it already. None: no event changes anything."""

    def open_weeks(self, product: np.ndarray, group: np.ndarray, first: np.ndarray, last: np.ndarray) -> Floats:
        """Season weeks in which these products, of these categories, could be bought."""
        return np.maximum(self.weeks(group, first, last) - self._closed(product, group, first, last), 0.0)

    def _closed(self, product: np.ndarray, group: np.ndarray, first: np.ndarray, last: np.ndarray) -> Floats:
        """Closed weeks at their worth; those of the whole shop at the shop's, and so what a period's total makes up for."""
        closed, index, shop = self.closed, self.closed.own.index, np.array(len(self.cumulated) - 1)
        begin = index.place(product, first)
        end = np.maximum(index.place(product, last), begin)
        entry, case = stretches(begin, end), np.repeat(np.arange(len(product)), end - begin)
        line = np.where(closed.weeks[entry] < 0, shop, group[case])
        worth = closed.weeks[entry] * self.weeks(line, closed.day[entry], closed.day[entry] + WEEK)
        of_shop = closed.shop_weeks * self.weeks(shop, closed.shop_day, closed.shop_day + WEEK)
        so_far = np.concatenate([[0.0], np.cumsum(of_shop)])
        shared = so_far[np.searchsorted(closed.shop_day, last)] - so_far[np.searchsorted(closed.shop_day, first)]
        return np.bincount(case, worth, len(product)) + shared

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

    def without_events(self) -> SeasonClock:
        """The same clock with every day an ordinary one."""
        if self.events is None:
            return self
        each = np.diff(self.cumulated, axis=1)
        plain = np.cumsum(each / self.events.worth(self.start, each.shape[1]), axis=1)
        return replace(self, cumulated=np.pad(plain, [(0, 0), (1, 0)]), events=None)

    def _at(self, group: np.ndarray, day: np.ndarray) -> Floats:
        place = np.clip((day - self.start) / WEEK, 0, self.cumulated.shape[1] - 1.001)
        # Numbers are cut to 32 bits much faster than to 64.
        low = place.astype(np.int32)
        part, cell = place - low, group * self.cumulated.shape[1] + low
        left = self.cumulated.take(cell)
        return left + part * (self.cumulated.take(cell + 1) - left) if part.any() else left


def season_clock(past: Past, day: int) -> SeasonClock:
    """The clock as known on the evening before `day`; it runs on for two years after it."""
    groups = len(past.parent)
    # Whole years before, so that each week keeps its place in the year.
    years_before = -(-(past.start - int(past.known_from.min(initial=past.start))) // (WEEK * WEEKS_A_YEAR))
    start = _first_monday(past) - years_before * WEEK * WEEKS_A_YEAR
    edges = (day - start) // WEEK + 2 * WEEKS_A_YEAR + 2
    events = event_effects(past.event_weeks, day, counts_stock=past.tells_stock)
    weight, category_share, parent_share, shop_share = _weights(past, day, events)
    each = weight[:, np.arange(edges - 1) % WEEKS_A_YEAR]
    if events is not None:
        each *= events.worth(start, edges - 1)
    cumulated = np.zeros((groups + 1, edges))
    np.cumsum(each, axis=1, out=cumulated[:, 1:])
    return SeasonClock(start, cumulated, past.closed, category_share, parent_share, shop_share, events)


def _first_monday(past: Past) -> int:
    """The Monday of the first known week: sales are told by weeks from Monday on, and so is what they are worth."""
    return past.start - (past.start + 3) % WEEK


def years_known(past: Past, day: int) -> int:
    """Whole years of 52 weeks of which sales are known before `day`."""
    return int((day - past.start) // (WEEK * WEEKS_A_YEAR))


def _weights(past: Past, day: int, events: EventEffects | None) -> tuple[Floats, Floats, Floats, float]:
    """Weight of each week of the year, counted from the first known day; the last row is the shop's. And the evidence:
    how much of each category's line is its own, how much of the line above it the parent's, and of the shop's line."""
    groups, years = len(past.parent), years_known(past, day)
    if years < 1:
        return np.ones((groups + 1, WEEKS_A_YEAR)), np.zeros(groups + 1), np.zeros(groups + 1), 0.0
    each = _by_week_of_year(past, day, years, events)
    shop, shop_share = _pulled(each.sum(axis=0), np.ones(WEEKS_A_YEAR), SHOP_PULL)
    above, parent_share = _pulled(_siblings(past.parent, each[:groups]), shop, GROUP_PULL)
    lines, category_share = _pulled(each[:groups], above, GROUP_PULL)
    weight = np.maximum(np.concatenate([lines, shop[None, :]]), LEAST)
    return weight, np.append(category_share, 0.0), np.append(parent_share, 0.0), float(shop_share)


def _pulled(units: Floats, above: Floats, pull: float) -> tuple[Floats, Floats]:
    """Units per week of the year as weights of mean 1, pulled towards the line above; and how much is their own."""
    mean, pull = units.mean(axis=-1, keepdims=True), pull / WEEKS_A_YEAR
    return (units + pull * above) / (mean + pull), (mean / (mean + pull))[..., 0]


def _by_week_of_year(past: Past, day: int, years: int, events: EventEffects | None) -> Floats:
    """Units of each category (the last row: unknown) in each week of the year, on the mean of those of the last whole years
    whose sales are known; what events did to them taken out. A week that no year tells is one like the others."""
    first, units = past.by_category
    if events is not None:
        units = events.ordinary_units()
    weeks = np.arange(-((first - (day - years * WEEK * WEEKS_A_YEAR)) // WEEK), -((first - day) // WEEK))
    place = ((first - _first_monday(past)) // WEEK + weeks) % WEEKS_A_YEAR
    there = (weeks >= 0) & (weeks < units.shape[1])
    sold = np.zeros((len(units), WEEKS_A_YEAR))
    np.add.at(sold.T, place[there], units[:, weeks[there]].T)
    told = np.bincount(place, _told(past, first + weeks * WEEK), WEEKS_A_YEAR)
    is_told = told >= MOST_OF_A_WEEK
    usual = sold[:, is_told].sum(axis=1, keepdims=True) / max(told[is_told].sum(), 1.0)
    return np.where(is_told, sold / np.maximum(told, MOST_OF_A_WEEK), usual)


def _told(past: Past, week: np.ndarray) -> Floats:
    """How much of each of these weeks' sales is known to the shop, 0 to 1."""
    closed, told = past.closed, np.ones(len(week))
    if len(week):
        place = (closed.shop_day - week[0]) // WEEK
        within = (place >= 0) & (place < len(week))
        told[place[within]] -= closed.shop_weeks[within]
    return np.maximum(told, 0.0)


def _siblings(parent: np.ndarray, each: Floats) -> Floats:
    """Units of the other categories of each category's parent."""
    family = np.zeros((int(parent.max(initial=-1)) + 1, each.shape[1]))
    has = parent >= 0
    np.add.at(family, parent[has], each[has])
    others = np.zeros_like(each)
    others[has] = family[parent[has]] - each[has]
    return others
