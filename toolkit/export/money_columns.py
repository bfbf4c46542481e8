"""Which columns each sheet of reconciliation.xlsx shows, in which order, and how they look.

What a person works by comes first and fits a printed page; what proves it stands behind the plus sign at the right.
"""

from __future__ import annotations

from toolkit.schema.deposits import DEPOSIT_ROWS

__all__ = [
    "BALANCE", "CASE", "CASE_PROOF", "CHECK", "DEDUCTIONS", "OPEN", "OPEN_PROOF", "PAIR", "PAIR_PROOF", "ROW", "SPLIT", "STORE",
    "TINTED", "TINTS", "UNSURE", "WHERE_KNOWN", "WIDE",
]  # fmt: skip

STORE = (
    "store", "store_state", "next_step", "currency", "deposit_balance_fen", "due_fen", "arrived_fen", "waiting_fen",
    "overdue_fen", "short_fen", "not_assessable_fen", "open_items",
)  # fmt: skip
BALANCE = (
    "store", "currency", "paid_fen", "top_up_fen", "fined_fen", "compensated_fen", "returned_fen", "unclassified_fen",
    "deposit_balance_fen", "stated_balance_fen", "balance_gap_fen", "balance_check", "balance_broken_at",
)  # fmt: skip
DEDUCTIONS = (
    "store", "currency", "without_notice_fen", "not_yet_deducted_fen", "surplus_fen", "frozen_fen", "thawed_fen",
    "other_ledger_gap_fen", "ledger_provider", "account",
)  # fmt: skip
CASE = (
    "store", "case_kind", "case_state", "next_step", "submitted_on", "approved_on", "due_on", "due_hour_at", "late_days",
    "currency", "expected_fen", "actual_fen", "gap_fen", "blocked_by", "needs_file",
)  # fmt: skip
CASE_PROOF = (
    "no_open_dispute", "no_open_order", "no_debt", "no_pending_fine", "rejected_on", "due_from_on", "working_days",
    "ageing", "credited_on", "surplus_fen", "explained_fen", "applied_fen", "is_provisional", "due_earliest_on",
    "due_latest_on", "layer", "case_rule", "account", "case_id", "case_row", "ledger_row", "bill_row",
)  # fmt: skip
CHECK = (
    "store", "case_kind", "check_item", "check_state", "found", "account", "found_fen", "currency", "case_state",
    "check_step", "check_row",
)  # fmt: skip
PAIR = (
    "store", "pair_kind", "match_verdict", "layer", "currency", "expected_fen", "credit_fen", "gap_fen", "expected_on",
    "credit_on", "claim_row", "credit_row",
)  # fmt: skip
PAIR_PROOF = ("lag_working_days", "lag_days", "legs", "rivals", "shared_id", "expected_id", "credit_id", "account")
OPEN = (
    "store", "item_kind", "case_state", "currency", "amount_fen", "ageing", "late_days", "on", "due_on", "next_step",
    "needs_file", "item_row",
)  # fmt: skip
OPEN_PROOF = ("account", "case_key")
UNSURE = (
    "answer_group", "answers", "pays", "store", "layer", "currency", "expected_fen", "credit_fen", "gap_fen",
    "expected_on", "credit_on", "lag_working_days", "claim_row", "credit_row", "expected_id", "credit_id", "account",
)  # fmt: skip
SPLIT = (
    "store", "split_no", "answers", "match_verdict", "currency", "expected_fen", "credit_fen", "expected_on",
    "credit_on", "claim_row", "credit_row", "expected_id", "credit_id", "account",
)  # fmt: skip
ROW = (*(name for name in DEPOSIT_ROWS.names if name != "row_key"), "row_key")
TINTS = {
    "overdue": "must", "possibly_overdue": "act", "received_short": "act", "duplicate": "act", "blocked": "act",
    "unfunded": "act", "rejected": "act", "review_late": "act", "review_possibly_late": "act", "missing": "act",
    "not_assessable": "rest", "unverified": "rest", "ambiguous": "rest", "received_over": "rest",
    "approved_waiting": "wait", "applied": "wait", "in_review": "wait", "not_submitted": "wait",
    "received_full": "keep", "received_early": "keep", "closed": "keep", "passed": "keep", "ready": "keep",
    "unclear": "rest",
    "late_1_5": "rest", "late_6_10": "act", "late_11_20": "act", "late_over_20": "must",
}  # fmt: skip
TINTED = ("case_state", "store_state", "refund_state", "ageing", "check_state")
WHERE_KNOWN = (
    "rejected_on", "due_hour_at", "surplus_fen", "explained_fen", "applied_fen", "is_provisional", "due_earliest_on", "due_latest_on",
    "blocked_by", "needs_file", "case_id", "case_row", "ledger_row", "bill_row", "item_row", "settlement_row",
    "claim_row", "credit_row",
    "stated_balance_fen", "balance_gap_fen", "balance_check", "balance_broken_at", "other_ledger_gap_fen", "shared_id",
    "ledger_provider", "counted_with", "account", "currency", "case_kind", "found", "found_fen", "check_row", "check_step",
)  # fmt: skip
"""Columns left out of a table that knows nothing of them."""
WIDE = {"next_step": 32.0, "needs_file": 30.0, "blocked_by": 28.0, "found": 30.0, "check_step": 46.0} | dict.fromkeys(
    (
        "case_row",
        "ledger_row",
        "bill_row",
        "item_row",
        "settlement_row",
        "claim_row",
        "credit_row",
        "check_row",
        "balance_broken_at",
    ),
    36.0,
)
