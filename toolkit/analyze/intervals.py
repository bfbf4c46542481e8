"""Sales of which only a period's total is known: facts about an interval, never spread over weeks.

A store's first order file is rarely as old as its goods. What came before is told, if at all, by totals: so many units
from this day to that one. Such a fact does not say in which weeks; it enters the model once, as what it is.

* *Nothing sold in the whole period*: its open weeks were all silent, and the last sale lies before it. A product that first
  sold later was there by the period's end at the latest; since when is not known, so the period is not held against it.
* *n sales in the period*: the last one lies within it, and in its W open weeks n sold. Of n days drawn from an interval
  of L days, each as likely as another, the k-th is expected at L · k / (n + 1): there the first, the last and the last
  but one stand. They are expected to fall in W · (1 − (1 − 1/W)^n) different weeks; these count as weeks with a sale.
  What is forgotten of them is the mean over the interval of what is forgotten of each of its days.
* *Not in the period's export*: nothing is known.

The product's own clock runs in these periods, and stands still in those nobody tells. A look back from a day within a
period does not know its total. Last year's weeks, seasons and the cases a scorecard learns from need weeks: they come
from weekly rows alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit.analyze.own_clock import SPAN, Closed
from toolkit.analyze.windows import CHANNEL

__all__ = ["OWN_CLOSED", "Heard", "Intervals", "interval_facts", "intervals_of", "running_clock"]

Floats = np.ndarray
_NEVER = SPAN
OWN_CLOSED = {"n": pl.Int64(), "week": pl.Int64(), "closed": pl.Float64()}
"""What is known of single products: number, first day of the week, share of it in which it could not be bought."""
_FACTS = {
    "product_id": pl.String(), "first_day": pl.Date(), "last_day": pl.Date(), "units": pl.Int64(), "orders": pl.Int64(),
}  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """What the periods over by some day say, one entry per product; −1 where they say nothing."""

    first_sale: np.ndarray
    """Expected day of the first sale in any of them."""
    last_sale: np.ndarray
    before_last: np.ndarray
    """Expected day of the last sale but one, where the last period with sales has two; else the last of those before."""
    there_by: np.ndarray
    """End of the first period that names the product and no sale of it: by then it was there; after all days: none."""

    def of(self, products: np.ndarray) -> Heard:
        """What they say of some products."""
        return Heard(*(getattr(self, name)[products] for name in Heard.__dataclass_fields__))


@dataclass(frozen=True)
class Intervals:
    """Periods of which a total is known, in the order of their ends; one entry per product and period."""

    product: np.ndarray
    first: np.ndarray
    """First day the product could be bought in the period, as far as known."""
    end: np.ndarray
    """First day after the period."""
    units: Floats
    sales: Floats
    """Order lines; where they are not told each unit counts as one."""
    weeks: Floats
    """Open weeks of the period."""
    close: Floats
    """Where the product's own clock stands at the end."""

    @property
    def sold_weeks(self) -> Floats:
        """How many of its weeks are expected to hold a sale, in whole weeks: one at least where anything sold."""
        open_weeks = np.maximum(self.weeks, 1.0)
        expected = open_weeks * (1 - (1 - 1 / open_weeks) ** self.sales)
        return np.where(self.sales > 0, np.maximum(np.rint(expected), 1.0), 0.0)

    def told(self, rows: slice) -> dict[str, Floats]:
        """What these periods add to a product's count of weeks with a sale, its units and its orders."""
        return {"count": self.sold_weeks[rows], "units": self.units[rows], "orders": self.sales[rows]}

    def over(self, first: int, day: int) -> slice:
        """The periods that were over on the morning of `day` but not on that of `first`."""
        return slice(*(int(place) for place in np.searchsorted(self.end, (first, day), side="right")))

    def runs(self, day: int) -> bool:
        """Whether `day` lies within a period: then what its total tells is not known yet."""
        return bool(((self.first < day) & (day < self.end)).any())

    def fade(self, rows: slice, now: Floats, half_life: float) -> Floats:
        """What is left of a sale on some day of the period, on the mean of its open days: mean of 2^(−ago / h)."""
        ago = np.maximum(now - self.close[rows], 0.0)
        rate, weeks = np.log(2) / half_life, np.maximum(self.weeks[rows], 1e-6)
        return np.exp(-rate * ago) * -np.expm1(-rate * weeks) / (rate * weeks)

    def sold_within(self, day: int, now: Floats, weeks: float) -> Floats:
        """Of the weeks with a sale, how many are expected in the last `weeks` open weeks before `day`, per product."""
        rows = self.over(0, day)
        p = self.product[rows]
        ago = now[p] - self.close[rows]
        share = np.clip((weeks - ago) / np.maximum(self.weeks[rows], 1e-6), 0.0, 1.0)
        return np.bincount(p, self.sold_weeks[rows] * share, len(now))

    def heard(self, day: int, size: int) -> Heard:
        """What the periods over on the morning of `day` say of each product's first and last sales."""
        rows = np.flatnonzero((self.sales > 0) & (self.end <= day))
        p, n, length = self.product[rows], self.sales[rows], self.end[rows] - self.first[rows]
        first, last, second = (
            self.first[rows] + np.floor(length * k / (n + 1)).astype(np.int64) for k in (1, n, np.maximum(n - 1, 0))
        )
        earliest, latest = np.full(size, _NEVER), np.full(size, -1)
        np.minimum.at(earliest, p, first)
        np.maximum.at(latest, p, last)
        before, is_newest = np.full(size, -1), last == latest[p]
        np.maximum.at(before, p, np.where(is_newest, np.where(n > 1, second, -1), last))
        silent, there_by = np.flatnonzero((self.sales == 0) & (self.end <= day)), np.full(size, _NEVER)
        np.minimum.at(there_by, self.product[silent], self.end[silent])
        return Heard(np.where(latest < 0, -1, earliest), latest, before, there_by)

    def known_from(self, start: int, size: int) -> np.ndarray:
        """First day of which anything is known of each product: `start`, or an earlier period's first day."""
        known = np.full(size, start)
        np.minimum.at(known, self.product, self.first)
        return known


def interval_facts(periods: pl.DataFrame | None, told: set[date], *, as_of: date) -> pl.DataFrame | None:
    """Totals of periods that touch no told day nor each other: product_id, first_day, last_day, units, orders.

    The newest period comes first, then the others as far as they touch no day counted before, so nothing counts twice.
    None where there is none.

    Args:
        periods: PERIOD_SALES rows; units that are not stated say nothing.
        told: days whose sales other files tell.
        as_of: the last known day.
    """
    if periods is None:
        return None
    over = (pl.col("period_end") <= as_of) & (pl.col("period_start") <= pl.col("period_end"))
    mine = periods.filter(pl.col("channel") == CHANNEL, over, pl.col("units_paid").is_not_null())
    bounds = mine.select("period_start", "period_end").unique().sort("period_end", "period_start")
    counted, chosen = set(told), []
    for first, last in bounds.rows()[::-1]:
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        if not days & counted:
            counted |= days
            chosen.append((first, last))
    if not chosen:
        return None
    picked = pl.DataFrame(chosen, schema={"period_start": pl.Date, "period_end": pl.Date}, orient="row")
    rows = mine.join(picked, on=["period_start", "period_end"], how="semi").sort("source_file", "source_row")
    newest = rows.unique(["product_id", "period_start", "period_end"], keep="last", maintain_order=True)
    facts = newest.select(
        "product_id", first_day="period_start", last_day="period_end", units="units_paid", orders="orders_paid"
    )
    return facts.cast(pl.Schema(_FACTS)).sort("product_id", "first_day")


def intervals_of(totals: pl.DataFrame | None, facts: pl.DataFrame, end: int) -> pl.DataFrame | None:
    """Totals of numbered products, from the day each was listed: n, first, end, units, sales. None where there is none.

    Args:
        totals: what `interval_facts` gave; periods not over by day `end` are left out.
        facts: n, product_id and where known listed_on.
    """
    if totals is None:
        return None
    listed = pl.col("listed_on") if "listed_on" in facts.columns else pl.lit(None, pl.Date)
    known = facts.select("n", "product_id", listed=listed.cast(pl.Date).to_physical().cast(pl.Int64))
    first, last = (pl.col(name).to_physical().cast(pl.Int64) for name in ("first_day", "last_day"))
    units = pl.col("units").clip(0)
    rows = (
        totals.join(known, on="product_id")
        .with_columns(first=first, end=last + 1, units=units, is_late=pl.col("listed") >= last + 1)
        # Not listed yet, so silent for that reason; what sold before its listing sold all the same.
        .filter(pl.col("end") <= end, ((pl.col("units") == 0) & pl.col("is_late")).fill_null(False).not_())
        .with_columns(
            first=pl.when(pl.col("is_late")).then("first").otherwise(pl.max_horizontal("first", "listed")),
            sales=pl.when(pl.col("units") > 0).then(pl.coalesce("orders", "units").clip(1)).otherwise(0),
        )
        .select("n", "first", "end", "units", "sales")
        .sort("end", "n", "first")
    )
    return None if rows.is_empty() else rows


def running_clock(rows: pl.DataFrame, closed: Closed, own_closed: pl.DataFrame, start: int) -> tuple[Intervals, Closed]:
    """The periods, and the products' own clocks running in them: still otherwise, before `start` as well.

    Args:
        rows: what `intervals_of` gave.
        closed: closed weeks as weekly files tell them.
        own_closed: n, week, closed: what is known of single products, also in weeks that no weekly file tells.
        start: first day that weekly files tell.
    """
    covered = _covered(rows, own_closed)
    entries = _entries(covered, _untold_before(rows, start), closed, own_closed)
    new = (entries["n"] * SPAN + entries["week"]).to_numpy()
    old = closed.product * SPAN + closed.day
    kept = ~np.isin(old, new)
    keys = np.concatenate([old[kept], new])
    order = np.argsort(keys, kind="stable")
    weeks = np.concatenate([closed.weeks[kept], entries["closed"].to_numpy()])[order]
    clock = Closed(closed.size, keys[order] // SPAN, keys[order] % SPAN, weeks, closed.shop_day, closed.shop_weeks)
    product, first, end = (rows[name].to_numpy() for name in ("n", "first", "end"))
    of_period = covered.group_by("n", "first").agg(pl.col("open").sum())
    lasting = rows.join(of_period, on=["n", "first"], how="left", maintain_order="left")["open"].to_numpy()
    units, sales = (rows[name].to_numpy().astype(float) for name in ("units", "sales"))
    # A week's closed share counts from its Monday, so a clock is only exact on Mondays.
    monday = -(-(end + 3) // 7) * 7 - 3
    return Intervals(product, first, end, units, sales, lasting, clock.clock(product, monday)), clock


def _covered(rows: pl.DataFrame, own_closed: pl.DataFrame) -> pl.DataFrame:
    """Weeks of the periods: n, first, week, told (share of the week in the period), open (of that, not closed)."""
    days = rows.select("n", "first", day=pl.int_ranges("first", "end")).explode("day")
    weeks = days.group_by("n", "first", week=_monday(pl.col("day"))).agg(told=pl.len().cast(pl.Float64) / 7)
    known = weeks.join(own_closed, on=["n", "week"], how="left")
    return known.select("n", "first", "week", "told", open=pl.col("told") * (1 - pl.col("closed").fill_null(0.0)))


def _untold_before(rows: pl.DataFrame, start: int) -> pl.DataFrame:
    """Weeks from each product's first period to `start`, as far as they lie before it: n, week, before (0..1)."""
    since = rows.group_by("n").agg(week=_monday(pl.col("first").min())).filter(pl.col("week") < start)
    weeks = since.select("n", week=pl.int_ranges("week", start, 7)).explode("week")
    return weeks.with_columns(before=((start - pl.col("week")) / 7).clip(0, 1))


def _entries(covered: pl.DataFrame, before: pl.DataFrame, closed: Closed, own_closed: pl.DataFrame) -> pl.DataFrame:
    """Closed weeks of products in and before their periods: n, week, closed, below 0 where a period makes up for a
    week nobody else tells."""
    told = covered.group_by("n", "week").agg(pl.col("open").sum())
    both = told.join(before, on=["n", "week"], how="full", coalesce=True)
    known = both.join(own_closed, on=["n", "week"], how="left").with_columns(
        pl.col("open", "before", "closed").fill_null(0.0)
    )
    is_told = pl.col("week").is_in(pl.Series(closed.shop_day).implode()).not_()
    own = pl.when(is_told).then(pl.col("closed") * (1 - pl.col("before"))).otherwise(0.0)
    return known.select("n", "week", closed=pl.col("before") - pl.col("open") + own).sort("n", "week")


def _monday(day: pl.Expr) -> pl.Expr:
    """The Monday of a day number's week: 1970-01-01, day 0, was a Thursday."""
    return day - (day + 3) % 7
