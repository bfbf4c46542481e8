"""Is it out of season, or dead? In which weeks of the year does a product sell more than in its average week?

The model: units in week t = level(product, year) x index(week of the year). Every product has a level of its own in
every stretch of 52 weeks, so growth, launches and price changes are not taken for a season; the index is fitted by
alternating the two (the Poisson maximum likelihood of this model), smoothed over neighbouring weeks with weights
1-2-3-2-1 around the year, and scaled to a mean of 1.

Few units make wild patterns, so each level of pooling is pulled towards the next wider one: own -> category -> parent
category -> shop -> flat (1 in every week). The weight of a category, parent or shop is

    units / (units + shrink_units)  x  (1 - 1/n)  x  (1 + repeated) / 2

with n = effective number of product-years behind it (one product's pattern is no category's), and `repeated` = share of
weeks of the year that were seen twice: with barely one year only half of a pattern is believed. A product's own pattern
weighs units / (units + shrink_units) x the correlation of its last two years: a pattern must repeat to be its own.

Week 53 counts as week 52. Weeks that no file told are left out; stock-outs are not, so a pattern is that of sales.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit.analyze.coverage import monday
from toolkit.analyze.season_words import seasons_in_titles
from toolkit.settings import Season

__all__ = ["SeasonData", "season_data", "seasonal_indices", "with_seasons"]

WEEKS = 52
_ROUNDS = 5
_KERNEL = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0
_LEVELS = ("shop", "parent_category", "category")
_EVIDENCE = ("own", "category", "parent", "shop")
_SEASONS_OF_YEAR = np.array(["winter", "spring", "summer", "autumn"])
Array = np.ndarray


@dataclass(frozen=True)
class SeasonData:
    """Units of each product in each week, side by side, for the arithmetic on arrays."""

    products: pl.DataFrame
    """product_id, category, parent_category; one row per row of `units`."""
    units: Array
    """products x weeks; 0 where nothing was sold or nothing is known."""
    known: Array
    """products x weeks: the week was told and the product was there to be bought."""
    week_of_year: Array
    """0..51 for each week."""
    year: Array
    """Stretch of 52 weeks each week lies in; 0 is the newest."""

    @property
    def weeks_told(self) -> int:
        """In how many weeks any product is known."""
        return int(self.known.any(axis=0).sum())

    @property
    def repeated(self) -> float:
        """Share of the weeks of the year that were told at least twice."""
        told = self.known.any(axis=0)
        return float((np.bincount(self.week_of_year[told], minlength=WEEKS) >= 2).mean())


def season_data(products: pl.DataFrame, weekly: pl.DataFrame, told: pl.DataFrame, *, as_of: date) -> SeasonData:
    """Weekly sales as arrays.

    Args:
        products: product_id, category, parent_category, listed_on; one row each.
        weekly: product_id, week_start, units.
        told: week_start of weeks for which every product's sales are told; a product's other weeks are known only
            where it has a row.
        as_of: weeks that are not over by then are left out.
    """
    # Sums of fractions depend on the order of their terms: sorted, the same facts give the same last digit.
    products = products.sort("product_id")
    over = pl.col("week_start") <= as_of - timedelta(days=6)
    rows, everyone = weekly.filter(over), told.filter(over)["week_start"]
    first = min([day for day in (rows["week_start"].min(), everyone.min()) if isinstance(day, date)], default=None)
    last = as_of - timedelta(days=as_of.weekday() + 7 * (as_of.weekday() < 6))
    count = 0 if first is None else (last - first).days // 7 + 1
    mondays = pl.Series([last - timedelta(weeks=back) for back in reversed(range(count))], dtype=pl.Date())
    week = ((pl.col("week_start") - pl.lit(first, pl.Date())).dt.total_days() // 7).alias("week")
    cells = rows.join(products.select("product_id").with_row_index("row"), on="product_id").select("row", week, "units")
    shape, place = (products.height, count), (cells["row"].to_numpy(), cells["week"].to_numpy())
    flat = place[0].astype(np.int64) * count + place[1]
    units = np.bincount(flat, weights=cells["units"].to_numpy(), minlength=shape[0] * count).reshape(shape)
    seen = np.zeros(shape, dtype=bool)
    seen[place] = True
    listed = products.select(week_start=monday(pl.col("listed_on"))).select(week)["week"]
    there = np.arange(count)[None, :] >= _first_weeks(listed, seen)[:, None]
    return SeasonData(
        products=products.select("product_id", "category", "parent_category"),
        units=np.clip(units, 0, None),
        known=(mondays.is_in(everyone.implode()).to_numpy()[None, :] | seen) & there,
        week_of_year=np.minimum(mondays.dt.week().to_numpy(), WEEKS).astype(int) - 1,
        year=np.arange(count)[::-1] // WEEKS,
    )


def _first_weeks(listed: pl.Series, seen: Array) -> Array:
    """The week from which each product was there: the week it was listed, or its first sale if that came before."""
    count = seen.shape[1]
    sold = np.where(seen.any(axis=1), seen.argmax(axis=1) if count else 0, count)
    return np.minimum(listed.clip(0, count).fill_null(count).to_numpy(), sold)


def seasonal_indices(data: SeasonData, settings: Season) -> tuple[Array, Array]:
    """Each product's index by week of the year (products x 52, mean 1), and the weight of each kind of evidence.

    The weights' columns are own, category, parent, shop; what is missing to 1 is the flat year.
    """
    n = data.products.height
    index, rest, weights = np.ones((n, WEEKS)), np.ones(n), np.zeros((n, len(_EVIDENCE)))
    for column, name in enumerate(_LEVELS):
        groups = _groups(data.products, name)
        weight = _group_weights(data, groups, settings)
        fitted = _fitted(data, groups)
        mine = np.where(groups >= 0, weight[groups], 0.0)
        index = mine[:, None] * fitted[groups] + (1 - mine[:, None]) * index
        weights *= (1 - mine)[:, None]
        weights[:, len(_EVIDENCE) - 1 - column] = mine
        rest *= 1 - mine
    own = _own_weights(data, settings)
    some = own > 0
    if some.any():
        alone = _fitted(_only(data, some), np.arange(int(some.sum())))
        index[some] = own[some, None] * alone + (1 - own[some, None]) * index[some]
    weights *= (1 - own)[:, None]
    weights[:, 0] = own
    return index / index.mean(axis=1, keepdims=True), weights


def _groups(products: pl.DataFrame, name: str) -> Array:
    """A number for each product's group, -1 where it has none; the shop is one group."""
    if name == "shop":
        return np.zeros(products.height, dtype=int)
    return (
        products.select(
            pl.when(pl.col(name).is_not_null()).then(pl.col(name).rank("dense").cast(pl.Int64) - 1).otherwise(-1)
        )
        .to_series()
        .to_numpy()
    )


def _only(data: SeasonData, rows: Array) -> SeasonData:
    return SeasonData(
        data.products.filter(pl.Series(rows)), data.units[rows], data.known[rows], data.week_of_year, data.year
    )


def _by(keys: Array, size: int) -> Array:
    """A 0/1 matrix that adds up columns (or rows) with the same key."""
    matrix = np.zeros((len(keys), size))
    inside = keys >= 0
    matrix[np.flatnonzero(inside), keys[inside]] = 1.0
    return matrix


def _fitted(data: SeasonData, groups: Array) -> Array:
    """The index of each group by week of the year: levels and index by turns, smoothed, mean 1 (groups x 52)."""
    size = max(int(groups.max(initial=-1)) + 1, 1)
    by_week, by_year = _by(data.week_of_year, WEEKS), _by(data.year, int(data.year.max(initial=0)) + 1)
    known, units = data.known.astype(float), data.units * data.known
    sold = _add_up(units, groups, size) @ by_week
    per_year = units @ by_year
    index = np.ones((size, WEEKS))
    for _ in range(_ROUNDS):
        exposure = (known * index[:, data.week_of_year][groups]) @ by_year
        level = np.divide(per_year, exposure, out=np.zeros_like(per_year), where=exposure > 0)
        expected = _add_up(known * (level @ by_year.T), groups, size) @ by_week
        raw = _smoothed(sold), _smoothed(expected)
        index = np.divide(*raw, out=np.ones_like(sold), where=raw[1] > 0)
        index /= index.mean(axis=1, keepdims=True)
    return index


def _add_up(rows: Array, groups: Array, size: int) -> Array:
    """Rows added up by group; rows of no group are left out."""
    order = np.argsort(groups, kind="stable")
    order = order[groups[order] >= 0]
    total = np.zeros((size, rows.shape[1]))
    if len(order):
        present, starts = np.unique(groups[order], return_index=True)
        total[present] = np.add.reduceat(rows[order], starts, axis=0)
    return total


def _smoothed(values: Array) -> Array:
    """Weighted mean with the two weeks before and after, around the year."""
    return np.tensordot(_KERNEL, [np.roll(values, shift, axis=1) for shift in range(-2, 3)], axes=1)


def _group_weights(data: SeasonData, groups: Array, settings: Season) -> Array:
    size = max(int(groups.max(initial=-1)) + 1, 1)
    per_year = (data.units * data.known) @ _by(data.year, int(data.year.max(initial=0)) + 1)
    units = _add_up(per_year, groups, size).sum(axis=1)
    squares = _add_up(per_year**2, groups, size).sum(axis=1)
    pooled = 1 - np.divide(squares, units**2, out=np.ones(size), where=units > 0)
    enough = np.divide(units, units + settings.shrink_units, out=np.zeros(size), where=units > 0)
    return enough * pooled * (1 + data.repeated) / 2


def _own_weights(data: SeasonData, settings: Season) -> Array:
    """How far each product's own pattern counts: by its units, and by how alike its last two years are."""
    if len(data.year) < WEEKS + WEEKS // 2:
        return np.zeros(data.products.height)
    pairs = min(len(data.year) - WEEKS, WEEKS)
    newer, older = slice(len(data.year) - pairs, None), slice(len(data.year) - WEEKS - pairs, len(data.year) - WEEKS)
    both = (data.known[:, newer] & data.known[:, older]).astype(float)
    alike = _correlation(_smoothed(data.units[:, newer] * both), _smoothed(data.units[:, older] * both), both)
    units = (data.units * data.known).sum(axis=1)
    enough = np.divide(units, units + settings.shrink_units, out=np.zeros(len(units)), where=units > 0)
    return np.where(both.sum(axis=1) >= WEEKS // 2, enough * np.clip(alike, 0, 1), 0.0)


def _correlation(one: Array, other: Array, known: Array) -> Array:
    """Correlation of two arrays row by row over the known columns; 0 where a row does not vary."""
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    a = (one - (one * known).sum(axis=1, keepdims=True) / count) * known
    b = (other - (other * known).sum(axis=1, keepdims=True) / count) * known
    scale = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.divide((a * b).sum(axis=1), scale, out=np.zeros(len(scale)), where=scale > 0)


def with_seasons(products: pl.DataFrame, data: SeasonData, settings: Season, *, as_of: date) -> pl.DataFrame:
    """Products with seasonal_index (week of `as_of`), seasonal_index_ahead, season_strength and the season's dates.

    With less than `min_weeks_observed` weeks told the three indices are null. Dates, name and evidence come from the
    index where its peak reaches `min_strength`; else from the title's words; else they are null.
    """
    measured = _measured(data, settings, as_of=as_of)
    named = seasons_in_titles(products, as_of=as_of)
    joined = products.join(measured, on="product_id", how="left").join(
        named, on="product_id", how="left", suffix="_title"
    )
    seasonal = (pl.col("season_strength") >= settings.min_strength).fill_null(False)
    titled = (
        seasonal.not_() & pl.col("season_name_title").is_not_null() & (pl.col("season_own_share").fill_null(0) < 0.5)
    )
    dates = ("is_in_season", "next_season_on", "season_ends_on")
    return joined.with_columns(
        *[pl.when(titled).then(f"{name}_title").when(seasonal).then(name).alias(name) for name in dates],
        pl.when(titled | (seasonal & pl.col("season_name_title").is_not_null()))
        .then("season_name_title")
        .when(seasonal)
        .then("season_name")
        .alias("season_name"),
        pl.when(titled).then(pl.lit("title_words")).otherwise("season_evidence").alias("season_evidence"),
    ).drop(*[f"{name}_title" for name in ("season_name", *dates)])


def _measured(data: SeasonData, settings: Season, *, as_of: date) -> pl.DataFrame:
    """Everything the index says about each product; nothing when too few weeks were told."""
    if data.products.is_empty() or data.weeks_told < settings.min_weeks_observed:
        return pl.DataFrame(schema=_MEASURED)
    index, weights = seasonal_indices(data, settings)
    this_monday = as_of - timedelta(days=as_of.weekday())
    mondays = [this_monday + timedelta(weeks=ahead) for ahead in range(WEEKS + 2)]
    ahead = np.array([min(day.isocalendar().week, WEEKS) - 1 for day in mondays])
    strength = index.max(axis=1)
    in_season = _season_weeks(index, settings.in_season_index)[:, ahead]
    starts = in_season & ~np.roll(in_season, 1, axis=1)
    starts[:, 0] = False
    ends = ~in_season & np.roll(in_season, 1, axis=1)
    ends[:, 0] = False
    evidence = np.array([*_EVIDENCE, None], dtype=object)
    believed = np.column_stack([weights, 1 - weights.sum(axis=1)]).argmax(axis=1)
    return pl.DataFrame(
        {
            "product_id": data.products["product_id"],
            "seasonal_index": index[:, ahead[0]],
            "seasonal_index_ahead": index[:, ahead[1 : settings.ahead_weeks + 1]].max(axis=1, initial=0.0),
            "season_strength": strength,
            "season_evidence": evidence[believed].tolist(),
            "season_name": _season_of_year(index),
            "is_in_season": in_season[:, 0],
            "next_season_on": _first_day(starts, mondays, shift=0),
            "season_ends_on": _first_day(ends & in_season[:, :1], mondays, shift=-1),
            "season_own_share": weights[:, 0],
            "season_category_share": weights[:, 1],
            "season_store_share": weights[:, 2] + weights[:, 3],
        },
        schema=_MEASURED,
    )


def _season_weeks(index: Array, threshold: float) -> Array:
    """Weeks of the year in season: at or above the threshold, in a run that climbs half-way to the year's peak.

    A ripple that just touches the threshold is no season.
    """
    above = np.tile(index >= threshold, 2)
    height = np.where(above, np.tile(index, 2), 0.0)
    for step in (range(1, height.shape[1]), range(height.shape[1] - 2, -1, -1)):
        direction = -1 if step.step > 0 else 1
        for week in step:
            neighbour = height[:, week + direction]
            height[:, week] = np.where(above[:, week], np.maximum(height[:, week], neighbour), 0.0)
    highest = np.maximum(height[:, :WEEKS], height[:, WEEKS:])
    return highest >= (threshold + index.max(axis=1, keepdims=True)) / 2


def _season_of_year(index: Array) -> list[str]:
    """Winter (December to February), spring, summer or autumn: where the middle of each row's better weeks lies.

    The middle goes around the year; the highest single week would name a long summer by its first week.
    """
    turn = 2 * np.pi * (np.arange(WEEKS) + 0.5) / WEEKS
    middle = np.angle(np.clip(index - 1, 0, None) @ np.exp(1j * turn)) % (2 * np.pi)
    month = (middle / (2 * np.pi) * 12).astype(int) % 12
    return _SEASONS_OF_YEAR[(month + 1) % 12 // 3].tolist()


def _first_day(hits: Array, mondays: list[date], *, shift: int) -> list[date | None]:
    """The Monday of each row's first hit, moved by `shift` days; None without a hit."""
    days: list[date | None] = [day + timedelta(days=shift) for day in mondays]
    found = np.where(hits.any(axis=1), hits.argmax(axis=1), len(mondays))
    return np.array([*days, None], dtype=object)[found].tolist()


_MEASURED = {
    "product_id": pl.String(), "seasonal_index": pl.Float64(), "seasonal_index_ahead": pl.Float64(),
    "season_strength": pl.Float64(), "season_evidence": pl.String(), "season_name": pl.String(),
    "is_in_season": pl.Boolean(), "next_season_on": pl.Date(), "season_ends_on": pl.Date(),
    "season_own_share": pl.Float64(), "season_category_share": pl.Float64(), "season_store_share": pl.Float64(),
}  # fmt: skip
