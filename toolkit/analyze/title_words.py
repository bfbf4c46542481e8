"""Does a title contain a word? Whole words in Latin script, any run of characters in Chinese.

``cat`` must not be found in ``catalog``, while 猫 must be found in 宠物猫窝: Chinese has no spaces. Both come out of one
rule when every Chinese character is a word of its own: a term is found where its words stand in the title, in order
and side by side. Case, width (ＡＢＣ) and punctuation do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

__all__ = ["as_words", "found_terms", "where_found"]

_AROUND = 8
"""Characters shown on either side of a term."""


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


def where_found(found: pl.DataFrame) -> pl.DataFrame:
    """One row per row of `found` (product_id, title, term): product_id, term, `at` and `around`. Sorted.

    `at` is the character of the title (width folded: ＡＢＣ is ABC) at which the term first stands, from 1; `around` are the
    words around it with the term in 【】. Both are null where the title does not contain the term.

    >>> found = pl.DataFrame({"product_id": ["1"], "title": ["Catalog and Cat-Bed for cats"], "term": ["cat bed"]})
    >>> where_found(found).select("at", "around").row(0)
    (13, '…log and 【Cat-Bed】 for cat…')
    """
    plain = found.with_columns(title=pl.col("title").str.normalize("NFKC"))
    parts = [
        rows.with_columns(rows["title"].str.extract_groups(_pattern(rows["term"][0])).alias("_")).unnest("_")
        for rows in plain.partition_by("term")
    ]
    empty = plain.clear().with_columns(pl.lit(None, pl.String).alias(name) for name in ("before", "hit", "after"))
    told = pl.concat([empty, *parts])
    return told.select(
        "product_id", "term", at=pl.col("before").str.len_chars().cast(pl.Int64) + 1, around=_around()
    ).sort("product_id", "term")


def _around() -> pl.Expr:
    before, after = pl.col("before"), pl.col("after")
    left = pl.when(before.str.len_chars() > _AROUND).then(pl.lit("…") + before.str.tail(_AROUND)).otherwise(before)
    right = pl.when(after.str.len_chars() > _AROUND).then(after.str.head(_AROUND) + pl.lit("…")).otherwise(after)
    return left + pl.lit("【") + pl.col("hit") + pl.lit("】") + right


def _pattern(term: str) -> str:
    """Where `found_terms` finds a term, as a pattern over the title: its words in order, nothing but separators between."""
    words = pl.Series(pl.select(as_words(pl.lit(term))).item().split(), dtype=pl.String)
    han = words.str.contains(r"\p{Han}").to_list()
    body = words[0]
    for word, is_han, was_han in zip(words[1:], han[1:], han, strict=False):
        body += rf"[^\p{{L}}\p{{N}}]{'*' if is_han or was_han else '+'}{word}"
    edge = r"(?:[^\p{L}\p{N}]|\p{Han})"
    before = ".*?" if han[0] else f"|.*?{edge}"
    after = ".*" if han[-1] else f"{edge}.*|"
    return f"(?is)^(?<before>{before})(?<hit>{body})(?<after>{after})$"
