"""Bytes in, sheets of text out: what is this file really?

An export is often not what its name says: a csv called .xls, a login page called .xlsx, half a download, the lock file
Excel leaves beside an open workbook. So the first bytes decide, never the name, and each of these mistakes has a
sentence of its own. Archives are read member by member, never unpacked to where their names point.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, cast

import polars as pl

from toolkit.errors import InputError
from toolkit.load.csv_text import csv_sheet
from toolkit.load.html_tables import html_sheets
from toolkit.load.json_rows import read_json
from toolkit.load.limits import check_container, limited
from toolkit.load.text_sheet import TextSheet, head_of, scratch_file
from toolkit.load.workbook_cells import workbook_sheets

__all__ = ["is_leftover", "read_sheets"]

_EMPTY_ZIP = b"PK\x05\x06"
_ZIP, _GZIP, _OLE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTIAL = (".crdownload", ".part", ".partial", ".download", ".tmp")
_OTHER = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z", b"PAR1": "Parquet", b"SQLite": "SQLite", b"MZ": "EXE",
}  # fmt: skip


def is_leftover(path: Path) -> bool:
    """Whether a name is that of a lock file or an unfinished download: skipped in folders, refused when asked for."""
    return path.name.startswith(("~$", ".~", "._")) or path.name.lower().endswith(_PARTIAL)


def read_sheets(path: Path, name: str | None = None) -> list[TextSheet]:
    """All sheets of a file, as text with row numbers.

    `name` is what messages call the file, its own by default; members of an archive are called ``a.zip › b.csv``.

    Raises:
        InputError: the file is missing, empty, unfinished, protected, or not a table; the sentence says which.
    """
    if path.is_dir():
        raise InputError("file_is_folder", file=path.name)
    if not path.is_file():
        raise InputError("file_missing", file=path.name)
    if path.name.startswith(("~$", ".~", "._")):
        raise InputError("file_lock", file=path.name)
    if is_leftover(path):
        raise InputError("file_unfinished", file=path.name)
    return _sheets(path, name or path.name, depth=0)


def _sheets(path: Path, file: str, depth: int) -> list[TextSheet]:
    with path.open("rb") as stream:
        start = stream.read(8192)
    if not start.strip(b"\0 \r\n\t") or start.startswith(_EMPTY_ZIP):
        raise InputError("file_empty", file=file)
    if start.startswith(_ZIP):
        return _zip(path, file, depth)
    if start.startswith(_GZIP):
        return _gzip(path, file, depth)
    if start.startswith(_OLE):
        return _ole(path, file)
    for magic, kind in _OTHER.items():
        if start.startswith(magic):
            raise InputError("file_other_kind", file=file, kind=kind)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return _markup(text, path, file)
    if text.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")) or re.match(rb"\[\s*[\[{]", text):
        return _json(path, file)
    return [csv_sheet(path, file)]


def _markup(text: bytes, path: Path, file: str) -> list[TextSheet]:
    """A web page: the tables in it, which many platforms call an export; without any it is none."""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text and b"<Workbook" in text:
        raise InputError("file_other_kind", file=file, kind="XML Spreadsheet 2003")
    if sheets := html_sheets(path, file):
        return sheets
    title = re.search(rb"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    words = _words(title[1]).strip()[:60] if title else "?"
    raise InputError("file_web_page", file=file, title=words)


def _words(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _ole(path: Path, file: str) -> list[TextSheet]:
    """The old container of Office: a workbook, a workbook behind a password, or something else."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError("file_password", file=file)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise InputError("file_other_kind", file=file, kind="Office")
    _check_chain(data, file)
    return workbook_sheets(path, file)


def _check_chain(data: bytes, file: str) -> None:
    """Refuse an old container whose list of sectors bites its own tail: a parser would follow it until memory ends."""
    size = 1 << int.from_bytes(data[30:32], "little") if len(data) >= 512 else 0
    if size not in (512, 4096):
        raise InputError("workbook_broken", file=file)

    def number(at: int) -> int:
        return int.from_bytes(data[at : at + 4], "little")

    sector, seen = number(68), set[int]()
    while sector < 0xFFFFFFFA:
        at = (sector + 1) * size
        if sector in seen or at + size > len(data) + size:
            raise InputError("workbook_broken", file=file)
        seen.add(sector)
        sector = number(at + size - 4)


def _json(path: Path, file: str) -> list[TextSheet]:
    records = read_json(path.read_bytes(), file)
    names = list(dict.fromkeys(name for record in records for name in record))
    if not names:
        raise InputError("json_no_records", file=file)
    columns = {
        f"c{n}": pl.Series([record.get(name) for record in records], dtype=pl.String) for n, name in enumerate(names)
    }
    rows = pl.DataFrame({"row": pl.int_range(1, len(records) + 1, eager=True, dtype=pl.Int64), **columns})
    lazy = rows.lazy().with_columns(pl.lit(None, pl.String).alias(f"c{len(names)}"))
    # The header of a JSON file is not a row of it: row 0.
    return [TextSheet(file, None, lazy, head_of([names]), len(names), first_row=0)]


def _gzip(path: Path, file: str, depth: int) -> list[TextSheet]:
    if depth > 1:
        raise InputError("archive_nested", file=file)
    copy = scratch_file(".bin")
    try:
        with gzip.open(path, "rb") as stream:
            _copy(cast(IO[bytes], stream), copy, file)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError("file_cut", file=file) from error
    return _sheets(copy, file, depth + 1)


def _zip(path: Path, file: str, depth: int) -> list[TextSheet]:
    """A zip is a workbook, or an archive of files."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names or "mimetype" in names:
                return _office(path, file, names)
            if depth:
                raise InputError("archive_nested", file=file)
            check_container(archive, file, is_workbook=False)
            return list(_members(archive, file))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError("file_cut", file=file) from error


def _office(path: Path, file: str, names: set[str]) -> list[TextSheet]:
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or _is_open_sheet(path, names):
        return workbook_sheets(path, file)
    kinds = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint"}
    kind = next((kind for name, kind in kinds.items() if name in names), "Office / OpenDocument")
    raise InputError("file_other_kind", file=file, kind=kind)


def _is_open_sheet(path: Path, names: set[str]) -> bool:
    """Whether an office container is an OpenDocument spreadsheet (.ods)."""
    if "mimetype" not in names or "content.xml" not in names:
        return False
    with zipfile.ZipFile(path) as archive, archive.open("mimetype") as stream:
        return b"opendocument.spreadsheet" in stream.read(200)


def _members(archive: zipfile.ZipFile, file: str) -> Iterator[TextSheet]:
    for info in archive.infolist():
        name = _member_name(info)
        if info.is_dir() or "__MACOSX" in info.filename or is_leftover(Path(name)) or name.startswith("."):
            continue
        copy = scratch_file(".bin")
        with archive.open(info) as stream:
            _copy(stream, copy, file)
        yield from _sheets(copy, f"{file} › {name}", depth=1)


def _member_name(info: zipfile.ZipInfo) -> str:
    """A member's own name for people: old Chinese archivers write GBK without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    return PurePosixPath(name.replace("\\", "/")).name


def _copy(stream: IO[bytes], copy: Path, file: str) -> None:
    with copy.open("wb") as target:
        for block in limited(stream, file):
            target.write(block)
