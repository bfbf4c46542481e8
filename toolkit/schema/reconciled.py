"""Tables that reconciliation makes: what each row is taken for, what it was matched with, and what stayed alone."""

from __future__ import annotations

from toolkit.schema.table import Table, of

__all__ = ["ALONE", "AMBIGUOUS", "CLASSIFIED", "CONTROL", "MATCHES", "RECONCILED_TABLES", "SPLITS"]

CLASSIFIED = Table(
    "classified",
    "what one bill row is taken for (added to the columns of bill_rows)",
    ("row_key",),
    (*of("id", "row_key"), *of("choice", "deposit_kind", "via"), *of("id", "counted_with")),
)

_PAIR = (
    *of("choice", "layer", "match_verdict"),
    *of("id", "expected_id", "credit_id"),
    *of("text", "store", "account", "currency"),
    *of("fen", "expected_fen", "credit_fen", "gap_fen"),
    *of("day", "expected_on", "credit_on"),
    *of("days", "lag_days", "lag_working_days"),
    *of("flag", "is_provisional"),
)

MATCHES = Table(
    "matches",
    "one credit and the claim it pays; a claim paid in legs has a row per leg",
    ("credit_id",),
    (*of("choice", "pair_kind"), *_PAIR, *of("count", "legs", "rivals"), *of("id", "shared_id")),
)

AMBIGUOUS = Table(
    "ambiguous",
    "one pair that stands in one of several equally good answers",
    ("answer_group", "expected_id", "credit_id"),
    (*of("count", "answer_group", "answers", "pays"), *_PAIR),
)

SPLITS = Table(
    "splits",
    "one credit of one suggestion of how a claim may have been paid in parts",
    ("expected_id", "split_no", "credit_id"),
    (*of("count", "split_no", "answers"), *_PAIR, *of("count", "legs")),
)

ALONE = Table(
    "alone",
    "one claim or credit that no match uses, and why",
    ("match_side", "id"),
    (
        *of("choice", "match_side"),
        *of("id", "id"),
        *of("text", "store", "account", "currency"),
        *of("fen", "amount_fen"),
        *of("day", "on"),
        *of("choice", "alone_because"),
        *of("id", "fits_id"),
    ),
)

CONTROL = Table(
    "control",
    "one side, store and currency: its money is matched, ambiguous, alone or excluded, and nothing else",
    ("match_side", "store", "currency"),
    (
        *of("choice", "match_side"),
        *of("text", "store", "currency"),
        *of("count", "rows"),
        *of("fen", "total_fen", "matched_fen", "ambiguous_fen", "alone_fen", "excluded_fen"),
    ),
)

RECONCILED_TABLES = (CLASSIFIED, MATCHES, AMBIGUOUS, SPLITS, ALONE, CONTROL)
