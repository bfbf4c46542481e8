"""Field kinds: how a text cell becomes an id, a day, an amount.

A cell arrives as text together with the kind it had in a workbook, because the same characters mean different
things: `1005006123456780` typed as text is an id, the same as a *number* is what Excel left of one. Each kind of field
turns that into polars expressions: the values for its canonical columns, and whether something stands there that
it cannot read. Nothing is guessed: a pattern that is not listed is a problem, reported with its cell, and the value
is null. Why a value was refused is worked out for refused rows only, so that millions of good rows do not pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Literal

__all__ = ["Choice", "Date", "Field", "Id", "Moment", "Money", "Percent", "Text", "Units"]

MISSING = ("", "-", "--", "—", "——", "/", "暂无", "无", "N/A", "n/a", "#N/A", "null", "NULL", "None", "nan", "NaN")
"""What people and programs write for "nothing": null, without a problem."""
BLANK = ("",)
OnBad = Literal["reject", "blank"]


@dataclass(frozen=True)
class Field:
    """One column of an export: the canonical column it fills and the headers people write over it.

    Headers are compared after normalising (NFKC, case, spaces, line breaks, %, brackets), so one spelling of each is
    enough. In JSON the header of a nested value is its path below the record: ``search_sku_info_list.sku_id``.
    """

    column: str
    headers: tuple[str, ...]
    _: KW_ONLY
    required: bool = False
    """A row without a readable value here is rejected."""
    prefix: bool = False
    """A header that only begins with one of `headers` counts too, when nothing fits exactly."""
    on_bad: OnBad = "blank"
    """What an unreadable value costs: the row, or only the value (which becomes null and is reported)."""
    missing: tuple[str, ...] = MISSING


@dataclass(frozen=True)
class Text(Field):
    """Free text, white space at the ends removed; only an empty cell is missing, so a SKU called ``NA`` survives."""

    missing: tuple[str, ...] = BLANK


@dataclass(frozen=True)
class Id(Field):
    """An id: text from the first byte to the last cell."""

    shape: Literal["digits", "text"] = "digits"
    """Platform ids are 6 to 20 digits; ids of a sheet kept by hand are any text without ``;``."""
    embedded: bool = False
    """The id may stand inside other text, as in ``杯子ID: 1005006123456789``."""
    on_bad: OnBad = "reject"


@dataclass(frozen=True)
class Date(Field):
    """A day: text in year-month-day order (with or without a time), an Excel date or serial number, an epoch number."""

    earliest: date = date(2015, 1, 1)
    latest: date = date(2035, 12, 31)
    """Days outside these bounds are a problem (a wrong century, a serial read as a year)."""
    order: Literal["mdy", "dmy"] | None = None
    """How to read 12/1/2010; null refuses it, since it could be either."""
    zone: str = "Asia/Shanghai"
    """The zone whose day an epoch number falls on; text carries no zone and is taken as it stands."""


@dataclass(frozen=True)
class Moment(Date):
    """A day and time of day, naive, in `zone`."""


@dataclass(frozen=True)
class Units(Field):
    """Whole units: ``1,234``, ``12``, ``3.0``; ``2.5`` is a problem."""

    signed: bool = False
    """Whether a negative count (a return) is fine."""


@dataclass(frozen=True)
class Money(Field):
    """An amount as Int64 fen: ``1,234.50``, ``¥12.30``, ``12.30元``, ``US $1.2``. Its currency goes to `currency`.

    The file's own currency (the store's) is taken where the text states none.
    """

    unit: Literal["yuan", "fen"] = "yuan"
    signed: bool = False
    currency: str | None = "currency"
    """The canonical column that takes the currency; None when the source has a column of its own for it."""


@dataclass(frozen=True)
class Percent(Field):
    """A share from 0 to 1: ``12.5%`` is 0.125; a bare number is read as `bare` says."""

    bare: Literal["fraction", "percent"] = "fraction"


@dataclass(frozen=True)
class Choice(Field):
    """One of a few words: canonical word → the raw words that mean it (compared without case and spaces).

    ``words={"on_sale": ("ONLINE", "onSelling", "在售"), …}``. An unlisted word gives null and a problem.
    """

    words: Mapping[str, tuple[str, ...]]
    raw: str | None = None
    """Canonical column that keeps the word as written, e.g. ``status_raw``."""
