"""Apply: the operator's decisions read back, and everything that is needed to act on them.

Nothing is taken off sale here. The decisions go into the ledger, and out come lists for people: what to do, whom to
tell, what remains in the warehouse, and how to go back. Applying again changes nothing; lists that somebody has begun to
fill in are never written over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit.export.order_columns import is_unchecked
from toolkit.ledger import GONE, Hand, Ledger, State
from toolkit.load.sources.answers import ANSWERS
from toolkit.store.answers import judged_answers, no_longer_holds, steps_of
from toolkit.store.folder import Store, open_store
from toolkit.store.handouts import HandOut, hand_out
from toolkit.store.run import Run, open_run, own_list
from toolkit.words import Lang, say

__all__ = ["AGREED", "UNDONE", "Applied", "agreed_rows", "apply_run", "newest_profile", "refused_lines"]

AGREED = (State.APPROVED, *GONE, State.REJECTED, State.FAILED)
"""States of products that were agreed to and not taken back."""
UNDONE = "undone"
"""The note on what `undo` withdrew. A run that was undone is not applied again."""


@dataclass(frozen=True)
class Applied:
    """What applying a run's decisions came to."""

    run: Run
    files: tuple[Path, ...]
    notes: tuple[str, ...]
    """Sentences about files that could not be as wanted."""
    counts: Mapping[str, int]
    """Products of the run by state in the ledger."""
    refused: pl.DataFrame
    """Products whose lines were not taken: place, product id, why."""
    added: int
    """Steps added to the ledger: 0 when everything was known."""
    unchecked: int = 0
    """Products to be taken off sale whose open orders neither a file nor a person has checked."""

    def sentences(self, lang: Lang = "zh") -> list[str]:
        """What to tell the operator: the counts, what was not checked, each line not taken, notes."""
        count = {str(state): self.counts.get(state, 0) for state in State}
        agreed = sum(count[state] for state in AGREED)
        said = {name: count[name] for name in ("declined", "watched", "planned")}
        return [
            say("apply.done", lang, approved=agreed, **said, refused=self.refused.height),
            *([say("apply.unchecked", lang, count=self.unchecked)] if self.unchecked else []),
            *refused_lines(self.refused, lang),
            *self.notes,
        ]


def apply_run(
    folder: str | Path, *, hand: Hand, template: Path | None = None, payload: bool = False, lang: Lang | None = None
) -> Applied:
    """Read the decisions of a run's delist.xlsx back and write what is needed to act on them into its folder.

    Args:
        folder: the run's folder, ``my-store/runs/2026-W47``.
        hand: who applies it, and when.
        template: a workbook of the user's own to be filled in too; it is only read, the copy goes beside the lists.
        payload: whether to write the batch call too.
        lang: of the files; the store's by default.

    Raises:
        InputError: the workbook is another store's, week's or run's, or lacks its column of decisions.
        StoreError: this is no run's folder, or another run is at work.
        OutputError: a file cannot be written.
    """
    run = open_run(folder)
    store = open_store(run.folder.parent.parent, today=hand.at.date())
    said_in = lang or store.settings.store.language
    with store.lock():
        back = own_list(run, run.folder / "delist.xlsx", ANSWERS, column=say("workbook.column.decision", said_in))
        store.import_inbox()
        ledger = Ledger(store.folder / "ledger")
        profile = newest_profile(store)
        judged = _judged(run, store, back.lines, ledger, profile)
        mine = ledger.rows().filter(pl.col("run_id") == run.run_id)
        if _is_undone(mine):
            note = say("apply.undone", said_in)
            return Applied(run, (), (note,), _counts(run, ledger), judged.clear(), 0)
        added = ledger.add(steps_of(run, judged), hand=hand)
        mine = ledger.rows().filter(pl.col("run_id") == run.run_id)
        ticked = judged.select("product_id", "orders_checked")
        rows = agreed_rows(run, ledger, profile).join(ticked, on="product_id", how="left", maintain_order="left")
        first = min(mine.filter(pl.col("state") == State.APPROVED)["at"].to_list(), default=hand.at)
        refused = judged.filter(pl.col("why").is_not_null())
        out = HandOut(
            run, rows, first.date(), store.name, said_in, is_self_run=store.is_self_run, template=template,
            payload=payload, refused=refused,
        )  # fmt: skip
        files, notes = hand_out(out)
    unchecked = rows.filter(pl.col("state") == State.APPROVED, is_unchecked(), pl.col("orders_checked").is_null())
    return Applied(run, tuple(files), tuple(notes), _counts(run, ledger), refused, added.height, unchecked.height)


def _counts(run: Run, ledger: Ledger) -> dict[str, int]:
    now = ledger.present().filter(pl.col("run_id") == run.run_id)
    return dict(now["state"].value_counts().iter_rows())


def _is_undone(mine: pl.DataFrame) -> bool:
    was_undone = (pl.col("state") == State.RELIST_PLANNED) | (pl.col("note") == UNDONE)
    return mine.select(was_undone.any()).item() or False


def newest_profile(store: Store) -> pl.DataFrame:
    """What the store's newest data say of each product (`schema.PROFILE`), as of their latest day."""
    from toolkit.score import assess

    return assess(store.tables(), as_of=store.latest_day(), settings=store.settings).profile


def agreed_rows(run: Run, ledger: Ledger, profile: pl.DataFrame) -> pl.DataFrame:
    """One row per product of the run that was agreed to and not taken back, in the run's order of work.

    Action, reason and state as in the ledger; title and stock as the newest data have them.
    """
    mine = ledger.present().filter(pl.col("run_id") == run.run_id, pl.col("state").is_in(AGREED))
    said = mine.select("product_id", "state", "action", "reason_code", "relist_on", "evidence_on")
    asked = run.advice.select("product_id", "rank", was_title="title", was_status="status")
    facts = profile.drop("observed_on")
    return (
        said.join(asked, on="product_id", how="left")
        .join(facts, on="product_id", how="left")
        .with_columns(title=pl.coalesce("title", "was_title"))
        .sort("rank", "product_id")
    )


def refused_lines(refused: pl.DataFrame, lang: Lang) -> list[str]:
    """Each line that was not taken, in a sentence with its place."""
    return [
        say(
            "refused.line", lang, place=f"{row['source_sheet']} › {row['source_row']}", product=row["product_id"],
            why=say(f"refused.{row['why']}", lang),
        )
        for row in refused.iter_rows(named=True)
    ]  # fmt: skip


def _judged(run: Run, store: Store, lines: pl.DataFrame, ledger: Ledger, profile: pl.DataFrame) -> pl.DataFrame:
    rows = ledger.rows()
    seen = rows.filter(pl.col("run_id") == run.run_id).select(pl.col("product_id").unique())
    stopped = no_longer_holds(run, profile, as_of=store.latest_day(), settings=store.settings)
    return judged_answers(run, lines, ledger.present(), stopped, seen)
