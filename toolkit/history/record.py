"""What one file told, and the record that is kept of it: `FileTold` goes in, a `Batch` comes out.

The record is a small JSON file beside the Parquet tables (`toolkit.history.batches`): which file it was, the days it
states, how many rows it has of each table, and plain facts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError

__all__ = ["Batch", "FileTold", "batch_id", "read_record", "record_text"]


@dataclass(frozen=True)
class FileTold:
    """What one file told, on its way into the history."""

    sha256: str
    """Of its bytes."""
    file: str
    """Its name, for people."""
    tables: Mapping[str, pl.LazyFrame | pl.DataFrame]
    problems: pl.DataFrame = field(default_factory=schema.PROBLEMS.empty)
    coverage: pl.DataFrame = field(default_factory=schema.COVERAGE.empty)
    observed_on: date | None = None
    latest_event_on: date | None = None
    kept_as: str | None = None
    """For a sheet kept by hand and edited in place: its name in the store. Later editions replace earlier ones."""
    edition: int = 0
    """Of a sheet kept by hand: counts up with every change."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Counts and other plain facts to keep beside the tables (JSON)."""
    on_disk: Mapping[str, schema.OnDisk] = field(default_factory=dict)
    """Those of its tables that lie in a temporary file: it is kept as it is instead of being written again."""
    name_states: str = ""
    """The day or period its name states, if any: the same bytes under another day's name tell something else."""


@dataclass(frozen=True)
class Batch:
    """The record of one batch."""

    id: str
    """Its fingerprint (`batch_id`), the name of its files."""
    sha256: str
    file: str
    schema: str
    observed_on: date | None
    latest_event_on: date | None
    kept_as: str | None
    edition: int
    rows: Mapping[str, int]
    """Rows by table."""
    facts: Mapping[str, Any]
    replaced_by: str | None = None
    """The batch of the file that this one became when it was corrected in place (`toolkit.history.in_place`)."""
    believed: tuple[date | None, date | None] | None = None
    """Its latest event and day of observation among the days that have come; None where all its days have. Not kept."""

    def about(self) -> dict[str, Any]:
        """The batch as a run's manifest lists it: plain values."""
        return {
            "sha256": self.sha256,
            "file": self.file,
            "rows": dict(self.rows),
            "observed_on": _iso(self.observed_on),
            "latest_event_on": _iso(self.latest_event_on),
        }

    @property
    def days(self) -> tuple[date | None, date | None]:
        """Its latest event and the day it was observed on, as it states them."""
        return self.latest_event_on, self.observed_on

    @property
    def recency(self) -> tuple[date, date, bool, int, str]:
        """Sorts batches from oldest to newest: by what they say of themselves, never by a time stamp on the disk.

        A sheet kept by hand outranks an export of the same day: a person wrote it to be believed. The fingerprint
        only makes the order of otherwise equal files the same everywhere.
        """
        never = date.min
        latest_event_on, observed_on = self.believed or self.days
        return (
            latest_event_on or observed_on or never,
            observed_on or never,
            self.kept_as is not None,
            self.edition,
            self.id,
        )


def batch_id(sha256: str, name_states: str = "") -> str:
    """What a batch is kept under: the fingerprint of the file's bytes, and the day its name states, if any.

    >>> batch_id("ab12", "2026-11-22")
    'ab12-2026-11-22'
    """
    return f"{sha256}-{name_states}" if name_states else sha256


def record_text(batch: Batch) -> str:
    """The record of a batch as JSON."""
    days = {"observed_on": _iso(batch.observed_on), "latest_event_on": _iso(batch.latest_event_on), "believed": None}
    return json.dumps({**vars(batch), **days}, ensure_ascii=False, indent=1, sort_keys=True)


def read_record(path: Path) -> Batch:
    """The batch whose record this is.

    Raises:
        StoreError: it is no record.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        # Another schema's record may have other fields; what is needed of it is only whose it was.
        values = {one.name: found.get(one.name) for one in fields(Batch)}
        days = {name: _day(values[name]) for name in ("observed_on", "latest_event_on")}
        return Batch(**{**values, "schema": found["schema"], **days})
    except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        raise StoreError("history_record_broken", file=f"history/batches/{path.name}") from error


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
