"""When could a product be bought at all? Evidence for its own clock, from whatever files there are.

Three things close a week, wholly or in part: a count of 0 in the warehouse (it holds until the next count, and back to
the sale that emptied the shelf, where the sales since the count before make up all that was counted: what sold until then
is the least that was wanted, so it is held against the days until then only), a product
list that shows the product off sale (until the next list), and days whose sales no file tells (for everybody). JIT
goods have no shelf: their counts, which the seller typed, close nothing.

One count says nothing about the past. So the basis is *snapshots* only where counts of two days or more exist, else
*listing_status* where product lists of two days or more do, else *calendar*: every told day counts as open.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.analyze.coverage import told_days
from toolkit.analyze.past import Evidence, stock_moves
from toolkit.analyze.sales import NOT_SOLD, jit_goods
from toolkit.analyze.stock import stock_history
from toolkit.analyze.windows import CHANNEL
from toolkit.schema import Tables

__all__ = ["closed_weeks", "evidence_of", "untold_weeks"]

_DAY = timedelta(days=1)
_CLOSED = {"product_id": pl.String(), "week_start": pl.Date(), "closed_share": pl.Float64()}


def evidence_of(tables: Tables, *, as_of: date) -> Evidence:
    """What a store's tables say besides sales: since when they are told, closed weeks, stock movements, the basis.

    >>> evidence_of(Tables(), as_of=date(2026, 11, 22)).basis
    'calendar'
    """
    told = told_days(tables, as_of=as_of).filter(pl.col("channel") == CHANNEL)["day"].unique().sort()
    counts, lists = _empty_shelves(tables, as_of=as_of), _off_sale(tables, as_of=as_of)
    known_since = told.min() if len(told) else None
    stretches = pl.concat([counts, lists])
    closed = pl.concat([closed_weeks(stretches, as_of=as_of), untold_weeks(told, as_of=as_of)])
    return Evidence(
        known_since=known_since if isinstance(known_since, date) else None,
        closed_weeks=closed,
        moves=_moves(tables),
        basis=_basis(tables, as_of=as_of),
    )


def _moves(tables: Tables) -> pl.DataFrame | None:
    """Stock movements in the order file; None, which says nothing, where it has none or where no line has a price."""
    if tables.order_lines is None:
        return None
    # The price alone rules out nearly every line, and numbers are looked through sooner than texts.
    free = tables.order_lines.lazy().filter(pl.col("unit_price_fen") == 0).collect()
    mine = (pl.col("channel") == CHANNEL) & pl.col("order_status").is_in(NOT_SOLD).fill_null(False).not_()
    moves = stock_moves(free.filter(mine))
    if moves.is_empty():
        return None
    return moves if tables.order_lines.lazy().select((pl.col("unit_price_fen") > 0).any()).collect().item() else None


def closed_weeks(stretches: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Closed stretches → closed share per product and week: product_id, week_start, closed_share. Sorted.

    Args:
        stretches: product_id, first_day, last_day: one row per stretch, ends included; overlaps count once.

    >>> stretches = pl.DataFrame({"product_id": ["a"], "first_day": [date(2026, 1, 9)], "last_day": [date(2026, 1, 12)]})
    >>> closed_weeks(stretches, as_of=date(2026, 1, 20))["closed_share"].round(2).to_list()
    [0.43, 0.14]
    """
    last = pl.min_horizontal("last_day", pl.lit(as_of))
    days = (
        stretches.with_columns(last_day=last)
        .filter(pl.col("first_day") <= pl.col("last_day"))
        .select("product_id", day=pl.date_ranges("first_day", "last_day"))
        .explode("day")
        .unique()
    )
    weeks = days.group_by("product_id", week_start=pl.col("day").dt.truncate("1w")).agg(
        closed_share=pl.len().cast(pl.Float64) / 7
    )
    return weeks.select("product_id", "week_start", "closed_share").sort("product_id", "week_start")


def untold_weeks(told: pl.Series, *, as_of: date) -> pl.DataFrame:
    """Weeks between the first told day and `as_of` of which no file tells some days: product_id null, closed_share.

    >>> untold_weeks(pl.Series([date(2026, 1, 5), date(2026, 1, 19)]), as_of=date(2026, 1, 19)).select("week_start", "closed_share").rows()
    [(datetime.date(2026, 1, 5), 0.857...), (datetime.date(2026, 1, 12), 1.0)]
    """
    first = told.min()
    if not isinstance(first, date):
        return pl.DataFrame(schema=_CLOSED)
    missing = pl.DataFrame({"day": pl.date_range(first, as_of, eager=True)}).filter(
        ~pl.col("day").is_in(told.implode())
    )
    weeks = missing.group_by(week_start=pl.col("day").dt.truncate("1w")).agg(closed_share=pl.len().cast(pl.Float64) / 7)
    return weeks.select(pl.lit(None, pl.String).alias("product_id"), "week_start", "closed_share").sort("week_start")


def _empty_shelves(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Stretches from a count of 0, or the sale that emptied the shelf, to the day before the next count; the newest
    holds to `as_of`."""
    history = stock_history(tables, as_of=as_of).join(jit_goods(tables), on="product_id", how="anti")
    units = pl.coalesce("sellable_units", "on_hand_units")
    seen = history.with_columns(is_closed=units <= 0, counted=units)
    return pl.concat([_until_next(seen, as_of=as_of), _sold_out(seen, tables)])


def _sold_out(seen: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Stretches from the day after the sale that took the last unit to the day before the count of 0 that showed it."""
    before = (pl.col(name).shift(1).over("product_id").alias(f"{name}_before") for name in ("observed_on", "counted"))
    empty = (
        seen.sort("product_id", "observed_on")
        .with_columns(*before)
        .filter(pl.col("is_closed"), pl.col("counted_before") > 0)
    )
    sold = _daily_sales(tables, empty).join(empty, on="product_id")
    sold = sold.filter(pl.col("day") >= pl.col("observed_on_before"), pl.col("day") < pl.col("observed_on"))
    return (
        sold.group_by("product_id", "observed_on")
        .agg(pl.col("day").max(), pl.col("units").sum(), pl.col("counted_before").first())
        .filter(pl.col("units") >= pl.col("counted_before"))
        .select("product_id", first_day=pl.col("day") + _DAY, last_day=pl.col("observed_on") - _DAY)
        .filter(pl.col("first_day") <= pl.col("last_day"))
        .sort("product_id", "first_day")
    )


def _daily_sales(tables: Tables, empty: pl.DataFrame) -> pl.DataFrame:
    """Units sold by product and day, as far as order lines tell days: product_id, day, units.

    Only of the products found empty, within the days in question: most of millions of lines are about others.
    """
    if tables.order_lines is None or empty.is_empty():
        return pl.DataFrame(schema={"product_id": pl.String, "day": pl.Date, "units": pl.Int64})
    return (
        tables.order_lines.lazy()
        .filter(
            pl.col("channel") == CHANNEL,
            pl.col("ordered_on").is_between(empty["observed_on_before"].min(), empty["observed_on"].max()),
            pl.col("product_id").is_in(empty["product_id"].implode()),
            pl.col("order_status").is_in(NOT_SOLD).fill_null(False).not_(),
            pl.col("quantity") > 0,
        )
        .group_by("product_id", day=pl.col("ordered_on"))
        .agg(units=pl.col("quantity").sum())
        .collect()
    )


def _off_sale(tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Stretches from a list that shows a product as delisted to the day before the next list that has it."""
    if tables.catalog is None:
        return _until_next(
            pl.DataFrame(schema={"product_id": pl.String, "observed_on": pl.Date, "is_closed": pl.Boolean}), as_of=as_of
        )
    seen = tables.catalog.filter(pl.col("observed_on") <= as_of, pl.col("status").is_not_null())
    lists = seen.group_by("product_id", "observed_on").agg(is_closed=(pl.col("status") == "delisted").all())
    return _until_next(lists, as_of=as_of)


def _until_next(seen: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """What was seen on a day holds until the day before it was seen again."""
    again = pl.col("observed_on").shift(-1).over("product_id")
    return (
        seen.sort("product_id", "observed_on")
        .with_columns(last_day=(again - _DAY).fill_null(as_of))
        .filter(pl.col("is_closed"))
        .select("product_id", pl.col("observed_on").alias("first_day"), "last_day")
    )


def _basis(tables: Tables, *, as_of: date) -> str:
    """What the own clock rests on, see the module."""
    counts = stock_history(tables, as_of=as_of)["observed_on"].n_unique()
    if counts >= 2:
        return "snapshots"
    if tables.catalog is None:
        return "calendar"
    lists = tables.catalog.filter(pl.col("observed_on") <= as_of, pl.col("status").is_not_null())
    return "listing_status" if lists["observed_on"].n_unique() >= 2 else "calendar"
