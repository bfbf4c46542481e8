"""Workbooks as text, cell by cell as they are: a text cell stays text, a number cell says that it was a number.

Readers that type whole columns change ids and drop rows without a word; this one asks for each cell's own kind. A
number is written with all its digits, so that `1.00501E+15` in a cell is seen as the 16-digit number it is, and as
suspect. Hidden sheets are named, not read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import python_calamine as calamine

from toolkit.errors import InputError
from toolkit.load.limits import (
    MAX_PART,
    check_binary_extent,
    check_container,
    check_extent,
    check_open_extent,
    check_strings,
    limited,
)
from toolkit.load.merged_ranges import Range, binary_merged, open_merged
from toolkit.load.text_sheet import HEAD_ROWS, TextSheet, Unread, text_of
from toolkit.load.unread_cells import unread_cells

__all__ = ["workbook_sheets"]

T = TypeVar("T")
_HIDDEN_ROW = re.compile(rb'<row\s[^>]*?hidden="(?:1|true)"')
_SHEET, _LINK = re.compile(r"<sheet\s[^>]*>"), re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e22 else repr(value)


_SPELL: dict[type, tuple[str, Callable[[Any], str]]] = {
    str: ("text", str),
    float: ("number", _number),
    int: ("number", str),
    bool: ("bool", lambda value: "TRUE" if value else "FALSE"),
    datetime: ("date", lambda value: value.isoformat(sep=" ", timespec="seconds")),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("time", str),
}


def workbook_sheets(path: Path, file: str) -> list[TextSheet]:
    """The sheets of an xlsx, xlsm, xlsb, xls or ods workbook; hidden ones come without rows.

    Raises:
        InputError: broken, protected by a password, or larger than can be read safely.
    """
    parts = _check_parts(path, file)
    try:
        with path.open("rb") as stream:
            book = calamine.CalamineWorkbook.from_filelike(stream)
            metas = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
            return [
                sheet
                for meta in metas
                if (sheet := _sheet(book, meta.name, file, meta.visible == calamine.SheetVisibleEnum.Visible, parts))
                is not None
            ]
    except calamine.PasswordError as error:
        raise InputError("file_password", file=file) from error
    except InputError:
        raise
    except BaseException as error:  # a panic of the parser is not an Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise InputError("workbook_broken", file=file) from error
        raise


@dataclass(frozen=True)
class _Parts:
    """What the parts of a file say that its parser does not, by sheet."""

    hidden_rows: Mapping[str, int] = field(default_factory=dict)
    merged: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)
    unread: Mapping[str, tuple[Unread, ...]] = field(default_factory=dict)


def _check_parts(path: Path, file: str) -> _Parts:
    """Measure an xlsx, xlsb or ods from its directory and the addresses in its sheets; an xls has neither and is small by design."""
    if not zipfile.is_zipfile(path):
        return _Parts()
    hidden: dict[str, int] = {}
    merged: dict[str, tuple[Range, ...]] = {}
    unread: dict[str, tuple[Unread, ...]] = {}
    with zipfile.ZipFile(path) as archive:
        check_container(archive, file, is_workbook=True)
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                xml = _part(archive, name, file)
                check_extent(xml, file, Path(name).stem)
                hidden[name] = len(_HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else 0
                unread[name] = unread_cells(xml)
            elif name.startswith("xl/worksheets/") and name.endswith(".bin"):
                check_binary_extent(_part(archive, name, file), file, Path(name).stem)
            elif name == "content.xml":
                xml = _part(archive, name, file)
                check_open_extent(xml, file)
                merged = open_merged(xml)
            elif name.endswith("sharedStrings.xml"):
                check_strings(_part(archive, name, file), file)
        if "xl/workbook.bin" in archive.namelist():
            merged = binary_merged(archive, lambda name: _part(archive, name, file))
        return _Parts(_by_sheet(archive, hidden, 0), merged, _by_sheet(archive, unread, ()))


def _part(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    with archive.open(name) as part:
        return b"".join(limited(part, file, MAX_PART))


def _by_sheet(archive: zipfile.ZipFile, parts: Mapping[str, T], nothing: T) -> dict[str, T]:
    """What was found per part, by the name of the sheet the part holds; nothing where the file is laid out otherwise."""
    if not any(parts.values()):
        return {}
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return {}
    told = [dict(_ATTRIBUTE.findall(tag)) for tag in _LINK.findall(links)]
    targets = {link.get("Id"): link.get("Target", "").removeprefix("/xl/") for link in told}
    sheets = [dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(book)]
    return {unescape(s.get("name", "")): parts.get(f"xl/{targets.get(s.get('r:id'))}", nothing) for s in sheets}


def _sheet(book: calamine.CalamineWorkbook, name: str, file: str, is_visible: bool, parts: _Parts) -> TextSheet | None:
    if not is_visible:
        return TextSheet(file, name, pl.LazyFrame({"row": []}, {"row": pl.Int64}), (), 0, is_hidden=True)
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    if not rows or not rows[0]:
        return None
    columns: dict[str, pl.Series] = {"row": pl.int_range(1, len(rows) + 1, eager=True, dtype=pl.Int64)}
    for index, values in enumerate(zip(*rows, strict=True)):
        columns[f"c{index}"], columns[f"k{index}"] = _text_and_kind(values)
    frame = pl.DataFrame(columns)
    width = len(rows[0])
    merged = tuple(sheet.merged_cell_ranges or parts.merged.get(name, ()))
    head = _fill_merged(frame.head(HEAD_ROWS), width, merged)
    beyond = pl.lit(None, pl.String).alias(f"c{width}")
    return TextSheet(
        file, name, frame.lazy().with_columns(beyond), head, width,
        has_kinds=True, merged=merged, hidden_rows=parts.hidden_rows.get(name, 0),
        unread=parts.unread.get(name, ()),
    )  # fmt: skip


def _text_and_kind(values: Sequence[Any]) -> tuple[pl.Series, pl.Series]:
    """One column as text, and the kind each of its cells had; most columns are all text and cost nothing."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return pl.Series(values, dtype=pl.String), pl.repeat("text", len(values), dtype=pl.String, eager=True)
    texts = [value if value.__class__ is str else _SPELL[value.__class__][1](value) for value in values]
    names = [_SPELL[value.__class__][0] for value in values]
    return pl.Series(texts, dtype=pl.String), pl.Series(names, dtype=pl.String)


def _fill_merged(head: pl.DataFrame, width: int, ranges: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
    """The first rows with each merged range showing its one value in all its cells, so that a header over two rows
    or several columns names every column below it."""
    rows = [[text_of(value) for value in row] for row in head.select(f"c{n}" for n in range(width)).iter_rows()]
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= width:
            continue
        value = rows[top][left]
        for row in range(top, min(bottom + 1, len(rows))):
            rows[row][left : right + 1] = [value] * (min(right + 1, width) - left)
    return tuple(tuple(row) for row in rows)
