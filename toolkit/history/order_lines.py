"""The order lines of all batches, each once: which days are read straight through, and which are compared.

A store's order lines are millions, and most Mondays all but the newest weeks have been told before. So they are
compared line by line only where it must be: a day that one batch tells alone, or on which all batches show the same
lines and one of them is newest, is read straight through from that one, except for the orders that another batch puts
on another day. What is compared is compared month by month: a new export changes the last two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import polars as pl

from toolkit import schema
from toolkit.history.batches import Batch, Batches
from toolkit.history.conflicts import MOST_LINES
from toolkit.history.lines import ORDER, ORDER_DAYS, days_to_read, on_days, overlapping
from toolkit.history.merged import Merged, Part, forget_merged, merged_lines
from toolkit.history.moved import forget_moved, moved_orders
from toolkit.history.told_again import told_again

__all__ = ["OrderLines"]

_FEW_ORDERS = 100_000
_HERE = ["channel", "ordered_on"]


class OrderLines:
    """The present view of a store's order lines.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     OrderLines(Batches(Path(folder))).rows() is None
    True
    """

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self._known: dict[tuple[str, ...], tuple[list[pl.LazyFrame], Merged | None]] = {}

    def forget(self, at: str) -> None:
        """Drop what was worked out: the batch kept under this id comes or goes."""
        forget_merged(self._batches.folder, at)
        forget_moved(self._batches.folder, at)
        self._known.clear()

    def rows(self) -> pl.LazyFrame | None:
        """Order lines, each once; read straight through where no two batches could differ."""
        if not (batches := self._batches.counting(self._batches.of("order_lines"))):
            return None
        straight, compared = self._read_once(batches)
        parts = [part.select(schema.ORDER_LINES.names) for part in straight]
        if compared is not None:
            parts.append(compared.lines)
        return pl.concat(parts) if parts else schema.ORDER_LINES.empty().lazy()

    def _read_once(self, batches: Sequence[Batch]) -> tuple[list[pl.LazyFrame], Merged | None]:
        """`_read`, worked out once for the same batches."""
        ids = tuple(batch.id for batch in batches)
        known = self._known.get(ids)
        if known is None or (known[1] is not None and not known[1].is_there):
            known = self._known[ids] = self._read(batches)
        return known

    def _read(self, batches: Sequence[Batch]) -> tuple[list[pl.LazyFrame], Merged | None]:
        """What is read straight through, and what had to be compared."""
        prints = self._with_prints(pl.concat(map(self._days, batches, count())).collect(), batches)
        days = days_to_read(told_again(self._batches, batches, prints))
        moved = self._moved_orders(batches, days)
        straight = self._parts(batches, days, days.filter(pl.col("is_kept") & ~pl.col("is_compared")), moved)
        compared = days.filter("is_kept", "is_compared").with_columns(_month=_month())
        months = compared.partition_by("_month", maintain_order=True)
        parts = [self._compared_month(batches, days, month, moved) for month in months]
        if not moved.is_empty():
            parts.append(self._compared_whole(batches, days, moved))
        return straight, merged_lines(self._batches.folder, parts) if parts else None

    def _compared_month(
        self, batches: Sequence[Batch], days: pl.DataFrame, month: pl.DataFrame, moved: pl.DataFrame
    ) -> Part:
        """The days of a month that have to be compared, without the orders that moved: weeks go by and leave it as it is."""
        theirs = moved.join(month, on=_HERE, how="semi", nulls_equal=True)

        def pool() -> pl.LazyFrame:
            return pl.concat(self._parts(batches, days, month, moved, is_marked=True))

        return Part(pool, int(month["rows"].sum()), _told(batches, month, theirs), _ids(batches, month))

    def _compared_whole(self, batches: Sequence[Batch], days: pl.DataFrame, moved: pl.DataFrame) -> Part:
        """The orders that moved, wherever their rows stand."""
        theirs = days.join(moved, on=_HERE, how="semi", nulls_equal=True)

        def pool() -> pl.LazyFrame:
            return pl.concat(self._lines_of(moved, batches, days))

        return Part(pool, 2 * moved.height, _told(batches, theirs, moved), _ids(batches, theirs))

    def _lines_of(self, orders: pl.DataFrame, batches: Sequence[Batch], days: pl.DataFrame) -> list[pl.LazyFrame]:
        """Every batch's lines of some orders, on whichever of the days: a day that is not read may hold one too.

        Looked up once where they are few, for comparing reads them several times.
        """
        found = []
        for at, batch in enumerate(batches):
            mine = days.filter(pl.col("_batch") == at)
            theirs = mine.join(orders, on=_HERE, how="semi", nulls_equal=True)
            if theirs.is_empty():
                continue
            rows = self._batches.marked("order_lines", batch)
            rows = rows.filter(on_days(theirs, mine)).join(orders.lazy(), on=ORDER, how="semi", nulls_equal=True)
            found.append(rows.collect(engine="streaming").lazy() if orders.height < _FEW_ORDERS else rows)
        return found

    def _moved_orders(self, batches: Sequence[Batch], days: pl.DataFrame) -> pl.DataFrame:
        """The orders that two batches put on different days, where not all of their rows would be compared; with those days."""
        apart = days.filter("is_apart").select(*_HERE, _is_apart=pl.lit(True)).unique()
        if len(batches) < 2 or (apart.is_empty() and days.select(_month()).n_unique() == 1):
            return schema.ORDER_LINES.empty().select(*ORDER, "ordered_on")
        moved = moved_orders(self._batches, batches, days)
        is_apart = pl.col("_is_apart").any() | (_month().n_unique() > 1)
        ends = moved.join(apart, on=_HERE, how="left", nulls_equal=True).group_by(ORDER).agg(is_apart.alias("_ends"))
        return moved.join(ends.filter("_ends"), on=ORDER, how="semi", nulls_equal=True).sort(*ORDER, "ordered_on")

    def conflicts(self) -> pl.DataFrame:
        batches = self._batches.counting(self._batches.of("order_lines"))
        compared = self._read_once(batches)[1] if len(batches) > 1 else None
        found = schema.PROBLEMS.empty() if compared is None else compared.conflicts
        more = found.height - MOST_LINES
        if more <= 0:
            return found
        rest = found.slice(MOST_LINES, 1).with_columns(
            pl.lit(None, pl.String).alias("column"),
            value=pl.lit(str(more)), problem=pl.lit("not_listed"), effect=pl.lit("not_listed"),
        )  # fmt: skip
        return pl.concat([found.head(MOST_LINES), rest])

    def _days(self, batch: Batch, at: int) -> pl.LazyFrame:
        days = self._batches.scan("order_days", batch).with_columns(
            pl.lit(at, pl.Int64).alias("_batch"), pl.lit(self._batches.generation(batch), pl.Int64).alias("_generation")
        )
        return days.select(pl.col(name).cast(dtype) for name, dtype in ORDER_DAYS.items())

    def _with_prints(self, days: pl.DataFrame, batches: Sequence[Batch]) -> pl.DataFrame:
        """The days with a fingerprint of their rows, where a batch has days that another might tell."""
        prints = [
            self._batches.day_prints(batches[at], shared).with_columns(pl.lit(at, pl.Int64).alias("_batch"))
            for (at,), shared in overlapping(days).partition_by("_batch", as_dict=True, maintain_order=True).items()
        ]
        if not prints:
            return days.with_columns(pl.lit(None, pl.UInt64).alias(name) for name in ("lines", "facts"))
        key = ["channel", "ordered_on", "_batch"]
        return days.join(pl.concat(prints), on=key, how="left", nulls_equal=True, maintain_order="left")

    def _parts(
        self,
        batches: Sequence[Batch],
        days: pl.DataFrame,
        chosen: pl.DataFrame,
        moved: pl.DataFrame,
        *,
        is_marked: bool = False,
    ) -> list[pl.LazyFrame]:
        """The chosen days of each batch as scans, with what decides between rows if asked; without the orders that moved."""
        parts = []
        for (at,), mine in chosen.partition_by("_batch", as_dict=True, maintain_order=True).items():
            told = days.filter(pl.col("_batch") == at)
            rows = (self._batches.marked if is_marked else self._batches.scan)("order_lines", batches[at])
            rows = rows if mine.height == told.height else rows.filter(on_days(mine, told))
            parts.append(rows if moved.is_empty() else rows.join(moved.lazy(), on=ORDER, how="anti", nulls_equal=True))
        return parts


def _month() -> pl.Expr:
    return pl.col("ordered_on").dt.truncate("1mo")


def _ids(batches: Sequence[Batch], days: pl.DataFrame) -> frozenset[str]:
    return frozenset(batches[at].id for at in days["_batch"].unique())


def _told(batches: Sequence[Batch], days: pl.DataFrame, moved: pl.DataFrame) -> str:
    """All that a comparison of these days depends on, as text: the batches, what each tells, and what was left out of them."""
    names = pl.DataFrame(
        {"_batch": range(len(batches)), "_name": [f"{batch.id}{batch.believed or ''}" for batch in batches]},
        schema={"_batch": pl.Int64, "_name": pl.String},
    )
    said = days.join(names, on="_batch").select("_name", *_HERE, "rows", "lines", "facts").sort(pl.all())
    return f"{said.write_csv()}\n{moved.sort(pl.all()).write_csv()}"
