"""The same order line in several files: which rows to read, and which of two to believe.

Exports of orders overlap by days or weeks, and a real list repeats lines: two identical lines of one order are two
sales. Comparing line by line is dear for millions of rows, so it is done only for days on which batches differ, and
for the few orders that two batches put on different days (one goes by the day of the order, one by the day it was paid).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from toolkit import schema

__all__ = [
    "DIFFERS", "FAR_APART", "ORDER", "ORDER_DAYS", "STATUS_RANK", "days_to_read", "moved_orders", "newest_lines",
    "nth_in_file", "on_days", "overlapping",
]  # fmt: skip

ORDER = ("channel", "order_id")
"""What tells one order from another."""
DIFFERS = "_differs"
"""Whether two files told a line's quantity or price differently, or days that are `FAR_APART`."""
FAR_APART = timedelta(days=31)
"""An order and its payment are days apart; the same number so much later may be another order."""

ORDER_DAYS = {
    "channel": pl.String(), "ordered_on": pl.Date(), "rows": pl.Int64(), "_batch": pl.Int64(),
}  # fmt: skip
"""One row is one channel and day of one batch: how many rows."""

STATUS_RANK = {
    "unpaid": 1, "to_confirm": 1, "paid": 2, "confirmed": 2, "to_ship": 3, "partly_shipped": 3, "cancelling": 3,
    "frozen": 3, "shipped": 4, "to_receive": 4, "arrived": 5, "partly_received": 6, "received": 7, "disputed": 7,
    "finished": 8, "cancelled": 9, "refunded": 10,
}  # fmt: skip
"""How far in its life an order is: of two files equally new, the status further on is the later one."""


def newest_lines(pool: pl.LazyFrame, identity: Sequence[str], table: schema.Table) -> pl.LazyFrame:
    """Lines that may repeat within a file, each n-th one once, told by the row with the highest `_score`.

    Beside the table's columns `DIFFERS`. Most keys occur once in a file; numbering repeats is dear, so only the keys
    that do repeat are numbered.
    """
    counts = pool.group_by("_batch", *identity).len().filter(pl.col("len") > 1)
    found = counts.select(identity).unique().collect(engine="streaming")
    if found.is_empty():
        return _highest(pool, identity, table)
    repeated = found.lazy()
    once = pool.join(repeated, on=identity, how="anti", nulls_equal=True)
    often = pool.join(repeated, on=identity, how="semi", nulls_equal=True).with_columns(nth_in_file(identity))
    return pl.concat([_highest(once, identity, table), _highest(often, (*identity, "_nth"), table)])


def nth_in_file(identity: Sequence[str]) -> pl.Expr:
    """`_nth`: which line of its key a row is within its file, from 0.

    Lines of one key are numbered by their facts first: two exports may list them in different order.
    """
    facts = ["quantity", "unit_price_fen", "source_sheet", "source_row"]
    return pl.int_range(pl.len()).over("_batch", *identity, order_by=facts).alias("_nth")


def _highest(rows: pl.LazyFrame, group: Sequence[str], table: schema.Table) -> pl.LazyFrame:
    values = [name for name in table.names if name not in group]
    told = rows.group_by(group).agg(pl.col(values).sort_by("_score").last(), _differs(table).alias(DIFFERS))
    return told.select(*table.names, DIFFERS)


def _differs(table: schema.Table) -> pl.Expr:
    """Of the rows that tell one line: prices are only held against each other within one currency."""
    units = pl.col("quantity").min() != pl.col("quantity").max()
    one_currency = pl.col("currency").min().eq_missing(pl.col("currency").max())
    price = one_currency & (pl.col("unit_price_fen").min() != pl.col("unit_price_fen").max())
    causes = [units, price]
    if "ordered_on" in table.names:
        causes.append(pl.col("ordered_on").max() - pl.col("ordered_on").min() > pl.lit(FAR_APART))
    return pl.any_horizontal(causes).fill_null(False)


def moved_orders(pools: Sequence[pl.LazyFrame], *, portions: int = 1) -> pl.DataFrame:
    """The orders (`ORDER`) that several batches tell, on several days, of which one at least is read straight through.

    `pools` are the order lines of each batch, the largest first, with `_batch`, and `_alone`: whether the row's day is
    not compared. Numbers are held against each other by their hash, in portions: the texts of years do not fit into a
    small memory. Of the largest batch only numbers that another has are looked at: most weeks that is a few of many.
    """
    largest, *others = (_hashed(pool) for pool in pools)
    looked_at = ["_hash", "_batch", "ordered_on", "_alone"]
    found = []
    for n in range(portions):
        rest = pl.concat(others).filter(pl.col("_hash") % portions == n).select(looked_at).collect(engine="streaming")
        known = largest.join(rest.lazy().select("_hash").unique(), on="_hash", how="semi").select(looked_at)
        several = [pl.col(name).min() != pl.col(name).max() for name in ("_batch", "ordered_on")]
        moved = pl.all_horizontal(*several, pl.col("_alone").any())
        both = pl.concat([rest.lazy(), known]).group_by("_hash").agg(moved.alias("_moved"))
        found.append(both.filter("_moved").select("_hash").collect(engine="streaming"))
    hashes = pl.concat(found)
    if hashes.is_empty():
        return schema.ORDER_LINES.empty().select(ORDER)
    named = pl.concat([largest, *others]).join(hashes.lazy(), on="_hash", how="semi").select(ORDER).unique()
    return named.collect(engine="streaming").sort(ORDER)


def _hashed(pool: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with an order number, and `_hash` of it."""
    return pool.filter(pl.col("order_id").is_not_null()).with_columns(_hash=pl.col("order_id").hash())


def overlapping(days: pl.DataFrame) -> pl.DataFrame:
    """The batches' days that another batch might tell too."""
    told_by = _told_by(days).filter(pl.col("_told_by") > 1)
    return days.join(told_by, on=["channel", "ordered_on"], how="semi", nulls_equal=True)


def days_to_read(days: pl.DataFrame) -> pl.DataFrame:
    """For each batch, channel and day: is it read at all, and must it be compared with other batches?

    `days` are `ORDER_DAYS` with a `fingerprint` of the day's rows as a set, which batches without `overlapping` days
    need not have. A day within the range of several batches is compared, unless all of them show the very same rows for it: then the
    newest is read alone. Rows without a day could be anywhere and are compared as soon as there are two batches.
    """
    here = ["channel", "ordered_on"]
    same = ["channel", "ordered_on", "rows", "fingerprint"]
    alike = (pl.len() == pl.col("_told_by").first()) & (pl.struct("rows", "fingerprint").n_unique() == 1)
    told_by = _told_by(days)
    return days.join(told_by, on=here, how="left", nulls_equal=True, maintain_order="left").with_columns(
        (pl.col("_batch") == pl.col("_batch").max().over(same)).alias("is_kept"),
        (~alike.over(here)).alias("is_compared"),
    )


def _told_by(days: pl.DataFrame) -> pl.DataFrame:
    """For each channel and day: how many batches have it within their range."""
    here = ["channel", "ordered_on"]
    ranges = days.group_by("channel", "_batch").agg(
        pl.col("ordered_on").min().alias("_first"), pl.col("ordered_on").max().alias("_last")
    )
    inside = pl.col("ordered_on").is_null() | pl.col("ordered_on").is_between("_first", "_last").fill_null(False)
    return (
        days.select(here)
        .unique()
        .join(ranges, on="channel", nulls_equal=True)
        .filter(inside)
        .group_by(here)
        .len("_told_by")
    )


def on_days(days: pl.DataFrame, told: pl.DataFrame) -> pl.Expr:
    """True for rows of these channels and days, in a batch whose days are `told`.

    Said in stretches without another told day between them: a few comparisons a row, by which row groups are skipped.
    """
    here = ["channel", "ordered_on"]
    chosen = days.select(here).with_columns(_on=pl.lit(True))
    all_days = told.select(here).unique().join(chosen.unique(), on=here, how="left", nulls_equal=True)
    stretches = (
        all_days.sort(here)
        .with_columns(_stretch=pl.struct("channel", pl.col("ordered_on").is_null(), "_on").rle_id())
        .filter(pl.col("_on"))
        .group_by("channel", "_stretch")
        .agg(pl.col("ordered_on").min().alias("first"), pl.col("ordered_on").max().alias("last"))
        .sort("_stretch")
    )
    return pl.any_horizontal([_in_stretch(*row) for row in stretches.select("channel", "first", "last").iter_rows()])


def _in_stretch(channel: str | None, first: date | None, last: date | None) -> pl.Expr:
    day = pl.col("ordered_on")
    on = day.is_null() if first is None else day.is_between(pl.lit(first), pl.lit(last)).fill_null(False)
    return pl.col("channel").eq_missing(pl.lit(channel, pl.String)) & on
