"""What there is to tell about a row, carried along with it for as long as the rows stay on disk.

Nearly all rows are fine, so whatever belongs to a row that is not must cost the others nothing: all of it is packed into
one text column that is null on every row in order, and unpacked again for the few that are not.
"""

from __future__ import annotations

import polars as pl

from toolkit.load.fields import Money
from toolkit.load.recognize import Match
from toolkit.load.text_sheet import TextSheet

__all__ = ["pack", "troubled", "unpack"]


def _parts(sheet: TextSheet, match: Match) -> dict[str, pl.DataType]:
    """Everything that is packed, by name."""
    text, flag = pl.String(), pl.Boolean()
    parts: dict[str, pl.DataType] = {
        "_rejected": flag,
        "_ragged": text,
        "_incomplete": flag,
        "_first": text,
    }
    for n, column in enumerate(match.columns):
        parts |= {f"_text{n}": text, f"_bad{n}": flag}
        if sheet.has_kinds:
            parts[f"_kind{n}"] = text
        if isinstance(column.field, Money):
            parts[f"_mixed{n}"] = flag
    return parts


def troubled(judged: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with something to tell that a person would want to hear: not the blank ones."""
    return judged.filter(pl.col("_trouble").is_not_null(), pl.col("_aside").ne_missing("blank"))


def pack(sheet: TextSheet, match: Match) -> pl.Expr:
    """All there is to tell about a row as one text; null when the row is fine."""
    names = list(_parts(sheet, match))
    flags = [name for name in names if name.startswith(("_bad", "_mixed"))]
    is_troubled = pl.any_horizontal("_rejected", pl.col("_aside").is_not_null(), *flags)

    def read(rows: pl.Series) -> pl.Series:
        if not rows.struct.field("_troubled").any():
            return pl.Series("", [None], pl.String).new_from_index(0, len(rows))
        parts = rows.struct.unnest().select(
            "_troubled", pl.when("_troubled").then(pl.struct(names).struct.json_encode()).alias("_trouble")
        )
        return parts["_trouble"]

    whole = pl.struct(*names, is_troubled.alias("_troubled"))
    return whole.map_batches(read, return_dtype=pl.String, is_elementwise=True)


def unpack(judged: pl.LazyFrame, sheet: TextSheet, match: Match) -> pl.LazyFrame:
    """Rows with something to tell, what it is back in columns of its own; choose the rows first, unpacking is slow."""
    parts = pl.Struct(_parts(sheet, match))
    return judged.with_columns(pl.col("_trouble").str.json_decode(parts)).unnest("_trouble")
