"""A change of advice in one sentence: what was advised, what is advised, the cause, and the figures that changed.

Only figures of the cause are named, and no more than four: those that belong to the data where data changed, those of
the season where the season did, the settings a rule or guard reads where a threshold was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from toolkit.decide.guards import GUARDS
from toolkit.decide.moves import Judged, both_sides, changed_settings
from toolkit.decide.plan import is_held, is_suggested
from toolkit.decide.reasons import RULES
from toolkit.words import Lang, say, text
from toolkit.words.sentences import places, sentence, sentences

__all__ = ["Engine", "engine_in_words", "settings_in_words", "with_sentence"]

Engine = Mapping[str, tuple[str, str]]
"""Part of the program (version, prior, polars …) that two runs have not in common → what each used."""

_MOST = 4
_FACTS = (
    "on_hand_units", "inbound_units", "gap_units", "days_without_sale_min", "units_90d", "units_paid",
    "last_restock_on", "p_clear_26w", "delist_score",
)  # fmt: skip
_MODEL = ("p_clear_26w", "delist_score")


def with_sentence(moves: pl.DataFrame, before: Judged, after: Judged, engine: Engine, lang: Lang) -> pl.DataFrame:
    """`schema.MOVES` with `sentence` filled."""
    facts = moves.select("product_id", "cause").join(
        both_sides(before, after), on="product_id", how="left", maintain_order="left"
    )
    said = facts.select("product_id").with_columns(
        before=_advice(before, facts, lang), after=_advice(after, facts, lang), cause=sentences(facts, "cause." + pl.col("cause"), lang),
        figures=_figures(_with_status(facts, lang), before, after, engine, lang),
    )  # fmt: skip
    return moves.with_columns(said.select(sentence=sentence(text("compare.why").in_(lang), lang)).to_series())


def settings_in_words(before: Judged, after: Judged, lang: Lang) -> dict[str, str]:
    """Each setting that changed, by its full name: what it says, and both values."""
    return {
        name: say("compare.figure.setting", lang, words=say(f"setting.{name}", lang), before=old, after=new, name=name)
        for name, (old, new) in changed_settings(before.settings, after.settings).items()
    }


def engine_in_words(engine: Engine, lang: Lang) -> str:
    """The parts of the program that changed."""
    named = {name: say(f"compare.engine.{name}", lang) for name in ("version", "prior")}
    parts = (
        say("compare.figure.engine", lang, name=named.get(name, name), before=old, after=new)
        for name, (old, new) in engine.items()
    )
    return say("compare.comma", lang).join(parts)


def _advice(judged: Judged, products: pl.DataFrame, lang: Lang) -> pl.Series:
    """What one run advises for each product."""
    mine = products.select("product_id").join(judged.advice, on="product_id", how="left", maintain_order="left")
    key = (
        pl.when(pl.col("action").is_null()).then(pl.lit("compare.advice.absent"))
        .when(is_suggested()).then(pl.lit("compare.advice.off"))
        .when(is_held()).then(pl.lit("compare.advice.held"))
        .otherwise(pl.lit("compare.advice.plain"))
    )  # fmt: skip
    return sentences(mine, key, lang)


def _with_status(facts: pl.DataFrame, lang: Lang) -> pl.DataFrame:
    """The statuses as people call them."""
    return facts.with_columns(
        facts.select(status=f"status_{side}").select(sentence("{status:label}", lang).alias(f"status_{side}")).to_series()
        for side in ("before", "after")
    )  # fmt: skip


def _figures(facts: pl.DataFrame, before: Judged, after: Judged, engine: Engine, lang: Lang) -> pl.Series:
    """The figures that go with each product's cause."""
    comma = say("compare.comma", lang)
    program = pl.lit(engine_in_words(engine, lang))
    by_cause = {
        "data": _joined(_data(lang), comma).fill_null(_word("share", lang)),
        "season": _joined(_season(lang), comma),
        "threshold": _threshold(before, after, comma, lang),
        "model": pl.concat_str([program, _joined(_changed(_MODEL, lang), comma)], separator=comma, ignore_nulls=True),
    }
    worded = pl.coalesce(pl.when(pl.col("cause") == cause).then(said) for cause, said in by_cause.items())
    return facts.select(figures=worded).to_series()


def _joined(pieces: Iterator[pl.Expr], comma: str) -> pl.Expr:
    """The first few of the pieces that are said; null where none is."""
    said = pl.concat_list(list(pieces)).list.drop_nulls().list.head(_MOST)
    return pl.when(said.list.len() > 0).then(said.list.join(comma))


def _word(name: str, lang: Lang) -> pl.Expr:
    return sentence(text(f"compare.figure.{name}").in_(lang), lang)


def _differs(name: str) -> pl.Expr:
    return pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))


def _changed(names: tuple[str, ...], lang: Lang) -> Iterator[pl.Expr]:
    """Figures that changed so far that it can be read: 2 % → 2 % says nothing."""
    for name in names:
        kinds = dict(places(text(f"compare.figure.{name}").in_(lang)))
        old, new = (sentence(f"{{{name}_{side}:{kinds[f'{name}_{side}']}}}", lang) for side in ("before", "after"))
        yield pl.when(_differs(name) & (old != new)).then(_word(name, lang))


def _turned(name: str, on: str, off: str, lang: Lang) -> Iterator[pl.Expr]:
    """A flag that became true, or stopped being it."""
    old, new = (pl.col(f"{name}_{side}").fill_null(False) for side in ("before", "after"))
    yield pl.when(new & ~old).then(_word(on, lang)).when(old & ~new).then(_word(off, lang))


def _data(lang: Lang) -> Iterator[pl.Expr]:
    """What may have changed of the facts, the weightiest first; nothing else is told of a product that came or went."""
    came, went = pl.col("is_in_before").is_null(), pl.col("is_in_after").is_null()
    yield pl.when(came).then(_word("came", lang)).when(went).then(_word("went", lang))
    caught, freed = pl.col("policy_hit_after").is_not_null(), pl.col("policy_hit_before").is_not_null()
    both = (came | went).not_()
    pieces = [
        *_turned("is_suspect_id", "suspect", "sound", lang),
        pl.when(_differs("policy_hit") & caught).then(_word("caught", lang)).when(freed & ~caught).then(_word("freed", lang)),
        *_turned("is_protected", "protected", "unprotected", lang),
        *_changed(("status",), lang),
        pl.when((pl.col("guard_before") != pl.col("guard_after")).fill_null(True) & _is_about_lists()).then(_word("observed_on", lang)),
        *_changed(_FACTS, lang),
    ]  # fmt: skip
    for piece in pieces:
        yield pl.when(both).then(piece)


def _is_about_lists() -> pl.Expr:
    """The guard of either run says that the product list does not speak of today."""
    guards = [guard.name for guard in GUARDS if guard.name.endswith("_catalog")]
    return pl.any_horizontal(pl.col("guard_before", "guard_after").is_in(guards)) & _differs("observed_on")


def _season(lang: Lang) -> Iterator[pl.Expr]:
    yield from _turned("is_in_season", "in_season", "off_season", lang)
    yield from _changed(("seasonal_index",), lang)
    yield pl.when(pl.col("next_season_on_after").is_not_null()).then(_word("season_weeks", lang))


def _threshold(before: Judged, after: Judged, comma: str, lang: Lang) -> pl.Expr:
    """The changed settings that a rule or guard of either run reads; all that changed where it reads none of them."""
    said = settings_in_words(before, after, lang)
    read = {item.name: [said[name] for name in item.uses if name in said] for item in (*RULES, *GUARDS)}
    keys = [name for name, own in read.items() if own]
    own = pl.coalesce(
        pl.col(f"{kind}_{side}").replace_strict(
            keys, [comma.join(read[name]) for name in keys], default=None, return_dtype=pl.String
        )
        for kind, side in (("rule", "after"), ("guard", "after"), ("rule", "before"), ("guard", "before"))
    )
    return own.fill_null(comma.join(said.values()))
