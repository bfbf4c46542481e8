"""What is wrong with a row, said with the cell a person can find it in.

Only rows that something is wrong with come here, with their texts; which of the possible reasons it was, and where
the cell is, is worked out for them alone. Every reason is a key under ``problem.`` in `toolkit.words.sources`.
"""

from __future__ import annotations

import polars as pl

from toolkit.load.cell_text import Cell
from toolkit.load.recognize import Column, Match, cell_address, column_letters
from toolkit.load.text_sheet import TextSheet
from toolkit.load.trouble import troubled, unpack
from toolkit.load.unread_cells import unread_problems
from toolkit.schema import PROBLEMS

__all__ = ["MOST_PROBLEMS", "problem_rows"]

MOST_PROBLEMS = 100_000
"""So many rows of one sheet are listed one by one; of more, one line says how many there are."""


def problem_rows(judged: pl.LazyFrame, sheet: TextSheet, match: Match) -> pl.DataFrame:
    """One row per thing wrong with one row of the sheet, by row; blank rows are counted, not listed."""
    first = troubled(judged).head(MOST_PROBLEMS).collect(engine="streaming")
    rows = unpack(first.lazy(), sheet, match).collect().sort("source_row")
    parts = [_discreet(_aside(rows, match), match), _whole_row(rows, match)]
    for n, column in enumerate(match.columns):
        parts += [_unreadable(rows, n, column, sheet), _missing(rows, n, column, sheet)]
    parts += [_mixed(rows, n, column, sheet) for n, column in enumerate(match.columns) if f"_mixed{n}" in rows.columns]
    parts += [_discreet(_titles(sheet, match), match), _doubled(match), _hidden(sheet, match)]
    parts += [unread_problems(sheet, match)]
    found = pl.concat([_placed(part, sheet) for part in parts])
    found = found.sort("source_row", "column", maintain_order=True)
    return (
        found if rows.height < MOST_PROBLEMS else pl.concat([found, _placed(_unlisted(troubled(judged), rows), sheet)])
    )


def _placed(part: pl.DataFrame, sheet: TextSheet) -> pl.DataFrame:
    return PROBLEMS.conform(
        part.with_columns(source_file=pl.lit(sheet.file), source_sheet=pl.lit(sheet.sheet, pl.String))
    )


def _address(column: Column, sheet: TextSheet) -> pl.Expr:
    """The cell's address; a file without a header row (JSON) has none."""
    if sheet.first_row == 0:
        return pl.lit(None, pl.String)
    return pl.lit(column_letters(column.index)) + pl.col("source_row").cast(pl.String)


def _effect() -> pl.Expr:
    return pl.when("_rejected").then(pl.lit("rejected")).otherwise(pl.lit("blanked"))


def _in_table(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("_aside").is_null())


def _unreadable(rows: pl.DataFrame, n: int, column: Column, sheet: TextSheet) -> pl.DataFrame:
    """Cells in which something stands that their field cannot read."""
    cell = Cell(pl.col(f"_text{n}"), pl.col(f"_kind{n}") if sheet.has_kinds else None)
    bad = pl.col(f"_bad{n}")
    if f"_mixed{n}" in rows.columns:
        bad = bad & ~pl.col(f"_mixed{n}")
    return (
        _in_table(rows)
        .filter(bad)
        .select(
            "source_row",
            cell=_address(column, sheet),
            column=pl.lit(column.field.column),
            value=pl.col(f"_text{n}"),
            problem=column.field.why(cell),
            effect=_effect(),
        )
    )


def _missing(rows: pl.DataFrame, n: int, column: Column, sheet: TextSheet) -> pl.DataFrame:
    """Required cells in which nothing stands."""
    wanted = pl.col(column.field.column).is_null() & ~pl.col(f"_bad{n}") if column.field.required else pl.lit(False)
    return (
        _in_table(rows)
        .filter(wanted & pl.col("_ragged").is_null())
        .select(
            "source_row",
            cell=_address(column, sheet),
            column=pl.lit(column.field.column),
            value=pl.col(f"_text{n}"),
            problem=pl.lit("missing"),
            effect=pl.lit("rejected"),
        )
    )


def _mixed(rows: pl.DataFrame, n: int, column: Column, sheet: TextSheet) -> pl.DataFrame:
    return (
        _in_table(rows)
        .filter(pl.col(f"_mixed{n}"))
        .select(
            "source_row",
            cell=_address(column, sheet),
            column=pl.lit(column.field.column),
            value=pl.col(f"_text{n}"),
            problem=pl.lit("currency_mixed"),
            effect=_effect(),
        )
    )


def _whole_row(rows: pl.DataFrame, match: Match) -> pl.DataFrame:
    """Rows of the wrong length, and rows that lack what their kind of export must say."""
    texts = pl.concat_str(pl.col("^_text\\d+$"), separator=" | ", ignore_nulls=True)
    ragged, incomplete = pl.col("_ragged").is_not_null(), pl.col("_incomplete") & ~pl.any_horizontal("^_bad\\d+$")
    return (
        _in_table(rows)
        .filter(ragged | incomplete)
        .select(
            "source_row",
            value=texts,
            problem=pl.coalesce("_ragged", pl.lit(match.source.incomplete)),
            effect=pl.lit("rejected"),
        )
    )


def _aside(rows: pl.DataFrame, match: Match) -> pl.DataFrame:
    return rows.filter(pl.col("_aside").is_not_null()).select(
        "source_row",
        value=pl.coalesce("_first", *(f"_text{n}" for n in range(len(match.columns)))),
        problem=pl.col("_aside"),
        effect=pl.lit("set_aside"),
    )


def _discreet(lines: pl.DataFrame, match: Match) -> pl.DataFrame:
    """Lines around a statement name its owner and account: what they speak of is told, not what they say."""
    if not match.source.preamble:
        return lines
    return lines.with_columns(pl.col("value").str.replace("(?s)[:\uff1a\\[].*$", ""))


def _titles(sheet: TextSheet, match: Match) -> pl.DataFrame:
    """Rows above the header that are not blank."""
    texts = [next((cell.strip() for cell in row if cell.strip()), None) for row in sheet.head]
    above = [
        (sheet.first_row + n, text) for n, text in enumerate(texts) if text and sheet.first_row + n < match.header_row
    ]
    return pl.DataFrame(
        {"source_row": [row for row, _ in above], "value": [text for _, text in above]},
        {"source_row": pl.Int64, "value": pl.String},
    ).with_columns(problem=pl.lit("title"), effect=pl.lit("set_aside"))


def _doubled(match: Match) -> pl.DataFrame:
    """Headers that stand over two columns: the first is read, and both cells are named."""
    row = max(match.header_row, 1)
    cells = [f"{cell_address(column.index, row)}, {cell_address(twin, row)}" for column, twin in match.doubled]
    return pl.DataFrame(
        {
            "source_row": [match.header_row] * len(cells),
            "cell": cells,
            "column": [column.field.column for column, _ in match.doubled],
            "value": [column.header for column, _ in match.doubled],
        },
        {"source_row": pl.Int64, "cell": pl.String, "column": pl.String, "value": pl.String},
    ).with_columns(problem=pl.lit("header_twice"), effect=pl.lit("first_kept"))


def _hidden(sheet: TextSheet, match: Match) -> pl.DataFrame:
    """One row with the number of hidden rows: a filter on the screen is no reason to leave data out, but to say so."""
    line = pl.DataFrame({"source_row": [match.header_row], "value": [str(sheet.hidden_rows)]})
    said = line.with_columns(problem=pl.lit("hidden_rows"), effect=pl.lit("read_all_the_same"))
    return said.head(min(sheet.hidden_rows, 1))


def _unlisted(all_rows: pl.LazyFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """One row with the number of rows that are not listed; none when all are."""
    more = all_rows.select(pl.len()).collect(engine="streaming").item() - rows.height
    line = pl.DataFrame({"source_row": [rows["source_row"].max()], "value": [str(more)]})
    return line.with_columns(problem=pl.lit("not_listed"), effect=pl.lit("not_listed")).head(min(more, 1))
