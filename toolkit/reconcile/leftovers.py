"""Why did a row stay alone? And is all money accounted for?

A claim without a credit is not missing yet: only whoever knows what the bills cover can say that. Here it is said what
the bills that were given show: a fitting credit went to another claim, the amount arrived outside the window, or never.
"""

from __future__ import annotations

import polars as pl

from toolkit.reconcile.accounts import joined
from toolkit.reconcile.layers import Sides, fits, on_each_day
from toolkit.schema.reconciled import ALONE, CONTROL

__all__ = ["alone", "control", "set_aside"]


def alone(whole: Sides, left: Sides, pairs: pl.DataFrame, *, tolerance_fen: int) -> pl.DataFrame:
    """One row per claim and credit that nothing used, with alone_because and fits_id (a row it would have fitted).

    same_key_used: it shares an id with a pair (a payment made twice?); used_by_other: it fits a row by amount and
    window that another row got; outside_window: the amount is there on another day; no_day; no_such_amount.
    """
    columns = ["id", "store", "account", "currency", "amount_fen", "on"]
    claims = _because(
        left.claims, whole.credits, pairs.select(id="expected_id", partner="credit_id"), whole.claims, is_claim=True
    )
    credits = _because(
        left.credits, whole.claims, pairs.select(id="credit_id", partner="expected_id"), whole.credits, is_claim=False
    )
    both = pl.concat(
        [
            rows.select(*columns, "alone_because", "fits_id", match_side=pl.lit(name))
            for name, rows in (("expected", claims), ("credit", credits))
        ]
    )
    return ALONE.conform(both).sort("match_side", "on", "id", descending=[True, False, False])


def _because(
    rows: pl.DataFrame, others: pl.DataFrame, pairs: pl.DataFrame, mine: pl.DataFrame, *, is_claim: bool
) -> pl.DataFrame:
    used_key = _keys(rows).join(_keys(mine).join(pairs, on="id"), on="key").filter(pl.col("id") != pl.col("id_right"))
    by_key = used_key.group_by("id").agg(key_id=pl.col("partner").min())
    same = ["currency", "amount_fen"]
    amounts = others.group_by(same).agg(first=pl.col("on").min(), last=pl.col("on").max())
    near = _near(rows, others, is_claim=is_claim)
    day = pl.col("from_on") if is_claim else pl.col("on")
    return (
        rows.join(by_key, on="id", how="left")
        .join(near, on="id", how="left")
        .join(amounts, on=same, how="left")
        .with_columns(
            alone_because=pl.when(pl.col("key_id").is_not_null())
            .then(pl.lit("same_key_used"))
            .when(pl.col("near_id").is_not_null())
            .then(pl.lit("used_by_other"))
            .when(day.is_null())
            .then(pl.lit("no_day"))
            .when(pl.col("first").is_not_null())
            .then(pl.lit("outside_window"))
            .otherwise(pl.lit("no_such_amount")),
            fits_id=pl.coalesce("key_id", "near_id"),
        )
    )


def _keys(rows: pl.DataFrame) -> pl.DataFrame:
    exploded = rows.select("id", key=pl.col("keys").fill_null([])).explode("key", empty_as_null=True, keep_nulls=True)
    return exploded.filter(pl.col("key").is_not_null() & (pl.col("key") != ""))


def _near(rows: pl.DataFrame, others: pl.DataFrame, *, is_claim: bool) -> pl.DataFrame:
    """Of each row the first of the other side that it fits by amount, window and owner: id, near_id."""
    claims, credits = (rows, others) if is_claim else (others, rows)
    whose = ["id", "currency", "amount_fen", "store", "account"]
    asked = on_each_day(claims, credits["on"])
    # One credit per day and owner is enough to know one that fits; all are needed only where they are the asking side.
    known = credits.select(*whose, "on")
    if is_claim:
        known = known.sort("id").unique([*whose[1:], "on"], keep="first", maintain_order=True)
    else:
        asked = asked.sort("id").unique([*whose[1:], "on"], keep="first", maintain_order=True)
    pairs = joined(asked, known, on=["currency", "amount_fen", "on"]).filter(fits())
    mine, other = ("id", "id_right") if is_claim else ("id_right", "id")
    return pairs.group_by(pl.col(mine).alias("id")).agg(near_id=pl.col(other).min())


def set_aside(claims: pl.DataFrame, credits: pl.DataFrame) -> pl.DataFrame:
    """Rows no match can use, with the reason: no_amount, not_positive or no_currency."""
    amount = pl.col("amount_fen")
    because = (
        pl.when(amount.is_null())
        .then(pl.lit("no_amount"))
        .when(amount <= 0)
        .then(pl.lit("not_positive"))
        .otherwise(pl.lit("no_currency"))
    )
    both = [
        rows.with_columns(match_side=pl.lit(name), alone_because=because)
        for name, rows in (("expected", claims), ("credit", credits))
    ]
    return ALONE.conform(pl.concat(both)).sort("match_side", "on", "id", descending=[True, False, False])


def control(
    claims: pl.DataFrame,
    credits: pl.DataFrame,
    *,
    matched: pl.DataFrame,
    ambiguous: pl.DataFrame,
    excluded: pl.DataFrame,
) -> pl.DataFrame:
    """Per side, store and currency: all money, and how much of it is matched, ambiguous, alone or excluded."""
    fates = pl.concat(
        [
            rows.select("match_side", "id", fate=pl.lit(fate))
            for fate, rows in (("matched", matched), ("ambiguous", ambiguous), ("excluded", excluded))
        ]
    )
    rows = pl.concat(
        [
            rows.select("id", "store", "currency", "amount_fen", match_side=pl.lit(name))
            for name, rows in (("expected", claims), ("credit", credits))
        ]
    ).join(fates, on=["match_side", "id"], how="left")
    fate = pl.col("fate").fill_null("alone")
    totals = rows.group_by("match_side", "store", "currency").agg(
        rows=pl.len().cast(pl.Int64),
        total_fen=pl.col("amount_fen").sum(),
        **{f"{name}_fen": pl.col("amount_fen").filter(fate == name).sum() for name in _FATES},
    )
    return CONTROL.conform(totals).sort("match_side", "store", "currency", descending=[True, False, False])


_FATES = ("matched", "ambiguous", "alone", "excluded")
