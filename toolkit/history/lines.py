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
    "DIFFERS", "FAR_APART", "ORDER", "ORDER_DAYS", "STATUS_RANK", "days_to_read", "newest_lines",
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
    "_generation": pl.Int64(),
}  # fmt: skip
"""One row is one channel and day of one batch: how many rows. Batches of one generation are equally new."""

STATUS_RANK = {
    "unpaid": 1, "to_confirm": 1, "paid": 2, "confirmed": 2, "to_ship": 3, "partly_shipped": 3, "cancelling": 3,
    "frozen": 3, "shipped": 4, "to_receive": 4, "arrived": 5, "partly_received": 6, "received": 7, "disputed": 7,
    "finished": 8, "cancelled": 9, "refunded": 10,
}  # fmt: skip
"""How far in its life an order is: of two files equally new, the status further on is the later one."""


def newest_lines(pool: pl.DataFrame, identity: Sequence[str], table: schema.Table) -> pl.DataFrame:
    """Lines that may repeat within a file, each n-th one once, told by the row with the highest `_score`.

    Beside the table's columns `DIFFERS`. Most keys occur once in a file; numbering repeats is dear, so only the keys
    that do repeat are numbered. Which row tells a line is found by the rows' numbers: to sort whole rows is dearer.
    """
    rows = pool.lazy().with_row_index("_row")
    told = _told(rows, identity, table)
    repeats = pl.col("_rows") > pl.col("_files")
    if (repeated := told.filter(repeats)).height:
        often = rows.join(repeated.lazy(), on=identity, how="semi", nulls_equal=True).with_columns(
            nth_in_file(identity)
        )
        told = pl.concat([told.filter(~repeats), _told(often, (*identity, "_nth"), table)], how="diagonal")
    taken, differing = told["_row"], told.filter(DIFFERS)["_row"]
    by_number = {name: pl.col("_row").is_in(found.implode()) for name, found in (("", taken), (DIFFERS, differing))}
    return (
        rows.filter(by_number[""])
        .with_columns(by_number[DIFFERS].alias(DIFFERS))
        .select(*table.names, DIFFERS)
        .collect(engine="streaming")
    )


def _told(rows: pl.LazyFrame, line: Sequence[str], table: schema.Table) -> pl.DataFrame:
    """One row per line: the number of the row that tells it, how many rows and files show it, whether they differ."""
    return (
        rows.group_by(line)
        .agg(
            pl.col("_row").max_by("_score"),
            _differs(table).alias(DIFFERS),
            _rows=pl.len(),
            _files=pl.col("_batch").n_unique(),
        )
        .collect(engine="streaming")
    )


def nth_in_file(identity: Sequence[str]) -> pl.Expr:
    """`_nth`: which line of its key a row is within its file, from 0.

    Lines of one key are numbered by their facts first: two exports may list them in different order.
    """
    facts = ["quantity", "unit_price_fen", "source_sheet", "source_row"]
    return pl.int_range(pl.len()).over("_batch", *identity, order_by=facts).alias("_nth")


def _differs(table: schema.Table) -> pl.Expr:
    """Of the rows that tell one line: prices are only held against each other within one currency."""
    units = pl.col("quantity").min() != pl.col("quantity").max()
    one_currency = pl.col("currency").min().eq_missing(pl.col("currency").max())
    price = one_currency & (pl.col("unit_price_fen").min() != pl.col("unit_price_fen").max())
    causes = [units, price]
    if "ordered_on" in table.names:
        causes.append(pl.col("ordered_on").max() - pl.col("ordered_on").min() > pl.lit(FAR_APART))
    return pl.any_horizontal(causes).fill_null(False)


def overlapping(days: pl.DataFrame) -> pl.DataFrame:
    """The batches' days that another batch might tell too."""
    told_by = _told_by(days).filter(pl.col("_told_by") > 1)
    return days.join(told_by, on=["channel", "ordered_on"], how="semi", nulls_equal=True)


def days_to_read(days: pl.DataFrame) -> pl.DataFrame:
    """For each batch, channel and day: is it read at all (`is_kept`), and must it be compared with other batches?

    `days` are `ORDER_DAYS` with two fingerprints of the day's rows (`lines`, `facts`; see `Batches.day_prints`), which
    batches without `overlapping` days need not have, and with `is_told_again` (`toolkit.history.told_again`).

    A batch that shows the very lines of a newer one has nothing to add, for the newer one tells the rest of them (a
    status) whatever the older says, and neither has one whose lines the newest tells again beside others; of two that
    are equally new the facts must be the same, as there the status decides. A day within the range of several batches is compared, unless all of them show it and one is left to be
    read. Rows without a day could be anywhere and are compared as soon as there are two batches.

    `is_apart` says that a row of that day is not compared with all others of its day.
    """
    here = ["channel", "ordered_on"]
    lines = [*here, "rows", "lines"]
    is_newest = pl.col("_generation") == pl.col("_generation").max().over(lines)
    is_last = pl.col("_batch") == pl.col("_batch").max().over(*lines, "_generation", "facts")
    is_alone = (pl.len() == pl.col("_told_by").first()) & (pl.col("is_kept").sum() == 1)
    return (
        days.join(_told_by(days), on=here, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(is_kept=is_newest & is_last & ~pl.col("is_told_again"))
        .with_columns(is_compared=~is_alone.over(here))
        .with_columns(is_apart=~(pl.col("is_compared") & pl.col("is_kept").all().over(here)))
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
    """True for rows of these channels and days, in a batch whose days are `told`; null or False for others.

    Said in stretches without another told day between them: a few comparisons a row, by which row groups are skipped.
    Days come first and alone: a comparison that names the channel cannot reach a file whose channel stands beside it,
    and all of its rows would be read. The channel is only asked of a batch that has several.
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
    on_day = pl.any_horizontal(
        [_in_stretch(*row) for row in stretches.select("first", "last").unique(maintain_order=True).iter_rows()]
    )
    if told["channel"].n_unique() == 1:
        return on_day
    of_channel = [
        pl.col("channel").eq_missing(pl.lit(channel, pl.String)) & _in_stretch(first, last)
        for channel, first, last in stretches.select("channel", "first", "last").iter_rows()
    ]
    return on_day & pl.any_horizontal(of_channel)


def _in_stretch(first: date | None, last: date | None) -> pl.Expr:
    day = pl.col("ordered_on")
    return day.is_null() if first is None else day.is_between(pl.lit(first), pl.lit(last))
