from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from toolkit.analyze.jit import jit_record
from toolkit.schema import PURCHASE_ORDER_LINES, PURCHASE_ORDERS, Tables

AS_OF = date(2026, 11, 22)
ORDERED = datetime(2026, 11, 1, 9)


def record(took_hours: list[float | None], **head: list[Any]) -> list[tuple[Any, ...]]:
    """The record of one product whose orders took so many hours."""
    numbers = [f"p{n}" for n in range(len(took_hours))]
    arrived = [None if hours is None else ORDERED + timedelta(hours=hours) for hours in took_hours]
    heads: dict[str, list[Any]] = {
        "po_type": ["jit"] * len(numbers), "ordered_at": [ORDERED] * len(numbers), "arrived_at": arrived,
    }  # fmt: skip
    tables = Tables(
        purchase_orders=PURCHASE_ORDERS.frame(purchase_order_no=numbers, **(heads | head)),
        purchase_order_lines=PURCHASE_ORDER_LINES.frame(
            purchase_order_no=numbers, product_id=["a"] * len(numbers), quantity=[1] * len(numbers)
        ),
    )
    return jit_record(tables, as_of=AS_OF, hours=48).select("jit_orders_timed", "jit_on_time_share").rows()


def test_48_hours_are_in_time_and_a_minute_more_is_not() -> None:
    assert record([48, 48 + 1 / 60, 10, 90]) == [(4, 0.5)]


def test_orders_without_both_times_are_not_counted() -> None:
    assert record([10, None]) == [(1, 1.0)]
    assert record([10, 10], ordered_at=[ORDERED, None]) == [(1, 1.0)]


def test_no_timed_order_is_no_share_not_zero() -> None:
    assert record([None]) == [(0, None)]


def test_an_arrival_before_its_order_is_no_time() -> None:
    assert record([-5]) == [(0, None)]


def test_cancelled_orders_and_later_arrivals_do_not_count() -> None:
    assert record([10, 90], order_status=["received", "cancelled"]) == [(1, 1.0)]
    assert record([24 * 40]) == [(0, None)]


def test_receipts_into_the_warehouse_are_no_jit_deliveries() -> None:
    assert record([10], po_type=["warehouse"]) == []
    assert jit_record(Tables(), as_of=AS_OF, hours=48).is_empty()
