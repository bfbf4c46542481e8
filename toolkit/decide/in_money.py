"""Decisions with their value: what acting gains, what a wrong step costs, what a week of waiting is worth, what has its turn.

Rules say what looks slow; money says whether anything should be done about it. Where the unit cost is known, a slow
product is taken off sale only if that is expected to gain, with a margin (`money.act_margin`: share of the stake). Else,
where its stock is too much, stock goes back if the fee is known and that pays, or the price may be cut as far as its
break-even; else it stays, with the guard `no_gain`. A product whose demand has most likely died is not kept on for the
small chance that it has not: its line shows what that chance is worth (下错的代价), and a person decides.

Of what should go, one run takes no more than its share, the most valuable first, and a store above its limit of slots parts
with more (`toolkit.decide.under_limit`); what is late waits with the guard `weekly_cap`. What policy forbids is neither
weighed nor counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit.decide.choice import Room
from toolkit.decide.options import (
    OPTION_ACTIONS,
    assuming,
    cost_basis,
    options,
    resting_regret,
    resting_value,
    stakes,
    unknowns,
)
from toolkit.decide.reasons import ACTIONS, is_jit
from toolkit.decide.slots import LIVE, slots
from toolkit.decide.under_limit import may_give_way, room_of, under_limit
from toolkit.schema import DECISIONS
from toolkit.settings import Settings

__all__ = ["InMoney", "in_money", "waiting_value"]


@dataclass(frozen=True)
class InMoney:
    """The decisions of a run with their values, and what they were weighed by."""

    decisions: pl.DataFrame
    """`schema.DECISIONS`."""
    options: pl.DataFrame
    """`schema.OPTIONS`."""
    unknowns: pl.DataFrame
    """`schema.UNKNOWNS`."""
    room: Room
    waiting: int
    """Products that wait for another run, as this one has its share."""
    slot_value: float | None
    """What a new product must promise over the horizon, in fen; 0 while slots are free, None where it is not known."""
    is_slot_free: bool
    """Slots are free once this run is carried out."""
    for_slots: int
    """Products that go only because slots are short."""
    still_over: int
    """Products above the limit of slots even after this run."""
    is_capped: bool
    """More could go, but for the limits of one run."""
    by_basis: Mapping[str, int]
    """Live products by where their unit cost comes from."""
    currency: str | None
    """The one currency of all amounts; None where there are several or none."""


def in_money(decisions: pl.DataFrame, profile: pl.DataFrame, *, as_of: date, settings: Settings) -> InMoney:
    """Weigh decisions (`toolkit.decide.plan.decide`) against money and hold them to the share of one run.

    >>> from toolkit.decide.plan import decide
    >>> from toolkit.schema import PROFILE
    >>> shelf = PROFILE.frame(product_id=["1"], status=["on_sale"], observed_on=[date(2026, 11, 22)])
    >>> day = {"as_of": date(2026, 11, 22), "settings": Settings()}
    >>> in_money(decide(shelf, **day), shelf, **day).decisions.select("action", "value_est_fen").row(0)
    ('KEEP', None)
    """
    table = options(profile, as_of=as_of, settings=settings)
    joined = decisions.drop(_ADDED).join(_facts(profile, table, settings, as_of), on="product_id", how="left")
    weighed = _weighed(joined, settings, as_of)
    room = room_of(profile, weighed, settings)
    chosen = under_limit(weighed, room, slots(profile, settings))
    valued = _with_others(chosen.decisions, settings)
    # A product that waits keeps its value on the line.
    held = _held(valued, pl.col("_late"), "weekly_cap", settings, as_of)
    return InMoney(
        DECISIONS.conform(_reranked(held)),
        table,
        unknowns(profile, settings=settings),
        room,
        chosen.waiting,
        chosen.slot_value,
        chosen.is_slot_free,
        chosen.for_slots,
        chosen.still_over,
        chosen.is_capped,
        dict(profile.filter(_live()).group_by(b=cost_basis(settings)).len().sort("b").iter_rows()),
        _only(profile["currency"]),
    )


def waiting_value(
    keep: np.ndarray, off: np.ndarray, none_kept: np.ndarray, week: np.ndarray, p_week: np.ndarray, p_ever: np.ndarray
) -> np.ndarray:
    """What it is worth to wait one week before deciding, in fen: the value of what the week may tell, less what it costs.

    With probability w = `p_week` the product sells within the week. It is then worth what it is worth given that it sells at
    all, (V − (1 − p)·V₀)/p for p = `p_ever` and V₀ = `none_kept`; else its worth falls to what keeps the mean V the
    same. Deciding then is worth w·max(V₁, D) + (1 − w)·max(V₂, D), now max(V, D), for D = `off` (the usual value of
    sample information, Raiffa & Schlaifer 1961). A delisting after all has paid one more week of holding and slot, `week`.

    >>> f = lambda *x: tuple(np.array([v]) for v in x)
    >>> waiting_value(*f(-10.0, 0.0, -50.0, 4.0, 0.1, 0.2)).round(2).tolist()
    [11.4]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        p_ever = np.maximum(p_ever, p_week)
        sells = np.where(p_ever > 0, (keep - (1 - p_ever) * none_kept) / p_ever, keep)
        silent = np.where(p_week < 1, (keep - p_week * sells) / (1 - p_week), keep)
    later = p_week * np.maximum(sells, off) + (1 - p_week) * np.maximum(silent, off)
    still_goes = np.where(silent < off, 1 - p_week, 0.0) + np.where(sells < off, p_week, 0.0)
    return later - np.maximum(keep, off) - still_goes * week


_ADDED = (
    "cost_basis", "value_est_fen", "regret_est_fen", "wait_value_est_fen", "other_option", "option_price_fen",
    "option_units", "recall_fee_max_est_fen",
)  # fmt: skip


def _live() -> pl.Expr:
    return pl.col("status").is_in(LIVE)


def _facts(profile: pl.DataFrame, table: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """What each product's decision is weighed by: values of the options, stakes, and what the cap counts."""
    assumed = settings.model.cost_share if settings.money.use_assumed_cost else None
    stake, weeks = stakes(profile, settings, cost_share=assumed), settings.money.horizon_weeks
    known = assuming(stake, settings, cost_share=settings.model.cost_share)
    none, dead = (_floats(profile, name) for name in (f"p_no_sale_{weeks}w", "p_dead"))
    none_8w = _floats(profile, "p_no_sale_8w")
    with np.errstate(divide="ignore", invalid="ignore"):
        dead = np.minimum(dead, np.minimum(none, none_8w))
        alive = np.where(dead < 1, ((none_8w - dead) / (1 - dead)) ** (1 / 8), 1.0)
    empty = stake.keeping(np.zeros(profile.height))
    wait = waiting_value(stake.keep, stake.off, empty, -empty / weeks, (1 - dead) * (1 - alive), 1 - none)
    by_option = {name: table.filter(pl.col("option") == name) for name in OPTION_ACTIONS}
    cut, back = by_option["CUT_PRICE"], by_option["WITHDRAW"]
    return profile.select(
        "product_id", "status", "category", "currency", "revenue_90d_fen", "p_clear_26w", "p_dead", "delist_score",
        cost_basis=cost_basis(settings), jit=is_jit(), _gives_way=may_give_way(settings, as_of),
    ).with_columns(
        *(by_option[name]["value_est_fen"].alias(f"_{name}") for name in ("KEEP", "WITHDRAW", "REST_UNTIL", "DELIST")),
        _unserved=-by_option["KEEP"]["stock_out_est_fen"],
        _pays=pl.Series(stake.pays).fill_nan(None),
        _regret=pl.Series(stake.regret).fill_nan(None).round(0),
        _rest_regret=pl.Series(resting_regret(stake, profile, settings, as_of)).fill_nan(None).round(0),
        _wait=pl.Series(wait).fill_nan(None).round(0),
        _order_gain=pl.Series(known.off - known.keep).fill_nan(None),
        _order_rest=pl.Series(resting_value(known, profile, settings, as_of) - known.keep).fill_nan(None),
        _cut_price=cut["option_price_fen"],
        _cut_units=cut["option_units"],
        _room_units=pl.Series(np.floor(stake.stock - stake.served)).fill_nan(None),
        _served=pl.Series(stake.served).fill_nan(None),
        _back_units=back["option_units"],
        _back_fee=back["recall_fee_max_est_fen"],
        _back_known=back["unknown_parts"].is_null(),
    )  # fmt: skip


def _floats(frame: pl.DataFrame, name: str) -> np.ndarray:
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _weighed(joined: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """Slow products whose delisting is not expected to gain enough: another action, or none yet."""
    slow = (pl.col("action") == "DELIST") & (pl.col("reason_code") == "SLOW") & (pl.col("cost_basis") == "stated")
    dead = (pl.col("p_dead") >= settings.model.p_dead_min).fill_null(False)
    poor = slow & ~dead & (pl.col("_pays") < settings.money.act_margin).fill_null(False)
    too_much = pl.col("p_clear_26w") <= settings.model.p_clear_max
    gain = (pl.col("_WITHDRAW") - pl.col("_KEEP") > 0) & pl.col("_back_known")
    action = (
        pl.when((gain & too_much).fill_null(False))
        .then(pl.lit("WITHDRAW"))
        .when((_cut_can_pay(settings) & too_much).fill_null(False))
        .then(pl.lit("CUT_PRICE"))
        .otherwise(pl.lit("WATCH"))
    )
    marked = joined.with_columns(_poor=poor.fill_null(False))
    chosen = marked.with_columns(action=pl.when("_poor").then(action).otherwise("action"))
    return _held(chosen, pl.col("_poor") & (pl.col("action") == "WATCH"), "no_gain", settings, as_of)


def _cut_can_pay(settings: Settings) -> pl.Expr:
    """It sells at all, a lower price is above cost, and there is stock for what would have to be sold more."""
    sells = (pl.col("_served") >= 1) & (pl.col("p_dead") < settings.model.p_dead_min)
    return sells & (pl.col("_cut_units") <= pl.col("_room_units")) & pl.col("jit").not_()


def _held(frame: pl.DataFrame, stopped: pl.Expr, guard: str, settings: Settings, as_of: date) -> pl.DataFrame:
    """Decisions that a guard of money stops: WATCH, the guard named, and the day to look again."""
    usual = pl.lit(as_of + timedelta(days=settings.guards.review_days))
    both = pl.concat_str("guards", pl.lit(guard), separator=";", ignore_nulls=True)
    return frame.with_columns(_stopped=stopped.fill_null(False)).with_columns(
        action=pl.when("_stopped").then(pl.lit("WATCH")).otherwise("action"),
        guard=pl.when("_stopped").then(pl.lit(guard)).otherwise("guard"),
        guards=pl.when("_stopped").then(both).otherwise("guards"),
        review_on=pl.when("_stopped").then(usual).otherwise("review_on"),
    )


def _with_others(frame: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The value of following the advice instead of keeping on, its regret, and what could be done instead."""
    action = pl.col("action")
    value = (
        pl.when(action == "DELIST").then(pl.col("_DELIST") - pl.col("_KEEP"))
        .when(action == "REST_UNTIL").then(pl.col("_REST_UNTIL") - pl.col("_KEEP"))
        .when(action == "WITHDRAW").then(pl.col("_WITHDRAW") - pl.col("_KEEP"))
        .when(action == "RESTOCK").then("_unserved")
    )  # fmt: skip
    regret = pl.when(action == "DELIST").then("_regret").when(action == "REST_UNTIL").then("_rest_regret")
    too_much = pl.col("rule").is_in(["will_not_clear", "excess_cover"])
    cut = (action == "CUT_PRICE") | ((action == "DELIST") & too_much & _cut_can_pay(settings))
    no_gain = pl.col("guard").eq_missing("no_gain")
    back = ((action == "WITHDRAW") | no_gain) & pl.col("_back_units").is_not_null()
    other = pl.when(cut).then(pl.lit("CUT_PRICE")).when(back).then(pl.lit("WITHDRAW"))
    return frame.with_columns(
        value_est_fen=value.round(0),
        regret_est_fen=regret,
        wait_value_est_fen=pl.when(action == "DELIST").then("_wait"),
        other_option=other,
    ).with_columns(
        option_price_fen=pl.when(pl.col("other_option") == "CUT_PRICE").then("_cut_price"),
        option_units=pl.when(pl.col("other_option") == "CUT_PRICE").then("_cut_units")
        .when(pl.col("other_option") == "WITHDRAW").then("_back_units"),
        recall_fee_max_est_fen=pl.when(pl.col("other_option") == "WITHDRAW").then("_back_fee"),
    )  # fmt: skip


def _reranked(frame: pl.DataFrame) -> pl.DataFrame:
    """The order of work again: by action, then by value, then as it was."""
    order = pl.col("action").replace_strict(ACTIONS, range(len(ACTIONS)), return_dtype=pl.Int64)
    held = pl.col("guard").is_null()
    keys = frame.with_columns(_order=order, _looks_only=held)
    by = ["_order", "_looks_only", "value_est_fen", "rank"]
    ordered = keys.sort(by, descending=[False, False, True, False], nulls_last=True)
    return ordered.with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _only(values: pl.Series) -> str | None:
    found = values.drop_nulls().unique()
    return found[0] if found.len() == 1 else None
