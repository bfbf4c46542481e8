"""Which product ids may have been damaged by Excel, and by no file been confirmed?

Excel keeps 15 digits of a number: an id of 16 that once stood in a number cell may have lost its last ones and now be
another product's. Loading marks such cells. A product stays suspect unless some row has exactly the same id from a cell
that could not be damaged.
"""

from __future__ import annotations

import polars as pl

from toolkit.schema import Tables

__all__ = ["suspect_products"]


def suspect_products(tables: Tables) -> pl.DataFrame:
    """One row per product whose every mention is suspect: product_id. Sorted."""
    held = (tables.catalog, tables.stock, tables.period_sales, tables.purchase_order_lines, tables.order_lines)
    frames = [frame.lazy().select("product_id", "is_suspect_id") for frame in held if frame is not None]
    if not frames:
        return pl.DataFrame(schema={"product_id": pl.String()})
    doubted = pl.concat([frame.filter("is_suspect_id").select("product_id") for frame in frames]).unique().collect()
    if doubted.is_empty():
        return doubted
    sure = pl.col("is_suspect_id").fill_null(False).not_() & pl.col("product_id").is_in(doubted["product_id"].to_list())
    confirmed = pl.concat([frame.filter(sure).select("product_id") for frame in frames]).unique().collect()
    return doubted.join(confirmed, on="product_id", how="anti").drop_nulls().sort("product_id")
