"""A review that takes about an hour: is the hour over?

Hours of working days count, day and night; hours of a free day do not, for nobody has promised to work then (the seller
guide says "about one hour" and no more). What is not known may be anything: a case that states no time of day may have
been handed in at any minute of its day, and a check that states none may be made at any minute of its own. So a case is
late only if it is late at every such minute, and possibly late if at some. On the day it was handed in it is never even
possibly late unless both times are known.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import polars as pl

from toolkit.workdays import WorkCalendar

__all__ = ["checked", "hours_over"]

_SHANGHAI = timezone(timedelta(hours=8))
_DAY = 24.0


def checked(as_of: date) -> tuple[date, datetime | None]:
    """The day of checking in Shanghai, and its time where `as_of` is a moment (without a zone: Shanghai time).

    >>> checked(date(2026, 11, 20)), checked(datetime(2026, 11, 20, 15, 30))[1]
    ((datetime.date(2026, 11, 20), None), datetime.datetime(2026, 11, 20, 15, 30))
    """
    if not isinstance(as_of, datetime):
        return as_of, None
    here = as_of if as_of.tzinfo is None else as_of.astimezone(_SHANGHAI).replace(tzinfo=None)
    return here.date(), here


def hours_over(
    cases: pl.DataFrame, *, hours: int, as_of: date, at: datetime | None, calendar: WorkCalendar
) -> pl.DataFrame:
    """Whether a number of working hours is over, for cases with submitted_on and submitted_at, in order.

    days: working days after the first until the last moment it may be due; due_hour_at: that moment, null where the time of
    day is not known; is_late: null means possibly.

    >>> case = pl.DataFrame({"submitted_on": [date(2026, 11, 20)], "submitted_at": [datetime(2026, 11, 20, 10)]})
    >>> now = datetime(2026, 11, 20, 11, 30)
    >>> hours_over(case, hours=1, as_of=now.date(), at=now, calendar=WorkCalendar()).row(0)
    (0, datetime.datetime(2026, 11, 20, 11, 0), True)
    """
    days = WorkCalendar(calendar.added)
    start = cases.select(pl.coalesce("submitted_on", pl.col("submitted_at").dt.date()))["submitted_on"]
    end = pl.repeat(as_of, cases.height, dtype=pl.Date, eager=True)
    span = days.spans(start, end)
    known = cases.select(
        first_hour=_hour(pl.col("submitted_at")),
        start_works=_works(start, days),
        end_works=_works(end, days),
        between=span["working_days"],
        is_provisional=span["is_provisional"],
        is_later_day=end > start,
    )
    last_hour = None if at is None else at.hour + at.minute / 60 + at.second / 3600
    least = _elapsed(pl.col("first_hour").fill_null(_DAY), pl.lit(last_hour or 0.0))
    most = _elapsed(pl.col("first_hour").fill_null(0.0), pl.lit(_DAY if last_hour is None else last_hour))
    both_known = pl.col("first_hour").is_not_null() & (at is not None)
    late = pl.when((least > hours) & ~pl.col("is_provisional")).then(True)
    in_time = pl.when((most <= hours) | ~(pl.col("is_later_day") | both_known)).then(False)
    last = pl.when(pl.col("start_works") > 0).then(pl.col("first_hour").fill_null(_DAY)).otherwise(_DAY) + hours
    due = known.select(
        days=((last / _DAY).ceil().cast(pl.Int64) - 1).clip(0), last=last, is_late=pl.coalesce(late, in_time)
    )
    on = days.dues(start, due["days"])["due_on"]
    minutes = ((pl.col("last") - _DAY * pl.col("days")) * 60).round().cast(pl.Int64)
    moment = due.select(pl.lit(on).cast(pl.Datetime("us")) + pl.duration(minutes=minutes)).to_series()
    told = due.with_columns(due_hour_at=pl.when(known["first_hour"].is_not_null()).then(moment))
    return told.select("days", "due_hour_at", "is_late")


def _hour(moment: pl.Expr) -> pl.Expr:
    """The time of day in hours."""
    return (moment - moment.dt.truncate("1d")).dt.total_seconds() / 3600


def _works(day: pl.Series, days: WorkCalendar) -> pl.Series:
    """1 where a day is worked, else 0."""
    return days.spans(day - timedelta(days=1), day)["working_days"].cast(pl.Float64)


def _elapsed(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Hours of working days between two times of day: whole days after the first, what is left of it, less the last's rest."""
    whole = _DAY * pl.col("between")
    return whole + (_DAY - first) * pl.col("start_works") - (_DAY - last) * pl.col("end_works")
