"""Tables about decisions and their fate: what an operator answered, what was done, and the ledger of both."""

from __future__ import annotations

from toolkit.schema.table import ORIGIN, Table, ids, of

__all__ = ["ANSWERS", "LEDGER", "LOOP_TABLES", "MOVES", "WORK_LINES"]

ANSWERS = Table(
    "answers",
    "one line of a delist workbook as it came back, with what the operator decided",
    ("source_sheet", "source_row"),
    (
        *ids("product_id"),
        *of("choice", "answer", "orders_checked"),
        *of("text", "answer_raw", "note"),
        *ORIGIN,
    ),
)

WORK_LINES = Table(
    "work_lines",
    "one line of a work list as it came back, with what the operator did and what came of it",
    ("source_sheet", "source_row"),
    (
        *ids("product_id"),
        *of("choice", "done"),
        *of("day", "acted_on"),
        *of("choice", "result", "orders_checked"),
        *of("text", "result_raw", "note"),
        *ORIGIN,
    ),
)

LEDGER = Table(
    "ledger",
    "one product going from one state to the next, never changed afterwards",
    ("transaction", "step"),
    (
        *of("text", "transaction"),
        *of("count", "step"),
        *of("id", "product_id"),
        *of("choice", "from_state", "state", "action", "reason_code", "rule", "evidence"),
        *of("day", "evidence_on", "relist_on"),
        *of("text", "note", "who"),
        *of("moment", "at"),
        *of("text", "run_id", "week", "settings_digest", "inputs_sha256"),
    ),
)

MOVES = Table(
    "moves",
    "one product whose advice to take off sale differs between two runs, and the cause",
    ("product_id",),
    (
        *of("id", "product_id"),
        *of("text", "title"),
        *of("choice", "moved"),
        *of("choice", "action_before", "reason_code_before", "rule_before", "guard_before"),
        *of("choice", "action_after", "reason_code_after", "rule_after", "guard_after"),
        *of("choice", "cause"),
        *of("text", "sentence"),
    ),
)

LOOP_TABLES = (ANSWERS, WORK_LINES, LEDGER)
