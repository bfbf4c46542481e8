"""Which words do the titles of a shop's products share? Products named alike sell alike.

Letters are cut into words, Chinese, which has no spaces, into all pairs of neighbouring characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

__all__ = ["Words", "words_of"]

Floats = np.ndarray


@dataclass(frozen=True)
class Words:
    """The words of all titles: one entry per product and word, with the word's weight (rare words weigh more)."""

    product: np.ndarray
    word: np.ndarray
    weight: Floats
    count: int

    def of_others(self, values: Sequence[Floats], has: np.ndarray) -> Iterator[Floats]:
        """Per product the mean of its words, each word being the mean of a value over the *other* products that bear it.

        `values` are one entry per product, `has` says which of them are known. A product without words, or whose words
        nobody else bears, gets what is usual.
        """
        bears = has[self.product].astype(float)
        held = np.bincount(self.word, bears, self.count)[self.word] - bears + 1
        weight = np.bincount(self.product, self.weight, len(has))
        for value in values:
            overall = float(value[has].mean()) if has.any() else 0.0
            own = value[self.product]
            total = np.bincount(self.word, own, self.count)[self.word] - own + overall
            pulled = np.bincount(self.product, self.weight * (total / held), len(has))
            yield np.where(weight > 0, pulled / np.maximum(weight, 1e-9), overall)


def words_of(facts: pl.DataFrame) -> Words | None:
    """Title words: letters by words of three and more, Chinese by pairs of characters; words of two products and more.

    A word that more than a tenth of the products (20 at least) bear says nothing. None where no product has a title.
    """
    if "title" not in facts.columns or facts["title"].is_null().all():
        return None
    title = pl.col("title").str.to_lowercase()
    latin = title.str.extract_all(r"[a-z]{3,}")
    # Two passes one character apart give all neighbouring pairs.
    pairs = title.str.extract_all(r"[\p{Han}]{2}").list.concat(
        title.str.replace(r"^.*?\p{Han}", "").str.extract_all(r"[\p{Han}]{2}")
    )
    words = facts.select("n", word=latin.list.concat(pairs)).explode("word").drop_nulls().unique()
    limit = max(20, facts.height // 10)
    held = words.group_by("word").agg(held=pl.len()).filter(pl.col("held").is_between(2, limit)).sort("word")
    found = words.join(held.with_row_index("place"), on="word").sort("n", "place")
    return Words(
        product=found["n"].to_numpy(),
        word=found["place"].cast(pl.Int64).to_numpy(),
        weight=np.log(facts.height / np.maximum(found["held"].to_numpy(), 1)),
        count=max(held.height, 1),
    )
