"""From whatever a caller hands in to the tables of the schema, with the day to judge from and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import schema
from toolkit.decide.summary import Note
from toolkit.errors import DataError
from toolkit.export.delist_report import InputFile
from toolkit.history import LINES, lines_at_once, merged_facts
from toolkit.schema import Table, Tables
from toolkit.settings import Settings

if TYPE_CHECKING:
    from toolkit.load.loaded import LoadedSheet

__all__ = [
    "dated",
    "dated_after",
    "day_of",
    "each_given",
    "input_file",
    "judged_from",
    "judged_until",
    "late",
    "latest_event",
    "sheets_given",
    "stated_day",
    "tables_of",
    "together",
    "told_until",
    "unread",
]  # fmt: skip

_GIVEN = {
    "orders": "order_lines", "catalog": "catalog", "stock": "stock", "sales": "period_sales", "policy": "policy",
    "purchase_orders": "purchase_orders", "purchase_order_lines": "purchase_order_lines", "bindings": "bindings",
}  # fmt: skip
_TOLD_BY = {"orders": "order_lines", "jit_purchase_orders": "purchase_orders"}
"""The tables that tell of each source of sales, row by row; a period is told as a whole."""
_TABLES = {table.name: table for table in schema.STORED_TABLES}
_ALONE = timedelta(days=300)
"""So far ahead of all others a day may be a year typed wrong: that puts it at least 365 days ahead of its own, which in
an export of the last two months is 300 days after the last right one."""
_FEW = 3
"""So few days are typing errors, or one list's date; more are days of a store that was closed for a while."""
_FARTHEST = 104
"""Weeks ahead that a clear date is looked for, and the farthest horizon."""
_MOST_LATE = 1_000
"""So many rows of one table that lie in the future are listed; more are a wrong clock or a wrong file."""


def sheets_given(given: Mapping[str, Any], settings: Settings) -> list[LoadedSheet]:
    """What a caller gave, by the names of `toolkit.score.score`, as loaded sheets.

    Raises:
        InputError: a file or frame is not what it was given for.
        DataError: nothing was given.
    """
    # Not at the top: a weekly run judges tables that are read already.
    from toolkit.load.given import given_sheets

    there = {name: thing for name, thing in given.items() if thing is not None}
    if not there:
        raise DataError("score_nothing")
    currency = settings.store.currency
    return [
        sheet
        for name, thing in there.items()
        for n, one in enumerate(each_given(thing))
        for sheet in given_sheets(one, table=_GIVEN[name], name=f"{name}[{n}]" if n else name, currency=currency)
    ]


def each_given(thing: Any) -> Sequence[Any]:
    """One thing, or the things of a list."""
    return thing if isinstance(thing, list | tuple) else [thing]


def judged_from(
    sheets: list[LoadedSheet],
    frames: Mapping[str, pl.LazyFrame],
    as_of: date | str | None,
    today: date | None = None,
) -> tuple[Tables, date, tuple[Note, ...]]:
    """The tables, the day to judge from, and what was assumed; `frames` are the `sheets` `together`."""
    day, assumed = day_of(as_of, frames, today=today)
    frames, undated = dated(frames, day)
    return tables_of(frames, sheets, today=today), day, (*assumed, *undated)


def together(sheets: Iterable[LoadedSheet], *, until: date | None = None) -> dict[str, pl.LazyFrame]:
    """All sheets' rows by table, each thing once, by the rules by which a store remembers what its files told.

    A sheet handed in twice (a workbook given for two things) counts once. Days after `until` make no file the newest.
    """
    parts: dict[str, list[tuple[LoadedSheet, pl.LazyFrame]]] = {}
    seen: set[tuple[str, str | None, str]] = set()
    for sheet in sheets:
        for name, rows in sheet.tables.items():
            if sheet.source is None or (sheet.file, sheet.sheet, name) not in seen:
                parts.setdefault(name, []).append((sheet, rows))
                seen.add((sheet.file, sheet.sheet, name))
    return {name: _once(_TABLES[name], part, until) for name, part in parts.items()}


def _once(table: Table, parts: list[tuple[LoadedSheet, pl.LazyFrame]], until: date | None) -> pl.LazyFrame:
    """One table of several sheets. A frame may hold the rows of several files itself: its `source_file` says so."""
    if len(parts) == 1 and parts[0][0].source:
        return parts[0][1]
    if table.name in LINES:
        files = (pl.lit(s.file) if s.source else pl.concat_str(pl.lit(s.file), "source_file") for s, _ in parts)
        named = [rows.with_columns(_file=file) for file, (_, rows) in zip(files, parts, strict=True)]
        return lines_at_once(pl.concat(named), table, until=until)
    if len({sheet.file for sheet, _ in parts}) == 1:
        return pl.concat([rows for _, rows in parts])
    newest = sorted(parts, key=lambda part: _latest(part[0], until) or date.min, reverse=True)
    return merged_facts(pl.concat([rows for _, rows in newest]).collect(), table).lazy()


def _latest(sheet: LoadedSheet, until: date | None) -> date | None:
    """The last day on which a sheet saw something happen, of the days up to `until`."""
    latest = sheet.latest_event_on
    if until is None or latest is None or latest <= until:
        return latest
    told = latest_event(sheet.tables.items(), until=until)
    return told if told and told <= until else None


def judged_until(
    sheets: Iterable[LoadedSheet], as_of: date | str | None, today: date | None
) -> tuple[date | None, str]:
    """The day after which no row is believed, and the problem of rows that state a later one.

    It is `today` where the caller knows it. Where nobody says any day, it is the last one before days that stand alone
    far ahead (`_ALONE`, `_FEW`): a year typed wrong would else be the day to judge by. None believes them all.
    """
    told = [(name, rows) for sheet in sheets for name, rows in sheet.tables.items()]
    if today is not None:
        return believed(today, told), "after_today"
    return (_last_in_line(told) if as_of is None else None), "far_ahead"


def _last_in_line(told: Iterable[tuple[str, pl.LazyFrame]]) -> date | None:
    """The end of the last stretch of days that is more than a few; None when nothing comes after it."""
    days = [
        rows.select(pl.col(column).cast(pl.Date).alias("day")) for name, rows in told for column in _event_days(name)
    ]
    if not days:
        return None
    known = pl.concat(days).drop_nulls().unique().collect(engine="streaming").sort("day")
    stretches = (
        known.group_by((pl.col("day").diff() > _ALONE).fill_null(False).cum_sum().alias("stretch"))
        .agg(pl.col("day").max(), pl.len())
        .filter(pl.col("len") > _FEW)
    )
    last, latest = stretches["day"].max(), known["day"].max()
    return last if last is not None and last != latest else None  # type: ignore[return-value]


def _event_days(table: str) -> Sequence[str]:
    return schema.EVENT_DAYS.get(table, ())


def day_of(
    as_of: date | str | None, frames: Mapping[str, pl.LazyFrame], *, today: date | None = None
) -> tuple[date, tuple[Note, ...]]:
    """The day to judge from; when none is given, the latest on which something was observed, up to `today` if known."""
    if as_of is not None:
        return stated_day(as_of), ()
    latest = latest_event(frames.items(), until=today)
    if latest is None:
        raise DataError("as_of_unknown")
    return latest, (Note("assumed.as_of", {"day": latest}),)


def stated_day(as_of: object) -> date:
    """The day a caller states: a day, the day of a moment, or its text.

    Raises:
        DataError: it is none of these.

    >>> stated_day("2026-11-22")
    datetime.date(2026, 11, 22)
    """
    if isinstance(as_of, date):
        return date(as_of.year, as_of.month, as_of.day)
    try:
        return date.fromisoformat(as_of)  # type: ignore[arg-type]
    except (ValueError, TypeError) as error:
        raise DataError("as_of_not_a_day", value=as_of) from error


def weeks_ahead(horizons: Any) -> tuple[int, ...]:
    """Horizons as whole weeks; one alone may stand without a list.

    Raises:
        DataError: one is no whole number from 1 to 104.

    >>> weeks_ahead((4, 8))
    (4, 8)
    """
    many = tuple(horizons) if isinstance(horizons, list | tuple) else (horizons,)
    for weeks in many:
        if not isinstance(weeks, int) or not 1 <= weeks <= _FARTHEST:
            raise DataError("horizon_not_weeks", value=weeks, most=_FARTHEST)
    return many


def latest_event(told: Iterable[tuple[str, pl.LazyFrame]], *, until: date | None = None) -> date | None:
    """The latest day on which any row saw something happen; None when no row states a day.

    A year typed wrong would make every product look dead, so days after `until` do not count, unless there are no
    others: then the clock is wrong, not the files.
    """
    days = [
        rows.select(
            pl.col(column).cast(pl.Date).max().alias("latest"),
            pl.col(column)
            .cast(pl.Date)
            .filter(pl.col(column).cast(pl.Date) <= (until or date.max))
            .max()
            .alias("told"),
        )
        for name, rows in told
        for column in _event_days(name)
    ]
    found = pl.concat(days).collect(engine="streaming").max() if days else None
    latest, has_come = (None, None) if found is None else found.row(0)
    return has_come or latest


def believed(today: date, told: Iterable[tuple[str, pl.LazyFrame]]) -> date | None:
    """The day it is, or None where every row states a later one: then the clock is wrong, not the files."""
    last = latest_event(told, until=today)
    return None if last is not None and last > today else today


def dated_after(frames: Mapping[str, pl.LazyFrame], day: date, *, problem: str = "after_today") -> pl.DataFrame:
    """One problem per row and column that says something happened after `day`, when it cannot have (`schema.PROBLEMS`)."""
    found = [_after(rows, column, day, problem) for name, rows in frames.items() for column in _event_days(name)]
    if not found:
        return schema.PROBLEMS.empty()
    rows = pl.concat(found).collect(engine="streaming")
    return rows.sort("source_file", "source_sheet", "source_row", "column")


def told_until(coverage: pl.DataFrame, frames: Mapping[str, pl.LazyFrame], day: date) -> pl.DataFrame:
    """The stretches of one file that end no later than its last row up to `day`: one wrong date must not stretch them."""
    ends = {
        source: latest_event([(name, frames[name])], until=day) for source, name in _TOLD_BY.items() if name in frames
    }
    last = pl.col("sales_source").replace_strict(ends, default=None, return_dtype=pl.Date())
    clipped = pl.when(pl.col("last_day") > day).then(last).otherwise("last_day")
    return coverage.with_columns(last_day=clipped).filter(
        pl.col("first_day") <= pl.col("last_day").clip(upper_bound=day)
    )


def _after(rows: pl.LazyFrame, column: str, day: date, problem: str) -> pl.LazyFrame:
    told, place = pl.col(column).cast(pl.Date), ["source_file", "source_sheet"]
    late = rows.filter(told > day).select(*place, "source_row", day=told)
    if column == "period_end":
        # A week or month that still runs is no mistake, and the same for every row of its file.
        late = late.group_by(*place, "day").agg(pl.col("source_row").min())
        problem = "period_not_over"
    said = {"column": pl.lit(column), "problem": pl.lit(problem), "effect": pl.lit("not_used")}
    return schema.PROBLEMS.conform(
        late.head(_MOST_LATE).select(*place, "source_row", value=pl.col("day").cast(pl.String), **said)
    )


def dated(frames: Mapping[str, pl.LazyFrame], day: date) -> tuple[dict[str, pl.LazyFrame], list[Note]]:
    """Catalog and stock without a date are of the day the caller states."""
    dated, notes = dict(frames), []
    for name in ("catalog", "stock"):
        if name in frames and frames[name].select(pl.col("observed_on").is_null().any()).collect().item():
            dated[name] = frames[name].with_columns(pl.col("observed_on").fill_null(pl.lit(day)))
            notes.append(Note("assumed.frame_date", {"table": Note(f"table.{name}"), "day": day}))
    return dated, notes


def tables_of(
    frames: Mapping[str, pl.LazyFrame], sheets: Iterable[LoadedSheet], *, today: date | None = None
) -> Tables:
    """The tables of the schema; order lines stay lazy, what nobody gave stays None."""
    held: dict[str, Any] = {n: rows if n == "order_lines" else rows.collect() for n, rows in frames.items()}
    told = (sheet.coverage if today is None else told_until(sheet.coverage, sheet.tables, today) for sheet in sheets)
    coverage = pl.concat([schema.COVERAGE.empty(), *told])
    return Tables(**held, coverage=coverage.unique().sort(schema.COVERAGE.key) if coverage.height else None)


def unread(sheets: Iterable[LoadedSheet]) -> list[Note]:
    """The sheets of which rows were rejected, with how many."""
    return [
        Note("undecided.rejected", {"file": sheet.file, "rows": sheet.counts.rejected, "of": sheet.counts.read})
        for sheet in sheets
        if sheet.counts.rejected
    ]


def late(problems: pl.DataFrame) -> list[Note]:
    """The files with rows that say they happened after today, with how many and the first such day."""
    kinds = ["after_today", "far_ahead", "period_not_over"]
    files = problems.filter(pl.col("problem").is_in(kinds)).group_by("problem", "source_file").agg(
        pl.len(), pl.col("value").min()
    )  # fmt: skip
    return [
        Note(f"undecided.{problem}", {"file": file, "rows": rows, "day": day})
        for problem, file, rows, day in files.sort("source_file", "problem").iter_rows()
    ]


def input_file(sheet: LoadedSheet) -> InputFile:
    counts = sheet.counts
    name = " › ".join(part for part in (sheet.file, sheet.sheet) if part)
    kind = sheet.source.name if sheet.source else ""
    return InputFile(name, kind, counts.kept, counts.set_aside, counts.rejected, sheet.observed_on)
