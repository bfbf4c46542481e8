"""What is private is masked; what is evidence stays whole."""

from __future__ import annotations

import polars as pl
import pytest

from toolkit.export.masked import masked


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("13812345678", "138****5678"),
        ("2088123412345678", "208****5678"),
        ("138****5678", "138****5678"),
        ("6688", "6688"),
        ("caiwu@yiwu.example", "c****@yiwu.example"),
        ("王小明", "王**"),
        (None, None),
    ],
)
def test_an_account_keeps_only_what_tells_it_from_others(account: str | None, shown: str | None) -> None:
    assert masked(pl.DataFrame({"account": [account]}, schema={"account": pl.String}))["account"].item() == shown


def test_file_names_and_pointers_lose_phones_mailboxes_and_account_numbers_only() -> None:
    name = "2088123412345678_20261101_13812345678_账务明细.csv"
    rows = pl.DataFrame({"source_file": [name], "bill_row": [f"{name} › 账务明细.csv › 12"]})

    shown = masked(rows).row(0)

    assert shown[0] == "2088****5678_20261101_138****5678_账务明细.csv"
    assert shown[1] == "2088****5678_20261101_138****5678_账务明细.csv › 账务明细.csv › 12"


def test_ids_of_transactions_are_evidence_and_stay() -> None:
    trade = "2026111822001413812345678901"
    rows = pl.DataFrame({"credit_id": [trade], "bill_row": [f"账单.csv › 退款{trade} › 3"]})

    assert masked(rows).row(0) == rows.row(0)


def test_the_key_of_a_row_does_not_give_its_account_away() -> None:
    keys = [
        "alipay_personal|13812345678|2026|1",
        "wechat_personal|王小明|2026|1",
        "row|bill|alipay_merchant|2088123412345678|9",
    ]

    assert masked(pl.DataFrame({"row_key": keys}))["row_key"].to_list() == [
        "alipay_personal|138****5678|2026|1",
        "wechat_personal|王**|2026|1",
        "row|bill|alipay_merchant|2088****5678|9",
    ]


def test_a_quoted_cell_is_masked_as_the_column_it_stood_in() -> None:
    rows = pl.DataFrame(
        {"column": ["counterparty", "amount_fen", None], "value": ["李四", "12.345", "电话13812345678"]}
    )

    assert masked(rows)["value"].to_list() == ["李*", "12.345", "电话138****5678"]


def test_it_can_be_switched_off() -> None:
    rows = pl.DataFrame({"account": ["13812345678"]})

    assert masked(rows, private=False)["account"].to_list() == ["13812345678"]
