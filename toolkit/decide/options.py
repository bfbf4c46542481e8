"""What is each option worth in money: keep, cut the price, withdraw stock, rest until a date, delist?

The supply price is the seller's income, so margin = supply price − unit cost, and holding and salvage are on unit cost
(what the goods tie up). All figures look `money.horizon_weeks` ahead and are read from the one predictive distribution
of PROFILE (mean, quantiles, P(no sale), units left), so they cannot contradict the chances shown beside them. For the
units u a product may sell, with stock S, margin m, unit cost c, holding rate h and slot cost s per week, over H weeks:

- KEEP      m·min(u, S) − h·c·H·(S − min(u, S)/2) − s·H                 (Tersine & Toelle 1984, per product)
- CUT_PRICE at price p′: the same with m′ = p′ − c. Only the break-even is told, as nobody knows what a lower supply price
            does to demand: the units to be sold *more* so that it earns as much as before, E[min(u, S)]·(m/m′ − 1)
- WITHDRAW  the units beyond the 90 % quantile of 26 weeks go back (退仓): their holding is saved, they fetch salvage and
            cost the recall fee. Both are the platform's and the market's to say; while unknown they are left out and named,
            and the highest fee at which it pays is told instead
- REST_UNTIL nothing is sold and no slot is used until the relist day; stock goes on being held
- DELIST    salvage·c·S, or 0 with salvage named as unknown

The parts stand in columns of their own and add up: value = margin + stock-out + holding + salvage + slot, where margin is of
all demand and stock-out what of it cannot be served (as in Lokad's stock reward, a sum of parts).

Goods made after each order (JIT) have no stock: no holding, no salvage, nothing to clear. An unknown unit cost gives no
value at all, unless `money.use_assumed_cost` says to take `model.cost_share` of the price; `cost_basis` tells which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from toolkit.decide.reasons import is_jit, units_to_sell
from toolkit.decide.spread import levels_of
from toolkit.schema import HORIZONS, OPTIONS, UNKNOWNS
from toolkit.settings import Settings

__all__ = [
    "OPTION_ACTIONS",
    "Stakes",
    "assuming",
    "cost_basis",
    "options",
    "resting_regret",
    "resting_value",
    "stakes",
    "unknowns",
]

Floats = np.ndarray
OPTION_ACTIONS = ("KEEP", "CUT_PRICE", "WITHDRAW", "REST_UNTIL", "DELIST")
_LONG = 26
"""Weeks whose 90 % quantile no withdrawal touches."""


@dataclass(frozen=True)
class Stakes:
    """What each product has at stake over the horizon; arrays in the order of the profile, NaN where unknown."""

    price: Floats
    stated: Floats
    """Unit cost in fen, where somebody stated it."""
    cost: Floats
    """Unit cost in fen, stated or assumed."""
    stock: Floats
    """Units that can be sold; infinite for JIT goods."""
    mean: Floats
    served: Floats
    """E[min(units, stock)], exact: stock − units left."""
    low: Floats
    high: Floats
    levels: Floats
    """products × levels: units at the levels of probability."""
    slot: float
    """Cost of a slot per week, in fen."""
    holding_rate: float
    salvage: float
    """Share of the unit cost that a unit left over fetches; NaN while unknown."""
    weeks: int

    @property
    def margin(self) -> Floats:
        """Supply price − unit cost, fen per unit."""
        return self.price - self.cost

    def held(self, sold: Floats) -> Floats:
        """Cost of holding the stock while so many units of it are sold evenly; 0 for JIT."""
        on_hand = np.where(np.isinf(self.stock), 0.0, self.stock).reshape(-1, *([1] * (sold.ndim - 1)))
        cost = self.cost.reshape(on_hand.shape)
        goods = np.isfinite(self.stock).reshape(on_hand.shape)
        return np.where(goods, self.holding_rate * cost * self.weeks * (on_hand - np.minimum(sold, on_hand) / 2), 0.0)

    def keeping(self, units: Floats) -> Floats:
        """Value of keeping each product if it can sell so many units (products, or products × levels)."""
        shape = (-1, *([1] * (units.ndim - 1)))
        sold = np.minimum(units, self.stock.reshape(shape))
        return self.margin.reshape(shape) * sold - self.held(sold) - self.slot * self.weeks

    @property
    def keep(self) -> Floats:
        """Expected value of keeping. `keeping` is a straight line in units sold, so the mean of units served is enough."""
        return self.keeping(self.served)

    @property
    def off(self) -> Floats:
        """Value of delisting: what the stock fetches elsewhere, 0 while that is not known."""
        share = 0.0 if np.isnan(self.salvage) else self.salvage
        return np.where(np.isfinite(self.stock), share * self.cost * np.where(np.isinf(self.stock), 0, self.stock), 0.0)

    @property
    def regret(self) -> Floats:
        """下错的代价: E[max(keeping − delisting, 0)], what is given up where it would have sold after all."""
        expected = self.keep - self.off
        gain = np.maximum(self.keeping(self.levels) - self.off[:, None], 0.0).mean(axis=1)
        return np.maximum(gain, np.maximum(expected, 0.0))

    @property
    def pays(self) -> Floats:
        """Share of the stake by which delisting is expected to win: (loss − gain of keeping) / (loss + gain).

        1 where keeping can only lose, 0 where both are even, below 0 where keeping wins; NaN where nothing is at stake.
        """
        gain, expected = self.regret, self.keep - self.off
        stake = 2 * gain - expected
        return np.divide(-expected, stake, out=np.full(len(stake), np.nan), where=stake > 0)


def stakes(profile: pl.DataFrame, settings: Settings, *, cost_share: float | None = None) -> Stakes:
    """The stakes of all products. `cost_share` stands in for every unknown cost; None leaves those unknown."""
    weeks = settings.money.horizon_weeks
    price, stated = _numbers(profile, "supply_price_fen"), _numbers(profile, "unit_cost_fen")
    jit = profile.select(is_jit()).to_series().to_numpy()
    stock = profile.select(units_to_sell().cast(pl.Float64).fill_null(float("nan"))).to_series().to_numpy()
    stock = np.where(jit, np.inf, np.maximum(stock, 0.0))
    mean, left = _numbers(profile, f"units_mean_{weeks}w"), _numbers(profile, f"units_left_{weeks}w")
    q10, q50, q90 = (_numbers(profile, f"units_{q}_{weeks}w") for q in ("q10", "q50", "q90"))
    levels = levels_of(_numbers(profile, f"p_no_sale_{weeks}w"), q10, q50, q90, mean)
    told = np.where(np.isinf(stock), mean, np.where(stock > 0, stock - left, 0.0) + 0.0 * mean)
    served = np.where(np.isnan(told), np.minimum(levels, stock[:, None]).mean(axis=1), told)
    salvage = settings.money.salvage_share
    as_stated = Stakes(
        price, stated, stated, stock, mean, served, q10, q90, levels, 0.0,
        settings.money.holding_rate_weekly, float("nan") if salvage == "unknown" else float(salvage), weeks,
    )  # fmt: skip
    return assuming(as_stated, settings, cost_share=cost_share)


def assuming(stake: Stakes, settings: Settings, *, cost_share: float | None) -> Stakes:
    """The same stakes with another share of the price for every cost nobody stated, and what a slot then costs."""
    share = np.nan if cost_share is None else cost_share
    cost = np.where(np.isnan(stake.stated), share * stake.price, stake.stated)
    earned = stake.mean * np.maximum(stake.price - cost, 0.0)
    known = earned[~np.isnan(earned)]
    slot = float(settings.model.slot_share * known.mean() / stake.weeks) if len(known) else 0.0
    return replace(stake, cost=cost, slot=slot)


def options(profile: pl.DataFrame, *, as_of: date, settings: Settings) -> pl.DataFrame:
    """One row per product and option (`schema.OPTIONS`), in the order of the profile.

    `value_est_fen` is null without a unit cost, a price, a forecast or a known stock; CUT_PRICE has no value, only its
    break-even (`option_price_fen`, `option_units` to be sold more); it is null where a cut would sell below cost.

    >>> from toolkit.schema import PROFILE
    >>> mug = PROFILE.frame(product_id=["1"], supply_price_fen=[1000], unit_cost_fen=[600], sellable_units=[100],
    ...     p_no_sale_13w=[0.2], units_mean_13w=[10.0], units_q10_13w=[0], units_q50_13w=[9], units_q90_13w=[20],
    ...     units_left_13w=[90.0], units_q90_26w=[40])
    >>> table = options(mug, as_of=date(2026, 11, 22), settings=Settings())
    >>> table.select("option", "value_est_fen", "option_units").rows()[:2]
    [('KEEP', 255.0, None), ('CUT_PRICE', None, 4)]
    """
    stake = stakes(profile, settings, cost_share=_assumed(settings))
    makers = (_keep, _cut, _withdraw, _rest, _delist)
    parts = [
        make(stake, profile, settings, as_of).with_columns(option=pl.lit(name), _order=pl.int_range(pl.len()))
        for make, name in zip(makers, OPTION_ACTIONS, strict=True)
    ]
    who = profile.select("product_id", "currency", cost_basis=cost_basis(settings))
    table = pl.concat([pl.concat([who, part], how="horizontal") for part in parts], how="diagonal")
    order = pl.col("option").replace_strict(OPTION_ACTIONS, range(len(OPTION_ACTIONS)), return_dtype=pl.Int64)
    return OPTIONS.conform(table.sort("_order", order).with_columns(pl.col(pl.Float64).fill_nan(None).round(0)))


def cost_basis(settings: Settings) -> pl.Expr:
    """Where the unit cost comes from: stated, assumed (a share of the price), unknown."""
    assumed = pl.lit("assumed") if settings.money.use_assumed_cost else pl.lit("unknown")
    priced = pl.col("supply_price_fen").is_not_null()
    stated = priced & pl.col("unit_cost_fen").is_not_null()
    return pl.when(stated).then(pl.lit("stated")).when(priced).then(assumed).otherwise(pl.lit("unknown"))


def unknowns(profile: pl.DataFrame, *, settings: Settings) -> pl.DataFrame:
    """Which unknown would turn most decisions (`schema.UNKNOWNS`), the most first.

    One row per figure that nobody stated: a low and a high value, on how many products it bears, and for how many keeping is worth
    more than delisting under one of the two and less under the other.
    """
    base = stakes(profile, settings, cost_share=settings.model.cost_share)
    no_cost = profile["unit_cost_fen"].is_null().to_numpy()
    goods = np.isfinite(base.stock)
    rate, salvage = settings.money.holding_rate_weekly, settings.money.salvage_share
    share = settings.model.slot_share or 1.0
    tried = [
        ("unit_cost", 0.5, 0.85, no_cost, lambda share: assuming(base, settings, cost_share=share)),
        ("holding_rate", rate / 2, rate * 2, goods, lambda value: replace(base, holding_rate=value)),
        ("slot", 0.0, 5 * share, np.isfinite(base.mean), lambda value: replace(base, slot=base.slot * value / share)),
    ]
    if salvage == "unknown":
        tried.append(("salvage", 0.0, 0.3, goods, lambda share: replace(base, salvage=share)))
    rows = [(name, low, high, *_turned(make(low), make(high), bears)) for name, low, high, bears, make in tried]
    table = pl.DataFrame(rows, schema=list(UNKNOWNS.names), orient="row")
    return UNKNOWNS.conform(table.filter(pl.col("products") > 0)).sort("flips", "unknown", descending=[True, False])


def _turned(low: Stakes, high: Stakes, bears: np.ndarray) -> tuple[int, int]:
    """On how many products a figure bears, and how many it turns."""
    first, second = low.keep - low.off, high.keep - high.off
    known = bears & ~np.isnan(first) & ~np.isnan(second)
    return int(known.sum()), int((known & ((first > 0) != (second > 0))).sum())


def _assumed(settings: Settings) -> float | None:
    return settings.model.cost_share if settings.money.use_assumed_cost else None


def _numbers(frame: pl.DataFrame, name: str) -> Floats:
    """A column as floats; NaN where unknown."""
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _band(low: Floats, high: Floats) -> dict[str, Floats]:
    """A 10–90 % band: value is a straight line in units, so its quantiles are the values at the quantiles of units."""
    return {"value_low_est_fen": np.minimum(low, high), "value_high_est_fen": np.maximum(low, high)}


def _frame(columns: dict[str, object], rows: int) -> pl.DataFrame:
    return pl.DataFrame({**columns, "_row": np.arange(rows)}).drop("_row")


def _keep(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    there = stake.keep * 0
    return _frame(
        {
            "value_est_fen": stake.keep,
            **_band(stake.keeping(stake.low), stake.keeping(stake.high)),
            "margin_est_fen": stake.margin * stake.mean + there,
            "stock_out_est_fen": -stake.margin * np.maximum(stake.mean - stake.served, 0.0) + there,
            "holding_est_fen": -stake.held(stake.served) + there,
            "slot_est_fen": -stake.slot * stake.weeks + there,
        },
        profile.height,
    )


def _cut(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """The price one step lower, and the units to be sold more to earn as much; nothing where that is below cost."""
    lower = np.floor(stake.price * (1 - settings.money.price_cut_share))
    left = np.where(lower > stake.cost, lower - stake.cost, np.nan)
    more = np.ceil(np.round(stake.served * (stake.margin / left - 1), 6))
    return pl.DataFrame({"price": np.where(np.isnan(more), np.nan, lower), "more": more}).select(
        option_price_fen=pl.col("price").fill_nan(None).cast(pl.Int64),
        option_units=pl.col("more").fill_nan(None).cast(pl.Int64),
    )


def _withdraw(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """Take back what 26 weeks will hardly sell; the highest fee per unit at which that pays: holding saved + salvage."""
    goods = np.isfinite(stake.stock)
    surplus = np.where(goods, stake.stock - _numbers(profile, f"units_q90_{HORIZONS[-1]}w"), np.nan)
    surplus = np.where(surplus > 0, surplus, np.nan)
    saved = stake.holding_rate * stake.cost * stake.weeks
    fee = settings.money.recall_fee_fen
    salvage = np.where(np.isnan(stake.salvage), 0.0, stake.salvage) * stake.cost
    paid = 0.0 if fee == "unknown" else float(fee)
    change = surplus * (saved + salvage - paid)
    missing = [
        name for name, value in (("salvage", settings.money.salvage_share), ("recall_fee", fee)) if value == "unknown"
    ]
    table = _keep(stake, profile, settings, as_of).with_columns(
        pl.col("value_est_fen", "value_low_est_fen", "value_high_est_fen") + pl.Series(change),
        pl.col("holding_est_fen") + pl.Series(surplus * saved),
        pl.Series("salvage_est_fen", surplus * (salvage - paid)),
        pl.Series("option_units", surplus).fill_nan(None).cast(pl.Int64),
        pl.Series("recall_fee_max_est_fen", np.where(np.isnan(surplus), np.nan, saved + salvage)),
        unknown_parts=pl.lit(";".join(missing) or None, pl.String),
    )
    # Where nothing is in excess there is nothing to withdraw: no figures.
    some = pl.col("option_units").is_not_null()
    return table.with_columns(pl.when(some).then(pl.all()))


def _rest(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    """Out of the shop until `relist_lead_weeks` before the next season: those weeks' sales go, their slot comes free."""
    away, share = _away(stake, profile, settings, as_of)
    rested = replace(stake, slot=0.0)
    slot = stake.slot * (stake.weeks - away)
    mean = resting_value(stake, profile, settings, as_of)
    ends = [rested.keeping(units * (1 - share)) - slot for units in (stake.low, stake.high)]
    sold = stake.served * (1 - share)
    return _frame(
        {
            "value_est_fen": mean,
            **_band(*ends),
            "margin_est_fen": stake.margin * sold,
            "holding_est_fen": -stake.held(sold) + 0 * mean,
            "slot_est_fen": -slot + 0 * mean,
        },
        profile.height,
    )


def resting_value(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> Floats:
    """Expected value of a rest, NaN where there is no season to rest until."""
    away, share = _away(stake, profile, settings, as_of)
    return replace(stake, slot=0.0).keeping(stake.served * (1 - share)) - stake.slot * (stake.weeks - away)


def resting_regret(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> Floats:
    """下错的代价 of a rest: E[max(keeping − resting, 0)], NaN where there is no season to rest until."""
    away, share = _away(stake, profile, settings, as_of)
    rested = replace(stake, slot=0.0).keeping(stake.levels * (1 - share)[:, None])
    resting = rested - (stake.slot * (stake.weeks - away))[:, None]
    return np.maximum(stake.keeping(stake.levels) - resting, 0.0).mean(axis=1)


def _away(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> tuple[Floats, Floats]:
    """Weeks of the horizon a rest takes, NaN without a season ahead; and the share of the horizon's units they hold."""
    days = profile.select((pl.col("next_season_on") - pl.lit(as_of)).dt.total_days()).to_series()
    away = days.cast(pl.Float64).fill_null(float("nan")).to_numpy() / 7 - settings.season.relist_lead_weeks
    away = np.where(away > 0, np.minimum(away, stake.weeks), np.nan)
    return away, _share_sold_by(away, profile, stake.weeks)


def _share_sold_by(weeks_away: Floats, profile: pl.DataFrame, horizon: int) -> Floats:
    """Share of the horizon's expected units that fall into its first weeks, straight between the known horizons."""
    knots = [h for h in HORIZONS if h <= horizon]
    means = np.column_stack([np.zeros(profile.height), *(_numbers(profile, f"units_mean_{h}w") for h in knots)])
    sold = np.zeros(profile.height)
    for place, (start, end) in enumerate(zip([0, *knots[:-1]], knots, strict=True)):
        part = np.clip((weeks_away - start) / (end - start), 0, 1)
        sold = sold + part * (means[:, place + 1] - means[:, place])
    return np.divide(sold, means[:, -1], out=0 * sold, where=means[:, -1] > 0)


def _delist(stake: Stakes, profile: pl.DataFrame, settings: Settings, as_of: date) -> pl.DataFrame:
    value = stake.off + 0 * stake.keep
    missing = pl.when(is_jit().not_()).then(pl.lit("salvage")) if np.isnan(stake.salvage) else pl.lit(None, pl.String)
    table = _frame({"value_est_fen": value, **_band(value, value), "salvage_est_fen": value}, profile.height)
    return pl.concat([table, profile.select(unknown_parts=missing)], how="horizontal")
