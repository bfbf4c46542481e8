"""Names, ids and prices of invented products: sixteen, seventeen and twelve digits, and no brand that exists."""

from __future__ import annotations

import numpy as np
import polars as pl

from toolkit.sample.cast import CAST
from toolkit.sample.seasons import DEPARTMENTS

__all__ = ["name_products"]

STYLES = (("简约", "Minimal"), ("加厚", "Thick"), ("便携", "Portable"), ("可爱", "Cute"), ("升级款", "Upgraded"),
          ("轻量", "Lightweight"), ("复古", "Retro"), ("大号", "Large"), ("迷你", "Mini"), ("防滑", "Non-slip"))  # fmt: skip
COLOURS = (("黑色", "Black"), ("米白", "Off-white"), ("雾蓝", "Mist Blue"), ("墨绿", "Dark Green"), ("粉色", "Pink"),
           ("灰色", "Grey"), ("橙色", "Orange"))  # fmt: skip
TWIN = "twin"


def name_products(drawn: pl.DataFrame, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The products with id, title, price and cost, and their SKUs with the warehouse item behind each.

    One product in seven has no known cost. Where a product has three SKUs, two share one warehouse item.
    """
    n = drawn.height
    prices = {d.category: d.price_yuan for d in DEPARTMENTS}
    price = np.array([prices.get(c, 20.0) for c in drawn["category"]]) * np.exp(rng.normal(0, 0.35, n))
    cost = price * rng.uniform(0.55, 0.8, n)
    code = rng.permutation(np.arange(1000, 1000 + 3 * n))[:n]
    named = drawn.with_columns(
        product_id=pl.Series(_ids(rng, "1005", 12, n)),
        title=pl.Series(_titles(drawn, rng)),
        supply_price_fen=pl.Series(np.maximum(100, np.round(price * 10) * 10).astype(np.int64)),
        unit_cost_fen=pl.when(pl.Series(rng.random(n) > 1 / 7)).then(
            pl.Series(np.maximum(50, np.round(cost * 10) * 10).astype(np.int64))
        ),
        currency=pl.lit("CNY"),
        seller_sku=pl.Series([f"YW-{c}" for c in code]),
    )
    return named, _skus(named, rng)


def _ids(rng: np.random.Generator, start: str, digits: int, n: int) -> list[str]:
    """Distinct ids with a common start; none ends in 0, so that a cut one is known by its end."""
    numbers = np.unique(rng.integers(10 ** (digits - 2), 10 ** (digits - 1), 2 * n + 20))
    picked = rng.permutation(numbers)[:n] * 10 + rng.integers(1, 10, n)
    return [f"{start}{number:0{digits}d}" for number in picked]


def _titles(drawn: pl.DataFrame, rng: np.random.Generator) -> list[str]:
    """A Chinese and an English title in one, as sellers write them; twins differ in a word only."""
    nouns = {d.category: d.nouns for d in DEPARTMENTS}
    fixed = {part.name: part.title for part in CAST if part.title}
    style, colour, noun, pack = (rng.integers(0, k, drawn.height) for k in (len(STYLES), len(COLOURS), 60, 5))
    titles = []
    for row, (part, category) in enumerate(drawn.select("part", "category").iter_rows()):
        kinds = nouns.get(category, ())
        zh, en = fixed.get(part) or kinds[noun[row] % len(kinds)]
        style_zh, style_en = STYLES[style[row]]
        colour_zh, colour_en = COLOURS[colour[row]]
        count = int(pack[row]) * 2 + 1
        titles.append(
            f"{zh} {colour_zh} {en} {colour_en}"
            if part == TWIN
            else f"{style_zh}{zh} {colour_zh} {count}件装 {style_en} {en} {colour_en} {count}pcs"
        )
    return titles


def _skus(named: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per SKU: one to three of a product; the third shares the second's warehouse item."""
    count = rng.choice([1, 2, 3], size=named.height, p=[0.6, 0.25, 0.15])
    row = np.repeat(np.arange(named.height), count)
    number = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
    return (
        named.select("product_id", "seller_sku", "stocking_type")[row]
        .with_columns(
            number=pl.Series(number),
            sku_id=pl.Series(_ids(rng, "12000", 12, row.size)),
            _item=pl.Series(_ids(rng, "60", 10, row.size)),
        )
        .with_columns(
            sc_item_id=pl.when(pl.col("number") == 2).then(pl.col("_item").shift(1)).otherwise(pl.col("_item")),
            seller_sku=pl.concat_str("seller_sku", pl.lit("-"), pl.col("number") + 1),
        )
        .drop("_item")
    )
