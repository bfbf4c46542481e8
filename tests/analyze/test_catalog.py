from __future__ import annotations

from datetime import date

from toolkit.analyze.catalog import newest_catalog
from toolkit.analyze.suspects import suspect_products
from toolkit.schema import CATALOG, ORDER_LINES, PERIOD_SALES, Tables

AS_OF = date(2026, 11, 22)


def test_each_column_comes_from_the_newest_list_that_states_it() -> None:
    lists = CATALOG.frame(
        product_id=["a"] * 3, status=["on_sale", "delisted", None], unit_cost_fen=[900, None, None],
        on_hand_units=[5, None, None], observed_on=[date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)],
    )  # fmt: skip

    found = newest_catalog(Tables(catalog=lists), as_of=AS_OF)

    assert found.select("status", "unit_cost_fen", "observed_on", "on_hand_on").rows() == [
        ("delisted", 900, date(2026, 11, 1), date(2026, 9, 1))
    ]


def test_a_list_without_a_date_counts_only_where_no_dated_one_speaks() -> None:
    lists = CATALOG.frame(
        product_id=["a", "a"], title=["undated", "dated"], seller_sku=["S", None], observed_on=[None, AS_OF]
    )

    assert newest_catalog(Tables(catalog=lists), as_of=AS_OF).select("title", "seller_sku").rows() == [("dated", "S")]


def test_a_later_list_does_not_exist_yet() -> None:
    lists = CATALOG.frame(product_id=["a", "b"], observed_on=[AS_OF, date(2026, 11, 23)])

    assert newest_catalog(Tables(catalog=lists), as_of=AS_OF)["product_id"].to_list() == ["a"]


def test_an_id_is_suspect_until_a_sound_cell_says_exactly_the_same() -> None:
    catalog = CATALOG.frame(product_id=["1005006000000010", "1005006000000020", "3"], is_suspect_id=[True, True, False])
    periods = PERIOD_SALES.frame(channel=["fully_managed"], product_id=["1005006000000020"], is_suspect_id=[True])
    lines = ORDER_LINES.frame(product_id=["1005006000000010"], is_suspect_id=[False])

    assert suspect_products(Tables(catalog=catalog, period_sales=periods))["product_id"].to_list() == [
        "1005006000000010",
        "1005006000000020",
    ]
    confirmed = Tables(catalog=catalog, period_sales=periods, order_lines=lines.lazy())
    assert suspect_products(confirmed)["product_id"].to_list() == ["1005006000000020"]


def test_frames_that_do_not_say_are_sound() -> None:
    assert suspect_products(Tables(catalog=CATALOG.frame(product_id=["a"]))).is_empty()
    assert suspect_products(Tables()).is_empty()
