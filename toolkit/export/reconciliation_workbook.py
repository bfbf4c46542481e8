"""reconciliation.xlsx: every deposit, refund and review, what is owed, what arrived, what to do next, and the proof.

The first sheets are the work: one line per store, the cases with their days and next steps, and what to have at hand for
them. Then come the proofs: the balance step by step, pairs with the evidence and both rows, what is open by age, what is ambiguous with
every possibility, every row once, and what the files cover. Whoever doubts a figure finds the file, sheet and line.

Nothing is worked out here; names, phones and account numbers are masked unless the settings say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from toolkit.export.about_sheet import about_inputs, about_notes, about_run, about_section, about_settings
from toolkit.export.cells import Shown, shown
from toolkit.export.delist_report import RunFacts, week_label
from toolkit.export.masked import masked
from toolkit.export.money_columns import (
    BALANCE,
    CASE,
    CASE_PROOF,
    CHECK,
    DEDUCTIONS,
    OPEN,
    OPEN_PROOF,
    PAIR,
    PAIR_PROOF,
    ROW,
    SPLIT,
    STORE,
    TINTED,
    TINTS,
    UNSURE,
    WHERE_KNOWN,
    WIDE,
)
from toolkit.export.workbook import Sheet, Workbook
from toolkit.reconcile.cases import pointer
from toolkit.reconcile.deposits import DepositsResult
from toolkit.reconcile.match import renumbered
from toolkit.reconcile.refunds import RefundsResult
from toolkit.schema import PROBLEMS, Table
from toolkit.schema.checklists import CHECKLISTS
from toolkit.schema.deposits import (
    BILL_COVERAGE,
    CASES,
    DEPOSIT_BRIDGE,
    DEPOSIT_CONTROL,
    DEPOSIT_ROWS,
    DEPOSIT_STORES,
    LIST_COVERAGE,
    OPEN_ITEMS,
    REFUND_CONTROL,
    REFUND_ITEMS,
    REFUND_ORDERS,
    REFUND_ROWS,
)
from toolkit.schema.reconciled import AMBIGUOUS, MATCHES, SPLITS
from toolkit.words import Lang, say
from toolkit.words.columns import COLUMNS

__all__ = ["ReconciliationReport", "write_reconciliation_workbook"]


@dataclass(frozen=True)
class ReconciliationReport:
    """Everything reconciliation.xlsx shows."""

    deposits: DepositsResult
    facts: RunFacts
    problems: pl.DataFrame
    """`schema.PROBLEMS`."""
    refunds: RefundsResult | None = None
    """None: no file told of order refunds."""

    @property
    def private(self) -> bool:
        """Whether names, phones and account numbers are masked."""
        return self.facts.settings.cases.mask_personal


def write_reconciliation_workbook(path: Path, report: ReconciliationReport, lang: Lang = "zh") -> Path:
    """Write the workbook; gives the path really written, `name (2).xlsx` when the file is open in Excel.

    Raises:
        OutputError: the folder cannot be written, or the file does not read back as it was meant.
    """
    facts = report.facts
    book = Workbook(day=facts.as_of, lang=lang, title=say("workbook.money.title", lang))
    for sheet in (
        _stores,
        _cases,
        _checklists,
        _balances,
        _matched,
        _open,
        _unsure,
        _rows,
        _refunds,
        _coverage,
        _problems,
        _about,
    ):
        sheet(book, report)
    book.remember(toolkit_run=facts.run_id, toolkit_week=facts.week, toolkit_store=facts.store)
    return book.save(path)


def _start(
    book: Workbook, report: ReconciliationReport, name: str, *, tab: str | None = None, plain: bool = False
) -> Sheet:
    """A sheet with its headline and one line that says how to read it."""
    sheet = book.sheet(say(f"workbook.sheet.{name}", book.lang), tab=tab, plain=plain)
    facts = report.facts
    parts = (facts.store, week_label(facts.week, book.lang), say(f"workbook.sheet.{name}", book.lang))
    sheet.line(" · ".join(part for part in parts if part), "title")
    sheet.line(say(f"workbook.how.{name}", book.lang, as_of=facts.as_of))
    return sheet


def _put(
    sheet: Sheet, report: ReconciliationReport, frame: pl.DataFrame, table: Table, names: Iterable[str], none: str,
    lang: Lang, *, main: bool = True, keep_left: int = 0, plain: bool = False, proof: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """A table of the result, worded and masked; pointers that a lookup added are titled like any column.

    Columns of `proof` come last and are folded away.
    """
    known = {column.name for column in table.columns}
    columns = [
        shown(table, [name], lang=lang)[0] if name in known else Shown(name, COLUMNS[name].title.in_(lang), "text")
        for name in (*names, *proof)
        if name not in WHERE_KNOWN or frame.get_column(name).count()
    ]
    looks = [
        replace(
            column,
            tints=TINTS if column.name in TINTED else {},
            width=WIDE.get(column.name),
            wrap=column.name in WIDE and not plain,
            folded=column.name in proof,
        )
        for column in columns
    ]
    rows = masked(frame.select(column.name for column in looks), private=report.private)
    sheet.table(rows, looks, main=main, keep_left=keep_left, empty=say(f"workbook.none.{none}", lang))


def _heading(sheet: Sheet, name: str, lang: Lang) -> None:
    sheet.line()
    sheet.line(say(f"workbook.money.{name}", lang), "heading")


def _stores(book: Workbook, report: ReconciliationReport) -> None:
    """One line per store: where its deposit stands and what to do."""
    sheet = _start(book, report, "deposits", tab="#2F4B66")
    rows = report.deposits.stores.sort("store", "currency")
    _put(sheet, report, rows, DEPOSIT_STORES, STORE, "deposits", book.lang, keep_left=1)


def _balances(book: Workbook, report: ReconciliationReport) -> None:
    """What was paid, taken and given back per store, step by step to zero."""
    sheet = _start(book, report, "balances")
    told, lang = report.deposits, book.lang
    order = ["store", "currency"]
    _put(sheet, report, told.stores.sort(order), DEPOSIT_STORES, BALANCE, "deposits", lang, main=False)
    _heading(sheet, "bridge", lang)
    steps = told.bridge.sort(*order, "step_no")
    names = ("store", "currency", "bridge_step", "step_fen")
    _put(sheet, report, steps, DEPOSIT_BRIDGE, names, "deposits", lang, main=False)
    _heading(sheet, "deductions", lang)
    _put(sheet, report, told.stores.sort(order), DEPOSIT_STORES, DEDUCTIONS, "deposits", lang, main=False)


def _cases(book: Workbook, report: ReconciliationReport) -> None:
    """Dated cases, the latest first."""
    sheet = _start(book, report, "cases", tab="#D98A3D")
    rows = report.deposits.cases.sort(
        "late_days", "due_on", "store", "case_key", descending=[True, False, False, False], nulls_last=True
    )
    unsure = () if rows["is_provisional"].any() else ("is_provisional", "due_earliest_on", "due_latest_on")
    proof = tuple(name for name in CASE_PROOF if name not in unsure)
    _put(sheet, report, rows, CASES, CASE, "cases", book.lang, keep_left=3, proof=proof)


def _checklists(book: Workbook, report: ReconciliationReport) -> None:
    """What to have at hand: for a refund application, an opening, a review; a sheet each, where there is any."""
    told = report.deposits.checklists
    for name in ("refund_form", "opening", "review"):
        rows = told.filter(pl.col("checklist") == name)
        if not rows.is_empty():
            sheet = _start(book, report, name)
            _put(sheet, report, rows, CHECKLISTS, CHECK, "cases", book.lang, keep_left=1)


def _matched(book: Workbook, report: ReconciliationReport) -> None:
    """Pairs of deposits and of order refunds, with their evidence and both rows."""
    sheet = _start(book, report, "matched")
    told, refunds = report.deposits, report.refunds
    pairs = told.matches if refunds is None else pl.concat([told.matches, refunds.matches])
    rows = _located(pairs, report).sort("pair_kind", "store", "expected_id", "credit_id", nulls_last=True)
    _put(sheet, report, rows, MATCHES, PAIR, "matched", book.lang, keep_left=1, proof=PAIR_PROOF)


def _open(book: Workbook, report: ReconciliationReport) -> None:
    """Money that is not settled, as the result orders it: oldest first."""
    sheet = _start(book, report, "open", tab="#A8452B")
    _put(sheet, report, report.deposits.open_items, OPEN_ITEMS, OPEN, "open", book.lang, keep_left=1, proof=OPEN_PROOF)


def _unsure(book: Workbook, report: ReconciliationReport) -> None:
    """Every possibility of what is ambiguous, and suggestions of parts."""
    sheet = _start(book, report, "ambiguous")
    told, refunds = report.deposits, report.refunds
    pairs = told.ambiguous if refunds is None else renumbered([told.ambiguous, refunds.ambiguous])
    rows = _located(pairs, report).sort("answer_group", "expected_id", "credit_id")
    _put(sheet, report, rows, AMBIGUOUS, UNSURE, "ambiguous", book.lang, keep_left=1)
    _heading(sheet, "splits", book.lang)
    splits = _located(told.suggestions, report).sort("expected_id", "split_no", "credit_id")
    _put(sheet, report, splits, SPLITS, SPLIT, "splits", book.lang, main=False)


def _located(pairs: pl.DataFrame, report: ReconciliationReport) -> pl.DataFrame:
    """Pairs with where both rows stand: the claim's own row (a case's, a refund's, a batch's), and the credit's."""
    told, refunds = report.deposits, report.refunds
    claims = [told.cases.select(claim="case_key", claim_row=pl.coalesce("case_row", "ledger_row"))]
    credits = [told.rows.select(credit_id="row_key", credit_row=pointer())]
    if refunds is not None:
        claims.append(refunds.claim_rows.select("claim_row", claim="expected_id"))
        credits.append(refunds.rows.select(credit_id="row_key", credit_row=pointer()))
    keyed = pairs.with_columns(claim=pl.col("expected_id").str.replace(r"#\d+$", ""))
    for rows, key in ((claims, "claim"), (credits, "credit_id")):
        found = pl.concat(rows, how="diagonal").unique(key, keep="first", maintain_order=True)
        keyed = keyed.join(found, on=key, how="left", maintain_order="left")
    return keyed.drop("claim")


def _rows(book: Workbook, report: ReconciliationReport) -> None:
    """Every row of bills and ledgers, once."""
    sheet = _start(book, report, "money_rows", plain=True)
    rows = report.deposits.rows.sort(
        "row_side", "store", "booked_on", "source_file", "source_sheet", "source_row", "row_key", nulls_last=True
    )
    _put(sheet, report, rows, DEPOSIT_ROWS, ROW, "money_rows", book.lang, keep_left=1, plain=True)


def _refunds(book: Workbook, report: ReconciliationReport) -> None:
    """Refunds and releases of orders, where they were found again, and each order's sum."""
    told = report.refunds
    if told is None:
        return
    sheet = _start(book, report, "refunds")
    items = told.items.sort("store", "order_id", "booked_on", "row_key", nulls_last=True)
    names = [name for name in REFUND_ITEMS.names if name != "row_key"]
    _put(sheet, report, items, REFUND_ITEMS, names, "refunds", book.lang, keep_left=2)
    _heading(sheet, "orders", book.lang)
    orders = told.orders.sort("store", "order_id", "currency", nulls_last=True)
    _put(sheet, report, orders, REFUND_ORDERS, REFUND_ORDERS.names, "refunds", book.lang, main=False)
    _heading(sheet, "items", book.lang)
    rows = told.rows.sort("row_side", "booked_on", "source_file", "source_row", "row_key", nulls_last=True)
    _put(sheet, report, rows, REFUND_ROWS, REFUND_ROWS.names, "refunds", book.lang, main=False, plain=True)


def _coverage(book: Workbook, report: ReconciliationReport) -> None:
    """What the files cover, and all money by what became of it."""
    sheet = _start(book, report, "input_coverage")
    told, refunds, lang = report.deposits, report.refunds, book.lang
    _put(sheet, report, told.coverage, BILL_COVERAGE, BILL_COVERAGE.names, "input_coverage", lang)
    _heading(sheet, "lists", lang)
    _put(sheet, report, told.lists, LIST_COVERAGE, LIST_COVERAGE.names, "input_coverage", lang, main=False)
    _heading(sheet, "control", lang)
    control = told.control.sort(*DEPOSIT_CONTROL.key, nulls_last=True)
    _put(sheet, report, control, DEPOSIT_CONTROL, DEPOSIT_CONTROL.names, "money_rows", lang, main=False)
    if refunds is not None:
        _heading(sheet, "refund_control", lang)
        control = refunds.control.sort(*REFUND_CONTROL.key, nulls_last=True)
        _put(sheet, report, control, REFUND_CONTROL, REFUND_CONTROL.names, "refunds", lang, main=False)


def _problems(book: Workbook, report: ReconciliationReport) -> None:
    """Rows and cells that could not be used, each with its place."""
    sheet = _start(book, report, "problems")
    titles = {name: words.title.in_(book.lang) for name, words in COLUMNS.items()}
    columns = [
        replace(column, words=titles) if column.name == "column" else column
        for column in shown(PROBLEMS, lang=book.lang)
    ]
    order = ["source_file", "source_sheet", "source_row", "column", "problem"]
    rows = masked(report.problems.sort(order, nulls_last=True), private=report.private)
    sheet.table(rows, columns, empty=say("workbook.none.problems", book.lang))


def _about(book: Workbook, report: ReconciliationReport) -> None:
    """How to read the workbook, which run it is, what was read, which settings decided."""
    lang = book.lang
    sheet = book.sheet(say("workbook.sheet.about", lang))
    sheet.line(say("workbook.money.title", lang), "title")
    last = "masked" if report.private else "open"
    about_notes(sheet, "use", [say(f"workbook.money.means.{n}", lang) for n in (1, 2, 3, 4, last)], lang)
    about_section(sheet, "run", lang)
    about_run(sheet, report.facts, lang)
    about_inputs(sheet, _masked_inputs(report), lang)
    about_settings(sheet, report.facts.settings, lang)


def _masked_inputs(report: ReconciliationReport) -> RunFacts:
    """The facts of the run, with the names of its files masked."""
    files = pl.DataFrame(
        {"source_file": [file.file for file in report.facts.inputs]}, schema={"source_file": pl.String}
    )
    names = masked(files, private=report.private)["source_file"]
    renamed = tuple(replace(file, file=name) for file, name in zip(report.facts.inputs, names, strict=True))
    return replace(report.facts, inputs=renamed)
