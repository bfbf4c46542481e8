"""A store's memory: what all exports so far have told, each thing once.

Exports overlap. Monday's order list holds most of last Monday's orders, one of them now shipped; the same file is
dropped in twice; a product list of last week and one of today both speak of the same product. Nothing is merged when
a file comes in (`toolkit.history.batches` keeps it as it is): the present view is worked out at reading, from all batches, so
that the order in which files arrived cannot matter and any rule here can be mended without loading a file again.

Three kinds of tables are read in three ways:

- **lines** (order lines, purchase order lines) may repeat: two identical lines of one order are two sales. The n-th
  line of a key in one file is the n-th in any other; a key has as many lines as the file that shows most of them, and
  each is told by the newest file, then by the status further in its life.
- **facts** (catalog, stock, bindings, period sales, purchase orders) are one per key. Files that tell the same key
  are merged: the newest known value of each column, so that a hand-kept cost is not lost when a platform list of the
  same day has none. Amounts are merged only within one currency. Snapshots are kept by their stated day; rows without
  a day are not history, only the newest file's stand, as the present state.
- **lists** (policy) are one whole row per key, from the newest file that has it.

Later editions of a sheet kept by hand replace earlier ones, day by day where it states days, and whole otherwise.

The big table is compared line by line only where it must be: a day that one batch tells alone, or that all batches
tell alike (rows and fingerprint), is read straight through, except for the orders that another batch puts on another
day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.history.at_once import LINES
from toolkit.history.batches import Batch, Batches, FileTold
from toolkit.history.conflicts import MOST_LINES, fact_conflicts, line_conflicts
from toolkit.history.gaps import gaps
from toolkit.history.lines import (
    ORDER,
    ORDER_DAYS,
    STATUS_RANK,
    days_to_read,
    moved_orders,
    newest_lines,
    on_days,
    overlapping,
)
from toolkit.history.merged import Merged, forget_merged, merged_lines
from toolkit.history.money import Shelf, money_tables

__all__ = ["History", "merged_facts"]

LISTS = ("policy",)
_ORIGIN = tuple(column.name for column in schema.ORIGIN)
_BY_NAME = {table.name: table for table in schema.LOADED_TABLES}
_ORDERS_AT_ONCE = 3_000_000
"""Rows whose order numbers are held against each other at once."""
_FEW_ORDERS = 100_000


class History:
    """All batches of a store, and the one present view of them.

    >>> import tempfile
    >>> line = schema.ORDER_LINES.frame(channel=["full"], order_id=["8201"], product_id=["1005"], quantity=[1])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     history = History(Path(folder))
    ...     for sha256 in ("ab", "cd"):  # two exports that show the same order line
    ...         _ = history.add(FileTold(sha256, "orders.csv", {"order_lines": line}))
    ...     history.tables().order_lines.collect().height
    1
    """

    def __init__(self, folder: Path, *, until: date | None = None) -> None:
        self.batches = Batches(folder, until=until)
        self._read: dict[tuple[str, ...], tuple[list[pl.LazyFrame], Merged | None]] = {}

    def add(self, told: FileTold) -> Batch:
        """Keep what one file told; telling it again changes nothing."""
        forget_merged(self.batches.folder)
        self._read.clear()
        return self.batches.add(told)

    def find(self, at: str) -> Batch | None:
        """The batch kept under this `batch_id`, if it is of the present schema."""
        return next((batch for batch in self.batches.all if batch.id == at), None)

    def was_told(self, at: str) -> bool:
        """Whether a batch is kept under this `batch_id`, be it of an older schema."""
        return any(batch.id == at for batch in (*self.batches.all, *self.batches.outdated))

    def forget(self, at: str) -> None:
        """Take a batch away, if there is one."""
        if self.was_told(at):
            forget_merged(self.batches.folder)
            self._read.clear()
            self.batches.forget(at)

    def tables(self) -> schema.Tables:
        """The present view: each table deduplicated and sorted by its key; None where no file told of it.

        `order_lines` is lazy, and in no particular order.
        """
        found = {name: self._facts(name) for name in _BY_NAME if name != "order_lines"}
        return schema.Tables(**found, order_lines=self._order_lines(), coverage=self.coverage())

    def money(self, store: str | None = None) -> schema.MoneyTables:
        """The tables about money, each movement once; `store` names rows whose own files name no store."""
        return money_tables([Shelf(self.batches, store)])

    def coverage(self) -> pl.DataFrame | None:
        """All stretches of days that some file tells whole, one row per file and stretch; None without any file."""
        return self._kept_beside("coverage", schema.COVERAGE) if self.batches.all else None

    def problems(self) -> pl.DataFrame:
        """What was wrong with rows of files that still count, then the facts on which two files disagree."""
        return pl.concat([self._kept_beside("problems", schema.PROBLEMS), self.undated(), self.conflicts()])

    def gaps(self) -> pl.DataFrame:
        """Stretches of days that a source of sales does not tell (`schema.GAPS`)."""
        covered = self.coverage()
        return schema.GAPS.empty() if covered is None else gaps(covered)

    def manifest(self) -> pl.DataFrame:
        """One row per batch and table it feeds, from oldest to newest: fingerprint, file, table, rows, dates."""
        rows = [
            (batch.sha256, batch.file, table, count, batch.observed_on, batch.latest_event_on)
            for batch in self.batches.all
            for table, count in sorted(batch.rows.items())
        ]
        names = {
            "source_sha256": pl.String, "source_file": pl.String, "table": pl.String, "rows": pl.Int64,
            "observed_on": pl.Date, "latest_event_on": pl.Date,
        }  # fmt: skip
        return pl.DataFrame(rows, schema=names, orient="row")

    def undated(self) -> pl.DataFrame:
        """One problem per file whose snapshot rows state no day: they stand only as the present state, or not at all."""
        found = [self._undated_in(name) for name in _BY_NAME if _is_snapshot(name)]
        return schema.PROBLEMS.conform(pl.concat(found)).sort("source_file", "problem") if found else _no_problems()

    def conflicts(self) -> pl.DataFrame:
        """Same key, same day, different facts: one problem per value that was not taken, with the place of the one that was."""
        found = [self._conflicts_in(name) for name in _BY_NAME if name not in (*LINES, *LISTS)]
        found += [self._purchase_line_conflicts(), self._order_line_conflicts()]
        return pl.concat([_no_problems(), *found]).sort("source_file", "source_sheet", "source_row", "column")

    # -- reading small tables --------------------------------------------------------------------------------------

    def _facts(self, name: str) -> pl.DataFrame | None:
        if not self.batches.of(name):
            return None
        table, rows = _BY_NAME[name], self._standing(name)
        if name in LINES:
            return newest_lines(rows, table.key, table).select(table.names).sort(table.key)
        merged = (
            rows.unique(table.key, keep="first", maintain_order=True) if name in LISTS else merged_facts(rows, table)
        )
        return table.conform(merged).sort(table.key)

    def _standing(self, name: str) -> pl.DataFrame:
        """All rows of a table that still count, newest first, with the columns of `_marked`."""
        batches = self.batches.of(name)
        if not batches:
            return _BY_NAME[name].empty()
        rows = pl.concat(_marked(self.batches.scan(name, batch), batch, self.batches.all) for batch in batches)
        kept = _latest_editions(rows.collect(), self._last_edition(), snapshot=_is_snapshot(name))
        if _is_snapshot(name):
            kept = kept.filter(_dated() | (pl.col("_batch") == _newest_undated()))
        return kept.sort("_score", "source_row", descending=[True, False])

    def _undated_in(self, name: str) -> pl.DataFrame:
        files = [
            _marked(self.batches.scan(name, batch), batch, self.batches.all)
            .filter(pl.col("observed_on").is_null())
            .group_by("_batch")
            .agg(pl.len())
            .with_columns(pl.lit(batch.file).alias("source_file"))
            for batch in self.batches.of(name)
            if batch.kept_as is None
        ]
        if not files:
            return _no_problems()
        found = pl.concat(files).collect()
        stands = pl.col("_batch") == pl.col("_batch").max()
        return schema.PROBLEMS.conform(
            found.select(
                "source_file",
                pl.lit("observed_on").alias("column"),
                pl.lit("no_date").alias("problem"),
                pl.when(stands).then(pl.lit("present_only")).otherwise(pl.lit("superseded")).alias("effect"),
            )
        )

    def _conflicts_in(self, name: str) -> pl.DataFrame:
        return fact_conflicts(self._standing(name), _BY_NAME[name]) if self.batches.of(name) else _no_problems()

    def _last_edition(self) -> dict[str, int]:
        kept = [batch for batch in self.batches.all if batch.kept_as is not None]
        return {str(b.kept_as): max(o.edition for o in kept if o.kept_as == b.kept_as) for b in kept}

    def _kept_beside(self, name: str, table: schema.Table) -> pl.DataFrame:
        """Problems or coverage of the files that count; of a sheet kept by hand only its last edition."""
        last = self._last_edition()
        counting = [b for b in self.batches.all if b.kept_as is None or b.edition == last[b.kept_as]]
        if not counting:
            return table.empty()
        return pl.concat(self.batches.scan(name, batch) for batch in counting).sort(table.names).collect()

    # -- reading order lines ---------------------------------------------------------------------------------------

    def _order_lines(self) -> pl.LazyFrame | None:
        """Order lines, each once; read straight through where no two batches could differ."""
        if not (batches := self._order_batches()):
            return None
        straight, compared = self._read_once(batches)
        parts = [part.select(schema.ORDER_LINES.names) for part in straight]
        if compared is not None:
            parts.append(compared.lines)
        return pl.concat(parts) if parts else schema.ORDER_LINES.empty().lazy()

    def _order_batches(self) -> list[Batch]:
        last = self._last_edition()
        return [b for b in self.batches.of("order_lines") if b.kept_as is None or b.edition == last[b.kept_as]]

    def _read_once(self, batches: Sequence[Batch]) -> tuple[list[pl.LazyFrame], Merged | None]:
        """`_read_order_lines`, worked out once for the same batches."""
        ids = tuple(batch.id for batch in batches)
        known = self._read.get(ids)
        # What was compared may be deleted at any time.
        if known is None or (known[1] is not None and not known[1].folder.is_dir()):
            known = self._read[ids] = self._read_order_lines(batches)
        return known

    def _read_order_lines(self, batches: Sequence[Batch]) -> tuple[list[pl.LazyFrame], Merged | None]:
        """What is read straight through, and what had to be compared."""
        days = days_to_read(self._with_prints(pl.concat(map(self._days, batches, count())), batches))
        straight = self._parts(batches, days, ~pl.col("is_compared"))
        compared = self._parts(batches, days, pl.col("is_compared"))
        rows = int(days.filter(pl.col("is_kept") & pl.col("is_compared"))["rows"].sum())
        moved = self._moved_orders(batches, days)
        if not moved.is_empty():
            # They are compared whole, wherever their rows stand.
            straight, compared = (
                [part.join(moved.lazy(), on=ORDER, how="anti", nulls_equal=True) for part in parts]
                for parts in (straight, compared)
            )
            compared += self._lines_of(moved, batches, days)
            rows += 2 * moved.height
        if not compared:
            return straight, None
        ids = [f"{batch.id}{batch.believed or ''}" for batch in batches]
        return straight, merged_lines(self.batches.folder, pl.concat(compared), rows=rows, batches=ids)

    def _lines_of(self, orders: pl.DataFrame, batches: Sequence[Batch], days: pl.DataFrame) -> list[pl.LazyFrame]:
        """Every batch's lines of some orders, on whichever of the days: a day that is not read may hold one too.

        Looked up once where they are few, for comparing reads them several times.
        """
        found = []
        for at, batch in enumerate(batches):
            mine = days.filter(pl.col("_batch") == at)
            theirs = mine.join(orders, on=["channel", "ordered_on"], how="semi", nulls_equal=True)
            if theirs.is_empty():
                continue
            rows = _marked(self.batches.scan("order_lines", batch), batch, self.batches.all)
            rows = rows.filter(on_days(theirs, mine)).join(orders.lazy(), on=ORDER, how="semi", nulls_equal=True)
            found.append(rows.collect(engine="streaming").lazy() if orders.height < _FEW_ORDERS else rows)
        return found

    def _moved_orders(self, batches: Sequence[Batch], days: pl.DataFrame) -> pl.DataFrame:
        """The orders that two batches put on different days, where not all of their rows would be compared; with those days."""
        pools, sizes = [], []
        for at, batch in enumerate(batches):
            mine = days.filter(pl.col("_batch") == at)
            kept = mine.filter("is_kept")
            if kept.is_empty():
                continue
            apart = kept.filter("is_apart")
            is_apart = pl.lit(False) if apart.is_empty() else on_days(apart, mine).fill_null(False)
            rows = self.batches.scan("order_lines", batch)
            if kept.height < mine.height:
                rows = rows.filter(on_days(kept, mine))
            pools.append(rows.select(*ORDER, "ordered_on", _batch=pl.lit(at, pl.Int64), _apart=is_apart))
            sizes.append(int(kept["rows"].sum()))
        if len(pools) < 2 or not days["is_apart"].any():
            return schema.ORDER_LINES.empty().select(*ORDER, "ordered_on")
        largest = sizes.index(max(sizes))
        pools.insert(0, pools.pop(largest))
        others = sum(sizes) - sizes[largest]
        return moved_orders(pools, portions=1 + others // _ORDERS_AT_ONCE)

    def _order_line_conflicts(self) -> pl.DataFrame:
        batches = self._order_batches()
        compared = self._read_once(batches)[1] if len(batches) > 1 else None
        found = _no_problems() if compared is None else compared.conflicts
        more = found.height - MOST_LINES
        if more <= 0:
            return found
        rest = found.slice(MOST_LINES, 1).with_columns(
            pl.lit(None, pl.String).alias("column"),
            value=pl.lit(str(more)), problem=pl.lit("not_listed"), effect=pl.lit("not_listed"),
        )  # fmt: skip
        return pl.concat([found.head(MOST_LINES), rest])

    def _purchase_line_conflicts(self) -> pl.DataFrame:
        name = "purchase_order_lines"
        if len(self.batches.of(name)) < 2:
            return _no_problems()
        table, rows = _BY_NAME[name], self._standing(name)
        return line_conflicts(rows, table.key, table, newest_lines(rows, table.key, table))

    def _days(self, batch: Batch, at: int) -> pl.DataFrame:
        generation = _generations(self.batches.all).index(batch.recency[:2])
        days = self.batches.scan("order_days", batch).with_columns(
            pl.lit(at, pl.Int64).alias("_batch"), pl.lit(generation, pl.Int64).alias("_generation")
        )
        return days.select(pl.col(name).cast(dtype) for name, dtype in ORDER_DAYS.items()).collect()

    def _with_prints(self, days: pl.DataFrame, batches: Sequence[Batch]) -> pl.DataFrame:
        """The days with a fingerprint of their rows, where a batch has days that another might tell."""
        prints = [
            self.batches.day_prints(batches[at], shared).with_columns(pl.lit(at, pl.Int64).alias("_batch"))
            for (at,), shared in overlapping(days).partition_by("_batch", as_dict=True).items()
        ]
        if not prints:
            return days.with_columns(pl.lit(None, pl.UInt64).alias(name) for name in ("lines", "facts"))
        key = ["channel", "ordered_on", "_batch"]
        return days.join(pl.concat(prints), on=key, how="left", nulls_equal=True, maintain_order="left")

    def _parts(self, batches: Sequence[Batch], days: pl.DataFrame, wanted: pl.Expr) -> list[pl.LazyFrame]:
        """The wanted days of each batch, as scans; days that stand for nothing new (`is_kept`) are left out."""
        parts = []
        for at, batch in enumerate(batches):
            mine = days.filter(pl.col("_batch") == at)
            chosen = mine.filter(pl.col("is_kept") & wanted)
            if not chosen.is_empty():
                rows = _marked(self.batches.scan("order_lines", batch), batch, self.batches.all)
                parts.append(rows if chosen.height == mine.height else rows.filter(on_days(chosen, mine)))
        return parts


def _is_snapshot(name: str) -> bool:
    return "observed_on" in _BY_NAME[name].key


def _no_problems() -> pl.DataFrame:
    return schema.PROBLEMS.empty()


def _dated() -> pl.Expr:
    return pl.col("observed_on").is_not_null()


def _newest_undated() -> pl.Expr:
    """The newest export without a day; a sheet kept by hand stands beside it (its edition was chosen already)."""
    is_export = pl.col("_kept_as").is_null()
    newest = pl.when(is_export & ~_dated()).then("_batch").max()
    return pl.when(is_export).then(newest).otherwise("_batch")


def _generations(batches: Sequence[Batch]) -> list[tuple[date, date]]:
    """What the batches say of their age, from oldest to newest; the position is the generation."""
    return sorted({other.recency[:2] for other in batches})


def _marked(rows: pl.LazyFrame, batch: Batch, batches: Sequence[Batch]) -> pl.LazyFrame:
    """The rows of a batch with what decides between them: `_score` is higher for the row to believe."""
    at = next(i for i, other in enumerate(batches) if other.id == batch.id)
    generation = _generations(batches).index(batch.recency[:2])
    has_status = "order_status" in rows.collect_schema().names()
    status = pl.col("order_status").replace_strict(STATUS_RANK, default=0, return_dtype=pl.Int64) if has_status else 0
    return rows.with_columns(
        pl.lit(at, pl.Int64).alias("_batch"),
        pl.lit(batch.kept_as, pl.String).alias("_kept_as"),
        pl.lit(batch.edition, pl.Int64).alias("_edition"),
        ((generation * 100 + status) * len(batches) + pl.lit(at, pl.Int64)).alias("_score"),
    )


def _latest_editions(rows: pl.DataFrame, last: dict[str, int], *, snapshot: bool) -> pl.DataFrame:
    """Of a sheet kept by hand the last edition, or for each stated day the last edition that has it."""
    newest = pl.col("_edition") == pl.col("_kept_as").replace_strict(last, default=None, return_dtype=pl.Int64)
    if snapshot:
        of_its_day = pl.col("_edition") == pl.col("_edition").max().over("_kept_as", "observed_on")
        newest = newest | (_dated() & of_its_day)
    return rows.filter(pl.col("_kept_as").is_null() | newest)


def merged_facts(rows: pl.DataFrame, table: schema.Table) -> pl.DataFrame:
    """One row per key: of rows that come newest first, the first known value of each column."""
    again = pl.struct(table.key).is_duplicated()
    told_once, told_again = rows.filter(~again), rows.filter(again)
    others = [name for name in table.names if name not in table.key]
    if "currency" in others:
        taken = pl.col("currency").drop_nulls().first().over(table.key)
        same = pl.col("currency").eq_missing(taken)
        amounts = [column.name for column in table.columns if column.unit == "fen"]
        told_again = told_again.with_columns(pl.when(same).then(name).alias(name) for name in amounts)
    # An id is only suspect as long as no file shows it as clean text; origin goes with the newest row.
    origin = [name for name in _ORIGIN if name not in table.key]
    known = [name for name in others if name not in (*origin, "is_suspect_id")]
    values = [pl.col(known).drop_nulls().first(), pl.col(origin).first()]
    if "is_suspect_id" in others:
        values.append(pl.col("is_suspect_id").min())
    merged = told_again.group_by(table.key, maintain_order=True).agg(values)
    return pl.concat([told_once.select(table.names), merged.select(table.names)])
