"""Fines, disputes, debts, and what was released or refunded for orders; all numbers are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.load.sources.files import load_book, load_json, load_text, problems, records


def test_fines_state_positive_amounts_and_what_became_of_them(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "罚款.csv",
        "店铺,处罚编号,处罚时间,罚款类型,罚款金额,币种,处罚原因,处罚状态",
        "一店,F20260301,2026-03-01 10:00:00,罚款,-12.40,CNY,迟发,已扣款",
        "一店,F20260302,2026-03-02 10:00:00,赔付,¥5,,破损,待申诉",
        "一店,F20260303,2026-03-02 10:00:00,,5.00,CNY,破损,WAIT_APPEAL",
        "一店,F20260304,2026-03-02 10:00:00,没收,5.00,CNY,破损,APPEAL_SUCCESS",
        "一店,F20260305,2026-03-02 10:00:00,罚款,5.005,CNY,破损,申诉中",
    )
    columns = ("notice_no", "deposit_kind", "amount_fen", "fine_state", "booked_on")
    assert records(loaded, "fines", *columns)[:4] == [
        ("F20260301", "fine", 1240, "deducted", dt.date(2026, 3, 1)),
        ("F20260302", "compensation", 500, "pending", dt.date(2026, 3, 2)),
        ("F20260303", "fine", 500, "pending", dt.date(2026, 3, 2)),
        ("F20260304", "unknown", 500, "withdrawn", dt.date(2026, 3, 2)),
    ]
    assert problems(loaded) == [
        (5, "deposit_kind", "unknown_word", "blanked"),
        (6, "amount_fen", "money", "rejected"),
    ]


def test_disputes_as_the_interface_answers_and_in_chinese(tmp_path: Path) -> None:
    answer = {
        "issue_id": 60012345678, "order_id": 8201234567890123, "issue_status": "processing",
        "reason_chinese": "货不对版", "gmt_create": "2026-03-01 10:00:00",
    }  # fmt: skip
    page = {"result": {"total_item": 1, "data_list": {"issue_api_issue_dto": [answer]}}}
    loaded = load_json(tmp_path / "a.json", page)
    columns = ("dispute_id", "order_id", "dispute_state", "reason", "opened_on", "is_suspect_id")
    assert records(loaded, "disputes", *columns) == [
        ("60012345678", "8201234567890123", "open", "货不对版", dt.date(2026, 3, 1), False)
    ]
    loaded = load_text(
        tmp_path / "b.csv",
        "纠纷号,订单号,纠纷状态",
        "60012345678,8201234567890123,已结束",
        "60012345679,8201234567890124,仲裁中",
    )
    assert records(loaded, "disputes", "dispute_state", "dispute_state_raw") == [(None, "仲裁中"), ("closed", "已结束")]
    assert problems(loaded) == [(3, "dispute_state", "unknown_word", "blanked")]


def test_a_list_of_debts_may_say_that_there_are_none(tmp_path: Path) -> None:
    head = "店铺,欠款编号,欠款日期,欠款金额,欠款状态,欠款原因"
    loaded = load_text(tmp_path / "a.csv", head, "一店,Q1,2026-03-01,20.00,待还,运费")
    assert records(loaded, "debts", "reference", "amount_fen", "debt_state") == [("Q1", 2000, "open")]
    assert records(load_text(tmp_path / "b.csv", head), "debts", "reference") == []


def test_one_line_of_the_interface_may_tell_a_release_and_a_refund(tmp_path: Path) -> None:
    def money(amount: str) -> dict[str, object]:
        return {"amount": amount, "cent": int(float(amount) * 100), "cent_factor": 100, "currency_code": "USD"}

    lines = [
        {"order_id": 8201234567890123, "child_order_id": 8201234567890124, "loan_status": "loan_ok",
         "loan_amount": money("20.00"), "real_loan_amount": money("19.50"), "escrow_fee": money("1.00"),
         "refund_amount": money("3.00"), "real_refund_amount": money("2.50")},
        {"order_id": 8201234567890125, "child_order_id": 8201234567890126, "loan_status": "wait_loan",
         "loan_amount": money("5.00"), "wait_loan_reson": "未妥投"},
    ]  # fmt: skip
    loaded = load_json(tmp_path / "a.json", {"data": {"loan": lines}})
    columns = ("order_line_id", "settlement_kind", "loan_state", "amount_fen", "stated_fen", "fee_fen", "currency")
    assert records(loaded, "refunds", *columns) == [
        ("8201234567890124", "refund", None, -250, 250, None, "USD"),
        ("8201234567890124", "release", "released", 1950, 1950, 100, "USD"),
        ("8201234567890126", "release", "waiting", None, 500, None, "USD"),
    ]


def test_downloads_of_releases_and_refunds_are_known_by_plain_names(tmp_path: Path) -> None:
    order = 8201234567890123
    loaded = load_book(
        tmp_path / "a.xlsx",
        订单放款记录=[
            ["订单号", "放款时间", "放款金额", "手续费", "币种"],
            [str(order), "2026-03-01 10:00:00", "20.00", "1.00", "USD"],
        ],
        订单退款记录=[
            ["订单号", "退款单号", "退款时间", "退款金额", "币种"],
            [order, "R1", "2026-03-09", "3.00", "USD"],
        ],
    )
    columns = ("settlement_kind", "amount_fen", "booked_on", "refund_id", "is_suspect_id")
    assert records(loaded, "refunds", *columns) == [
        ("refund", -300, dt.date(2026, 3, 9), "R1", True),
        ("release", 2000, dt.date(2026, 3, 1), None, False),
    ]
