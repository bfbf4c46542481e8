"""A simulated shop with known truth: what people wanted, what the shelf let through, and what was sold.

The same products, weeks, seed and options give the same shop, to the last unit: nothing looks at a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit import schema
from toolkit.errors import SettingsError
from toolkit.sample import orders
from toolkit.sample.cast import CAST
from toolkit.sample.demand import NEVER, Calendar, ShopOptions, daily_demand, daily_rate, draw_products
from toolkit.sample.seasons import DEPARTMENTS, SEASONS, season_by_week
from toolkit.sample.shelves import Movements, move_stock
from toolkit.sample.titles import name_products

__all__ = ["Shop", "simulate"]

LAST_DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Shop:
    """A shop as only its inventor can know it. All tables are sorted by their first columns."""

    first_day: date
    last_day: date
    seed: int
    products: pl.DataFrame
    """One row per product: what it is, its true base rate (units per week), growth, the day its demand died, its part
    in the cast, and its stock on the last evening."""
    skus: pl.DataFrame
    """One row per SKU of a product, with the warehouse item behind it."""
    weeks: pl.DataFrame
    """One row per product and week since it was listed: true rate (what a full shelf sells on average), days on sale,
    days in stock, units sold, units wanted that the empty shelf could not serve, units received."""
    sales: pl.DataFrame
    """One row per product and day with a sale."""
    receipts: pl.DataFrame
    """One row per arrival of warehouse goods."""
    seasons: pl.DataFrame
    """One row per season and week: its true weight, 1 being an ordinary week."""

    def order_lines(self) -> pl.DataFrame:
        """One row per consumer order line; cancelled lines are extra, the others add up to `sales`."""
        return orders.order_lines(self.sales, self.skus, np.random.default_rng([self.seed, 5]))

    def tables(self) -> schema.Tables:
        """The shop as the loader would give it had every file been perfect: for scoring without files."""
        known = self.products.filter(~pl.col("is_damaged_id"))
        receipts = self.receipts.join(known, on="product_id", how="semi").with_columns(
            purchase_order_no=pl.int_range(pl.len()).cast(pl.String), quantity="units", received_units="units"
        )
        heads = receipts.with_columns(
            po_type=pl.lit("warehouse"),
            order_status=pl.lit("received"),
            arrived_at=pl.col("received_on").cast(pl.Datetime("us")),
        )
        shelves = known.filter(pl.col("stocking_type") != "jit")
        tables = {
            "catalog": known,
            "stock": shelves.with_columns(sellable_units="on_hand_units", quality=pl.lit("good")),
            "order_lines": self._lines_as_loaded(),
            "purchase_orders": heads,
            "purchase_order_lines": receipts,
            "coverage": self._coverage(),
        }
        return schema.Tables(**{name: self._as_loaded(name, frame) for name, frame in tables.items()})

    def _lines_as_loaded(self) -> pl.DataFrame:
        return self.order_lines().filter(~pl.col("is_cancelled")).with_columns(
            channel=pl.lit("fully_managed"),
            ordered_on=pl.col("ordered_at").dt.date(),
            currency=pl.lit("CNY"),
            order_status=pl.when("is_owed").then(pl.lit("paid")).otherwise(pl.lit("finished")),
        )  # fmt: skip

    def _coverage(self) -> pl.DataFrame:
        days = {"first_day": [self.first_day], "last_day": [self.last_day]}
        return pl.DataFrame({"sales_source": ["orders"], "channel": ["fully_managed"], **days})

    def _as_loaded(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame as a table of the schema that says where its rows come from."""
        (table,) = (table for table in schema.TABLES if table.name == name)
        told = frame.with_columns(
            source_file=pl.lit("sample"), observed_on=pl.lit(self.last_day), is_suspect_id=pl.lit(False)
        )
        return table.conform(told)


def simulate(
    products: int, weeks: int, seed: int, *, last_day: date = LAST_DAY, options: ShopOptions | None = None
) -> Shop:
    """An invented shop of so many products over so many weeks that end on a Sunday.

    Raises:
        SettingsError: no products, fewer than 8 weeks, or a last day that is not a Sunday.

    >>> shop = simulate(40, 26, seed=1)
    >>> shop.products.height, shop.weeks["units"].sum() == shop.sales["units"].sum()
    (40, True)
    """
    if products < 1 or weeks < 8 or last_day.weekday() != 6:
        raise SettingsError("sample_size", products=products, weeks=weeks, last_day=last_day)
    options = options or ShopOptions()
    calendar = Calendar(last_day - timedelta(weeks * 7 - 1), weeks * 7)
    who, wants, shelf, names = (np.random.default_rng([seed, part]) for part in range(4))
    drawn = draw_products(products, calendar, who, options)
    rate = daily_rate(drawn, calendar, options)
    demand = daily_demand(rate, wants, options)
    moved = move_stock(drawn, demand, rate, shelf, options)
    named, skus = name_products(drawn, names)
    told = _tell_products(named, moved, calendar)
    by_id = np.argsort(told["product_id"].to_numpy())
    return Shop(
        first_day=calendar.first_day,
        last_day=last_day,
        seed=seed,
        products=told[by_id],
        skus=skus.sort("product_id", "number"),
        weeks=_weeks(told, rate, demand, moved, calendar, by_id),
        sales=_sales(told, moved, calendar),
        receipts=_receipts(told, moved, calendar),
        seasons=season_by_week(calendar.first_day, weeks),
    )


def _tell_products(named: pl.DataFrame, moved: Movements, calendar: Calendar) -> pl.DataFrame:
    """The truth per product, day numbers turned into dates."""
    parents = pl.DataFrame(
        {"category": [d.category for d in DEPARTMENTS], "parent_category": [d.parent for d in DEPARTMENTS]}
    )
    seasons = pl.DataFrame({"season": range(len(SEASONS)), "season_name": [s.name for s in SEASONS]})
    day = {
        name: pl.when(pl.col(old) < NEVER).then(pl.lit(calendar.first_day) + pl.duration(days=pl.col(old)))
        for name, old in (("listed_on", "listed"), ("died_on", "died"), ("off_sale_on", "off"),
                          ("sold_out_on", "sold_out"), ("restocked_on", "restocked"), ("owed_on", "owed_on"))
    }  # fmt: skip
    return (
        named.with_columns(
            on_hand_units=pl.Series(moved.closing, dtype=pl.Int64),
            opening_units=pl.Series(moved.opening, dtype=pl.Int64),
            inbound_units=pl.Series(moved.on_the_way, dtype=pl.Int64),
        )
        .join(_parts(), on="part", how="left", maintain_order="left")
        .join(parents, on="category", how="left", maintain_order="left")
        .join(seasons, on="season", how="left", maintain_order="left")
        .with_columns(
            **day,
            status=pl.when(pl.col("off") < calendar.days).then(pl.lit("delisted")).otherwise(
                pl.col("status").fill_null("on_sale")
            ),
            parent_category=pl.col("parent_category").fill_null("玩具"),
            is_damaged_id=pl.col("is_damaged_id").fill_null(False),
            is_protected=pl.col("is_protected").fill_null(False),
            base_rate=pl.col("base_rate").round(4),
            growth=pl.col("growth").round(4),
        )
        .select(
            "product_id", "part", "title", "category", "parent_category", "season_name", "stocking_type", "status",
            "base_rate", "growth", "listed_on", "died_on", "off_sale_on", "sold_out_on", "restocked_on",
            "supply_price_fen", "unit_cost_fen", "currency", "seller_sku", "opening_units", "on_hand_units",
            "inbound_units", pl.col("owed").alias("owed_units"), "owed_on", "policy", "is_protected", "is_damaged_id",
        )
    )  # fmt: skip


def _parts() -> pl.DataFrame:
    """One row per part of the cast: what it brings to a product."""
    return pl.DataFrame(
        {
            "part": [part.name for part in CAST],
            "status": [part.status for part in CAST],
            "is_damaged_id": [part.is_damaged for part in CAST],
            "is_protected": [part.is_protected for part in CAST],
            "policy": pl.Series([part.policy for part in CAST], dtype=pl.String),
        }
    )


def _weeks(
    told: pl.DataFrame, rate: np.ndarray, demand: np.ndarray, moved: Movements, calendar: Calendar, by_id: np.ndarray
) -> pl.DataFrame:
    """One row per product and week from the week it was listed."""
    weeks, n = calendar.days // 7, told.height

    def by_week(daily: np.ndarray) -> np.ndarray:
        return daily.reshape(weeks, 7, n).sum(axis=1).T[by_id].ravel()

    day = np.arange(calendar.days)[:, None]
    first = pl.lit(calendar.first_day)
    listed = (told["listed_on"] - calendar.first_day).dt.total_days().to_numpy()
    off = (told["off_sale_on"] - calendar.first_day).dt.total_days().fill_null(NEVER).to_numpy()
    return pl.DataFrame(
        {
            "product_id": np.repeat(told["product_id"].to_numpy()[by_id], weeks),
            "week": np.tile(np.arange(weeks), n),
            "true_rate": by_week(rate).round(4),
            "on_sale_days": by_week((day >= listed) & (day < off)),
            "in_stock_days": by_week(moved.in_stock),
            "units": by_week(moved.sold),
            "lost_units": by_week(np.maximum(demand - moved.sold, 0)),
            "received_units": by_week(moved.received),
        }
    ).with_columns(week_start=first + pl.duration(weeks=pl.col("week"))).filter(
        (pl.col("on_sale_days") > 0) | (pl.col("received_units") > 0)
    ).select(
        "product_id", "week_start", "true_rate", "on_sale_days", "in_stock_days", "units", "lost_units", "received_units"
    )  # fmt: skip


def _sales(told: pl.DataFrame, moved: Movements, calendar: Calendar) -> pl.DataFrame:
    """One row per day and product with a sale, by day."""
    day, product = np.nonzero(moved.sold)
    return (
        told.select("product_id", "stocking_type", pl.col("supply_price_fen").alias("unit_price_fen"), "owed_on")[
            product
        ]
        .with_columns(
            day=pl.lit(calendar.first_day) + pl.duration(days=pl.lit(pl.Series(day))),
            units=pl.Series(moved.sold[day, product], dtype=pl.Int64),
        )
        .with_columns(is_owed=pl.col("day").eq_missing(pl.col("owed_on")))
        .drop("owed_on")
        .sort("day", "product_id")
    )


def _receipts(told: pl.DataFrame, moved: Movements, calendar: Calendar) -> pl.DataFrame:
    """One row per day and product with an arrival."""
    day, product = np.nonzero(moved.received)
    return (
        told.select("product_id", "title", pl.col("unit_cost_fen"))[product]
        .with_columns(
            received_on=pl.lit(calendar.first_day) + pl.duration(days=pl.lit(pl.Series(day))),
            units=pl.Series(moved.received[day, product], dtype=pl.Int64),
        )
        .sort("received_on", "product_id")
    )
