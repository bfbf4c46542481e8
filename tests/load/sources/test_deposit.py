"""The deposit bill and the ledger kept by hand; all names and numbers are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.load.sources.files import load_book, load_json, load_text, problems, records

HEAD = "时间,交易类型,订单号,币种,交易金额,余额,详情,合作方备注,备注"
ROWS = (
    "2026-01-05 10:00:00,保证金缴纳,B1,CNY,10000.00,10000.00,开店,,",
    "2026-02-05 10:00:00,冻结,B1,CNY,10000.00,10000.00,,,",
    "2026-03-05 10:00:00,违规扣款,B2,CNY,12.40,9987.60,处罚通知 F1,,x",
    "2026-04-05 10:00:00,退还,B3,CNY,9987.60,0.00,,,",
)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("signed", [False, True])
def test_the_balance_decides_which_way_an_amount_went(tmp_path: Path, turned: bool, signed: bool) -> None:
    rows = [row.replace("CNY,12", "CNY,-12").replace("CNY,99", "CNY,-99") if signed else row for row in ROWS]
    loaded = load_text(tmp_path / "a.csv", HEAD, *(reversed(rows) if turned else rows))
    columns = ("booked_on", "kind_raw", "amount_fen", "stated_fen", "balance_fen", "deposit_kind")
    assert records(loaded, "deposit_ledger", *columns) == [
        (dt.date(2026, 1, 5), "保证金缴纳", 1000000, 1000000, 1000000, None),
        (dt.date(2026, 2, 5), "冻结", None, 1000000, 1000000, None),
        (dt.date(2026, 3, 5), "违规扣款", -1240, 1240, 998760, None),
        (dt.date(2026, 4, 5), "退还", -998760, 998760, 0, None),
    ]
    checks = ("provider", "balance_check", "opening_fen", "closing_fen", "read_in_fen", "read_out_fen", "first_day")
    assert records(loaded, "bill_files", *checks) == [("ae_deposit", "ok", 0, 0, 1000000, 1000000, None)]
    assert problems(loaded) == []


def test_a_bill_that_begins_in_the_middle_keeps_the_sign_of_its_first_row(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", HEAD, ROWS[2].replace("CNY,12", "CNY,-12"), ROWS[3])
    assert records(loaded, "deposit_ledger", "amount_fen") == [(-998760,), (-1240,)]
    assert records(loaded, "bill_files", "opening_fen", "balance_check") == [(1000000, "ok")]


def test_a_row_that_is_missing_breaks_the_balance(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", HEAD, ROWS[0], ROWS[3])
    assert records(loaded, "bill_files", "balance_check", "balance_broken_row") == [("broken", 3)]


def test_the_names_an_erp_gives_the_fields_are_known_too(tmp_path: Path) -> None:
    row = {
        "settlementTime": "2026-01-05 10:00:00", "type": "DEPOSIT", "orderNo": "B1", "currency": "CNY",
        "amount": 10000.00, "balance": 10000.00, "details": "a", "partnerDesc": "b", "remarks": "c",
    }  # fmt: skip
    loaded = load_json(tmp_path / "a.json", [row])
    assert records(loaded, "deposit_ledger", "kind_raw", "amount_fen", "reference", "memo") == [
        ("DEPOSIT", 1000000, "B1", "a; b; c")
    ]


def test_the_view_with_a_column_for_each_direction_is_known(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "时间,账单项目,收入,支出,余额,币种",
        "2026-01-05 10:00:00,缴纳,100.00,,100.00,CNY",
        "2026-01-06 10:00:00,扣款,,1.00,99.00,CNY",
    )
    assert records(loaded, "deposit_ledger", "amount_fen", "stated_fen") == [(-100, 100), (10000, 10000)]


@pytest.mark.parametrize("amount", ["10000.005", "一万", ""])
def test_an_amount_outside_the_grammar_rejects_its_row(tmp_path: Path, amount: str) -> None:
    loaded = load_text(tmp_path / "a.csv", HEAD, ROWS[0].replace("10000.00", amount, 1), ROWS[1])
    assert records(loaded, "deposit_ledger", "kind_raw") == [("冻结",)]


def test_a_ledger_takes_its_signs_from_the_class_whatever_was_typed(tmp_path: Path) -> None:
    day = dt.date(2026, 1, 5)
    loaded = load_book(
        tmp_path / "台账.xlsx",
        Sheet1=[
            ["店铺", "日期", "类别", "金额", "参考号", "备注"],
            ["一店", day, "缴纳", 10000, "R1", ""],
            ["一店", day, "冻结", 10000, "", ""],
            ["一店", day, "罚款", 12.4, "F1", "迟发"],
            ["一店", day, "赔付", -5, "", ""],
            ["一店", day, "退款", "9,982.60", "", ""],
            ["一店", day, "利息", -1, "", ""],
        ],
    )
    assert records(loaded, "deposit_ledger", "source_row", "deposit_kind", "amount_fen", "stated_fen", "kind_raw") == [
        (2, "pay", 1000000, 1000000, "缴纳"),
        (3, "freeze", None, 1000000, "冻结"),
        (4, "fine", -1240, 1240, "罚款"),
        (5, "compensation", -500, 500, "赔付"),
        (6, "refund", -998260, 998260, "退款"),
        (7, "unknown", -100, 100, "利息"),
    ]
    assert problems(loaded) == [(7, "deposit_kind", "unknown_word", "blanked")]


def test_a_reference_excel_kept_as_a_number_is_no_key(tmp_path: Path) -> None:
    head = ["店铺", "日期", "类别", "金额", "参考号"]
    loaded = load_book(
        tmp_path / "a.xlsx",
        Sheet1=[head, ["一店", "2026-01-05", "缴纳", 1, 2.02601e27], ["一店", "2026-01-06", "补缴", 1, "20260102"]],
    )
    assert records(loaded, "deposit_ledger", "booked_on", "is_suspect_id") == [
        (dt.date(2026, 1, 5), True),
        (dt.date(2026, 1, 6), False),
    ]
