from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from toolkit.analyze.seasonality import season_data, seasonal_indices, with_seasons
from toolkit.settings import Season

AS_OF = date(2026, 11, 22)
LAST = date(2026, 11, 16)


def weekly(units: dict[str, Any], weeks: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sales of each product as a function of the ISO week, and the weeks told."""
    mondays = [LAST - timedelta(weeks=back) for back in range(weeks)]
    rows = [(product, day, int(of(day.isocalendar().week))) for product, of in units.items() for day in mondays]
    sales = pl.DataFrame(rows, schema={"product_id": pl.String, "week_start": pl.Date, "units": pl.Int64}, orient="row")
    return sales.filter(pl.col("units") > 0), pl.DataFrame({"week_start": mondays})


def products(*ids: str, category: str | None = "c", title: str = "猫窝") -> pl.DataFrame:
    return pl.DataFrame(
        {"product_id": ids, "title": [title] * len(ids), "category": [category] * len(ids), "parent_category": [None] * len(ids),
         "listed_on": [date(2020, 1, 1)] * len(ids)},
        schema_overrides={"product_id": pl.String, "title": pl.String, "category": pl.String, "parent_category": pl.String,
                          "listed_on": pl.Date},
    )  # fmt: skip


def seasons(units: dict[str, Any], weeks: int, *, title: str = "猫窝", settings: Season = Season()) -> pl.DataFrame:  # noqa: B008
    shop = products(*units, title=title)
    data = season_data(shop, *weekly(units, weeks), as_of=AS_OF)
    return with_seasons(shop, data, settings, as_of=AS_OF)


def summer(week: int) -> int:
    return 40 if 20 <= week <= 33 else 2


def flat(week: int) -> int:
    return 10


MANY = [f"p{n}" for n in range(8)]


def test_a_pattern_of_a_category_over_two_years_is_found_and_dated() -> None:
    found = seasons(dict.fromkeys(MANY, summer), 104).row(0, named=True)

    assert found["season_strength"] > 2.0
    assert found["seasonal_index"] < 0.5
    assert (found["is_in_season"], found["season_name"], found["season_ends_on"]) == (False, "summer", None)
    assert date(2027, 4, 26) <= found["next_season_on"] <= date(2027, 5, 17)


def test_a_product_that_sells_the_same_all_year_has_no_season() -> None:
    found = seasons(dict.fromkeys(MANY, flat), 104).row(0, named=True)

    assert found["season_strength"] == pytest.approx(1.0)
    assert [found[name] for name in ("season_name", "is_in_season", "next_season_on", "season_ends_on")] == [None] * 4


def test_less_than_a_year_gives_no_index() -> None:
    found = seasons(dict.fromkeys(MANY, summer), 51).row(0, named=True)

    names = ("seasonal_index", "seasonal_index_ahead", "season_strength", "season_evidence", "is_in_season")
    assert [found[name] for name in names] == [None] * 5


def test_one_year_of_a_pattern_is_believed_less_than_two() -> None:
    one, two = (seasons(dict.fromkeys(MANY, summer), weeks)["season_strength"][0] for weeks in (53, 104))

    assert 1.0 < one - 0.5 < two - 1.0


def test_one_products_pattern_in_one_year_is_nobodys_season() -> None:
    found = seasons({"alone": summer}, 53).row(0, named=True)

    assert found["season_strength"] < 1.1
    assert found["season_evidence"] is None


def test_few_units_are_pulled_to_a_flat_year() -> None:
    def rarely(week: int) -> int:
        return 1 if week in (20, 25, 30) else 0

    few = seasons({"a": rarely, "b": rarely}, 104)["season_strength"][0]
    many = seasons({"a": lambda week: 90 * rarely(week), "b": lambda week: 90 * rarely(week)}, 104)["season_strength"][
        0
    ]

    assert few < 2.0 < many


def test_a_pattern_that_repeats_is_a_products_own_within_a_category_without_one() -> None:
    shop = seasons(dict.fromkeys(MANY, flat) | {"sandal": lambda week: 5 * summer(week)}, 104)
    sandal = shop.filter(pl.col("product_id") == "sandal").row(0, named=True)

    assert sandal["season_evidence"] == "own"
    assert sandal["season_strength"] > 2.0


def test_a_single_burst_does_not_repeat_and_is_no_season() -> None:
    shop, told = weekly(dict.fromkeys(MANY, flat) | {"hyped": lambda week: 3}, 104)
    burst = pl.col("week_start") == LAST - timedelta(weeks=30)
    hyped = shop.with_columns(units=pl.when((pl.col("product_id") == "hyped") & burst).then(400).otherwise("units"))
    listed = products(*MANY, "hyped")
    found = with_seasons(listed, season_data(listed, hyped, told, as_of=AS_OF), Season(), as_of=AS_OF)

    assert found.filter(pl.col("product_id") == "hyped")["season_strength"].item() < 2.0


def test_growth_is_not_taken_for_a_season() -> None:
    mondays = [LAST - timedelta(weeks=back) for back in range(104)]
    rows = [(p, day, 10 if back >= 52 else 80) for p in MANY for back, day in enumerate(mondays)]
    sales = pl.DataFrame(rows, schema={"product_id": pl.String, "week_start": pl.Date, "units": pl.Int64}, orient="row")
    index, _ = seasonal_indices(
        season_data(products(*MANY), sales, pl.DataFrame({"week_start": mondays}), as_of=AS_OF), Season()
    )

    assert np.allclose(index, 1.0, atol=1e-6)


def test_a_launch_in_mid_year_is_not_taken_for_a_season() -> None:
    sales, told = weekly(dict.fromkeys(MANY, flat), 104)
    launched = sales.filter(pl.col("week_start") >= LAST - timedelta(weeks=20))
    shop = products(*MANY).with_columns(listed_on=pl.lit(LAST - timedelta(weeks=20)))
    index, _ = seasonal_indices(season_data(shop, launched, told, as_of=AS_OF), Season())

    assert index.max() < 1.1


def test_an_index_has_a_mean_of_one_and_is_never_negative() -> None:
    sales, told = weekly({"a": summer, "b": flat, "c": lambda week: week % 5}, 90)
    index, weights = seasonal_indices(season_data(products("a", "b", "c"), sales, told, as_of=AS_OF), Season())

    assert np.allclose(index.mean(axis=1), 1.0)
    assert (index >= 0).all()
    assert ((weights >= 0) & (weights.sum(axis=1, keepdims=True) <= 1)).all()


def test_a_week_that_is_not_over_is_left_out() -> None:
    sales, told = weekly({"a": flat}, 60)

    whole = season_data(products("a"), sales, told, as_of=AS_OF)
    without_sunday = season_data(products("a"), sales, told, as_of=AS_OF - timedelta(days=1))

    assert (whole.units.shape[1], without_sunday.units.shape[1]) == (60, 59)


def test_words_in_the_title_give_the_season_where_history_is_too_short() -> None:
    found = seasons({"a": flat}, 10, title="Christmas tree skirt").row(0, named=True)

    assert (found["season_evidence"], found["season_name"], found["is_in_season"]) == ("title_words", "christmas", True)
    assert (found["season_ends_on"], found["next_season_on"]) == (date(2026, 12, 24), date(2027, 10, 1))
    assert found["season_strength"] is None


def test_measured_seasons_give_the_dates_and_the_title_the_name() -> None:
    found = seasons(dict.fromkeys(MANY, summer), 104, title="Christmas in July").row(0, named=True)

    assert (found["season_name"], found["is_in_season"]) == ("christmas", False)
    assert found["season_evidence"] in ("own", "category")


def test_no_products_have_no_seasons() -> None:
    assert seasons({}, 0).is_empty()
