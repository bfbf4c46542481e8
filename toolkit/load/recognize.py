"""Which kind of export is this sheet, and which row is its header?

Titles above the header come and go between versions of an export, so the header is never looked for by line number:
each of the first rows is tried under each known kind of export, and the row and kind that name the most fields win.
Neither the file's name nor the order of its columns plays a part. What a sheet has beyond the known headers is
listed, never dropped without a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from toolkit.errors import InputError, Place
from toolkit.load.cell_text import CURRENCIES
from toolkit.load.fields import Choice, Field, Money
from toolkit.load.source import Source
from toolkit.load.text_sheet import TextSheet
from toolkit.words import text

__all__ = ["Column", "Match", "Unrecognised", "cell_address", "column_letters", "normal", "recognize"]

_BRACKETS = re.compile(r"[()\[\]{}<>【】〔〕《》「」]")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_NOISE = re.compile(r"[\s%*:_\"'\u200b\ufeff-]+")
MOST_USUAL = 8
_FEN = {"分", "fen", "cent", "cents"}


@dataclass(frozen=True)
class Column:
    """One field of the source and the column of the sheet it is read from."""

    field: Field
    index: int
    header: str
    """The header as written."""
    currency: str | None = None
    """The currency its header states, as in ``单价(USD)``."""


@dataclass(frozen=True)
class Match:
    """A sheet understood: its kind, its header, its columns."""

    source: Source
    header_row: int
    """The row number of the header in the file (its last row, when a header has two)."""
    columns: tuple[Column, ...]
    headers: tuple[str, ...]
    """All headers as written, by column."""
    unknown: tuple[str, ...]
    """Headers that no field reads."""
    doubled: tuple[tuple[Column, int], ...]
    """Columns whose very header stands over a second column too, and that column's index."""

    @property
    def score(self) -> tuple[int, int, int]:
        """More fields first, then the more demanding kind of export, then the sheet it names."""
        demands = max(len(columns) for columns in self.source.recognised_by)
        return len(self.columns), demands, len(self.source.sheets)


@dataclass(frozen=True)
class Unrecognised:
    """A sheet no known kind of export fits, with the row that looks most like its header."""

    header_row: int
    headers: tuple[str, ...]


def normal(header: str) -> str:
    """A header without what exports vary: width, case, spaces, line breaks, %, brackets, underscores.

    >>> normal("加购人数（%）"), normal("Product ID"), normal("product_id")
    ('加购人数', 'productid', 'productid')
    """
    folded = unicodedata.normalize("NFKC", header).casefold()
    return _NOISE.sub("", _BRACKETS.sub("", folded))


@lru_cache(16_384)
def _spellings(header: str) -> tuple[str, ...]:
    """A header as compared: whole, then without what stands in brackets."""
    whole = unicodedata.normalize("NFKC", header)
    return tuple(dict.fromkeys(spelled for way in (whole, _BRACKETED.sub("", whole)) if (spelled := normal(way))))


@cache
def _aliases(headers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(normal(header) for header in headers)


def recognize(sheet: TextSheet, sources: Iterable[Source]) -> Match | Unrecognised:
    """The kind of export a sheet is, or the row that looks most like a header when it is none.

    Raises:
        InputError: two kinds fit equally well; the sentence names both.
    """
    best: dict[str, Match] = {}
    sources = tuple(sources)
    for number, header in _headers(sheet):
        spelled = _index(header)
        for source in sources:
            match = _match(source, number, header, spelled, sheet.sheet)
            if match and (source.name not in best or match.score > best[source.name].score):
                best[source.name] = match
    if not best:
        return _likeliest(sheet)
    ranked = sorted(best.values(), key=lambda match: match.score, reverse=True)
    if len(ranked) > 1 and ranked[0].score == ranked[1].score and ranked[0].source.table != ranked[1].source.table:
        first, second = (text(f"source.{match.source.name}") for match in ranked[:2])
        raise InputError("source_ambiguous", place=Place(sheet.file, sheet.sheet), first=first, second=second)
    return _tuned(ranked[0], sheet)


def _tuned(match: Match, sheet: TextSheet) -> Match:
    """The match, its choices told which words the first rows use."""
    below = sheet.head[max(match.header_row - sheet.first_row + 1, 0) :]

    def tuned(column: Column) -> Column:
        if not isinstance(column.field, Choice):
            return column
        words = dict.fromkeys(row[column.index] for row in below if column.index < len(row))
        return replace(column, field=replace(column.field, usual=tuple(words)[:MOST_USUAL]))

    return replace(match, columns=tuple(tuned(column) for column in match.columns))


def _headers(sheet: TextSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row that may be a header, and each pair of rows that may be one together.

    A row whose names go on in the row below (cells merged over both) is the upper half of a header, not its last row.
    """
    ends = [not _goes_on(row, below) for row, below in pairwise((*sheet.head, ()))]
    for index, row in enumerate(sheet.head):
        if sum(1 for name in row if name.strip()) == 0:
            continue
        if ends[index]:
            yield sheet.first_row + index, row
        if index + 1 < len(sheet.head) and ends[index + 1]:
            below = sheet.head[index + 1]
            yield sheet.first_row + index + 1, _joined(row, below)


def _goes_on(row: Sequence[str], below: Sequence[str]) -> bool:
    return any(name and name == under and not name[0].isdigit() for name, under in zip(row, below, strict=False))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two header rows as one: what stands in both cells, once where a merged cell says it twice."""
    width = max(len(upper), len(lower))
    pairs = zip(_padded(upper, width), _padded(lower, width), strict=True)
    return tuple(up if not low or up == low else low if not up else f"{up} / {low}" for up, low in pairs)


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _index(header: tuple[str, ...]) -> dict[str, int]:
    """Each spelling of each header, with the first column it stands over."""
    spelled: dict[str, int] = {}
    for index, name in enumerate(header):
        for way in _ways(name) if name else ():
            spelled.setdefault(way, index)
    return spelled


def _match(
    source: Source, number: int, header: tuple[str, ...], spelled: dict[str, int], sheet: str | None
) -> Match | None:
    # A kind that is only told by its sheet's name (the policy list) must never catch a file that has no such sheet.
    if source.sheets and normal(sheet or "") not in _aliases(source.sheets):
        return None
    columns = tuple(
        _column(field, index, header[index]) for field in source.fields if (index := _find(field, spelled)) is not None
    )
    found = {column.field.column for column in columns}
    if not any(found.issuperset(wanted) for wanted in source.recognised_by):
        return None
    used = {column.index for column in columns}
    unknown = tuple(name for index, name in enumerate(header) if name.strip() and index not in used)
    doubled = tuple((column, twin) for column in columns for twin in _twins(column, header))
    return Match(source, number, columns, header, unknown, doubled)


def _find(field: Field, spelled: dict[str, int]) -> int | None:
    """The column a field is read from: the first of its aliases that stands there, exactly before by prefix."""
    aliases = _aliases(field.headers)
    exact = next((spelled[alias] for alias in aliases if alias in spelled), None)
    if exact is not None or not field.prefix:
        return exact
    return next((index for alias in aliases for way, index in spelled.items() if way.startswith(alias)), None)


def _ways(name: str) -> tuple[str, ...]:
    """The spellings of a header; of a joined one also its lower row alone."""
    upper, _, lower = name.rpartition(" / ")
    return (*_spellings(name), *_spellings(lower)) if upper else _spellings(name)


def _twins(column: Column, header: tuple[str, ...]) -> list[int]:
    same = normal(column.header)
    return [index for index, name in enumerate(header) if index != column.index and name and normal(name) == same]


def _column(field: Field, index: int, name: str) -> Column:
    """The column, its field adjusted to a unit or currency that the header states in brackets."""
    inside = [part.strip() for part in _BRACKETED.findall(unicodedata.normalize("NFKC", name))]
    if not isinstance(field, Money) or not inside:
        return Column(field, index, name)
    if any(part.casefold() in _FEN for part in inside):
        field = replace(field, unit="fen")
    stated = [code for part in inside for code, words in CURRENCIES.items() if part.upper() in words]
    return Column(field, index, name, stated[0] if stated else None)


def _likeliest(sheet: TextSheet) -> Unrecognised:
    """The first of the rows with the most texts that are no numbers."""
    rows = [(sum(1 for name in row if name.strip() and not name.strip()[0].isdigit()), row) for row in sheet.head]
    most = max((texts for texts, _ in rows), default=0)
    for index, (texts, row) in enumerate(rows):
        if texts == most:
            return Unrecognised(sheet.first_row + index, tuple(name for name in row if name.strip()))
    return Unrecognised(sheet.first_row, ())


def column_letters(index: int) -> str:
    """The letters of a column, from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_address(index: int, row: int) -> str:
    """Where a person finds a cell.

    >>> cell_address(1, 7)
    'B7'
    """
    return f"{column_letters(index)}{row}"
