"""Was what was taken from a deposit announced, and does the bill's money out stand in the ledger?

Every fine needs evidence of its own: a notice with number, day and amount. A deduction without one is unexplained; a
notice that is confirmed and not yet deducted explains why less will come back. Without a list of fines neither is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from toolkit.reconcile.accounts import tail
from toolkit.reconcile.match import MatchOptions, match
from toolkit.schema import FINES
from toolkit.workdays import WorkCalendar

__all__ = ["Notices", "bill_debits", "notices"]

_TAKEN = ("fine", "compensation")
_FINE_DAYS = 30
_PAY_DAYS = 5
"""Days apart on which two files may tell the same deduction or payment: ours, no rule of the platform's."""


@dataclass(frozen=True)
class Notices:
    """Deductions of the ledger held against the list of fines."""

    known: pl.DataFrame
    """store: those of which there is a list of fines."""
    without: pl.DataFrame
    """Ledger rows (row_key, store, currency, amount_fen positive, on) of these stores that no notice explains."""
    pending: pl.DataFrame
    """store, currency, amount_fen of each notice that is final and not deducted yet."""
    listed: pl.DataFrame
    """store, listed: the amounts of those notices."""


def notices(moves: pl.DataFrame, fines: pl.DataFrame | None, lists: pl.DataFrame, *, calendar: WorkCalendar) -> Notices:
    """Match what the ledger took with the notices: by number, else by amount and day.

    Args:
        lists: `LIST_COVERAGE`: of which stores there is a list of fines. One of nobody's store may be anybody's.
    """
    deducted = moves.filter(pl.col("part").is_in(_TAKEN), pl.col("value_fen") < 0)
    claims = deducted.select(
        "store", "currency", id="row_key", amount_fen=-pl.col("value_fen"), on="booked_on", keys=_keys("reference")
    )
    listed = FINES.conform(fines) if fines is not None else FINES.empty()
    final = listed.filter(pl.col("fine_state").is_in(["confirmed", "deducted"]) | pl.col("fine_state").is_null())
    numbered = (
        final.sort(FINES.key, nulls_last=True)
        .with_row_index("id")
        .with_columns(pl.concat_str(pl.lit("notice "), "id").alias("id"))
    )
    credits = numbered.select("store", "currency", "amount_fen", "id", on="booked_on", keys=_keys("notice_no"))
    options = MatchOptions(window_days=_FINE_DAYS, early_days=_FINE_DAYS, split_legs=1)
    found = match(claims, credits, calendar=calendar, options=options)
    # Two equally good notices leave no doubt that there is one.
    alone = found.unmatched.filter(pl.col("match_side") == "expected")
    left = found.unmatched.filter(pl.col("match_side") == "credit")
    pending = numbered.filter(pl.col("fine_state").is_not_null()).join(left, on="id", how="semi")
    given = lists.filter("is_given", pl.col("list_name") == "fines")["store"]
    known = (
        moves.select("store")
        .unique()
        .filter(pl.col("store").is_in(given.drop_nulls().implode()).fill_null(False) | pl.lit(given.has_nulls()))
    )
    return Notices(
        known=known,
        without=alone.join(known, on="store", how="semi", nulls_equal=True).rename({"id": "row_key"}),
        pending=pending.select("store", "currency", "amount_fen"),
        listed=pending.group_by("store").agg(listed=pl.col("amount_fen").sort()),
    )


def _keys(name: str) -> pl.Expr:
    sound = pl.when(~pl.col("is_suspect_id").fill_null(False)).then(name)
    return pl.concat_list(sound).list.drop_nulls()


def bill_debits(moves: pl.DataFrame, bill: pl.DataFrame, *, calendar: WorkCalendar) -> pl.DataFrame:
    """ledger_key, row_key: payments, top-ups and deductions of the ledger found again in a bill, each row used once."""
    told = moves.filter(pl.col("part").is_in(["pay", "top_up", *_TAKEN]), pl.col("value_fen") != 0)
    claims = told.select(
        "store", "currency", id="row_key", amount_fen=pl.col("value_fen").abs(), on="booked_on", keys=_keys("reference")
    )
    out = bill.filter(
        ~pl.col("deposit_kind").is_in(["other", "refund", "thaw"]), pl.col("counted_with").is_null(), ~pl.col("is_late"),
        (pl.col("amount_fen") < 0) | (pl.col("amount_fen").is_null() & (pl.col("deposit_kind") == "freeze")),
    )  # fmt: skip
    credits = out.select(
        "store", "currency", account=tail(pl.col("account")), id="row_key",
        amount_fen=pl.coalesce("amount_fen", "stated_fen").abs(), on="booked_on", keys=_keys("row_id"),
    )  # fmt: skip
    options = MatchOptions(window_days=_PAY_DAYS, early_days=_PAY_DAYS, split_legs=1)
    found = match(claims, credits, calendar=calendar, options=options)
    return found.pairs.filter(pl.col("gap_fen") == 0).select(ledger_key="expected_id", row_key="credit_id")
