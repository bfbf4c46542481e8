from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from toolkit.analyze.coverage import cut_of, told_since, window_cuts
from toolkit.analyze.profile import product_profile
from toolkit.schema import CATALOG, COVERAGE, ORDER_LINES, PERIOD_SALES, PURCHASE_ORDER_LINES, PURCHASE_ORDERS, Tables
from toolkit.settings import DEFAULTS

WEDNESDAY = date(2026, 11, 18)
FM = "fully_managed"
MONDAY = date(2026, 11, 9)


def ago(days: int) -> date:
    return WEDNESDAY - timedelta(days=days)


def orders(*days: int, told: tuple[int, int] = (500, 0), channel: str = FM) -> dict[str, pl.DataFrame]:
    return {
        "order_lines": ORDER_LINES.frame(
            channel=[channel] * len(days), product_id=["a"] * len(days), ordered_on=[ago(d) for d in days],
            quantity=[1] * len(days), unit_price_fen=[100] * len(days), currency=["CNY"] * len(days),
            order_status=["paid"] * len(days),
        ),
        "coverage": COVERAGE.frame(
            sales_source=["orders"], channel=[channel], first_day=[ago(told[0])], last_day=[ago(told[1])]
        ),
    }  # fmt: skip


def periods(*rows: tuple[date, int]) -> pl.DataFrame:
    return PERIOD_SALES.frame(
        channel=[FM] * len(rows), product_id=["a"] * len(rows), period_start=[r[0] for r in rows],
        period_end=[r[0] + timedelta(days=6) for r in rows], units_paid=[r[1] for r in rows],
    )  # fmt: skip


COLUMNS = ("units_7d", "units_30d", "units_90d", "units_365d", "covered_days_90d", "covered_days_365d")


def told(**tables: Any) -> tuple[Any, ...]:
    catalog = tables.pop("catalog", CATALOG.frame(product_id=["a"], observed_on=[WEDNESDAY]))
    profile = product_profile(Tables(catalog=catalog, **tables), as_of=WEDNESDAY, settings=DEFAULTS)
    return profile.filter(pl.col("product_id") == "a").select(COLUMNS).row(0)


def test_windows_end_on_the_day_itself_and_split_weeks_exactly() -> None:
    on_edges = orders(0, 6, 7, 29, 30, 89, 90, 364, 365)

    assert told(**on_edges) == (2, 4, 6, 8, 90, 365)


def test_a_window_that_no_file_tells_is_unknown_and_not_zero() -> None:
    assert told() == (None, None, None, None, 0, 0)
    assert told(**orders(50, told=(60, 40))) == (None, None, 1, 1, 21, 21)


def test_no_line_on_told_days_is_zero() -> None:
    assert told(**orders(200)) == (0, 0, 0, 1, 90, 365)


def test_a_week_of_the_period_export_counts_in_windows_that_hold_it_whole() -> None:
    # Monday 9th to Sunday 15th: all within 30 days of Wednesday 18th, not within 7.
    assert told(period_sales=periods((MONDAY, 5))) == (None, 5, 5, 5, 7, 7)


def test_a_week_without_a_row_in_the_export_is_unknown() -> None:
    two_of_three = periods((MONDAY, 5), (MONDAY - timedelta(weeks=2), 3))

    assert told(period_sales=two_of_three)[2:5] == (8, 8, 14)


def test_orders_and_the_period_export_together_count_each_day_once() -> None:
    both = orders(0, 3, told=(9, 0)) | {"period_sales": periods((MONDAY, 5), (MONDAY - timedelta(weeks=1), 4))}

    # Nine days ago is Monday 9th: that week is the orders'; the week before is the export's.
    assert told(**both) == (2, 6, 6, 6, 17, 17)


def test_jit_purchase_orders_tell_zeros_of_jit_goods_only() -> None:
    jit = {
        "purchase_orders": PURCHASE_ORDERS.frame(
            purchase_order_no=["p", "q"], po_type=["jit"] * 2,
            ordered_at=[datetime.combine(ago(days), datetime.min.time()) for days in (20, 0)],
        ),
        "purchase_order_lines": PURCHASE_ORDER_LINES.frame(
            purchase_order_no=["p", "q"], product_id=["b", "b"], quantity=[1, 1]
        ),
    }  # fmt: skip
    catalogs = {
        kind: CATALOG.frame(product_id=["a"], stocking_type=[kind], observed_on=[WEDNESDAY])
        for kind in ("jit", "warehouse")
    }

    assert told(catalog=catalogs["jit"], **jit) == (0, 0, 0, 0, 21, 21)
    assert told(catalog=catalogs["warehouse"], **jit) == (None, None, None, None, 0, 0)


def test_another_channel_tells_nothing_of_this_one() -> None:
    assert told(**orders(0, 1, channel="self_run")) == (None, None, None, None, 0, 0)


@pytest.mark.parametrize(
    ("days", "inside"), [(0, 4), (6, 4), (7, 3), (29, 3), (30, 2), (89, 2), (90, 1), (364, 1), (365, 0)]
)
def test_the_cut_says_in_which_windows_a_day_lies(days: int, inside: int) -> None:
    assert pl.select(cut_of(pl.lit(ago(days)), window_cuts(WEDNESDAY))).item() == inside


def test_no_told_day_has_no_beginning() -> None:
    assert told_since(pl.DataFrame(schema={"day": pl.Date})) is None
