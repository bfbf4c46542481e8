from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.analyze.exposure import closed_weeks, evidence_of
from toolkit.schema import CATALOG, COVERAGE, ORDER_LINES, STOCK, Tables

AS_OF = date(2026, 2, 1)


def closed_days(tables: Tables, product_id: str) -> float:
    closed = evidence_of(tables, as_of=AS_OF).closed_weeks
    assert closed is not None
    return round(float(closed.filter(pl.col("product_id") == product_id)["closed_share"].sum()) * 7, 6)


def test_a_count_of_nothing_closes_the_days_until_the_next_count() -> None:
    stock = STOCK.frame(
        product_id=["a"] * 3,
        on_hand_units=[5, 0, 9],
        observed_on=[date(2026, 1, 1), date(2026, 1, 10), date(2026, 1, 20)],
    )

    assert closed_days(Tables(stock=stock), "a") == 10
    assert evidence_of(Tables(stock=stock), as_of=AS_OF).basis == "snapshots"


def test_the_newest_count_of_nothing_holds_to_the_day_itself() -> None:
    stock = STOCK.frame(product_id=["a"] * 2, on_hand_units=[5, 0], observed_on=[date(2026, 1, 1), date(2026, 1, 30)])

    assert closed_days(Tables(stock=stock), "a") == 3


def test_the_number_a_jit_seller_typed_closes_nothing() -> None:
    stock = STOCK.frame(product_id=["a"] * 2, on_hand_units=[0, 0], observed_on=[date(2026, 1, 1), date(2026, 1, 20)])
    catalog = CATALOG.frame(product_id=["a"], stocking_type=["jit"], observed_on=[date(2026, 1, 1)])

    assert closed_days(Tables(stock=stock, catalog=catalog), "a") == 0


def test_a_list_that_shows_a_product_off_sale_closes_the_days_until_the_next_list() -> None:
    catalog = CATALOG.frame(
        product_id=["a"] * 3,
        status=["on_sale", "delisted", "on_sale"],
        observed_on=[date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 15)],
    )

    assert closed_days(Tables(catalog=catalog), "a") == 7
    assert evidence_of(Tables(catalog=catalog), as_of=AS_OF).basis == "listing_status"


def test_one_count_says_nothing_about_the_past() -> None:
    stock = STOCK.frame(product_id=["a"], on_hand_units=[5], observed_on=[date(2026, 1, 30)])

    assert evidence_of(Tables(stock=stock), as_of=AS_OF).basis == "calendar"


def test_days_no_file_tells_are_closed_for_everybody() -> None:
    coverage = COVERAGE.frame(
        sales_source=["orders"] * 2,
        channel=["fully_managed"] * 2,
        first_day=[date(2025, 12, 1), date(2026, 1, 19)],
        last_day=[date(2026, 1, 11), AS_OF],
    )

    told = evidence_of(Tables(coverage=coverage), as_of=AS_OF)

    assert told.known_since == date(2025, 12, 1)
    assert told.closed_weeks is not None
    assert told.closed_weeks.rows() == [(None, date(2026, 1, 12), 1.0)]


def test_overlapping_reasons_close_a_day_once() -> None:
    stretches = pl.DataFrame(
        {
            "product_id": ["a", "a"],
            "first_day": [date(2026, 1, 5)] * 2,
            "last_day": [date(2026, 1, 11), date(2026, 1, 8)],
        }
    )

    assert closed_weeks(stretches, as_of=AS_OF)["closed_share"].to_list() == [1.0]


def test_written_off_stock_is_read_from_the_order_file() -> None:
    lines = ORDER_LINES.frame(
        channel=["fully_managed"] * 2,
        product_id=["a", "a"],
        ordered_on=[date(2026, 1, 5)] * 2,
        quantity=[2, -30],
        unit_price_fen=[500, 0],
    )

    moves = evidence_of(Tables(order_lines=lines), as_of=AS_OF).moves

    assert moves is not None
    assert moves["units"].to_list() == [-30]


def test_a_shelf_is_empty_from_the_sale_that_took_the_last_unit() -> None:
    stock = STOCK.frame(
        product_id=["a", "a", "b", "b"],
        on_hand_units=[5, 0, 5, 0],
        observed_on=[date(2026, 1, 1), date(2026, 1, 10), date(2026, 1, 1), date(2026, 1, 10)],
    )
    lines = ORDER_LINES.frame(
        channel=["fully_managed"] * 3,
        product_id=["a", "a", "b"],
        quantity=[2, 3, 2],
        ordered_on=[date(2026, 1, 2), date(2026, 1, 4), date(2026, 1, 4)],
        order_status=["paid"] * 3,
    )

    plain = closed_days(Tables(stock=stock), "a")

    assert closed_days(Tables(stock=stock, order_lines=lines), "a") == plain + 5
    # Three of five were not sold but gone: nobody knows when.
    assert closed_days(Tables(stock=stock, order_lines=lines), "b") == plain
