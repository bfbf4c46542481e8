"""What is known about sales up to one day, as flat arrays that a cutoff can be laid through anywhere.

A forecast is judged, and a scorecard refitted, by standing at many days of the past and looking only backwards. That
is cheap when the weekly rows are sorted arrays (product number, week, units) beside running sums, so that whatever
happened between two days is the difference of two look-ups (`toolkit.analyze.week_index`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from toolkit.analyze.events import EventWeeks, event_weeks
from toolkit.analyze.intervals import OWN_CLOSED, Intervals, intervals_of, running_clock
from toolkit.analyze.own_clock import SPAN, Closed, closed_of
from toolkit.analyze.shared_words import Words, words_of
from toolkit.analyze.week_index import RunningSum, WeekIndex, week_index
from toolkit.event_days import NO_EVENTS, EventCalendar, event_calendar

__all__ = ["Evidence", "Moves", "Past", "Sold", "one_each", "past_of", "stock_moves"]

Floats = np.ndarray


@dataclass(frozen=True)
class Evidence:
    """What is known besides sales and product facts; None means not known, never none."""

    known_since: date | None = None
    """First day whose sales are known; None: the first week with a sale."""
    closed_weeks: pl.DataFrame | None = None
    """product_id, week_start, closed_share (0..1): weeks in which a product could not be bought, wholly or in part;
    product_id null: nobody's sales of that week are known. None: the clock is the calendar."""
    moves: pl.DataFrame | None = None
    """product_id, moved_on, units: stock movements that were no sales (see `stock_moves`)."""
    totals: pl.DataFrame | None = None
    """product_id, first_day, last_day, units, orders: periods of which only a total is known (see `interval_facts`)."""
    basis: str = "calendar"
    """What closed weeks rest on: snapshots (counts of stock), listing_status, or calendar (every week counts as open)."""
    events: EventCalendar | None = None
    """The events its sales are looked at for; None: the shipped ones (``events.toml``)."""

    @property
    def tells_stock(self) -> bool:
        """Whether an empty shelf would be known."""
        return self.basis == "snapshots"

    def before(self, day: date) -> Evidence:
        """Only what concerns the days before `day`."""
        closed, moves, totals = self.closed_weeks, self.moves, self.totals
        return Evidence(
            self.known_since,
            None if closed is None else closed.filter(pl.col("week_start") < day),
            None if moves is None else moves.filter(pl.col("moved_on") < day),
            None if totals is None else totals.filter(pl.col("last_day") < day),
            self.basis,
            self.events,
        )


NOTHING_ELSE = Evidence()


@dataclass(frozen=True)
class Moves:
    """Stock movements that were no sales: units written off (negative) or found (positive), with their day."""

    product: np.ndarray
    day: np.ndarray
    units: Floats


@dataclass(frozen=True)
class Sold:
    """The rows with a sale, by product, those of one product in the order of time."""

    product: np.ndarray
    day: np.ndarray
    """First day of the row's week."""
    units: Floats
    orders: Floats
    first_sale: np.ndarray
    last_sale: np.ndarray
    before_last: np.ndarray
    """Day of the product's last sale but this row's last one, as far as weekly rows tell it; −1: none."""
    middle: Floats
    """Where the product's own clock stands in the middle of the row's week."""
    best: Floats
    """Units of the product's best week up to the row."""
    index: WeekIndex

    def last_row(self, product: np.ndarray, day: np.ndarray | int) -> np.ndarray:
        """The last row of each product before the day; −1 where there is none."""
        place = self.index.place(product, day)
        return np.where(place > self.index.first.take(product), place - 1, -1)

    @cached_property
    def sum_units(self) -> RunningSum:
        return RunningSum(self.index, self.units)

    @cached_property
    def sum_orders(self) -> RunningSum:
        return RunningSum(self.index, self.orders)


@dataclass(frozen=True)
class Past:
    """The sales of one shop up to (not including) `end`; products are numbered in the order of `ids`."""

    ids: pl.Series
    end: int
    """First day that is not known, in days since 1970-01-01."""
    start: int
    """First day that weekly rows tell; totals of periods may lie before it (see `known_from`)."""
    product: np.ndarray
    day: np.ndarray
    """First day of the row's week."""
    clock: Floats
    """Where the product's own clock stands at the end of the row's week (see `Closed.clock`)."""
    units: Floats
    orders: Floats
    last_day: np.ndarray
    """Last day with a sale in the row's week (its middle, where only the week is known)."""
    first_day: np.ndarray
    listed: np.ndarray
    """First day on sale, as far as known; `known_from` where the product may be older."""
    is_listed_known: np.ndarray
    group: np.ndarray
    """Number of the product's category; −1 unknown."""
    parent: np.ndarray
    """Number of each category's parent category; −1 unknown."""
    has_orders: bool
    closed: Closed
    """The products' own clocks; they run in weeks and periods that any file tells."""
    by_week: Closed
    """The same with only weekly rows to go by: `closed` itself, unless totals of periods are known."""
    totals: Intervals | None = None
    moves: Moves | None = None
    words: Words | None = None
    events: EventCalendar = NO_EVENTS
    tells_stock: bool = False
    """Whether an empty shelf would be known (see `Evidence.tells_stock`)."""

    @property
    def size(self) -> int:
        """How many products."""
        return len(self.ids)

    @cached_property
    def known_from(self) -> np.ndarray:
        """First day of which anything is known, per product."""
        return np.full(self.size, self.start) if self.totals is None else self.totals.known_from(self.start, self.size)

    @cached_property
    def net_units(self) -> RunningSum:
        """Units, returns taken off."""
        if len(self.sold.units) == len(self.units):
            return self.sold.sum_units
        return RunningSum(week_index(self.product, self.day, self.size), self.units)

    @cached_property
    def by_category(self) -> tuple[int, Floats]:
        """First day of the first week, and units sold: a row per category (the last one: unknown), a column per week.

        A week of a product counts for twice its best week before it at most: one large order is no season.
        """
        sold, groups = self.sold, len(self.parent) + 1
        first = int(sold.day.min(initial=self.end))
        weeks = (int(sold.day.max(initial=first)) - first) // 7 + 1
        before = np.where(sold.product[1:] == sold.product[:-1], sold.best[:-1], np.inf)
        counted = np.minimum(sold.units, 2 * np.concatenate([[np.inf], before])[: len(sold.units)])
        place = (self.group % groups * weeks)[sold.product] + (sold.day - first) // 7
        return first, np.bincount(place, counted, groups * weeks).reshape(groups, weeks)

    def category_rates(self, first: np.ndarray, last: np.ndarray) -> Floats:
        """Units per week of each category (the last one: unknown) from each day `first` up to, not including, `last`."""
        begin, summed = self._category_units
        place = (np.clip(-((begin - day) // 7), 0, len(summed) - 1) for day in (first, last))
        before, until = (summed[each] for each in place)
        return (until - before) / ((last - first) / 7)[:, None]

    @cached_property
    def _category_units(self) -> tuple[int, Floats]:
        """First day of the first week, and units of the weeks before each: weeks × categories (the last one: unknown)."""
        sold, groups = self.sold, len(self.parent) + 1
        begin = int(sold.day.min(initial=self.end))
        weeks = (int(sold.day.max(initial=begin)) - begin) // 7 + 2
        place = ((sold.day - begin) // 7 + 1) * groups + (self.group % groups)[sold.product]
        return begin, np.cumsum(np.bincount(place, sold.units, weeks * groups).reshape(weeks, groups), axis=0)

    @cached_property
    def event_weeks(self) -> EventWeeks:
        """The weeks of `by_category` beside the events that touch them."""
        first, units = self.by_category
        unknown = self.closed.shop_day
        return event_weeks(self.events, first, units, start=self.start, end=self.end, unknown=unknown)

    @cached_property
    def sold(self) -> Sold:
        """The rows with a sale."""
        kept = self.units > 0
        rows = slice(None) if kept.all() else np.flatnonzero(kept)
        product, day, units = self.product[rows], self.day[rows], self.units[rows]
        first, last = self.first_day[rows], self.last_day[rows]
        week_before = np.where(product[1:] == product[:-1], last[:-1], -1)
        half = (np.minimum(day + 7, self.end) - day) / 14
        # One running maximum serves all products when they lie far apart.
        apart = product * (units.max(initial=0.0) + 1)
        return Sold(
            product=product,
            day=day,
            units=units,
            orders=self.orders[rows],
            first_sale=first,
            last_sale=last,
            before_last=np.where(first < last, first, np.concatenate([[-1], week_before])[: len(units)]),
            middle=self.clock[rows] - half,
            best=np.maximum.accumulate(apart + units) - apart,
            index=week_index(product, day, self.size),
        )


def past_of(weekly: pl.DataFrame, products: pl.DataFrame, *, as_of: date, evidence: Evidence = NOTHING_ELSE) -> Past:
    """Sales up to and including `as_of` as a `Past`.

    Args:
        weekly: WEEKLY_SALES rows (any channels: they are added); rows of weeks after `as_of` are left out.
        products: one row per product to be scored: product_id, and where known listed_on, category, title.
        as_of: the last known day.
        evidence: since when sales are known, closed weeks, stock movements.

    >>> weekly = pl.DataFrame({"product_id": ["a", "a"], "week_start": [date(2026, 1, 5), date(2026, 2, 2)],
    ...     "units": [3, 1], "orders": [2, 1], "first_sale_on": None, "last_sale_on": [date(2026, 1, 7), None]},
    ...     schema_overrides={"first_sale_on": pl.Date})
    >>> past = past_of(weekly, weekly.select("product_id").unique(), as_of=date(2026, 2, 8))
    >>> (past.end - past.start) // 7, past.units.tolist()
    (5, [3.0, 1.0])
    """
    products = one_each(products)
    number = pl.DataFrame({"product_id": products["product_id"], "n": np.arange(products.height)})
    rows = _weekly_rows(weekly, number, as_of)
    end = _epoch(as_of) + 1
    day = rows["week_start"].to_physical().to_numpy().astype(np.int64)
    start = _epoch(evidence.known_since) if evidence.known_since else int(day.min(initial=end))
    facts = products.with_columns(number["n"])
    group, parent = _groups(facts)
    middle = np.minimum(day + 3, end - 1)
    product, by_week = rows["n"].to_numpy(), closed_of(evidence.closed_weeks, number)
    totals, closed = _totals(evidence, facts, by_week, start, end)
    listed, is_known = _listed(facts, start if totals is None else totals.known_from(start, facts.height), end)
    close = np.minimum(day + 7, end)
    return Past(
        ids=products["product_id"],
        end=end,
        start=start,
        product=product,
        day=day,
        clock=closed.clock(product, close),
        units=rows["units"].to_numpy().astype(float),
        orders=rows["orders"].fill_null(0).to_numpy().astype(float),
        last_day=_days(rows["last_sale_on"], middle),
        first_day=_days(rows["first_sale_on"], middle),
        listed=listed,
        is_listed_known=is_known,
        group=group,
        parent=parent,
        has_orders=bool(rows["orders"].is_not_null().any()),
        closed=closed,
        by_week=by_week,
        totals=totals,
        moves=_moves(evidence.moves, number, as_of),
        words=words_of(facts),
        events=event_calendar() if evidence.events is None else evidence.events,
        tells_stock=evidence.tells_stock,
    )


def stock_moves(order_lines: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Lines of an order file that cost nothing and are no order: stock written off or found again.

    Many shops' order files carry them (quantity −38, price 0, "damaged"): they say that the shelf was emptied, which
    is why the product no longer sells. One row per line: product_id, moved_on, units (negative: written off). A line
    without a price is not taken for a movement; a cancelled order keeps its price and stays a cancellation.

    >>> lines = pl.DataFrame({"product_id": ["a", "a"], "ordered_on": [date(2026, 1, 5)] * 2, "quantity": [-38, 2],
    ...     "unit_price_fen": [0, 1999]})
    >>> stock_moves(lines).rows()
    [('a', datetime.date(2026, 1, 5), -38)]
    """
    return (
        order_lines.lazy()
        .filter(pl.col("unit_price_fen") == 0, pl.col("quantity") != 0)
        .select("product_id", pl.col("ordered_on").alias("moved_on"), pl.col("quantity").alias("units"))
        .sort("product_id", "moved_on", "units")
        .collect()
    )


def _weekly_rows(weekly: pl.DataFrame, number: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per product and week, channels added, sorted by product and week."""
    # Rows of one product mostly stand together: each run of them is looked up once.
    runs = weekly.select(pl.col("product_id").rle()).unnest("product_id")
    found = runs.join(number, left_on="value", right_on="product_id", how="left", maintain_order="left")
    n = np.repeat(found["n"].fill_null(-1).to_numpy(), found["len"].to_numpy())
    kept = (n >= 0) & (weekly["week_start"] <= as_of).to_numpy() & weekly["units"].is_not_null().to_numpy()
    rows = weekly.select("week_start", "units", "orders", "first_sale_on", "last_sale_on", n=pl.Series(n))
    rows = rows if kept.all() else rows.filter(pl.Series(kept))
    place = rows["n"] * SPAN + rows["week_start"].to_physical()
    if (np.diff(place.to_numpy()) > 0).all():
        return rows
    rows = rows.with_columns(place=place).sort("place")
    same = (rows["place"].diff() == 0).fill_null(False)
    # Only weeks told in several rows are added up: they are few.
    parts = same | same.shift(-1, fill_value=False)
    whole = (
        rows.filter(parts)
        .group_by("n", "week_start", "place")
        .agg(pl.col("units", "orders").sum(), pl.col("first_sale_on").min(), pl.col("last_sale_on").max())
    )
    return pl.concat([rows.filter(~parts), whole.select(rows.columns)]).sort("place")


def one_each(products: pl.DataFrame) -> pl.DataFrame:
    """One row per product, the first one told, sorted by product_id."""
    ids = products["product_id"]
    if ids.is_sorted() and ids.n_unique() == len(ids):
        return products
    return products.unique("product_id", keep="first", maintain_order=True).sort("product_id")


def _epoch(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _days(days: pl.Series, fallback: np.ndarray) -> np.ndarray:
    number = days.cast(pl.Date).to_physical()
    if not number.null_count():
        return number.to_numpy().astype(np.int64)
    return np.where(number.is_not_null().to_numpy(), number.fill_null(0).to_numpy(), fallback).astype(np.int64)


def _totals(
    evidence: Evidence, facts: pl.DataFrame, by_week: Closed, start: int, end: int
) -> tuple[Intervals | None, Closed]:
    """Totals of periods, and the clocks that run in them; without totals, the clocks as weekly rows have them."""
    rows = intervals_of(evidence.totals, facts, end)
    if rows is None:
        return None, by_week
    week = pl.col("week_start").to_physical().cast(pl.Int64)
    known = pl.DataFrame(schema=OWN_CLOSED)
    if evidence.closed_weeks is not None:
        own = evidence.closed_weeks.join(facts.select("n", "product_id"), on="product_id")
        known = own.select("n", week=week, closed="closed_share")
    return running_clock(rows, by_week, known, start)


def _listed(facts: pl.DataFrame, start: int | np.ndarray, end: int) -> tuple[np.ndarray, np.ndarray]:
    if "listed_on" not in facts.columns:
        return np.full(facts.height, start), np.zeros(facts.height, dtype=bool)
    listed = _days(facts["listed_on"], np.full(facts.height, start))
    return np.clip(listed, start, end), facts["listed_on"].is_not_null().to_numpy()


def _groups(facts: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The category of each product, and the parent of each category: that of the list, else the path before the last ">"."""
    if "category" not in facts.columns:
        return np.full(facts.height, -1), np.zeros(0, dtype=np.int64)
    told = pl.col("parent_category") if "parent_category" in facts.columns else pl.lit(None, pl.String)
    named = facts.select("category", parent=told).unique().drop_nulls("category")
    path = pl.col("category").str.extract(r"^(.*\S)\s*>[^>]*$")
    parents = named.group_by("category").agg(pl.coalesce("parent", path).min()).sort("category")
    return _place_of(facts["category"]), _place_of(parents["parent"])


def _place_of(names: pl.Series) -> np.ndarray:
    """The place of each name among all, sorted; −1 where there is none."""
    known = names.drop_nulls().unique().sort()
    return np.where(names.is_null(), -1, known.search_sorted(names).to_numpy().astype(np.int64))


def _moves(moves: pl.DataFrame | None, number: pl.DataFrame, as_of: date) -> Moves | None:
    if moves is None:
        return None
    rows = moves.filter(pl.col("moved_on") <= as_of).join(number, on="product_id")
    return Moves(
        product=rows["n"].to_numpy(),
        day=rows["moved_on"].to_physical().to_numpy().astype(np.int64),
        units=rows["units"].to_numpy().astype(float),
    )
