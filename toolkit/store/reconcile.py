"""Deposits, refunds and reviews of all stores together: from their folders, or from files that somebody names.

Several deposits of 10,000.00 may return to one account, so a store is never reconciled alone while others share its
bills: `Stores` holds them side by side, and each credit is used once among all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from toolkit.errors import StoreError
from toolkit.history import list_files, money_tables
from toolkit.reconcile.deposits import DepositsResult, reconcile_deposits
from toolkit.reconcile.hours import checked
from toolkit.reconcile.refunds import RefundsResult, reconcile_refunds
from toolkit.schema import BILL_ROWS, DEPOSIT_LEDGER, MONEY_TABLES, PROBLEMS, MoneyTables
from toolkit.schema.checklists import DOCUMENTS
from toolkit.settings import DEFAULTS, Settings
from toolkit.store.folder import Store, is_store, open_store
from toolkit.store.inbox import SHARED, WasFile
from toolkit.store.named_files import read_money
from toolkit.store.own_words import OwnWords
from toolkit.store.reconciled import Reconciled
from toolkit.workdays import WorkCalendar

if TYPE_CHECKING:
    from toolkit.export.delist_report import InputFile, RunFacts
    from toolkit.export.reconciliation_workbook import ReconciliationReport

__all__ = ["Stores", "open_stores", "reconcile_paths", "weekly_report"]


class Stores:
    """Several stores side by side: their money is matched together, and each credit used once.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as shops:
    ...     (Path(shops) / "一店" / "inbox").mkdir(parents=True)
    ...     stores = open_stores(shops)
    ...     [store.name for store in stores], stores.deposits(as_of=date(2026, 11, 20)).stores.height
    (['一店'], 0)
    """

    def __init__(self, stores: Iterable[Store]) -> None:
        self._stores = tuple(stores)

    def __iter__(self) -> Iterator[Store]:
        return iter(self._stores)

    def __len__(self) -> int:
        return len(self._stores)

    def __repr__(self) -> str:
        return f"Stores({', '.join(store.name for store in self)})"

    def money(self) -> MoneyTables:
        """The tables about money of all stores, each movement once."""
        return self._money

    def deposits(self, *, as_of: date | None = None) -> DepositsResult:
        """Every store's deposit and every dated case (`toolkit.reconcile_deposits`).

        Args:
            as_of: the day of checking, or the moment; the latest day any file about money tells of by default.

        Raises:
            StoreError: no file about money states a day.
        """
        return self.reconcile(as_of=as_of).deposits

    def refunds(self, *, as_of: date | None = None) -> RefundsResult | None:
        """Every refund and release of an order (`toolkit.reconcile_refunds`); None when no file tells of any."""
        return self.reconcile(as_of=as_of).refunds

    def reconcile(self, *, as_of: date | None = None) -> Reconciled:
        """Deposits, refunds and reviews, with what is needed to write them down; `as_of` as for `deposits`."""
        money, settings = self.money(), self.settings
        when = as_of or _latest(money, self.folder)
        day = checked(when)[0]
        own = OwnWords.found([*(store.folder for store in self), self.folder / SHARED])
        lists = list_files([store.shelf for store in self])
        deposits = _deposits(money, _orders(self), lists, self._documents(), as_of=when, settings=settings, own=own)
        return Reconciled(
            deposits,
            _refunds(money, deposits, as_of=day, settings=settings, own=own),
            self._facts(day),
            self._problems(),
            self.folder if len(self) != 1 else self._stores[0].folder,
        )

    @property
    def settings(self) -> Settings:
        """The settings of the first store; limits and words are the same for stores of one owner."""
        return self._stores[0].settings if self._stores else DEFAULTS

    @property
    def folder(self) -> Path:
        """The folder the stores stand in."""
        return self._stores[0].folder.resolve().parent if self._stores else Path()

    @cached_property
    def _money(self) -> MoneyTables:
        return money_tables([store.shelf for store in self])

    def _documents(self) -> pl.DataFrame:
        """The files handed in for reviews, of all stores."""
        from toolkit.load.documents import documents_in

        return pl.concat([DOCUMENTS.empty(), *(documents_in(store.folder, store=store.name) for store in self)])

    def _facts(self, as_of: date) -> RunFacts:
        told = [store.facts(as_of) for store in self]
        names = " · ".join(fact.store for fact in told)
        return replace(told[0], store=names, week="", inputs=tuple(dict.fromkeys(i for f in told for i in f.inputs)))

    def _problems(self) -> pl.DataFrame:
        """What is wrong with files about money, and with files that could not be read at all."""
        money = {table.name for table in MONEY_TABLES}
        told = []
        for store in self:
            files = store.batches().filter(pl.col("table").is_in(money))["source_file"]
            told.append(
                store.problems().filter(pl.col("source_file").is_in(files.implode()) | (pl.col("effect") == "not_read"))
            )
        return pl.concat(told).unique(maintain_order=True) if told else PROBLEMS.empty()


def open_stores(folder: str | os.PathLike[str]) -> Stores:
    """All stores of a folder, as they stand in ``shops/``; `_共用` is no store, but what lies in it is read.

    Raises:
        StoreError: there is no store in the folder.
    """
    return Stores(open_store(path) for path in _stores_in(Path(folder)))


def reconcile_paths(paths: Iterable[str | os.PathLike[str]], *, as_of: date | None = None) -> Reconciled:
    """Reconcile what the paths name: stores, folders of stores, patterns with a star, or files without a store.

    Raises:
        StoreError: a path names nothing, or stores and files are named together.
    """
    named = [path for word in paths for path in _expanded(Path(word))]
    folders, files = [path for path in named if path.is_dir()], [path for path in named if not path.is_dir()]
    if not folders:
        return _of_files(files, as_of=as_of)
    if files:
        raise StoreError("reconcile_mixed", file=files[0].name)
    homes = [home for path in folders for home in ([path] if is_store(path) else _stores_in(path))]
    return Stores(open_store(home) for home in dict.fromkeys(homes)).reconcile(as_of=as_of)


def weekly_report(store: Store, *, as_of: date | None, products_on: date) -> ReconciliationReport | None:
    """What a weekly run says of money; None when no file of the store tells of any.

    Stores that share files are reconciled together, for a shared bill's credit may be another store's.

    Args:
        as_of: the day somebody asked for; None takes the later of `products_on` and the latest day of the money files.
    """
    if not store.money().moves:
        return None
    home = store.folder.resolve()
    shared = (home.parent / SHARED).is_dir()
    homes = _stores_in(home.parent) if shared else [home]
    together = Stores(store if each.resolve() == home else open_store(each) for each in homes)
    return together.reconcile(as_of=as_of or _latest_of(together, products_on)).report


def _latest_of(stores: Stores, products_on: date) -> date:
    """The later of the day products were seen and the day the money files reach."""
    try:
        return max(products_on, _latest(stores.money(), stores.folder))
    except StoreError:
        return products_on


def _expanded(path: Path) -> list[Path]:
    """A path, or what its star stands for: Windows shells leave that to us. Files among folders are passed over."""
    if path.exists() or not any(mark in str(path) for mark in "*?["):
        return [path]
    found = sorted(
        Path(path.anchor).glob(str(path.relative_to(path.anchor))) if path.anchor else Path().glob(str(path))
    )
    folders = [each for each in found if each.is_dir() and not each.name.startswith(("_", "."))]
    if not found or (not folders and any(each.is_dir() for each in found)):
        raise StoreError("reconcile_nothing", folder=path)
    return folders or found


def _stores_in(folder: Path) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    homes = [path for path in found if path.is_dir() and not path.name.startswith(("_", ".")) and is_store(path)]
    if not homes:
        raise StoreError("store_missing", folder=folder)
    return homes


def _of_files(files: list[Path], *, as_of: date | None) -> Reconciled:
    """Named files, without a store."""
    from toolkit.export.delist_report import RunFacts

    told = read_money(files)
    for was in told.files:
        if was.problem is not None:
            raise was.problem
    here = files[0].resolve().parent
    when = as_of or _latest(told.tables, here)
    day = checked(when)[0]
    facts = RunFacts(day, version("fullmanaged-toolkit"), DEFAULTS, inputs=tuple(_input(was) for was in told.files))
    done = _deposits(told.tables, None, told.lists, None, as_of=when, settings=DEFAULTS, own=OwnWords.found([here]))
    refunds = _refunds(told.tables, done, as_of=day, settings=DEFAULTS, own=OwnWords.found([here]))
    return Reconciled(done, refunds, facts, told.problems, Path())


def _input(was: WasFile) -> InputFile:
    from toolkit.export.delist_report import InputFile

    source = was.sources[0] if was.sources else ""
    return InputFile(was.file, source, was.kept, was.set_aside, was.rejected, was.observed_on, was.sources)


def _deposits(
    money: MoneyTables,
    orders: pl.DataFrame | None,
    lists: pl.DataFrame,
    documents: pl.DataFrame | None,
    *,
    as_of: date,
    settings: Settings,
    own: OwnWords,
) -> DepositsResult:
    empty_ledger = DEPOSIT_LEDGER.empty() if money.deposit_ledger is None else money.deposit_ledger
    return reconcile_deposits(
        empty_ledger,
        BILL_ROWS.empty() if money.bill_rows is None else money.bill_rows,
        bill_files=money.bill_files,
        bill_ranges=money.bill_ranges,
        store_file=money.store_file,
        applications=money.applications,
        fines=money.fines,
        orders=orders,
        disputes=money.disputes,
        debts=money.debts,
        documents=documents,
        coverage=lists,
        as_of=as_of,
        calendar=WorkCalendar(own.years, settings.workdays.count_from),
        settings=settings,
        rules=own.rules,
    )


def _refunds(
    money: MoneyTables, deposits: DepositsResult, *, as_of: date, settings: Settings, own: OwnWords
) -> RefundsResult | None:
    """Refunds and releases of orders, from what the deposits left; None when no file tells of any."""
    if money.refunds is None:
        return None
    return reconcile_refunds(
        money.refunds,
        money.settlements,
        money.bill_rows,
        bill_files=money.bill_files,
        bill_ranges=money.bill_ranges,
        taken=deposits.matches["credit_id"],
        as_of=as_of,
        calendar=WorkCalendar(own.years, settings.workdays.count_from),
        settings=settings,
    )


def _orders(stores: Stores) -> pl.DataFrame | None:
    """store, order_id, order_status, observed_on of all order lines; None when no store has an order file."""
    columns = ["order_id", "order_status", "observed_on"]
    told = [
        lines.lazy().select(columns).unique().collect().with_columns(store=pl.lit(store.name))
        for store in stores
        if (lines := store.tables().order_lines) is not None
    ]
    return pl.concat(told) if told else None


_DAYS = {
    "bill_files": "last_day", "bill_rows": "booked_on", "deposit_ledger": "booked_on", "applications": "approved_on",
    "refunds": "booked_on", "settlements": "booked_on",
}  # fmt: skip


def _latest(money: MoneyTables, folder: Path) -> date:
    """The latest day any table about money tells of."""
    tables = ((getattr(money, name), day) for name, day in _DAYS.items())
    days = [found for table, day in tables if table is not None and isinstance(found := table[day].max(), date)]
    if not days:
        raise StoreError("store_no_day", folder=folder)
    return max(days)
