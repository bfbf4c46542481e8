"""What was typed wrong on the command line, said in both languages.

click finds the mistake and has its own words for it, in English only. Here its exception becomes one sentence of ours:
which word, what was found there, what would fit. It is said in the language asked for, and in both where none was: the
reader of a mistyped command has not told us a language yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from toolkit.words import LANGS, Lang, Text, both

__all__ = ["usage_said"]

_FOUND = re.compile(r"""^(['"]?)(?P<value>.*?)\1 (?:is not|does not)""", re.DOTALL)
_EXTRA = re.compile(r"unexpected extra arguments? \((?P<words>.*)\)", re.DOTALL)


def usage_said(error: click.ClickException, lang: Lang | None = None) -> str:
    """One sentence on what was typed wrong, and how to see what fits; without `lang` one line in each language.

    >>> usage_said(click.BadOptionUsage("--as-of", "needs a value"), "en")
    '--as-of: lacks its value, or has one it cannot take, so nothing was run; check it. See toolkit --help'
    """
    said = _said(error)
    context = getattr(error, "ctx", None)
    command = f"toolkit {context.info_name}" if context and context.parent else "toolkit"
    texts = [text.format(help=f"{command} --help") for text in (said.zh, said.en)]
    return "\n".join(texts) if lang is None else texts[LANGS.index(lang)]


def _said(error: click.ClickException) -> Text:
    if isinstance(error, click.MissingParameter):
        return _both("usage.missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.NoSuchOption):
        return _unknown("option", error.option_name, error.possibilities)
    if isinstance(error, click.BadOptionUsage):
        return _both("usage.option_value", name=error.option_name)
    if (name := getattr(error, "command_name", None)) is not None:
        return _unknown("command", name, getattr(error, "possibilities", None))
    if extra := _EXTRA.search(error.message):
        return _both("usage.extra", words=extra["words"])
    return _both("usage.other", problem=error.format_message())


def _bad_value(error: click.BadParameter) -> Text:
    """A value of the wrong kind: which kind would fit is the option's own type."""
    kind = error.param.type if error.param else None
    found = _FOUND.match(error.message)
    name, value = _name(error), found["value"] if found else error.message
    if isinstance(kind, click.DateTime):
        return _both("usage.moment" if len(kind.formats) > 1 else "usage.day", name=name, value=value)
    if isinstance(kind, click.Choice):
        return _both("usage.choice", name=name, value=value, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange) and value.lstrip("-").isdigit():
        return _both("usage.least", name=name, value=value, least=kind.min)
    if isinstance(kind, click.IntRange) or kind is click.INT:
        return _both("usage.whole", name=name, value=value)
    return _both("usage.other", problem=error.format_message())


def _unknown(what: str, name: str, near: Iterable[str] | None) -> Text:
    likely = ", ".join(near or ())
    return _both(f"usage.{what}_near" if likely else f"usage.{what}", name=name, near=likely)


def _name(error: click.BadParameter) -> str:
    """An option as it is typed, an argument by its capital letters."""
    if error.param is None:
        return "-"
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.make_metavar(_context(error))


def _context(error: click.BadParameter) -> click.Context:
    return error.ctx or click.Context(click.Command(None))


def _both(key: str, **values: object) -> Text:
    """The sentence of a key; where to look is filled in when the command is known."""
    safe = {name: str(value).replace("{", "{{").replace("}", "}}") for name, value in values.items()}
    return both(key, **safe, help="{help}")
