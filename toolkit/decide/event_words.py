"""Events in words: which are looked at and what their days are worth here, and when they change what one product will sell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from toolkit.words import Lang, keys, say

__all__ = ["event_clause", "event_notes"]

WORTH_SAYING = 0.05
"""A smaller effect, of a day or on what is expected, is not mentioned."""


def event_notes(events: pl.DataFrame, lang: Lang) -> list[str]:
    """One sentence on what the days are, then one per event.

    `events` has the columns of `toolkit.analyze.events.event_table`; nothing is said where there are none.
    """
    return (
        [say("event.how", lang), *(_note(row, lang) for row in events.iter_rows(named=True))] if events.height else []
    )


def event_clause(events: pl.DataFrame, turn: Mapping[int, float], lang: Lang, *, as_of: date) -> Iterable[str]:
    """One line where events change what a product will sell by a twentieth or more in the nearest such horizon.

    `turn`: by how much (0.1: a tenth more), by weeks ahead, ascending; `events`: those that have an effect.
    """
    for weeks, change in turn.items():
        near = events.filter(pl.col("first_day") <= as_of + timedelta(weeks=weeks)).sort("first_day", "event")
        told = [_named(row, lang) for row in near.iter_rows(named=True) if not _is_small(row["multiplier"] - 1)]
        if told and not _is_small(change):
            named = say("boss.comma", lang).join(told)
            key = "model.events_more" if change > 0 else "model.events_less"
            yield say(key, lang, weeks=weeks, events=named, share=f"{abs(change):.0%}")
            return


def _is_small(effect: float) -> bool:
    return abs(effect) < WORTH_SAYING


def _named(row: Mapping[str, Any], lang: Lang) -> str:
    return say("model.event", lang, event=_name(row["event"], lang), seen=row["seen"], worth=_worth(row), **_days(row))


def _note(row: Mapping[str, Any], lang: Lang) -> str:
    days = say("event.days", lang, **_days(row)) if row["first_day"] else say("event.no_days", lang)
    own = say("event.own", lang) if row["is_own"] else ""
    if not row["seen"]:
        key = "event.unseen"
    elif not row["is_placed"]:
        key = "event.stocked"
    else:
        key = "event.flat" if _is_small(row["multiplier"] - 1) else "event.worth"
    told = {"seen": row["seen"], "worth": _worth(row), "evidence": f"{row['evidence']:.0%}"}
    return say(key, lang, event=_name(row["event"], lang), own=own, days=days, **told)


def _name(event: str, lang: Lang) -> str:
    """Shipped events in words, own ones as the seller calls them."""
    key = f"next_event.{event}"
    return say(key, lang) if key in keys() else event


def _days(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: f"{row[f'{name}_day'].month}/{row[f'{name}_day'].day}" for name in ("first", "last")}


def _worth(row: Mapping[str, Any]) -> str:
    return f"{row['multiplier']:.1f}" if row["multiplier"] >= 0.95 else f"{row['multiplier']:.2f}"
