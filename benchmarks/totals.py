"""What are totals of periods worth, where no order file tells the weeks?

    PYTHONPATH=. python benchmarks/totals.py

Simulated shops of 600 products. Order files tell the last 16 or 34 weeks; the rest of 112 weeks is told week by week, by
totals of 4 or 13 weeks, or not at all. Judged by the eight weeks that follow, on the mean of eight shops.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import polars as pl

from toolkit.analyze.demand import demand
from toolkit.analyze.past import Evidence
from toolkit.sample import simulate

MONDAY, WEEKS, AHEAD, PRODUCTS = date(2024, 1, 1), 112, 8, 600
_DAYS = {"first_sale_on": pl.Date, "last_sale_on": pl.Date}


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def steady(seed: int) -> np.ndarray:
    """Units by product and week: Gamma rates, born at any time, dead after 90 weeks on the mean, no season."""
    random = np.random.default_rng(seed)
    born = random.integers(-60, WEEKS, PRODUCTS)[:, None]
    rate, life = random.gamma(0.6, 0.8, PRODUCTS)[:, None], random.exponential(90, PRODUCTS)[:, None]
    at = np.arange(WEEKS + AHEAD)[None, :]
    return np.where((at >= born) & (at < born + life), random.poisson(rate, (PRODUCTS, WEEKS + AHEAD)), 0)


def seasonal(seed: int) -> np.ndarray:
    """Units by product and week of the invented shops that the model is judged on: seasons, stock-outs, deaths."""
    rows = simulate(PRODUCTS, WEEKS + AHEAD, seed).weeks.select("product_id", "week_start", "units")
    place = rows.select(pl.col("product_id", "week_start").rank("dense").cast(pl.Int64) - 1)
    units = np.zeros((PRODUCTS, WEEKS + AHEAD), dtype=np.int64)
    units[place["product_id"].to_numpy(), place["week_start"].to_numpy()] = rows["units"].to_numpy()
    return units


def weekly(units: np.ndarray, first: int) -> pl.DataFrame:
    """The rows of weekly sales that order files from week `first` on give."""
    sellers, at = np.nonzero(units[:, first:WEEKS])
    sold = units[sellers, at + first]
    rows = {
        "product_id": names(sellers),
        "week_start": [week(int(n) + first) for n in at],
        "units": sold,
        "orders": sold,
    }
    return pl.DataFrame(rows).with_columns(pl.lit(None, dtype).alias(name) for name, dtype in _DAYS.items())


def totals(units: np.ndarray, first: int, length: int) -> pl.DataFrame:
    """Totals of `length` weeks up to week `first`, of products that had sold by then."""
    parts = []
    for begin in range(first % length, first, length):
        there = np.flatnonzero(units[:, : begin + length].sum(axis=1))
        sold = units[there, begin : begin + length].sum(axis=1)
        days = {"first_day": week(begin), "last_day": week(begin + length) - timedelta(days=1)}
        facts = pl.DataFrame({"product_id": names(there), "units": sold, "orders": sold})
        parts.append(facts.with_columns(pl.lit(day).alias(name) for name, day in days.items()))
    return pl.concat(parts)


def names(numbers: np.ndarray) -> list[str]:
    return [f"p{n:04}" for n in numbers]


def judged(units: np.ndarray, first: int, evidence: Evidence) -> dict[str, float]:
    """AUC, Brier score and log loss of P(nothing sold in eight weeks), and how many products are called new."""
    sold = np.flatnonzero(units[:, :WEEKS].sum(axis=1))
    products = pl.DataFrame({"product_id": names(sold)})
    table = demand(weekly(units, first), products, as_of=week(WEEKS) - timedelta(days=1), evidence=evidence)
    silent, p = units[sold, WEEKS:].sum(axis=1) == 0, table["p_no_sale_8w"].to_numpy()
    likely = np.clip(np.where(silent, p, 1 - p), 1e-4, 1)
    pairs = p[silent][:, None] - p[~silent][None, :]
    auc = (pairs > 0).mean() + 0.5 * (pairs == 0).mean()
    new = float((table["demand_state"] == "new").to_numpy().sum())
    return {"auc": auc, "brier": ((p - silent) ** 2).mean(), "log_loss": -np.log(likely).mean(), "new": new}


def main() -> None:
    rows = []
    for (kind, shop), seed, told in product({"steady": steady, "seasonal": seasonal}.items(), range(8), (16, 34)):
        units, first = shop(seed), WEEKS - told
        since = Evidence(known_since=week(first))
        ways = {
            "not at all": (first, since),
            "by 13 weeks": (first, replace(since, totals=totals(units, first, 13))),
            "by 4 weeks": (first, replace(since, totals=totals(units, first, 4))),
            "by weeks": (0, Evidence(known_since=week(0))),
        }
        rows += [
            {"shop": kind, "told_weeks": told, "before": way, **judged(units, *given)} for way, given in ways.items()
        ]
    table = pl.DataFrame(rows).group_by("shop", "told_weeks", "before", maintain_order=True).mean()
    with pl.Config(tbl_rows=-1, float_precision=3):
        print(table)


if __name__ == "__main__":
    main()
