"""What does a listing say about which of several likewise products it is: numbers, colour, size, for whom?

No product list of a fully-managed store is known to state attributes in columns, so they are read from the title:
numbers with their measure (350ml, 37码, 3件装, also 三件套), and the words of ``attribute_words.toml``, whose Chinese and
English forms are one value (墨绿, dark green). A title that says nothing of a kind leaves it unknown.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import polars as pl

from toolkit.analyze.title_words import as_words

__all__ = ["ATTRIBUTES", "title_attributes"]

ATTRIBUTES = ("colour", "size", "who")
"""Kinds of words; numbers are a kind of their own."""
_COUNTED = r"[一二两三四五六七八九十百]+(?:件|只|个|条|双|对|片|张|支|把|套|层|格|档|色|寸|米|斤)"


@cache
def _words() -> pl.DataFrame:
    """kind, value, words (as `_apart` writes them), the longest first."""
    text = files("toolkit.analyze").joinpath("attribute_words.toml").read_text(encoding="utf-8")
    rows = [
        (kind, value, word)
        for kind, values in tomllib.loads(text).items()
        for value, words in values.items()
        for word in words
    ]
    table = pl.DataFrame(rows, schema=("kind", "value", "word"), orient="row")
    apart = table.with_columns(words=_apart(pl.col("word")).str.slice(1).str.head(-1))
    unlike = apart.unique("words", keep="first", maintain_order=True)
    return unlike.sort(pl.col("words").str.len_chars(), descending=True, maintain_order=True)


def _apart(text: pl.Expr) -> pl.Expr:
    """Words with two spaces between them, so that neighbours can both be found, each with one at its ends."""
    return as_words(text).str.replace_all(" ", "  ")


def title_attributes(titles: pl.Series) -> pl.DataFrame:
    """One row per title, in its order: numbers (text, never null), colour, size, who (null where it says none).

    Several values of a kind stand together in the order of the alphabet: ``black red``.

    >>> said = title_attributes(pl.Series(["女士凉鞋 37码 黑色 Black", "凉鞋", "Dark Green Cup 三件套 350ml"]))
    >>> said.rows()
    [('37', 'black', None, 'women'), ('', None, None, None), ('350 三件', 'dark_green', None, None)]
    """
    known = _words()
    told = titles.to_frame("title").with_row_index("n")
    # Of words that begin at one place the longest counts: "dark green" is not also green, "men's" no size S.
    found = told.select("n", words=_apart(pl.col("title")).str.extract_many(known["words"].implode(), leftmost=True))
    values = (
        found.explode("words", empty_as_null=False)
        .drop_nulls()
        .join(known, on="words")
        .unique(["n", "kind", "value"])
        .sort("n", "kind", "value")
        .group_by("n", "kind", maintain_order=True)
        .agg(pl.col("value").str.join(" "))
    )
    wide = told.select("n", numbers=_numbers(pl.col("title")))
    for kind in ATTRIBUTES:
        mine = values.filter(pl.col("kind") == kind).select("n", pl.col("value").alias(kind))
        wide = wide.join(mine, on="n", how="left", maintain_order="left")
    return wide.drop("n")


def _numbers(title: pl.Expr) -> pl.Expr:
    """The numbers of a title, each once, whatever their order: a title in two languages says them twice."""
    plain = title.str.normalize("NFKC")
    counted = plain.str.extract_all(_COUNTED)
    return (
        pl.concat_list(plain.str.extract_all(r"\d+(?:\.\d+)?"), counted)
        .list.unique()
        .list.sort()
        .list.join(" ")
        .fill_null("")
    )
