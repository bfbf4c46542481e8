"""On which day is "three to five working days" over? Mainland China moves its weekends.

A notice each autumn says which weekdays of the next year are free and which Saturdays and Sundays are worked instead.
Counting Monday to Friday is wrong for every fifth refund, by up to eight days, in both directions. The published years
come from `chinesecalendar`; a year it does not know yet can be added from a small TOML file:

    [2027]
    holidays = ["2027-01-01..2027-01-03", "2027-02-05..2027-02-12"]
    make_up = ["2027-02-20"]

Past the last known year a date is **provisional**: the plain weekday answer with two bounds. A day there is surely free
(1 January, 1 May, 1 to 3 October, the first three days of the lunar year), surely usual (Monday to Friday worked,
weekend free, far from every festival), or open. The earliest day counts every open day as worked, the latest counts
none. The reach of the festivals is data, ``workdays.toml``; no notice since 2004 went beyond it, which the tests show by
hiding each year in turn. An extraordinary decree outside every festival is the one thing no bound can foresee.

The end of December belongs to the next year's notice: in years whose next 1 January is a Sunday, Monday or Tuesday its
last three days were moved, so they count as known only together with the next year.

The day after the start is day 1 (`count_from=1`; with 0 the start itself is, if it is worked). Moments are taken in
Asia/Shanghai before their date; a moment without a zone is taken to be Shanghai time already.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import polars as pl
from chinese_calendar.constants import holidays as _published_holidays
from chinese_calendar.constants import workdays as _published_make_up

from toolkit.errors import DataError, SettingsError

__all__ = ["Due", "WorkCalendar", "WorkdaySpan", "WorkdayYear", "read_workday_years"]

_SHANGHAI = timezone(timedelta(hours=8))
_FIRST, _LAST = date(2000, 1, 1), date(2049, 12, 31)
_NEXT_NOTICE_FROM = (12, 29)
_MOVES_DECEMBER = (6, 0, 1)
"""Weekdays of 1 January (Sunday, Monday, Tuesday) for which notices moved the last days of the year before."""


class Due(NamedTuple):
    """The day on which a number of working days is over, and the days between which it must lie.

    The three days are equal unless `provisional`, which says that a day of an unpublished year was counted.
    """

    on: date
    earliest: date
    latest: date
    provisional: bool


class WorkdaySpan(NamedTuple):
    """Working days from one day to another; negative when the end lies before the start."""

    days: int
    at_least: int
    at_most: int
    provisional: bool


@dataclass(frozen=True)
class WorkdayYear:
    """One year's notice: the days that are free beside or instead of weekends, and the weekend days that are worked."""

    year: int
    holidays: frozenset[date]
    make_up: frozenset[date]


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of mainland China: the published years, and those a user added.

    >>> calendar = WorkCalendar()
    >>> calendar.add(date(2026, 2, 13), 5).on
    datetime.date(2026, 2, 27)
    >>> calendar.elapsed(date(2025, 9, 26), date(2025, 9, 30)).days
    3
    """

    added: tuple[WorkdayYear, ...] = ()
    count_from: Literal[0, 1] = 1

    @property
    def known_through(self) -> date:
        """The last day of which it is published whether it is worked."""
        last = max(self._years)
        moved = date(last + 1, 1, 1).weekday() in _MOVES_DECEMBER
        return date(last, *_NEXT_NOTICE_FROM) - timedelta(days=1) if moved else date(last, 12, 31)

    def add(self, day: date, n: int) -> Due:
        """The day on which `n` working days after `day` are over; `n` = 0 is the day itself.

        Raises:
            DataError: the day lies outside 2000–2049, or the answer would.

        >>> WorkCalendar().add(date(2025, 9, 26), 3)[0]
        datetime.date(2025, 9, 30)
        """
        row = self.dues(pl.Series([_shanghai_day(day)], dtype=pl.Date), n).row(0)
        if row[0] is None:
            raise DataError("workdays_range", day=str(day), first=_FIRST.year, last=_LAST.year)
        return Due(*row)

    def elapsed(self, start: date, end: date) -> WorkdaySpan:
        """Working days from `start` to `end`: those after the start, up to and with the end.

        Raises:
            DataError: a day lies outside 2000–2049.

        >>> WorkCalendar().elapsed(date(2026, 2, 13), date(2026, 2, 24)).days
        2
        """
        days = [pl.Series([_shanghai_day(day)], dtype=pl.Date) for day in (start, end)]
        row = self.spans(*days).row(0)
        if row[0] is None:
            raise DataError("workdays_range", day=f"{start}–{end}", first=_FIRST.year, last=_LAST.year)
        return WorkdaySpan(*row)

    def dues(self, start: pl.Series, n: int | pl.Series) -> pl.DataFrame:
        """`add` for a whole column: due_on, due_earliest, due_latest, is_provisional, one row per row, in order.

        `start` holds days or moments. Null where the start is null or a day lies outside 2000–2049.
        """
        frame = _positions(start).to_frame().with_columns(n=pl.lit(n).cast(pl.Int64))
        at, step = pl.col("at"), pl.col("n")
        before = at + (self.count_from - 1)
        days = {
            name: pl.when(step == 0).then(at).otherwise(_look(nth, _look(counts, before) + step))
            for name, (counts, nth) in zip(("due_on", "due_earliest", "due_latest"), self._tables, strict=True)
        }
        found = frame.select(**days)
        return found.select(
            *((pl.lit(_FIRST) + pl.duration(days=pl.col(name))).alias(name) for name in days),
            is_provisional=(
                _look(self._unknown, pl.col("due_latest")) > _look(self._unknown, frame["at"] + self.count_from - 1)
            ),
        )

    def spans(self, start: pl.Series, end: pl.Series) -> pl.DataFrame:
        """`elapsed` for whole columns: working_days, working_days_min, working_days_max, is_provisional, in order.

        Null where a day is null or lies outside 2000–2049.
        """
        frame = pl.DataFrame({"a": _positions(start) + (self.count_from - 1), "b": _positions(end)})
        counted = [_look(counts, pl.col("b")) - _look(counts, pl.col("a")) for counts, _ in self._tables]
        plain, most, least = counted
        return frame.select(
            working_days=plain,
            working_days_min=pl.min_horizontal(most, least),
            working_days_max=pl.max_horizontal(most, least),
            is_provisional=_look(self._unknown, pl.col("b")) != _look(self._unknown, pl.col("a")),
        )

    @property
    def table(self) -> pl.DataFrame:
        """One row per day 2000–2049: is_known, is_working (plain), and the working days counted up to and with it."""
        plain, most, least = (counts for counts, _ in self._tables)
        days = pl.date_range(_FIRST, _LAST, eager=True)
        return pl.DataFrame({"day": days, "ordinal": plain, "ordinal_max": most, "ordinal_min": least}).with_columns(
            is_working=pl.Series(plain).diff().fill_null(plain[0]) > 0,
            is_known=pl.Series(self._unknown).diff().fill_null(self._unknown[0]) == 0,
        )

    @cached_property
    def _years(self) -> dict[int, WorkdayYear]:
        """Every year whose notice is known; the known years must follow one another.

        Raises:
            SettingsError: an added year leaves a gap behind the published ones.
        """
        years = _published() | {year.year: year for year in self.added}
        missing = sorted(set(range(min(years), max(years) + 1)) - set(years))
        if missing:
            raise SettingsError("workdays_gap", year=missing[0], last=max(years))
        return years

    @cached_property
    def _tables(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """For the plain, the greatest and the smallest count: days counted up to each day, and the day of each count."""
        plain, open_ = self._worked_and_open
        return [
            (np.cumsum(worked), np.concatenate([[-1], np.flatnonzero(worked)]))
            for worked in (plain, plain | open_, plain & ~open_)
        ]

    @cached_property
    def _unknown(self) -> np.ndarray:
        """How many days up to each day are not published."""
        days = np.arange(_LAST.toordinal() - _FIRST.toordinal() + 1)
        known = (days >= _at(date(min(self._years), 1, 1))) & (days <= _at(self.known_through))
        return np.cumsum(~known)

    @cached_property
    def _worked_and_open(self) -> tuple[np.ndarray, np.ndarray]:
        """Per day: whether it is (or, unpublished, would usually be) worked, and whether a notice may change that."""
        weekday = (np.arange(len(self._unknown)) + _FIRST.weekday()) % 7 < 5
        unknown = np.diff(self._unknown, prepend=0) > 0
        free, near, always = _festival_reach()
        worked = weekday & ~(always & unknown)
        for year in self._years.values():
            worked[[_at(day) for day in year.holidays if _FIRST <= day <= _LAST]] = False
            worked[[_at(day) for day in year.make_up if _FIRST <= day <= _LAST]] = True
        return worked, unknown & ~always & np.where(weekday, free, near)


def read_workday_years(path: Path) -> tuple[WorkdayYear, ...]:
    """The years of a user's TOML file; days as ``2027-01-01``, runs of days as ``2027-02-05..2027-02-12``.

    Days of the December before may stand in a year's notice.

    Raises:
        SettingsError: the file is not TOML, or holds something that is no year, no day or no weekend to make up.
    """
    try:
        years = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("settings_not_toml", file=path.name, problem=str(error)) from error
    return tuple(_year(path.name, name, values) for name, values in years.items())


def _year(file: str, name: str, values: Any) -> WorkdayYear:
    if not (name.isdigit() and _FIRST.year <= int(name) <= _LAST.year and isinstance(values, dict)):
        raise SettingsError("workdays_value", file=file, value=name)
    if unknown := set(values) - {"holidays", "make_up"}:
        raise SettingsError("workdays_value", file=file, value=f"{name} › {sorted(unknown)[0]}")
    free, worked = (
        [day for item in values.get(key, ()) for day in _days(file, name, item)] for key in ("holidays", "make_up")
    )
    for day in worked:
        if day.weekday() < 5:
            raise SettingsError("workdays_not_a_weekend", file=file, day=str(day))
    return WorkdayYear(int(name), frozenset(free), frozenset(worked))


def _days(file: str, year: str, item: object) -> list[date]:
    """The days of one entry: a day or a run of days, of the year or the December before."""
    try:
        first, _, last = (part.strip() for part in str(item).partition(".."))
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise SettingsError("workdays_value", file=file, value=str(item)) from error
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    if not days or days[0] < date(int(year) - 1, 12, 1) or days[-1].year > int(year):
        raise SettingsError("workdays_value", file=file, value=f"{year} › {item}")
    return days


@cache
def _published() -> dict[int, WorkdayYear]:
    years = {day.year for day in _published_holidays}
    return {
        year: WorkdayYear(
            year,
            frozenset(day for day in _published_holidays if day.year == year),
            frozenset(day for day in _published_make_up if day.year == year),
        )
        for year in sorted(years)
    }


@cache
def _festival_reach() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per day 2000–2049: could a weekday be free, could a weekend be worked, is it free in every year."""
    rules = tomllib.loads(files("toolkit").joinpath("workdays.toml").read_text(encoding="utf-8"))
    free, near, always = np.zeros((3, _at(_LAST) + 1), dtype=bool)
    within = rules["made_up_within"]
    for festival in rules["festival"]:
        for day in _festival_days(festival, rules["lunar"]):
            _mark(free, day, *festival["free"])
            _mark(near, day, -within, within)
            if "always" in festival:
                _mark(always, day, *festival["always"])
    return free, near, always


def _festival_days(festival: dict[str, Any], lunar: dict[str, Any]) -> list[int]:
    """Positions of one festival in every year, and of the new year after the last."""
    years = range(_FIRST.year, _LAST.year + 1)
    if "on" in festival:
        month, day = map(int, festival["on"].split("-"))
        return [_at(date(year, month, day)) for year in (*years, _LAST.year + 1)]
    column = lunar["names"].index(festival["name"])
    return [_at(date.fromisoformat(f"{year}-{lunar[str(year)][column]}")) for year in years]


def _mark(marks: np.ndarray, day: int, first: int, last: int) -> None:
    marks[max(day + first, 0) : max(day + last + 1, 0)] = True


def _at(day: date) -> int:
    return day.toordinal() - _FIRST.toordinal()


def _shanghai_day(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(_SHANGHAI) if moment.tzinfo else moment).date()


def _positions(days: pl.Series) -> pl.Series:
    """Days or moments as positions in the tables; null outside of them."""
    if isinstance(days.dtype, pl.Datetime) and days.dtype.time_zone:
        days = days.dt.convert_time_zone("Asia/Shanghai")
    at = pl.col("at").cast(pl.Date).cast(pl.Int64) - (_FIRST - date(1970, 1, 1)).days
    return days.alias("at").to_frame().select(pl.when(at.is_between(0, _at(_LAST))).then(at).alias("at")).to_series()


def _look(table: np.ndarray, at: pl.Expr | pl.Series) -> pl.Expr:
    """The entry of a table at each position; null where the position is null or outside; 0 just before the first."""
    where = pl.lit(at) if isinstance(at, pl.Series) else at
    known = where.is_between(0, len(table) - 1)
    return (
        pl.when(where == -1)
        .then(0)
        .when(known)
        .then(pl.lit(pl.Series(table)).gather(pl.when(known).then(where).otherwise(0)))
    )
