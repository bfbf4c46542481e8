"""The same facts by row, by open item and by store: what a report shows, and what proves that nothing was lost."""

from __future__ import annotations

import polars as pl

from toolkit.reconcile.accounts import same_tail, tail
from toolkit.reconcile.deposit_claims import Payments
from toolkit.reconcile.deposit_evidence import Notices
from toolkit.schema.deposits import DEPOSIT_CONTROL, DEPOSIT_ROWS, DEPOSIT_STORES, OPEN_ITEMS

__all__ = ["control", "open_items", "row_fates", "store_rows"]

_OPEN = (
    "overdue", "possibly_overdue", "not_assessable", "approved_waiting", "received_short", "received_over", "ambiguous",
)  # fmt: skip
_ROW_STEPS = {
    "unexplained_credit": "ask_source", "unexplained_debit": "ask_source", "to_confirm": "confirm_row",
    "paid_twice": "expect_clawback", "unclassified": "class_row",
}  # fmt: skip
_STORE_STATES = (
    "ambiguous", "overdue", "possibly_overdue", "duplicate", "received_short", "not_assessable", "received_over",
    "rejected", "blocked", "unverified", "ready", "applied", "approved_waiting", "unfunded", "held", "received_early",
    "received_full", "closed",
)  # fmt: skip
"""The most urgent first: a store is in the state of its most urgent case."""


def row_fates(
    moves: pl.DataFrame, bill: pl.DataFrame, claims: pl.DataFrame, payments: Payments, debits: pl.DataFrame
) -> pl.DataFrame:
    """Every bill row and every ledger row once (`DEPOSIT_ROWS`), with what became of it and the case it belongs to.

    Bill: not_deposit, paid_case, paid_twice, ambiguous, in_ledger, counted_with_other, unexplained_credit,
    unexplained_debit, to_confirm (a deposit's amount, no word), no_money, after_as_of. Ledger: see `movements`.
    """
    owner = claims.select("case_key", claim="id")
    paid = payments.pairs.select(row_key="credit_id", claim="expected_id", fate=pl.lit("paid_case"))
    twice = payments.twice.select(row_key="id", claim="claim", fate=pl.lit("paid_twice"))
    unsure = payments.ambiguous_ids.filter(pl.col("match_side") == "credit").select(
        row_key="id", claim=pl.lit(None, pl.String), fate=pl.lit("ambiguous")
    )
    known = debits.select("row_key", claim=pl.lit(None, pl.String), fate=pl.lit("in_ledger"))
    used = pl.concat([paid, twice, unsure, known]).unique("row_key", keep="first", maintain_order=True)
    told = bill.join(used.join(owner, on="claim", how="left"), on="row_key", how="left").with_columns(
        row_side=pl.lit("bill"), row_fate=_bill_fate()
    )
    ledger_case = claims.filter(pl.col("ledger_row").is_not_null()).select("case_key", row="ledger_row")
    ledger = moves.filter(pl.col("provider") != "store_file").join(
        ledger_case.unique("row", keep="first", maintain_order=True), on="row", how="left"
    )
    both = [DEPOSIT_ROWS.conform(told), DEPOSIT_ROWS.conform(ledger.with_columns(row_side=pl.lit("ledger")))]
    return pl.concat(both).sort("row_side", "store", "booked_on", "row_key", nulls_last=True)


def _bill_fate() -> pl.Expr:
    kind, amount = pl.col("deposit_kind"), pl.col("amount_fen")
    is_deposit = (kind != "other") & (pl.col("via") != "no_words")
    return (
        pl.when("is_late")
        .then(pl.lit("after_as_of"))
        .when(pl.col("fate").is_not_null())
        .then("fate")
        .when(~is_deposit)
        .then(pl.lit("not_deposit"))
        .when(pl.col("counted_with").is_not_null())
        .then(pl.lit("counted_with_other"))
        .when(kind == "possible_deposit")
        .then(pl.lit("to_confirm"))
        .when((amount > 0) | (amount.is_null() & (kind == "thaw") & (pl.col("stated_fen") > 0)))
        .then(pl.lit("unexplained_credit"))
        .when((amount < 0) | (amount.is_null() & (kind == "freeze") & (pl.col("stated_fen") > 0)))
        .then(pl.lit("unexplained_debit"))
        .otherwise(pl.lit("no_money"))
    )


def control(rows: pl.DataFrame) -> pl.DataFrame:
    """The money of all rows by side, store, currency, class and fate (`DEPOSIT_CONTROL`)."""
    key = list(DEPOSIT_CONTROL.key)
    sums = rows.group_by(key).agg(rows=pl.len().cast(pl.Int64), amount_fen=pl.col("amount_fen").sum())
    return DEPOSIT_CONTROL.conform(sums).sort(key, nulls_last=True)


def open_items(
    cases: pl.DataFrame, rows: pl.DataFrame, taken: Notices, stores: pl.DataFrame, payments: Payments
) -> pl.DataFrame:
    """Everything not settled (`OPEN_ITEMS`), the latest first.

    amount_fen: what is still to come (claim, gap negative money: positive here), or the figure of the row asked about.
    store: of a row its case's, else the only store that is known to use its account; null: nobody knows whose it is.
    """
    items = pl.concat(
        [_of_cases(cases), _of_rows(_with_stores(rows, cases)), _of_notices(taken), _of_balances(stores)],
        how="diagonal",
    )
    told = OPEN_ITEMS.conform(items)
    return told.sort(
        "late_days", "due_on", "store", "item_key", descending=[True, False, False, False], nulls_last=True
    )


def _of_cases(cases: pl.DataFrame) -> pl.DataFrame:
    gap = pl.col("gap_fen")
    left = pl.col("expected_fen") - pl.col("actual_fen").fill_null(0)
    is_over = pl.col("case_state") == "received_over"
    settled = (pl.col("case_state") == "received_short") & (pl.col("case_rule") == "explained")
    return cases.filter(pl.col("case_state").is_in(_OPEN), ~settled).select(
        "case_key", "store", "account", "currency", "case_state", "due_on", "late_days", "ageing", "needs_file",
        "next_step",
        item_key=pl.concat_str(pl.lit("case|"), "case_key"),
        item_kind=pl.when(gap.is_not_null() & (gap != 0)).then(pl.lit("gap")).otherwise(pl.lit("refund_due")),
        amount_fen=pl.when(is_over).then(gap).otherwise(left),
        on=pl.coalesce("approved_on", "submitted_on"),
        item_row=pl.coalesce("bill_row", "case_row", "ledger_row"),
    )  # fmt: skip


def _with_stores(rows: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Rows that name no store, with their case's, else with the only store whose deposit returns to their account."""
    by_case = cases.select("case_key", case_store="store").unique("case_key")
    tails = cases.select(theirs=tail(pl.col("account")), whose="store").drop_nulls().unique()
    seen = rows.select("account", mine=tail(pl.col("account"))).drop_nulls().unique()
    fits = seen.join(same_tail(seen["mine"], tails["theirs"]), on="mine").join(tails, on="theirs")
    only = fits.group_by("account").agg(pl.col("whose").unique()).filter(pl.col("whose").list.len() == 1)
    return (
        rows.join(by_case, on="case_key", how="left")
        .join(only.with_columns(pl.col("whose").list.first()), on="account", how="left")
        .with_columns(store=pl.coalesce("store", "case_store", "whose"))
        .drop("case_store", "whose")
    )


def _of_rows(rows: pl.DataFrame) -> pl.DataFrame:
    place = pl.concat_str("source_file", "source_sheet", pl.col("source_row").cast(pl.String), separator=" › ",
                          ignore_nulls=True)  # fmt: skip
    state = pl.when(pl.col("row_fate") == "paid_twice").then(pl.lit("duplicate")).otherwise("row_fate")
    return rows.filter(pl.col("row_fate").is_in(list(_ROW_STEPS))).select(
        "case_key", "store", "account", "currency",
        item_key=pl.concat_str(pl.lit("row|"), "row_side", pl.lit("|"), "row_key"),
        item_kind=pl.lit("row"),
        case_state=state,
        amount_fen=pl.coalesce("amount_fen", "stated_fen").abs(),
        on="booked_on",
        next_step=pl.col("row_fate").replace_strict(_ROW_STEPS, return_dtype=pl.String),
        item_row=pl.when(place != "").then(place),
    )  # fmt: skip


def _of_notices(taken: Notices) -> pl.DataFrame:
    return taken.without.select(
        "store", "currency", "amount_fen", "on",
        item_key=pl.concat_str(pl.lit("notice|"), "row_key"),
        item_kind=pl.lit("deduction_without_notice"),
        case_state=pl.lit("unexplained_debit"),
        next_step=pl.lit("ask_notice"),
    )  # fmt: skip


def _of_balances(stores: pl.DataFrame) -> pl.DataFrame:
    return stores.filter(pl.col("balance_gap_fen") != 0).select(
        "store", "currency",
        item_key=pl.concat_str(pl.lit("balance|"), pl.col("store").fill_null("-"), pl.lit("|"),
                               pl.col("currency").fill_null("-")),
        item_kind=pl.lit("balance_gap"),
        amount_fen="balance_gap_fen",
        next_step=pl.lit("check_ledger"),
        item_row="balance_broken_at",
    )  # fmt: skip


def store_rows(stores: pl.DataFrame, cases: pl.DataFrame, items: pl.DataFrame, taken: Notices) -> pl.DataFrame:
    """One row per store and currency (`DEPOSIT_STORES`); stores that only a case tells of have no identity.

    Sums over cases: 0 where no case is of that kind, null where there is one and its amount is not known. arrived_fen:
    what bills show; 0 only of cases that are overdue, whose days a bill covers; null where nothing can be said.
    """
    on = ["store", "currency"]
    state, left = pl.col("case_state"), pl.col("expected_fen") - pl.col("actual_fen").fill_null(0)
    rank = state.replace_strict({name: n for n, name in enumerate(_STORE_STATES)}, default=len(_STORE_STATES))
    by_state = {"waiting_fen": ("approved_waiting",), "overdue_fen": ("overdue", "possibly_overdue")}
    dues = cases.sort("case_key").group_by(on).agg(
        account=pl.col("account").drop_nulls().first(),
        due_fen=_known_sum(pl.col("expected_fen"), state.is_in([*_OPEN, "received_full", "received_early", "duplicate"])),
        arrived_fen=_known_sum(
            pl.when(state.is_in(["overdue", "possibly_overdue"])).then(pl.col("actual_fen").fill_null(0)).otherwise("actual_fen"),
            pl.lit(True),
        ),
        **{name: _known_sum(left, state.is_in(list(states))) for name, states in by_state.items()},
        not_assessable_fen=_known_sum(left, state == "not_assessable"),
        short_fen=_known_sum(left, state == "received_short"),
        surplus_fen=pl.col("surplus_fen").sum(),
        cases=pl.len().cast(pl.Int64),
        store_state=state.sort_by(rank, "case_key").first(),
        next_step=pl.col("next_step").sort_by(rank, "case_key").first(),
    )  # fmt: skip
    counts = items.group_by(on).agg(open_items=pl.len().cast(pl.Int64))
    without = taken.without.group_by(on).agg(without_notice_fen=pl.col("amount_fen").sum())
    pending = taken.pending.group_by(on).agg(not_yet_deducted_fen=pl.col("amount_fen").sum())
    rows = stores.join(dues, on=on, how="full", coalesce=True, nulls_equal=True)
    for more in (counts, without, pending):
        rows = rows.join(more, on=on, how="left", nulls_equal=True)
    rows = rows.join(taken.known.with_columns(has_fines=True), on="store", how="left", nulls_equal=True)
    known = ("without_notice_fen", "not_yet_deducted_fen")
    is_final = (pl.col("deposit_balance_fen") == 0) & pl.col("store_state").is_in(["received_full", "received_early"])
    done = is_final & (pl.col("open_items").fill_null(0) == 0)
    return DEPOSIT_STORES.conform(
        rows.with_columns(
            pl.col("open_items").fill_null(0),
            *(pl.when("has_fines").then(pl.col(name).fill_null(0)).otherwise(name).alias(name) for name in known),
            store_state=pl.when(done.fill_null(False)).then(pl.lit("closed")).otherwise("store_state"),
        )
    ).sort(on, nulls_last=True)


def _known_sum(amount: pl.Expr, counts: pl.Expr) -> pl.Expr:
    """The sum of the amounts that count and are known; null where some count and none is known."""
    chosen = amount.filter(counts)
    return pl.when(chosen.is_not_null().any() | (chosen.len() == 0)).then(chosen.sum())
