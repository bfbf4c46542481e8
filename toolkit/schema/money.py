"""Tables about money: what bills, ledgers, applications, fines and settlements tell.

Amounts are signed where a row moves money: positive came in to the seller, negative went out. A row that moves none
(a freeze, a closed order) has a null `amount_fen` and its figure in `stated_fen`, so that a sum over `amount_fen` is
always a sum of money that moved. Unknown is null.

The one exception is `deposit_ledger`, which is told from the deposit's own side: positive raises its balance (paid,
topped up), negative lowers it (a fine, a compensation, a refund to the seller). Lists that state
claims rather than movements (fines, debts, applications) hold plain positive amounts.
"""

from __future__ import annotations

from toolkit.schema.table import ORIGIN, Table, ids, of

__all__ = [
    "APPLICATIONS",
    "BILL_FILES",
    "BILL_RANGES",
    "BILL_ROWS",
    "DEBTS",
    "DEPOSIT_LEDGER",
    "DISPUTES",
    "FINES",
    "MONEY_TABLES",
    "REFUNDS",
    "SETTLEMENTS",
    "STORE_FILE",
]

BILL_ROWS = Table(
    "bill_rows",
    "one line of one account statement, as the statement tells it",
    # The status is not part of it: the next export may show the same row further in its life.
    ("provider", "account", "row_id", "booked_at", "amount_fen", "stated_fen"),
    (
        *of("choice", "provider"),
        *of("text", "account", "store"),
        *ids("row_id", "base_id", "merchant_order_no", "base_order_no"),
        *of("moment", "booked_at"),
        *of("day", "booked_on"),
        *of("fen", "amount_fen", "stated_fen", "refunded_fen", "fee_fen", "balance_fen"),
        *of("text", "currency"),
        *of("text", "direction_raw", "fund_state_raw", "bill_status", "kind_raw", "business_raw"),
        *of("text", "counterparty", "item", "memo"),
        *ORIGIN,
    ),
)

BILL_FILES = Table(
    "bill_files",
    "what one statement says of itself: its account, days, filter and declared totals",
    ("source_file", "source_sheet"),
    (
        *of("choice", "provider"),
        *of("text", "account"),
        *of("day", "first_day", "last_day", "first_row_on", "last_row_on"),
        *of("choice", "bill_filter"),
        *of("count", "declared_rows", "read_rows"),
        *of("fen", "declared_in_fen", "declared_out_fen", "read_in_fen", "read_out_fen"),
        *of("text", "currency"),
        *of("choice", "totals_check", "balance_check"),
        *of("count", "balance_broken_row"),
        *of("fen", "opening_fen", "closing_fen"),
        *ORIGIN,
    ),
)

BILL_RANGES = Table(
    "bill_ranges",
    "what the person who exported a bill says of it: its account, days, and which kinds of rows were chosen",
    ("bill_name",),
    (
        *of("text", "bill_name", "account"),
        *of("day", "first_day", "last_day"),
        *of("choice", "bill_filter"),
        *of("text", "note"),
        *ORIGIN,
    ),
)

STORE_FILE = Table(
    "store_file",
    "what no export knows of one store (店铺档案)",
    ("store",),
    (
        *of("text", "store", "self_run_store", "company"),
        # Whether the company is one, whether the e-mail is new to the platform, whether somebody answers the phone.
        *of("choice", "entity_type", "email_unused", "phone_reachable"),
        *of("text", "browser", "alipay_tail"),
        *of("day", "deposit_on"),
        *of("fen", "deposit_fen"),
        *of("text", "currency"),
        *of("day", "applied_on", "approved_on"),
        *of("text", "note"),
        *ORIGIN,
    ),
)

DEPOSIT_LEDGER = Table(
    "deposit_ledger",
    "one movement of a store's deposit, as the platform's deposit bill or a ledger kept by hand tells it",
    ("provider", "store", "booked_on", "deposit_kind", "amount_fen", "reference"),
    (
        # The same movement may stand in the platform's bill (ae_deposit) and in a ledger kept by hand (hand).
        *of("choice", "provider"),
        *of("text", "store"),
        *of("day", "booked_on"),
        *of("moment", "booked_at"),
        *of("choice", "deposit_kind"),
        *of("text", "kind_raw"),
        *of("fen", "amount_fen", "stated_fen", "balance_fen"),
        *of("text", "currency"),
        *ids("reference"),
        *of("text", "memo"),
        *ORIGIN,
    ),
)

APPLICATIONS = Table(
    "applications",
    "one dated case of a store: a deposit refund, or a review at opening, with the days of its stages",
    ("store", "case_kind", "case_id"),
    (
        *of("text", "store"),
        *of("choice", "case_kind"),
        *of("id", "case_id"),
        *of("day", "submitted_on", "approved_on", "rejected_on"),
        *of("moment", "submitted_at"),
        *of("fen", "amount_fen"),
        *of("text", "currency", "account", "reason"),
        *of("choice", "documents_complete", "documents_match"),
        *of("text", "note"),
        *ORIGIN,
    ),
)

FINES = Table(
    "fines",
    "one fine or compensation with its own evidence",
    ("store", "notice_no"),
    (
        *of("text", "store"),
        *ids("notice_no"),
        *of("day", "booked_on"),
        *of("choice", "deposit_kind", "fine_state"),
        *of("fen", "amount_fen"),
        *of("text", "currency", "reason"),
        *ORIGIN,
    ),
)

DISPUTES = Table(
    "disputes",
    "one dispute of one order",
    ("dispute_id",),
    (
        *of("text", "store"),
        *ids("dispute_id", "order_id"),
        *of("choice", "dispute_state"),
        *of("text", "dispute_state_raw", "reason"),
        *of("day", "opened_on"),
        *ORIGIN,
    ),
)

DEBTS = Table(
    "debts",
    "one amount a store owes the platform",
    ("store", "reference"),
    (
        *of("text", "store"),
        *ids("reference"),
        *of("day", "booked_on"),
        *of("choice", "debt_state"),
        *of("fen", "amount_fen"),
        *of("text", "currency", "reason"),
        *ORIGIN,
    ),
)

REFUNDS = Table(
    "refunds",
    "one refund or release the platform states for an order",
    ("store", "order_id", "order_line_id", "refund_id", "settlement_kind", "amount_fen"),
    (
        *of("text", "store"),
        *ids("refund_id", "order_id", "order_line_id"),
        *of("choice", "settlement_kind", "loan_state"),
        *of("moment", "booked_at"),
        *of("day", "booked_on"),
        *of("fen", "amount_fen", "stated_fen", "fee_fen"),
        *of("text", "currency", "reason"),
        *ORIGIN,
    ),
)

SETTLEMENTS = Table(
    "settlements",
    "one line of a settlement file: what was paid out or taken back for one transaction",
    ("provider", "row_id", "merchant_order_no", "settlement_kind", "amount_fen"),
    (
        *of("choice", "provider"),
        *of("text", "store"),
        *ids("row_id", "merchant_order_no", "original_order_no", "refund_id", "batch_no"),
        *of("choice", "settlement_kind"),
        *of("moment", "booked_at"),
        *of("day", "booked_on", "settled_on"),
        *of("fen", "amount_fen", "stated_fen", "fee_fen", "net_fen"),
        *of("text", "currency", "settled_currency", "rate"),
        *of("fen", "settled_fen"),
        *ORIGIN,
    ),
)

MONEY_TABLES = (
    BILL_ROWS, BILL_FILES, BILL_RANGES, STORE_FILE, DEPOSIT_LEDGER, APPLICATIONS, FINES, DISPUTES, DEBTS, REFUNDS, SETTLEMENTS,
)  # fmt: skip
