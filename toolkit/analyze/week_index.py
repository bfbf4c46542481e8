"""Which of a product's weeks lie before a day? One look-up, however many products and days ask.

Tables of products and weeks are kept as arrays sorted by product, then week. Beside them stands how many rows each
product has before every Monday. With running sums over the rows, what happened to a product between two days is the
difference of two look-ups, and a clock that stands still in some weeks is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

__all__ = ["WEEK", "RunningSum", "WeekIndex", "stretches", "week_index"]

Floats = np.ndarray
WEEK = 7


@dataclass(frozen=True)
class WeekIndex:
    """Where the rows of each product and week stand in arrays sorted by product, then week."""

    monday: int
    """First day of the first week."""
    places: np.ndarray
    """products × weeks + 1: how many rows earlier products have, and the product itself in earlier weeks."""

    @property
    def first(self) -> np.ndarray:
        """Place of each product's first row."""
        return self.places[:, 0]

    def place(self, product: np.ndarray, day: np.ndarray | int) -> np.ndarray:
        """Place of the first row of each product that belongs to a week beginning on the day or later."""
        weeks = self.places.shape[1]
        week = np.minimum(np.maximum((day - (self.monday - WEEK + 1)) // WEEK, 0), weeks - 1)
        # Numbers of 32 bits are kept for their size; picking rows by them is slow.
        return self.places.take(product * weeks + week).astype(np.int64)


def week_index(product: np.ndarray, day: np.ndarray, size: int) -> WeekIndex:
    """The index of rows sorted by product, then day, of so many products; `day` is the Monday of a week.

    >>> index = week_index(np.array([0, 0, 2]), np.array([4, 18, 11]), 3)
    >>> index.place(np.array([0, 0, 2, 2]), np.array([4, 12, 11, 12])).tolist()
    [0, 1, 2, 3]
    """
    monday = int(day.min()) if len(day) else 0
    week = (day - monday) // WEEK
    weeks = int(week.max(initial=-1)) + 2
    places = np.zeros(size * weeks, dtype=np.int32)
    np.add.at(places, product * weeks + week + 1, np.int32(1))
    np.cumsum(places, out=places)
    return WeekIndex(monday, places.reshape(size, weeks))


def stretches(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """The places from each `first` up to, not including, its `last`, one stretch after another.

    >>> stretches(np.array([5, 9, 0]), np.array([7, 9, 1])).tolist()
    [5, 6, 0]
    """
    many = last - first
    begin = np.cumsum(many) - many
    return np.arange(int(many.sum())) + np.repeat(first - begin, many)


@dataclass(frozen=True)
class RunningSum:
    """Values of rows, one per product and week, of which the sum of any stretch of days is asked for."""

    index: WeekIndex
    values: Floats

    def up_to(self, product: np.ndarray, day: np.ndarray | int) -> Floats:
        """Sum over earlier products, and the product's own weeks that begin before the day: differences mean something."""
        return self.total.take(self.index.place(product, day))

    def between(self, product: np.ndarray, first: np.ndarray | int, last: np.ndarray | int) -> Floats:
        """Sum over the weeks of each product that begin from day `first` up to, not including, `last`."""
        return self.up_to(product, last) - self.up_to(product, first)

    def before(self, product: np.ndarray, day: np.ndarray | int) -> Floats:
        """Sum over the weeks of each product that begin before the day."""
        return self.up_to(product, day) - self.total.take(self.index.first.take(product))

    @cached_property
    def total(self) -> Floats:
        """Sum of all rows before each place, of all products one after another."""
        return np.concatenate([[0.0], np.cumsum(self.values)])
