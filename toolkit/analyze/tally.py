"""What had happened to every product before a day, for many days of one past at the price of one.

A model that is refitted on its own past looks back from a dozen days. Each look needs, per product, counts, sums with
old weeks forgotten, and its first and last rows. Rows in the order of time make that cheap: the sums of one look are
those of the look before it and the rows in between, and forgetting is one factor per product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.analyze.past import Past, Sold

__all__ = ["HALF_LIVES", "Tally", "tallies", "tally"]

Floats = np.ndarray
HALF_LIVES = (3, 8, 26)
_FADED = (("count", 3), ("count", 8), ("count", 26), ("units", 3), ("units", 26), ("orders", 3), ("orders", 26))


@dataclass(frozen=True)
class Tally:
    """One entry per product of the past; rows are numbered as in `Past.sold`, −1 where there is none."""

    day: int
    """First day that is not counted."""
    seen: int
    """How many rows of `Past.sold` lie before the day."""
    count: Floats
    """Weeks with a sale."""
    units: Floats
    orders: Floats
    most: Floats
    """Units of the best week."""
    first_row: np.ndarray
    last_row: np.ndarray
    faded: dict[tuple[str, int], Floats]
    """(count, units or orders; half-life in weeks) → the sum with old weeks forgotten on the product's own clock."""
    now: Floats
    """Where each product's own clock stands (see `Closed.clock`)."""


def tally(past: Past, day: int) -> Tally:
    """What had happened before `day`."""
    return next(tallies(past, [day]))


def tallies(past: Past, days: Sequence[int]) -> Iterator[Tally]:
    """What had happened before each of the days, ascending; each is to be used before the next one is asked for."""
    rows, n, everyone = past.sold, past.size, np.arange(past.size)
    count, units, orders, most = (np.zeros(n) for _ in range(4))
    first_row, last_row = np.full(n, -1), np.full(n, -1)
    sums = {key: np.zeros(n) for key in _FADED if key[0] != "orders" or past.has_orders}
    begin, at = 0, past.closed.clock(everyone, np.full(n, past.start))
    for day in sorted(days):
        end, now = int(np.searchsorted(rows.day, day)), past.closed.clock(everyone, np.full(n, day))
        part = slice(begin, end)
        p, number = rows.product[part], np.arange(begin, end)
        count += np.bincount(p, minlength=n)
        units += np.bincount(p, rows.units[part], n)
        orders += np.bincount(p, rows.orders[part], n)
        np.maximum.at(most, p, rows.units[part])
        last_row[p] = number
        is_new = first_row[p] < 0
        first_row[p[is_new][::-1]] = number[is_new][::-1]
        _fade(rows, part, sums, np.maximum(now[p] - rows.middle[part], 0.0), now - at)
        yield Tally(day, end, count, units, orders, most, first_row, last_row, sums, now)
        begin, at = end, now


def _fade(rows: Sold, part: slice, sums: dict[tuple[str, int], Floats], ago: Floats, passed: Floats) -> None:
    """Forget what the time passed asks for, then add the new rows, each as long ago as it is."""
    p = rows.product[part]
    for h in HALF_LIVES:
        weight, left = np.exp2(ago * (-1 / h)), np.exp2(passed * (-1 / h))
        for (name, half_life), total in sums.items():
            if half_life != h:
                continue
            total *= left
            total += np.bincount(p, weight if name == "count" else weight * getattr(rows, name)[part], len(total))
