"""The ledger only grows, refuses what the table of states does not allow, and trusts no file that was touched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import StoreError
from toolkit.ledger import CORRECTED, CORRECTIONS, GONE, STATES, Hand, Ledger, State
from toolkit.schema import LEDGER
from toolkit.words import keys

HAND = Hand("li", datetime(2026, 11, 24, 9, 30))
LATER = Hand("wang", datetime(2026, 11, 25, 9, 30))


def steps(*path: str, product: str = "1005") -> pl.DataFrame:
    return LEDGER.frame(product_id=[product] * len(path), state=list(path))


def test_steps_are_kept_in_order_with_what_went_before(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)

    ledger.add(steps("planned", "approved"), hand=HAND)
    ledger.add(steps("submitted", "delisted"), hand=LATER)

    told = ledger.rows().select("from_state", "state", "who", "step")
    assert told.rows() == [
        (None, "planned", "li", 0),
        ("planned", "approved", "li", 1),
        ("approved", "submitted", "wang", 0),
        ("submitted", "delisted", "wang", 1),
    ]
    assert ledger.present().select("product_id", "state", "at").rows() == [("1005", "delisted", LATER.at)]


def test_what_is_added_is_what_is_read(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)

    added = ledger.add(steps("planned", "approved"), hand=HAND)

    assert added.equals(ledger.rows())


def test_a_step_the_table_does_not_allow_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)

    with pytest.raises(StoreError) as refused:
        ledger.add(pl.concat([steps("planned", product="1"), steps("planned", "delisted", product="2")]), hand=HAND)

    assert refused.value.sentence("zh").startswith("商品 2:现在是「已建议」,不能变成「已下架」")
    assert ledger.rows().is_empty()


def test_a_half_written_transaction_never_happened(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(steps("planned"), hand=HAND)
    (tmp_path / "entries" / ".000002-abc.json.1.writing").write_text('{"id": "abc", "st', encoding="utf-8")

    assert ledger.rows().height == 1
    assert ledger.add(steps("approved"), hand=HAND).height == 1


def test_a_record_changed_by_hand_is_named_and_nothing_goes_on(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(steps("planned"), hand=HAND)
    (path,) = (tmp_path / "entries").iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace("1005", "1006"), encoding="utf-8")

    with pytest.raises(StoreError, match="ledger/entries/000001"):
        ledger.rows()


def test_a_record_that_is_gone_is_noticed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(steps("planned"), hand=HAND)
    ledger.add(steps("approved"), hand=HAND)
    min((tmp_path / "entries").iterdir()).unlink()

    with pytest.raises(StoreError, match="000002"):
        ledger.present()


def test_no_steps_are_no_transaction(tmp_path: Path) -> None:
    assert Ledger(tmp_path).add(LEDGER.empty(), hand=HAND).is_empty()
    assert not (tmp_path / "entries").exists()


def test_every_state_is_reached_and_worded() -> None:
    reached = {after for states in STATES.values() for after in states}
    assert reached == set(State) == set(STATES) - {None}
    assert {f"state.{state}" for state in State} <= set(keys())


def test_nothing_is_gone_that_was_not_approved() -> None:
    into_gone = {before for before, after in STATES.items() if State.SUBMITTED in after}
    assert into_gone == {State.APPROVED, State.REJECTED, State.FAILED}


@settings(deadline=None)
@given(st.lists(st.sampled_from(list(State)), min_size=1, max_size=6))
def test_exactly_the_paths_of_the_table_are_taken(tmp_path_factory: pytest.TempPathFactory, path: list[State]) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    is_allowed = all(after in STATES[before] for before, after in zip([None, *path], path, strict=False))
    try:
        ledger.add(steps(*path), hand=HAND)
    except StoreError:
        assert not is_allowed
        assert ledger.rows().is_empty()
    else:
        assert is_allowed
        assert ledger.present()["state"].to_list() == [path[-1]]


def test_a_correction_is_a_step_of_its_own_and_only_as_one(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(steps("planned", "approved", "submitted", "delisted"), hand=HAND)

    with pytest.raises(StoreError, match="现在是「已下架」,不能变成「被驳回」"):
        ledger.add(steps("rejected"), hand=LATER)
    ledger.add(steps("rejected").with_columns(evidence=pl.lit(CORRECTED)), hand=LATER)

    assert ledger.rows().select("from_state", "state", "evidence").rows()[-1] == ("delisted", "rejected", CORRECTED)
    assert ledger.rows().height == 5


def test_no_correction_takes_off_sale_what_was_never_approved() -> None:
    into_gone = {before for before, after in CORRECTIONS.items() if set(after) & set(GONE)}
    assert into_gone.isdisjoint({State.PLANNED, State.DECLINED, State.WATCHED, State.APPROVED})
