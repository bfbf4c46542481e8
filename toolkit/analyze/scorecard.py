"""How likely is it that a product sells nothing, and how much does it sell if it does? A calibrated scorecard.

Ridge-logistic regression on the signs of `toolkit.analyze.signs`, pulled towards weights that are shipped: they were
fitted by `benchmarks/fit_prior.py` on public and simulated shops. A shop's own finished past (cutoffs whose weeks
ahead are over) moves the weights; without one the shipped weights are used as they are, and `Scorecard.own_cases`
is 0. The same signs, with least squares, give the log of the units of those products that do sell; the spread around
it is taken from past errors as it was, by size of the forecast, not from a formula.

Closed weeks ahead: a product that could not be bought for half of the weeks ahead or more is no case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from toolkit.analyze.design import Shop, design
from toolkit.analyze.past import Past
from toolkit.analyze.signs import COLUMNS, WEEK, Look, looks

__all__ = [
    "LEVELS", "Cases", "Prior", "Scorecard", "carried_errors", "cases_of", "finished_days", "fit_logistic", "fit_scorecards",
    "fit_units", "mixed_errors", "prior_digest", "prior_from", "shipped_prior", "size_class", "surprise",
]  # fmt: skip

Floats = np.ndarray
LEVELS = np.linspace(0.02, 0.98, 49)
"""Probability levels at which past errors are kept."""
SIZE_EDGES = np.log([1.5, 3.0, 6.0, 12.0, 25.0, 50.0, 120.0])
"""Classes of the forecast (log units) with errors of their own."""
PULL, LEVEL_PULL = 30.0, 0.3
"""Precision with which a weight, and the level, is held to the prior: worth about so many undecided cases."""
OWN_ERRORS = 30.0 / 8
"""Own past errors of a class that weigh as much as the shipped ones, per week ahead: the weeks ahead of cutoffs four
weeks apart overlap, so the longer they are the less each case says anew."""
UNIT_SIGNS = (
    "level", "silence", "often_26", "units_3", "units_26", "never", "off_after", "words_rise", "season_turn", "season_ahead", "stale",
)  # fmt: skip
"""The signs that the forecast of units uses: more of them fit better and travel worse."""
_UNITS = np.array([COLUMNS.index(name) for name in UNIT_SIGNS])
FLOOR, SURE_EVERY = 0.002, 4
BEND_CASES = 3000
"""So many cases are enough to tell how the likelihood bends."""
EVERY, MOST_CUTOFFS, NEWEST, MOST_CASES, SHORTEST = 28, 6, 3, 3000, 28


@dataclass(frozen=True)
class Cases:
    """Products seen at finished cutoffs: their signs, and the units they then sold (would have, open all the time)."""

    signs: Floats
    units: Floats
    weight: Floats
    """The open share of the weeks ahead, times `stands_for`."""
    stands_for: Floats
    """How many products each case stands for, see `Look.stands_for`."""
    cutoff: np.ndarray
    """Which cutoff they were seen at, 0 being the newest."""


@dataclass(frozen=True)
class Prior:
    """Shipped weights for one horizon."""

    silent: Floats
    """Log odds of selling nothing, per column of the design."""
    units: Floats
    """Log of the units sold, given some are."""
    errors: Floats
    """One row per size class: past errors (log units) at `LEVELS`."""


@dataclass(frozen=True)
class Scorecard:
    """Weights for one horizon, as used for one shop."""

    horizon: int
    silent: Floats
    units: Floats
    errors: Floats
    floor: float
    """What may stop even the surest seller: the least that P(no sale) is given."""
    own_cases: int
    """Cases of the shop's own past behind the weights; 0: the shipped ones as they are."""

    def p_no_sale(self, signs: Floats) -> Floats:
        """P(no unit sold in the horizon) = floor + (1 − floor) · logistic(signs · weights)."""
        return self.floor + (1 - self.floor) * _share(signs @ self.silent)

    def log_units(self, signs: Floats) -> Floats:
        """Expected log of the units sold, given some are."""
        return signs @ self.units

    def weighed(self, signs: Floats) -> Floats:
        """What each sign adds to the log odds of selling nothing: the explanation of a probability."""
        return signs * self.silent


@lru_cache(maxsize=1)
def shipped_prior() -> dict[int, Prior]:
    """The shipped weights by horizon in weeks."""
    text = resources.files("toolkit.analyze").joinpath("scorecard_prior.json").read_text(encoding="utf-8")
    return prior_from(json.loads(text))


def prior_digest() -> str:
    """A fingerprint of the shipped weights: two runs of one fingerprint started from the same prior."""
    data = resources.files("toolkit.analyze").joinpath("scorecard_prior.json").read_bytes()
    return hashlib.sha256(data).hexdigest()[:16]


def prior_from(stored: dict[str, Any]) -> dict[int, Prior]:
    """Weights by horizon from their stored form; columns are matched by name, unknown ones weigh nothing."""
    place = {name: i for i, name in enumerate(stored["columns"])}
    keep = [place.get(name, -1) for name in COLUMNS]

    def column(values: list[float]) -> Floats:
        return np.array([*values, 0.0])[keep]

    return {
        int(horizon): Prior(column(one["silent"]), column(one["units"]), np.array(one["errors"]))
        for horizon, one in stored["horizons"].items()
    }


def finished_days(past: Past, horizon: int) -> list[int]:
    """Mondays of the past, four weeks apart, whose `horizon` weeks ahead are over; newest first.

    All lie a multiple of four weeks back, so that looks serve several horizons; those with less
    than four weeks of sales before them are no use, nor are those within a period of which only the total is known.
    """
    monday = past.end - (past.end + 3) % WEEK
    newest = monday - -(-horizon * WEEK // EVERY) * EVERY
    days = range(newest, past.start + SHORTEST - 1, -EVERY)
    return [day for day in days if past.totals is None or not past.totals.runs(day)][:MOST_CUTOFFS]


def cases_of(past: Past, view: Look, shop: Shop, horizon: int, days: Sequence[int]) -> Cases:
    """The active products seen from some of the view's days, whose weeks ahead are over (`days`: the newest first).

    What sold in the open part of the weeks ahead is the least that was wanted: it is scaled to the whole.
    """
    seen = np.flatnonzero(np.isin(view.days, days)[view.at] & view.is_active)
    day = np.array(view.days)[view.at[seen]]
    closed = past.by_week.between(view.rows[seen], day, day + horizon * WEEK) / horizon
    kept = closed < 0.5
    chosen, day, open_share = seen[kept], day[kept], 1 - closed[kept]
    sold = past.net_units.between(view.rows[chosen], day, day + horizon * WEEK)
    stands_for = view.stands_for[chosen]
    cutoff = np.searchsorted(-np.array(days), -np.array(view.days))[view.at[chosen]]
    signs = design(past, view, shop, horizon, chosen)
    return Cases(signs, sold / open_share, open_share * stands_for, stands_for, cutoff)


def fit_scorecards(past: Past, shop: Shop, horizons: Sequence[int], prior: dict[int, Prior]) -> dict[int, Scorecard]:
    """The shop's scorecards by horizon (weeks, ascending): the prior, moved by the shop's own finished cutoffs.

    A longer horizon has fewer finished cutoffs, often none. So it starts from its shipped weights *plus* what the
    shorter horizon before it has learned about this shop.
    """
    days = sorted({day for horizon in horizons for day in finished_days(past, horizon)})
    view = looks(past, days, MOST_CASES, every=SURE_EVERY) if days else None
    cards: dict[int, Scorecard] = {}
    before: tuple[Prior, Scorecard] | None = None
    for horizon in horizons:
        shipped = prior[min(prior, key=lambda h: abs(np.log(h / horizon)))]
        start = shipped if before is None else _carried(shipped, *before, horizon)
        cards[horizon] = fit_scorecard(past, shop, horizon, start, view)
        before = shipped, cards[horizon]
    return cards


def _carried(shipped: Prior, start: Prior, learned: Scorecard, horizon: int) -> Prior:
    """Shipped weights of one horizon plus what a shorter one, which began at `start`, has learned."""
    return Prior(
        shipped.silent + learned.silent - start.silent,
        shipped.units + learned.units - start.units,
        carried_errors(shipped.errors, learned.errors - start.errors, learned.horizon / horizon),
    )


def carried_errors(shipped: Floats, learned: Floats, share: float) -> Floats:
    """Shipped errors of one horizon, moved by what a horizon `share` times as long has learned of the shop's own.

    Where the shop is off on the middle, it is so at every horizon. Where its errors are narrower than the shipped ones,
    they stay so. Where they are wider, it is because its orders are lumpier, and lumps average out with the square root
    of the weeks.

    >>> wider = np.where(LEVELS < 0.5, -0.2, 0.2)[None, :] * (LEVELS != 0.5)
    >>> carried_errors(np.zeros((1, 49)), wider, 0.25)[0, [0, 24, 48]].tolist()
    [-0.1, 0.0, 0.1]
    """
    shift = learned[:, [len(LEVELS) // 2]]
    widened = learned - shift
    is_wider = widened * np.sign(LEVELS - 0.5) > 0
    return np.maximum.accumulate(shipped + shift + widened * np.where(is_wider, np.sqrt(share), 1.0), axis=1)


def fit_scorecard(past: Past, shop: Shop, horizon: int, start: Prior, view: Look | None) -> Scorecard:
    """The scorecard for one horizon: `start`, moved by the shop's own finished cutoffs, if it has any."""
    cases = None if view is None else cases_of(past, view, shop, horizon, finished_days(past, horizon))
    if cases is None or not len(cases.units):
        return Scorecard(horizon, start.silent, start.units, start.errors, FLOOR, 0)
    signs, units, weight, many = cases.signs, cases.units, cases.weight, cases.stands_for
    pull = np.full(len(COLUMNS), PULL)
    pull[0] = LEVEL_PULL
    silent = fit_logistic(signs, units <= 0, start.silent, pull, weight)
    sold = units > 0
    slopes = fit_units(signs, units, start.units, pull, weight)
    # The oldest cutoffs had little history before them, so their errors are larger than today's would be.
    late = np.repeat(np.flatnonzero(sold & (cases.cutoff < NEWEST)), many[sold & (cases.cutoff < NEWEST)].astype(int))
    errors = mixed_errors((signs @ slopes)[late], np.log(units[late]), start.errors, OWN_ERRORS * horizon)
    floor = surprise(_share(signs @ silent), units <= 0, many)
    return Scorecard(horizon, silent, slopes, errors, floor, int(many.sum()))


def surprise(p: Floats, is_silent: np.ndarray, stands_for: Floats) -> float:
    """How much more often than stated the surest third sold nothing: off sale, gone over night, out of stock.

    (silent − Σ p + 200 · 0.2 %) / (cases + 200), never below 0: 200 cases hold it near the usual 0.2 %.

    >>> surprise(np.full(300, 0.001), np.zeros(300, dtype=bool), np.ones(300)) < 0.002
    True
    """
    order = np.argsort(p)
    sure = order[np.cumsum(stands_for[order]) <= stands_for.sum() // 3]
    extra = ((is_silent - p) * stands_for)[sure].sum()
    return float(max((extra + 200 * FLOOR) / (stands_for[sure].sum() + 200), 0.0))


def _share(odds: Floats) -> Floats:
    """1 / (1 + e^−odds), without overflow at either end."""
    return 1 / (1 + np.exp(np.minimum(-odds, 700.0)))


def fit_logistic(signs: Floats, is_silent: Floats, prior: Floats, pull: Floats, weight: Floats) -> Floats:
    """Weights that maximise Σ weight · log-likelihood − ½ Σ pull (w − prior)², by Newton steps that never overshoot."""
    # The bend only shapes the steps, the slope says where they end: some of the cases do, and half the digits.
    every = max(len(signs) // BEND_CASES, 1)
    rough, shares = signs[::every].astype(np.float32), every * weight[::every]
    side = np.where(is_silent, -1.0, 1.0)

    def loss(odds: Floats, w: Floats) -> float:
        against = side * odds
        each = np.maximum(against, 0.0) + np.log1p(np.exp(-np.abs(against)))
        return float(weight @ each + 0.5 * pull @ (w - prior) ** 2)

    w, odds = prior.copy(), signs @ prior
    now = loss(odds, w)
    for _ in range(25):
        p = _share(odds)
        slope = signs.T @ (weight * (p - is_silent)) + pull * (w - prior)
        curved = rough * np.sqrt(shares * (p * (1 - p))[::every]).astype(np.float32)[:, None]
        step = np.linalg.solve((curved.T @ curved).astype(float) + np.diag(pull), slope)
        along = signs @ step
        size, after = 1.0, loss(odds - along, w - step)
        while after > now - 1e-4 * size * (slope @ step) and size > 1e-3:
            size /= 2
            after = loss(odds - size * along, w - size * step)
        if after >= now:
            break
        w, odds, gain, now = w - size * step, odds - size * along, now - after, after
        if gain < 1e-5 * now:
            break
    return w


def fit_units(signs: Floats, units: Floats, prior: Floats, pull: Floats, weight: Floats) -> Floats:
    """Weights of `UNIT_SIGNS` that minimise Σ weight (log units − signs·w)² + Σ pull (w − prior)²; the others are 0.

    Cases that sold nothing say nothing.
    """
    sold = units > 0
    used, share = signs[:, _UNITS], np.where(sold, weight, 0.0)
    weighted = used * share[:, None]
    gap = weighted.T @ (np.log(np.where(sold, units, 1.0)) - signs @ prior)
    w = prior.copy()
    w[_UNITS] += np.linalg.solve(weighted.T @ used + np.diag(pull[_UNITS]), gap)
    return w


def size_class(log_units: Floats) -> np.ndarray:
    """Which size class a forecast belongs to, 0 being the smallest."""
    return np.searchsorted(SIZE_EDGES, log_units)


def mixed_errors(forecast: Floats, truth: Floats, prior: Floats | None, pull: float = 0.0) -> Floats:
    """Past errors at `LEVELS` per size class: own ones weigh n / (n + pull) against the prior's."""
    of = size_class(forecast)
    error = truth - forecast
    rows = []
    for number in range(len(SIZE_EDGES) + 1):
        own = error[of == number]
        start = prior[number] if prior is not None else None
        if len(own) < 5:
            rows.append(start if start is not None else _quantiles(error))
            continue
        share = len(own) / (len(own) + pull) if start is not None else 1.0
        rows.append(share * _quantiles(own) + (1 - share) * (start if start is not None else 0.0))
    return np.array(rows)


def _quantiles(values: Floats) -> Floats:
    """Quantiles at `LEVELS`, straight between neighbours."""
    return np.interp(LEVELS * (len(values) - 1), np.arange(len(values)), np.sort(values))
