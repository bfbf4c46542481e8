"""Small deposit stories: ledger, bills and applications in a few words."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from toolkit.reconcile.deposits import DepositsResult, reconcile_deposits
from toolkit.schema import APPLICATIONS, BILL_FILES, BILL_ROWS, DEPOSIT_LEDGER, DISPUTES, FINES, Table

AS_OF = date(2026, 11, 20)
"""A Friday; November 2026 has no holidays."""
APPROVED = date(2026, 11, 4)
"""A Wednesday: three working days are over on the 9th, five on the 11th."""


def nov(day: int) -> date:
    """A day of November 2026."""
    return date(2026, 11, day)


def table(of: Table, usual: dict[str, Any], *rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of a table, with what all of them have in common."""
    full = [usual | {"source_file": f"{of.name}.csv", "source_row": n} | row for n, row in enumerate(rows, start=2)]
    return of.conform(pl.DataFrame(full, schema={**of.dtypes}, orient="row")) if full else of.empty()


def ledger(*rows: dict[str, Any]) -> pl.DataFrame:
    """Ledger rows by hand; a payment of 10,000.00 for store S1 unless they say otherwise."""
    usual = {
        "provider": "hand", "store": "S1", "booked_on": date(2025, 3, 3), "deposit_kind": "pay",
        "amount_fen": 1_000_000, "currency": "CNY",
    }  # fmt: skip
    return table(DEPOSIT_LEDGER, usual, *rows)


def bill(*rows: dict[str, Any]) -> pl.DataFrame:
    """Bill rows; a worded refund of 10,000.00 on 9 November unless they say otherwise."""
    usual = {
        "provider": "alipay_personal", "account": "seller1234", "booked_on": nov(9), "amount_fen": 1_000_000,
        "currency": "CNY", "item": "速卖通保证金退还",
    }  # fmt: skip
    numbered = [{"row_id": f"2026{n:04}"} | row for n, row in enumerate(rows)]
    return table(BILL_ROWS, usual, *numbered)


def applied(*rows: dict[str, Any]) -> pl.DataFrame:
    """Applications: submitted on the 2nd, approved on the 4th unless they say otherwise."""
    usual = {
        "store": "S1", "case_kind": "deposit_refund", "submitted_on": nov(2), "approved_on": APPROVED,
        "account": "1234",
    }  # fmt: skip
    return table(APPLICATIONS, usual, *rows)


def files(*rows: dict[str, Any]) -> pl.DataFrame:
    """Bill files: a bill of all kinds of rows from 1 to 19 November unless they say otherwise."""
    usual = {
        "provider": "alipay_personal", "account": "seller1234", "bill_filter": "all", "first_day": nov(1),
        "last_day": nov(19),
    }  # fmt: skip
    return table(BILL_FILES, usual, *rows)


def fines(*rows: dict[str, Any]) -> pl.DataFrame:
    """Notices of fines, confirmed, 12.40."""
    usual = {
        "store": "S1", "deposit_kind": "fine", "fine_state": "confirmed", "amount_fen": 1240, "currency": "CNY",
        "booked_on": nov(3), "observed_on": AS_OF,
    }  # fmt: skip
    return table(FINES, usual, *rows)


def disputes(*rows: dict[str, Any]) -> pl.DataFrame:
    """Disputes of today's list, closed."""
    usual = {"store": "S1", "dispute_state": "closed", "observed_on": AS_OF}
    return table(DISPUTES, usual, *({"dispute_id": str(n)} | row for n, row in enumerate(rows)))


def orders(*status: str | None, observed_on: date | None = AS_OF) -> pl.DataFrame:
    """Order lines by their status."""
    ids = [f"8{n}" for n in range(len(status))]
    schema = {"order_id": pl.String, "order_status": pl.String, "observed_on": pl.Date}
    return pl.DataFrame([ids, list(status), [observed_on] * len(ids)], schema=schema)


def told(paid: pl.DataFrame, bills: pl.DataFrame, *, as_of: date = AS_OF, **more: Any) -> DepositsResult:
    """The reconciliation as of 20 November 2026."""
    return reconcile_deposits(paid, bills, as_of=as_of, **more)


def state(found: DepositsResult, store: str = "S1") -> tuple[str, str, str]:
    """State, rule and next step of a store's only deposit case."""
    case = found.cases.filter(pl.col("store") == store, pl.col("case_kind") == "deposit_refund")
    return case.select("case_state", "case_rule", "next_step").row(0)
