"""Which folder a run may write into."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from toolkit.store.runs import next_folder


def a_run(runs: Path, name: str, content: bytes = b"workbook") -> Path:
    """A finished run: its workbook, and the manifest that records it."""
    folder = runs / name
    folder.mkdir(parents=True)
    (folder / "delist.xlsx").write_bytes(content)
    outputs = {"delist.xlsx": hashlib.sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    return folder


def test_the_first_run_of_a_week_has_the_weeks_name(tmp_path: Path) -> None:
    assert next_folder(tmp_path, "2026-W47") == tmp_path / "2026-W47"


def test_a_run_nobody_touched_may_be_made_again_in_its_place(tmp_path: Path) -> None:
    folder = a_run(tmp_path, "2026-W47")
    (folder / ".delist.xlsx.1.writing").write_bytes(b"left by a killed run")

    assert next_folder(tmp_path, "2026-W47") == folder


def test_a_workbook_someone_edited_is_never_overwritten(tmp_path: Path) -> None:
    for name in ("2026-W47", "2026-W47-2"):
        (a_run(tmp_path, name) / "delist.xlsx").write_bytes(b"with decisions")

    assert next_folder(tmp_path, "2026-W47") == tmp_path / "2026-W47-3"


def test_a_workbook_that_is_open_or_of_unknown_origin_counts_as_edited(tmp_path: Path) -> None:
    (a_run(tmp_path, "2026-W47") / "~$delist.xlsx").write_bytes(b"open in Excel")
    (a_run(tmp_path, "2026-W46") / "manifest.json").unlink()

    assert next_folder(tmp_path, "2026-W47").name == "2026-W47-2"
    assert next_folder(tmp_path, "2026-W46").name == "2026-W46-2"


def test_a_damaged_manifest_proves_nothing(tmp_path: Path) -> None:
    (a_run(tmp_path, "2026-W47") / "manifest.json").write_text("[", encoding="utf-8")

    assert next_folder(tmp_path, "2026-W47").name == "2026-W47-2"
