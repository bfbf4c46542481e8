"""Who the products are and what people truly want of them, before any shelf gets in the way.

A product's true rate is a Gamma draw around its department's pace (a few sell well, most slowly), times the season
of its department, times its own growth, between the day it was listed and the day its demand died. Daily demand is
Poisson around that, with a shared ups and downs per product and week where `lumpiness` asks for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from toolkit.sample.cast import CAST, Part
from toolkit.sample.seasons import DEPARTMENTS, SEASONS, season_weights

__all__ = ["Calendar", "ShopOptions", "daily_demand", "daily_rate", "draw_products"]

NEVER = 10**6
"""A day index beyond every calendar: this never happens."""


@dataclass(frozen=True)
class ShopOptions:
    """What kind of shop is drawn. Shares are of the products without a part in the cast."""

    mean_rate: float = 1.2
    """Mean true rate, units per product and week, while listed."""
    rate_shape: float = 0.6
    """Shape of the Gamma the rates come from: the smaller, the more unequal the products."""
    lumpiness: float = 0.15
    """Variance of the weekly factor on demand (mean 1); 0 gives plain Poisson."""
    growth_sd: float = 0.3
    """Standard deviation of a product's yearly growth (log)."""
    seasonal_share: float = 0.33
    """Part of the products in seasonal departments."""
    dead_share: float = 0.15
    """Part of the products whose demand dies on one day of the window."""
    new_share: float = 0.08
    """Part of the products listed in the last 60 days."""
    listed_before_share: float = 0.65
    """Part of the products listed before the first week."""
    jit_share: float = 0.35
    overseas_share: float = 0.05
    reorder_fail_share: float = 0.12
    """How often a due reorder is forgotten for two to six months."""
    event_lift: float = 0.6
    """How much demand rises on the days of a platform event (3.28, 8.18, 11.11, Black Friday)."""
    moving_days: tuple[tuple[date, date], ...] = ()
    """Runs of days of an event that moves from year to year (first and last day)."""
    moving_lift: float = 0.0
    """How much demand rises on those days; −1 stops it."""
    with_cast: bool = True
    """Whether the products with a fixed story are among them."""


@dataclass(frozen=True)
class Calendar:
    """The days of a shop, counted from 0; a negative day lies before its first week."""

    first_day: date
    days: int

    def event_days(self) -> np.ndarray:
        """Which days belong to a platform event: an invented calendar of the well-known dates.

        >>> Calendar(date(2026, 11, 9), 7).event_days().tolist()
        [False, False, True, True, True, False, False]
        """
        day = pl.select(pl.date_range(self.first_day, pl.lit(self.first_day) + pl.duration(days=self.days - 1)))
        day = day.to_series()
        month_day = (day.dt.month().cast(pl.Int64) * 100 + day.dt.day()).to_numpy()
        spans = ((328, 402), (818, 822), (1111, 1113), (1125, 1130))
        return np.logical_or.reduce([(month_day >= first) & (month_day <= last) for first, last in spans])

    def days_of(self, runs: Sequence[tuple[date, date]]) -> np.ndarray:
        """Which days lie in any of some runs of days.

        >>> Calendar(date(2026, 11, 9), 4).days_of([(date(2026, 11, 10), date(2026, 11, 11))]).tolist()
        [False, True, True, False]
        """
        day = np.arange(self.days)
        spans = [((first - self.first_day).days, (last - self.first_day).days) for first, last in runs]
        return np.logical_or.reduce(
            [(day >= first) & (day <= last) for first, last in spans], initial=np.zeros(1, bool)
        ) & (day >= 0)


def draw_products(products: int, calendar: Calendar, rng: np.random.Generator, options: ShopOptions) -> pl.DataFrame:
    """One row per product: its department, stocking, true base rate, life in day numbers and its part, in random order.

    The cast takes at most two thirds of a small shop; each part keeps at least one product while there is room.
    """
    cast = _cast_rows(products, calendar) if options.with_cast else []
    crowd = _crowd(products - len(cast), calendar, rng, options)
    everyone = pl.concat([pl.DataFrame(cast, schema=crowd.schema), crowd]) if cast else crowd
    return everyone[rng.permutation(everyone.height)]


def _cast_rows(products: int, calendar: Calendar) -> list[dict[str, object]]:
    """The cast, shrunk to fit a small shop."""
    fit = min(1.0, products * 2 / 3 / sum(part.count for part in CAST))
    rows = [
        _cast_row(part, number, calendar) for part in CAST for number in range(max(1, math.floor(part.count * fit)))
    ]
    return rows[: products * 2 // 3]


def _cast_row(part: Part, number: int, calendar: Calendar) -> dict[str, object]:
    """One product of the cast: the part's days, counted from the first day instead of back from the last."""
    last = calendar.days - 1
    all_year = [d for d in DEPARTMENTS if d.season == "all_year"]
    category = part.category or all_year[(number + len(part.name)) % len(all_year)].category
    listed = last - part.listed - number
    return {
        "part": part.name,
        "category": category,
        "season": next((_SEASON_NUMBER[d.season] for d in DEPARTMENTS if d.category == category), 0),
        "stocking_type": part.stocking,
        "base_rate": part.rate,
        "growth": 0.0,
        "listed": listed,
        "died": NEVER if part.died is None else last - part.died,
        "off": last - 20 if part.status == "delisted" else NEVER,
        "sold_out": NEVER if part.sold_out is None else last - part.sold_out,
        "restocked": NEVER if part.restocked is None else last - part.restocked,
        "shelf": part.stock,
        "inbound": part.inbound,
        "owed": part.owed,
        "owed_on": last - part.owed_since if part.owed else NEVER,
    }


_SEASON_NUMBER = {season.name: number for number, season in enumerate(SEASONS)}
_SEASONAL = np.array([department.season != "all_year" for department in DEPARTMENTS])


def _crowd(n: int, calendar: Calendar, rng: np.random.Generator, options: ShopOptions) -> pl.DataFrame:
    """The products without a part, drawn at random."""
    shares = np.array([department.share for department in DEPARTMENTS])
    shares = np.where(
        _SEASONAL,
        shares / shares[_SEASONAL].sum() * options.seasonal_share,
        shares / shares[~_SEASONAL].sum() * (1 - options.seasonal_share),
    )
    department = rng.choice(len(DEPARTMENTS), size=n, p=shares)
    pace = np.array([d.pace for d in DEPARTMENTS])[department]
    listed = _listed(n, calendar, rng, options)
    dies = (rng.random(n) < options.dead_share) & (listed < calendar.days - 90)
    died = np.where(dies, rng.integers(np.minimum(np.maximum(listed, 0) + 30, calendar.days - 1), calendar.days), NEVER)
    taken_off = dies & (rng.random(n) < 0.15) & (died < calendar.days - 40)
    return pl.DataFrame(
        {
            "part": [""] * n,
            "category": np.array([d.category for d in DEPARTMENTS])[department],
            "season": np.array([_SEASON_NUMBER[d.season] for d in DEPARTMENTS])[department],
            "stocking_type": rng.choice(
                ["jit", "overseas", "warehouse"],
                size=n,
                p=[options.jit_share, options.overseas_share, 1 - options.jit_share - options.overseas_share],
            ),
            "base_rate": rng.gamma(options.rate_shape, options.mean_rate / options.rate_shape, n) * pace,
            "growth": rng.normal(0, options.growth_sd, n),
            "listed": listed,
            "died": died,
            "off": np.where(taken_off, died + 35, NEVER),
            **{name: np.full(n, NEVER) for name in ("sold_out", "restocked")},
            "shelf": np.where(rng.random(n) < 0.5, 500, 999),
            **{name: np.zeros(n, dtype=np.int64) for name in ("inbound", "owed")},
            "owed_on": np.full(n, NEVER),
        }
    )


def _listed(n: int, calendar: Calendar, rng: np.random.Generator, options: ShopOptions) -> np.ndarray:
    """The day each was listed: before the window, within it, or in the last 60 days."""
    kind = rng.random(n)
    before = -rng.integers(1, 700, n)
    within = rng.integers(0, max(1, calendar.days - 60), n)
    lately = rng.integers(max(0, calendar.days - 60), calendar.days, n)
    is_new = kind < options.new_share
    return np.where(is_new, lately, np.where(kind < options.new_share + options.listed_before_share, before, within))


def daily_rate(products: pl.DataFrame, calendar: Calendar, options: ShopOptions) -> np.ndarray:
    """True demand, units per day, one row per day and one column per product: what a full shelf would sell on average."""
    day = np.arange(calendar.days)[:, None]
    season = season_weights(calendar.first_day, calendar.days)[products["season"].to_numpy()].T
    moving = options.moving_lift * calendar.days_of(options.moving_days)
    event = ((1 + options.event_lift * calendar.event_days()) * (1 + moving))[:, None]
    growth = np.exp(products["growth"].to_numpy() * (day - calendar.days / 2) / 365)
    ends = np.minimum(products["died"].to_numpy(), products["off"].to_numpy())
    alive = (day >= products["listed"].to_numpy()) & (day < ends)
    return products["base_rate"].to_numpy() / 7 * season * event * growth * alive


def daily_demand(rate: np.ndarray, rng: np.random.Generator, options: ShopOptions) -> np.ndarray:
    """Units wanted, one row per day and one column per product: Poisson, its rate shared within a product's week."""
    weeks, products = len(rate) // 7, rate.shape[1]
    if options.lumpiness > 0:
        factor = rng.gamma(1 / options.lumpiness, options.lumpiness, (weeks, products))
        rate = rate * np.repeat(factor, 7, axis=0)
    return rng.poisson(rate)
