"""What is owed for a deposit, and which credit paid it?

A case is an application for a deposit, or a store's deposit for which nobody applied yet. What it may claim is the
balance when it began: all that was paid and taken before the next case, less the refunds of cases before. Where the
ledger names the refund itself, that is what must arrive; otherwise the whole claim.

All stores are matched together, because several deposits of 10,000.00 may return to one account. First with every
credit that could be one; a credit without a word about a deposit counts only if its amount is exactly a claim. Then a
credit that does say it returns a deposit may pay a claim it does not equal: short or over, never matched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from toolkit.reconcile.accounts import tail
from toolkit.reconcile.cases import DEPOSIT, case_keys, pointer
from toolkit.reconcile.match import Matches, MatchOptions, match
from toolkit.reconcile.sides import credits_of_bill
from toolkit.schema import STORE_FILE
from toolkit.settings import Cases
from toolkit.workdays import WorkCalendar

__all__ = ["Payments", "claims_of", "deposit_cases", "pay_claims", "with_claimed_amounts"]

_WORDED = ("refund", "thaw", "unknown")
_LONG_AGO = date(1970, 1, 1)
_ON = ["store", "currency"]


def deposit_cases(
    applications: pl.DataFrame | None,
    stores: pl.DataFrame,
    store_file: pl.DataFrame | None,
    *,
    as_of: date,
) -> pl.DataFrame:
    """One row per deposit case, with begins_on (null: nobody applied) and next_begins_on of the store's next case.

    Days after `as_of` have not happened. A store without an application has one case all the same.

    Args:
        stores: the stores and currencies the ledger tells of.
    """
    told = case_keys(applications).filter(pl.col("case_kind") == DEPOSIT)
    days = ["submitted_on", "approved_on", "rejected_on"]
    applied = told.with_columns(pl.when(pl.col(day) <= as_of).then(day).alias(day) for day in days)
    file = STORE_FILE.conform(store_file) if store_file is not None else STORE_FILE.empty()
    every = pl.concat([stores.select(_ON), file.join(stores, on="store", how="anti").select(_ON)]).unique()
    only = every.sort(_ON, nulls_last=True).group_by("store", maintain_order=True).first()
    owned = applied.join(only, on="store", how="left", suffix="_ledger").with_columns(
        pl.coalesce("currency", "currency_ledger"), case_row=pointer(), applied_fen="amount_fen"
    )
    silent = every.join(owned, on=_ON, how="anti", nulls_equal=True).with_columns(
        case_key=pl.concat_str(
            pl.col("store").fill_null("-"), pl.lit(f"|{DEPOSIT}|"), pl.col("currency").fill_null("-")
        ),
        case_kind=pl.lit(DEPOSIT),
    )
    tails = file.group_by("store").agg(tail=pl.col("alipay_tail").drop_nulls().first())
    cases = pl.concat([owned, silent], how="diagonal").join(tails, on="store", how="left")
    begins = pl.coalesce("submitted_on", "approved_on", "rejected_on")
    return (
        cases.with_columns(account=pl.coalesce("account", "tail"), begins_on=begins)
        .sort("store", "currency", "begins_on", "case_key", nulls_last=True)
        .with_columns(next_begins_on=pl.col("begins_on").shift(-1).over(_ON))
    )


def claims_of(cases: pl.DataFrame, moves: pl.DataFrame, *, calendar: WorkCalendar, limits: Cases) -> pl.DataFrame:
    """One row per amount that must arrive: columns of a claim, case_key, expected_fen of its case, ledger rows.

    Every case is there, a case that claims nothing yet with is_claim false.
    """
    owned = _own_refunds(cases, moves)
    balance = _balances(cases, moves, owned)
    own = owned.select("case_key", ledger_on="booked_on", refund_fen=-pl.col("value_fen"), ledger_row="row",
                       reference=pl.when(~pl.col("is_suspect_id").fill_null(False)).then("reference"))  # fmt: skip
    rows = cases.join(balance, on="case_key", how="left").join(
        own.filter(pl.col("refund_fen") > 0), on="case_key", how="left"
    )
    is_closed = (
        pl.col("rejected_on").is_not_null() & (pl.col("approved_on") >= pl.col("rejected_on")).fill_null(False).not_()
    )
    has_refund = pl.col("refund_fen").is_not_null()
    nth = pl.int_range(1, pl.len() + 1).over("case_key", order_by=["ledger_on", "ledger_row"])
    on = pl.coalesce("approved_on", "ledger_on", "submitted_on")
    built = rows.with_columns(
        id=pl.when(has_refund).then(pl.concat_str("case_key", pl.lit("#"), nth)).otherwise("case_key"),
        expected_fen=pl.coalesce("balance_fen", "applied_fen"),
        on=on,
        is_claim=has_refund | (pl.coalesce("approved_on", "submitted_on").is_not_null() & ~is_closed),
        earliest=pl.min_horizontal("submitted_on", on - pl.duration(days=limits.early_days)),
        account=tail(pl.col("account")),
        keys=pl.concat_list(pl.coalesce("reference", "case_id")).list.drop_nulls(),
        base_keys=pl.concat_list("case_id").list.drop_nulls(),
    )
    latest = calendar.dues(built.select(pl.max_horizontal("on", "ledger_on"))["on"], limits.search_days)["due_latest"]
    return built.with_columns(amount_fen=pl.coalesce("refund_fen", "expected_fen"), latest=latest)


def _own_refunds(cases: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """Refunds the ledger names, with the case they belong to: the store's last one that had begun."""
    refunds = moves.filter(pl.col("part") == "refund", pl.col("booked_on").is_not_null())
    begun = cases.select("case_key", *_ON, begins=pl.col("begins_on").fill_null(_LONG_AGO))
    paired = refunds.join(begun, on=_ON, how="inner", nulls_equal=True).filter(pl.col("begins") <= pl.col("booked_on"))
    return paired.sort("begins", "case_key").unique("row_key", keep="last", maintain_order=True).sort("row_key")


def _balances(cases: pl.DataFrame, moves: pl.DataFrame, owned: pl.DataFrame) -> pl.DataFrame:
    """case_key, balance_fen: what a case may claim; no row where the ledger does not know the store."""
    counted = moves.filter(pl.col("value_fen").is_not_null()).join(
        owned.select("row_key", owner="case_key", owner_begins="begins"), on="row_key", how="left"
    )
    both = cases.select("case_key", *_ON, "begins_on", "next_begins_on").join(counted, on=_ON, nulls_equal=True)
    before_next = (pl.col("booked_on") < pl.col("next_begins_on")).fill_null(True)
    is_refund = pl.col("part") == "refund"
    # A refund of nobody's case was made before the first of them.
    earlier = (
        is_refund
        & (pl.col("owner") != pl.col("case_key")).fill_null(True)
        & (pl.col("owner_begins") < pl.col("begins_on")).fill_null(True)
    )
    counts = (~is_refund & before_next) | earlier
    return both.group_by("case_key").agg(balance_fen=pl.col("value_fen").filter(counts).sum())


@dataclass(frozen=True)
class Payments:
    """How claims were paid."""

    pairs: pl.DataFrame
    """`MATCHES`, and wordless: the credit has the amount and no word about a deposit."""
    ambiguous: pl.DataFrame
    ambiguous_ids: pl.DataFrame
    suggestions: pl.DataFrame
    twice: pl.DataFrame
    """Credits that fit a claim another credit paid: id, claim."""


def with_claimed_amounts(bill: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Bill rows; a credit no rule knows whose amount is exactly a claim's may be a deposit (via amount_of_a_claim)."""
    amounts = claims.filter("is_claim").select("amount_fen", "currency").drop_nulls().unique().with_columns(hit=True)
    fits = pl.col("hit").fill_null(False) & pl.col("via").is_in(["no_rule", "no_words"]) & (pl.col("amount_fen") > 0)
    joined = bill.join(amounts, on=["amount_fen", "currency"], how="left", maintain_order="left")
    return joined.with_columns(
        deposit_kind=pl.when(fits).then(pl.lit("possible_deposit")).otherwise("deposit_kind"),
        via=pl.when(fits).then(pl.lit("amount_of_a_claim")).otherwise("via"),
    ).drop("hit")


def pay_claims(claims: pl.DataFrame, bill: pl.DataFrame, *, calendar: WorkCalendar, limits: Cases) -> Payments:
    """Give the credits of all bills to the claims of all stores; a credit is used once."""
    due = claims.filter("is_claim", pl.col("amount_fen") > 0)
    worded = pl.col("deposit_kind").is_in(_WORDED) & (pl.col("via") != "no_words")
    figure = pl.when(pl.col("deposit_kind") == "thaw").then(pl.coalesce("amount_fen", "stated_fen"))
    usable = bill.filter(
        worded | (pl.col("deposit_kind") == "possible_deposit"), pl.col("counted_with").is_null(), ~pl.col("is_late")
    ).with_columns(amount_fen=pl.coalesce(figure, "amount_fen"), account=tail(pl.col("account")))
    credits = credits_of_bill(usable)
    options = MatchOptions(window_days=limits.search_days, early_days=limits.early_days)
    exact = match(due, credits, calendar=calendar, options=options)
    # A second credit of exactly what a case was paid says more than a gap that would have to be explained.
    again = _twice(exact, exact.pairs, usable.filter(worded))["id"].implode()
    spare = usable.filter(worded, ~pl.col("row_key").is_in(again))
    near = _nearly(due, credits_of_bill(spare), exact, calendar, limits)
    wordless = usable.filter(~worded)["row_key"].implode()
    pairs = pl.concat([exact.pairs, near.pairs]).with_columns(wordless=pl.col("credit_id").is_in(wordless))
    return Payments(
        pairs=pairs,
        ambiguous=_together(exact.ambiguous, near.ambiguous),
        ambiguous_ids=pl.concat([exact.ambiguous_ids, near.ambiguous_ids]),
        suggestions=exact.suggestions,
        twice=_twice(exact, pairs, usable.filter(worded)),
    )


def _nearly(due: pl.DataFrame, credits: pl.DataFrame, exact: Matches, calendar: WorkCalendar, limits: Cases) -> Matches:
    """What is left, with a gap allowed; a claim that may have been paid in parts is left to the person who asks."""
    free = exact.unmatched.select("id")
    claims = due.join(free, on="id", how="semi").join(
        exact.suggestions, left_on="id", right_on="expected_id", how="anti"
    )
    options = MatchOptions(
        window_days=limits.search_days, early_days=limits.early_days, tolerance_fen=limits.gap_fen, split_legs=1
    )
    return match(claims, credits.join(free, on="id", how="semi"), calendar=calendar, options=options)


def _together(one: pl.DataFrame, two: pl.DataFrame) -> pl.DataFrame:
    shift = int(one["answer_group"].max() or 0)  # type: ignore[arg-type]
    return pl.concat([one, two.with_columns(pl.col("answer_group") + shift)])


def _twice(exact: Matches, pairs: pl.DataFrame, worded: pl.DataFrame) -> pl.DataFrame:
    left = exact.unmatched.filter(
        pl.col("match_side") == "credit", pl.col("alone_because").is_in(["same_key_used", "used_by_other"])
    )
    paid = exact.pairs.select(fits_id="expected_id").unique()
    return (
        left.join(pairs.select("credit_id"), left_on="id", right_on="credit_id", how="anti")
        .join(worded.select(id="row_key"), on="id", how="semi")
        .join(paid, on="fits_id", how="semi")
        .select("id", "amount_fen", claim="fits_id")
        .sort("id")
    )
