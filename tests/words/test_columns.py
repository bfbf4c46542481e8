"""A column name means the same in every table: it is worded once."""

from __future__ import annotations

import ast
import inspect

from toolkit.words import columns, money_columns
from toolkit.words.columns import COLUMNS
from toolkit.words.money_columns import MONEY_COLUMNS


def _worded(module: object) -> list[str]:
    """Every key written out in a module's tables."""
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    keys = [key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys]
    return [key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]


def test_no_column_is_worded_twice() -> None:
    names = [*_worded(columns), *_worded(money_columns)]

    assert sorted(names) == sorted(set(names))


def test_columns_about_money_are_found_with_the_others() -> None:
    assert set(MONEY_COLUMNS) < set(COLUMNS)
