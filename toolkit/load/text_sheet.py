"""A sheet as text: what every reader of bytes hands on.

Whatever the file was, it is now rows of text columns ``c0 … cN`` with the number each row has in the file, and for
workbooks the kind each cell had (``k0 … kN``). Big CSV files stay lazy: nothing of them is held in memory.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

__all__ = ["HEAD_ROWS", "TextSheet", "Unread", "head_of", "scratch_file", "text_of"]

HEAD_ROWS = 60
"""A header is looked for in this many rows."""

Unread = tuple[str, str, int]
"""A cell without a value to read: why (a key under ``problem.``), its column's letters, its row."""


@dataclass(frozen=True)
class TextSheet:
    """One sheet of one file as text.

    `rows` has the columns ``row`` (the row's number in the file, from 1), ``c0 … c{width-1}`` (text), ``c{width}`` (what
    stands beyond the last column, normally nothing) and, if `has_kinds`, ``k0 …``.
    """

    file: str
    sheet: str | None
    rows: pl.LazyFrame
    head: tuple[tuple[str, ...], ...]
    """The first rows as text, merged cells filled, in which the header is looked for."""
    width: int
    has_kinds: bool = False
    is_large: bool = False
    """Whether the rows are better parsed to a file than into memory."""
    is_ragged: bool = False
    """Whether rows may have more or fewer fields than the header (plain text files)."""
    first_row: int = 1
    """The number of the first head row; 0 when the header is not a row of the file (JSON)."""
    is_hidden: bool = False
    """A sheet its author hid: named, not read."""
    path: Path | None = None
    """The plain text file behind `rows`, when there is one."""
    separator: str = ","
    quote: str | None = None
    """Its quote character, when it quotes fields at all."""
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    """Of a workbook: the merged cells, each as its first and last row and column, counted from 0."""
    hidden_rows: int = 0
    """Of a workbook: rows that are hidden or filtered away on the screen; they are read all the same."""
    unread: tuple[Unread, ...] = ()
    """Of a workbook: the cells that have no value to read."""
    pages: pl.DataFrame | None = None
    """Of a sheet put together from pages: for each ``row`` the ``source_file`` it stands in and its ``number`` there."""


@functools.cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="toolkit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def scratch_file(suffix: str) -> Path:
    """A new empty file that lives as long as this process: tables that stay lazy read from such files."""
    handle, name = tempfile.mkstemp(suffix=suffix, dir=_scratch())
    os.close(handle)
    return Path(name)


def text_of(value: object) -> str:
    """A cell of a head row as text."""
    return "" if value is None else str(value)


def head_of(rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """The first rows, all as text."""
    return tuple(tuple(text_of(value) for value in row) for row in rows[:HEAD_ROWS])
