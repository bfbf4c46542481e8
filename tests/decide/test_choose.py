"""Which products give up their slots: never worse than trying every set, and within every limit."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from toolkit.decide.choice import Room, choose

SHELVES = st.lists(
    st.tuples(st.integers(-20, 40), st.integers(0, 30), st.sampled_from(["a", "b", None])), min_size=1, max_size=8
)
ROOMS = st.builds(
    Room,
    products=st.integers(0, 6),
    revenue=st.one_of(st.just(float("inf")), st.integers(0, 60).map(float)),
    by_category=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 3)),
    needed=st.integers(0, 3),
)


def shelf(rows: list[tuple[int, int, str | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"gain": pl.Float64, "revenue": pl.Float64, "category": pl.String}, orient="row")


def fits(rows: list[tuple[int, int, str | None]], room: Room) -> bool:
    crowded = any(sum(c == name for *_, c in rows) > most for name, most in room.by_category.items())
    return len(rows) <= room.products and sum(r for _, r, _ in rows) <= room.revenue and not crowded


def worth(rows: list[tuple[int, int, str | None]], room: Room) -> tuple[int, int]:
    """Needed slots freed come first, then gain."""
    return min(len(rows), room.needed), sum(g for g, *_ in rows)


@settings(max_examples=150, deadline=None)
@given(SHELVES, ROOMS)
def test_no_other_set_that_fits_is_better(rows: list[tuple[int, int, str | None]], room: Room) -> None:
    taken = [row for row, take in zip(rows, choose(shelf(rows), room), strict=True) if take]
    sets = (list(some) for size in range(len(rows) + 1) for some in combinations(rows, size))

    assert fits(taken, room)
    assert worth(taken, room) == max(worth(some, room) for some in sets if fits(some, room))


@settings(max_examples=80, deadline=None)
@given(SHELVES, ROOMS)
def test_making_a_large_problem_small_gives_up_nothing(rows: list[tuple[int, int, str | None]], room: Room) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.decide.choice._CORE", 1)
        taken = [row for row, take in zip(rows, choose(shelf(rows), room), strict=True) if take]
    sets = (list(some) for size in range(len(rows) + 1) for some in combinations(rows, size))

    assert fits(taken, room)
    assert worth(taken, room) == max(worth(some, room) for some in sets if fits(some, room))


def test_of_equal_gains_the_earlier_row_goes() -> None:
    assert choose(shelf([(5, 0, "a"), (5, 0, "a"), (5, 0, "b")]), Room(products=2)).to_list() == [True, True, False]


def test_a_product_that_sells_much_stays_where_two_small_ones_gain_more() -> None:
    some = shelf([(10, 50, "a"), (6, 20, "a"), (6, 20, "b")])

    assert choose(some, Room(products=3, revenue=50)).to_list() == [False, True, True]


def test_what_gains_nothing_goes_only_for_slots_that_are_needed() -> None:
    some = shelf([(-3, 0, "a"), (-1, 0, "a")])

    assert choose(some, Room(products=2)).to_list() == [False, False]
    assert choose(some, Room(products=2, needed=1)).to_list() == [False, True]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_among_many_a_general_solver_finds_nothing_better(seed: int) -> None:
    dice = np.random.default_rng(seed)
    gain, revenue = dice.lognormal(7, 1.2, 400).round() - 400, dice.lognormal(6, 1.5, 400).round()
    group = dice.integers(0, 5, 400)
    some = pl.DataFrame({"gain": gain, "revenue": revenue, "category": group.astype(str)})
    room = Room(80, 0.02 * float(revenue.sum()), {str(n): 12 for n in range(4)}, 40)

    taken = choose(some, room)
    limits = [np.ones(400), revenue, *(1.0 * (group == n) for n in range(4))]
    most: Any = [80, room.revenue, *[12] * 4]
    least: Any = [min(int(taken.sum()), 40), *[-np.inf] * 5]
    best = milp(-gain, constraints=LinearConstraint(np.array(limits), least, most), integrality=np.ones(400),
                bounds=Bounds(0, 1), options={"mip_rel_gap": 1e-9})  # fmt: skip

    assert some.filter(taken)["revenue"].sum() <= room.revenue
    assert some.filter(taken)["gain"].sum() == pytest.approx(-best.fun, abs=0.5)


def test_gains_that_all_but_follow_revenue_use_the_limit_up() -> None:
    revenue = np.random.default_rng(1).integers(1000, 100_000, 3000) * 2
    some = pl.DataFrame({"gain": revenue, "revenue": revenue, "category": [None] * 3000})
    room = Room(600, 0.1 * float(revenue.sum()), needed=375)

    taken = some.filter(choose(some, room))

    assert 0 <= room.revenue - float(taken["revenue"].sum()) < 100
    assert 375 <= taken.height <= 600
