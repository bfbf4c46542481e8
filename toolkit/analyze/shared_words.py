"""Which words do the titles of a shop's products share? Products named alike sell alike.

Letters are cut into words, Chinese, which has no spaces, into all pairs of neighbouring characters.
"""

from __future__ import annotations

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
