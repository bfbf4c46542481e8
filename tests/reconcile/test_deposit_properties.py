"""What must hold of every reconciliation of deposits, whatever the files say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.deposit_story import applied, bill, files, ledger, nov, told
from toolkit.reconcile.deposits import DepositsResult
from toolkit.settings import Cases, Settings

STORES = st.sampled_from(["S1", "S2", "S3"])
WORDS = st.sampled_from(["速卖通保证金退还", "速卖通保证金解冻", "速卖通保证金缴纳", "转账", "单车押金退还", None])
LEDGER = st.lists(
    st.tuples(
        STORES,
        st.sampled_from(["pay", "pay", "top_up", "fine", "refund", "freeze", "other", None]),
        st.sampled_from([1_000_000, 998_760, 5_000]),
        st.integers(1, 15),
    ),
    max_size=7,
)
BILL = st.lists(
    st.tuples(WORDS, st.sampled_from([1_000_000, 998_760, 5_000, -5_000, None]), st.integers(1, 19)), max_size=7
)
CASES = st.lists(st.tuples(STORES, st.integers(1, 15)), max_size=3, unique_by=lambda case: case[0])
STORY = st.tuples(LEDGER, BILL, CASES)
LOWERS = ("fine", "refund")


def frames(story: Any) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    paid, rows, cases = story
    return (
        ledger(*({"store": s, "deposit_kind": k, "booked_on": nov(d), "stated_fen": a,
                  "amount_fen": None if k == "freeze" else -a if k in LOWERS else a} for s, k, a, d in paid)),
        bill(*({"item": w, "amount_fen": a, "stated_fen": abs(a or 1_000_000), "booked_on": nov(d)}
               for w, a, d in rows)),
        applied(*({"store": s, "submitted_on": nov(d), "approved_on": nov(d)} for s, d in cases)),
    )  # fmt: skip


def tables(found: DepositsResult) -> dict[str, pl.DataFrame]:
    """What must not depend on the order of files; which of two files told a row may differ."""
    where = ["source_file", "source_sheet", "source_row", "bill_row", "ledger_row", "item_row", "case_row"]
    named = {name: getattr(found, name) for name in ("stores", "bridge", "cases", "matches", "ambiguous", "control")}
    return {name: frame.drop(where, strict=False) for name, frame in named.items()} | {
        "rows": found.rows.drop(where, strict=False)
    }


@settings(max_examples=4, deadline=None)
@given(STORY)
def test_every_row_has_one_class_and_one_fate_and_no_fen_is_lost(story: Any) -> None:
    paid, rows, cases = frames(story)
    found = told(paid, rows, applications=cases, bill_files=files({}))

    for side, given_rows in (("ledger", paid), ("bill", rows)):
        fates = found.rows.filter(pl.col("row_side") == side)
        assert fates.height == given_rows.height
        assert fates.select("row_key").n_unique() == fates.height
        assert fates.select(pl.col("deposit_kind", "row_fate").is_null().any()).row(0) == (False, False)
        control = found.control.filter(pl.col("row_side") == side)
        assert control["amount_fen"].sum() == (given_rows["amount_fen"].sum() or 0)
    assert found.matches["credit_id"].n_unique() == found.matches.height


@settings(max_examples=4, deadline=None)
@given(STORY)
def test_the_bridge_of_every_store_sums_to_zero(story: Any) -> None:
    paid, rows, cases = frames(story)
    sums = told(paid, rows, applications=cases).bridge.group_by("store", "currency").agg(pl.col("step_fen").sum())

    assert set(sums["step_fen"]) <= {0}


@settings(max_examples=3, deadline=None)
@given(STORY, st.integers(0, 99))
def test_shuffling_splitting_and_exporting_again_change_nothing(story: Any, seed: int) -> None:
    paid, rows, cases = frames(story)
    again = pl.concat([rows, rows.head(4).with_columns(source_file=pl.lit("again.csv"))])
    paid_again = pl.concat([paid, paid.tail(3).with_columns(source_file=pl.lit("again.csv"))])
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=seed) for frame in (paid_again, again, cases)]

    first = tables(told(paid, rows, applications=cases, bill_files=files({})))
    second = tables(told(shuffled[0], shuffled[1], applications=shuffled[2], bill_files=files({})))

    for name, table in first.items():
        assert table.equals(second[name]), name


@settings(max_examples=4, deadline=None)
@given(STORY)
def test_without_a_bill_that_covers_it_nothing_is_overdue(story: Any) -> None:
    paid, rows, cases = frames(story)
    states = set(told(paid, rows, applications=cases, as_of=date(2026, 12, 31)).cases["case_state"])

    assert not states & {"overdue", "possibly_overdue"}


@settings(max_examples=4, deadline=None)
@given(STORY, st.integers(7, 3_000))
def test_one_more_unmatched_row_moves_the_difference_by_exactly_its_money(story: Any, fen: int) -> None:
    paid, rows, cases = frames(story)
    # Long before any case: it fits nothing.
    extra = bill({"row_id": "extra", "amount_fen": fen, "booked_on": date(2024, 5, 6)})

    before = told(paid, rows, applications=cases).difference["difference_fen"].to_list()
    after = told(paid, pl.concat([rows, extra]), applications=cases)

    assert sum(after.difference["difference_fen"].to_list()) == sum(before) + fen
    assert after.rows.filter(pl.col("row_fate") == "unexplained_credit", pl.col("amount_fen") == fen).height >= 1


@settings(max_examples=3, deadline=None)
@given(STORY)
def test_knowing_no_list_never_makes_a_store_ready(story: Any) -> None:
    paid, rows, cases = frames(story)
    found = told(paid, rows, applications=cases)

    assert "ready" not in set(found.cases["case_state"])
    assert found.cases["no_debt"].null_count() == found.cases.height


def test_a_day_later_a_waiting_case_is_one_working_day_older() -> None:
    ages = [
        told(ledger({}), bill(), applications=applied({}), as_of=nov(9) + timedelta(days=n))
        .cases["working_days"]
        .item()
        for n in range(5)
    ]

    assert ages == [3, 4, 5, 6, 7]


def settled(found: DepositsResult) -> int:
    """Claims of deposits that are matched, or stand in one of several equally good answers."""
    return len({*found.matches["expected_id"], *found.ambiguous["expected_id"]})


@settings(max_examples=3, deadline=None)
@given(STORY, BILL)
def test_one_more_bill_never_lowers_what_is_matched_or_ambiguous(story: Any, more: Any) -> None:
    paid, rows, cases = frames(story)
    _, second, _ = frames(([], more, []))
    both = pl.concat([rows, second.with_columns(row_id=pl.lit("more") + pl.col("row_id"))])

    assert settled(told(paid, both, applications=cases)) >= settled(told(paid, rows, applications=cases))


@settings(max_examples=3, deadline=None)
@given(STORY, st.sampled_from([(0, 3), (3, 60), (0, 60)]), st.sampled_from([(0, 10), (10, 10)]))
def test_a_wider_window_never_lowers_what_is_matched_or_ambiguous(
    story: Any, after: tuple[int, int], before: tuple[int, int]
) -> None:
    paid, rows, cases = frames(story)
    narrow, wide = (
        told(paid, rows, applications=cases, settings=Settings(cases=Cases(search_days=after[n], early_days=before[n])))
        for n in (0, 1)
    )

    assert settled(wide) >= settled(narrow)
