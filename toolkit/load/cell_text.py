"""The grammars of single cells, as polars expressions: days, moments, whole numbers, amounts.

Every grammar has a short way and a long way. The short way reads the one spelling that fills files with millions of
rows; the long way knows all listed spellings and sees only the cells the short way left over, all others being null
to it. So what is rare may be slow, and the same text gives the same value on either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

__all__ = [
    "CURRENCIES",
    "Cell",
    "Order",
    "Unit",
    "clean",
    "compact",
    "currency_code",
    "float_amount",
    "left_over",
    "long_amount",
    "long_moment",
    "long_whole",
    "plain_amount",
    "plain_day",
    "plain_moment",
    "rarely",
    "serial_moment",
    "stated_currency",
]

Order = Literal["mdy", "dmy"] | None
Unit = Literal["yuan", "fen"]

_INVISIBLE = r"[\s\u200b-\u200d\u2060\ufeff]"
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
_YEAR_FIRST_CLOCKS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M")
_QUICK: Mapping[Order, tuple[str, ...]] = {
    None: _YEAR_FIRST_CLOCKS,
    "mdy": (*_YEAR_FIRST_CLOCKS, "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S"),
    "dmy": (*_YEAR_FIRST_CLOCKS, "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
}
"""Spellings with a clock that whole exports are written in: nearly every text is another, so regular expressions are slow."""
_EXCEL_ZERO = pl.date(1899, 12, 30)


@dataclass(frozen=True)
class Cell:
    """A cell as expressions: its text as it stands in the file, and its kind in a workbook."""

    text: pl.Expr
    kind: pl.Expr | None = None
    """number, date, bool or text; None when the file has no kinds, as a CSV."""

    def is_kind(self, kind: str) -> pl.Expr:
        """Whether the cell had this kind; false throughout where files have none."""
        return pl.lit(False) if self.kind is None else self.kind.eq(kind).fill_null(False)


def clean(text: pl.Expr) -> pl.Expr:
    """The text without white space at its ends; null when nothing is left.

    >>> pl.select(clean(pl.lit(" 1005\\t"))).item()
    '1005'
    """
    stripped = text.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def left_over(read: pl.Expr, text: pl.Expr) -> pl.Expr:
    """The text where the short way read nothing, else null: what the long way has to look at."""
    return pl.when(read.is_null()).then(text)


def rarely(text: pl.Expr, way: Callable[[pl.Expr], pl.Expr], dtype: pl.DataType) -> pl.Expr:
    """A long way over texts of which nearly all are null: each different text is read once, and the nulls not at all.

    >>> cells = pl.Series(["ａ", None, "ａ"]).to_frame("t")
    >>> cells.select(rarely(pl.col("t"), compact, pl.String())).to_series().to_list()
    ['A', None, 'A']
    """

    def read(cells: pl.Series) -> pl.Series:
        if cells.null_count() == len(cells):
            return pl.Series(cells.name, [None], dtype).new_from_index(0, len(cells))
        texts = cells.drop_nulls().unique()
        values = texts.to_frame("text").select("text", way(pl.col("text")).cast(dtype).alias("value"))
        return cells.to_frame("text").join(values, on="text", how="left", maintain_order="left")["value"]

    return text.map_batches(read, return_dtype=dtype, is_elementwise=True)


def compact(text: pl.Expr) -> pl.Expr:
    """Full-width characters made ordinary, all white and invisible space removed, letters in capitals."""
    return text.str.normalize("NFKC").str.replace_all(_INVISIBLE, "").str.to_uppercase()


def long_whole(text: pl.Expr) -> pl.Expr:
    """A whole number: ``12``, ``1,234``, ``3.0``, ``12件``; anything else is null.

    >>> cells = pl.Series(["12", "1,234", "３.0", "2.5", "12件", "1,23"])
    >>> cells.to_frame("t").select(long_whole(pl.col("t"))).to_series().to_list()
    [12, 1234, 3, None, 12, None]
    """
    tidy = compact(text)
    digits = pl.when(tidy.str.contains(_WHOLE)).then(tidy.str.extract(r"^([+-]?[0-9,]+)").str.replace_all(",", ""))
    return digits.cast(pl.Int64, strict=False)


def plain_amount(text: pl.Expr, unit: Unit) -> pl.Expr:
    """Digits with at most one point and two digits behind it: the spelling of nearly every cell."""
    if unit == "fen":
        return text.cast(pl.UInt64, strict=False).cast(pl.Int64, strict=False)
    point = text.str.find(".", literal=True)
    behind = text.str.len_bytes() - point
    scale = pl.when(behind == 3).then(1).when(behind == 2).then(10).when(point.is_null()).then(100)
    digits = text.str.replace(".", "", literal=True).cast(pl.UInt64, strict=False).cast(pl.Int64, strict=False)
    return pl.when(digits < 10**15).then(digits * scale)


def long_amount(text: pl.Expr, unit: Unit) -> pl.Expr:
    """An amount in fen, built from the digits before and after the point, never by float arithmetic.

    A third decimal is null: which fen it means is not ours to choose.

    >>> cells = pl.Series(["12.3", "¥1,234.50", "US $1.2", "12.305", "-8元"])
    >>> cells.to_frame("t").select(long_amount(pl.col("t"), "yuan")).to_series().to_list()
    [1230, 123450, 120, None, -800]
    """
    parts = compact(text).str.extract_groups(_AMOUNT).struct
    digits, fraction = parts[3].str.replace_all(",", ""), parts[4].fill_null("")
    if unit == "yuan":
        fen = (digits + fraction.str.pad_end(2, "0")).cast(pl.Int64, strict=False)
    else:
        fen = pl.when(fraction.str.strip_chars("0") == "").then(digits).cast(pl.Int64, strict=False)
    minus = (parts[0] == "-") | (parts[2] == "-")
    one_sign = (parts[0] == "") | (parts[2] == "")
    one_currency = parts[1].is_null() | parts[5].is_null() | _code(parts[1]).eq(_code(parts[5]))
    return pl.when(one_sign & one_currency).then(pl.when(minus).then(-fen).otherwise(fen))


def float_amount(number: pl.Expr, unit: Unit) -> pl.Expr:
    """Fen of a cell that is a number in a workbook, when it is within float noise (19.990000000000002) of whole fen."""
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
    parts = compact(text).str.extract_groups(_AMOUNT).struct
    return pl.coalesce(_code(parts[1]), _code(parts[5]))


def currency_code(word: pl.Expr) -> pl.Expr:
    """A currency's code from what a currency column holds: ``人民币``, ``rmb``, ``USD``.

    >>> pl.select(currency_code(pl.lit("人民币"))).item()
    'CNY'
    """

    return pl.coalesce(_code(compact(word)), compact(word).str.extract(r"^([A-Z]{3})$"))


def _calendar(text: pl.Expr, order: Order) -> pl.Expr:
    """Listed spellings of a day and perhaps a clock, as ``2026-1-2 3:4:5``; null for anything else."""
    plain = text.str.normalize("NFKC").str.strip_chars()
    year_first, compact_day = plain.str.extract_groups(_YEAR_FIRST).struct, plain.str.extract_groups(_COMPACT).struct
    ways = [_spell(year_first, 0, 1, 2), _spell(compact_day, 0, 1, 2, has_clock=False)]
    if order is not None:
        month, day_of = (0, 1) if order == "mdy" else (1, 0)
        ways.append(_spell(plain.str.extract_groups(_YEAR_LAST).struct, 2, month, day_of))
    return pl.coalesce(ways)


def _spell(parts: Any, year: int, month: int, day_of: int, *, has_clock: bool = True) -> pl.Expr:
    date_part = pl.concat_str(parts[year], parts[month], parts[day_of], separator="-")
    if not has_clock:
        return date_part + " 0:0:0"
    return date_part + " " + pl.concat_str(*(parts[n].fill_null("0") for n in (3, 4, 5)), separator=":")


def _epoch(text: pl.Expr, zone: str) -> pl.Expr:
    """Seconds (10 digits) or milliseconds (13 digits) since 1970 as a moment in a zone."""
    number = text.str.extract(r"^\s*([0-9]{10}|[0-9]{13})\s*$").cast(pl.Int64, strict=False)
    millis = pl.when(number < 10**11).then(number * 1000).otherwise(number)
    utc = millis.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(zone).dt.replace_time_zone(None).cast(pl.Datetime("us"))


def serial_moment(number: pl.Expr) -> pl.Expr:
    """An Excel serial number (days since 1899-12-30, the fraction being the time of day) as a moment."""
    days = number.cast(pl.Float64, strict=False)
    seconds = pl.when(days.is_between(20_000, 80_000)).then((days * 86_400).round().cast(pl.Int64, strict=False))
    return _EXCEL_ZERO.cast(pl.Datetime("us")) + pl.duration(seconds=seconds)


def long_moment(text: pl.Expr, order: Order, zone: str) -> pl.Expr:
    """The moment a text names in any listed spelling; a day alone is its midnight.

    >>> cells = pl.Series(["2026-11-20 10:00:00", "2026/1/5", "20261120", "2026年1月5日", "12/1/2010", "1763600000"])
    >>> days = cells.to_frame("t").select(long_moment(pl.col("t"), None, "Asia/Shanghai"))
    >>> days.to_series().dt.to_string("%Y-%m-%d %H").to_list()
    ['2026-11-20 10', '2026-01-05 00', '2026-11-20 00', '2026-01-05 00', None, '2025-11-20 08']
    """
    quick = pl.coalesce(text.str.to_datetime(form, strict=False, time_unit="us") for form in _QUICK[order])

    def slow(rest: pl.Expr) -> pl.Expr:
        calendar = _calendar(rest, order).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
        return pl.coalesce(calendar, _epoch(rest, zone))

    return pl.coalesce(quick, rarely(left_over(quick, text), slow, pl.Datetime("us")))


def plain_day(text: pl.Expr) -> pl.Expr:
    """The day of ``2026-01-02``, alone or followed by a clock of usual length (not by another day)."""
    length = text.str.len_bytes()
    has_clock = (length == 19) & (text.str.slice(10, 1) == " ") & (text.str.slice(13, 1) == ":")
    return pl.when((length == 10) | has_clock).then(text.str.head(10).str.to_date("%Y-%m-%d", strict=False))


def plain_moment(text: pl.Expr) -> pl.Expr:
    """The moment of ``2026-01-02 03:04:05``."""
    whole_length = pl.when(text.str.len_bytes() == 19).then(text)
    return whole_length.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
