"""Every text that a person reads, in Chinese and English, side by side.

A seller in Yiwu, an analyst and an engineer read the same report. So no sentence is written where it is used:
code names a key, and this package holds what the key says in both languages. A `Text` keeps the two together,
because a text that can be added in one language only will be.

The texts are grouped by who needs them: `columns` and `money_columns` (names, and what null means), `errors`, `sources`
(what a file is and how it is obtained), `choices` (words of values), `decisions` (reasons, guards, actions), `rules` (why), `loop`
(what became of decisions), `compare` (two runs side by side), `money` (classes, matches), `reconciliation` (cases and
their report), `checklists` (what to have at hand), `workbook`, `terminal`, `usage` (a mistyped command), `forms`
(the sheets of a new store).
Placeholders are named, ``{rows}``; one may hold the forms of a word, ``{rows:row|rows}`` (see `toolkit.words.plural`); a
placeholder for a table's column may carry its kind, ``{on_hand_units:count}``
(see `toolkit.words.sentences`).
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Literal, NamedTuple

__all__ = ["LANGS", "Lang", "Text", "both", "keys", "labels", "say", "text"]

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


class Text(NamedTuple):
    """One thing said twice: in Chinese and in English, with the same placeholders."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The text in one language.

        >>> Text("下架", "delist").in_("en")
        'delist'
        """
        return self.zh if lang == "zh" else self.en


_GROUPS = (
    "terminal",
    "loop",
    "compare",
    "errors",
    "sources",
    "choices",
    "decisions",
    "rules",
    "options",
    "workbook",
    "money",
    "reconciliation",
    "checklists",
    "forms",
    "settings",
    "columns",
    "backtest",
    "intake",
    "usage",
)
"""In the order in which they are looked through: what the command line says comes first, so that its help is quick."""


@cache
def _group(name: str) -> dict[str, Text]:
    return import_module(f"toolkit.words.{name}").TEXTS


def text(key: str) -> Text:
    """Both languages of one key; KeyError names the key when a text was never written."""
    for name in _GROUPS:
        if key in _group(name):
            return _group(name)[key]
    raise KeyError(key)


@cache
def keys() -> tuple[str, ...]:
    """All keys there are."""
    return tuple(key for name in _GROUPS for key in _group(name))


@cache
def _choices() -> dict[str, list[str]]:
    """The values of each choice: of keys in two parts, the second parts by the first."""
    values: dict[str, list[str]] = {}
    for choice, _, value in (key.partition(".") for key in keys()):
        if value and "." not in value:
            values.setdefault(choice, []).append(value)
    return values


def labels(choice: str, lang: Lang) -> dict[str, str]:
    """Value → word of a choice, from the keys ``<choice>.<value>``; empty when its values were never worded.

    >>> labels("stock_basis", "en")["snapshots"]
    'stock counts'
    """
    return {value: say(f"{choice}.{value}", lang) for value in _choices().get(choice, ())}


def say(key: str, lang: Lang = "zh", /, **values: object) -> str:
    """The sentence of a key in one language, its named places filled.

    >>> say("error.file_missing", "en", file="orders.csv")
    'orders.csv: there is no such file; check the path and the spelling.'
    """
    template = text(key).in_(lang)
    if "|" not in template:
        return template.format(**values)
    # Only texts that bend a word need the rules for it.
    from toolkit.words.plural import with_forms

    return with_forms(template, lang, **values)


def both(key: str, /, **values: object) -> Text:
    """The sentence of a key in both languages, its named places filled.

    >>> both("error.file_missing", file="orders.csv").en
    'orders.csv: there is no such file; check the path and the spelling.'
    """
    return Text(say(key, "zh", **values), say(key, "en", **values))
