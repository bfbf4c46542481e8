from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.reconcile.accounts import joined, same_tail, tail

ACCOUNTS = st.lists(st.sampled_from([None, "4", "34", "1234", "5234", "seller1234", "13800001234"]), max_size=6)


def _agree(mine: str | None, theirs: str | None) -> bool:
    return mine is None or theirs is None or mine.endswith(theirs) or theirs.endswith(mine)


@pytest.mark.parametrize(
    ("written", "legible"), [("138****1234", "1234"), (" 1234 ", "1234"), ("138****", None), ("", None), (None, None)]
)
def test_the_end_of_an_account_is_what_can_be_read(written: str | None, legible: str | None) -> None:
    assert pl.select(tail(pl.lit(written, pl.String))).item() == legible


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS, ACCOUNTS)
def test_accounts_agree_when_one_is_the_end_of_the_other(mine: list[str | None], theirs: list[str | None]) -> None:
    found = same_tail(pl.Series(mine, dtype=pl.String), pl.Series(theirs, dtype=pl.String))

    assert found.rows() == sorted({(a, b) for a in mine for b in theirs if a and b and _agree(a, b)})


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS, ACCOUNTS)
def test_a_join_loses_no_pair_whose_accounts_may_be_the_same(mine: list[str | None], theirs: list[str | None]) -> None:
    schema = {"account": pl.String, "n": pl.Int64, "day": pl.Int64}
    left, right = (
        pl.DataFrame([(account, n, 1) for n, account in enumerate(side)], schema=schema, orient="row")
        for side in (mine, theirs)
    )

    found = joined(left, right, on=["day"])

    assert found.columns == ["account", "n", "day", "account_right", "n_right"]
    pairs = [(n, m) for n, m in found.select("n", "n_right").rows() if _agree(mine[n], theirs[m])]
    assert sorted(pairs) == [(n, m) for n, a in enumerate(mine) for m, b in enumerate(theirs) if _agree(a, b)]
