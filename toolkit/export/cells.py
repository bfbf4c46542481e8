"""From a column and its unit to the cells a sheet holds.

A sheet knows two kinds of cell that are safe to rely on, text and number; everything else is a number with a format.
So ids, texts, choices and flags become text; counts and shares stay numbers; money leaves its integer fen for a
number with two decimals only here; days and moments become the serial numbers Excel counts from 1899-12-30.
All conversions work on whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.errors import OutputError
from toolkit.words import Lang, labels, say
from toolkit.words.columns import COLUMNS

__all__ = [
    "TEXT_UNITS",
    "Shown",
    "least_width",
    "lines_needed",
    "look_of",
    "read_again",
    "refuse_unfit",
    "serial",
    "shown",
    "widths",
    "words",
]

TEXT_UNITS = ("id", "text", "choice", "flag")
_NUMBER_FORMATS: dict[str, str | int] = {
    "id": 49,  # Excel's own Text format: what is typed there stays text too
    "units": "#,##0", "count": "#,##0", "days": "#,##0", "weeks": "0.0", "ratio": "0.00", "share": "0.0%",
    "fen": "#,##0.00", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm",
}  # fmt: skip
_CENTRED = ("day", "moment", "flag", "choice")
_EXACT_FEN = 10**15
"""Excel keeps 15 digits: up to here every amount in fen has its own number."""
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Before this day Excel's calendar holds a leap day that never was."""
_MICROSECONDS_A_DAY = 86_400_000_000
_NARROWEST, _WIDEST = 7.0, 46.0
_FOR_SIGNS = {"fen": 2, "units": 1, "count": 1}
"""Characters a number needs beside its digits."""
_FIXED_WIDTHS = {"id": 17.0, "day": 10.0, "moment": 16.0}


@dataclass(frozen=True)
class Shown:
    """How a sheet shows one column of a table."""

    name: str
    """The column in the frame."""
    title: str
    unit: str
    """As in `toolkit.schema.Column`: decides the kind of cell and the number format."""
    words: Mapping[str, str] = field(default_factory=dict)
    """For a choice: value → what a person reads; a value without a word is shown as it is."""
    tints: Mapping[str, str] = field(default_factory=dict)
    """Value → name of a background; ``""`` stands for all other values."""
    width: float | None = None
    """In characters; None fits the content."""
    wrap: bool = False
    pick: tuple[str, ...] = ()
    """The words of a drop-down."""
    folded: bool = False
    """Hidden behind the plus sign over the columns, and not printed: there for whoever looks closer (main tables)."""
    hint: str = ""
    """Shown beside the cell while it is selected."""


def shown(table: schema.Table, names: Iterable[str] | None = None, *, lang: Lang = "zh") -> list[Shown]:
    """Columns of a schema table as a sheet shows them, titled and worded; all columns when no names are given.

    >>> [column.title for column in shown(schema.CATALOG, ["product_id", "supply_price_fen"], lang="en")]
    ['product id', 'supply price']
    """
    columns = {column.name: column for column in table.columns}
    return [
        Shown(
            name=name,
            title=COLUMNS[name].title.in_(lang),
            unit=columns[name].unit,
            words=labels(name, lang) if columns[name].unit == "choice" else {},
        )
        for name in (table.names if names is None else names)
    ]


def look_of(column: Shown) -> dict[str, Any]:
    """The part of a cell's format that its unit decides."""
    look: dict[str, Any] = {"num_format": _NUMBER_FORMATS[column.unit]} if column.unit in _NUMBER_FORMATS else {}
    # An indent keeps a number from touching the text that follows it.
    # What is centred in a hidden column runs over into the column before it.
    is_centred = column.unit in _CENTRED and not column.folded
    look |= {"align": "center"} if is_centred else {"align": _side(column), "indent": 1}
    return look | ({"text_wrap": True} if column.wrap else {})


def _side(column: Shown) -> str:
    return "left" if column.unit in TEXT_UNITS else "right"


def words(column: Shown, lang: Lang) -> pl.Expr:
    """A text column as it is read by people: flags and choices in words, null stays null.

    >>> frame = pl.DataFrame({"is_protected": [True, None]})
    >>> frame.select(words(Shown("is_protected", "protected", "flag"), "en"))["is_protected"].to_list()
    ['yes', None]
    """
    said = pl.col(column.name).cast(pl.String)
    if column.unit == "flag":
        return said.replace({str(value).lower(): say(f"workbook.{value}", lang) for value in (True, False)})
    return said.replace(dict(column.words)) if column.words else said


def serial(column: Shown) -> pl.Expr:
    """A number column as Excel holds it: days and moments counted from Excel's first day, money in whole units.

    Money is the integer of fen over 100: the nearest number to the exact amount, which Excel shows exactly.

    >>> frame = pl.DataFrame({"supply_price_fen": [1999, None]})
    >>> frame.select(serial(Shown("supply_price_fen", "price", "fen")))["supply_price_fen"].to_list()
    [19.99, None]
    """
    value = pl.col(column.name)
    if column.unit == "fen":
        # A text is read as the nearest number; a division by 100 multiplies by 0.01, and 1999 becomes 19.990000000000002.
        return pl.concat_str(value, pl.lit("e-2")).cast(pl.Float64)
    if column.unit == "day":
        return (value.cast(pl.Date) - pl.lit(_DAY_ZERO)).dt.total_days()
    if column.unit == "moment":
        passed = read_again(column) - pl.lit(datetime(_DAY_ZERO.year, _DAY_ZERO.month, _DAY_ZERO.day))
        return passed.dt.total_microseconds() / _MICROSECONDS_A_DAY
    return value


def read_again(column: Shown) -> pl.Expr:
    """What reading a number column back must give: days and moments instead of the numbers that stand for them."""
    value = pl.col(column.name)
    if column.unit == "day":
        return value.cast(pl.Date)
    # A moment is shown to the minute; seconds are kept, what is finer is not.
    return value.cast(pl.Datetime("us")).dt.truncate("1s") if column.unit == "moment" else serial(column)


def refuse_unfit(frame: pl.DataFrame, columns: Iterable[Shown], *, sheet: str) -> None:
    """Raise for the first column with a number that no cell holds.

    Raises:
        OutputError: a number that is not finite, an amount beyond Excel's 15 digits, a day before Excel's calendar.
    """
    dtypes = frame.schema
    unfit = [(column, *found) for column in columns if (found := _unfit(column, dtypes[column.name]))]
    firsts = frame.select(
        pl.col(column.name).filter(is_unfit).first().alias(str(n)) for n, (column, _, is_unfit) in enumerate(unfit)
    )
    for (column, key, _), first in zip(unfit, firsts.row(0) if unfit else (), strict=True):
        if first is not None:
            raise OutputError(key, sheet=sheet, column=column.title, value=first)


def _unfit(column: Shown, dtype: pl.DataType) -> tuple[str, pl.Expr] | None:
    """The key of what can be wrong with a column's numbers, and with which of them it is."""
    value = pl.col(column.name)
    if column.unit in ("day", "moment"):
        return "day_too_early", value.cast(pl.Date) < pl.lit(_FIRST_DAY)
    if dtype.is_float():
        return "number_not_finite", ~value.is_finite()
    return ("number_too_long", value.abs() >= _EXACT_FEN) if column.unit == "fen" else None


def widths(frame: pl.DataFrame, columns: Sequence[Shown], lang: Lang) -> list[float]:
    """Characters each column needs for its title and content, within reason; a Chinese character counts for two.

    >>> widths(pl.DataFrame({"title": ["夏季凉鞋"]}), [Shown("title", "标题", "text")], "zh")
    [11.0]
    """
    dtypes = frame.schema
    measured = {n: column for n, column in enumerate(columns) if column.width is None}
    longest = frame.select(_longest(column, dtypes[column.name], lang).alias(str(n)) for n, column in measured.items())
    content = dict(zip(measured, longest.row(0) if measured else (), strict=True))
    return [least_width(column, content.get(n) or 0.0) for n, column in enumerate(columns)]


def _longest(column: Shown, dtype: pl.DataType, lang: Lang) -> pl.Expr:
    """How wide the widest value of a column is."""
    if column.unit in _FIXED_WIDTHS:
        return pl.lit(_FIXED_WIDTHS[column.unit])
    if column.unit in TEXT_UNITS:
        return _wide(words(column, lang)).max()
    value = pl.col(column.name)
    if dtype.is_float():
        return _wide(value.cast(pl.String)).max().clip(upper_bound=9.0)
    # The least or the greatest has the most digits.
    ends = (_wide(end.cast(pl.String)) for end in (value.min(), value.max()))
    return pl.max_horizontal(*ends) + _FOR_SIGNS.get(column.unit, 0)


def _wide(text: pl.Expr) -> pl.Expr:
    # In UTF-8 a Chinese character has three bytes and stands two wide: (3 + 1) / 2.
    return (text.str.len_bytes() + text.str.len_chars()) / 2


def _wide_of(text: str) -> float:
    """As `_wide`, of one text."""
    return (len(text.encode()) + len(text)) / 2


def least_width(column: Shown, longest: float = 0.0) -> float:
    """The width of a column whose widest value is so wide."""
    if column.width is not None:
        return column.width
    picked, title = max(map(_wide_of, column.pick), default=0.0), _wide_of(column.title)
    # A long title takes two lines.
    return min(max(_NARROWEST, longest + 3, picked + 3, 3 + (title if title <= 14 else title * 0.6 + 2)), _WIDEST)


def lines_needed(frame: pl.DataFrame, columns: Sequence[Shown], lang: Lang) -> list[int]:
    """Lines each row needs so that its wrapped texts are whole; at least one."""
    wrapped = [column for column in columns if column.wrap]
    needed = [
        (_wide(words(column, lang)) * 1.03 / width).ceil() + words(column, lang).str.count_matches("\n")
        for column, width in zip(wrapped, widths(frame, wrapped, lang), strict=True)
    ]
    lines = pl.max_horizontal(pl.lit(1.0), *needed).cast(pl.Int64)
    return frame.select(lines=lines).to_series().to_list() if needed else [1] * frame.height
