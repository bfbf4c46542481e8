"""The score table as a workbook: one plain sheet, the same columns under the same names as the csv and Parquet files.

It is for whoever computes on; the work list for people is `toolkit.export.delist_workbook`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from toolkit.export.cells import Shown
from toolkit.export.workbook import Workbook
from toolkit.schema import DECISIONS, HORIZONS, PROFILE, horizon_columns
from toolkit.words import Lang, say

__all__ = ["write_score_table"]


def write_score_table(path: Path, table: pl.DataFrame, *, as_of: date, lang: Lang = "zh") -> Path:
    """Write the table; gives the path really written. Amounts stay integers of fen, as their column names say.

    Raises:
        OutputError: the folder cannot be written, or the file does not read back as it was meant.
    """
    book = Workbook(day=as_of, lang=lang, title=say("workbook.sheet.all", lang))
    sheet = book.sheet("score", plain=True)
    sheet.table(table, [_shown(name, table.schema[name]) for name in table.columns], keep_left=2, empty="")
    return book.save(path)


def _shown(name: str, dtype: pl.DataType) -> Shown:
    units = {column.name: column.unit for column in (*PROFILE.columns, *DECISIONS.columns)}
    units |= {column.name: column.unit for weeks in HORIZONS for column in horizon_columns(weeks)}
    unit = units.get(name, "text" if dtype == pl.String else "ratio")
    return Shown(name, name, "count" if unit == "fen" else unit)
