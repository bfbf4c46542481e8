"""Awkward files written in a test, and what loading made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

from toolkit.load.loaded import LoadedFile, load_file

__all__ = ["counts", "load_book", "load_json", "load_text", "problems", "records"]

Sheet = Sequence[Sequence[object]]


def load_text(path: Path, *lines: str) -> LoadedFile:
    """The lines as a file under this name, loaded."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_file(path)


def load_json(path: Path, document: object) -> LoadedFile:
    """The document as a JSON file under this name, loaded."""
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return load_file(path)


def load_book(path: Path, **sheets: Sheet) -> LoadedFile:
    """A workbook under this name, loaded: sheet name to rows; text stays text, numbers are number cells."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return load_file(path)


def records(loaded: LoadedFile, table: str, *columns: str) -> list[tuple[object, ...]]:
    """The named columns of one table of a loaded file, as tuples in sorted order, null first."""
    parts = [sheet.tables[table] for sheet in loaded.recognised if table in sheet.tables]
    frame = pl.concat(parts).select(columns).collect()
    return frame.sort(frame.columns).rows()


def problems(loaded: LoadedFile) -> list[tuple[object, ...]]:
    """Row, column, problem and effect of everything wrong with a file; rows set aside are left out."""
    found = loaded.problems.filter(pl.col("effect") != "set_aside")
    return found.select("source_row", "column", "problem", "effect").rows()


def counts(loaded: LoadedFile) -> tuple[int, int, int, int]:
    """Rows read, kept, set aside, rejected; that they add up is checked."""
    told = loaded.counts
    assert told.read == told.kept + told.set_aside + told.rejected
    return told.read, told.kept, told.set_aside, told.rejected
