from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from toolkit.analyze.stock import binding_ambiguities, last_restock, on_the_way, stock_history, stock_of_products
from toolkit.schema import BINDINGS, CATALOG, PURCHASE_ORDER_LINES, PURCHASE_ORDERS, STOCK, Tables

AS_OF = date(2026, 11, 22)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def units(tables: Tables, *columns: str) -> list[tuple[Any, ...]]:
    return stock_of_products(tables, as_of=AS_OF).select("product_id", *columns).rows()


def receipts(**columns: list[Any]) -> dict[str, pl.DataFrame]:
    """Type-10 purchase orders of one line each; `product_id` and `quantity` go to the lines."""
    numbers = [f"po{n}" for n in range(len(columns["quantity"]))]
    line = {
        name: columns.pop(name)
        for name in ("product_id", "sc_item_id", "quantity", "received_units")
        if name in columns
    }
    heads = PURCHASE_ORDERS.frame(purchase_order_no=numbers, po_type=["warehouse"] * len(numbers), **columns)
    return {
        "purchase_orders": heads,
        "purchase_order_lines": PURCHASE_ORDER_LINES.frame(purchase_order_no=numbers, **line),
    }


def test_units_of_all_warehouses_add_up_without_the_defective_ones() -> None:
    stock = STOCK.frame(
        product_id=["a"] * 3, warehouse_code=["w1", "w2", "w1"], quality=["good", None, "defective"],
        on_hand_units=[5, 7, 100], observed_on=[AS_OF] * 3,
    )  # fmt: skip

    assert units(Tables(stock=stock), "on_hand_units") == [("a", 12)]


@pytest.mark.parametrize(
    ("on_hand", "locked", "sellable", "expected"),
    [
        (10, 3, None, (10, 7)),  # locked units are part of what is on hand
        (10, 3, 6, (10, 6)),  # the file's own number stands: locked units are not subtracted again
        (10, None, None, (10, 10)),
        (None, 3, 6, (9, 6)),
        (2, 5, None, (2, 0)),  # never below 0
    ],
)
def test_sellable_is_given_or_on_hand_less_locked_once(
    on_hand: int | None, locked: int | None, sellable: int | None, expected: tuple[int, int]
) -> None:
    stock = STOCK.frame(
        product_id=["a"], on_hand_units=[on_hand], locked_units=[locked], sellable_units=[sellable], observed_on=[AS_OF]
    )

    assert units(Tables(stock=stock), "on_hand_units", "sellable_units") == [("a", *expected)]


def test_the_newest_count_up_to_the_day_counts_and_later_ones_do_not() -> None:
    stock = STOCK.frame(
        product_id=["a"] * 3, on_hand_units=[50, 8, 1], observed_on=[ago(30), ago(2), AS_OF + timedelta(days=1)]
    )

    assert units(Tables(stock=stock), "on_hand_units", "stock_as_of") == [("a", 8, ago(2))]


def test_two_grains_of_one_product_are_never_added_the_finer_counts() -> None:
    stock = STOCK.frame(
        product_id=["a", None, None], sku_id=[None, "k1", "k2"], on_hand_units=[99, 5, 6], observed_on=[AS_OF] * 3
    )
    bindings = BINDINGS.frame(product_id=["a", "a"], sku_id=["k1", "k2"])

    assert units(Tables(stock=stock, bindings=bindings), "on_hand_units") == [("a", 11)]


def test_a_newer_coarse_count_counts_before_an_older_fine_one() -> None:
    stock = STOCK.frame(product_id=["a", "a"], sku_id=[None, "k1"], on_hand_units=[99, 5], observed_on=[AS_OF, ago(40)])

    assert units(Tables(stock=stock), "on_hand_units") == [("a", 99)]


def test_things_counted_within_a_week_are_one_count_and_its_day_is_the_oldest() -> None:
    stock = STOCK.frame(
        product_id=["a"] * 3,
        sku_id=["k1", "k2", "gone"],
        on_hand_units=[5, 6, 70],
        observed_on=[AS_OF, ago(3), ago(40)],
    )

    assert units(Tables(stock=stock), "on_hand_units", "stock_as_of") == [("a", 11, ago(3))]


def test_a_stock_file_is_preferred_to_the_product_list() -> None:
    catalog = CATALOG.frame(product_id=["a", "b"], on_hand_units=[70, 30], observed_on=[AS_OF] * 2)
    stock = STOCK.frame(product_id=["a"], on_hand_units=[4], observed_on=[ago(5)])

    assert units(Tables(catalog=catalog, stock=stock), "on_hand_units", "stock_as_of") == [
        ("a", 4, ago(5)),
        ("b", 30, AS_OF),
    ]


SHARED = Tables(
    stock=STOCK.frame(
        sc_item_id=["s1", "s2", "lost"], on_hand_units=[11, 3, 8], locked_units=[0, 1, 0], observed_on=[AS_OF] * 3
    ),
    bindings=BINDINGS.frame(product_id=["a", "b", "b"], sku_id=["k1", "k2", "k3"], sc_item_id=["s1", "s1", "s2"]),
)


def test_units_of_a_shared_warehouse_item_are_counted_once() -> None:
    assert units(SHARED, "on_hand_units", "sellable_units") == [("a", 6, 6), ("b", 8, 7)]


def test_shared_and_lost_counts_are_shown() -> None:
    assert binding_ambiguities(SHARED, as_of=AS_OF).rows() == [
        ("sc_item_id", "lost", None, 0, 8),
        ("sc_item_id", "s1", "a", 2, 6),
        ("sc_item_id", "s1", "b", 2, 5),
    ]


def test_an_item_of_two_skus_of_one_product_is_plainly_that_products() -> None:
    bindings = BINDINGS.frame(product_id=["a", "a"], sku_id=["k1", "k2"], sc_item_id=["s1", "s1"])
    stock = STOCK.frame(sc_item_id=["s1"], on_hand_units=[11], observed_on=[AS_OF])
    tables = Tables(stock=stock, bindings=bindings)

    assert units(tables, "on_hand_units") == [("a", 11)]
    assert binding_ambiguities(tables, as_of=AS_OF).is_empty()


def test_the_sellers_code_leads_to_the_product_where_no_binding_does() -> None:
    tables = Tables(
        catalog=CATALOG.frame(product_id=["a"], seller_sku=["CAT-01"], observed_on=[AS_OF]),
        stock=STOCK.frame(seller_sku=["CAT-01", "DOG-01"], on_hand_units=[4, 9], observed_on=[AS_OF] * 2),
    )

    assert units(tables, "on_hand_units") == [("a", 4)]
    assert binding_ambiguities(tables, as_of=AS_OF).rows() == [("seller_sku", "DOG-01", None, 0, 9)]


def test_an_unbound_row_is_no_bridge() -> None:
    tables = Tables(
        stock=STOCK.frame(sc_item_id=["s1"], on_hand_units=[11], observed_on=[AS_OF]),
        bindings=BINDINGS.frame(product_id=["a"], sku_id=["k1"], sc_item_id=["s1"], bind_status=["unbound"]),
    )

    assert units(tables, "on_hand_units") == []


def test_inbound_comes_from_one_source_only() -> None:
    ordered = receipts(product_id=["a", "b"], quantity=[40, 60], received_units=[None, 10])
    tables = Tables(
        catalog=CATALOG.frame(product_id=["a", "b", "c"], inbound_units=[1, 2, 3], observed_on=[AS_OF] * 3),
        stock=STOCK.frame(product_id=["a"], on_hand_units=[0], inbound_units=[25], observed_on=[AS_OF]),
        **ordered,
    )

    assert units(tables, "inbound_units") == [("a", 25), ("b", 50), ("c", 3)]


def test_what_arrived_or_was_cancelled_is_not_on_the_way() -> None:
    ordered = receipts(
        product_id=["a"] * 4, quantity=[1, 2, 4, 8],
        order_status=["received", "cancelled", "to_ship", None],
        arrived_at=[None, None, None, datetime(2026, 11, 20)],
    )  # fmt: skip

    assert on_the_way(Tables(**ordered), as_of=AS_OF).rows() == [("a", 4)]


def test_the_last_restock_is_the_last_receipt_or_a_later_rise() -> None:
    stock = STOCK.frame(
        product_id=["a", "a", "b", "b", "b"], on_hand_units=[9, 2, 1, 30, 12],
        observed_on=[ago(14), ago(7), ago(21), ago(14), ago(7)],
    )  # fmt: skip
    ordered = receipts(
        product_id=["a", "b", "a"], quantity=[5, 5, 5], order_status=["received", "received", "cancelled"],
        arrived_at=[datetime(2026, 11, 1), datetime(2026, 11, 1), datetime(2026, 11, 21)],
    )  # fmt: skip
    tables = Tables(stock=stock, **ordered)

    restocks = last_restock(tables, stock_history(tables, as_of=AS_OF), as_of=AS_OF)

    assert restocks.rows() == [("a", date(2026, 11, 1)), ("b", ago(14))]


def test_without_any_table_nothing_is_known() -> None:
    assert stock_of_products(Tables(), as_of=AS_OF).is_empty()
    assert stock_history(Tables(), as_of=AS_OF).is_empty()


_count = st.tuples(
    st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["w1", "w2"]), st.integers(0, 50), st.integers(0, 60).map(ago)
)


@given(
    counts=st.lists(_count, min_size=1, max_size=15, unique_by=lambda c: (c[0], c[1], c[3])),
    order=st.randoms(use_true_random=False),
)
@settings(max_examples=30, deadline=None)
def test_neither_the_order_of_rows_nor_sharing_makes_or_loses_units(counts: list[tuple[Any, ...]], order: Any) -> None:
    def tables(rows: list[tuple[Any, ...]]) -> Tables:
        item, warehouse, on_hand, day = zip(*rows, strict=True)
        return Tables(
            stock=STOCK.frame(sc_item_id=item, warehouse_code=warehouse, on_hand_units=on_hand, observed_on=day),
            bindings=BINDINGS.frame(product_id=["a", "b", "b", "c"], sc_item_id=["s1", "s1", "s2", "s3"]),
        )

    mixed = list(counts)
    order.shuffle(mixed)
    found = stock_of_products(tables(counts), as_of=AS_OF)
    newest = {item: max(day for i, _, _, day in counts if i == item) for item, *_ in counts}
    there = sum(on_hand for item, _, on_hand, day in counts if day == newest[item])

    assert_frame_equal(found, stock_of_products(tables(mixed), as_of=AS_OF))
    assert found["on_hand_units"].sum() <= there
    if len(set(newest.values())) == 1:
        assert found["on_hand_units"].sum() == there
