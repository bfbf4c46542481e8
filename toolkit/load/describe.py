"""What `toolkit check` says about a file: what it is, how it is got, and what became of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from toolkit.load.loaded import LoadedFile, LoadedSheet
from toolkit.words import Lang, say

__all__ = ["check_table", "describe", "first_problem"]


def describe(file: LoadedFile, lang: Lang = "zh") -> str:
    """Some lines about one file, for people.

    Sheet by sheet: its kind and how such a file is obtained, its header row, its rows (read = kept + set aside +
    rejected), each kind of problem with its first place, and the columns nothing reads.
    """
    lines = [say("check.file", lang, file=file.path.name)]
    for sheet in file.sheets:
        lines += _sheet(sheet, lang)
    return "\n".join(lines)


def _sheet(sheet: LoadedSheet, lang: Lang) -> Iterator[str]:
    kind = "check.hidden" if sheet.is_hidden else "check.unrecognised"
    name = say(f"source.{sheet.source.name}", lang) if sheet.source else say(kind, lang)
    place = sheet.sheet or (sheet.file.rpartition(" › ")[2] if " › " in sheet.file else None)
    yield say("check.sheet", lang, sheet=place, kind=name) if place else say("check.no_sheet", lang, kind=name)
    if sheet.is_hidden:
        return
    if sheet.source is None:
        yield say("check.headers_seen", lang, row=sheet.header_row, headers=_listed(sheet.headers))
        return
    yield say("check.how", lang, how=say(f"source.{sheet.source.name}.how", lang))
    # JSON has no row of headers to look up.
    if sheet.header_row:
        yield say("check.header", lang, row=sheet.header_row)
    yield _day(sheet, lang)
    counts = sheet.counts
    yield say(
        "check.counts",
        lang,
        read=counts.read,
        kept=counts.kept,
        set_aside=counts.set_aside,
        rejected=counts.rejected,
    )
    yield from _problems(sheet, lang)
    if suspects := _suspects(sheet):
        yield say("check.suspect", lang, count=suspects)
    if sheet.unknown_columns:
        yield say("check.unknown_columns", lang, columns=_listed(sheet.unknown_columns))


def _day(sheet: LoadedSheet, lang: Lang) -> str:
    if sheet.observed_on is None:
        return say("check.no_day", lang)
    return say("check.observed_on", lang, day=sheet.observed_on)


def _listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a line, the first dozen of them."""
    names = [" ".join(name.split()) for name in names]
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def _problems(sheet: LoadedSheet, lang: Lang) -> Iterator[str]:
    """One line per kind of problem, in order of the first row that has it."""
    kinds = sheet.problems.group_by("problem", "effect", maintain_order=True).agg(
        pl.len().alias("count"), pl.all().first()
    )
    for row in kinds.iter_rows(named=True):
        yield say(
            "check.problem",
            lang,
            problem=say(f"problem.{row['problem']}", lang),
            effect=say(f"effect.{row['effect']}", lang),
            count=row["count"],
            example=_page(row, sheet) + _example(row, lang),
        )


def _page(row: dict[str, object], sheet: LoadedSheet) -> str:
    """The page a problem stands on, where the sheet was put together from several."""
    file = str(row["source_file"])
    return "" if file == sheet.file else f"{file.rpartition(' › ')[2]} "


def _example(row: dict[str, object], lang: Lang) -> str:
    place = row["cell"] or say("check.row", lang, row=row["source_row"])
    if row["value"] is None:
        return str(place)
    text = " ".join(str(row["value"]).split())
    return f"{place} {text[:40]}{'…' if len(text) > 40 else ''}"


def _suspects(sheet: LoadedSheet) -> int:
    """How many kept rows have an id Excel may have changed."""
    tables = [table for table in sheet.tables.values() if "is_suspect_id" in table.collect_schema().names()]
    return sum(table.select(pl.col("is_suspect_id").sum()).collect(engine="streaming").item() for table in tables)


def first_problem(problems: pl.DataFrame, lang: Lang = "zh") -> str:
    """The first rejection as words: where, what was found, why; without one, of the first problem."""
    rejected = problems.filter(pl.col("effect") == "rejected")
    row = (problems if rejected.is_empty() else rejected).row(0, named=True)
    return f"{_example(row, lang)}: {say('problem.' + row['problem'], lang)}"


def check_table(files: Iterable[LoadedFile], lang: Lang = "zh") -> pl.DataFrame:
    """One row per sheet: file, sheet, kind, header row, rows read, kept, set aside, rejected, columns nothing reads."""
    rows = [
        {
            "source_file": sheet.file,
            "source_sheet": sheet.sheet,
            "source": say(f"source.{sheet.source.name}", lang) if sheet.source else None,
            "header_row": sheet.header_row or None,
            "read": sheet.counts.read,
            "kept": sheet.counts.kept,
            "set_aside": sheet.counts.set_aside,
            "rejected": sheet.counts.rejected,
            "unknown_columns": _listed(sheet.unknown_columns or (() if sheet.source else sheet.headers)),
        }
        for file in files
        for sheet in file.sheets
    ]
    counts = dict.fromkeys(("header_row", "read", "kept", "set_aside", "rejected"), pl.Int64)
    texts = dict.fromkeys(("source_file", "source_sheet", "source"), pl.String)
    return pl.DataFrame(rows, schema={**texts, **counts, "unknown_columns": pl.String})
