"""What a kind of export is: declared, not programmed.

A source says how its file is obtained, which headers it has under which names, what kind of field stands in each, and
which table its rows become. A new export is a new list of fields in `toolkit/load/sources/`, not a new function
with string slicing. The engine that reads files by these declarations is in `toolkit.load.recognize` (which source is
this?) and `toolkit.load.rows` (text rows → typed rows and problems).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import polars as pl

from toolkit.load.fields import Field

__all__ = ["Fact", "FileFacts", "Obtained", "Source"]

Obtained = Literal["download", "api", "hand"]
"""Downloaded from the seller centre, got from the open API or an ERP, or kept by hand."""


@dataclass(frozen=True)
class Fact:
    """Something a file says outside its rows: in a line above the header or below the last row."""

    name: str
    pattern: str
    """A regular expression with one group, looked for in each such line (NFKC, its cells joined by commas)."""
    kind: Literal["text", "count", "fen", "moment"] = "text"


@dataclass(frozen=True)
class FileFacts:
    """What a file says of itself outside its rows."""

    file: str
    sheet: str | None
    observed_on: date | None
    """The day its facts were true: a column of the file, else a date in its name; null when neither tells."""
    period: tuple[date, date] | None
    """The statistics period, from the name, for exports whose rows have none."""
    currency: str
    """Currency of amounts whose file states none (the store's)."""
    told: Mapping[str, str | int | datetime] = field(default_factory=dict)
    """What the lines around the table say, by `Fact.name`; what they do not say is not there."""


@dataclass(frozen=True)
class Source:
    """One kind of export."""

    name: str
    """Its key, also in `toolkit.words.sources` (``source.<name>`` what it is, ``source.<name>.how`` how it is got)."""
    obtained: Obtained
    table: str
    """The main table its rows become (a name in `toolkit.schema`)."""
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    """Canonical columns that identify one record of the main table."""
    recognised_by: tuple[tuple[str, ...], ...]
    """Alternatives; each is a set of canonical columns whose headers must all be there for the file to be of this kind."""
    sheets: tuple[str, ...] = ()
    """Sheet names this source lives in; empty when any sheet may hold it."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Canonical columns that have one value for all rows, such as the channel."""
    complete: tuple[tuple[str, ...], ...] = ()
    """Alternatives; a row must fill all canonical columns of one of them, counting what the file says of itself (its
    period, its day). A row that fills none is rejected as `incomplete`; empty asks nothing."""
    incomplete: str = "incomplete"
    """The key of the problem of such a row."""
    preamble: tuple[Fact, ...] = ()
    """What the lines around the table say of the file, for `shape` to use."""
    ends_at: str | None = None
    """A pattern. From the first row whose first filled cell fits it, what cannot be read as a row is a footer."""
    spills: str | None = None
    """The canonical column whose text may hold separators nobody quoted: in a row with too many fields, those too many
    belong to it."""
    cell_prefix: str = ""
    """What stands before the text of every cell, and belongs to none, such as the back-tick of one payment service."""
    currency: str | None = None
    """The currency of amounts that state none: a code; ``""`` for none, so that the row must state it; None for the
    store's."""
    shape: Callable[[pl.LazyFrame, FileFacts], Mapping[str, pl.LazyFrame]] | None = None
    """Turns typed rows into records of one or more tables where that is not one row, one record.

    It gets every canonical column of `fields` (null where the file has no such header) and of the row's origin, and may
    also give ``problems`` (a table of `toolkit.schema.PROBLEMS`): where rows contradict each other."""
