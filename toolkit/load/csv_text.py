"""Plain text with separators: which encoding, which separator, and no row swallowed or cut in silence.

Encodings are decided by strict decoding, never by likelihood: byte order mark, then UTF-8, then GB18030. A file that
is not UTF-8 is rewritten block by block to a temporary UTF-8 file, so that a large one costs disk and not memory. The
scan keeps one column more than the header has, and keeps "ends early" apart from "is empty", so that a row with too
many or too few fields is known for what it is.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from toolkit.errors import InputError
from toolkit.load.limits import COPY_BLOCK, MIB
from toolkit.load.text_sheet import HEAD_ROWS, TextSheet, head_of, scratch_file

__all__ = ["csv_sheet", "short_rows", "transcode"]

SEPARATORS = (",", "\t", ";", "|")
HEAD_BYTES = 1 * MIB
LARGE = 64 * MIB
MAX_LINES_IN_FIELD = 50
"""A quoted field with more line breaks than this is a quote that somebody forgot to close."""


def csv_sheet(path: Path, file: str, *, spare: int = 0) -> TextSheet:
    """One plain text file as a sheet; `path` is read again each time the rows are collected.

    With `spare`, it is so many columns wider than its first rows: for sources whose rows may run over.

    Raises:
        InputError: no known encoding, binary content, or a quote that is never closed.
    """
    with path.open("rb") as stream:
        start = stream.read(HEAD_BYTES)
    size = path.stat().st_size
    encoding = _encoding(start, file, is_whole=size <= HEAD_BYTES)
    lone_returns = b"\n" not in start and b"\r" in start
    if encoding != "utf-8-sig" or lone_returns:
        path = transcode(path, encoding, file)
        start = path.read_bytes()[:HEAD_BYTES] if size <= HEAD_BYTES else path.open("rb").read(HEAD_BYTES)
    if b"\0" in start:
        raise InputError("file_binary", file=file)
    text = start.decode("utf-8-sig", errors="ignore")
    separator = _separator(text)
    quote = _quote(path, separator)
    head = _records(text, separator, quote)
    width = max((len(record) for record in head), default=1) + spare
    sheet = TextSheet(
        file=file,
        sheet=None,
        rows=_scan(path, separator, quote, width),
        head=head_of(head),
        width=width,
        is_large=size > LARGE,
        is_ragged=True,
        path=path,
        separator=separator,
        quote=quote,
    )
    if quote:
        _check_quotes(sheet, path)
    return sheet


def _encoding(start: bytes, file: str, *, is_whole: bool) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return name
    for name in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(name)("strict").decode(start, final=is_whole)
        except UnicodeDecodeError:
            continue
        return name
    raise InputError("encoding_unknown", file=file)


def transcode(path: Path, encoding: str, file: str) -> Path:
    """The same text as a temporary UTF-8 file with ordinary line ends, written block by block.

    Raises:
        InputError: a byte that is not in this encoding.
    """
    copy = scratch_file(".csv")
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("strict"), translate=True)
    try:
        with path.open("rb") as source, copy.open("wb") as target:
            for block in _blocks(source):
                target.write(decoder.decode(block, final=not block).encode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("encoding_unknown", file=file) from error
    return copy


def _blocks(stream: io.BufferedReader) -> Iterator[bytes]:
    while block := stream.read(COPY_BLOCK):
        yield block
    yield b""


def _separator(text: str) -> str:
    """The separator under which most of the first lines have the same number of fields.

    >>> _separator("id\\ttitle\\n1\\tcup, red\\n2\\tcup, blue\\n")
    '\\t'
    """

    def agreement(separator: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in _records(text, separator, '"') if len(record) > 1)
        return max(((lines, width) for width, lines in widths.items()), default=(0, 0))

    return max(SEPARATORS, key=agreement)


def _records(text: str, separator: str, quote: str | None) -> list[list[str]]:
    """The first records of a text, short of a last line that may be cut."""
    quoting = csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar='"', quoting=quoting)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) == HEAD_ROWS:
                break
    except csv.Error:
        pass  # a field beyond the module's limit: the records before it are enough to find a header in
    return records


def _quote(path: Path, separator: str) -> str | None:
    """The quote character, or None when quotes in this file are only inches and exclamations inside a field."""
    opens = re.compile(rb"(?:^|[\n" + re.escape(separator).encode() + rb'])\s*"')
    with path.open("rb") as stream:
        if stream.read(4).removeprefix(codecs.BOM_UTF8).startswith(b'"'):
            return '"'
        stream.seek(0)
        last = b"\n"
        while block := stream.read(COPY_BLOCK):
            if b'"' in block and opens.search(last + block):
                return '"'
            last = block[-8:]
    return None


def _scan(path: Path, separator: str, quote: str | None, width: int) -> pl.LazyFrame:
    names = [f"c{index}" for index in range(width + 1)]
    return pl.scan_csv(
        path,
        separator=separator,
        quote_char=quote,
        has_header=False,
        schema=dict.fromkeys(names, pl.String()),
        empty_string_is_null=False,
        missing_columns="insert",
        extra_columns="ignore",
        row_index_name="row",
        row_index_offset=1,
    ).with_columns(pl.col("row").cast(pl.Int64))


def short_rows(sheet: TextSheet, fields: int) -> pl.Series:
    """The numbers of the rows that have fewer fields than this; blank lines are not among them.

    >>> path = scratch_file(".csv")
    >>> _ = path.write_text('a,b\\n1\\n"1,",2\\n')
    >>> short_rows(csv_sheet(path, "a.csv"), 2).to_list()
    [2]
    """
    if sheet.path is None:
        return pl.Series("row", [], pl.Int64)
    if sheet.quote and _line_ends(sheet.path) > sheet.rows.select(pl.len()).collect(engine="streaming").item():
        return _short_records(sheet.path, sheet.separator, fields)
    line = pl.col("line").str.replace_all('"[^"]*"', "") if sheet.quote else pl.col("line")
    few = line.str.count_matches(sheet.separator, literal=True) < fields - 1
    lines = pl.scan_lines(sheet.path, name="line", row_index_name="row", row_index_offset=1)
    found = lines.filter(few, pl.col("line").str.strip_chars() != "").select(pl.col("row").cast(pl.Int64))
    return found.collect(engine="streaming")["row"]


def _short_records(path: Path, separator: str, fields: int) -> pl.Series:
    """The same where quoted fields hold line ends, so that lines are not rows."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = enumerate(csv.reader(stream, delimiter=separator), start=1)
        return pl.Series("row", [number for number, record in reader if 0 < len(record) < fields], pl.Int64)


def _check_quotes(sheet: TextSheet, path: Path) -> None:
    """Refuse a file in which a quote was opened and swallowed the lines after it.

    Only a file that has more line ends than records can hold such a field, so most files are passed by counting.
    """
    try:
        records = sheet.rows.select(pl.len()).collect(engine="streaming").item()
        if _line_ends(path) <= records:
            return
        lines = pl.max_horizontal(pl.col(f"c{n}").str.count_matches("\n", literal=True) for n in range(sheet.width))
        swallowed = sheet.rows.filter(lines > MAX_LINES_IN_FIELD).select("row").head(1).collect(engine="streaming")
    except pl.exceptions.ComputeError as error:
        raise InputError("csv_quotes", file=sheet.file, row=_open_quote(path)) from error
    if swallowed.height:
        raise InputError("csv_quotes", file=sheet.file, row=swallowed.item())


def _line_ends(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in _blocks(stream))


def _open_quote(path: Path) -> int:
    """The first line on which a quote stands open or in the wrong place: where to look with an editor."""
    is_open, opened_on = False, 1
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.count(b'"') % 2:
                is_open, opened_on = not is_open, number if not is_open else opened_on
            if is_open and number - opened_on > MAX_LINES_IN_FIELD:
                break
    return opened_on
