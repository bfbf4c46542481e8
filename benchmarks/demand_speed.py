"""How long does the forecast take beside the reduction of the same order lines to weeks, and how does it grow?

    PYTHONPATH=. python benchmarks/demand_speed.py [--products 3000] [--rate 6 --rate 35] [--grow 100000 --grow 1000000]

The reduction is of order lines that lie in memory, typed (`product_weeks`); reading and checking their file, which costs
far more, is not counted. The forecast depends on products and weeks, hardly on order lines: so the share it adds falls
with them. Rates 6 and 35 give a shop of 3,000 products about one and five million lines in two years.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import timedelta

import click
import numpy as np
import polars as pl

from toolkit.analyze.demand import demand
from toolkit.analyze.past import Evidence
from toolkit.analyze.sales import product_weeks
from toolkit.sample import ShopOptions, simulate
from toolkit.sample.shop import LAST_DAY


def seconds_of(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds (all threads) of one run."""
    begun, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - busy


def made_up_weeks(products: int, seed: int = 1) -> pl.DataFrame:
    """Weekly rows of so many products over a year, 12 each: only their number matters."""
    rng = np.random.default_rng(seed)
    week = rng.integers(0, 52, products * 12)
    rows = pl.DataFrame(
        {"n": np.repeat(np.arange(products), 12), "week": week, "units": rng.integers(1, 9, products * 12)}
    )
    return rows.unique(["n", "week"]).select(
        product_id=pl.format("p{}", pl.col("n").cast(pl.String).str.zfill(7)),
        week_start=pl.lit(LAST_DAY - timedelta(weeks=52, days=-1)) + pl.duration(weeks="week"),
        units=pl.col("units").cast(pl.Int64),
        orders=pl.lit(1, pl.Int64),
        first_sale_on=pl.lit(None, pl.Date),
        last_sale_on=pl.lit(None, pl.Date),
    )


@click.command()
@click.option("--products", default=3000)
@click.option("--rate", "rates", multiple=True, default=(6.0, 35.0), help="Units per product and week.")
@click.option("--grow", multiple=True, type=int, default=(10_000, 100_000))
def main(products: int, rates: tuple[float, ...], grow: tuple[int, ...]) -> None:
    """Time the forecast of a shop of two years, then of ever more products."""
    for rate in rates:
        two_years(products, rate)
    for count in grow:
        rows = made_up_weeks(count)
        names = rows.select("product_id").unique()
        seconds, busy = seconds_of(lambda rows=rows, names=names: demand(rows, names, as_of=LAST_DAY))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        click.echo(
            f"{count} products: {seconds:.2f} s, processor {busy:.2f} s = {busy / count * 1e6:.0f} µs each, peak {peak:.0f} MiB so far"
        )


def two_years(products: int, rate: float) -> None:
    """Time both steps of one shop: the shortest of several runs in turn, as other work disturbs both alike."""
    shop = simulate(products, 104, 5, options=ShopOptions(with_cast=False, mean_rate=rate))
    lines = shop.tables().order_lines
    assert lines is not None
    lines = lines.lazy().collect()
    weekly = product_weeks(lines)
    facts = shop.products.select(
        "product_id",
        "title",
        "category",
        "parent_category",
        "listed_on",
        "stocking_type",
        sellable_units="on_hand_units",
    )
    closed = shop.weeks.select("product_id", "week_start", closed_share=1 - pl.col("in_stock_days") / 7)
    evidence = Evidence(closed_weeks=closed.filter(pl.col("closed_share") > 0), basis="snapshots")
    runs = [
        (
            seconds_of(lambda: product_weeks(lines)),
            seconds_of(lambda: demand(weekly, facts, as_of=shop.last_day, evidence=evidence)),
        )
        for _ in range(6)
    ]
    # The best of several runs in turn, wall and processor each for itself: other work disturbs both alike.
    (reduce, reduce_busy), (score, score_busy) = (
        [min(kind) for kind in zip(*run, strict=True)] for run in zip(*runs, strict=True)
    )
    click.echo(
        f"{products} products, two years, {lines.height} lines, {weekly.height} product weeks: "
        f"reduce {reduce:.3f} s, forecast {score:.3f} s = {score / reduce:.2f} ×; "
        f"processor {reduce_busy:.3f} s, {score_busy:.3f} s = {score_busy / reduce_busy:.2f} ×"
    )


if __name__ == "__main__":
    main()
