"""Which words do the titles of a shop's products share? Products named alike sell alike.

Letters are cut into words, Chinese, which has no spaces, into all pairs of neighbouring characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from toolkit.analyze.week_index import stretches

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
        held = self._of_word(has.astype(float)).take(self.word) + ~has.take(self.product)
        share = self.weight / held
        shares = self._of_product(share)
        for value in values:
            overall = float(value[has].mean()) if has.any() else 0.0
            pulled = self._of_product(share * (self._of_word(value) + overall).take(self.word)) - value * shares
            yield np.where(self.whole > 0, pulled / np.maximum(self.whole, 1e-9), overall)

    def _of_product(self, each: Floats) -> Floats:
        """Sum over the words of every product."""
        return np.bincount(self.product, each, len(self.whole))

    def _of_word(self, value: Floats) -> Floats:
        """Sum over the products that bear each word."""
        return np.bincount(self.word, value.take(self.product), self.count)


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
    """The words of all titles: number of the product, and of the word.

    Titles of one shop repeat what stands between blanks: each such part is cut up once.
    """
    titles = facts["title"].fill_null("").str.split(" ")
    product, (part, parts) = np.repeat(facts["n"].to_numpy(), titles.list.len().to_numpy()), _numbered(titles.explode())
    plain, shifted, has_chinese = _words_in(parts)
    # One character further on lie the other pairs, of a title's first Chinese words.
    chinese = np.flatnonzero(has_chinese[part])
    first = chinese[np.diff(product[chinese], prepend=-1) > 0]
    product, part = np.concatenate([product, product[first]]), np.concatenate([part, len(parts) + part[first]])
    cut = pl.concat([plain, shifted])
    many = cut.list.len().cast(pl.Int64).to_numpy()
    begin = np.cumsum(many) - many
    words, _ = _numbered(cut.explode())
    return np.repeat(product, many[part]), words[stretches(begin[part], (begin + many)[part])]


def _words_in(parts: pl.Series) -> tuple[pl.Series, pl.Series, np.ndarray]:
    """Of each part of a title its words, the Chinese pairs one character further on, and whether it has any Chinese."""
    part = pl.col("part").str.to_lowercase()
    chinese = part.str.extract(r"\p{Han}+", 0)
    found = pl.DataFrame({"part": parts}).select(
        plain=part.str.extract_all(r"[a-z]{3,}|\p{Han}{2}"),
        shifted=chinese.fill_null("").str.slice(1).str.extract_all(r"\p{Han}{2}"),
        has_chinese=chinese.is_not_null(),
    )
    return found["plain"], found["shifted"], found["has_chinese"].to_numpy()


def _numbered(texts: pl.Series) -> tuple[np.ndarray, pl.Series]:
    """The number of each text, and the texts by number."""
    held = texts.cast(pl.Categorical(pl.Categories.random()))
    number = held.to_physical().cast(pl.Int64).to_numpy()
    one = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int64)
    one[number] = np.arange(len(number))
    return number, texts.gather(one)


def _distinct(product: np.ndarray, word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each product's words once, by product."""
    wide = int(word.max(initial=0)) + 1
    pair = np.sort(product * wide + word, kind="stable")
    pair = pair[np.diff(pair, prepend=-1) > 0]
    return pair // wide, pair % wide
