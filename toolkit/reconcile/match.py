"""Which credit pays which claim? Layers from strong evidence to weak, each using rows up.

1. `exact_key`: both sides write down the same id, and the amount is equal.
2. `base_key`: the id of what it belongs to (the order, the transaction before its ``_suffix``) and the amount agree.
3. `base_key_sum`: several credits with a claim's base key: their sum is the claim (matched), less (short) or more (over).
4. `same_amount`: the same amount within a window of working days, over all stores together: of all ways to give the
   credits to the claims the best is found (`toolkit.reconcile.assignment`), never the nearest first.
5. `tolerance`: only if asked for; a nearly equal amount is short or over by a gap, never "matched".

A credit is used once. Where equally good answers would pay *different* claims, or with money of different accounts,
nothing is picked: the pairs of all answers are listed (`Matches.ambiguous`). Where they differ only in which of
several equal credits pays which of several claims that are all paid, the verdict is the same: `interchangeable`.

A claim that is left may have been paid in parts; that is only ever suggested (`toolkit.reconcile.splits`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from toolkit.reconcile.layers import Found, Sides, by_key, by_key_sum, by_window
from toolkit.reconcile.leftovers import alone, control, set_aside
from toolkit.reconcile.sides import side
from toolkit.reconcile.splits import suggested_splits
from toolkit.schema.reconciled import AMBIGUOUS, MATCHES
from toolkit.workdays import WorkCalendar

__all__ = ["MatchOptions", "Matches", "match", "renumbered"]


@dataclass(frozen=True)
class MatchOptions:
    """How far a match may reach."""

    window_days: int = 5
    """Working days after `on` within which a credit may arrive, for claims that bring no `latest`."""
    early_days: int = 0
    """Calendar days before `on`, for claims that bring no `earliest`."""
    tolerance_fen: int = 0
    """Greatest gap of a short or over by amount alone."""
    split_legs: int = 4
    split_candidates: int = 12
    """More credits than these could add up to anything: no suggestion is made."""
    answers: int = 20
    """At most so many pairs or splits of one ambiguity are listed; the column `answers` has the full number."""


@dataclass(frozen=True)
class Matches:
    """What was matched and what was not. Every row of either side is in exactly one of the first four tables' ids."""

    pairs: pl.DataFrame
    """`MATCHES`."""
    ambiguous: pl.DataFrame
    """`AMBIGUOUS`: every pair of every equally good answer, up to a cap."""
    unmatched: pl.DataFrame
    """`ALONE`, both sides: a valid row that no answer uses."""
    excluded: pl.DataFrame
    """`ALONE`, both sides: a row without amount or currency, or not positive."""
    suggestions: pl.DataFrame
    """`SPLITS`: how an unmatched claim may have been paid in parts; uses nothing up."""
    control: pl.DataFrame
    """`CONTROL`: per side, store and currency the money of the four."""
    ambiguous_ids: pl.DataFrame
    """match_side, id, answer_group of every row that is ambiguous, also beyond the cap of the list."""


def match(
    expected: pl.DataFrame,
    credits: pl.DataFrame,
    *,
    calendar: WorkCalendar,
    options: MatchOptions | None = None,
) -> Matches:
    """Match what is due with what arrived; both sides have the columns of `toolkit.reconcile.sides.CLAIM`.

    Raises:
        DataError: an id is missing or stands twice on its side.

    >>> from datetime import date
    >>> due = pl.DataFrame({"id": ["S1"], "amount_fen": [1000000], "currency": ["CNY"], "on": [date(2026, 2, 13)]})
    >>> paid = pl.DataFrame({"id": ["r1"], "amount_fen": [1000000], "currency": ["CNY"], "on": [date(2026, 2, 27)]})
    >>> match(due, paid, calendar=WorkCalendar()).pairs.select("layer", "lag_working_days").row(0)
    ('same_amount', 5)
    """
    options = options or MatchOptions()
    claims, money = side(expected), side(credits)
    good = (pl.col("amount_fen") > 0).fill_null(False) & pl.col("currency").is_not_null()
    whole = Sides(_with_windows(claims.filter(good), calendar, options), money.filter(good))
    found = _through_layers(whole, calendar, options)
    left = found.leaves(whole)
    excluded = set_aside(claims.filter(~good), money.filter(~good))
    unmatched = alone(whole, left, found.pairs, tolerance_fen=options.tolerance_fen)
    ids = found.ids("ambiguous")
    return Matches(
        pairs=MATCHES.conform(found.pairs).sort("expected_on", "expected_id", "credit_on", "credit_id"),
        ambiguous=AMBIGUOUS.conform(_capped(found.answers, options.answers)),
        unmatched=unmatched,
        excluded=excluded,
        suggestions=suggested_splits(
            left, calendar, legs=options.split_legs, candidates=options.split_candidates, answers=options.answers
        ),
        control=control(claims, money, matched=found.ids("matched"), ambiguous=ids, excluded=excluded),
        ambiguous_ids=ids,
    )


def _through_layers(whole: Sides, calendar: WorkCalendar, options: MatchOptions) -> Found:
    """All layers in turn, each with what the ones before left."""
    found = Found.nothing()
    most = options.answers
    found = found.plus(by_key(found.leaves(whole), calendar, layer="exact_key", keys=("keys",), most=most))
    found = found.plus(by_key(found.leaves(whole), calendar, layer="base_key", keys=("keys", "base_keys"), most=most))
    found = found.plus(by_key_sum(found.leaves(whole), calendar))
    for layer, tolerance in (("same_amount", 0), ("tolerance", options.tolerance_fen)):
        if layer == "same_amount" or tolerance:
            left = found.leaves(whole)
            found = found.plus(by_window(left, calendar, layer=layer, tolerance_fen=tolerance, most=most))
    return found


def _with_windows(claims: pl.DataFrame, calendar: WorkCalendar, options: MatchOptions) -> pl.DataFrame:
    """Claims with the window in which a credit may arrive; null where neither a day nor a window is known.

    Where the calendar is provisional the window reaches to the latest day it may have.
    """
    counted = claims.with_columns(pl.coalesce("on", "earliest").alias("from_on"))
    due = calendar.dues(counted["from_on"], options.window_days)["due_latest"]
    return counted.with_columns(
        earliest=pl.coalesce("earliest", pl.col("from_on") - pl.duration(days=options.early_days)),
        latest=pl.coalesce(pl.col("latest"), due),
    )


def _capped(answers: pl.DataFrame, most: int) -> pl.DataFrame:
    """The first pairs of each group, groups numbered by their first claim."""
    ordered = answers.sort("expected_on", "expected_id", "credit_on", "credit_id")
    first = pl.col("_place").min().over("answer_group")
    numbered = (
        ordered.with_row_index("_place").with_columns(answer_group=first.rank("dense").cast(pl.Int64)).drop("_place")
    )
    return numbered.filter(pl.int_range(pl.len()).over("answer_group") < most).sort("answer_group", maintain_order=True)


def renumbered(answers: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Ambiguities of several matches in one table (`AMBIGUOUS`), their groups numbered on.

    >>> one = AMBIGUOUS.frame(answer_group=[1, 2])
    >>> renumbered([one, one])["answer_group"].to_list()
    [1, 2, 3, 4]
    """
    before, rows = 0, [AMBIGUOUS.empty()]
    for part in answers:
        rows.append(AMBIGUOUS.conform(part).with_columns(pl.col("answer_group") + before))
        before += part["answer_group"].n_unique()
    return pl.concat(rows)
