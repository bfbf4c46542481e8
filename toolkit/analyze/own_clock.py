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

__all__ = ["SPAN", "Closed", "closed_of"]

SPAN = 1 << 20
"""Larger than any day number: product × SPAN + day sorts by product, then day."""
Floats = np.ndarray


@dataclass(frozen=True)
class Closed:
    """Stretches of closed days, one per product and week, and those on which the whole shop is unknown."""

    key: np.ndarray
    """product × SPAN + first day of the week, ascending."""
    weeks: Floats
    """How much of the week was closed, 0 to 1."""
    shop_day: np.ndarray
    shop_weeks: Floats

    @cached_property
    def product(self) -> np.ndarray:
        return self.key // SPAN

    @cached_property
    def day(self) -> np.ndarray:
        return self.key % SPAN

    @property
    def stops(self) -> bool:
        """Whether any clock ever stands still."""
        return bool(len(self.key) or len(self.shop_day))

    def clock(self, product: np.ndarray, day: np.ndarray) -> Floats:
        """Where a product's own clock stands at the beginning of a day, in weeks; only differences mean anything."""
        if not self.stops:
            return day / 7
        own = self._sums[0][np.searchsorted(self.key, product * SPAN + day)]
        return day / 7 - own - self._sums[1][np.searchsorted(self.shop_day, day)]

    def between(self, product: np.ndarray, first: np.ndarray, last: np.ndarray) -> Floats:
        """Closed weeks of each product from day `first` up to, not including, day `last`."""
        return (last - first) / 7 - (self.clock(product, last) - self.clock(product, first))

    @cached_property
    def _sums(self) -> tuple[Floats, Floats]:
        """Closed weeks before each entry: of the products one after another, and of the shop."""
        return tuple(np.concatenate([[0.0], np.cumsum(weeks)]) for weeks in (self.weeks, self.shop_weeks))  # pyright: ignore[reportReturnType]


def closed_of(closed_weeks: pl.DataFrame | None, number: pl.DataFrame) -> Closed:
    """Rows of `Evidence.closed_weeks` as arrays; in weeks of which the whole shop is unknown, that alone counts.

    Args:
        closed_weeks: product_id, week_start, closed_share; None: no clock ever stands still.
        number: product_id and its number `n`.
    """
    if closed_weeks is None or closed_weeks.is_empty():
        nothing = np.zeros(0, dtype=np.int64)
        return Closed(nothing, np.zeros(0), nothing, np.zeros(0))
    rows = closed_weeks.select("product_id", "closed_share", day=pl.col("week_start").to_physical().cast(pl.Int64))
    shop = rows.filter(pl.col("product_id").is_null()).sort("day")
    unknown = pl.Series(shop["day"])
    own = rows.join(number, on="product_id").filter(~pl.col("day").is_in(unknown.implode())).sort("n", "day")
    return Closed(
        key=own["n"].to_numpy() * SPAN + own["day"].to_numpy(),
        weeks=own["closed_share"].to_numpy().astype(float),
        shop_day=shop["day"].to_numpy(),
        shop_weeks=shop["closed_share"].to_numpy().astype(float),
    )
