"""A store folder: what stands where, and the tables behind it.

A folder of files is the whole database: settings, the inbox with downloads, the history that remembers them, and a
folder of results per week. It can be copied, backed up and opened anywhere; ``history/`` can be deleted and comes back
from the files.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.analyze.catalog import newest_catalog
from toolkit.analyze.sales import weekly_sales
from toolkit.errors import StoreError
from toolkit.history import History
from toolkit.settings import Settings, read_settings
from toolkit.store import runs
from toolkit.store.inbox import HAND_KEPT, Waiting, WasFile, keep_editions, read_in, waiting
from toolkit.store.runlock import RunLock

__all__ = ["Store", "open_store"]

_SIGNS = ("toolkit.toml", "inbox", *HAND_KEPT)
_LAST_DAY = date(9999, 12, 31)


class Store:
    """One store and everything its files have told. Files new in the inbox are read on first use.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "inbox").mkdir()
    ...     store = open_store(folder)
    ...     store.sales.height, store.settings.store.listing_limit
    (0, 3000)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: Settings = read_settings(folder / "toolkit.toml")
        self._history = History(folder / "history")
        self._lock = RunLock(folder / "history" / ".lock")
        self._read: list[WasFile] | None = None

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"

    def lock(self) -> RunLock:
        """The right to write into this folder: ``with store.lock(): …``; may be nested.

        Raises:
            StoreError: (on entering) another run holds it.
        """
        return self._lock

    def import_inbox(self) -> list[WasFile]:
        """Read every file that the history does not know yet; what each file was.

        A file that cannot be read is in the list with its reason, and the others go on.

        Raises:
            StoreError: another run is at work, or the folder cannot be written.
        """
        self.__dict__.pop("_tables", None)
        with self.lock():
            self._history.batches.clean()
            found = keep_editions(self.folder)
            currency = self.settings.store.currency
            for file in waiting(self.folder):
                found.append(read_in(file, self._history, currency=currency) if isinstance(file, Waiting) else file)
        self._read = found
        return found

    def tables(self) -> schema.Tables:
        """The present view of everything the store's files have told, each thing once; None where none told.

        Raises:
            StoreError: a batch of another version of the tool cannot be made again, for its file is gone.
        """
        return self._tables

    @cached_property
    def _tables(self) -> schema.Tables:
        return self._known().tables()

    @property
    def catalog(self) -> pl.DataFrame:
        """One row per product: for each column what the newest list says that states it (`schema.CATALOG`)."""
        return schema.CATALOG.conform(newest_catalog(self.tables(), as_of=_LAST_DAY))

    @property
    def sales(self) -> pl.DataFrame:
        """One row per channel, product and week with sales, each from exactly one source (`schema.WEEKLY_SALES`)."""
        return weekly_sales(self.tables(), settings=self.settings)

    def gaps(self) -> pl.DataFrame:
        """One row per stretch of days that a source of sales does not tell (`schema.GAPS`); `told_by` null: nobody does."""
        return self._known().gaps()

    def problems(self) -> pl.DataFrame:
        """One row per thing wrong with a row of a file, per file without a date, and per conflict (`schema.PROBLEMS`)."""
        return self._known().problems()

    def coverage(self) -> pl.DataFrame:
        """One row per stretch of days for which one file tells all sales of one kind (`schema.COVERAGE`)."""
        covered = self._known().coverage()
        return schema.COVERAGE.empty() if covered is None else covered

    def batches(self) -> pl.DataFrame:
        """One row per file and table it feeds, oldest first: fingerprint, name, rows, dates."""
        return self._known().manifest()

    def run_folder(self, week: str) -> Path:
        """Where a run of this ISO week (``2026-W47``) may write; a workbook someone edited is never overwritten."""
        return runs.next_folder(self.folder / "runs", week)

    def latest_day(self) -> date:
        """The latest day on which any file saw something happen, or says it was looked at: what a run goes by.

        Raises:
            StoreError: no file states any day.
        """
        days = [day for batch in self._known().batches.all for day in (batch.latest_event_on, batch.observed_on) if day]
        if not days:
            raise StoreError("store_no_day", folder=self.folder)
        return max(days)

    def _known(self) -> History:
        """The history, once all files have been read into it."""
        if self._read is None:
            self.import_inbox()
        for batch in self._history.batches.outdated:
            raise StoreError("history_outdated", file=batch.file)
        return self._history


def open_store(path: str | Path) -> Store:
    """A store folder, as `toolkit init` makes it; a folder with an ``inbox`` or a product sheet will do.

    Raises:
        StoreError: nothing of a store is there.
        SettingsError: its toolkit.toml asks for something that does not exist.
    """
    folder = Path(path)
    if not folder.is_dir() or not any((folder / sign).exists() for sign in _SIGNS):
        raise StoreError("store_missing", folder=folder)
    return Store(folder)
