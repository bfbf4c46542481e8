from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from toolkit.analyze.sell_through import in_stock_days, mean_on_hand, with_sell_through

AS_OF = date(2026, 11, 22)


def history(*counts: tuple[int, int]) -> pl.DataFrame:
    """Counts of one product: (days before the day of analysis, units)."""
    return pl.DataFrame(
        {
            "product_id": ["a"] * len(counts),
            "observed_on": [AS_OF - timedelta(days=ago) for ago, _ in counts],
            "on_hand_units": [units for _, units in counts],
            "sellable_units": [units for _, units in counts],
        }
    )


@pytest.mark.parametrize(
    ("counts", "days"),
    [
        (((90, 5), (0, 5)), 90),
        (((90, 0), (0, 0)), 0),
        (((90, 5), (30, 0), (0, 0)), 30),  # half of the stretch in which it ran out
        (((90, 0), (30, 5), (0, 5)), 60),
        (((400, 5), (10, 5)), 90),  # the last count holds
        (((40, 0), (20, 0)), 50),  # before the first count it is taken as in stock
    ],
)
def test_days_in_stock_follow_the_counts(counts: tuple[tuple[int, int], ...], days: int) -> None:
    assert in_stock_days(history(*counts), as_of=AS_OF)["days_in_stock_90d"].to_list() == [days]


def test_one_count_says_nothing_of_the_days_before() -> None:
    assert in_stock_days(history((3, 8)), as_of=AS_OF).is_empty()


def test_the_mean_on_hand_is_that_of_the_counts_of_90_days() -> None:
    assert mean_on_hand(history((120, 900), (80, 10), (2, 30)), as_of=AS_OF)["mean_on_hand"].to_list() == [20.0]


KINDS = {"stocking_type": pl.String, "mean_on_hand": pl.Float64, "units_90d": pl.Int64, "weeks_sold_90d": pl.Int64}


def product(**facts: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "units_90d": 18, "covered_days_90d": 90, "weeks_sold_90d": 6, "days_in_stock_90d": 90, "on_hand_units": 6,
        "sellable_units": 4, "mean_on_hand": 9.0, "stocking_type": "warehouse",
    }  # fmt: skip
    frame = pl.DataFrame([known | facts], schema_overrides=KINDS)
    return with_sell_through(frame).row(0, named=True)


def test_the_two_sell_throughs_have_two_names() -> None:
    found = product()

    assert found["sold_share_90d"] == pytest.approx(18 / 24)
    assert found["stock_turn_90d"] == pytest.approx(2.0)


def test_cover_is_sellable_units_over_the_weekly_rate() -> None:
    found = product()

    assert found["rate_of_sale"] == pytest.approx(18 / 90 * 7)
    assert found["weeks_of_cover"] == pytest.approx(4 / 1.4)


def test_the_rate_counts_weeks_in_stock_not_weeks_on_the_calendar() -> None:
    assert product(days_in_stock_90d=42)["rate_of_sale"] == pytest.approx(3.0)


def test_a_week_that_sold_was_a_week_in_stock_whatever_the_counts_say() -> None:
    assert product(days_in_stock_90d=0)["rate_of_sale"] == pytest.approx(3.0)


def test_days_that_no_file_tells_are_no_days_in_stock() -> None:
    assert product(covered_days_90d=42)["rate_of_sale"] == pytest.approx(3.0)


def test_jit_stock_is_a_typed_number_so_only_the_rate_is_known() -> None:
    found = product(stocking_type="jit")

    assert found["rate_of_sale"] == pytest.approx(1.4)
    assert [found[name] for name in ("sold_share_90d", "stock_turn_90d", "weeks_of_cover")] == [None, None, None]


def test_where_nothing_sells_cover_is_unknown_and_not_infinite() -> None:
    found = product(units_90d=0, weeks_sold_90d=0)

    assert (found["rate_of_sale"], found["sold_share_90d"], found["weeks_of_cover"]) == (0.0, 0.0, None)


def test_nothing_sold_and_nothing_on_hand_is_no_share_of_anything() -> None:
    found = product(units_90d=0, on_hand_units=0, mean_on_hand=0.0)

    assert (found["sold_share_90d"], found["stock_turn_90d"]) == (None, None)


def test_more_returned_than_sold_is_no_negative_rate() -> None:
    assert product(units_90d=-3)["rate_of_sale"] == 0.0


def test_without_sales_files_nothing_is_said() -> None:
    found = product(units_90d=None, covered_days_90d=0, weeks_sold_90d=None)

    assert [found[n] for n in ("rate_of_sale", "sold_share_90d", "stock_turn_90d", "weeks_of_cover")] == [None] * 4
