"""A file appears whole under its name, or not at all.

Writing straight into last week's workbook destroys it when the disk fills up or the power goes. So bytes go to a
temporary file beside the target, are pushed to the disk, read again by whoever knows what they should say, and only
then take the name in one step. A workbook that is open in Excel on Windows cannot be replaced: after a few seconds
of patience the result is put beside it as ``name (2).xlsx``, and the caller is told which name it got.

Temporary files of a killed run are cleaned up by the next one. "Old" is judged by the file system's own time, against
the file being written, never by a clock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.words import Lang, say

__all__ = ["beside_note", "into_place", "text_into_place"]

_PATIENCE = (0.1, 0.2, 0.4, 0.8, 1.0)
_STALE_SECONDS = 3600.0
_MARK = ".writing"


def into_place(path: Path, data: bytes, *, check: Callable[[Path], None] | None = None) -> Path:
    """Write bytes under a name in one step; gives the path that was really written.

    `check` reads the temporary file again and raises when it does not say what was meant; the old file then stays.

    Raises:
        OutputError: the folder cannot be written (full, read-only, missing); the old file is untouched.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     into_place(Path(folder) / "ids.txt", b"1;2").read_bytes()
    b'1;2'
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_MARK}")
    try:
        _write_through(temporary, data)
        _clean_stale(path, beside=temporary)
        if check is not None:
            check(temporary)
        return _take_name(temporary, path)
    except OSError as error:
        raise OutputError("cannot_write", file=path.name, problem=error.strerror or str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def text_into_place(path: Path, text: str) -> Path:
    """Write a text file for people: UTF-8 with the mark by which Windows Notepad and Excel know it, Windows line ends.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text_into_place(Path(folder) / "给老板.txt", "结论\\n").read_bytes()[:3].hex()
    'efbbbf'
    """
    return into_place(path, text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8-sig"))


def beside_note(wanted: Path, written: Path, lang: Lang = "zh") -> str | None:
    """What to tell people when a result had to go beside its name; None when it has its name.

    >>> beside_note(Path("delist.xlsx"), Path("delist (2).xlsx"), "en")
    'delist.xlsx is open in Excel and cannot be replaced; the result is beside it in delist (2).xlsx.'
    """
    if wanted.name == written.name:
        return None
    return say("workbook.beside", lang, file=wanted.name, written=written.name)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _take_name(temporary: Path, path: Path) -> Path:
    """The target's name, or the first free ``name (n)`` beside it when the target is held open."""
    for pause in (*_PATIENCE, None):
        try:
            temporary.replace(path)
            return path
        except PermissionError:
            if pause is not None:
                time.sleep(pause)
    beside = next(name for n in count(2) if not (name := path.with_name(f"{path.stem} ({n}){path.suffix}")).exists())
    temporary.replace(beside)
    return beside


def _clean_stale(path: Path, *, beside: Path) -> None:
    """Remove temporary files that a killed run left for this target."""
    now = beside.stat().st_mtime
    for left in path.parent.glob(f".*{_MARK}"):
        if left != beside and left.name.startswith(f".{path.name}.") and now - left.stat().st_mtime > _STALE_SECONDS:
            left.unlink(missing_ok=True)
