"""Is a product asleep, starved, new or dead; what will it sell if kept; when is its stock gone?

    sales, facts ─ past ─ signs ─ scorecard ─ distribution ─┬─ probabilities, units, clear dates
                                                            └─ value of keeping ─ delist score

Every figure of a row is read from one predictive distribution per product and horizon
(`toolkit.analyze.distribution`); only P(dead) has its own model (`toolkit.analyze.rate`), as nobody ever observes a
death. Products never sold are scored as well. Goods made after each order (JIT) have no stock to clear: those columns
are null for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import polars as pl

from toolkit.analyze.design import Shop, design, shop_of
from toolkit.analyze.distribution import Demand, predict
from toolkit.analyze.keeping import USUAL_TERMS, Terms, keeping_value, share_lost, slot_cost
from toolkit.analyze.past import NOTHING_ELSE, Evidence, Past, one_each, past_of
from toolkit.analyze.rate import Quiet, death_hazard, likely_crowd, p_dead
from toolkit.analyze.scorecard import Prior, Scorecard, fit_scorecards, shipped_prior
from toolkit.analyze.signs import COLUMNS, SIGNS, WEEK, Look, look

__all__ = [
    "DEMAND_STATES",
    "Forecast",
    "Stake",
    "demand",
    "facts_of",
    "figures",
    "forecast",
    "is_jit",
    "stake_of",
    "stock_of",
]

Floats = np.ndarray
DEMAND_STATES = ("starved", "new", "asleep", "dead", "quiet", "alive")
"""Out of stock · not enough data · out of season · nobody wants it · seldom sold · selling."""
NEW_WEEKS, STARVED_WEEKS, QUIET_WEEKS = 8.0, 8, 4.0
DEAD_FROM, SURELY_DEAD, ASLEEP_BELOW, MOSTLY = 0.5, 0.9, 0.5, 0.5
CLEAR_WEEKS = 13
SURE_WEEKS = 8.0


@dataclass(frozen=True)
class Forecast:
    """What the model makes of one shop as of one day; arrays in the order of `past.ids`."""

    past: Past
    view: Look
    demand: Demand
    shop: Shop
    cards: dict[int, Scorecard]
    p_dead: Floats
    season_share: Floats
    """What the open weeks since the last sale were worth in ordinary weeks, per week: below 1 out of season."""

    def event_turn(self, product_id: str, horizons: Sequence[int]) -> dict[int, float]:
        """By how much events ahead change the units a product is expected to sell if it sells, by weeks: 0.1 is a tenth more."""
        season, row = self.view.season, int(self.past.ids.search_sorted(product_id))
        group, plain, turns = self.view.group[row], season.without_events(), {}
        for weeks in horizons:
            weight = self.cards[weeks].units[COLUMNS.index("season_ahead")] / SIGNS["season_ahead"][1]
            ratio = season.ahead(self.view.day, weeks)[group] / plain.ahead(self.view.day, weeks)[group]
            turns[weeks] = float(ratio**weight - 1)
        return turns

    def explain(self, product_id: str, horizon: int) -> pl.DataFrame:
        """What each sign adds to the log odds that the product sells nothing, the strongest first: sign, log_odds."""
        row = int(self.past.ids.search_sorted(product_id))
        signs = design(self.past, self.view, self.shop, horizon, slice(row, row + 1))
        added = self.cards[horizon].weighed(signs)[0]
        return pl.DataFrame({"sign": COLUMNS, "log_odds": added}).sort(
            pl.col("log_odds").abs(), "sign", descending=[True, False]
        )


def demand(
    weekly: pl.DataFrame,
    products: pl.DataFrame,
    *,
    as_of: date,
    horizons: Sequence[int] = (8, 13, 26),
    evidence: Evidence = NOTHING_ELSE,
    terms: Terms = USUAL_TERMS,
    prior: dict[int, Prior] | None = None,
) -> pl.DataFrame:
    """One row per product: what it will sell, when its stock is gone, whether it is dead, and what keeping it risks.

    Args:
        weekly: WEEKLY_SALES rows.
        products: one row per product to be scored: product_id; and where known listed_on, category, parent_category, title,
            stocking_type, sellable_units, supply_price_fen, unit_cost_fen.
        as_of: the last known day.
        horizons: weeks ahead.
        evidence: since when sales are known, closed weeks, stock movements.
        terms: what keeping costs.
        prior: other weights than the shipped ones (for judging the model on a shop the shipped ones were fitted on).

    Returns:
        product_id; per horizon p_no_sale_8w, units_mean_8w, units_q10_8w, units_q50_8w, units_q90_8w, p_clear_8w and
        units_left_8w (null for JIT and where no stock is known); clear_date_median (null beyond two years); p_dead;
        demand_state; delist_score (0..1, see `toolkit.analyze.keeping.share_lost`); season_category_share, season_parent_share
        and season_shop_share (0..1: what its season rests on, the rest is flat; all 0 before a year is known); exposure_basis (snapshots, listing_status
        or calendar, see `toolkit.analyze.exposure`); own_cases (finished cases of the shop's past behind the
        weights; 0: shipped weights only). Sorted by product_id.

    >>> weekly = pl.DataFrame({"product_id": ["a"] * 20, "week_start": pl.date_range(date(2026, 1, 5), date(2026, 5, 18), "1w", eager=True),
    ...     "units": [3] * 20, "orders": [2] * 20, "first_sale_on": [None] * 20, "last_sale_on": [None] * 20},
    ...     schema_overrides={"first_sale_on": pl.Date, "last_sale_on": pl.Date})
    >>> table = demand(weekly, pl.DataFrame({"product_id": ["a", "b"]}), as_of=date(2026, 5, 24))
    >>> table.select("product_id", pl.col("p_no_sale_8w") < 0.1).rows()
    [('a', True), ('b', False)]
    """
    past = past_of(weekly, products, as_of=as_of, evidence=evidence)
    facts = facts_of(past, products)
    on_shelf = evidence.tells_stock | (stock_of(facts) > 0) | is_jit(facts)
    made = forecast(past, sorted(horizons), on_shelf=on_shelf, prior=prior)
    return figures(made, facts, as_of=as_of, evidence=evidence, terms=terms)


def facts_of(past: Past, products: pl.DataFrame) -> pl.DataFrame:
    """One row per product of the past, in its order."""
    known = one_each(products)
    if known["product_id"].equals(past.ids):
        return known
    return pl.DataFrame({"product_id": past.ids}).join(known, on="product_id", how="left", maintain_order="left")


def figures(
    made: Forecast, facts: pl.DataFrame, *, as_of: date, evidence: Evidence = NOTHING_ELSE, terms: Terms = USUAL_TERMS
) -> pl.DataFrame:
    """What `demand` returns, from a forecast and the facts of its products (`facts_of`)."""
    past, stock, tells_stock = made.past, stock_of(facts), evidence.tells_stock
    return pl.DataFrame(
        {
            "product_id": past.ids,
            **_read(made.demand, stock),
            "clear_date_median": _clear_dates(made.demand.weeks_to_clear(stock), as_of),
            "p_dead": made.p_dead,
            "demand_state": _states(made, stock, tells_stock=tells_stock),
            "delist_score": share_lost(stake_of(made.demand, facts, terms).value(stock)),
            **_season_evidence(made.view),
            "exposure_basis": pl.repeat(evidence.basis, past.size, eager=True),
            "own_cases": pl.repeat(
                max(c.own_cases for c in made.cards.values()), past.size, dtype=pl.Int64, eager=True
            ),
        }
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def forecast(
    past: Past, horizons: Sequence[int], *, on_shelf: np.ndarray, prior: dict[int, Prior] | None = None
) -> Forecast:
    """The model of a shop as of the end of its past, horizons ascending.

    `on_shelf`: products that are known to have been there to be bought, now or all the time the clock ran.
    """
    view = look(past, past.end)
    shop = shop_of(view)
    cards = fit_scorecards(past, shop, horizons, prior or shipped_prior())
    dead, share = _dead(past, view, on_shelf)
    # A product closed for most of its silence shows the scorecard an old, lively past: it may have died meanwhile.
    least = np.where(_closed_share(past, view) >= MOSTLY, dead, 0.0)
    # Nothing is surer to be dead than to sell nothing soon; what stood there unsold and is dead stays so for long.
    stays, signs = np.where(on_shelf, dead, 0.0), partial(design, past, view, shop)
    made = predict([cards[h] for h in horizons], signs, least, stays)
    return Forecast(past, view, made, shop, cards, np.minimum(dead, made.p_no_sale[:, -1]), share)


def _season_evidence(view: Look) -> dict[str, Floats]:
    """What the season of each product rests on; what is left of 1 is flat."""
    season, group = view.season, view.group
    category = season.category_share[group]
    parent = (1 - category) * season.parent_share[group]
    return {
        "season_category_share": category,
        "season_parent_share": parent,
        "season_shop_share": (1 - category - parent) * season.shop_share,
    }


def _closed_share(past: Past, view: Look) -> Floats:
    """How much of the calendar since the last sale a product was closed."""
    calendar = np.maximum((view.day - view.last_sale) / WEEK, 1e-9)
    return np.clip(1 - view.silence / calendar, 0.0, 1.0) * (calendar > 1)


def _dead(past: Past, view: Look, on_shelf: np.ndarray) -> tuple[Floats, Floats]:
    """P(dead), and what a week of the silence was worth.

    A product gone quiet of which no stock is known may as well be sold out: half of those count as dead.
    """
    lived = view.season.open_weeks(view.rows, view.group, view.born, view.last_sale)
    silence = view.season_silence
    # Where the first sale is what made the product known, it says nothing about the rate.
    count = np.maximum(view.sales - (view.is_sold & ~past.is_listed_known), 0)
    quiet = Quiet(
        count, lived, silence, (view.last_sale - view.born) / WEEK, np.maximum((view.day - view.last_sale) / WEEK, 0.01)
    )
    on = view.is_active
    # Those silent for long may be dead: of the silence, only its first weeks are sure to belong to their lives.
    crowd = likely_crowd(count[on], lived[on] + np.minimum(silence[on], SURE_WEEKS))
    hazard = (
        death_hazard(Quiet(*(getattr(quiet, name)[on] for name in Quiet.__dataclass_fields__)), crowd)
        if on.any()
        else 0.002
    )
    gone = p_dead(quiet, crowd, hazard)
    return np.where(on_shelf, gone, gone / 2), silence / np.maximum(view.silence, 1e-9)


def stock_of(facts: pl.DataFrame) -> Floats:
    """Units that can be sold; NaN for JIT and where unknown."""
    return np.where(is_jit(facts), np.nan, _numbers(facts, "sellable_units"))


def is_jit(facts: pl.DataFrame) -> np.ndarray:
    if "stocking_type" not in facts.columns:
        return np.zeros(facts.height, dtype=bool)
    return facts["stocking_type"].eq_missing(pl.Series(["jit"])).to_numpy()


def _numbers(facts: pl.DataFrame, name: str) -> Floats:
    """A column as floats; NaN where unknown."""
    if name not in facts.columns:
        return np.full(facts.height, np.nan)
    return facts[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _read(made: Demand, stock: Floats) -> dict[str, Floats]:
    """The columns of each horizon, all from one distribution."""
    columns: dict[str, Floats] = {}
    mean, clear, left = made.mean(), made.p_reach(stock), made.units_left(stock)
    quantiles = {name: made.quantile(level) for name, level in (("q10", 0.1), ("q50", 0.5), ("q90", 0.9))}
    for place, h in enumerate(made.horizons):
        columns |= {
            f"p_no_sale_{h}w": made.p_no_sale[:, place],
            f"units_mean_{h}w": mean[:, place],
            **{f"units_{name}_{h}w": values[:, place] for name, values in quantiles.items()},
            f"p_clear_{h}w": clear[:, place],
            f"units_left_{h}w": left[:, place],
        }
    return columns


def _clear_dates(weeks: Floats, as_of: date) -> pl.Series:
    today = (as_of - date(1970, 1, 1)).days
    days = pl.Series(np.ceil(weeks * WEEK) + today, nan_to_null=True)
    return days.cast(pl.Int32).cast(pl.Date)


def _states(made: Forecast, stock: Floats, *, tells_stock: bool) -> pl.Series:
    """The state of each product, the first that fits in the order of `DEMAND_STATES`."""
    past, view = made.past, made.view
    closed = past.closed.between(np.arange(past.size), view.day - STARVED_WEEKS * WEEK, view.day) / STARVED_WEEKS
    is_starved = (stock <= 0) | (tells_stock & (closed >= 0.5))
    is_quiet = view.silence >= QUIET_WEEKS
    fits = [
        is_starved,
        view.age < NEW_WEEKS,
        is_quiet & (made.season_share < ASLEEP_BELOW) & (made.p_dead < SURELY_DEAD),
        made.p_dead >= DEAD_FROM,
        made.demand.p_no_sale[:, 0] >= 0.5,
        np.ones(past.size, dtype=bool),
    ]
    return pl.Series(DEMAND_STATES).gather(np.argmax(fits, axis=0))


@dataclass(frozen=True)
class Stake:
    """What keeping each product 13 weeks may bring and cost; arrays in the order of the forecast's products."""

    units: Floats
    """products × levels."""
    price: Floats
    cost: Floats
    slot: float
    weeks: int
    terms: Terms

    def value(self, stock: Floats, rows: np.ndarray | slice = slice(None)) -> Floats:
        """Value of keeping these products (all by default) at each level of the distribution, for such a stock of each."""
        # An empty shelf is a reason to restock: what matters is what demand is worth if it can be served.
        held = np.where(stock > 0, stock, np.nan)
        units, price, cost = self.units[rows], self.price[rows], self.cost[rows]
        return keeping_value(units, held, price, cost, self.slot, self.weeks, self.terms)


def stake_of(made: Demand, facts: pl.DataFrame, terms: Terms) -> Stake:
    """The stake of each product; without prices all products cost alike."""
    weeks = min(made.horizons, key=lambda h: abs(h - CLEAR_WEEKS))
    price = _numbers(facts, "supply_price_fen")
    price = np.where(np.isnan(price), np.nanmedian(price) if not np.isnan(price).all() else 1.0, price)
    cost = _numbers(facts, "unit_cost_fen")
    cost = np.where(np.isnan(cost), terms.cost_share * price, cost)
    units = made.at(weeks)
    slot = slot_cost(units.mean(axis=1), np.maximum(price - cost, 0), weeks, terms)
    return Stake(units, price, cost, slot, weeks, terms)
