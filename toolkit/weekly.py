"""The weekly run of one store: which stage follows which, and which files come out.

Everything is computed elsewhere. Here is only the order: tables → assess → report → files, the manifest last, so that
a run without a manifest is known to be broken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit.analyze.policy import in_force
from toolkit.analyze.scorecard import prior_digest
from toolkit.decide.policy_news import PolicyNews, policy_news
from toolkit.decide.summary import Note
from toolkit.export.boss_note import boss_note, write_boss_note
from toolkit.export.delist_report import DelistReport, RunFacts
from toolkit.export.delist_workbook import write_delist_workbook
from toolkit.export.id_lines import write_id_lines
from toolkit.export.into_place import beside_note, into_place
from toolkit.export.manifest import run_id, write_manifest
from toolkit.export.rejected_csv import write_rejected
from toolkit.schema import PROFILE, Tables
from toolkit.score import ScoreResult, assess
from toolkit.words import Lang

if TYPE_CHECKING:
    from toolkit.export.reconciliation_workbook import ReconciliationReport

__all__ = ["WeeklyRun", "iso_week", "run_week"]

_NAMES = ("delist.xlsx", "给老板.txt", "ids.txt", "rejected.csv", "decisions.parquet", "manifest.json")
"""The files of a run, in the order in which they are written."""
_MONEY = "reconciliation.xlsx"
"""Written beside them with its pictures, before the manifest, when a file told of money."""


@dataclass(frozen=True)
class WeeklyRun:
    """What a weekly run came to, and the files it wrote."""

    folder: Path
    files: tuple[Path, ...]
    report: DelistReport
    lang: Lang
    money: tuple[str, ...] = ()
    """What the files of the reconciliation should be called, where there are any."""

    @property
    def conclusion(self) -> str:
        """The conclusion in ten lines or fewer, without a line break at its end."""
        report = self.report
        return boss_note(report.summary, self.lang, report.before, report.policy_news).rstrip("\n")

    @property
    def notes(self) -> tuple[str, ...]:
        """What to say of files that had to go beside their names, because these were open in Excel."""
        said = (
            beside_note(self.folder / name, path, self.lang) for name, path in zip(self._names, self.files, strict=True)
        )
        return tuple(note for note in said if note)

    @property
    def _names(self) -> tuple[str, ...]:
        """What the files should be called, in their order."""
        return (*_NAMES[:-1], *self.money, _NAMES[-1])


def iso_week(day: date) -> str:
    """The ISO week a day lies in, as runs are called.

    >>> iso_week(date(2026, 11, 22)), iso_week(date(2027, 1, 3))
    ('2026-W47', '2026-W53')
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def run_week(
    tables: Tables,
    folder: Path,
    *,
    facts: RunFacts,
    problems: pl.DataFrame,
    batches: Iterable[Mapping[str, Any]] = (),
    before: Iterable[str] = (),
    last_run: tuple[str, pl.DataFrame] | None = None,
    unread: Iterable[Note] = (),
    reconciliation: ReconciliationReport | None = None,
    lang: Lang = "zh",
) -> WeeklyRun:
    """Assess the tables as of `facts.as_of` and write the week's files into `folder`, which must exist.

    `before` are sentences on earlier decisions, which the conclusion begins with; `last_run` is what the run before is
    called and what it knew and advised (decisions.parquet), to tell what the policy list newly catches; `unread` is what of the files was not
    used, and must be said; `reconciliation` is None where no
    file told of money.

    Raises:
        OutputError: a file cannot be written, or does not read back as it was meant.
    """
    batches = list(batches)
    facts = replace(facts, run_id=run_id(facts, (str(batch["sha256"]) for batch in batches)))
    result = assess(tables, as_of=facts.as_of, settings=facts.settings, unread=unread)
    news = _policy_news(result, last_run)
    report = replace(result.report(facts), problems=problems, before=tuple(before), policy_news=news)
    files = _write(folder, result, report, lang)
    money: dict[Path, Path] = {}
    if reconciliation is not None:
        same_run = replace(reconciliation.facts, run_id=facts.run_id, week=facts.week)
        money = _write_money(folder / _MONEY, replace(reconciliation, facts=same_run), lang)
    files += money.values()
    manifest = write_manifest(
        folder / _NAMES[-1], facts, batches, files, prior=prior_digest(), since=news.since if news else None
    )
    return WeeklyRun(folder, (*files, manifest), report, lang, tuple(path.name for path in money))


def _policy_news(result: ScoreResult, last_run: tuple[str, pl.DataFrame] | None) -> PolicyNews | None:
    if last_run is None:
        return None
    since, advice = last_run
    entries = in_force(result.tables.policy, as_of=result.as_of)
    return policy_news(result.profile, PROFILE.conform(advice), entries, since=since)


def _write_money(book: Path, report: ReconciliationReport, lang: Lang) -> dict[Path, Path]:
    """The workbook and its pictures: each path meant, and the one really written."""
    # Not at the top: solvers and figures take most of a second to import, and a store without bills needs none.
    from toolkit.export.reconciliation_pictures import write_reconciliation_pictures
    from toolkit.export.reconciliation_workbook import write_reconciliation_workbook

    written = {book: write_reconciliation_workbook(book, report, lang)}
    return written | write_reconciliation_pictures(book, report.deposits, lang)


def _write(folder: Path, result: ScoreResult, report: DelistReport, lang: Lang) -> list[Path]:
    workbook, note, ids, rejected, decisions = (folder / name for name in _NAMES[:-1])
    return [
        write_delist_workbook(workbook, report, lang),
        write_boss_note(note, report.summary, lang, report.before, report.policy_news),
        write_id_lines(ids, result.delist_ids()),
        write_rejected(rejected, report.problems, lang),
        _write_decisions(decisions, result),
    ]


def _write_decisions(path: Path, result: ScoreResult) -> Path:
    """Facts and decisions as they were, for the analyst and for next week's comparison."""
    from io import BytesIO

    buffer = BytesIO()
    result.profile.join(result.decisions, on="product_id", how="left").sort("product_id").write_parquet(buffer)
    return into_place(path, buffer.getvalue())
