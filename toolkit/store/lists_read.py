"""What a list said when it was read: kept by the fingerprint of its bytes, so that a year's lists are not parsed each week.

Whether a product went off sale may be typed into any list of any earlier run, so `confirm` and the weekly run look at all of
them. Parsing one takes twenty times as long as reading its lines again. The lines stand in ``history/lists/``, which
can be deleted: they are made again from the lists. (They are Parquet, but not called so: the history removes tables
under that name that no export of the inbox told.)
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from toolkit import schema
from toolkit.load.read_back import ReadBack, read_back

if TYPE_CHECKING:
    from toolkit.load.source import Source

__all__ = ["read_once"]


def read_once(folder: Path, path: Path, source: Source) -> ReadBack:
    """`read_back` of a list of the store in `folder`, parsed only if its bytes are new.

    Raises:
        InputError: the file is missing or cannot be understood as it is.
    """
    try:
        kept = folder / "history" / "lists" / f"{_fingerprint(path, source)}.lines"
    except OSError:
        return read_back(path, source)
    table = next(table for table in schema.LOOP_TABLES if table.name == source.table)
    with suppress(OSError, ValueError, KeyError, pl.exceptions.PolarsError):
        told = json.loads(pl.read_parquet_metadata(kept)["read_back"])
        return ReadBack(path.name, told["memory"], table.conform(pl.read_parquet(kept)), told["is_known"])
    back = read_back(path, source)
    _keep(kept, back)
    return back


def _fingerprint(path: Path, source: Source) -> str:
    """Of what the file is called, its bytes, and how they are read."""
    digest = hashlib.sha256("\0".join([path.name, source.name, version("fullmanaged-toolkit")]).encode())
    digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _keep(kept: Path, back: ReadBack) -> None:
    """Written whole or not at all; where it cannot be, the next reading takes its time."""
    half = kept.with_name(f".{kept.name}.{os.getpid()}.writing")
    told = {"read_back": json.dumps({"memory": dict(back.memory), "is_known": back.is_known}, ensure_ascii=False)}
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        back.lines.write_parquet(half, metadata=told)
        half.replace(kept)
