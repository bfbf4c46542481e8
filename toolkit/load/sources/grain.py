"""From rows that repeat a thing to one record of each thing, and where the repeats contradict each other.

Flattened exports repeat a product's facts on each row of its SKUs. Taking the first row would hide a contradiction, so
the facts are taken once and every later row that says something else is a problem that names both places.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.schema import PROBLEMS

__all__ = ["conflicts", "once", "one_each"]


def one_each(
    table: str, rows: pl.LazyFrame, key: tuple[str, ...], facts: tuple[str, ...]
) -> Mapping[str, pl.LazyFrame]:
    """What a shape gives for a snapshot: one record per key, and the `facts` in which rows of one key differ.

    >>> rows = pl.LazyFrame({"product_id": ["1", "1"], "title": ["cup", "cup"], "source_row": [2, 3],
    ...     "source_file": "a.csv", "source_sheet": None})
    >>> told = one_each("catalog", rows, ("product_id",), ("title",))
    >>> told["catalog"].collect().height, told["problems"].collect().height
    (1, 0)
    """
    return {table: once(rows, key), "problems": conflicts(rows, key, facts)}


def once(rows: pl.LazyFrame, key: tuple[str, ...]) -> pl.LazyFrame:
    """One record per key, in the file's order: of each column the first value that some row states.

    >>> rows = pl.LazyFrame({"product_id": ["1", "1"], "title": [None, "cup"], "source_row": [3, 2]})
    >>> once(rows, ("product_id",)).collect().row(0)
    ('1', 'cup', 2)
    """
    flags = [name for name in rows.collect_schema().names() if name == "is_suspect_id"]
    # An id that stands as text on one of the rows is not in doubt.
    told = [pl.exclude(*key, *flags).drop_nulls().first(), *(pl.col(name).all() for name in flags)]
    return rows.sort("source_row").group_by(*key).agg(told).sort("source_row")


def conflicts(rows: pl.LazyFrame, key: tuple[str, ...], facts: tuple[str, ...]) -> pl.LazyFrame:
    """One problem for each row that states another value of a fact than the first row of the same key did.

    >>> rows = pl.LazyFrame({"product_id": ["1", "1"], "title": ["cup", "mug"], "source_row": [2, 3],
    ...     "source_file": "a.csv", "source_sheet": None})
    >>> conflicts(rows, ("product_id",), ("title",)).select("source_row", "column", "value").collect().row(0)
    (3, 'title', 'mug ≠ cup (2)')
    """
    place = ("source_file", "source_sheet", "source_row")
    said = (
        rows.select(*key, *place, *(_as_read(fact) for fact in facts))
        .unpivot(list(facts), index=[*key, *place], variable_name="column")
        .drop_nulls("value")
        .sort("source_row")
    )
    by = [*key, "column"]
    other = pl.format("{} ≠ {} ({})", "value", pl.col("value").first().over(by), pl.col("source_row").first().over(by))
    found = said.with_columns(
        differs=pl.col("value") != pl.col("value").first().over(by),
        value=other,
        problem=pl.lit("conflict"),
        effect=pl.lit("first_kept"),
    )
    return PROBLEMS.conform(found.filter("differs"))


def _as_read(fact: str) -> pl.Expr:
    """A fact as a person reads it: amounts in the unit the file has."""
    value = pl.col(fact) / 100 if fact.endswith("_fen") else pl.col(fact)
    return value.cast(pl.String)
