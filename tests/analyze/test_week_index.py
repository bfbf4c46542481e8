from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.analyze.week_index import RunningSum, week_index

weeks_of_products = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 9)))


@settings(deadline=None, max_examples=60)
@given(weeks_of_products, st.integers(-20, 90), st.integers(0, 60))
def test_a_stretch_of_days_holds_the_weeks_that_begin_in_it(cells: set[tuple[int, int]], first: int, days: int) -> None:
    rows = sorted(cells)
    product, day = (np.array([row[k] for row in rows], dtype=np.int64) for k in (0, 1))
    units = 1.0 + np.arange(len(rows))
    summed = RunningSum(week_index(product, day * 7, 5), units)

    told = summed.between(np.arange(5), first, first + days)

    inside = (day * 7 >= first) & (day * 7 < first + days)
    assert told.tolist() == [units[inside & (product == p)].sum() for p in range(5)]
    assert (summed.before(np.arange(5), first) == summed.between(np.arange(5), -100, first)).all()
