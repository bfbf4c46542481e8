"""On which days does an event fall this year, and next? Some keep their date, some move.

An event's days are written in one line:

    11-11..11-13                            the same days every year (one day: 06-18)
    2025-09-09..2025-09-11, 2026-09-15      days of named years, for whatever moves by no rule
    -7..14                                  days counted from the event's own day; for events that have one
    off                                     no event

The shipped ones stand in ``events.toml``, those of a store in its toolkit.toml under ``[events.days]``: by a shipped name
they replace its days, by any other they add an event. They are windows to look at, not facts of a platform.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

__all__ = ["NO_EVENTS", "Event", "EventCalendar", "Run", "event_calendar", "unreadable_event"]

Run = tuple[date, date]
MonthDay = tuple[int, int]
_COUNTED = re.compile(r"(-?\d{1,3})\.\.(-?\d{1,3})")
_USUAL_YEAR = 2025
"""29 February is no day of every year."""


@dataclass(frozen=True)
class Event:
    """One event and the days it falls on."""

    name: str
    every_year: tuple[tuple[MonthDay, MonthDay], ...] = ()
    """First and last day, as month and day; a run may end in the next year."""
    dated: tuple[Run, ...] = ()
    around: str = ""
    """What its days are counted from, see `_ANCHORS`; empty: nothing."""
    counted: tuple[int, int] = (0, 0)
    is_gap: bool = False
    """One of supply: makers and carriers rest."""
    is_own: bool = False
    """Its days are the seller's, not the shipped ones."""

    def runs(self, first: date, last: date) -> list[Run]:
        """Its runs of days that touch the days from `first` to `last`, ascending.

        >>> Event("eleven", every_year=(((11, 11), (11, 13)),)).runs(date(2026, 1, 1), date(2026, 12, 31))
        [(datetime.date(2026, 11, 11), datetime.date(2026, 11, 13))]
        """
        years = range(first.year - 1, last.year + 2)
        each = [
            (date(year, *start), date(year + (end < start), *end)) for year in years for start, end in self.every_year
        ]
        moving = [
            (day + timedelta(days=self.counted[0]), day + timedelta(days=self.counted[1]))
            for day in (_anchors(self.around, year) for year in years)
            if day is not None
        ]
        return sorted(run for run in [*each, *moving, *self.dated] if run[1] >= first and run[0] <= last)


@dataclass(frozen=True)
class EventCalendar:
    """The events a store's sales are looked at for."""

    events: tuple[Event, ...] = ()

    def next_runs(self, day: date, weeks: int) -> list[tuple[Event, Run]]:
        """The next run of days of each event that begins or goes on in the weeks after `day`, in the order of time."""
        last = day + timedelta(weeks=weeks)
        ahead = [(event, run) for event in self.events for run in event.runs(day + timedelta(days=1), last)[:1]]
        return sorted(ahead, key=lambda one: (one[1], one[0].name))


NO_EVENTS = EventCalendar()


def event_calendar(own: Mapping[str, str] | None = None) -> EventCalendar:
    """The shipped events with a seller's changes: name → days as in the module's opening.

    Raises:
        ValueError: days that cannot be read (`unreadable_event` says which, before).

    >>> [event.name for event in event_calendar({"sale_328": "off", "618": "06-16..06-18"}).events]
    ['sale_818', 'sale_1111', 'black_friday', 'chinese_new_year', '618']
    """
    own, shipped = own or {}, _shipped()
    if not own:
        return shipped
    changed = [_read(event.name, own[event.name], event) if event.name in own else event for event in shipped.events]
    added = [_read(name, days) for name, days in own.items() if name not in {event.name for event in shipped.events}]
    return EventCalendar(tuple(event for event in [*changed, *added] if event is not None))


def unreadable_event(own: Mapping[str, str]) -> str | None:
    """The name of the first event whose days cannot be read; None where all can.

    >>> unreadable_event({"618": "06-16..06-18", "double": "12.12"})
    'double'
    """
    for name, days in own.items():
        try:
            event_calendar({name: days})
        except ValueError:
            return name
    return None


def _read(name: str, days: str, shipped: Event | None = None) -> Event | None:
    """One event from its line; None where it is switched off."""
    days, is_gap = days.strip(), shipped is not None and shipped.is_gap
    if days == "off":
        return None
    if counted := _COUNTED.fullmatch(days):
        first, last = (int(part) for part in counted.groups())
        if shipped is None or not shipped.around or last < first:
            raise ValueError(days)
        return Event(name, around=shipped.around, counted=(first, last), is_gap=is_gap, is_own=True)
    runs = [_run(part) for part in days.split(",")]
    yearly = tuple((first[1:], last[1:]) for first, last in runs if first[0] is None)
    dated = tuple((date(*first), date(*last)) for first, last in runs if first[0] is not None)
    if any(last < first for first, last in dated):
        raise ValueError(days)
    return Event(name, every_year=yearly, dated=dated, is_gap=is_gap, is_own=True)


def _run(text: str) -> tuple[tuple, tuple]:
    """First and last day of one run, each as (year or None, month, day)."""
    first, _, last = (part.strip() for part in text.partition(".."))
    start, end = _day(first), _day(last or first)
    if (start[0] is None) != (end[0] is None):
        raise ValueError(text)
    return start, end


def _day(text: str) -> tuple[int | None, int, int]:
    if re.fullmatch(r"\d{2}-\d{2}", text):
        day = date.fromisoformat(f"{_USUAL_YEAR}-{text}")
        return None, day.month, day.day
    day = date.fromisoformat(text)
    return day.year, day.month, day.day


def _anchors(name: str, year: int) -> date | None:
    """The day of one year that an event's days are counted from; None where there is none, or it is not known."""
    if name == "black_friday":
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 22)
    return _spring_festivals().get(year) if name == "spring_festival" else None


@cache
def _spring_festivals() -> dict[int, date]:
    """The first day of the lunar year, by year, as far as ``workdays.toml`` dates it."""
    lunar = tomllib.loads(files("toolkit").joinpath("workdays.toml").read_text(encoding="utf-8"))["lunar"]
    column = lunar["names"].index("spring_festival")
    return {int(year): date.fromisoformat(f"{year}-{days[column]}") for year, days in lunar.items() if year.isdigit()}


@cache
def _shipped() -> EventCalendar:
    text = files("toolkit").joinpath("events.toml").read_text(encoding="utf-8")
    events = []
    for stated in tomllib.loads(text)["event"]:
        empty = Event(stated["name"], around=stated.get("around", ""), is_gap=stated.get("gap", False))
        read = _read(stated["name"], stated["days"], empty)
        events.append(Event(**{**vars(read), "is_own": False}))
    return EventCalendar(tuple(events))
