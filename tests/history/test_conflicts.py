"""Order lines that two files tell differently are believed once, and said with both places."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from toolkit import schema
from toolkit.history import FileTold, History, order_lines

MONDAY = date(2026, 11, 2)
SAID = ("source_file", "source_row", "column", "value", "effect")


def history_of(folder: Path, **files: list[dict]) -> History:
    """A history of order files, later ones newer; a line is its differing columns."""
    history = History(folder)
    for at, (name, told) in enumerate(files.items()):
        usual = {"channel": "full", "order_id": "1", "product_id": "p", "ordered_on": 0, "quantity": 1}
        rows = [usual | {"source_file": f"{name}.csv", "source_row": row} | line for row, line in enumerate(told, 2)]
        for line in rows:
            line["ordered_on"] = MONDAY + timedelta(days=line["ordered_on"])
        names = dict.fromkeys(name for line in rows for name in line)
        table = schema.ORDER_LINES.frame(**{name: [line.get(name) for line in rows] for name in names})
        history.add(FileTold(name, f"{name}.csv", {"order_lines": table}, latest_event_on=MONDAY + timedelta(days=at)))
    return history


def said(history: History) -> list[tuple]:
    return history.problems().select(SAID).rows()


def units(history: History) -> int:
    lines = history.tables().order_lines
    assert lines is not None
    return lines.lazy().select(pl.col("quantity").sum()).collect().item()


def test_another_quantity_and_price_of_the_same_line_are_said_with_both_places(tmp_path: Path) -> None:
    history = history_of(
        tmp_path,
        a=[{"quantity": 2, "unit_price_fen": 1230, "currency": "CNY"}],
        b=[{"order_id": "0"}, {"quantity": 3, "unit_price_fen": 1200, "currency": "CNY"}],
    )

    assert units(history) == 1 + 3
    assert said(history) == [
        ("a.csv", 2, "quantity", "2 ≠ 3 (b.csv › 3)", "conflict"),
        ("a.csv", 2, "unit_price_fen", "12.30 ≠ 12.00 (b.csv › 3)", "conflict"),
    ]


def test_prices_of_two_currencies_and_a_newer_status_contradict_nothing(tmp_path: Path) -> None:
    history = history_of(
        tmp_path,
        a=[{"unit_price_fen": 1230, "currency": "CNY", "order_status": "paid"}],
        b=[{"unit_price_fen": 170, "currency": "USD", "order_status": "shipped"}],
    )

    assert said(history) == []


def test_two_lines_of_one_key_are_held_against_each_other_one_by_one(tmp_path: Path) -> None:
    history = history_of(tmp_path, a=[{"quantity": 1}, {"quantity": 5}], b=[{"quantity": 5}, {"quantity": 1}])

    assert said(history) == []


def test_one_line_number_with_two_products_is_said_and_neither_line_is_dropped(tmp_path: Path) -> None:
    history = history_of(
        tmp_path,
        a=[{"order_line_id": "820100000000001", "product_id": "p", "quantity": 2}],
        b=[{"order_line_id": "820100000000001", "product_id": "q", "quantity": 2}],
    )

    assert units(history) == 4
    assert said(history) == [("a.csv", 2, "product_id", "p ≠ q (b.csv › 2)", "both_counted")]


def test_a_number_seen_again_months_later_counts_once_and_is_said(tmp_path: Path) -> None:
    history = history_of(tmp_path, a=[{}], b=[{"ordered_on": 60}])

    assert units(history) == 1
    assert said(history) == [("a.csv", 2, "ordered_on", "2026-11-02 ≠ 2027-01-01 (b.csv › 2)", "conflict")]


def test_an_order_paid_a_day_later_is_moved_without_a_word(tmp_path: Path) -> None:
    assert said(history_of(tmp_path, a=[{}], b=[{"ordered_on": 1}])) == []


def test_purchase_order_lines_are_held_against_each_other_too(tmp_path: Path) -> None:
    history = History(tmp_path)
    for name, quantity in (("a", 10), ("b", 12)):
        row = schema.PURCHASE_ORDER_LINES.frame(
            purchase_order_no=["PO1"],
            product_id=["p"],
            quantity=[quantity],
            source_file=[f"{name}.csv"],
            source_row=[2],
        )
        history.add(FileTold(name, f"{name}.csv", {"purchase_order_lines": row}))

    assert said(history) == [("a.csv", 2, "quantity", "10 ≠ 12 (b.csv › 2)", "conflict")]


def test_of_very_many_contradictions_the_rest_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_lines, "MOST_LINES", 1)
    twice = [[{"order_id": str(n), "quantity": units} for n in range(3)] for units in (1, 2)]

    found = history_of(tmp_path, a=twice[0], b=twice[1]).problems()

    assert found["effect"].to_list() == ["conflict", "not_listed"]
    assert found["value"].to_list()[1] == "2"
