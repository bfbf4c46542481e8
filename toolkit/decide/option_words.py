"""What each option for one product is worth, in lines: the value with its parts, what is left out, and what a mistake costs.

Nothing is said where no value is known; the line that asks for the unit cost stands elsewhere in the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from toolkit.settings import Settings
from toolkit.words import Lang, say
from toolkit.words.sentences import sentences

__all__ = ["option_lines"]


def option_lines(options: pl.DataFrame, row: pl.DataFrame, settings: Settings, lang: Lang) -> list[str]:
    """The lines for one product.

    `options` are its rows of `schema.OPTIONS`, `row` its decision (`schema.DECISIONS`).

    >>> from toolkit.schema import DECISIONS, OPTIONS
    >>> gone = OPTIONS.frame(
    ...     option=["DELIST"], value_est_fen=[0.0], cost_basis=["stated"], unknown_parts=["salvage"], currency=["CNY"])
    >>> option_lines(gone, DECISIONS.frame(product_id=["1"]), Settings(), "en")
    ['money over the next 13 weeks (all estimates):', '  delist: 0.00 CNY; not counted: what left-over goods fetch']
    """
    cut = (pl.col("option") == "CUT_PRICE") & (pl.col("option_units") > 0)
    told = options.filter(pl.col("value_est_fen").is_not_null() | cut)
    if told.is_empty():
        return []
    # A shelf that any demand empties, or none does, has one value and no range.
    even = pl.col("option").is_in(["KEEP", "REST_UNTIL"]) & (
        pl.col("value_low_est_fen") == pl.col("value_high_est_fen")
    )
    ending = pl.when(even).then(pl.lit(".even")).otherwise(pl.lit(""))
    said = sentences(told, pl.concat_str(pl.lit("explain.option."), "option", ending), lang)
    parts = [_not_counted(names, lang) for names in told["unknown_parts"]]
    return [
        _head(told, settings, lang),
        *(line + part for line, part in zip(said, parts, strict=True)),
        *_if_wrong(row, lang),
    ]


def _head(told: pl.DataFrame, settings: Settings, lang: Lang) -> str:
    key = "explain.money_assumed" if told["cost_basis"][0] == "assumed" else "explain.money"
    return say(key, lang, weeks=settings.money.horizon_weeks, share=f"{settings.model.cost_share:.0%}")


def _not_counted(names: str | None, lang: Lang) -> str:
    """The parts nobody stated, which are not in the value."""
    if not names:
        return ""
    parts = (say(f"unknown.{name}", lang) for name in names.split(";"))
    return say("explain.not_counted", lang, parts=say("boss.comma", lang).join(parts))


def _if_wrong(row: pl.DataFrame, lang: Lang) -> Iterable[str]:
    """Only where something is advised that could be wrong."""
    risky = row.filter(pl.col("regret_est_fen").is_not_null())
    rests = pl.col("wait_value_est_fen").is_null()
    key = pl.when(rests).then(pl.lit("explain.if_wrong_rest")).otherwise(pl.lit("explain.if_wrong"))
    return sentences(risky, key, lang).to_list() if risky.height else []
