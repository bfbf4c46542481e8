"""Everything the decisions can say has words, in both languages, about columns that exist."""

from __future__ import annotations

import pytest

from toolkit.analyze.signs import SIGNS
from toolkit.decide.guards import GUARDS
from toolkit.decide.reasons import ACTIONS, OVER_LIMIT, REASONS, RULES, Rule
from toolkit.schema import DECISIONS, PROFILE
from toolkit.words import LANGS, text
from toolkit.words.decisions import TEXTS
from toolkit.words.rules import TEXTS as RULE_TEXTS
from toolkit.words.sentences import KINDS, places

LABELS = [
    *(f"action.{name}" for name in ACTIONS),
    *(f"action.{name}.means" for name in ACTIONS),
    *(f"reason_code.{name}" for name in REASONS),
    *(f"reason_code.{name}.means" for name in REASONS),
    *(f"rule.{rule.name}" for rule in RULES),
    f"rule.{OVER_LIMIT}",
    *(f"guard.{guard.name}" for guard in GUARDS),
    *(f"sign.{sign}" for sign in ("level", *SIGNS, "stale")),
]
SENTENCES = [
    *(key for key in RULE_TEXTS if key.count(".") == 2),
    *(f"guard.{guard.name}.why" for guard in GUARDS),
]


def test_every_rule_has_its_sentence() -> None:
    assert {f"rule.{name}.why" for name in (*(rule.name for rule in RULES), OVER_LIMIT, "none")} <= {*SENTENCES}


@pytest.mark.parametrize("key", LABELS + SENTENCES)
def test_there_are_words_in_both_languages(key: str) -> None:
    assert all(text(key).in_(lang) for lang in LANGS)


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_speaks_of_columns_that_exist_in_kinds_that_exist(key: str) -> None:
    columns = {*PROFILE.names, *DECISIONS.names}

    for lang in LANGS:
        for name, kind in places(text(key).in_(lang)):
            assert name in columns
            assert kind in KINDS


@pytest.mark.parametrize("key", [*TEXTS, *RULE_TEXTS])
def test_both_languages_name_the_same_columns(key: str) -> None:
    named = [{name for name, _ in places(text(key).in_(lang))} for lang in LANGS]

    assert named[0] == named[1]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_that_turns_on_one_number_says_which(rule: Rule) -> None:
    endings = [key for key in RULE_TEXTS if key.startswith(f"rule.{rule.name}.why")]
    named = {name for key in endings for name, _ in places(text(key).zh)}

    assert ("flip_units" in named) == (rule.flip_units is not None)
    assert ("flip_on" in named) == (rule.flip_on is not None)
