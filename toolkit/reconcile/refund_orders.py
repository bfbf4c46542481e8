"""Per order: what was settled for it, what was refunded, and does the second stay within the first?"""

from __future__ import annotations

import polars as pl

from toolkit.schema.deposits import REFUND_ORDERS

__all__ = ["refund_orders"]

_ON = ["order_id", "currency"]


def refund_orders(told: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """One row per order the platform's list names (`REFUND_ORDERS`); an id Excel ruined names none.

    settled_fen is what the settlement paid for it, null where no settlement names it; released_fen and
    refunded_sum_fen are the platform's. left_fen = settled − refunded, of what was released where nothing is settled.
    order_check: within, exceeds, settled_unknown (neither settled nor released is known), no_refund.
    """
    sound = told.filter(~pl.col("is_suspect_id").fill_null(False), pl.col("order_id").is_not_null())
    amount = pl.col("amount_fen")
    orders = sound.group_by("store", *_ON).agg(
        released_fen=pl.when((amount > 0).any()).then(amount.filter(amount > 0).sum()),
        refunded_sum_fen=-amount.filter(amount < 0).sum(),
        fee_fen=pl.when(pl.col("fee_fen").is_not_null().any()).then(pl.col("fee_fen").sum()),
    )
    lines = settled.filter(
        ~pl.col("is_suspect_id").fill_null(False), pl.col("settlement_kind").is_in(["payment", "release"])
    ).with_columns(order_id=pl.col("merchant_order_no").str.extract(r"^([^_*]+)"))
    sums = lines.group_by(_ON).agg(settled_fen=amount.sum())
    left = pl.coalesce("settled_fen", "released_fen") - pl.col("refunded_sum_fen")
    check = (
        pl.when(pl.col("refunded_sum_fen") == 0)
        .then(pl.lit("no_refund"))
        .when(pl.col("left_fen").is_null())
        .then(pl.lit("settled_unknown"))
        .when(pl.col("left_fen") < 0)
        .then(pl.lit("exceeds"))
        .otherwise(pl.lit("within"))
    )
    step = pl.when(pl.col("order_check") == "exceeds").then(pl.lit("dispute_gap")).otherwise(pl.lit("done"))
    joined = orders.join(sums, on=_ON, how="left", nulls_equal=True).with_columns(left_fen=left)
    told_check = joined.with_columns(order_check=check).with_columns(next_step=step)
    return REFUND_ORDERS.conform(told_check).sort("store", *_ON, nulls_last=True)
