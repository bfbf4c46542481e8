"""Which form of a word goes with a number: 1 product, 2 products.

A place in a text may hold the forms of a word instead of a figure, ``{products} {products:product|products}``, verb
included where it bends too: ``{units:unit is|units are}``. Which counts take the singular is the language's rule as CLDR
has it (by babel); Chinese has one form for all and needs no such place.
"""

from __future__ import annotations

import string
from functools import cache
from typing import Any

__all__ = ["forms", "singulars", "with_forms"]

_COUNTS = range(1_000)


def forms(spec: str) -> tuple[str, str] | None:
    """The singular and the plural that a place asks for; None when it asks for a figure.

    >>> forms("product|products"), forms("count")
    (('product', 'products'), None)
    """
    one, bar, many = spec.partition("|")
    return (one, many) if bar else None


@cache
def singulars(lang: str) -> tuple[int, ...]:
    """The counts below a thousand that take the singular.

    >>> singulars("en"), singulars("zh")
    ((1,), ())
    """
    from babel import Locale

    form = Locale.parse(lang).plural_form
    return tuple(count for count in _COUNTS if form(count) == "one")


class _Worded(string.Formatter):
    """`str.format` that also fills places with the form of a word."""

    def __init__(self, lang: str) -> None:
        self._singulars = {str(count) for count in singulars(lang)}

    def format_field(self, value: Any, format_spec: str) -> str:
        asked = forms(format_spec)
        if asked is None:
            return super().format_field(value, format_spec)
        return asked[0] if str(value) in self._singulars else asked[1]


@cache
def _worded(lang: str) -> _Worded:
    return _Worded(lang)


def with_forms(template: str, lang: str, **values: object) -> str:
    """A template filled, its words in the form that goes with their numbers.

    >>> [with_forms("{n} {n:row is|rows are} left out", "en", n=n) for n in (1, 2, "1,000")]
    ['1 row is left out', '2 rows are left out', '1,000 rows are left out']
    """
    return _worded(lang).format(template, **values)
