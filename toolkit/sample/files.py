"""Files as they leave a seller centre, an ERP or a person's hands: bytes that are the same every time.

Nothing here looks at a clock: archives carry no time stamp, workbooks the day they are told.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from toolkit.export.workbook import Shown, Workbook
from toolkit.words import Lang

__all__ = ["Sheet", "csv_text", "gzipped", "put", "put_workbook", "yuan", "zipped"]

Sheet = tuple[str, pl.DataFrame, dict[str, str]]
"""A sheet's name, its rows, and for each column (its header) the unit that decides its cells."""


def put(path: Path, content: bytes) -> Path:
    """The bytes in their place, folders made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def put_workbook(path: Path, sheets: Iterable[Sheet], *, day: date, lang: Lang = "zh") -> Path:
    """A workbook of plain sheets; columns without a unit are text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook(day=day, lang=lang)
    for name, frame, units in sheets:
        book.sheet(name).table(frame, [Shown(c, c, units.get(c, "text")) for c in frame.columns])
    return book.save(path)


def csv_text(frame: pl.DataFrame, *, above: str = "", below: str = "", repeat_header_after: int = 0) -> str:
    """Rows as CSV with a title row above, a footer below, and the header once more in the middle where pages were joined."""
    lines = frame.write_csv(line_terminator="\r\n").split("\r\n")[:-1]
    if 0 < repeat_header_after < frame.height:
        lines.insert(1 + repeat_header_after, lines[0])
    return "".join(f"{line}\r\n" for line in [*([above] if above else []), *lines, *([below] if below else [])])


def gzipped(content: bytes) -> bytes:
    """Compressed, without name or time."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as stream:
        stream.write(content)
    return buffer.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive of the members, all dated 1980 as archives without a date are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def yuan(fen: str) -> pl.Expr:
    """Fen as text in 元 with two decimals."""
    whole, rest = (pl.col(fen) // 100).cast(pl.String), (pl.col(fen) % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(whole, pl.lit("."), rest)
