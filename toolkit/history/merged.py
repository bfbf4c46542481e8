"""Order lines that several files tell differently, worked out once and kept.

Comparing lines is the dear part of reading a history, and a run reads the order lines more than once. So what the
comparison gives is kept under ``history/merged/``, named by all it depends on; it is derived, and may be deleted at
any time. It is worked out in portions, so that even two whole years told twice fit into a small memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.history import conflicts, lines
from toolkit.history.batches import SCHEMA

__all__ = ["MOVED", "Merged", "forget_merged", "merged_lines", "whole_folder"]

MOVED = "moved"
"""The folder beside the results that keeps which orders have moved from day to day; it outlives them."""

_CONFLICTS = "conflicts"
_RULES = ("lines", "conflicts", "order_lines", "prints", "moved", "told_again")
"""The modules beside this one that say what is compared, and how."""
_PORTION = 1_200_000
"""Rows compared at once: well under a gigabyte with everything around it."""


@dataclass(frozen=True)
class Merged:
    """What a comparison of lines gave, as it lies in its folder."""

    folder: Path

    @property
    def lines(self) -> pl.LazyFrame:
        """The lines, each once (`schema.ORDER_LINES`)."""
        parts = sorted(self.folder.glob("*.parquet"))
        return pl.scan_parquet(parts, glob=False).select(schema.ORDER_LINES.names)

    @property
    def conflicts(self) -> pl.DataFrame:
        """What the files contradict each other about (`schema.PROBLEMS`), by place."""
        parts = sorted((self.folder / _CONFLICTS).glob("*.parquet"))
        return pl.read_parquet(parts, glob=False).sort("source_file", "source_sheet", "source_row", "column")


def merged_lines(folder: Path, pool: pl.LazyFrame, *, rows: int, batches: Iterable[str]) -> Merged:
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
    return Merged(target)


def forget_merged(folder: Path) -> None:
    """Drop what was compared before: a batch has come, or was made anew."""
    for old in (folder / "merged").glob("*"):
        if old.name != MOVED:
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder to fill; it takes its name, in place of an older one, when the block ends well."""
    half = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        yield half
        shutil.rmtree(target, ignore_errors=True)
        half.replace(target)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _name(batches: Iterable[str]) -> str:
    """Changes with the batches, the tables and the rules of comparing."""
    return hashlib.sha256("\n".join((SCHEMA, _rules(), *sorted(batches))).encode()).hexdigest()[:16]


@cache
def _rules() -> str:
    # The rules are code: a result of older rules must not outlive them because somebody forgot to raise a number.
    code = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in _RULES)
    return hashlib.sha256(b"".join(code)).hexdigest()


def _write(target: Path, pool: pl.LazyFrame, portions: int) -> None:
    """Compare portion by portion; the folder takes its name when it is whole, and older results go."""
    forget_merged(target.parent.parent)
    table, pool = schema.ORDER_LINES, pool.with_columns(_day=_day())
    identity = (*table.key, "_day")
    portion = pl.coalesce("order_id", "product_id", pl.lit("")).hash() % portions
    with whole_folder(target) as half:
        (half / _CONFLICTS).mkdir()
        for name, n in ((f"{n:04d}.parquet", n) for n in range(portions)):
            part = (pool.filter(portion == n) if portions > 1 else pool).collect(engine="streaming")
            told = lines.newest_lines(part, identity, table)
            # Read every week and made anew with every file: quick to read counts, size does not.
            told.write_parquet(half / name, compression="lz4")
            found = conflicts.line_conflicts(part, identity, table, told.with_columns(_day=_day()))
            pl.concat([found, conflicts.two_products(part)]).write_parquet(half / _CONFLICTS / name)


def _day() -> pl.Expr:
    """Without an order number the day belongs to the key: the same goods sold on two days are two sales."""
    return pl.when(pl.col("order_id").is_null()).then("ordered_on")
