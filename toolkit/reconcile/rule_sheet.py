"""Rules kept in a sheet: what the words of bill rows say of the deposit, for those who would rather not write TOML.

One row is one rule, with the columns of the TOML file under Chinese names or its own. Several words in a cell have 、 ; |
or a comma between them. Classes, directions, bills and columns may be written as people read them or by their keys. What
cannot be understood is refused with its cell, for a rule that is half understood would sort money into the wrong class.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from toolkit.errors import SettingsError
from toolkit.reconcile.rules import FIELDS, KINDS, Rule, RuleError, deposit_rules, rule_of
from toolkit.words import LANGS, keys, say
from toolkit.words.columns import COLUMNS

__all__ = ["RULE_CAPTIONS", "rules_frame", "rules_of_frame", "rules_of_rows"]

RULE_CAPTIONS = {
    "id": "编号", "class": "类别", "any": "任一词", "also": "并且任一词", "not": "排除词", "all": "全部词",
    "direction": "方向", "amount": "金额", "counterparty": "对方", "provider": "账单来源", "store": "店铺",
    "currency": "币种", "fields": "看哪些列", "regex": "正则", "off": "停用",
}  # fmt: skip
"""Key of a rule, as in the TOML file → what stands over its column."""

_KEYS = {caption: key for key, caption in RULE_CAPTIONS.items()}
_NOTES = ("备注", "note", "说明")
_YES, _NO = ("1", "true", "yes", "是", "停用", "√"), ("0", "false", "no", "否", "")


def rules_of_frame(frame: pl.DataFrame, *, name: str) -> tuple[Rule, ...]:
    """The rules of a sheet kept by hand, as a frame of text columns; see `rules_of_rows`.

    Args:
        name: what to call the sheet in messages.

    >>> rules_of_frame(pl.DataFrame({"编号": ["mine"], "类别": ["退款"], "任一词": ["退保、退店"]}), name="规则")[0].any
    ('退保', '退店')
    """
    rows = [(n, tuple(row)) for n, row in enumerate(frame.cast(pl.String).iter_rows(), start=2)]
    return rules_of_rows(rows, frame.columns, place=name)


def rules_of_rows(
    rows: Sequence[tuple[int, Sequence[str | None]]], captions: Sequence[str], *, place: str
) -> tuple[Rule, ...]:
    """The rules of the rows below a header, in order; empty rows are passed over.

    Args:
        rows: number of the row in the sheet, and its cells.
        captions: the header; a column 备注 is not read.
        place: file and sheet, for messages.

    Raises:
        SettingsError: a column, a cell or a rule that cannot be understood, with its cell.
    """
    names = [_KEYS.get(caption.strip(), caption.strip().lower()) for caption in captions]
    rules: list[Rule] = []
    for number, cells in rows:
        filled = [(n, key, cell.strip()) for n, (key, cell) in enumerate(zip(names, cells, strict=False)) if cell]
        given = [(n, key, cell) for n, key, cell in filled if cell and key and key not in _NOTES]
        if not given:
            continue
        try:
            values = {key: _cell(key, cell) for _, key, cell in given}
            if "id" not in values:
                raise RuleError("no_id")
            rules.append(rule_of(values, taken=[rule.id for rule in rules]))
        except RuleError as problem:
            at = names.index(problem.key) if problem.key in names else 0
            cell = f"{_letter(at)}{number}"
            raise SettingsError("rule_cell_refused", place=place, cell=cell, problem=problem.words) from problem
    return tuple(rules)


def rules_frame(rules: Sequence[Rule] | None = None) -> pl.DataFrame:
    """Rules as rows of such a sheet, in the order they are tried; None: the shipped ones.

    >>> rules_frame().columns[:3], rules_frame()["id"][0]
    (['id', 'class', 'any'], 'credit_instead_of_deposit')
    """
    told = deposit_rules() if rules is None else rules
    return pl.DataFrame(
        [{key: _said(key, rule) for key in RULE_CAPTIONS} for rule in told],
        schema=dict.fromkeys(RULE_CAPTIONS, pl.String),
    )


def _said(key: str, rule: Rule) -> str | None:
    """What one cell of a rule's row says."""
    value = getattr(rule, {"class": "kind", "not": "not_"}.get(key, key))
    if key == "off":
        return "是" if value else None
    if key == "amount":
        return "、".join(f"{fen // 100}.{fen % 100:02d}" for fen in value) or None
    if key == "fields" and value == FIELDS[:5]:
        return None
    return (value if isinstance(value, str) else "、".join(value)) or None


def _cell(key: str, cell: str) -> Any:
    """A cell's value under the rule's key, words of people put into keys."""
    if key in ("id", "regex"):
        return cell
    if key == "class":
        return _worded("class", cell, {kind: _names(f"deposit_kind.{kind}") for kind in KINDS})
    if key == "off":
        if cell.lower() not in (*_YES, *_NO):
            raise RuleError("value", "off", value=cell)
        return cell.lower() in _YES
    # An amount keeps its comma: 10,000.00
    parts = [part.strip() for part in re.split(r"[、;；|\n]" if key == "amount" else r"[、;；|,，\n]", cell)]
    known = _KNOWN.get(key)
    return [_worded(key, part, known()) if known else part for part in parts if part]


def _names(key: str) -> tuple[str, ...]:
    return tuple(say(key, lang) for lang in LANGS) if key in keys() else ()


def _worded(key: str, cell: str, known: dict[str, tuple[str, ...]]) -> str:
    """The key a word stands for."""
    for name, words in known.items():
        if cell.lower() in (name, *(word.lower() for word in words)):
            return name
    raise RuleError("class" if key == "class" else "value", key, value=cell)


_KNOWN = {
    "direction": lambda: {"in": ("进", "收入", "转入"), "out": ("出", "支出", "转出"), "none": ("不动", "没有动钱")},
    "provider": lambda: {
        key.removeprefix("provider."): _names(key) for key in keys() if re.fullmatch(r"provider\.\w+", key)
    },
    "fields": lambda: {name: tuple(COLUMNS[name].title) for name in FIELDS},
}
"""Key → the words a cell of it may hold, by what they stand for."""


def _letter(at: int) -> str:
    """The letters of a sheet's column, counted from 0: Z is 25, AA is 26."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
