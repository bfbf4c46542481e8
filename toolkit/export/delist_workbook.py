"""delist.xlsx: the work list an operator goes through in Excel or WPS.

The first sheet is the work: one line per product that should go, with its reason in words and a drop-down for the
answer. What must go by policy has its own sheet, as it is not a matter of opinion; what a guard stopped is listed
with the guard, so that nothing disappears. The last sheets hold all products and all numbers, and what the run knows
about itself. Blank answers mean "not approved": nobody agrees by opening a file.

Nothing is worked out here: rows are chosen by their decision, numbers come from the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from toolkit.decide.plan import is_check_first, is_held
from toolkit.decide.reasons import why_key
from toolkit.export.about_sheet import about_sheet
from toolkit.export.cells import Shown, shown
from toolkit.export.delist_report import DelistReport, InputFile, RunFacts, week_label
from toolkit.export.order_columns import TICK, is_unchecked, orders_said, tick_column, ticks
from toolkit.export.workbook import Sheet, Workbook
from toolkit.schema import DECISIONS, DUPLICATES, ORDER_LINES, PROBLEMS, PROFILE, Table
from toolkit.words import Lang, say
from toolkit.words.columns import COLUMNS
from toolkit.words.sentences import sentences

__all__ = ["ANSWERS", "DelistReport", "InputFile", "RunFacts", "write_delist_workbook"]

ANSWERS = ("approve", "reject", "watch")
"""What an operator can answer; the words are ``decision.<answer>``. Blank is no approval."""

_ACTION_TINTS = {
    "MUST_DELIST": "must", "DELIST": "act", "REST_UNTIL": "rest", "CUT_PRICE": "keep", "WITHDRAW": "keep", "RESTOCK": "keep", "WATCH": "wait",
}  # fmt: skip
_WIDTHS = {
    "title": 34.0,
    "category": 16.0,
    "why": 52.0,
    "guard_why": 40.0,
    "orders": 17.0,
    "worth": 22.0,
    "policy_hit_where": 30.0,
    "note": 20.0,
    "evidence": 46.0,
}
_WRAPPED = (
    "title", "category", "why", "guard_why", "orders", "worth", "policy_hit", "policy_hit_where", "guard", "evidence",
)  # fmt: skip


def write_delist_workbook(path: Path, report: DelistReport, lang: Lang = "zh") -> Path:
    """Write the workbook; gives the path really written, `name (2).xlsx` when the file is open in Excel.

    Raises:
        OutputError: the folder cannot be written, or the file does not read back as it was meant.
    """
    facts = report.facts
    book = Workbook(day=facts.as_of, lang=lang, title=_headline(report, "list", lang))
    rows = _rows(report, lang)
    _work_sheet(book, report, rows, "list", pl.col("action").is_in(["DELIST", "REST_UNTIL"]))
    _work_sheet(book, report, rows, "must", pl.col("action") == "MUST_DELIST")
    _held_sheet(book, report, rows)
    _look_sheet(book, report, rows)
    _orders_sheet(book, report)
    _duplicates_sheet(book, report)
    _all_sheet(book, report, rows)
    _detail_sheet(book, report)
    _problems_sheet(book, report)
    about_sheet(book, report)
    book.remember(toolkit_run=facts.run_id, toolkit_week=facts.week, toolkit_store=facts.store)
    return book.save(path)


def _rows(report: DelistReport, lang: Lang) -> pl.DataFrame:
    """Each product with its decision and the sentences that say it, in the order of work."""
    joined = report.decisions.join(report.profile, on="product_id", how="left", maintain_order="left").sort("rank")
    why = sentences(joined, why_key(), lang)
    other = sentences(joined, "other_option." + pl.col("other_option") + ".why", lang)
    is_assumed = pl.col("value_est_fen").is_not_null() & (pl.col("cost_basis") == "assumed")
    assumed = sentences(joined, pl.when(is_assumed).then(pl.lit("cost_basis.assumed.why")), lang)
    return joined.with_columns(
        (why + other.fill_null("") + assumed.fill_null("")).alias("why"),
        sentences(joined, "guard." + pl.col("guard") + ".why", lang).alias("guard_why"),
        orders_said(joined, lang),
        ticks(joined),
        _worth(joined, lang).alias("worth"),
        _news(report, joined, lang),
        pl.lit(None, pl.String).alias("decision"),
        pl.lit(None, pl.String).alias("note"),
    )


def _news(report: DelistReport, joined: pl.DataFrame, lang: Lang) -> pl.Series:
    """Which products the policy list catches for the first time."""
    new = pl.Series(dtype=pl.String) if report.policy_news is None else report.policy_news.caught["product_id"]
    said = pl.when(pl.col("product_id").is_in(new.implode())).then(pl.lit(say("workbook.news", lang)))
    return joined.select(news=said).to_series()


def _worth(joined: pl.DataFrame, lang: Lang) -> pl.Series:
    """What acting gains and what it costs if it is wrong, in one cell; empty where no cost is known."""
    return sentences(joined, pl.when(pl.col("value_est_fen").is_not_null()).then(pl.lit("workbook.worth")), lang)


def _columns(names: Iterable[str], lang: Lang, report: DelistReport) -> list[Shown]:
    """Columns of the joined rows as the lists show them."""
    schema = {column.name: table for table in (PROFILE, DECISIONS) for column in table.columns}
    return [_column(name, lang, report, schema) for name in names]


def _column(name: str, lang: Lang, report: DelistReport, schema: dict[str, Table]) -> Shown:
    if name in schema:
        (column,) = shown(schema[name], [name], lang=lang)
    elif name == TICK:
        column = tick_column(lang)
    else:
        column = Shown(name, say(f"workbook.column.{name}", lang), "text")
    if name == "action":
        column = replace(column, tints=_ACTION_TINTS)
    if name == "decision":
        column = replace(column, tints={"": "input"}, pick=tuple(say(f"decision.{a}", lang) for a in ANSWERS))
    if name == "news":
        column = replace(column, tints={say("workbook.news", lang): "must"})
    if name == "note":
        column = replace(column, tints={"": "input"})
    if column.unit == "fen":
        column = replace(column, title=column.title + _currency(report, lang))
    return replace(column, width=_WIDTHS.get(name, column.width), wrap=name in _WRAPPED)


def _currency(report: DelistReport, lang: Lang) -> str:
    """(元) or (USD) behind the title of an amount when all amounts are of one currency."""
    found = report.profile.get_column("currency").drop_nulls().unique()
    if found.len() != 1:
        return ""
    return say("workbook.in_yuan", lang) if found[0] == "CNY" else f" ({found[0]})"


def _headline(report: DelistReport, sheet: str, lang: Lang) -> str:
    facts = report.facts
    parts = (facts.store, week_label(facts.week, lang), say(f"workbook.sheet.{sheet}", lang))
    return " · ".join(part for part in parts if part)


def _start(book: Workbook, report: DelistReport, name: str, *, tab: str | None = None, plain: bool = False) -> Sheet:
    """A sheet with its headline and one line that says what to do with it."""
    sheet = book.sheet(say(f"workbook.sheet.{name}", book.lang), tab=tab, plain=plain)
    sheet.line(_headline(report, name, book.lang), "title")
    sheet.line(say(f"workbook.how.{name}", book.lang, as_of=report.facts.as_of))
    return sheet


def _work_sheet(book: Workbook, report: DelistReport, rows: pl.DataFrame, name: str, chosen: pl.Expr) -> None:
    """Products to decide on, with the drop-down for the answer."""
    mine = rows.filter(chosen)
    box = (TICK,) if mine.select(is_unchecked().any()).item() else ()
    first, middle = ("category",), ()
    if name == "must":
        # What is to be done is the sheet's name; why and where takes its place.
        news = ("news",) if mine["news"].is_not_null().any() else ()
        entry = ("policy_hit", "policy_hit_place", "policy_hit_list_on", "policy_hit_where")
        middle = (*news, *entry, "on_hand_units", "orders", *box)
    if name == "list":
        first = ("category", "action")
        # Twelve columns are what a screen holds: value and regret share one here, 全部商品 has them as numbers.
        money = ("worth",) if mine["value_est_fen"].is_not_null().any() else ()
        middle = ("reason_code", "why", *money, "on_hand_units", "orders", *box, "relist_on")
    names = ("product_id", "title", *first, *middle, "decision", "note")
    sheet = _start(book, report, name, tab="#A8452B" if name == "must" else "#D98A3D")
    if name == "must" and report.policy_news is not None and (said := report.policy_news.sentence(book.lang)):
        sheet.line(said)
    columns = _columns(names, book.lang, report)
    unchecked = name == "must" and any(note.key == "undecided.policy" for note in report.summary.undecided)
    none = say("workbook.none.must_unknown" if unchecked else f"workbook.none.{name}", book.lang)
    sheet.table(mine, columns, keep_left=2, empty=none)


def _held_sheet(book: Workbook, report: DelistReport, rows: pl.DataFrame) -> None:
    """Products a rule wanted and a guard stopped, with both."""
    names = (
        "product_id", "title", "category", "reason_code", "guard", "guard_why", "why", "on_hand_units",
        "inbound_units", "review_on", "note",
    )  # fmt: skip
    sheet = _start(book, report, "held", tab="#6B93B8")
    columns = _columns(names, book.lang, report)
    sheet.table(rows.filter(is_held()), columns, keep_left=2, empty=say("workbook.none.held", book.lang))


def _look_sheet(book: Workbook, report: DelistReport, rows: pl.DataFrame) -> None:
    """Products to restock, and products to look at first because the files cannot tell more."""
    names = (
        "product_id", "title", "category", "action", "rule", "why", "on_hand_units", "inbound_units",
        "units_30d", "funnel_advice", "note",
    )  # fmt: skip
    sheet = _start(book, report, "look", tab="#7FAE7A")
    chosen = rows.filter(is_check_first() | pl.col("action").is_in(["CUT_PRICE", "WITHDRAW", "RESTOCK"]))
    sheet.table(chosen, _columns(names, book.lang, report), keep_left=2, empty=say("workbook.none.look", book.lang))


def _orders_sheet(book: Workbook, report: DelistReport) -> None:
    """What is still to be delivered; without an order file that is unknown, and the sheet says so."""
    names = (
        "product_id", "sku_id", "order_id", "order_line_id", "quantity", "ordered_on", "due_at", "order_status",
        "order_status_raw", "source_file", "source_row",
    )  # fmt: skip
    sheet = _start(book, report, "orders")
    lines = ORDER_LINES.empty() if report.open_orders is None else ORDER_LINES.conform(report.open_orders)
    none = say("workbook.none.orders" if report.open_orders is not None else "workbook.none.orders_unknown", book.lang)
    order = ["product_id", "due_at", "ordered_on", "order_id", "order_line_id", "sku_id"]
    sheet.table(lines.sort(order, nulls_last=True), shown(ORDER_LINES, names, lang=book.lang), keep_left=1, empty=none)


def _duplicates_sheet(book: Workbook, report: DelistReport) -> None:
    """Listings that look alike, group by group; the one to keep comes first."""
    names = (
        "duplicate_group", "product_id", "title", "category", "is_one_to_keep", "evidence", "supply_price_fen",
        "on_hand_units", "units_90d",
    )  # fmt: skip
    of_sentence = Shown("evidence", say("workbook.column.why", book.lang), "text")
    sheet = _start(book, report, "duplicates")
    stated = {
        column.name: column for column in shown(DUPLICATES, [n for n in names if n != "evidence"], lang=book.lang)
    }
    columns = [stated.get(name, of_sentence) for name in names]
    titled = [
        replace(column, title=column.title + _currency(report, book.lang)) if column.unit == "fen" else column
        for column in columns
    ]
    fitted = [
        replace(column, width=_WIDTHS.get(column.name, column.width), wrap=column.name in _WRAPPED) for column in titled
    ]
    rows = report.duplicates.with_columns(_evidence(report.duplicates, book.lang).alias("evidence"))
    sheet.table(rows, fitted, keep_left=2, empty=say("workbook.none.duplicates", book.lang))


def _evidence(duplicates: pl.DataFrame, lang: Lang) -> pl.Series:
    """Why one is to be kept; of the others what is alike."""
    named = {
        facts: say("boss.comma", lang).join(say(f"same_facts.{fact}", lang) for fact in facts.split(";"))
        for facts in duplicates["same_facts"].drop_nulls().unique()
    }
    told = duplicates.with_columns(same=pl.col("same_facts").replace(named))
    alike = (
        pl.when(pl.col("same").is_null()).then(pl.lit("duplicate.alike")).otherwise(pl.lit("duplicate.alike_and_more"))
    )
    key = pl.when("is_one_to_keep").then("duplicate.keep." + pl.col("keep_basis")).otherwise(alike)
    return sentences(told, key, lang)


def _all_sheet(book: Workbook, report: DelistReport, rows: pl.DataFrame) -> None:
    """Every product in one line."""
    names = (
        "rank", "product_id", "title", "category", "action", "reason_code", "guard", "status", "stocking_type",
        "on_hand_units", "inbound_units", "units_30d", "units_90d", "last_sale_on", "weeks_of_cover",
        "sold_share_90d", "value_est_fen", "regret_est_fen", "wait_value_est_fen", "cost_basis", "funnel_advice", "why",
    )  # fmt: skip
    sheet = _start(book, report, "all", plain=True)
    flat = [replace(column, wrap=False) for column in _columns(names, book.lang, report)]
    sheet.table(rows, flat, keep_left=3, empty=say("workbook.none.all", book.lang))


def _detail_sheet(book: Workbook, report: DelistReport) -> None:
    """All numbers of the profile, for those who want to check them; columns nobody knows anything of are named only."""
    sheet = _start(book, report, "detail", plain=True)
    columns = [replace(column, wrap=False) for column in _columns(PROFILE.names, book.lang, report)]
    known = [
        column for column in columns if report.profile.get_column(column.name).null_count() < report.profile.height
    ]
    unknown = [column.title for column in columns if column not in known]
    if known and unknown:
        sheet.line(say("workbook.unknown_columns", book.lang, titles=say("boss.comma", book.lang).join(unknown)))
    none = say("workbook.none.all", book.lang)
    sheet.table(report.profile.sort("product_id"), known or columns, keep_left=1, empty=none)


def _problems_sheet(book: Workbook, report: DelistReport) -> None:
    """Rows and cells that could not be used, each with its place, so that it can be mended."""
    sheet = _start(book, report, "problems")
    titles = {name: words.title.in_(book.lang) for name, words in COLUMNS.items()}
    columns = [
        replace(column, words=titles) if column.name == "column" else column
        for column in shown(PROBLEMS, lang=book.lang)
    ]
    order = ["source_file", "source_sheet", "source_row", "column", "problem"]
    sheet.table(report.problems.sort(order, nulls_last=True), columns, empty=say("workbook.none.problems", book.lang))
