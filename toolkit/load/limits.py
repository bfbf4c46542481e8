"""Sizes and shapes checked before any parser runs.

No reader of workbooks has a size limit of its own: half a megabyte can unpack to gigabytes, and one cell in the last
corner of a sheet makes the parser ask for the memory of a full sheet and take the whole process down. So a container
is measured from its directory, and a sheet from the addresses in its XML, before it is parsed; what unpacks is counted
while it unpacks, because a directory can lie.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO

from toolkit.errors import InputError

__all__ = [
    "COPY_BLOCK", "MAX_JSON_BYTES", "OPEN_REPEATED", "OPEN_TAG", "binary_records", "check_binary_extent",
    "check_container", "check_extent", "check_open_extent", "check_strings", "limited", "uint",
]  # fmt: skip

MIB = 1 << 20
MAX_UNPACKED = 1024 * MIB
MAX_PART = 512 * MIB
MAX_TEXT = 8 * 1024 * MIB
"""One plain text file, also when it comes compressed: larger than any export, smaller than a disk."""
MAX_RATIO = 200
RATIO_COUNTS_FROM = 10 * MIB
MAX_ENTRIES = 2_000
MAX_MEMBERS = 200
MAX_COLUMNS = 2_000
MAX_CELLS = 50_000_000
MAX_JSON_BYTES = 256 * MIB
MAX_BINARY_PART = 64 * MIB
COPY_BLOCK = 1 * MIB

_FAR_ROW = re.compile(rb'r="[A-Z]{1,3}[0-9]{6,}"')
_FAR_COLUMN = re.compile(rb'r="(?:[A-Z]{3}|[C-Z][A-Z])[0-9]')
_ROW = re.compile(rb'r="[A-Z]{1,3}([0-9]{6,})"')
_COLUMN = re.compile(rb'r="([A-Z]{2,3})[0-9]')
OPEN_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)((?:\s[^>]*?)?)(/?)>")
OPEN_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]+)"')
_BINARY_ROW, _BINARY_CELLS, _BINARY_EXTENT = 0, {*range(1, 12), 62}, 148
"""Kinds of records in an xlsb: a row begins, a cell, the extent of a sheet."""
_UNIQUE = re.compile(rb'uniqueCount="([0-9]+)"')


def check_container(archive: zipfile.ZipFile, file: str, *, is_workbook: bool) -> None:
    """Refuse a zip whose directory announces more than any export holds.

    Raises:
        InputError: too many entries, too large unpacked, packed too tightly to be honest, or encrypted.
    """
    infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise InputError("file_password", file=file)
    if len(infos) > (MAX_ENTRIES if is_workbook else MAX_MEMBERS):
        raise InputError("zip_too_many", file=file, count=len(infos))
    ceiling = MAX_PART if is_workbook else MAX_TEXT
    total = sum(info.file_size for info in infos)
    if total > (MAX_UNPACKED if is_workbook else MAX_TEXT) or any(info.file_size > ceiling for info in infos):
        raise InputError("file_too_large", file=file, size=total // MIB)
    for info in infos:
        if info.file_size > RATIO_COUNTS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise InputError("zip_bomb", file=file, size=info.file_size // MIB)


def limited(stream: IO[bytes], file: str, ceiling: int = MAX_TEXT) -> Iterator[bytes]:
    """The blocks of a stream, refused once they exceed the ceiling, whatever the directory said."""
    seen = 0
    while block := stream.read(COPY_BLOCK):
        seen += len(block)
        if seen > ceiling:
            raise InputError("file_too_large", file=file, size=seen // MIB)
        yield block


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def check_extent(xml: bytes, file: str, sheet: str) -> None:
    """Refuse a sheet whose cells reach so far that the parser could not hold the rectangle they span.

    Ordinary sheets are passed by two searches that find nothing; only a sheet with far cells has them all looked at.
    """
    rows = max((int(row) for row in _ROW.findall(xml)), default=99_999) if _FAR_ROW.search(xml) else 99_999
    far = {_column_number(letters) for letters in set(_COLUMN.findall(xml))} if _FAR_COLUMN.search(xml) else set()
    columns = max(far, default=104)
    if columns > MAX_COLUMNS or rows * columns > max(MAX_CELLS, 200 * xml.count(b"<c ")):
        raise InputError("sheet_too_wide", file=file, sheet=sheet, rows=rows, columns=columns)


def check_open_extent(xml: bytes, file: str) -> None:
    """Refuse an OpenDocument spreadsheet whose cells reach too far: one may say that it stands a million times over.

    What is repeated and empty costs nothing, and every such file ends with it.
    """
    rows = columns = row = column = 0
    for tag, told, end in OPEN_TAG.findall(xml):
        times = int(found[1]) if (found := OPEN_REPEATED.search(told)) else 1
        if tag == b"table":
            row = 0
        elif tag == b"table-row":
            row, column = row + times, 0
        else:
            column += times
            if not end or b"office:value" in told:
                rows, columns = max(rows, row), max(columns, column)
    if columns > MAX_COLUMNS or rows * columns > max(MAX_CELLS, 200 * xml.count(b"<table:table-cell")):
        raise InputError("sheet_too_wide", file=file, sheet="content", rows=rows, columns=columns)


def check_binary_extent(data: bytes, file: str, sheet: str) -> None:
    """Refuse a sheet of an xlsb whose cells, or what it says of their extent, reach too far; or whose records break off.

    Records have no fixed places, so all of them are stepped over, one by one: a large part is refused for its size.
    """
    if len(data) > MAX_BINARY_PART:
        raise InputError("file_too_large", file=file, size=len(data) // MIB)
    rows = columns = cells = 0
    try:
        for kind, at, _ in binary_records(data):
            if kind == _BINARY_EXTENT:
                rows = max(rows, 1 + uint(data, at + 4))
                columns = max(columns, 1 + uint(data, at + 12))
            elif kind == _BINARY_ROW:
                rows = max(rows, 1 + uint(data, at))
            elif kind in _BINARY_CELLS:
                cells, columns = cells + 1, max(columns, 1 + uint(data, at))
    except IndexError as error:
        raise InputError("workbook_broken", file=file) from error
    if columns > MAX_COLUMNS or rows * columns > max(MAX_CELLS, 200 * cells):
        raise InputError("sheet_too_wide", file=file, sheet=sheet, rows=rows, columns=columns)


def binary_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Every record of a part of an xlsb: its kind, where its content begins, and the length of that.

    Raises:
        IndexError: a record breaks off.
    """
    at = 0
    while at < len(data):
        kind, length, at = _record(data, at)
        yield kind, at, length
        at += length


def _record(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and length of the record that begins here, and where its content does: seven bits a byte, low ones first."""
    kind, at = data[at], at + 1
    if kind & 0x80:
        kind, at = kind & 0x7F | data[at] << 7, at + 1
    length = 0
    for n in range(4):
        byte, at = data[at], at + 1
        length |= (byte & 0x7F) << 7 * n
        if byte < 0x80:
            break
    return kind, length, at


def uint(data: bytes, at: int) -> int:
    """The four bytes at a place as a number.

    Raises:
        IndexError: the data end before.
    """
    if at + 4 > len(data):
        raise IndexError(at)
    return int.from_bytes(data[at : at + 4], "little")


def check_strings(xml: bytes, file: str) -> None:
    """Refuse a table of strings that announces more strings than its own bytes could spell."""
    found = _UNIQUE.search(xml[:4096])
    if found and int(found[1]) > max(len(xml), 1000):
        raise InputError("zip_bomb", file=file, size=int(found[1]) // MIB)
