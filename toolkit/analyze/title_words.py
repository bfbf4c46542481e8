"""Does a title contain a word? Whole words in Latin script, any run of characters in Chinese.

``cat`` must not be found in ``catalog``, while 猫 must be found in 宠物猫窝: Chinese has no spaces. Both come out of one
rule when every Chinese character is a word of its own: a term is found where its words stand in the title, in order
and side by side. Case, width (ＡＢＣ) and punctuation do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

__all__ = ["as_words", "found_terms"]


def as_words(text: pl.Expr) -> pl.Expr:
    """A text as words between single spaces, with one at each end.

    >>> pl.select(as_words(pl.lit("新款Cat-Bed（猫窝）")))["literal"].item()
    ' 新 款 cat bed 猫 窝 '
    """
    spaced = (
        text.str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all(r"(\p{Han})", " $1 ")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
    )
    return pl.concat_str(pl.lit(" "), spaced.str.strip_chars(), pl.lit(" "))


def found_terms(titles: pl.DataFrame, terms: Sequence[str]) -> pl.DataFrame:
    """One row per product and term its title contains: product_id, term (as given). Sorted.

    `titles` has product_id and title; a null title contains nothing.

    >>> titles = pl.DataFrame({"product_id": ["1", "2"], "title": ["Cat bed 猫窝", "catalog"]})
    >>> found_terms(titles, ["cat", "猫窝"]).rows()
    [('1', 'cat'), ('1', '猫窝')]
    """
    words = pl.DataFrame({"term": terms}, schema={"term": pl.String()}).unique()
    words = words.with_columns(words=as_words(pl.col("term"))).filter(pl.col("words").str.strip_chars() != "")
    patterns = pl.Series(words["words"].unique().sort(), dtype=pl.String())
    found = titles.select(
        "product_id", words=as_words(pl.col("title")).str.extract_many(patterns.implode(), overlapping=True)
    )
    rows = found.explode("words", empty_as_null=False).drop_nulls().unique()
    return rows.join(words, on="words").select("product_id", "term").sort("product_id", "term")
