from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.reconcile.deposit_story import (
    AS_OF,
    applied,
    bill,
    disputes,
    files,
    fines,
    ledger,
    nov,
    orders,
    state,
    told,
)
from toolkit.schema import DEBTS, STORE_FILE
from toolkit.schema.deposits import CASES, DEPOSIT_ROWS, DEPOSIT_STORES, OPEN_ITEMS


def test_a_refund_in_full_within_the_days_is_received() -> None:
    found = told(ledger({}), bill({"booked_on": nov(10)}), applications=applied({}))

    assert state(found) == ("received_full", "arrived", "done")
    case = found.cases.row(0, named=True)
    assert (case["due_from_on"], case["due_on"], case["working_days"]) == (nov(9), nov(11), 4)
    assert (case["expected_fen"], case["actual_fen"], case["gap_fen"]) == (1_000_000, 1_000_000, 0)
    assert (case["bill_row"], case["case_row"]) == ("bill_rows.csv › 2", "applications.csv › 2")


def test_a_store_whose_ledger_shows_the_refund_too_is_closed() -> None:
    paid = ledger({}, {"deposit_kind": "refund", "amount_fen": -1_000_000, "booked_on": nov(9)})
    found = told(paid, bill({"booked_on": nov(10)}), applications=applied({}))

    assert found.stores.select("store_state", "deposit_balance_fen", "open_items").row(0) == ("closed", 0, 0)


@pytest.mark.parametrize(
    ("day", "rule", "step"),
    [(nov(3), "before_approval", "check_link"), (nov(6), "before_first_day", "done")],
)
def test_money_that_comes_before_its_day_is_early(day: date, rule: str, step: str) -> None:
    found = told(ledger({}), bill({"booked_on": day}), applications=applied({}))

    assert state(found) == ("received_early", rule, step)


def test_less_than_due_is_short_and_a_dispute() -> None:
    found = told(ledger({}), bill({"amount_fen": 998_760}), applications=applied({}))

    assert state(found) == ("received_short", "dispute", "dispute_gap")
    assert found.cases["gap_fen"].to_list() == [-1240]
    assert found.open_items.select("item_kind", "amount_fen").rows() == [("gap", 1240)]


def test_less_than_due_by_exactly_a_confirmed_fine_is_explained() -> None:
    found = told(ledger({}), bill({"amount_fen": 998_760}), applications=applied({}), fines=fines({"notice_no": "N1"}))

    assert state(found) == ("received_short", "explained", "done")
    assert found.cases["explained_fen"].to_list() == [1240]
    assert found.open_items.is_empty()


def test_a_fine_the_ledger_took_lowers_what_is_due() -> None:
    paid = ledger({}, {"deposit_kind": "fine", "amount_fen": -1240, "booked_on": nov(3)})
    found = told(paid, bill({"amount_fen": 998_760, "booked_on": nov(9)}), applications=applied({}))

    assert state(found)[0] == "received_full"
    assert found.cases["expected_fen"].to_list() == [998_760]


def test_more_than_due_is_over() -> None:
    found = told(ledger({}), bill({"amount_fen": 1_000_100}), applications=applied({}))

    assert state(found) == ("received_over", "arrived", "ask_surplus")
    assert found.cases["surplus_fen"].to_list() == [100]


def test_a_second_credit_of_one_case_does_not_pay_another_case_with_a_gap() -> None:
    stores = ({"amount_fen": 987_654}, {"store": "S2", "amount_fen": 1_000_000})
    twice = bill({"amount_fen": 987_654}, {"amount_fen": 987_654, "booked_on": nov(10)})

    found = told(ledger(*stores), twice, applications=applied({}, {"store": "S2"}), bill_files=files({}))

    states = dict(found.cases.select("store", "case_state").iter_rows())
    assert states == {"S1": "duplicate", "S2": "overdue"}


def test_a_second_credit_that_fits_the_same_case_is_a_duplicate() -> None:
    found = told(ledger({}), bill({}, {"booked_on": nov(12)}), applications=applied({}))

    assert state(found) == ("duplicate", "arrived", "expect_clawback")
    assert found.cases.select("actual_fen", "surplus_fen").row(0) == (1_000_000, 1_000_000)
    assert sorted(found.rows.filter(pl.col("row_side") == "bill")["row_fate"]) == ["paid_case", "paid_twice"]


def test_within_the_days_waiting_is_normal() -> None:
    found = told(ledger({}), bill(), applications=applied({}), bill_files=files({}), as_of=nov(11))

    assert state(found) == ("approved_waiting", "working_days", "wait_until_due")
    assert found.open_items["ageing"].to_list() == ["not_due"]


def test_after_the_days_with_a_bill_that_covers_them_it_is_overdue() -> None:
    found = told(ledger({}), bill(), applications=applied({}), bill_files=files({}))

    assert state(found) == ("overdue", "working_days", "contact_service")
    assert found.open_items.select("late_days", "ageing", "amount_fen").rows() == [(7, "late_6_10", 1_000_000)]


@pytest.mark.parametrize(
    ("bill_file", "asked"),
    [
        (None, "no_bill"),
        ({"account": "other99"}, "no_bill"),
        ({"bill_filter": "expenses_only"}, "filtered"),
        ({"bill_filter": None}, "filter_unknown"),
        ({"last_day": nov(12)}, "bill_ends"),
        ({"first_day": None}, "no_days"),
        ({"declared_rows": 9, "read_rows": 8}, "rows_missing"),
    ],
)
def test_without_a_bill_that_covers_it_nothing_is_missing(bill_file: dict[str, Any] | None, asked: str) -> None:
    told_files = files(bill_file) if bill_file else None
    found = told(ledger({}), bill(), applications=applied({}), bill_files=told_files)

    assert state(found) == ("not_assessable", "working_days", "bring_bill")
    assert found.cases["needs_file"].to_list() == [asked]


def test_where_nobody_knows_what_was_paid_in_the_ledger_is_asked_for() -> None:
    found = told(ledger(), bill(), applications=applied({}))

    assert state(found)[0] == "not_assessable"
    assert found.cases["needs_file"].to_list() == ["deposit_ledger"]


def test_where_holidays_are_not_published_it_is_only_possibly_overdue() -> None:
    approved = applied({"submitted_on": date(2027, 1, 25), "approved_on": date(2027, 2, 1)})
    whole = files({"first_day": date(2027, 1, 1), "last_day": date(2027, 3, 31)})
    found = told(ledger({}), bill(), applications=approved, bill_files=whole, as_of=date(2027, 3, 31))

    assert state(found) == ("possibly_overdue", "working_days", "check_holidays")
    assert found.cases["is_provisional"].to_list() == [True]


def test_applied_waits_for_the_review() -> None:
    found = told(ledger({}), bill(), applications=applied({"approved_on": None}))

    assert state(found) == ("applied", "working_days", "wait_for_review")
    assert found.cases["working_days"].to_list() == [14]


def test_rejected_is_to_be_settled_and_applied_for_again() -> None:
    found = told(ledger({}), bill(), applications=applied({"approved_on": None, "rejected_on": nov(6)}))

    assert state(found)[::2] == ("rejected", "settle_and_reapply")


def test_several_deposits_to_one_account_use_a_credit_once() -> None:
    paid = ledger({}, {"store": "S2"}, {"store": "S3"})
    asked = applied({}, {"store": "S2", "approved_on": nov(5)}, {"store": "S3", "approved_on": nov(6)})
    found = told(paid, bill({"booked_on": nov(10)}, {"booked_on": nov(11)}, {"booked_on": nov(12)}), applications=asked)

    assert {state(found, store)[0] for store in ("S1", "S2", "S3")} == {"received_full"}
    assert found.matches["credit_id"].n_unique() == 3


def test_one_credit_for_two_equal_cases_is_ambiguous() -> None:
    found = told(ledger({}, {"store": "S2"}), bill({}), applications=applied({}, {"store": "S2"}), bill_files=files({}))

    assert {state(found, store)[0] for store in ("S1", "S2")} == {"ambiguous"}
    assert found.ambiguous.height == 2


def test_a_thaw_and_a_refund_of_the_same_money_count_once() -> None:
    thaw = {"amount_fen": None, "stated_fen": 1_000_000, "item": "速卖通保证金解冻", "booked_on": nov(10)}
    found = told(ledger({}), bill({"booked_on": nov(10)}, thaw), applications=applied({}))

    assert state(found)[0] == "received_full"
    assert sorted(found.rows.filter(pl.col("row_side") == "bill")["row_fate"]) == ["counted_with_other", "paid_case"]


def test_a_thaw_alone_brings_the_money_back() -> None:
    thaw = {"amount_fen": None, "stated_fen": 1_000_000, "item": "速卖通保证金解冻", "booked_on": nov(10)}

    assert state(told(ledger({}), bill(thaw), applications=applied({})))[0] == "received_full"


def test_a_credit_with_the_amount_and_no_word_is_taken_but_to_be_confirmed() -> None:
    paid = ledger({"amount_fen": 1_234_500})
    found = told(paid, bill({"item": "转账", "amount_fen": 1_234_500, "booked_on": nov(10)}), applications=applied({}))

    assert state(found) == ("received_full", "amount_only", "confirm_credit")
    assert "amount_of_a_claim" in found.rows["via"].to_list()


def test_a_deposit_credit_without_a_case_is_asked_about() -> None:
    found = told(ledger({"store": "S1"}), bill({"amount_fen": 7}))

    items = found.open_items.select("case_state", "amount_fen", "next_step").rows()
    assert ("unexplained_credit", 7, "ask_source") in items


def test_a_row_asked_about_names_its_store_where_that_is_known() -> None:
    paid, asked = ledger({}, {"store": "S2"}), applied({}, {"store": "S2", "account": "9999"})
    twice = bill({}, {"booked_on": nov(12)}, {"amount_fen": 7}, {"amount_fen": 8, "account": "seller5555"})
    found = told(paid, twice, applications=asked, bill_files=files({}))

    rows = found.open_items.filter(item_kind="row").sort("amount_fen")
    assert rows.select("amount_fen", "store").rows() == [(7, "S1"), (8, None), (1_000_000, "S1")]


def test_an_account_of_two_stores_does_not_tell_whose_a_row_is() -> None:
    asked = applied({}, {"store": "S2"})
    found = told(ledger({}, {"store": "S2"}), bill({"amount_fen": 7}), applications=asked)

    assert found.open_items.filter(item_kind="row")["store"].to_list() == [None]


@pytest.mark.parametrize(
    ("more", "arrived", "due"),
    [
        ({}, None, 0),
        ({"applications": applied({})}, None, 1_000_000),
        ({"applications": applied({}), "bill_files": files({})}, 0, 1_000_000),
    ],
    ids=["nobody applied", "no bill covers it", "a bill covers it"],
)
def test_nothing_arrived_is_said_only_where_a_bill_covers_the_days(
    more: dict[str, Any], arrived: int | None, due: int
) -> None:
    assert told(ledger({}), bill(), **more).stores.select("arrived_fen", "due_fen").row(0) == (arrived, due)


def test_what_is_due_is_unknown_where_no_ledger_tells() -> None:
    assert told(ledger(), bill(), applications=applied({})).stores["due_fen"].to_list() == [None]


def test_a_deposit_payment_the_ledger_does_not_know_is_asked_about() -> None:
    payment = {"amount_fen": -500_000, "item": "速卖通保证金缴纳"}
    found = told(ledger({}), bill(payment))

    assert found.open_items.select("case_state", "amount_fen").rows() == [("unexplained_debit", 500_000)]


def test_a_payment_of_the_ledger_is_found_again_in_the_bill() -> None:
    payment = {"amount_fen": -1_000_000, "item": "速卖通保证金缴纳", "booked_on": date(2025, 3, 4)}
    found = told(ledger({}), bill(payment))

    assert found.rows.filter(pl.col("row_side") == "bill")["row_fate"].to_list() == ["in_ledger"]


def test_other_peoples_deposits_stay_out() -> None:
    found = told(ledger({}), bill({"item": "哈啰单车押金退还", "amount_fen": 29900}))

    assert found.rows.filter(pl.col("row_side") == "bill")["row_fate"].to_list() == ["not_deposit"]
    assert found.open_items.is_empty()


def test_a_split_is_only_suggested() -> None:
    parts = bill({"amount_fen": 412_345}, {"amount_fen": 587_655})
    found = told(ledger({}), parts, applications=applied({}), bill_files=files({}))

    assert state(found) == ("overdue", "working_days", "check_parts")
    assert found.suggestions["match_verdict"].unique().to_list() == ["suggested_split"]


# Before anybody applies


def lists(**more: Any) -> dict[str, Any]:
    """All four lists, saying that nothing is open."""
    return {"disputes": disputes({}), "orders": orders("finished"), "debts": DEBTS.empty(), "fines": fines()} | more


def test_nobody_applied_and_no_list_is_given_it_is_held() -> None:
    assert state(told(ledger({}), bill())) == ("held", "preconditions", "nothing_due")


def test_all_lists_say_nothing_is_open_it_is_ready() -> None:
    found = told(ledger({}), bill(), **lists())

    assert state(found) == ("ready", "preconditions", "apply")
    assert found.cases["expected_fen"].to_list() == [1_000_000]


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"disputes": disputes({"dispute_state": "open", "dispute_id": "D7"})}, "D7"),
        ({"orders": orders("finished", "shipped")}, "81"),
        ({"debts": DEBTS.frame(store=["S1"], reference=["R1"], debt_state=["open"], observed_on=[AS_OF])}, "R1"),
        ({"fines": fines({"notice_no": "N9", "fine_state": "appealing"})}, "N9"),
    ],
)
def test_one_open_thing_blocks_and_is_named(given: dict[str, Any], ids: str) -> None:
    found = told(ledger({}), bill(), **lists(**given))

    assert state(found) == ("blocked", "preconditions", "settle_first")
    assert found.cases["blocked_by"].to_list() == [ids]


@pytest.mark.parametrize(
    "given",
    [
        {"disputes": None},
        {"disputes": disputes({"observed_on": nov(1)})},
        {"disputes": disputes({"observed_on": None})},
        {"disputes": disputes({"dispute_state": None})},
    ],
    ids=["no file", "an old file", "a file without a day", "a state nobody knows"],
)
def test_what_is_not_known_is_never_taken_for_fine(given: dict[str, Any]) -> None:
    found = told(ledger({}), bill(), **lists(**given))

    assert state(found) == ("unverified", "preconditions", "bring_list")
    assert found.cases["needs_file"].to_list() == ["disputes"]
    assert found.cases["no_open_dispute"].to_list() == [None]


def test_an_empty_list_that_is_said_to_be_old_is_not_believed() -> None:
    old = pl.DataFrame({"list_name": ["debts"], "observed_on": [nov(1)]})

    assert state(told(ledger({}), bill(), coverage=old, **lists()))[0] == "unverified"


def test_open_orders_of_no_store_make_every_store_unknown() -> None:
    found = told(ledger({}, {"store": "S2"}), bill(), **lists(orders=orders("shipped")))

    assert found.cases["no_open_order"].to_list() == [None, None]


def test_one_stores_lists_say_nothing_of_another_store() -> None:
    two, own = ledger({}, {"store": "S2"}), orders("finished").with_columns(store=pl.lit("S1"))
    debts = DEBTS.frame(store=["S1"], reference=["R1"], debt_state=["paid"], observed_on=[AS_OF])
    found = told(two, bill(), **lists(orders=own, debts=debts, fines=fines({"fine_state": "deducted"})))

    checks = ("no_open_dispute", "no_open_order", "no_debt", "no_pending_fine")
    assert found.cases.select(checks).rows() == [(True,) * 4, (None,) * 4]
    assert [state(found, store)[0] for store in ("S1", "S2")] == ["ready", "held"]


def test_an_empty_list_of_a_shared_folder_makes_no_store_ready() -> None:
    found = told(ledger({}, {"store": "S2"}), bill(), **lists())

    assert found.cases["no_debt"].to_list() == [None, None]
    assert state(found)[0] == "unverified"


def test_less_than_the_deposit_is_unfunded() -> None:
    assert state(told(ledger({"amount_fen": 999_999}), bill()))[::2] == ("unfunded", "pay_deposit")


def test_a_store_that_got_its_deposit_back_long_ago_is_closed() -> None:
    paid = ledger({}, {"deposit_kind": "refund", "amount_fen": -1_000_000, "booked_on": date(2025, 5, 6)})
    back = bill({"booked_on": date(2025, 5, 8)})

    assert told(paid, back).stores["store_state"].to_list() == ["closed"]


# Ledger and identity


def test_the_identity_and_its_bridge() -> None:
    paid = ledger(
        {},
        {"deposit_kind": "top_up", "amount_fen": 5_000, "booked_on": nov(1)},
        {"deposit_kind": "fine", "amount_fen": -2_000, "booked_on": nov(2)},
        {"deposit_kind": "compensation", "amount_fen": -300, "booked_on": nov(2)},
        {"deposit_kind": "other", "amount_fen": 7, "booked_on": nov(2), "balance_fen": 1_002_706},
    )
    found = told(paid, bill())

    store = found.stores.row(0, named=True)
    parts = ("paid_fen", "top_up_fen", "fined_fen", "compensated_fen", "returned_fen", "unclassified_fen")
    assert [store[name] for name in parts] == [1_000_000, 5_000, 2_000, 300, 0, 7]
    assert (store["deposit_balance_fen"], store["balance_gap_fen"]) == (1_002_707, -1)
    assert found.bridge["step_fen"].to_list() == [1_000_000, 5_000, -2_000, -300, 0, 7, -1, -1_002_706]
    assert ("balance_gap", -1) in found.open_items.select("item_kind", "amount_fen").rows()


def test_a_deduction_without_a_notice_is_an_open_item_only_where_a_list_is_there() -> None:
    paid = ledger({}, {"deposit_kind": "fine", "amount_fen": -2_000, "booked_on": nov(2), "reference": "N1"})

    assert told(paid, bill()).stores["without_notice_fen"].to_list() == [None]
    assert told(paid, bill(), fines=fines()).stores["without_notice_fen"].to_list() == [2_000]
    of_another = fines({"notice_no": "N1", "store": "S2"})
    assert told(paid, bill(), fines=of_another).stores["without_notice_fen"].to_list() == [None]
    with_notice = fines({"notice_no": "N1", "amount_fen": 2_000, "fine_state": "deducted"})
    assert told(paid, bill(), fines=with_notice).stores["without_notice_fen"].to_list() == [0]


def test_the_platforms_bill_counts_and_the_hand_is_compared() -> None:
    platform = {"provider": "ae_deposit", "booked_on": date(2025, 3, 3)}
    found = told(ledger({}, platform, {"deposit_kind": "fine", "amount_fen": -50}), bill())

    store = found.stores.row(0, named=True)
    assert (store["ledger_provider"], store["paid_fen"], store["other_ledger_gap_fen"]) == (
        "ae_deposit",
        1_000_000,
        -50,
    )
    assert sorted(found.rows["row_fate"]) == ["counted", "told_elsewhere", "told_elsewhere"]


def test_a_freeze_of_paid_money_is_not_a_second_payment() -> None:
    freeze = {"deposit_kind": "freeze", "amount_fen": None, "stated_fen": 1_000_000}

    assert told(ledger({}, freeze), bill()).stores.select("paid_fen", "frozen_fen").row(0) == (1_000_000, 1_000_000)
    assert told(ledger(freeze), bill()).stores["paid_fen"].to_list() == [1_000_000]


def test_the_store_file_stands_in_where_no_ledger_tells() -> None:
    file = STORE_FILE.frame(
        store=["S9"], deposit_fen=[1_000_000], currency=["CNY"], deposit_on=[nov(1)], alipay_tail=["1234"]
    )
    found = told(ledger(), bill(), store_file=file)

    assert found.stores.select("store", "ledger_provider", "paid_fen").rows() == [("S9", "store_file", 1_000_000)]
    assert found.rows.is_empty()


def test_what_is_dated_later_has_not_happened() -> None:
    found = told(ledger({}), bill({"booked_on": nov(25)}), applications=applied({"approved_on": nov(24)}))

    assert state(found)[0] == "applied"
    assert found.rows["row_fate"].to_list() == ["after_as_of", "counted"]


def test_tables_are_as_declared() -> None:
    found = told(ledger({}), bill({"amount_fen": 5}), applications=applied({}))

    assert found.cases.schema == CASES.dtypes
    assert found.stores.schema == DEPOSIT_STORES.dtypes
    assert found.rows.schema == DEPOSIT_ROWS.dtypes
    assert found.open_items.schema == OPEN_ITEMS.dtypes
