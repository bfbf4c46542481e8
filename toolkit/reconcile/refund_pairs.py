"""Which settlement line or bill row is the same money as which refund, and which credit is which batch?

Ids pair them; prices repeat too often for an amount to prove anything between orders. An amount alone counts only for
settlement rows that carry no id, and for a whole batch that arrives in a bill as one credit.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from toolkit.reconcile.match import MatchOptions, match, renumbered
from toolkit.reconcile.refund_rows import moved
from toolkit.schema.reconciled import MATCHES
from toolkit.workdays import WorkCalendar

__all__ = ["Comparison", "RefundPairs", "refund_pairs"]

_SIGNS = (1, -1)


@dataclass(frozen=True)
class Comparison:
    """One comparison of two sides, both directions of money together."""

    pairs: pl.DataFrame
    answers: pl.DataFrame
    unsure: pl.DataFrame
    """id of every row on either side that is ambiguous."""

    @classmethod
    def of(cls, *parts: Comparison) -> Comparison:
        """Several together."""
        pairs, unsure = (pl.concat([getattr(part, name) for part in parts]) for name in ("pairs", "unsure"))
        return cls(pairs, renumbered([part.answers for part in parts]), unsure)


@dataclass(frozen=True)
class RefundPairs:
    """The three comparisons of an order's money."""

    settlement: Comparison
    """Refunds and releases with settlement lines."""
    bill: Comparison
    """Refunds and releases with bill rows."""
    batch: Comparison
    """Settlement batches with bill rows."""
    claim_rows: pl.DataFrame
    """expected_id, claim_row: where each claim was read; a batch at its own line, else at the first of its lines."""

    @property
    def matches(self) -> pl.DataFrame:
        """All pairs (`MATCHES`), each with what it is a pair of."""
        parts = {"refund_settled": self.settlement, "refund_in_bill": self.bill, "batch_in_bill": self.batch}
        told = [part.pairs.with_columns(pair_kind=pl.lit(kind)) for kind, part in parts.items()]
        return MATCHES.conform(pl.concat(told)).sort("expected_id", "credit_id")

    @property
    def ambiguous(self) -> pl.DataFrame:
        """Every pair of every equally good answer (`AMBIGUOUS`)."""
        return renumbered(part.answers for part in (self.settlement, self.bill, self.batch))

    @property
    def matched(self) -> pl.Series:
        """row_key of every row that a pair uses."""
        pairs = self.matches
        return pl.concat([pairs["expected_id"], pairs["credit_id"]]).unique()

    @property
    def unsure(self) -> pl.Series:
        """row_key of every row that is ambiguous."""
        return pl.concat([part.unsure["id"] for part in (self.settlement, self.bill, self.batch)]).unique()


def refund_pairs(
    told: pl.DataFrame, settled: pl.DataFrame, booked: pl.DataFrame, *, calendar: WorkCalendar
) -> RefundPairs:
    """Compare refunds with settlement lines, refunds with bill rows, and settlement batches with bill rows.

    Args:
        told, settled, booked: rows as `rows_once` gives them.
    """
    by_bill = _by_ids(told, booked, calendar)
    batches = _batches(settled)
    told_at = [told.select(expected_id="row_key", claim_row="row"), batches.select("claim_row", expected_id="id")]
    return RefundPairs(
        settlement=_in_settlement(told, settled, calendar),
        bill=by_bill,
        batch=_in_bills(batches, booked, by_bill, calendar),
        claim_rows=pl.concat(told_at, how="diagonal"),
    )


def _by_ids(claims: pl.DataFrame, credits: pl.DataFrame, calendar: WorkCalendar) -> Comparison:
    """Pairs by ids only."""
    both = [(moved(claims, sign, dated=False), moved(credits, sign, dated=False)) for sign in _SIGNS]
    return Comparison.of(*(_compare(mine, theirs, calendar) for mine, theirs in both))


def _in_settlement(told: pl.DataFrame, settled: pl.DataFrame, calendar: WorkCalendar) -> Comparison:
    """Refunds and releases in the settlement: by ids, then by amount with rows that carry none."""
    lines = settled.filter(pl.col("settlement_kind").ne_missing("batch"))
    first = _by_ids(told, lines, calendar)
    used = pl.concat([first.pairs["expected_id"], first.pairs["credit_id"], first.unsure["id"]]).implode()
    left = told.filter(~pl.col("row_key").is_in(used))
    bare = lines.filter((pl.col("keys").list.len() == 0) & (pl.col("base_keys").list.len() == 0))
    again = [_compare(moved(left, sign, dated=True), moved(bare, sign, dated=True), calendar) for sign in _SIGNS]
    return Comparison.of(first, *again)


def _in_bills(batches: pl.DataFrame, booked: pl.DataFrame, by_bill: Comparison, calendar: WorkCalendar) -> Comparison:
    """Settlement batches that a bill shows as one credit: same amount, from the day of settlement on."""
    used = pl.concat([by_bill.pairs["credit_id"], by_bill.unsure["id"]]).implode()
    free = booked.filter(~pl.col("row_key").is_in(used))
    return _compare(batches, moved(free, 1, dated=True), calendar, MatchOptions(early_days=1, split_legs=1))


def _compare(
    claims: pl.DataFrame, credits: pl.DataFrame, calendar: WorkCalendar, options: MatchOptions | None = None
) -> Comparison:
    found = match(claims, credits, calendar=calendar, options=options or MatchOptions(split_legs=1))
    return Comparison(found.pairs, found.ambiguous, found.ambiguous_ids.select("id"))


def _batches(settled: pl.DataFrame) -> pl.DataFrame:
    """One claim per batch and currency of payment: the sum of its lines, else the figure of the batch's own row."""
    known = settled.filter(pl.col("batch_no").is_not_null(), ~pl.col("is_late")).with_columns(
        is_sum=pl.col("settlement_kind") == "batch",
        paid_fen=pl.coalesce("settled_fen", "net_fen", "amount_fen", "stated_fen"),
        paid_in=pl.coalesce("settled_currency", "currency"),
    )
    has_lines = (~pl.col("is_sum").fill_null(False)).any().over("batch_no")
    counted = known.filter(~(pl.col("is_sum").fill_null(False) & has_lines))
    sums = counted.group_by("batch_no", "paid_in").agg(
        amount_fen=pl.col("paid_fen").sum(),
        on=pl.col("settled_on").min(),
        store=_only_store(),
        claim_row=pl.col("row").sort_by("source_file", "source_sheet", "source_row", nulls_last=True).first(),
    )
    return sums.select(
        "store", "amount_fen", "on", "claim_row", currency="paid_in",
        id=pl.concat_str(pl.lit("batch|"), "batch_no", pl.lit("|"), pl.col("paid_in").fill_null("-")),
    )  # fmt: skip


def _only_store() -> pl.Expr:
    stores = pl.col("store").drop_nulls().unique()
    return pl.when(stores.len() == 1).then(stores.first())
