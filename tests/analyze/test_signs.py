from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from toolkit.analyze.design import design, shop_of
from toolkit.analyze.past import Evidence, past_of
from toolkit.analyze.signs import COLUMNS, look, looks
from toolkit.schema import WEEKLY_SALES

MONDAY = date(2026, 1, 5)
AS_OF = MONDAY + timedelta(weeks=20, days=-1)


def sales(weeks_of: dict[str, list[int]]) -> pl.DataFrame:
    rows = [(p, MONDAY + timedelta(weeks=w)) for p, weeks in weeks_of.items() for w in weeks]
    return WEEKLY_SALES.frame(
        product_id=[p for p, _ in rows], week_start=[w for _, w in rows], units=[2] * len(rows), orders=[1] * len(rows)
    )


def test_what_comes_after_the_day_changes_nothing() -> None:
    early = sales({"a": [0, 3, 7], "b": [1, 2]})
    late = pl.concat([early, sales({"a": [15, 16], "b": [14]})])
    products = early.select("product_id").unique()
    day = past_of(early, products, as_of=AS_OF).start + 12 * 7

    one, two = (look(past_of(s, products, as_of=AS_OF), day) for s in (early, late))

    for name, values in one.signs.items():
        assert np.array_equal(values, two.signs[name]), name


def test_weeks_out_of_stock_do_not_lengthen_the_silence() -> None:
    table = sales({"a": [0, 1, 2, 3, 4, 5]})
    closed = pl.DataFrame(
        {
            "product_id": ["a"] * 14,
            "week_start": [MONDAY + timedelta(weeks=w) for w in range(6, 20)],
            "closed_share": [1.0] * 14,
        }
    )
    products = pl.DataFrame({"product_id": ["a"]})

    plain = past_of(table, products, as_of=AS_OF)
    told = past_of(table, products, as_of=AS_OF, evidence=Evidence(closed_weeks=closed, basis="snapshots"))

    assert look(plain, plain.end).silence[0] > 14
    assert look(told, told.end).silence[0] < 1


def test_a_shop_that_tells_less_gives_the_same_columns_with_silent_signs() -> None:
    table = sales({"a": [0, 5], "b": [1, 9, 12]}).with_columns(orders=pl.lit(None, pl.Int64))
    past = past_of(table, table.select("product_id").unique(), as_of=AS_OF)
    view = look(past, past.end)

    matrix = design(past, view, shop_of(view), 8)

    assert matrix.shape == (2, len(COLUMNS))
    for name in ("orders_3", "written_off", "words_rise", "season_turn", "year_ago"):
        assert not matrix[:, COLUMNS.index(name)].any(), name
    assert np.isfinite(matrix).all()


def test_stock_written_off_after_the_last_sale_is_a_sign_and_before_it_is_not() -> None:
    table = sales({"a": [0, 5], "b": [0, 5]})
    moves = pl.DataFrame(
        {"product_id": ["a", "b"], "moved_on": [MONDAY + timedelta(weeks=8), MONDAY], "units": [-30, -30]}
    )
    past = past_of(table, table.select("product_id").unique(), as_of=AS_OF, evidence=Evidence(moves=moves))

    assert look(past, past.end).signs["off_after"].tolist() == [1.0, 0.0]


def test_the_last_sale_but_one_is_read_from_weekly_rows() -> None:
    table = sales({"a": [2, 10]})
    past = past_of(table, table.select("product_id").unique(), as_of=AS_OF)
    view = look(past, past.end)

    # A week tells no day: its sales are put on its Thursday.
    assert np.exp(view.signs["second_silence"][0]) - 0.3 == pytest.approx((past.end - (past.start + 3)) / 7)


def test_a_season_turns_when_last_years_weeks_ahead_sold_more_than_those_behind() -> None:
    start = date(2025, 1, 6)
    weeks = [start + timedelta(weeks=w) for w in range(90)]
    summer = [w for w in weeks if 5 <= w.month <= 7]
    rows = pl.DataFrame(
        {
            "product_id": ["sandal"] * len(summer) + ["mug"] * len(weeks),
            "week_start": summer + weeks,
            "units": [20] * len(summer) + [5] * len(weeks),
        }
    )
    products = pl.DataFrame({"product_id": ["mug", "sandal"], "category": ["cups", "shoes"]})
    table = WEEKLY_SALES.conform(rows)
    past = past_of(table, products, as_of=date(2026, 4, 26))
    past = replace(past, has_orders=False)
    view = look(past, past.end)

    turn = design(past, view, shop_of(view), 8)[:, COLUMNS.index("season_turn")]

    assert turn[1] > turn[0] + 1


def test_of_many_products_a_few_of_the_surest_stand_for_all_of_them() -> None:
    days = [date(2026, 1, 5) + timedelta(weeks=w) for w in range(26)]
    steady = [f"s{n:04d}" for n in range(1200)]
    weekly = pl.DataFrame({"product_id": steady}).join(pl.DataFrame({"week_start": days}), how="cross")
    seldom = pl.DataFrame({"product_id": ["r1", "r2"], "week_start": [days[3], days[9]]})
    told = WEEKLY_SALES.conform(pl.concat([weekly, seldom]).with_columns(units=pl.lit(2, pl.Int64)))
    known = past_of(told, told.select("product_id").unique(), as_of=days[-1] + timedelta(days=6))

    thin = looks(known, [known.end], 3000, every=4)
    whole = looks(known, [known.end], 3000)

    assert len(thin.rows) == 302
    assert known.ids.gather(thin.rows[thin.stands_for == 1]).to_list() == ["r1", "r2"]
    assert thin.stands_for.sum() == whole.stands_for.sum() == 1202
