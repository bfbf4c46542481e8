"""Where a week's results go: ``runs/2026-W47``, and what its ``manifest.json`` says.

People write into the workbook: their decisions are in it. So a second run of the same week may only replace files
that nobody has touched, which the fingerprints in the manifest prove; otherwise it goes beside, to ``2026-W47-2``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from toolkit.errors import InputError
from toolkit.store.fingerprints import fingerprint

__all__ = ["is_untouched", "next_folder"]


def next_folder(runs: Path, week: str) -> Path:
    """The folder a run of this week may write into: the first of ``week``, ``week-2``, … that nobody has touched."""
    names = (week if n == 1 else f"{week}-{n}" for n in count(1))
    return next(folder for name in names if is_untouched(folder := runs / name))


def is_untouched(folder: Path) -> bool:
    """True when each workbook of the folder is as a run wrote it, none is open, and none was added by hand."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    written = _written(folder / "manifest.json")
    return all(_is_as_written(path, written) for path in folder.glob("*.xls*") if not path.name.startswith("."))


def _written(manifest: Path) -> Mapping[str, str]:
    """File name → fingerprint, as the last run recorded them; empty when no run got that far."""
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return files if isinstance(files, dict) else {}


def _is_as_written(path: Path, written: Mapping[str, str]) -> bool:
    # "~$delist.xlsx" stands beside a workbook that is open right now; it has no record, so it counts as touched.
    try:
        return written.get(path.name) == fingerprint(path)
    except InputError:
        return False
