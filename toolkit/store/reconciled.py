"""What a reconciliation came to: for the terminal as sentences, for people as a workbook with its pictures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit.reconcile.deposits import DepositsResult
from toolkit.reconcile.refunds import RefundsResult
from toolkit.words import Lang, say

if TYPE_CHECKING:
    from toolkit.export.delist_report import RunFacts
    from toolkit.export.reconciliation_workbook import ReconciliationReport

__all__ = ["Reconciled"]

_NAME = "reconciliation.xlsx"
_QUIET = ("done", "nothing_due")
"""Next steps that ask nothing of anybody."""


@dataclass(frozen=True)
class Reconciled:
    """What a reconciliation came to."""

    deposits: DepositsResult
    refunds: RefundsResult | None
    facts: RunFacts
    problems: pl.DataFrame
    folder: Path
    """Where its files go unless somebody says otherwise."""

    @property
    def report(self) -> ReconciliationReport:
        """Everything reconciliation.xlsx shows."""
        from toolkit.export.reconciliation_workbook import ReconciliationReport

        return ReconciliationReport(self.deposits, self.facts, self.problems, self.refunds)

    def sentences(self, lang: Lang = "zh") -> list[str]:
        """One line per store: where its deposit stands, what is owed, and the next step."""
        stores = self.deposits.stores
        if stores.is_empty():
            return [say("reconcile.nothing", lang)]
        return [_store_line(row, lang) for row in stores.sort("store", "currency").iter_rows(named=True)]

    def due(self, lang: Lang = "zh") -> list[str]:
        """One line per case that asks for something or has a day, the most urgent first."""
        lines = [say("reconcile.case", lang, **cells) for cells in self.due_cells(lang)]
        return lines or [say("reconcile.nothing_due", lang)]

    def due_cells(self, lang: Lang = "zh") -> list[dict[str, str]]:
        """The same by the parts of a line: day, store, kind, state, step (with the file that is needed)."""
        asks = self.deposits.cases.filter(~pl.col("next_step").is_in(_QUIET))
        rows = asks.sort("late_days", "due_on", "store", "case_key", descending=[True, *[False] * 3], nulls_last=True)
        return [_case_cells(row, lang) for row in rows.iter_rows(named=True)]

    def write(self, path: str | os.PathLike[str] | None = None, *, lang: Lang = "zh") -> tuple[Path, ...]:
        """Write reconciliation.xlsx and its two pictures beside it; gives the paths really written.

        Raises:
            OutputError: the folder cannot be written, or the file does not read back as it was meant.
        """
        from toolkit.export.reconciliation_pictures import write_reconciliation_pictures
        from toolkit.export.reconciliation_workbook import write_reconciliation_workbook

        target = Path(path) if path is not None else self.folder / _NAME
        book = write_reconciliation_workbook(target, self.report, lang)
        return (book, *write_reconciliation_pictures(target, self.deposits, lang).values())


def _store_line(row: Mapping[str, Any], lang: Lang) -> str:
    state = row["store_state"]
    return say(
        "reconcile.store", lang,
        store=row["store"] or "-",
        state=say(f"store_state.{state}", lang) if state else "-",
        balance=_amount(row["deposit_balance_fen"], row["currency"], lang),
        arrived=_amount(row["arrived_fen"], row["currency"], lang), surplus=_surplus(row, lang),
        step=say(f"next_step.{row['next_step']}", lang) if row["next_step"] else "-",
    )  # fmt: skip


def _case_cells(row: Mapping[str, Any], lang: Lang) -> dict[str, str]:
    step, needs = say(f"next_step.{row['next_step']}", lang), row["needs_file"]
    return {
        "day": _due(row),
        "store": row["store"] or "-",
        "kind": say(f"case_kind.{row['case_kind']}", lang),
        "state": say(f"case_state.{row['case_state']}", lang),
        "step": step if needs is None else step + say("reconcile.needs", lang, file=say(f"needs_file.{needs}", lang)),
    }


def _due(row: Mapping[str, Any]) -> str:
    """The day a case is due, with the hour where it is given in hours."""
    hour = row["due_hour_at"]
    return f"{hour:%Y-%m-%d %H:%M}" if hour else str(row["due_on"] or "-")


def _amount(fen: int | None, currency: str | None, lang: Lang) -> str:
    """Fen as people read it, with the currency; unknown is said so, never zero."""
    if fen is None:
        return say("value.unknown", lang)
    unit = currency or say("value.unknown_currency", lang)
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d} {unit}"


def _surplus(row: Mapping[str, Any], lang: Lang) -> str:
    """What arrived beyond what was due, where anything did."""
    fen = row["surplus_fen"]
    return say("reconcile.surplus", lang, amount=_amount(fen, row["currency"], lang)) if fen else ""
