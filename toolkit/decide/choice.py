"""Which products to take off sale in one run: the most gain under all limits at once, proven.

Not more than so many products, not more than so much of the trailing revenue, and no category below its floor. Without the
limit on revenue the sets that may be taken form a laminar matroid (at most so many of each category, at most so many in
all), for which taking the best that still fits, one after the other, is optimal (Edmonds 1971). If what that takes
stays below the limit on revenue, it is optimal with the limit too, as a looser problem's best answer that fits the
tighter one is its best answer as well.

Otherwise it is a knapsack, which is made small before it is searched:

1. A price λ is put on revenue instead of the limit. For each λ the best answer is greedy again, and what it is worth,
   L(λ) = λ·limit + Σ (gain − λ·revenue), is never less than the optimum (Lagrangian relaxation, Fisher 1981). The
   lowest L is found between an answer above the limit and one below it (Handler & Zang 1980).
2. In that answer a place has a price too, in all and in each category. A candidate on the wrong side of its prices
   loses at least the difference to L. So those that would lose more than lies between L and a good answer keep their
   side in every better one. Gains are whole fen: where less than one fen lies between, the good answer is the best.
3. What is left, the core, is searched by dynamic programming over ways that no other way beats (Pisinger 1997), with a
   core that grows from the candidates nearest to turning until it holds all that can still matter.

A general solver (scipy's `milp`) takes many times as long and finds the same; tests hold this to every set there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

__all__ = ["Room", "choose"]

Floats = np.ndarray
_STEPS = 60
"""Most prices of revenue that are tried; each gives a valid bound, and a dozen are usual."""
_CORE = 16
"""Candidates in the first core; each further one is twice as large."""
_LARGE = 64
"""Candidates from which on a core of which not all ways could be carried is the last."""
_WAYS = 100_000
"""Ways that are carried at once. Where there are more, and only there, the answer may be less than the best by what lies
between it and L: a few fen, where gains follow revenue so closely that thousands of sets are all but equal."""


@dataclass(frozen=True)
class Room:
    """How much one run may take off sale."""

    products: int
    revenue: float = float("inf")
    """Trailing revenue of all that is taken, in fen."""
    by_category: Mapping[str, int] = field(default_factory=dict)
    """Most that may leave a category; categories not named are free."""
    needed: int = 0
    """Slots that must come free: so many are taken, as far as the other limits allow, even where that gains nothing."""


def choose(candidates: pl.DataFrame, room: Room) -> pl.Series:
    """Which candidates to take, a flag each in the order given: the most gain that fits, ties by the earlier row.

    `candidates` has gain and revenue (whole fen; null counts as 0) and category. First as many of the needed slots come
    free as can, then the gain is as large as can be. Rows that gain nothing are taken only for needed slots.

    >>> shelf = pl.DataFrame({"gain": [5.0, 9.0, -1.0], "revenue": [0.0, 80.0, 0.0], "category": ["a", "a", "b"]})
    >>> choose(shelf, Room(products=2)).to_list(), choose(shelf, Room(products=2, revenue=50)).to_list()
    ([True, True, False], [True, False, False])
    """
    asked = _asked(candidates, room)
    if not asked.fits(asked.best(asked.gain)):
        cheapest = _most_that_fit(asked)
        asked = replace(asked, least=int(cheapest.sum()))
        if not asked.fits(asked.best(asked.gain)):
            return pl.Series("taken", _exact(asked, cheapest))
    return pl.Series("taken", asked.best(asked.gain))


@dataclass(frozen=True)
class _Asked:
    """The candidates as arrays, and what limits them."""

    gain: Floats
    revenue: Floats
    group: np.ndarray
    """The number of each candidate's category; 0 for all that have no limit of their own."""
    most: np.ndarray
    """Most that may be taken of each category."""
    products: int
    limit: float
    least: int
    """So many are taken even where that gains nothing, as far as they fit."""

    def fits(self, taken: np.ndarray) -> bool:
        """Whether the limit on revenue holds."""
        return float(self.revenue[taken].sum()) <= self.limit

    def gains(self, taken: np.ndarray) -> float:
        return float(self.gain[taken].sum())

    def room(self, taken: np.ndarray) -> np.ndarray:
        """How many more may be taken of each category."""
        return self.most - np.bincount(self.group[taken], minlength=len(self.most))

    def best(self, worth: Floats) -> np.ndarray:
        """The set worth most under all limits but revenue: the best of each category up to its room, of these the best."""
        order = np.argsort(-worth, kind="stable")
        group = self.group[order]
        together = np.argsort(group, kind="stable")
        starts = np.searchsorted(group[together], np.arange(len(self.most)))
        place = np.empty(len(order), dtype=np.int64)
        place[together] = np.arange(len(order)) - starts[group[together]]
        first = order[place < self.most[group]][: self.products]
        wanted = (worth[first] > 0) | (np.arange(len(first)) < self.least)
        taken = np.zeros(len(worth), dtype=bool)
        taken[first[wanted]] = True
        return taken

    def price_of_place(self, worth: Floats, taken: np.ndarray) -> Floats:
        """What each candidate had to be worth to be in the best set `taken`: at least what a place costs in its category."""
        count = int(taken.sum())
        last = float(worth[taken].min()) if count else 0.0
        # A place costs something only where no more may be taken, or where the last are taken as they are needed.
        in_all = last if count == self.products else min(last, 0.0) if count == self.least else 0.0
        waiting = np.full(len(self.most), -np.inf)
        np.maximum.at(waiting, self.group[~taken], worth[~taken])
        return np.where(self.room(taken) <= 0, np.maximum(waiting, in_all), in_all)[self.group]


def _asked(candidates: pl.DataFrame, room: Room) -> _Asked:
    names = list(room.by_category)
    numbers = pl.col("category").cast(pl.String).replace_strict(
        names, range(1, len(names) + 1), default=0, return_dtype=pl.Int64
    )  # fmt: skip
    told = candidates.select(pl.col("gain", "revenue").cast(pl.Float64).fill_null(0.0).round(0), group=numbers)
    gain, revenue, group = (told[name].to_numpy() for name in ("gain", "revenue", "group"))
    most = np.array([candidates.height, *room.by_category.values()])
    return _Asked(gain, revenue.clip(0), group, most, max(room.products, 0), room.revenue, room.needed)


def _most_that_fit(asked: _Asked) -> np.ndarray:
    """As many of the needed as fit: those with the least revenue, as a matroid's cheapest sets lie one in the other."""
    order = np.flatnonzero(asked.best(-asked.revenue))
    order = order[np.argsort(asked.revenue[order], kind="stable")][: asked.least]
    fits = order[np.cumsum(asked.revenue[order]) <= asked.limit]
    taken = np.zeros(len(asked.gain), dtype=bool)
    taken[fits] = True
    return taken


def _exact(asked: _Asked, good: np.ndarray) -> np.ndarray:
    """The best set under all limits; `good` is one that fits."""
    price, bound, under, over = _priced(asked, good)
    worth = asked.gain - price * asked.revenue
    loss = np.abs(worth - asked.price_of_place(worth, asked.best(worth)))
    base = _between(asked, under, over)
    good = max((good, under, base), key=asked.gains)
    nearest, size = np.argsort(loss, kind="stable"), _CORE
    while True:
        # A better answer is better by a whole fen; the rest is what floating sums may be off.
        spare = bound - asked.gains(good) - 1 + 1e-9 * max(1e3, abs(bound))
        near = nearest[: int((loss <= spare).sum())]
        if spare < 0 or not len(near):
            return good
        found, is_all = _searched(asked, base, near[:size], loss, spare, price)
        is_better = found is not None and asked.gains(found) > asked.gains(good)
        good = found if found is not None and is_better else good
        if size >= (len(near) if is_all else _LARGE) and not (is_better and is_all):
            return good
        size *= 2


def _priced(asked: _Asked, under: np.ndarray) -> tuple[float, float, np.ndarray, np.ndarray]:
    """The price of revenue that bounds the answer lowest, that bound, and best answers below and above the limit."""
    over = asked.best(asked.gain)
    price, bound = 0.0, asked.gains(over)
    for _ in range(_STEPS):
        more = float(asked.revenue[over].sum() - asked.revenue[under].sum())
        tried = max(0.0, (asked.gains(over) - asked.gains(under)) / more)
        worth = asked.gain - tried * asked.revenue
        found = asked.best(worth)
        lagrange, line = (float(worth[some].sum()) + tried * asked.limit for some in (found, under))
        if lagrange < bound:
            price, bound = tried, lagrange
        if lagrange <= line + 1e-9 * max(1.0, abs(line)):
            break
        under, over = (found, over) if asked.fits(found) else (under, found)
    return price, bound, under, over


def _between(asked: _Asked, under: np.ndarray, over: np.ndarray) -> np.ndarray:
    """The set with most gain that fits, on the way from one answer to another: one goes out, one comes in.

    First within each category, then across them, so that no limit but the one on revenue is passed on the way.
    """
    changed = np.flatnonzero(under != over)
    sides = pl.DataFrame({"row": changed, "sign": np.where(over, 1, -1)[changed], "group": asked.group[changed]})
    turns = sides.with_columns(
        turn=pl.int_range(pl.len()).over("group", "sign"),
        pairs=pl.min_horizontal((pl.col("sign") == sign).sum().over("group") for sign in (-1, 1)),
    ).with_columns(across=pl.col("turn") >= pl.col("pairs"))
    steps = turns.with_columns(
        group=pl.when(~pl.col("across")).then("group"),
        turn=pl.when("across").then(pl.int_range(pl.len()).over("across", "sign")).otherwise("turn"),
    ).sort("across", "group", "turn", "sign")
    rows, sign = steps["row"].to_numpy(), steps["sign"].to_numpy()
    many = int(under.sum()) + np.r_[0, np.cumsum(sign)]
    revenue = asked.revenue[under].sum() + np.r_[0, np.cumsum(sign * asked.revenue[rows])]
    gain = np.r_[0, np.cumsum(sign * asked.gain[rows])]
    fits = (revenue <= asked.limit) & (many <= asked.products) & (many >= asked.least)
    reached = under.copy()
    reached[rows[: int(np.argmax(np.where(fits, gain, -np.inf)))]] ^= True
    return reached


def _searched(
    asked: _Asked, taken: np.ndarray, core: np.ndarray, loss: Floats, spare: float, price: float
) -> tuple[np.ndarray | None, bool]:
    """The best set in which only the core differs from `taken` and that loses at most `spare`, and whether all were tried.

    Candidate by candidate, each way so far goes on with and without its change of side. Within a category those that
    go out come first, so that a way whose category is too full can be dropped at once.
    """
    order = core[np.lexsort((~taken[core], asked.group[core]))]
    room, group, left = asked.room(taken), asked.group[order], asked.limit - asked.revenue[taken].sum()
    ways, trail, is_all = _Ways.nothing(), [], True
    for row, is_next in zip(order, np.r_[False, group[1:] != group[:-1]], strict=True):
        ways = replace(ways, inside=ways.inside * 0) if is_next else ways
        sign = -1 if taken[row] else 1
        both = ways.with_turned(sign, sign * asked.revenue[row], sign * asked.gain[row], loss[row])
        kept = both.unbeaten((both.loss <= spare) & (both.inside <= room[asked.group[row]]))
        if len(kept) > _WAYS:
            # Those that lose least, counting how far they are from using the limit up.
            lost = both.loss[kept] + price * np.abs(left - both.revenue[kept])
            kept, is_all = kept[np.argsort(lost, kind="stable")[:_WAYS]], False
        trail.append((kept % len(ways.count), kept >= len(ways.count)))
        ways = both.only(kept)
    many = int(taken.sum()) + ways.count
    fits = (ways.revenue <= left) & (many <= asked.products) & (many >= asked.least)
    if not fits.any():
        return None, is_all
    found, place = taken.copy(), int(np.argmax(np.where(fits, ways.gain, -np.inf)))
    for row, (came_from, is_turned) in zip(order[::-1], trail[::-1], strict=True):
        found[row] ^= is_turned[place]
        place = came_from[place]
    return found, is_all


@dataclass(frozen=True)
class _Ways:
    """Ways to change sides, an entry each: by how much each changes what is taken, and what it loses to the bound."""

    count: Floats
    inside: Floats
    """Change of the number taken of the category now looked at."""
    revenue: Floats
    gain: Floats
    loss: Floats

    @classmethod
    def nothing(cls) -> _Ways:
        """The one way that changes nothing."""
        return cls(*(np.zeros(1) for _ in range(5)))

    def with_turned(self, sign: int, revenue: Any, gain: Any, loss: Any) -> _Ways:
        """All ways, then all of them with one candidate more on its other side."""
        changes = (sign, sign, revenue, gain, loss)
        return _Ways(*(np.r_[values, values + change] for values, change in zip(self._all, changes, strict=True)))

    def only(self, rows: np.ndarray) -> _Ways:
        return _Ways(*(values[rows] for values in self._all))

    def unbeaten(self, allowed: np.ndarray) -> np.ndarray:
        """Of the allowed the rows that no other beats: as many taken, no more revenue, no less gain."""
        rows = np.flatnonzero(allowed)
        ordered = rows[np.lexsort((-self.gain[rows], self.revenue[rows], self.inside[rows], self.count[rows]))]
        count, inside, gain = self.count[ordered], self.inside[ordered], self.gain[ordered]
        is_next = np.r_[False, (count[1:] != count[:-1]) | (inside[1:] != inside[:-1])]
        # Each kind of way stands on a step above all before it, so that one running maximum serves them all.
        lifted = gain + np.cumsum(is_next) * (1 + 2 * np.abs(gain).max(initial=0.0))
        return ordered[lifted > np.r_[-np.inf, np.maximum.accumulate(lifted)[:-1]]]

    @property
    def _all(self) -> tuple[Floats, ...]:
        return self.count, self.inside, self.revenue, self.gain, self.loss
