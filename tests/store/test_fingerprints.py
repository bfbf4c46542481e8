"""The sha256 of a large file is taken once, and again as soon as anything about the file may have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.store import fingerprints
from toolkit.store.fingerprints import LARGE, Fingerprints, fingerprint

LONG_AGO = 1_700_000_000


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose bytes were read, in order; the disk's moments all lie long ago."""
    names: list[str] = []

    def read(path: Path) -> str:
        names.append(path.name)
        return fingerprint(path)

    monkeypatch.setattr(fingerprints, "fingerprint", read)
    return names


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute has passed since any file was written."""
    now = fingerprints.time.time_ns
    monkeypatch.setattr(fingerprints.time, "time_ns", lambda: now() + 60 * 10**9)


def large(path: Path, letter: bytes = b"a", size: int = LARGE) -> Path:
    path.write_bytes(letter * size)
    return path


def asked_twice(path: Path, memory: Path) -> tuple[str, str]:
    first = Fingerprints(memory)
    told = first.of(path)
    first.keep()
    return told, Fingerprints(memory).of(path)


@pytest.mark.usefixtures("settled")
def test_a_large_file_is_hashed_once_though_asked_for_in_the_next_run(tmp_path: Path, hashed: list[str]) -> None:
    path = large(tmp_path / "orders.csv")
    assert asked_twice(path, tmp_path / "seen.json") == (fingerprint(path), fingerprint(path))
    assert hashed == ["orders.csv"]


@pytest.mark.usefixtures("settled")
def test_a_small_file_is_hashed_every_time(tmp_path: Path, hashed: list[str]) -> None:
    asked_twice(large(tmp_path / "catalog.csv", size=10), tmp_path / "seen.json")
    assert hashed == ["catalog.csv", "catalog.csv"]


@pytest.mark.usefixtures("settled")
def test_other_bytes_of_the_same_size_and_day_are_another_file(tmp_path: Path, hashed: list[str]) -> None:
    path, memory = large(tmp_path / "orders.csv"), tmp_path / "seen.json"
    os.utime(path, (LONG_AGO, LONG_AGO))
    before, _ = asked_twice(path, memory)
    large(path, b"b")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert Fingerprints(memory).of(path) == fingerprint(path) != before


def test_a_file_written_a_moment_ago_is_not_trusted(tmp_path: Path, hashed: list[str]) -> None:
    asked_twice(large(tmp_path / "orders.csv"), tmp_path / "seen.json")
    assert hashed == ["orders.csv", "orders.csv"]


@pytest.mark.usefixtures("settled", "hashed")
@pytest.mark.parametrize("broken", ["", "[]", '{"a": 1}', "{"])
def test_a_broken_memory_is_only_taken_anew(tmp_path: Path, broken: str) -> None:
    path, memory = large(tmp_path / "orders.csv"), tmp_path / "seen.json"
    memory.write_text(broken, encoding="utf-8")
    assert Fingerprints(memory).of(path) == fingerprint(path)
