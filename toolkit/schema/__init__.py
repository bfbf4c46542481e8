"""Every table of the product: what one row is, its key, its columns with dtype and unit.

Stages meet only through these tables: `load` makes the first group, `analyze` turns them into one profile row per
product, `decide` adds the decision. A column has the same name, dtype and unit wherever it appears; its Chinese and
English names and the meaning of null are in `toolkit.words.columns`. `columns()` shows it all as a table.

Ids are text. Money is Int64 fen (hundredths of the currency's major unit) with `currency` beside it. Shares are
fractions from 0 to 1. Dates are days in the zone the source states; week_start is a Monday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from toolkit.schema.loop import ANSWERS, LEDGER, LOOP_TABLES, MOVES, WORK_LINES
from toolkit.schema.money import (
    APPLICATIONS,
    BILL_FILES,
    BILL_RANGES,
    BILL_ROWS,
    DEBTS,
    DEPOSIT_LEDGER,
    DISPUTES,
    FINES,
    MONEY_TABLES,
    REFUNDS,
    SETTLEMENTS,
    STORE_FILE,
)
from toolkit.schema.on_disk import KEPT, OnDisk
from toolkit.schema.options import DUPLICATES, OPTIONS, UNKNOWNS
from toolkit.schema.products import (
    BINDINGS,
    CATALOG,
    COVERAGE,
    DECISIONS,
    GAPS,
    HORIZONS,
    LOADED_TABLES,
    ORDER_LINES,
    PERIOD_SALES,
    POLICY,
    PROBLEMS,
    PROFILE,
    PURCHASE_ORDER_LINES,
    PURCHASE_ORDERS,
    STOCK,
    WEEKLY_SALES,
    horizon_columns,
)
from toolkit.schema.reconciled import RECONCILED_TABLES
from toolkit.schema.table import ORIGIN, Column, Table
from toolkit.words import Lang
from toolkit.words.columns import COLUMNS

__all__ = [
    "ANSWERS",
    "APPLICATIONS",
    "BILL_FILES",
    "BILL_RANGES",
    "BILL_ROWS",
    "BINDINGS",
    "CATALOG",
    "COVERAGE",
    "DEBTS",
    "DECISIONS",
    "DEPOSIT_LEDGER",
    "DISPUTES",
    "DUPLICATES",
    "EVENT_DAYS",
    "FINES",
    "GAPS",
    "HORIZONS",
    "KEPT",
    "LEDGER",
    "LOADED_TABLES",
    "LOOP_TABLES",
    "MONEY_TABLES",
    "MOVES",
    "OPTIONS",
    "ORDER_LINES",
    "ORIGIN",
    "PERIOD_SALES",
    "POLICY",
    "PROBLEMS",
    "PROFILE",
    "PURCHASE_ORDERS",
    "PURCHASE_ORDER_LINES",
    "RECONCILED_TABLES",
    "REFUNDS",
    "SETTLEMENTS",
    "STOCK",
    "STORED_TABLES",
    "STORE_FILE",
    "TABLES",
    "UNKNOWNS",
    "WEEKLY_SALES",
    "WORK_LINES",
    "Column",
    "MoneyTables",
    "OnDisk",
    "Table",
    "Tables",
    "columns",
    "horizon_columns",
]

STORED_TABLES = (*LOADED_TABLES, *MONEY_TABLES, *LOOP_TABLES)
"""The tables that files become and a store's history keeps."""

TABLES = (
    *LOADED_TABLES, PROBLEMS, COVERAGE, GAPS, WEEKLY_SALES, PROFILE, DECISIONS, OPTIONS, UNKNOWNS, DUPLICATES, *MONEY_TABLES, *LOOP_TABLES, MOVES,
    *RECONCILED_TABLES,
)  # fmt: skip


EVENT_DAYS: Mapping[str, tuple[str, ...]] = {
    "order_lines": ("ordered_on",),
    "purchase_orders": ("ordered_at", "arrived_at"),
    "period_sales": ("period_end",),
    "catalog": ("observed_on",),
    "stock": ("observed_on",),
    "bill_rows": ("booked_on",),
    "deposit_ledger": ("booked_on",),
    "fines": ("booked_on",),
    "refunds": ("booked_on",),
    "settlements": ("booked_on",),
    "applications": ("submitted_on", "approved_on", "rejected_on"),
}
"""The columns that say something was observed on a day; due, expiry and arrival days yet to come are not among them."""


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


@dataclass(frozen=True)
class MoneyTables:
    """The tables about money of one store, or of all stores together, each row once.

    None means that no file told anything of this kind: unknown. A table without rows means that a file was there and
    said that there is nothing.
    """

    bill_rows: pl.DataFrame | None = None
    bill_files: pl.DataFrame | None = None
    bill_ranges: pl.DataFrame | None = None
    store_file: pl.DataFrame | None = None
    deposit_ledger: pl.DataFrame | None = None
    applications: pl.DataFrame | None = None
    fines: pl.DataFrame | None = None
    disputes: pl.DataFrame | None = None
    debts: pl.DataFrame | None = None
    refunds: pl.DataFrame | None = None
    settlements: pl.DataFrame | None = None

    @property
    def moves(self) -> bool:
        """Whether any file told of money that moved (an empty list told so too)."""
        return any(table is not None for table in (self.bill_rows, self.deposit_ledger, self.refunds))


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
