"""From whatever a caller hands in to the tables of the schema, with the day to judge from and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import schema
from toolkit.decide.summary import Note
from toolkit.errors import DataError
from toolkit.export.delist_report import InputFile
from toolkit.schema import Tables

if TYPE_CHECKING:
    from toolkit.load.loaded import LoadedSheet

__all__ = ["dated", "day_of", "input_file", "tables_of", "together", "unread"]


def together(sheets: Iterable[LoadedSheet]) -> dict[str, pl.LazyFrame]:
    """All sheets' rows by table. A sheet handed in twice (a workbook given for two things) counts once."""
    parts: dict[str, list[pl.LazyFrame]] = {}
    seen: set[tuple[str, str | None, str]] = set()
    for sheet in sheets:
        for name, rows in sheet.tables.items():
            if (sheet.file, sheet.sheet, name) not in seen:
                parts.setdefault(name, []).append(rows)
                seen.add((sheet.file, sheet.sheet, name))
    return {name: pl.concat(part) for name, part in parts.items()}


def day_of(as_of: date | str | None, frames: Mapping[str, pl.LazyFrame]) -> tuple[date, tuple[Note, ...]]:
    """The day to judge from; when none is given, the latest on which something was observed."""
    if isinstance(as_of, date):
        return as_of, ()
    if isinstance(as_of, str):
        try:
            return date.fromisoformat(as_of), ()
        except ValueError as error:
            raise DataError("as_of_not_a_day", value=as_of) from error
    from toolkit.load.loaded import EVENT_DAYS

    days = [
        rows.select(pl.col(column).cast(pl.Date).max().alias("day"))
        for name, rows in frames.items()
        for column in EVENT_DAYS.get(name, ())
    ]
    latest = pl.concat(days).collect(engine="streaming")["day"].max() if days else None
    if not isinstance(latest, date):
        raise DataError("as_of_unknown")
    return latest, (Note("assumed.as_of", {"day": latest}),)


def dated(frames: Mapping[str, pl.LazyFrame], day: date) -> tuple[dict[str, pl.LazyFrame], list[Note]]:
    """Catalog and stock without a date are of the day the caller states."""
    dated, notes = dict(frames), []
    for name in ("catalog", "stock"):
        if name in frames and frames[name].select(pl.col("observed_on").is_null().any()).collect().item():
            dated[name] = frames[name].with_columns(pl.col("observed_on").fill_null(pl.lit(day)))
            notes.append(Note("assumed.frame_date", {"table": Note(f"table.{name}"), "day": day}))
    return dated, notes


def tables_of(frames: Mapping[str, pl.LazyFrame], sheets: Iterable[LoadedSheet]) -> Tables:
    """The tables of the schema; order lines stay lazy, what nobody gave stays None."""
    held: dict[str, Any] = {n: rows if n == "order_lines" else rows.collect() for n, rows in frames.items()}
    coverage = pl.concat([schema.COVERAGE.empty(), *(sheet.coverage for sheet in sheets)])
    return Tables(**held, coverage=coverage.unique().sort(schema.COVERAGE.key) if coverage.height else None)


def unread(sheets: Iterable[LoadedSheet]) -> list[Note]:
    """The sheets of which rows were rejected, with how many."""
    return [
        Note("undecided.rejected", {"file": sheet.file, "rows": sheet.counts.rejected, "of": sheet.counts.read})
        for sheet in sheets
        if sheet.counts.rejected
    ]


def input_file(sheet: LoadedSheet) -> InputFile:
    counts = sheet.counts
    name = " › ".join(part for part in (sheet.file, sheet.sheet) if part)
    kind = sheet.source.name if sheet.source else ""
    return InputFile(name, kind, counts.kept, counts.set_aside, counts.rejected, sheet.observed_on)
