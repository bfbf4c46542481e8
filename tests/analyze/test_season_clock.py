from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from toolkit.analyze.past import Evidence, past_of
from toolkit.analyze.season_clock import season_clock
from toolkit.schema import WEEKLY_SALES

START = date(2024, 1, 1)


def past(weeks: int):
    days = [START + timedelta(weeks=w) for w in range(weeks)]
    summer = [d for d in days if 6 <= d.month <= 8]
    table = WEEKLY_SALES.conform(
        pl.DataFrame(
            {
                "product_id": ["sandal"] * len(summer) + ["mug"] * len(days),
                "week_start": summer + days,
                "units": [400] * len(summer) + [100] * len(days),
            }
        )
    )
    products = pl.DataFrame({"product_id": ["mug", "sandal"], "category": ["cups", "shoes"]})
    return past_of(table, products, as_of=START + timedelta(weeks=weeks, days=-1), evidence=Evidence(known_since=START))


def weeks_of(known, group: int, first: date, last: date) -> float:
    clock = season_clock(known, known.end)
    days = [np.array([(d - date(1970, 1, 1)).days]) for d in (first, last)]
    return float(clock.weeks(np.array([group]), *days)[0])


def test_before_a_year_is_known_the_clock_is_the_calendar() -> None:
    assert weeks_of(past(40), 1, START, START + timedelta(weeks=10)) == 10.0


def test_winter_weeks_of_a_summer_product_are_worth_little_and_summer_weeks_much() -> None:
    known = past(104)

    winter = weeks_of(known, 1, date(2025, 1, 6), date(2025, 3, 3))
    summer = weeks_of(known, 1, date(2025, 6, 9), date(2025, 8, 4))

    assert winter < 3
    assert summer > 14


def test_an_even_seller_keeps_the_calendar_and_a_year_has_52_weeks() -> None:
    known = past(104)
    year = date(2025, 1, 6) + timedelta(weeks=52)

    assert abs(weeks_of(known, 0, date(2025, 1, 6), date(2025, 3, 3)) - 8) < 1.5
    assert abs(weeks_of(known, 1, date(2025, 1, 6), year) - 52) < 2


def test_a_season_slept_through_on_an_empty_shelf_leaves_no_silence_behind() -> None:
    table = past(104)
    closed = pl.DataFrame(
        {
            "product_id": ["sandal"] * 14,
            "week_start": [date(2025, 5, 26) + timedelta(weeks=w) for w in range(14)],
            "closed_share": [1.0] * 14,
        }
    )
    rows = table.sold
    weekly = pl.DataFrame(
        {
            "product_id": table.ids.gather(rows.product),
            "week_start": pl.Series(rows.day).cast(pl.Int32).cast(pl.Date),
            "units": pl.Series(rows.units).cast(pl.Int64),
        }
    )
    told = past_of(
        WEEKLY_SALES.conform(weekly),
        pl.DataFrame({"product_id": ["mug", "sandal"], "category": ["cups", "shoes"]}),
        as_of=START + timedelta(weeks=104, days=-1),
        evidence=Evidence(known_since=START, closed_weeks=closed, basis="snapshots"),
    )
    first, last = (np.array([(d - date(1970, 1, 1)).days]) for d in (date(2025, 1, 6), date(2025, 12, 22)))
    shoes = np.array([1])

    # The calendar says 36 open weeks; they were worth next to nothing, as the season was behind the empty shelf.
    assert season_clock(told, told.end).open_weeks(shoes, shoes, first, last)[0] < 8
    assert season_clock(table, table.end).open_weeks(shoes, shoes, first, last)[0] > 40


def test_a_season_says_how_much_of_it_is_evidence() -> None:
    young, old = season_clock(past(40), past(40).end), season_clock(past(104), past(104).end)

    assert young.parent_share.tolist() == [0.0, 0.0, 0.0]
    assert (young.category_share.tolist(), young.shop_share) == ([0.0, 0.0, 0.0], 0.0)
    assert 0.5 < old.category_share[1] < 1
    assert old.category_share[2] == 0
    assert 0 < old.shop_share < 1


def test_a_thin_category_leans_on_what_else_its_parent_sells() -> None:
    days = [START + timedelta(weeks=w) for w in range(104)]
    summer = [d for d in days if 6 <= d.month <= 8]
    weekly = WEEKLY_SALES.conform(
        pl.DataFrame(
            {
                "product_id": ["clog"] + ["mug"] * len(days) + ["sandal"] * len(summer),
                "week_start": [summer[0], *days, *summer],
                "units": [2] + [100] * len(days) + [400] * len(summer),
            }
        )
    )
    ids = {"product_id": ["clog", "mug", "sandal"]}
    winter, spring = date(2025, 1, 6), date(2025, 3, 3)

    def clog_in_winter(products: pl.DataFrame) -> float:
        known = past_of(
            weekly,
            products,
            as_of=START + timedelta(weeks=104, days=-1),
            evidence=Evidence(known_since=START),
        )
        return weeks_of(known, int(known.group[0]), winter, spring)

    alone = clog_in_winter(pl.DataFrame(ids | {"category": ["clogs", "cups", "sandals"]}))
    listed = clog_in_winter(
        pl.DataFrame(ids | {"category": ["clogs", "cups", "sandals"], "parent_category": ["shoes", None, "shoes"]})
    )
    by_path = clog_in_winter(pl.DataFrame(ids | {"category": ["shoes > clogs", "cups", "shoes > sandals"]}))

    assert alone > 3
    assert listed < alone / 2
    assert by_path == listed


def test_a_week_counts_for_twice_the_best_week_before_it_at_most() -> None:
    days = [START + timedelta(weeks=w) for w in range(4)]
    weekly = WEEKLY_SALES.conform(
        pl.DataFrame({"product_id": ["a"] * 4 + ["b"], "week_start": [*days, days[1]], "units": [2, 3, 100, 9, 7]})
    )
    known = past_of(
        weekly, pl.DataFrame({"product_id": ["a", "b"], "category": ["x", None]}), as_of=START + timedelta(weeks=4)
    )

    first, units = known.by_category

    assert first == (START - date(1970, 1, 1)).days
    assert units.tolist() == [[2.0, 3.0, 6.0, 9.0], [0.0, 7.0, 0.0, 0.0]]


def test_weeks_that_no_file_tells_are_no_season_of_silence() -> None:
    days = [START + timedelta(weeks=w) for w in range(60)]
    gap = days[30:40]
    weekly = pl.DataFrame({"product_id": "mug", "week_start": [d for d in days if d not in gap], "units": 100})
    closed = pl.DataFrame(
        {"product_id": [None] * 10, "week_start": gap, "closed_share": 1.0}, schema_overrides={"product_id": pl.String}
    )
    known = past_of(
        WEEKLY_SALES.conform(weekly),
        pl.DataFrame({"product_id": ["mug"], "category": ["cups"]}),
        as_of=START + timedelta(weeks=60, days=-1),
        evidence=Evidence(known_since=START, closed_weeks=closed, basis="snapshots"),
    )

    # The ten weeks of the year are one like the others, and the others are not worth more for it.
    next_year = gap[0] + timedelta(weeks=52)
    assert abs(weeks_of(known, 0, next_year, next_year + timedelta(weeks=10)) - 10) < 0.01
    assert abs(weeks_of(known, 0, days[-1], days[-1] + timedelta(weeks=8)) - 8) < 0.01
