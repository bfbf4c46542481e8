from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from toolkit.analyze.coverage import told_days, window_cuts
from toolkit.analyze.sales import jit_goods, product_weeks, weekly_sales
from toolkit.schema import (
    CATALOG,
    COVERAGE,
    ORDER_LINES,
    PERIOD_SALES,
    PURCHASE_ORDER_LINES,
    PURCHASE_ORDERS,
    WEEKLY_SALES,
    Tables,
)
from toolkit.settings import DEFAULTS, Settings, Store

MONDAY = date(2026, 11, 16)
FM = "fully_managed"


def lines(*rows: tuple[Any, ...], channel: str = FM) -> pl.DataFrame:
    """Order lines of (product, day, quantity, price in fen, status)."""
    product, day, quantity, price, status = zip(*rows, strict=True)
    return ORDER_LINES.frame(
        channel=[channel] * len(rows),
        order_id=[f"o{n}" for n in range(len(rows))],
        product_id=product,
        ordered_on=day,
        quantity=quantity,
        unit_price_fen=price,
        currency=["CNY" if fen is not None else None for fen in price],
        order_status=status,
    )


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def test_a_week_runs_from_monday_to_sunday() -> None:
    weeks = product_weeks(
        lines(("a", day(-1), 1, 100, "paid"), ("a", day(0), 2, 100, "paid"), ("a", day(6), 4, 100, "paid"))
    )

    assert weeks.select("week_start", "units").rows() == [(day(-7), 1), (MONDAY, 6)]


def test_unpaid_and_cancelled_lines_are_no_sales_refunded_and_unknown_ones_are() -> None:
    states = ["unpaid", "cancelled", "refunded", None, "shipped", "finished", "disputed"]
    weeks = product_weeks(lines(*[("a", MONDAY, 10**n, 100, state) for n, state in enumerate(states)]))

    assert weeks["units"].item() == 1_111_100
    assert weeks["orders"].item() == 5


def test_a_negative_line_lowers_the_units_but_is_no_day_of_sale() -> None:
    weeks = product_weeks(lines(("a", day(1), 3, 100, "paid"), ("a", day(4), -2, 100, "paid")))

    assert weeks.select("units", "orders", "revenue_fen", "first_sale_on", "last_sale_on").row(0) == (
        1, 1, 100, day(1), day(1),
    )  # fmt: skip


def test_without_any_price_revenue_is_unknown_and_units_stay() -> None:
    weeks = product_weeks(lines(("a", MONDAY, 3, None, "paid")))

    assert weeks.select("units", "revenue_fen", "currency").row(0) == (3, None, None)


def test_money_of_two_currencies_is_never_added() -> None:
    two = lines(("a", MONDAY, 1, 100, "paid"), ("a", MONDAY, 2, 700, "paid")).with_columns(
        currency=pl.Series(["CNY", "USD"])
    )

    assert product_weeks(two).select("units", "revenue_fen", "currency").rows() == [(3, None, None)]


def test_sales_after_the_day_of_analysis_are_left_out() -> None:
    weeks = product_weeks(lines(("a", day(1), 1, 5, "paid"), ("a", day(2), 1, 5, "paid")), as_of=day(1))

    assert weeks["units"].to_list() == [1]


def test_a_cut_in_mid_week_splits_the_week_into_exact_parts() -> None:
    weeks = product_weeks(lines(("a", day(1), 1, 5, "paid"), ("a", day(2), 2, 5, "paid")), cuts=[day(1)])

    assert weeks.select("week_start", "cut", "units").rows() == [(MONDAY, 0, 1), (MONDAY, 1, 2)]


# The same on every engine

AWKWARD = lines(
    ("1005006000000001", date(2024, 2, 29), 2, 1999, "paid"),
    ("1005006000000001", date(2024, 12, 31), 1, None, "shipped"),
    ("1005006000000001", date(2025, 1, 1), 5, 1999, "cancelled"),
    ("1005006000000001", day(3), -1, 1999, None),
    ("0012", day(3), 7, None, "finished"),
    ("0012", day(6), 1, 350, "unpaid"),
    ("猫窝", day(6), 3, 350, "refunded"),
)


def _polars(frame: pl.DataFrame) -> Any:
    return frame


def _lazy(frame: pl.DataFrame) -> Any:
    return frame.lazy()


def _pandas(frame: pl.DataFrame) -> Any:
    return frame.to_pandas()


def _duckdb(frame: pl.DataFrame) -> Any:
    return duckdb.connect().from_arrow(frame.to_arrow())


def _spark(frame: pl.DataFrame) -> Any:
    needed = {
        "java": shutil.which("java") or os.environ.get("JAVA_HOME"),
        "pyspark": importlib.util.find_spec("pyspark"),
    }
    missing = [name for name, found in needed.items() if not found]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"PySpark is part of what is promised, and here it cannot run: no {' and no '.join(missing)}")
    if missing:
        pytest.skip(f"PySpark was not tried: no {' and no '.join(missing)}")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()  # pyright: ignore[reportAttributeAccessIssue]
    session.sparkContext.setLogLevel("ERROR")
    columns = ["channel", "product_id", "ordered_on", "quantity", "unit_price_fen", "currency", "order_status"]
    kinds = "channel string, product_id string, ordered_on date, quantity bigint, unit_price_fen bigint, currency string, order_status string"
    return session.createDataFrame(frame.select(columns).rows(), kinds)


@pytest.mark.filterwarnings("ignore")  # Spark warns about its own needs: pandas 3, sockets
@pytest.mark.parametrize("engine", [_polars, _lazy, _pandas, _duckdb, _spark])
def test_every_engine_gives_the_same_weeks(engine: Callable[[pl.DataFrame], Any]) -> None:
    cuts = (date(2024, 12, 31), day(2))
    weeks = product_weeks(engine(AWKWARD), as_of=day(6), cuts=cuts)

    assert weeks.select("product_id", "week_start", "cut", "units", "orders", "revenue_fen", "last_sale_on").rows() == [
        ("0012", MONDAY, 2, 7, 1, None, day(3)),
        ("1005006000000001", date(2024, 2, 26), 0, 2, 1, 3998, date(2024, 2, 29)),
        ("1005006000000001", date(2024, 12, 30), 0, 1, 1, None, date(2024, 12, 31)),
        ("1005006000000001", MONDAY, 2, -1, 0, -1999, None),
        ("猫窝", MONDAY, 2, 3, 1, 1050, day(6)),
    ]
    assert weeks.schema == product_weeks(AWKWARD).schema


# One source a week


def periods(*rows: tuple[str, date, date, int | None]) -> pl.DataFrame:
    product, start, end, units = zip(*rows, strict=True)
    return PERIOD_SALES.frame(
        channel=[FM] * len(rows), product_id=product, period_start=start, period_end=end, units_paid=units
    )


def jit_orders(*rows: tuple[str, date, int], po_type: str = "jit") -> dict[str, pl.DataFrame]:
    product, ordered, quantity = zip(*rows, strict=True)
    numbers = [f"po{n}" for n in range(len(rows))]
    return {
        "purchase_orders": PURCHASE_ORDERS.frame(
            purchase_order_no=numbers,
            po_type=[po_type] * len(rows),
            ordered_at=[datetime(d.year, d.month, d.day, 9) for d in ordered],
        ),
        "purchase_order_lines": PURCHASE_ORDER_LINES.frame(
            purchase_order_no=numbers, product_id=product, quantity=quantity
        ),
    }


def weekly(tables: Tables, settings: Settings = DEFAULTS) -> list[tuple[Any, ...]]:
    return weekly_sales(tables, settings=settings).select("product_id", "week_start", "units", "sales_source").rows()


def test_orders_win_over_the_period_export_and_are_never_added_to_it() -> None:
    tables = Tables(
        order_lines=lines(("a", MONDAY, 2, 100, "paid")),
        period_sales=periods(("a", MONDAY, day(6), 9), ("a", day(-7), day(-1), 5)),
    )

    assert weekly(tables) == [("a", day(-7), 5, "period_export"), ("a", MONDAY, 2, "orders")]


def test_a_week_told_by_orders_has_no_period_row_even_for_products_without_a_line() -> None:
    tables = Tables(order_lines=lines(("a", MONDAY, 2, 100, "paid")), period_sales=periods(("b", MONDAY, day(6), 9)))

    assert weekly(tables) == [("a", MONDAY, 2, "orders")]


def test_jit_purchase_orders_are_sales_where_no_order_file_tells_the_week() -> None:
    tables = Tables(
        **jit_orders(("a", day(-7), 3), ("a", day(1), 4)),
        order_lines=lines(("a", MONDAY, 2, 100, "paid")),
        period_sales=periods(("a", day(-7), day(-1), 9)),
    )

    assert weekly(tables) == [("a", day(-7), 3, "jit_purchase_orders"), ("a", MONDAY, 2, "orders")]


def test_purchase_orders_into_the_warehouse_are_receipts_not_sales() -> None:
    assert weekly(Tables(**jit_orders(("a", MONDAY, 500), po_type="warehouse"))) == []


def test_jit_purchase_orders_say_nothing_of_goods_in_the_warehouse() -> None:
    tables = Tables(**jit_orders(("a", MONDAY, 4)), period_sales=periods(("goods", MONDAY, day(6), 9)))

    assert weekly(tables) == [("a", MONDAY, 4, "jit_purchase_orders"), ("goods", MONDAY, 9, "period_export")]


def test_the_catalog_decides_what_is_jit_and_purchase_orders_where_it_is_silent() -> None:
    catalog = CATALOG.frame(product_id=["a", "b", "c"], stocking_type=["warehouse", "jit", None])
    tables = Tables(catalog=catalog, **jit_orders(("a", MONDAY, 1), ("c", MONDAY, 1)))

    assert jit_goods(tables)["product_id"].to_list() == ["b", "c"]


@pytest.mark.parametrize(
    ("start", "end"), [(MONDAY, day(5)), (day(-1), day(5)), (day(-7), day(6)), (date(2026, 11, 1), date(2026, 11, 30))]
)
def test_a_period_that_is_not_one_iso_week_stays_a_period_fact(start: date, end: date) -> None:
    assert weekly(Tables(period_sales=periods(("a", start, end, 9)))) == []


def test_of_two_exports_of_one_week_the_newer_counts() -> None:
    twice = periods(("a", MONDAY, day(6), 9), ("a", MONDAY, day(6), 8)).with_columns(
        observed_on=pl.Series([day(9), day(7)])
    )

    assert weekly(Tables(period_sales=twice)) == [("a", MONDAY, 9, "period_export")]


def test_absent_from_a_period_export_is_unknown_unless_the_store_says_zero() -> None:
    tables = Tables(catalog=CATALOG.frame(product_id=["a", "b"]), period_sales=periods(("a", MONDAY, day(6), 9)))
    says_zero = Settings(store=Store(absent_from_period_means_zero=True))

    assert weekly(tables) == [("a", MONDAY, 9, "period_export")]
    assert weekly(tables, says_zero) == [("a", MONDAY, 9, "period_export"), ("b", MONDAY, 0, "period_export")]


def test_channels_are_kept_apart() -> None:
    tables = Tables(
        order_lines=lines(("a", MONDAY, 2, 100, "paid"), channel="self_run"),
        period_sales=periods(("a", MONDAY, day(6), 9)),
    )

    assert weekly_sales(tables, settings=DEFAULTS).select("channel", "units").rows() == [(FM, 9), ("self_run", 2)]


def test_stated_coverage_counts_before_what_the_lines_seem_to_say() -> None:
    stated = COVERAGE.frame(sales_source=["orders"], channel=[FM], first_day=[day(-2)], last_day=[day(1)])
    told = told_days(Tables(order_lines=lines(("a", MONDAY, 2, 100, "paid")), coverage=stated))

    assert told["day"].to_list() == [day(n) for n in (-2, -1, 0, 1)]


# Properties

_line = st.tuples(
    st.sampled_from(["a", "b", "c"]),
    st.integers(-40, 6).map(day),
    st.integers(-2, 9).filter(bool),
    st.sampled_from([None, 100, 250]),
    st.sampled_from(["paid", "finished", "cancelled", None]),
)
_some_lines = st.lists(_line, min_size=1, max_size=25)


@given(rows=_some_lines, order=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_does_not_matter(rows: list[tuple[Any, ...]], order: Any) -> None:
    mixed = list(rows)
    order.shuffle(mixed)
    cuts = window_cuts(day(6))

    assert_frame_equal(product_weeks(lines(*rows), cuts=cuts), product_weeks(lines(*mixed), cuts=cuts))


@given(rows=_some_lines)
@settings(max_examples=40, deadline=None)
def test_the_same_units_through_a_lower_source_change_nothing(rows: list[tuple[Any, ...]]) -> None:
    orders = Tables(order_lines=lines(*rows))
    once = weekly_sales(orders, settings=DEFAULTS)
    again = [(row["product_id"], row["week_start"], max(row["units"], 0)) for row in once.to_dicts()]
    if not again:
        return
    weeks = periods(*[(product, week, week + timedelta(days=6), units) for product, week, units in again])
    # Purchase orders follow orders, so they lie on days that the order file tells.
    told = [row for row in rows if row[2] > 0] or [("a", rows[0][1], 1, None, "paid")]
    thrice = Tables(order_lines=lines(*rows), period_sales=weeks, **jit_orders(*[(p, d, q) for p, d, q, _, _ in told]))

    assert_frame_equal(weekly_sales(thrice, settings=DEFAULTS), once)


@given(rows=_some_lines, at=st.lists(st.integers(-40, 6).map(day), max_size=4, unique=True))
@settings(max_examples=40, deadline=None)
def test_cuts_split_weeks_and_lose_nothing(rows: list[tuple[Any, ...]], at: list[date]) -> None:
    whole, parts = product_weeks(lines(*rows)), product_weeks(lines(*rows), cuts=sorted(at))
    key = ["channel", "product_id", "week_start"]
    together = parts.group_by(key).agg(pl.col("units", "orders").sum()).sort(key)

    assert_frame_equal(together, whole.select(*key, "units", "orders"))


def test_the_weekly_table_keeps_its_promise_of_one_row_a_key() -> None:
    tables = Tables(
        **jit_orders(("a", day(-7), 3)),
        order_lines=lines(("a", MONDAY, 2, 100, "paid"), ("a", day(1), 1, 100, "paid")),
        period_sales=periods(("a", day(-14), day(-8), 9), ("a", day(-7), day(-1), 9)),
    )
    weeks = weekly_sales(tables, settings=DEFAULTS)

    assert weeks.schema == pl.Schema(WEEKLY_SALES.dtypes)
    assert not weeks.select(WEEKLY_SALES.key).is_duplicated().any()
    assert weeks["sales_source"].to_list() == ["period_export", "jit_purchase_orders", "orders"]
