"""The signs of demand that a scorecard weighs: what one look at a product's past, from one day, can say.

Every sign is measured on the product's own clock and from rows before the cutoff only. A sign that a shop's files
cannot give (no orders, no titles, no stock movements, no year of history) is 0 after centring: it says nothing.

Signs come in natural units (logs of weeks and of weekly rates), centred and scaled by constants, so that one set of
weights can travel from shop to shop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logit

from toolkit.analyze.bgnbd import BgNbd, fit_bgnbd, p_no_repeat
from toolkit.analyze.past import Past
from toolkit.analyze.rate import Crowd, crowd_of, forgotten_weeks, p_silent

__all__ = ["COLUMNS", "SIGNS", "STALE_WEEKS", "WEEK", "Look", "Shop", "design", "look", "shop_of"]

Floats = np.ndarray
WEEK, YEAR = 7, 364
STALE_WEEKS = 4.0
HALF_LIVES = (3, 8, 26)

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
}
"""The signs in the order of the weights."""
_WITH_STALE = (
    "silence", "silence_over_gap", "often_26", "bgnbd", "one_big_week", "written_off", "off_after", "words_rise",
    "year_ago", "season_turn",
)  # fmt: skip
COLUMNS = ("level", *SIGNS, "stale", *(f"stale × {name}" for name in _WITH_STALE))
"""What each weight of a scorecard stands for."""


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
    """What is known about each product when looking back from one day; arrays in the order of `Past.ids`."""

    day: int
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
    """Units in the last 26 calendar weeks."""
    is_active: np.ndarray
    """Sold within 52 weeks, or known to be listed."""
    signs: dict[str, Floats]
    """The signs that do not depend on a horizon, uncentred; missing ones are absent."""
    forgotten: dict[int, tuple[Floats, Floats]]
    """Half-life → weeks with a sale and weeks of exposure, after forgetting."""
    is_sold: np.ndarray


def look(past: Past, day: int) -> Look:
    """Look back from `day`: nothing on or after it is used."""
    n, rows = past.size, _rows_before(past, day)
    first_sale, last_sale = _first(rows.product, rows.first_sale, n), _last(rows.product, rows.last_sale, n, -1)
    is_sold = last_sale >= 0
    born = _born(past, day, first_sale, is_sold)
    since = np.where(is_sold, last_sale, born)
    oldest = np.where(is_sold, _first(rows.product, rows.week, n), day)
    newest = np.where(is_sold, _last(rows.product, rows.week, n, -1), day)
    clock = past.closed.clock
    everyone, now = np.arange(n), past.closed.clock(np.arange(n), np.full(n, day))
    age, silence, since_first = (np.maximum(now - clock(everyone, d), 0.0) for d in (born, since, oldest))
    span = np.maximum(clock(everyone, newest) - now + since_first, 0.0)
    count = np.bincount(rows.product, minlength=n).astype(float)
    fades = {h: np.exp2(rows.ago * (-1 / h)) for h in HALF_LIVES}
    forgotten = {h: (np.bincount(rows.product, fade, n), forgotten_weeks(age, h)) for h, fade in fades.items()}
    signs = {
        "silence": np.log(np.maximum(silence, 1 / WEEK) + 0.3),
        "silence_over_gap": np.log((silence + 0.5) / ((span + 1) / np.maximum(count, 1) + 0.5)),
        "second_silence": np.log(_second_silence(past, rows, last_sale, day, silence, age) + 0.3),
        "age": np.log(age + 1),
        "one_big_week": _biggest(rows.product, rows.units, n),
        "never": (~is_sold).astype(float),
        **_rate_signs(past, rows, fades, forgotten, age),
        **_move_signs(past, day, last_sale),
        **_word_signs(past, day, rows, is_sold),
    }
    return Look(
        day=day,
        count=count,
        age=age,
        silence=silence,
        span=span,
        since_first=np.where(is_sold, since_first, age),
        sales=np.bincount(rows.product, rows.orders, n) if past.has_orders else count,
        born=born,
        last_sale=since,
        recent_units=np.bincount(rows.product, rows.units * (rows.week >= day - 26 * WEEK), n),
        is_active=(last_sale >= day - YEAR) | (past.is_listed_known & (past.listed < day)),
        signs=signs,
        forgotten=forgotten,
        is_sold=is_sold,
    )


@dataclass(frozen=True)
class _Rows:
    """The weekly rows with a sale that one look can see."""

    product: np.ndarray
    week: np.ndarray
    units: Floats
    orders: Floats
    first_sale: np.ndarray
    last_sale: np.ndarray
    ago: Floats
    """Open weeks from the middle of the row's week to the day of the look."""


def _rows_before(past: Past, day: int) -> _Rows:
    seen = (past.day < day) & (past.units > 0)
    product, week = past.product[seen], past.day[seen]
    now = past.closed.clock(np.arange(past.size), np.full(past.size, day))
    half = (np.minimum(week + WEEK, day) - week) / WEEK / 2
    return _Rows(
        product, week, past.units[seen], past.orders[seen], past.first_day[seen],
        np.minimum(past.last_day[seen], day - 1),
        np.maximum(now[product] - past.clock[seen], 0.0) + half,
    )  # fmt: skip


def _born(past: Past, day: int, first_sale: np.ndarray, is_sold: np.ndarray) -> np.ndarray:
    """First day a product could be bought, as far as known: its listing, else its first sale, else the first known day."""
    told = np.where(is_sold, np.minimum(past.listed, first_sale), past.listed)
    seen = np.where(past.is_listed_known, told, np.where(is_sold, first_sale, past.start))
    return np.clip(seen, past.start, day)


def _rate_signs(
    past: Past, rows: _Rows, fades: dict[int, Floats], forgotten: dict[int, tuple[Floats, Floats]], age: Floats
) -> dict[str, Floats]:
    """How often and how much, with old weeks forgotten by half-life, and in the last 4 and 13 open weeks."""
    signs: dict[str, Floats] = {}
    for h, (sold_weeks, weeks) in forgotten.items():
        signs[f"often_{h}"] = np.log((sold_weeks + 0.1) / (weeks + 0.5))
        if h == 8:
            continue
        signs[f"units_{h}"] = np.log(np.bincount(rows.product, rows.units * fades[h], past.size) / (weeks + 0.5) + 0.02)
        if past.has_orders:
            orders = np.bincount(rows.product, rows.orders * fades[h], past.size)
            signs[f"orders_{h}"] = np.log((orders + 0.05) / (weeks + 0.5))
    for weeks in (4, 13):
        sold = np.bincount(rows.product, (rows.ago < weeks).astype(float), past.size)
        signs[f"share_{weeks}"] = np.minimum(sold / np.clip(age, 1, weeks), 1)
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
    """The signs for one horizon (weeks) as a matrix: one row per product, columns as in `COLUMNS`."""
    signs = view.signs | _ahead_signs(view, shop, horizon) | _season_signs(past, view.day, horizon)
    n = len(view.count)
    matrix = np.zeros((n, len(COLUMNS)))
    matrix[:, 0] = 1
    for place, (name, (centre, scale)) in enumerate(SIGNS.items(), start=1):
        if name in signs:
            matrix[:, place] = np.clip((signs[name] - centre) / scale, -4, 4)
    stale = (view.silence >= STALE_WEEKS).astype(float)
    at = len(SIGNS) + 1
    matrix[:, at] = stale
    for place, name in enumerate(_WITH_STALE, start=at + 1):
        matrix[:, place] = stale * matrix[:, COLUMNS.index(name)]
    return matrix


def _ahead_signs(view: Look, shop: Shop, horizon: int) -> dict[str, Floats]:
    """What Gamma–Poisson and BG/NBD say about the weeks ahead, as logits."""
    gamma = {
        f"gamma_{h}": _logit(p_silent(*view.forgotten[h], crowd, horizon))
        for h, crowd in ((8, shop.crowd_8), (26, shop.crowd_26))
    }
    repeats = np.maximum(view.count - 1, 0)
    bgnbd = _logit(p_no_repeat(shop.bgnbd, repeats, view.span, view.since_first, horizon))
    return gamma | {"bgnbd": np.where(view.is_sold, bgnbd, gamma["gamma_26"])}


def _season_signs(past: Past, day: int, horizon: int) -> dict[str, Floats]:
    """Last year's same weeks, as far as they are known (two weeks at least)."""
    ahead = (max(past.start, day - YEAR - 14), day - YEAR + horizon * WEEK + 14)
    if ahead[1] - ahead[0] < 14:
        return {}
    told = (ahead[1] - ahead[0]) / (horizon * WEEK + 28)
    signs = {"year_ago": told * np.log1p(_rate(past, *ahead))}
    behind = (day - YEAR - 13 * WEEK, day - YEAR)
    if behind[0] >= past.start:
        exact = _rate(past, day - YEAR, day - YEAR + horizon * WEEK)
        signs["season_turn"] = _turn(exact, _rate(past, *behind), past.group)
    return signs


def _turn(ahead: Floats, behind: Floats, group: np.ndarray) -> Floats:
    """log (rate ahead / rate behind) a year ago: the shop's pulls the category's, the category's the product's.

    A pull is worth the rate of one mean product for a product, of ten for a category.
    """
    typical = max(float(behind.mean()), 1e-3)
    shop = (ahead.sum() + typical) / (behind.sum() + typical)
    groups = int(group.max(initial=-1)) + 1
    known = group >= 0
    of_group = np.full(groups + 1, shop)
    for_group = [np.bincount(group[known], rate[known], groups) for rate in (ahead, behind)]
    of_group[:groups] = (for_group[0] + 10 * typical * shop) / (for_group[1] + 10 * typical)
    pulled = (ahead + typical * of_group[group]) / (behind + typical)
    return np.clip(np.log(np.maximum(pulled, 1e-6)), -3, 3)


def _rate(past: Past, first: int, last: int) -> Floats:
    """Units per week of each product from day `first` up to, not including, `last`."""
    rows = (past.day >= first) & (past.day < last) & (past.units > 0)
    return np.bincount(past.product[rows], past.units[rows], past.size) / ((last - first) / WEEK)


def _move_signs(past: Past, day: int, last_sale: np.ndarray) -> dict[str, Floats]:
    """Stock written off or found: an emptied shelf is why some products no longer sell."""
    if past.moves is None:
        return {}
    known = past.moves.day < day
    p, units = past.moves.product[known], past.moves.units[known]
    after = past.moves.day[known] >= last_sale[p]
    off = units < 0
    return {
        "written_off": np.log1p(np.bincount(p[off], minlength=past.size)),
        "off_after": (np.bincount(p[off & after], minlength=past.size) > 0).astype(float),
        "found_after": (np.bincount(p[~off & after], minlength=past.size) > 0).astype(float),
        "off_units": np.log1p(np.bincount(p[off & after], -units[off & after], past.size)),
    }


def _word_signs(past: Past, day: int, rows: _Rows, seen: np.ndarray) -> dict[str, Floats]:
    """How the other products sell that share title words: their last 4 weeks, and those over their last 13."""
    if past.words is None:
        return {}
    known = max((day - past.start) / WEEK, 1)
    month, quarter = (
        np.log1p(np.bincount(rows.product, rows.units * (rows.week >= day - w * WEEK), past.size) / min(w, known))
        for w in (4, 13)
    )
    lately, rise = np.where(seen, month, 0.0), np.where(seen, month - quarter, 0.0)
    return {"words_units": _of_words(past, lately, seen), "words_rise": _of_words(past, rise, seen)}


def _of_words(past: Past, value: Floats, seen: np.ndarray) -> Floats:
    """Mean of the words of a title, each word being the mean of `value` over the *other* products that bear it."""
    words = past.words
    assert words is not None
    overall = float(value[seen].mean()) if seen.any() else 0.0
    bears = seen[words.product].astype(float)
    own = value[words.product]
    total = np.bincount(words.word, own, words.count)[words.word] - own
    held = np.bincount(words.word, bears, words.count)[words.word] - bears
    mean = (total + overall) / (held + 1)
    weight = np.bincount(words.product, words.weight, past.size)
    pulled = np.bincount(words.product, words.weight * mean, past.size)
    return np.where(weight > 0, pulled / np.maximum(weight, 1e-9), overall)


def _open_weeks(past: Past, first: np.ndarray, last: np.ndarray) -> Floats:
    """Weeks of every product from `first` to `last` on its own clock."""
    return np.maximum((last - first) / WEEK - past.closed.between(np.arange(past.size), first, last), 0.0)


def _second_silence(past: Past, rows: _Rows, last_sale: np.ndarray, day: int, silence: Floats, age: Floats) -> Floats:
    """Open weeks since the last sale but one, as far as weekly rows tell it; the age where there is only one."""
    ends, starts = rows.last_sale, rows.first_sale
    earlier = np.where(ends < last_sale[rows.product], ends, np.where(starts < ends, starts, -1))
    second = _last(rows.product, earlier, past.size, -1)
    has = second >= 0
    since = _open_weeks(past, np.where(has, second, day), np.full(past.size, day))
    return np.where(has, np.maximum(since, silence), age + 8)


def _biggest(p: np.ndarray, units: Floats, n: int) -> Floats:
    most = np.zeros(n)
    np.maximum.at(most, p, units)
    return np.log1p(most) - np.log1p(np.bincount(p, units, n))


def _last(p: np.ndarray, day: np.ndarray, n: int, none: int) -> np.ndarray:
    out = np.full(n, none, dtype=np.int64)
    np.maximum.at(out, p, day)
    return out


def _first(p: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    out = np.full(n, np.iinfo(np.int64).max // 2, dtype=np.int64)
    np.minimum.at(out, p, day)
    return out


def _logit(p: Floats) -> Floats:
    return logit(np.clip(p, 1e-6, 1 - 1e-6))
