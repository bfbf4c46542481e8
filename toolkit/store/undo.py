"""Undo: the way back from a run. What it really took off sale is listed to be relisted; what nobody did is withdrawn.

"Really" is by the ledger: a product that the operator never acted on, or that was found still on sale, is not relisted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit.ledger import GONE, Hand, Ledger, State
from toolkit.schema import LEDGER
from toolkit.store.apply import UNDONE, newest_profile
from toolkit.store.folder import open_store
from toolkit.store.handouts import list_beside
from toolkit.store.run import open_run
from toolkit.words import Lang, say

__all__ = ["Undone", "undo_run"]

_NOT_DONE = (State.APPROVED, State.REJECTED, State.FAILED)


@dataclass(frozen=True)
class Undone:
    """What undoing a run came to."""

    files: tuple[Path, ...]
    gone: int
    """Products on the relist list."""
    withdrawn: int

    def sentences(self, lang: Lang = "zh") -> list[str]:
        """What to tell the operator."""
        if not self.gone and not self.withdrawn:
            return [say("undo.nothing", lang)]
        if not self.gone:
            return [say("undo.only_withdrawn", lang, withdrawn=self.withdrawn)]
        file = self.files[0].name if self.files else "-"
        return [say("undo.done", lang, gone=self.gone, withdrawn=self.withdrawn, file=file)]


def undo_run(folder: str | Path, *, hand: Hand, lang: Lang | None = None) -> Undone:
    """List exactly what a run took off sale, to be put back, with what to improve first; withdraw what nobody did.

    Raises:
        StoreError: this is no run's folder, or another run is at work.
        OutputError: a file cannot be written.
    """
    run = open_run(folder)
    store = open_store(run.folder.parent.parent, today=hand.at.date())
    with store.lock():
        store.import_inbox()
        ledger = Ledger(store.folder / "ledger")
        mine = ledger.present().filter(pl.col("run_id") == run.run_id)
        back = _to(mine.filter(pl.col("state").is_in(GONE)), State.RELIST_PLANNED)
        not_done = _to(mine.filter(pl.col("state").is_in(_NOT_DONE)), State.DECLINED)
        not_done = not_done.with_columns(note=pl.lit(UNDONE))
        ledger.add(pl.concat([back, not_done]), hand=hand)
        now = ledger.present().filter(pl.col("run_id") == run.run_id, pl.col("state") == State.RELIST_PLANNED)
        advice = newest_profile(store).select("product_id", improve="funnel_advice")
        rows = now.join(run.advice.select("product_id", "title", "rank"), on="product_id", how="left").join(
            advice, on="product_id", how="left"
        )
        said_in = lang or store.settings.store.language
        files = list_beside(run, rows.sort("rank", "product_id"), "relist", said_in) if rows.height else []
    return Undone(tuple(files or run.lists("relist")), now.height, not_done.height)


def _to(rows: pl.DataFrame, state: State) -> pl.DataFrame:
    return LEDGER.conform(
        rows.with_columns(
            state=pl.lit(state.value), evidence=pl.lit(None, pl.String), evidence_on=pl.lit(None, pl.Date)
        )
    )
