"""给老板.txt and what the terminal prints: the conclusion first, ten lines at most; and what a table of scores comes to.

A boss reads the first line. So it says how many products should go and why, and how many are left alone and why;
then the slots, what to do today, and what cannot be known yet. All numbers come from the summary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.export.into_place import text_into_place
from toolkit.words import Lang, say

if TYPE_CHECKING:
    from toolkit.decide.policy_news import PolicyNews
    from toolkit.decide.summary import Summary

__all__ = ["boss_note", "score_note", "write_boss_note"]

_STEPS = 5
_NAMED = 3
_IN_ROWS = ("undecided.rejected", "undecided.after_today", "undecided.far_ahead")
"""Doubts that come from rows of a file; a table of scores has no sheet that lists them."""


def boss_note(summary: Summary, lang: Lang = "zh", before: Sequence[str] = (), news: PolicyNews | None = None) -> str:
    """The conclusion of a run for people in a hurry: at most ten lines, the first one enough on its own.

    `before` are lines on earlier decisions to begin with, two at most; `news` what changed on the policy list, told below
    the conclusion where anything did. The steps of today then take fewer lines.
    """
    said = news.sentence(lang) if news else ""
    told = [said] if said else []
    lines = [
        *before,
        _conclusion(summary, lang),
        *told,
        _slots(summary, lang),
        *_today(summary, lang, _STEPS - len(before) - len(told)),
        *_listed("boss.unsure", [note.in_(lang) for note in summary.undecided], lang),
    ]
    if summary.assumptions:
        lines.append(say("boss.assumed", lang, count=len(summary.assumptions)))
    return "\n".join(lines) + "\n"


def score_note(summary: Summary, lang: Lang = "zh") -> str:
    """What a table of scores comes to, said in full: the table has no sheet of its own to look the rest up in.

    The advice and how many products have each; then all that is uncertain and all that was assumed, one a line.
    """
    advice = {action: count for action, count in summary.by_action.items() if count}
    lines = [
        _conclusion(summary, lang, head="score.head"),
        say(
            "score.actions" if advice else "score.none",
            lang,
            products=f"{summary.products:,}",
            actions=_counted(advice, "action", lang),
        ),
        *([_slots(summary, lang)] if summary.slots.used else []),
        *_one_a_line("score.unsure", [note.in_(lang) for note in summary.undecided], lang),
        *_one_a_line("score.assumed", [note.in_(lang) for note in summary.assumptions], lang),
        *([say("score.problems", lang)] if any(note.key in _IN_ROWS for note in summary.undecided) else []),
        say("score.list", lang),
    ]
    return "\n".join(lines)


def write_boss_note(
    path: Path, summary: Summary, lang: Lang = "zh", before: Sequence[str] = (), news: PolicyNews | None = None
) -> Path:
    """Write the note as a text file that Notepad opens.

    Raises:
        OutputError: the folder cannot be written.
    """
    return text_into_place(path, boss_note(summary, lang, before, news))


def _conclusion(summary: Summary, lang: Lang, head: str = "boss.head") -> str:
    reasons = _counted(summary.by_reason, "boss.reason", lang)
    head = say(head, lang, until=_until(summary, lang))
    advice = say(
        "boss.suggested" if summary.suggested else "boss.nothing", lang, count=f"{summary.suggested:,}", reasons=reasons
    )
    if not summary.held:
        return head + advice + say("boss.stop", lang)
    guards = _counted(dict(islice(summary.held_by_guard.items(), _NAMED)), "guard", lang)
    more = say("boss.and_more", lang) if len(summary.held_by_guard) > _NAMED else ""
    return head + advice + say("boss.held", lang, count=f"{summary.held:,}", guards=guards + more)


def _until(summary: Summary, lang: Lang) -> str:
    """How far the data reach, and the day the decisions were made for when that is another."""
    as_of, known = _day(summary.as_of, lang), summary.data_until
    if known is None:
        return say("boss.until.no_sales", lang, as_of=as_of)
    if known < summary.as_of:
        return say("boss.until.behind", lang, as_of=as_of, known=_day(known, lang))
    return say("boss.until", lang, as_of=as_of)


def _counted(counts: Mapping[str, int], words: str, lang: Lang) -> str:
    """滞销14、换季6: each value in words with its count."""
    parts = (say("boss.part", lang, name=say(f"{words}.{value}", lang), count=f"{n:,}") for value, n in counts.items())
    return say("boss.comma", lang).join(parts)


def _slots(summary: Summary, lang: Lang) -> str:
    slots, freed = summary.slots, summary.freed_slots
    key = "boss.slots" if slots.free >= 0 else "boss.slots_over"
    line = say(key, lang, used=f"{slots.used:,}", limit=f"{slots.limit:,}", free=f"{abs(slots.free):,}")
    if freed:
        line += say("boss.slots_freed", lang, count=f"{freed:,}")
    if slots.free + freed < 0:
        key = "boss.slots_capped" if summary.is_capped else "boss.slots_stuck"
        line += say(key, lang, count=f"{-slots.free - freed:,}")
    if not slots.is_exact:
        line += say("boss.slots_unknown", lang, count=f"{slots.unknown:,}")
    return line + say("boss.stop", lang)


def _today(summary: Summary, lang: Lang, most: int) -> Iterable[str]:
    """What to do, numbered; what does not fit stands together on the last line."""
    steps = [note.in_(lang) for note in summary.todo]
    if not steps:
        return [say("boss.nothing_to_do", lang)]
    lines = [
        *steps[: most - 1],
        *([say("boss.semicolon", lang).join(steps[most - 1 :])] if steps[most - 1 :] else []),
    ]
    return [say("boss.today", lang), *(f"  {n}. {line}" for n, line in enumerate(lines, 1))]


def _listed(key: str, notes: list[str], lang: Lang) -> list[str]:
    """One line of the first few notes, and how many more there are."""
    if not notes:
        return []
    more = say("boss.more", lang, count=len(notes) - _NAMED) if len(notes) > _NAMED else ""
    return [say(key, lang, notes=say("boss.semicolon", lang).join(notes[:_NAMED]) + more)]


def _one_a_line(key: str, notes: list[str], lang: Lang) -> list[str]:
    return [say(key, lang), *(f"  - {note}" for note in notes)] if notes else []


def _day(day: date, lang: Lang) -> str:
    return say("boss.day", lang, year=day.year, month=day.month, day=day.day)
