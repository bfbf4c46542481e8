"""Standing at many days of the past: what would have been said, what came, and what the usual rules would have said.

A cutoff is the first day that is not known. The model is fitted anew at each with nothing later: weekly rows of weeks
that begin on or after it are not even passed on. Cutoffs are Mondays, so no week is cut in two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit.analyze.demand import Forecast, forecast
from toolkit.analyze.keeping import keeping_value, share_lost, slot_cost
from toolkit.analyze.past import NOTHING_ELSE, Evidence, Past, past_of
from toolkit.analyze.scorecard import Prior
from toolkit.analyze.signs import STALE_WEEKS, WEEK, YEAR
from toolkit.backtest.money import ACT_ABOVE, COST_SETTINGS, RULES, break_even_units, captured, drawn_stock, true_value
from toolkit.backtest.rivals import rival_scores
from toolkit.errors import DataError

__all__ = ["Record", "Replay", "finished_cutoffs", "replay"]

Floats = np.ndarray
LEAST_WEEKS_BEFORE = 12
MOST_CUTOFFS = 9


@dataclass(frozen=True)
class Record:
    """What a shop has kept of its past."""

    weekly: pl.DataFrame
    """WEEKLY_SALES rows of the whole history."""
    products: pl.DataFrame
    """One row per product: product_id, and where known listed_on, category, title."""
    first_day: date
    last_day: date
    """The first and the last day whose sales are known."""
    evidence: Evidence = NOTHING_ELSE
    prices: pl.DataFrame | None = None
    """product_id, price and, where prices are known as of a cutoff, cutoff; None: all products cost 1."""

    def before(self, cutoff: date) -> Past:
        """What was known on the evening before `cutoff`."""
        weekly = self.weekly.filter(pl.col("week_start") < cutoff)
        if "listed_on" in self.products.columns:
            known = self.products.filter(pl.col("listed_on") < cutoff)
        else:
            # Nobody knew of a product before its first sale, if its listing is not told.
            known = self.products.filter(pl.col("product_id").is_in(weekly["product_id"].unique().implode()))
        evidence = replace(self.evidence.before(cutoff), known_since=self.first_day)
        return past_of(weekly, known, as_of=cutoff - timedelta(days=1), evidence=evidence)


@dataclass(frozen=True)
class Replay:
    """What a shop's own past says about the advice."""

    cases: pl.DataFrame
    """One row per cutoff and active product: cutoff, product_id, is_stale (no sale for four weeks), units_8w (what came;
    null where the weeks are not over), p_no_sale_8w, units_q10_8w … for each horizon; p_dead; break_even_units (of the
    shortest horizon, usual terms; infinite where no sale pays); sold_year_ago; and each rival's score."""
    money: pl.DataFrame
    """One row per cutoff, cost setting and method: cutoff, cost_share, slot_share, method, delisted (products), capture."""
    own_cases: pl.DataFrame
    """One row per cutoff: cutoff, own_cases (finished cases of the shop's own past behind the weights)."""


def finished_cutoffs(known_since: date, last_day: date, horizon: int = 8) -> tuple[date, ...]:
    """Mondays four weeks apart whose `horizon` weeks are over, with twelve weeks of sales before them; newest first.

    Raises:
        DataError: there is none: the history is too short, and by how many weeks.

    >>> finished_cutoffs(date(2026, 1, 5), date(2026, 6, 28))
    (datetime.date(2026, 5, 4), datetime.date(2026, 4, 6))
    """
    end = last_day + timedelta(days=1)
    newest = end - timedelta(days=end.weekday()) - timedelta(weeks=horizon)
    oldest = known_since + timedelta(weeks=LEAST_WEEKS_BEFORE)
    if newest < oldest:
        need = LEAST_WEEKS_BEFORE + horizon
        raise DataError("backtest_too_short", need=need, have=(end - known_since).days // 7)
    every = (newest - timedelta(weeks=4 * i) for i in range(MOST_CUTOFFS))
    return tuple(day for day in every if day >= oldest)


def replay(
    record: Record,
    *,
    cutoffs: Sequence[date] | None = None,
    horizons: Sequence[int] = (8, 13, 26),
    prior: dict[int, Prior] | None = None,
) -> Replay:
    """The advice of each cutoff beside what came.

    Args:
        record: what the shop has kept. Stock is not in a sales history: it is drawn
            (`toolkit.backtest.money.drawn_stock`).
        cutoffs: Mondays; None: `finished_cutoffs`.
        horizons: weeks ahead.
        prior: other weights than the shipped ones, when a shop they were fitted on is being judged.

    Raises:
        DataError: the history is too short for any cutoff.
    """
    cutoffs = cutoffs or finished_cutoffs(record.first_day, record.last_day)
    parts = [_one(record, cutoff, sorted(horizons), prior) for cutoff in cutoffs]
    cases, money, own = (pl.concat([part[place] for part in parts]) for place in range(3))
    return Replay(cases.sort("cutoff", "product_id"), money, own.sort("cutoff"))


def _one(
    record: Record, cutoff: date, horizons: list[int], prior: dict[int, Prior] | None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Cases, money and own cases of one cutoff."""
    past = record.before(cutoff)
    made = forecast(past, horizons, on_shelf=np.full(past.size, record.evidence.tells_stock), prior=prior)
    truth = {h: _units_ahead(record, past, cutoff, h) for h in horizons}
    stock = drawn_stock(made.view.recent_units, seed=past.end)
    rivals = rival_scores(past, made.view, stock)
    price, usual = _prices_of(past, record.prices, cutoff), _usual_units(made)
    on, even = made.view.is_active, np.full(past.size, np.nan)
    even[on] = break_even_units(stock[on], price[on], usual[on], horizons[0])
    cases = pl.DataFrame(
        {
            "cutoff": pl.repeat(cutoff, past.size, eager=True),
            "product_id": past.ids,
            "is_stale": made.view.silence >= STALE_WEEKS,
            "silent_weeks": made.view.silence,
            **_columns(made, truth),
            "p_dead": made.p_dead,
            "break_even_units": even,
            "sold_year_ago": _sold_year_ago(past, horizons[0]),
            **rivals,
        }
    ).filter(pl.Series(on))
    money = _money(made, truth[horizons[0]], stock, price, rivals, cutoff)
    own = pl.DataFrame({"cutoff": [cutoff], "own_cases": [made.cards[horizons[0]].own_cases]})
    return cases, money, own


def _usual_units(made: Forecast) -> Floats:
    """Units of the shortest horizon at the pace of the last 26 weeks: known before, it sets the slot's cost."""
    known = np.clip((made.view.day - made.past.start) / WEEK, 1, 26)
    return made.view.recent_units / known * made.demand.horizons[0]


def _sold_year_ago(past: Past, weeks: int) -> np.ndarray:
    """Whether a product sold in the same weeks of the year before, two weeks more on both sides, as far as known."""
    first = past.end - YEAR - 14
    rows = slice(*np.searchsorted(past.sold.day, (first - WEEK + 1, first + weeks * WEEK + 28)))
    return np.bincount(past.sold.product[rows], minlength=past.size) > 0


def _units_ahead(record: Record, past: Past, cutoff: date, weeks: int) -> Floats | None:
    """Net units of the weeks ahead, in the order of the past's products; None while they are not over."""
    end = cutoff + timedelta(weeks=weeks)
    if end > record.last_day + timedelta(days=1):
        return None
    ahead = record.weekly.filter(pl.col("week_start") >= cutoff, pl.col("week_start") < end)
    came = ahead.group_by("product_id").agg(pl.col("units").sum())
    joined = pl.DataFrame({"product_id": past.ids}).join(came, on="product_id", how="left", maintain_order="left")
    return joined["units"].fill_null(0).cast(pl.Float64).to_numpy()


def _columns(made: Forecast, truth: dict[int, Floats | None]) -> dict[str, Floats | pl.Series]:
    columns: dict[str, Floats | pl.Series] = {}
    low, mid, high = (made.demand.quantile(level) for level in (0.1, 0.5, 0.9))
    for place, h in enumerate(made.demand.horizons):
        came = truth[h]
        columns[f"units_{h}w"] = (
            pl.Series(came) if came is not None else pl.repeat(None, made.past.size, dtype=pl.Float64, eager=True)
        )
        columns[f"p_no_sale_{h}w"] = made.demand.p_no_sale[:, place]
        columns |= {f"units_{n}_{h}w": v[:, place] for n, v in (("q10", low), ("q50", mid), ("q90", high))}
    return columns


def _prices_of(past: Past, prices: pl.DataFrame | None, cutoff: date) -> Floats:
    """Price per product; the median where one is not known."""
    if prices is None:
        return np.ones(past.size)
    known = prices.filter(pl.col("cutoff") == cutoff) if "cutoff" in prices.columns else prices
    each = pl.DataFrame({"product_id": past.ids}).join(known, on="product_id", how="left", maintain_order="left")
    return each["price"].fill_null(each["price"].median()).cast(pl.Float64).to_numpy()


def _money(
    made: Forecast, came: Floats | None, stock: Floats, price: Floats, rivals: Mapping[str, Floats], cutoff: date
) -> pl.DataFrame:
    """Capture of the model and of each rule in each cost setting, over the shortest horizon and active products."""
    if came is None:
        return pl.DataFrame(schema=_MONEY)
    weeks, on = made.demand.horizons[0], made.view.is_active
    usual = _usual_units(made)
    rows = []
    for terms in COST_SETTINGS:
        value = true_value(came[on], stock[on], price[on], usual[on], weeks, terms)
        cost = terms.cost_share * price
        slot = slot_cost(usual[on], (price - cost)[on], weeks, terms)
        ahead = made.demand.at(weeks)
        lost = share_lost(keeping_value(ahead, stock, price, cost, slot, weeks, terms, tied_up=price))
        chosen = {"scorecard": lost > ACT_ABOVE, **{rule.score: rivals[rule.score] > rule.above for rule in RULES}}
        rows += [
            (cutoff, terms.cost_share, terms.slot_share, name, int(d[on].sum()), captured(value, d[on]))
            for name, d in chosen.items()
        ]
    return pl.DataFrame(rows, schema=_MONEY, orient="row")


_MONEY = {
    "cutoff": pl.Date, "cost_share": pl.Float64, "slot_share": pl.Float64, "method": pl.String, "delisted": pl.Int64,
    "capture": pl.Float64,
}  # fmt: skip
