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
    """Ascending."""
    word: np.ndarray
    weight: Floats
    count: int
    """How many words there are."""
    whole: Floats
    """Weight of all the words of each product."""

    def of_others(self, values: Sequence[Floats], has: np.ndarray) -> Iterator[Floats]:
        """Per product the mean of its words, each word being the mean of a value over the *other* products that bear it.

        `values` are one entry per product, 0 where `has` says that none is known. A product without words, or whose words
        nobody else bears, gets what is usual.

        With the sum S of a word over the n products that bear it, the mean over the others, held near the usual u by one
        more product of it, is (S − own + u) / n; products of which nothing is known are among nobody's others.
        """
        held = self._of_word(has.astype(float))[self.word] + ~has[self.product]
        share = self.weight / held
        shares = self._of_product(share)
        for value in values:
            overall = float(value[has].mean()) if has.any() else 0.0
            pulled = self._of_product(share * (self._of_word(value) + overall)[self.word]) - value * shares
            yield np.where(self.whole > 0, pulled / np.maximum(self.whole, 1e-9), overall)

    def _of_product(self, each: Floats) -> Floats:
        """Sum over the words of every product."""
        return np.bincount(self.product, each, len(self.whole))

    def _of_word(self, value: Floats) -> Floats:
        """Sum over the products that bear each word."""
        return np.bincount(self.word, value[self.product], self.count)


def words_of(facts: pl.DataFrame) -> Words | None:
    """Title words: letters by words of three and more, Chinese by pairs of characters; words of two products and more.

    A word that more than a tenth of the products (20 at least) bear says nothing. None where no product has a title.
    """
    if "title" not in facts.columns or facts["title"].is_null().all():
        return None
    product, word = _distinct(*_cut(facts))
    held = np.bincount(word)
    keeps = (held >= 2) & (held <= max(20, facts.height // 10))
    product, word = product[keeps[word]], word[keeps[word]]
    weight = np.log(facts.height / held[word])
    return Words(
        product=product,
        word=(np.cumsum(keeps) - 1)[word],
        weight=weight,
        count=max(int(keeps.sum()), 1),
        whole=np.bincount(product, weight, facts.height),
    )


def _cut(facts: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The words of all titles in their order: number of the product, and of the word."""
    title = pl.col("title").fill_null("").str.to_lowercase()
    # Two passes one character apart give all neighbouring pairs of the first Chinese words.
    shifted = title.str.extract(r"\p{Han}+", 0).fill_null("").str.slice(1)
    found = facts.select(
        "n",
        plain=title.str.extract_all(r"[a-z]{3,}|\p{Han}{2}"),
        shifted=shifted.str.extract_all(r"\p{Han}{2}"),
    )
    each = [found["plain"], found["shifted"]]
    product = np.concatenate([np.repeat(found["n"].to_numpy(), words.list.len().to_numpy()) for words in each])
    words = pl.concat([words.explode() for words in each])
    return product, words.cast(pl.Categorical(pl.Categories.random())).to_physical().cast(pl.Int64).to_numpy()


def _distinct(product: np.ndarray, word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each product's words once, by product."""
    wide = int(word.max(initial=0)) + 1
    pair = np.sort(product * wide + word)
    pair = pair[np.diff(pair, prepend=-1) > 0]
    return pair // wide, pair % wide
