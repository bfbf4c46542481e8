"""Which file is this? By the sha256 of its bytes; of a large one the answer is remembered.

Hashing half a gigabyte of order lines takes a quarter of the time it takes to count them, and next Monday the same file
still lies in the inbox. So the hash of a large file is kept together with its size and the moments the disk notes when
a file is written, and asked for again only when one of these differs. A moment that lies less than two seconds back
when the hash is taken is not trusted: some disks note time no finer than that, and a second write would leave no trace.
"""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

from toolkit.errors import InputError

__all__ = ["LARGE", "Fingerprints", "fingerprint"]

LARGE = 8 * 2**20
"""Bytes from which on a hash is remembered; below, taking it costs less than the question."""
_SETTLED_NS = 2 * 10**9


def fingerprint(path: Path) -> str:
    """sha256 of a file's bytes.

    Raises:
        InputError: there is no such file, or it cannot be opened (another program holds it, or no right to read).
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise InputError("file_missing", file=path.name) from error
    except OSError as error:
        raise InputError("file_not_open", file=path.name, problem=error.strerror or str(error)) from error


class Fingerprints:
    """Fingerprints of files, those of large ones remembered in a small file of the history.

    What is remembered is a shortcut and no fact: lost, broken or of another machine, it is only taken anew.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export = Path(folder) / "orders.csv"
    ...     _ = export.write_bytes(b"1005")
    ...     Fingerprints(Path(folder) / "seen.json").of(export) == fingerprint(export)
    True
    """

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known = _read(memory)
        self._is_new = False

    def of(self, path: Path) -> str:
        """sha256 of a file's bytes.

        Raises:
            InputError: the file cannot be opened.
        """
        mark = _mark(path)
        if mark is None:
            return fingerprint(path)
        name = str(path.resolve())
        known = self._known.get(name)
        if known is not None and known[:-1] == mark:
            return str(known[-1])
        begun, sha256 = time.time_ns(), fingerprint(path)
        if _mark(path) == mark and max(mark[1:]) < begun - _SETTLED_NS:
            self._known[name], self._is_new = [*mark, sha256], True
        return sha256

    def keep(self) -> None:
        """Remember what was learnt; only under the run lock. A disk that takes no more is no reason to stop."""
        if not self._is_new:
            return
        half = self._memory.with_name(f"{self._memory.name}.writing")
        try:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            half.write_text(json.dumps(self._known, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
            half.replace(self._memory)
        except OSError:
            half.unlink(missing_ok=True)


def _mark(path: Path) -> list[int] | None:
    """Size and moments of a large file: last written, and last changed in any way; None for a small or a lost one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns] if found.st_size >= LARGE else None


def _read(memory: Path) -> dict[str, list[int | str]]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {name: mark for name, mark in known.items() if isinstance(mark, list) and len(mark) == 4}
