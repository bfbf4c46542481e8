"""The grammars of single cells, as polars expressions: days, moments, whole numbers, amounts.

Every grammar has a short way and a long way. The short way reads the one spelling that fills files with millions of
rows; the long way knows all listed spellings and sees only the cells the short way left over, all others being null
to it. So what is rare may be slow, and the same text gives the same value on either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

__all__ = ["Cell", "amount", "clean", "day", "left_over", "moment", "stated_currency", "whole"]

INVISIBLE = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
"""White space and zero-width characters that exports leave around a value."""
CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "CNY": ("¥", "CN¥", "RMB", "CNY", "元", "人民币"),
    "USD": ("US$", "USD", "美元"),
    "EUR": ("€", "EUR", "欧元"),
    "GBP": ("£", "GBP", "英镑"),
    "RUB": ("₽", "RUB", "卢布"),
    "JPY": ("JPY", "日元"),
    "KRW": ("₩", "KRW", "韩元"),
    "BRL": ("R$", "BRL"),
}
_CODES = {word: code for code, words in CURRENCIES.items() for word in words}
_CURRENCY = "|".join(sorted((w.replace("$", r"\$") for w in _CODES), key=len, reverse=True))
_AMOUNT = (
    rf"^([+-]?)({_CURRENCY})?([+-]?)"
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?"
    rf"({_CURRENCY})?$"
)
_WHOLE = r"^[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?(?:件|个|只|套|PCS)?$"
_CLOCK = r"(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?)?$"
_YEAR_FIRST = r"^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?" + _CLOCK
_COMPACT = r"^([0-9]{4})([0-9]{2})([0-9]{2})$"
_YEAR_LAST = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})" + _CLOCK
_EXCEL_ZERO = pl.date(1899, 12, 30)


@dataclass(frozen=True)
class Cell:
    """A cell as expressions: its text (cleaned, null when nothing stands there) and its kind in a workbook."""

    text: pl.Expr
    kind: pl.Expr | None = None
    """number, date, bool or text; None when the file has no kinds, as a CSV."""

    def is_kind(self, kind: str) -> pl.Expr:
        """Whether the cell had this kind; false throughout where files have none."""
        return pl.lit(False) if self.kind is None else self.kind.eq(kind).fill_null(False)


def clean(text: pl.Expr) -> pl.Expr:
    """The text without white space and zero-width characters at its ends; null when nothing is left.

    >>> pl.select(clean(pl.lit(" 1005\\t"))).item()
    '1005'
    """
    stripped = text.str.strip_chars(INVISIBLE)
    return pl.when(stripped != "").then(stripped)


def left_over(read: pl.Expr, text: pl.Expr) -> pl.Expr:
    """The text where the short way read nothing, else null: what the long way has to look at."""
    return pl.when(read.is_null()).then(text)


def compact(text: pl.Expr) -> pl.Expr:
    """Full-width characters made ordinary, all white space removed, letters in capitals."""
    return text.str.normalize("NFKC").str.replace_all(r"\s", "").str.to_uppercase()


def whole(cell: Cell) -> pl.Expr:
    """A whole number: ``12``, ``1,234``, ``3.0``, ``12件``; anything else is null.

    >>> cells = pl.Series(["12", "1,234", "３.0", "2.5", "12件", "1,23"])
    >>> cells.to_frame("t").select(whole(Cell(pl.col("t")))).to_series().to_list()
    [12, 1234, 3, None, 12, None]
    """
    short = cell.text.cast(pl.Int64, strict=False)
    rest = compact(left_over(short, cell.text))
    digits = pl.when(rest.str.contains(_WHOLE)).then(rest.str.extract(r"^([+-]?[0-9,]+)").str.replace_all(",", ""))
    return pl.coalesce(short, digits.cast(pl.Int64, strict=False))


def amount(cell: Cell, unit: Literal["yuan", "fen"]) -> pl.Expr:
    """An amount in fen, built from the digits before and after the point, never by float arithmetic on text.

    A third decimal is null: which fen it means is not ours to choose. Only cells that *are* numbers in a workbook may
    carry the noise of a float (19.990000000000002).

    >>> cells = pl.Series(["12.3", "¥1,234.50", "US $1.2", "12.305", "-8元"])
    >>> cells.to_frame("t").select(amount(Cell(pl.col("t")), "yuan")).to_series().to_list()
    [1230, 123450, 120, None, -800]
    """
    short = _plain_amount(cell.text, unit)
    rest = left_over(short, cell.text)
    parts = compact(rest).str.extract_groups(_AMOUNT).struct
    fraction = parts[4].fill_null("") if unit == "yuan" else parts[4].fill_null("").str.replace("^0+$", "")
    fen = (
        (parts[3].str.replace_all(",", "") + fraction.str.pad_end(2, "0")).cast(pl.Int64, strict=False)
        if unit == "yuan"
        else pl.when(fraction == "").then(parts[3].str.replace_all(",", "").cast(pl.Int64, strict=False))
    )
    minus = (parts[0] == "-") | (parts[2] == "-")
    one_sign = (parts[0] == "") | (parts[2] == "")
    one_currency = parts[1].is_null() | parts[5].is_null() | _code(parts[1]).eq(_code(parts[5]))
    long = pl.when(one_sign & one_currency).then(pl.when(minus).then(-fen).otherwise(fen))
    if cell.kind is None:
        return pl.coalesce(short, long)
    return pl.coalesce(short, long, _float_amount(pl.when(cell.is_kind("number")).then(rest), unit))


def _plain_amount(text: pl.Expr, unit: Literal["yuan", "fen"]) -> pl.Expr:
    """Digits with at most one point and two digits behind it: the spelling of nearly every cell."""
    if unit == "fen":
        return text.cast(pl.UInt64, strict=False).cast(pl.Int64, strict=False)
    point = text.str.find(".", literal=True)
    behind = pl.coalesce(text.str.len_bytes() - point, pl.lit(1, pl.UInt32))
    scale = pl.when(behind == 3).then(1).when(behind == 2).then(10).when(point.is_null()).then(100)
    digits = text.str.replace(".", "", literal=True).cast(pl.UInt64, strict=False).cast(pl.Int64, strict=False)
    return pl.when(digits < 10**15).then(digits * scale)


def _float_amount(number: pl.Expr, unit: Literal["yuan", "fen"]) -> pl.Expr:
    """Fen of a number cell when it is within float noise of whole fen."""
    scaled = number.cast(pl.Float64, strict=False) * (100 if unit == "yuan" else 1)
    is_whole = ((scaled - scaled.round()).abs() < 1e-4) & (scaled.abs() < 1e13)
    return pl.when(is_whole).then(scaled.round()).cast(pl.Int64, strict=False)


def _code(word: pl.Expr) -> pl.Expr:
    return word.replace_strict(_CODES, default=None, return_dtype=pl.String)


def stated_currency(text: pl.Expr) -> pl.Expr:
    """The currency an amount's own text states (CNY, USD …); null when it states none.

    >>> pl.select(stated_currency(pl.lit("US $1.2"))).item()
    'USD'
    """
    named = pl.when(text.cast(pl.Float64, strict=False).is_null()).then(text)
    parts = compact(named).str.extract_groups(_AMOUNT).struct
    return pl.coalesce(_code(parts[1]), _code(parts[5]))


def _calendar(text: pl.Expr, order: Literal["mdy", "dmy"] | None) -> pl.Expr:
    """Listed spellings of a day and perhaps a clock, as ``2026-1-2 3:4:5``; null for anything else."""
    plain = text.str.normalize("NFKC")
    year_first, compact_day = plain.str.extract_groups(_YEAR_FIRST).struct, plain.str.extract_groups(_COMPACT).struct
    ways = [_spell(year_first, 0, 1, 2), _spell(compact_day, 0, 1, 2, has_clock=False)]
    if order is not None:
        month, day_of = (0, 1) if order == "mdy" else (1, 0)
        ways.append(_spell(plain.str.extract_groups(_YEAR_LAST).struct, 2, month, day_of))
    return pl.coalesce(ways)


def _spell(parts: object, year: int, month: int, day_of: int, *, has_clock: bool = True) -> pl.Expr:
    date_part = pl.concat_str(parts[year], parts[month], parts[day_of], separator="-")  # type: ignore[index]
    if not has_clock:
        return date_part + " 0:0:0"
    clock = pl.concat_str(*(parts[n].fill_null("0") for n in (3, 4, 5)), separator=":")  # type: ignore[index]
    return date_part + " " + clock


def _epoch(text: pl.Expr, zone: str) -> pl.Expr:
    """Seconds (10 digits) or milliseconds (13 digits) since 1970 as a moment in a zone."""
    number = text.str.extract(r"^([0-9]{10}|[0-9]{13})$").cast(pl.Int64, strict=False)
    millis = pl.when(number < 10**11).then(number * 1000).otherwise(number)
    utc = millis.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(zone).dt.replace_time_zone(None).cast(pl.Datetime("us"))


def _serial(number: pl.Expr) -> pl.Expr:
    """An Excel serial number (days since 1899-12-30, the fraction being the time of day) as a moment."""
    days = number.cast(pl.Float64, strict=False)
    seconds = pl.when(days.is_between(20_000, 80_000)).then((days * 86_400).round().cast(pl.Int64, strict=False))
    return _EXCEL_ZERO.cast(pl.Datetime("us")) + pl.duration(seconds=seconds)


def _long_moment(cell: Cell, rest: pl.Expr, order: Literal["mdy", "dmy"] | None, zone: str) -> pl.Expr:
    ways = [_calendar(rest, order).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False), _epoch(rest, zone)]
    if cell.kind is not None:
        ways.append(_serial(pl.when(cell.is_kind("number")).then(rest)))
    return pl.coalesce(ways)


def _ends_at_day(text: pl.Expr) -> pl.Expr:
    """Whether the text is ``2026-01-02`` alone or followed by a clock of usual length (not by another day)."""
    length = text.str.len_bytes()
    return (length == 10) | ((length == 19) & text.str.slice(10, 1).is_in([" ", "T"]))


def day(cell: Cell, order: Literal["mdy", "dmy"] | None, zone: str) -> pl.Expr:
    """The day a cell names; null for spellings that are not listed.

    >>> cells = pl.Series(["2026-11-20 10:00:00", "2026/1/5", "20261120", "2026年1月5日", "12/1/2010", "1763600000"])
    >>> days = cells.to_frame("t").select(day(Cell(pl.col("t")), None, "Asia/Shanghai"))
    >>> days.to_series().dt.to_string().to_list()
    ['2026-11-20', '2026-01-05', '2026-11-20', '2026-01-05', None, '2025-11-20']
    """
    short = pl.when(_ends_at_day(cell.text)).then(cell.text.str.head(10)).str.to_date("%Y-%m-%d", strict=False)
    rest = left_over(short, cell.text)
    return pl.coalesce(short, _long_moment(cell, rest, order, zone).cast(pl.Date))


def moment(cell: Cell, order: Literal["mdy", "dmy"] | None, zone: str) -> pl.Expr:
    """The day and time of day a cell names; a day alone is its midnight."""
    short = (
        pl.when(cell.text.str.len_bytes() == 19)
        .then(cell.text)
        .str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    )
    return pl.coalesce(short, _long_moment(cell, left_over(short, cell.text), order, zone))
