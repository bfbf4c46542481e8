"""A product's story: each step the ledger knows of it, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from toolkit.errors import DataError
from toolkit.words import Lang, keys, say

__all__ = ["story"]


def story(rows: pl.DataFrame, product_id: str, lang: Lang = "zh") -> list[str]:
    """What happened to one product, oldest first; `rows` are the ledger's (`schema.LEDGER`).

    Raises:
        DataError: the ledger knows nothing of the product.

    >>> from datetime import datetime
    >>> from toolkit.schema import LEDGER
    >>> rows = LEDGER.frame(product_id=["1005"], state=["planned"], who=["li"], at=[datetime(2026, 11, 24, 9)],
    ...     week=["2026-W47"], action=["DELIST"], rule=["never_sold"])
    >>> story(rows, "1005", "en")
    ['2026-11-24 09:00 li: never proposed → planned, 2026-W47, delist: never sold']
    """
    mine = rows.filter(pl.col("product_id") == product_id)
    if mine.is_empty():
        raise DataError("product_no_story", product=product_id)
    return [_sentence(row, lang) for row in mine.iter_rows(named=True)]


def _sentence(row: Mapping[str, Any], lang: Lang) -> str:
    step = say(
        "log.step",
        lang,
        before=say(f"state.{row['from_state'] or 'none'}", lang),
        state=say(f"state.{row['state']}", lang),
    )
    return say("log.line", lang, at=row["at"], who=row["who"], step=step, why="".join(_details(row, lang)))


def _details(row: Mapping[str, Any], lang: Lang) -> list[str]:
    """How it is known, by which run and rule, and what was noted; only what the row states."""
    said: list[str] = []
    if row["evidence"]:
        said.append(say("log.evidence", lang, evidence=say(f"evidence.{row['evidence']}", lang)))
    if row["state"] == "planned" and row["week"]:
        said.append(say("log.run", lang, week=row["week"]))
    if row["state"] == "planned" and row["rule"]:
        action, rule = say(f"action.{row['action']}", lang), say(f"rule.{row['rule']}", lang)
        said.append(say("log.rule", lang, action=action, rule=rule))
    if row["relist_on"] and row["state"] in ("planned", "delisted"):
        said.append(say("log.relist_on", lang, day=row["relist_on"]))
    if row["note"]:
        worded = next((key for key in (f"refused.{row['note']}", f"noted.{row['note']}") if key in keys()), None)
        said.append(say("log.note", lang, note=say(worded, lang) if worded else row["note"]))
    return said
