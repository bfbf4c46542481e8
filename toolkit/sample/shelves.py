"""What the shelf lets through: stock, receipts, reorders that are forgotten, and days on which nothing could be bought.

Warehouse goods sell what is wanted or what is there, whichever is less. JIT goods always sell: their stock is a
number the seller typed. Products of the cast are given exactly the stock their story needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from toolkit.sample.demand import ShopOptions

__all__ = ["Movements", "move_stock"]

QUARTER = 91


@dataclass(frozen=True)
class Movements:
    """What happened on the shelves: arrays of one row per day and one column per product."""

    sold: np.ndarray
    in_stock: np.ndarray
    """Whether a unit could be bought that day."""
    received: np.ndarray
    opening: np.ndarray
    """Units on the first morning, per product; 0 for JIT."""
    closing: np.ndarray
    """Units on the last evening, per product; for JIT the number the seller typed."""
    on_the_way: np.ndarray
    """Units ordered from the factory and not yet received, per product."""


def move_stock(
    products: pl.DataFrame, demand: np.ndarray, rate: np.ndarray, rng: np.random.Generator, options: ShopOptions
) -> Movements:
    """Run every shelf through every day. Closing = opening + received − sold, except for units owed and for JIT."""
    days, n = demand.shape
    demand = _without_owed_days(products, demand)
    is_jit = (products["stocking_type"] == "jit").to_numpy()
    has_part = (products["part"] != "").to_numpy()
    listed, off = products["listed"].to_numpy(), products["off"].to_numpy()
    opening, arrivals = _cast_supply(products, demand)
    shelf = np.where(has_part, opening, np.where(listed < 0, _first_stock(rate, rng), 0)) * ~is_jit
    opening = shelf.copy()
    first = np.clip(listed, 0, days - 1)
    launched = ~has_part & ~is_jit & (listed >= 0)
    arrivals[first[launched], np.flatnonzero(launched)] += 10 + np.ceil(rate[-1] * 42).astype(int)[launched]
    arrivals[first[launched], np.flatnonzero(launched)] += rng.integers(5, 40, launched.sum())
    seller = _Seller(rng, n, options.reorder_fail_share, watched=~has_part & ~is_jit)
    sold, in_stock = np.zeros_like(demand), np.zeros(demand.shape, dtype=bool)
    for day in range(days):
        shelf += arrivals[day]
        can_buy = (is_jit | (shelf > 0)) & (day >= listed) & (day < off)
        in_stock[day] = can_buy
        sold[day] = np.where(can_buy, np.where(is_jit, demand[day], np.minimum(demand[day], shelf)), 0)
        shelf -= np.where(is_jit, 0, sold[day])
        seller.reorder(day, shelf, rate[day], arrivals)
    _owe(products, sold)
    on_the_way = arrivals[days:].sum(axis=0) + products["inbound"].to_numpy()
    closing = np.where(is_jit, products["shelf"].to_numpy(), shelf)
    return Movements(sold, in_stock, arrivals[:days], opening, closing, on_the_way)


def _first_stock(rate: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What stood there on the first morning: three to fifteen weeks of the first quarter's demand, and a few more."""
    weekly = rate[:QUARTER].mean(axis=0) * 7
    return np.ceil(weekly * rng.uniform(3, 15, rate.shape[1])).astype(int) + rng.integers(0, 12, rate.shape[1])


def _cast_supply(products: pl.DataFrame, demand: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Opening stock and arrivals that bring each product of the cast to the stock of its story.

    Each quarter's demand arrives at the start of the quarter; the stock of the last day is there from the beginning,
    or arrives on the day the story says. After `sold_out` nothing is left until then.
    """
    days, n = demand.shape
    arrivals = np.zeros((days + 60, n), dtype=int)
    has_part = (products["part"] != "").to_numpy()
    day = np.arange(days)[:, None]
    served = demand * has_part * (day < products["sold_out"].to_numpy())
    starts = np.arange(days % QUARTER, days, QUARTER)
    for start in starts:
        arrivals[start] = served[start : start + QUARTER].sum(axis=0)
    opening = served[: days % QUARTER].sum(axis=0)
    listed = products["listed"].to_numpy()
    restocked = products["restocked"].to_numpy()
    late = np.where(restocked < days, restocked, listed)
    arrives = has_part & (late > 0) & (late < days)
    later = demand * has_part * (day >= restocked)
    goal = products["shelf"].to_numpy() + later.sum(axis=0)
    arrivals[late[arrives], np.flatnonzero(arrives)] += goal[arrives]
    return opening + np.where(has_part & ~arrives, goal, 0), arrivals


def _owed(products: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The day and the product of the orders that a story leaves unshipped."""
    day = products["owed_on"].to_numpy()
    owing = np.flatnonzero((products["owed"].to_numpy() > 0) & (day >= 0))
    return day[owing], owing


def _without_owed_days(products: pl.DataFrame, demand: np.ndarray) -> np.ndarray:
    """Demand without the ordinary buyers of those days, so that the units owed are exactly the story's."""
    day, owing = _owed(products)
    demand = demand.copy()
    demand[day, owing] = 0
    return demand


def _owe(products: pl.DataFrame, sold: np.ndarray) -> None:
    """Orders the story adds on one day that no shelf could serve: they are sold, and still owed."""
    day, owing = _owed(products)
    sold[day, owing] += products["owed"].to_numpy()[owing]


class _Seller:
    """Who reorders when little is left, and now and then forgets to for months."""

    def __init__(self, rng: np.random.Generator, n: int, fails: float, *, watched: np.ndarray) -> None:
        self.rng, self.fails, self.watched = rng, fails, watched
        self.lead = rng.integers(10, 36, n)
        self.pipeline = np.zeros(n, dtype=int)
        self.next_look = np.zeros(n, dtype=int)

    def reorder(self, day: int, shelf: np.ndarray, rate: np.ndarray, arrivals: np.ndarray) -> None:
        """Order six weeks of today's true demand where shelf and pipeline fall below the lead time's demand."""
        self.pipeline -= np.minimum(self.pipeline, arrivals[day])
        low = shelf + self.pipeline <= np.ceil(rate * self.lead * 1.3)
        due = np.flatnonzero(self.watched & low & (rate > 0.01) & (day >= self.next_look))
        forgets = self.rng.random(due.size) < self.fails
        self.next_look[due[forgets]] = day + self.rng.integers(60, 180, forgets.sum())
        orders = due[~forgets]
        quantity = np.maximum(8, np.ceil(rate[orders] * 42).astype(int))
        arrivals[day + self.lead[orders], orders] += quantity
        self.pipeline[orders] += quantity
