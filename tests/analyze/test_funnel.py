from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from toolkit.analyze.funnel import newest_period, with_funnel_advice
from toolkit.schema import PERIOD_SALES, Tables
from toolkit.settings import Funnel

NUMBERS = ("search_impressions", "page_views", "visitors", "add_to_cart_buyers", "units_paid")


@pytest.mark.parametrize(
    ("numbers", "advice"),
    [
        ((900, 0, 0, 0, 0), "improve_image_title"),
        ((900, 3, 3, 0, 0), "improve_image_title"),  # 3 of 900 is less than 0.5 %
        ((900, 40, 30, 0, 0), "check_price_details"),
        ((900, 40, None, 0, 0), "check_price_details"),  # page views stand in for visitors
        ((900, 40, 30, 2, 0), "check_payment_step"),
        ((900, 40, 30, 2, 1), "fine"),
        ((0, 0, 0, 0, 0), "too_little_traffic"),
        ((50, 0, 0, 0, 0), "too_little_traffic"),
        ((900, 12, 12, 0, 0), "too_little_traffic"),  # opened often enough, by too few to judge price and details
        ((None, None, None, None, None), None),
        ((None, None, None, None, 3), None),
    ],
)
def test_advice_names_where_buyers_stop(numbers: tuple[int | None, ...], advice: str | None) -> None:
    seen = pl.DataFrame([numbers], schema=dict.fromkeys(NUMBERS, pl.Int64), orient="row")

    assert with_funnel_advice(seen, Funnel())["funnel_advice"].item() == advice


def test_the_newest_finished_period_is_read_and_the_longest_of_those_that_end_together() -> None:
    periods = PERIOD_SALES.frame(
        channel=["fully_managed"] * 4 + ["self_run"],
        product_id=["a"] * 5,
        period_start=[date(2026, 11, d) for d in (9, 2, 1, 16, 1)],
        period_end=[date(2026, 11, d) for d in (15, 8, 15, 22, 15)],
        units_paid=[1, 2, 3, 4, 5],
    )

    found = newest_period(Tables(period_sales=periods), as_of=date(2026, 11, 18))

    assert found.select("period_start", "units_paid").rows() == [(date(2026, 11, 1), 3)]
