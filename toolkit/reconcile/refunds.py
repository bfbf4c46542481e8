"""Did every refund and release of an order reach the settlement and the account?

Three files tell of the same money: the platform's list of releases and refunds per order, the settlement per
transaction, and the account's bill. They are held together by ids: refund number, order number, batch. Prices repeat
too often for an amount to prove anything between orders, so an amount alone counts only for settlement rows that carry
no id, and for a whole batch that arrives in a bill as one credit.

Per order, what was refunded must stay within what was settled. Nothing is called missing unless somebody stated that
the settlement or bill covers its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

import polars as pl

from toolkit.reconcile.coverage import bill_coverage
from toolkit.reconcile.in_words import in_words
from toolkit.reconcile.refund_items import OPEN, refund_items
from toolkit.reconcile.refund_orders import refund_orders
from toolkit.reconcile.refund_pairs import refund_pairs
from toolkit.reconcile.refund_rows import Side, control, fates, rows_once
from toolkit.settings import Settings
from toolkit.words import Lang
from toolkit.workdays import WorkCalendar

__all__ = ["RefundsResult", "reconcile_refunds"]


@dataclass(frozen=True, repr=False)
class RefundsResult:
    """What the platform states per order, held against settlement and bills. All tables are polars."""

    as_of: date
    orders: pl.DataFrame
    """`REFUND_ORDERS`: per order, are refunds within what was settled."""
    items: pl.DataFrame
    """`REFUND_ITEMS`: every refund and release with its verdict."""
    matches: pl.DataFrame
    """`MATCHES`: refund to settlement, refund to bill, batch to bill (ids begin with the side they are of)."""
    claim_rows: pl.DataFrame
    """expected_id, claim_row: where the claims of `matches` and `ambiguous` were read."""
    ambiguous: pl.DataFrame
    """`AMBIGUOUS`."""
    open_items: pl.DataFrame
    """The items that are not settled, the oldest first."""
    rows: pl.DataFrame
    """`REFUND_ROWS`: every row of the three sides once."""
    control: pl.DataFrame
    """`REFUND_CONTROL`: the money of all rows by side, store, currency and fate."""
    coverage: pl.DataFrame
    """`BILL_COVERAGE`."""

    def conclusion(self, lang: Lang = "zh") -> str:
        """How many refunds are open, by state and currency, with their money."""
        return "\n".join(
            in_words(self.open_items, "reconciled.refunds", lang, state="refund_state", as_of=self.as_of,
                     things=self.items.height)
        )  # fmt: skip

    def __repr__(self) -> str:
        return self.conclusion()

    def _repr_html_(self) -> str:
        return "<br>".join(map(escape, self.conclusion().splitlines()))


def reconcile_refunds(
    refunds: pl.DataFrame,
    settlements: pl.DataFrame | None,
    bills: pl.DataFrame | None,
    *,
    bill_files: pl.DataFrame | None = None,
    bill_ranges: pl.DataFrame | None = None,
    coverage: pl.DataFrame | None = None,
    taken: pl.Series | None = None,
    as_of: date,
    calendar: WorkCalendar | None = None,
    settings: Settings | None = None,
) -> RefundsResult:
    """Hold an order's refunds and releases against settlement and bills.

    Args:
        refunds: `schema.REFUNDS`; releases are positive, refunds negative; a waiting release moved nothing.
        settlements: `schema.SETTLEMENTS`; None: none is there.
        bills: `schema.BILL_ROWS`; None: none is there.
        bill_files, bill_ranges: tables of those names in `schema`.
        coverage: first_day, last_day (and store, account) of what the settlements and bills cover.
        taken: row_key of bill rows that a deposit has used (credit_id of `DepositsResult.matches`): a credit pays once.

    >>> from toolkit.schema import REFUNDS, SETTLEMENTS
    >>> back = REFUNDS.frame(store=["S1"], order_id=["8001"], settlement_kind=["refund"], amount_fen=[-500],
    ...     currency=["USD"], booked_on=[date(2026, 11, 2)])
    >>> line = SETTLEMENTS.frame(provider=["international"], merchant_order_no=["8001"], settlement_kind=["refund"],
    ...     amount_fen=[-500], currency=["USD"], booked_on=[date(2026, 11, 3)])
    >>> found = reconcile_refunds(back, line, None, as_of=date(2026, 11, 20))
    >>> found.items["refund_state"].to_list(), found.orders["order_check"].to_list()
    (['settled'], ['settled_unknown'])
    """
    settings = settings or Settings()
    calendar = calendar or WorkCalendar(count_from=settings.workdays.count_from)
    told = rows_once("refund", refunds, as_of=as_of)
    settled = rows_once("settlement", settlements, as_of=as_of)
    booked = rows_once("bill", bills, as_of=as_of)
    covered = bill_coverage(bill_files, coverage, bill_ranges)
    spent = pl.Series(dtype=pl.String) if taken is None else "bill|" + taken
    free = booked.filter(~pl.col("row_key").is_in(spent.implode()))

    found = refund_pairs(told, settled, free, calendar=calendar)
    last = as_of - timedelta(days=settings.cases.bill_lag_days)
    items = refund_items(told, settled, booked, found, covered, last=last)
    sides: dict[Side, pl.DataFrame] = {"refund": told, "settlement": settled, "bill": booked}
    rows = fates(sides, matched=found.matched, unsure=found.unsure, taken=spent)
    return RefundsResult(
        as_of=as_of,
        orders=refund_orders(told.filter(~pl.col("is_late")), settled.filter(~pl.col("is_late"))),
        items=items,
        matches=found.matches,
        claim_rows=found.claim_rows,
        ambiguous=found.ambiguous,
        open_items=items.filter(pl.col("refund_state").is_in(OPEN)).sort("booked_on", "row_key", nulls_last=True),
        rows=rows,
        control=control(rows),
        coverage=covered,
    )
