"""Where do buyers stop: shown, opened, put in the cart, paid?

A product nobody sees cannot be said to be unwanted; one that is seen and not opened needs another main image or title;
one that is opened and not put in the cart needs a look at price and details. The newest statistics period of each
product is read, and thresholds (settings ``funnel.*``) keep a handful of visitors from saying anything.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.schema import PERIOD_SALES, Tables
from toolkit.settings import Funnel

__all__ = ["newest_period", "with_funnel_advice"]

_KEPT = (
    "product_id", "search_impressions", "page_views", "visitors", "add_to_cart_buyers", "units_paid",
    "period_start", "period_end",
)  # fmt: skip


def newest_period(tables: Tables, *, as_of: date, channel: str = "fully_managed") -> pl.DataFrame:
    """One row per product of the period export: its newest period that ended by `as_of`, the longest if several did."""
    periods = PERIOD_SALES.empty() if tables.period_sales is None else PERIOD_SALES.conform(tables.period_sales)
    return (
        periods.filter(pl.col("period_end") <= as_of, pl.col("channel") == channel)
        .sort(
            "period_end", "period_start", "observed_on", "source_file", "source_row",
            descending=[True, False, True, True, True], nulls_last=True,
        )
        .unique("product_id", keep="first", maintain_order=True)
        .select(_KEPT)
        .sort("product_id")
    )  # fmt: skip


def with_funnel_advice(products: pl.DataFrame, thresholds: Funnel) -> pl.DataFrame:
    """Products with `funnel_advice`: where the newest period's buyers stop; null without any traffic number.

    >>> seen = pl.DataFrame({"search_impressions": [900], "page_views": [0], "visitors": [0], "add_to_cart_buyers": [0],
    ...     "units_paid": [0]})
    >>> with_funnel_advice(seen, Funnel())["funnel_advice"].item()
    'improve_image_title'
    """
    opened = pl.coalesce("visitors", "page_views")
    impressions, cart, paid = pl.col("search_impressions"), pl.col("add_to_cart_buyers"), pl.col("units_paid")
    shown = (impressions >= thresholds.min_impressions).fill_null(False)
    clicked = opened >= thresholds.min_visitors
    advice = (
        pl.when(pl.all_horizontal(impressions.is_null(), opened.is_null(), cart.is_null()))
        .then(None)
        .when(paid > 0)
        .then(pl.lit("fine"))
        .when(cart > 0)
        .then(pl.lit("check_payment_step"))
        .when(clicked & (cart == 0))
        .then(pl.lit("check_price_details"))
        .when(shown & (opened < impressions * thresholds.min_click_share))
        .then(pl.lit("improve_image_title"))
        .otherwise(pl.lit("too_little_traffic"))
    )
    return products.with_columns(funnel_advice=advice)
