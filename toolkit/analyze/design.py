"""The scorecard's design matrix: what one look says, beside what the weeks ahead make of it.

Signs of `toolkit.analyze.signs` do not depend on how many weeks ahead are asked about. Those added here do: what
Gamma–Poisson and BG/NBD say, what the season makes of the weeks ahead, and what the same weeks sold last year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.analyze.bgnbd import BgNbd, fit_bgnbd, p_no_repeat
from toolkit.analyze.past import Past
from toolkit.analyze.rate import Crowd, crowd_of, p_silent
from toolkit.analyze.signs import WEEK, YEAR, Look, put_sign

__all__ = ["Shop", "design", "shop_of"]

Floats = np.ndarray


@dataclass(frozen=True)
class Shop:
    """What a shop's products have in common, learned once as of the end of its past."""

    crowd_8: Crowd
    crowd_26: Crowd
    crowd: Crowd
    """Without forgetting."""
    bgnbd: BgNbd


def shop_of(view: Look) -> Shop:
    """What the products of a shop have in common, seen from one look."""
    sold = view.is_sold
    count_8, weeks_8 = view.forgotten[8]
    count_26, weeks_26 = view.forgotten[26]
    on = view.is_active
    return Shop(
        crowd_8=crowd_of(count_8[on], weeks_8[on]),
        crowd_26=crowd_of(count_26[on], weeks_26[on]),
        crowd=crowd_of(view.count[on], view.age[on]),
        bgnbd=fit_bgnbd(np.maximum(view.count[sold] - 1, 0), view.span[sold], view.since_first[sold]),
    )


def design(past: Past, view: Look, shop: Shop, horizon: int, cases: np.ndarray | slice = slice(None)) -> Floats:
    """The signs for one horizon (weeks) as a matrix: one row per case looked at (all, or some), columns as in `COLUMNS`."""
    columns = view.columns[:, cases].copy() if isinstance(cases, slice) else view.columns.take(cases, axis=1)
    for name, values in _ahead_signs(view, shop, horizon, cases).items():
        put_sign(columns, name, values)
    for name, values in _season_signs(past, view, horizon, cases).items():
        # Of the first days the year before is not known: there the sign says nothing.
        put_sign(columns[:, columns.shape[1] - len(values) :], name, values)
    return columns.T


def _ahead_signs(view: Look, shop: Shop, horizon: int, cases: np.ndarray | slice) -> dict[str, Floats]:
    """What Gamma–Poisson and BG/NBD say about the weeks ahead, as logits; weeks count for what the season makes them worth."""
    at, group = view.at[cases], view.group[cases]
    ahead = np.stack([season.ahead(day, horizon) for season, day in zip(view.seasons, view.days, strict=True)])
    worth, signs = horizon * ahead[at, group], {}
    for h, crowd in ((8, shop.crowd_8), (26, shop.crowd_26)):
        count, weeks = (values[cases] for values in view.forgotten[h])
        signs[f"gamma_{h}"] = _logit(p_silent(count, weeks * view.behind[h][at, group], crowd, worth))
    repeats, span = np.maximum(view.count[cases] - 1, 0), view.span[cases]
    bgnbd = _logit(p_no_repeat(shop.bgnbd, repeats, span, span + view.season_silence[cases], worth))
    turn = np.log(np.maximum(ahead, 0.02) / np.maximum(view.behind[8], 0.02))
    return signs | {
        "bgnbd": np.where(view.is_sold[cases], bgnbd, signs["gamma_26"]),
        "season_ahead": turn[at, group],
    }


def _season_signs(past: Past, view: Look, horizon: int, cases: np.ndarray | slice) -> dict[str, Floats]:
    """Last year's same weeks, for the last cases, as far as those weeks are known (two at least)."""
    at, rows, day = view.at[cases], view.rows[cases], np.array(view.days)
    first, last = np.maximum(past.start, day - YEAR - 14), day - YEAR + horizon * WEEK + 14
    known = slice(int(np.searchsorted(at, np.searchsorted(last - first >= 14, True))), None)
    told = ((last - first) / (horizon * WEEK + 28))[at[known]]
    signs = {"year_ago": told * np.log1p(_rate(past, rows[known], first[at[known]], last[at[known]]))}
    known = slice(int(np.searchsorted(at, np.searchsorted(day - YEAR - 13 * WEEK >= past.start, True))), None)
    signs["season_turn"] = _turn(past, rows[known], at[known], day, horizon)
    return {name: values for name, values in signs.items() if len(values)}


def _turn(past: Past, rows: np.ndarray, at: np.ndarray, days: np.ndarray, horizon: int) -> Floats:
    """log (rate ahead / rate behind) a year ago: the shop's pulls the category's, the category's the product's.

    A pull is worth the rate of one mean product for a product, of ten for a category.
    """
    middle = days - YEAR
    first, last = middle - 13 * WEEK, middle + horizon * WEEK
    # Days × categories, the unknown one last.
    ahead, behind = past.category_rates(middle, last), past.category_rates(first, middle)
    typical = np.maximum(behind.sum(axis=1, keepdims=True) / past.size, 1e-3)
    shop = (ahead.sum(axis=1, keepdims=True) + typical) / (behind.sum(axis=1, keepdims=True) + typical)
    group = (ahead + 10 * typical * shop) / (behind + 10 * typical)
    group[:, -1:] = shop
    one, pull = (_rate(past, rows, a[at], b[at]) for a, b in ((middle, last), (first, middle))), typical[at, 0]
    own_ahead, own_behind = one
    pulled = (own_ahead + pull * group[at, past.group[rows]]) / (own_behind + pull)
    return np.clip(np.log(np.maximum(pulled, 1e-6)), -3, 3)


def _rate(past: Past, rows: np.ndarray, first: np.ndarray, last: np.ndarray) -> Floats:
    """Units per week of these products from day `first` up to, not including, `last`."""
    return past.sold.sum_units.between(rows, first, last) / ((last - first) / WEEK)


def _logit(p: Floats) -> Floats:
    odds = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(odds / (1 - odds))
