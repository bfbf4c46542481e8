"""What became of every store's deposit?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

__all__ = ["DepositsResult"]


@dataclass(frozen=True)
class DepositsResult:
    """Every deposit and every dated case, and every row that told of them. All tables are polars."""

    as_of: date
    stores: pl.DataFrame
    """`DEPOSIT_STORES`: paid + top-ups − fines − compensation − refunds (+ unclassified) = balance."""
    bridge: pl.DataFrame
    """`DEPOSIT_BRIDGE`: the same as steps that sum to zero per store and currency."""
    cases: pl.DataFrame
    """`CASES`: deposit cases of every store, then reviews."""
    matches: pl.DataFrame
    """`MATCHES`: which bill row paid which case; expected_id is the case_key (with #n for parts the platform names)."""
    open_items: pl.DataFrame
    """`OPEN_ITEMS`, oldest first."""
    ambiguous: pl.DataFrame
    """`AMBIGUOUS`: every pair of every equally good answer."""
    suggestions: pl.DataFrame
    """`SPLITS`: how a case may have been paid in parts."""
    rows: pl.DataFrame
    """`DEPOSIT_ROWS`: every bill and ledger row once."""
    control: pl.DataFrame
    """`DEPOSIT_CONTROL`: the money of all rows by side, store, currency, class and fate."""
    coverage: pl.DataFrame
    """`BILL_COVERAGE`: what each bill covers, its declared and read totals."""
    lists: pl.DataFrame
    """`LIST_COVERAGE`: what is known of orders, disputes, debts and fines."""
