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
tell alike (rows and fingerprint), is read straight through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.history.batches import Batch, Batches, FileTold
from toolkit.history.lines import ORDER_DAYS, STATUS_RANK, days_to_read, newest_lines, on_days, overlapping
from toolkit.history.merged import forget_merged, merged_lines
from toolkit.history.money import Shelf, money_tables

__all__ = ["History", "gaps"]

LINES = ("order_lines", "purchase_order_lines")
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

    def __init__(self, folder: Path) -> None:
        self.batches = Batches(folder)

    def add(self, told: FileTold) -> Batch:
        """Keep what one file told; telling it again changes nothing."""
        forget_merged(self.batches.folder)
        return self.batches.add(told)

    def find(self, at: str) -> Batch | None:
        """The batch kept under this `batch_id`, if it is of the present schema."""
        return next((batch for batch in self.batches.all if batch.id == at), None)

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
        return pl.concat([_no_problems(), *found]).sort("source_file", "source_sheet", "source_row", "column")

    # -- reading small tables --------------------------------------------------------------------------------------

    def _facts(self, name: str) -> pl.DataFrame | None:
        if not self.batches.of(name):
            return None
        table, rows = _BY_NAME[name], self._standing(name)
        if name in LINES:
            return newest_lines(rows.lazy(), table.key, table).sort(table.key).collect()
        merged = rows.unique(table.key, keep="first", maintain_order=True) if name in LISTS else _merged(rows, table)
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
        return _conflicts(self._standing(name), _BY_NAME[name]) if self.batches.of(name) else _no_problems()

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
        last = self._last_edition()
        batches = [b for b in self.batches.of("order_lines") if b.kept_as is None or b.edition == last[b.kept_as]]
        if not batches:
            return None
        days = days_to_read(self._with_prints(pl.concat(map(self._days, batches, count())), batches))
        alone = self._parts(batches, days, ~pl.col("is_compared"))
        compared = self._parts(batches, days, pl.col("is_compared"))
        table = schema.ORDER_LINES
        parts = [part.select(table.names) for part in alone]
        if compared:
            rows = int(days.filter(pl.col("is_kept") & pl.col("is_compared"))["rows"].sum())
            ids = [batch.id for batch in batches]
            parts.append(merged_lines(self.batches.folder, pl.concat(compared), rows=rows, batches=ids))
        return pl.concat(parts) if parts else table.empty().lazy()

    def _days(self, batch: Batch, at: int) -> pl.DataFrame:
        days = self.batches.scan("order_days", batch).with_columns(pl.lit(at, pl.Int64).alias("_batch"))
        return days.select(pl.col(name).cast(dtype) for name, dtype in ORDER_DAYS.items()).collect()

    def _with_prints(self, days: pl.DataFrame, batches: Sequence[Batch]) -> pl.DataFrame:
        """The days with a fingerprint of their rows, where a batch has days that another might tell."""
        prints = [
            self.batches.day_prints(batches[at], shared).with_columns(pl.lit(at, pl.Int64).alias("_batch"))
            for (at,), shared in overlapping(days).partition_by("_batch", as_dict=True).items()
        ]
        if not prints:
            return days.with_columns(pl.lit(None, pl.UInt64).alias("fingerprint"))
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


def gaps(coverage: pl.DataFrame) -> pl.DataFrame:
    """Stretches of days that a source of sales leaves out, between its first day and the last day any source tells.

    One row per channel, source and stretch (`schema.GAPS`); `told_by` names another source that tells the whole
    stretch, and is null when its sales are simply not known.

    >>> from datetime import date
    >>> told = schema.COVERAGE.frame(sales_source=["orders", "orders"], channel=["full", "full"],
    ...     first_day=[date(2026, 11, 2), date(2026, 11, 16)], last_day=[date(2026, 11, 8), date(2026, 11, 22)])
    >>> gaps(told).select("first_day", "last_day", "gap_days").row(0)
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 15), 7)
    """
    group = ("channel", "sales_source")
    told = _stretches(coverage.drop_nulls(["first_day", "last_day"]), group)
    until = pl.col("last_day").max().over("channel")
    day = pl.duration(days=1)
    missing = (
        told.with_columns(until.alias("_until"))
        .with_columns(
            (pl.col("last_day") + day).alias("_from"),
            pl.coalesce(pl.col("first_day").shift(-1).over(group) - day, pl.col("_until")).alias("_to"),
        )
        .filter(pl.col("_from") <= pl.col("_to"))
        .select(*group, pl.col("_from").alias("first_day"), pl.col("_to").alias("last_day"))
    )
    elsewhere = (
        missing.join(told, on="channel", suffix="_told", nulls_equal=True)
        .filter(
            pl.col("sales_source_told").ne_missing(pl.col("sales_source"))
            & (pl.col("first_day_told") <= pl.col("first_day"))
            & (pl.col("last_day_told") >= pl.col("last_day"))
        )
        .group_by(*group, "first_day")
        .agg(pl.col("sales_source_told").sort_by(_tells_more()).first().alias("told_by"))
    )
    length = (pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1
    return schema.GAPS.conform(
        missing.join(elsewhere, on=[*group, "first_day"], how="left", nulls_equal=True).with_columns(
            length.alias("gap_days")
        )
    ).sort(schema.GAPS.key)


def _tells_more() -> pl.Expr:
    """Sorts the source that tells more of a day's sales first; JIT purchase orders tell JIT goods only."""
    order = {"orders": 0, "period_export": 1, "jit_purchase_orders": 2}
    return pl.col("sales_source_told").replace_strict(order, default=3, return_dtype=pl.Int64)


def _stretches(days: pl.DataFrame, group: Iterable[str]) -> pl.DataFrame:
    """Stretches that touch or overlap, made one; sorted."""
    group = tuple(group)
    before = pl.col("last_day").cum_max().shift(1).over(group)
    starts = before.is_null() | (pl.col("first_day") > before + pl.duration(days=1))
    return (
        days.sort(*group, "first_day", "last_day")
        .with_columns(starts.cast(pl.Int64).cum_sum().over(group).alias("_stretch"))
        .group_by(*group, "_stretch")
        .agg(pl.col("first_day").min(), pl.col("last_day").max())
        .sort(*group, "first_day")
        .drop("_stretch")
    )


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


def _marked(rows: pl.LazyFrame, batch: Batch, batches: Sequence[Batch]) -> pl.LazyFrame:
    """The rows of a batch with what decides between them: `_score` is higher for the row to believe."""
    generations = sorted({other.recency[:2] for other in batches})
    at = next(i for i, other in enumerate(batches) if other.id == batch.id)
    generation = generations.index(batch.recency[:2])
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


def _merged(rows: pl.DataFrame, table: schema.Table) -> pl.DataFrame:
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


def _conflicts(rows: pl.DataFrame, table: schema.Table) -> pl.DataFrame:
    """Values of the same key and day that were not taken because another file says otherwise, with that place.

    Free text is not compared: two lists may call a product by two names.
    """
    key = list(dict.fromkeys((*table.key, "observed_on")))
    told_again = rows.filter(pl.struct(key).is_duplicated())
    compared = [
        column
        for column in table.columns
        if column.name not in (*key, *_ORIGIN) and (column.unit != "text" or column.name == "currency")
    ]
    return pl.concat([_no_problems(), *(_conflicts_of(told_again, column, key) for column in compared)])


def _conflicts_of(told_again: pl.DataFrame, column: schema.Column, key: list[str]) -> pl.DataFrame:
    """Conflicts about one column, of rows that come newest first."""
    known = pl.col(column.name).is_not_null()
    place = pl.concat_str(
        "source_file", "source_sheet", pl.col("source_row").cast(pl.String), separator=" › ", ignore_nulls=True
    )
    taken = {"_taken": pl.col(column.name), "_place": place, "_from": pl.col("_batch")}
    lost = told_again.with_columns(v.filter(known).first().over(key).alias(n) for n, v in taken.items()).filter(
        known & (pl.col(column.name) != pl.col("_taken")) & (pl.col("_batch") != pl.col("_from"))
    )
    value = pl.format("{} ≠ {} ({})", _plain(column, column.name), _plain(column, "_taken"), "_place")
    said = {
        "column": pl.lit(column.name),
        "value": value,
        "problem": pl.lit("two_values"),
        "effect": pl.lit("conflict"),
    }
    return schema.PROBLEMS.conform(lost.select("source_file", "source_sheet", "source_row", **said))


def _plain(column: schema.Column, name: str) -> pl.Expr:
    """A value as a person reads it: amounts in the major unit."""
    value = pl.col(name)
    if column.unit != "fen":
        return value.cast(pl.String)
    return pl.format("{}.{}", value // 100, (value % 100).cast(pl.String).str.zfill(2))
