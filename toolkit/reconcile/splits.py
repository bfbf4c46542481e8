"""May a claim have been paid in parts? Only ever a suggestion.

Round sums add up to anything: of twenty unrelated multiples of ten yuan, nine times in ten some four make a given
total. So the limit is truth, not speed: two to four credits, out of at most twelve that are smaller, of the right
account and inside the window. One way to add up is a suggestion, several are listed as ambiguous, and neither uses a
row up. Two claims that would need the same credit are ambiguous too.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl

from toolkit.reconcile.layers import Sides, fits
from toolkit.schema.reconciled import SPLITS
from toolkit.workdays import WorkCalendar

__all__ = ["suggested_splits"]


def suggested_splits(left: Sides, calendar: WorkCalendar, *, legs: int, candidates: int, answers: int) -> pl.DataFrame:
    """One row per leg of each way to pay an open claim in parts (`SPLITS`), sorted by claim and answer.

    Args:
        left: the claims and credits nothing has used.
        legs: most parts of one claim.
        candidates: with more credits in the window no sum means anything, and none is tried.
        answers: list so many ways at most; the column `answers` counts all.
    """
    ways = [way for claim in _candidates(left, candidates) for way in _ways(*claim, legs=legs, answers=answers)]
    if not ways:
        return SPLITS.empty()
    schema = {"expected_id": pl.String(), "split_no": pl.Int64(), "answers": pl.Int64(), "credit_id": pl.String()}
    rows = pl.DataFrame(ways, schema=schema, orient="row")
    found = rows.join(left.claims, left_on="expected_id", right_on="id").join(
        left.credits, left_on="credit_id", right_on="id", suffix="_credit"
    )
    spans = calendar.spans(found["from_on"], found["on_credit"])
    found = found.with_columns(contested=pl.col("expected_id").n_unique().over("credit_id") > 1)
    is_only = (pl.col("answers") == 1) & pl.col("contested").any().over("expected_id").not_()
    return SPLITS.conform(
        found.with_columns(
            layer=pl.lit("split"),
            match_verdict=pl.when(is_only).then(pl.lit("suggested_split")).otherwise(pl.lit("ambiguous_split")),
            expected_fen="amount_fen", credit_fen="amount_fen_credit", expected_on="on", credit_on="on_credit",
            account="account_credit", gap_fen=pl.lit(0, pl.Int64),
            lag_days=(pl.col("on_credit") - pl.col("from_on")).dt.total_days(),
            lag_working_days=spans["working_days"], is_provisional=spans["is_provisional"],
            legs=pl.len().over("expected_id", "split_no").cast(pl.Int64),
        )
    ).sort("expected_on", "expected_id", "split_no", "credit_on", "credit_id")  # fmt: skip


def _candidates(left: Sides, most: int) -> list[tuple[str, int, list[str], list[int]]]:
    """Claims with two to `most` smaller credits in their window: id, amount, the credits' ids and amounts."""
    credits = left.credits.filter(pl.col("on").is_not_null()).sort("on", "id")
    claims = left.claims.filter(pl.col("earliest").is_not_null(), pl.col("latest").is_not_null())
    if claims.is_empty() or credits.is_empty():
        return []
    fitting = _who_fits(claims, credits)
    mine, theirs = _owner(claims), _owner(credits)
    days, fen, ids = credits["on"].cast(pl.Int64).to_numpy(), credits["amount_fen"].to_numpy(), credits["id"]
    start = np.searchsorted(days, claims["earliest"].cast(pl.Int64).to_numpy(), side="left")
    end = np.searchsorted(days, claims["latest"].cast(pl.Int64).to_numpy(), side="right")
    found = []
    for place, (claim, amount) in enumerate(claims.select("id", "amount_fen").iter_rows()):
        window = slice(start[place], end[place])
        fits_here = (fen[window] < amount) & fitting[mine[place], theirs[window]]
        if 2 <= np.count_nonzero(fits_here) <= most:
            spots = start[place] + np.flatnonzero(fits_here)
            found.append((claim, amount, ids.gather(spots).to_list(), fen[spots].tolist()))
    return found


_OWNER = ("currency", "store", "account")


def _owners(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(*_OWNER).unique().sort(*_OWNER).with_row_index("owner")


def _owner(rows: pl.DataFrame) -> np.ndarray:
    """Of each row the number of its owner."""
    return (
        rows.select(*_OWNER)
        .join(_owners(rows), on=list(_OWNER), nulls_equal=True, maintain_order="left", how="left")["owner"]
        .to_numpy()
    )


def _who_fits(claims: pl.DataFrame, credits: pl.DataFrame) -> np.ndarray:
    """Whether the owner of a claim can be that of a credit: a table of truth, by their numbers."""
    mine, theirs = _owners(claims), _owners(credits)
    pairs = mine.join(theirs, how="cross").select(ok=fits() & (pl.col("currency") == pl.col("currency_right")))
    return pairs["ok"].to_numpy().reshape(mine.height, theirs.height)


def _ways(
    claim: str, amount: int, ids: list[str], fens: list[int], *, legs: int, answers: int
) -> list[tuple[str, int, int, str]]:
    """All sets of two to `legs` credits that make the amount: claim, number of the way, how many ways, credit."""
    found = [
        way
        for size in range(2, legs + 1)
        for way in combinations(range(len(ids)), size)
        if sum(fens[n] for n in way) == amount
    ]
    return [(claim, n, len(found), ids[leg]) for n, way in enumerate(found[:answers], start=1) for leg in way]
