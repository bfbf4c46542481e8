from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from toolkit.analyze.past import Evidence, past_of, stock_moves
from toolkit.schema import WEEKLY_SALES

MONDAY = date(2026, 1, 5)


def weekly(**rows: list) -> pl.DataFrame:
    return WEEKLY_SALES.frame(**rows)


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def test_channels_of_a_week_are_added() -> None:
    sales = weekly(
        channel=["fully_managed", "self_run"],
        product_id=["a", "a"],
        week_start=[week(0)] * 2,
        units=[3, 2],
        orders=[1, 2],
    )

    past = past_of(sales, sales.select("product_id"), as_of=week(2))

    assert past.units.tolist() == [5.0]
    assert past.orders.tolist() == [3.0]


def test_weeks_after_the_day_and_products_not_asked_for_are_left_out() -> None:
    sales = weekly(product_id=["a", "a", "b"], week_start=[week(0), week(3), week(0)], units=[1, 9, 9])

    past = past_of(sales, pl.DataFrame({"product_id": ["a"]}), as_of=week(2))

    assert past.units.tolist() == [1.0]


def test_a_product_never_sold_has_a_place() -> None:
    sales = weekly(product_id=["b"], week_start=[week(0)], units=[1])

    past = past_of(sales, pl.DataFrame({"product_id": ["b", "a"]}), as_of=week(2))

    assert past.ids.to_list() == ["a", "b"]
    assert past.product.tolist() == [1]


def test_closed_weeks_of_one_product_do_not_stop_the_clock_of_another() -> None:
    sales = weekly(product_id=["a", "b"], week_start=[week(0)] * 2, units=[1, 1])
    closed = pl.DataFrame({"product_id": ["a", "a"], "week_start": [week(1), week(2)], "closed_share": [1.0, 0.5]})

    past = past_of(
        sales, sales.select("product_id"), as_of=week(5), evidence=Evidence(closed_weeks=closed, basis="snapshots")
    )
    stopped = past.closed.between(np.array([0, 1]), np.full(2, past.start), np.full(2, past.end))

    assert stopped.tolist() == pytest.approx([1.5, 0.0], abs=1e-9)


def test_a_week_nobody_tells_is_closed_for_all_and_only_once() -> None:
    sales = weekly(product_id=["a", "b"], week_start=[week(0)] * 2, units=[1, 1])
    closed = pl.DataFrame({"product_id": ["a", None], "week_start": [week(1), week(1)], "closed_share": [1.0, 1.0]})

    past = past_of(
        sales, sales.select("product_id"), as_of=week(5), evidence=Evidence(closed_weeks=closed, basis="snapshots")
    )
    stopped = past.closed.between(np.array([0, 1]), np.full(2, past.start), np.full(2, past.end))

    assert stopped.tolist() == pytest.approx([1.0, 1.0], abs=1e-9)


def test_only_lines_that_cost_nothing_are_stock_movements() -> None:
    lines = pl.DataFrame(
        {
            "product_id": ["a"] * 4,
            "ordered_on": [MONDAY] * 4,
            "quantity": [-5, -5, 3, 0],
            "unit_price_fen": [0, 199, None, 0],
        }
    )

    assert stock_moves(lines)["units"].to_list() == [-5]


@pytest.mark.parametrize(("title", "words"), [("Red Heart Mug", 3), ("折叠水杯", 3), ("mug", 1)])
def test_titles_give_latin_words_and_pairs_of_chinese_characters(title: str, words: int) -> None:
    products = pl.DataFrame({"product_id": ["a", "b"], "title": [title, title]})
    sales = weekly(product_id=["a"], week_start=[week(0)], units=[1])

    past = past_of(sales, products, as_of=week(2))

    assert past.words is not None
    assert past.words.count == words
