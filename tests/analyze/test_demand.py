from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl
import pytest

from toolkit.analyze.demand import DEMAND_STATES, demand
from toolkit.analyze.past import Evidence
from toolkit.schema import WEEKLY_SALES

START = date(2025, 1, 6)
WEEKS = 80
AS_OF = START + timedelta(weeks=WEEKS, days=-1)


def sales(weeks_of: Mapping[str, range | list[int]], units: int = 3) -> pl.DataFrame:
    rows = [(p, START + timedelta(weeks=w)) for p, weeks in weeks_of.items() for w in weeks]
    return WEEKLY_SALES.frame(
        product_id=[p for p, _ in rows],
        week_start=[w for _, w in rows],
        units=[units] * len(rows),
        orders=[2] * len(rows),
    )


STEADY = {f"steady{i}": range(WEEKS) for i in range(12)}


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    told = sales({**STEADY, "stopped": range(30), "starved": range(60), "young": [78, 79]})
    products = pl.DataFrame({"product_id": [*STEADY, "stopped", "starved", "young", "never", "jit"]}).with_columns(
        listed_on=pl.when(pl.col("product_id") == "young").then(START + timedelta(weeks=77)).otherwise(START),
        sellable_units=pl.when(pl.col("product_id") == "starved").then(0).otherwise(40),
        stocking_type=pl.when(pl.col("product_id") == "jit").then(pl.lit("jit")).otherwise(pl.lit("warehouse")),
        supply_price_fen=pl.lit(2000),
    )
    closed = pl.DataFrame(
        {
            "product_id": ["starved"] * 20,
            "week_start": [START + timedelta(weeks=w) for w in range(60, 80)],
            "closed_share": [1.0] * 20,
        }
    )
    return demand(told, products, as_of=AS_OF, evidence=Evidence(closed_weeks=closed, basis="snapshots"))


def of(table: pl.DataFrame, product_id: str) -> dict:
    return table.row(by_predicate=pl.col("product_id") == product_id, named=True)


def test_every_product_has_one_row_never_sold_ones_too(table: pl.DataFrame) -> None:
    assert table.height == 17
    assert table["product_id"].is_sorted()
    assert of(table, "never")["p_no_sale_8w"] > 0.5


def test_states_tell_dead_from_starved_and_new(table: pl.DataFrame) -> None:
    assert of(table, "stopped")["demand_state"] == "dead"
    assert of(table, "starved")["demand_state"] == "starved"
    assert of(table, "young")["demand_state"] == "new"
    assert of(table, "steady0")["demand_state"] == "alive"
    assert set(table["demand_state"]) <= set(DEMAND_STATES)


def test_weeks_without_stock_are_no_evidence_against_a_product(table: pl.DataFrame) -> None:
    starved, stopped = of(table, "starved"), of(table, "stopped")

    assert starved["p_dead"] < 0.3
    assert stopped["p_dead"] > 0.6
    assert starved["p_no_sale_8w"] < stopped["p_no_sale_8w"]


def test_a_summer_product_in_winter_is_asleep_not_dead() -> None:
    weeks = [START + timedelta(weeks=w) for w in range(112)]
    summer = [w for w, day in enumerate(weeks) if 5 <= day.month <= 8]
    told = sales({**{f"cup{i}": range(112) for i in range(10)}, **{f"sandal{i}": summer for i in range(10)}}, units=12)
    products = (
        told.select("product_id")
        .unique()
        .with_columns(category=pl.col("product_id").str.slice(0, 3), sellable_units=pl.lit(50))
    )

    table = demand(told, products, as_of=START + timedelta(weeks=97, days=-1))

    assert of(table, "sandal0")["demand_state"] == "asleep"
    assert of(table, "sandal0")["p_dead"] < 0.5


def test_goods_made_to_order_have_nothing_to_clear(table: pl.DataFrame) -> None:
    jit = of(table, "jit")

    assert jit["p_clear_13w"] is None
    assert jit["units_left_13w"] is None
    assert jit["clear_date_median"] is None
    assert jit["delist_score"] is not None


def test_a_steady_seller_clears_forty_pieces_in_the_weeks_it_takes(table: pl.DataFrame) -> None:
    steady = of(table, "steady0")
    weeks = (steady["clear_date_median"] - AS_OF).days / 7

    assert 9 < weeks < 20
    assert steady["units_q10_8w"] <= 24 <= steady["units_q90_8w"]
    assert steady["delist_score"] < 0.2 < 0.8 < of(table, "stopped")["delist_score"]


def test_what_is_dead_sells_nothing(table: pl.DataFrame) -> None:
    assert (table["p_dead"] <= table["p_no_sale_26w"] + 1e-12).all()


def test_the_order_of_rows_that_come_in_does_not_matter() -> None:
    told = sales({**STEADY, "stopped": range(30)})
    products = told.select("product_id").unique()

    one = demand(told, products.sort("product_id"), as_of=AS_OF)
    two = demand(told.reverse(), products.sort("product_id", descending=True), as_of=AS_OF)

    assert one.equals(two)


def test_without_stock_history_the_calendar_counts_and_dead_is_said_with_less_confidence() -> None:
    told = sales({**STEADY, "stopped": range(30)})

    row = of(demand(told, told.select("product_id").unique(), as_of=AS_OF), "stopped")

    assert row["exposure_basis"] == "calendar"
    assert row["p_dead"] <= 0.5
    assert row["p_clear_13w"] is None


def test_one_count_of_today_is_enough_to_call_a_silent_product_dead() -> None:
    told = sales({**STEADY, "stopped": range(30)})
    products = told.select("product_id").unique().with_columns(sellable_units=pl.lit(30))

    row = of(demand(told, products, as_of=AS_OF), "stopped")

    assert row["p_dead"] > 0.6
    assert row["demand_state"] == "dead"


def test_an_empty_shelf_is_not_worth_less_for_being_empty() -> None:
    told = sales(STEADY)
    products = told.select("product_id").unique().with_columns(sellable_units=pl.lit(0))

    assert (demand(told, products, as_of=AS_OF)["delist_score"] < 0.1).all()


def test_a_shop_without_any_sale_is_scored_not_refused() -> None:
    nothing = WEEKLY_SALES.empty()

    table = demand(
        nothing,
        pl.DataFrame({"product_id": ["a"], "listed_on": [START]}),
        as_of=AS_OF,
        evidence=Evidence(known_since=START),
    )

    assert table["p_no_sale_8w"][0] > 0.5
    assert table["units_q50_8w"][0] == 0
