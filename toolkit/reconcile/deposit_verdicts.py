"""In which state is each deposit case, by what evidence, and what is to be done next?

The money decides first: what arrived, in full, short, over, early or twice. Where nothing arrived, the days decide, and
only if the bills would have shown it: otherwise the case is not assessable, and says which file would settle it. Where
nobody has applied, the preconditions decide, of which unknown never counts as true.

States are tried in the order of `STATES`; the first whose evidence is there is the state.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.reconcile.accounts import tail
from toolkit.reconcile.cases import clock
from toolkit.reconcile.deposit_claims import Payments
from toolkit.reconcile.preconditions import CHECKS
from toolkit.reconcile.windows import uncovered
from toolkit.schema.deposits import CASES
from toolkit.settings import Cases
from toolkit.workdays import WorkCalendar

__all__ = ["STATES", "verdicts"]

STATES = (
    "ambiguous", "duplicate", "received_short", "received_over", "received_early", "received_full",
    "not_assessable", "overdue", "possibly_overdue", "approved_waiting", "rejected", "applied",
    "closed", "unfunded", "blocked", "ready", "held", "unverified",
)  # fmt: skip

_NEXT = {
    "ambiguous": "choose", "duplicate": "expect_clawback", "received_short": "dispute_gap",
    "received_over": "ask_surplus", "received_early": "done", "received_full": "done",
    "not_assessable": "bring_bill", "overdue": "contact_service", "possibly_overdue": "check_holidays",
    "approved_waiting": "wait_until_due", "rejected": "settle_and_reapply", "applied": "wait_for_review",
    "closed": "done", "unfunded": "pay_deposit", "blocked": "settle_first", "ready": "apply", "held": "nothing_due",
    "unverified": "bring_list",
}  # fmt: skip


def verdicts(
    claims: pl.DataFrame,
    payments: Payments,
    checks: pl.DataFrame,
    stores: pl.DataFrame,
    bills: pl.DataFrame,
    pointers: pl.DataFrame,
    *,
    as_of: date,
    calendar: WorkCalendar,
    limits: Cases,
) -> pl.DataFrame:
    """One row per deposit case (`CASES`).

    Args:
        claims: of `claims_of`.
        checks: of `preconditions`, per store, and whether any list was given at all (any_list).
        stores: of `identity`, with explained gaps (listed_fen: fines listed and not deducted yet).
        bills: `BILL_COVERAGE`.
        pointers: row_key, row: where each bill row was read.
    """
    paid = _paid(claims, payments, pointers)
    timed = _timed(paid, as_of=as_of, calendar=calendar, limits=limits)
    covered = _with_coverage(timed, bills, as_of=as_of, lag_days=limits.bill_lag_days)
    known = covered.join(checks, on="store", how="left", nulls_equal=True).join(
        stores.select("store", "currency", "paid_fen", "top_up_fen", "returned_fen", "deposit_balance_fen", "listed"),
        on=["store", "currency"], how="left", nulls_equal=True,
    )  # fmt: skip
    told = known.with_columns(explained_fen=_explained()).with_columns(case_state=_state(limits))
    return CASES.conform(_advised(told)).sort("store", "submitted_on", "case_key", nulls_last=True)


def _paid(claims: pl.DataFrame, payments: Payments, pointers: pl.DataFrame) -> pl.DataFrame:
    """Claims put together per case, with what arrived for them."""
    legs = payments.pairs.join(pointers, left_on="credit_id", right_on="row_key", how="left")
    arrived = legs.group_by(id="expected_id").agg(
        arrived_fen=pl.col("credit_fen").sum(),
        first_on=pl.col("credit_on").min(),
        last_on=pl.col("credit_on").max(),
        layer=pl.col("layer").min(),
        bill_row=pl.col("row").sort().str.join("; "),
        wordless=pl.col("wordless").any(),
    )
    twice = payments.twice.group_by(id="claim").agg(twice_fen=pl.col("amount_fen").sum())
    unsure = payments.ambiguous_ids.filter(pl.col("match_side") == "expected").select("id", unsure=True).unique()
    split = payments.suggestions.group_by(id="expected_id").agg(split=pl.col("match_verdict").first())
    rows = claims
    for more in (arrived, twice, unsure, split):
        rows = rows.join(more, on="id", how="left", maintain_order="left")
    facts = [
        "store", "case_kind", "case_id", "account", "currency", "submitted_on", "approved_on", "rejected_on",
        "case_row", "applied_fen", "expected_fen", "balance_fen",
    ]  # fmt: skip
    return rows.group_by("case_key", maintain_order=True).agg(
        *(pl.col(name).first() for name in facts),
        actual_fen=pl.when(pl.col("arrived_fen").is_not_null().any()).then(pl.col("arrived_fen").sum()),
        credited_on=pl.col("last_on").max(),
        first_on=pl.col("first_on").min(),
        layer=pl.col("layer").min(),
        bill_row=pl.col("bill_row").drop_nulls().str.join("; "),
        ledger_row=pl.col("ledger_row").drop_nulls().sort().str.join("; "),
        ledger_on=pl.col("ledger_on").min(),
        twice_fen=pl.col("twice_fen").sum(),
        is_unsure=(pl.col("unsure").fill_null(False) | (pl.col("split") == "ambiguous_split").fill_null(False)).any(),
        has_split=(pl.col("split") == "suggested_split").any().fill_null(False),
        is_complete=(~pl.col("is_claim") | pl.col("arrived_fen").is_not_null()).all(),
        is_wordless=pl.col("wordless").any().fill_null(False),
    )


def _timed(cases: pl.DataFrame, *, as_of: date, calendar: WorkCalendar, limits: Cases) -> pl.DataFrame:
    """The limit runs from approval (else from the refund the ledger names); before it, only the age is counted."""
    approved = _approved()
    started = pl.coalesce(pl.when(approved).then(pl.coalesce("approved_on", "ledger_on")), "submitted_on")
    done = pl.when(pl.col("is_complete") & pl.col("actual_fen").is_not_null()).then("credited_on")
    return clock(
        cases.with_columns(
            started_on=started,
            ended_on=pl.coalesce(done, pl.when(_rejected()).then("rejected_on")),
            days_min=pl.when(approved).then(limits.refund_days_min),
            days_max=pl.when(approved).then(limits.refund_days_max),
        ),
        as_of=as_of,
        calendar=calendar,
    )


def _approved() -> pl.Expr:
    return (pl.col("approved_on").is_not_null() & ~_rejected()) | pl.col("ledger_on").is_not_null()


def _rejected() -> pl.Expr:
    """Turned down, and not approved on that day or later."""
    return pl.col("rejected_on").is_not_null() & (pl.col("approved_on") < pl.col("rejected_on")).fill_null(True)


def _with_coverage(cases: pl.DataFrame, bills: pl.DataFrame, *, as_of: date, lag_days: int) -> pl.DataFrame:
    """Whether bills cover approval to `as_of`; a bill may end a few days (`lag_days`) before it."""
    last = as_of - timedelta(days=lag_days)
    open_ = cases.filter(pl.col("started_on").is_not_null())
    windows = open_.select(
        "store", account=tail(pl.col("account")), id="case_key", first=pl.min_horizontal("started_on", pl.lit(last)),
        last=pl.lit(last),
    )  # fmt: skip
    found = uncovered(windows, bills).select("uncovered", case_key="id")
    return cases.join(found, on="case_key", how="left", maintain_order="left")


def _explained() -> pl.Expr:
    """The gap, where fines that are listed and not deducted yet make exactly this gap, one of them or all."""
    gap = pl.col("expected_fen") - pl.col("actual_fen")
    listed = pl.col("listed").fill_null([])
    fits = (gap > 0) & (listed.list.contains(gap) | (listed.list.sum() == gap))
    return pl.when(fits.fill_null(False)).then(gap)


def _state(limits: Cases) -> pl.Expr:
    gap, arrived = pl.col("actual_fen") - pl.col("expected_fen"), pl.col("actual_fen").is_not_null()
    due = _approved() & ~pl.col("is_complete")
    late = due & pl.col("is_late").fill_null(True)
    idle = pl.col("submitted_on").is_null() & ~_approved() & ~_rejected()
    funded = pl.col("paid_fen").fill_null(0) + pl.col("top_up_fen").fill_null(0)
    checks = [pl.col(name) for name in CHECKS.values()]
    nothing_left = (pl.col("deposit_balance_fen") == 0) & (pl.col("returned_fen") > 0)
    early = (pl.col("credited_on") < pl.col("approved_on")) | (pl.col("credited_on") < pl.col("due_from_on"))
    evidence = {
        "ambiguous": pl.col("is_unsure"),
        "duplicate": pl.col("twice_fen") > 0,
        "received_short": arrived & pl.col("is_complete") & (gap < 0),
        "received_over": arrived & pl.col("is_complete") & (gap > 0),
        "received_early": arrived & pl.col("is_complete") & (early | ~_approved()),
        "received_full": arrived & pl.col("is_complete"),
        "closed": ~idle & pl.col("expected_fen").is_not_null() & (pl.col("expected_fen") <= 0) & _approved(),
        "not_assessable": (late & pl.col("uncovered").is_not_null())
        | (_approved() & ~arrived & pl.col("expected_fen").is_null()),
        "overdue": late & pl.col("is_late").is_not_null(),
        "possibly_overdue": late,
        "approved_waiting": _approved(),
        "rejected": _rejected(),
        "applied": ~idle,
    }
    without = {
        "closed": nothing_left,
        "unfunded": funded < limits.deposit_fen,
        "blocked": pl.any_horizontal(~check for check in checks),
        "ready": pl.all_horizontal(checks) & (pl.col("deposit_balance_fen") > 0),
        "held": ~pl.col("any_list"),
    }
    found = [
        pl.when(is_so.fill_null(False)).then(pl.lit(name)) for name, is_so in [*evidence.items(), *without.items()]
    ]
    return pl.coalesce(*found, pl.lit("unverified"))


def _advised(cases: pl.DataFrame) -> pl.DataFrame:
    """Rule, gap, file asked for and next step beside the state."""
    state, gap = pl.col("case_state"), pl.col("actual_fen") - pl.col("expected_fen")
    is_short, is_early = state == "received_short", state == "received_early"
    before_approval = (pl.col("credited_on") < pl.col("approved_on")).fill_null(True)
    rule = (
        pl.when(is_short)
        .then(pl.when(pl.col("explained_fen").is_not_null()).then(pl.lit("explained")).otherwise(pl.lit("dispute")))
        .when(is_early)
        .then(pl.when(before_approval).then(pl.lit("before_approval")).otherwise(pl.lit("before_first_day")))
        .when(pl.col("actual_fen").is_not_null())
        .then(pl.when("is_wordless").then(pl.lit("amount_only")).otherwise(pl.lit("arrived")))
        .when(state.is_in(["blocked", "ready", "unverified", "held"]))
        .then(pl.lit("preconditions"))
        .when(state.is_in(["closed", "unfunded"]))
        .then(pl.lit("identity"))
        .when(pl.col("approved_on").is_null() & pl.col("ledger_on").is_not_null())
        .then(pl.lit("ledger_refund"))
        .otherwise(pl.lit("working_days"))
    )
    step = (
        pl.when(pl.col("has_split") & pl.col("actual_fen").is_null())
        .then(pl.lit("check_parts"))
        .when(is_short & pl.col("explained_fen").is_not_null())
        .then(pl.lit("done"))
        .when(is_early & before_approval)
        .then(pl.lit("check_link"))
        .when(pl.col("is_wordless") & state.is_in(["received_full", "received_early"]))
        .then(pl.lit("confirm_credit"))
        .otherwise(state.replace_strict(_NEXT, default=None, return_dtype=pl.String))
    )
    wants_bill, no_ledger = state == "not_assessable", pl.col("balance_fen").is_null()
    surplus = pl.when(gap > 0).then(gap).otherwise(0) + pl.col("twice_fen")
    return cases.with_columns(
        case_rule=rule,
        next_step=step,
        gap_fen=gap,
        surplus_fen=pl.when(surplus > 0).then(surplus),
        needs_file=pl.when(wants_bill)
        .then(pl.when(pl.col("expected_fen").is_not_null()).then("uncovered").otherwise(pl.lit("deposit_ledger")))
        .when(state.is_in(["unverified"]))
        .then("needs_list")
        .when((state == "unfunded") & no_ledger)
        .then(pl.lit("deposit_ledger")),
        **{name: pl.when(pl.col(name) != "").then(name) for name in ("bill_row", "ledger_row")},
    )
