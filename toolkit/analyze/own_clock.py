"""How many weeks could a product be bought? A clock of its own that stands still while it could not.

Days on which nothing could be bought say nothing about demand. So the clock stops while a product is out of stock or
off sale, and for everybody while no file tells the sales. All ages, gaps and rates of the model are measured on it; for
a shop of which only sales are known it is the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from toolkit.analyze.week_index import WEEK, RunningSum, week_index

__all__ = ["SPAN", "Closed", "closed_of"]

SPAN = 1 << 20
"""Larger than any day number: product × SPAN + day sorts by product, then day."""
Floats = np.ndarray


@dataclass(frozen=True)
class Closed:
    """Stretches of closed days, one per product and week, and those on which the whole shop is unknown."""

    size: int
    """How many products there are."""
    product: np.ndarray
    """Product of each entry, ascending."""
    day: np.ndarray
    """First day of its week, ascending for each product."""
    weeks: Floats
    """How much of the week was closed, 0 to 1."""
    shop_day: np.ndarray
    shop_weeks: Floats

    @property
    def stops(self) -> bool:
        """Whether any clock ever stands still."""
        return bool(len(self.product) or len(self.shop_day))

    @cached_property
    def own(self) -> RunningSum:
        """Closed weeks of the products."""
        return RunningSum(week_index(self.product, self.day, self.size), self.weeks)

    def clock(self, product: np.ndarray, day: np.ndarray | int) -> Floats:
        """Where a product's own clock stands at the beginning of a day, in weeks; only differences mean anything."""
        if not self.stops:
            return np.broadcast_to(day / WEEK, np.broadcast_shapes(np.shape(product), np.shape(day)))
        open_so_far = day / WEEK - self.own.up_to(product, day)
        if not len(self.shop_day):
            return open_so_far
        return open_so_far - self._shop_sums[np.searchsorted(self.shop_day, day)]

    def between(self, product: np.ndarray, first: np.ndarray | int, last: np.ndarray | int) -> Floats:
        """Closed weeks of each product from day `first` up to, not including, day `last`."""
        return (last - first) / WEEK - (self.clock(product, last) - self.clock(product, first))

    @cached_property
    def _shop_sums(self) -> Floats:
        """Closed weeks of the shop before each entry."""
        return np.concatenate([[0.0], np.cumsum(self.shop_weeks)])


def closed_of(closed_weeks: pl.DataFrame | None, number: pl.DataFrame) -> Closed:
    """Rows of `Evidence.closed_weeks` as arrays; in weeks of which the whole shop is unknown, that alone counts.

    Args:
        closed_weeks: product_id, week_start, closed_share; None: no clock ever stands still.
        number: product_id and its number `n`.
    """
    if closed_weeks is None or closed_weeks.is_empty():
        nothing = np.zeros(0, dtype=np.int64)
        return Closed(number.height, nothing, nothing, np.zeros(0), nothing, np.zeros(0))
    day = pl.col("week_start").to_physical().cast(pl.Int64)
    rows = closed_weeks.join(number, on="product_id", how="left", maintain_order="left").select(
        "product_id", "n", "closed_share", day=day
    )
    is_shop = rows["product_id"].is_null()
    shop = rows.filter(is_shop).sort("day")
    own = rows.filter(rows["n"].is_not_null() & ~rows["day"].is_in(shop["day"].implode()))
    key = own["n"] * SPAN + own["day"]
    own = own if key.is_sorted() else own.sort("n", "day")
    return Closed(
        size=number.height,
        product=own["n"].to_numpy(),
        day=own["day"].to_numpy(),
        weeks=own["closed_share"].to_numpy().astype(float),
        shop_day=shop["day"].to_numpy(),
        shop_weeks=shop["closed_share"].to_numpy().astype(float),
    )
