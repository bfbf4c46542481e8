"""A store folder: what stands where, and the tables behind it.

A folder of files is the whole database: settings, the inbox with downloads, the history that remembers them, and a
folder of results per week. It can be copied, backed up and opened anywhere; ``history/`` can be deleted and comes back
from the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import schema
from toolkit.analyze.catalog import newest_catalog
from toolkit.analyze.sales import weekly_sales
from toolkit.errors import InputError, StoreError
from toolkit.history import Batch, History, Shelf, gaps, gone_rows, money_tables
from toolkit.settings import Settings, read_settings
from toolkit.store import days, runs
from toolkit.store.asked import Asked
from toolkit.store.fingerprints import Fingerprints, fingerprint
from toolkit.store.inbox import (
    HAND_KEPT,
    Judge,
    Waiting,
    WasFile,
    ask_about_first,
    column_map_of,
    keep_editions,
    read_in,
    waiting,
)
from toolkit.store.runlock import RunLock
from toolkit.store.whose import StoreKnown
from toolkit.words import Lang, say

if TYPE_CHECKING:
    from toolkit.export.delist_report import RunFacts
    from toolkit.score import ScoreResult

__all__ = ["Store", "is_store", "money_of", "open_store"]

_SIGNS = ("toolkit.toml", "inbox", *HAND_KEPT)
_LAST_DAY = date(9999, 12, 31)
_NOT_READ = ("unknown_kind", "unreadable", "other_store")


class Store:
    """One store and everything its files have told. Files new in the inbox are read on first use.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "inbox").mkdir()
    ...     store = open_store(folder)
    ...     store.sales.height, store.settings.store.listing_limit
    (0, 3000)
    """

    def __init__(self, folder: Path, *, today: date | None = None) -> None:
        self.folder = folder
        self.today = today
        self.settings: Settings = read_settings(folder / "toolkit.toml")
        self._history = History(folder / "history", until=today)
        self._lock = RunLock(folder / "history" / ".lock")
        self._read: list[WasFile] | None = None
        self._corrected: list[tuple[Batch, Batch]] = []

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
        for name in ("_tables", "_money"):
            self.__dict__.pop(name, None)
        with self.lock():
            self._history.batches.clean()
            found = keep_editions(self.folder)
            currency, captions = self.settings.store.currency, column_map_of(self.folder)
            prints = Fingerprints(self.folder / "history" / "fingerprints.json")
            judge: Judge | None = None
            there = list(waiting(self.folder, prints))
            read: dict[str, int] = {}
            for file in there:
                if isinstance(file, WasFile):
                    found.append(file)
                    continue
                is_download = file.kept_as is None and not file.is_shared
                if is_download and judge is None:
                    # Held against what was known before, never against a file that came with it.
                    judge = self._judge()
                was = read_in(
                    file,
                    self._history,
                    currency=currency,
                    column_map=captions,
                    judge=judge if is_download else None,
                )
                if not file.is_past:
                    read[file.id] = len(found)
                    found.append(was)
            if judge is not None and judge.store.is_new:
                for at, foreign in ask_about_first(self._history, judge).items():
                    found[read[at]] = foreign
            prints.keep()
            self._corrected = self._history.replace_in_place([f.id for f in there if isinstance(f, Waiting)])
        self._read = found
        return found

    def _judge(self) -> Judge:
        settings, batches = self.settings, self._history.batches
        new = settings.guards.new_product_days
        known = StoreKnown(batches, batches.all, settings.store.name, settings.other_store, new_product_days=new)
        return Judge(known, Asked(self.folder), settings.store.language)

    def not_read(self, lang: Lang | None = None) -> list[str]:
        """One sentence for each file that lies there and was not read: broken, of no known kind, or another store's."""
        lang = lang or self.settings.store.language
        return [was.sentence(lang) for was in self.import_once() if was.state in _NOT_READ]

    def corrected(self, lang: Lang | None = None) -> list[str]:
        """One sentence for each list that was corrected in place since the last run and lacks rows it had before."""
        self.import_once()
        lang = lang or self.settings.store.language
        gone = gone_rows(self._history.batches, self._corrected)
        return [
            say("store.file_corrected", lang, file=row["source_file"], gone=row["value"])
            for row in gone.iter_rows(named=True)
        ]

    def accept(self, name: str) -> None:
        """Say that a file in the inbox is this store's own, though it looks like another's.

        Raises:
            InputError: there is no such file in the inbox.
            StoreError: the answer cannot be written down.
        """
        path = next((path for path in sorted((self.folder / "inbox").rglob(Path(name).name)) if path.is_file()), None)
        if path is None:
            raise InputError("accept_unknown", file=name)
        with self.lock():
            Asked(self.folder).accept(path.name, fingerprint(path), self.settings.store.language)
        self._read = None

    def import_once(self) -> list[WasFile]:
        """What each file was, read by this object before or now."""
        return self.import_inbox() if self._read is None else self._read

    def tables(self) -> schema.Tables:
        """The present view of everything the store's files have told, each thing once; None where none told.

        Raises:
            StoreError: a batch of another version of the tool cannot be made again, for its file is gone.
        """
        return self._tables

    def money(self) -> schema.MoneyTables:
        """What bills, ledgers, cases and claims tell, each movement once; None where no file told of a kind.

        Files in ``../_共用`` are read too: a bill there may be about several stores.
        """
        return self._money

    @property
    def shelf(self) -> Shelf:
        """The store's batches under its name, to be put together with those of other stores (`money_of`)."""
        return Shelf(self._known().batches, self.name)

    @property
    def name(self) -> str:
        """What the store is called: as its settings say, else as its folder is named."""
        return self.settings.store.name or self.folder.resolve().name

    @property
    def is_self_run(self) -> bool:
        """Whether the store serves its buyers itself: as its settings say, or as it is another's 关联自营店 in a store file."""
        if self.settings.store.self_run:
            return True
        told = self.money().store_file
        return told is not None and self.name in told["self_run_store"].drop_nulls().str.strip_chars()

    @cached_property
    def _money(self) -> schema.MoneyTables:
        return money_tables([self.shelf])

    @cached_property
    def _tables(self) -> schema.Tables:
        return replace(self._known().tables(), coverage=self._coverage())

    def _coverage(self) -> pl.DataFrame | None:
        known = self._known()
        return known.coverage() if self.today is None else days.coverage_until(known, self.today)

    @property
    def catalog(self) -> pl.DataFrame:
        """One row per product: for each column what the newest list says that states it (`schema.CATALOG`)."""
        return schema.CATALOG.conform(newest_catalog(self.tables(), as_of=self.today or _LAST_DAY))

    @property
    def sales(self) -> pl.DataFrame:
        """One row per channel, product and week with sales, each from exactly one source (`schema.WEEKLY_SALES`)."""
        return weekly_sales(self.tables(), settings=self.settings)

    def gaps(self) -> pl.DataFrame:
        """One row per stretch of days that a source of sales does not tell (`schema.GAPS`); `told_by` null: nobody does."""
        return gaps(self.coverage())

    def problems(self, lang: Lang | None = None) -> pl.DataFrame:
        """One row per file not read, thing wrong with a row, file without a date, and conflict (`schema.PROBLEMS`)."""
        told = self._known().problems()
        lang = lang or self.settings.store.language
        lost = [was for was in self.import_once() if was.state in _NOT_READ]
        not_read = schema.PROBLEMS.frame(
            source_file=[was.file for was in lost],
            value=[was.problem and was.problem.sentence(lang) for was in lost],
            problem=[f"file_{was.state}" for was in lost],
            effect=["not_read"] * len(lost),
        )
        return pl.concat([not_read, self.future_rows(), told])

    def future_rows(self) -> pl.DataFrame:
        """One problem per row that says something happened after today; none where the store does not know the day."""
        return schema.PROBLEMS.empty() if self.today is None else days.rows_after(self._known(), self.today)

    def coverage(self) -> pl.DataFrame:
        """One row per stretch of days for which one file tells all sales of one kind (`schema.COVERAGE`)."""
        covered = self._coverage()
        return schema.COVERAGE.empty() if covered is None else covered

    def told_by(self) -> list[dict[str, Any]]:
        """Each batch as a run's manifest lists it, oldest first."""
        return [batch.about() for batch in self._known().batches.all]

    def batches(self) -> pl.DataFrame:
        """One row per file and table it feeds, oldest first: fingerprint, name, rows, dates."""
        return self._known().manifest()

    def score(self, *, as_of: date | str | None = None, horizons: Sequence[int] = schema.HORIZONS) -> ScoreResult:
        """Facts, advice and outlook of every product, as `tk.score` gives them; nothing is written.

        Args:
            as_of: the day to judge by; the latest day in the data by default.
            horizons: weeks ahead to look, besides 8, 13 and 26.

        Raises:
            StoreError: no file states a day.
            DataError: `as_of` is no day.
        """
        from toolkit.score import assess
        from toolkit.score_inputs import stated_day

        day = stated_day(as_of) if as_of is not None else self.latest_day()
        return assess(self.tables(), as_of=day, settings=self.settings, horizons=horizons)

    def facts(self, as_of: date) -> RunFacts:
        """Which run this is: the store, the week, and what became of each file."""
        from toolkit.export.delist_report import InputFile, RunFacts
        from toolkit.weekly import iso_week

        inputs = tuple(
            InputFile(
                was.file,
                was.sources[0] if was.sources else "",
                was.kept,
                was.set_aside,
                was.rejected,
                was.observed_on,
                was.sources,
            )
            for was in self.import_once()
            if was.state != "skipped"
        )
        return RunFacts(
            as_of, version("fullmanaged-toolkit"), self.settings, week=iso_week(as_of), store=self.name, inputs=inputs
        )

    def run_folder(self, week: str) -> Path:
        """Where a run of this ISO week (``2026-W47``) may write; a workbook someone edited is never overwritten."""
        return runs.next_folder(self.folder / "runs", week)

    def latest_day(self) -> date:
        """The latest day on which any file about products saw something happen, or says it was looked at: what a run goes by.

        Bills do not count, nor do days that are yet to come, where the store knows what day it is.

        Raises:
            StoreError: no file states any day.
        """
        day = days.latest_day(self._known(), today=self.today)
        if day is None:
            raise StoreError("store_no_day", folder=self.folder)
        return day

    def _known(self) -> History:
        """The history, once all files have been read into it."""
        self.import_once()
        for batch in self._history.batches.outdated:
            raise StoreError("history_outdated", file=batch.file)
        return self._history


def money_of(stores: Iterable[Store]) -> schema.MoneyTables:
    """The tables about money of several stores together: a file they share, or that lies in two inboxes, counts once."""
    return money_tables([store.shelf for store in stores])


def is_store(folder: Path) -> bool:
    """Whether something of a store is there."""
    return folder.is_dir() and any((folder / sign).exists() for sign in _SIGNS)


def open_store(path: str | Path, *, today: date | None = None) -> Store:
    """A store folder, as `toolkit init` makes it; a folder with an ``inbox`` or a product sheet will do.

    Args:
        path: the folder.
        today: the day it is, if rows dated later are to be reported as mistakes and never taken for the latest day.

    Raises:
        StoreError: nothing of a store is there.
        SettingsError: its toolkit.toml asks for something that does not exist.
    """
    folder = Path(path)
    if not is_store(folder):
        raise StoreError("store_missing", folder=folder)
    return Store(folder, today=today)
