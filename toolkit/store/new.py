"""What a new store folder starts with: sheets to fill in, settings to change, and a button to press.

The person who fills these in works in Excel and never opens a terminal. So the sheets come with the headers that the
loader knows, ids as text before the first one is pasted, drop-downs where only a few words are understood, and one
short sheet of explanation. What is there already is never touched: on an old store only what is missing is added.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.export.cells import Shown
from toolkit.export.into_place import into_place
from toolkit.export.workbook import Workbook
from toolkit.reconcile.rule_sheet import RULE_CAPTIONS, rules_frame
from toolkit.reconcile.rules import KINDS
from toolkit.settings import DEFAULTS
from toolkit.store.inbox import RULES_SHEET
from toolkit.words import Lang, keys, say, text
from toolkit.words.columns import COLUMNS

__all__ = ["init_store"]

_UNDATED = date(1980, 1, 1)
"""Workbooks carry a day in their properties; a form has none, and a clock would make each one different."""
_PRODUCT_COLUMNS = (
    "product_id", "title", "category", "stocking_type", "status", "supply_price_fen", "unit_cost_fen",
    "on_hand_units", "inbound_units", "listed_on", "seller_sku", "observed_on",
)  # fmt: skip
_PICKS = {
    "stocking_type": ("warehouse", "jit", "overseas"),
    "status": ("on_sale", "pending_launch", "under_review", "review_failed", "delisted"),
}
_POLICY_SHEETS = {
    "term": "store.sheet.terms", "brand": "store.sheet.brands", "category": "store.sheet.categories",
    "product": "store.sheet.products_listed", "protected": "store.sheet.protected",
    "qualification": "store.sheet.qualifications", "special": "store.sheet.special",
}  # fmt: skip
_POLICY_COLUMNS = {
    "policy_value": "text", "policy_from": "day", "policy_until": "day", "policy_exceptions": "text",
    "policy_list_on": "day", "note": "text",
}  # fmt: skip
_PAPER_COLUMNS = {
    "policy_value": "id",
    "policy_document": "text",
    "policy_until": "day",
    "policy_list_on": "day",
    "note": "text",
}
_PAPER_HEADERS = {"policy_value": "store.header.paper_for", "policy_until": "store.header.paper_until"}
_STORE_SHEETS = {"store": "store.sheet.store", "case": "store.sheet.cases", "range": "store.sheet.ranges"}
_STORE_COLUMNS = {
    "store": "text", "linked_store": "text", "company": "text", "entity_type": "text", "email_unused": "text",
    "browser": "text", "phone_reachable": "text", "alipay_tail": "id", "deposit_on": "day", "deposit": "fen",
    "applied_on": "day", "approved_on": "day", "note": "text",
}  # fmt: skip
_CASE_COLUMNS = {
    "store": "text", "case_kind": "text", "case_id": "id", "submitted_on": "day", "approved_on": "day",
    "rejected_on": "day", "amount_fen": "fen", "account": "text", "reason": "text", "documents_complete": "text",
    "documents_match": "text", "note": "text",
}  # fmt: skip
_RANGE_COLUMNS = {
    "bill_name": "text", "account": "text", "first_day": "day", "last_day": "day", "bill_filter": "text", "note": "text",
}  # fmt: skip
_YES_NO = ("yes", "no")
_STORE_PICKS = {
    "entity_type": ("company", "sole_trader"), "email_unused": _YES_NO, "phone_reachable": _YES_NO,
    "documents_complete": _YES_NO, "documents_match": _YES_NO,
    "bill_filter": ("all", "expenses_only", "income_only", "neutral_only", "other"),
}  # fmt: skip
_CASE_KINDS = ("deposit_refund", "company_certification", "business_information", "fund_account", "opening")
_RUN = r"""@echo off
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "STORE=%~dp0."
set "RUN="
if exist "%~dp0.venv\Scripts\toolkit.exe" goto own
if exist "%~dp0..\.venv\Scripts\toolkit.exe" goto beside
where toolkit >nul 2>nul
if not errorlevel 1 goto found
py -c "import toolkit" >nul 2>nul
if not errorlevel 1 goto py
python -c "import toolkit" >nul 2>nul
if not errorlevel 1 goto python
type "%~dp0README.txt"
set "CODE=9"
goto end
:own
"%~dp0.venv\Scripts\toolkit.exe" weekly "%STORE%"
goto ran
:beside
"%~dp0..\.venv\Scripts\toolkit.exe" weekly "%STORE%"
goto ran
:found
toolkit weekly "%STORE%"
goto ran
:py
py -m toolkit weekly "%STORE%"
goto ran
:python
python -m toolkit weekly "%STORE%"
:ran
set "CODE=%ERRORLEVEL%"
:end
echo.
pause
exit /b %CODE%
"""
"""Plain ASCII: older command prompts lose their place in a batch file that has other characters in it."""


def init_store(path: str | Path, *, lang: Lang = "zh") -> list[Path]:
    """Make a store folder, or add to one what it lacks; gives the paths written, and touches nothing else.

    Raises:
        StoreError: something that is not a folder stands there, or it cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in init_store(folder, lang="en")][:3], init_store(folder)
    (['商品表.xlsx', '店铺档案.xlsx', 'policy.xlsx'], [])
    """
    folder = Path(path)
    makers: dict[str, Callable[[Path, Lang], object]] = {
        "商品表.xlsx": _product_sheet,
        "店铺档案.xlsx": _store_sheet,
        "policy.xlsx": _policy_sheets,
        RULES_SHEET: _rule_sheets,
        "toolkit.toml": lambda file, lang: into_place(file, _settings(lang).encode()),
        "每周运行.bat": lambda file, lang: into_place(file, _crlf(_RUN).encode("ascii")),
        "README.txt": lambda file, lang: into_place(file, _crlf(say("store.readme", lang)).encode()),
    }
    try:
        (folder / "inbox").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("store_not_written", file=folder.name, problem=error.strerror or str(error)) from error
    missing = [name for name in makers if not (folder / name).exists()]
    for name in missing:
        makers[name](folder / name, lang)
    return [folder / name for name in missing]


def _product_sheet(path: Path, lang: Lang) -> None:
    book = Workbook(day=_UNDATED, lang=lang)
    units = {column.name: column.unit for column in schema.CATALOG.columns}
    columns = [
        Shown(
            name,
            COLUMNS[name].title.in_(lang),
            units[name],
            tints={"": "must"} if name == "product_id" else {},
            pick=tuple(say(f"{name}.{word}", lang) for word in _PICKS.get(name, ())),
            hint=_hint("product", name, lang),
            width=_width(units[name], name),
        )
        for name in _PRODUCT_COLUMNS
    ]
    book.sheet(say("store.sheet.products", lang)).form(columns)
    _explain(book, "store.about.products", lang)
    book.save(path)


def _policy_sheets(path: Path, lang: Lang) -> None:
    book = Workbook(day=_UNDATED, lang=lang)
    for name in _POLICY_SHEETS:
        is_id = name in ("product", "protected")
        is_paper = name == "qualification"
        units = _PAPER_COLUMNS if is_paper else _POLICY_COLUMNS | ({"policy_value": "id"} if is_id else {})
        titles = _PAPER_HEADERS if is_paper else {"policy_value": "store.header.entry"}
        columns = [
            Shown(
                column,
                say(titles[column], lang) if column in titles else COLUMNS[column].title.in_(lang),
                unit,
                tints={"": "must"} if column == "policy_value" else {},
                hint=_hint("policy", column, lang),
                width=_width(unit, column),
            )
            for column, unit in units.items()
        ]
        book.sheet(say(_POLICY_SHEETS[name], lang)).form(columns)
    _explain(book, "store.about.policy", lang)
    book.save(path)


def _store_sheet(path: Path, lang: Lang) -> None:
    book = Workbook(day=_UNDATED, lang=lang)
    sheets = {"store": _STORE_COLUMNS, "case": _CASE_COLUMNS, "range": _RANGE_COLUMNS}
    for sheet, columns in sheets.items():
        form = [_asked(sheet, name, unit, lang) for name, unit in columns.items()]
        book.sheet(say(_STORE_SHEETS[sheet], lang)).form(form, rows=200)
    _explain(book, "store.about.store", lang)
    book.save(path)


def _rule_sheets(path: Path, lang: Lang) -> None:
    """The user's own rules, empty, and beside them the shipped ones to copy from."""
    book = Workbook(day=_UNDATED, lang=lang)
    columns = [
        Shown(
            key,
            caption,
            "id" if key == "id" else "text",
            tints={"": "must"} if key in ("id", "class") else {},
            pick=tuple(say(f"deposit_kind.{kind}", lang) for kind in KINDS) if key == "class" else (),
            hint=_hint("rule", key, lang),
            width=26.0 if key in ("id", "any", "also", "not") else 13.0,
        )
        for key, caption in RULE_CAPTIONS.items()
    ]
    book.sheet(say("store.sheet.rules", lang)).form(columns, rows=500)
    words = {kind: say(f"deposit_kind.{kind}", lang) for kind in KINDS}
    told = rules_frame().with_columns(pl.col("class").replace(words))
    shown = [replace(column, pick=(), hint="", tints={}, wrap=column.width == 26.0) for column in columns]
    book.sheet(say("store.sheet.rules_shipped", lang), plain=True).table(told, shown)
    _explain(book, "store.about.rules", lang)
    book.save(path)


def _asked(sheet: str, name: str, unit: str, lang: Lang) -> Shown:
    """A column of a form, with its drop-down and its hint."""
    own = f"store.header.{'case_amount' if (sheet, name) == ('case', 'amount_fen') else name}"
    picks = _CASE_KINDS if name == "case_kind" else _STORE_PICKS.get(name, ())
    return Shown(
        name,
        say(own, lang)
        if own in keys() and (sheet != "case" or name == "amount_fen")
        else COLUMNS[name].title.in_(lang),
        unit,
        pick=tuple(say(f"{name}.{word}", lang) for word in picks),
        hint=_hint(sheet, name, lang),
        width=_width(unit, name),
    )


def _explain(book: Workbook, key: str, lang: Lang) -> None:
    sheet = book.sheet(say("store.sheet.about", lang))
    for at, line in enumerate(say(key, lang).splitlines()):
        sheet.line(line, "heading" if at == 0 else "note")


def _hint(sheet: str, column: str, lang: Lang) -> str:
    key = f"store.hint.{sheet}.{column}"
    return say(key, lang) if key in keys() else ""


def _width(unit: str, name: str) -> float:
    wide = {
        "title": 44.0,
        "category": 18.0,
        "policy_value": 28.0,
        "policy_exceptions": 28.0,
        "note": 28.0,
        "company": 28.0,
    }
    return wide.get(name, 20.0 if unit in ("id", "text") else 13.0)


def _settings(lang: Lang) -> str:
    """toolkit.toml: every setting with its sentence and default, commented out, so that defaults stay the tool's."""
    lines = [f"# {line}" for line in say("store.settings_head", lang).splitlines()]
    section = ""
    for name, value in DEFAULTS.flat().items():
        if name.partition(".")[0] != section:
            section = name.partition(".")[0]
            lines += ["", f"[{section}]"]
        lines += ["", f"# {text(f'setting.{name}').in_(lang)}"]
        chosen = name == "store.language" and value != lang
        lines.append(f'language = "{lang}"' if chosen else f"# {name.partition('.')[2]} = {_toml(value)}")
    return _crlf("\n".join(lines) + "\n")


def _toml(value: object) -> str:
    """A setting's value as TOML; JSON writes text, numbers, booleans and lists the same way."""
    return "{}" if value == {} else json.dumps(value, ensure_ascii=False)


def _crlf(content: str) -> str:
    return content.replace("\r\n", "\n").replace("\n", "\r\n")
