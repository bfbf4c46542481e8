from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from toolkit.analyze.profile import product_profile
from toolkit.schema import CATALOG, COVERAGE, ORDER_LINES, PERIOD_SALES, PURCHASE_ORDER_LINES, PURCHASE_ORDERS, Tables
from toolkit.settings import DEFAULTS

AS_OF = date(2026, 11, 22)
FM = "fully_managed"


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def orders(*days: int, told: tuple[int, int] = (200, 0)) -> dict[str, pl.DataFrame]:
    """One unit of product a sold so many days ago; the files tell all sales of the days between."""
    return {
        "order_lines": ORDER_LINES.frame(
            channel=[FM] * len(days), product_id=["a"] * len(days), ordered_on=[ago(d) for d in days],
            quantity=[1] * len(days), order_status=["paid"] * len(days),
        ),
        "coverage": COVERAGE.frame(
            sales_source=["orders"], channel=[FM], first_day=[ago(told[0])], last_day=[ago(told[1])]
        ),
    }  # fmt: skip


def listed(days: int | None) -> pl.DataFrame:
    return CATALOG.frame(product_id=["a"], listed_on=[None if days is None else ago(days)], observed_on=[AS_OF])


def period(*rows: tuple[int, int, int]) -> pl.DataFrame:
    """Period rows of product a: (days ago it began, days ago it ended, units)."""
    return PERIOD_SALES.frame(
        channel=[FM] * len(rows), product_id=["a"] * len(rows), period_start=[ago(r[0]) for r in rows],
        period_end=[ago(r[1]) for r in rows], units_paid=[r[2] for r in rows],
    )  # fmt: skip


def quiet(**tables: Any) -> tuple[int | None, int | None, int | None]:
    """Days without a sale: exact, at least, at most."""
    profile = product_profile(Tables(**tables), as_of=AS_OF, settings=DEFAULTS).filter(pl.col("product_id") == "a")
    return profile.select("days_without_sale", "days_without_sale_min", "days_without_sale_max").row(0)


def test_days_count_from_the_last_sale() -> None:
    assert quiet(catalog=listed(400), **orders(100, 12)) == (12, 12, 12)


def test_a_product_listed_after_its_last_sale_counts_from_its_listing() -> None:
    assert quiet(catalog=listed(5), **orders(40)) == (5, 5, 5)


def test_a_restock_starts_the_count_again() -> None:
    receipt = {
        "purchase_orders": PURCHASE_ORDERS.frame(
            purchase_order_no=["p"],
            po_type=["warehouse"],
            arrived_at=[pl.select(pl.lit(ago(8)).cast(pl.Datetime)).item()],
        ),
        "purchase_order_lines": PURCHASE_ORDER_LINES.frame(purchase_order_no=["p"], product_id=["a"], quantity=[5]),
    }

    assert quiet(catalog=listed(400), **orders(40), **receipt) == (8, 8, 8)


def test_never_sold_since_it_was_listed_is_exact_where_the_files_tell_all_that_time() -> None:
    assert quiet(catalog=listed(150), **orders(told=(200, 0))) == (150, 150, 150)


def test_never_seen_selling_is_a_range_where_the_data_begin_after_the_listing() -> None:
    # The file's first day is 60 days ago: it may have sold on the day before.
    assert quiet(catalog=listed(500), **orders(told=(60, 0))) == (None, 61, 500)


def test_without_a_listing_day_the_longest_time_is_unknown() -> None:
    assert quiet(catalog=listed(None), **orders(told=(60, 0))) == (None, 61, None)


def test_the_days_run_only_as_far_back_as_the_files_tell_without_a_gap() -> None:
    tables = orders(told=(30, 0))
    gap = COVERAGE.frame(sales_source=["orders"], channel=[FM], first_day=[ago(300)], last_day=[ago(50)])

    assert quiet(catalog=listed(500), **tables | {"coverage": pl.concat([gap, tables["coverage"]])}) == (None, 31, 500)


def test_without_any_sales_file_nothing_is_said() -> None:
    assert quiet(catalog=listed(500)) == (None, None, None)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([(29, 0, 3)], (None, 0, 29)),
        ([(59, 30, 3), (29, 0, 0)], (None, 30, 59)),
        ([(29, 0, 0)], (None, 30, 500)),
        ([(59, 30, 0), (29, 0, 0)], (None, 60, 500)),
        ([(99, 70, 0), (29, 0, 0)], (None, 30, 500)),  # a month nobody told lies between
    ],
)
def test_a_total_of_a_period_gives_a_range(
    periods: list[tuple[int, int, int]], expected: tuple[int | None, int, int]
) -> None:
    assert quiet(catalog=listed(500), period_sales=period(*periods)) == expected


def test_days_told_by_orders_are_not_blurred_by_a_total_of_the_same_time() -> None:
    assert quiet(catalog=listed(400), period_sales=period((40, 11, 5)), **orders(25)) == (25, 25, 25)


@pytest.mark.parametrize(
    ("untold", "told"),
    [
        pytest.param((60, 30), (None, 30, 100), id="a file is missing: the last sale may lie in it"),
        pytest.param((60, 55), (100, 100, 100), id="a few days are missing"),
    ],
)
def test_a_silence_is_not_counted_across_a_missing_file(
    untold: tuple[int, int], told: tuple[int | None, int, int]
) -> None:
    parts = [orders(100, told=(200, untold[0] + 1)), orders(100, told=(untold[1] - 1, 0))]
    coverage = pl.concat([part["coverage"] for part in parts])

    assert quiet(catalog=listed(400), order_lines=parts[0]["order_lines"], coverage=coverage) == told
