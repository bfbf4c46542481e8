"""What can go wrong, told to the person who holds the file.

A message names the place (file › sheet › cell), what was found there, why it matters and what to do, in one
sentence, in Chinese and English. The sentence lives in `toolkit.words.errors` under ``error.<key>``; code raises a
key with its values. There are five families, by who has to act:

- `InputError`: this file cannot be understood as it is (a web page, a password, no known header).
- `DataError`: the tables were understood but contradict each other or lack what the job needs.
- `SettingsError`: toolkit.toml or an option asks for something that does not exist.
- `StoreError`: the store folder is not in a state for this step (missing, locked, another store's).
- `OutputError`: a result cannot be written or, re-read, is not what was meant.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.words import Lang, Text, say

__all__ = ["DataError", "InputError", "OutputError", "Place", "SettingsError", "StoreError", "ToolkitError"]


@dataclass(frozen=True)
class Place:
    """Where in a file: the parts a person can look for, from the outside in."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """
        >>> str(Place("商品表.xlsx", "Sheet1", "B7"))
        '商品表.xlsx › Sheet1 › B7'
        """
        return " › ".join(part for part in (self.file, self.sheet, self.cell) if part)


class ToolkitError(Exception):
    """One sentence for the person holding the file, in either language; a value may itself be a `Text`.

    >>> error = InputError("file_missing", file="orders.csv")
    >>> error.sentence("zh")
    'orders.csv:没有这个文件,请检查路径和文件名。'
    """

    exit_code = 1

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(key)

    def sentence(self, lang: Lang = "zh") -> str:
        """What happened and what to do, in one language."""
        values = {name: value.in_(lang) if isinstance(value, Text) else value for name, value in self.values.items()}
        return say(f"error.{self.key}", lang, **values)

    def __str__(self) -> str:
        return f"{self.sentence('zh')}\n{self.sentence('en')}"


class InputError(ToolkitError):
    """This file cannot be understood as it is."""


class DataError(ToolkitError):
    """The tables were read, but contradict each other or lack what the job needs."""


class SettingsError(ToolkitError):
    """A setting or option asks for something that does not exist."""


class StoreError(ToolkitError):
    """The store folder is not in a state for this step."""


class OutputError(ToolkitError):
    """A result cannot be written, or is not what was meant when read again."""
