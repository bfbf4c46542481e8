"""What had happened to every product before a day, for many days of one past at the price of one.

A model that is refitted on its own past looks back from a dozen days. Each look needs, per product, counts, sums with
old weeks forgotten, and its first and last rows. Rows in the order of time make that cheap: the sums of one look are
those of the look before it and the rows in between, and forgetting is one factor per product. The total of a period
(`toolkit.analyze.intervals`) is added when the period is over, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.analyze.intervals import Heard, Intervals
from toolkit.analyze.past import Past, Sold

__all__ = ["HALF_LIVES", "SaleDays", "Tally", "last_sale", "sale_days", "tallies", "tally"]

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
    heard: Heard | None = None
    """What totals of periods say of first and last sales; None: there are no totals."""


@dataclass(frozen=True)
class SaleDays:
    """First and last sales of products before a day: by day where one is known; −1 where there was none."""

    first: np.ndarray
    last: np.ndarray
    before_last: np.ndarray
    oldest: np.ndarray
    """First day of the first week with a sale; the expected day where only a period's total is known."""
    newest: np.ndarray


def sale_days(past: Past, seen: Tally, rows: np.ndarray) -> SaleDays:
    """When these products first and last sold, from weekly rows and, where those say less, from totals of periods."""
    sold, first_row, last_row = past.sold, seen.first_row[rows], seen.last_row[rows]
    first, oldest = _of_row(sold.first_sale, first_row), _of_row(sold.day, first_row)
    last, before, newest = (_of_row(v, last_row) for v in (sold.last_sale, sold.before_last, sold.day))
    if seen.heard is None:
        return SaleDays(first, last, before, oldest, newest)
    told_first, told_last, told_before = (
        v[rows] for v in (seen.heard.first_sale, seen.heard.last_sale, seen.heard.before_last)
    )
    is_first = (told_first >= 0) & ((first < 0) | (told_first < first))
    is_last = told_last > last
    return SaleDays(
        first=np.where(is_first, told_first, first),
        last=np.where(is_last, told_last, last),
        before_last=np.where(is_last, np.maximum(told_before, last), np.maximum(before, told_last)),
        oldest=np.where(is_first, told_first, oldest),
        newest=np.where(is_last, told_last, newest),
    )


def last_sale(past: Past, seen: Tally, rows: np.ndarray) -> np.ndarray:
    """`SaleDays.last` alone."""
    last = _of_row(past.sold.last_sale, seen.last_row[rows])
    return last if seen.heard is None else np.maximum(last, seen.heard.last_sale[rows])


def _of_row(values: np.ndarray, row: np.ndarray) -> np.ndarray:
    """The value of each product's row; −1 where it has no row."""
    return np.where(row >= 0, values[row], -1) if len(values) else np.full(len(row), -1)


def tally(past: Past, day: int) -> Tally:
    """What had happened before `day`."""
    return next(tallies(past, [day]))


def tallies(past: Past, days: Sequence[int]) -> Iterator[Tally]:
    """What had happened before each of the days, ascending; each is to be used before the next one is asked for."""
    rows, n, everyone = past.sold, past.size, np.arange(past.size)
    count, units, orders, most = (np.zeros(n) for _ in range(4))
    first_row, last_row = np.full(n, -1), np.full(n, -1)
    sums = {key: np.zeros(n) for key in _FADED if key[0] != "orders" or past.has_orders}
    begin, since, at = 0, 0, past.closed.clock(everyone, np.full(n, past.start))
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
        heard = None
        if past.totals is not None:
            over, heard = past.totals.over(since, day), past.totals.heard(day, n)
            _add_totals(past.totals, over, (count, units, orders, most), sums, now)
        yield Tally(day, end, count, units, orders, most, first_row, last_row, sums, now, heard)
        begin, since, at = end, day, now


def _add_totals(
    totals: Intervals, over: slice, plain: tuple[Floats, ...], sums: dict[tuple[str, int], Floats], now: Floats
) -> None:
    """Add each period that is over: sales, units, weeks with a sale, and as its best week the least it can have been."""
    p, n = totals.product[over], len(now)
    told = {"count": totals.sold_weeks[over], "units": totals.units[over], "orders": totals.sales[over]}
    for total, name in zip(plain, told, strict=False):
        total += np.bincount(p, told[name], n)
    np.maximum.at(plain[-1], p, told["units"] / np.maximum(totals.weeks[over], 1.0))
    for (name, half_life), total in sums.items():
        total += np.bincount(p, told[name] * totals.fade(over, now[p], half_life), n)


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
