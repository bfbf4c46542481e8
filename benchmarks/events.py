"""What dated events give: simulated shops with an event that moves from year to year, forecast with and without it.

    python benchmarks/events.py [--products 1000] [--seeds 6]

A sale triples a week's demand in October 2024, September 2025 and October 2026; the New Year gap stops all sales on the
shipped days of 2025 and 2026. Stock is not told. Each shop is forecast from two weeks before the last one and, for the
gap, from the Monday after it. One row per case, horizon and way of forecasting: means over shops of forecast over truth
(all units), Brier score of selling nothing, cover of the 80 % range, the mean absolute error of the median over that
without events, and how far a shop's forecast over truth is from 1.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import click
import numpy as np
import polars as pl
from public_sets import Shop, simulated

from toolkit.analyze.demand import forecast
from toolkit.event_days import NO_EVENTS, EventCalendar, Run, event_calendar
from toolkit.sample import ShopOptions

HORIZONS = (8, 13, 26)
SALE = (
    (date(2024, 10, 9), date(2024, 10, 15)),
    (date(2025, 9, 16), date(2025, 9, 22)),
    (date(2026, 10, 12), date(2026, 10, 18)),
)
RATES = (0.5, 1.2, 4.0)
WEEK = timedelta(weeks=1)


def calendar_and_days(kind: str) -> tuple[EventCalendar, tuple[Run, ...]]:
    """The events a shop is looked at for, and the days on which one of them really was."""
    if kind == "sale":
        return event_calendar({"sale": ", ".join(f"{first}..{last}" for first, last in SALE)}), SALE
    gap = next(event for event in event_calendar().events if event.is_gap)
    return event_calendar(), tuple(gap.runs(date(2024, 6, 1), date(2026, 11, 22)))


def measured(shop: Shop, cutoff: date, events: EventCalendar) -> list[dict[str, float]]:
    """One row per horizon that is over."""
    record = replace(shop.record, evidence=replace(shop.record.evidence, events=events))
    past = record.before(cutoff)
    made = forecast(past, HORIZONS, on_shelf=np.zeros(past.size, dtype=bool))
    on, rows = made.view.is_active, []
    low, middle, high = (made.demand.quantile(level)[on] for level in (0.1, 0.5, 0.9))
    for place, weeks in enumerate(HORIZONS):
        if cutoff + weeks * WEEK > record.last_day + timedelta(days=1):
            continue
        ahead = record.weekly.filter(pl.col("week_start").is_between(cutoff, cutoff + weeks * WEEK, closed="left"))
        came = ahead.group_by("product_id").agg(pl.col("units").sum())
        each = pl.DataFrame({"product_id": past.ids}).join(came, on="product_id", how="left", maintain_order="left")
        truth = each["units"].fill_null(0).to_numpy()[on]
        rows.append({
            "weeks": weeks,
            "forecast_over_truth": made.demand.mean()[on, place].sum() / truth.sum(),
            "brier": ((made.demand.p_no_sale[on, place] - (truth <= 0)) ** 2).mean(),
            "cover": ((truth >= low[:, place]) & (truth <= high[:, place])).mean(),
            "off": np.abs(middle[:, place] - truth).mean(),
        })  # fmt: skip
    return rows


@click.command()
@click.option("--products", default=1000)
@click.option("--seeds", default=6)
def main(products: int, seeds: int) -> None:
    """Print the table."""
    rows = []
    for kind, lift in (("sale", 2.0), ("gap", -1.0)):
        calendar, days = calendar_and_days(kind)
        first, last = days[-1]
        monday = first - timedelta(days=first.weekday())
        cutoffs = {"before": monday - 2 * WEEK}
        if kind == "gap":
            cutoffs["after"] = last + timedelta(days=7 - last.weekday())
        for seed in range(301, 301 + seeds):
            options = ShopOptions(
                with_cast=False, mean_rate=RATES[seed % len(RATES)], moving_days=days, moving_lift=lift
            )
            shop = simulated(f"{kind} {seed}", products, 130, seed, options, tells_stock=False)
            for when, cutoff in cutoffs.items():
                for way, events in (("without", NO_EVENTS), ("with", calendar)):
                    case = {"case": f"{kind}, {when}", "way": way, "seed": seed}
                    rows += [case | row for row in measured(shop, cutoff, events)]
    table = pl.DataFrame(rows)
    plain = table.filter(pl.col("way") == "without").select("case", "weeks", "seed", plain="off")
    beside = table.join(plain, on=["case", "weeks", "seed"]).with_columns(error=pl.col("off") / pl.col("plain"))
    means = beside.group_by("case", "weeks", "way", maintain_order=True).agg(
        pl.col("forecast_over_truth", "brier", "cover", "error").mean(),
        far_off=(pl.col("forecast_over_truth") - 1).abs().mean(),
    )  # fmt: skip
    with pl.Config(tbl_rows=30, tbl_width_chars=160, float_precision=4):
        click.echo(means.sort("case", "weeks", "way", descending=[False, False, True]))


if __name__ == "__main__":
    main()
