"""The signs of demand that a scorecard weighs: what one look at a product's past, from one day, can say.

Every sign is measured on the product's own clock and from rows before the cutoff only. A sign that a shop's files
cannot give (no orders, no titles, no stock movements, no year of history) is 0 after centring: it says nothing.

Signs come in natural units (logs of weeks and of weekly rates), centred and scaled by constants, so that one set of
weights can travel from shop to shop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from toolkit.analyze.past import Moves, Past
from toolkit.analyze.rate import forgotten_weeks
from toolkit.analyze.season_clock import SeasonClock, season_clock
from toolkit.analyze.tally import HALF_LIVES, Forgetting, Tally, forgetting, last_sale, sale_days, tally

__all__ = ["COLUMNS", "SIGNS", "STALE_WEEKS", "WEEK", "YEAR", "Look", "look", "looks", "put_sign"]

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
class Look:
    """What is known when looking back: one entry per case, which is a product and the day it is looked at from."""

    days: tuple[int, ...]
    """The days looked back from, ascending."""
    at: np.ndarray
    """Number of each case's day, ascending."""
    rows: np.ndarray
    """The products looked at: their numbers in `Past.ids`, ascending for each day."""
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
    seasons: tuple[SeasonClock, ...]
    """The season's clock as known on each day."""
    group: np.ndarray
    """Category of each product, as in `Past.group`."""
    season_silence: Floats
    """Open weeks since the last sale, each at what it was worth."""

    @property
    def day(self) -> int:
        """The day looked back from, where it is one."""
        (day,) = self.days
        return day

    @property
    def season(self) -> SeasonClock:
        """The season's clock, where it is looked back from one day."""
        (season,) = self.seasons
        return season

    @cached_property
    def behind(self) -> dict[int, Floats]:
        """Half-life → what a week before each day was worth on average: days × categories."""
        both = list(zip(self.seasons, self.days, strict=True))
        return {h: np.stack([season.behind(day, h) for season, day in both]) for h in (8, 26)}

    @cached_property
    def columns(self) -> Floats:
        """What a design starts from, one row per column: all but the signs that depend on a horizon."""
        columns = np.zeros((len(COLUMNS), len(self.rows)))
        columns[0], columns[_STALE] = 1, self.silence >= STALE_WEEKS
        for name, values in self.signs.items():
            put_sign(columns, name, values)
        return columns


def put_sign(columns: Floats, name: str, values: Floats) -> None:
    """Write a sign into its row of the columns of a design, centred and scaled, and what it is worth for stale products."""
    centre, scale = SIGNS[name]
    place = _PLACE[name]
    columns[place] = np.clip((values - centre) / scale, -4, 4)
    if name in _WITH_STALE:
        columns[_PLACE[f"stale × {name}"]] = columns[_STALE] * columns[place]


def look(past: Past, day: int) -> Look:
    """Look back from `day` at every product: nothing on or after it is used."""
    everyone = np.arange(past.size)
    at = np.zeros(past.size, dtype=np.int64)
    return _look_at(past, tally(past, forgetting(past, everyone, [day]), everyone, at), (day,), np.ones(past.size))


def looks(past: Past, days: Sequence[int], most: int, *, every: int = 1) -> Look:
    """Look back from several days at the active products, at most `most` of them a day, evenly taken.

    Of many products, only one in `every` of those that surely sell, which stands for all of them: they decide little and
    are the most.
    """
    days = sorted(days)
    last = [last_sale(past, day) for day in days]
    active = [_some(np.flatnonzero(_is_active(past, *each)), most) for each in zip(days, last, strict=True)]
    faded = forgetting(past, np.unique(np.concatenate([*active, np.zeros(0, dtype=np.int64)])), days)
    thinned = [_thinned(faded, at, rows, last[at], every) for at, rows in enumerate(active)]
    rows, stands_for = (
        np.concatenate(parts) for parts in zip((np.zeros(0, np.int64), np.zeros(0)), *thinned, strict=True)
    )
    at = np.repeat(np.arange(len(days)), [len(kept) for kept, _ in thinned])
    return _look_at(past, tally(past, faded, rows, at), tuple(days), stands_for)


def _some(rows: np.ndarray, most: int) -> np.ndarray:
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(int)]


def _thinned(faded: Forgetting, at: int, rows: np.ndarray, last: np.ndarray, every: int) -> tuple[np.ndarray, Floats]:
    """Products to look at on a day, and how many each of them stands for."""
    if len(rows) <= FEW or every == 1:
        return rows, np.ones(len(rows))
    often = faded.sums["count", 8][at, faded.number[rows]] >= OFTEN
    sure = often & (last[rows] >= faded.days[at] - LATELY)
    kept = ~sure
    kept[np.flatnonzero(sure)[::every]] = True
    return rows[kept], np.where(sure, float(every), 1.0)[kept]


def _is_active(past: Past, day: int, last: np.ndarray) -> np.ndarray:
    """Sold within 52 weeks, or known to be listed; `last` is the day of the last sale of every product."""
    return ((last >= 0) & (last >= day - YEAR)) | (past.is_listed_known & (past.listed < day))


def _look_at(past: Past, seen: Tally, days: tuple[int, ...], stands_for: Floats) -> Look:
    """What the tally of some cases says of them."""
    rows, day, now = seen.product, seen.day, seen.now
    sold = sale_days(past, seen)
    is_sold = sold.last >= 0
    last_sold = np.minimum(sold.last, day - 1)
    born = _born(past, seen, np.where(is_sold, sold.first, day), is_sold)
    since = np.where(is_sold, last_sold, born)
    oldest, newest = (np.where(is_sold, d, day) for d in (sold.oldest, sold.newest))
    clock = past.closed.clock
    age, silence, since_first = (np.maximum(now - clock(rows, d), 0.0) for d in (born, since, oldest))
    span = np.maximum(clock(rows, newest) - now + since_first, 0.0)
    seasons, group = tuple(season_clock(past, d) for d in days), past.group[rows]
    parts = list(_parts(seen, days))
    season_silence = np.concatenate(
        [
            season.open_weeks(rows[part], group[part], since[part], day[part])
            for season, (_, part) in zip(seasons, parts, strict=True)
        ]
    )
    weeks = {h: forgotten_weeks(age, h) for h in HALF_LIVES}
    signs = {
        "silence": np.log(np.maximum(silence, 1 / WEEK) + 0.3),
        "silence_over_gap": np.log((silence + 0.5) / ((span + 1) / np.maximum(seen.count, 1) + 0.5)),
        "second_silence": np.log(_second_silence(past, seen, sold.before_last, silence, age) + 0.3),
        "season_silence": np.log((season_silence + 0.5) / (silence + 0.5)),
        "age": np.log(age + 1),
        "one_big_week": np.log1p(seen.most) - np.log1p(seen.units),
        "never": (~is_sold).astype(float),
        **_rate_signs(past, seen, weeks),
        **_shares(past, seen, parts, age),
        **_move_signs(past, seen, parts, last_sold),
        **_word_signs(past, seen, parts),
    }
    return Look(
        days=days,
        at=seen.at,
        rows=rows,
        stands_for=stands_for,
        count=seen.count,
        age=age,
        silence=silence,
        span=span,
        since_first=np.where(is_sold, since_first, age),
        sales=seen.orders if past.has_orders else seen.count,
        born=born,
        last_sale=since,
        recent_units=past.sold.sum_units.between(rows, day - 26 * WEEK, day),
        is_active=(is_sold & (sold.last >= day - YEAR)) | (past.is_listed_known[rows] & (past.listed[rows] < day)),
        signs=signs,
        forgotten={h: (seen.faded["count", h], weeks[h]) for h in HALF_LIVES},
        is_sold=is_sold,
        seasons=seasons,
        group=group,
        season_silence=season_silence,
    )


def _parts(seen: Tally, days: tuple[int, ...]) -> Iterator[tuple[int, slice]]:
    """Each day and the cases looked at from it."""
    edges = np.searchsorted(seen.at, np.arange(len(days) + 1))
    return ((day, slice(*edges[number : number + 2])) for number, day in enumerate(days))


def _born(past: Past, seen: Tally, first_sale: np.ndarray, is_sold: np.ndarray) -> np.ndarray:
    """First day a product could be bought, as far as known: its listing, else its first sale, else the first known day."""
    listed, known_from = past.listed[seen.product], past.known_from[seen.product]
    told = np.where(is_sold, np.minimum(listed, first_sale), listed)
    there = first_sale if seen.heard is None else np.minimum(first_sale, seen.heard.there_by)
    since = np.where(past.is_listed_known[seen.product], told, np.where(is_sold, there, known_from))
    return np.clip(since, known_from, seen.day)


def _rate_signs(past: Past, seen: Tally, weeks: dict[int, Floats]) -> dict[str, Floats]:
    """How often and how much, with old weeks forgotten by half-life."""
    signs: dict[str, Floats] = {}
    for h in HALF_LIVES:
        exposure = weeks[h] + 0.5
        signs[f"often_{h}"] = np.log((seen.faded["count", h] + 0.1) / exposure)
        if h == 8:
            continue
        signs[f"units_{h}"] = np.log(seen.faded["units", h] / exposure + 0.02)
        if past.has_orders:
            signs[f"orders_{h}"] = np.log((seen.faded["orders", h] + 0.05) / exposure)
    return signs


def _shares(past: Past, seen: Tally, parts: list[tuple[int, slice]], age: Floats) -> dict[str, Floats]:
    """In what share of the last 4 and 13 open weeks did a product sell?"""
    counts, totals = _sold_within(past, seen, (4, 13)), past.totals
    if totals is not None:
        for day, part in parts:
            now = past.closed.clock(np.arange(past.size), day)
            for weeks, count in counts.items():
                count[part] += totals.sold_within(day, now, weeks)[seen.product[part]]
    return {f"share_{weeks}": np.minimum(count / np.clip(age, 1, weeks), 1) for weeks, count in counts.items()}


def _sold_within(past: Past, seen: Tally, limits: tuple[int, ...]) -> dict[int, Floats]:
    """How many weeks with a sale lie in the last so many open weeks: from the last one backwards, while there are any."""
    counts = {weeks: np.zeros(len(seen.row)) for weeks in limits}
    case = np.flatnonzero(seen.row >= 0)
    row, now, first = seen.row[case], seen.now[case], past.sold.index.first[seen.product[case]]
    while len(case):
        ago = np.maximum(now - past.sold.middle[row], 0.0)
        for weeks, count in counts.items():
            count[case] += ago < weeks
        goes_on = np.flatnonzero((ago < max(limits)) & (row > first))
        case, row, now, first = case[goes_on], row[goes_on] - 1, now[goes_on], first[goes_on]
    return counts


def _move_signs(past: Past, seen: Tally, parts: list[tuple[int, slice]], last_sold: np.ndarray) -> dict[str, Floats]:
    """Stock written off or found: an emptied shelf is why some products no longer sell."""
    if past.moves is None:
        return {}
    each = [_moves_before(past.moves, day, seen.product[part], last_sold[part], past.size) for day, part in parts]
    return {name: np.concatenate([signs[name] for signs in each]) for name in each[0]}


def _moves_before(moves: Moves, day: int, rows: np.ndarray, last_sold: np.ndarray, size: int) -> dict[str, Floats]:
    last = np.full(size, -1)
    last[rows] = last_sold
    known = moves.day < day
    p, units = moves.product[known], moves.units[known]
    after = moves.day[known] >= last[p]
    off = units < 0
    signs = {
        "written_off": np.log1p(np.bincount(p[off], minlength=size)),
        "off_after": (np.bincount(p[off & after], minlength=size) > 0).astype(float),
        "found_after": (np.bincount(p[~off & after], minlength=size) > 0).astype(float),
        "off_units": np.log1p(np.bincount(p[off & after], -units[off & after], size)),
    }
    return {name: values[rows] for name, values in signs.items()}


def _word_signs(past: Past, seen: Tally, parts: list[tuple[int, slice]]) -> dict[str, Floats]:
    """How the other products sell that share title words: their last 4 weeks, and those over their last 13."""
    if past.words is None:
        return {}
    signs = {name: np.zeros(len(seen.row)) for name in ("words_units", "words_rise")}
    for day, part in parts:
        lately, rise, has = _lately(past, day)
        for sign, values in zip(signs.values(), past.words.of_others((lately, rise), has), strict=True):
            sign[part] = values[seen.product[part]]
    return signs


def _lately(past: Past, day: int) -> tuple[Floats, Floats, np.ndarray]:
    """Log units of every product in its last 4 weeks, that over the last 13, and which products have ever sold."""
    everyone, known = np.arange(past.size), max((day - past.start) / WEEK, 1)
    until = past.sold.sum_units.up_to(everyone, day)
    month, quarter = (
        np.log1p((until - past.sold.sum_units.up_to(everyone, day - w * WEEK)) / min(w, known)) for w in (4, 13)
    )
    has = past.sold.last_row(everyone, day) >= 0
    return np.where(has, month, 0.0), np.where(has, month - quarter, 0.0), has


def _second_silence(past: Past, seen: Tally, second: np.ndarray, silence: Floats, age: Floats) -> Floats:
    """Open weeks since the last sale but one, as far as the rows tell it; the age where there is only one."""
    has = second >= 0
    since = np.maximum(seen.now - past.closed.clock(seen.product, np.where(has, second, past.start)), 0.0)
    return np.where(has, np.maximum(since, silence), age + 8)
