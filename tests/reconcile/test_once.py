"""Money that a bill tells twice counts once."""

from __future__ import annotations

import polars as pl

from tests.reconcile.sides import CALENDAR, day
from toolkit.reconcile.once import counted_once


def bill(*rows: tuple[str, str, int, int | None, str | None]) -> pl.DataFrame:
    """Key, class, day, amount moved (null: none did), store; every figure is 10,000.00."""
    keys, kinds, days, moved, stores = zip(*rows, strict=True)
    return pl.DataFrame(
        {
            "row_key": keys,
            "deposit_kind": kinds,
            "booked_on": [day(n) for n in days],
            "amount_fen": moved,
            "store": stores,
        },
        schema_overrides={"amount_fen": pl.Int64(), "store": pl.String()},
    ).with_columns(stated_fen=pl.lit(1000000, pl.Int64), currency=pl.lit("CNY"))


def shadows(frame: pl.DataFrame) -> dict[str, str]:
    found = counted_once(frame, calendar=CALENDAR)
    assert found.drop("counted_with").equals(frame)
    return dict(found.filter(pl.col("counted_with").is_not_null()).select("row_key", "counted_with").iter_rows())


def test_a_thaw_is_counted_with_its_refund_and_a_freeze_with_its_payment() -> None:
    frame = bill(
        ("f", "freeze", 0, None, None), ("p", "pay", 0, -1000000, None),
        ("t", "thaw", 21, None, None), ("r", "refund", 23, 1000000, None),
    )  # fmt: skip
    assert shadows(frame) == {"f": "p", "t": "r"}


def test_the_refund_may_be_told_first() -> None:
    assert shadows(bill(("t", "thaw", 3, None, None), ("r", "refund", 2, 1000000, None))) == {"t": "r"}


def test_a_thaw_alone_or_too_far_away_stands_for_itself() -> None:
    assert shadows(bill(("t", "thaw", 0, None, None))) == {}
    assert shadows(bill(("t", "thaw", 0, None, None), ("r", "refund", 11, 1000000, None))) == {}


def test_one_refund_is_the_partner_of_one_thaw_only() -> None:
    same = bill(("a", "thaw", 0, None, None), ("b", "thaw", 0, None, None), ("r", "refund", 1, 1000000, None))
    assert shadows(same) == {"a": "r"}
    two = bill(("a", "thaw", 0, None, "one"), ("b", "thaw", 0, None, "two"), ("r", "refund", 1, 1000000, None))
    assert shadows(two) == {}
