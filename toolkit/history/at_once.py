"""Files that are handed in at once, without a store: put together by the rules by which a store remembers them.

Two order lists that overlap, given to one call or packed into one archive, must count a sale once, exactly as if they
had come to a store's inbox one after the other.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit import schema
from toolkit.history.lines import STATUS_RANK, newest_lines

__all__ = ["LINES", "lines_at_once"]

LINES = ("order_lines", "purchase_order_lines")
"""The tables whose rows may repeat within a file."""


def lines_at_once(rows: pl.LazyFrame, table: schema.Table, *, until: date | None = None) -> pl.LazyFrame:
    """The lines of several files (`_file` says whose each row is), each once; from one file as they are.

    The n-th line of a key in one file is the n-th in any other; each is told by the file with the latest day, then by
    the status further in its life. Days after `until` do not count. Only lines whose order several files tell are compared.

    >>> line = dict(channel="full", order_id="1", product_id="p", quantity=1)
    >>> rows = pl.concat([schema.ORDER_LINES.frame(**{k: [v] for k, v in line.items()}).with_columns(_file=pl.lit(file))
    ...     for file in ("a.csv", "b.csv")])
    >>> lines_at_once(rows.lazy(), schema.ORDER_LINES).collect().height
    1
    """
    files = _files(rows, table, until or date.max)
    if files.height < 2:
        return table.conform(rows)
    pool = rows.join(files.lazy(), on="_file", how="left").with_columns(_score=_score(rows, files.height))
    order = table.key[1] if table.name == "order_lines" else table.key[0]
    told = pool.filter(pl.col(order).is_not_null()).with_columns(_hash=pl.col(order).hash())
    shared = told.group_by("_hash").agg(pl.col("_batch").min() != pl.col("_batch").max()).filter("_batch")
    hashes = shared.select("_hash").collect(engine="streaming").lazy()
    alone = told.join(hashes, on="_hash", how="anti")
    compared = [pool.filter(pl.col(order).is_null()), told.join(hashes, on="_hash", how="semi").drop("_hash")]
    # Compared once, for the lines of a call are read several times.
    pool = pl.concat(compared).with_columns(_day=_day(table)).collect(engine="streaming")
    once = newest_lines(pool, (*table.key, "_day"), table)
    return pl.concat([table.conform(alone), table.conform(once.lazy())])


def _files(rows: pl.LazyFrame, table: schema.Table, until: date) -> pl.DataFrame:
    """One row per file, from oldest to newest: `_batch` counts files, `_generation` files that are equally new."""
    day = "ordered_on" if "ordered_on" in table.names else "observed_on"
    has_come = pl.col(day).filter(pl.col(day) <= until).max()
    latest = rows.group_by("_file").agg(_latest=has_come).collect(engine="streaming")
    return (
        latest.sort("_latest", "_file")
        .with_row_index("_batch")
        .select("_file", pl.col("_batch").cast(pl.Int64), _generation=pl.struct("_latest").rank("dense").cast(pl.Int64))
    )


def _score(rows: pl.LazyFrame, files: int) -> pl.Expr:
    has_status = "order_status" in rows.collect_schema().names()
    status = pl.col("order_status").replace_strict(STATUS_RANK, default=0, return_dtype=pl.Int64) if has_status else 0
    return (pl.col("_generation") * 100 + status) * files + pl.col("_batch")


def _day(table: schema.Table) -> pl.Expr:
    """Without an order number the day belongs to the key: the same goods sold on two days are two sales."""
    if table.name != "order_lines":
        return pl.lit(None, pl.Date)
    return pl.when(pl.col("order_id").is_null()).then("ordered_on")
