"""What the demand model says of one product, in lines: units ahead, chances, season evidence, and what weighs most.

A chance is only worth showing with what it rests on. Where the model has too little data the lines say so, and which
file would change that; they never show a number instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import polars as pl

from toolkit.schema import HORIZONS
from toolkit.settings import Settings
from toolkit.words import Lang, say

__all__ = ["outlook_lines"]

_STRONGEST = 3
_CLEARING = (13, 26)
_UNITS_OF = re.compile(r"units_mean_(\d+)w")


def outlook_lines(facts: Mapping[str, Any], signs: pl.DataFrame | None, settings: Settings, lang: Lang) -> list[str]:
    """The lines for one row of `schema.PROFILE`.

    `signs` is what each sign adds to the log odds of selling nothing (sign, log_odds); None leaves that line out.

    >>> told = {"p_no_sale_8w": None, "delist_score": 0.4, "data_step": "period_totals", "stocking_type": None}
    >>> print(*outlook_lines(told, None, Settings(), "en"), sep="\\n")
    no probabilities: only period totals are known and the delist score is a ranking; add order lines
    data: period totals
    """
    if facts["p_no_sale_8w"] is None:
        return [*_too_little(facts, settings, lang), *_step(facts, lang)]
    dead = say("model.dead", lang, chance=_chance(facts["p_dead"], lang))
    score = say("model.score", lang, score=f"{facts['delist_score']:.2f}", limit=settings.model.delist_score_min)
    state = say("model.state", lang, state=say(f"demand_state.{facts['demand_state']}", lang))
    basis = say("model.basis", lang, basis=say(f"exposure_basis.{facts['exposure_basis']}", lang))
    own = say("model.own_cases" if facts["own_cases"] else "model.no_own_cases", lang, cases=f"{facts['own_cases']:,}")
    return [
        state,
        *(_units(facts, weeks, lang) for weeks in _horizons(facts)),
        *_clearing(facts, lang),
        dead,
        score,
        *_season(facts, lang),
        *_signs(signs, lang),
        *_step(facts, lang),
        basis,
        own,
    ]


def _too_little(facts: Mapping[str, Any], settings: Settings, lang: Lang) -> Iterable[str]:
    if facts["data_step"] == "period_totals":
        yield say("model.totals_only", lang)
    elif facts["data_step"] != "product_sheet":
        weeks, need = (facts["covered_days_365d"] or 0) // 7, settings.model.min_weeks
        if weeks < need:
            yield say("model.too_little", lang, weeks=weeks, need=need)


def _step(facts: Mapping[str, Any], lang: Lang) -> Iterable[str]:
    """How far the data of this product goes, and what stands on the totals of whole periods; JIT goods are not counted."""
    if step := facts["data_step"]:
        if facts["stocking_type"] == "jit":
            step = step.replace("one_stock_snapshot", "orders").replace("history", "orders")
        said = say("model.step", lang, step=say(f"data_step.{step}", lang))
        yield said + say("model.step_totals", lang) if step.endswith("_and_totals") else said


def _horizons(facts: Mapping[str, Any]) -> list[int]:
    """The weeks ahead that the row tells of, the usual ones and what else was asked for."""
    return sorted({*HORIZONS, *(int(found[1]) for name in facts if (found := _UNITS_OF.fullmatch(name)))})


def _units(facts: Mapping[str, Any], weeks: int, lang: Lang) -> str:
    return say(
        "model.units",
        lang,
        weeks=weeks,
        mean=_units_of(facts[f"units_mean_{weeks}w"]),
        low=f"{facts[f'units_q10_{weeks}w']:,}",
        high=f"{facts[f'units_q90_{weeks}w']:,}",
        none=_chance(facts[f"p_no_sale_{weeks}w"], lang),
    )


def _clearing(facts: Mapping[str, Any], lang: Lang) -> Iterable[str]:
    if facts["stocking_type"] == "jit":
        yield say("model.jit", lang)
    elif facts["p_clear_26w"] is not None and (facts["sellable_units"] or 0) > 0:
        for weeks in _CLEARING:
            chance, left = _chance(facts[f"p_clear_{weeks}w"], lang), _units_of(facts[f"units_left_{weeks}w"])
            # `outlook_until` is the last of the weeks over which stock should clear.
            until = facts["outlook_until"] - timedelta(weeks=_CLEARING[-1] - weeks)
            stock = f"{facts['sellable_units']:,}"
            yield say("model.clear", lang, weeks=weeks, day=until, stock=stock, chance=chance, left=left)
        day = facts["clear_date_median"]
        yield say("model.clear_date" if day else "model.no_clear_date", lang, day=day)


def _season(facts: Mapping[str, Any], lang: Lang) -> Iterable[str]:
    if facts["season_name"] is not None and facts["is_in_season"] is not None:
        name = say(f"season_name.{facts['season_name']}", lang)
        key, day = (
            ("model.season_on", "season_ends_on") if facts["is_in_season"] else ("model.season_off", "next_season_on")
        )
        if facts[day] is not None:
            yield say(key, lang, season=name, day=facts[day])
    if facts["season_evidence"] == "title_words":
        yield say("model.season_title", lang)
    elif facts["season_own_share"] is not None and facts["season_evidence"] is not None:
        shares = {name: f"{facts[f'season_{name}_share']:.0%}" for name in ("own", "category", "store")}
        yield say("model.season", lang, **shares)


def _signs(signs: pl.DataFrame | None, lang: Lang) -> Iterable[str]:
    """The signs that move this product away from the usual level most."""
    if signs is None:
        return
    # A sign that counts more for stale products is one sign: its two parts add up.
    whole = signs.with_columns(pl.col("sign").str.strip_prefix("stale × ")).filter(pl.col("sign") != "level")
    strongest = (
        whole.group_by("sign")
        .agg(pl.col("log_odds").sum())
        .sort(pl.col("log_odds").abs(), "sign", descending=[True, False])
    )
    said = [
        say("model.sign_up" if odds > 0 else "model.sign_down", lang, sign=say(f"sign.{sign}", lang))
        for sign, odds in strongest.head(_STRONGEST).iter_rows()
    ]
    yield say("model.signs", lang, signs=say("boss.comma", lang).join(said))


def _chance(p: float, lang: Lang) -> str:
    if p < 0.01:
        return say("value.hardly", lang)
    return say("value.surely", lang) if p > 0.99 else f"{p:.0%}"


def _units_of(units: float) -> str:
    return f"{units:,.0f}" if units >= 10 else f"{units:.1f}"
