"""What day, and what period, does a file's name state?

Exports rarely carry their date in a column; many carry it in their name. A name is only believed where it can mean
one thing: two dates are a range, a Sunday is the week that ends on it, the last day of a month is that month. A
Sunday that is also a month's last day is both, and so neither, unless the name says 周 or 月. The file's time stamp
on disk is never asked: copying a file changes it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

__all__ = ["day_in_name", "period_in_name"]

_DAY = re.compile(r"(?<!\d)(20\d\d)([-_.年]?)(\d{1,2})([-_.月]?)(\d{1,2})日?(\d{4}|\d{6})?(?!\d)")
_WEEK = re.compile(r"周(?!年)|week", re.IGNORECASE)
_MONTH = re.compile(r"月报|月度|按月|每月|整月|month", re.IGNORECASE)


def _days(name: str) -> list[tuple[date, bool]]:
    """The days in a name, each with whether a time of day follows it (a moment of download, not a period)."""
    days = []
    for year, first, month, second, day, clock in _DAY.findall(name):
        # 2026111 could be two days: without separators a day is eight digits.
        if not (first and second) and (first or second or len(month) + len(day) != 4):
            continue
        try:
            days.append((date(int(year), int(month), int(day)), bool(clock)))
        except ValueError:
            continue
    return days


def day_in_name(name: str) -> date | None:
    """The one day a file's name states; None when it states none, or more than one.

    >>> day_in_name("商品列表_20261120.json"), day_in_name("stock 2026-11-20.csv"), day_in_name("stock.csv")
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 20), None)
    """
    days = {day for day, _ in _days(name)}
    return days.pop() if len(days) == 1 else None


def _month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def period_in_name(name: str) -> tuple[date, date] | None:
    """The statistics period a file's name states, first and last day; None when it could be more than one.

    Two dates are a range. One date is a week when it is a Sunday, a calendar month when it is a month's last day.

    >>> period_in_name("汇总指标_20261122.xlsx")
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 22))
    >>> period_in_name("20261031.xlsx")
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
    >>> period_in_name("汇总指标_20261118.xlsx") is None
    True
    """
    days = [day for day, clock in _days(name) if not clock]
    if len(days) == 2 and days[0] <= days[1]:
        return days[0], days[1]
    if len(days) != 1:
        return None
    day = days[0]
    is_week, is_month = day.weekday() == 6, day == _month_of(day)[1]
    if is_week and is_month:
        is_week, is_month = bool(_WEEK.search(name)), bool(_MONTH.search(name))
    if is_week == is_month:
        return None
    return (day - timedelta(days=6), day) if is_week else _month_of(day)
