"""What a file says once, for all its rows: its day, its period, its channel, the currency of its amounts.

A column of the sheet speaks first, row by row; where it is silent or missing, what the file says of itself stands in. What
is the same on every row is kept apart, so that it need not be written a million times.
"""

from __future__ import annotations

import polars as pl

from toolkit.load.cell_text import Cell, currency_code, rarely
from toolkit.load.fields import Id, Money
from toolkit.load.recognize import Match
from toolkit.load.source import FileFacts

__all__ = ["amounts", "completed", "judged_ids", "same_on_all"]

_ID_COLUMNS = ("product_id", "sku_id", "sc_item_id")


def judged_ids(match: Match) -> tuple[str, ...]:
    """The ids that a row's `is_suspect_id` speaks of: the first the sheet has of product, SKU and warehouse item.

    Rows about money have none of these, and match by any id they have: there all are judged.
    """
    ids = [column.field.column for column in match.columns if isinstance(column.field, Id)]
    return next(((name,) for name in _ID_COLUMNS if name in ids), tuple(ids))


def amounts(match: Match, facts: FileFacts) -> dict[str, pl.Expr]:
    """One currency per row: as its own column states, else as the first amount states, else the file's.

    An amount in another currency than its row's is a problem (`_mixed`), and null: two currencies never meet in a row.
    """
    money = [(n, column) for n, column in enumerate(match.columns) if isinstance(column.field, Money)]
    if not money:
        return {}
    has_own = any(column.field.column == "currency" for column in match.columns)
    stated = rarely(pl.col("currency"), currency_code, pl.String()) if has_own else pl.lit(None, pl.String)
    usual = facts.currency if match.source.currency is None else match.source.currency or None
    default = {n: pl.lit(column.currency or usual, pl.String) for n, column in money}
    told = {n: pl.coalesce(pl.col(f"_stated{n}"), stated, default[n]) for n, column in money}
    value = {n: pl.col(column.field.column) for n, column in money}
    row = pl.coalesce(stated, *(pl.when(value[n].is_not_null()).then(told[n]) for n, _ in money))
    mixed = {n: (value[n].is_not_null() & (told[n] != row)).fill_null(False) for n, _ in money}
    some = pl.any_horizontal(*(value[n].is_not_null() for n, _ in money))
    return {
        **{column.field.column: pl.when(~mixed[n]).then(value[n]) for n, column in money},
        **{f"_mixed{n}": mixed[n] for n, _ in money},
        "currency": pl.when(some).then(row),
    }


def _told(match: Match, facts: FileFacts) -> dict[str, pl.Expr]:
    """What the file says of itself and its kind, for rows that are silent."""
    told = {name: pl.lit(value) for name, value in match.source.constants.items()}
    told["observed_on"] = pl.lit(facts.observed_on, pl.Date)
    if match.source.table == "period_sales" and facts.period is not None:
        told |= {"period_start": pl.lit(facts.period[0]), "period_end": pl.lit(facts.period[1])}
    return told


def _from_rows(match: Match) -> set[str]:
    """The canonical columns that differ from row to row."""
    nothing = Cell(pl.lit(None, pl.String))
    return {name for column in match.columns for name in (column.field.column, *column.field.beside(nothing))}


def completed(match: Match, facts: FileFacts) -> dict[str, pl.Expr]:
    """Columns of the sheet, completed by what the file says of itself."""
    own = _from_rows(match)
    return {name: pl.coalesce(pl.col(name), value) for name, value in _told(match, facts).items() if name in own}


def same_on_all(match: Match, facts: FileFacts) -> dict[str, pl.Expr]:
    """Columns that are the same on every row: they are not written a million times, but added when rows are read."""
    own, nothing = _from_rows(match), Cell(pl.lit(None, pl.String))
    if any(isinstance(column.field, Money) for column in match.columns):
        own.add("currency")
    same = {
        name: pl.lit(None, field.dtype)
        for field in match.source.fields
        for name in (field.column, *field.beside(nothing))
    }
    same |= _told(match, facts)
    same |= {"source_file": pl.lit(facts.file), "source_sheet": pl.lit(facts.sheet, pl.String)}
    if not judged_ids(match):
        same["is_suspect_id"] = pl.lit(False)
    return {name: value for name, value in same.items() if name not in own}
