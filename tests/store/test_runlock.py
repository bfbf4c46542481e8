"""One run at a time."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.errors import StoreError
from toolkit.store.runlock import RunLock


def dead_pid() -> int:
    """The id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def held_by(path: Path, pid: int, host: str) -> Path:
    path.write_text(json.dumps({"pid": pid, "host": host}), encoding="utf-8")
    return path


def test_a_second_run_is_told_who_holds_the_store(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with RunLock(path), pytest.raises(StoreError) as caught:
        RunLock(path).__enter__()

    assert f"computer {platform.node()}, process {os.getpid()}" in caught.value.sentence("en")
    assert not path.exists()


def test_a_lock_may_be_taken_again_by_its_holder(tmp_path: Path) -> None:
    lock = RunLock(tmp_path / ".lock")
    with lock:
        with lock:
            pass
        assert lock.path.exists()
    assert not lock.path.exists()


@pytest.mark.parametrize("content", [None, "", "[]"])
def test_a_lock_whose_run_is_gone_is_taken_over(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / ".lock"
    held_by(path, dead_pid(), platform.node())
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with RunLock(path):
        assert json.loads(path.read_text(encoding="utf-8"))["pid"] == os.getpid()

    assert list(tmp_path.iterdir()) == []


def test_a_lock_of_another_computer_is_never_taken_over(tmp_path: Path) -> None:
    path = held_by(tmp_path / ".lock", dead_pid(), "仓库电脑")

    with pytest.raises(StoreError) as caught:
        RunLock(path).__enter__()

    assert "仓库电脑" in caught.value.sentence("zh")
    assert path.exists()
