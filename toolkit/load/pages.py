"""An interface answers in pages, and an archive of two hundred pages is one list.

Page by page the same questions would be asked two hundred times, and people would be told two hundred times what the file
is. So the pages of an archive that are of one kind and day are read as one sheet, their records numbered throughout;
afterwards each record is given back its page and its number there, for that is where a person can look it up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from toolkit.load.file_dates import day_in_name, period_in_name
from toolkit.load.text_sheet import TextSheet, head_of

__all__ = ["as_on_pages", "own_name", "together"]

_INSIDE = " › "
_NAMED_ROW = r"\((\d+)\)$"
"""How a contradiction names the other row (`toolkit.load.sources.grain`)."""


def together(sheets: Sequence[TextSheet], kind: Callable[[TextSheet], str]) -> list[TextSheet]:
    """The sheets, pages of one archive, kind, day and kind of name put together where the first of them stood."""
    kinds: dict[tuple[str, ...], str] = {}
    groups: dict[tuple[object, ...], list[TextSheet]] = {}
    for at, sheet in enumerate(sheets):
        archive, inside, name = sheet.file.rpartition(_INSIDE)
        if not inside or sheet.first_row != 0:
            groups[(at,)] = [sheet]
            continue
        header = sheet.head[0]
        if header not in kinds:
            kinds[header] = kind(sheet)
        alike = re.sub(r"\d+", "#", name), day_in_name(name), period_in_name(name), kinds[header]
        groups.setdefault((archive, *alike), []).append(sheet)
    return [pages[0] if len(pages) == 1 else _one(pages) for pages in groups.values()]


def _one(pages: Sequence[TextSheet]) -> TextSheet:
    """Pages as one sheet: all their columns, their rows one after the other."""
    names = list(dict.fromkeys(name for page in pages for name in page.head[0]))
    parts, places, before = [], [], 0
    for page in pages:
        cells = {f"c{names.index(name)}": pl.col(f"c{n}") for n, name in enumerate(page.head[0])}
        part = page.rows.select(number="row", **cells).collect()
        row = pl.int_range(before + 1, before + part.height + 1, dtype=pl.Int64, eager=True)
        parts.append(part.with_columns(row=row).drop("number"))
        places.append(part.select(row=row, source_file=pl.lit(page.file), number="number"))
        before += part.height
    order = ["row", *(f"c{n}" for n in range(len(names)))]
    rows = pl.concat(parts, how="diagonal").select(order)
    return replace(
        pages[0],
        file=f"{pages[0].file} … {own_name(pages[-1])}",
        rows=rows.lazy().with_columns(pl.lit(None, pl.String).alias(f"c{len(names)}")),
        head=head_of([names]),
        width=len(names),
        pages=pl.concat(places),
    )


def own_name(sheet: TextSheet) -> str:
    """The name of the file a sheet stands in, without the archive around it; of pages the first one's."""
    file = sheet.file if sheet.pages is None else sheet.pages.item(0, "source_file")
    return str(file).rpartition(_INSIDE)[2]


def as_on_pages(rows: pl.LazyFrame, pages: pl.DataFrame) -> pl.LazyFrame:
    """Rows of pages put together, each with the page it stands on and its number there."""
    names = rows.collect_schema().names()
    placed = rows.drop("source_file").join(
        pages.lazy(), left_on="source_row", right_on="row", how="left", maintain_order="left"
    )
    return placed.with_columns(pl.col("number").alias("source_row"), **_values(names, pages)).select(names)


def _values(names: Sequence[str], pages: pl.DataFrame) -> dict[str, pl.Expr]:
    """Values that name another row, with its page."""
    if "problem" not in names:
        return {}
    row = pl.col("value").str.extract(_NAMED_ROW).cast(pl.Int64)
    other = pages.select("row", name=pl.format("{} {}", pl.col("source_file").str.split(_INSIDE).list.last(), "number"))
    name = row.replace_strict(other["row"], other["name"], default=None, return_dtype=pl.String)
    value = pl.col("value").str.replace(_NAMED_ROW, "") + "(" + name + ")"
    return {"value": pl.when(pl.col("problem") == "conflict").then(value).otherwise("value")}
