"""What do the product lists say about each product now?

Lists come from several places and at several times: a sheet kept by hand knows the cost, an API answer the status. For
each column the newest list that states it counts; lists dated after the day of analysis do not, and a list without a
date counts only where no dated one says anything. `observed_on` is the newest list that has the product at all.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.schema import CATALOG, Tables

__all__ = ["newest_catalog", "up_to"]


def up_to(as_of: date, column: str = "observed_on") -> pl.Expr:
    """True for rows dated no later than a day, and for rows without a date."""
    return pl.col(column).is_null() | (pl.col(column) <= as_of)


def newest_catalog(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """One row per product of any list: each column's newest statement, and `on_hand_on`, the day of its stock number.

    >>> lists = CATALOG.frame(product_id=["1", "1"], title=["猫窝", None], status=["on_sale", "delisted"],
    ...     observed_on=[date(2026, 11, 1), date(2026, 11, 22)])
    >>> newest_catalog(Tables(catalog=lists), as_of=date(2026, 11, 30)).select("title", "status", "observed_on").row(0)
    ('猫窝', 'delisted', datetime.date(2026, 11, 22))
    """
    lists = CATALOG.empty() if tables.catalog is None else CATALOG.conform(tables.catalog)
    return (
        lists.filter(up_to(as_of), pl.col("product_id").is_not_null())
        .with_columns(on_hand_on=pl.when(pl.col("on_hand_units").is_not_null()).then("observed_on"))
        # The rest of the origin only breaks ties, so that the order of rows never matters.
        .sort("observed_on", "source_file", "source_sheet", "source_row", nulls_last=False)
        .group_by("product_id")
        .agg(pl.exclude("product_id").drop_nulls().last())
        .sort("product_id")
    )
