"""Which products give up their slots: never worse than trying every set, and within every limit."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.decide.slots import Room, Slots, choose, marginal_slot

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
        patch.setattr("toolkit.decide.slots._CORE", 1)
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


def test_a_free_slot_costs_nothing_and_in_a_full_store_the_last_product_kept_sets_the_price() -> None:
    full = Slots(limit=2, on_sale=2, in_review=0, unknown=0)

    assert marginal_slot(pl.Series([400.0, 90.0]), full, freed=0) == 90
    assert marginal_slot(pl.Series([400.0, -90.0]), full, freed=0) == 0
    assert marginal_slot(pl.Series([400.0]), full, freed=1) == 0
    assert marginal_slot(pl.Series([None], dtype=pl.Float64), full, freed=0) is None
