"""Every error that can be raised has its sentence, in both languages, with the places its values fill."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from toolkit import errors
from toolkit.errors import InputError, Place, ToolkitError
from toolkit.words import keys, text

PACKAGE = Path(errors.__file__).parent
FAMILIES = {name for name in errors.__all__ if name.endswith("Error")}


def _raised() -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Where, key, names of the values, and whether further values come from a mapping."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAMILIES):
                continue
            for key in node.args[:1]:
                if isinstance(key, ast.Constant):
                    values = tuple(sorted(word.arg for word in node.keywords if word.arg))
                    more = any(word.arg is None for word in node.keywords)
                    found.append((f"{path.relative_to(PACKAGE)}:{node.lineno}", str(key.value), values, more))
    return found


@pytest.mark.parametrize(("where", "key", "values", "more"), _raised(), ids=lambda value: str(value)[:40])
def test_an_error_that_can_be_raised_has_its_sentence(
    where: str, key: str, values: tuple[str, ...], more: bool
) -> None:
    assert f"error.{key}" in keys(), f"{where} raises {key}, which nobody has worded"

    for said in text(f"error.{key}"):
        places = {name for _, name, _, _ in string.Formatter().parse(said) if name}
        assert more or places <= {*values}, f"{where}: {key} asks for {places - {*values}}"


def test_both_languages_fill_the_same_places() -> None:
    def places(said: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(said) if name}

    # A day is written with its year in English only, where "11 Nov" alone would read like a price list.
    differing = [key for key in keys() if places(text(key).zh) != places(text(key).en) and key != "boss.day"]

    assert differing == []


def test_an_error_says_both_languages_in_a_notebook_and_one_on_the_command_line() -> None:
    error = InputError("file_missing", file="orders.csv")

    assert len(str(error).splitlines()) == 2
    assert error.sentence("en") == "orders.csv: there is no such file; check the path and the spelling."
    assert isinstance(error, ToolkitError)
    assert error.exit_code == 1


def test_a_place_leaves_out_what_is_not_known() -> None:
    assert str(Place("a.csv", cell="B7")) == "a.csv › B7"
