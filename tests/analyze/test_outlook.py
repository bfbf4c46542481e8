from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from toolkit.analyze.outlook import interval_totals, order_titles
from toolkit.analyze.profile import product_profile
from toolkit.analyze.sales import product_weeks
from toolkit.analyze.windows import told_of_goods
from toolkit.schema import CATALOG, ORDER_LINES, PERIOD_SALES, STOCK, WEEKLY_SALES, Tables
from toolkit.settings import DEFAULTS, Model, Settings

AS_OF = date(2026, 11, 22)
FM = "fully_managed"


def lines(product: str, days_ago: list[int], *, units: int = 1, fen: int | None = 1000) -> pl.DataFrame:
    n = len(days_ago)
    return ORDER_LINES.frame(
        channel=[FM] * n,
        order_id=[f"{product}{d}" for d in days_ago],
        product_id=[product] * n,
        ordered_on=[AS_OF - timedelta(days=d) for d in days_ago],
        quantity=[units] * n,
        unit_price_fen=[fen] * n,
    )


LIVELY = lines("lively", list(range(0, 300, 5)))
GONE = lines("gone", list(range(200, 300, 5)))


def profile(tables: Tables, settings: Settings = DEFAULTS) -> pl.DataFrame:
    return product_profile(tables, as_of=AS_OF, settings=settings)


def test_orders_alone_give_every_product_probabilities_and_a_score() -> None:
    sheet = CATALOG.frame(product_id=["unsold"], listed_on=[AS_OF - timedelta(days=250)], observed_on=[AS_OF])
    found = profile(Tables(order_lines=pl.concat([LIVELY, GONE]), catalog=sheet))

    assert found["product_id"].to_list() == ["gone", "lively", "unsold"]
    assert found.select("p_no_sale_8w", "p_dead", "delist_score", "units_q90_26w").null_count().row(0) == (0, 0, 0, 0)
    assert found["p_no_sale_8w"].to_list()[1] < 0.2 < found["p_no_sale_8w"].to_list()[0]
    assert found["p_clear_13w"].to_list() == [None] * 3


def test_other_horizons_stand_behind_the_schema() -> None:
    found = product_profile(Tables(order_lines=LIVELY), as_of=AS_OF, settings=DEFAULTS, horizons=(4,))

    assert found["p_no_sale_4w"].item() >= found["p_no_sale_8w"].item()


def test_a_month_gives_a_ranking_and_no_probability() -> None:
    month = PERIOD_SALES.frame(
        channel=[FM] * 2,
        product_id=["many", "none"],
        period_start=[date(2026, 10, 1)] * 2,
        period_end=[date(2026, 10, 31)] * 2,
        units_paid=[40, 0],
    )
    stock = STOCK.frame(product_id=["many", "none"], on_hand_units=[50, 50], observed_on=[AS_OF] * 2)
    found = profile(Tables(period_sales=month, stock=stock))

    assert found["data_step"].to_list() == ["period_totals"] * 2
    assert found.select("p_no_sale_8w", "p_dead", "demand_state", "clear_date_median").null_count().row(0) == (2,) * 4
    assert 0 <= found["delist_score"].to_list()[0] < found["delist_score"].to_list()[1] <= 1


def test_too_few_weeks_of_orders_give_a_ranking_and_no_probability_by_a_setting() -> None:
    days = lines("a", list(range(20)))

    assert profile(Tables(order_lines=days)).select("p_no_sale_8w", "delist_score").null_count().row(0) == (1, 0)
    loose = Settings(model=Model(min_weeks=2))
    assert profile(Tables(order_lines=days), loose)["p_no_sale_8w"].null_count() == 0


def test_without_any_sales_there_is_no_score() -> None:
    sheet = CATALOG.frame(product_id=["a"], on_hand_units=[4], observed_on=[AS_OF])

    assert profile(Tables(catalog=sheet))["delist_score"].to_list() == [None]


def test_weekly_exports_leave_weeks_a_product_is_absent_from_unknown() -> None:
    mondays = [date(2026, 8, 3) + timedelta(weeks=n) for n in range(16)]
    weeks = PERIOD_SALES.frame(
        channel=[FM] * 20,
        product_id=["always"] * 16 + ["early"] * 4,
        period_start=[*mondays, *mondays[:4]],
        period_end=[day + timedelta(days=6) for day in [*mondays, *mondays[:4]]],
        units_paid=[3] * 20,
    )
    found = profile(Tables(period_sales=weeks))

    # Twelve weeks of silence would look dead; twelve weeks nobody tells say nothing.
    assert (found["p_dead"] < 0.1).all()
    assert (found["p_no_sale_8w"] < 0.2).all()


def months(units_of: dict[str, list[int]], first: list[date], last: list[date]) -> pl.DataFrame:
    named = [(p, a, b, n) for p, units in units_of.items() for a, b, n in zip(first, last, units, strict=True)]
    product, start, end, units = zip(*named, strict=True)
    return PERIOD_SALES.frame(
        channel=[FM] * len(named), product_id=product, period_start=start, period_end=end, units_paid=units
    )


def test_totals_of_periods_that_order_files_tell_change_no_figure() -> None:
    orders = Tables(order_lines=pl.concat([LIVELY, GONE]))
    october = months({"lively": [7], "gone": [0]}, [date(2026, 10, 1)], [date(2026, 10, 31)])
    figures = ("p_no_sale_8w", "p_no_sale_26w", "units_mean_13w", "p_dead", "demand_state", "delist_score", "data_step")

    with_month = replace(orders, period_sales=october)
    assert profile(with_month).select(figures).equals(profile(orders).select(figures))


def test_totals_before_the_first_order_file_count_and_the_row_says_so() -> None:
    # Orders tell from January 27 on; the year before is told by its total.
    sheet = CATALOG.frame(
        product_id=["mute", "untold"], listed_on=[date(2024, 1, 1)] * 2, on_hand_units=[9, 9], observed_on=[AS_OF] * 2
    )
    year = months({"mute": [0], "gone": [60], "lively": [60]}, [date(2025, 1, 1)], [date(2025, 12, 31)])
    found = profile(Tables(order_lines=pl.concat([LIVELY, GONE]), catalog=sheet, period_sales=year))
    rows = {row["product_id"]: row for row in found.to_dicts()}

    assert rows["mute"]["data_step"] == "one_stock_snapshot_and_totals"
    assert rows["untold"]["data_step"] == "one_stock_snapshot"
    assert rows["gone"]["data_step"] == "orders_and_totals"
    # Listed alike and never sold: but of one it is known that it sold nothing for a year longer.
    assert rows["mute"]["p_dead"] > rows["untold"]["p_dead"]
    assert rows["mute"]["p_no_sale_8w"] >= rows["untold"]["p_no_sale_8w"]


def test_jit_has_nothing_to_clear() -> None:
    sheet = CATALOG.frame(product_id=["lively"], stocking_type=["jit"], on_hand_units=[999], observed_on=[AS_OF])
    found = profile(Tables(order_lines=LIVELY, catalog=sheet))

    nulls = found.select("p_clear_8w", "units_left_13w", "clear_date_median", "keep_below_units").null_count().row(0)
    assert nulls == (1,) * 4
    assert found["units_mean_13w"].item() > 0


@pytest.mark.parametrize("stock", [30, 400])
def test_the_turning_stock_is_where_keeping_begins_to_lose(stock: int) -> None:
    def of(units: int) -> dict[str, object]:
        counted = STOCK.frame(product_id=["gone", "lively"], on_hand_units=[units, 5], observed_on=[AS_OF] * 2)
        return profile(Tables(order_lines=pl.concat([LIVELY, GONE]), stock=counted)).row(0, named=True)

    turning = of(stock)["keep_below_units"]
    assert isinstance(turning, int)
    assert 1 <= turning <= stock
    assert of(turning)["keep_below_units"] == turning
    if turning > 1:
        assert of(turning - 1)["keep_below_units"] is None


def test_written_off_stock_is_no_sale_and_no_title() -> None:
    off = lines("lively", [3], units=-80, fen=0).with_columns(title=pl.lit("damaged"))
    named = LIVELY.with_columns(title=pl.lit("Blue mug"))
    found = profile(Tables(order_lines=pl.concat([named, off])))

    assert found.select("title", "units_30d").row(0) == ("Blue mug", 6)


def test_price_0_says_nothing_in_a_file_without_prices() -> None:
    free = lines("a", [1, 2], fen=0)

    assert product_weeks(free)["units"].sum() == 2
    assert product_weeks(pl.concat([free, lines("b", [1])]))["product_id"].to_list() == ["b"]


def test_a_title_in_the_product_list_comes_before_those_of_orders() -> None:
    products = pl.DataFrame({"product_id": ["a", "b"], "title": ["Listed", None]})
    orders = pl.concat([lines("a", [1]), lines("b", [1, 2]), lines("b", [3])]).with_columns(
        title=pl.Series(["Sold", "Twice", "Twice", "Once"])
    )

    assert order_titles(Tables(order_lines=orders), products, as_of=AS_OF).rows() == [("b", "Twice")]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 31), st.integers(0, 50)), min_size=1, max_size=8))
@hypothesis_settings(max_examples=30, deadline=None)
def test_totals_never_count_a_day_twice(periods: list[tuple[int, int, int]]) -> None:
    first = [AS_OF - timedelta(days=ago + length - 1) for ago, length, _ in periods]
    last = [AS_OF - timedelta(days=ago) for ago, _, _ in periods]
    told = PERIOD_SALES.frame(
        channel=[FM] * len(periods),
        product_id=["a"] * len(periods),
        period_start=first,
        period_end=last,
        units_paid=[u for *_, u in periods],
    )
    nothing = told_of_goods(pl.DataFrame(schema={"sales_source": pl.String, "channel": pl.String, "day": pl.Date}))
    totals = interval_totals(WEEKLY_SALES.empty(), nothing, Tables(period_sales=told), as_of=AS_OF)

    days = {day + timedelta(days=n) for day, end in zip(first, last, strict=True) for n in range((end - day).days + 1)}
    assert 0 < totals["weeks"].item() <= len(days) / 7 + 1e-9
    assert totals["units"].item() <= sum(u for *_, u in periods)
