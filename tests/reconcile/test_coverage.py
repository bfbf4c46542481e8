from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.deposit_story import AS_OF, disputes, files, nov
from toolkit.reconcile.coverage import bill_coverage, list_coverage, uncovered


def asked(bills: pl.DataFrame, **window: Any) -> tuple[str | None, date | None]:
    """Why a window is not covered and from which day; 3 to 12 November of account …1234 unless it says otherwise."""
    one = {"id": "a", "store": "S1", "account": "1234", "first": nov(3), "last": nov(12)} | window
    schema = {"id": pl.String, "store": pl.String, "account": pl.String, "first": pl.Date, "last": pl.Date}
    return uncovered(pl.DataFrame([one], schema=schema), bills).select("uncovered", "uncovered_from").row(0)


@pytest.mark.parametrize(
    ("bills", "answer"),
    [
        ([{}], (None, None)),
        ([{"last_day": nov(7)}, {"first_day": nov(8)}], (None, None)),
        ([{"last_day": nov(7)}, {"first_day": nov(9)}], ("bill_ends", nov(8))),
        ([{"first_day": nov(5)}], ("bill_ends", nov(3))),
        ([{"last_day": nov(11)}], ("bill_ends", nov(12))),
        ([{"last_day": nov(19)}, {"first_day": nov(4), "last_day": nov(5)}], (None, None)),
        ([{"account": "seller9999"}], ("no_bill", nov(3))),
        ([{"account": None}], ("no_bill", nov(3))),
        ([], ("no_bill", nov(3))),
    ],
)
def test_every_day_of_the_window_must_be_in_a_bill_of_the_account(
    bills: list[dict[str, Any]], answer: tuple[str | None, date | None]
) -> None:
    assert asked(bill_coverage(files(*bills))) == answer


def test_a_store_without_a_known_account_is_covered_only_by_somebody_who_speaks_for_all() -> None:
    stated = pl.DataFrame({"first_day": [nov(1)], "last_day": [nov(30)]})

    assert asked(bill_coverage(files({})), account=None) == ("account_unknown", nov(3))
    assert asked(bill_coverage(None, stated), account=None) == (None, None)


@pytest.mark.parametrize(
    ("bill", "why"),
    [
        ({"bill_filter": "expenses_only"}, "filtered"),
        ({"bill_filter": "income_only"}, "filtered"),
        ({"bill_filter": None}, "filter_unknown"),
        ({"bill_filter": None, "provider": "alipay_merchant"}, None),
        ({"last_day": None}, "no_days"),
        ({"declared_rows": 10, "read_rows": 9}, "rows_missing"),
        ({"totals_check": "differs"}, "totals_differ"),
        ({"totals_check": "may_differ"}, None),
        ({"balance_check": "broken"}, "balance_broken"),
    ],
)
def test_a_bill_covers_only_if_it_could_have_shown_the_row(bill: dict[str, Any], why: str | None) -> None:
    found = bill_coverage(files(bill))

    assert found.select("covers", "not_covering").row(0) == (why is None, why)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 6)), max_size=6), st.integers(0, 10), st.integers(0, 8))
def test_covered_is_the_same_as_looking_day_by_day(spans: list[tuple[int, int]], start: int, length: int) -> None:
    day = [nov(1) + timedelta(days=n) for n in range(40)]
    bills = files(*({"first_day": day[a], "last_day": day[a + n], "source_row": i} for i, (a, n) in enumerate(spans)))
    held = {a + k for a, n in spans for k in range(n + 1)}
    missing = [n for n in range(start, start + length + 1) if n not in held]

    _, since = asked(bill_coverage(bills), first=day[start], last=day[start + length])

    assert since == (day[missing[0]] if missing else None)


@pytest.mark.parametrize(
    ("table", "stated", "fresh"),
    [
        (None, None, False),
        (disputes(), None, True),
        (disputes({}), None, True),
        (disputes({"observed_on": AS_OF - timedelta(days=4)}), None, False),
        (disputes({"observed_on": None}), None, False),
        (disputes({"observed_on": None}), AS_OF, True),
        (disputes(), AS_OF - timedelta(days=30), False),
    ],
    ids=["no file", "said none", "of today", "too old", "no day", "day stated", "none, but long ago"],
)
def test_a_list_is_believed_while_it_is_new(table: pl.DataFrame | None, stated: date | None, fresh: bool) -> None:
    said = None if stated is None else pl.DataFrame({"list_name": ["disputes"], "observed_on": [stated]})

    found = list_coverage({"disputes": table}, said, as_of=AS_OF, fresh_days=3)

    assert found["is_fresh"].to_list() == [fresh]
