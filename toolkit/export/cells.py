"""From a column and its unit to the cells a sheet holds.

A sheet knows two kinds of cell that are safe to rely on, text and number; everything else is a number with a format.
So ids, texts, choices and flags become text; counts and shares stay numbers; money leaves its integer fen for a
number with two decimals only here; days and moments become the serial numbers Excel counts from 1899-12-30.
All conversions work on whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.errors import OutputError
from toolkit.words import Lang, keys, say
from toolkit.words.columns import COLUMNS

__all__ = ["TEXT_UNITS", "Shown", "choice_words", "lines_needed", "look_of", "serials", "shown", "width_of", "words"]

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


def choice_words(column: str, lang: Lang) -> dict[str, str]:
    """Value → word for a column of unit choice; empty when its values were never worded."""
    prefix = f"{column}."
    own = (key for key in keys() if key.startswith(prefix) and key.count(".") == 1)
    return {key.removeprefix(prefix): say(key, lang) for key in own}


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
            words=choice_words(name, lang) if columns[name].unit == "choice" else {},
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


def words(series: pl.Series, column: Shown, lang: Lang) -> pl.Series:
    """A text column as it is read by people: flags and choices in words, null stays null.

    >>> words(pl.Series([True, None]), Shown("is_protected", "protected", "flag"), "en").to_list()
    ['yes', None]
    """
    if column.unit == "flag":
        said = {str(value).lower(): say(f"workbook.{value}", lang) for value in (True, False)}
        return series.cast(pl.String).replace(said)
    if column.words:
        return series.cast(pl.String).replace(dict(column.words))
    return series.cast(pl.String)


def serials(series: pl.Series, column: Shown, *, sheet: str) -> tuple[list[float | None], list[Any]]:
    """A number column as Excel holds it, and what reading it back must give.

    Money is the integer of fen over 100: the nearest number to the exact amount, which Excel shows exactly.

    Raises:
        OutputError: a number that is not finite, an amount beyond Excel's 15 digits, a day before Excel's calendar.

    >>> serials(pl.Series([1999, None]), Shown("supply_price_fen", "price", "fen"), sheet="list")[0]
    [19.99, None]
    """
    if column.unit in ("day", "moment"):
        return _calendar(series, column, sheet=sheet)
    if series.dtype.is_float() and (bad := series.filter(~series.is_finite())).len():
        raise OutputError("number_not_finite", sheet=sheet, column=column.title, value=bad[0])
    if column.unit == "fen":
        if (bad := series.filter(series.abs() >= _EXACT_FEN)).len():
            raise OutputError("number_too_long", sheet=sheet, column=column.title, value=bad[0])
        # Python's division gives the nearest number; polars multiplies by 0.01, and 1999 becomes 19.990000000000002.
        yuan = [None if fen is None else fen / 100 for fen in series.to_list()]
        return yuan, yuan
    values = series.to_list()
    return values, values


def _calendar(series: pl.Series, column: Shown, *, sheet: str) -> tuple[list[float | None], list[Any]]:
    if (bad := series.filter(series.cast(pl.Date) < _FIRST_DAY)).len():
        raise OutputError("day_too_early", sheet=sheet, column=column.title, value=bad[0])
    if column.unit == "day":
        return (series.cast(pl.Date) - _DAY_ZERO).dt.total_days().to_list(), series.cast(pl.Date).to_list()
    # A moment is shown to the minute; seconds are kept, what is finer is not.
    moments = series.cast(pl.Datetime("us")).dt.truncate("1s")
    passed = (moments - datetime(_DAY_ZERO.year, _DAY_ZERO.month, _DAY_ZERO.day)).dt.total_microseconds()
    return (passed / _MICROSECONDS_A_DAY).to_list(), moments.to_list()


def width_of(series: pl.Series, column: Shown) -> float:
    """Characters a column needs for its title and content, within reason; a Chinese character counts for two.

    >>> width_of(pl.Series(["夏季凉鞋"]), Shown("title", "标题", "text"))
    11.0
    """
    if column.width is not None:
        return column.width
    longest = _FIXED_WIDTHS.get(column.unit) or _longest(_extremes(series) if series.dtype.is_integer() else series)
    extra = {"fen": 2, "units": 1, "count": 1}.get(column.unit, 0)
    content = min(longest, 9.0) if series.dtype.is_float() else longest + extra
    picked = max(map(_width, column.pick), default=0.0)
    title = _width(column.title)
    # A long title takes two lines.
    return min(max(_NARROWEST, content + 3, picked + 3, 3 + (title if title <= 14 else title * 0.6 + 2)), _WIDEST)


def lines_needed(frame: pl.DataFrame, columns: Iterable[Shown]) -> list[int]:
    """Lines each row needs so that its wrapped texts are whole; at least one."""
    wrapped = [column for column in columns if column.wrap]
    texts = [(frame.get_column(c.name).cast(pl.String).replace(dict(c.words)), c) for c in wrapped]
    needed = [
        (_widths(text) * 1.03 / width_of(text, column)).ceil() + text.str.count_matches("\n") for text, column in texts
    ]
    return (
        pl.DataFrame([series.alias(str(n)) for n, series in enumerate(needed)], height=frame.height)
        .select(pl.max_horizontal(pl.lit(1.0), *[pl.col(str(n)) for n in range(len(needed))]).cast(pl.Int64))
        .to_series()
        .to_list()
        if needed and frame.height
        else [1] * frame.height
    )


def _widths(text: pl.Series) -> pl.Series:
    # In UTF-8 a Chinese character has three bytes and stands two wide: (3 + 1) / 2.
    return (text.str.len_bytes() + text.str.len_chars()) / 2


def _width(text: str) -> float:
    """As `_widths`, of one text."""
    return (len(text.encode()) + len(text)) / 2


def _extremes(numbers: pl.Series) -> pl.Series:
    """The least and the greatest: one of them has the most digits."""
    return pl.Series([numbers.min(), numbers.max()], dtype=numbers.dtype)


def _longest(values: pl.Series) -> float:
    longest = _widths(values.cast(pl.String)).max()
    return longest if isinstance(longest, float) else 0.0
