"""Money against money for somebody who holds frames and wants an answer now.

`reconcile_deposits` and `reconcile_refunds` take pandas or polars frames with the columns of `toolkit.schema` (missing
ones are null) and give results whose tables are of the kind of the first frame. The work is done in
`toolkit.reconcile`; a store folder's own way to it is `toolkit.open_stores`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import polars as pl

from toolkit.errors import DataError
from toolkit.frames import incoming, outgoing
from toolkit.reconcile import deposits as _deposits
from toolkit.reconcile import refunds as _refunds
from toolkit.reconcile.hours import checked
from toolkit.reconcile.rules import Rule
from toolkit.settings import Settings, as_settings
from toolkit.words import Lang
from toolkit.workdays import WorkCalendar

__all__ = ["Deposits", "Refunds", "reconcile_deposits", "reconcile_refunds"]


@dataclass(frozen=True, repr=False)
class _Shown(ABC):
    """A result whose tables come in the caller's kind of frame: ``r.cases``, ``r.stores``."""

    settings: Settings
    like: Any

    @property
    @abstractmethod
    def _told(self) -> Any:
        """The result as it was worked out, its tables in polars."""

    @property
    def as_of(self) -> date:
        """The day of checking."""
        return self._told.as_of

    @property
    def tables(self) -> dict[str, Any]:
        """Every table by name, in the caller's kind of frame."""
        named = [(field.name, getattr(self._told, field.name)) for field in fields(self._told)]
        return {name: outgoing(table, self.like) for name, table in named if isinstance(table, pl.DataFrame)}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        table = getattr(self._told, name)
        return outgoing(table, self.like) if isinstance(table, pl.DataFrame) else table

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(field.name for field in fields(self._told))})

    def conclusion(self, lang: Lang | None = None) -> str:
        """How many things are open, and how much money, in a few lines."""
        return self._told.conclusion(lang or self.settings.store.language)

    def __repr__(self) -> str:
        return self.conclusion()

    def _repr_html_(self) -> str:
        return self._told._repr_html_()


@dataclass(frozen=True, repr=False)
class Deposits(_Shown):
    """Deposits reconciled: tables stores, bridge, cases, matches, open_items, ambiguous, suggestions, rows, control,
    coverage, lists, checklists, difference; what they hold is said at `toolkit.reconcile.deposits.DepositsResult`."""

    polars: _deposits.DepositsResult
    """The same with polars tables."""

    @property
    def _told(self) -> _deposits.DepositsResult:
        return self.polars


@dataclass(frozen=True, repr=False)
class Refunds(_Shown):
    """Refunds reconciled: tables orders, items, matches, claim_rows, ambiguous, open_items, rows, control, coverage; what they hold
    is said at `toolkit.reconcile.refunds.RefundsResult`."""

    polars: _refunds.RefundsResult
    """The same with polars tables."""

    @property
    def _told(self) -> _refunds.RefundsResult:
        return self.polars


def reconcile_deposits(
    ledger: Any,
    bills: Any,
    *,
    bill_files: Any = None,
    bill_ranges: Any = None,
    store_file: Any = None,
    applications: Any = None,
    fines: Any = None,
    orders: Any = None,
    disputes: Any = None,
    debts: Any = None,
    documents: Any = None,
    coverage: Any = None,
    as_of: date | str,
    calendar: WorkCalendar | None = None,
    settings: Settings | Mapping[str, Any] | None = None,
    rules: tuple[Rule, ...] | None = None,
) -> Deposits:
    """What became of every store's deposit; see `toolkit.reconcile.deposits.reconcile_deposits` for each input.

    All but the first two may be missing, and what is missing is unknown, never fine. `as_of` may carry a time of day
    (``"2026-11-20 15:30"``): reviews that take hours are then judged by the hour.

    Raises:
        InputError: something is no frame.
        DataError: `as_of` is no day.

    >>> import pandas as pd
    >>> paid = pd.DataFrame({"store": ["S1"], "deposit_kind": ["pay"], "amount_fen": [1000000], "currency": ["CNY"]})
    >>> found = reconcile_deposits(paid, pd.DataFrame(), as_of="2026-11-20")
    >>> found.cases["case_state"].tolist(), type(found.stores).__module__.split(".")[0]
    (['held'], 'pandas')
    """
    chosen = as_settings(settings)
    more = {
        "bill_files": bill_files, "bill_ranges": bill_ranges, "store_file": store_file, "applications": applications,
        "fines": fines, "orders": orders, "disputes": disputes, "debts": debts, "documents": documents, "coverage": coverage,
    }  # fmt: skip
    told = _deposits.reconcile_deposits(
        _frame(ledger), _frame(bills), as_of=_day(as_of), calendar=calendar, settings=chosen, rules=rules,
        **{name: _maybe(frame) for name, frame in more.items()},
    )  # fmt: skip
    return Deposits(chosen, ledger, told)


def reconcile_refunds(
    refunds: Any,
    settlements: Any,
    bills: Any,
    *,
    bill_files: Any = None,
    bill_ranges: Any = None,
    coverage: Any = None,
    as_of: date | str,
    calendar: WorkCalendar | None = None,
    settings: Settings | Mapping[str, Any] | None = None,
) -> Refunds:
    """Did every refund and release of an order arrive; see `toolkit.reconcile.refunds.reconcile_refunds`.

    `settlements` and `bills` may be None.

    Raises:
        InputError: something is no frame.
        DataError: `as_of` is no day.
    """
    chosen = as_settings(settings)
    told = _refunds.reconcile_refunds(
        _frame(refunds), _maybe(settlements), _maybe(bills), bill_files=_maybe(bill_files),
        bill_ranges=_maybe(bill_ranges), coverage=_maybe(coverage),
        as_of=checked(_day(as_of))[0], calendar=calendar, settings=chosen,
    )  # fmt: skip
    return Refunds(chosen, refunds, told)


def _day(as_of: date | str) -> date:
    """A day, or a moment where a time of day stands behind it."""
    try:
        if not isinstance(as_of, str):
            return as_of
        return date.fromisoformat(as_of) if len(as_of.strip()) <= len("2026-11-22") else datetime.fromisoformat(as_of)
    except ValueError as error:
        raise DataError("as_of_not_a_day", value=as_of) from error


def _frame(frame: Any) -> pl.DataFrame:
    told = incoming(frame)
    return told.collect() if isinstance(told, pl.LazyFrame) else told


def _maybe(frame: Any) -> pl.DataFrame | None:
    return None if frame is None else _frame(frame)
