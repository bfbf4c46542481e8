"""How many units did each product sell, week by week, when several files tell the same sale?

A unit sold through the fully-managed model can appear three times: as a fulfilment order line, as a JIT purchase order
(type 50) and inside the period export's 支付件数. Added up, demand would double. So for each channel, product and week
exactly one source counts - fulfilment orders, else JIT purchase orders (for JIT goods), else the period export when its
period is exactly one ISO week - and the row says which. A source counts for a week as soon as it tells one day of it.
Purchase orders of type 10 fill the platform's warehouse: receipts, never sales.

`product_weeks` is the one step that can outgrow a machine. It is written once, in the part of narwhals that every
engine has, and runs where the data lives: polars, pandas, DuckDB, PySpark. What it gives back is small.

What counts as sold: every line but those unpaid or cancelled. Refunded orders count, as in the period export (paid,
before refunds): a refund is about quality, not about demand. A negative quantity (a return written as a line) lowers
the units of its week. A line at price 0 is no sale but stock written off or found (see `toolkit.analyze.past.stock_moves`)
- unless no line has any other price: then the file does not tell prices, and 0 says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from toolkit.analyze.coverage import cut_of, monday, told_days
from toolkit.analyze.products import products_of_lines
from toolkit.schema import ORDER_LINES, WEEKLY_SALES, Tables
from toolkit.settings import Settings

__all__ = ["NOT_SOLD", "jit_goods", "jit_sales_lines", "product_weeks", "sales_spans", "weekly_periods", "weekly_sales"]

NOT_SOLD = ("unpaid", "cancelled")
"""Order states in which nothing was sold: never paid, or cancelled."""
_EPOCH = 719_163  # the day number of 1970-01-01, counted from 0001-01-01
_MONDAY = 3  # 1970-01-01 was a Thursday: three days after a Monday
_CUTS = 16  # more cuts than anybody asks for
_WEEK_KEY = ["channel", "product_id", "week_start"]


def product_weeks(order_lines: Any, *, as_of: date | None = None, cuts: Sequence[date] = ()) -> pl.DataFrame:
    """Order lines of any engine → one row per channel, product and week.

    Args:
        order_lines: polars (eager or lazy), pandas, a DuckDB relation or a PySpark DataFrame with the columns channel,
            product_id, ordered_on (a date), quantity, unit_price_fen, currency, order_status.
        as_of: lines ordered later are left out.
        cuts: days after which a new row must begin. A week that holds such a day comes as two rows with different
            `cut` (how many cut days lie before the row), so windows that start in mid-week still add up exactly.

    Returns:
        channel, product_id, week_start (Monday), cut, units (net), orders (lines that sold), revenue_fen (null when no
        line has a price, or prices are in two currencies), currency, first_sale_on, last_sale_on (null when no day had
        a sale). Sorted by key.

    >>> lines = ORDER_LINES.frame(channel=["fully_managed"], product_id=["1005001"], quantity=[2],
    ...     ordered_on=[date(2026, 11, 18)], order_status=["paid"])
    >>> product_weeks(lines).select("week_start", "units").row(0)
    (datetime.date(2026, 11, 16), 2)
    """
    lines = _with_day_number(nw.from_native(order_lines).lazy())
    lines = lines.filter(~nw.col("ordered_on").is_null(), ~nw.col("quantity").is_null())
    if as_of is not None:
        lines = lines.filter(nw.col("day") <= _number(as_of))
    kinds = _kinds(lines)
    week, is_free = (nw.col("day") + _MONDAY) // 7, (nw.col("unit_price_fen") == 0).fill_null(False).cast(nw.Int64)
    weeks = (
        lines.filter((~nw.col("order_status").is_in(NOT_SOLD)).fill_null(True))
        .with_columns(
            # All keys but the product fold into one integer: they cost more to hash for every line than all the rest.
            bucket=((week * _CUTS + _cuts_before(nw.col("day"), cuts)) * 2 + is_free) * kinds.height + _kind_of(kinds),
            paid_fen=nw.col("quantity") * nw.col("unit_price_fen"),
            sale_day=nw.when(nw.col("quantity") > 0).then(nw.col("day")),
        )
        .group_by("product_id", "bucket")
        .agg(
            units=nw.col("quantity").sum(),
            orders=nw.col("sale_day").count(),
            revenue_fen=nw.col("paid_fen").sum(),
            priced=nw.col("paid_fen").count(),
            first_day=nw.col("sale_day").min(),
            last_day=nw.col("sale_day").max(),
        )
    )
    return _one_currency(_typed(_priced(_with_kind(pl.DataFrame(weeks.collect("polars").to_native()), kinds))))


def _kinds(lines: nw.LazyFrame[Any]) -> pl.DataFrame:
    """The few different pairs of channel and currency among the lines, numbered (`kind`)."""
    pairs = lines.select("channel", "currency").unique().collect("polars").to_native()
    return pl.DataFrame(pairs).with_columns(pl.all().cast(pl.String)).sort(pl.all()).with_row_index("kind")


def _kind_of(kinds: pl.DataFrame) -> nw.Expr:
    """The number of a line's pair; where there is only one, nothing is looked at."""
    number = nw.lit(0)
    for kind, channel, currency in kinds.slice(1).iter_rows():
        is_pair = _is(nw.col("channel"), channel) & _is(nw.col("currency"), currency)
        number = number + nw.when(is_pair).then(nw.lit(kind)).otherwise(nw.lit(0))
    return number


def _is(column: nw.Expr, value: str | None) -> nw.Expr:
    return column.is_null() if value is None else (column == value).fill_null(False)


def _with_kind(weeks: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """The pair of channel and currency back in columns, out of `bucket`."""
    bucket = pl.col("bucket").cast(pl.Int64)
    numbered = weeks.with_columns(kind=(bucket % kinds.height).cast(pl.UInt32), bucket=bucket // kinds.height)
    return numbered.join(kinds, on="kind", how="left").drop("kind")


def _priced(weeks: pl.DataFrame) -> pl.DataFrame:
    """Without the lines at price 0, unless the file tells no other price; `bucket` without their mark."""
    is_free = (pl.col("bucket") % 2 == 1).fill_null(False)
    tells_prices = weeks.select((is_free.not_() & (pl.col("revenue_fen") != 0)).any()).item()
    unmarked = pl.col("bucket").cast(pl.Int64) // 2
    if tells_prices or not weeks.select(is_free.any()).item():
        return weeks.filter(is_free.not_()).with_columns(unmarked)
    key = ["channel", "product_id", "currency", "bucket"]
    return (
        weeks.with_columns(unmarked)
        .group_by(key)
        .agg(
            pl.col("units", "orders", "revenue_fen", "priced").sum(),
            pl.col("first_day").min(),
            pl.col("last_day").max(),
        )
    )


def _with_day_number(lines: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Days since 1970-01-01 as `day`.

    Polars holds a day as just this number. Elsewhere it comes from year and day of year: the only calendar arithmetic
    that all engines share, and half of the time of a reduction.
    """
    day = nw.col("ordered_on")
    if lines.implementation.is_polars() and lines.collect_schema()["ordered_on"] == nw.Date:
        return lines.with_columns(day=day.cast(nw.Int32).cast(nw.Int64))
    years = day.dt.year() - 1
    number = years * 365 + years // 4 - years // 100 + years // 400 + day.dt.ordinal_day() - _EPOCH
    return lines.with_columns(day=number)


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH


def _cuts_before(day: nw.Expr, cuts: Sequence[date]) -> nw.Expr:
    passed = [(day > _number(cut)).cast(nw.Int64) for cut in cuts]
    return nw.sum_horizontal(*passed) if passed else nw.lit(0)


def _typed(weeks: pl.DataFrame) -> pl.DataFrame:
    """Engines differ in integer widths, and pandas has only floats for integers with gaps: one set of types again."""
    numbers = weeks.with_columns(
        pl.exclude("channel", "product_id", "currency").cast(pl.Int64),
        pl.col("channel", "product_id", "currency").cast(pl.String),
    )
    return numbers.select(
        "channel",
        "product_id",
        "currency",
        (pl.col("bucket") // _CUTS * 7 - _MONDAY).cast(pl.Int32).cast(pl.Date).alias("week_start"),
        (pl.col("bucket") % _CUTS).alias("cut"),
        "units",
        "orders",
        pl.when(pl.col("priced") > 0).then("revenue_fen").alias("revenue_fen"),
        pl.col("first_day").cast(pl.Int32).cast(pl.Date).alias("first_sale_on"),
        pl.col("last_day").cast(pl.Int32).cast(pl.Date).alias("last_sale_on"),
    )


def _one_currency(weeks: pl.DataFrame) -> pl.DataFrame:
    """Rows of several currencies as one: units add up, money of two currencies does not."""
    columns = [*_WEEK_KEY, "cut", "units", "orders", "revenue_fen", "currency", "first_sale_on", "last_sale_on"]
    if weeks["currency"].n_unique() > 1:
        weeks = _merged(weeks, [*_WEEK_KEY, "cut"])
    return _sorted(weeks).select(columns)


def _merged(weeks: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    money = pl.col("currency").filter(pl.col("revenue_fen").is_not_null())
    single = money.n_unique() == 1
    return weeks.group_by(key).agg(
        pl.col("units").sum(),
        pl.when(pl.col("orders").count() > 0).then(pl.col("orders").sum()).alias("orders"),
        pl.when(single).then(pl.col("revenue_fen").sum()).alias("revenue_fen"),
        pl.when(single).then(money.first()).alias("currency"),
        pl.col("first_sale_on").min(),
        pl.col("last_sale_on").max(),
        *([pl.col("sales_source").first()] if "sales_source" in weeks.columns else []),
    )


def _sorted(weeks: pl.DataFrame) -> pl.DataFrame:
    """Rows by channel, product, week and cut; by one integer, which is four times faster than by the texts."""
    pairs = weeks.select("channel", "product_id").unique().sort("channel", "product_id").with_row_index("pair")
    week = pl.col("week_start").to_physical().cast(pl.Int64)
    place = (pl.col("pair").cast(pl.Int64) * 2**24 + week) * _CUTS + pl.col("cut")
    return weeks.join(pairs, on=["channel", "product_id"], how="left", nulls_equal=True).sort(place).drop("pair")


def jit_goods(tables: Tables) -> pl.DataFrame:
    """One row per JIT product: the catalog says so, or says nothing and a type-50 purchase order names it."""
    stated = pl.DataFrame(schema={"product_id": pl.String(), "stocking_type": pl.String()})
    if tables.catalog is not None:
        stated = (
            tables.catalog.drop_nulls("stocking_type")
            .sort("observed_on", "source_file", "source_row", nulls_last=False)
            .group_by("product_id")
            .agg(pl.col("stocking_type").last())
        )
    unstated = jit_sales_lines(tables).select("product_id").unique().join(stated, on="product_id", how="anti")
    return pl.concat([stated.filter(pl.col("stocking_type") == "jit").select("product_id"), unstated]).sort(
        "product_id"
    )


def jit_sales_lines(tables: Tables) -> pl.DataFrame:
    """The product lines of type-50 purchase orders as order lines: each follows a consumer's order, so it is a sale."""
    heads, lines = tables.purchase_orders, tables.purchase_order_lines
    if heads is None or lines is None:
        return ORDER_LINES.empty()
    jit = heads.filter(pl.col("po_type") == "jit").select(
        "purchase_order_no", "order_id", "order_status", pl.col("ordered_at").dt.date().alias("ordered_on")
    )
    sold = products_of_lines(lines, tables).join(jit, on="purchase_order_no")
    return ORDER_LINES.conform(sold.with_columns(channel=pl.lit("fully_managed")))


def weekly_periods(tables: Tables, *, settings: Settings, as_of: date | None = None) -> pl.DataFrame:
    """Rows of the period export whose period is exactly one ISO week and whose units are stated, newest export first.

    A product that a week's export leaves out was not seen: unknown, unless `store.absent_from_period_means_zero`.
    Longer periods stay what they are: facts about a period. They overlap the weeks and are never added to them.
    """
    if tables.period_sales is None:
        return pl.DataFrame(schema=WEEKLY_SALES.dtypes | {"cut": pl.Int64()})
    is_week = (pl.col("period_start") == monday(pl.col("period_start"))) & (
        pl.col("period_end") == pl.col("period_start").dt.offset_by("6d")
    )
    over = pl.col("period_end") <= as_of if as_of is not None else pl.lit(True)
    newest = (
        tables.period_sales.filter(is_week, over, pl.col("units_paid").is_not_null())
        .sort("observed_on", "source_file", "source_row", nulls_last=False)
        .unique(["channel", "product_id", "period_start"], keep="last", maintain_order=True)
    )
    weeks = WEEKLY_SALES.conform(
        newest.rename({"period_start": "week_start", "units_paid": "units", "orders_paid": "orders"}).with_columns(
            sales_source=pl.lit("period_export")
        )
    )
    return pl.concat([weeks, _absent(weeks, tables)]) if settings.store.absent_from_period_means_zero else weeks


def _absent(weeks: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Zeros for products of the product list that a week's export leaves out: only where the settings say so."""
    if tables.catalog is None:
        return weeks.clear()
    exports = (
        weeks.filter(pl.col("channel") == "fully_managed").select("channel", "week_start", "sales_source").unique()
    )
    listed = tables.catalog.select("product_id", "listed_on").group_by("product_id").agg(pl.col("listed_on").min())
    absent = listed.join(exports, how="cross").join(weeks, on=_WEEK_KEY, how="anti")
    there = pl.col("listed_on").is_null() | (pl.col("listed_on") <= pl.col("week_start"))
    return WEEKLY_SALES.conform(absent.filter(there).with_columns(units=0, orders=0))


def sales_spans(
    tables: Tables, told: pl.DataFrame, *, settings: Settings, as_of: date | None = None, cuts: Sequence[date] = ()
) -> pl.DataFrame:
    """Weekly sales from one source each, with weeks split at the `cuts` where the source knows days.

    `told` is what `told_days` gave: it decides which source a week belongs to.

    A week of the period export cannot be split: it lies in a window only when it lies in it whole.
    """
    told = told.select("sales_source", "channel", monday(pl.col("day")).alias("week_start")).unique()
    order_weeks = told.filter(pl.col("sales_source") == "orders").drop("sales_source")
    jit_weeks = told.filter(pl.col("sales_source") == "jit_purchase_orders").drop("sales_source")
    lines = ORDER_LINES.empty() if tables.order_lines is None else tables.order_lines
    orders = product_weeks(lines, as_of=as_of, cuts=cuts).with_columns(sales_source=pl.lit("orders"))
    jit = product_weeks(jit_sales_lines(tables), as_of=as_of, cuts=cuts).with_columns(
        sales_source=pl.lit("jit_purchase_orders")
    )
    jit = jit.join(order_weeks, on=["channel", "week_start"], how="anti")
    taken = pl.concat([jit.select(_WEEK_KEY), jit_weeks.join(jit_goods(tables), how="cross").select(_WEEK_KEY)])
    periods = (
        weekly_periods(tables, settings=settings, as_of=as_of)
        .join(order_weeks, on=["channel", "week_start"], how="anti")
        .join(taken.unique(), on=_WEEK_KEY, how="anti")
        .with_columns(cut=cut_of(pl.col("week_start"), cuts))
    )
    return _sorted(pl.concat([orders, jit, periods.select(orders.columns)]))


def weekly_sales(tables: Tables, *, settings: Settings, as_of: date | None = None) -> pl.DataFrame:
    """What each product sold in each week through each channel, from exactly one source.

    Sources in order: fulfilment orders, JIT purchase orders (type 50, JIT goods), the period export (whole ISO weeks).
    A week without a row is 0 where a source covers it (see `told_days`), else unknown. `revenue_fen` is null where no
    price is known; `first_sale_on` and `last_sale_on` are null where only a week's total is known. Sales after `as_of`
    are left out.

    >>> from toolkit.settings import DEFAULTS
    >>> weekly_sales(Tables(), settings=DEFAULTS).height
    0
    """
    return WEEKLY_SALES.conform(sales_spans(tables, told_days(tables, as_of=as_of), settings=settings, as_of=as_of))
