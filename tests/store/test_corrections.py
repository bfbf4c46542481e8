"""An operator who typed the wrong outcome types the right one, and the ledger tells both."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.store.test_loop import IDS, MONDAY, answer, did, hand, new_run, put_list, snapshot, states
from toolkit.ledger import Ledger
from toolkit.ledger.story import story
from toolkit.store import open_store
from toolkit.store.apply import apply_run
from toolkit.store.confirm import confirm
from toolkit.store.undo import undo_run
from toolkit.store.week import weekly_run

ONE, OTHER = IDS[:2]


@pytest.fixture
def run(folder: Path) -> Path:
    """A run with two products approved, the work list not yet touched."""
    made = new_run(folder)
    answer(made / "delist.xlsx", {ONE: "同意", OTHER: "同意"})
    apply_run(made, hand=hand(MONDAY))
    return made


def retype(run: Path, product: str, day: date = MONDAY, **cells: str) -> None:
    """Type other words into the line of a product."""
    for column, word in {"操作日期": day.isoformat(), **cells}.items():
        answer(run / "工作清单.xlsx", {product: word}, sheet="工作清单", column=column)


def test_the_right_outcome_takes_the_place_of_the_wrong_one_and_the_log_tells_both(folder: Path, run: Path) -> None:
    did(run, {ONE: "已下架"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))

    retype(run, ONE, 结果="被驳回", 备注="看错行了")
    said = confirm(folder, hand=hand(MONDAY)).sentences()

    assert said == [f"更正:商品 {ONE} 原来记的是「已下架」,按改填的记为「被驳回」。"]
    rows = Ledger(folder / "ledger").rows()
    assert [line.split(":", 2)[2] for line in story(rows, ONE)][-2:] == [
        "已操作 → 已下架(人工确认)", "已下架 → 被驳回(人工更正),备注:看错行了",
    ]  # fmt: skip
    once = snapshot(folder)
    assert confirm(folder, hand=hand(MONDAY)).sentences() == ["没有新的消息,什么都没有变。"]
    assert snapshot(folder) == once


def test_a_line_ticked_by_mistake_is_open_again_and_not_undone_later(folder: Path, run: Path) -> None:
    did(run, {ONE: "已下架", OTHER: "已下架"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))

    retype(run, ONE, 已操作="否", 结果="")
    confirm(folder, hand=hand(MONDAY))

    assert [states(folder)[each] for each in (ONE, OTHER)] == ["approved", "delisted"]
    assert undo_run(run, hand=hand(MONDAY)).gone == 1


def test_a_result_beside_not_done_is_refused_with_its_place(folder: Path, run: Path) -> None:
    retype(run, ONE, 已操作="否", 结果="已下架")

    said = confirm(folder, hand=hand(MONDAY)).sentences()

    assert said[1:] == [f"工作清单.xlsx › 4 商品 {ONE}:「已操作」填了否,却又填了「结果」,这一行没有采纳。"]
    assert states(folder)[ONE] == "approved"


def test_a_wrong_date_is_corrected(folder: Path, run: Path) -> None:
    did(run, {ONE: "已下架"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))

    retype(run, ONE, MONDAY - timedelta(days=1))

    assert confirm(folder, hand=hand(MONDAY)).sentences("en") == [
        f"Corrected: product {ONE} was acted on 2026-11-22, as typed anew."
    ]


def test_a_later_day_on_a_refusal_is_a_second_attempt_and_no_correction(folder: Path, run: Path) -> None:
    did(run, {ONE: "被驳回"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))

    retype(run, ONE, MONDAY + timedelta(days=1), 结果="已下架")
    confirm(folder, hand=hand(MONDAY + timedelta(days=1)))

    mine = Ledger(folder / "ledger").rows().filter(product_id=ONE)
    assert mine["state"].to_list()[-3:] == ["rejected", "submitted", "delisted"]
    assert "corrected" not in mine["evidence"].to_list()


def test_a_word_against_the_product_list_is_told_and_not_taken(folder: Path, run: Path) -> None:
    did(run, {ONE: "已下架"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))
    seen = MONDAY + timedelta(days=2)
    put_list(folder, seen, {**dict.fromkeys(IDS, "在售"), ONE: "已下架"})
    confirm(folder, hand=hand(seen))

    retype(run, ONE, 结果="被驳回")

    assert confirm(folder, hand=hand(seen)).sentences()[1:] == [
        f"工作清单.xlsx › 4 商品 {ONE}:改填成「被驳回」,但已核实(2026-11-25)是「已下架」,比手填的可靠,没有改。"
    ]
    assert states(folder)[ONE] == "delisted"


def test_what_was_not_relisted_after_all_waits_to_be(folder: Path, run: Path) -> None:
    did(run, {ONE: "已下架"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))
    undo_run(run, hand=hand(MONDAY))
    did(run, {ONE: "已上架"}, MONDAY, file="重新上架清单.xlsx")
    confirm(folder, hand=hand(MONDAY))
    assert states(folder)[ONE] == "relisted"

    did(run, {ONE: "被驳回"}, MONDAY, file="重新上架清单.xlsx")
    confirm(folder, hand=hand(MONDAY))

    assert states(folder)[ONE] == "relist_planned"
    once = snapshot(folder)
    confirm(folder, hand=hand(MONDAY))
    assert snapshot(folder) == once


def test_next_weeks_conclusion_counts_the_right_outcome(folder: Path, run: Path) -> None:
    did(run, {ONE: "被驳回", OTHER: "已下架"}, MONDAY)
    confirm(folder, hand=hand(MONDAY))
    retype(run, ONE, 结果="已下架")
    confirm(folder, hand=hand(MONDAY))
    put_list(folder, MONDAY, dict.fromkeys(IDS, "在售"))

    assert weekly_run(open_store(folder)).conclusion.startswith("上周同意下架2个:人工确认2。")
