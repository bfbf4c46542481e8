"""Up to which day a store's files tell, and which rows cannot be true because that day is yet to come.

A year typed wrong (2062 for 2026) would make it the day to judge by, and every product would look dead. A store that
knows what day it is (the command line tells it) does not go by later days, and reports the rows that state them.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit import schema
from toolkit.history import Batch, Batches, History

__all__ = ["coverage_until", "latest_day", "rows_after"]

_ABOUT_PRODUCTS = {table.name for table in schema.LOADED_TABLES}


def latest_day(history: History, *, today: date | None = None) -> date | None:
    """The latest day on which a file about products saw something happen, or says it was looked at; None without any.

    Days after `today` do not count, unless there are no others. Bills never do: a bill of today says nothing about
    products whose last list is of last week.
    """
    batches = [batch for batch in history.batches.all if _ABOUT_PRODUCTS & batch.rows.keys()]
    days = [_last_told(history.batches, batch, today or date.max) for batch in batches]
    known = [day for day in days if day]
    return max(known) if known else max((day for batch in batches for day in _days(batch)), default=None)


def rows_after(history: History, day: date) -> pl.DataFrame:
    """One problem per row about products that says something happened after `day` (`schema.PROBLEMS`)."""
    late = _late(history, day)
    if not late:
        return schema.PROBLEMS.empty()
    from toolkit.score_inputs import dated_after

    return pl.concat([dated_after(_frames(history.batches, batch), day) for batch in late])


def coverage_until(history: History, day: date) -> pl.DataFrame | None:
    """The stretches of days that the files tell up to `day`; None without any file."""
    coverage = history.coverage()
    late = _late(history, day)
    if coverage is None or not late:
        return coverage
    from toolkit.score_inputs import told_until

    batches = history.batches
    whole = [batches.scan("coverage", batch).collect() for batch in late]
    clipped = [told_until(rows, _frames(batches, batch), day) for rows, batch in zip(whole, late, strict=True)]
    kept = coverage.join(pl.concat(whole), on=coverage.columns, how="anti", nulls_equal=True)
    return pl.concat([kept, *clipped]).sort(schema.COVERAGE.names)


def _late(history: History, day: date) -> list[Batch]:
    """The batches that state days after `day`; none where all days are after it, for then the clock is wrong."""
    last = latest_day(history, today=day)
    if last is None or last > day:
        return []
    return [batch for batch in history.batches.all if any(told > day for told in _days(batch))]


def _days(batch: Batch) -> list[date]:
    return [day for day in (batch.latest_event_on, batch.observed_on) if day]


def _last_told(batches: Batches, batch: Batch, until: date) -> date | None:
    """The latest day of a batch that is not after `until`; its rows are asked only when it states a later one."""
    days = _days(batch)
    if all(day <= until for day in days):
        return max(days, default=None)
    from toolkit.score_inputs import latest_event

    told = latest_event(_frames(batches, batch).items(), until=until)
    return told if told and told <= until else None


def _frames(batches: Batches, batch: Batch) -> dict[str, pl.LazyFrame]:
    return {name: batches.scan(name, batch) for name in sorted(_ABOUT_PRODUCTS & batch.rows.keys())}
