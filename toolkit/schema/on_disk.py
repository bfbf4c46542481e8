"""A table as a file on the disk holds it, when it is too large to be written twice.

A typed file of millions of rows is dear to write. So it is written once, while it is read, with only the columns that
differ from row to row; what is the same on every row is kept beside it and added when the rows are read. Rows of the
file that are not the table's (a footer, a rejected line) are marked in it, and left out then.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit.schema.table import Table

__all__ = ["KEPT", "OnDisk"]

KEPT = "_kept"
"""The column of the file that says whether a row is the table's."""


@dataclass(frozen=True)
class OnDisk:
    """Where the rows of a table lie."""

    path: Path
    """A Parquet file."""
    same: pl.DataFrame
    """One row: the columns that are the same on every row of the table. They go before the file's."""
    has_others: bool
    """Whether the file holds rows that are not the table's."""

    def rows(self, table: Table) -> pl.LazyFrame:
        """The rows, with exactly the table's columns."""
        rows = pl.scan_parquet(self.path, glob=False)
        if self.has_others:
            rows = rows.filter(KEPT)
        constants = [pl.lit(value.item(), value.dtype).alias(value.name) for value in self.same]
        return table.conform(rows.with_columns(constants))
