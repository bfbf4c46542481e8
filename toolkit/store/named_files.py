"""Files that somebody names, without a store: what they tell about money.

Reconciling must work on five files on a desktop too. They go the way of an inbox, through a history that lasts as long
as the call, so that overlapping bills count once here as there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit.history import History, Shelf, list_files
from toolkit.schema import MoneyTables
from toolkit.store.inbox import WasFile, read_named

__all__ = ["MoneyFiles", "read_money"]


@dataclass(frozen=True)
class MoneyFiles:
    """What named files told."""

    tables: MoneyTables
    files: tuple[WasFile, ...]
    """What each file was, in the order named."""
    lists: pl.DataFrame
    """What rows do not tell of lists of claims (`toolkit.history.list_files`)."""
    problems: pl.DataFrame
    """Rows rejected, values left out, rows set aside (`schema.PROBLEMS`)."""


def read_money(
    paths: Iterable[str | os.PathLike[str]],
    *,
    store: str | None = None,
    currency: str = "CNY",
    column_map: str | os.PathLike[str] | None = None,
) -> MoneyFiles:
    """The money tables of some files, each movement once.

    Args:
        paths: bills, ledgers, cases, claims, settlements, under any names.
        store: what to call the store of rows that name none; null otherwise.
        currency: of amounts whose file states none, where the kind of file has no currency of its own.
        column_map: a file that says what the user's files call our columns (`toolkit.load.column_map`).

    Raises:
        SettingsError: the column map names what there is not. A file that cannot be read is in `files` with its reason.
    """
    captions = None if column_map is None else Path(column_map)
    with tempfile.TemporaryDirectory(prefix="toolkit-") as folder:
        history = History(Path(folder))
        files = tuple(read_named(Path(path), history, currency=currency, column_map=captions) for path in paths)
        shelves = [Shelf(history.batches, store)]
        return MoneyFiles(history.money(store), files, list_files(shelves), history.problems())
