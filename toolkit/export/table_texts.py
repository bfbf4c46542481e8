"""The texts of a table, made ready for a writer that keeps each different text once.

Almost all texts go in as they are. Some need a closer look, one by one: those the writer would take for its own markup,
characters that no XML holds, and texts that may be too long for a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from toolkit.export.cells import TEXT_UNITS, Shown, words
from toolkit.words import Lang

__all__ = ["LONGEST_TEXT", "TableTexts"]

LONGEST_TEXT = 32_767
"""What a cell holds, as Excel counts (UTF-16)."""
_SPECIAL = "^<r>|[\ufffe\uffff]"
"""What the writer takes for its own markup, and characters that no XML holds."""


@dataclass(frozen=True)
class TableTexts:
    """The text columns of a table, by the number of their column in the sheet."""

    plain: pl.DataFrame
    """As people read them, each column named by its number; null where the cell is blank or its text goes in alone."""
    different: dict[int, list[str]]
    """The different texts of each column, in the order in which they first stand there."""
    filled: dict[int, int]
    """How many cells of each column hold a text."""
    alone: dict[int, dict[int, str]]
    """Row → text of what needs a closer look, for the columns that hold such."""

    @classmethod
    def of(cls, frame: pl.DataFrame, columns: Sequence[Shown], lang: Lang) -> TableTexts:
        """The texts that these columns of a frame show.

        >>> frame = pl.DataFrame({"title": ["鞋", "<r>", "鞋"]})
        >>> texts = TableTexts.of(frame, [Shown("title", "标题", "text")], "zh")
        >>> texts.different, texts.filled, texts.alone
        ({0: ['鞋']}, {0: 2}, {0: {1: '<r>'}})
        """
        shown = {at: column for at, column in enumerate(columns) if column.unit in TEXT_UNITS}
        said = frame.select(words(column, lang).alias(str(at)) for at, column in shown.items())
        odd = said.select(
            (pl.all().str.contains(_SPECIAL) | (pl.all().str.len_chars() > LONGEST_TEXT // 2)).fill_null(False)
        )
        alone = {at: {n: said[str(at)][n] for n in odd[str(at)].arg_true()} for at in shown if odd[str(at)].any()}
        plain = said.with_columns(pl.when(~odd[str(at)]).then(str(at)).alias(str(at)) for at in alone)
        different = plain.select(pl.all().drop_nulls().unique(maintain_order=True).implode())
        filled = {at: plain[str(at)].len() - plain[str(at)].null_count() for at in shown}
        return cls(plain, {at: different[str(at)][0].to_list() for at in shown}, filled, alone)
