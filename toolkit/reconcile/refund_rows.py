"""Refunds, settlement lines and bill rows as rows alike in shape: each once, with the ids it can be found by.

None of the three has an id that is sure to be its own, so a row is told from others by what it says. What became of
each is said once, for all money of the three to be accounted for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import polars as pl

from toolkit.reconcile.cases import pointer
from toolkit.reconcile.sides import distinct_rows
from toolkit.schema import BILL_ROWS, REFUNDS, SETTLEMENTS, Table
from toolkit.schema.deposits import REFUND_CONTROL, REFUND_ROWS

__all__ = ["Side", "control", "fates", "moved", "rows_once"]

Side = Literal["refund", "settlement", "bill"]
_TABLES: dict[Side, Table] = {"refund": REFUNDS, "settlement": SETTLEMENTS, "bill": BILL_ROWS}
_CONTENT = {
    "refund": ("store", "order_id", "order_line_id", "refund_id", "settlement_kind", "loan_state", "booked_on"),
    "settlement": (
        "row_id",
        "merchant_order_no",
        "refund_id",
        "batch_no",
        "settlement_kind",
        "booked_on",
        "settled_on",
    ),
}
"""What a row says that tells it from others."""

_IDS = {
    "refund": (("refund_id",), ("order_id", "order_line_id")),
    "settlement": (("refund_id", "row_id"), ("merchant_order_no", "original_order_no")),
    "bill": (("row_id", "merchant_order_no"), ("base_id", "base_order_no")),
}
"""The ids of this very payment, and those of what it belongs to."""


def rows_once(side: Side, given: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """Each row once, with row_key (the side before it), keys, base_keys, is_late (after `as_of`) and row.

    >>> line = _TABLES["settlement"].frame(merchant_order_no=["8001_2"], amount_fen=[-500])
    >>> rows_once("settlement", line, as_of=date(2026, 11, 20)).select("base_keys", "is_late").row(0)
    (['8001', '8001_2'], False)
    """
    table = _TABLES[side]
    rows = table.conform(table.empty() if given is None else given)
    if side == "bill":
        once = distinct_rows(rows)
    else:
        said = pl.concat_str([pl.col(c).cast(pl.String).fill_null("") for c in _CONTENT[side]], separator="/")
        real = pl.col("row_id") if "row_id" in rows.columns else pl.lit(None, pl.String)
        once = distinct_rows(rows.with_columns(own_id=real, row_id=said)).with_columns(row_id="own_id").drop("own_id")
    own, base = _IDS[side]
    return once.with_columns(
        row_key=pl.concat_str(pl.lit(f"{side}|"), "row_key"),
        is_late=(pl.col("booked_on") > as_of).fill_null(False),
        row=pointer(),
        keys=_ids(own),
        base_keys=_ids(base),
    )


def _ids(names: tuple[str, ...]) -> pl.Expr:
    """The sound ids of a row; an order number also without what is hung on behind ``_``."""
    sound = [pl.when(~pl.col("is_suspect_id").fill_null(False)).then(name) for name in names]
    bases = [
        pl.when(~pl.col("is_suspect_id").fill_null(False)).then(pl.col(n).str.extract(r"^([^_*]+)")) for n in names
    ]
    return pl.concat_list([*sound, *bases]).list.drop_nulls().list.unique().list.sort()


def moved(rows: pl.DataFrame, sign: int, *, dated: bool) -> pl.DataFrame:
    """The rows that moved money one way, as one side of a match. Without days only ids can pair them."""
    these = rows.filter(~pl.col("is_late"), (pl.col("amount_fen") * sign) > 0)
    on = pl.col("booked_on") if dated else pl.lit(None, pl.Date)
    whose = [name for name in ("store", "account") if name in rows.columns]
    return these.select(
        *whose, "currency", "keys", "base_keys", id="row_key", amount_fen=pl.col("amount_fen").abs(), on=on
    )


def fates(
    sides: Mapping[Side, pl.DataFrame], *, matched: pl.Series, unsure: pl.Series, taken: pl.Series
) -> pl.DataFrame:
    """Every row once (`REFUND_ROWS`): matched, paid_case (a deposit's), ambiguous, alone, no_money or after_as_of.

    Args:
        matched, unsure, taken: row_key of rows that a pair uses, that are ambiguous, that a deposit has used.
    """
    fate = (
        pl.when("is_late")
        .then(pl.lit("after_as_of"))
        .when(pl.col("row_key").is_in(matched.implode()))
        .then(pl.lit("matched"))
        .when(pl.col("row_key").is_in(taken.implode()))
        .then(pl.lit("paid_case"))
        .when(pl.col("row_key").is_in(unsure.implode()))
        .then(pl.lit("ambiguous"))
        .when(pl.col("amount_fen").is_null() | (pl.col("amount_fen") == 0))
        .then(pl.lit("no_money"))
        .otherwise(pl.lit("alone"))
    )
    told = [
        REFUND_ROWS.conform(_with_order(rows).with_columns(row_side=pl.lit(name), row_fate=fate))
        for name, rows in sides.items()
    ]
    return pl.concat(told).sort("row_side", "store", "booked_on", "row_key", nulls_last=True)


def _with_order(rows: pl.DataFrame) -> pl.DataFrame:
    if "order_id" in rows.columns:
        return rows
    return rows.with_columns(order_id="merchant_order_no")


def control(rows: pl.DataFrame) -> pl.DataFrame:
    """The money of all rows by side, store, currency and fate (`REFUND_CONTROL`)."""
    key = list(REFUND_CONTROL.key)
    sums = rows.group_by(key).agg(rows=pl.len().cast(pl.Int64), amount_fen=pl.col("amount_fen").sum())
    return REFUND_CONTROL.conform(sums).sort(key, nulls_last=True)
