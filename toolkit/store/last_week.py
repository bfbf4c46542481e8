"""What the next week's conclusion begins with: the fate of the last decisions, and what is due to come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from toolkit.ledger import CORRECTED, Ledger, State
from toolkit.store.outcomes import relist_due
from toolkit.words import Lang, say

if TYPE_CHECKING:
    from toolkit.store.folder import Store

__all__ = ["last_week"]

_NAMED = 3
_PARTS = (
    "verified",
    "response",
    "typed",
    "submitted",
    "under_review",
    "rejected",
    "failed",
    "waiting",
    "back",
    "withdrawn",
)


def last_week(store: Store, *, as_of: date, lang: Lang = "zh") -> list[str]:
    """Up to two lines: what became of the last run's approvals, and rested products about to be relisted.

    Nothing is said where nothing was ever applied; nothing is written either.
    """
    rows = Ledger(store.folder / "ledger").rows()
    agreed = rows.filter(pl.col("state") == State.APPROVED)
    if agreed.is_empty():
        return []
    # Not at the top: what reads lists back is only needed once something was approved.
    from toolkit.store.confirm import standing

    now = standing(store)
    last = agreed.row(-1, named=True)
    mine = agreed.filter(pl.col("run_id") == last["run_id"]).select(pl.col("product_id").unique())
    lines = [_fate(now.join(mine, on="product_id"), last["run_id"], last["week"], as_of, lang)]
    return [*lines, *_due_line(relist_due(now, as_of=as_of, days=store.settings.guards.review_days), lang)]


def _fate(rows: pl.DataFrame, run_id: str, week: str, as_of: date, lang: Lang) -> str:
    """上周同意下架20个:已核实17,人工确认1,没下成2(要重做)。"""
    counts = dict(rows.select(part=_part(run_id)).to_series().value_counts().iter_rows())
    parts = [say(f"loop.part.{part}", lang, count=counts[part]) for part in _PARTS if part in counts]
    year, number, _ = (as_of - timedelta(days=7)).isocalendar()
    is_last = week == f"{year}-W{number:02d}"
    said = {"count": rows.height, "parts": say("loop.comma", lang).join(parts)}
    return say("loop.last_week.W", lang, **said) if is_last else say("loop.last_week", lang, week=week, **said)


def _part(run_id: str) -> pl.Expr:
    """Which part of the sentence a product counts in."""
    state = pl.col("state")
    by_evidence = pl.col("evidence").replace({"list": "verified", CORRECTED: "typed"})
    back = [State.RELIST_PLANNED, State.RELISTED]
    return (
        pl.when(state.is_in(back)).then(pl.lit("back"))
        .when(state.is_in([State.PLANNED, State.DECLINED, State.WATCHED]) | (pl.col("run_id") != run_id)).then(pl.lit("withdrawn"))
        .when(state == State.APPROVED).then(pl.lit("waiting"))
        .when(state == State.DELISTED).then(by_evidence)
        .otherwise(state)
    )  # fmt: skip


def _due_line(due: pl.DataFrame, lang: Lang) -> Iterator[str]:
    if due.height:
        named = [f"{row['product_id']} {row['relist_on']:%m-%d}" for row in due.head(_NAMED).iter_rows(named=True)]
        more = say("boss.and_more", lang) if due.height > _NAMED else ""
        yield say("loop.relist_due", lang, count=due.height, names=say("boss.comma", lang).join(named) + more)
