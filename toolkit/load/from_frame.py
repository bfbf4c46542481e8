"""A frame somebody already holds, read like a file.

In a notebook the export is often in memory already, with the export's own headers. Its cells become text and go the
way of every file: recognised by headers, typed by field, with problems named. The row number is the position in the
frame, from 1.
"""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

from toolkit.load.loaded import LoadedSheet, load_sheet
from toolkit.load.text_sheet import TextSheet, head_of

__all__ = ["load_frame"]


def load_frame(frame: pl.DataFrame | pl.LazyFrame, *, name: str, currency: str = "CNY") -> LoadedSheet:
    """The sheet a frame stands for, as `load_file` gives it; ``source=None`` when no known kind fits.

    Args:
        frame: rows under the export's own headers (Chinese, English, or the interface's names).
        name: what to call the frame in messages and in ``source_file``.
        currency: of amounts whose text and header state none.

    >>> orders = pl.DataFrame({"Order ID": ["1"], "Product ID": ["1005"], "Ordered At": ["2026-11-01"], "Quantity": [2]})
    >>> load_frame(orders, name="orders").tables["order_lines"].collect()["quantity"].to_list()
    [2]
    """
    names = frame.collect_schema().names()
    text = frame.lazy().with_columns(*_as_text()).with_row_index("row", offset=1)
    rows = text.select(
        pl.col("row").cast(pl.Int64),
        *(pl.col(column).cast(pl.String).alias(f"c{n}") for n, column in enumerate(names)),
        pl.lit(None, pl.String).alias(f"c{len(names)}"),
    )
    # Like the names of a JSON record, a frame's header is not one of its rows: row 0.
    return load_sheet(TextSheet(name, None, rows, head_of([names]), len(names), first_row=0), currency=currency)


def _as_text() -> list[pl.Expr]:
    """Cells as a file would have them: whole floats without a point, days without a clock's fractions.

    A float of 16 digits keeps its point: as an id it is one that a float may have rounded, and must stay suspect.
    """
    number = cs.float()
    whole = number.cast(pl.Int64, strict=False).cast(pl.String)
    return [
        pl.when(number != number.round(0))
        .then(number.cast(pl.String))
        .when(number.abs() >= 1e15)
        .then(whole + ".0")
        .otherwise(whole),
        cs.datetime().dt.strftime("%Y-%m-%d %H:%M:%S"),
    ]
