from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.deposit_story import AS_OF, bill, nov, table
from toolkit.reconcile.refunds import RefundsResult, reconcile_refunds
from toolkit.reconcile.sides import distinct_rows
from toolkit.schema import REFUNDS, SETTLEMENTS
from toolkit.schema.deposits import REFUND_ITEMS, REFUND_ORDERS, REFUND_ROWS

WHOLE = pl.DataFrame({"first_day": [nov(1)], "last_day": [nov(19)]})


def refunds(*rows: dict[str, Any]) -> pl.DataFrame:
    """Refunds of 5.00 USD of order 8001 on the 2nd unless they say otherwise."""
    usual = {
        "store": "S1", "order_id": "8001", "settlement_kind": "refund", "amount_fen": -500, "currency": "USD",
        "booked_on": nov(2),
    }  # fmt: skip
    return table(REFUNDS, usual, *rows)


def settled(*rows: dict[str, Any]) -> pl.DataFrame:
    """Settlement lines: the same refund on the 3rd unless they say otherwise."""
    usual = {
        "provider": "international", "merchant_order_no": "8001", "settlement_kind": "refund", "amount_fen": -500,
        "currency": "USD", "booked_on": nov(3),
    }  # fmt: skip
    return table(SETTLEMENTS, usual, *rows)


def held(
    told: pl.DataFrame, lines: pl.DataFrame | None, bills: pl.DataFrame | None = None, **more: Any
) -> RefundsResult:
    return reconcile_refunds(told, lines, bills, as_of=AS_OF, **more)


def states(found: RefundsResult) -> list[str]:
    return sorted(found.items["refund_state"])


def test_a_refund_with_its_order_number_is_settled() -> None:
    found = held(refunds({}), settled({}))

    item = found.items.row(0, named=True)
    assert (item["refund_state"], item["layer"], item["next_step"]) == ("settled", "base_key", "done")
    assert (item["item_row"], item["settlement_row"]) == ("refunds.csv › 2", "settlements.csv › 2")


def test_an_equal_amount_of_another_order_proves_nothing() -> None:
    found = held(refunds({}), settled({"merchant_order_no": "8002"}))

    assert states(found) == ["not_assessable"]
    assert found.matches.is_empty()


def test_a_settlement_row_without_any_id_counts_by_amount_and_day() -> None:
    found = held(refunds({}), settled({"merchant_order_no": None}))

    assert found.items.select("refund_state", "layer").row(0) == ("settled", "same_amount")


def test_a_release_is_not_paid_by_a_refund_of_the_same_size() -> None:
    found = held(refunds({"settlement_kind": "release", "amount_fen": 500}), settled({}), coverage=WHOLE)

    assert states(found) == ["missing"]


def test_parts_of_one_refund_are_summed_by_their_order() -> None:
    found = held(refunds({"amount_fen": -900}), settled({}, {"amount_fen": -400, "row_id": "x"}))

    assert found.items.select("refund_state", "layer", "gap_fen").row(0) == ("settled", "base_key_sum", 0)


def test_less_than_stated_is_short() -> None:
    found = held(refunds({"amount_fen": -900}), settled({}))

    assert found.items.select("refund_state", "gap_fen", "next_step").row(0) == ("settled_short", -400, "dispute_gap")


@pytest.mark.parametrize(
    ("coverage", "state", "asked"),
    [(WHOLE, "missing", None), (WHOLE.head(0), "not_assessable", "settlement"), (None, "not_assessable", "settlement")],
)
def test_nothing_is_missing_without_coverage(coverage: pl.DataFrame | None, state: str, asked: str | None) -> None:
    found = held(refunds({}), settled(), coverage=coverage)

    assert found.open_items.select("refund_state", "needs_file").row(0) == (state, asked)


def test_a_release_that_waits_moved_nothing() -> None:
    waits = {"settlement_kind": "release", "loan_state": "waiting", "amount_fen": None, "stated_fen": 700}

    found = held(refunds(waits), settled(), coverage=WHOLE)

    assert states(found) == ["waiting"]
    assert found.open_items.is_empty()


def test_a_batch_that_arrives_as_one_credit_pays_out_its_lines() -> None:
    release = {"settlement_kind": "release", "amount_fen": 2_000, "order_id": "8003"}
    line = {
        "settlement_kind": "payment", "amount_fen": 2_000, "merchant_order_no": "8003", "batch_no": "B1",
        "settled_fen": 14_000, "settled_currency": "CNY", "settled_on": nov(4),
    }  # fmt: skip
    other = line | {"merchant_order_no": "8004", "settled_fen": 1_000, "amount_fen": 140}
    credit = bill({"amount_fen": 15_000, "booked_on": nov(5), "item": "结算款"})

    found = held(refunds(release), settled(line, other), credit)

    assert states(found) == ["paid_out"]
    assert found.rows.filter(pl.col("row_side") == "bill")["row_fate"].to_list() == ["matched"]


def test_a_credit_that_paid_a_deposit_pays_no_batch() -> None:
    line = {
        "settlement_kind": "payment",
        "amount_fen": 15_000,
        "currency": "CNY",
        "batch_no": "B1",
        "settled_on": nov(4),
    }
    credit = bill({"amount_fen": 15_000, "booked_on": nov(5), "row_id": "T1"})
    key = distinct_rows(credit)["row_key"]

    free, spent = held(refunds(), settled(line), credit), held(refunds(), settled(line), credit, taken=key)

    assert [one.matches["pair_kind"].to_list() for one in (free, spent)] == [["batch_in_bill"], []]
    assert spent.rows.filter(pl.col("row_side") == "bill")["row_fate"].to_list() == ["paid_case"]


def test_every_pair_says_what_it_is_of_and_where_its_claim_stands() -> None:
    line = {"refund_id": "R77", "batch_no": "B1", "settled_on": nov(4), "settled_fen": 3_000, "settled_currency": "CNY"}
    credits = bill({"amount_fen": 3_000, "booked_on": nov(5)}, {"amount_fen": -500, "row_id": "R77", "currency": "USD"})

    found = held(refunds({"refund_id": "R77"}), settled(line), credits)

    pairs = found.matches.join(found.claim_rows, on="expected_id", how="left")
    assert sorted(pairs.select("pair_kind", "layer", "claim_row").rows()) == [
        ("batch_in_bill", "same_amount", "settlements.csv › 2"),
        ("refund_in_bill", "exact_key", "refunds.csv › 2"),
        ("refund_settled", "exact_key", "refunds.csv › 2"),
    ]


def test_a_refund_in_a_bill_by_its_number() -> None:
    found = held(
        refunds({"refund_id": "R77", "currency": "CNY"}),
        None,
        bill({"amount_fen": -500, "row_id": "R77", "booked_on": nov(2)}),
    )

    assert found.items.select("refund_state", "bill_layer").row(0) == ("in_bill", "exact_key")


def test_an_id_ruined_by_excel_is_no_key() -> None:
    found = held(refunds({"is_suspect_id": True}), settled({}), coverage=WHOLE)

    assert states(found) == ["missing"]
    assert found.orders.is_empty()


@pytest.mark.parametrize(
    ("lines", "more", "check", "left"),
    [
        (({"settlement_kind": "payment", "amount_fen": 2_000},), (), "within", 1_500),
        (({"settlement_kind": "payment", "amount_fen": 400},), (), "exceeds", -100),
        ((), ({"settlement_kind": "release", "amount_fen": 600},), "within", 100),
        ((), (), "settled_unknown", None),
    ],
)
def test_refunds_of_an_order_stay_within_what_was_settled(
    lines: tuple[dict[str, Any], ...], more: tuple[dict[str, Any], ...], check: str, left: int | None
) -> None:
    found = held(refunds({}, *more), settled(*lines))

    assert found.orders.select("order_check", "left_fen").row(0) == (check, left)


def test_two_currencies_are_never_one_sum() -> None:
    found = held(refunds({}, {"currency": "EUR"}), settled({"currency": "GBP"}))

    assert found.orders["currency"].to_list() == ["EUR", "USD"]
    assert set(states(found)) == {"not_assessable"}


def test_tables_are_as_declared_and_the_result_says_what_is_open() -> None:
    found = held(refunds({}, {"booked_on": date(2026, 11, 25)}), settled(), coverage=WHOLE)

    assert found.items.schema == REFUND_ITEMS.dtypes
    assert found.orders.schema == REFUND_ORDERS.dtypes
    assert found.rows.schema == REFUND_ROWS.dtypes
    assert repr(found).splitlines()[1] == "结算和账单里都没有:1件,5.00USD"


# Properties

SIDE = st.lists(
    st.tuples(st.sampled_from(["1", "2", None]), st.sampled_from([-300, -200, 200, None]), st.integers(1, 9)),
    max_size=6,
)


def _story(told: list[Any], lines: list[Any]) -> tuple[pl.DataFrame, pl.DataFrame]:
    mine = refunds(*({"order_id": o or "9", "amount_fen": a, "booked_on": nov(d), "refund_id": f"R{n}"}
                     for n, (o, a, d) in enumerate(told)))  # fmt: skip
    theirs = settled(*({"merchant_order_no": o, "amount_fen": a, "booked_on": nov(d), "row_id": f"T{n}"}
                       for n, (o, a, d) in enumerate(lines)))  # fmt: skip
    return mine, theirs


@settings(max_examples=7, deadline=None)
@given(SIDE, SIDE)
def test_every_row_has_one_fate_and_all_money_is_accounted_for(told: list[Any], lines: list[Any]) -> None:
    mine, theirs = _story(told, lines)
    found = held(mine, theirs)

    for side, rows in (("refund", mine), ("settlement", theirs)):
        fates = found.rows.filter(pl.col("row_side") == side)
        assert fates.height == rows.height == fates["row_key"].n_unique()
        sums = found.control.filter(pl.col("row_side") == side)
        assert sums["amount_fen"].sum() == (rows["amount_fen"].sum() or 0)
    assert found.matches["credit_id"].n_unique() == found.matches.height


@settings(max_examples=5, deadline=None)
@given(SIDE, SIDE, st.randoms(use_true_random=False))
def test_shuffling_and_exporting_again_change_nothing(told: list[Any], lines: list[Any], random: Any) -> None:
    mine, theirs = _story(told, lines)
    seed = random.randrange(1000)
    again = pl.concat([theirs, theirs.with_columns(source_file=pl.lit("again.csv"))])

    first = held(mine, theirs)
    second = held(mine.sample(fraction=1, shuffle=True, seed=seed), again.sample(fraction=1, shuffle=True, seed=seed))

    assert first.items.drop("settlement_row").equals(second.items.drop("settlement_row"))
    assert first.control.equals(second.control)


def _found(result: RefundsResult) -> int:
    """Refunds that were found again, or might be one of several."""
    return result.items.filter(~pl.col("refund_state").is_in(["missing", "not_assessable"])).height


@settings(max_examples=4, deadline=None)
@given(SIDE, SIDE, SIDE)
def test_one_more_settlement_or_bill_never_lowers_what_is_matched_or_ambiguous(
    told: list[Any], lines: list[Any], more: list[Any]
) -> None:
    mine, theirs = _story(told, lines)
    extra = _story([], more)[1].with_columns(row_id=pl.lit("more") + pl.col("row_id"))
    credits = bill(*({"merchant_order_no": o, "amount_fen": a, "stated_fen": a, "currency": "USD", "booked_on": nov(d)}
                     for o, a, d in more))  # fmt: skip
    before = _found(held(mine, theirs, coverage=WHOLE))

    assert _found(held(mine, pl.concat([theirs, extra]), coverage=WHOLE)) >= before
    assert _found(held(mine, theirs, credits, coverage=WHOLE)) >= before
