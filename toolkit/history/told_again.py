"""What an older file told of a day, and a newer one tells again with more beside it.

An export made on Monday morning ends with half a Monday; next week's has the whole day. The two differ, so that day
would be compared, this week and every week to come, and a year of exports has fifty such days. So it is looked at
once, whether every line of the older file stands in the newer one as it is, and the answer is kept: it is about the two
contents, known by their fingerprints, and stays true whatever comes.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from toolkit.history.batches import Batch, Batches
from toolkit.history.lines import on_days
from toolkit.history.prints import line_prints

__all__ = ["told_again"]

_TABLE = "told_again"
_HERE = ["channel", "ordered_on"]
_PAIR = [*_HERE, "rows", "lines", "rows_by", "lines_by"]
_ANSWERS = {
    "channel": pl.String(), "ordered_on": pl.Date(), "rows": pl.Int64(), "lines": pl.UInt64(),
    "rows_by": pl.Int64(), "lines_by": pl.UInt64(), "is_told_again": pl.Boolean(),
}  # fmt: skip
"""One row is a day as one file tells it, and as a newer one does: does that have every line of it?"""
_AT_ONCE = 2_000_000
"""Rows of a newer file looked at together."""


def told_again(batches: Batches, counting: Sequence[Batch], days: pl.DataFrame) -> pl.DataFrame:
    """The days with `is_told_again`: whether the newest file that tells the day has every line the batch has of it.

    `days` are those of the `counting` batches, with fingerprints (`_batch` is the position among these).

    Raises:
        StoreError: an answer cannot be kept.
    """
    pairs = _pairs(days)
    if pairs.is_empty():
        return days.with_columns(is_told_again=pl.lit(False))
    asked = {at: batches.beside(_TABLE, counting[at], _ANSWERS) for at in pairs["_batch"].unique(maintain_order=True)}
    known = pl.concat(answers.with_columns(_batch=pl.lit(at, pl.Int64)) for at, answers in asked.items())
    missing = pairs.join(known, on=[*_PAIR, "_batch"], how="anti", nulls_equal=True, maintain_order="left")
    for (at,), mine in missing.partition_by("_batch", as_dict=True, maintain_order=True).items():
        new = _answers(batches, counting, days, mine)
        batches.keep_beside(_TABLE, counting[at], pl.concat([asked[at], new.select(*_ANSWERS)]))
        known = pl.concat([known, new.select(known.columns)])
    # A day has one pair of each batch: it is that with the newest.
    again = pairs.join(known.filter("is_told_again"), on=[*_PAIR, "_batch"], how="semi", nulls_equal=True)
    key = [*_HERE, "_batch"]
    return days.join(
        again.select(*key, is_told_again=pl.lit(True)), on=key, how="left", nulls_equal=True, maintain_order="left"
    ).with_columns(pl.col("is_told_again").fill_null(False))


def _pairs(days: pl.DataFrame) -> pl.DataFrame:
    """Days of batches that could be told again: by a newer batch, the newest of the day, with more rows."""
    newest = days.filter(pl.col("_generation") == pl.col("_generation").max().over(_HERE))
    # Of two that are equally new neither has the last word.
    newest = newest.filter(pl.len().over(_HERE) == 1)
    return days.join(newest, on=_HERE, nulls_equal=True, suffix="_by", maintain_order="left").filter(
        pl.col("_generation") < pl.col("_generation_by"), pl.col("rows") < pl.col("rows_by")
    )


def _answers(batches: Batches, counting: Sequence[Batch], days: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs of one older batch, answered: the newer files' days are read, so many rows at once as memory is for."""
    portion = (pl.col("rows_by").cum_sum() // _AT_ONCE).over("_batch_by")
    parts = pairs.with_columns(_portion=portion).partition_by("_batch_by", "_portion", maintain_order=True)
    return pl.concat(part.with_columns(is_told_again=_is_told_again(batches, counting, days, part)) for part in parts)


def _is_told_again(batches: Batches, counting: Sequence[Batch], days: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """For days that one batch tells and one newer one: does that have every line?"""
    older, newer = (
        line_prints(
            batches.scan("order_lines", counting[at]).filter(on_days(pairs, days.filter(pl.col("_batch") == at)))
        )
        for at in (pairs[name][0] for name in ("_batch", "_batch_by"))
    )
    lacking = older.join(newer, on=[*_HERE, "line"], how="anti", nulls_equal=True).select(_HERE).unique()
    lacks = pairs.join(
        lacking.with_columns(_lacks=pl.lit(True)), on=_HERE, how="left", nulls_equal=True, maintain_order="left"
    )
    return lacks["_lacks"].is_null()
