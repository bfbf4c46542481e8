"""Two files that contradict each other: what was believed, what was not, and where both stand.

The view believes the newest file and goes on; a person must be able to see that it did. So each value that was not
taken is one problem, with its own place and, behind the ≠, the value that was taken and the place of that.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from toolkit import schema
from toolkit.history.lines import DIFFERS, FAR_APART, ORDER, nth_in_file

__all__ = ["MOST_LINES", "fact_conflicts", "line_conflicts", "two_products"]

MOST_LINES = 1_000
"""So many contradictions about lines are listed one by one; of more, one problem says how many there are."""
_ORIGIN = tuple(column.name for column in schema.ORIGIN)
_LINE = (*ORDER, "order_line_id")


def fact_conflicts(rows: pl.DataFrame, table: schema.Table) -> pl.DataFrame:
    """Values of the same key and day that were not taken because another file says otherwise, with that place.

    `rows` come newest first, with `_batch`. Free text is not compared: two lists may call a product by two names.
    """
    key = list(dict.fromkeys((*table.key, "observed_on")))
    told_again = rows.filter(pl.struct(key).is_duplicated())
    compared = [
        column
        for column in table.columns
        if column.name not in (*key, *_ORIGIN) and (column.unit != "text" or column.name == "currency")
    ]
    found = [_about(told_again, column, key) for column in compared]
    return pl.concat([schema.PROBLEMS.empty(), *found])


def line_conflicts(
    pool: pl.DataFrame, identity: Sequence[str], table: schema.Table, lines: pl.DataFrame
) -> pl.DataFrame:
    """Quantities, prices and far days of the same line that were not taken; `lines` are what `newest_lines` made of `pool`.

    Only the lines that it marked are looked at again.
    """
    marked = lines.filter(DIFFERS).select(identity).unique()
    if marked.is_empty():
        return schema.PROBLEMS.empty()
    rows = pool.join(marked, on=identity, how="semi", nulls_equal=True).with_columns(nth_in_file(identity))
    rows = rows.sort("_score", "source_row", descending=[True, False])
    key = [*identity, "_nth"]
    by_name = {column.name: column for column in table.columns}
    found = [_about(rows, by_name["quantity"], key), _about(rows, by_name["unit_price_fen"], [*key, "currency"])]
    if "ordered_on" in by_name:
        apart = (pl.col("ordered_on") - pl.col("_taken")).abs() > pl.lit(FAR_APART)
        found.append(_about(rows, by_name["ordered_on"], key, is_other=apart))
    return pl.concat(found)


def two_products(pool: pl.DataFrame) -> pl.DataFrame:
    """Order lines that two files give the same line number but another product; both count until somebody looks.

    A line number may be a mere position that another export counts anew, so neither line is dropped for it.
    """
    if pool["order_line_id"].null_count() == pool.height:
        return schema.PROBLEMS.empty()
    named = pool.filter(pl.col("order_line_id").is_not_null() & pl.col("order_id").is_not_null())
    told = named.group_by(*_LINE, "product_id").agg(_by=pl.col("_batch").n_unique())
    files = named.group_by(_LINE).agg(_of=pl.col("_batch").n_unique(), _products=pl.col("product_id").n_unique())
    several = files.filter(pl.col("_of") > 1, pl.col("_products") > 1)
    odd = told.join(several, on=_LINE, nulls_equal=True).filter(pl.col("_by") < pl.col("_of"))
    rows = named.join(odd.select(_LINE).unique(), on=_LINE, how="semi", nulls_equal=True)
    rows = rows.sort("_score", "source_row", descending=[True, False])
    column = next(c for c in schema.ORDER_LINES.columns if c.name == "product_id")
    return _about(rows, column, list(_LINE), effect="both_counted")


def _about(
    told_again: pl.DataFrame,
    column: schema.Column,
    key: list[str],
    *,
    is_other: pl.Expr | None = None,
    effect: str = "conflict",
) -> pl.DataFrame:
    """Conflicts about one column, of rows that come newest first."""
    known = pl.col(column.name).is_not_null()
    place = pl.concat_str(
        "source_file", "source_sheet", pl.col("source_row").cast(pl.String), separator=" › ", ignore_nulls=True
    )
    taken = {"_taken": pl.col(column.name), "_place": place, "_from": pl.col("_batch")}
    differs = pl.col(column.name) != pl.col("_taken") if is_other is None else is_other
    lost = told_again.with_columns(v.filter(known).first().over(key).alias(n) for n, v in taken.items()).filter(
        known & differs & (pl.col("_batch") != pl.col("_from"))
    )
    value = pl.format("{} ≠ {} ({})", _plain(column, column.name), _plain(column, "_taken"), "_place")
    said = {
        "column": pl.lit(column.name),
        "value": value,
        "problem": pl.lit("two_values"),
        "effect": pl.lit(effect),
    }
    return schema.PROBLEMS.conform(lost.select("source_file", "source_sheet", "source_row", **said))


def _plain(column: schema.Column, name: str) -> pl.Expr:
    """A value as a person reads it: amounts in the major unit."""
    value = pl.col(name)
    if column.unit != "fen":
        return value.cast(pl.String)
    return pl.format("{}.{}", value // 100, (value % 100).cast(pl.String).str.zfill(2))
