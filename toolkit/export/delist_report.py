"""What a run hands to those who write it down: tables, counts and the facts of the run, all worked out before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from toolkit.schema import DUPLICATES
from toolkit.settings import Settings
from toolkit.words import Lang, say

if TYPE_CHECKING:
    from toolkit.decide.in_money import InMoney
    from toolkit.decide.policy_news import PolicyNews
    from toolkit.decide.summary import Summary

__all__ = ["DelistReport", "InputFile", "RunFacts", "week_label"]


@dataclass(frozen=True)
class InputFile:
    """One file that was read, and what became of its rows: read = kept + set aside + rejected."""

    file: str
    source: str
    """Its kind, as in `toolkit.words.sources`; empty when it was not recognised."""
    rows_kept: int
    rows_set_aside: int
    rows_rejected: int
    observed_on: date | None = None
    """The day its facts were true; None when the file states none."""
    sources: tuple[str, ...] = ()
    """All kinds its sheets are of, where they are of several."""


@dataclass(frozen=True)
class RunFacts:
    """Which run this is: what the workbook must say of itself to be traced, and recognised when it comes back."""

    as_of: date
    version: str
    settings: Settings
    week: str = ""
    """ISO week, 2026-W47; empty outside a store."""
    store: str = ""
    run_id: str = ""
    inputs: tuple[InputFile, ...] = ()
    rebuilt_from: str = ""
    """What the history was rebuilt from, when it was."""


@dataclass(frozen=True)
class DelistReport:
    """Everything delist.xlsx shows."""

    profile: pl.DataFrame
    """`schema.PROFILE`."""
    decisions: pl.DataFrame
    """`schema.DECISIONS`, one row for each row of the profile."""
    summary: Summary
    facts: RunFacts
    problems: pl.DataFrame
    """`schema.PROBLEMS`."""
    open_orders: pl.DataFrame | None = None
    """Lines still to be delivered (`schema.ORDER_LINES`); None when no file tells: 未核对."""
    money: InMoney | None = None
    """What the decisions were weighed by; None shows no money."""
    events: pl.DataFrame | None = None
    """One row per event: its next days and what they are worth in this store; None leaves them out."""
    duplicates: pl.DataFrame = field(default_factory=DUPLICATES.empty)
    """Listings that look alike (`schema.DUPLICATES`)."""
    policy_news: PolicyNews | None = None
    """What the policy list newly catches and lets go; None where there was no run before."""
    before: tuple[str, ...] = ()
    """Sentences on earlier decisions, which the conclusion begins with."""


def week_label(week: str, lang: Lang = "zh") -> str:
    """An ISO week as people say it, with its Monday and Sunday; empty for no week.

    >>> week_label("2026-W47")
    '第47周(11/16–11/22)'
    """
    if not week:
        return ""
    year, number = (int(part) for part in week.split("-W"))
    first, last = (date.fromisocalendar(year, number, day) for day in (1, 7))
    days = {"first": f"{first.month}/{first.day}", "last": f"{last.month}/{last.day}"}
    return say("workbook.week", lang, week=number, **days)
