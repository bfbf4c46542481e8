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

The big table is read by `toolkit.history.order_lines`, which compares line by line only where it must.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.history.at_once import LINES
from toolkit.history.batches import Batch, Batches, FileTold, batch_id
from toolkit.history.conflicts import fact_conflicts, line_conflicts
from toolkit.history.gaps import gaps
from toolkit.history.in_place import gone_rows, replace_in_place
from toolkit.history.lines import newest_lines
from toolkit.history.money import Shelf, money_tables
from toolkit.history.order_lines import OrderLines

__all__ = ["History", "merged_facts"]

LISTS = ("policy",)
_ORIGIN = tuple(column.name for column in schema.ORIGIN)
_BY_NAME = {table.name: table for table in schema.LOADED_TABLES}


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
        self._lines = OrderLines(self.batches)

    def add(self, told: FileTold) -> Batch:
        """Keep what one file told; telling it again changes nothing."""
        self._lines.forget(batch_id(told.sha256, told.name_states))
        return self.batches.add(told)

    def find(self, at: str) -> Batch | None:
        """The batch kept under this `batch_id`, if it is of the present schema."""
        return next((batch for batch in self.batches.all if batch.id == at), None)

    def was_told(self, at: str) -> bool:
        """Whether a batch is kept under this `batch_id`, be it of an older schema."""
        told = (*self.batches.all, *self.batches.outdated, *self.batches.replaced)
        return any(batch.id == at for batch in told)

    def forget(self, at: str) -> None:
        """Take a batch away, if there is one."""
        if self.was_told(at):
            self._lines.forget(at)
            self.batches.forget(at)

    def replace_in_place(self, present: Collection[str]) -> list[tuple[Batch, Batch]]:
        """Let lists that were corrected in place stand for what they were; each old one with its new one."""
        return replace_in_place(self.batches, present)

    def tables(self) -> schema.Tables:
        """The present view: each table deduplicated and sorted by its key; None where no file told of it.

        `order_lines` is lazy, and in no particular order.
        """
        found = {name: self._facts(name) for name in _BY_NAME if name != "order_lines"}
        return schema.Tables(**found, order_lines=self._lines.rows(), coverage=self.coverage())

    def money(self, store: str | None = None) -> schema.MoneyTables:
        """The tables about money, each movement once; `store` names rows whose own files name no store."""
        return money_tables([Shelf(self.batches, store)])

    def coverage(self) -> pl.DataFrame | None:
        """All stretches of days that some file tells whole, one row per file and stretch; None without any file."""
        return self._kept_beside("coverage", schema.COVERAGE) if self.batches.all else None

    def problems(self) -> pl.DataFrame:
        """What was wrong with rows of files that still count, rows gone from lists, then the facts on which two files disagree."""
        told = self._kept_beside("problems", schema.PROBLEMS)
        return pl.concat([told, self.undated(), gone_rows(self.batches), self.conflicts()])

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
        found += [self._purchase_line_conflicts(), self._lines.conflicts()]
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
        """All rows of a table that still count, newest first, with the columns of `Batches.marked`."""
        batches = self.batches.of(name)
        if not batches:
            return _BY_NAME[name].empty()
        rows = pl.concat(self.batches.marked(name, batch) for batch in batches)
        kept = _latest_editions(rows.collect(), self.batches.last_editions, snapshot=_is_snapshot(name))
        if _is_snapshot(name):
            kept = kept.filter(_dated() | (pl.col("_batch") == _newest_undated()))
        return kept.sort("_score", "source_row", descending=[True, False])

    def _undated_in(self, name: str) -> pl.DataFrame:
        files = [
            self.batches.marked(name, batch)
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

    def _kept_beside(self, name: str, table: schema.Table) -> pl.DataFrame:
        """Problems or coverage of the files that count; of a sheet kept by hand only its last edition."""
        counting = self.batches.counting(self.batches.all)
        if not counting:
            return table.empty()
        return pl.concat(self.batches.scan(name, batch) for batch in counting).sort(table.names).collect()

    def _purchase_line_conflicts(self) -> pl.DataFrame:
        name = "purchase_order_lines"
        if len(self.batches.of(name)) < 2:
            return _no_problems()
        table, rows = _BY_NAME[name], self._standing(name)
        return line_conflicts(rows, table.key, table, newest_lines(rows, table.key, table))


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
