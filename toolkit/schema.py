"""Every table of the product: what one row is, its key, its columns with dtype and unit.

Stages meet only through these tables: `load` makes the first group, `analyze` turns them into one profile row per
product, `decide` adds the decision. A column has the same name, dtype and unit wherever it appears; its Chinese and
English names and the meaning of null are in `toolkit.words.columns`. `columns()` shows it all as a table.

Ids are text. Money is Int64 fen (hundredths of the currency's major unit) with `currency` beside it. Shares are
fractions from 0 to 1. Dates are days in the zone the source states; week_start is a Monday.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import polars as pl

from toolkit.words import Lang
from toolkit.words.columns import COLUMNS

__all__ = [
    "BINDINGS",
    "CATALOG",
    "COVERAGE",
    "DECISIONS",
    "GAPS",
    "LOADED_TABLES",
    "ORDER_LINES",
    "PERIOD_SALES",
    "POLICY",
    "PROBLEMS",
    "PROFILE",
    "PURCHASE_ORDERS",
    "PURCHASE_ORDER_LINES",
    "STOCK",
    "TABLES",
    "WEEKLY_SALES",
    "Column",
    "Table",
    "Tables",
    "columns",
]

ID, TEXT, DAY, FLAG, COUNT, SHARE = pl.String(), pl.String(), pl.Date(), pl.Boolean(), pl.Int64(), pl.Float64()
Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
MOMENT = pl.Datetime("us")


@dataclass(frozen=True)
class Column:
    """One column: its name, dtype and unit."""

    name: str
    dtype: pl.DataType
    unit: str
    """One of id, text, choice, day, moment, flag, units, count, days, weeks, fen, ratio, share."""


@dataclass(frozen=True)
class Table:
    """A table other code may rely on."""

    name: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """Column name to dtype, in order; fits `pl.DataFrame(schema=…)`."""
        return {column.name: column.dtype for column in self.columns}

    def empty(self) -> pl.DataFrame:
        """The table without rows.

        >>> BINDINGS.empty().height
        0
        """
        return pl.DataFrame(schema=self.dtypes)

    def frame(self, **values: Any) -> pl.DataFrame:
        """A table made from lists, columns not named being null: for tests and examples.

        >>> BINDINGS.frame(sku_id=["12000044382493157"], sc_item_id=["6001"])["product_id"].to_list()
        [None]
        """
        return self.conform(
            pl.DataFrame(values, schema_overrides={n: d for n, d in self.dtypes.items() if n in values})
        )

    def conform(self, frame: Frame) -> Frame:
        """The frame with exactly this table's columns, in order and dtype; a missing column becomes null.

        Columns that the table does not declare are dropped: they are never stored.
        """
        present = set(frame.collect_schema().names())
        return frame.select(
            pl.col(c.name).cast(c.dtype) if c.name in present else pl.lit(None, c.dtype).alias(c.name)
            for c in self.columns
        )


def _c(unit: str, *names: str) -> tuple[Column, ...]:
    dtype = {
        "id": ID, "text": TEXT, "choice": TEXT, "day": DAY, "moment": MOMENT, "flag": FLAG,
        "units": COUNT, "count": COUNT, "days": COUNT, "fen": COUNT,
        "weeks": SHARE, "ratio": SHARE, "share": SHARE,
    }[unit]  # fmt: skip
    return tuple(Column(name, dtype, unit) for name in names)


# Where a loaded row comes from. `observed_on` is the day the facts were true, as the file states it (a column, else
# its name): never the file's own time stamp.
ORIGIN = (*_c("text", "source_file", "source_sheet"), *_c("count", "source_row"), *_c("day", "observed_on"))

CATALOG = Table(
    "catalog",
    "one product as one snapshot shows it",
    ("product_id", "observed_on"),
    (
        *_c("id", "product_id"),
        *_c("flag", "is_suspect_id"),
        *_c("text", "title", "category", "parent_category"),
        *_c("choice", "stocking_type", "status"),
        *_c("text", "status_raw", "audit_failure_type"),
        *_c("fen", "supply_price_fen", "unit_cost_fen"),
        *_c("text", "currency"),
        *_c("units", "on_hand_units", "inbound_units"),
        *_c("day", "listed_on", "modified_on"),
        *_c("text", "seller_sku"),
        *ORIGIN,
    ),
)

BINDINGS = Table(
    "bindings",
    "one SKU of a product and the warehouse item behind it, as one snapshot shows it",
    ("product_id", "sku_id", "sc_item_id", "seller_sku", "observed_on"),
    (*_c("id", "product_id", "sku_id", "sc_item_id", "seller_sku"), *_c("text", "bind_status"), *ORIGIN),
)

STOCK = Table(
    "stock",
    "one count of units of a product, SKU or warehouse item in one warehouse on one day; "
    "the finest id given is the grain",
    ("product_id", "sku_id", "sc_item_id", "seller_sku", "warehouse_code", "quality", "observed_on"),
    (
        *_c("id", "product_id", "sku_id", "sc_item_id", "seller_sku"),
        *_c("flag", "is_suspect_id"),
        *_c("text", "warehouse_code", "warehouse_name"),
        *_c("choice", "quality"),
        *_c("units", "on_hand_units", "locked_units", "sellable_units", "inbound_units"),
        *ORIGIN,
    ),
)

PERIOD_SALES = Table(
    "period_sales",
    "what a product did in one statistics period, as the platform counted it",
    ("channel", "product_id", "period_start", "period_end"),
    (
        *_c("choice", "channel"),
        *_c("id", "product_id"),
        *_c("flag", "is_suspect_id"),
        *_c("day", "period_start", "period_end"),
        *_c("text", "stat_zone"),
        *_c("count", "search_impressions", "page_views", "visitors", "add_to_cart_buyers"),
        *_c("units", "add_to_cart_units", "units_paid"),
        *_c("count", "orders_paid", "buyers_paid"),
        *ORIGIN,
    ),
)

ORDER_LINES = Table(
    "order_lines",
    "one product line of one consumer order",
    ("channel", "order_id", "order_line_id", "product_id", "sku_id"),
    (
        *_c("choice", "channel"),
        *_c("id", "order_id", "order_line_id", "product_id", "sku_id"),
        *_c("flag", "is_suspect_id"),
        *_c("day", "ordered_on"),
        *_c("units", "quantity"),
        *_c("fen", "unit_price_fen"),
        *_c("text", "currency"),
        *_c("choice", "order_status"),
        *_c("text", "order_status_raw"),
        *_c("moment", "due_at"),
        *ORIGIN,
    ),
)

PURCHASE_ORDERS = Table(
    "purchase_orders",
    "one purchase order of the platform to the seller",
    ("purchase_order_no",),
    (
        *_c("id", "purchase_order_no", "order_id"),
        *_c("choice", "po_type", "order_status"),
        *_c("text", "order_status_raw", "warehouse_code"),
        *_c("moment", "ordered_at", "due_at", "arrived_at"),
        *_c("units", "quantity", "received_units"),
        *ORIGIN,
    ),
)

PURCHASE_ORDER_LINES = Table(
    "purchase_order_lines",
    "one product line of one purchase order",
    ("purchase_order_no", "product_id", "sku_id", "sc_item_id"),
    (
        *_c("id", "purchase_order_no", "product_id", "sku_id", "sc_item_id"),
        *_c("flag", "is_suspect_id"),
        *_c("text", "title"),
        *_c("units", "quantity", "received_units"),
        *_c("fen", "unit_price_fen"),
        *_c("text", "currency"),
        *ORIGIN,
    ),
)

POLICY = Table(
    "policy",
    "one entry of the user's policy list (term, brand, category, product) or protected list",
    ("policy_kind", "policy_value"),
    (
        *_c("choice", "policy_kind"),
        *_c("text", "policy_value"),
        *_c("day", "policy_from", "policy_until"),
        *_c("text", "policy_exceptions"),
        *_c("day", "policy_list_on"),
        *_c("text", "note"),
        *ORIGIN,
    ),
)

LOADED_TABLES = (
    CATALOG, BINDINGS, STOCK, PERIOD_SALES, ORDER_LINES, PURCHASE_ORDERS, PURCHASE_ORDER_LINES, POLICY,
)  # fmt: skip

PROBLEMS = Table(
    "problems",
    "one thing wrong with one row of a file: the row was rejected, or one value in it was blanked, or it was set aside",
    ("source_file", "source_sheet", "source_row", "column", "problem"),
    (
        *_c("text", "source_file", "source_sheet"),
        *_c("count", "source_row"),
        *_c("text", "cell", "column", "value"),
        *_c("choice", "problem", "effect"),
    ),
)

COVERAGE = Table(
    "coverage",
    "one stretch of days for which one file tells all sales of one kind",
    ("sales_source", "channel", "first_day", "last_day"),
    (*_c("choice", "sales_source", "channel"), *_c("day", "first_day", "last_day"), *_c("text", "source_file")),
)

GAPS = Table(
    "gaps",
    "one stretch of days that a source of sales does not tell, though it told days before",
    ("channel", "sales_source", "first_day"),
    (*_c("choice", "channel", "sales_source"), *_c("day", "first_day", "last_day"), *_c("days", "gap_days"),
     *_c("choice", "told_by")),
)  # fmt: skip

WEEKLY_SALES = Table(
    "weekly_sales",
    "what one product sold in one week through one channel, from exactly one source",
    ("channel", "product_id", "week_start"),
    (
        *_c("choice", "channel"),
        *_c("id", "product_id"),
        *_c("day", "week_start"),
        *_c("units", "units"),
        *_c("count", "orders"),
        *_c("fen", "revenue_fen"),
        *_c("text", "currency"),
        *_c("day", "first_sale_on", "last_sale_on"),
        *_c("choice", "sales_source"),
    ),
)

PROFILE = Table(
    "profile",
    "everything known about one product as of one day; the only table that decisions read",
    ("product_id",),
    (
        *_c("id", "product_id"),
        *_c("flag", "is_suspect_id"),
        *_c("text", "title", "category", "parent_category"),
        *_c("choice", "stocking_type", "status"),
        *_c("text", "status_raw", "audit_failure_type"),
        *_c("day", "observed_on"),
        *_c("fen", "supply_price_fen", "unit_cost_fen"),
        *_c("text", "currency"),
        *_c("day", "listed_on"),
        *_c("days", "age_days"),
        *_c("units", "on_hand_units", "locked_units", "sellable_units", "inbound_units"),
        *_c("day", "stock_as_of", "last_restock_on"),
        *_c("units", "units_7d", "units_30d", "units_90d", "units_365d"),
        *_c("days", "covered_days_90d", "covered_days_365d"),
        *_c("fen", "revenue_90d_fen"),
        *_c("choice", "sales_source"),
        *_c("day", "first_sale_on", "last_sale_on"),
        *_c("days", "days_since_last_sale", "days_without_sale", "days_without_sale_min", "days_without_sale_max"),
        *_c("days", "days_in_stock_90d"),
        *_c("choice", "stock_basis"),
        *_c("ratio", "rate_of_sale"),
        *_c("share", "sold_share_90d"),
        *_c("ratio", "stock_turn_90d"),
        *_c("weeks", "weeks_of_cover"),
        *_c("ratio", "seasonal_index", "seasonal_index_ahead", "season_strength"),
        *_c("choice", "season_evidence", "season_name"),
        *_c("flag", "is_in_season"),
        *_c("day", "next_season_on", "season_ends_on"),
        *_c("choice", "abc_class"),
        *_c("flag", "is_active_30d"),
        *_c("count", "search_impressions", "page_views", "visitors", "add_to_cart_buyers"),
        *_c("units", "units_paid"),
        *_c("day", "period_start", "period_end"),
        *_c("choice", "funnel_advice"),
        *_c("share", "jit_on_time_share"),
        *_c("count", "jit_orders_timed"),
        *_c("choice", "open_orders_state"),
        *_c("units", "open_units", "shippable_units", "gap_units"),
        *_c("text", "policy_hit"),
        *_c("choice", "policy_hit_kind"),
        *_c("day", "policy_hit_list_on"),
        *_c("flag", "is_protected"),
        *_c("choice", "data_step"),
    ),
)

DECISIONS = Table(
    "decisions",
    "what is advised for one product, why, and what stopped a stronger advice",
    ("product_id",),
    (
        *_c("count", "rank"),
        *_c("id", "product_id"),
        *_c("choice", "action", "reason_code", "rule"),
        *_c("text", "rules"),
        *_c("choice", "guard"),
        *_c("text", "guards"),
        *_c("day", "relist_on", "review_on"),
        *_c("units", "flip_units"),
        *_c("day", "flip_on"),
    ),
)

TABLES = (*LOADED_TABLES, PROBLEMS, COVERAGE, GAPS, WEEKLY_SALES, PROFILE, DECISIONS)


@dataclass(frozen=True)
class Tables:
    """The tables of one store as they go from stage to stage.

    None means that no file told anything of this kind: unknown, which is never the same as empty.
    """

    catalog: pl.DataFrame | None = None
    bindings: pl.DataFrame | None = None
    stock: pl.DataFrame | None = None
    period_sales: pl.DataFrame | None = None
    order_lines: pl.DataFrame | pl.LazyFrame | None = None
    """May stay lazy: the one table that can outgrow a machine."""
    purchase_orders: pl.DataFrame | None = None
    purchase_order_lines: pl.DataFrame | None = None
    policy: pl.DataFrame | None = None
    coverage: pl.DataFrame | None = None


def columns(lang: Lang | None = None) -> pl.DataFrame:
    """One row per table and column: Chinese and English name, dtype, unit, and what null means.

    With `lang`, only that language's two columns.

    >>> columns("en").filter(pl.col("column") == "weeks_of_cover").select("title", "unit").row(0)
    ('weeks of cover', 'weeks')
    """
    rows = [
        {
            "table": table.name,
            "column": column.name,
            "zh": COLUMNS[column.name].title.zh,
            "en": COLUMNS[column.name].title.en,
            "dtype": str(column.dtype),
            "unit": column.unit,
            "null_zh": COLUMNS[column.name].null.zh,
            "null_en": COLUMNS[column.name].null.en,
        }
        for table in TABLES
        for column in table.columns
    ]
    table = pl.DataFrame(rows)
    if lang is None:
        return table
    other = "en" if lang == "zh" else "zh"
    return table.drop(other, f"null_{other}").rename({lang: "title", f"null_{lang}": "null_means"})
