"""A word has the form that goes with its number, in a sentence and in a whole column of them."""

from __future__ import annotations

import re

import polars as pl
import pytest

from toolkit.words import keys, say, text
from toolkit.words.plural import forms, singulars, with_forms
from toolkit.words.sentences import places, sentence

BENT = [key for key in keys() if re.search(r"\{\w+:[^}]*\|", text(key).en)]


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 rows are"), (1, "1 row is"), ("1", "1 row is"), ("1,000", "1,000 rows are"), (21, "21 rows are")],
)
def test_a_word_and_its_verb_follow_the_number(count: object, said: str) -> None:
    assert with_forms("{n} {n:row is|rows are}", "en", n=count) == said


def test_a_column_is_worded_row_by_row_and_an_unknown_number_takes_the_plural() -> None:
    frame = pl.DataFrame({"inbound_units": [1, 40, 1000, None]})

    assert frame.select(sentence(text("guard.inbound.why").en, "en")).to_series().to_list() == [
        "1 unit is on its way",
        "40 units are on their way",
        "1,000 units are on their way",
        "unknown units are on their way",
    ]


def test_a_count_is_given_with_its_word() -> None:
    assert say("todo.restock", "en", products=1) == "restock 1 product"
    assert say("todo.restock", "zh", products=1) == "1个该补货"


def test_chinese_has_one_form_for_all() -> None:
    assert singulars("zh") == ()
    assert not [key for key in keys() if re.search(r"\{\w+:[^}]*\|", text(key).zh)]


@pytest.mark.parametrize("key", BENT)
def test_a_place_with_forms_names_both_and_speaks_of_a_number_that_is_shown(key: str) -> None:
    english = text(key).en
    bent = re.findall(r"\{(\w+):([^}]*\|[^}]*)\}", english)

    assert all(forms(spec) is not None and all(forms(spec) or ()) for _, spec in bent)
    assert {name for name, _ in bent} <= {name for name, _ in places(text(key).zh)}
