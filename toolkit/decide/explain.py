"""Why one product is advised on as it is: every reason, every guard, and what is not known.

A score that cannot be contested is not trusted. So the explanation names the rule with its numbers and its
counter-argument (the sentence ends with what would have to be different), the other rules that fired, each guard that
stopped the advice, and for each unknown fact the file that would tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from toolkit.decide.event_words import event_clause
from toolkit.decide.option_words import option_lines
from toolkit.decide.outlook_words import outlook_lines
from toolkit.decide.plan import would_turn_slow
from toolkit.decide.reasons import why_key
from toolkit.settings import Settings
from toolkit.words import Lang, say
from toolkit.words.sentences import sentences

__all__ = ["explanation"]

_UNKNOWNS = ("observed_on", "units_90d", "sellable_units", "inbound_units", "open_units", "unit_cost_fen", "listed_on")
"""Facts that would sharpen the advice; each has a text ``explain.unknown.<column>`` naming the file that tells it."""
_NOT_FOR_JIT = ("sellable_units", "inbound_units")


def explanation(
    row: pl.DataFrame,
    lang: Lang = "zh",
    *,
    as_of: date,
    settings: Settings,
    signs: pl.DataFrame | None = None,
    options: pl.DataFrame | None = None,
    events: pl.DataFrame | None = None,
    event_turn: Mapping[int, float] | None = None,
) -> str:
    """The decision of one product in words, a line each.

    `row` is one row with the columns of `schema.PROFILE` and `schema.DECISIONS`. A product that no rule speaks of is
    told the day on which it would count as slow if nothing more were sold. `signs` is what weighs in the demand model
    (sign, log_odds); `options` are the product's rows of `schema.OPTIONS`; `events` are those with an effect
    in this store, `event_turn` by how much they change what the product is expected to sell, by weeks ahead.

    >>> from toolkit.schema import DECISIONS, PROFILE
    >>> row = PROFILE.frame(product_id=["1005"], title=["Mug"], sellable_units=[0], inbound_units=[40])
    >>> advice = DECISIONS.frame(product_id=["1005"], action=["WATCH"], rule=["empty_shelf"])
    >>> told = explanation(row.join(advice, on="product_id"), "en", as_of=date(2026, 11, 22), settings=Settings())
    >>> print(told.splitlines()[0])
    1005 Mug: wait
    """
    facts = row.row(0, named=True)
    lines = [
        say("explain.head", lang, product=facts["product_id"], title=facts["title"] or "", action=_action(facts, lang)),
        sentences(row, why_key(), lang).item(),
        *([_said(row, "explain.policy_where", lang)] if facts["policy_hit_where"] else []),
        *_others(row, facts, lang),
        *_covered(row, lang),
        *(say("explain.guard", lang, why=_said(row, f"guard.{guard}.why", lang)) for guard in _split(facts["guards"])),
        *_days(facts, lang),
        *_until(row, lang, as_of, settings),
        *outlook_lines(facts, signs, settings, lang),
        *([] if events is None else event_clause(events, event_turn or {}, lang, as_of=as_of)),
        *([] if options is None else option_lines(options, row, settings, lang)),
        *(say(f"explain.unknown.{column}", lang) for column in _unknown(facts)),
    ]
    return "\n".join(lines)


def _action(facts: dict[str, object], lang: Lang) -> str:
    return say(f"action.{facts['action']}", lang)


def _said(row: pl.DataFrame, key: str, lang: Lang) -> str:
    return sentences(row, pl.lit(key), lang).item()


def _others(row: pl.DataFrame, facts: dict[str, object], lang: Lang) -> Iterable[str]:
    """The rules that fired after the one that decided, with their facts: what would turn them would not turn the advice."""
    for rule in _split(facts["rules"]):
        if rule != facts["rule"]:
            yield say("explain.also", lang, why=_said(row, f"rule.{rule}.beside", lang))


def _covered(row: pl.DataFrame, lang: Lang) -> Iterable[str]:
    """How many days the units sold are of, where that is not all of them."""
    some = row.filter((pl.col("covered_days_90d") < 90) | (pl.col("covered_days_365d") < 365))
    return sentences(some, pl.lit("explain.covered"), lang).to_list() if some.height else []


def _days(facts: dict[str, object], lang: Lang) -> Iterable[str]:
    for column in ("relist_on", "review_on"):
        if facts[column] is not None:
            yield say(f"explain.{column}", lang, day=facts[column])


def _until(row: pl.DataFrame, lang: Lang, as_of: date, settings: Settings) -> Iterable[str]:
    """The nearest change for a product that stays: the day its silence would begin to count."""
    turns = row.filter(pl.col("rule").is_null() & (pl.col("action") == "KEEP") & pl.col("guard").is_null())
    turns = turns.with_columns(flip_on=would_turn_slow(settings, as_of)).drop_nulls("flip_on")
    key = "explain.until" if row["p_dead"].item() is None else "explain.until_model"
    return [_said(turns, key, lang)] if turns.height else []


def _unknown(facts: dict[str, object]) -> Iterable[str]:
    """Facts nobody told, as far as they matter for this product."""
    for column in _UNKNOWNS:
        if facts[column] is None and not (facts["stocking_type"] == "jit" and column in _NOT_FOR_JIT):
            yield column


def _split(names: object) -> list[str]:
    return str(names).split(";") if names else []
