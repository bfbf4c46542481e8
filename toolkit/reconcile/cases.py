"""A case has dated stages and a number of working days; how far is it, how late is it, and what comes next?

A deposit refund, a company certification, a review of business information: each was handed in on one day, passed or
was turned down on another, and is given so many working days. Days are counted by `toolkit.workdays`; where the
holidays of a year are not published yet the last day lies between two bounds, and a case past the earlier one is only
*possibly* late. Limits are settings; what the seller guide says are their defaults. A kind of case for which nothing
is promised has no limit and is never late. A certification is given hours, not days: `toolkit.reconcile.hours`.

The guide's answer to a review that takes too long is one list in order: is everything there, have the files the right
kind, then a call to support.
"""

from __future__ import annotations

from datetime import date, datetime

import polars as pl

from toolkit.reconcile.hours import hours_over
from toolkit.schema import APPLICATIONS
from toolkit.schema.deposits import CASES
from toolkit.settings import Cases
from toolkit.workdays import WorkCalendar

__all__ = ["AGEING", "DEPOSIT", "ageing", "case_keys", "clock", "pointer", "reviews"]

AGEING = ("not_due", "late_1_5", "late_6_10", "late_11_20", "late_over_20")
"""How late: working days after the last one allowed."""

DEPOSIT, CERTIFICATION = "deposit_refund", "company_certification"
_NO_LIMIT = -1


def clock(cases: pl.DataFrame, *, as_of: date, calendar: WorkCalendar) -> pl.DataFrame:
    """The cases, in order, with their days: when due, how many working days are used, how late.

    Args:
        cases: started_on, ended_on (null: still waiting), days_min and days_max (working days; null: no limit).

    Adds due_from_on and due_on (the days `days_min` and `days_max` are over), due_earliest_on and due_latest_on
    (bounds of due_on, equal to it where holidays are published), is_provisional, working_days (from the start to the
    end, else to `as_of`), late_days (working days after due_on; never negative; null: no limit or not started),
    is_late (true: after every bound; null: after due_on's earliest bound only, so possibly) and ageing.

    >>> one = pl.DataFrame({"started_on": [date(2026, 2, 13)], "ended_on": [None], "days_min": [3], "days_max": [5]},
    ...     schema_overrides={"ended_on": pl.Date})
    >>> clock(one, as_of=date(2026, 3, 2), calendar=WorkCalendar()).select("due_on", "late_days", "ageing").row(0)
    (datetime.date(2026, 2, 27), 2, 'late_1_5')
    """
    known = cases.with_row_index("__at")
    limit = known.select(pl.col(name).fill_null(_NO_LIMIT).cast(pl.Int64) for name in ("days_min", "days_max"))
    first = calendar.dues(known["started_on"], limit["days_min"].clip(0))
    last = calendar.dues(known["started_on"], limit["days_max"].clip(0))
    until = known.select(pl.col("ended_on").fill_null(pl.lit(as_of)))["ended_on"]
    used = calendar.spans(known["started_on"], until)
    # Lateness starts the day after the due day; on a calendar counting from day 0 the due day itself would be one.
    late = calendar.spans(last["due_on"], until)["working_days"] - (1 - calendar.count_from)
    has_limit = (limit["days_max"] != _NO_LIMIT) & known["started_on"].is_not_null()
    days = pl.DataFrame(
        {
            "due_from_on": first["due_on"],
            "due_on": last["due_on"],
            "due_earliest_on": last["due_earliest"],
            "due_latest_on": last["due_latest"],
            "is_provisional": last["is_provisional"],
            "late_days": late.clip(0),
        }
    ).with_columns(until=until, has_limit=has_limit)
    limited = days.select(
        pl.when("has_limit").then(pl.col(name)).alias(name)
        for name in days.columns
        if name not in ("until", "has_limit")
    )
    return (
        known.drop("__at")
        .hstack(limited)
        .with_columns(
            working_days=used["working_days"],
            is_late=_is_late(until),
            ageing=ageing(pl.col("late_days")),
        )
    )


def _is_late(until: pl.Series) -> pl.Expr:
    """False: the day has not passed its earliest bound; null: it may have passed, holidays are not published."""
    past = pl.lit(until) > pl.col("due_earliest_on")
    return pl.when(past & pl.col("is_provisional")).then(None).otherwise(past.fill_null(False))


def ageing(late_days: pl.Expr) -> pl.Expr:
    """The bucket of `AGEING` a number of working days late falls into; null where it is null.

    >>> pl.DataFrame({"d": [0, 5, 6, 21, None]}).select(late=ageing(pl.col("d")))["late"].to_list()
    ['not_due', 'late_1_5', 'late_6_10', 'late_over_20', None]
    """
    bucket = pl.when(late_days <= 0).then(pl.lit(AGEING[0]))
    for most, name in zip((5, 10, 20), AGEING[1:], strict=False):
        bucket = bucket.when(late_days <= most).then(pl.lit(name))
    return bucket.when(late_days > 20).then(pl.lit(AGEING[-1]))


def pointer() -> pl.Expr:
    """Where a row was read: file › sheet › line; null for a row from no file."""
    row = pl.col("source_row").cast(pl.String)
    words = pl.concat_str("source_file", "source_sheet", row, separator=" › ", ignore_nulls=True)
    return pl.when(words != "").then(words)


def case_keys(applications: pl.DataFrame | None) -> pl.DataFrame:
    """Applications with case_key: store, kind, and the case's id, else its day, numbered where that is not enough."""
    given = APPLICATIONS.empty() if applications is None else APPLICATIONS.conform(applications)
    order = ["store", "case_kind", "submitted_on", "case_id", "approved_on", "source_file", "source_row"]
    name = pl.coalesce("case_id", pl.col("submitted_on").cast(pl.String), pl.lit("-"))
    key = pl.concat_str(pl.col("store").fill_null("-"), pl.col("case_kind").fill_null(DEPOSIT), name, separator="|")
    nth = pl.int_range(1, pl.len() + 1).over("case_key")
    return (
        given.unique(maintain_order=True)
        .sort(order, nulls_last=True)
        .with_columns(pl.col("case_kind").fill_null(DEPOSIT), case_key=key)
        .with_columns(case_key=pl.when(nth > 1).then(pl.concat_str("case_key", pl.lit("|"), nth)).otherwise("case_key"))
    )


def reviews(
    applications: pl.DataFrame | None,
    *,
    as_of: date,
    calendar: WorkCalendar,
    limits: Cases,
    at: datetime | None = None,
) -> pl.DataFrame:
    """Every dated case that is no deposit refund, as `CASES`, with state and next step.

    States: not_submitted, in_review, review_late, review_possibly_late (holidays not published, or case_rule
    hours_unclear: the hour is not known), passed, rejected.

    Args:
        at: the time of checking, where it is known.

    >>> row = {"store": ["S1"], "case_kind": ["business_information"], "submitted_on": [date(2026, 11, 2)]}
    >>> found = reviews(pl.DataFrame(row), as_of=date(2026, 11, 10), calendar=WorkCalendar(), limits=Cases())
    >>> found.select("due_on", "case_state", "next_step").row(0)
    (datetime.date(2026, 11, 6), 'review_late', 'check_then_call')
    """
    cases = case_keys(applications).filter(pl.col("case_kind") != DEPOSIT)
    started = cases.with_columns(
        submitted_on=pl.coalesce("submitted_on", pl.col("submitted_at").dt.date()),
        ended_on=pl.coalesce("approved_on", "rejected_on"),
        case_row=pointer(),
    ).with_columns(started_on="submitted_on")
    is_hours = pl.col("case_kind") == CERTIFICATION
    by_hours = _by_hours(started.filter(is_hours), as_of=as_of, at=at, calendar=calendar, limits=limits)
    by_days = _by_days(started.filter(~is_hours), as_of=as_of, calendar=calendar, limits=limits)
    return _judged(pl.concat([by_days, by_hours], how="diagonal"), as_of)


def _by_days(cases: pl.DataFrame, *, as_of: date, calendar: WorkCalendar, limits: Cases) -> pl.DataFrame:
    days = {
        "business_information": (limits.business_days_min, limits.business_days_max),
        "fund_account": (limits.account_days_min, limits.account_days_max),
    }
    limited = cases.with_columns(
        pl.col("case_kind")
        .replace_strict({k: v[n] for k, v in days.items()}, default=None, return_dtype=pl.Int64)
        .alias(name)
        for n, name in enumerate(("days_min", "days_max"))
    )
    return clock(limited, as_of=as_of, calendar=calendar).with_columns(case_rule=pl.lit("working_days"))


def _by_hours(
    cases: pl.DataFrame, *, as_of: date, at: datetime | None, calendar: WorkCalendar, limits: Cases
) -> pl.DataFrame:
    """Late by the hour; a working day that has begun counts as one day late."""
    over = hours_over(cases, hours=limits.certification_hours, as_of=as_of, at=at, calendar=calendar)
    limited = cases.with_columns(days_min=pl.lit(0, pl.Int64), days_max=over["days"], due_hour_at=over["due_hour_at"])
    # Hours begin at the hour, whichever day days are counted from.
    timed = clock(limited, as_of=as_of, calendar=WorkCalendar(calendar.added)).drop("is_late", "ageing")
    waits = pl.col("ended_on").is_null() & pl.col("started_on").is_not_null()
    unsure = waits & over["is_late"].is_null()
    late = pl.when(over["is_late"].fill_null(False) & waits).then(pl.col("late_days").clip(1)).otherwise("late_days")
    return timed.with_columns(
        is_late=over["is_late"],
        late_days=pl.when(~unsure).then(late),
        case_rule=pl.when(unsure & ~pl.col("is_provisional")).then(pl.lit("hours_unclear")).otherwise(pl.lit("hours")),
    ).with_columns(ageing=ageing(pl.col("late_days")))


def _judged(cases: pl.DataFrame, as_of: date) -> pl.DataFrame:
    def by(day: str) -> pl.Expr:
        return (pl.col(day) <= as_of).fill_null(False)

    state = (
        pl.when(by("approved_on") & (pl.col("approved_on") >= pl.col("rejected_on")).fill_null(True))
        .then(pl.lit("passed"))
        .when(by("rejected_on") & (pl.col("rejected_on") >= pl.col("submitted_on")).fill_null(True))
        .then(pl.lit("rejected"))
        .when(~by("submitted_on"))
        .then(pl.lit("not_submitted"))
        .when(pl.col("is_late"))
        .then(pl.lit("review_late"))
        .when(pl.col("is_late").is_null())
        .then(pl.lit("review_possibly_late"))
        .otherwise(pl.lit("in_review"))
    )
    steps = {
        "passed": "done", "rejected": "correct_and_resubmit", "not_submitted": "submit", "in_review": "wait",
        "review_late": "check_then_call", "review_possibly_late": "check_then_call",
    }  # fmt: skip
    told = cases.with_columns(case_state=state)
    return CASES.conform(
        told.with_columns(next_step=pl.col("case_state").replace_strict(steps, default=None, return_dtype=pl.String))
    ).sort("store", "case_kind", "submitted_on", "case_key", nulls_last=True)
