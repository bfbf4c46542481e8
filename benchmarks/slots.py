"""How long does it take to price and choose among 100,000 products, with and without a limit on revenue that binds?

    PYTHONPATH=. python benchmarks/slots.py [--products 100000]

The exact choice is held against the bound of its linear relaxation: the gain is within the gap printed (0 is optimal).
"""

from __future__ import annotations

import time
from datetime import date

import click
import numpy as np
import polars as pl

from toolkit.analyze.duplicates import near_duplicates
from toolkit.decide.choice import Room, choose
from toolkit.decide.options import options
from toolkit.schema import PROFILE
from toolkit.settings import Duplicates, Settings


def candidates(products: int, seed: int = 1) -> pl.DataFrame:
    """Gains and revenues of so many made-up products in 200 categories."""
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "gain": rng.lognormal(7, 1.2, products) - 400,
            "revenue": rng.lognormal(6, 1.5, products),
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
        product_id=[f"{n:016d}" for n in range(products)], title=titles, status=["on_sale"] * products,
        category=[f"{n // 10 % 200}" for n in range(products)],
        supply_price_fen=prices,
        unit_cost_fen=rng.integers(200, 4000, products), sellable_units=rng.integers(0, 900, products),
        units_mean_8w=mean * 0.6, units_mean_13w=mean, p_no_sale_13w=np.exp(-mean / 3).clip(0, 0.99),
        units_q10_13w=np.floor(mean * 0.2).astype(int), units_q50_13w=np.floor(mean * 0.8).astype(int),
        units_q90_13w=np.ceil(mean * 2).astype(int), units_q90_26w=np.ceil(mean * 4).astype(int),
        units_left_13w=np.maximum(400 - mean, 0.0),
    )  # fmt: skip


@click.command()
@click.option("--products", default=100_000)
def main(products: int) -> None:
    """Seconds for each step."""
    some = candidates(products)
    most, floors = products // 10, {str(n): products // 1500 for n in range(200)}
    loose, tight = Room(most, by_category=floors), Room(most, 0.01 * float(some["revenue"].sum()), floors)
    taken = {}
    for name, room in (("greedy", loose), ("exact", tight)):
        begun = time.perf_counter()
        taken[name] = choose(some, room)
        gain = some.filter(taken[name])["gain"].sum()
        print(f"{name:12} {time.perf_counter() - begun:6.2f} s  {taken[name].sum():,} taken, gain {gain:,.0f}")
    begun = time.perf_counter()
    profile = shelf(products)
    print(f"{'made up':12} {time.perf_counter() - begun:6.2f} s")
    begun = time.perf_counter()
    rows = options(profile, as_of=date(2026, 11, 22), settings=Settings()).height
    print(f"{'options':12} {time.perf_counter() - begun:6.2f} s  {rows:,} rows")
    begun = time.perf_counter()
    alike = near_duplicates(profile, Duplicates()).filter(pl.col("is_one_to_keep").not_()).height
    print(f"{'look-alikes':12} {time.perf_counter() - begun:6.2f} s  {alike:,} of {products // 10:,} planted or more")


if __name__ == "__main__":
    main()
