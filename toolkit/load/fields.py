"""Field kinds: how a text cell becomes an id, a day, an amount.

A cell arrives as text together with the kind it had in a workbook, because the same characters mean different
things: `1005006123456780` typed as text is an id, the same as a *number* is what Excel left of one. Each kind of field
turns that into polars expressions: the values for its canonical columns, and whether something stands there that
it cannot read. Nothing is guessed: a pattern that is not listed is a problem, reported with its cell, and the value
is null. Why a value was refused is worked out for refused rows only, so that millions of good rows do not pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl

from toolkit.load.cell_text import (
    Cell,
    clean,
    compact,
    float_amount,
    left_over,
    long_amount,
    long_moment,
    long_whole,
    plain_amount,
    plain_day,
    plain_moment,
    rarely,
    serial_moment,
)

__all__ = ["Choice", "Date", "Field", "Id", "Moment", "Money", "Percent", "Text", "Units"]

MISSING = ("-", "--", "—", "——", "/", "暂无", "无", "N/A", "n/a", "#N/A", "null", "NULL", "None", "nan", "NaN")
"""What people and programs write for "nothing": null, without a problem. An empty cell always is."""
OnBad = Literal["reject", "blank"]

_WRAPPED_ID = r"""^(?:="|=|')?([0-9]{6,20})(?:\.0+)?"?$"""
_LABELLED_ID = r"ID:?([0-9]{6,20})(?:[^0-9]|$)"
_LONG_DIGITS = r"[0-9]{10,20}"
_POWER = r"^\s*[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}\s*$"
_WAS_FLOAT = r"^\s*[0-9]{15,20}\.0+\s*$"
_PERCENT = r"^([+-]?[0-9]+(?:\.[0-9]+)?)%$"


@dataclass(frozen=True)
class Field:
    """One column of an export: the canonical column it fills and the headers people write over it.

    Headers are compared after normalising (NFKC, case, spaces, line breaks, %, brackets), so one spelling of each is
    enough. In JSON the header of a nested value is its path below the record: ``search_sku_info_list.sku_id``.

    A kind of field says how it reads: `short` the one spelling most cells have, `long` every listed spelling, `number`
    what only a number cell of a workbook may be, `accept` which values are possible at all.
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

    @property
    def dtype(self) -> pl.DataType:
        """The dtype of its values."""
        return pl.String()

    def short(self, text: pl.Expr) -> pl.Expr:
        """The value of the commonest spelling; null for every other."""
        return pl.lit(None, self.dtype)

    def long(self, text: pl.Expr) -> pl.Expr:
        """The value of any listed spelling; null for nothing and for what cannot be read."""
        return self._said(text)

    def number(self, text: pl.Expr) -> pl.Expr:
        """The value of a cell that is a number in a workbook."""
        return pl.lit(None, self.dtype)

    def accept(self, value: pl.Expr) -> pl.Expr:
        """The value if it is a possible one, else null."""
        return value

    def value(self, cell: Cell) -> pl.Expr:
        """The canonical value of a cell; null for nothing and for what cannot be read."""
        short = self.short(cell.text)
        rest = replace(cell, text=left_over(short, cell.text))
        return self.accept(self.either(short, rest, rarely(rest.text, self.long, self.dtype)))

    def either(self, short: pl.Expr, rest: Cell, long: pl.Expr) -> pl.Expr:
        """What the ways found, the number way tried where the cell was a number."""
        if rest.kind is None:
            return pl.coalesce(short, long)
        return pl.coalesce(short, long, self.number(pl.when(rest.is_kind("number")).then(rest.text)))

    def beside(self, cell: Cell) -> dict[str, pl.Expr]:
        """Further columns the same cell fills."""
        return {}

    def says(self, text: pl.Expr) -> pl.Expr:
        """Whether the text says anything: it is neither empty nor a word for nothing."""
        return self._said(text).is_not_null()

    def why(self, cell: Cell) -> pl.Expr:
        """The problem's key, for a cell that is bad."""
        return pl.lit("format")

    def _read(self, cell: Cell) -> pl.Expr:
        """The value whether or not it is possible: only to say what is wrong with it."""
        return self.either(self.short(cell.text), cell, self.long(cell.text))

    def _said(self, text: pl.Expr) -> pl.Expr:
        """The text without white space around it; null when it says nothing."""
        stripped = text.str.strip_chars()
        return pl.when(~stripped.is_in(["", *self.missing])).then(stripped)


@dataclass(frozen=True)
class Text(Field):
    """Free text, white space at the ends removed; only an empty cell is missing, so a SKU called ``NA`` survives."""

    missing: tuple[str, ...] = ()

    def short(self, text: pl.Expr) -> pl.Expr:
        return clean(text)


@dataclass(frozen=True)
class Id(Field):
    """An id: text from the first byte to the last cell."""

    shape: Literal["digits", "text"] = "digits"
    """Platform ids are 6 to 20 digits; ids of a sheet kept by hand are any text without ``;``."""
    embedded: bool = False
    """The id may stand inside other text, as in ``杯子ID: 1005006123456789``."""
    on_bad: OnBad = "reject"

    def short(self, text: pl.Expr) -> pl.Expr:
        is_plain = text.cast(pl.UInt64, strict=False).is_not_null() & ~text.str.starts_with("+")
        if self.shape == "digits":
            is_plain &= text.str.len_bytes().is_between(6, 20)
        return pl.when(is_plain).then(text)

    def long(self, text: pl.Expr) -> pl.Expr:
        """
        >>> cells = pl.Series(["1005006123456789", "杯子ID: 1005006123456780", '="1005006123456781"', "杯子"])
        >>> cells.to_frame("t").select(Id("product_id", (), embedded=True).long(pl.col("t"))).to_series().to_list()
        ['1005006123456789', '1005006123456780', '1005006123456781', None]
        """
        tidy, said = compact(text), self._said(text)
        ways = [tidy.str.extract(_WRAPPED_ID)]
        if self.embedded:
            runs = tidy.str.extract_all(_LONG_DIGITS)
            lone = pl.when(runs.list.len() == 1).then(runs.list.get(0, null_on_oob=True))
            ways += [tidy.str.extract(_LABELLED_ID), *([lone] if self.shape == "digits" else [])]
        ways.append(pl.when(said.str.contains(_POWER)).then(said))
        if self.shape == "text":
            ways.append(pl.when(~said.str.contains(r"[;\n]")).then(said))
        return pl.coalesce(ways)

    def is_suspect(self, rest: Cell, text: pl.Expr) -> pl.Expr:
        """Whether Excel may have changed this id: a number cell of 16 or more digits, or a power of ten.

        `rest` is the cell where the short way left it over, `text` all of it: a plain id in a text cell is never suspect.
        """
        spelled = rarely(rest.text, lambda t: t.str.contains(_POWER) | t.str.contains(_WAS_FLOAT), pl.Boolean())
        is_number = pl.lit(False) if rest.kind is None else rest.is_kind("number") & (text.str.len_bytes() >= 16)
        return (spelled.fill_null(False) | is_number).fill_null(False)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(cell.text.str.contains(";", literal=True)).then(pl.lit("id_separator")).otherwise(pl.lit("id"))


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

    @property
    def dtype(self) -> pl.DataType:
        return pl.Date()

    def short(self, text: pl.Expr) -> pl.Expr:
        return plain_day(text)

    def long(self, text: pl.Expr) -> pl.Expr:
        return long_moment(text, self.order, self.zone).cast(self.dtype)

    def number(self, text: pl.Expr) -> pl.Expr:
        return serial_moment(text).cast(self.dtype)

    def accept(self, value: pl.Expr) -> pl.Expr:
        return pl.when(value.cast(pl.Date).is_between(self.earliest, self.latest)).then(value)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(self._read(cell).is_not_null()).then(pl.lit("date_range")).otherwise(pl.lit("date"))


@dataclass(frozen=True)
class Moment(Date):
    """A day and time of day, naive, in `zone`."""

    @property
    def dtype(self) -> pl.DataType:
        return pl.Datetime("us")

    def short(self, text: pl.Expr) -> pl.Expr:
        return plain_moment(text)


@dataclass(frozen=True)
class Units(Field):
    """Whole units: ``1,234``, ``12``, ``3.0``, ``12件``; ``2.5`` is a problem."""

    signed: bool = False
    """Whether a negative count (a return) is fine."""

    @property
    def dtype(self) -> pl.DataType:
        return pl.Int64()

    def short(self, text: pl.Expr) -> pl.Expr:
        return text.cast(pl.Int64, strict=False)

    def long(self, text: pl.Expr) -> pl.Expr:
        return long_whole(text)

    def accept(self, value: pl.Expr) -> pl.Expr:
        return value if self.signed else pl.when(value >= 0).then(value)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(self._read(cell) < 0).then(pl.lit("negative")).otherwise(pl.lit("units"))


@dataclass(frozen=True)
class Money(Field):
    """An amount as Int64 fen: ``1,234.50``, ``¥12.30``, ``12.30元``, ``US $1.2``. Its currency goes to `currency`.

    The file's own currency (the store's) is taken where the text states none.
    """

    unit: Literal["yuan", "fen"] = "yuan"
    signed: bool = False
    currency: str | None = "currency"
    """The canonical column that takes the currency; None when the source has a column of its own for it."""

    @property
    def dtype(self) -> pl.DataType:
        return pl.Int64()

    def short(self, text: pl.Expr) -> pl.Expr:
        return plain_amount(text, self.unit)

    def long(self, text: pl.Expr) -> pl.Expr:
        return long_amount(text, self.unit)

    def number(self, text: pl.Expr) -> pl.Expr:
        return float_amount(text, self.unit)

    def accept(self, value: pl.Expr) -> pl.Expr:
        return value if self.signed else pl.when(value >= 0).then(value)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(self._read(cell) < 0).then(pl.lit("negative")).otherwise(pl.lit("money"))


@dataclass(frozen=True)
class Percent(Field):
    """A share from 0 to 1: ``12.5%`` is 0.125; a bare number is read as `bare` says.

    >>> cells = pl.Series(["12.5%", "0.125", "12.5", "x"])
    >>> cells.to_frame("t").select(Percent("p", ()).value(Cell(pl.col("t")))).to_series().to_list()
    [0.125, 0.125, None, None]
    """

    bare: Literal["fraction", "percent"] = "fraction"

    @property
    def dtype(self) -> pl.DataType:
        return pl.Float64()

    def short(self, text: pl.Expr) -> pl.Expr:
        return text.cast(pl.Float64, strict=False) / (100 if self.bare == "percent" else 1)

    def long(self, text: pl.Expr) -> pl.Expr:
        return compact(text).str.extract(_PERCENT).cast(pl.Float64, strict=False) / 100

    def accept(self, value: pl.Expr) -> pl.Expr:
        return pl.when(value.is_between(0, 1)).then(value)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.lit("percent")


@dataclass(frozen=True)
class Choice(Field):
    """One of a few words: canonical word → the raw words that mean it (compared without case and spaces).

    ``words={"on_sale": ("ONLINE", "onSelling", "在售"), …}``. An unlisted word gives null and a problem.

    >>> field = Choice("status", (), {"on_sale": ("ONLINE", "在售")})
    >>> cells = pl.Series(["online", " 在 售", "?"])
    >>> cells.to_frame("t").select(field.value(Cell(pl.col("t")))).to_series().to_list()
    ['on_sale', 'on_sale', None]
    """

    words: Mapping[str, tuple[str, ...]]
    raw: str | None = None
    """Canonical column that keeps the word as written, e.g. ``status_raw``."""
    usual: tuple[str, ...] = field(default=(), kw_only=True)
    """Words the file's first rows use; the engine sets it, since comparing a few words is quicker than looking all up."""

    def short(self, text: pl.Expr) -> pl.Expr:
        exact = {raw: word for word, raws in self.words.items() for raw in raws}
        found = [pl.when(text == raw).then(pl.lit(exact[raw])) for raw in self.usual if raw in exact]
        return pl.coalesce(found) if found else pl.lit(None, pl.String)

    def long(self, text: pl.Expr) -> pl.Expr:
        loose = {_loose(raw): word for word, raws in self.words.items() for raw in raws}
        return compact(text).replace_strict(loose, default=None, return_dtype=pl.String)

    def beside(self, cell: Cell) -> dict[str, pl.Expr]:
        return {} if self.raw is None else {self.raw: clean(cell.text)}

    def why(self, cell: Cell) -> pl.Expr:
        return pl.lit("unknown_word")


@lru_cache(4096)
def _loose(word: str) -> str:
    return pl.select(compact(pl.lit(word))).item()
