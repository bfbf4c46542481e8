"""Whether two files say the same of a day, told by fingerprints of its order lines.

Two weekly exports tell three weeks of four both, and of nearly all their lines nothing has changed but how far the
order is. To see that without holding line against line, the rows of a day are hashed: once for what tells one line
from another, how many and for how much, and once for all that is known of them.
"""

from __future__ import annotations

import polars as pl

from toolkit import schema

__all__ = ["PRINTS", "day_prints", "line_prints"]

PRINTS = {"channel": pl.String(), "ordered_on": pl.Date(), "lines": pl.UInt64(), "facts": pl.UInt64()}
"""One row is one channel and day of one file: a fingerprint of its lines, and one of all facts."""
_NOT_FACTS = tuple(column.name for column in schema.ORIGIN)
_LINE = (*schema.ORDER_LINES.key, "ordered_on", "quantity", "unit_price_fen", "currency")
"""What a comparison of lines looks at; of all else, such as the status, the newest file tells whatever others say."""


def day_prints(lines: pl.LazyFrame) -> pl.LazyFrame:
    """One row per channel and day of order lines: a fingerprint of its lines, and one of all facts, each as a set.

    Two exports whose day has the same rows say the same of it, whatever the order of the rows; then that day needs no
    comparing line by line. The sum of the row hashes does not depend on the order of rows.
    """
    here = ("channel", "ordered_on")
    others = pl.all().exclude("lines", *_LINE, *_NOT_FACTS)
    prints = lines.with_columns(lines=pl.struct(_LINE).hash()).with_columns(facts=pl.struct("lines", others).hash())
    return prints.group_by(here).agg(pl.col("lines", "facts").sum()).sort(here)


def line_prints(lines: pl.LazyFrame) -> pl.DataFrame:
    """One row per row of one file's order lines: channel, day, and a fingerprint of the line (`line`).

    Two identical lines of one order are two: of lines with one key the n-th goes into the print, as it is counted when
    lines are compared.
    """
    counted = ["quantity", "unit_price_fen"]
    prints = lines.select(
        "channel", "ordered_on", *counted, _key=pl.struct(schema.ORDER_LINES.key).hash(), line=pl.struct(_LINE).hash()
    ).collect(engine="streaming")
    if prints["_key"].is_duplicated().any():
        nth = pl.int_range(pl.len()).over("channel", "ordered_on", "_key", order_by=counted)
        prints = prints.with_columns(line=pl.struct("line", nth).hash())
    return prints.select("channel", "ordered_on", "line")
