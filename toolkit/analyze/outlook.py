"""What the demand model says of each product of a store, or that too little is known to say anything.

Here the store's tables meet the model: which lines are sales and which are stock movements, which weeks any file tells,
what goods there are and what they cost. With fewer told weeks than `model.min_weeks` there are no probabilities; then
totals (of a month, of a few days of orders) are taken as what they are, units within a stretch of known length, and
give only a ranking. With enough weeks, totals of periods that no weekly file tells enter the model as facts about an
interval (`toolkit.analyze.intervals`). They are never spread over weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit.analyze.demand import Forecast, Stake, facts_of, figures, forecast, is_jit, stake_of, stock_of
from toolkit.analyze.distribution import STEPS, Demand
from toolkit.analyze.events import event_table, event_weeks
from toolkit.analyze.exposure import evidence_of
from toolkit.analyze.intervals import interval_facts
from toolkit.analyze.keeping import Terms, keeping_value, share_lost, slot_cost
from toolkit.analyze.past import Evidence, past_of
from toolkit.analyze.rate import crowd_of
from toolkit.analyze.sales import NOT_SOLD
from toolkit.analyze.windows import CHANNEL
from toolkit.event_days import event_calendar
from toolkit.schema import HORIZONS, Tables
from toolkit.settings import Settings

__all__ = [
    "events_of", "evidence_for", "facts_for", "interval_totals", "keep_below", "order_titles",
    "store_forecast", "terms_of", "told_weeks", "totals_beside", "weeks_told_of", "with_outlook",
]  # fmt: skip

_WEEKS_AHEAD, _EVENT_WEEKS = 13, 53
LONG_WEEKS = 26
"""Weeks ahead over which stock should clear."""


def with_outlook(
    products: pl.DataFrame,
    spans: pl.DataFrame,
    told: pl.DataFrame,
    tables: Tables,
    *,
    as_of: date,
    settings: Settings,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Products with the columns of `demand`: probabilities, units, clear dates, P(dead), state and delist score; and events.

    Needs product_id, is_jit and the facts of `facts_for`. With too few told weeks all is null but `delist_score`,
    which is then from totals; without any sales data that is null too. The second table has one row per event, as of
    `as_of` (`event_table`).
    """
    if told_weeks(spans, told)["told_days"].sum() < 7 * settings.model.min_weeks:
        scored = _from_totals(products, spans, told, tables, as_of, settings)
        return products.join(scored, on="product_id", how="left"), _events_unseen(settings, as_of)
    made, evidence = store_forecast(products, spans, told, tables, as_of=as_of, settings=settings, horizons=horizons)
    facts = facts_of(made.past, facts_for(products))
    terms = terms_of(settings)
    said = figures(made, facts, as_of=as_of, evidence=evidence, terms=terms)
    turning = keep_below(made.demand, stake_of(made.demand, facts, terms), stock_of(facts), settings)
    until = pl.lit(as_of + timedelta(weeks=LONG_WEEKS))
    events = events_of(made, as_of)
    whole = said.with_columns(keep_below_units=turning, outlook_until=until, **_next_event(events, as_of))
    return products.join(_blanked(whole, products), on="product_id", how="left"), events


def events_of(made: Forecast, as_of: date) -> pl.DataFrame:
    """One row per event with its next days and what they are worth in this store (`event_table`)."""
    return event_table(made.past.event_weeks, made.view.season.events, as_of, _EVENT_WEEKS)


def _events_unseen(settings: Settings, as_of: date) -> pl.DataFrame:
    """The events of a store of which too little is known to have seen any."""
    nothing = event_weeks(
        event_calendar(settings.events.days), 0, np.zeros((1, 0)), start=0, end=0, unknown=np.zeros(0, dtype=int)
    )
    return event_table(nothing, None, as_of, _EVENT_WEEKS)


def _next_event(events: pl.DataFrame, as_of: date) -> dict[str, pl.Expr]:
    """The event that begins next, or goes on, within 13 weeks, and what a day of it is worth; nulls for none."""
    near = events.filter(pl.col("first_day") <= as_of + timedelta(weeks=_WEEKS_AHEAD)).sort("first_day", "event")
    name, multiplier = near.select("event", "multiplier").row(0) if near.height else (None, None)
    return {"next_event": pl.lit(name, pl.String), "next_event_multiplier": pl.lit(multiplier, pl.Float64)}


def store_forecast(
    products: pl.DataFrame,
    spans: pl.DataFrame,
    told: pl.DataFrame,
    tables: Tables,
    *,
    as_of: date,
    settings: Settings,
    horizons: Sequence[int] = HORIZONS,
) -> tuple[Forecast, Evidence]:
    """The model of a store as of a day, and the evidence it rests on."""
    facts = facts_for(products)
    evidence = evidence_for(products, spans, told, tables, as_of=as_of, settings=settings)
    past = past_of(spans, facts, as_of=as_of, evidence=evidence)
    known = facts_of(past, facts)
    on_shelf = evidence.tells_stock | (stock_of(known) > 0) | is_jit(known)
    return forecast(past, sorted({*HORIZONS, *horizons}), on_shelf=on_shelf), evidence


def keep_below(demand: Demand, stake: Stake, stock: np.ndarray, settings: Settings) -> pl.Series:
    """With fewer units than this, stock would be worth keeping: keep_below_units; null where it is, or is not known.

    Worth keeping is what has a delist score below `model.delist_score_min` or a chance to clear in 26 weeks above
    `model.p_clear_max`. Found by halving the interval from 1 to the stock.
    """
    limits, place = settings.model, demand.horizons.index(LONG_WEEKS)

    def too_much(units: np.ndarray, rows: np.ndarray) -> np.ndarray:
        some = Demand((LONG_WEEKS,), demand.p_no_sale[rows, place : place + 1], demand.units[rows, place : place + 1])
        will_not_clear = some.p_reach(units)[:, 0] <= limits.p_clear_max
        return will_not_clear & (share_lost(stake.value(units, rows)) >= limits.delist_score_min)

    rows = np.flatnonzero(stock > 0)
    rows = rows[too_much(stock[rows], rows)]
    low, high = np.zeros(len(rows)), stock[rows].astype(float)
    while len(rows) and (high - low).max() > 1:
        middle = np.floor((low + high) / 2)
        fires = too_much(middle, rows) & (middle > 0)
        low, high = np.where(fires, low, middle), np.where(fires, middle, high)
    turning = np.full(len(stock), np.nan)
    turning[rows] = high
    return pl.Series("keep_below_units", turning).fill_nan(None).cast(pl.Int64)


def _blanked(said: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """No probabilities for products of which not one day is told; a score for all: where nothing is at stake, P(no sale)."""
    scored = said.with_columns(
        pl.coalesce("delist_score", f"p_no_sale_{_WEEKS_AHEAD}w").clip(0, 1).alias("delist_score")
    )
    told = products.filter(pl.col("covered_days_365d") > 0).select("product_id")
    known = scored.join(told, on="product_id", how="semi")
    unknown = scored.select("product_id", "delist_score").join(told, on="product_id", how="anti")
    return pl.concat([known, unknown], how="diagonal")


def terms_of(settings: Settings) -> Terms:
    """What keeping costs, as the store has it."""
    return Terms(
        cost_share=settings.model.cost_share,
        holding_rate_weekly=settings.money.holding_rate_weekly,
        slot_share=settings.model.slot_share,
    )


def facts_for(products: pl.DataFrame) -> pl.DataFrame:
    """What the model takes of each product; where no price is stated, the mean price of its sales stands in."""
    sold_at = pl.col("revenue_365d_fen") / pl.col("units_365d")
    paid = pl.when((pl.col("units_365d") > 0) & (pl.col("revenue_365d_fen") > 0)).then(sold_at)
    return products.select(
        "product_id",
        "title",
        "listed_on",
        "parent_category",
        category=pl.coalesce("category", "parent_category"),
        stocking_type=pl.when("is_jit").then(pl.lit("jit")).otherwise("stocking_type"),
        sellable_units=pl.coalesce("sellable_units", "on_hand_units"),
        supply_price_fen=pl.coalesce(pl.col("supply_price_fen").cast(pl.Float64), paid),
        unit_cost_fen=pl.col("unit_cost_fen").cast(pl.Float64),
    )


def told_weeks(spans: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """One row per week of which any file tells sales: week_start, told_days (1..7). Sorted.

    Args:
        spans: weekly sales of the channel; rows of the period export are whole weeks.
        told: what `told_of_goods` gave.
    """
    by_day = told.group_by("week_start").agg(told_days=pl.col("day").n_unique().cast(pl.Int64))
    by_week = spans.filter(pl.col("sales_source") == "period_export").select("week_start").unique()
    both = pl.concat([by_day, by_week.with_columns(told_days=pl.lit(7, pl.Int64))])
    return both.group_by("week_start").agg(pl.col("told_days").max()).sort("week_start")


def weeks_told_of(spans: pl.DataFrame, told: pl.DataFrame, product_id: str) -> pl.Series:
    """Mondays of the weeks that any file tells of one product: those of all goods of its kind, and its own rows."""
    mine = spans.filter(pl.col("product_id") == product_id)
    kinds = told.filter(~pl.col("is_jit") | (mine["sales_source"] == "jit_purchase_orders").any())
    return pl.concat([kinds["week_start"], mine["week_start"]]).unique().sort()


def evidence_for(
    products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, tables: Tables, *, as_of: date, settings: Settings
) -> Evidence:
    """What is known besides sales, with weeks that only the period export tells, and totals of longer periods.

    Such a week is told for the products in it; the others were not seen, which is not 0.
    """
    plain = replace(
        evidence_of(tables, as_of=as_of),
        totals=totals_beside(spans, told, tables, as_of=as_of),
        events=event_calendar(settings.events.days),
    )
    weekly = spans.filter(pl.col("sales_source") == "period_export")
    if weekly.is_empty():
        return plain
    weeks = told_weeks(spans, told)
    first = weeks["week_start"][0]
    every = pl.DataFrame({"week_start": pl.date_range(first, as_of, "1w", eager=True)})
    untold = every.join(weeks, on="week_start", how="anti").select(
        pl.lit(None, pl.String).alias("product_id"), "week_start", closed_share=pl.lit(1.0)
    )
    known = [] if plain.closed_weeks is None else [plain.closed_weeks.filter(pl.col("product_id").is_not_null())]
    closed = pl.concat([*known, untold, _unseen(products, spans, told, weeks)])
    whole = closed.group_by("product_id", "week_start").agg(pl.col("closed_share").max())
    return replace(plain, known_since=first, closed_weeks=whole.sort("product_id", "week_start"))


def totals_beside(spans: pl.DataFrame, told: pl.DataFrame, tables: Tables, *, as_of: date) -> pl.DataFrame | None:
    """Totals of periods that touch no day other files tell (see `interval_facts`); None where there is none."""
    weeks = spans.filter(pl.col("sales_source") == "period_export")["week_start"].unique()
    counted = {day + timedelta(days=n) for day in weeks for n in range(7)}
    return interval_facts(tables.period_sales, counted | set(told["day"]), as_of=as_of)


def _unseen(products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, weeks: pl.DataFrame) -> pl.DataFrame:
    """Weeks that files tell for some products only, for the products they say nothing of."""
    by_orders = told.filter(pl.col("is_jit").not_()).select("week_start").unique()
    for_jit = told.filter("is_jit").select("is_jit", "week_start").unique()
    seen = spans.select("product_id", "week_start").unique()
    return (
        products.select("product_id", "is_jit")
        .join(weeks.select("week_start").join(by_orders, on="week_start", how="anti"), how="cross")
        .join(for_jit, on=["is_jit", "week_start"], how="anti")
        .join(seen, on=["product_id", "week_start"], how="anti")
        .select("product_id", "week_start", closed_share=pl.lit(1.0))
    )


def order_titles(tables: Tables, products: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """The title that a product's sales most often carry, for products without one: product_id, order_title.

    Lines at price 0 carry remarks ("damaged"), not titles.
    """
    untitled = products.filter(pl.col("title").is_null()).select("product_id")
    if tables.order_lines is None or untitled.is_empty():
        return pl.DataFrame(schema={"product_id": pl.String, "order_title": pl.String})
    sold = (pl.col("unit_price_fen") != 0).fill_null(True) & (pl.col("ordered_on") <= as_of)
    lines = tables.order_lines.lazy().filter(
        pl.col("channel") == CHANNEL, sold, pl.col("order_status").is_in(NOT_SOLD).fill_null(False).not_()
    )
    if "title" not in lines.collect_schema():
        return pl.DataFrame(schema={"product_id": pl.String, "order_title": pl.String})
    counted = lines.filter(pl.col("title").is_not_null()).group_by("product_id", "title").agg(n=pl.len().cast(pl.Int64))
    most = counted.sort("n", "title", descending=[True, False]).group_by("product_id", maintain_order=True).first()
    return (
        most.select("product_id", pl.col("title").alias("order_title"))
        .join(untitled.lazy(), on="product_id", how="semi")
        .collect()
    )


def _from_totals(
    products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, tables: Tables, as_of: date, settings: Settings
) -> pl.DataFrame:
    """The delist score from units within stretches of known length: product_id, delist_score.

    Units and weeks give a rate, pulled towards the store's other products (Gamma), and that a negative binomial over 13
    weeks. A product of which nothing is told stands where the store's products stand on the whole.
    """
    # A third of a second to import, and most stores never come here.
    from scipy.stats import nbinom

    totals = interval_totals(spans, told, tables, as_of=as_of)
    facts = facts_for(products).join(totals, on="product_id", how="left").sort("product_id")
    if not (totals["weeks"] > 0).any():
        return facts.select("product_id", delist_score=pl.lit(None, pl.Float64))
    units, weeks = (facts[name].fill_null(0).cast(pl.Float64).clip(0).to_numpy() for name in ("units", "weeks"))
    crowd = crowd_of(units, weeks)
    shape, chance = crowd.shape + units, (crowd.weeks + weeks) / (crowd.weeks + weeks + _WEEKS_AHEAD)
    ahead = nbinom.ppf(STEPS[None, :], shape[:, None], chance[:, None])
    terms = terms_of(settings)
    price, cost = (facts[name].fill_null(float("nan")).to_numpy() for name in ("supply_price_fen", "unit_cost_fen"))
    price = np.where(np.isnan(price), 1.0 if np.isnan(price).all() else np.nanmedian(price), price)
    cost = np.where(np.isnan(cost), terms.cost_share * price, cost)
    jit = facts["stocking_type"].eq_missing(pl.Series(["jit"])).to_numpy()
    stock = np.where(jit, np.nan, facts["sellable_units"].cast(pl.Float64).fill_null(float("nan")).to_numpy())
    slot = slot_cost(ahead.mean(axis=1), np.maximum(price - cost, 0), _WEEKS_AHEAD, terms)
    lost = share_lost(keeping_value(ahead, np.where(stock > 0, stock, np.nan), price, cost, slot, _WEEKS_AHEAD, terms))
    score = np.where(np.isnan(lost), nbinom.cdf(0, shape, chance), lost)
    return facts.select("product_id").with_columns(delist_score=pl.Series(np.clip(score, 0, 1)))


def interval_totals(spans: pl.DataFrame, told: pl.DataFrame, tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Units within stretches of known length, none counted twice: product_id, units, weeks (how long they were told).

    The days that order files tell count first; then the store's statistics periods, newest first, as far as they touch
    no day counted before. A product absent from a period's export has no exposure in it.
    """
    dated = spans.filter(pl.col("sales_source") != "period_export")
    by_orders = told.filter(pl.col("is_jit").not_())["day"].unique().sort()
    days = dated.group_by("product_id").agg(units=pl.col("units").sum())
    parts = [days.with_columns(weeks=pl.lit(len(by_orders) / 7))] if len(by_orders) else []
    if tables.period_sales is not None:
        parts.append(_period_totals(tables.period_sales, set(by_orders), as_of=as_of))
    if not parts:
        return pl.DataFrame(schema={"product_id": pl.String, "units": pl.Int64, "weeks": pl.Float64})
    return pl.concat(parts).group_by("product_id").agg(pl.col("units").sum(), pl.col("weeks").sum()).sort("product_id")


def _period_totals(periods: pl.DataFrame, counted: set[date], *, as_of: date) -> pl.DataFrame:
    facts = interval_facts(periods, counted, as_of=as_of)
    if facts is None:
        return pl.DataFrame(schema={"product_id": pl.String, "units": pl.Int64, "weeks": pl.Float64})
    weeks = ((pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1) / 7
    return facts.select("product_id", "units", weeks.alias("weeks"))
