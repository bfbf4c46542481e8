"""What do the words of a bill row say of the deposit? Rules that a user can read, and edit without a programmer.

Nobody outside the platform knows the literal texts of its bills, so no text is built in: the rules are data
(``deposit_rules.toml``, whose head explains each field), and a user's own file or sheet (`rule_sheet`) changes them. A rule is a set
of conditions that must all be met. Words are looked for in small letters; a Latin word only as a whole word.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from toolkit.errors import SettingsError
from toolkit.words import both

__all__ = ["FIELDS", "KINDS", "Rule", "RuleError", "deposit_rules", "read_rules", "rule_of", "with_fields"]

KINDS = ("pay", "freeze", "thaw", "top_up", "fine", "compensation", "refund", "other", "unknown", "possible_deposit")
"""The classes of a row; possible_deposit has a deposit's amount and no word about it: the user is asked."""

FIELDS = ("kind_raw", "business_raw", "item", "memo", "bill_status", "counterparty", "direction_raw", "fund_state_raw")
"""The columns whose words a rule may read."""

_DIRECTIONS = ("in", "out", "none")


@dataclass(frozen=True)
class Rule:
    """One rule: its id, the class it gives, and conditions that must all be met.

    >>> Rule("mine", "refund", any=("保证金",), also=("退还",)).kind
    'refund'
    """

    id: str
    kind: str
    fields: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    regex: str = ""
    counterparty: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    store: tuple[str, ...] = ()
    amount: tuple[int, ...] = ()
    """Fen."""
    currency: tuple[str, ...] = ()
    off: bool = False

    def fires(self, words: pl.Expr, way: pl.Expr) -> pl.Expr:
        """Whether the rule fires on each row: never null. `words` are the row's words, `way` is in, out or none."""
        conditions = [words.str.contains(_pattern((word,))) for word in self.all]
        conditions += [words.str.contains(_pattern(group)) for group in (self.any, self.also) if group]
        if self.not_:
            conditions.append(words.str.contains(_pattern(self.not_)).not_())
        if self.regex:
            conditions.append(words.str.contains(self.regex))
        if self.counterparty:
            conditions.append(pl.col("counterparty").str.to_lowercase().str.contains(_pattern(self.counterparty)))
        if self.amount:
            conditions.append(pl.coalesce("amount_fen", "stated_fen").abs().is_in(self.amount))
        listed = (
            (way, self.direction),
            *((pl.col(name), getattr(self, name)) for name in ("provider", "store", "currency")),
        )
        conditions += [value.is_in(list(values)) for value, values in listed if values]
        return pl.all_horizontal(condition.fill_null(False) for condition in conditions)


def deposit_rules(*own: Rule) -> tuple[Rule, ...]:
    """The shipped rules, changed by a user's own: a known id replaces in place, a new one is tried first.

    >>> deposit_rules(Rule("mine", "refund", any=("平台退保",)))[0].id
    'mine'
    """
    shipped = _shipped()
    mine = {rule.id: rule for rule in own}
    known = {rule.id for rule in shipped}
    rules = (*(rule for rule in own if rule.id not in known), *(mine.get(rule.id, rule) for rule in shipped))
    return tuple(rule for rule in rules if not rule.off)


def read_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a user's TOML file, to be handed to `deposit_rules`.

    Raises:
        SettingsError: the file is not TOML, or a rule cannot be understood; it names the rule and the problem.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("settings_not_toml", file=path.name, problem=str(error)) from error
    return _rules(path.name, content)


@cache
def _shipped() -> tuple[Rule, ...]:
    content = files("toolkit.reconcile").joinpath("deposit_rules.toml").read_text(encoding="utf-8")
    return _rules("deposit_rules.toml", tomllib.loads(content))


class RuleError(Exception):
    """What is wrong with one rule, and under which key: for whoever knows where the rule stands."""

    def __init__(self, problem: str, key: str = "id", **values: str) -> None:
        self.key, self.words = key, both(f"rule_problem.{problem}", **values)
        super().__init__(problem)


def _rules(file: str, content: Mapping[str, Any]) -> tuple[Rule, ...]:
    """All rules of a file; those without fields of their own read the file's `fields`, else the usual ones."""
    if unknown := sorted(set(content) - {"rule", "fields"}):
        raise _refused(file, unknown[0], RuleError("unknown", value=unknown[0]))
    usual = tuple(content.get("fields", FIELDS[:5]))
    rules: list[Rule] = []
    for values in content.get("rule", ()):
        try:
            rules.append(rule_of(values, usual, taken=[rule.id for rule in rules]))
        except RuleError as problem:
            raise _refused(file, str(values.get("id", "?")), problem) from problem
    return tuple(rules)


def rule_of(values: Mapping[str, Any], usual: tuple[str, ...] = FIELDS[:5], *, taken: Collection[str] = ()) -> Rule:
    """One rule of its conditions by key, as they stand in a TOML file; `usual`: the columns it reads unless it says so.

    Raises:
        RuleError: a key or a value that is not understood, an id that is `taken`, or a rule that would fire on anything.
    """
    known = {"class": "kind", "not": "not_"} | {f.name: f.name for f in fields(Rule) if f.name not in ("kind", "not_")}
    for key in values:
        if key not in known:
            raise RuleError("unknown", key, value=key)
    given = {known[key]: _value(key, value) for key, value in values.items()}
    rule = Rule(**({"id": "?", "kind": "other", "fields": usual} | given))
    if rule.id in taken:
        raise RuleError("twice")
    if not rule.off:
        _check(rule, has_class="class" in values)
    return rule


def _value(key: str, value: Any) -> Any:
    if key in ("id", "class", "regex", "off"):
        return value
    items = (value,) if isinstance(value, str) else tuple(map(str, value))
    if key == "amount":
        return tuple(map(_fen, items))
    return items if key in ("fields", "provider", "store", "currency") else tuple(item.lower() for item in items)


def _fen(amount: str) -> int:
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", amount.strip())
    if not found:
        raise RuleError("value", "amount", value=amount)
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def _check(rule: Rule, *, has_class: bool) -> None:
    """Refuse a rule that gives no known class, reads an unknown column, has no condition, or rests on who paid alone."""
    if not has_class or rule.kind not in KINDS:
        raise RuleError("class", "class", value=rule.kind if has_class else "")
    for key, values, known in (("fields", rule.fields, FIELDS), ("direction", rule.direction, _DIRECTIONS)):
        if wrong := [value for value in values if value not in known]:
            raise RuleError("value", key, value=wrong[0])
    has_words = any((rule.all, rule.any, rule.also, rule.regex))
    if not has_words and not rule.amount and not (rule.provider and rule.direction):
        raise RuleError(*(("counterparty_alone", "counterparty") if rule.counterparty else ("no_condition", "class")))
    if rule.fields == ("counterparty",) and rule.kind not in ("other", "unknown", "possible_deposit"):
        raise RuleError("counterparty_alone", "fields")
    try:
        pl.Series([""]).str.contains(rule.regex)
    except pl.exceptions.ComputeError as error:
        raise RuleError("value", "regex", value=rule.regex) from error


def _refused(file: str, rule: str, problem: RuleError) -> SettingsError:
    return SettingsError("rule_refused", file=file, rule=rule, problem=problem.words)


def _pattern(words: Sequence[str]) -> str:
    """One of these words, a Latin one only as a whole word: 'pay' is not in 'alipay'."""
    latin = [re.escape(word) for word in words if word.isascii()]
    other = [re.escape(word) for word in words if not word.isascii()]
    whole = [f"(?:^|[^a-z0-9])(?:{'|'.join(latin)})(?:[^a-z0-9]|$)"] if latin else []
    return "|".join([*other, *whole])


def with_fields(rule: Rule, usual: tuple[str, ...] = FIELDS[:5]) -> Rule:
    """The rule with the columns it reads: its own, else the usual ones."""
    return rule if rule.fields else replace(rule, fields=usual)
