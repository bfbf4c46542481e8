"""From rules and guards to one decision per product.

The first rule that fires, in order of priority, gives the advice; all that fired are listed. If a guard stops it, the
advice becomes WATCH with the day on which to look again, and the guard is named: the reason is never hidden. Products
that are already off sale are left alone and not judged.

| action | what it means |
|---|---|
| MUST_DELIST | the user's policy list forbids it |
| DELIST | take it off sale |
| REST_UNTIL | take it off sale until a day, with that day |
| RESTOCK | keep it and send goods |
| WATCH | held by a guard, or worth a look; nothing is to be done to it yet |
| KEEP | no reason to change anything |
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from toolkit.decide.guards import GUARDS, Guard, already_off_sale
from toolkit.decide.reasons import ACTIONS, RULES, Rule, is_jit, may_be_slow, quiet_days, units_to_sell
from toolkit.schema import DECISIONS
from toolkit.settings import Settings

__all__ = ["decide", "is_check_first", "is_held", "is_suggested", "would_turn_slow"]


def decide(profile: pl.DataFrame, *, as_of: date, settings: Settings) -> pl.DataFrame:
    """One row per product: what is advised, why, and what stopped a stronger advice (`schema.DECISIONS`).

    Sorted by `rank`, the order in which an operator should work: what must be done first, then by what is at stake.
    `relist_on` is null unless a season is over, `review_on` unless the product is watched; `flip_units` and `flip_on`
    are the number and the day at which the rule would no longer fire.

    >>> from toolkit.schema import PROFILE
    >>> shelf = PROFILE.frame(product_id=["a", "b"], policy_hit=["水枪", None], observed_on=[date(2026, 11, 22)] * 2)
    >>> decide(shelf, as_of=date(2026, 11, 22), settings=Settings()).select("product_id", "action", "rule").rows()
    [('a', 'MUST_DELIST', 'policy_hit'), ('b', 'KEEP', None)]
    """
    judged = _apply_rules(profile, settings, as_of)
    guarded = _apply_guards(judged, settings, as_of)
    return DECISIONS.conform(_ranked(guarded))


def is_suggested() -> pl.Expr:
    """Decisions that ask for a product to be taken off sale."""
    return pl.col("action").is_in(["MUST_DELIST", "DELIST", "REST_UNTIL"])


def is_held() -> pl.Expr:
    """Decisions that a guard stopped: 先别动."""
    return (pl.col("action") == "WATCH") & pl.col("guard").is_not_null()


def is_check_first() -> pl.Expr:
    """Products to look at first, where the files cannot tell more."""
    return (pl.col("action") == "WATCH") & pl.col("guard").is_null()


def would_turn_slow(settings: Settings, as_of: date) -> pl.Expr:
    """The day on which a product that sells would count as slow if nothing more were sold; null where none can be told."""
    left = pl.duration(days=settings.slow.no_sale_days - quiet_days())
    may = may_be_slow(settings, as_of) & pl.col("last_sale_on").is_not_null()
    return pl.when(may & (quiet_days() < settings.slow.no_sale_days)).then(pl.lit(as_of) + left)


def _apply_rules(profile: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """Which rules fire, and what the first of them advises; nothing is judged that is already off sale."""
    off = already_off_sale(settings, as_of).fill_null(False)
    flags = profile.with_columns((rule.fires(settings, as_of) & off.not_()).alias(_flag(rule)) for rule in RULES)
    by_rule = {name: [getattr(rule, name) for rule in RULES] for name in ("name", "action", "reason")}
    return flags.with_columns(
        rule=_first(RULES),
        rules=_all(RULES),
        flip_units=_of_first_rule("flip_units", settings, as_of, pl.Int64()),
        flip_on=_of_first_rule("flip_on", settings, as_of, pl.Date()),
    ).with_columns(
        action=pl.col("rule").replace_strict(by_rule["name"], by_rule["action"], return_dtype=pl.String),
        reason_code=pl.col("rule").replace_strict(by_rule["name"], by_rule["reason"], return_dtype=pl.String),
    )


def _apply_guards(judged: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """Guarded advice becomes WATCH; what no rule spoke of becomes KEEP."""
    advised = pl.col("action")
    off = already_off_sale(settings, as_of).fill_null(False)
    flags = judged.with_columns(guard.stops(settings, as_of, advised).alias(_flag(guard)) for guard in GUARDS)
    flags = flags.with_columns(off.alias(_flag(GUARDS[0])))
    action = pl.when(off).then(pl.lit("KEEP")).when(pl.col("guard").is_not_null()).then(pl.lit("WATCH"))
    lead = timedelta(weeks=settings.season.relist_lead_weeks)
    return (
        flags.with_columns(guard=_first(GUARDS), guards=_all(GUARDS))
        .with_columns(action=action.otherwise(advised.fill_null("KEEP")))
        .with_columns(
            relist_on=pl.when(pl.col("rule") == "season_over").then(pl.col("next_season_on") - lead),
            review_on=pl.when(pl.col("action") == "WATCH").then(_review_on(settings, as_of)),
        )
    )


def _ranked(guarded: pl.DataFrame) -> pl.DataFrame:
    """What must be done first; then by what is at stake; ties by product id, so that the order never wavers."""
    order = pl.col("action").replace_strict(ACTIONS, range(len(ACTIONS)), return_dtype=pl.Int64)
    keys = guarded.with_columns(
        _order=order, _looks_only=pl.col("guard").is_null(), _stake=_stake(), _quiet=quiet_days()
    )
    return keys.sort(
        ["_order", "_looks_only", "_stake", "_quiet", "product_id"],
        descending=[False, False, True, True, False],
        nulls_last=True,
    ).with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _stake() -> pl.Expr:
    """What is at stake, to sort by: demand unserved, eyes without a sale, or units that stand about.

    JIT stock is a number somebody typed, so it weighs nothing.
    """
    eyes = pl.max_horizontal("page_views", "search_impressions", "visitors")
    units = pl.when(is_jit()).then(pl.lit(0)).otherwise(units_to_sell())
    return (
        pl.when(pl.col("action") == "RESTOCK")
        .then(pl.coalesce("rate_of_sale", "units_90d", "units_paid"))
        .when(pl.col("reason_code") == "CHECK")
        .then(eyes)
        .otherwise(units)
        .cast(pl.Float64)
    )


def _review_on(settings: Settings, as_of: date) -> pl.Expr:
    """The day on which the first guard may be gone, but never before the usual round."""
    usual = pl.lit(as_of + timedelta(days=settings.guards.review_days))
    day = pl.lit(None, pl.Date)
    for guard in GUARDS:
        if guard.review is not None:
            day = pl.when(pl.col("guard") == guard.name).then(guard.review(settings, as_of)).otherwise(day)
    return pl.max_horizontal(day.cast(pl.Date), usual)


def _flag(item: Rule | Guard) -> str:
    return f"_{'rule' if isinstance(item, Rule) else 'guard'}_{item.name}"


def _first(items: Iterable[Rule | Guard]) -> pl.Expr:
    """The name of the first that is true; null when none is."""
    return pl.coalesce(pl.when(pl.col(_flag(item))).then(pl.lit(item.name)) for item in items)


def _all(items: Iterable[Rule | Guard]) -> pl.Expr:
    """The names of all that are true, joined by ``;``; null when none is."""
    names = [pl.when(pl.col(_flag(item))).then(pl.lit(item.name)) for item in items]
    joined = pl.concat_str(names, separator=";", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _of_first_rule(part: str, settings: Settings, as_of: date, dtype: pl.DataType) -> pl.Expr:
    """Where the first rule that fired would turn."""
    value = pl.lit(None, dtype)
    for rule in reversed(RULES):
        at = getattr(rule, part)
        turn = pl.lit(None, dtype) if at is None else at(settings, as_of).cast(dtype)
        value = pl.when(pl.col(_flag(rule))).then(turn).otherwise(value)
    return value
