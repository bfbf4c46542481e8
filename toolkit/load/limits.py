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
    "COPY_BLOCK", "MAX_JSON_BYTES", "check_container", "check_extent", "check_open_extent", "check_strings", "limited",
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
COPY_BLOCK = 1 * MIB

_FAR_ROW = re.compile(rb'r="[A-Z]{1,3}[0-9]{6,}"')
_FAR_COLUMN = re.compile(rb'r="(?:[A-Z]{3}|[C-Z][A-Z])[0-9]')
_ROW = re.compile(rb'r="[A-Z]{1,3}([0-9]{6,})"')
_COLUMN = re.compile(rb'r="([A-Z]{2,3})[0-9]')
_OPEN_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)((?:\s[^>]*?)?)(/?)>")
_OPEN_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]+)"')
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
    for tag, told, end in _OPEN_TAG.findall(xml):
        times = int(found[1]) if (found := _OPEN_REPEATED.search(told)) else 1
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


def check_strings(xml: bytes, file: str) -> None:
    """Refuse a table of strings that announces more strings than its own bytes could spell."""
    found = _UNIQUE.search(xml[:4096])
    if found and int(found[1]) > max(len(xml), 1000):
        raise InputError("zip_bomb", file=file, size=int(found[1]) // MIB)
