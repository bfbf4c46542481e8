"""The signs of demand that a scorecard weighs: what one look at a product's past, from one day, can say.

Every sign is measured on the product's own clock and from rows before the cutoff only. A sign that a shop's files
cannot give (no orders, no titles, no stock movements, no year of history) is 0 after centring: it says nothing.

Signs come in natural units (logs of weeks and of weekly rates), centred and scaled by constants, so that one set of
weights can travel from shop to shop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from toolkit.analyze.bgnbd import BgNbd, fit_bgnbd, p_no_repeat
from toolkit.analyze.past import Past
from toolkit.analyze.rate import Crowd, crowd_of, forgotten_weeks, p_silent
from toolkit.analyze.season_clock import SeasonClock, season_clock
from toolkit.analyze.tally import HALF_LIVES, Tally, last_sale, sale_days, tallies, tally

__all__ = ["COLUMNS", "SIGNS", "STALE_WEEKS", "WEEK", "Look", "Shop", "design", "look", "looks", "shop_of"]

Floats = np.ndarray
WEEK, YEAR = 7, 364
STALE_WEEKS = 4.0
FEW, OFTEN, LATELY = 1000, 6.0, 14
"""More products than this are many; a product surely sells with so many weeks with a sale (half-life 8 weeks), the last
one so many days ago or less."""

SIGNS: dict[str, tuple[float, float]] = {
    # name: (centre, scale), near the mean and spread over real shops
    "silence": (0.5, 1.2),  # log weeks since the last sale
    "silence_over_gap": (0.2, 1.1),  # the same over the mean gap between weeks with a sale
    "second_silence": (0.8, 1.1),  # log weeks since the last sale but one
    "often_3": (-0.9, 1.2),  # log share of weeks with a sale, half-life 3 weeks
    "often_8": (-0.9, 1.0),
    "often_26": (-0.9, 0.8),
    "units_3": (0.9, 2.3),  # log units per week, half-life 3 weeks
    "units_26": (1.3, 1.8),
    "orders_3": (0.2, 1.9),  # log order lines per week
    "orders_26": (0.5, 1.5),
    "age": (3.1, 0.6),  # log weeks since first seen
    "share_4": (0.55, 0.4),  # share of the last 4 weeks with a sale
    "share_13": (0.5, 0.33),
    "one_big_week": (-1.2, 0.7),  # log share of all units sold in the best week
    "gamma_8": (-3.5, 2.8),  # logit P(no sale ahead), Gamma–Poisson, half-life 8 weeks
    "gamma_26": (-3.5, 2.8),
    "bgnbd": (-3.0, 2.8),  # logit P(no sale ahead), BG/NBD
    "never": (0.0, 1.0),  # never sold
    "written_off": (0.4, 0.5),  # log 1 + times stock was written off
    "off_after": (0.15, 0.36),  # stock written off after the last sale
    "found_after": (0.06, 0.24),  # stock found after the last sale
    "off_units": (0.4, 1.2),  # log 1 + units written off after the last sale
    "words_rise": (0.0, 0.35),  # log rise, last 4 weeks over last 13, of products that share title words
    "words_units": (1.6, 0.8),  # log 1 + weekly units of the last 4 weeks of those
    "year_ago": (
        0.0,
        1.5,
    ),  # log 1 + weekly units in the weeks ahead, a year ago (times the share of them that is known)
    "season_turn": (0.0, 0.5),  # log (weeks ahead over weeks behind, a year ago), pooled category → shop
    "season_ahead": (0.0, 0.5),  # log (worth of a week ahead over one behind, half-life 8 weeks), by category
    "season_silence": (0.0, 0.5),  # log (worth of the silence over its length), by category
}
"""The signs in the order of the weights."""
_WITH_STALE = (
    "silence", "silence_over_gap", "often_26", "bgnbd", "one_big_week", "written_off", "off_after", "words_rise",
    "year_ago", "season_turn", "season_ahead", "season_silence",
)  # fmt: skip
COLUMNS = ("level", *SIGNS, "stale", *(f"stale × {name}" for name in _WITH_STALE))
"""What each weight of a scorecard stands for."""
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_STALE = _PLACE["stale"]


@dataclass(frozen=True)
class Shop:
    """What a shop's products have in common, learned once as of the end of its past."""

    crowd_8: Crowd
    crowd_26: Crowd
    crowd: Crowd
    """Without forgetting."""
    bgnbd: BgNbd


@dataclass(frozen=True)
class Look:
    """What is known about products when looking back from one day; arrays in the order of `rows`."""

    day: int
    rows: np.ndarray
    """The products looked at: their numbers in `Past.ids`, ascending."""
    stands_for: Floats
    """How many products each of them stands for: 1, more where others like it are not looked at."""
    count: Floats
    """Weeks with a sale."""
    age: Floats
    """Open weeks since first seen."""
    silence: Floats
    """Open weeks since the last sale (since first seen, when never sold)."""
    span: Floats
    """Open weeks between the first and the last week with a sale."""
    since_first: Floats
    sales: Floats
    """Order lines that sold (weeks with a sale, where orders are not told)."""
    born: np.ndarray
    """First day it could be bought, as far as known."""
    last_sale: np.ndarray
    """Day of the last sale; `born` where there was none."""
    recent_units: Floats
    """Units in the last 26 calendar weeks, as weekly rows tell them."""
    is_active: np.ndarray
    """Sold within 52 weeks, or known to be listed."""
    signs: dict[str, Floats]
    """The signs that do not depend on a horizon, uncentred; missing ones are absent."""
    forgotten: dict[int, tuple[Floats, Floats]]
    """Half-life → weeks with a sale and weeks of exposure, after forgetting."""
    is_sold: np.ndarray
    season: SeasonClock
    group: np.ndarray
    """Category of each product, as in `Past.group`."""
    season_silence: Floats
    """Open weeks since the last sale, each at what it was worth."""

    @cached_property
    def columns(self) -> Floats:
        """What `design` starts from, one row per column: all but the signs that depend on a horizon."""
        return _columns(self.signs, len(self.rows), (self.silence >= STALE_WEEKS).astype(float))


def look(past: Past, day: int) -> Look:
    """Look back from `day` at every product: nothing on or after it is used."""
    return look_at(past, tally(past, day))


def looks(past: Past, days: Sequence[int], most: int, *, every: int = 1) -> dict[int, Look]:
    """Look back from several days at the active products, at most `most` of them, evenly taken.

    Of many products, only one in `every` of those that surely sell, which stands for all of them: they decide little and
    are the most.
    """
    views = {}
    for seen in tallies(past, days):
        active = np.flatnonzero(_is_active(past, seen))
        if len(active) > most:
            active = active[np.linspace(0, len(active) - 1, most).astype(int)]
        views[seen.day] = look_at(past, seen, *_thinned(past, seen, active, every))
    return views


def _thinned(past: Past, seen: Tally, rows: np.ndarray, every: int) -> tuple[np.ndarray, Floats]:
    """Products to look at, and how many each of them stands for."""
    if len(rows) <= FEW or every == 1:
        return rows, np.ones(len(rows))
    last = last_sale(past, seen, rows)
    sure = (seen.faded["count", 8][rows] >= OFTEN) & (last >= seen.day - LATELY)
    kept = ~sure
    kept[np.flatnonzero(sure)[::every]] = True
    return rows[kept], np.where(sure, float(every), 1.0)[kept]


def _is_active(past: Past, seen: Tally) -> np.ndarray:
    last = last_sale(past, seen, np.arange(past.size))
    return ((last >= 0) & (last >= seen.day - YEAR)) | (past.is_listed_known & (past.listed < seen.day))


def look_at(past: Past, seen: Tally, rows: np.ndarray | None = None, stands_for: Floats | None = None) -> Look:
    """Look back at some products (None: all), given what had happened before that day."""
    day = seen.day
    rows = np.arange(past.size) if rows is None else rows
    sold, now = sale_days(past, seen, rows), seen.now[rows]
    is_sold = sold.last >= 0
    last_sold = np.minimum(sold.last, day - 1)
    born = _born(past, seen, rows, np.where(is_sold, sold.first, seen.day), is_sold)
    since = np.where(is_sold, last_sold, born)
    oldest, newest = (np.where(is_sold, d, day) for d in (sold.oldest, sold.newest))
    clock = past.closed.clock
    age, silence, since_first = (np.maximum(now - clock(rows, d), 0.0) for d in (born, since, oldest))
    span = np.maximum(clock(rows, newest) - now + since_first, 0.0)
    season, group = season_clock(past, day), past.group[rows]
    season_silence = season.open_weeks(rows, group, since, np.full(len(rows), day))
    count, units = seen.count[rows], seen.units[rows]
    weeks = {h: forgotten_weeks(age, h) for h in HALF_LIVES}
    signs = {
        "silence": np.log(np.maximum(silence, 1 / WEEK) + 0.3),
        "silence_over_gap": np.log((silence + 0.5) / ((span + 1) / np.maximum(count, 1) + 0.5)),
        "second_silence": np.log(_second_silence(past, rows, sold.before_last, now, silence, age) + 0.3),
        "season_silence": np.log((season_silence + 0.5) / (silence + 0.5)),
        "age": np.log(age + 1),
        "one_big_week": np.log1p(seen.most[rows]) - np.log1p(units),
        "never": (~is_sold).astype(float),
        **_rate_signs(past, seen, rows, weeks),
        **_shares(past, seen, rows, age),
        **_move_signs(past, day, rows, last_sold),
        **_word_signs(past, seen, rows),
    }
    return Look(
        day=day,
        rows=rows,
        stands_for=np.ones(len(rows)) if stands_for is None else stands_for,
        count=count,
        age=age,
        silence=silence,
        span=span,
        since_first=np.where(is_sold, since_first, age),
        sales=seen.orders[rows] if past.has_orders else count,
        born=born,
        last_sale=since,
        recent_units=_units_since(past, seen, day - 26 * WEEK)[rows],
        is_active=_is_active(past, seen)[rows],
        signs=signs,
        forgotten={h: (seen.faded["count", h][rows], weeks[h]) for h in HALF_LIVES},
        is_sold=is_sold,
        season=season,
        group=group,
        season_silence=season_silence,
    )


def _units_since(past: Past, seen: Tally, first: int) -> Floats:
    """Units of every product in weeks that begin on day `first` or later."""
    rows = slice(int(np.searchsorted(past.sold.day, first)), seen.seen)
    return np.bincount(past.sold.product[rows], past.sold.units[rows], past.size)


def _born(past: Past, seen: Tally, rows: np.ndarray, first_sale: np.ndarray, is_sold: np.ndarray) -> np.ndarray:
    """First day a product could be bought, as far as known: its listing, else its first sale, else the first known day."""
    listed, known_from = past.listed[rows], past.known_from[rows]
    told = np.where(is_sold, np.minimum(listed, first_sale), listed)
    there = first_sale if seen.heard is None else np.minimum(first_sale, seen.heard.there_by[rows])
    since = np.where(past.is_listed_known[rows], told, np.where(is_sold, there, known_from))
    return np.clip(since, known_from, seen.day)


def _rate_signs(past: Past, seen: Tally, rows: np.ndarray, weeks: dict[int, Floats]) -> dict[str, Floats]:
    """How often and how much, with old weeks forgotten by half-life."""
    signs: dict[str, Floats] = {}
    for h in HALF_LIVES:
        exposure = weeks[h] + 0.5
        signs[f"often_{h}"] = np.log((seen.faded["count", h][rows] + 0.1) / exposure)
        if h == 8:
            continue
        signs[f"units_{h}"] = np.log(seen.faded["units", h][rows] / exposure + 0.02)
        if past.has_orders:
            signs[f"orders_{h}"] = np.log((seen.faded["orders", h][rows] + 0.05) / exposure)
    return signs


def _shares(past: Past, seen: Tally, rows: np.ndarray, age: Floats) -> dict[str, Floats]:
    """In what share of the last 4 and 13 open weeks did a product sell?"""
    sold = past.sold
    begin = 0 if past.closed.stops else int(np.searchsorted(sold.day, seen.day - 14 * WEEK))
    p = sold.product[begin : seen.seen]
    ago = np.maximum(seen.now[p] - sold.middle[begin : seen.seen], 0.0)
    signs = {}
    for weeks in (4, 13):
        count = np.bincount(p[ago < weeks], minlength=past.size)[rows]
        if past.totals is not None:
            count = count + past.totals.sold_within(seen.day, seen.now, weeks)[rows]
        signs[f"share_{weeks}"] = np.minimum(count / np.clip(age, 1, weeks), 1)
    return signs


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


def design(past: Past, view: Look, shop: Shop, horizon: int) -> Floats:
    """The signs for one horizon (weeks) as a matrix: one row per product looked at, columns as in `COLUMNS`."""
    columns, stale = view.columns.copy(), view.columns[_STALE]
    for name, values in (_ahead_signs(view, shop, horizon) | _season_signs(past, view, horizon)).items():
        centre, scale = SIGNS[name]
        place = _PLACE[name]
        columns[place] = np.clip((values - centre) / scale, -4, 4)
        if name in _WITH_STALE:
            columns[_PLACE[f"stale × {name}"]] = stale * columns[place]
    return columns.T


def _columns(signs: dict[str, Floats], n: int, stale: Floats) -> Floats:
    """One row per column of the design; what is absent is 0."""
    columns = np.zeros((len(COLUMNS), n))
    columns[0], columns[_STALE] = 1, stale
    for name, values in signs.items():
        centre, scale = SIGNS[name]
        columns[_PLACE[name]] = np.clip((values - centre) / scale, -4, 4)
        if name in _WITH_STALE:
            columns[_PLACE[f"stale × {name}"]] = stale * columns[_PLACE[name]]
    return columns


def _ahead_signs(view: Look, shop: Shop, horizon: int) -> dict[str, Floats]:
    """What Gamma–Poisson and BG/NBD say about the weeks ahead, as logits; weeks count for what the season makes them worth."""
    ahead = view.season.ahead(view.day, horizon)
    worth, signs = horizon * ahead[view.group], {}
    for h, crowd in ((8, shop.crowd_8), (26, shop.crowd_26)):
        count, weeks = view.forgotten[h]
        signs[f"gamma_{h}"] = _logit(p_silent(count, weeks * view.season.behind(view.day, h)[view.group], crowd, worth))
    repeats = np.maximum(view.count - 1, 0)
    bgnbd = _logit(p_no_repeat(shop.bgnbd, repeats, view.span, view.span + view.season_silence, worth))
    turn = np.log(np.maximum(ahead, 0.02) / np.maximum(view.season.behind(view.day, 8), 0.02))
    return signs | {"bgnbd": np.where(view.is_sold, bgnbd, signs["gamma_26"]), "season_ahead": turn[view.group]}


def _season_signs(past: Past, view: Look, horizon: int) -> dict[str, Floats]:
    """Last year's same weeks, as far as they are known (two weeks at least)."""
    day = view.day
    ahead = (max(past.start, day - YEAR - 14), day - YEAR + horizon * WEEK + 14)
    if ahead[1] - ahead[0] < 14:
        return {}
    told = (ahead[1] - ahead[0]) / (horizon * WEEK + 28)
    signs = {"year_ago": told * np.log1p(_rate(past, *ahead)[view.rows])}
    behind = (day - YEAR - 13 * WEEK, day - YEAR)
    if behind[0] >= past.start:
        exact = _rate(past, day - YEAR, day - YEAR + horizon * WEEK)
        signs["season_turn"] = _turn(exact, _rate(past, *behind), past.group, view.rows)
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


def _rate(past: Past, first: int, last: int) -> Floats:
    """Units per week of each product from day `first` up to, not including, `last`."""
    rows = slice(*np.searchsorted(past.sold.day, (first, last)))
    return np.bincount(past.sold.product[rows], past.sold.units[rows], past.size) / ((last - first) / WEEK)


def _move_signs(past: Past, day: int, rows: np.ndarray, last_sold: np.ndarray) -> dict[str, Floats]:
    """Stock written off or found: an emptied shelf is why some products no longer sell."""
    if past.moves is None:
        return {}
    last = np.full(past.size, -1)
    last[rows] = last_sold
    known = past.moves.day < day
    p, units = past.moves.product[known], past.moves.units[known]
    after = past.moves.day[known] >= last[p]
    off = units < 0
    signs = {
        "written_off": np.log1p(np.bincount(p[off], minlength=past.size)),
        "off_after": (np.bincount(p[off & after], minlength=past.size) > 0).astype(float),
        "found_after": (np.bincount(p[~off & after], minlength=past.size) > 0).astype(float),
        "off_units": np.log1p(np.bincount(p[off & after], -units[off & after], past.size)),
    }
    return {name: values[rows] for name, values in signs.items()}


def _word_signs(past: Past, seen: Tally, rows: np.ndarray) -> dict[str, Floats]:
    """How the other products sell that share title words: their last 4 weeks, and those over their last 13."""
    if past.words is None:
        return {}
    known = max((seen.day - past.start) / WEEK, 1)
    month, quarter = (np.log1p(_units_since(past, seen, seen.day - w * WEEK) / min(w, known)) for w in (4, 13))
    has = seen.last_row >= 0
    lately, rise = np.where(has, month, 0.0), np.where(has, month - quarter, 0.0)
    return dict(
        zip(("words_units", "words_rise"), (v[rows] for v in past.words.of_others((lately, rise), has)), strict=True)
    )


def _second_silence(
    past: Past, rows: np.ndarray, second: np.ndarray, now: Floats, silence: Floats, age: Floats
) -> Floats:
    """Open weeks since the last sale but one, as far as the rows tell it; the age where there is only one."""
    has = second >= 0
    since = np.maximum(now - past.closed.clock(rows, np.where(has, second, past.start)), 0.0)
    return np.where(has, np.maximum(since, silence), age + 8)


def _logit(p: Floats) -> Floats:
    odds = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(odds / (1 - odds))
