"""What a run hands to those who write it down: tables, counts and the facts of the run, all worked out before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from toolkit.settings import Settings

if TYPE_CHECKING:
    from toolkit.decide.summary import Summary

__all__ = ["DelistReport", "InputFile", "RunFacts"]


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
    assumptions: tuple[str, ...] = ()
    """Settings that decided something while standing at their defaults, by full name: 我的假设."""
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
    notes: tuple[str, ...] = field(default=())
    """Further sentences for the 说明 sheet, already in the reader's language."""
