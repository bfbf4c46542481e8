"""Tables of what a refund application, an opening or a review asks for, and what of it is there."""

from __future__ import annotations

from toolkit.schema.table import Table, of

__all__ = ["CHECKLISTS", "CHECKLIST_TABLES", "DOCUMENTS"]

DOCUMENTS = Table(
    "documents",
    "one file that is handed in for a review, as it lies in the store's folder",
    ("store", "case_kind", "document"),
    (
        *of("text", "store"),
        *of("choice", "case_kind"),
        *of("text", "document"),
        # What its first bytes are, and what its name says.
        *of("choice", "document_kind", "ending_kind"),
        *of("count", "document_bytes"),
    ),
)

CHECKLISTS = Table(
    "checklists",
    "one thing that a refund application, an opening or a review asks for: there, missing, or not known",
    ("checklist", "store", "case_key", "item_no"),
    (
        *of("choice", "checklist"),
        *of("text", "store"),
        *of("choice", "case_kind"),
        *of("count", "item_no"),
        *of("choice", "check_item", "check_state"),
        *of("text", "found", "account"),
        *of("fen", "found_fen"),
        *of("text", "currency"),
        *of("choice", "case_state", "check_step"),
        *of("text", "check_row"),
        *of("id", "case_key"),
    ),
)

CHECKLIST_TABLES = (DOCUMENTS, CHECKLISTS)
