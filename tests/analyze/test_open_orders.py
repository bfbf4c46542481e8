from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from toolkit.analyze.coverage import told_days
from toolkit.analyze.open_orders import checked_by, owed_units, with_open_orders
from toolkit.schema import COVERAGE, ORDER_LINES, PURCHASE_ORDER_LINES, PURCHASE_ORDERS, Tables

AS_OF = date(2026, 11, 22)
YESTERDAY = AS_OF - timedelta(days=1)


def order_lines(*rows: tuple[str, str, int, str | None], day: date = YESTERDAY) -> pl.DataFrame:
    """Lines of (product, order, quantity, state)."""
    product, order, quantity, state = zip(*rows, strict=True)
    return ORDER_LINES.frame(
        channel=["fully_managed"] * len(rows), product_id=product, order_id=order, quantity=quantity, order_status=state,
        ordered_on=[day] * len(rows),
    )  # fmt: skip


def jit(order_id: str | None, quantity: int, **head: Any) -> dict[str, pl.DataFrame]:
    heads = {"po_type": "jit", "ordered_at": datetime(2026, 11, 20), "order_id": order_id} | head
    return {
        "purchase_orders": PURCHASE_ORDERS.frame(
            purchase_order_no=["p"], **{name: [value] for name, value in heads.items()}
        ),
        "purchase_order_lines": PURCHASE_ORDER_LINES.frame(
            purchase_order_no=["p"], product_id=["a"], quantity=[quantity]
        ),
    }


def owed(**tables: Any) -> list[tuple[str, int]]:
    return owed_units(Tables(**tables), as_of=AS_OF).rows()


def test_owed_is_what_is_paid_and_has_not_left() -> None:
    states = ["paid", "partly_shipped", "cancelling", "unpaid", "shipped", "finished", "cancelled", "refunded", None]
    lines = order_lines(*[("a", f"o{n}", 10**n, state) for n, state in enumerate(states)])

    assert owed(order_lines=lines) == [("a", 111)]


def test_a_jit_purchase_order_of_an_owed_order_is_not_counted_again() -> None:
    lines = order_lines(("a", "o1", 2, "paid"))

    assert owed(order_lines=lines, **jit("o1", 2)) == [("a", 2)]
    assert owed(order_lines=lines, **jit("o2", 3)) == [("a", 5)]
    assert owed(order_lines=lines, **jit(None, 3)) == [("a", 5)]


@pytest.mark.parametrize(
    "head",
    [
        {"arrived_at": datetime(2026, 11, 21)},
        {"order_status": "received"},
        {"order_status": "cancelled"},
        {"po_type": "warehouse"},
    ],
)
def test_what_arrived_was_cancelled_or_fills_the_warehouse_is_owed_to_nobody(head: dict[str, Any]) -> None:
    assert owed(**jit("o1", 3, **head)) == []


def test_an_arrival_after_the_day_of_analysis_has_not_happened_yet() -> None:
    assert owed(**jit("o1", 3, arrived_at=datetime(2026, 11, 23))) == [("a", 3)]


def checked(stale_days: int = 3, **tables: Any) -> tuple[str, ...]:
    held = Tables(**tables)
    return checked_by(held, told_days(held, as_of=AS_OF), as_of=AS_OF, stale_days=stale_days)


def test_an_old_order_file_cannot_show_open_orders() -> None:
    old = order_lines(("a", "o1", 1, "finished"), day=AS_OF - timedelta(days=4))

    assert checked(order_lines=old) == ()
    assert checked(order_lines=old, stale_days=4) == ("orders",)


def test_an_order_file_without_states_cannot_show_open_orders() -> None:
    assert checked(order_lines=order_lines(("a", "o1", 1, None))) == ()


def test_a_quiet_day_that_the_files_tell_is_checked() -> None:
    told = COVERAGE.frame(
        sales_source=["orders"], channel=["fully_managed"], first_day=[date(2026, 1, 1)], last_day=[AS_OF]
    )
    old = order_lines(("a", "o1", 1, "finished"), day=AS_OF - timedelta(days=30))

    assert checked(order_lines=old, coverage=told) == ("orders",)


def shown(owed_by: dict[str, int], by: tuple[str, ...], **facts: Any) -> tuple[Any, ...]:
    product = {"product_id": "a", "is_jit": False, "sellable_units": 4, "locked_units": 3} | facts
    kinds = {"sellable_units": pl.Int64, "locked_units": pl.Int64}
    units = pl.DataFrame(list(owed_by.items()), schema={"product_id": pl.String, "open_units": pl.Int64}, orient="row")
    found = with_open_orders(pl.DataFrame([product], schema_overrides=kinds), units, checked=by)
    return found.select("open_orders_state", "open_units", "shippable_units", "gap_units").row(0)


def test_locked_units_are_held_for_these_orders_and_can_be_shipped() -> None:
    assert shown({"a": 9}, ("orders",)) == ("open", 9, 7, 2)


def test_no_open_orders_leave_no_gap() -> None:
    assert shown({}, ("orders",)) == ("none", 0, 7, 0)


def test_unchecked_is_not_none() -> None:
    assert shown({}, ()) == ("unchecked", None, None, None)


def test_jit_purchase_orders_check_jit_goods_only() -> None:
    assert shown({}, ("jit_purchase_orders",))[0] == "unchecked"
    assert shown({}, ("jit_purchase_orders",), is_jit=True)[0] == "none"


def test_units_known_to_be_owed_are_open_whatever_else_is_unchecked() -> None:
    assert shown({"a": 2}, ())[:2] == ("open", 2)


def test_without_a_stock_file_the_gap_is_unknown() -> None:
    assert shown({"a": 2}, ("orders",), sellable_units=None) == ("open", 2, None, None)
