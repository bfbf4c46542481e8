"""Tables that say what became of deposits, refunds and reviews: the verdicts of a reconciliation.

Amounts are fen of `currency`; columns ending in ``_row`` point to where a fact was read: file › sheet › line. Several
pointers in one cell are put together by "; ". Unknown is null and never counts as fine.
"""

from __future__ import annotations

from toolkit.schema.table import PLACE, Table, of

__all__ = [
    "BILL_COVERAGE",
    "CASES",
    "DEPOSIT_BRIDGE",
    "DEPOSIT_CONTROL",
    "DEPOSIT_ROWS",
    "DEPOSIT_STORES",
    "DEPOSIT_TABLES",
    "LIST_COVERAGE",
    "OPEN_ITEMS",
    "REFUND_CONTROL",
    "REFUND_ITEMS",
    "REFUND_ORDERS",
    "REFUND_ROWS",
]

_DATES = (
    *of("day", "submitted_on", "approved_on", "rejected_on"),
    *of("day", "due_from_on", "due_on", "due_earliest_on", "due_latest_on"),
    *of("moment", "due_hour_at"),
    *of("flag", "is_provisional"),
    *of("day", "credited_on"),
    *of("days", "working_days", "late_days"),
    *of("choice", "ageing"),
)

CASES = Table(
    "cases",
    "one dated case of a store: its deposit with or without an application, or a review at opening",
    ("case_key",),
    (
        *of("id", "case_key"),
        *of("text", "store"),
        *of("choice", "case_kind"),
        *of("id", "case_id"),
        *of("text", "account", "currency"),
        *_DATES,
        *of("choice", "case_state", "case_rule", "layer"),
        *of("fen", "expected_fen", "actual_fen", "gap_fen", "surplus_fen", "explained_fen", "applied_fen"),
        *of("flag", "no_open_dispute", "no_open_order", "no_debt", "no_pending_fine"),
        *of("text", "blocked_by"),
        *of("choice", "needs_file", "next_step"),
        *of("text", "case_row", "ledger_row", "bill_row"),
    ),
)

DEPOSIT_STORES = Table(
    "deposit_stores",
    "the deposit of one store in one currency: what was paid, what was taken, what should be left and what is owed",
    ("store", "currency"),
    (
        *of("text", "store", "currency", "account"),
        *of("choice", "ledger_provider", "store_state"),
        *of("fen", "paid_fen", "top_up_fen", "fined_fen", "compensated_fen", "returned_fen", "unclassified_fen"),
        *of("fen", "deposit_balance_fen", "stated_balance_fen", "balance_gap_fen"),
        *of("choice", "balance_check"),
        *of("text", "balance_broken_at"),
        *of("fen", "frozen_fen", "thawed_fen"),
        *of("fen", "without_notice_fen", "not_yet_deducted_fen", "other_ledger_gap_fen"),
        *of("fen", "due_fen", "arrived_fen", "waiting_fen", "overdue_fen", "not_assessable_fen", "short_fen"),
        *of("fen", "surplus_fen"),
        *of("count", "cases", "open_items"),
        *of("choice", "next_step"),
    ),
)

DEPOSIT_BRIDGE = Table(
    "deposit_bridge",
    "one step of a store's deposit from what was paid to what is left; the steps of a store sum to zero",
    ("store", "currency", "step_no"),
    (*of("text", "store", "currency"), *of("count", "step_no"), *of("choice", "bridge_step"), *of("fen", "step_fen")),
)

OPEN_ITEMS = Table(
    "open_items",
    "one thing that is not settled: a refund due, a gap, a credit or a deduction nobody explains",
    ("item_key",),
    (
        *of("id", "item_key", "case_key"),
        *of("choice", "item_kind"),
        *of("text", "store", "account", "currency"),
        *of("choice", "case_state"),
        *of("fen", "amount_fen"),
        *of("day", "on", "due_on"),
        *of("days", "late_days"),
        *of("choice", "ageing", "needs_file", "next_step"),
        *of("text", "item_row"),
    ),
)

DEPOSIT_ROWS = Table(
    "deposit_rows",
    "one row of a bill or ledger, once, with its class and what became of it",
    ("row_side", "row_key"),
    (
        *of("choice", "row_side"),
        *of("id", "row_key"),
        *of("choice", "provider"),
        *of("text", "store", "account"),
        *of("day", "booked_on"),
        *of("choice", "deposit_kind", "via"),
        *of("id", "counted_with"),
        *of("fen", "amount_fen", "stated_fen"),
        *of("text", "currency"),
        *of("choice", "row_fate"),
        *of("id", "case_key"),
        *PLACE,
    ),
)

DEPOSIT_CONTROL = Table(
    "deposit_control",
    "one side, store, currency and fate: how many rows and how much money; the fates of a side are all its money",
    ("row_side", "store", "currency", "deposit_kind", "row_fate"),
    (
        *of("choice", "row_side"),
        *of("text", "store", "currency"),
        *of("choice", "deposit_kind", "row_fate"),
        *of("count", "rows"),
        *of("fen", "amount_fen"),
    ),
)

BILL_COVERAGE = Table(
    "bill_coverage",
    "what one bill covers: an account, whole days and all kinds of rows; or why it covers nothing",
    ("source_file", "source_sheet", "account"),
    (
        *of("choice", "provider"),
        *of("text", "account", "store"),
        *of("day", "first_day", "last_day"),
        *of("choice", "bill_filter"),
        *of("flag", "is_said_by_hand", "covers"),
        *of("choice", "not_covering"),
        *of("count", "declared_rows", "read_rows"),
        *of("fen", "declared_in_fen", "declared_out_fen", "read_in_fen", "read_out_fen"),
        *of("text", "currency"),
        *of("choice", "totals_check", "balance_check"),
        *of("text", "source_file", "source_sheet"),
    ),
)

LIST_COVERAGE = Table(
    "list_coverage",
    "one list that preconditions rest on, for one store: is it there, of which day, and may it say that nothing is open",
    ("list_name", "store"),
    (
        *of("choice", "list_name"),
        *of("text", "store"),
        *of("flag", "is_given"),
        *of("count", "rows"),
        *of("day", "observed_on"),
        *of("flag", "is_fresh"),
    ),
)

REFUND_ORDERS = Table(
    "refund_orders",
    "one order: what was settled for it, what was refunded, and whether the refunds stay within",
    ("store", "order_id", "currency"),
    (
        *of("text", "store"),
        *of("id", "order_id"),
        *of("text", "currency"),
        *of("fen", "settled_fen", "released_fen", "refunded_sum_fen", "fee_fen", "left_fen"),
        *of("choice", "order_check", "next_step"),
    ),
)

REFUND_ITEMS = Table(
    "refund_items",
    "one refund or release the platform states, and where it was found again",
    ("row_key",),
    (
        *of("id", "row_key"),
        *of("text", "store"),
        *of("id", "order_id", "order_line_id", "refund_id"),
        *of("choice", "settlement_kind", "loan_state"),
        *of("day", "booked_on"),
        *of("fen", "amount_fen"),
        *of("text", "currency"),
        *of("choice", "refund_state", "layer", "bill_layer"),
        *of("fen", "settled_amount_fen", "bill_amount_fen", "gap_fen"),
        *of("choice", "needs_file", "next_step"),
        *of("text", "item_row", "settlement_row", "bill_row"),
    ),
)

REFUND_ROWS = Table(
    "refund_rows",
    "one row of the platform's refunds, the settlements or the bills, once, with what became of it",
    ("row_side", "row_key"),
    (
        *of("choice", "row_side"),
        *of("id", "row_key"),
        *of("text", "store", "account"),
        *of("id", "order_id"),
        *of("choice", "settlement_kind"),
        *of("day", "booked_on"),
        *of("fen", "amount_fen"),
        *of("text", "currency"),
        *of("choice", "row_fate"),
        *PLACE,
    ),
)

REFUND_CONTROL = Table(
    "refund_control",
    "one side, store, currency and fate: how many rows and how much money",
    ("row_side", "store", "currency", "row_fate"),
    (
        *of("choice", "row_side"),
        *of("text", "store", "currency"),
        *of("choice", "row_fate"),
        *of("count", "rows"),
        *of("fen", "amount_fen"),
    ),
)

DEPOSIT_TABLES = (
    CASES, DEPOSIT_STORES, DEPOSIT_BRIDGE, OPEN_ITEMS, DEPOSIT_ROWS, DEPOSIT_CONTROL, BILL_COVERAGE, LIST_COVERAGE,
    REFUND_ORDERS, REFUND_ITEMS, REFUND_ROWS, REFUND_CONTROL,
)  # fmt: skip
