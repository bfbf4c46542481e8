"""One run at a time in one store folder.

Two runs that write the same history or the same week would each undo half of the other. So a run first makes a lock
file that only one process can make (the file system decides, not a check beforehand). The file says who holds it; a
lock whose process is gone, on this computer, is taken over. A lock made on another computer (a shared folder) cannot
be judged from here: the sentence says whose it is and which file to delete.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from toolkit.errors import StoreError

__all__ = ["RunLock"]


class RunLock:
    """The right to write into a folder, held from `with` to the end of its block; may be nested.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, RunLock(Path(folder) / ".lock") as lock:
    ...     lock.path.exists()
    True
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._depth = 0

    def __enter__(self) -> RunLock:
        """Take the lock.

        Raises:
            StoreError: another process that is still running, or another computer, holds it.
        """
        if self._depth == 0:
            self._take()
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.path.unlink(missing_ok=True)

    def _take(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self._made():
            return
        holder = _holder(self.path)
        if _may_be_running(holder):
            raise StoreError(
                "store_locked", file=self.path.name, pid=holder.get("pid", "?"), host=holder.get("host", "?")
            )
        with _set_aside(self.path, holder):
            made = self._made()
        if not made:
            # Someone else was quicker in taking over the same dead lock.
            newer = _holder(self.path)
            raise StoreError(
                "store_locked", file=self.path.name, pid=newer.get("pid", "?"), host=newer.get("host", "?")
            )

    def _made(self) -> bool:
        try:
            handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            return False
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"pid": os.getpid(), "host": platform.node()}, file)
        return True


def _holder(path: Path) -> dict[str, object]:
    """Who holds the lock, as the file says; empty when it says nothing (its writer died in between)."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _may_be_running(holder: dict[str, object]) -> bool:
    pid, host = holder.get("pid"), holder.get("host")
    if not isinstance(pid, int):
        return False
    return host != platform.node() or _is_running(pid)


def _is_running(pid: int) -> bool:
    """Whether a process of this computer exists; on Windows signal 0 would end it, so the system is asked instead."""
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        ctypes.windll.kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
        ctypes.windll.kernel32.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _set_aside(path: Path, holder: dict[str, object]) -> Iterator[None]:
    """Move a dead lock out of the way; put it back if it turns out to be somebody's living one."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.replace(aside)
    except FileNotFoundError:
        yield
        return
    if _holder(aside) != holder:
        aside.replace(path)
        yield
        return
    yield
    aside.unlink(missing_ok=True)
