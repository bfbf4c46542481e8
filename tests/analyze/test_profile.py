from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from toolkit.analyze.profile import product_profile, with_abc
from toolkit.schema import (
    BINDINGS,
    CATALOG,
    ORDER_LINES,
    PERIOD_SALES,
    POLICY,
    PROFILE,
    PURCHASE_ORDER_LINES,
    PURCHASE_ORDERS,
    STOCK,
    Tables,
)
from toolkit.settings import DEFAULTS, Abc
from toolkit.words.columns import COLUMNS, NEVER_NULL

AS_OF = date(2026, 11, 22)
FM = "fully_managed"


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def profile(tables: Tables) -> pl.DataFrame:
    return product_profile(tables, as_of=AS_OF, settings=DEFAULTS)


def one(tables: Tables, product_id: str = "a") -> dict[str, Any]:
    return profile(tables).filter(pl.col("product_id") == product_id).row(0, named=True)


SHEET = CATALOG.frame(
    product_id=["a", "b", "c"],
    title=["Christmas socks", "猫窝", "JIT case"],
    category=["socks", "pets", "cases"],
    stocking_type=["warehouse", "warehouse", "jit"],
    status=["on_sale", "on_sale", "on_sale"],
    on_hand_units=[10, 0, 999],
    listed_on=[ago(400), ago(10), ago(400)],
    observed_on=[AS_OF] * 3,
)
LINES = ORDER_LINES.frame(
    channel=[FM] * 6,
    order_id=[f"o{n}" for n in range(6)],
    product_id=["a", "a", "c", "c", "new", "void"],
    ordered_on=[ago(60), ago(20), ago(5), ago(1), ago(0), ago(3)],
    quantity=[3, 2, 5, 4, 1, 9],
    unit_price_fen=[1000, 1000, 500, 500, None, 100],
    currency=["CNY"] * 4 + [None, "CNY"],
    order_status=["finished", "finished", "finished", "paid", "shipped", "cancelled"],
)
STOCKED = STOCK.frame(
    product_id=["a", "a", "b"],
    on_hand_units=[30, 12, 4],
    locked_units=[0, 2, 0],
    observed_on=[ago(90), ago(1), ago(1)],
)
PERIODS = PERIOD_SALES.frame(
    channel=[FM, FM, "self_run"],
    product_id=["a", "d", "own_shop"],
    period_start=[date(2026, 10, 1)] * 3,
    period_end=[date(2026, 10, 31)] * 3,
    search_impressions=[900, 20, 5],
    visitors=[40, 1, 5],
    add_to_cart_buyers=[0, 0, 5],
    units_paid=[0, 0, 5],
)
PURCHASES = PURCHASE_ORDERS.frame(
    purchase_order_no=["p1", "p2"],
    po_type=["warehouse", "jit"],
    order_status=["received", "received"],
    ordered_at=[datetime(2026, 9, 1), datetime(2026, 11, 2)],
    arrived_at=[datetime(2026, 10, 1), datetime(2026, 11, 3)],
)
PURCHASE_LINES = PURCHASE_ORDER_LINES.frame(
    purchase_order_no=["p1", "p2"], product_id=[None, "c"], sc_item_id=["s9", None], quantity=[8, 1]
)
BOUND = BINDINGS.frame(product_id=["e"], sku_id=["k9"], sc_item_id=["s9"])
RULES = POLICY.frame(policy_kind=["term", "protected"], policy_value=["猫", "a"], policy_list_on=[ago(3)] * 2)
ALL = Tables(
    catalog=SHEET, bindings=BOUND, stock=STOCKED, period_sales=PERIODS, order_lines=LINES,
    purchase_orders=PURCHASES, purchase_order_lines=PURCHASE_LINES, policy=RULES,
)  # fmt: skip


def test_every_product_that_any_table_names_has_one_row() -> None:
    found = profile(ALL)

    assert found["product_id"].to_list() == ["a", "b", "c", "d", "e", "new", "void"]
    assert found.schema == pl.Schema(PROFILE.dtypes)


def test_a_product_that_sold_and_stands_in_no_list_has_no_status() -> None:
    found = one(ALL, "new")

    assert (found["status"], found["units_7d"], found["last_sale_on"], found["observed_on"]) == (None, 1, AS_OF, None)


def test_a_product_whose_only_order_was_cancelled_never_sold() -> None:
    found = one(ALL, "void")

    assert (found["units_365d"], found["last_sale_on"], found["days_since_last_sale"]) == (0, None, None)


def test_products_of_another_channel_are_not_among_them() -> None:
    assert "own_shop" not in profile(ALL)["product_id"].to_list()


def test_the_row_of_a_product_in_the_warehouse() -> None:
    found = one(ALL)

    expected = {
        "units_30d": 2, "units_90d": 5, "covered_days_90d": 61, "revenue_90d_fen": 5000, "currency": "CNY",
        "on_hand_units": 12, "sellable_units": 10, "stock_as_of": ago(1), "days_since_last_sale": 20,
        "days_without_sale": 20, "age_days": 400, "stock_basis": "snapshots", "days_in_stock_90d": 90,
        "sold_share_90d": 5 / 17, "weeks_of_cover": 10 / (5 / 61 * 7), "season_name": "christmas", "is_protected": True,
        "funnel_advice": "check_price_details", "is_active_30d": True, "sales_source": "orders",
    }  # fmt: skip
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_a_jit_products_typed_stock_is_kept_and_nothing_is_concluded_from_it() -> None:
    found = one(ALL, "c")

    assert (found["on_hand_units"], found["rate_of_sale"]) == (999, pytest.approx(9 / 61 * 7))
    names = ("sold_share_90d", "stock_turn_90d", "weeks_of_cover", "last_restock_on")
    assert [found[name] for name in names] == [None] * 4
    assert (found["jit_orders_timed"], found["jit_on_time_share"]) == (1, 1.0)
    assert (found["open_orders_state"], found["open_units"], found["gap_units"]) == ("open", 4, 0)


def test_policy_is_read_from_titles_and_protection_from_ids() -> None:
    assert profile(ALL).filter(pl.col("policy_hit").is_not_null()).select("product_id", "policy_hit").rows() == [
        ("b", "猫")
    ]


@pytest.mark.parametrize(
    ("tables", "step"),
    [
        ({"catalog"}, "product_sheet"),
        ({"catalog", "period_sales"}, "period_totals"),
        ({"order_lines"}, "orders"),
        ({"catalog", "order_lines"}, "one_stock_snapshot"),
        ({"order_lines", "stock"}, "history"),
        ({"catalog", "stock"}, "product_sheet"),
    ],
)
def test_the_data_step_says_how_far_the_files_go_for_a_product(tables: set[str], step: str) -> None:
    assert one(Tables(**{name: getattr(ALL, name) for name in tables}))["data_step"] == step


def test_each_product_stands_on_a_data_step_of_its_own() -> None:
    steps = profile(ALL).select("product_id", "data_step").rows()

    assert dict(steps) == {
        "a": "history",
        "b": "one_stock_snapshot",
        "c": "history",
        "d": "orders",
        "e": "orders",
        "new": "orders",
        "void": "orders",
    }


def test_a_product_sheet_and_one_period_export_already_say_something_honest() -> None:
    found = one(Tables(catalog=SHEET, period_sales=PERIODS))

    assert (found["units_paid"], found["funnel_advice"], found["season_name"]) == (
        0,
        "check_price_details",
        "christmas",
    )
    unknown = (
        "units_90d",
        "last_sale_on",
        "days_without_sale",
        "rate_of_sale",
        "weeks_of_cover",
        "abc_class",
        "open_units",
    )
    assert [found[name] for name in unknown] == [None] * 7
    # The export ends on October 31: not sold for the 31 days it tells, or longer.
    assert (found["days_without_sale_min"], found["days_without_sale_max"]) == ((AS_OF - date(2026, 9, 30)).days, 400)


def test_nothing_at_all_is_a_profile_without_rows() -> None:
    assert profile(Tables()).schema == pl.Schema(PROFILE.dtypes)
    assert profile(Tables()).is_empty()


@pytest.mark.parametrize("name", [field.name for field in fields(Tables) if getattr(ALL, field.name) is not None])
def test_every_table_may_be_missing_or_stand_alone(name: str) -> None:
    for tables in (replace(ALL, **{name: None}), Tables(**{name: getattr(ALL, name)})):
        assert profile(tables)["product_id"].is_unique().all()


def test_what_is_said_to_be_never_empty_is_never_empty() -> None:
    promised = [name for name in PROFILE.names if COLUMNS[name].null == NEVER_NULL]
    for tables in (ALL, Tables(catalog=SHEET), Tables(order_lines=LINES), Tables(period_sales=PERIODS)):
        found = profile(tables)
        assert {name: found[name].null_count() for name in promised} == dict.fromkeys(promised, 0)


def test_facts_dated_after_the_day_change_nothing() -> None:
    tomorrow = [AS_OF + timedelta(days=1)]
    later = replace(
        ALL,
        catalog=pl.concat([SHEET, CATALOG.frame(product_id=["a"], status=["delisted"], observed_on=tomorrow)]),
        stock=pl.concat([STOCKED, STOCK.frame(product_id=["a"], on_hand_units=[0], observed_on=tomorrow)]),
        order_lines=pl.concat(
            [
                LINES,
                ORDER_LINES.frame(
                    channel=[FM], product_id=["b"], quantity=[50], ordered_on=tomorrow, order_status=["paid"]
                ),
            ]
        ),
    )

    assert_frame_equal(profile(later), profile(ALL))


@given(order=st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_rows_does_not_matter(order: Any) -> None:
    def mixed(frame: pl.DataFrame | pl.LazyFrame | None) -> pl.DataFrame | None:
        return (
            None
            if frame is None
            else frame.lazy().collect().sample(fraction=1.0, shuffle=True, seed=order.randrange(999))
        )

    shuffled = Tables(
        **{field.name: mixed(getattr(ALL, field.name)) for field in fields(Tables) if hasattr(ALL, field.name)}
    )

    assert_frame_equal(profile(shuffled), profile(ALL))


def test_lazy_order_lines_give_the_same_profile() -> None:
    assert_frame_equal(profile(replace(ALL, order_lines=LINES.lazy())), profile(ALL))


# ABC


def classes(revenue: list[int | None], units: list[int | None]) -> list[str | None]:
    products = pl.DataFrame(
        {"product_id": [str(n) for n in range(len(units))], "revenue_365d_fen": revenue, "units_365d": units,
         "sales_currency": ["CNY" if fen else None for fen in revenue]},
        schema_overrides={"revenue_365d_fen": pl.Int64, "units_365d": pl.Int64, "sales_currency": pl.String},
    )  # fmt: skip
    return with_abc(products, Abc()).sort("product_id")["abc_class"].to_list()


def test_classes_end_at_80_and_95_percent_of_revenue() -> None:
    assert classes([700, 150, 110, 30, 10], [1] * 5) == ["A", "A", "B", "C", "C"]


def test_the_best_seller_is_a_even_when_it_is_more_than_80_percent() -> None:
    assert classes([950, 50], [1, 1]) == ["A", "C"]


def test_units_rank_where_one_price_is_unknown() -> None:
    assert classes([999, None], [1, 9]) == ["B", "A"]


def test_nothing_sold_is_c_and_nothing_known_is_nothing() -> None:
    assert classes([100, None, None], [1, 0, None]) == ["A", "C", None]
