"""International settlement files; all numbers are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.load.sources.files import counts, load_text, problems, records

HEAD = (
    "Partner_transaction_id,Transaction_id,Amount,Rmb_amount,Fee,Settlement,Rmb_settlement,Currency,Rate,Payment_time,"
    "Settlement_time,Type,Status,Remarks,original_partner_transaction_ID"
)


@pytest.mark.parametrize("day", ["2026-11-02", "11/02/2026"])
@pytest.mark.parametrize("kind", [("P", "R"), ("PAYMENT", "REFUND")])
def test_both_spellings_of_a_day_and_of_a_kind_say_the_same(tmp_path: Path, day: str, kind: tuple[str, str]) -> None:
    loaded = load_text(
        tmp_path / "settlement.csv",
        HEAD,
        f"P001 ,2026T1 ,852.40 ,6000.10 ,8.52 ,843.88 ,5940.10 ,USD ,7.0391 ,{day} 10:00:00 ,{day} 23:00:00 ,{kind[0]} ,L ,,",
        f"P001R,2026T2,-52.40,,,-52.40,,USD,,{day} 11:00:00,{day} 23:00:00,{kind[1]},L,,P001",
        "<END>,,,,,,,,,,,,,,",
    )
    columns = ("settlement_kind", "merchant_order_no", "original_order_no", "amount_fen", "fee_fen", "net_fen")
    assert records(loaded, "settlements", *columns) == [
        ("payment", "P001", None, 85240, 852, 84388),
        ("refund", "P001R", "P001", -5240, None, -5240),
    ]
    times = ("currency", "settled_currency", "settled_fen", "rate", "booked_at", "booked_on", "settled_on")
    on = dt.date(2026, 11, 2)
    assert records(loaded, "settlements", *times) == [
        ("USD", None, None, None, dt.datetime(2026, 11, 2, 11), on, on),
        ("USD", "CNY", 594010, "7.0391", dt.datetime(2026, 11, 2, 10), on, on),
    ]
    assert counts(loaded) == (3, 2, 1, 0)
    assert problems(loaded) == []


def test_a_row_that_states_no_currency_is_rejected_whatever_the_stores_is(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv", HEAD, "P001,T1,1.00,,,1.00,,,,2026-11-02 10:00:00,,P,L,,", "P2,T2,1.00,,,1.00,,USD,,,,P,L,,"
    )
    assert problems(loaded) == [(2, None, "currency_missing", "rejected")]
    assert records(loaded, "settlements", "merchant_order_no") == [("P2",)]


def test_a_kind_nobody_knows_has_no_sign_and_is_told(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", HEAD, "P001,T1,1.00,,,1.00,,USD,,2026-11-02 10:00:00,,X,L,,")
    assert records(loaded, "settlements", "settlement_kind", "amount_fen", "stated_fen") == [(None, None, 100)]
    assert problems(loaded) == [(2, "settlement_kind", "unknown_word", "blanked")]


def test_a_batch_states_its_sum_and_moves_nothing_of_its_own(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "Settle_batch_no,Settle_date,Amount,Fee,Settlement,Currency",
        "2026110201,2026-11-02,852.40,8.52,843.88,USD",
        "<END>,,,,,",
    )
    columns = ("settlement_kind", "batch_no", "amount_fen", "stated_fen", "fee_fen", "net_fen", "settled_on")
    assert records(loaded, "settlements", *columns) == [
        ("batch", "2026110201", None, 85240, 852, 84388, dt.date(2026, 11, 2))
    ]
