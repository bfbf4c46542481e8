"""Which cells are merged, in the two formats whose parser does not say it: ods and xlsb.

Without this a product's id merged over the rows of its SKUs is blank in all of them but the first, and nobody is told.
Both formats state it plainly: an ods where the cell begins (how many rows and columns it spans), an xlsb in a record
of its own behind the sheet's cells. A range is the row and column of its first and of its last cell, from 0.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape

from toolkit.load.limits import OPEN_REPEATED, OPEN_TAG, binary_records, uint

__all__ = ["Range", "binary_merged", "open_merged"]

Range = tuple[tuple[int, int], tuple[int, int]]
_NAME = re.compile(rb'table:name="([^"]*)"')
_SPANNED = re.compile(rb'number-(rows|columns)-spanned="([0-9]+)"')
_MERGED, _SHEET = 176, 156
"""Kinds of records in an xlsb: a merged range, a sheet's name."""
_MERGED_STARTS = b"\xb0\x01\x10"
_LINK, _ATTRIBUTE = re.compile(r"<Relationship\s[^>]*>"), re.compile(r'([\w:]+)="([^"]*)"')


def open_merged(xml: bytes) -> dict[str, tuple[Range, ...]]:
    """The merged ranges of an ods, by the name of the sheet; `xml` is its content.xml."""
    if b"-spanned=" not in xml:
        return {}
    found: dict[str, list[Range]] = {}
    for sheet, place in _spans(xml):
        found.setdefault(sheet, []).append(place)
    return {sheet: tuple(ranges) for sheet, ranges in found.items()}


def _spans(xml: bytes) -> Iterator[tuple[str, Range]]:
    sheet, row, column, next_row = "", 0, 0, 0
    for tag, told, _ in OPEN_TAG.findall(xml):
        times = int(said[1]) if (said := OPEN_REPEATED.search(told)) else 1
        if tag == b"table":
            name = _NAME.search(told)
            sheet, next_row = unescape(name[1].decode("utf-8", "replace")) if name else "", 0
        elif tag == b"table-row":
            row, column, next_row = next_row, 0, next_row + times
        else:
            spans = {what: int(size) for what, size in _SPANNED.findall(told)}
            down, across = spans.get(b"rows", 1) - 1, spans.get(b"columns", 1) - 1
            if down > 0 or across > 0:
                yield sheet, ((row, column), (row + down, column + across))
            column += times


def binary_merged(archive: zipfile.ZipFile, part: Callable[[str], bytes]) -> dict[str, tuple[Range, ...]]:
    """The merged ranges of an xlsb, by the name of the sheet; `part` reads one part of the `archive`."""
    names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".bin")]
    found = {name: ranges for name in names if (ranges := _binary_ranges(part(name)))}
    if not found or not {"xl/workbook.bin", "xl/_rels/workbook.bin.rels"} <= set(archive.namelist()):
        return {}
    links = [dict(_ATTRIBUTE.findall(tag)) for tag in _LINK.findall(part("xl/_rels/workbook.bin.rels").decode("utf-8"))]
    targets = {link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/") for link in links}
    sheets = _sheet_names(part("xl/workbook.bin"))
    return {sheet: found[targets[link]] for link, sheet in sheets.items() if targets.get(link) in found}


def _binary_ranges(data: bytes) -> tuple[Range, ...]:
    # Stepping over all records takes as long as reading them, and few sheets have a merged cell.
    if _MERGED_STARTS not in data:
        return ()
    told = ([uint(data, at + 4 * n) for n in range(4)] for kind, at, _ in binary_records(data) if kind == _MERGED)
    return tuple(((top, left), (bottom, right)) for top, bottom, left, right in told)


def _sheet_names(data: bytes) -> dict[str, str]:
    """The link of each sheet, and its name: two texts, each with its length before it."""
    found = {}
    for kind, at, _ in binary_records(data):
        if kind == _SHEET:
            link, after = _words(data, at + 8)
            found[link], _ = _words(data, after)
    return found


def _words(data: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * uint(data, at)
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
