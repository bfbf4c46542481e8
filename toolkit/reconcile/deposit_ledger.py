"""What was paid into a store's deposit, what was taken out, and does the sum agree with the balance the platform states?

    paid + top-ups − fines − compensation − refunds (+ what no class is known for) = balance

The same movement may stand in the platform's deposit bill and in a ledger kept by hand. Per store one of them counts,
the bill before the hand; the other is compared. Where neither tells of a store, its deposit in the store file does.

Freezing is kept apart. A freeze is the payment, and a thaw the refund, only of a store for which nothing else says
that anything was paid or refunded: then the frozen money is all there is.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.reconcile.cases import pointer
from toolkit.reconcile.classify import classify
from toolkit.reconcile.once import counted_once
from toolkit.reconcile.rules import Rule
from toolkit.reconcile.sides import distinct_rows
from toolkit.schema import DEPOSIT_LEDGER, STORE_FILE
from toolkit.schema.deposits import DEPOSIT_BRIDGE
from toolkit.workdays import WorkCalendar

__all__ = ["IDENTITY", "bridge", "identity", "movements"]

IDENTITY = {
    "pay": "paid_fen", "top_up": "top_up_fen", "fine": "fined_fen", "compensation": "compensated_fen",
    "refund": "returned_fen", "unclassified": "unclassified_fen",
}  # fmt: skip
"""Part of a balance → the column that holds it; fines, compensation and refunds are held as positive amounts."""

_RAISES = ("pay", "top_up", "unclassified")
_RANK = {"ae_deposit": 0, "hand": 2, "store_file": 3}


def movements(
    ledger: pl.DataFrame,
    store_file: pl.DataFrame | None,
    *,
    as_of: date,
    calendar: WorkCalendar,
    rules: tuple[Rule, ...] | None = None,
) -> pl.DataFrame:
    """Ledger rows, each once, with row_key, class (deposit_kind, via, counted_with), part, value_fen and row_fate.

    part: which part of the identity the row belongs to (null: to none); value_fen: what it did to the balance.
    row_fate: counted, unclassified, counted_with_other (a freeze or thaw of money told by another row), frozen_side,
    told_elsewhere (another source counts for this store), no_money, after_as_of. A deposit that only the store file
    states is a row of provider store_file.

    >>> rows = DEPOSIT_LEDGER.frame(store=["S1", "S1"], deposit_kind=["pay", "fine"], amount_fen=[1000000, -5000])
    >>> told = movements(rows, None, as_of=date(2026, 1, 1), calendar=WorkCalendar())
    >>> sorted(told.select("part", "value_fen").rows())
    [('fine', -5000), ('pay', 1000000)]
    """
    known = pl.concat([_rows(ledger), _stated(store_file)])
    classed = counted_once(classify(known, rules, of="deposit"), calendar=calendar)
    rank = pl.col("provider").replace_strict(_RANK, default=1, return_dtype=pl.Int64)
    late = (pl.col("booked_on") > as_of).fill_null(False)
    told = classed.with_columns(is_late=late, is_main=rank == rank.min().over("store"), rank=rank)
    only_frozen = ~pl.col("deposit_kind").filter(_counts()).is_in(["pay", "top_up"]).any().over(["store", "currency"])
    unreturned = ~(pl.col("deposit_kind").filter(_counts()) == "refund").any().over(["store", "currency"])
    parted = told.with_columns(part=_part(only_frozen, unreturned))
    return (
        parted.with_columns(value_fen=_value())
        .with_columns(row_fate=_fate(), row=pointer())
        .sort("store", "currency", "booked_on", "booked_at", "row_key", nulls_last=True)
    )


def _rows(ledger: pl.DataFrame) -> pl.DataFrame:
    """Each row once. A ledger's row has no id of its own: all that it says tells it from others."""
    given = DEPOSIT_LEDGER.conform(ledger).with_columns(pl.col("provider").fill_null("hand"))
    content = ("booked_on", "deposit_kind", "kind_raw", "reference", "balance_fen", "memo")
    said = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in content], separator="/")
    return distinct_rows(given.with_columns(account="store", row_id=said)).drop("account", "row_id")


def _stated(store_file: pl.DataFrame | None) -> pl.DataFrame:
    """The deposits of the store file as rows of a ledger."""
    if store_file is None:
        return _rows(DEPOSIT_LEDGER.empty())
    rows = STORE_FILE.conform(store_file).filter(pl.col("deposit_fen") > 0)
    return _rows(
        rows.with_columns(
            provider=pl.lit("store_file"), booked_on="deposit_on", deposit_kind=pl.lit("pay"), amount_fen="deposit_fen"
        )
    )


def _counts() -> pl.Expr:
    return pl.col("is_main") & ~pl.col("is_late") & pl.col("counted_with").is_null()


def _part(only_frozen: pl.Expr, unreturned: pl.Expr) -> pl.Expr:
    kind = pl.col("deposit_kind")
    return (
        pl.when(~_counts())
        .then(None)
        .when(kind.is_in([name for name in IDENTITY if name != "unclassified"]))
        .then(kind)
        .when((kind == "freeze") & only_frozen)
        .then(pl.lit("pay"))
        .when((kind == "thaw") & only_frozen & unreturned)
        .then(pl.lit("refund"))
        .when(pl.col("amount_fen").is_not_null())
        .then(pl.lit("unclassified"))
    )


def _value() -> pl.Expr:
    """What the row did to the balance: its amount, else its figure with the sign of its part."""
    sign = pl.when(pl.col("part").is_in(_RAISES)).then(1).otherwise(-1)
    figure = pl.when(pl.col("part") != "unclassified").then(pl.col("stated_fen").abs() * sign)
    return pl.when(pl.col("part").is_not_null()).then(pl.coalesce("amount_fen", figure))


def _fate() -> pl.Expr:
    return (
        pl.when("is_late")
        .then(pl.lit("after_as_of"))
        .when(~pl.col("is_main"))
        .then(pl.lit("told_elsewhere"))
        .when(pl.col("counted_with").is_not_null())
        .then(pl.lit("counted_with_other"))
        .when(pl.col("part") == "unclassified")
        .then(pl.lit("unclassified"))
        .when(pl.col("value_fen").is_not_null())
        .then(pl.lit("counted"))
        .when(pl.col("deposit_kind").is_in(["freeze", "thaw"]))
        .then(pl.lit("frozen_side"))
        .otherwise(pl.lit("no_money"))
    )


def identity(moves: pl.DataFrame) -> pl.DataFrame:
    """One row per store and currency: the parts, the balance they make, the balance stated, and the frozen side.

    balance_gap_fen is the stated balance less the one worked out; null where no row states one. balance_check: ok or
    broken, row by row (balance[i] = balance[i−1] + amount), null where no two rows state a balance.
    other_ledger_gap_fen: balance of the sources that do not count less the balance that counts; null: there is none.
    """
    sums = [
        (pl.col("value_fen").filter(pl.col("part") == part).sum() * (1 if part in _RAISES else -1)).alias(column)
        for part, column in IDENTITY.items()
    ]
    counted = moves.filter(pl.col("is_main"), ~pl.col("is_late"))
    figure = pl.coalesce("stated_fen", "amount_fen").abs()
    frozen = {"frozen_fen": "freeze", "thawed_fen": "thaw"}
    totals = counted.group_by("store", "currency").agg(
        *sums,
        *(figure.filter(pl.col("deposit_kind") == kind).sum().alias(name) for name, kind in frozen.items()),
        deposit_balance_fen=pl.col("value_fen").sum(),
        ledger_provider=pl.col("provider").min(),
    )
    on = ["store", "currency"]
    return (
        totals.join(_stated_balance(counted), on=on, how="left", nulls_equal=True)
        .join(_other_ledger(moves), on=on, how="left", nulls_equal=True)
        .with_columns(
            balance_gap_fen=pl.col("stated_balance_fen") - pl.col("deposit_balance_fen"),
            other_ledger_gap_fen=pl.col("other_fen") - pl.col("deposit_balance_fen"),
        )
        .sort(on, nulls_last=True)
    )


def _stated_balance(counted: pl.DataFrame) -> pl.DataFrame:
    """The last balance each store's rows state, and whether the rows lead from one balance to the next."""
    file = ["store", "currency", "source_file", "source_sheet"]
    newest_first = (pl.col("booked_at").first() > pl.col("booked_at").last()).over(file, order_by="source_row")
    place = pl.when(newest_first.fill_null(False)).then(-pl.col("source_row")).otherwise("source_row")
    rows = counted.filter(pl.col("balance_fen").is_not_null()).with_columns(place=place)
    on = ["store", "currency"]
    ordered = rows.sort(*on, "booked_on", "booked_at", "place", nulls_last=True)
    step = pl.col("balance_fen") - pl.col("balance_fen").shift(1) - pl.col("amount_fen").fill_null(0)
    broken = (step != 0).over(on)
    return (
        ordered.with_columns(broken=broken)
        .group_by(on, maintain_order=True)
        .agg(
            stated_balance_fen=pl.col("balance_fen").last(),
            balance_check=pl.when(pl.len() < 2)
            .then(None)
            .when(pl.col("broken").any())
            .then(pl.lit("broken"))
            .otherwise(pl.lit("ok")),
            balance_broken_at=pl.col("row").filter(pl.col("broken").fill_null(False)).first(),
        )
    )


def _other_ledger(moves: pl.DataFrame) -> pl.DataFrame:
    """The balance by a ledger that does not count; a deposit of the store file alone is no ledger."""
    other = moves.filter(~pl.col("is_main"), ~pl.col("is_late"), pl.col("provider") != "store_file")
    return other.group_by("store", "currency").agg(other_fen=pl.col("amount_fen").sum())


def bridge(stores: pl.DataFrame) -> pl.DataFrame:
    """The identity as steps that sum to zero (`DEPOSIT_BRIDGE`); the last takes away the balance that is stated.

    Where no balance is stated the one worked out is taken, and the step gap is zero.
    """
    steps = [
        *((name, pl.col(column) * (1 if name in _RAISES else -1)) for name, column in IDENTITY.items()),
        ("gap", pl.col("balance_gap_fen").fill_null(0)),
        ("balance", -pl.coalesce("stated_balance_fen", "deposit_balance_fen")),
    ]
    rows = [
        stores.select("store", "currency", step_no=pl.lit(n), bridge_step=pl.lit(name), step_fen=value)
        for n, (name, value) in enumerate(steps, start=1)
    ]
    return DEPOSIT_BRIDGE.conform(pl.concat(rows)).sort("store", "currency", "step_no", nulls_last=True)
