from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.deposit_story import AS_OF, disputes, files, nov
from toolkit.reconcile.coverage import bill_coverage, list_coverage
from toolkit.reconcile.windows import uncovered
from toolkit.schema import BILL_RANGES
from toolkit.schema.deposits import BILL_COVERAGE


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


def said(**more: Any) -> pl.DataFrame:
    """One bill as its exporter describes it: all kinds of rows of November."""
    one = {"bill_name": "bill_files.csv", "first_day": nov(1), "last_day": nov(30), "bill_filter": "all"} | more
    return BILL_RANGES.conform(pl.DataFrame([one], schema_overrides={"first_day": pl.Date, "last_day": pl.Date}))


OLD = {"bill_filter": None}
"""What Alipay's web export says of itself: its days, not its kinds of rows."""


@pytest.mark.parametrize(
    ("bill", "adds", "why"),
    [
        (OLD, {}, None),
        (OLD, {"bill_name": "Bill_Files"}, None),
        (OLD, {"bill_filter": None}, "filter_unknown"),
        (OLD, {"bill_filter": "expenses_only"}, "filtered"),
        (OLD | {"first_day": None, "last_day": None}, {}, None),
        (OLD | {"first_day": None, "last_day": None}, {"last_day": None}, "no_days"),
        (OLD | {"first_day": None, "last_day": None}, {"last_day": date(2026, 10, 1)}, "no_days"),
        ({"bill_filter": "expenses_only"}, {}, "filtered"),
        (OLD | {"declared_rows": 9, "read_rows": 8}, {}, "rows_missing"),
    ],
)
def test_what_a_bill_does_not_say_its_exporter_may_add_and_nothing_is_overruled(
    bill: dict[str, Any], adds: dict[str, Any], why: str | None
) -> None:
    found = bill_coverage(files(bill), None, said(**adds))

    assert found.select("covers", "not_covering").row(0) == (why is None, why)
    assert found["is_said_by_hand"].to_list() == [
        bill != {"bill_filter": "expenses_only"} and adds != {"bill_filter": None}
    ]


def test_the_days_a_bill_states_are_its_own() -> None:
    found = bill_coverage(files(OLD), None, said(first_day=date(2026, 1, 1)))

    assert found.select("first_day", "last_day").row(0) == (nov(1), nov(19))


def test_no_bill_tells_days_after_it_was_exported() -> None:
    cut = OLD | {"first_day": None, "last_day": None, "observed_on": nov(10)}

    assert bill_coverage(files(cut), None, said())["last_day"].to_list() == [nov(10)]


def test_a_range_without_its_bill_covers_nothing_and_is_named() -> None:
    bills = bill_coverage(files(OLD), None, said(bill_name="gone.csv", account="seller1234"))

    assert bills.select("source_file", "not_covering").rows() == [
        ("bill_files.csv", "filter_unknown"), ("gone.csv", "no_such_bill"),
    ]  # fmt: skip
    assert asked(bill_coverage(None, None, said(account="seller1234")))[0] == "no_such_bill"


def test_a_bill_in_an_archive_is_named_by_either_name() -> None:
    zipped = files(OLD).with_columns(source_file=pl.lit("账单.zip › alipay_record.csv"))

    for name in ("alipay_record.csv", "alipay_record", "账单.zip", "账单.zip › alipay_record.csv"):
        assert bill_coverage(zipped, None, said(bill_name=name))["covers"].to_list() == [True]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 6)), max_size=6), st.integers(0, 10), st.integers(0, 8))
def test_covered_is_the_same_as_looking_day_by_day(spans: list[tuple[int, int]], start: int, length: int) -> None:
    day = [nov(1) + timedelta(days=n) for n in range(40)]
    bills = files(*({"first_day": day[a], "last_day": day[a + n], "source_row": i} for i, (a, n) in enumerate(spans)))
    held = {a + k for a, n in spans for k in range(n + 1)}
    missing = [n for n in range(start, start + length + 1) if n not in held]

    _, since = asked(bill_coverage(bills), first=day[start], last=day[start + length])

    assert since == (day[missing[0]] if missing else None)


ACCOUNTS = st.sampled_from([None, "", "4", "1234", "seller1234", "9999"])
STORES = st.sampled_from([None, "S1", "S2"])
SPAN = st.tuples(st.integers(1, 12), st.integers(-2, 8)).map(lambda span: (nov(span[0]), nov(max(1, sum(span)))))
REASONS = st.sampled_from([None, None, "filtered", "rows_missing"])
BILL = st.tuples(STORES, ACCOUNTS, st.booleans(), SPAN, REASONS)


def _speaks(bill: dict[str, Any], store: str | None, account: str | None) -> bool:
    """Whether a bill may settle what a store and account ask, as one person would decide it for one pair."""
    if None not in (store, bill["store"]) and store != bill["store"]:
        return False
    if account is None:
        return (store is not None and store == bill["store"]) or (
            bill["account"] is None and bill["source_file"] is None
        )
    if bill["account"] is None:
        return bill["source_file"] is None
    return account.endswith(bill["account"]) or bill["account"].endswith(account)


def _one_by_one(bills: list[dict[str, Any]], window: dict[str, Any]) -> tuple[str | None, date | None]:
    """The answer for one window, bill by bill and day by day."""
    mine = [bill for bill in bills if _speaks(bill, window["store"], window["account"])]
    covering = [bill for bill in mine if bill["covers"]]
    days = [window["first"] + timedelta(days=n) for n in range((window["last"] - window["first"]).days + 1)]
    missing = [day for day in days if not any(bill["first_day"] <= day <= bill["last_day"] for bill in covering)]
    refused = sorted((b["last_day"], b["source_file"] or "", b["not_covering"]) for b in mine if not b["covers"])
    if not missing:
        return None, None
    why = "bill_ends" if covering else refused[-1][2] if refused else None
    return why or ("account_unknown" if window["account"] is None else "no_bill"), missing[0]


@settings(max_examples=150, deadline=None)
@given(st.lists(BILL, max_size=7), st.lists(st.tuples(STORES, ACCOUNTS, SPAN), min_size=1, max_size=5))
def test_many_windows_at_once_are_the_same_as_one_by_one(bills: list[Any], asked: list[Any]) -> None:
    rows = [
        {"store": store, "account": account, "source_file": None if is_stated else f"{n}.csv", "first_day": first,
         "last_day": last, "not_covering": why, "covers": why is None}
        for n, (store, account, is_stated, (first, last), why) in enumerate(bills)
    ]  # fmt: skip
    windows = [
        {"id": str(n), "store": store, "account": account, "first": first, "last": last}
        for n, (store, account, (first, last)) in enumerate(asked)
    ]
    schema = {"id": pl.String, "store": pl.String, "account": pl.String, "first": pl.Date, "last": pl.Date}
    coverage = BILL_COVERAGE.conform(pl.DataFrame(rows, schema_overrides=BILL_COVERAGE.dtypes))

    found = uncovered(pl.DataFrame(windows, schema=schema), coverage)

    assert found["id"].to_list() == [window["id"] for window in windows]
    assert found.select("uncovered", "uncovered_from").rows() == [_one_by_one(rows, window) for window in windows]


def test_a_window_without_days_asks_for_nothing() -> None:
    assert asked(bill_coverage(files({})), first=None) == (None, None)
    assert asked(bill_coverage(files({"last_day": nov(4)})), last=None) == (None, None)


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

    found = list_coverage({"disputes": table}, said, stores=["S1"], as_of=AS_OF, fresh_days=3)

    assert found["is_fresh"].to_list() == [fresh]


def spoken_for(table: pl.DataFrame, **said: Any) -> list[tuple[str | None, bool, bool]]:
    """Store, given, fresh of a list of disputes with two stores asked about."""
    stated = pl.DataFrame({"list_name": ["disputes"]} | said) if said else None
    found = list_coverage({"disputes": table}, stated, stores=["S1", "S2"], as_of=AS_OF, fresh_days=3)
    return found.select("store", "is_given", "is_fresh").rows()


def test_a_list_speaks_only_for_the_stores_in_it() -> None:
    assert spoken_for(disputes({})) == [("S1", True, True), ("S2", False, False)]
    assert spoken_for(disputes({}, {"store": "S2", "observed_on": nov(1)})) == [("S1", True, True), ("S2", True, False)]


def test_a_list_of_nobody_speaks_for_nobody() -> None:
    assert spoken_for(disputes({"store": None})) == [("S1", False, False), ("S2", False, False), (None, True, False)]


def test_an_empty_list_of_several_stores_speaks_for_those_it_is_said_to_be_of() -> None:
    assert spoken_for(disputes()) == [("S1", False, False), ("S2", False, False)]
    assert spoken_for(disputes(), store=["S2"], observed_on=[AS_OF]) == [("S1", False, False), ("S2", True, True)]
    assert spoken_for(disputes(), observed_on=[AS_OF]) == [("S1", True, True), ("S2", True, True)]
    undated = pl.DataFrame({"list_name": ["disputes"], "store": ["S2"]})
    found = list_coverage({"disputes": disputes()}, undated, stores=["S2"], as_of=AS_OF, fresh_days=3)
    assert found.select("is_given", "is_fresh").rows() == [(True, False)]


def test_a_list_with_rows_nobody_could_read_says_nothing_until_a_newer_one_comes() -> None:
    broken = {"store": ["S1"], "rejected": [2]}

    assert spoken_for(disputes({}), **broken, observed_on=[AS_OF])[0] == ("S1", True, False)
    assert spoken_for(disputes({}), **broken, observed_on=[AS_OF - timedelta(days=1)])[0] == ("S1", True, True)
