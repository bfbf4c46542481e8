"""What a table is: columns with name, dtype and unit, a key, and a sentence that says what one row is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import polars as pl

__all__ = ["ORIGIN", "PLACE", "Column", "Table", "ids", "of"]

ID, TEXT, DAY, FLAG, COUNT, SHARE = pl.String(), pl.String(), pl.Date(), pl.Boolean(), pl.Int64(), pl.Float64()
Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
MOMENT = pl.Datetime("us")


@dataclass(frozen=True)
class Column:
    """One column: its name, dtype and unit."""

    name: str
    dtype: pl.DataType
    unit: str
    """One of id, text, choice, day, moment, flag, units, count, days, weeks, fen, ratio, share."""


@dataclass(frozen=True)
class Table:
    """A table other code may rely on."""

    name: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """Column name to dtype, in order; fits `pl.DataFrame(schema=…)`."""
        return {column.name: column.dtype for column in self.columns}

    def empty(self) -> pl.DataFrame:
        """The table without rows.

        >>> example = Table("example", "one SKU", ("sku_id",), (*of("id", "sku_id"), *of("units", "units")))
        >>> example.empty().height
        0
        """
        return pl.DataFrame(schema=self.dtypes)

    def frame(self, **values: Any) -> pl.DataFrame:
        """A table made from lists, columns not named being null: for tests and examples.

        >>> example = Table("example", "one SKU", ("sku_id",), (*of("id", "sku_id"), *of("units", "units")))
        >>> example.frame(sku_id=["12000044382493157"])["units"].to_list()
        [None]
        """
        return self.conform(
            pl.DataFrame(values, schema_overrides={n: d for n, d in self.dtypes.items() if n in values})
        )

    def conform(self, frame: Frame) -> Frame:
        """The frame with exactly this table's columns, in order and dtype; a missing column becomes null.

        Columns that the table does not declare are dropped: they are never stored.
        """
        present = set(frame.collect_schema().names())
        return frame.select(
            pl.col(c.name).cast(c.dtype) if c.name in present else pl.lit(None, c.dtype).alias(c.name)
            for c in self.columns
        )


def of(unit: str, *names: str) -> tuple[Column, ...]:
    """Columns of one unit, in order; the unit decides the dtype."""
    dtype = {
        "id": ID, "text": TEXT, "choice": TEXT, "day": DAY, "moment": MOMENT, "flag": FLAG,
        "units": COUNT, "count": COUNT, "days": COUNT, "fen": COUNT,
        "weeks": SHARE, "ratio": SHARE, "share": SHARE,
    }[unit]  # fmt: skip
    return tuple(Column(name, dtype, unit) for name in names)


def ids(*names: str) -> tuple[Column, ...]:
    """Columns of ids, and whether Excel may have ruined one of them."""
    return (*of("id", *names), *of("flag", "is_suspect_id"))


# Where a loaded row comes from. `observed_on` is the day the facts were true, as the file states it (a column, else
# its name): never the file's own time stamp.
PLACE = (*of("text", "source_file", "source_sheet"), *of("count", "source_row"))
ORIGIN = (*PLACE, *of("day", "observed_on"))
