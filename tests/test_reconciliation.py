from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import toolkit as tk
from tests.reconcile.deposit_story import applied, bill, files, ledger
from toolkit.errors import DataError, InputError


def test_pandas_in_pandas_out_with_the_same_verdict_as_polars() -> None:
    given = [ledger({}), bill({"amount_fen": 998_760})]
    mine = tk.reconcile_deposits(*given, applications=applied({}), as_of="2026-11-20")
    theirs = tk.reconcile_deposits(
        *(frame.to_pandas() for frame in given), applications=applied({}).to_pandas(), as_of="2026-11-20"
    )

    assert isinstance(theirs.cases, pd.DataFrame)
    assert isinstance(mine.cases, pl.DataFrame)
    assert theirs.cases["gap_fen"].tolist() == mine.cases["gap_fen"].to_list() == [-1240]
    assert set(theirs.tables) >= {"stores", "cases", "rows", "control", "open_items"}


def test_a_result_shows_itself_in_the_language_asked_for() -> None:
    found = tk.reconcile_deposits(
        ledger({}), bill(), applications=applied({}), bill_files=files({}), as_of="2026-11-20",
        settings={"store": {"language": "en"}},
    )  # fmt: skip

    assert repr(found) == "As of 2026-11-20: deposits of 1 store, 1 thing open.\noverdue: 1, 10,000.00 CNY"
    assert "<br>" in found._repr_html_()
    assert found.conclusion("zh").splitlines()[1] == "超期未到:1件,10,000.00元"


def test_what_is_no_frame_and_what_is_no_day_are_said() -> None:
    with pytest.raises(InputError):
        tk.reconcile_deposits("ledger.csv", bill(), as_of="2026-11-20")
    with pytest.raises(DataError) as raised:
        tk.reconcile_deposits(ledger(), bill(), as_of="20.11.2026")
    assert "20.11.2026" in str(raised.value)


def test_refunds_come_back_in_the_callers_kind_of_frame() -> None:
    told = pd.DataFrame(
        {"order_id": ["8001"], "amount_fen": [-500], "currency": ["USD"], "settlement_kind": ["refund"]}
    )

    found = tk.reconcile_refunds(told, None, None, as_of="2026-11-20")

    assert found.items["refund_state"].tolist() == ["not_assessable"]
