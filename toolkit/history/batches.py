"""What one file told, kept for good: the folder of Parquet batches under a store's ``history/``.

A weekly export shows a window of time, then it is gone from the seller centre. So what each file told is kept, once,
under the fingerprint of its bytes (`batch_id`): ``history/<table>/<sha256>.parquet`` for each table it fed, and a small record
``history/batches/<sha256>.json`` that is written last. A batch without its record never happened; a table file takes
its name only when it is whole. No table is ever changed in place, and every batch can be made again from its file; a
record may be marked as replaced by another (`toolkit.history.in_place`).

A batch is written by one version of the tables (`SCHEMA`). When the tables change, older batches are not guessed at:
they are named by `Batches.outdated`, and whoever holds the file loads it again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.history.lines import STATUS_RANK, on_days
from toolkit.history.prints import PRINTS, day_prints
from toolkit.history.record import Batch, FileTold, batch_id, read_record, record_text

__all__ = ["SCHEMA", "Batch", "Batches", "FileTold", "batch_id"]

_FORMAT = 1
_MARK = ".writing"
_SAME = "_same"
"""Behind a table's name: what is the same on every row of a batch whose file holds only what differs."""
_HAS_OTHERS = "_has_others"


def _schema_version() -> str:
    """A name for the tables as they are now: a batch written under another name is loaded again, never cast."""
    tables = [
        (table.name, table.key, [(c.name, str(c.dtype)) for c in table.columns]) for table in schema.STORED_TABLES
    ]
    return f"{_FORMAT}-{hashlib.sha256(repr(tables).encode()).hexdigest()[:12]}"


SCHEMA = _schema_version()


class Batches:
    """The batches of one ``history/`` folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     batches = Batches(Path(folder))
    ...     told = FileTold("ab12", "绑定.csv", {"bindings": schema.BINDINGS.frame(sku_id=["12000044382493157"])})
    ...     batches.add(told).rows
    {'bindings': 1}
    """

    def __init__(self, folder: Path, *, until: date | None = None) -> None:
        self.folder = folder
        self.until = until
        """The day it is, where that is known: days after it make no file the newest."""

    def add(self, told: FileTold) -> Batch:
        """Keep what one file told; a batch of the same fingerprint is replaced as a whole.

        Raises:
            StoreError: the folder cannot be written; what was there before stays.
        """
        at = batch_id(told.sha256, told.name_states)
        try:
            self.forget(at)
            rows = {
                name: self._keep(name, at, told.on_disk[name]) if name in told.on_disk else self._write(name, at, frame)
                for name, frame in sorted(told.tables.items())
            }
            self._write("problems", at, told.problems)
            self._write("coverage", at, told.coverage)
            if "order_lines" in rows:
                self._write("order_days", at, _order_days(self._rows("order_lines", at)))
            batch = Batch(
                at, told.sha256, told.file, SCHEMA, told.observed_on, told.latest_event_on, told.kept_as, told.edition,
                rows, told.facts,
            )  # fmt: skip
            self._write_record(batch)
        except OSError as error:
            raise StoreError("history_not_written", file=told.file, problem=error.strerror or str(error)) from error
        self._look_again()
        return batch

    def forget(self, at: str) -> None:
        """Take a batch away, its record first."""
        for path in (self._record(at), *self.folder.glob(f"*/{at}.parquet")):
            path.unlink(missing_ok=True)
        self._look_again()

    @cached_property
    def all(self) -> tuple[Batch, ...]:
        """Every batch of the present schema that no other replaces, from oldest to newest."""
        found = self._believed([batch for batch in self._standing if batch.schema == SCHEMA])
        return tuple(sorted(found, key=lambda batch: batch.recency))

    @property
    def outdated(self) -> tuple[Batch, ...]:
        """Batches written by another version of the tables: to be loaded again from their files."""
        return tuple(sorted((b for b in self._standing if b.schema != SCHEMA), key=lambda batch: batch.recency))

    @property
    def replaced(self) -> tuple[Batch, ...]:
        """Batches of the present schema that another one replaces."""
        standing = {batch.id for batch in self._standing}
        return tuple(b for b in self._records if b.schema == SCHEMA and b.id not in standing)

    @property
    def _standing(self) -> list[Batch]:
        """A mark counts as long as what it names is there."""
        known = {batch.id for batch in self._records}
        return [batch for batch in self._records if batch.replaced_by not in known]

    def mark_replaced(self, old: Batch, new: Batch) -> None:
        """Let one batch stand for another, which is kept.

        Raises:
            StoreError: the record cannot be written.
        """
        try:
            self._write_record(replace(old, replaced_by=new.id))
        except OSError as error:
            raise StoreError("history_not_written", file=old.file, problem=error.strerror or str(error)) from error
        self._look_again()

    def of(self, table: str) -> tuple[Batch, ...]:
        """The batches that feed a table, from oldest to newest; a hand-kept sheet not yet filled in tells nothing."""
        return tuple(b for b in self.all if table in b.rows and (b.kept_as is None or b.rows[table]))

    def path(self, table: str, at: str) -> Path:
        """The Parquet file of one table of one batch."""
        return self.folder / table / f"{at}.parquet"

    def scan(self, table: str, batch: Batch) -> pl.LazyFrame:
        """The rows one batch holds of a table, lazily."""
        return self._rows(table, batch.id)

    def counting(self, batches: Iterable[Batch]) -> list[Batch]:
        """Those that count: of a sheet kept by hand only its last edition."""
        last = self.last_editions
        return [batch for batch in batches if batch.kept_as is None or batch.edition == last[batch.kept_as]]

    @property
    def last_editions(self) -> dict[str, int]:
        """The number of the last edition of each sheet kept by hand."""
        kept = [batch for batch in self.all if batch.kept_as is not None]
        return {str(b.kept_as): max(o.edition for o in kept if o.kept_as == b.kept_as) for b in kept}

    def generation(self, batch: Batch) -> int:
        """How new a batch is by what it says of its age, counted from the oldest; of one generation are the equally new."""
        return sorted({other.recency[:2] for other in self.all}).index(batch.recency[:2])

    def marked(self, table: str, batch: Batch) -> pl.LazyFrame:
        """The rows of a batch with what decides between them: `_score` is higher for the row to believe."""
        rows, batches = self.scan(table, batch), self.all
        at = next(i for i, other in enumerate(batches) if other.id == batch.id)
        has_status = "order_status" in rows.collect_schema().names()
        status = (
            pl.col("order_status").replace_strict(STATUS_RANK, default=0, return_dtype=pl.Int64) if has_status else 0
        )
        return rows.with_columns(
            pl.lit(at, pl.Int64).alias("_batch"),
            pl.lit(batch.kept_as, pl.String).alias("_kept_as"),
            pl.lit(batch.edition, pl.Int64).alias("_edition"),
            ((self.generation(batch) * 100 + status) * len(batches) + pl.lit(at, pl.Int64)).alias("_score"),
        )

    def day_prints(self, batch: Batch, days: pl.DataFrame) -> pl.DataFrame:
        """One row per channel and day of a batch's order lines, at least these days: two fingerprints of its rows.

        `lines` is of what tells one line from another, how many, for how much; `facts` of everything but the place in
        the file. Dear for millions of rows, so both are worked out for the days they are asked for, and kept.

        Raises:
            StoreError: it cannot be written.
        """
        here = ["channel", "ordered_on"]
        known = self.beside("day_prints", batch, PRINTS)
        missing = days.join(known, on=here, how="anti", nulls_equal=True)
        if missing.is_empty():
            return known
        told = self.scan("order_days", batch).collect()
        lines = self._rows("order_lines", batch.id).filter(on_days(missing, told))
        found = pl.concat([known, day_prints(lines).collect(engine="streaming")]).sort(here)
        self.keep_beside("day_prints", batch, found)
        return found

    def beside(self, name: str, batch: Batch, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
        """What was kept beside a batch (`keep_beside`); nothing where it never was, or by a version with other columns."""
        path = self.path(name, batch.id)
        known = pl.read_parquet(path, glob=False) if path.exists() else None
        return pl.DataFrame(schema=columns) if known is None or dict(known.schema) != columns else known

    def keep_beside(self, name: str, batch: Batch, frame: pl.DataFrame) -> None:
        """Keep what was worked out about a batch under a table's name; it goes when the batch goes.

        Raises:
            StoreError: it cannot be written.
        """
        try:
            self._write(name, batch.id, frame)
        except OSError as error:
            raise StoreError("history_not_written", file=batch.file, problem=error.strerror or str(error)) from error

    def clean(self) -> None:
        """Remove what a killed run left: unfinished files, and tables without a record. Only under the run lock."""
        # Another run may have added to the folder since this one looked.
        self._look_again()
        known = {batch.id for batch in self._records}
        for path in (*self.folder.glob(f"*/*{_MARK}"), *self.folder.glob("*/*.parquet")):
            if path.name.endswith(_MARK) or path.stem not in known:
                path.unlink(missing_ok=True)

    def _believed(self, batches: list[Batch]) -> list[Batch]:
        """The batches by the days that have come; as they state them where none has, for then the clock is wrong."""
        if (until := self.until) is None:
            return batches
        late = [any(day and day > until for day in batch.days) for batch in batches]
        told = [self._until(batch, until) if is_late else batch for batch, is_late in zip(batches, late, strict=True)]
        return told if any(any(batch.believed or batch.days) for batch in told) else batches

    def _until(self, batch: Batch, until: date) -> Batch:
        """Only its rows tell which of its days come before the wrong one."""
        days = [
            self.scan(name, batch).select(pl.col(column).cast(pl.Date).alias("day"))
            for name in batch.rows
            for column in schema.EVENT_DAYS.get(name, ())
        ]
        has_come = pl.col("day").filter(pl.col("day") <= until).max()
        latest = pl.concat(days).select(has_come).collect(engine="streaming").item() if days else None
        observed = batch.observed_on if batch.observed_on and batch.observed_on <= until else None
        return replace(batch, believed=(latest, observed))

    def _record(self, at: str) -> Path:
        return self.folder / "batches" / f"{at}.json"

    @cached_property
    def _records(self) -> tuple[Batch, ...]:
        """Read once: a year has sixty, and each question about the batches looks at all."""
        return tuple(read_record(path) for path in sorted(self.folder.glob("batches/*.json")))

    def _look_again(self) -> None:
        for name in ("_records", "all"):
            self.__dict__.pop(name, None)

    def _write(self, table: str, at: str, frame: pl.DataFrame | pl.LazyFrame) -> int:
        """Write one table of one batch, streaming; gives its rows."""
        path = self.path(table, at)
        declared = next((t for t in schema.TABLES if t.name == table), None)
        lazy = frame.lazy() if declared is None else declared.conform(frame.lazy())
        with _whole(path) as unfinished:
            # Statistics let a reader skip row groups by day: exports come in time order, so small groups pay.
            lazy.sink_parquet(unfinished, compression="zstd", row_group_size=131_072, statistics=True)
        return pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()

    def _keep(self, table: str, at: str, found: schema.OnDisk) -> int:
        """Take a file of rows as it is, what is the same on all of them beside it; gives the table's rows."""
        with _whole(self.path(table, at)) as unfinished:
            _link_or_copy(found.path, unfinished)
        self._write(f"{table}{_SAME}", at, found.same.with_columns(pl.lit(found.has_others).alias(_HAS_OTHERS)))
        return self._rows(table, at).select(pl.len()).collect().item()

    def _rows(self, table: str, at: str) -> pl.LazyFrame:
        same = self.path(f"{table}{_SAME}", at)
        if not same.exists():
            return pl.scan_parquet(self.path(table, at), glob=False)
        beside = pl.read_parquet(same, glob=False)
        declared = next(t for t in schema.STORED_TABLES if t.name == table)
        has_others = beside.get_column(_HAS_OTHERS).item()
        return schema.OnDisk(self.path(table, at), beside.drop(_HAS_OTHERS), has_others).rows(declared)

    def _write_record(self, batch: Batch) -> None:
        with _whole(self._record(batch.id)) as unfinished:
            unfinished.write_text(record_text(batch), encoding="utf-8")


def _order_days(lines: pl.LazyFrame) -> pl.LazyFrame:
    """One row per channel and day of order lines: how many rows."""
    here = ("channel", "ordered_on")
    return lines.group_by(here).agg(pl.len().cast(pl.Int64).alias("rows")).sort(here)


def _link_or_copy(path: Path, target: Path) -> None:
    """The same bytes under a second name; copied where the disk cannot give a file two."""
    target.unlink(missing_ok=True)
    try:
        os.link(path, target)
        # Temporary files are their owner's alone; a store may be shared.
        target.chmod(0o644)
    except OSError:
        shutil.copyfile(path, target)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file to fill; it takes its name, whole and on the disk, when the block ends well."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{_MARK}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
