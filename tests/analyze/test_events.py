"""Event weeks of a shop that sells 90 and 110 by turns: neighbours mean 100, an ordinary week is off by a tenth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from toolkit.analyze.demand import demand, forecast
from toolkit.analyze.events import EventEffects, event_effects, event_table
from toolkit.analyze.past import Evidence, Past, past_of
from toolkit.analyze.season_clock import season_clock
from toolkit.event_days import NO_EVENTS, EventCalendar, event_calendar
from toolkit.sample import ShopOptions, simulate
from toolkit.schema import WEEKLY_SALES

START, WEEKS = date(2024, 1, 1), 120
AS_OF = START + timedelta(weeks=WEEKS, days=-1)
FELL = (date(2024, 5, 6), date(2025, 6, 16))
FALLS = date(2026, 5, 18)
"""Whole weeks of an event that moves from year to year; the third lies ahead."""
MOVING = ", ".join(f"{day}..{day + timedelta(days=6)}" for day in (*FELL, FALLS))
CALENDAR = EventCalendar(event_calendar({"moving": MOVING}).events[-1:])


def past(event_week: int, calendar: EventCalendar = CALENDAR, **known: object) -> Past:
    """Units of the weeks the event touched are `event_week`; 0 is no row at all."""
    days = [START + timedelta(weeks=n) for n in range(WEEKS)]
    units = [event_week if day in FELL else 90 + 20 * (n % 2) for n, day in enumerate(days)]
    sold = [(day, many) for day, many in zip(days, units, strict=True) if many]
    weekly = WEEKLY_SALES.frame(
        product_id=["mug"] * len(sold), week_start=[day for day, _ in sold], units=[many for _, many in sold]
    )
    evidence = Evidence(known_since=START, events=calendar, **known)  # type: ignore[arg-type]
    return past_of(weekly, pl.DataFrame({"product_id": ["mug"], "category": ["cups"]}), as_of=AS_OF, evidence=evidence)


def effects(known: Past) -> EventEffects | None:
    return event_effects(known.event_weeks, known.end, counts_stock=known.tells_stock)


def worth(known: Past, monday: date) -> float:
    clock, day = season_clock(known, known.end), np.array([(monday - date(1970, 1, 1)).days])
    return float(clock.weeks(np.array([0]), day, day + 7)[0])


def test_a_week_that_twice_sold_double_is_worth_nearly_two() -> None:
    """Each excess is 1, its noise .1² = .01; with a spread of .8² the ridge keeps .64 / (.64 + .01 / 2) of it."""
    found = effects(past(200))

    assert found is not None
    assert found.multiplier.tolist() == pytest.approx([1 + 0.64 / (0.64 + 0.01 / 2)], abs=0.001)
    assert found.evidence.round(2).tolist() == [0.99]


def test_the_effect_leaves_the_week_where_it_fell_and_enters_the_week_where_it_falls() -> None:
    same_week_next_year = FELL[1] + timedelta(weeks=52)
    with_events, without = past(200), past(200, NO_EVENTS)

    def against_two_weeks_later(known: Past, monday: date) -> float:
        return worth(known, monday) / worth(known, monday + timedelta(weeks=2))

    assert against_two_weeks_later(with_events, FALLS) == pytest.approx(1.99, abs=0.05)
    assert against_two_weeks_later(with_events, same_week_next_year) == pytest.approx(1.0, abs=0.1)
    # Without: nothing is expected of the coming one, and half of a past one (it was one year of two) where none is.
    assert against_two_weeks_later(without, FALLS) == pytest.approx(1.0, abs=0.05)
    assert against_two_weeks_later(without, same_week_next_year) > 1.5


def test_an_event_on_the_same_days_changes_nothing_ahead() -> None:
    """Where it falls in the same week of the year, that week holds it already."""
    same = ", ".join(
        f"{day}..{day + timedelta(days=6)}"
        for day in (FELL[1] - timedelta(weeks=52), FELL[1], FELL[1] + timedelta(weeks=52))
    )
    days = [START + timedelta(weeks=n) for n in range(WEEKS)]
    fell = (FELL[1] - timedelta(weeks=52), FELL[1])
    weekly = WEEKLY_SALES.frame(
        product_id=["mug"] * WEEKS, week_start=days,
        units=[200 if day in fell else 90 + 20 * (n % 2) for n, day in enumerate(days)],
    )  # fmt: skip
    shelf = pl.DataFrame({"product_id": ["mug"], "category": ["cups"]})
    first = event_calendar({"same": same})
    clocks = [
        past_of(weekly, shelf, as_of=AS_OF, evidence=Evidence(known_since=START, events=calendar))
        for calendar in (EventCalendar(first.events[-1:]), NO_EVENTS)
    ]

    ahead = [worth(known, FELL[1] + timedelta(weeks=52)) for known in clocks]
    assert ahead[0] == pytest.approx(ahead[1], rel=0.05)


@pytest.mark.parametrize("event_week", [90, 105, 112])
def test_a_week_like_its_neighbours_is_no_event(event_week: int) -> None:
    assert effects(past(event_week)) is None


def test_an_event_the_shop_has_not_seen_is_worth_an_ordinary_day() -> None:
    unseen = event_calendar({"next": f"{FALLS}..{FALLS + timedelta(days=6)}"}).events[-1:]
    table = event_table(past(200, EventCalendar(unseen)).event_weeks, None, AS_OF, 13)

    assert table.select("event", "first_day", "multiplier", "seen", "evidence").row(0) == ("next", FALLS, 1.0, 0, 0.0)


def test_the_table_tells_how_often_an_event_was_seen_and_when_it_comes() -> None:
    known = past(200)
    table = event_table(known.event_weeks, effects(known), AS_OF, 13)

    assert table.select("event", "first_day", "seen", "is_own", "is_placed").row(0) == ("moving", FALLS, 2, True, True)


def test_weeks_of_which_no_file_tells_are_no_event() -> None:
    untold = pl.DataFrame(
        {"product_id": [None, None], "week_start": list(FELL), "closed_share": [1.0, 1.0]},
        schema_overrides={"product_id": pl.String},
    )

    assert effects(past(0, closed_weeks=untold)) is None
    assert effects(past(0)) is not None


def gap(**known: object) -> Past:
    return past(0, EventCalendar((replace(CALENDAR.events[0], is_gap=True),)), **known)


def test_in_a_gap_that_silenced_the_shop_a_week_is_worth_next_to_nothing() -> None:
    assert worth(gap(), FELL[1]) == pytest.approx(0.05, abs=0.02)
    assert worth(gap(), FALLS) == pytest.approx(0.05, abs=0.02)


def test_where_stock_is_counted_the_gap_is_taken_out_of_last_year_and_not_put_anywhere() -> None:
    counted = gap(basis="snapshots")
    same_week_next_year = FELL[1] + timedelta(weeks=52)

    assert worth(counted, FALLS) == pytest.approx(1.0, abs=0.15)
    assert worth(counted, same_week_next_year) == pytest.approx(1.0, abs=0.15)
    assert worth(past(0, NO_EVENTS, basis="snapshots"), same_week_next_year) < 0.8


def test_silence_while_the_whole_shop_rests_is_little_evidence_of_death() -> None:
    """Thirty that sell every week but in a rest of four, which comes again, later in the year, at the end; ten died on the way."""
    weeks, rests = 104, (range(38, 42), range(100, 104))
    days = [START + timedelta(weeks=n) for n in range(weeks)]
    lives = {f"alive{i}": weeks for i in range(30)} | {f"dead{i}": 20 + 7 * i for i in range(10)}
    open_weeks = [n for n in range(weeks) if not any(n in rest for rest in rests)]
    lines = [(name, n) for name, end in lives.items() for n in open_weeks if n < end]
    weekly = WEEKLY_SALES.frame(
        product_id=[name for name, _ in lines], week_start=[days[n] for _, n in lines], units=[1] * len(lines)
    )
    runs = ", ".join(f"{days[rest[0]]}..{days[rest[-1]] + timedelta(days=6)}" for rest in rests)
    calendar = EventCalendar((replace(event_calendar({"rest": runs}).events[-1], is_gap=True),))
    shelf, as_of = weekly.select("product_id").unique(), days[-1] + timedelta(days=6)

    def alive(events: EventCalendar) -> pl.DataFrame:
        told = demand(weekly, shelf, as_of=as_of, evidence=Evidence(known_since=START, events=events))
        return told.filter(pl.col("product_id").str.starts_with("alive")).select("p_dead", "units_mean_8w").mean()

    (dead, units), (dead_without, units_without) = alive(calendar).row(0), alive(NO_EVENTS).row(0)
    assert dead < dead_without / 3
    # One a week is what they sell when they do: eight.
    assert units_without < units / 2 < units < 8


def test_a_forecast_over_a_moving_event_is_nearer_the_truth_with_it_than_without() -> None:
    """Three years of a sale that more than doubles a week and moves by three to four weeks; the third lies ahead."""
    sale = [(date(2024, 10, 9), date(2024, 10, 15)), (date(2025, 9, 16), date(2025, 9, 22)),
            (date(2026, 10, 12), date(2026, 10, 18))]  # fmt: skip
    options = ShopOptions(with_cast=False, mean_rate=3.0, event_lift=0.0, moving_days=tuple(sale), moving_lift=2.0)
    shop = simulate(250, 122, 5, options=options)
    cutoff = date(2026, 9, 28)
    weekly = WEEKLY_SALES.conform(
        shop.sales.group_by("product_id", week_start=pl.col("day").dt.truncate("1w")).agg(pl.col("units").sum())
    ).sort("product_id", "week_start")
    came = float(weekly.filter(pl.col("week_start") >= cutoff)["units"].to_numpy().sum())
    named = event_calendar({"sale": ", ".join(f"{first}..{last}" for first, last in sale)})

    def expected(events: EventCalendar) -> float:
        known = past_of(
            weekly.filter(pl.col("week_start") < cutoff), shop.products.filter(pl.col("listed_on") < cutoff),
            as_of=cutoff - timedelta(days=1), evidence=Evidence(known_since=shop.first_day, events=events),
        )  # fmt: skip
        made = forecast(known, [8], on_shelf=np.zeros(known.size, dtype=bool))
        return float(made.demand.mean()[made.view.is_active].sum())

    off = {name: abs(expected(events) - came) / came for name, events in (("with", named), ("without", NO_EVENTS))}
    assert off["with"] < off["without"] - 0.03
