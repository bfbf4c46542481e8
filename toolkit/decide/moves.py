"""Two runs of one store compared: what entered and what left the advice to take off sale, and by which cause.

A list that changes without a word is not trusted. Advice is a function of facts, settings and the program, so each cause
is tried by itself: the old facts are judged again with one thing exchanged, in this order, and the last exchange after
which the advice is the new one is the cause.

| cause | what is exchanged |
|---|---|
| model | the program: version, engine, the model's prior. The old facts are worked out again by the program of today |
| threshold | the settings. The old facts are worked out again under the new settings |
| season | what is known of the season, and how far off the next one is on the newer day |
| data | everything else: stock, sales, status, policy list, other products of the same run |

A run keeps its facts and its settings, so nothing is worked out again when neither program nor settings changed. What
the tables of facts look like under other settings or another program is told by whoever holds the history (`Again`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from toolkit.decide.in_money import in_money
from toolkit.decide.plan import decide, is_suggested
from toolkit.schema import MOVES, PROFILE
from toolkit.settings import Settings

__all__ = ["CAUSES", "Again", "Judged", "both_sides", "changed_settings", "moves"]

CAUSES = ("data", "season", "threshold", "model")
"""As people look for them: first what they brought themselves."""

_SEASON = (
    "seasonal_index", "seasonal_index_ahead", "season_strength", "season_evidence", "season_name", "season_own_share",
    "season_category_share", "season_store_share", "is_in_season", "next_season_on", "season_ends_on", "next_event",
    "next_event_multiplier",
)  # fmt: skip
_OUT = "out"


@dataclass(frozen=True)
class Judged:
    """One run: one row per product with its facts and its decision, the day and the settings."""

    advice: pl.DataFrame
    as_of: date
    settings: Settings

    @property
    def profile(self) -> pl.DataFrame:
        """The facts alone (`schema.PROFILE`)."""
        return PROFILE.conform(self.advice)

    def with_facts(self, profile: pl.DataFrame) -> Judged:
        """Other facts, judged by the rules of today under the same day and settings."""
        advised = decide(profile, as_of=self.as_of, settings=self.settings)
        decisions = in_money(advised, profile, as_of=self.as_of, settings=self.settings).decisions
        return Judged(profile.join(decisions, on="product_id", how="left"), self.as_of, self.settings)


@dataclass(frozen=True)
class Again:
    """The older run's day worked out again by the program of today."""

    old_settings: Judged
    new_settings: Judged | None
    """None where the settings did not change."""
    is_new_program: bool


def moves(before: Judged, after: Judged, *, again: Again | None = None) -> pl.DataFrame:
    """One row per product whose advice to take off sale changed (`schema.MOVES`), without the sentence; sorted.

    Args:
        before: the older run.
        after: the newer one.
        again: the older day worked out again, where the program or the settings changed.

    >>> from toolkit.schema import DECISIONS
    >>> def run(units, action):
    ...     facts = PROFILE.frame(product_id=["1"], on_hand_units=[units])
    ...     done = DECISIONS.frame(product_id=["1"], action=[action], reason_code=["SLOW"])
    ...     return Judged(facts.join(done, on="product_id"), date(2026, 11, 22), Settings())
    >>> moves(run(5, "DELIST"), run(0, "RESTOCK")).select("moved", "cause").row(0)
    ('left', 'data')
    """
    chain = _chain(before, after, again)
    moved = chain.filter(pl.col("was") != pl.col("now")).with_columns(
        moved=pl.when(pl.col("was") == _OUT).then(pl.lit("entered"))
        .when(pl.col("now") == _OUT).then(pl.lit("left"))
        .otherwise(pl.lit("changed")),
        cause=pl.when(pl.col("season") != pl.col("now")).then(pl.lit("data"))
        .when(pl.col("season") != pl.col("threshold")).then(pl.lit("season"))
        .when(pl.col("threshold") != pl.col("model")).then(pl.lit("threshold"))
        .otherwise(pl.lit("model")),
    )  # fmt: skip
    return MOVES.conform(moved.join(both_sides(before, after), on="product_id", how="left")).sort(
        pl.col("moved").replace_strict({"entered": 0, "left": 1, "changed": 2}, return_dtype=pl.Int64), "product_id"
    )


def both_sides(before: Judged, after: Judged) -> pl.DataFrame:
    """One row per product of either run, every column twice: ``_before`` and ``_after``; and `title`, the newer first.

    ``season_weeks`` is how far the next season is from the day of the run, in weeks.
    """
    old, new = (
        side.advice.with_columns(season_weeks=(pl.col("next_season_on") - side.as_of).dt.total_days() / 7)
        for side in (before, after)
    )
    joined = _named(old, "before").join(_named(new, "after"), on="product_id", how="full", coalesce=True)
    return joined.with_columns(title=pl.coalesce("title_after", "title_before"))


def _named(advice: pl.DataFrame, side: str) -> pl.DataFrame:
    names = [name for name in advice.columns if name != "product_id"]
    return advice.rename({name: f"{name}_{side}" for name in names}).with_columns(pl.lit(True).alias(f"is_in_{side}"))


def _chain(before: Judged, after: Judged, again: Again | None) -> pl.DataFrame:
    """One row per product: what was advised, what it would have been after each exchange, what is advised now."""
    ids = pl.concat([side.advice.select("product_id") for side in (before, after)]).unique()
    steps = ids.join(_advised(before, "was"), on="product_id", how="left").join(
        _advised(after, "now"), on="product_id", how="left"
    )
    told = steps.with_columns(pl.col("was", "now").fill_null(_OUT))
    renewed = _exchanged(told, "was", "model", *_by_program(before, again))
    settled = _exchanged(renewed, "model", "threshold", *_by_settings(again))
    return _exchanged(settled, "threshold", "season", *_by_season(before, after, again))


def _advised(judged: Judged, name: str) -> pl.DataFrame:
    """What is advised of each product, in one word: the action with its reason where it is to be taken off sale."""
    what = pl.when(is_suggested()).then(pl.format("{}:{}", "action", pl.col("reason_code").fill_null("")))
    return judged.advice.select("product_id", what.otherwise(pl.lit(_OUT)).alias(name))


def _exchanged(told: pl.DataFrame, last: str, name: str, base: Judged | None, other: Judged | None) -> pl.DataFrame:
    """The step `name`: as the step before it, but for products that the exchange from `base` to `other` turns."""
    if base is None or other is None:
        return told.with_columns(pl.col(last).alias(name))
    pair = _advised(base, "_base").join(_advised(other, "_other"), on="product_id", how="inner")
    turned = told.join(pair, on="product_id", how="left")
    is_turned = pl.col("_base") != pl.col("_other")
    return turned.with_columns(pl.when(is_turned).then("_other").otherwise(last).alias(name)).drop("_base", "_other")


def _by_program(before: Judged, again: Again | None) -> tuple[Judged | None, Judged | None]:
    return (before, again.old_settings) if again is not None and again.is_new_program else (None, None)


def _by_settings(again: Again | None) -> tuple[Judged | None, Judged | None]:
    return (again.old_settings, again.new_settings) if again is not None else (None, None)


def _by_season(before: Judged, after: Judged, again: Again | None) -> tuple[Judged | None, Judged | None]:
    """The old facts under the new settings, once as they were and once with the season of the newer run.

    Days of the season are moved so that they are as far from the old day as they are from the new one: nothing else
    may grow old by this exchange.
    """
    known = again.old_settings if again is not None else before
    known = again.new_settings or known if again is not None else known
    old = known.profile
    facts = Judged(old, before.as_of, after.settings)
    back = before.as_of - after.as_of
    season = after.profile.select("product_id", "demand_state", *_SEASON).with_columns(
        pl.col("next_season_on", "season_ends_on") + back, _is_there=pl.lit(True)
    )
    both = old.join(season, on="product_id", how="left", suffix="_new", maintain_order="left")
    asleep = (pl.col("demand_state") == "asleep") | (pl.col("demand_state_new") == "asleep")
    taken = [
        *(pl.when("_is_there").then(f"{name}_new").otherwise(name).alias(name) for name in _SEASON),
        pl.when(asleep & pl.col("_is_there")).then("demand_state_new").otherwise("demand_state").alias("demand_state"),
    ]
    return facts.with_facts(old), facts.with_facts(both.with_columns(taken).select(old.columns))


def changed_settings(before: Settings, after: Settings) -> Mapping[str, tuple[object, object]]:
    """Settings that two runs have not in common: full name → the older and the newer value."""
    old, new = before.flat(), after.flat()
    return {name: (old[name], new[name]) for name in new if old[name] != new[name]}
