"""What a file says of itself around its table: its account, its days, how many rows it should have.

Such lines stand above the header in one generation of an export and below the last row in the next, with or without
``#``, padded with commas or not. So they are looked for in all rows that were set aside, and only there: a product called
共3笔记录 never passes for a footer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime

import polars as pl

from toolkit.load.cell_text import long_amount, long_moment, long_whole
from toolkit.load.recognize import Match
from toolkit.load.source import Fact
from toolkit.load.text_sheet import TextSheet

__all__ = ["facts_in", "told_by"]


def told_by(sheet: TextSheet, match: Match, set_aside: Sequence[int]) -> dict[str, str | int | datetime]:
    """The facts of a sheet's kind that its lines around the table state; `set_aside` are the rows below the header."""
    if not match.source.preamble:
        return {}
    above = [",".join(filter(None, map(str.strip, row))) for row in sheet.head[: match.header_row - sheet.first_row]]
    wanted = sheet.rows.filter(pl.col("row").is_in(list(set_aside)))
    cells = pl.concat_str((pl.col(f"c{n}").fill_null("") for n in range(sheet.width)), separator=",")
    below = wanted.select(cells.str.replace_all(r"[,\s]+,", ",").str.strip_chars(" ,\t")).collect().to_series()
    return facts_in([*above, *below], match.source.preamble)


def facts_in(lines: Sequence[str], facts: Sequence[Fact]) -> dict[str, str | int | datetime]:
    """Each fact as the first line that states it has it.

    >>> facts_in(["共3笔记录", "已支出：2笔,10.50元"], [Fact("out", r"已支出:\\d+笔,([\\d.,]+)元", "fen")])
    {'out': 1050}
    """
    texts = pl.Series("line", [unicodedata.normalize("NFKC", line) for line in lines], pl.String)
    found = {fact.name: _value(texts, fact) for fact in facts}
    return {name: value for name, value in found.items() if value is not None}


def _value(texts: pl.Series, fact: Fact) -> str | int | datetime | None:
    said = texts.str.extract(fact.pattern).str.strip_chars().drop_nulls()
    said = said.filter(said != "")
    if said.is_empty():
        return None
    text = pl.lit(said[0])
    ways = {
        "text": text,
        "count": long_whole(text),
        "fen": long_amount(text, "yuan"),
        "moment": long_moment(text, None, "Asia/Shanghai"),
    }
    return pl.select(ways[fact.kind]).item()
