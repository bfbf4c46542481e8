"""A file appears whole under its name, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.errors import OutputError
from toolkit.export import into_place as module
from toolkit.export.into_place import beside_note, into_place, text_into_place


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", (0.0,) * 5)


def hold_open(monkeypatch: pytest.MonkeyPatch, *names: str, times: int = 10**6) -> None:
    """Files of these names cannot be replaced, as Excel holds them on Windows."""
    real, left = Path.replace, [times]

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name in names and left[0] > 0:
            left[0] -= 1
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_workbook_open_in_excel_is_left_alone_and_the_result_goes_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "delist.xlsx").write_bytes(b"open")
    (tmp_path / "delist (2).xlsx").write_bytes(b"from the time before")
    hold_open(monkeypatch, "delist.xlsx")
    written = into_place(tmp_path / "delist.xlsx", b"new")
    assert written.name == "delist (3).xlsx"
    assert beside_note(tmp_path / "delist.xlsx", written) == (
        "delist.xlsx正在Excel里开着,没法改;结果写到了旁边的 delist (3).xlsx。"
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "delist.xlsx": b"open", "delist (2).xlsx": b"from the time before", "delist (3).xlsx": b"new",
    }  # fmt: skip


def test_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_open(monkeypatch, "delist.xlsx", times=3)
    written = into_place(tmp_path / "delist.xlsx", b"new")
    assert written == tmp_path / "delist.xlsx"
    assert beside_note(tmp_path / "delist.xlsx", written) is None


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), full)
    (tmp_path / "ids.txt").write_bytes(b"old")
    with pytest.raises(OutputError) as caught:
        into_place(tmp_path / "ids.txt", b"new")
    assert caught.value.sentence("en").startswith("ids.txt: cannot be written (No space left on device)")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"ids.txt": b"old"}


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"ids\.txt"):
        into_place(tmp_path / "gone" / "ids.txt", b"new")


def test_what_a_killed_run_left_is_cleaned_up_and_what_another_run_writes_is_not(tmp_path: Path) -> None:
    old, fresh, foreign = (
        tmp_path / name for name in (".ids.txt.77.writing", ".ids.txt.78.writing", ".boss.txt.77.writing")
    )
    for left in (old, fresh, foreign):
        left.write_bytes(b"half")
    for left in (old, foreign):
        os.utime(left, (1_000_000_000, 1_000_000_000))
    into_place(tmp_path / "ids.txt", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".boss.txt.77.writing",
        ".ids.txt.78.writing",
        "ids.txt",
    ]


def test_a_text_for_people_opens_in_notepad(tmp_path: Path) -> None:
    path = text_into_place(tmp_path / "给老板.txt", "结论\r\n第二行\n")
    assert path.read_bytes() == "\ufeff结论\r\n第二行\r\n".encode()
