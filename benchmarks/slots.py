"""How long does it take to price and choose among 100,000 products, with and without a limit on revenue that binds?

    PYTHONPATH=. python benchmarks/slots.py [--products 100000] [--milp]

With `--milp` scipy's general solver chooses under the same limits: its gain and its time stand beside ours.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click
import numpy as np
import polars as pl

from toolkit.analyze.duplicates import near_duplicates
from toolkit.decide.choice import Room, choose
from toolkit.decide.in_money import in_money
from toolkit.decide.options import options
from toolkit.decide.plan import decide
from toolkit.schema import PROFILE
from toolkit.settings import Duplicates, Settings, Store

DAY = date(2026, 11, 22)


def candidates(products: int, seed: int = 1) -> pl.DataFrame:
    """Gains and revenues of so many made-up products in 200 categories."""
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "gain": rng.lognormal(7, 1.2, products).round() - 400,
            "revenue": rng.lognormal(6, 1.5, products).round(),
            "category": rng.integers(0, 200, products).astype(str),
        }
    )


def shelf(products: int, seed: int = 1) -> pl.DataFrame:
    """A profile of so many made-up products: one in ten titled like another one."""
    rng = np.random.default_rng(seed)
    letters = np.array(
        list("硅胶折叠水杯便携款圆形毛毡垫片不锈钢保温饭盒女士羊毛围巾格纹木质首饰双层带锁复古铁艺蜡烛台")
    )
    titles = ["".join(row) for row in letters[rng.integers(0, len(letters), (products, 14))]]
    prices = rng.integers(300, 9000, products)
    for place in range(0, products - 1, 10):
        titles[place + 1], prices[place + 1] = titles[place] + "新", prices[place]
    mean = rng.gamma(0.6, 12, products)
    return PROFILE.frame(
        product_id=[f"{n:016d}" for n in range(products)], title=titles, is_suspect_id=[False] * products,
        observed_on=[DAY] * products, is_protected=[False] * products, age_days=[400] * products,
        covered_days_90d=[90] * products, stock_as_of=[DAY] * products, delist_score=rng.random(products), status=["on_sale"] * products,
        category=[f"{n // 10 % 200}" for n in range(products)],
        supply_price_fen=prices,
        unit_cost_fen=rng.integers(200, 4000, products), sellable_units=rng.integers(0, 900, products),
        units_mean_8w=mean * 0.6, units_mean_13w=mean, p_no_sale_13w=np.exp(-mean / 3).clip(0, 0.99),
        units_q10_13w=np.floor(mean * 0.2).astype(int), units_q50_13w=np.floor(mean * 0.8).astype(int),
        units_q90_13w=np.ceil(mean * 2).astype(int), units_q90_26w=np.ceil(mean * 4).astype(int),
        units_left_13w=np.maximum(400 - mean, 0.0),
    )  # fmt: skip


@contextmanager
def timed(name: str, told: list[str]) -> Iterator[None]:
    """Print the seconds of a step, by the clock and of the processor, and what is appended to `told`."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"{name:12} {time.perf_counter() - clock:6.2f} s {time.process_time() - cpu:6.2f} s cpu  {told.pop()}")


def by_milp(some: pl.DataFrame, room: Room) -> float:
    """The gain that a general solver finds, to a gap of a billionth."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, vstack

    rows, codes = some.height, some["category"].cast(pl.Int64).to_numpy()
    inside: Any = csr_array((np.ones(rows), (codes, np.arange(rows))))
    matrix = vstack([csr_array(np.ones((1, rows))), csr_array(some["revenue"].to_numpy()[None]), inside])
    most: Any = np.array([room.products, room.revenue, *(room.by_category[str(n)] for n in range(inside.shape[0]))])
    solved = milp(
        -some["gain"].to_numpy(), constraints=LinearConstraint(matrix, -np.inf, most), integrality=np.ones(rows),
        bounds=Bounds(0, 1), options={"mip_rel_gap": 1e-9},
    )  # fmt: skip
    return -solved.fun


@click.command()
@click.option("--products", default=100_000)
@click.option("--milp", is_flag=True, help="The general solver beside it, too.")
def main(products: int, *, milp: bool) -> None:
    """Seconds for each step."""
    some, told = candidates(products), []
    most, floors = products // 10, {str(n): products // 1500 for n in range(200)}
    loose, tight = Room(most, by_category=floors), Room(most, 0.01 * float(some["revenue"].sum()), floors)
    for name, room in (("greedy", loose), ("exact", tight)):
        with timed(name, told):
            taken = choose(some, room)
            told.append(f"{taken.sum():,} taken, gain {some.filter(taken)['gain'].sum():,.0f}")
    if milp:
        with timed("milp", told):
            told.append(f"gain {by_milp(some, tight):,.0f}")
    with timed("made up", told):
        profile = shelf(products)
        told.append(f"{profile.height:,} products")
    with timed("options", told):
        told.append(f"{options(profile, as_of=DAY, settings=Settings()).height:,} rows")
    over = Settings(store=Store(listing_limit=products - products // 20))
    advised = decide(profile, as_of=DAY, settings=over)
    with timed("under limit", told):
        money = in_money(advised, profile, as_of=DAY, settings=over)
        told.append(
            f"{money.for_slots:,} of {products // 20:,} give way for slots, one more would cost {money.slot_value}"
        )
    with timed("look-alikes", told):
        alike = near_duplicates(profile, Duplicates()).filter(pl.col("is_one_to_keep").not_()).height
        told.append(f"{alike:,} of {products // 10:,} planted or more")


if __name__ == "__main__":
    main()
