"""How many listing slots (上架名额) a store uses and has left, which products should give theirs up, and what a slot is worth.

A store may hold so many products at a time, on sale and in review together (the guide says 3,000; a setting). A slot
is the one thing that keeping a dead product always costs. A product whose status no file tells may or may not take a
slot: it is counted apart, and free slots are then an upper bound.

Which products to take off in one run: those with the largest gain, not more than a share of the live products and of the trailing
revenue, never below a category's floor. Without the limit on revenue the sets that may be taken form a laminar
matroid (at most so many of each category, at most so many in all), for which taking the best that still fits, one after
the other, is optimal (Edmonds 1971). If what that takes stays below the limit on revenue, it is optimal with the limit
as well, as a looser problem's best answer that fits the tighter one is its best answer too. Otherwise it is a knapsack,
and `scipy.optimize.milp` finds the optimum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from toolkit.settings import Settings

__all__ = ["LIVE", "Room", "Slots", "choose", "marginal_slot", "slots"]

Floats = np.ndarray
LIVE = ("on_sale", "under_review")
"""Statuses that take a slot."""
_CORE = 500
"""Candidates that a good first choice is looked for among."""
_NEAR, _EXACT = 1e-6, 1e-9
"""Relative gaps at which a search may stop: of the first choice, and of the answer."""


@dataclass(frozen=True)
class Slots:
    """Listing slots of a store, in products."""

    limit: int
    on_sale: int
    in_review: int
    unknown: int
    """Products whose status no file tells."""

    @property
    def used(self) -> int:
        """On sale and in review."""
        return self.on_sale + self.in_review

    @property
    def free(self) -> int:
        """Products that may still be listed; below zero when the store holds more than its limit."""
        return self.limit - self.used

    @property
    def is_exact(self) -> bool:
        """Every product's status is known."""
        return self.unknown == 0


def slots(profile: pl.DataFrame, settings: Settings) -> Slots:
    """Slots used and free, from each product's status.

    >>> slots(pl.DataFrame({"status": ["on_sale", "under_review", "delisted", None]}), Settings()).free
    2998
    """
    counts = dict(profile.group_by("status").agg(n=pl.len().cast(pl.Int64)).iter_rows())
    return Slots(
        limit=settings.store.listing_limit,
        on_sale=counts.get("on_sale", 0),
        in_review=counts.get("under_review", 0),
        unknown=counts.get(None, 0),
    )


@dataclass(frozen=True)
class Room:
    """How much one run may take off sale."""

    products: int
    revenue: float = float("inf")
    """Trailing revenue of all that is taken, in fen."""
    by_category: Mapping[str, int] = field(default_factory=dict)
    """Most that may leave a category; categories not named are free."""
    needed: int = 0
    """Slots that must come free: so many are taken even where that gains nothing."""


def choose(candidates: pl.DataFrame, room: Room) -> pl.Series:
    """Which candidates to take, a flag each in the order given: the most gain that fits, ties by the earlier row.

    `candidates` has gain (fen), revenue (fen) and category. First as many of the needed slots come free as can, then the
    gain is as large as can be. Rows that gain nothing are taken only for needed slots.

    >>> shelf = pl.DataFrame({"gain": [5.0, 9.0, -1.0], "revenue": [0.0, 80.0, 0.0], "category": ["a", "a", "b"]})
    >>> choose(shelf, Room(products=2)).to_list(), choose(shelf, Room(products=2, revenue=50)).to_list()
    ([True, True, False], [True, False, False])
    """
    rows = candidates.select(pl.col("gain", "revenue").cast(pl.Float64).fill_null(0.0), "category").with_row_index(
        "row"
    )
    greedy = _greedy(rows, room)
    if rows.filter(greedy)["revenue"].clip(0).sum() <= room.revenue:
        return greedy
    return _exact(rows, room)


def marginal_slot(keep_values: pl.Series, store: Slots, freed: int) -> float | None:
    """The shadow price of a slot over the horizon, in fen: what the last product kept is worth, at least 0.

    `keep_values` are the values of keeping the products that stay, null where unknown. Free slots cost nothing: 0. A new
    product must promise more than this to deserve a slot. None where the store is full and no value is known.

    >>> full = Slots(limit=3, on_sale=3, in_review=0, unknown=0)
    >>> marginal_slot(pl.Series([700.0, 250.0, None]), full, 0), marginal_slot(pl.Series([700.0]), full, 1)
    (250.0, 0.0)
    """
    if store.free + freed > 0:
        return 0.0
    known = keep_values.drop_nulls()
    return max(0.0, float(known.sort()[0])) if len(known) else None


def _greedy(rows: pl.DataFrame, room: Room) -> pl.Series:
    """The best of each category up to its room, of these the best of all; optimal without a limit on revenue."""
    ordered = rows.sort("gain", "row", descending=[True, False])
    place = ordered.with_columns(place=pl.int_range(pl.len()).over("category"), most=_most(room))
    fits = place.filter(pl.col("most").is_null() | (pl.col("place") < pl.col("most"))).head(room.products)
    taken = fits.with_row_index("n").filter((pl.col("gain") > 0) | (pl.col("n") < room.needed))
    return rows["row"].is_in(taken["row"].implode()).alias("taken")


def _most(room: Room) -> pl.Expr:
    """Most that may leave the category of a row; null where nothing limits it."""
    names, most = list(room.by_category), list(room.by_category.values())
    if not names:
        return pl.lit(None, pl.Int64)
    return pl.col("category").replace_strict(names, most, default=None, return_dtype=pl.Int64)


def _exact(rows: pl.DataFrame, room: Room) -> pl.Series:
    """The optimum under all limits at once: a 0/1 programme, with one more variable for needed slots not freed."""
    from scipy.sparse import csr_array, vstack

    mine = rows if room.needed else rows.filter(pl.col("gain") > 0)
    gain, revenue = mine["gain"].to_numpy(), mine["revenue"].clip(0).to_numpy()
    size, needed = len(gain), min(room.needed, room.products)
    named = [(name, most) for name, most in room.by_category.items() if (mine["category"] == name).any()]
    inside = [(mine["category"] == name).fill_null(False).to_numpy().astype(float) for name, _ in named]
    limits = [np.ones(size), revenue, -np.ones(size), *inside]
    last = np.zeros(len(limits))
    last[2] = -1.0
    matrix = vstack(
        [csr_array(np.append(line, end)[None]) for line, end in zip(limits, last, strict=True)], format="csr"
    )
    most = np.array([room.products, room.revenue, -needed, *(most for _, most in named)], dtype=float)
    # Nothing that a choice can gain outweighs one needed slot that stays taken.
    cost = np.append(-gain, 1.0 + 2 * np.abs(gain).sum())
    found = _least(cost, matrix, most, np.zeros(size + 1), np.append(np.ones(size), needed))
    taken = mine["row"].filter(pl.Series(found[:size] > 0.5))
    return rows["row"].is_in(taken.implode()).alias("taken")


def _least(cost: Floats, matrix: Any, most: Floats, low: Floats, high: Floats) -> Floats:
    """The cheapest 0/1 choice with matrix · x ≤ most and low ≤ x ≤ high; the last variable need not be whole.

    Large problems are made small without giving up the optimum (reduced-cost fixing, Dantzig, Fulkerson & Johnson 1954):
    the linear relaxation says by how much at least the whole gets worse when a variable leaves its bound; if that is more than what
    parts a good choice from the relaxation's bound, the variable stays there in every optimum.
    """
    # scipy's optimizer takes a second to import and most runs never need it.
    from scipy.optimize import linprog

    if len(cost) <= 2 * _CORE:
        return _whole(cost, matrix, most, low, high, _EXACT)
    loose = linprog(cost, A_ub=matrix, b_ub=most, bounds=np.column_stack([low, high]))
    worse = np.maximum(loose.lower.marginals, -loose.upper.marginals)
    at = np.where(loose.x > high - 1e-9, high, low)
    # A good choice first: only the variables nearest to turning are free.
    core = np.zeros(len(cost), dtype=bool)
    core[np.argsort(worse, kind="stable")[:_CORE]] = True
    core[-1] = True
    good = _whole(cost, matrix, most, np.where(core, low, at), np.where(core, high, at), _NEAR)
    free = worse <= float(cost @ good) - loose.fun + 1e-6
    free[-1] = True
    return _whole(cost, matrix, most, np.where(free, low, at), np.where(free, high, at), _EXACT)


def _whole(cost: Floats, matrix: Any, most: Floats, low: Floats, high: Floats, gap: float) -> Floats:
    """The same for a problem of which only some variables are free: the others are taken out before it is solved."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    free, found = low < high, low.copy()
    free[-1] = True
    left = most - matrix @ np.where(free, 0.0, low)
    solved = milp(
        cost[free],
        constraints=LinearConstraint(matrix[:, free], -np.inf, left),  # pyright: ignore[reportArgumentType]
        integrality=np.append(np.ones(int(free.sum()) - 1), 0),
        bounds=Bounds(low[free], high[free]),  # pyright: ignore[reportArgumentType]
        options={"mip_rel_gap": gap},
    )
    found[free] = solved.x
    return found
