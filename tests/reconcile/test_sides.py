"""Bill rows as one side of a match: each row once, however many exports tell it."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from toolkit.reconcile.sides import credits_of_bill, distinct_rows
from toolkit.schema.money import BILL_ROWS

AT = datetime(2026, 11, 2, 9, 30, 15)


def bill(*rows: dict[str, object]) -> pl.DataFrame:
    usual = {"provider": "alipay_personal", "account": "p", "booked_at": AT, "amount_fen": 5, "source_file": "a"}
    full = [usual | row for row in rows]
    return BILL_ROWS.frame(**{name: [row.get(name) for row in full] for name in {n for row in full for n in row}})


def test_twins_in_one_file_stay_and_overlapping_exports_collapse() -> None:
    twins = [{"row_id": "1", "source_row": n} for n in (5, 6)]
    again = [{"row_id": "1", "source_row": n, "source_file": "b"} for n in (9, 8)]

    assert distinct_rows(bill(*twins, *again)).height == 2
    assert distinct_rows(bill(*twins, again[0])).height == 2
    assert distinct_rows(bill(*twins)).height == 2


def test_the_newest_export_shows_the_row_furthest_in_its_life() -> None:
    old = {"row_id": "1", "bill_status": "等待确认收货", "observed_on": date(2026, 11, 3), "source_file": "z"}
    new = {"row_id": "1", "bill_status": "交易成功", "observed_on": date(2026, 11, 9)}

    assert distinct_rows(bill(new, old))["bill_status"].to_list() == ["交易成功"]


def test_a_file_saved_by_excel_has_lost_the_seconds() -> None:
    cut = AT.replace(second=0)

    assert distinct_rows(bill({"row_id": "1"}, {"row_id": "1", "booked_at": cut, "source_file": "b"})).height == 1
    assert distinct_rows(bill({"row_id": None}, {"row_id": None, "booked_at": cut, "source_file": "b"})).height == 2


def test_a_bill_that_lies_with_two_stores_belongs_to_none() -> None:
    shared = distinct_rows(bill({"row_id": "1", "store": "one"}, {"row_id": "1", "store": "two", "source_file": "b"}))

    assert shared["store"].to_list() == [None]
    assert distinct_rows(bill({"row_id": "1", "store": "one"}))["store"].to_list() == ["one"]


def test_ruined_ids_are_no_keys_and_outflows_are_no_credits() -> None:
    rows = distinct_rows(
        bill(
            {"row_id": "2_9", "base_id": "2", "merchant_order_no": "M"},
            {"row_id": "3", "is_suspect_id": True},
            {"row_id": "4", "amount_fen": -5},
        )
    )
    side = credits_of_bill(rows).sort("id")

    assert side["keys"].to_list() == [["2_9", "M"], []]
    assert side["base_keys"].to_list() == [["2"], []]


_ROW = st.tuples(st.sampled_from(["1", "2", None]), st.sampled_from([5, 7]), st.integers(0, 1))


@given(st.lists(_ROW, max_size=6), st.lists(_ROW, max_size=6))
def test_exporting_again_or_splitting_changes_nothing(first: list, second: list) -> None:  # type: ignore[type-arg]
    def file(rows: list, name: str) -> list[dict[str, object]]:  # type: ignore[type-arg]
        return [
            {"row_id": i, "amount_fen": f, "booked_at": AT.replace(second=s), "source_file": name, "source_row": n}
            for n, (i, f, s) in enumerate(rows)
        ]

    if not first:
        return
    keys = distinct_rows(bill(*file(first, "a")))["row_key"].sort().to_list()
    again = distinct_rows(bill(*file(first, "a"), *file(first[::-1], "b")))["row_key"].sort().to_list()
    both = distinct_rows(bill(*file(first, "a"), *file(second, "b")))["row_key"].sort().to_list()

    assert keys == again
    assert len(set(both)) == len(both)
    assert set(keys) <= set(both)
    assert len(keys) == len(first)
