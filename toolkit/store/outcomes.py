"""What came of the delistings, from three witnesses: the operator's word, a call's answer, the next product list.

The product list is the strongest: what it shows off sale is off sale, and what was said to be done and still stands there
on sale in a *newer* list was not done. Lists and lines older than what is known already say nothing new, so reading the
same files again changes nothing. These functions only work out steps; whoever holds the ledger takes them.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from toolkit.ledger import State
from toolkit.schema import CATALOG, LEDGER, Tables

__all__ = ["after", "list_steps", "relist_due", "steps_to", "typed_steps"]

_GONE_FROM_LIST = ("delisted", "deleted", "deleted_by_service")
_IN_REVIEW = "down_shelf_product"
"""The audit type of a product whose delisting is being reviewed (inferred from an interface's vocabulary)."""
_OPEN = (State.APPROVED, State.SUBMITTED, State.UNDER_REVIEW, State.REJECTED, State.FAILED)
_CARRIED = ("action", "reason_code", "rule", "relist_on", "run_id", "week", "settings_digest", "inputs_sha256")


def typed_steps(present: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Steps from what operators typed (人工确认), for the ledger.

    `present` is where each product stands; `lines` are rows of `schema.WORK_LINES`, one per product (the newest), with
    the `run_id` of their list. A line older than what is known of its product says nothing new.
    """
    both = present.join(lines, on=["product_id", "run_id"], how="inner", maintain_order="left", suffix="_typed")
    result = pl.col("result").replace_strict(
        {"not_found": str(State.FAILED)}, default=pl.col("result"), return_dtype=pl.String
    )
    target = pl.coalesce(result, pl.when(pl.col("done") == "yes").then(pl.lit(State.SUBMITTED.value)))
    again = pl.col("state").is_in([State.REJECTED, State.FAILED])
    newer = (pl.col("acted_on") >= pl.col("evidence_on")).fill_null(False)
    is_news = (
        ((pl.col("state") == State.APPROVED) & (pl.col("target") != State.RELISTED))
        | (
            pl.col("state").is_in([State.SUBMITTED, State.UNDER_REVIEW])
            & ~pl.col("target").is_in([State.SUBMITTED, State.RELISTED])
            & (pl.col("target") != pl.col("state"))
        )
        | (again & newer & (pl.col("target") != pl.col("state")) & (pl.col("target") != State.RELISTED))
        | (pl.col("state").is_in([State.RELIST_PLANNED, State.DELISTED]) & (pl.col("target") == State.RELISTED))
    )
    told = both.with_columns(target=target).filter(is_news.fill_null(False))
    said = pl.coalesce("note_typed", pl.when(pl.col("result") == "not_found").then("result_raw"))
    return steps_to(told.with_columns(evidence=pl.lit("typed"), evidence_on="acted_on", note=said))


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
