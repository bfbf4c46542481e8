"""The weekly run as a whole: the same to the byte wherever it runs, and honest about where its files went."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.export import into_place as module
from toolkit.sample import simulate, write
from toolkit.store import open_store
from toolkit.store.week import weekly_run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented store with enough products and weeks for seasons to be measured."""
    folder = tmp_path_factory.mktemp("shop") / "店铺"
    write(simulate(80, 70, 5), folder)
    return folder


def run_files(store: Path, copy: Path, threads: int) -> dict[str, bytes]:
    """What a run in a fresh copy of a store writes, in a process of its own with so many threads."""
    shutil.copytree(store, copy)
    subprocess.run(
        [sys.executable, "-m", "toolkit", "weekly", str(copy)],
        check=True,
        capture_output=True,
        env={**os.environ, "POLARS_MAX_THREADS": str(threads), "PYTHONHASHSEED": str(threads)},
    )
    (folder,) = (copy / "runs").iterdir()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_runs_on_the_same_files_write_the_same_bytes(store: Path, tmp_path: Path) -> None:
    one, other = (run_files(store, tmp_path / str(threads) / store.name, threads) for threads in (1, 4))
    assert one.keys() >= {"delist.xlsx", "给老板.txt", "ids.txt", "rejected.csv", "decisions.parquet", "manifest.json"}
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []


def test_a_history_that_is_there_already_changes_nothing(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / store.name
    fresh = run_files(store, copy, 2)
    again = weekly_run(open_store(copy))
    assert {path.name: path.read_bytes() for path in again.files} == fresh


def test_a_workbook_open_in_excel_is_said_with_the_name_the_result_got(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / store.name
    shutil.copytree(store, copy)
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name == "delist.xlsx":
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(module, "_PATIENCE", (0.0,) * 5)
    monkeypatch.setattr(Path, "replace", replace)
    said = CliRunner().invoke(cli, ["weekly", str(copy), "--lang", "en"], catch_exceptions=False).output
    assert "  delist (2).xlsx\n" in said
    assert said.endswith(
        "delist.xlsx is open in Excel and cannot be replaced; the result is beside it in delist (2).xlsx.\n"
    )
