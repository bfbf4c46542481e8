"""Every refund and release of an order with its verdict: settled, paid out, short, missing, or not assessable."""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.reconcile.refund_pairs import Comparison, RefundPairs
from toolkit.reconcile.windows import uncovered
from toolkit.schema.deposits import REFUND_ITEMS

__all__ = ["OPEN", "refund_items"]

OPEN = ("missing", "not_assessable", "ambiguous", "settled_short", "settled_over")
"""The states in which something is still to be done."""
_NEXT = {
    "paid_out": "done", "settled": "done", "in_bill": "done", "waiting": "wait", "ambiguous": "choose",
    "settled_short": "dispute_gap", "settled_over": "ask_surplus", "missing": "contact_service",
    "not_assessable": "bring_bill", "no_money": "done",
}  # fmt: skip


def refund_items(
    told: pl.DataFrame,
    settled: pl.DataFrame,
    booked: pl.DataFrame,
    found: RefundPairs,
    covered: pl.DataFrame,
    *,
    last: date,
) -> pl.DataFrame:
    """Every refund and release with its verdict (`REFUND_ITEMS`).

    Args:
        told, settled, booked: rows as `rows_once` gives them.
        covered: `BILL_COVERAGE`.
        last: the last day that must be covered for an item to be missing.
    """
    by_line = _arrived(found.settlement, settled, "settled_amount_fen", "settlement_row", "layer")
    by_bill = _arrived(found.bill, booked, "bill_amount_fen", "bill_row", "bill_layer")
    unsure = pl.concat([found.settlement.unsure, found.bill.unsure]).unique().with_columns(unsure=True)
    paid = _paid_batches(found, settled)
    dated = told.filter(pl.col("booked_on").is_not_null()).with_columns(account=pl.lit(None, pl.String))
    windows = dated.select(
        "store", "account", id="row_key", first=pl.min_horizontal("booked_on", pl.lit(last)), last=pl.lit(last)
    )
    whys = uncovered(windows, covered).select("uncovered", row_key="id")
    rows = told.filter(~pl.col("is_late"))
    for more in (by_line, by_bill, unsure.rename({"id": "row_key"}), paid, whys):
        rows = rows.join(more, on="row_key", how="left", maintain_order="left")
    gap = pl.coalesce("settled_amount_fen", "bill_amount_fen") - pl.col("amount_fen").abs()
    judged = rows.with_columns(gap_fen=gap, item_row="row").with_columns(refund_state=_state())
    is_unknown = pl.col("refund_state") == "not_assessable"
    steps = pl.col("refund_state").replace_strict(_NEXT, default=None, return_dtype=pl.String)
    return REFUND_ITEMS.conform(
        judged.with_columns(next_step=steps, needs_file=pl.when(is_unknown).then(pl.lit("settlement")))
    ).sort("store", "order_id", "booked_on", "row_key", nulls_last=True)


def _state() -> pl.Expr:
    """paid_out: settled, and its batch arrived in a bill; in_bill: found in a bill only."""
    here = pl.col("settled_amount_fen").is_not_null()
    return (
        pl.when(pl.col("loan_state") == "waiting")
        .then(pl.lit("waiting"))
        .when(pl.col("amount_fen").is_null() | (pl.col("amount_fen") == 0))
        .then(pl.lit("no_money"))
        .when(pl.col("gap_fen") < 0)
        .then(pl.lit("settled_short"))
        .when(pl.col("gap_fen") > 0)
        .then(pl.lit("settled_over"))
        .when(here & (pl.col("batch_paid").fill_null(False) | pl.col("bill_amount_fen").is_not_null()))
        .then(pl.lit("paid_out"))
        .when(here)
        .then(pl.lit("settled"))
        .when(pl.col("bill_amount_fen").is_not_null())
        .then(pl.lit("in_bill"))
        .when(pl.col("unsure").fill_null(False))
        .then(pl.lit("ambiguous"))
        .when(pl.col("booked_on").is_null() | pl.col("uncovered").is_not_null())
        .then(pl.lit("not_assessable"))
        .otherwise(pl.lit("missing"))
    )


def _arrived(found: Comparison, rows: pl.DataFrame, amount: str, row: str, layer: str) -> pl.DataFrame:
    """row_key of a refund, what came for it, where that was read, and how it was found."""
    legs = found.pairs.join(rows.select(credit_id="row_key", row="row"), on="credit_id", how="left")
    return legs.group_by(row_key="expected_id").agg(
        pl.col("credit_fen").sum().alias(amount),
        pl.col("row").sort().str.join("; ").alias(row),
        pl.col("layer").min().alias(layer),
    )


def _paid_batches(found: RefundPairs, settled: pl.DataFrame) -> pl.DataFrame:
    """row_key, batch_paid of refunds whose settlement line is in a batch that a bill shows."""
    arrived = found.batch.pairs.select(batch_no=pl.col("expected_id").str.extract(r"^batch\|(.*)\|[^|]*$"))
    lines = settled.join(arrived.unique(), on="batch_no", how="semi").select(credit_id="row_key")
    paid = found.settlement.pairs.join(lines, on="credit_id", how="semi")
    return paid.select(row_key="expected_id").unique().with_columns(batch_paid=True)
