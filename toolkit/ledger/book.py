"""The ledger: who decided what about which product, when, why, and what came of it. Rows are only ever added.

Unlike the history it cannot be made again from exports, so nothing here deletes or rewrites. Each transaction is one small
file that takes its name only when it is whole; what a killed run left half-written is not a transaction. A transaction is
called by the hash of what it says and of the one before it, without the time: the same step taken twice is one step,
and a file changed by hand no longer fits its name.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from toolkit.errors import StoreError
from toolkit.ledger.states import CORRECTED, CORRECTIONS, STATES
from toolkit.schema import LEDGER
from toolkit.words import Text, text

__all__ = ["Hand", "Ledger"]

_FIRST = "0" * 16
_BY_LEDGER = ("transaction", "step", "who", "at")


@dataclass(frozen=True)
class Hand:
    """Who takes a step, and when."""

    who: str
    at: datetime


class Ledger:
    """The ledger of one store, in `folder`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ledger, hand = Ledger(Path(folder)), Hand("li", datetime(2026, 11, 24, 9))
    ...     _ = ledger.add(LEDGER.frame(product_id=["1005"] * 2, state=["planned", "approved"]), hand=hand)
    ...     ledger.present().select("product_id", "state", "who").row(0)
    ('1005', 'approved', 'li')
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "entries"

    def rows(self) -> pl.DataFrame:
        """Every step ever taken, in the order in which they were (`schema.LEDGER`).

        Raises:
            StoreError: a file of the ledger is broken or was changed by hand.
        """
        steps, before = list[dict[str, Any]](), _FIRST
        for path in self._files():
            entry = _read(path, before)
            taken = {"transaction": entry["id"], "who": entry["who"], "at": datetime.fromisoformat(entry["at"])}
            steps += [{**step, **taken, "step": nth} for nth, step in enumerate(entry["steps"])]
            before = entry["id"]
        # One frame of all: a frame for each of a year's transactions takes twenty times as long.
        told = pl.DataFrame(steps, schema={**_TOLD, **{name: LEDGER.dtypes[name] for name in _BY_LEDGER}}, orient="row")
        return LEDGER.conform(told.with_columns(pl.col("^.*_on$").str.to_date()))

    def present(self) -> pl.DataFrame:
        """The last step of each product (`schema.LEDGER`), by product id."""
        return self.rows().group_by("product_id", maintain_order=True).last().select(LEDGER.names).sort("product_id")

    def add(self, steps: pl.DataFrame, *, hand: Hand) -> pl.DataFrame:
        """Take steps, in their order, as one transaction; gives the rows that were added. No steps, no transaction.

        `steps` are rows of `schema.LEDGER`; `transaction`, `step`, `from_state`, `who` and `at` are filled in here.
        The caller holds the store's lock.

        Raises:
            StoreError: a step that the table of states does not allow, or the folder cannot be written. Nothing is added.
        """
        if steps.is_empty():
            return LEDGER.empty()
        told = self._from_here(LEDGER.conform(steps))
        rows = told.with_columns(pl.col("^.*_on$").dt.to_string("%Y-%m-%d")).select(list(_TOLD)).rows(named=True)
        files = self._files()
        before = _name(files[-1]) if files else _FIRST
        entry = {"id": _hash(before, rows), "before": before, "who": hand.who, "at": hand.at.isoformat(), "steps": rows}
        self._write(len(files) + 1, entry)
        return LEDGER.conform(
            told.drop(_BY_LEDGER)
            .with_row_index("step")
            .with_columns(transaction=pl.lit(entry["id"]), who=pl.lit(hand.who), at=pl.lit(hand.at))
        )

    def _from_here(self, steps: pl.DataFrame) -> pl.DataFrame:
        """The steps with the state each one leaves."""
        now = self.present().select("product_id", now="state")
        led = steps.join(now, on="product_id", how="left", maintain_order="left").with_columns(
            from_state=pl.coalesce(pl.col("state").shift(1).over("product_id"), "now")
        )
        step = led.with_columns(is_correction=pl.col("evidence").eq_missing(CORRECTED))
        pair = ["from_state", "state", "is_correction"]
        wrong = step.join(_allowed(), on=pair, how="anti", nulls_equal=True, maintain_order="left")
        if wrong.height:
            first = wrong.row(0, named=True)
            raise StoreError(
                "ledger_step",
                product=first["product_id"],
                state=_word(first["state"]),
                before=_word(first["from_state"]),
            )
        return led.drop("now")

    def _files(self) -> list[Path]:
        """The transactions, oldest first."""
        return sorted(self.folder.glob("[0-9]*-*.json"))

    def _write(self, number: int, entry: dict[str, Any]) -> None:
        path = self.folder / f"{number:06d}-{entry['id']}.json"
        half = path.with_name(f".{path.name}.{os.getpid()}.writing")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with half.open("w", encoding="utf-8") as file:
                json.dump(entry, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except OSError as error:
            raise StoreError("store_not_written", file=path.name, problem=error.strerror or str(error)) from error
        finally:
            half.unlink(missing_ok=True)


_TOLD = {
    name: pl.String() if dtype == pl.Date() else dtype
    for name, dtype in LEDGER.dtypes.items()
    if name not in _BY_LEDGER
}
"""What a transaction's file says of each step; days as text."""


def _allowed() -> pl.DataFrame:
    """One row per step that may be taken, as itself or as the correction of what was typed wrong."""
    pairs = [
        (before, str(after), is_correction)
        for table, is_correction in ((STATES, False), (CORRECTIONS, True))
        for before, states in table.items()
        for after in states
    ]
    types = {"from_state": pl.String(), "state": pl.String(), "is_correction": pl.Boolean()}
    return pl.DataFrame(pairs, schema=types, orient="row")


def _hash(before: str, rows: list[dict[str, Any]]) -> str:
    said = json.dumps([before, rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _name(path: Path) -> str:
    return path.stem.partition("-")[2]


def _read(path: Path, before: str) -> dict[str, Any]:
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        is_whole = entry["before"] == before and entry["id"] == _name(path) == _hash(before, entry["steps"])
        datetime.fromisoformat(entry["at"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError("ledger_broken", file=f"ledger/entries/{path.name}") from error
    if not is_whole:
        raise StoreError("ledger_broken", file=f"ledger/entries/{path.name}")
    return entry


def _word(state: str | None) -> Text:
    return text(f"state.{state or 'none'}")
