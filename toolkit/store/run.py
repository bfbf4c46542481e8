"""One run's folder, opened again: what it advised, of which store and week it is, and the lists in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit.errors import InputError, StoreError
from toolkit.store.lists_read import read_once
from toolkit.words import say

if TYPE_CHECKING:
    from toolkit.load.read_back import ReadBack
    from toolkit.load.source import Source

__all__ = ["Run", "open_run", "own_list", "run_before"]


@dataclass(frozen=True)
class Run:
    """A run as its files tell it."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def run_id(self) -> str:
        """Its identity, as in the manifest and in its workbooks."""
        return str(self.manifest["run_id"])

    @property
    def week(self) -> str:
        """Its ISO week."""
        return str(self.manifest["week"])

    @property
    def store(self) -> str:
        """The store's name at the time."""
        return str(self.manifest["store"])

    @property
    def as_of(self) -> date:
        """The day it judged by."""
        return date.fromisoformat(self.manifest["as_of"])

    @property
    def memory(self) -> dict[str, str]:
        """What a list of this run must know when it comes back."""
        return {"run": self.run_id, "week": self.week, "store": self.store}

    @property
    def ledger_facts(self) -> dict[str, str]:
        """What the ledger keeps of the run beside each step."""
        inputs = "\n".join(sorted(str(batch["sha256"]) for batch in self.manifest["batches"]))
        return {
            "run_id": self.run_id,
            "week": self.week,
            "settings_digest": str(self.manifest["settings_digest"]),
            "inputs_sha256": hashlib.sha256(inputs.encode()).hexdigest(),
        }

    @cached_property
    def advice(self) -> pl.DataFrame:
        """One row per product: the profile and the decision as they were."""
        return pl.read_parquet(self.folder / "decisions.parquet")

    def lists(self, *kinds: str) -> list[Path]:
        """The lists of these kinds in the folder, in either language, those written later beside them included."""
        stems = {Path(say(f"loop.file.{kind}", lang)).stem for kind in kinds for lang in ("zh", "en")}
        found = self.folder.glob("*.xlsx")
        return sorted(path for path in found if path.stem.partition(" (")[0] in stems or path.stem in stems)


def open_run(folder: str | Path) -> Run:
    """A run's folder inside a store: ``my-store/runs/2026-W47``.

    Raises:
        StoreError: there is no run, or it is in no store's folder.
    """
    at = Path(folder).resolve()
    for name in ("manifest.json", "decisions.parquet"):
        if not (at / name).is_file():
            raise StoreError("run_missing", folder=Path(folder), file=name)
    if at.parent.name != "runs":
        raise StoreError("run_not_in_store", folder=Path(folder))
    try:
        return Run(at, json.loads((at / "manifest.json").read_text(encoding="utf-8")))
    except ValueError as error:
        raise StoreError("run_missing", folder=Path(folder), file="manifest.json") from error


def run_before(runs: Path, day: date) -> tuple[str, pl.DataFrame] | None:
    """The newest run that judged by a day before the week of this one: its folder's name, and what it knew and advised."""
    found = []
    for path in runs.glob("*"):
        try:
            run = open_run(path)
        except StoreError:
            continue
        if run.as_of.isocalendar()[:2] < day.isocalendar()[:2]:
            found.append(run)
    if not found:
        return None
    newest = max(found, key=lambda run: (run.as_of, len(run.folder.name), run.folder.name))
    return newest.folder.name, newest.advice


def own_list(run: Run, path: Path, source: Source, *, column: str) -> ReadBack:
    """A list of this very run, read back; another's is refused.

    Raises:
        InputError: it is of another store, week or run, does not say whose it is, or lacks the `column` that counts.
    """
    back = read_once(run.folder.parent.parent, path, source)
    found = back.memory
    if "run" not in found:
        raise InputError("answers_unmarked", file=path.name)
    if found["run"] != run.run_id:
        if found.get("store", run.store) != run.store:
            raise InputError("answers_other_store", file=path.name, found=found["store"], wanted=run.store)
        if found.get("week", run.week) != run.week:
            raise InputError("answers_other_week", file=path.name, found=found["week"], wanted=run.week)
        raise InputError("answers_other_run", file=path.name, found=found["run"], wanted=run.run_id)
    if not back.is_known:
        raise InputError("answers_no_column", file=path.name, column=column)
    return back
