"""The sales data export: what each product did in one statistics period, the one download known for sure.

A row states totals of a period, not days: weeks and months overlap and are never added up here. A file rarely says in a
column which period it is; its name does, when it can mean only one (see `toolkit.load.file_dates`), and a row whose
period is not known is rejected, since units without a time are worth nothing. An empty cell is unknown, not 0.

The self-run store has an export of the same kind with other words, whose statistics days are US days; it is told apart
by headers that only it has, and kept as a channel of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from toolkit.load.cell_text import Cell, clean
from toolkit.load.fields import Date, Field, Id, Units
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources.grain import one_each

__all__ = ["PERIOD_SALES", "PERIOD_SALES_SELF_RUN", "Period"]

_DAY = r"[0-9]{4}[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,2}日?"
_RANGE = rf"^({_DAY})\s*(?:~|-|—|–|至|到|to)+\s*({_DAY})$"


@dataclass(frozen=True)
class Period(Date):
    """A statistics period in one cell: a day, or its first and last day (``2026-11-16 ~ 2026-11-22``)."""

    last: str = "period_end"
    """The canonical column of the period's last day; `column` takes the first."""

    def long(self, text: pl.Expr) -> pl.Expr:
        """
        >>> cells = pl.Series(["2026-11-22", "2026-11-16 ~ 2026-11-22", "20261116-20261122", "2026-11-22~2026-11-16"])
        >>> days = cells.to_frame("t").select(Period("period_start", ()).value(Cell(pl.col("t"))))
        >>> days.to_series().dt.to_string().to_list()
        ['2026-11-22', '2026-11-16', '2026-11-16', None]
        """
        first, last = super().long(_part(text, 1)), super().long(_part(text, 2))
        return pl.when(first <= last).then(first)

    def beside(self, cell: Cell) -> dict[str, pl.Expr]:
        last = replace(cell, text=_part(cell.text, 2))
        return {self.last: pl.when(self.value(cell).is_not_null()).then(self.value(last))}


def _part(text: pl.Expr, number: int) -> pl.Expr:
    """The first or last day of a range; a cell that is not a range is both."""
    plain = clean(text).str.normalize("NFKC").str.replace_all("～", "~", literal=True)
    return pl.coalesce(plain.str.extract(_RANGE, number), text)


_KEY = ("channel", "product_id", "period_start", "period_end")

_FULLY_MANAGED: tuple[Field, ...] = (
    Period("period_start", ("日期", "统计日期", "date", "stat date"), on_bad="reject"),
    Id("product_id", ("商品ID", "商品编号", "product id", "product_id", "id"), embedded=True, required=True),
    Units("search_impressions", ("搜索曝光量", "曝光量", "曝光", "search impressions")),
    Units("page_views", ("商品浏览量", "浏览量", "page views", "pv")),
    Units("visitors", ("商品访客数", "访客数", "访客人数", "商品访问数", "visitors", "uv")),
    Units("add_to_cart_buyers", ("加购人数", "商品加购人数", "加购买家数")),
    Units("add_to_cart_units", ("加购件数", "商品加购件数")),
    Units("units_paid", ("支付件数", "付款件数")),
    Units("orders_paid", ("支付订单数", "订单数", "支付订单")),
    Units("buyers_paid", ("支付买家数", "买家数", "支付人数")),
)

_COUNTS = tuple(field.column for field in _FULLY_MANAGED if isinstance(field, Units))


def _once(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """A product that stands twice in one period is told once; where the two differ, the second is a problem."""
    return one_each("period_sales", rows, _KEY, _COUNTS)


# Fields from `us_period_start` on exist in the self-run export only (as far as is known) and tell it apart. A header may
# be new or old visitors in place of all visitors.
_SELF_RUN: tuple[Field, ...] = (
    Id("product_id", ("商品ID", "item id", "product id", "id"), embedded=True, required=True),
    Period("period_start", ("统计时间", "统计日期", "数据时间", "日期"), order="dmy", on_bad="reject"),
    Units("search_impressions", ("搜索曝光量", "曝光量", "商品曝光量", "exposure")),
    Units("visitors", ("商品访客数", "访客数", "visitors")),
    Units("new_visitors", ("新访客数", "new visitors")),
    Units("old_visitors", ("老访客数", "old visitors")),
    Units("page_views", ("商品浏览量", "浏览量", "page views")),
    # "product purchasing tips" is how the platform's English file calls 商品加购人数.
    Units("add_to_cart_buyers", ("商品加购人数", "加购人数", "product purchasing tips")),
    Units(
        "add_to_cart_units",
        (
            "商品加购件数",
            "加购件数",
            "add to cart times",
            "add to cart count",
            "add to cart quantity",
            "add to cart number",
        ),
    ),
    Units("units_paid", ("支付件数",)),
    Units("orders_paid", ("支付订单数", "paid orders")),
    Units("buyers_paid", ("支付买家数", "buyers paid")),
    Period("us_period_start", ("Timeframe (USA Time Zone)",), order="dmy", on_bad="reject", last="us_period_end"),
    Units("units_ordered", ("下单商品件数", "order product number")),
    Units("product_units_paid", ("支付商品件数", "paid product number", "payment product number")),
)


def _self_run(rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
    """The same facts under the fully-managed names; US days only where the file's own header says so."""
    told_in_us_days = pl.col("us_period_start").is_not_null()
    sales = rows.with_columns(
        visitors=pl.coalesce("visitors", pl.col("new_visitors") + pl.col("old_visitors")),
        units_paid=pl.coalesce("product_units_paid", "units_paid"),
        period_start=pl.coalesce("us_period_start", "period_start"),
        period_end=pl.coalesce("us_period_end", "period_end"),
        stat_zone=pl.when(told_in_us_days).then(pl.lit("US")),
    )
    return one_each("period_sales", sales, _KEY, _COUNTS)


PERIOD_SALES = Source(
    name="period_sales",
    obtained="download",
    table="period_sales",
    fields=_FULLY_MANAGED,
    key=_KEY,
    recognised_by=(
        ("product_id", "units_paid"),
        ("product_id", "search_impressions", "visitors"),
        ("product_id", "period_start", "units_paid", "buyers_paid"),
    ),
    constants={"channel": "fully_managed"},
    complete=(("period_start", "period_end"),),
    incomplete="period_unknown",
    shape=_once,
)

PERIOD_SALES_SELF_RUN = Source(
    name="period_sales_self_run",
    obtained="download",
    table="period_sales",
    fields=_SELF_RUN,
    key=_KEY,
    recognised_by=(
        ("product_id", "us_period_start"),
        ("product_id", "product_units_paid"),
        ("product_id", "units_ordered", "visitors"),
    ),
    constants={"channel": "self_run"},
    complete=(("period_start", "period_end"), ("us_period_start", "us_period_end")),
    incomplete="period_unknown",
    shape=_self_run,
)
