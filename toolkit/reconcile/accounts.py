"""Whose account is it, when a bill writes 138****1234, an application 1234, and a statement the whole number?

Two accounts may be the same when one is the end of the other. There are thousands of both, so they are found by joins:
by each length that occurs, or by the last characters where all are long enough.
"""

from __future__ import annotations

import polars as pl

__all__ = ["joined", "same_tail", "tail"]

_END = 4
"""Characters by which accounts are joined that are at least as long: Alipay's own masked accounts show as many."""


def tail(account: pl.Expr) -> pl.Expr:
    """What is legible at the end of an account: 138****1234 is 1234; null where nothing is."""
    end = account.str.strip_chars().str.extract(r"([^*＊]*)$")
    return pl.when(end != "").then(end)


def same_tail(mine: pl.Series, theirs: pl.Series) -> pl.DataFrame:
    """Every two accounts of which one is the end of the other: mine, theirs, each pair once; null fits nothing.

    >>> same_tail(pl.Series(["13800001234", "4"]), pl.Series(["1234", "9999"])).rows()
    [('13800001234', '1234'), ('4', '1234')]
    """
    sides = {
        name: pl.DataFrame({name: side.drop_nulls().unique()}) for name, side in (("mine", mine), ("theirs", theirs))
    }
    found = [pl.DataFrame(schema={"mine": pl.String, "theirs": pl.String})]
    for short, long in (("mine", "theirs"), ("theirs", "mine")):
        for length in sides[short][short].str.len_chars().unique():
            ends = sides[short].filter(pl.col(short).str.len_chars() == length)
            longer = sides[long].filter(pl.col(long).str.len_chars() >= length)
            ended = longer.with_columns(pl.col(long).str.tail(length).alias(short))
            found.append(ended.join(ends, on=short).select("mine", "theirs"))
    return pl.concat(found).unique().sort("mine", "theirs")


def joined(left: pl.DataFrame, right: pl.DataFrame, *, on: list[str]) -> pl.DataFrame:
    """An inner join of rows with an account each (`account`, `account_right`), without most pairs whose accounts differ.

    Where both accounts are long enough their last characters must be equal; a short or unknown one is kept beside all,
    and whether it fits is for the caller to say.
    """
    end = pl.when(pl.col("account").str.len_chars() >= _END).then(pl.col("account").str.tail(_END))
    mine, theirs = left.with_columns(__end=end), right.with_columns(__end=end)
    is_known = pl.col("__end").is_not_null()
    parts = [
        mine.filter(is_known).join(theirs.filter(is_known), on=[*on, "__end"]),
        mine.filter(is_known).join(theirs.filter(~is_known), on=on),
        mine.filter(~is_known).join(theirs, on=on),
    ]
    return pl.concat(part.drop("__end", "__end_right", strict=False) for part in parts)
