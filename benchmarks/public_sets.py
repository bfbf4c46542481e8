"""The two public sets and simulated shops, reduced to what the model takes: product × week and facts per product.

Online Retail (D. Chen) and Sales Transactions Weekly (J. Tan, J. San Lau), both UCI Machine Learning Repository,
CC BY 4.0. Neither is part of this repository; `folder` names where they lie.

Rules of reduction, the same for all methods: a product code begins with five digits (postage, fees, manual lines and
vouchers do not); a sale is a line with a price; cancelled lines (C…) count against the units; lines at price 0 are
stock movements, known at the cutoff like everything before it, and never units.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from toolkit.analyze.past import Evidence, stock_moves
from toolkit.backtest import Record
from toolkit.sample import ShopOptions, simulate

__all__ = ["Shop", "online_retail", "simulated", "simulated_shops", "weekly_sales"]


@dataclass(frozen=True)
class Shop:
    """One shop with its whole history."""

    name: str
    record: Record
    cutoffs: tuple[date, ...]
    """First days that are *not* known, newest first."""
    is_simulated: bool = False


def online_retail(folder: Path) -> Shop:
    """The gift-ware seller: order lines of 2010-12-01 … 2011-12-09, ten cutoffs, titles and stock movements."""
    lines = pl.read_csv(
        gzip.decompress((folder / "online_retail" / "online_retail.csv.gz").read_bytes()),
        schema_overrides={"InvoiceNo": pl.String, "StockCode": pl.String, "CustomerID": pl.String},
        encoding="utf8-lossy",
    ).select(
        product_id=pl.col("StockCode").str.to_uppercase().str.strip_chars(),
        title=pl.col("Description"),
        ordered_on=pl.col("InvoiceDate").str.slice(0, 10).str.to_date("%Y-%m-%d"),
        quantity=pl.col("Quantity"),
        unit_price_fen=(pl.col("UnitPrice") * 100).round().cast(pl.Int64),
    )
    lines = lines.filter(pl.col("product_id").str.contains(r"^\d{5}"))
    sales = lines.filter(pl.col("unit_price_fen") > 0)
    newest = date(2011, 10, 10)
    cutoffs = (*(newest - timedelta(days=28 * i) for i in range(9)), date(2011, 9, 5))
    titles = (
        sales.group_by("product_id").agg(pl.col("title").sort_by("ordered_on").drop_nulls().first()).sort("product_id")
    )
    record = Record(
        _weeks(sales), titles, date(2010, 12, 1), date(2011, 12, 9), Evidence(moves=stock_moves(lines)),
        _prices(sales, cutoffs),
    )  # fmt: skip
    return Shop("online_retail", record, cutoffs)


def weekly_sales(folder: Path) -> Shop:
    """811 products × 52 weeks without a calendar: week 0 is put at 2011-01-03; cutoffs before weeks 44, 40, … 12."""
    table = pl.read_csv(folder / "weekly_sales" / "weekly_sales.csv")
    first = date(2011, 1, 3)
    weekly = (
        table.select(pl.col("Product_Code").alias("product_id"), *(f"W{i}" for i in range(52)))
        .unpivot(index="product_id", variable_name="week", value_name="units")
        .filter(pl.col("units") != 0)
        .select(
            "product_id",
            week_start=pl.lit(first) + pl.duration(weeks=pl.col("week").str.slice(1).cast(pl.Int64)),
            units="units",
            orders=pl.lit(None, pl.Int64),
            first_sale_on=pl.lit(None, pl.Date),
            last_sale_on=pl.lit(None, pl.Date),
        )
        .sort("product_id", "week_start")
    )
    products = table.select(pl.col("Product_Code").alias("product_id")).sort("product_id")
    record = Record(weekly, products, first, first + timedelta(weeks=52, days=-1))
    return Shop("weekly_sales", record, tuple(first + timedelta(weeks=44 - 4 * i) for i in range(9)))


def simulated(name: str, products: int, weeks: int, seed: int, options: ShopOptions, *, tells_stock: bool) -> Shop:
    """An invented shop. With `tells_stock`, closed weeks and listing days are known; else only sales and titles."""
    shop = simulate(products, weeks, seed, options=options)
    sales = shop.sales.rename({"day": "ordered_on", "units": "quantity"})
    closed = shop.weeks.select(
        "product_id", "week_start", closed_share=1 - pl.col("in_stock_days").cast(pl.Float64) / 7
    ).filter(pl.col("closed_share") > 0)
    facts = shop.products.select(
        "product_id", "title", "category", "parent_category", *(["listed_on"] if tells_stock else [])
    )
    end = shop.last_day + timedelta(days=1)
    evidence = Evidence(closed_weeks=closed, basis="snapshots") if tells_stock else Evidence()
    record = Record(_weeks(sales), facts, shop.first_day, shop.last_day, evidence)
    return Shop(name, record, tuple(end - timedelta(weeks=8 + 4 * i) for i in range(9)), is_simulated=True)


def simulated_shops(products: int = 700, weeks: int = 130) -> list[Shop]:
    """Shops from very slow to fast, calm and lumpy, seasonal and not, dying and lasting; half of them tell their stock."""
    shops = []
    for seed, (rate, seasonal, dead, lumpiness) in enumerate(
        [(0.08, 0.3, 0.2, 0.1), (0.2, 0.6, 0.3, 0.6), (0.4, 0.2, 0.1, 0.3), (0.8, 0.5, 0.4, 0.15),
         (1.2, 0.33, 0.15, 1.0), (2.5, 0.7, 0.25, 0.3), (5.0, 0.2, 0.1, 0.6), (12.0, 0.4, 0.3, 0.3)]
    ):  # fmt: skip
        options = ShopOptions(
            mean_rate=rate, seasonal_share=seasonal, dead_share=dead, lumpiness=lumpiness, with_cast=False
        )
        shops.append(simulated(f"simulated_{rate}", products, weeks, 40 + seed, options, tells_stock=seed % 2 == 0))
    return shops


def _weeks(sales: pl.DataFrame) -> pl.DataFrame:
    sold = pl.col("ordered_on").filter(pl.col("quantity") > 0)
    return (
        sales.group_by("product_id", pl.col("ordered_on").dt.truncate("1w").alias("week_start"))
        .agg(
            units=pl.col("quantity").sum().cast(pl.Int64),
            orders=(pl.col("quantity") > 0).sum().cast(pl.Int64),
            first_sale_on=sold.min(),
            last_sale_on=sold.max(),
        )
        .sort("product_id", "week_start")
    )


def _prices(sales: pl.DataFrame, cutoffs: tuple[date, ...]) -> pl.DataFrame:
    return pl.concat(
        sales.filter(pl.col("ordered_on") < cutoff)
        .group_by("product_id")
        .agg(price=pl.col("unit_price_fen").median())
        .with_columns(cutoff=pl.lit(cutoff))
        for cutoff in cutoffs
    ).sort("cutoff", "product_id")
