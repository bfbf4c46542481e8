"""What became of every store's deposit?

From a ledger of the deposits, the bills of the accounts and whatever else is there: per store the identity of its
deposit, per case the state and the next step, per row of every file its class and its fate. All but the ledger and the
bills may be missing, and what is missing is unknown, never fine.

Nothing is called overdue unless a bill covers the days and the account; nothing is counted twice; nothing is hidden: a
credit or a deduction that no case explains is an open item of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import polars as pl

from toolkit.reconcile.cases import pointer, reviews
from toolkit.reconcile.checklists import checklists
from toolkit.reconcile.classify import classify
from toolkit.reconcile.coverage import bill_coverage, list_coverage
from toolkit.reconcile.deposit_claims import claims_of, deposit_cases, pay_claims, with_claimed_amounts
from toolkit.reconcile.deposit_evidence import bill_debits, notices
from toolkit.reconcile.deposit_ledger import bridge, identity, movements
from toolkit.reconcile.deposit_report import control, open_items, row_fates, store_rows
from toolkit.reconcile.deposit_verdicts import verdicts
from toolkit.reconcile.hours import checked
from toolkit.reconcile.in_words import in_words
from toolkit.reconcile.once import counted_once
from toolkit.reconcile.preconditions import preconditions
from toolkit.reconcile.rules import Rule
from toolkit.reconcile.sides import distinct_rows
from toolkit.schema import BILL_ROWS
from toolkit.settings import Settings
from toolkit.words import Lang
from toolkit.workdays import WorkCalendar

__all__ = ["DepositsResult", "reconcile_deposits"]


@dataclass(frozen=True, repr=False)
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
    """`MATCHES`: which bill row paid which case; expected_id is the case_key (with #n for parts the ledger names)."""
    open_items: pl.DataFrame
    """`OPEN_ITEMS`, latest first."""
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
    checklists: pl.DataFrame
    """`CHECKLISTS`: what applications, openings and reviews ask for, and what of it is there."""

    def conclusion(self, lang: Lang = "zh") -> str:
        """How many things are open, by state and currency, with their money."""
        stores = self.stores["store"].n_unique()
        lines = in_words(self.open_items.with_columns(pl.coalesce("case_state", "item_kind").alias("case_state")),
                         "reconciled.deposits", lang, state="case_state", as_of=self.as_of, things=stores)  # fmt: skip
        return "\n".join(lines)

    def __repr__(self) -> str:
        return self.conclusion()

    def _repr_html_(self) -> str:
        return "<br>".join(map(escape, self.conclusion().splitlines()))

    @property
    def difference(self) -> pl.DataFrame:
        """Per currency: due_fen of all cases that are due, arrived_fen of all that came back as a deposit, and the gap.

        An arrived fen without a case moves difference_fen by exactly one fen.
        """
        is_due = pl.col("case_state").is_in(_DUE) & (pl.col("case_kind") == "deposit_refund")
        due = self.cases.filter(is_due).group_by("currency").agg(due_fen=pl.col("expected_fen").sum())
        came = self.rows.filter(pl.col("row_side") == "bill", pl.col("row_fate").is_in(_ARRIVED))
        figure = pl.coalesce("amount_fen", "stated_fen")
        arrived = came.group_by("currency").agg(arrived_fen=figure.sum())
        both = due.join(arrived, on="currency", how="full", coalesce=True, nulls_equal=True)
        filled = both.with_columns(pl.col("due_fen", "arrived_fen").fill_null(0))
        return filled.with_columns(difference_fen=pl.col("arrived_fen") - pl.col("due_fen")).sort("currency")


_DUE = (
    "ambiguous", "duplicate", "received_short", "received_over", "received_early", "received_full",
    "not_assessable", "overdue", "possibly_overdue", "approved_waiting",
)  # fmt: skip
_ARRIVED = ("paid_case", "paid_twice", "ambiguous", "unexplained_credit")


def reconcile_deposits(
    ledger: pl.DataFrame,
    bills: pl.DataFrame,
    *,
    bill_files: pl.DataFrame | None = None,
    bill_ranges: pl.DataFrame | None = None,
    store_file: pl.DataFrame | None = None,
    applications: pl.DataFrame | None = None,
    fines: pl.DataFrame | None = None,
    orders: pl.DataFrame | None = None,
    disputes: pl.DataFrame | None = None,
    debts: pl.DataFrame | None = None,
    documents: pl.DataFrame | None = None,
    coverage: pl.DataFrame | None = None,
    as_of: date,
    calendar: WorkCalendar | None = None,
    settings: Settings | None = None,
    rules: tuple[Rule, ...] | None = None,
) -> DepositsResult:
    """Reconcile the deposits of all stores together.

    Args:
        ledger: `schema.DEPOSIT_LEDGER`.
        bills: `schema.BILL_ROWS`, of any accounts.
        bill_files: `schema.BILL_FILES`: what the bills say they cover. Without it and `coverage` nothing is overdue.
        bill_ranges: `schema.BILL_RANGES`: what the person who exported a bill adds to that.
        store_file, applications, fines, disputes, debts: tables of those names in `schema`; None: unknown, a table
            without rows: a file said that there is nothing (of the only store; `coverage` says of which of several).
        documents: `schema.checklists.DOCUMENTS`: the files handed in for reviews; None: nobody looked.
        orders: order lines (order_id, order_status, and store where several stores are checked).
        coverage: what a caller knows besides: bills by account (null: all), first_day, last_day; lists by list_name,
            store (null: all) and observed_on.
        as_of: the day of checking, or the moment (what is given in hours is then judged by the hour, see
            `toolkit.reconcile.hours`); what is dated later has not happened.
        calendar: None: the published working days, counted as `settings` say.
        rules: which words mean what (None: the shipped ones).

    >>> from toolkit.schema import APPLICATIONS, BILL_ROWS, DEPOSIT_LEDGER
    >>> paid = DEPOSIT_LEDGER.frame(store=["S1"], booked_on=[date(2025, 3, 3)], deposit_kind=["pay"],
    ...     amount_fen=[1000000], currency=["CNY"])
    >>> asked = APPLICATIONS.frame(store=["S1"], case_kind=["deposit_refund"], submitted_on=[date(2026, 11, 2)],
    ...     approved_on=[date(2026, 11, 4)])
    >>> bill = BILL_ROWS.frame(provider=["alipay_personal"], row_id=["2026"], booked_on=[date(2026, 11, 10)],
    ...     amount_fen=[998760], currency=["CNY"], item=["速卖通保证金退还"])
    >>> found = reconcile_deposits(paid, bill, applications=asked, as_of=date(2026, 11, 20))
    >>> found.cases.select("case_state", "case_rule", "gap_fen", "due_on").row(0)
    ('received_short', 'dispute', -1240, datetime.date(2026, 11, 11))
    """
    settings = settings or Settings()
    as_of, at = checked(as_of)
    limits, calendar = settings.cases, calendar or WorkCalendar(count_from=settings.workdays.count_from)
    lists = {"disputes": disputes, "orders": orders, "debts": debts, "fines": fines}
    covered = bill_coverage(bill_files, coverage, bill_ranges)

    moves = movements(ledger, store_file, as_of=as_of, calendar=calendar, rules=rules)
    balances = identity(moves)
    cases = deposit_cases(applications, balances, store_file, as_of=as_of)
    claims = claims_of(cases, moves, calendar=calendar, limits=limits)
    bill = _bill_rows(bills, claims, as_of=as_of, calendar=calendar, rules=rules)
    payments = pay_claims(claims, bill, calendar=calendar, limits=limits)
    names = sorted({*cases["store"]}, key=lambda name: (name is None, name or ""))
    told = list_coverage(lists, coverage, stores=names, as_of=as_of, fresh_days=limits.fresh_days)
    checks = preconditions(names, lists, told)
    taken = notices(moves, fines, told, calendar=calendar)
    debits = bill_debits(moves, bill, calendar=calendar)

    stated = balances.join(taken.listed, on="store", how="left")
    judged = verdicts(
        claims, payments, checks, stated, covered, bill.select("row_key", "row"),
        as_of=as_of, calendar=calendar, limits=limits,
    )  # fmt: skip
    other = reviews(applications, as_of=as_of, at=at, calendar=calendar, limits=limits)
    rows = row_fates(moves, bill, claims, payments, debits)
    items = open_items(judged, rows, taken, balances, payments)
    every = pl.concat([judged, other])
    return DepositsResult(
        as_of=as_of,
        stores=store_rows(balances, judged, items, taken),
        bridge=bridge(balances),
        cases=every,
        matches=payments.pairs.drop("wordless")
        .with_columns(pair_kind=pl.lit("deposit"))
        .sort("expected_id", "credit_on", "credit_id"),
        open_items=items,
        ambiguous=payments.ambiguous,
        suggestions=payments.suggestions,
        rows=rows,
        control=control(rows),
        coverage=covered,
        lists=told,
        checklists=checklists(
            every, moves, told, applications=applications, store_file=store_file, documents=documents, limits=limits
        ),
    )


def _bill_rows(
    bills: pl.DataFrame, claims: pl.DataFrame, *, as_of: date, calendar: WorkCalendar, rules: tuple[Rule, ...] | None
) -> pl.DataFrame:
    """Bill rows, each once, with row_key, class, what they are counted with, is_late (after `as_of`) and row."""
    once = distinct_rows(BILL_ROWS.conform(bills)).with_columns(
        is_late=(pl.col("booked_on") > as_of).fill_null(False), row=pointer()
    )
    return counted_once(with_claimed_amounts(classify(once, rules), claims), calendar=calendar)
