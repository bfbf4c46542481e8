"""From rows that repeat a thing to one record of each thing, and where the repeats contradict each other.

Flattened exports repeat a product's facts on each row of its SKUs. Taking the first row would hide a contradiction, so
the facts are taken once and every later row that says something else is a problem that names both places.

A list with one row per SKU is different: its units belong to the SKU, and a product has their sum. But some lists write
the product's total on every row, and a sum would count it several times. So units are only added up where the file
itself shows that they are the SKUs': somewhere they differ from one SKU of a product to the next.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from toolkit.schema import PROBLEMS

__all__ = ["conflicts", "once", "one_each", "one_each_of_skus"]


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


def one_each_of_skus(
    table: str,
    rows: pl.LazyFrame,
    key: tuple[str, ...],
    facts: tuple[str, ...],
    *,
    named_by: tuple[str, ...],
    units: tuple[str, ...],
) -> Mapping[str, pl.LazyFrame]:
    """`one_each` for a list that may have one row per SKU: the `units` of a product are those of its SKUs together.

    `named_by` are the columns that tell one SKU of a product from another. A SKU whose units are not stated leaves its
    product's unknown, unless only one row states any: then that is the product's. Where there are such products their
    rows are ``bindings`` too.

    >>> rows = pl.LazyFrame({"product_id": ["1", "1"], "seller_sku": ["A", "B"], "on_hand_units": [5, 7],
    ...     "source_row": [2, 3], "source_file": "a.csv", "source_sheet": None})
    >>> told = one_each_of_skus("catalog", rows, ("product_id",), ("on_hand_units",),
    ...     named_by=("seller_sku",), units=("on_hand_units",))
    >>> told["catalog"].collect()["on_hand_units"].item(), told["problems"].collect().height
    (12, 0)
    """
    frame = _with_sku(rows, key, named_by)
    of_skus = frame.filter("_several")
    if of_skus.is_empty():
        return one_each(table, rows, key, facts)
    differs = [unit for unit in units if _differs(of_skus, key, unit)]
    totals = [pl.when("_several").then(_total(unit, key)).otherwise(unit).alias(unit) for unit in differs]
    told = one_each(table, frame.with_columns(totals).select(pl.exclude("^_.*$")).lazy(), key, facts)
    sku = (*key, "_sku")
    within = [conflicts(of_skus.lazy(), sku, tuple(differs))] if differs else []
    alike = [_alike(of_skus, key, unit) for unit in units if unit not in differs]
    problems = pl.concat([told["problems"], *within, *(found.lazy() for found in alike)])
    return {**told, "problems": problems, "bindings": once(of_skus.lazy(), sku)}


def _with_sku(rows: pl.LazyFrame, key: tuple[str, ...], named_by: tuple[str, ...]) -> pl.DataFrame:
    """The rows by place, with `_sku`, `_several`: whether its product has one row per SKU, and `_first` of each SKU."""
    name = pl.concat_str(named_by, separator=" / ", ignore_nulls=True)
    named = rows.sort("source_row").with_columns(_sku=pl.when(name != "").then(name))
    several = pl.col("_sku").is_not_null().all() & (pl.col("_sku").n_unique() > 1)
    return named.with_columns(
        several.over(key).alias("_several"), pl.col("_sku").is_first_distinct().over(key).alias("_first")
    ).collect()


def _differs(of_skus: pl.DataFrame, key: tuple[str, ...], unit: str) -> bool:
    """Whether some product's SKUs have different units: then the column counts SKUs, not products."""
    counted = of_skus.filter(pl.col(unit).is_not_null(), "_first").group_by(key).agg(pl.col(unit).n_unique())
    return bool((counted[unit] > 1).any())


def _total(unit: str, key: tuple[str, ...]) -> pl.Expr:
    units = pl.when("_first").then(unit)
    known, all_of_them = units.is_not_null().sum(), pl.col("_first").sum()
    return pl.when((known == all_of_them) | (known == 1)).then(units.sum()).over(key)


def _alike(of_skus: pl.DataFrame, key: tuple[str, ...], unit: str) -> pl.DataFrame:
    """One problem for the whole sheet when every SKU states the same units as its product's others: taken once."""
    told = of_skus.filter("_first", pl.col(unit) > 0, (pl.col(unit) > 0).sum().over(key) > 1)
    said = {"column": pl.lit(unit), "problem": pl.lit("sku_units_alike"), "effect": pl.lit("first_kept")}
    first = told.select("source_file", "source_sheet", "source_row", value=pl.col(unit).cast(pl.String), **said)
    return PROBLEMS.conform(first.head(1))
