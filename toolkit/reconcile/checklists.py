"""What must be at hand before somebody applies for a deposit, opens a store or waits for a review, and is it?

The seller guide names the things; each is there, missing, or not known, and says where that was read. Nothing is taken
for there because nobody said otherwise. For the refund: nothing open, the reason, the amount, the bound account, a phone
that is answered; a wrong amount goes to support. For the opening: a company and no sole trader, an e-mail never used,
Chrome or Edge, one fully-managed store per self-run store, the reviews in turn, the deposit.
"""

from __future__ import annotations

import polars as pl

from toolkit.reconcile.cases import DEPOSIT, case_keys, pointer
from toolkit.reconcile.preconditions import CHECKS
from toolkit.reconcile.review_list import item, review_list, yes_no
from toolkit.schema import STORE_FILE
from toolkit.schema.checklists import CHECKLISTS
from toolkit.settings import Cases

__all__ = ["checklists"]

_TO_APPLY = ("held", "unverified", "blocked", "ready", "rejected", "applied", "received_short", "received_over")
"""States of a deposit for which the application is still to be filled in, or was and came out wrong."""
_NOT_ASKED = ("unfunded", "held", "unverified", "blocked", "ready")
_STAGES = ("company_certification", "business_information", "fund_account")
_BROWSERS = r"(?i)chrome|edge|谷歌"


def checklists(
    cases: pl.DataFrame,
    moves: pl.DataFrame,
    lists: pl.DataFrame,
    *,
    applications: pl.DataFrame | None,
    store_file: pl.DataFrame | None,
    documents: pl.DataFrame | None,
    limits: Cases,
) -> pl.DataFrame:
    """One row per thing to be checked (`CHECKLISTS`): refund applications, then openings, then reviews.

    Args:
        cases: `CASES`, of deposits and reviews.
        moves: of `movements`: where the amounts of the deposit were read.
        lists: `LIST_COVERAGE`.
        documents: `schema.checklists.DOCUMENTS`; None: nobody looked.
    """
    given = case_keys(applications).select("case_key", "reason", "documents_complete", "documents_match")
    told = cases.join(given.unique("case_key"), on="case_key", how="left", maintain_order="left")
    stores = _stores(store_file)
    parts = [
        _refund_forms(told, stores, _read_at(moves), lists),
        _openings(told, stores, _read_at(moves), limits),
        review_list(told.filter(pl.col("case_kind") != DEPOSIT), documents, limits=limits),
    ]
    order = pl.col("checklist").replace_strict({"refund_form": 0, "opening": 1, "review": 2}, return_dtype=pl.Int64)
    rows = CHECKLISTS.conform(pl.concat(parts, how="diagonal"))
    return rows.sort(order, "store", "case_key", "item_no", nulls_last=True)


def _stores(store_file: pl.DataFrame | None) -> pl.DataFrame:
    """The store file, one row per store, with where each row stands and how many stores its self-run store has."""
    told = STORE_FILE.empty() if store_file is None else STORE_FILE.conform(store_file)
    return (
        told.unique("store", keep="first", maintain_order=True)
        .with_columns(store_row=pointer(), twins=pl.col("store").n_unique().over("self_run_store"))
        .drop(
            "currency", "deposit_fen", "source_file", "source_sheet", "source_row", "observed_on", "note", "approved_on"
        )
    )


def _read_at(moves: pl.DataFrame) -> pl.DataFrame:
    """store, paid_fen, ledger_at: what was paid into each deposit, and where its movements stand (the first three)."""
    counted = moves.filter(pl.col("value_fen").is_not_null())
    paid = pl.col("value_fen").filter(pl.col("part").is_in(["pay", "top_up"]))
    return counted.group_by("store", "currency").agg(
        paid_fen=paid.sum(), ledger_at=pl.col("row").drop_nulls().sort().head(3).str.join("; ")
    )


def _refund_forms(cases: pl.DataFrame, stores: pl.DataFrame, read: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """What to fill in and to have settled before applying, per deposit that may be applied for."""
    chosen = cases.filter(pl.col("case_kind") == DEPOSIT, pl.col("case_state").is_in(_TO_APPLY))
    rows = chosen.join(stores, on="store", how="left").join(
        read, on=["store", "currency"], how="left", nulls_equal=True
    ).with_columns(checklist=pl.lit("refund_form"))  # fmt: skip
    asks = pl.col("case_state").is_in(["received_short", "received_over"])
    is_wrong = pl.col("applied_fen") != pl.col("expected_fen")
    due = rows.filter(~asks)
    applied = due.filter(pl.col("applied_fen").is_not_null(), pl.col("expected_fen").is_not_null())
    return pl.concat(
        [
            *(_condition(due, name, check, lists, n) for n, (name, check) in enumerate(CHECKS.items(), start=1)),
            item(due, 5, "reason", _there("reason"), found="reason", row="case_row"),
            item(
                due, 6, "refund_amount", _there("expected_fen", unclear=True), found_fen="expected_fen", row="ledger_at"
            ),
            item(applied, 7, "applied_amount", yes_no(~is_wrong), found_fen="applied_fen", row="case_row"),
            item(
                due, 8, "bound_account", _there("account"), account="account", row=pl.coalesce("case_row", "store_row")
            ),
            item(due, 9, "phone", _stated("phone_reachable"), row="store_row"),
            item(rows.filter(asks), 10, "received_amount", pl.lit("missing"), found_fen="gap_fen", row="bill_row"),
        ]
    )


def _condition(rows: pl.DataFrame, name: str, check: str, lists: pl.DataFrame, n: int) -> pl.DataFrame:
    """One condition of a refund: what holds it up, else of which day the list is."""
    days = lists.filter(pl.col("list_name") == name).select("store", list_day=pl.col("observed_on").cast(pl.String))
    told = rows.join(days, on="store", how="left", nulls_equal=True)
    held_by = pl.when(~pl.col(check)).then("blocked_by").otherwise("list_day")
    return item(told, n, check, yes_no(pl.col(check)), found=held_by)


def _openings(cases: pl.DataFrame, stores: pl.DataFrame, read: pl.DataFrame, limits: Cases) -> pl.DataFrame:
    """What the guide asks of a store that is being opened: one with a review running, or without its deposit.

    A store that has asked for its deposit is not opening any more.
    """
    is_running = ~pl.col("case_kind").is_in([DEPOSIT, "other"]) & (pl.col("case_state") != "passed")
    is_leaving = (pl.col("case_kind") == DEPOSIT) & ~pl.col("case_state").is_in(_NOT_ASKED)
    leaving = cases.filter(is_leaving).select("store")
    opening = cases.filter(is_running | (pl.col("case_state") == "unfunded")).select("store").unique()
    names = opening.join(leaving, on="store", how="anti", nulls_equal=True)
    rows = (
        names.join(stores, on="store", how="left", nulls_equal=True)
        .join(read.filter(pl.col("currency") == "CNY"), on="store", how="left", nulls_equal=True)
        .with_columns(checklist=pl.lit("opening"))
    )
    company = pl.when(pl.col("entity_type") == "company").then(pl.lit("ready"))
    company = company.when(pl.col("entity_type") == "sole_trader").then(pl.lit("missing")).otherwise(pl.lit("unclear"))
    return pl.concat(
        [
            item(rows, 1, "company_only", company, found="company", row="store_row"),
            item(rows, 2, "new_email", _stated("email_unused"), row="store_row"),
            item(rows, 3, "browser", yes_no(pl.col("browser").str.contains(_BROWSERS)), found="browser", row="store_row"),
            item(rows, 4, "one_per_self_run", yes_no(_alone()), found="self_run_store", row="store_row"),
            *(_stage(rows, cases, kind, n) for n, kind in enumerate(_STAGES, start=5)),
            item(rows, 8, "alipay_account", _there("alipay_tail", unclear=True), account="alipay_tail", row="store_row"),
            item(
                rows, 9, "deposit_paid", yes_no(pl.col("paid_fen") >= limits.deposit_fen), found_fen="paid_fen",
                row="ledger_at",
            ),
        ]
    )  # fmt: skip


def _alone() -> pl.Expr:
    """Whether the self-run store has one fully-managed store only; null where none is named."""
    return pl.when(pl.col("self_run_store").is_not_null()).then(pl.col("twins") == 1)


def _stage(rows: pl.DataFrame, cases: pl.DataFrame, kind: str, n: int) -> pl.DataFrame:
    """A review of the opening: there once it has passed; not known where no case tells of it."""
    last = cases.filter(pl.col("case_kind") == kind).sort("submitted_on", "case_key", nulls_last=False)
    told = last.group_by("store", maintain_order=True).last().select("store", "case_state", "due_on", "case_row")
    both = rows.join(told, on="store", how="left", nulls_equal=True)
    return item(
        both, n, kind, yes_no(pl.col("case_state") == "passed"), found=pl.col("due_on").cast(pl.String), row="case_row"
    )


def _there(name: str, *, unclear: bool = False) -> pl.Expr:
    """Whether something is stated; what is not is missing, or not known."""
    return (
        pl.when(pl.col(name).is_not_null()).then(pl.lit("ready")).otherwise(pl.lit("unclear" if unclear else "missing"))
    )


def _stated(name: str) -> pl.Expr:
    return yes_no(pl.when(pl.col(name).is_not_null()).then(pl.col(name) == "yes"))
