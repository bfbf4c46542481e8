"""From text rows to typed rows, and what became of every row that is not among them.

Each row of a sheet is kept, set aside (a title above the header, a blank line, a repeated header, a footer) or rejected
with a reason, so that read = kept + set aside + rejected always holds. One lazy plan judges all rows: for a large file
it runs once, straight into a typed temporary file, and everything else (counts, problems, tables) is read from there.
The texts of a row are kept only while something is wrong with it; which sentence that earns is worked out for
those rows alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.load.cell_text import Cell, clean, left_over, rarely, stated_currency
from toolkit.load.csv_text import short_rows
from toolkit.load.fields import Field, Id, Money
from toolkit.load.preamble import told_by
from toolkit.load.problems import problem_rows
from toolkit.load.recognize import Column, Match
from toolkit.load.row_facts import amounts, completed, judged_ids, same_on_all
from toolkit.load.source import FileFacts
from toolkit.load.text_sheet import TextSheet, scratch_file
from toolkit.load.trouble import pack

__all__ = ["Counts", "TypedRows", "type_rows"]

_FOOTER = (
    r"(?i)^\s*(?:(?:合计|总计|小计|总合计|本页合计|汇总|总和|total|grand total|subtotal|sum)\s*[::]?\s*[\d.,¥元件]*"
    r"|共\s*\d+\s*(?:条|笔|行|个|件|records?|rows?).*|(?:导出时间|制表|制表人|打印时间)\s*[::].*)\s*$"
)
_INSTRUCTION = r"(?i)^\s*(?:必填|选填|非必填|填写说明|说明|示例|例如|例[::]|required|optional|example)"
_MIN_IDS = 6
"""So many different long ids that all end in 0 are no accident: Excel keeps 15 digits."""


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one sheet; read is always the sum of the other three."""

    read: int
    kept: int
    set_aside: int
    rejected: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.kept + other.kept,
            self.set_aside + other.set_aside,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True)
class TypedRows:
    """The kept rows as tables of the schema, and what is wrong with the others."""

    tables: Mapping[str, pl.LazyFrame]
    problems: pl.DataFrame
    counts: Counts
    on_disk: Mapping[str, schema.OnDisk] = field(default_factory=dict)
    """The tables whose rows lie in a file of their own already."""


def type_rows(sheet: TextSheet, match: Match, facts: FileFacts) -> TypedRows:
    """All rows of a recognised sheet, typed, judged and counted."""
    path = scratch_file(".parquet") if sheet.is_large else None
    judged = _settle(_judge(sheet, match, facts), path)
    totals = _totals(judged, match)
    if totals["ends_empty"] and (short := short_rows(sheet, _fields(match))).len():
        judged = _settle(_judge(sheet, match, facts, short), path)
        totals = _totals(judged, match)
    same = same_on_all(match, facts)
    judged = judged.with_columns(**same)
    kept = judged.filter("_kept")
    if totals["all_end_in_zero"]:
        same["is_suspect_id"] = pl.lit(True)
        kept = kept.with_columns(is_suspect_id=pl.lit(True))
    facts = replace(facts, told=told_by(sheet, match, _rows_aside(judged, match)))
    tables = _tables(kept, match, facts)
    problems = [problem_rows(judged, sheet, match)]
    if (told := tables.pop("problems", None)) is not None:
        problems.append(schema.PROBLEMS.conform(told).collect())
    counts = _counts(totals, above=max(match.header_row - 1, 0))
    on_disk = {}
    if path is not None and match.source.shape is None:
        beside = pl.select([value.alias(name) for name, value in same.items()])
        on_disk[match.source.table] = schema.OnDisk(path, beside, has_others=totals["rows"] > totals["kept"])
    return TypedRows(tables, pl.concat(problems), counts, on_disk)


def _rows_aside(judged: pl.LazyFrame, match: Match) -> list[int]:
    """The rows below the header that are none of the table's, for kinds of file that say something there."""
    if not match.source.preamble:
        return []
    aside = judged.filter(pl.col("_aside").is_in(["footer", "instruction"])).select("source_row")
    return aside.collect(engine="streaming")["source_row"].to_list()


def _settle(judged: pl.LazyFrame, path: Path | None) -> pl.LazyFrame:
    """The judged rows worked out once: in memory, or in a temporary file where memory is not for it.

    A history keeps the file as it is, and skips row groups by day: exports come in order of time, so small groups pay.
    """
    if path is None:
        return judged.collect().lazy()
    judged.sink_parquet(path, compression="lz4", row_group_size=131_072, statistics=True)
    return pl.scan_parquet(path, glob=False)


def _judge(sheet: TextSheet, match: Match, facts: FileFacts, short: pl.Series | None = None) -> pl.LazyFrame:
    """Every row below the header: the canonical columns that differ from row to row, and what became of the row.

    `_kept` says whether it belongs to the tables, `_aside` why it was set aside. `_trouble` is null when there is nothing
    to tell; else it packs why the row was rejected (`_rejected`, `_ragged`, `_incomplete`), and for column n of the match
    its text and kind (`_text{n}`, `_kind{n}`) and whether it was unreadable (`_bad{n}`) or in another currency
    (`_mixed{n}`). `_ends_empty` says that a row's last cell is empty, or missing: only `short` knows which.
    """
    constants = same_on_all(match, facts)
    rows = sheet.rows.filter(pl.col("row") > match.header_row).select(
        pl.col("row").alias("source_row"),
        *(_cell(column, match).alias(f"_text{n}") for n, column in enumerate(match.columns)),
        *(pl.col(f"k{column.index}").alias(f"_kind{n}") for n, column in enumerate(match.columns) if sheet.has_kinds),
        _first_filled(sheet, match).alias("_first"),
        _ragged(sheet, match, short).alias("_ragged"),
        _ends_empty(sheet, match).alias("_ends_empty"),
    )
    rows = _read(rows, sheet, match).with_columns(**amounts(match, facts)).with_columns(**completed(match, facts))
    rows = rows.with_columns(**constants).with_columns(_incomplete=_incomplete(match))
    rows = rows.with_columns(_rejected=_rejected(match)).with_columns(_aside=_aside(match))
    rows = rows.with_columns(_kept=~pl.col("_rejected") & pl.col("_aside").is_null(), _trouble=pack(sheet, match))
    ends_empty = pl.col("_ends_empty") & pl.col("_aside").is_null()
    return rows.select(pl.exclude("^_.*$", *constants), "_kept", "_aside", "_trouble", ends_empty)


def _cell(column: Column, match: Match) -> pl.Expr:
    """A cell's text, without what its kind of file writes before every text."""
    text, prefix = pl.col(f"c{column.index}"), match.source.cell_prefix
    return text.str.strip_chars_start(" \t").str.strip_prefix(prefix) if prefix else text


def _first_filled(sheet: TextSheet, match: Match) -> pl.Expr:
    """The first cell; in kinds of file with footers of their own the first that is filled, as people add columns."""
    if match.source.ends_at is None:
        return pl.col("c0")
    return pl.coalesce(clean(pl.col(f"c{n}")) for n in range(min(sheet.width, 3)))


def _read(rows: pl.LazyFrame, sheet: TextSheet, match: Match) -> pl.LazyFrame:
    """The canonical columns, in steps: the short way, what it left over, the long way over that, and what they make.

    Of fields the sheet has: their values, and `_bad{n}` where something stands that no way could read. Of the others:
    null of the right type.
    """
    columns = list(enumerate(match.columns))
    rows = rows.with_columns(**{f"_short{n}": column.field.short(pl.col(f"_text{n}")) for n, column in columns})
    rows = rows.with_columns(
        **{f"_rest{n}": left_over(pl.col(f"_short{n}"), pl.col(f"_text{n}")) for n, _ in columns}
    ).with_columns(**{f"_long{n}": _long_way(column.field, pl.col(f"_rest{n}")) for n, column in columns})
    rows = rows.with_columns(**_values(sheet, match))
    return rows.with_columns(
        **{
            f"_bad{n}": pl.col(column.field.column).is_null()
            & (pl.col(f"_short{n}").is_not_null() | pl.col(f"_long{n}").struct["says"].fill_null(False))
            for n, column in columns
        },
        **{
            f"_stated{n}": pl.col(f"_long{n}").struct["currency"]
            for n, column in columns
            if isinstance(column.field, Money)
        },
    )


def _long_way(field: Field, rest: pl.Expr) -> pl.Expr:
    """Everything the rare cells are asked, in one go: their value, whether they say anything, which currency."""

    def way(text: pl.Expr) -> pl.Expr:
        currency = stated_currency(text) if isinstance(field, Money) else pl.lit(None, pl.String)
        return pl.struct(value=field.long(text), says=field.says(text), currency=currency)

    return rarely(rest, way, pl.Struct({"value": field.dtype, "says": pl.Boolean(), "currency": pl.String()}))


def _values(sheet: TextSheet, match: Match) -> dict[str, pl.Expr]:
    found: dict[str, pl.Expr] = {}
    judged, suspects = judged_ids(match), list[pl.Expr]()
    for n, column in enumerate(match.columns):
        field, cell = column.field, Cell(pl.col(f"_text{n}"), pl.col(f"_kind{n}") if sheet.has_kinds else None)
        rest = replace(cell, text=pl.col(f"_rest{n}"))
        either = field.either(pl.col(f"_short{n}"), rest, pl.col(f"_long{n}").struct["value"])
        found[field.column] = field.accept(either)
        found.update(field.beside(cell))
        if isinstance(field, Id) and field.column in judged:
            suspects.append(field.is_suspect(rest, cell.text))
    return found | ({"is_suspect_id": pl.any_horizontal(suspects)} if suspects else {})


def _fields(match: Match) -> int:
    """How many fields a row must have: up to the last column that has a header."""
    return max((index + 1 for index, name in enumerate(match.headers) if name.strip()), default=0)


def _ragged(sheet: TextSheet, match: Match, short: pl.Series | None) -> pl.Expr:
    """`too_many_fields`, `too_few_fields`, or null: only plain text can have rows of another length than the header."""
    if not sheet.is_ragged:
        return pl.lit(None, pl.String)
    beyond = [clean(pl.col(f"c{n}")).is_not_null() for n in range(len(match.headers), sheet.width + 1)]
    few = pl.lit(False) if short is None else pl.col("row").is_in(short.implode())
    return (
        pl.when(pl.any_horizontal(beyond))
        .then(pl.lit("too_many_fields"))
        .when(few)
        .then(pl.lit("too_few_fields"))
        .otherwise(pl.lit(None, pl.String))
    )


def _ends_empty(sheet: TextSheet, match: Match) -> pl.Expr:
    if not sheet.is_ragged:
        return pl.lit(False)
    return pl.col(f"c{_fields(match) - 1}").fill_null("") == ""


def _incomplete(match: Match) -> pl.Expr:
    if not match.source.complete:
        return pl.lit(False)
    ways = [pl.all_horizontal(*(pl.col(name).is_not_null() for name in way)) for way in match.source.complete]
    return ~pl.any_horizontal(*ways)


def _rejected(match: Match) -> pl.Expr:
    causes = [pl.col("_ragged").is_not_null(), pl.col("_incomplete")]
    for n, column in enumerate(match.columns):
        if column.field.required:
            causes.append(pl.col(column.field.column).is_null())
        elif column.field.on_bad == "reject":
            causes.append(pl.col(f"_bad{n}"))
    return pl.any_horizontal(*causes)


def _aside(match: Match) -> pl.Expr:
    """Why a row below the header is none of the table's: blank, a repeated header, a footer, an instruction."""
    anchor = next((n for n, column in enumerate(match.columns) if column.field.required), 0)
    # A plain number is no word: only what the short way left over is looked at.
    words = pl.col(f"_rest{anchor}")
    first = pl.when("_rejected").then(pl.col("_first"))
    near = pl.col("source_row") <= match.header_row + 3
    is_instruction = near & pl.any_horizontal(
        *(pl.when(near & pl.col("_rejected")).then(text).str.contains(_INSTRUCTION) for text in (first, words))
    )
    return (
        pl.when(pl.col("_rejected") & _says_nothing(match))
        .then(pl.lit("blank"))
        .when(words == match.columns[anchor].header.strip())
        .then(pl.lit("header_again"))
        .when(pl.any_horizontal(words.str.contains(_FOOTER), first.str.contains(_FOOTER), _is_past_end(match)))
        .then(pl.lit("footer"))
        .when(is_instruction)
        .then(pl.lit("instruction"))
    )


def _is_past_end(match: Match) -> pl.Expr:
    """Whether the row cannot be read and stands where its kind of file has its footer."""
    if match.source.ends_at is None:
        return pl.lit(False)
    end = pl.when(pl.col("_first").str.contains(match.source.ends_at)).then("source_row").min()
    return pl.col("_rejected") & (pl.col("source_row") >= end).fill_null(False)


def _says_nothing(match: Match) -> pl.Expr:
    """Whether the row has nothing in its first cell, nor anything a field reads or fails to read."""
    values = [pl.col(column.field.column).is_null() for column in match.columns if not _is_constant(match, column)]
    first = pl.when("_rejected").then(pl.col("_first").str.strip_chars())
    return pl.all_horizontal(first.fill_null("") == "", ~pl.any_horizontal("^_bad\\d+$"), *values)


def _is_constant(match: Match, column: Column) -> bool:
    """Whether the row is told this even where it says nothing."""
    return column.field.column in {*match.source.constants, "observed_on", "period_start", "period_end"}


def _totals(judged: pl.LazyFrame, match: Match) -> dict[str, int | bool]:
    """How many rows there are and are kept, whether some end empty, and whether all long ids end in Excel's zeros."""
    wanted = {
        "rows": pl.len(),
        "kept": pl.col("_kept").sum(),
        "aside": pl.col("_aside").is_not_null().sum(),
        "ends_empty": pl.col("_ends_empty").any(),
    }
    for name in judged_ids(match):
        long = _long_ids(name)
        wanted[f"zeros_{name}"] = long.str.ends_with("0").all() & (long.len() >= _MIN_IDS)
    totals = judged.select(**wanted).collect(engine="streaming").row(0, named=True)
    ending = [name for name in judged_ids(match) if totals.pop(f"zeros_{name}")]
    # How many are different is dear to count, so it is only asked of ids that may be Excel's.
    different = [judged.select(_long_ids(name).n_unique()).collect(engine="streaming").item() for name in ending]
    return totals | {"all_end_in_zero": any(count >= _MIN_IDS for count in different)}


def _long_ids(name: str) -> pl.Expr:
    return pl.col(name).filter(pl.col("_kept") & (pl.col(name).str.len_bytes() >= 15))


def _counts(totals: Mapping[str, int | bool], *, above: int) -> Counts:
    """The header itself is neither read nor set aside: it names the columns."""
    rows, kept, aside = int(totals["rows"]) + above, int(totals["kept"]), int(totals["aside"]) + above
    return Counts(read=rows, kept=kept, set_aside=aside, rejected=rows - kept - aside)


def _tables(kept: pl.LazyFrame, match: Match, facts: FileFacts) -> dict[str, pl.LazyFrame]:
    """The records of the kept rows, each table with exactly its declared columns."""
    by_name = {table.name: table for table in (*schema.STORED_TABLES, *schema.LOOP_TABLES)}
    rows = kept.select(pl.exclude("^_.*$"))
    shaped = match.source.shape(rows, facts) if match.source.shape else {match.source.table: rows}
    return {name: frame if name == "problems" else by_name[name].conform(frame) for name, frame in shaped.items()}
