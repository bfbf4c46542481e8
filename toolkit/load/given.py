"""Whatever a caller holds (a path, a frame, something already loaded) as loaded sheets.

A frame comes in one of two dresses. Either it has this product's own columns and types, as `load_orders` gives it
back or an analyst made it: then it is taken as it stands. Or it has an export's headers and cells: then it is read like
the file it came from. A column that neither knows is never silently taken for another.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.errors import InputError
from toolkit.frames import incoming
from toolkit.load.from_frame import load_frame
from toolkit.load.loaded import LoadedFile, LoadedSheet, load_file
from toolkit.load.rows import Counts
from toolkit.load.sources.order_lines import ORDER_STATUS
from toolkit.load.sources.vocabulary import PO_STATUS, PO_TYPE, PRODUCT_STATUS, STOCKING_TYPE
from toolkit.schema import Table
from toolkit.words import text

__all__ = ["given_sheets"]

_CHOICES: Mapping[str, set[str]] = {
    "status": set(PRODUCT_STATUS),
    "stocking_type": set(STOCKING_TYPE),
    "po_type": set(PO_TYPE),
    "order_status": {*ORDER_STATUS, *PO_STATUS},
}
"""Choices whose words must be ours: ``OFFLINE`` taken as it stands would pass for on sale."""


def given_sheets(given: Any, *, table: str, name: str, currency: str = "CNY") -> tuple[LoadedSheet, ...]:
    """The sheets a caller's path, frame, `LoadedFile` or `LoadedSheet` holds; at least one tells of `table`.

    Args:
        given: a path, a pandas or polars frame, or what `load_file` gave.
        table: the table of `toolkit.schema` it is given for.
        name: what the caller calls it, for messages and ``source_file``.
        currency: of amounts whose text and header state none.

    Raises:
        InputError: it is neither, or holds no such table; the sentence names the columns found.
    """
    if isinstance(given, LoadedSheet):
        sheets: tuple[LoadedSheet, ...] = (given,)
    elif isinstance(given, LoadedFile):
        sheets = given.recognised
    elif isinstance(given, str | os.PathLike):
        sheets = _of_file(load_file(given, currency=currency))
    else:
        sheets = (_of_frame(incoming(given), schema_table(table), name, currency),)
    if not any(table in sheet.tables for sheet in sheets):
        kinds = [text(f"source.{sheet.source.name}") for sheet in sheets if sheet.source]
        found = kinds[0] if kinds else "?"
        file = sheets[0].file if sheets else name
        raise InputError("file_not_wanted", file=file, found=found, wanted=text(f"table.{table}"))
    return sheets


def schema_table(name: str) -> Table:
    """A table of the schema by its name."""
    return next(table for table in schema.LOADED_TABLES if table.name == name)


def _of_file(file: LoadedFile) -> tuple[LoadedSheet, ...]:
    if not file.recognised:
        headers = next((sheet.headers for sheet in file.sheets if sheet.headers), ())
        raise InputError("file_unrecognised", file=file.path.name, headers=", ".join(filter(None, headers[:12])))
    return file.recognised


def _of_frame(frame: pl.DataFrame | pl.LazyFrame, table: Table, name: str, currency: str) -> LoadedSheet:
    if _is_ours(frame, table):
        return _as_it_stands(frame, table, name)
    sheet = load_frame(frame, name=name, currency=currency)
    if table.name not in sheet.tables:
        headers = ", ".join(frame.collect_schema().names())
        raise InputError("frame_not_wanted", wanted=text(f"table.{table.name}"), headers=headers or "-")
    return sheet


def _is_ours(frame: pl.DataFrame | pl.LazyFrame, table: Table) -> bool:
    """Whether a frame has this product's columns only, in types that fit, and its choices in this product's words."""
    found = frame.collect_schema()
    if not found or not set(found.names()) <= set(table.names) or not set(found.names()) & set(table.key):
        return False
    if not all(_fits(found[name], table.dtypes[name]) for name in found.names()):
        return False
    choices = [pl.col(c).drop_nulls().is_in(list(words)).all() for c, words in _CHOICES.items() if c in found]
    return not choices or all(frame.lazy().select(choices).collect(engine="streaming").row(0))


def _fits(found: pl.DataType, wanted: pl.DataType) -> bool:
    """Whether a column may be cast without guessing: pandas turns counts with blanks into floats and days into moments."""
    if found in (wanted, pl.Null()) or (wanted == pl.String() and found.is_integer()):
        return True
    if isinstance(wanted, pl.Date | pl.Datetime):
        return isinstance(found, pl.Date | pl.Datetime)
    return wanted.is_numeric() and found.is_numeric()


def _as_it_stands(frame: pl.DataFrame | pl.LazyFrame, table: Table, name: str) -> LoadedSheet:
    """A frame of ours as a sheet: nothing to recognise, to set aside or to reject."""
    rows = table.conform(frame.lazy()).with_columns(pl.col("source_file").fill_null(name))
    if "channel" in table.names:
        rows = rows.with_columns(pl.col("channel").fill_null("fully_managed"))
    if not isinstance(frame, pl.LazyFrame):
        rows = rows.collect().lazy()
    count = rows.select(pl.len()).collect(engine="streaming").item()
    return LoadedSheet(
        file=name, sheet=None, source=None, header_row=0, headers=tuple(frame.collect_schema().names()),
        tables={table.name: rows}, problems=schema.PROBLEMS.empty(), counts=Counts(count, count, 0, 0),
        unknown_columns=(), coverage=schema.COVERAGE.empty(), observed_on=None, latest_event_on=None,
    )  # fmt: skip
