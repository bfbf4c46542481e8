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

import polars as pl

from toolkit.load.cell_text import Cell, amount, compact, day, left_over, moment, stated_currency, whole

__all__ = ["Choice", "Date", "Field", "Id", "Moment", "Money", "Percent", "Text", "Units"]

MISSING = ("-", "--", "—", "——", "/", "暂无", "无", "N/A", "n/a", "#N/A", "null", "NULL", "None", "nan", "NaN")
"""What people and programs write for "nothing": null, without a problem. An empty cell always is."""
OnBad = Literal["reject", "blank"]

_WRAPPED_ID = r"""^(?:="|=|')?([0-9]{6,20})(?:\.0+)?"?$"""
_LABELLED_ID = r"ID:?([0-9]{6,20})(?:[^0-9]|$)"
_LONG_DIGITS = r"[0-9]{10,20}"
_POWER = r"^[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}$"
_PERCENT = r"^([+-]?[0-9]+(?:\.[0-9]+)?)%$"


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

    def value(self, cell: Cell) -> pl.Expr:
        """The canonical value; null for nothing and for what cannot be read."""
        return self._unless_missing(cell.text)

    def beside(self, cell: Cell) -> dict[str, pl.Expr]:
        """Further columns the same cell fills."""
        return {}

    def is_bad(self, value: pl.Expr, cell: Cell) -> pl.Expr:
        """Whether something stands in the cell that `value` could not read."""
        return self._unless_missing(left_over(value, cell.text)).is_not_null()

    def why(self, cell: Cell) -> pl.Expr:
        """The problem's key, for a cell that is bad."""
        return pl.lit("format")

    def _unless_missing(self, text: pl.Expr) -> pl.Expr:
        return pl.when(~text.is_in(list(self.missing))).then(text) if self.missing else text


@dataclass(frozen=True)
class Text(Field):
    """Free text, white space at the ends removed; only an empty cell is missing, so a SKU called ``NA`` survives."""

    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Id(Field):
    """An id: text from the first byte to the last cell."""

    shape: Literal["digits", "text"] = "digits"
    """Platform ids are 6 to 20 digits; ids of a sheet kept by hand are any text without ``;``."""
    embedded: bool = False
    """The id may stand inside other text, as in ``杯子ID: 1005006123456789``."""
    on_bad: OnBad = "reject"

    def value(self, cell: Cell) -> pl.Expr:
        """
        >>> cells = pl.Series(["1005006123456789", "杯子ID: 1005006123456780", '="1005006123456781"', "杯子"])
        >>> cells.to_frame("t").select(Id("product_id", (), embedded=True).value(Cell(pl.col("t")))).to_series().to_list()
        ['1005006123456789', '1005006123456780', '1005006123456781', None]
        """
        digits = cell.text.cast(pl.UInt64, strict=False).is_not_null() & ~cell.text.str.starts_with("+")
        is_plain = digits & cell.text.str.len_bytes().is_between(6, 20) if self.shape == "digits" else digits
        plain = pl.when(is_plain).then(cell.text)
        rest = left_over(plain, cell.text)
        tidy = compact(rest)
        ways = [plain, tidy.str.extract(_WRAPPED_ID)]
        if self.embedded:
            runs = tidy.str.extract_all(_LONG_DIGITS)
            lone = pl.when(runs.list.len() == 1).then(runs.list.get(0, null_on_oob=True))
            ways += [tidy.str.extract(_LABELLED_ID), *([lone] if self.shape == "digits" else [])]
        ways.append(pl.when(rest.str.contains(_POWER)).then(rest))
        if self.shape == "text":
            ways.append(pl.when(~rest.str.contains(r"[;\n]")).then(self._unless_missing(rest)))
        return pl.coalesce(ways)

    def is_suspect(self, cell: Cell) -> pl.Expr:
        """Whether Excel may have changed this id: a number cell of 16 or more digits, or a power of ten."""
        is_power = cell.text.str.contains("+", literal=True) & cell.text.str.contains(_POWER)
        was_float = cell.text.str.ends_with(".0") & cell.text.str.contains(r"^[0-9]{15,}\.0$")
        is_number = cell.is_kind("number") & (cell.text.str.len_bytes() >= 16)
        return (is_power | was_float | is_number).fill_null(False)

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

    def value(self, cell: Cell) -> pl.Expr:
        return self._within(self._read(cell))

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(self._read(cell).is_not_null()).then(pl.lit("date_range")).otherwise(pl.lit("date"))

    def _read(self, cell: Cell) -> pl.Expr:
        return day(cell, self.order, self.zone)

    def _within(self, value: pl.Expr) -> pl.Expr:
        return pl.when(value.cast(pl.Date).is_between(self.earliest, self.latest)).then(value)


@dataclass(frozen=True)
class Moment(Date):
    """A day and time of day, naive, in `zone`."""

    def _read(self, cell: Cell) -> pl.Expr:
        return moment(cell, self.order, self.zone)


@dataclass(frozen=True)
class Units(Field):
    """Whole units: ``1,234``, ``12``, ``3.0``, ``12件``; ``2.5`` is a problem."""

    signed: bool = False
    """Whether a negative count (a return) is fine."""

    def value(self, cell: Cell) -> pl.Expr:
        count = whole(cell)
        return count if self.signed else pl.when(count >= 0).then(count)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(whole(cell) < 0).then(pl.lit("negative")).otherwise(pl.lit("units"))


@dataclass(frozen=True)
class Money(Field):
    """An amount as Int64 fen: ``1,234.50``, ``¥12.30``, ``12.30元``, ``US $1.2``. Its currency goes to `currency`.

    The file's own currency (the store's) is taken where the text states none.
    """

    unit: Literal["yuan", "fen"] = "yuan"
    signed: bool = False
    currency: str | None = "currency"
    """The canonical column that takes the currency; None when the source has a column of its own for it."""

    def value(self, cell: Cell) -> pl.Expr:
        fen = amount(cell, self.unit)
        return fen if self.signed else pl.when(fen >= 0).then(fen)

    def stated(self, cell: Cell) -> pl.Expr:
        """The currency the cell's own text states."""
        return stated_currency(cell.text)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.when(amount(cell, self.unit) < 0).then(pl.lit("negative")).otherwise(pl.lit("money"))


@dataclass(frozen=True)
class Percent(Field):
    """A share from 0 to 1: ``12.5%`` is 0.125; a bare number is read as `bare` says."""

    bare: Literal["fraction", "percent"] = "fraction"

    def value(self, cell: Cell) -> pl.Expr:
        """
        >>> cells = pl.Series(["12.5%", "0.125", "12.5", "x"])
        >>> cells.to_frame("t").select(Percent("p", ()).value(Cell(pl.col("t")))).to_series().to_list()
        [0.125, 0.125, None, None]
        """
        marked = compact(cell.text).str.extract(_PERCENT).cast(pl.Float64, strict=False) / 100
        bare = cell.text.cast(pl.Float64, strict=False) / (100 if self.bare == "percent" else 1)
        share = pl.coalesce(marked, bare)
        return pl.when(share.is_between(0, 1)).then(share)

    def why(self, cell: Cell) -> pl.Expr:
        return pl.lit("percent")


@dataclass(frozen=True)
class Choice(Field):
    """One of a few words: canonical word → the raw words that mean it (compared without case and spaces).

    ``words={"on_sale": ("ONLINE", "onSelling", "在售"), …}``. An unlisted word gives null and a problem.
    """

    words: Mapping[str, tuple[str, ...]]
    raw: str | None = None
    """Canonical column that keeps the word as written, e.g. ``status_raw``."""

    def value(self, cell: Cell) -> pl.Expr:
        """
        >>> field = Choice("status", (), {"on_sale": ("ONLINE", "在售")})
        >>> cells = pl.Series(["online", " 在 售", "?"])
        >>> cells.to_frame("t").select(field.value(Cell(pl.col("t")))).to_series().to_list()
        ['on_sale', 'on_sale', None]
        """
        exact = {raw: word for word, raws in self.words.items() for raw in raws}
        loose = {_loose(raw): word for raw, word in exact.items()}
        short = cell.text.replace_strict(exact, default=None, return_dtype=pl.String)
        rest = compact(left_over(short, cell.text))
        return pl.coalesce(short, rest.replace_strict(loose, default=None, return_dtype=pl.String))

    def beside(self, cell: Cell) -> dict[str, pl.Expr]:
        return {} if self.raw is None else {self.raw: cell.text}

    def why(self, cell: Cell) -> pl.Expr:
        return pl.lit("unknown_word")


def _loose(word: str) -> str:
    return pl.select(compact(pl.lit(word))).item()
