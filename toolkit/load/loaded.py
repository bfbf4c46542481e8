"""A loaded file: its tables, its problems, and which days it tells.

Loading is a function of the bytes and the name of a file: nothing of the machine, the folder or the clock gets in, so
loading the same export twice gives the same tables. Small files are held in memory; a large one stays a lazy view of
a typed temporary file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import InputError
from toolkit.load.column_map import with_column_map
from toolkit.load.csv_text import csv_sheet, transcode
from toolkit.load.file_dates import day_in_name, period_in_name
from toolkit.load.merged_cells import with_merged_filled
from toolkit.load.pages import as_on_pages, own_name, together
from toolkit.load.recognize import Match, Unrecognised, recognize
from toolkit.load.rows import Counts, TypedRows, type_rows
from toolkit.load.source import FileFacts, Source
from toolkit.load.sources import SOURCES
from toolkit.load.spill import without_spill
from toolkit.load.store_names import stores_named
from toolkit.load.text_frame import read_sheets
from toolkit.load.text_sheet import TextSheet

__all__ = ["LoadedFile", "LoadedSheet", "load_file", "load_sheet"]


@dataclass(frozen=True)
class LoadedSheet:
    """One sheet: what it is, and everything it told."""

    file: str
    sheet: str | None
    source: Source | None
    """What kind of export it is; None when no known kind fits."""
    header_row: int
    headers: tuple[str, ...]
    tables: Mapping[str, pl.LazyFrame]
    """The kept rows, by table of `toolkit.schema`."""
    problems: pl.DataFrame
    """Rows rejected, values left out, rows set aside: `schema.PROBLEMS`."""
    counts: Counts
    unknown_columns: tuple[str, ...]
    coverage: pl.DataFrame
    """The stretches of days whose sales this sheet tells: `schema.COVERAGE`."""
    observed_on: date | None
    """The day its facts were true, when it states one day for all rows or its file's name does."""
    latest_event_on: date | None
    """The last day on which it saw something happen."""
    is_hidden: bool = False
    stores: tuple[str, ...] = ()
    """The stores its rows name in a column of their own, some of them at least; kinds of file that are about several
    stores keep theirs in a table."""
    on_disk: Mapping[str, schema.OnDisk] = field(default_factory=dict)
    """The tables whose rows lie in a temporary file of their own already, for those who would write them again."""


@dataclass(frozen=True)
class LoadedFile:
    """One file and the sheets in it."""

    path: Path
    sha256: str
    sheets: tuple[LoadedSheet, ...]

    @property
    def recognised(self) -> tuple[LoadedSheet, ...]:
        """The sheets of a known kind."""
        return tuple(sheet for sheet in self.sheets if sheet.source is not None)

    @property
    def counts(self) -> Counts:
        """What became of the rows of all its recognised sheets."""
        return sum((sheet.counts for sheet in self.recognised), Counts(0, 0, 0, 0))

    @property
    def problems(self) -> pl.DataFrame:
        """The problems of all its sheets."""
        return pl.concat([schema.PROBLEMS.empty(), *(sheet.problems for sheet in self.sheets)])


def load_file(
    path: str | os.PathLike[str],
    *,
    currency: str = "CNY",
    name: str | None = None,
    column_map: str | os.PathLike[str] | None = None,
    sha256: str | None = None,
) -> LoadedFile:
    """Read one export of any known kind.

    Args:
        path: an xlsx, xlsm, xls, csv, tsv, txt or json file, or a gz or zip of these.
        currency: of amounts whose text and header state none (the store's).
        name: what to call the file in messages and in ``source_file``; its own name by default.
        column_map: a file that says what the user's files call our columns (`toolkit.load.column_map`).
        sha256: of its bytes, when that is known already: half a gigabyte is not read twice to be named.

    Returns:
        One `LoadedSheet` per sheet. A sheet of no known kind is there with ``source=None``.

    Raises:
        InputError: the file is missing or cannot be understood as it is; the sentence says why and what to do.
        SettingsError: the column map names what there is not.
    """
    path = Path(path)
    sources = SOURCES if column_map is None else with_column_map(SOURCES, Path(column_map))
    try:
        found = together(list(read_sheets(path, name)), partial(_kind, sources=sources))
        sheets = tuple(load_sheet(sheet, currency=currency, sources=sources) for sheet in found)
        sha256 = sha256 or _sha256(path)
    except OSError as error:
        raise InputError("file_unreadable", file=path.name, problem=error.strerror or str(error)) from error
    return LoadedFile(path, sha256, sheets)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def load_sheet(sheet: TextSheet, *, currency: str = "CNY", sources: tuple[Source, ...] = SOURCES) -> LoadedSheet:
    """One sheet of text, recognised and typed."""
    if sheet.is_hidden:
        return replace(_unknown(sheet, Unrecognised(0, ())), is_hidden=True)
    match = recognize(sheet, sources)
    if isinstance(match, Unrecognised):
        return _unknown(sheet, match)
    try:
        return _known(sheet, match, currency)
    except pl.exceptions.ComputeError as error:
        if sheet.path is None or "utf-8" not in str(error).lower():
            raise InputError("csv_broken", file=sheet.file, problem=str(error).splitlines()[0]) from error
    # The first part of the file was UTF-8 by accident (plain ASCII): the rest says it is not.
    again = csv_sheet(transcode(sheet.path, "gb18030", sheet.file), sheet.file)
    return load_sheet(again, currency=currency, sources=sources)


def _known(sheet: TextSheet, match: Match, currency: str) -> LoadedSheet:
    name = own_name(sheet)
    facts = FileFacts(sheet.file, sheet.sheet, day_in_name(name), period_in_name(name), currency)
    sheet, filled = with_merged_filled(without_spill(sheet, match), match)
    typed = type_rows(sheet, match, facts)
    if sheet.pages is not None:
        typed = _on_pages(typed, sheet.pages)
    return LoadedSheet(
        file=sheet.file,
        sheet=sheet.sheet,
        source=match.source,
        header_row=match.header_row,
        headers=match.headers,
        tables=typed.tables,
        problems=pl.concat([filled, typed.problems]),
        counts=typed.counts,
        unknown_columns=match.unknown,
        coverage=_coverage(typed.tables, sheet.file),
        observed_on=_observed_on(typed.tables),
        latest_event_on=_latest_event(typed.tables),
        stores=stores_named(sheet, match),
        on_disk=typed.on_disk,
    )


def _kind(sheet: TextSheet, *, sources: tuple[Source, ...]) -> str:
    match = recognize(sheet, sources)
    return match.source.name if isinstance(match, Match) else ""


def _on_pages(typed: TypedRows, pages: pl.DataFrame) -> TypedRows:
    tables = {name: as_on_pages(rows, pages) for name, rows in typed.tables.items()}
    return replace(typed, tables=tables, problems=as_on_pages(typed.problems.lazy(), pages).collect())


def _unknown(sheet: TextSheet, seen: Unrecognised) -> LoadedSheet:
    return LoadedSheet(
        file=sheet.file,
        sheet=sheet.sheet,
        source=None,
        header_row=seen.header_row,
        headers=seen.headers,
        tables={},
        problems=schema.PROBLEMS.empty(),
        counts=Counts(0, 0, 0, 0),
        unknown_columns=(),
        coverage=schema.COVERAGE.empty(),
        observed_on=None,
        latest_event_on=None,
    )


def _coverage(tables: Mapping[str, pl.LazyFrame], file: str) -> pl.DataFrame:
    """The days whose sales are told: an order file's first to last day, each period of a period export."""
    stretches: list[pl.LazyFrame] = []
    if (lines := tables.get("order_lines")) is not None:
        stretches.append(_stretch(lines, pl.col("ordered_on"), "orders", ["channel"]))
    if (orders := tables.get("purchase_orders")) is not None:
        jit = orders.filter(pl.col("po_type") == "jit").with_columns(channel=pl.lit("fully_managed"))
        stretches.append(_stretch(jit, pl.col("ordered_at").dt.date(), "jit_purchase_orders", ["channel"]))
    if (periods := tables.get("period_sales")) is not None:
        told = periods.select("channel", first_day="period_start", last_day="period_end").unique()
        stretches.append(told.with_columns(sales_source=pl.lit("period_export")))
    found = [schema.COVERAGE.conform(part.with_columns(source_file=pl.lit(file))) for part in stretches]
    return pl.concat([schema.COVERAGE.empty().lazy(), *found]).collect(engine="streaming").sort(schema.COVERAGE.key)


def _stretch(lines: pl.LazyFrame, day: pl.Expr, source: str, by: list[str]) -> pl.LazyFrame:
    days = lines.group_by(by).agg(first_day=day.min(), last_day=day.max())
    return days.filter(pl.col("first_day").is_not_null()).with_columns(sales_source=pl.lit(source))


def _observed_on(tables: Mapping[str, pl.LazyFrame]) -> date | None:
    """The one day all rows were observed on; None when they state several, or none."""
    days = pl.concat([table.select(pl.col("observed_on").unique()) for table in tables.values()]).collect()
    known = days["observed_on"].unique()
    return known.item() if known.len() == 1 else None


def _latest_event(tables: Mapping[str, pl.LazyFrame]) -> date | None:
    parts = [
        table.select(pl.col(column).cast(pl.Date).max().alias("day"))
        for name, table in tables.items()
        for column in schema.EVENT_DAYS.get(name, ())
    ]
    return pl.concat(parts).collect(engine="streaming")["day"].max() if parts else None  # type: ignore[return-value]
