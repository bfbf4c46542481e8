"""Did every refund and release of an order reach the settlement and the account?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

__all__ = ["RefundsResult"]


@dataclass(frozen=True)
class RefundsResult:
    """What the platform states per order, held against settlement and bills. All tables are polars."""

    as_of: date
    orders: pl.DataFrame
    """`REFUND_ORDERS`: per order, are refunds within what was settled."""
    items: pl.DataFrame
    """`REFUND_ITEMS`: every refund and release with its verdict."""
    matches: pl.DataFrame
    """`MATCHES`: refund to settlement, then refund to bill (match against the prefix of credit_id)."""
    ambiguous: pl.DataFrame
    """`AMBIGUOUS`."""
    open_items: pl.DataFrame
    """The items that are not settled."""
    rows: pl.DataFrame
    """`REFUND_ROWS`: every row of the three sides once."""
    control: pl.DataFrame
    """`REFUND_CONTROL`."""
    coverage: pl.DataFrame
    """`BILL_COVERAGE`."""
