"""What a reconciliation came to, in a few lines, for whoever looks at the result itself."""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.words import Lang, say
from toolkit.words.sentences import sentence

__all__ = ["in_words"]


def in_words(items: pl.DataFrame, head: str, lang: Lang, *, state: str, as_of: date, things: int) -> list[str]:
    """A head line, then one line per state and currency of the open items: how many, and how much money.

    Args:
        head: key of the first line, with as_of, things and items.
        state: the column whose words name the state.
    """
    named = items.select(pl.col(state), "currency", pl.col("amount_fen").abs())
    counted = named.group_by(state, "currency").agg(rows=pl.len(), total_fen=pl.col("amount_fen").sum())
    lines = counted.sort("rows", state, "currency", descending=[True, False, False], nulls_last=True).select(
        line=sentence(say("reconciled.line", lang).replace("STATE", state), lang)
    )
    return [say(head, lang, as_of=as_of, things=things, items=items.height), *lines["line"]]
