"""Orders that one file puts on one day and another file on another: one goes by the order, one by its payment.

Such an order counts once, wherever its lines stand, so all order numbers of all files must be held against each other.
That grows with the years, while a new file brings a week. So what was found is kept under ``history/merged/``, with the
batches it was found in: next time only the days that less than two had told alike are held against the rest. It is
derived, and may be deleted at any time.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.history.batches import Batch, Batches
from toolkit.history.lines import ORDER, on_days
from toolkit.history.merged import MOVED, whole_folder

__all__ = ["forget_moved", "moved_orders"]

_ORDERS, _BATCHES = "orders.parquet", "batches.txt"
_AT_ONCE = 3_000_000
"""Rows whose order numbers are held against each other at once."""
_HERE = ["channel", "ordered_on"]
_DAY = [*_HERE, "rows", "lines"]
"""Days of two batches that agree in these have the same lines of the same orders."""


@dataclass(frozen=True)
class _Found:
    """What was found before, and in which batches (`Batch.id`)."""

    batches: frozenset[str]
    orders: pl.DataFrame


def moved_orders(batches: Batches, counting: Sequence[Batch], days: pl.DataFrame) -> pl.DataFrame:
    """The orders that stand on several days, in several of the batches: one row per order (`ORDER`) and day.

    `days` are those of the `counting` batches, with fingerprints (`_batch` is the position among these). The rows may
    hold more: orders of a batch that no longer counts.

    Raises:
        StoreError: what was found cannot be kept.
    """
    known = _read(batches.folder)
    told = [at for at, batch in enumerate(counting) if batch.id in known.batches]
    if not told:
        # Within one file an order may have lines on several days: it alone has moved nothing.
        sizes = days.group_by("_batch").agg(pl.col("rows").sum()).sort("rows", "_batch")
        known, told = _Found(frozenset(), _none()), sizes["_batch"].tail(1).to_list()
    if len(told) == len(counting):
        return known.orders
    orders = known.orders
    known_days, new_days = _contents(days, told)
    if not new_days.is_empty():
        fresh, rest = (_pool(batches, counting, days, chosen) for chosen in (new_days, known_days))
        found = _held_against(fresh, rest, portions=1 + int(new_days["rows"].sum()) // _AT_ONCE)
        orders = pl.concat([orders, found]).unique().sort(*ORDER, "ordered_on")
    _keep(batches.folder, _Found(frozenset(batch.id for batch in counting), orders))
    return orders


def _contents(days: pl.DataFrame, told: Sequence[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each content of a day once: those of the batches looked at before, and those that now have to be looked at.

    Two batches that tell a day alike say the same of its orders, so one of them is read; `_several` says that there are
    two among the new ones. What two batches told alike before was looked at then.
    """
    is_known = pl.col("_batch").is_in(told)
    counted = days.with_columns(_known_by=is_known.sum().over(_DAY), _several=(~is_known).sum().over(_DAY) > 1)
    known = counted.filter(is_known).unique(_DAY, keep="last", maintain_order=True)
    new = counted.filter(~is_known, pl.col("_known_by") < 2).unique(_DAY, keep="last", maintain_order=True)
    return known.with_columns(_several=pl.lit(False)), new


def forget_moved(folder: Path, at: str) -> None:
    """Drop what was found with a batch that comes anew or goes."""
    if at in _read(folder).batches:
        shutil.rmtree(folder / "merged" / MOVED, ignore_errors=True)


def _none() -> pl.DataFrame:
    return schema.ORDER_LINES.empty().select(*ORDER, "ordered_on")


def _pool(batches: Batches, counting: Sequence[Batch], days: pl.DataFrame, chosen: pl.DataFrame) -> pl.LazyFrame:
    """The order numbers of the chosen days, with the batch and day each stands in, and a hash."""
    parts = [
        batches.scan("order_lines", counting[at])
        .filter(on_days(mine, days.filter(pl.col("_batch") == at)))
        .select(*ORDER, "ordered_on", _batch=pl.lit(at, pl.Int64), _several=pl.lit(several))
        for (at, several), mine in chosen.partition_by("_batch", "_several", as_dict=True, maintain_order=True).items()
    ]
    return pl.concat(parts).filter(pl.col("order_id").is_not_null()).with_columns(_hash=pl.col("order_id").hash())


def _held_against(fresh: pl.LazyFrame, rest: pl.LazyFrame, *, portions: int) -> pl.DataFrame:
    """The orders of `fresh` that stand on several days, in several batches of both; every day they stand on.

    Numbers are held against each other by their hash, in portions: the texts of years do not fit into a small memory.
    Of the rest only numbers that a fresh one could be are looked at: most weeks that is a few of many, and where numbers
    grow with time most of the files are not even opened.
    """
    bounds = fresh.select(low=pl.col("order_id").min(), high=pl.col("order_id").max())
    low, high = (pl.lit(bound, pl.String) for bound in bounds.collect(engine="streaming").row(0))
    rest = rest.filter(pl.col("order_id").is_between(low, high))
    of_several = pl.col("_several").any() | (pl.col("_batch").min() != pl.col("_batch").max())
    moved = of_several & (pl.col("ordered_on").min() != pl.col("ordered_on").max())
    looked_at, found = ["_hash", "_batch", "ordered_on", "_several"], []
    for n in range(portions):
        new = fresh.filter(pl.col("_hash") % portions == n).select(looked_at).collect(engine="streaming").lazy()
        old = rest.join(new.select("_hash").unique(), on="_hash", how="semi").select(looked_at)
        both = pl.concat([new, old]).group_by("_hash").agg(moved.alias("_moved"))
        found.append(both.filter("_moved").select("_hash").collect(engine="streaming"))
    hashes = pl.concat(found)
    if hashes.is_empty():
        return _none()
    rows = pl.concat([fresh, rest]).join(hashes.lazy(), on="_hash", how="semi").select(*ORDER, "ordered_on")
    return rows.unique().collect(engine="streaming")


def _read(folder: Path) -> _Found:
    home = folder / "merged" / MOVED
    try:
        ids = (home / _BATCHES).read_text(encoding="utf-8").split()
        return _Found(frozenset(ids), pl.read_parquet(home / _ORDERS, glob=False))
    except OSError:
        return _Found(frozenset(), _none())


def _keep(folder: Path, found: _Found) -> None:
    try:
        with whole_folder(folder / "merged" / MOVED) as half:
            found.orders.write_parquet(half / _ORDERS)
            (half / _BATCHES).write_text("\n".join(sorted(found.batches)), encoding="utf-8")
    except OSError as error:
        raise StoreError("history_not_written", file="merged", problem=error.strerror or str(error)) from error
