"""The files handed in for a review, as they lie in a store's folder 资料: which are there, of what kind, how large.

A kind is what a file's first bytes say; its name may say something else, which is one way to be sent back. Nothing in a
file is read beyond that. Files in a folder named like a case (资料/企业认证) are that case's, others are every case's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from toolkit.errors import InputError
from toolkit.load.recognize import normal
from toolkit.load.sources.cases import CASE_KINDS
from toolkit.schema.checklists import DOCUMENTS

__all__ = ["FOLDER", "documents_in"]

FOLDER = "资料"
_FIRST_BYTES = {
    b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"GIF8": "gif", b"BM": "bmp", b"II*\x00": "tif",
    b"MM\x00*": "tif", b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "doc", b"Rar!": "rar",
}  # fmt: skip
_ENDINGS = {"jpeg": "jpg", "tiff": "tif", "docx": "zip", "xlsx": "zip", "xls": "doc"}
"""Endings that name a kind by another word; those of Office are archives inside."""
_PASSED_OVER = ("desktop.ini", "thumbs.db")


def documents_in(folder: Path, *, store: str) -> pl.DataFrame:
    """The documents of one store folder (`DOCUMENTS`), none where it has no folder 资料.

    Raises:
        InputError: a file cannot be opened.
    """
    home = folder / FOLDER
    rows = [_document(path, home, store) for path in _files(home)]
    return DOCUMENTS.conform(pl.DataFrame(rows, schema=DOCUMENTS.dtypes, orient="row"))


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "~$")) and path.name.lower() not in _PASSED_OVER:
            yield path


def _document(path: Path, home: Path, store: str) -> tuple[str, str | None, str, str | None, str, int]:
    inside = path.relative_to(home)
    ending = path.suffix.lower().lstrip(".")
    try:
        with path.open("rb") as file:
            first = file.read(12)
        size = path.stat().st_size
    except OSError as error:
        raise InputError("file_not_open", file=path.name, problem=error.strerror or str(error)) from error
    return store, _case_of(inside.parts[:-1]), inside.as_posix(), _kind(first), _ENDINGS.get(ending, ending), size


def _kind(first: bytes) -> str | None:
    """What the first bytes of a file say it is; None when they say nothing known.

    >>> _kind(b"%PDF-1.7"), _kind(b"hello")
    ('pdf', None)
    """
    if first[:4] == b"RIFF" and first[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _FIRST_BYTES.items() if first.startswith(start)), None)


def _case_of(folders: tuple[str, ...]) -> str | None:
    """The case a folder is named after."""
    names = {normal(word): kind for kind, words in CASE_KINDS.items() for word in words}
    return names.get(normal(folders[0])) if folders else None
