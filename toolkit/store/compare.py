"""`tk.compare`: what entered and left the delisting advice between two runs of a store, and why.

A run keeps what it judged (facts and decisions in decisions.parquet, settings and program in manifest.json), so two runs
can be compared long after their files are gone. Only where the settings or the program changed is the older day worked
out again from the history, by the program of today: under the old settings, and under the new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from toolkit.decide.moves import CAUSES, Again, Judged, moves
from toolkit.decide.moves_words import Engine, settings_in_words, with_sentence
from toolkit.decide.plan import is_suggested
from toolkit.errors import StoreError
from toolkit.frames import outgoing
from toolkit.schema import DECISIONS, PROFILE
from toolkit.settings import DEFAULTS, Settings, as_settings
from toolkit.store.folder import Store, open_store
from toolkit.store.run import Run, open_run
from toolkit.words import Lang, say

__all__ = ["Comparison", "compare"]

_NAMED = 3
_ENGINE = ("polars", "numpy", "scipy")
"""Libraries that figures pass through."""


@dataclass(frozen=True, repr=False)
class Comparison:
    """What changed between two runs; shows itself in a few lines."""

    before: str
    """Name of the older run's folder."""
    after: str
    moves: pl.DataFrame
    """One row per product that entered, left or changed its action or reason (`schema.MOVES`); polars."""
    suggested: tuple[int, int]
    """Products to be taken off sale, in either run."""
    settings: Mapping[str, str]
    """Settings that changed, by name, in words."""
    engine: Engine
    """Parts of the program that changed."""
    lang: Lang = "zh"
    like: Any = field(default=None, repr=False)

    @property
    def table(self) -> Any:
        """`moves` in the kind of frame that was asked for."""
        return outgoing(self.moves, self.like)

    def conclusion(self) -> str:
        """How many entered and left, by which causes, and the first few of each."""
        return "\n".join([self._counts(), *self._causes(), *self._lines(), *self._idle()])

    def _counts(self) -> str:
        kinds = dict(self.moves["moved"].value_counts().iter_rows())
        each = {name: kinds.get(name, 0) for name in ("entered", "left", "changed")}
        was, now = self.suggested
        return say("compare.counts", self.lang, before=self.before, after=self.after, was=was, now=now, **each)

    def _causes(self) -> list[str]:
        counts = dict(self.moves["cause"].value_counts().iter_rows())
        parts = [
            say("compare.cause", self.lang, cause=say(f"cause.{cause}", self.lang), count=counts[cause])
            for cause in CAUSES
            if cause in counts
        ]
        if not parts:
            return [say("compare.same", self.lang)]
        return [say("compare.causes", self.lang, causes=say("compare.comma", self.lang).join(parts))]

    def _lines(self) -> list[str]:
        first = self.moves.group_by("moved", maintain_order=True).head(_NAMED)
        lines = [
            say(
                "compare.line", self.lang, moved=say(f"moved.{row['moved']}", self.lang), product=row["product_id"],
                title=row["title"] or "", why=row["sentence"],
            )
            for row in first.iter_rows(named=True)
        ]  # fmt: skip
        rest = self.moves.height - first.height
        return [*lines, *([say("compare.more", self.lang, count=rest)] if rest else [])]

    def _idle(self) -> list[str]:
        """Settings were changed, and nothing came of it."""
        if not self.settings or "threshold" in self.moves["cause"]:
            return []
        return [say("compare.idle", self.lang, settings=say("compare.comma", self.lang).join(self.settings.values()))]

    def __repr__(self) -> str:
        return self.conclusion()

    def _repr_html_(self) -> str:
        first, *rest = self.conclusion().splitlines()
        return f"<p><b>{escape(first)}</b></p><p>{'<br>'.join(map(escape, rest))}</p>"


def compare(
    store: Store | str | Path, before: str, after: str, *, lang: Lang | None = None, like: Any = None
) -> Comparison:
    """What entered and left the advice to take off sale between two runs of a store, per product and with its cause.

    Args:
        store: a store, or its folder.
        before: the older run: its folder's name, ``2026-W46`` or ``2026-W46-2``, or ``W46`` for the newest of that week.
        after: the newer run.
        lang: of the words; the store's by default.
        like: a frame of the kind `table` should come in, pandas or polars; polars by default.

    How causes are told apart is said in `toolkit.decide.moves`.

    Raises:
        StoreError: there is no such store or run; the sentence names those there are.
    """
    opened = store if isinstance(store, Store) else open_store(store)
    old, new = (_named(opened, name) for name in (before, after))
    said_in = lang or opened.settings.store.language
    was, now = _judged(old), _judged(new)
    engine = _engine(old, new)
    again = _again(opened, was, now, is_new_program=bool(engine)) if engine or was.settings != now.settings else None
    moved = with_sentence(moves(was, now, again=again), was, now, engine, said_in)
    counts = (side.advice.select(is_suggested().sum()).item() for side in (was, now))
    settings = settings_in_words(was, now, said_in)
    return Comparison(
        old.folder.name, new.folder.name, moved, (next(counts), next(counts)), settings, engine, said_in, like
    )


def _named(store: Store, name: str) -> Run:
    """The run of a name; of several of one week the last."""
    runs = [run for path in (store.folder / "runs").glob("*") if (run := _opened(path)) is not None]
    runs = sorted(runs, key=lambda run: (run.week, _is_copy(run), len(run.folder.name), run.folder.name))
    if not runs:
        raise StoreError("runs_none", folder=store.folder)
    asked = name.strip().upper()
    found = [run for run in runs if run.folder.name.upper() == asked]
    found = found or [run for run in runs if run.week.endswith(f"-{asked}") and not _is_copy(run)]
    if not found:
        raise StoreError("run_unknown", wanted=name, found=", ".join(run.folder.name for run in runs))
    return found[-1]


def _is_copy(run: Run) -> bool:
    """Whether a person gave the folder its name: it is meant only where it is named."""
    return re.fullmatch(re.escape(run.week) + r"(-\d+)?", run.folder.name) is None


def _opened(path: Path) -> Run | None:
    """A run that came to its end; None for any other folder."""
    try:
        return open_run(path)
    except StoreError:
        return None


def _judged(run: Run) -> Judged:
    """A run as it judged; columns that an older program did not have are null."""
    facts, decisions = PROFILE.conform(run.advice), DECISIONS.conform(run.advice).drop("product_id")
    return Judged(facts.hstack(decisions), run.as_of, _settings(run))


def _settings(run: Run) -> Settings:
    """The settings of a run. One that an older program knew and this one does not says nothing today and is left out."""
    known = DEFAULTS.model_dump()
    told = run.manifest["settings"]
    kept = {
        section: {name: value for name, value in values.items() if name in known[section]}
        for section, values in told.items()
        if section in known
    }
    return as_settings(kept)


def _engine(old: Run, new: Run) -> Engine:
    """The parts of the program that two runs have not in common; what one of them does not state counts as the same."""
    return {
        name: (before, after)
        for name, (before, after) in {name: (_part(old, name), _part(new, name)) for name in ("version", "prior", *_ENGINE)}.items()
        if before and after and before != after
    }  # fmt: skip


def _part(run: Run, name: str) -> str:
    return str(run.manifest.get(name) or run.manifest.get("libraries", {}).get(name) or "")


def _again(store: Store, was: Judged, now: Judged, *, is_new_program: bool) -> Again | None:
    """The older day worked out again from the history; None where the history knows nothing of products any more."""
    from toolkit.score import assess

    def on_that_day(settings: Settings) -> Judged:
        result = assess(store.tables(), as_of=was.as_of, settings=settings)
        return Judged(result.profile.join(result.decisions, on="product_id", how="left"), was.as_of, settings)

    old = on_that_day(was.settings)
    if old.advice.is_empty():
        return None
    return Again(old, on_that_day(now.settings) if was.settings != now.settings else None, is_new_program)
