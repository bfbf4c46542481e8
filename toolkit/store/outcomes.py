"""What came of the delistings, from three witnesses: the operator's word, a call's answer, the next product list.

The product list is the strongest: what it shows off sale is off sale, and what was said to be done and still stands there
on sale in a *newer* list was not done. Lists and lines older than what is known already say nothing new, so reading the
same files again changes nothing. A person may also have typed the wrong outcome and type the right one later: where what
is known rests on that word alone, the new word takes its place as a correction. These functions only work out steps; whoever holds the ledger takes them.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.ledger import CORRECTED, State
from toolkit.schema import CATALOG, LEDGER, Tables

__all__ = ["after", "list_steps", "relist_due", "steps_to", "typed_steps", "typed_targets"]

_GONE_FROM_LIST = ("delisted", "deleted", "deleted_by_service")
_IN_REVIEW = "down_shelf_product"
"""The audit type of a product whose delisting is being reviewed (inferred from an interface's vocabulary)."""
_TYPED = (State.SUBMITTED, State.UNDER_REVIEW, State.DELISTED, State.REJECTED, State.FAILED)
_OPEN = (State.APPROVED, State.SUBMITTED, State.UNDER_REVIEW, State.REJECTED, State.FAILED)
_CARRIED = ("action", "reason_code", "rule", "relist_on", "run_id", "week", "settings_digest", "inputs_sha256")


def typed_steps(present: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Steps from what operators typed (人工确认), for the ledger; what they typed before and typed anew is corrected (人工更正).

    `present` is where each product stands; `lines` are rows of `schema.WORK_LINES`, one per product (the newest), with
    the `run_id` of their list, `is_back` (a list of what is to be relisted) and `is_only` (the product stands in no other
    such list of that run). A line older than what is known of its product says nothing new.
    """
    told = typed_targets(present, lines)
    news, wrong = (told.select(each.fill_null(False)).to_series() for each in (_is_news(), _is_retyped()))
    first = told.filter(news & ~wrong).with_columns(evidence=pl.lit("typed"))
    again = told.filter(wrong).with_columns(evidence=pl.lit(CORRECTED), target=_corrected())
    return pl.concat([steps_to(first), steps_to(again, through=False)])


def typed_targets(present: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Each product's present row beside what was typed of it: the state its line comes to is `target`; null where none.

    The present row's evidence and its day are `known_by` and `known_on`, those of the line are `evidence_on` and `note`.
    """
    both = present.join(lines, on=["product_id", "run_id"], how="inner", maintain_order="left", suffix="_typed")
    done = {"yes": State.SUBMITTED.value, "no": State.APPROVED.value}
    result = pl.col("result").replace({"not_found": State.FAILED.value})
    target = pl.coalesce(result, pl.col("done").replace_strict(done, default=None, return_dtype=pl.String))
    said = pl.coalesce("note_typed", pl.when(pl.col("result") == "not_found").then("result_raw"))
    return both.with_columns(
        target=target, known_by="evidence", known_on="evidence_on", evidence_on="acted_on", note=said
    )


def _is_news() -> pl.Expr:
    """Whether a line says what was not known of its product yet."""
    state, target = pl.col("state"), pl.col("target")
    again = state.is_in([State.REJECTED, State.FAILED]) & (pl.col("evidence_on") >= pl.col("known_on")).fill_null(False)
    is_outcome = ~target.is_in([State.APPROVED, State.RELISTED])
    return (
        ((state == State.APPROVED) & is_outcome)
        | (
            state.is_in([State.SUBMITTED, State.UNDER_REVIEW])
            & (is_outcome & (target != State.SUBMITTED))
            & (target != state)
        )
        | (again & is_outcome & (target != state))
        | (state.is_in([State.RELIST_PLANNED, State.DELISTED]) & (target == State.RELISTED))
    )


def _is_retyped() -> pl.Expr:
    """Whether the line that told a product's present state says something else now.

    It is the same act told otherwise: a later day on what was refused or failed is a second attempt, an outcome after
    "done" or "under review" is how things go on. Of several lists the one with the later day is believed, so a line may
    only move to an earlier day where it is the only one.
    """
    state, target, typed_on, known_on = (pl.col(name) for name in ("state", "target", "evidence_on", "known_on"))
    is_same_act = state.is_in([State.REJECTED, State.FAILED]).not_() | (typed_on > known_on).fill_null(False).not_()
    goes_on = state.is_in([State.SUBMITTED, State.UNDER_REVIEW]) & _is_news()
    may_be_read = pl.col("is_only") | (typed_on >= known_on).fill_null(known_on.is_null())
    other_day = (typed_on != known_on).fill_null(typed_on.is_not_null())
    is_other = (target != state) | ((state != State.RELISTED) & other_day)
    return (
        pl.col("known_by").is_in(["typed", CORRECTED])
        & state.is_in([*_TYPED, State.RELISTED])
        & (pl.col("is_back") == (state == State.RELISTED))
        & (pl.col("is_back") | (target != State.RELISTED))
        & is_other
        & is_same_act
        & goes_on.not_()
        & may_be_read
    )


def _corrected() -> pl.Expr:
    """The state a correction ends in: what is typed now; where it was no relisting after all, what went before it."""
    return pl.when(pl.col("state") == State.RELISTED).then("from_state").otherwise("target")


def list_steps(present: pl.DataFrame, tables: Tables, *, review_days: int) -> pl.DataFrame:
    """Steps from the product lists (已核实), for the ledger.

    Counts for each product the newest list that states its status. A product that a list no longer has is not taken for
    gone. One under review may stand on sale for `review_days` before that counts as not done.
    """
    lists = CATALOG.empty() if tables.catalog is None else CATALOG.conform(tables.catalog)
    newest = (
        lists.filter(pl.col("status").is_not_null(), pl.col("observed_on").is_not_null())
        .sort("observed_on", "source_file", "source_sheet", "source_row")
        .group_by("product_id")
        .last()
        .select("product_id", "status", "audit_failure_type", listed_on="observed_on")
    )
    both = present.join(newest, on="product_id", how="inner", maintain_order="left")
    told = both.with_columns(target=_seen(review_days)).drop_nulls("target")
    return steps_to(
        told.with_columns(evidence=pl.lit("list"), evidence_on="listed_on", note=pl.lit(None, pl.String)), through=False
    )


def _seen(review_days: int) -> pl.Expr:
    """The state that a product's newest list shows; null where it shows nothing new."""
    state, seen = pl.col("state"), pl.col("listed_on")
    since = pl.coalesce("evidence_on", pl.col("at").dt.date())
    is_off, is_on = pl.col("status").is_in(_GONE_FROM_LIST), pl.col("status") == "on_sale"
    is_newer, is_open = seen > since, state.is_in(_OPEN)
    is_known = pl.col("evidence") == "list"
    in_review = (pl.col("audit_failure_type") == _IN_REVIEW) & ~is_off
    return (
        pl.when(is_open & is_off).then(pl.lit(State.DELISTED.value))
        .when((state == State.DELISTED) & is_off & is_known.not_().fill_null(True) & (seen >= since))
        .then(pl.lit(State.DELISTED.value))
        .when(is_open & in_review & (state != State.UNDER_REVIEW) & (seen >= since))
        .then(pl.lit(State.UNDER_REVIEW.value))
        .when((state == State.SUBMITTED) & is_on & is_newer).then(pl.lit(State.FAILED.value))
        .when((state == State.UNDER_REVIEW) & is_on & ~in_review.fill_null(False) & (seen > since + timedelta(days=review_days)))
        .then(pl.lit(State.FAILED.value))
        .when((state == State.DELISTED) & is_on & is_newer)
        .then(pl.when(is_known.fill_null(False)).then(pl.lit(State.RELISTED.value)).otherwise(pl.lit(State.FAILED.value)))
        .when((state == State.RELIST_PLANNED) & is_on & (seen > pl.col("at").dt.date()))
        .then(pl.lit(State.RELISTED.value))
    )  # fmt: skip


def relist_due(present: pl.DataFrame, *, as_of: date, days: int) -> pl.DataFrame:
    """The products that rest until a day no further off than so many days, and are still off sale.

    >>> from toolkit.schema import LEDGER
    >>> rows = LEDGER.frame(product_id=["1", "2"], state=["delisted"] * 2, action=["REST_UNTIL"] * 2,
    ...     relist_on=[date(2026, 12, 1), date(2027, 4, 1)])
    >>> relist_due(rows, as_of=date(2026, 11, 29), days=7)["product_id"].to_list()
    ['1']
    """
    is_near = pl.col("relist_on") <= as_of + timedelta(days=days)
    resting = (pl.col("state") == State.DELISTED) & (pl.col("action") == "REST_UNTIL")
    return present.filter(resting & is_near).sort("relist_on", "product_id")


def steps_to(told: pl.DataFrame, *, through: bool = True) -> pl.DataFrame:
    """Steps from each product's present state to its `target`, for the ledger.

    With `through`, what nobody had acted on is submitted first: an outcome that a person or a call tells was an act.
    """
    starts = pl.col("state").is_in([State.APPROVED, State.REJECTED, State.FAILED])
    ways = told.with_columns(order=pl.int_range(pl.len()))
    first = ways.filter(starts & (pl.col("target") != State.SUBMITTED)) if through else ways.clear()
    steps = pl.concat(
        [
            first.with_columns(to=pl.lit(State.SUBMITTED.value), nth=pl.lit(0)),
            ways.with_columns(to="target", nth=pl.lit(1)),
        ]
    )
    kept = steps.sort("order", "nth").select("product_id", *_CARRIED, "evidence", "evidence_on", "note", state="to")
    return LEDGER.conform(kept)


def after(present: pl.DataFrame, steps: pl.DataFrame, *, at: pl.Expr | None = None) -> pl.DataFrame:
    """Where each product would stand once the steps were taken."""
    last = steps.group_by("product_id", maintain_order=True).last().select(LEDGER.names)
    kept = present.join(last, on="product_id", how="anti")
    return pl.concat([kept, last]).sort("product_id")
