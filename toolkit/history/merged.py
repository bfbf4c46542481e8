"""Order lines that several files tell differently, worked out once and kept.

Comparing lines is the dear part of reading a history, and a run reads the order lines more than once. So what the
comparison gives is kept under ``history/merged/``, named by all it depends on; it is derived, and may be deleted at
any time. It is worked out in portions, so that even two whole years told twice fit into a small memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.history import lines
from toolkit.history.batches import SCHEMA

__all__ = ["forget_merged", "merged_lines"]

_PORTION = 1_200_000
"""Rows compared at once: well under a gigabyte with everything around it."""


def merged_lines(folder: Path, pool: pl.LazyFrame, *, rows: int, batches: Iterable[str]) -> pl.LazyFrame:
    """The rows of `pool` (order lines with `_batch` and `_score`), each line once; from ``folder/merged`` if there.

    `rows` is how many the pool has, `batches` are the ids of all batches that made it.

    Raises:
        StoreError: the result cannot be written.
    """
    target = folder / "merged" / _name(batches)
    if not target.is_dir():
        try:
            _write(target, pool, 1 + rows // _PORTION)
        except OSError as error:
            raise StoreError("history_not_written", file="merged", problem=error.strerror or str(error)) from error
    return pl.scan_parquet(sorted(target.glob("*.parquet")), glob=False)


def forget_merged(folder: Path) -> None:
    """Drop what was worked out before: a batch has come, or was made anew."""
    shutil.rmtree(folder / "merged", ignore_errors=True)


def _name(batches: Iterable[str]) -> str:
    """Changes with the batches, the tables and the rules of comparing."""
    return hashlib.sha256("\n".join((SCHEMA, _rules(), *sorted(batches))).encode()).hexdigest()[:16]


@cache
def _rules() -> str:
    # The rules are code: a result of older rules must not outlive them because somebody forgot to raise a number.
    return hashlib.sha256(Path(lines.__file__).read_bytes()).hexdigest()


def _write(target: Path, pool: pl.LazyFrame, portions: int) -> None:
    """Compare portion by portion; the folder takes its name when it is whole, and older results go."""
    for old in target.parent.glob("*"):
        shutil.rmtree(old, ignore_errors=True)
    half = target.with_name(f".{target.name}.{os.getpid()}")
    half.mkdir(parents=True, exist_ok=True)
    # Without an order number the day belongs to the key: the same goods sold on two days are two sales.
    table, no_order = schema.ORDER_LINES, pl.col("order_id").is_null()
    pool = pool.with_columns(pl.when(no_order).then("ordered_on").alias("_day"))
    portion = pl.coalesce("order_id", "product_id", pl.lit("")).hash() % portions
    for n in range(portions):
        part = pool.filter(portion == n) if portions > 1 else pool
        lines.newest_lines(part, (*table.key, "_day"), table).sink_parquet(
            half / f"{n:04d}.parquet", compression="zstd"
        )
    half.replace(target)
