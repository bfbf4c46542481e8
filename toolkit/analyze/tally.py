"""What had happened to every product before a day, for many days of one past at the price of one.

A model that is refitted on its own past looks back from a dozen days. Rows sorted by product and week make that cheap:
counts and sums before a day are differences of running sums, and sums with old weeks forgotten are worked out for all
days at once: those of one day are those of the day before, faded, and the rows in between. The total of a period
(`toolkit.analyze.intervals`) is added when the period is over, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.analyze.intervals import Heard
from toolkit.analyze.past import Past
from toolkit.analyze.week_index import stretches

__all__ = ["HALF_LIVES", "Forgetting", "SaleDays", "Tally", "forgetting", "last_sale", "sale_days", "tally"]

Floats = np.ndarray
HALF_LIVES = (3, 8, 26)
_FADED = (("count", 3), ("count", 8), ("count", 26), ("units", 3), ("units", 26), ("orders", 3), ("orders", 26))


@dataclass(frozen=True)
class Forgetting:
    """Sums of some products before each of several days, with old weeks forgotten on the product's own clock."""

    days: np.ndarray
    """Ascending; what begins on a day or later is not counted."""
    number: np.ndarray
    """Where each product of the past stands in the tables; −1: it was not asked for."""
    now: Floats
    """Where each product's own clock stands on each day (see `Closed.clock`): days × products."""
    sums: dict[tuple[str, int], Floats]
    """(count, units or orders; half-life in weeks) → the sum: days × products."""


@dataclass(frozen=True)
class Tally:
    """What had happened to products before days: one entry per case, which is a product and a day."""

    product: np.ndarray
    at: np.ndarray
    """Number of the case's day in `Forgetting.days`, ascending."""
    day: np.ndarray
    """First day that is not counted."""
    row: np.ndarray
    """The last row in `Past.sold`; −1: none."""
    count: Floats
    """Weeks with a sale."""
    units: Floats
    orders: Floats
    most: Floats
    """Units of the best week."""
    faded: dict[tuple[str, int], Floats]
    """(count, units or orders; half-life in weeks) → the sum with old weeks forgotten."""
    now: Floats
    """Where the product's own clock stands."""
    heard: Heard | None
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


def sale_days(past: Past, seen: Tally) -> SaleDays:
    """When products first and last sold, from weekly rows and, where those say less, from totals of periods."""
    sold, row = past.sold, seen.row
    first_row = np.where(row >= 0, sold.index.first[seen.product], -1)
    first, oldest = _of_row(sold.first_sale, first_row), _of_row(sold.day, first_row)
    last, before, newest = (_of_row(v, row) for v in (sold.last_sale, sold.before_last, sold.day))
    if seen.heard is None:
        return SaleDays(first, last, before, oldest, newest)
    told = seen.heard
    is_first = (told.first_sale >= 0) & ((first < 0) | (told.first_sale < first))
    is_last = told.last_sale > last
    return SaleDays(
        first=np.where(is_first, told.first_sale, first),
        last=np.where(is_last, told.last_sale, last),
        before_last=np.where(is_last, np.maximum(told.before_last, last), np.maximum(before, told.last_sale)),
        oldest=np.where(is_first, told.first_sale, oldest),
        newest=np.where(is_last, told.last_sale, newest),
    )


def last_sale(past: Past, day: int) -> np.ndarray:
    """Day of the last sale of every product before `day`; −1 where there was none."""
    last = _of_row(past.sold.last_sale, past.sold.last_row(np.arange(past.size), day))
    return last if past.totals is None else np.maximum(last, past.totals.heard(day, past.size).last_sale)


def _of_row(values: np.ndarray, row: np.ndarray) -> np.ndarray:
    """The value of each row; −1 where there is no row."""
    return np.where(row >= 0, values.take(row), -1) if len(values) else np.full(len(row), -1)


def tally(past: Past, faded: Forgetting, product: np.ndarray, at: np.ndarray) -> Tally:
    """What had happened to these products before their days (`at`: their numbers, ascending, in those of `faded`)."""
    sold, day = past.sold, faded.days[at]
    place = faded.number[product] + at * faded.now.shape[1]
    row = sold.last_row(product, day)
    plain = {
        "count": np.where(row >= 0, row - sold.index.first[product] + 1.0, 0.0),
        "units": sold.sum_units.before(product, day),
        "orders": sold.sum_orders.before(product, day),
        "most": np.where(row >= 0, sold.best.take(row), 0.0) if len(sold.best) else np.zeros(len(row)),
    }
    heard = None
    if past.totals is not None:
        heard = _with_totals(past, faded.days, product, at, plain)
    return Tally(
        product=product,
        at=at,
        day=day,
        row=row,
        faded={key: values.take(place) for key, values in faded.sums.items()},
        now=faded.now.take(place),
        heard=heard,
        **plain,
    )


def _with_totals(past: Past, days: np.ndarray, product: np.ndarray, at: np.ndarray, plain: dict[str, Floats]) -> Heard:
    """Add each period that is over: weeks with a sale, units, sales, and as its best week the least it can have been."""
    assert past.totals is not None
    parts = []
    for number, day in enumerate(days.tolist()):
        mine, over = at == number, past.totals.over(0, day)
        p, least = past.totals.product[over], np.zeros(past.size)
        for name, told in past.totals.told(over).items():
            plain[name][mine] += np.bincount(p, told, past.size)[product[mine]]
        np.maximum.at(least, p, past.totals.units[over] / np.maximum(past.totals.weeks[over], 1.0))
        plain["most"][mine] = np.maximum(plain["most"][mine], least[product[mine]])
        parts.append(past.totals.heard(day, past.size).of(product[mine]))
    return Heard(*(np.concatenate([getattr(part, name) for part in parts]) for name in Heard.__dataclass_fields__))


def forgetting(past: Past, products: np.ndarray, days: Sequence[int]) -> Forgetting:
    """The faded sums of some products (ascending numbers) before each of the days."""
    sold, until = past.sold, np.array(sorted(days))
    number = np.full(past.size, -1)
    number[products] = np.arange(len(products))
    now = past.closed.clock(products, until[:, None])
    edges = np.concatenate([sold.index.first[products][None], sold.index.place(products, until[:, None])])
    # Rows of a product between two days lie together: `many` of them, one product after another.
    many = np.diff(edges, axis=0).T.ravel()
    rows = slice(None) if many.sum() == len(sold.day) else stretches(edges[0], edges[-1])
    some = np.flatnonzero(many)
    begin = (np.cumsum(many) - many)[some]
    ago = np.maximum(np.repeat(now.T.ravel(), many) - sold.middle[rows], 0.0)
    told = {"count": 1.0, "units": sold.units[rows], "orders": sold.orders[rows]}
    weight = {h: np.exp2(ago * (-1 / h)) for h in HALF_LIVES}
    left = {h: np.exp2(np.diff(now, axis=0) * (-1 / h)) for h in HALF_LIVES}
    sums = {}
    for name, h in _FADED:
        if name == "orders" and not past.has_orders:
            continue
        new = _sums_of(weight[h] * told[name], begin, some, len(many)).reshape(len(products), len(until)).T.copy()
        if past.totals is not None:
            _add_totals(past, until, number, now, name, h, new)
        for k in range(1, len(new)):
            new[k] += new[k - 1] * left[h][k - 1]
        sums[name, h] = new
    return Forgetting(until, number, now, sums)


def _sums_of(values: Floats, begin: np.ndarray, some: np.ndarray, size: int) -> Floats:
    """Sums of values that stand together: those of places `some`, of so many, each from its `begin` on; the others are 0."""
    sums = np.zeros(size)
    if len(some):
        sums[some] = np.add.reduceat(values, begin)
    return sums


def _add_totals(
    past: Past, days: np.ndarray, number: np.ndarray, now: Floats, name: str, half_life: float, new: Floats
) -> None:
    """Add what is left of each period that was over by a day but not by the one before."""
    assert past.totals is not None
    for k, (since, day) in enumerate(zip([0, *days[:-1].tolist()], days.tolist(), strict=True)):
        over = past.totals.over(since, day)
        place = number[past.totals.product[over]]
        on = place >= 0
        left = past.totals.told(over)[name] * past.totals.fade(over, now[k, place], half_life)
        new[k] += np.bincount(place[on], left[on], new.shape[1])
