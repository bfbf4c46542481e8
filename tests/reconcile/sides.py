"""Small two-sided tables for tests of matching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from toolkit.reconcile.match import Matches, MatchOptions, match
from toolkit.reconcile.sides import CLAIM
from toolkit.workdays import WorkCalendar

CALENDAR = WorkCalendar()
MONDAY = date(2026, 11, 2)


def day(number: int) -> date:
    """Day 0 is Monday, 2 November 2026; a month without holidays follows."""
    return MONDAY + timedelta(days=number)


def rows(*given: dict[str, Any]) -> pl.DataFrame:
    """Rows of one side; amounts default to 10,000.00 CNY."""
    usual = {"amount_fen": 1000000, "currency": "CNY"}
    full = [dict.fromkeys(CLAIM) | usual | row for row in given]
    return pl.DataFrame(full, schema=CLAIM, orient="row")


def matched(claims: pl.DataFrame, credits: pl.DataFrame, **options: Any) -> Matches:
    """The match under options."""
    return match(claims, credits, calendar=CALENDAR, options=MatchOptions(**options))


def pairs(found: Matches) -> list[tuple[str, str, str, str]]:
    """Claim, credit, layer, verdict of each pair, sorted."""
    return sorted(found.pairs.select("expected_id", "credit_id", "layer", "match_verdict").iter_rows())


def ids(found: Matches, side: str, table: str = "unmatched") -> list[str]:
    """Ids of one side in one of the result's tables."""
    frame: pl.DataFrame = getattr(found, table)
    return sorted(frame.filter(pl.col("match_side") == side)["id"])


def claim(name: str, on: int | None = 0, **more: Any) -> dict[str, Any]:
    """A row by its id and day number."""
    return {"id": name, "on": None if on is None else day(on)} | more


def amounts(values: Sequence[int], prefix: str, on: int) -> list[dict[str, Any]]:
    """Rows of given amounts on one day."""
    return [claim(f"{prefix}{n}", on, amount_fen=value) for n, value in enumerate(values)]
