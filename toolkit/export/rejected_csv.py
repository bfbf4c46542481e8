"""rejected.csv: every row or value that was not taken, with file, sheet, cell and reason.

A text file, so that it can hold more rows than a sheet. Excel opens it too, and would run a cell that begins like a
formula: such cells get an apostrophe in front. It is evidence to look things up by, never an input.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from toolkit.export.into_place import into_place
from toolkit.schema import PROBLEMS
from toolkit.words import Lang, text
from toolkit.words.columns import COLUMNS

__all__ = ["write_rejected"]

_RUNS_IN_EXCEL = r"^[=+@\t\r\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}-]"
"""What makes a spreadsheet run a cell: = + - @, a tab or return before them, and their full-width twins."""


def write_rejected(path: Path, problems: pl.DataFrame, lang: Lang = "zh") -> Path:
    """Write `schema.PROBLEMS` in words, in the order of the files.

    Raises:
        OutputError: the folder cannot be written.
    """
    worded = (
        PROBLEMS.conform(problems)
        .sort("source_file", "source_sheet", "source_row", "column", "problem", nulls_last=True)
        .with_columns(_word(column, problems, lang) for column in ("column", "problem", "effect"))
        .with_columns(_harmless(name) for name, dtype in PROBLEMS.dtypes.items() if dtype == pl.String())
        .rename({name: COLUMNS[name].title.in_(lang) for name in PROBLEMS.names})
    )
    return into_place(path, worded.write_csv(line_terminator="\r\n", include_bom=True).encode())


def _word(column: str, problems: pl.DataFrame, lang: Lang) -> pl.Expr:
    """The codes of a column as people say them; one that has no words stays as it is."""
    codes = problems.get_column(column).drop_nulls().unique()
    return pl.col(column).replace({code: _said(f"{column}.{code}", code, lang) for code in codes})


def _said(key: str, code: str, lang: Lang) -> str:
    try:
        return text(key).in_(lang)
    except KeyError:
        return code


def _harmless(name: str) -> pl.Expr:
    runs = pl.col(name).str.contains(_RUNS_IN_EXCEL) & pl.col(name).cast(pl.Float64, strict=False).is_null()
    return pl.when(runs).then("'" + pl.col(name)).otherwise(name).alias(name)
