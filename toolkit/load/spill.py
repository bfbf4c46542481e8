"""Rows that ran over: a text nobody quoted held separators, so every cell after it stands too far right.

Alipay writes product names as they are. ``cup, red`` becomes two fields, and the amount is read from the cell that
holds the direction. The columns left and right of that text are fixed, so such a row is put back from both ends: as many
fields as it has too many belong to the text.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import polars as pl

from toolkit.load.csv_text import csv_sheet
from toolkit.load.recognize import Match
from toolkit.load.text_sheet import TextSheet

__all__ = ["without_spill"]

_SPARE = 40
"""So many separators one text may hold; a row with more is rejected as too long."""


def without_spill(sheet: TextSheet, match: Match) -> TextSheet:
    """The sheet with its run-over rows put back; the same sheet when its kind or its format knows no such rows."""
    at = next((c.index for c in match.columns if c.field.column == match.source.spills), None)
    if at is None or not sheet.is_ragged or sheet.path is None:
        return sheet
    over = _over(sheet, match)
    if over.is_empty():
        return sheet
    wide = csv_sheet(sheet.path, sheet.file, spare=_SPARE)
    fields = [pl.col(f"c{n}") for n in range(wide.width)]
    rows = wide.rows.join(over.lazy(), on="row", how="left", maintain_order="left")
    rows = rows.with_columns(pl.when(pl.col("_over").is_not_null()).then(pl.concat_list(fields)).alias("_all"))
    whole = pl.col("_all").list.slice(at, pl.col("_over") + 1).list.join(sheet.separator)
    moved = {
        f"c{n}": pl.when(pl.col("_over").is_null()).then(f"c{n}").otherwise(whole if n == at else _right(n))
        for n in range(at, wide.width + 1)
    }
    return replace(wide, rows=rows.with_columns(**moved).drop("_over", "_all"))


def _right(n: int) -> pl.Expr:
    return pl.col("_all").list.get(n + pl.col("_over"), null_on_oob=True)


def _over(sheet: TextSheet, match: Match) -> pl.DataFrame:
    """The rows below the header that have more fields than they should, and how many more (`_over`)."""
    assert sheet.path is not None
    counted = _counted(sheet, sheet.path).filter(pl.col("row") > match.header_row)
    extra = pl.col("fields") - _expected(sheet, match)
    return counted.select("row", extra.cast(pl.Int64).alias("_over")).filter(pl.col("_over") > 0)


def _counted(sheet: TextSheet, path: Path) -> pl.DataFrame:
    """How many fields each row has; a quoted field may hold separators and line ends."""
    if sheet.quote:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lengths = [len(record) for record in csv.reader(stream, delimiter=sheet.separator)]
        numbers = {"row": range(1, len(lengths) + 1), "fields": lengths}
        return pl.DataFrame(numbers, {"row": pl.Int64, "fields": pl.Int64})
    fields = pl.col("line").str.count_matches(sheet.separator, literal=True) + 1
    lines = pl.scan_lines(path, name="line", row_index_name="row", row_index_offset=1)
    return lines.select(pl.col("row").cast(pl.Int64), fields=fields.cast(pl.Int64)).collect(engine="streaming")


def _expected(sheet: TextSheet, match: Match) -> int:
    """How many fields a row has: those of the header, and one more where rows end in a separator and it does not."""
    header = len(sheet.head[match.header_row - sheet.first_row])
    below = sheet.head[match.header_row - sheet.first_row + 1 :]
    ends_beyond = [len(row) == header + 1 and not row[-1].strip() for row in below if len(row) >= header]
    names_end = bool(match.headers[header - 1].strip())
    return header + (names_end and 2 * sum(ends_beyond) > len(ends_beyond))
