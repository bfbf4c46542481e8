"""Lists a person works through in the seller centre and fills in: take off sale, do again, put back on sale.

No upload template for fully-managed delisting is known, so this is a list for hands. Each line has a place for what was
done, when, and what came of it; `toolkit confirm` reads it back, and knows by its memory which run it is of. Before anything
goes off sale the list says whether a buyer still waits, and asks a person to look where no file tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from toolkit.export.cells import Shown, shown
from toolkit.export.delist_report import week_label
from toolkit.export.order_columns import TICK, orders_said, tick_column, ticks
from toolkit.export.workbook import Workbook
from toolkit.schema import DECISIONS, PROFILE
from toolkit.words import Lang, labels, say

__all__ = ["Kind", "write_stock_after", "write_work_list"]

Kind = Literal["work", "retry", "undo", "relist"]
_RESULTS = ("delisted", "under_review", "rejected", "not_found")
_BACK = ("relisted", "under_review", "rejected", "not_found")
_FILLED = ("done", "acted_on", "result", "note")
_COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "work": ("product_id", "title", "action", "reason_code", "orders", TICK, *_FILLED),
    "retry": ("product_id", "title", "action", "reason_code", "failed_on", *_FILLED),
    "undo": ("product_id", "title", "undo_action", "action", "relist_on"),
    "relist": ("product_id", "title", "undo_action", "action", "relist_on", "improve", *_FILLED),
}
_UNITS = {"acted_on": "day", "failed_on": "day", "check_on": "day"}
_WIDTHS = {"title": 34.0, "orders": 17.0, "note": 20.0, "next_step": 40.0, "improve": 30.0}


def write_work_list(
    path: Path, rows: pl.DataFrame, kind: Kind, *, day: date, memory: Mapping[str, str], lang: Lang = "zh"
) -> Path:
    """Write one of the lists; gives the path really written.

    `rows`: one product per row with its title, action and what else the kind shows. `day` is the run's, `memory` what the
    list must know of its run when it comes back: ``run``, ``week``, ``store``.

    Raises:
        OutputError: the folder cannot be written, or the file does not read back as it was meant.
    """
    told = rows.with_columns(pl.lit(say("loop.relist", lang)).alias("undo_action"))
    names = _COLUMNS[kind]
    if kind == "work":
        told = told.with_columns(orders_said(told, lang), ticks(told))
        names = names if told[TICK].is_not_null().any() else tuple(name for name in names if name != TICK)
    blank = {name: pl.lit(None, pl.Date if name in _UNITS else pl.String) for name in _FILLED}
    book = Workbook(day=day, lang=lang, title=say(f"loop.sheet.{kind}", lang))
    sheet = book.sheet(say(f"loop.sheet.{kind}", lang))
    week = week_label(memory.get("week", ""), lang)
    sheet.line(" · ".join(filter(None, (memory.get("store"), week, say(f"loop.sheet.{kind}", lang)))), "title")
    sheet.line(say(f"loop.how.{kind}", lang))
    columns = [_column(name, kind, lang) for name in names]
    sheet.table(told.with_columns(**blank), columns, keep_left=2, empty=say("loop.none", lang))
    _remember(book, memory)
    return book.save(path)


def write_stock_after(
    path: Path, rows: pl.DataFrame, *, day: date, check_on: date, memory: Mapping[str, str], lang: Lang = "zh"
) -> Path:
    """Write what remains of each product once it is off sale, what to do with it, and when to look again.

    Raises:
        OutputError: as `write_work_list`.
    """
    names = (
        "product_id",
        "title",
        "stocking_type",
        "on_hand_units",
        "inbound_units",
        "open_units",
        "next_step",
        "check_on",
    )
    book = Workbook(day=day, lang=lang, title=say("loop.sheet.stock", lang))
    sheet = book.sheet(say("loop.sheet.stock", lang))
    sheet.line(say("loop.how.stock", lang, check_on=check_on))
    told = rows.with_columns(check_on=pl.lit(check_on))
    sheet.table(told, [_column(name, "work", lang) for name in names], keep_left=2, empty=say("loop.none", lang))
    _remember(book, memory)
    return book.save(path)


def _remember(book: Workbook, memory: Mapping[str, str]) -> None:
    """Twice, as programs lose one or the other: as properties, and in named cells of a sheet of its own."""
    book.remember(**{f"toolkit_{name}": value for name, value in memory.items()})
    sheet = book.sheet(say("workbook.sheet.about", book.lang))
    facts = pl.DataFrame(
        {"fact": list(memory), "value": list(memory.values())}, schema=dict.fromkeys(("fact", "value"), pl.String)
    )
    told = facts.with_columns(
        fact=pl.col("fact").replace_strict({name: say(f"workbook.fact.{name}", book.lang) for name in memory})
    )
    titles = [Shown(name, say(f"workbook.column.{name}", book.lang), "text") for name in ("fact", "value")]
    first = sheet.table(told, titles, main=False)
    for row, name in enumerate(memory, first):
        sheet.name_cell(f"toolkit_{name}", row, 1)


def _column(name: str, kind: Kind, lang: Lang) -> Shown:
    schema = {column.name: table for table in (PROFILE, DECISIONS) for column in table.columns}
    if name in schema:
        (column,) = shown(schema[name], [name], lang=lang)
    elif name == TICK:
        column = tick_column(lang)
    elif name == "orders":
        column = Shown(name, say("workbook.column.orders", lang), "text")
    elif name == "failed_on":
        column = Shown(name, say("workbook.column.observed_on", lang), "day")
    else:
        column = Shown(name, say(f"loop.column.{name}", lang), _UNITS.get(name, "text"))
    if name == "improve":
        column = replace(column, words=labels("funnel_advice", lang))
    if name in _FILLED:
        column = replace(column, tints={"": "input"}, pick=_picks(name, kind, lang))
    return replace(column, width=_WIDTHS.get(name, column.width), wrap=name in _WIDTHS)


def _picks(name: str, kind: Kind, lang: Lang) -> tuple[str, ...]:
    """The words of the drop-down of a column that is to be filled."""
    if name == "done":
        return (say("done.yes", lang), say("done.no", lang))
    results = _BACK if kind == "relist" else _RESULTS
    return tuple(say(f"result.{each}", lang) for each in results) if name == "result" else ()
