from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from toolkit.analyze.past import Evidence, Past, past_of
from toolkit.analyze.signs import look
from toolkit.backtest.rivals import abc_xyz, days_since_last_sale, rival_scores, tsb, weeks_of_cover
from toolkit.schema import WEEKLY_SALES

START = date(2026, 1, 5)


def past(weekly_units: dict[str, list[int]]) -> Past:
    rows = [(p, START + timedelta(weeks=w), u) for p, units in weekly_units.items() for w, u in enumerate(units) if u]
    table = WEEKLY_SALES.frame(
        product_id=[r[0] for r in rows], week_start=[r[1] for r in rows], units=[r[2] for r in rows]
    )
    weeks = len(next(iter(weekly_units.values())))
    return past_of(
        table,
        table.select("product_id").unique(),
        as_of=START + timedelta(weeks=weeks, days=-1),
        evidence=Evidence(known_since=START),
    )


def test_tsb_without_a_loop_equals_tsb_with_one() -> None:
    rng = np.random.default_rng(4)
    series = {f"p{i}": [4, *(int(u) for u in rng.poisson(0.7, 29) * rng.integers(1, 5, 29))] for i in range(6)}
    known = past(series)

    expected = []
    for units in series.values():
        chance, size = 1.0, float(units[0])
        for u in units[1:]:
            chance += 0.1 * ((u > 0) - chance)
            if u > 0:
                size += 0.1 * (u - size)
        expected.append(chance * size)

    assert tsb(known, look(known, known.end)).tolist() == pytest.approx(expected)


def test_abc_xyz_puts_the_big_steady_seller_first() -> None:
    known = past({"big": [50] * 20, "erratic": [0] * 17 + [9, 0, 9], "tiny": [1] + [0] * 19})

    assert abc_xyz(known, look(known, known.end)).tolist() == [0.0, 7.0, 8.0]


def test_cover_is_stock_over_the_mean_of_the_last_half_year() -> None:
    known = past({"a": [2] * 30, "b": [9] + [0] * 29})
    view = look(known, known.end)

    assert weeks_of_cover(view, np.array([20.0, 20.0])).tolist() == [10.0, 9999.0]
    assert weeks_of_cover(view, np.array([np.nan, 20.0]))[0] == 0.0


def test_days_count_from_the_last_sale_and_the_rules_cut_there() -> None:
    known = past({"a": [1] * 30, "b": [1] * 10 + [0] * 20})
    view = look(known, known.end)
    scores = rival_scores(known, view, np.full(2, np.nan))

    assert days_since_last_sale(view).tolist() == [4.0, 144.0]
    assert scores["no_sale_90d"].tolist() == [0.0, 1.0]
    assert scores["no_sale_180d"].tolist() == [0.0, 0.0]
    assert scores["bgnbd"][1] > scores["bgnbd"][0]
