"""Order lines that several files tell differently, worked out once and kept.

Comparing lines is the dear part of reading a history, and a run reads the order lines more than once. So what the
comparison gives is kept under ``history/merged/``, named by all it depends on; it is derived, and may be deleted at
any time. It is worked out in parts that know nothing of one another, so that a new export leaves the parts as they are
that it says nothing about, and in portions, so that even two whole years told twice fit into a small memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.history import conflicts, lines
from toolkit.history.batches import SCHEMA

__all__ = ["MOVED", "Merged", "Part", "forget_merged", "merged_lines", "whole_folder"]

MOVED = "moved"
"""The folder beside the results that keeps which orders have moved from day to day; it outlives them."""

_CONFLICTS, _BATCHES = "conflicts", "batches.txt"
_RULES = ("lines", "conflicts", "order_lines", "prints", "moved", "told_again")
"""The modules beside this one that say what is compared, and how."""
_PORTION = 1_200_000
"""Rows compared at once: well under a gigabyte with everything around it."""


@dataclass(frozen=True)
class Part:
    """Lines to be compared with one another, and with no others."""

    pool: Callable[[], pl.LazyFrame]
    """Gives the rows: order lines with `_batch` and `_score`."""
    rows: int
    """How many the pool has."""
    told: str
    """All that the result depends on, as text."""
    batches: frozenset[str]
    """The ids of the batches the rows come from."""


@dataclass(frozen=True)
class Merged:
    """What a comparison of lines gave, as it lies in its folders, one for each part."""

    folders: tuple[Path, ...]

    @property
    def is_there(self) -> bool:
        """What was compared may be deleted at any time."""
        return all(folder.is_dir() for folder in self.folders)

    @property
    def lines(self) -> pl.LazyFrame:
        """The lines, each once (`schema.ORDER_LINES`)."""
        files = [path for folder in self.folders for path in sorted(folder.glob("*.parquet"))]
        return pl.scan_parquet(files, glob=False).select(schema.ORDER_LINES.names)

    @property
    def conflicts(self) -> pl.DataFrame:
        """What the files contradict each other about (`schema.PROBLEMS`), by place."""
        files = [path for folder in self.folders for path in sorted((folder / _CONFLICTS).glob("*.parquet"))]
        return pl.read_parquet(files, glob=False).sort("source_file", "source_sheet", "source_row", "column")


def merged_lines(folder: Path, parts: Iterable[Part]) -> Merged:
    """The rows of each part's pool, each line once; from ``folder/merged`` where it was worked out before.

    Raises:
        StoreError: a result cannot be written.
    """
    wanted = {folder / "merged" / _name(part): part for part in parts}
    missing = {target: part for target, part in wanted.items() if not target.is_dir()}
    try:
        for target, part in missing.items():
            _write(target, part)
    except OSError as error:
        raise StoreError("history_not_written", file="merged", problem=error.strerror or str(error)) from error
    if missing:
        _remove(path for path in _results(folder) if path not in wanted)
    return Merged(tuple(wanted))


def forget_merged(folder: Path, at: str) -> None:
    """Drop what was compared of a batch that comes anew or goes: under the same name it may tell something else."""
    _remove(path for path in _results(folder) if at in _batches_of(path))


def _results(folder: Path) -> list[Path]:
    return [path for path in (folder / "merged").glob("*") if path.name != MOVED]


def _batches_of(result: Path) -> list[str]:
    try:
        return (result / _BATCHES).read_text(encoding="utf-8").split("\n")
    except OSError:
        return []


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


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


def _name(part: Part) -> str:
    """Changes with what a part depends on, the tables and the rules of comparing."""
    return hashlib.sha256("\n".join((SCHEMA, _rules(), part.told)).encode()).hexdigest()[:16]


@cache
def _rules() -> str:
    # The rules are code: a result of older rules must not outlive them because somebody forgot to raise a number.
    code = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in _RULES)
    return hashlib.sha256(b"".join(code)).hexdigest()


def _write(target: Path, part: Part) -> None:
    """Compare portion by portion; the folder takes its name when it is whole."""
    portions = 1 + part.rows // _PORTION
    table, pool = schema.ORDER_LINES, part.pool().with_columns(_day=_day())
    identity = (*table.key, "_day")
    portion = pl.coalesce("order_id", "product_id", pl.lit("")).hash() % portions
    with whole_folder(target) as half:
        (half / _CONFLICTS).mkdir()
        (half / _BATCHES).write_text("\n".join(sorted(part.batches)), encoding="utf-8")
        for name, n in ((f"{n:04d}.parquet", n) for n in range(portions)):
            rows = (pool.filter(portion == n) if portions > 1 else pool).collect(engine="streaming")
            told = lines.newest_lines(rows, identity, table)
            # Read every week and made anew with every file: quick to read counts, size does not.
            told.write_parquet(half / name, compression="lz4")
            found = conflicts.line_conflicts(rows, identity, table, told.with_columns(_day=_day()))
            pl.concat([found, conflicts.two_products(rows)]).write_parquet(half / _CONFLICTS / name)


def _day() -> pl.Expr:
    """Without an order number the day belongs to the key: the same goods sold on two days are two sales."""
    return pl.when(pl.col("order_id").is_null()).then("ordered_on")
