"""A folder of exports as one set of tables: every file that can be read, and why the others cannot.

One broken file never stops the others, and no file is passed over without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import InputError
from toolkit.load.describe import describe
from toolkit.load.loaded import LoadedFile, load_file
from toolkit.load.text_frame import is_leftover

__all__ = ["Folder", "files_of", "load_folder"]


@dataclass(frozen=True, repr=False)
class Folder:
    """All files of a folder, as one set of tables."""

    files: tuple[LoadedFile, ...]
    tables: Mapping[str, pl.DataFrame]
    """The kept rows of all files by table; a table no file told of is not there. Overlaps are not resolved here."""
    problems: pl.DataFrame
    coverage: pl.DataFrame
    unrecognised: tuple[str, ...]
    """Files and sheets that are of no known kind, and files that could not be read."""
    errors: tuple[InputError, ...]
    """Why each file that could not be read could not."""

    def __repr__(self) -> str:
        """What each file is, as `toolkit check` says it, then why others could not be read."""
        return "\n".join([*(describe(file) for file in self.files), *(error.sentence() for error in self.errors)])


def load_folder(path: str | os.PathLike[str], *, currency: str = "CNY") -> Folder:
    """Read every export in a folder (not in folders below it), in order of name.

    A file that cannot be read is listed in `unrecognised` with its reason in `errors`; it does not stop the others.

    Raises:
        InputError: there is no such folder.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise InputError("folder_missing", folder=str(path))
    files: list[LoadedFile] = []
    errors: list[InputError] = []
    for file in _exports(folder):
        try:
            files.append(load_file(file, currency=currency))
        except InputError as error:
            errors.append(error)
    return _together(files, errors)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of a folder the exports in it; what is missing stays in the list, to be said.

    Raises:
        InputError: a folder holds no file.
    """
    found: list[Path] = []
    for path in paths:
        found += _exports(path) if path.is_dir() else [path]
        if path.is_dir() and (not found or found[-1].parent != path):
            raise InputError("folder_empty", folder=str(path))
    return found


def _exports(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_file() and not is_leftover(path) and not path.name.startswith("."):
            yield path


def _together(files: Iterable[LoadedFile], errors: Iterable[InputError]) -> Folder:
    files, errors = tuple(files), tuple(errors)
    sheets = [sheet for file in files for sheet in file.sheets]
    parts: dict[str, list[pl.LazyFrame]] = {}
    for sheet in sheets:
        for name, table in sheet.tables.items():
            parts.setdefault(name, []).append(table)
    strange = [" › ".join(filter(None, (s.file, s.sheet))) for s in sheets if s.source is None and not s.is_hidden]
    return Folder(
        files=files,
        tables={name: pl.concat(part).collect(engine="streaming") for name, part in sorted(parts.items())},
        problems=pl.concat([schema.PROBLEMS.empty(), *(sheet.problems for sheet in sheets)]),
        coverage=pl.concat([schema.COVERAGE.empty(), *(sheet.coverage for sheet in sheets)]),
        unrecognised=(*strange, *(str(error.values.get("file", error.values.get("place", ""))) for error in errors)),
        errors=errors,
    )
