"""What words a column needs: a name, and what an empty cell in it means."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.words import Text

__all__ = ["NEVER_NULL", "NONE", "NOT_STATED", "ColumnWords", "column"]


class ColumnWords(NamedTuple):
    """What a column is called, and what it means when it is empty."""

    title: Text
    null: Text


NEVER_NULL = Text("不会为空", "never empty")
NOT_STATED = Text("来源文件没有写", "the source file does not say")
NONE = Text("没有", "none")


def column(zh: str, en: str, null: Text = NEVER_NULL) -> ColumnWords:
    """A column's name in both languages; it is never empty unless `null` says what that means.

    >>> column("下架", "delist").null.en
    'never empty'
    """
    return ColumnWords(Text(zh, en), null)
