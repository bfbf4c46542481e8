"""One week of a store, from its inbox to the files of its run: what `toolkit weekly` does.

Here everything the store remembers comes together: what its files have told, what became of the last run's decisions, and
its money. What is made of it is `toolkit.weekly`'s.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from toolkit.decide.summary import Note
from toolkit.errors import StoreError
from toolkit.score_inputs import late
from toolkit.store.folder import Store
from toolkit.store.last_week import last_week
from toolkit.store.run import run_before
from toolkit.weekly import WeeklyRun, iso_week, run_week
from toolkit.words import Lang

if TYPE_CHECKING:
    from toolkit.export.reconciliation_workbook import ReconciliationReport

__all__ = ["weekly_run"]


def weekly_run(store: Store, *, as_of: date | None = None, lang: Lang | None = None) -> WeeklyRun:
    """Read what is new, assess the store and write the week's files into a run folder; what came of it.

    Args:
        store: an open store folder.
        as_of: the day to judge by; the latest day in the data by default.
        lang: of the files; the store's by default.

    Raises:
        StoreError: another run is at work, no file states a day, or the folder cannot be written.
        OutputError: a file cannot be written, or does not read back as it was meant.
    """
    said_in = lang or store.settings.store.language
    with store.lock():
        store.import_inbox()
        facts = store.facts(as_of or store.latest_day())
        folder = store.run_folder(iso_week(facts.as_of))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("store_not_written", file=folder.name, problem=error.strerror or str(error)) from error
        return run_week(
            store.tables(),
            folder,
            facts=facts,
            problems=store.problems(said_in),
            unread=[*_asked(store, said_in), *late(store.future_rows())],
            batches=store.told_by(),
            before=last_week(store, as_of=facts.as_of, lang=said_in),
            last_run=run_before(store.folder / "runs", facts.as_of),
            reconciliation=_reconciliation(store, as_of, products_on=facts.as_of),
            lang=said_in,
        )


def _asked(store: Store, lang: Lang) -> list[Note]:
    """The files that look like another store's, as the conclusion says it."""
    foreign = (was for was in store.import_once() if was.state == "other_store")
    return [Note("undecided.other_store", {"file": was.file, "why": was.why.in_(lang)}) for was in foreign if was.why]


def _reconciliation(store: Store, as_of: date | None, *, products_on: date) -> ReconciliationReport | None:
    # Its solvers take a quarter of a second to import, and a store without bills needs none.
    if not store.money().moves:
        return None
    from toolkit.store.reconcile import weekly_report

    return weekly_report(store, as_of=as_of, products_on=products_on)
