"""Which products go in this run, which wait, and which more must go because the store holds more than its slots.

What is advised comes first: the most valuable, up to the share of one run. A store that would still hold more than its limit
(上架名额) has to part with products that no rule speaks against. Those with the least regret go: the ones worth least by
being kept, where money is known, else by their delist score. Never one that a guard would stop, that is protected, that
sleeps until its season, or that is to be restocked. All of it is one choice (`toolkit.decide.choice`), so that advised
products and these share the limits of a run, and the price of a slot is what the next one would cost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from toolkit.decide.choice import Room, choose
from toolkit.decide.guards import GUARDS
from toolkit.decide.reasons import OVER_LIMIT, is_asleep
from toolkit.decide.slots import LIVE, Slots
from toolkit.settings import Settings

__all__ = ["ECONOMIC", "UnderLimit", "may_give_way", "room_of", "under_limit"]

ECONOMIC = ("DELIST", "REST_UNTIL")
_NO_VALUE = 10_000.0
"""Stands for a product's value where no value of any is known: scores then count in ten-thousandths."""


@dataclass(frozen=True)
class UnderLimit:
    """What a run takes off sale under all its limits."""

    decisions: pl.DataFrame
    """As they came, with `_late` where a product waits for another run, and those that give way for slots advised to go."""
    waiting: int
    slot_value: float | None
    """What a new product must promise over the horizon, in fen: 0 while slots are free, else what giving up one more would
    cost. None where no more can be given up, or where that is not known in money."""
    is_slot_free: bool
    for_slots: int
    """Products that go only because slots are short."""
    still_over: int
    """Products above the limit even after this run."""
    is_capped: bool
    """More could go, but for the limits of one run; else all others are held or protected."""


def may_give_way(settings: Settings, as_of: date) -> pl.Expr:
    """Whether a product could go for its slot: no guard would stop it, and it does not just wait for its season."""
    stopped = pl.any_horizontal(guard.stops(settings, as_of, pl.lit("DELIST")) for guard in GUARDS)
    return (~stopped & ~is_asleep(settings, as_of)).fill_null(False)


def room_of(profile: pl.DataFrame, decided: pl.DataFrame, settings: Settings) -> Room:
    """What one run may take: a share of the live products and of their trailing revenue, above each category's floor."""
    plan, live = settings.plan, profile.filter(_live())
    musts = decided.filter((pl.col("action") == "MUST_DELIST") & _live())
    revenue = int(live["revenue_90d_fen"].clip(0).sum())
    counts = dict(live.group_by("category").len().iter_rows())
    gone = dict(musts.group_by("category").len().iter_rows())
    return Room(
        max(-int(-plan.max_share_products * live.height // 1), plan.always_products),
        plan.max_share_revenue * float(revenue) if revenue > 0 else float("inf"),
        {name: max(0, counts.get(name, 0) - gone.get(name, 0) - floor) for name, floor in plan.category_floors.items()},
        max(0, live.height - musts.height - settings.store.listing_limit),
    )


def under_limit(decided: pl.DataFrame, room: Room, store: Slots) -> UnderLimit:
    """Hold the decisions to the room of a run, and free the slots that are missing.

    `decided` has, beside the decisions, status, category, revenue_90d_fen, delist_score, `_gives_way`
    (`may_give_way`), and in fen the values `_KEEP`, `_DELIST`, `_REST_UNTIL` (null where unknown) and the gains of acting
    under an assumed cost, `_order_gain` and `_order_rest`.
    """
    asks, others = _asked(decided), _others(decided)
    pool = pl.concat([asks, others])
    taken = choose(pool, room)
    extra = pool.filter(taken & ~pool["is_asked"])["product_id"]
    late = asks.filter(~taken.head(asks.height))["product_id"]
    musts = decided.filter(_live(), pl.col("action") == "MUST_DELIST").height
    free = store.free + musts + int(taken.sum())
    return UnderLimit(
        _given_way(decided, extra).with_columns(_late=pl.col("product_id").is_in(late.implode())),
        late.len(),
        0.0 if free > 0 else _next_costs(pool, taken, room),
        free > 0,
        extra.len(),
        max(0, -free),
        int(taken.sum()) < pool.height,
    )


def _live() -> pl.Expr:
    return pl.col("status").is_in(LIVE)


def _pool(rows: pl.DataFrame, value: pl.Expr, gain: pl.Expr, *, is_asked: bool) -> pl.DataFrame:
    return rows.select(
        "product_id", "category", gain=gain, revenue="revenue_90d_fen", value=value, is_asked=pl.lit(is_asked)
    )


def _asked(decided: pl.DataFrame) -> pl.DataFrame:
    """What is advised to go, in the order of work."""
    asks = decided.filter(pl.col("action").is_in(ECONOMIC) & _live()).sort("rank")
    rests = pl.col("action") == "REST_UNTIL"
    value = pl.when(rests).then("_REST_UNTIL").otherwise("_DELIST") - pl.col("_KEEP")
    # What was advised without a gain in money (a long empty shelf, no price known) comes last, but it comes.
    assumed = pl.when(rests).then("_order_rest").otherwise("_order_gain")
    return _pool(asks, value, pl.coalesce(value, assumed).fill_null(0.0).clip(1.0), is_asked=True)


def _others(decided: pl.DataFrame) -> pl.DataFrame:
    """What may go for its slot, the least regret first. Nothing counts as gained: no rule speaks against them.

    Where no value is known, a product that surely sells nothing (score 1) counts as worth nothing, and one that surely
    sells (score 0) as worth what the others are on the average.
    """
    kept = (pl.col("action") == "KEEP") & pl.col("rule").is_null()
    some = decided.filter((kept | pl.col("_poor")) & pl.col("_gives_way") & _live())
    value = pl.col("_DELIST") - pl.col("_KEEP")
    loss = pl.coalesce(value, "_order_gain")
    usual = (-loss).clip(0).mean().fill_null(_NO_VALUE)
    by_score = -(1 - pl.col("delist_score").fill_null(0.0)) * usual
    order = some.sort(loss, "delist_score", "product_id", descending=[True, True, False], nulls_last=True)
    return _pool(order, value, pl.coalesce(loss.clip(upper_bound=0.0), by_score), is_asked=False)


def _given_way(decided: pl.DataFrame, extra: pl.Series) -> pl.DataFrame:
    """Decisions in which these products go for their slots."""
    both = pl.concat_str(pl.lit(OVER_LIMIT), "rules", separator=";", ignore_nulls=True)
    new = {
        "action": pl.lit("DELIST"), "reason_code": pl.lit("SLOTS"), "rule": pl.lit(OVER_LIMIT), "rules": both,
        "guard": pl.lit(None), "guards": pl.lit(None), "review_on": pl.lit(None), "flip_units": pl.lit(None),
        "flip_on": pl.lit(None),
    }  # fmt: skip
    goes = pl.col("product_id").is_in(extra.implode())
    return decided.with_columns(
        pl.when(goes).then(then).otherwise(pl.col(name)).alias(name) for name, then in new.items()
    )


def _next_costs(pool: pl.DataFrame, taken: pl.Series, room: Room) -> float | None:
    """What the run would be worth less if one slot more had to come free, at least 0: the price of a slot."""
    more = int(taken.sum()) + 1
    after = choose(pool, replace(room, products=max(room.products, more), needed=more))
    changed = pool.filter(after != taken)
    if int(after.sum()) < more or changed["value"].null_count():
        return None
    value = pool["value"].fill_null(0.0).to_numpy()
    return max(0.0, float(value[taken.to_numpy()].sum() - value[after.to_numpy()].sum()))
