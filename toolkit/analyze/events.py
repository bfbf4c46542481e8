"""How much more, or less, does this shop sell on the days of an event? Measured in its own weeks, and put where the days fall.

Every week that an event touches is held against the shop's ordinary weeks around it (four before and four after, as far
as they are known), so that season and growth are on both sides. What a day of the event is worth in ordinary days follows
by ridge regression of (units / neighbours − 1) on the share of the week that is event, for all events at once:

    effect = argmin Σ (r − share·effect)² / noise + Σ effect² / spread

`noise` is how unlike its neighbours an ordinary stretch of as many weeks is in this shop, `spread` how strong this shop's
events are: both from its own weeks, the latter where the likelihood of what was seen is highest (empirical Bayes). Where
no spread makes the weeks clearly likelier than none, and for events never seen, the multiplier is 1.

A season clock that has learned from last year's weeks holds last year's events, in the weeks where these fell. So the
effect is taken out of those weeks and put into the weeks where the days fall now. The New Year gap is one of supply: where
stock is counted its empty weeks are closed already, so it is only taken out; elsewhere its weeks are worth little, and
silence in them says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl

from toolkit.event_days import EventCalendar

__all__ = ["EventEffects", "EventWeeks", "event_effects", "event_shares", "event_table", "event_weeks"]

Floats = np.ndarray
WEEK, AROUND, LEAST_PLACES = 7, 4, 8
"""Ordinary weeks on each side; ordinary stretches needed to know the noise."""
SPREADS = np.array([0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]) ** 2
CLEARLY = 1.0
"""By how much the log likelihood must rise before any event is believed."""
LEAST = 0.05
"""No day is worth less than this share of an ordinary one."""


@dataclass(frozen=True)
class EventWeeks:
    """The whole weeks of a shop's past, and which of them events touch: laid out once, for many days to look back from."""

    calendar: EventCalendar
    first: int
    """First day of the first week."""
    units: Floats
    """Units sold: a row per category (the last one: unknown), a column per week."""
    told: np.ndarray
    """Whether the shop's sales of all of the week are known."""
    shares: Floats
    """Share of each week that belongs to each event: events × weeks."""
    length: np.ndarray
    """How many weeks on end events touch, for each week; four and more count as four, 0: none does."""
    place: np.ndarray
    """How many ordinary weeks (told, without an event) lie before each week; one entry more than weeks."""
    summed: Floats
    """Units of the first n ordinary weeks: a row per category, the last one the shop's."""
    off: dict[tuple[int, bool], Floats]
    """(length, whether both sides count) → summed squares of how far ordinary stretches of that length are off."""

    def around(self, weeks: np.ndarray, until: int, rows: slice) -> tuple[Floats, np.ndarray]:
        """Mean units of the ordinary weeks around some weeks, both sides counting alike; and whether both are known.

        Only weeks before week `until` are used. A side is known from two weeks on; 0 where neither is.
        """
        place, summed = self.place[weeks], self.summed[rows]
        before, after = np.maximum(place - AROUND, 0), np.minimum(place + AROUND, self.place[until])
        has_before, has_after = place - before >= 2, after - place >= 2
        mean = (summed[:, place] - summed[:, before]) / np.maximum(place - before, 1) * has_before
        mean += (summed[:, after] - summed[:, place]) / np.maximum(after - place, 1) * has_after
        return mean / np.maximum(has_before.astype(int) + has_after, 1), has_before & has_after

    def noise(self, weeks: np.ndarray, until: int, has_both: np.ndarray) -> Floats | None:
        """How far off ordinary stretches like these are: variance of units / neighbours − 1, per week; None: too few.

        Weeks on end are off together: n times the variance of a stretch of n weeks, and that of one week at least.
        """
        variances = np.zeros(len(weeks))
        kind = self.length[weeks] * 2 + has_both
        for one in set(kind.tolist()):
            length, has = one // 2, bool(one % 2)
            count = int(self.place[until]) - length - 2 * AROUND + 1
            if count < LEAST_PLACES:
                return None
            together = length * self.off[length, has][count] / count
            variances[kind == one] = max(together, self.off[1, has][count] / count, 1e-6)
        return variances


def event_weeks(
    calendar: EventCalendar, first: int, units: Floats, *, start: int, end: int, unknown: np.ndarray
) -> EventWeeks:
    """The weeks from day `first` (a Monday) to day `end`, of which sales are known from day `start` on.

    `units` has a row per category and a column per week, fewer where the last weeks sold nothing; `unknown` are first days
    of weeks of which the shop's sales are not known, wholly or in part.
    """
    weeks = max((end - first) // WEEK, 0)
    units = np.pad(units[:, :weeks].astype(float), [(0, 0), (0, max(weeks - units.shape[1], 0))])
    told = np.ones(weeks, dtype=bool)
    told[: max(-(-(start - first) // WEEK), 0)] = False
    gone = (unknown - first) // WEEK
    told[gone[(gone >= 0) & (gone < weeks)]] = False
    shares = event_shares(calendar, first, weeks)
    touched = shares.any(axis=0)
    ordinary = told & ~touched
    run = np.cumsum(np.diff(touched, prepend=False))
    length = np.minimum(np.bincount(run, minlength=1)[run], AROUND) * touched
    of_shop = np.concatenate([units, units.sum(axis=0, keepdims=True)])[:, ordinary]
    summed = np.pad(np.cumsum(of_shop, axis=1), [(0, 0), (1, 0)])
    off = {
        (n, both): _off(summed[-1], n, has_both=both)
        for n in sorted({1, *length[touched].tolist()})
        for both in (False, True)
    }
    place = np.concatenate([[0], np.cumsum(ordinary)])
    return EventWeeks(calendar, first, units, told, shares, length, place, summed, off)


def _off(summed: Floats, length: int, *, has_both: bool) -> Floats:
    """Squares of (units / neighbours − 1) of every ordinary stretch of some weeks, summed up; 0 first."""
    place = np.arange(AROUND, len(summed) - length - AROUND)
    around = (summed[place] - summed[place - AROUND]) / AROUND
    if has_both:
        around = (around + (summed[place + length + AROUND] - summed[place + length]) / AROUND) / 2
    here = (summed[place + length] - summed[place]) / length
    off = np.divide(here, around, out=np.ones(len(place)), where=around > 0) - 1
    return np.concatenate([[0.0], np.cumsum(off**2)])


@dataclass(frozen=True)
class EventEffects:
    """What a day of each event is worth in ordinary days, as one shop's weeks tell it; arrays in the calendar's order."""

    weeks: EventWeeks
    until: int
    """How many of the weeks it is told by."""
    multiplier: Floats
    """1: no effect, or never seen."""
    evidence: Floats
    """How much of the effect that was seen is believed, 0 to 1."""
    is_placed: np.ndarray
    """Whether it is expected again; a gap of supply is not where stock is counted."""

    @property
    def placed(self) -> Floats:
        """What a day of each is expected to be worth when it comes again."""
        return np.where(self.is_placed, self.multiplier, 1.0)

    def worth(self, first: int, weeks: int) -> Floats:
        """What events make each of the weeks from day `first` on worth, past ones and those to come; 1: nothing."""
        return _factor(event_shares(self.weeks.calendar, first, weeks), self.placed)

    def ordinary_units(self) -> Floats:
        """Units of each category and week (see `EventWeeks.units`) as they would have been without events.

        Where an event lifted sales they are divided by what it did; where it stopped them, what the ordinary weeks around
        sold fills the gap, as nothing divided is still nothing.
        """
        weeks, units = self.weeks, self.weeks.units[:, : self.until].copy()
        did = _factor(weeks.shares[:, : self.until], self.multiplier)
        lifted, stopped = (np.flatnonzero(weeks.told[: self.until] & side) for side in (did > 1, did < 1))
        units[:, lifted] /= did[lifted]
        if len(stopped):
            units[:, stopped] += (1 - did[stopped]) * weeks.around(stopped, self.until, slice(-1))[0]
        return units


def event_effects(weeks: EventWeeks, day: int, *, counts_stock: bool) -> EventEffects | None:
    """The effects as the weeks before `day` tell them; None where none changes anything."""
    until = min(max((day - weeks.first) // WEEK, 0), len(weeks.told))
    effect, evidence = _effects(weeks, until)
    if not effect.any():
        return None
    return EventEffects(
        weeks=weeks,
        until=until,
        multiplier=np.maximum(1 + effect, LEAST),
        evidence=evidence,
        is_placed=np.array([not (event.is_gap and counts_stock) for event in weeks.calendar.events]),
    )


def event_table(weeks: EventWeeks, effects: EventEffects | None, day: date, ahead: int) -> pl.DataFrame:
    """One row per event, in the order of the calendar: event, its next days in the `ahead` weeks after `day` (first_day,
    last_day; null: none), multiplier, seen (how many times, by whole weeks), evidence (0..1), is_own, is_placed (false: a
    gap of supply where stock is counted: its multiplier is 1)."""
    events, ones = weeks.calendar.events, np.ones(len(weeks.calendar.events))
    worth, evidence, is_placed = (
        (ones, 0 * ones, ones > 0) if effects is None else (effects.placed, effects.evidence, effects.is_placed)
    )
    runs = {event.name: run for event, run in weeks.calendar.next_runs(day, ahead)}
    seen = (weeks.shares > 0) & weeks.told
    begun = seen & ~np.pad(seen, [(0, 0), (1, 0)])[:, :-1]
    return pl.DataFrame(
        [(event.name, *runs.get(event.name, (None, None)), event.is_own) for event in events],
        schema=_TABLE,
        orient="row",
    ).with_columns(
        multiplier=pl.Series(worth),
        seen=pl.Series(begun.sum(axis=1), dtype=pl.Int64),
        evidence=pl.Series(evidence),
        is_placed=pl.Series(is_placed),
    )


_TABLE = {"event": pl.String, "first_day": pl.Date, "last_day": pl.Date, "is_own": pl.Boolean}


def event_shares(calendar: EventCalendar, first: int, weeks: int) -> Floats:
    """Share of each week from day `first` (days since 1970-01-01) on that belongs to each event: events × weeks.

    >>> from toolkit.event_days import event_calendar
    >>> monday = (date(2026, 11, 9) - date(1970, 1, 1)).days
    >>> event_shares(event_calendar(), monday, 2).round(2).tolist()[2]
    [0.43, 0.0]
    """
    # In steps, so that looks from many days of one past share one array.
    return _shares(calendar, first, -(-weeks // 64) * 64)[:, :weeks]


@lru_cache(maxsize=16)
def _shares(calendar: EventCalendar, first: int, weeks: int) -> Floats:
    begin, days = date(1970, 1, 1) + timedelta(days=first), np.zeros((len(calendar.events), weeks * WEEK))
    for place, event in enumerate(calendar.events):
        for start, end in event.runs(begin, begin + timedelta(weeks=weeks)):
            days[place, max((start - begin).days, 0) : (end - begin).days + 1] = 1
    return days.reshape(len(days), weeks, WEEK).mean(axis=2)


def _factor(shares: Floats, multiplier: Floats) -> Floats:
    return np.prod(1 + (multiplier - 1)[:, None] * shares, axis=0)


def _effects(weeks: EventWeeks, until: int) -> tuple[Floats, Floats]:
    """Effect of each event (multiplier − 1) and the share of it that is evidence; 0 where nothing is clear."""
    nothing = np.zeros(len(weeks.shares)), np.zeros(len(weeks.shares))
    touched = np.flatnonzero(weeks.told[:until] & (weeks.length[:until] > 0))
    (around,), has_both = weeks.around(touched, until, slice(-1, None))
    known = around > 0
    touched, around, has_both = touched[known], around[known], has_both[known]
    noise = weeks.noise(touched, until, has_both)
    if not len(touched) or noise is None:
        return nothing
    seen, sharp = weeks.shares[:, touched], 1 / noise
    strength, turned = np.linalg.eigh((seen * sharp) @ seen.T)
    strength = np.maximum(strength, 0.0)
    told_by = turned.T @ (seen @ ((weeks.units[:, touched].sum(axis=0) / around - 1) * sharp))
    spread = _spread(strength, told_by)
    if spread == 0:
        return nothing
    left = spread / (1 + spread * strength)
    return turned @ (left * told_by), 1 - turned**2 @ left / spread


def _spread(strength: Floats, told_by: Floats) -> float:
    """How strong this shop's events are: the variance of effects that makes the weeks likeliest; 0 where none clearly does.

    `strength` is the precision with which each independent combination of events was seen, `told_by` that times its effect.
    """
    grown = SPREADS[:, None] * strength
    gain = 0.5 * (SPREADS[:, None] * told_by**2 / (1 + grown) - np.log1p(grown)).sum(axis=1)
    return float(SPREADS[gain.argmax()]) if gain.max() > CLEARLY else 0.0
