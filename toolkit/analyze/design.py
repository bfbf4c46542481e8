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
    at, rows = view.at[cases], view.rows[cases]
    for number, day in enumerate(view.days):
        part = slice(*np.searchsorted(at, (number, number + 1)))
        for name, values in _season_signs(past, day, rows[part], horizon).items():
            put_sign(columns[:, part], name, values)
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


def _season_signs(past: Past, day: int, rows: np.ndarray, horizon: int) -> dict[str, Floats]:
    """Last year's same weeks, as far as they are known (two weeks at least)."""
    ahead = (max(past.start, day - YEAR - 14), day - YEAR + horizon * WEEK + 14)
    if ahead[1] - ahead[0] < 14 or not len(rows):
        return {}
    told, everyone = (ahead[1] - ahead[0]) / (horizon * WEEK + 28), np.arange(past.size)
    signs = {"year_ago": told * np.log1p(_rate(past, rows, *ahead))}
    behind = (day - YEAR - 13 * WEEK, day - YEAR)
    if behind[0] >= past.start:
        exact = _rate(past, everyone, day - YEAR, day - YEAR + horizon * WEEK)
        signs["season_turn"] = _turn(exact, _rate(past, everyone, *behind), past.group, rows)
    return signs


def _turn(ahead: Floats, behind: Floats, group: np.ndarray, rows: np.ndarray) -> Floats:
    """log (rate ahead / rate behind) a year ago: the shop's pulls the category's, the category's the product's.

    A pull is worth the rate of one mean product for a product, of ten for a category.
    """
    typical = max(float(behind.mean()), 1e-3)
    shop = (ahead.sum() + typical) / (behind.sum() + typical)
    groups = int(group.max(initial=-1)) + 1
    # Category −1, unknown, comes first.
    for_group = [np.bincount(group + 1, rate, groups + 1)[1:] for rate in (ahead, behind)]
    of_group = np.full(groups + 1, shop)
    of_group[:groups] = (for_group[0] + 10 * typical * shop) / (for_group[1] + 10 * typical)
    pulled = (ahead[rows] + typical * of_group[group[rows]]) / (behind[rows] + typical)
    return np.clip(np.log(np.maximum(pulled, 1e-6)), -3, 3)


def _rate(past: Past, rows: np.ndarray, first: int, last: int) -> Floats:
    """Units per week of these products from day `first` up to, not including, `last`."""
    return past.sold.sum_units.between(rows, first, last) / ((last - first) / WEEK)


def _logit(p: Floats) -> Floats:
    odds = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(odds / (1 - odds))
