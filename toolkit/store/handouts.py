"""The files that `apply` and `confirm` put into a run's folder, and the rule that typed work is never lost.

A list somebody has begun to fill in is not written again: products it does not have yet go to a list beside it. What
nobody touched is written as it is now, so that applying again gives the same files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import polars as pl

from toolkit.export.call_payload import write_call_payload
from toolkit.export.id_lines import write_id_lines
from toolkit.export.into_place import into_place
from toolkit.export.notices import Addressee, write_notice
from toolkit.export.template import fill_template
from toolkit.export.work_list import Kind, write_stock_after, write_work_list
from toolkit.ledger import State
from toolkit.load.read_back import read_back
from toolkit.load.sources.answers import WORK_LIST
from toolkit.store.run import Run
from toolkit.words import Lang, say
from toolkit.words.sentences import sentences

__all__ = ["CHECK_AFTER", "HandOut", "hand_out", "list_beside"]

CHECK_AFTER = timedelta(days=7)
"""When to look at the remaining stock again, as the sellers' guide asks."""
_RECORD = "handed_out.json"


@dataclass(frozen=True)
class HandOut:
    """What is to be written for one run."""

    run: Run
    rows: pl.DataFrame
    """The products agreed to (`agreed_rows`)."""
    day: date
    """The day of the first approval."""
    store: str
    lang: Lang
    is_self_run: bool = False
    """Buyers are the store's own to tell."""
    template: Path | None = None
    payload: bool = False
    refused: pl.DataFrame = field(default_factory=pl.DataFrame)


def hand_out(out: HandOut) -> tuple[list[Path], list[str]]:
    """Write all files of an applied run; gives those written, and sentences about what could not be as wanted.

    Raises:
        OutputError: a file cannot be written.
    """
    folder, lang = out.run.folder, out.lang
    ids = out.rows["product_id"].to_list()
    files = [
        *list_beside(out.run, out.rows.filter(pl.col("state") == State.APPROVED), "work", lang),
        write_id_lines(folder / "ids.txt", ids),
        write_work_list(folder / "undo.xlsx", out.rows, "undo", day=out.run.as_of, memory=out.run.memory, lang=lang),
        _stock_after(out),
        *_notices(out),
    ]
    if out.payload:
        files.append(write_call_payload(folder / "payload.json", ids))
    notes: list[str] = []
    if out.template is not None:
        target = folder / say("loop.file.template", lang, name=out.template.stem)
        plain = say("loop.file.work", lang)
        filled = fill_template(out.template, target, out.rows, plain=plain, lang=lang)
        files += [filled.path] if filled.path else []
        notes.append(filled.note)
    return files, notes


def list_beside(run: Run, rows: pl.DataFrame, kind: Kind, lang: Lang) -> list[Path]:
    """Write a list to be filled in, or what of it is new to a second one where somebody has begun to fill in the first.

    Raises:
        OutputError: a file cannot be written.
    """
    record = _recorded(run.folder)
    there = run.lists(kind)
    touched = [path for path in there if record.get(path.name) != _sha256(path)]
    known = [read_back(path, WORK_LIST).lines.select("product_id") for path in touched]
    new = rows.join(pl.concat(known), on="product_id", how="anti", maintain_order="left") if known else rows
    if new.is_empty() and there:
        return []
    free = next(path for path in _names(run.folder / say(f"loop.file.{kind}", lang)) if path not in touched)
    written = write_work_list(free, new, kind, day=run.as_of, memory=run.memory, lang=lang)
    record[written.name] = _sha256(written)
    into_place(run.folder / _RECORD, (json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    return [written]


def _names(path: Path) -> Iterator[Path]:
    for n in count(1):
        yield path if n == 1 else path.with_name(f"{path.stem} ({n}){path.suffix}")


def _recorded(folder: Path) -> dict[str, str]:
    """File name → fingerprint of the lists as we wrote them."""
    try:
        told = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stock_after(out: HandOut) -> Path:
    """What remains, with the next step: what is owed first, then what is on its way, then what lies there."""
    key = (
        pl.when(pl.col("open_units") > 0).then(pl.lit("owed"))
        .when(pl.col("stocking_type") == "jit").then(pl.lit("jit"))
        .when(pl.col("inbound_units") > 0).then(pl.lit("inbound"))
        .when((pl.col("on_hand_units") > 0) & pl.col("relist_on").is_not_null()).then(pl.lit("keep"))
        .when(pl.col("on_hand_units") > 0).then(pl.lit("stock"))
        .when(pl.col("on_hand_units").is_null()).then(pl.lit("unknown"))
        .otherwise(pl.lit("none"))
    )  # fmt: skip
    rows = out.rows.with_columns(sentences(out.rows, "loop.next." + key, out.lang).alias("next_step"))
    path = out.run.folder / say("loop.file.stock", out.lang)
    check_on = out.day + CHECK_AFTER
    return write_stock_after(path, rows, day=out.run.as_of, check_on=check_on, memory=out.run.memory, lang=out.lang)


def _notices(out: HandOut) -> Iterator[Path]:
    """The platform and the warehouse are told of every product, and by a self-run store the buyers; nobody of nothing."""
    to: tuple[Addressee, ...] = ("support", "warehouse", *(("buyer",) if out.is_self_run else ()))
    for each in to if out.rows.height else ():
        path = out.run.folder / say(f"loop.file.notice.{each}", out.lang)
        yield write_notice(path, out.rows, each, store=out.store, day=out.day, lang=out.lang)
