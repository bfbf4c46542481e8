"""Without an order file nobody knows who still waits: the line stays, a person looks and ticks, and all of it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.store.conftest import put_orders
from tests.store.test_loop import IDS, MONDAY, answer, did, hand, new_run, resave
from toolkit.ledger import Ledger
from toolkit.ledger.story import story
from toolkit.store import open_store
from toolkit.store.apply import apply_run
from toolkit.store.confirm import confirm

ONE, OTHER = IDS[:2]
BOX = "已在后台核对"


@pytest.fixture
def run(folder: Path) -> Path:
    """A run of a store without an order file: two products approved, one of them ticked."""
    made = new_run(folder)
    answer(made / "delist.xlsx", {ONE: "同意", OTHER: "同意"})
    answer(made / "delist.xlsx", {ONE: "☑"}, column=BOX)
    return made


def lines(path: Path, sheet: str) -> list[dict[str, Any]]:
    page = openpyxl.load_workbook(path)[sheet]
    rows = list(page.iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if "商品ID" in row)
    return [dict(zip(map(str, rows[top]), row, strict=True)) for row in rows[top + 1 :]]


def test_unchecked_lines_carry_an_empty_box_with_a_drop_down(folder: Path) -> None:
    path = new_run(folder) / "delist.xlsx"

    assert {(row["未完成订单/缺口"], row[BOX]) for row in lines(path, "必须下架")} == {("未核对", "☐")}
    rules = openpyxl.load_workbook(path)["必须下架"].data_validations.dataValidation
    assert '"☐,☑"' in {rule.formula1 for rule in rules}


def test_with_an_order_file_there_is_no_box_and_the_three_states_are_told(folder: Path) -> None:
    put_orders(
        folder / "inbox" / "订单.csv",
        f"1,{ONE},2026-11-21 08:00:00,12,9.90,等待您发货",
        f"2,{OTHER},2026-11-22 08:00:00,1,9.90,已完成",
    )
    run = new_run(folder)
    answer(run / "delist.xlsx", {ONE: "同意", OTHER: "同意"})

    applied = apply_run(run, hand=hand(MONDAY))

    assert BOX not in lines(run / "delist.xlsx", "必须下架")[0]
    work = lines(run / "工作清单.xlsx", "工作清单")
    assert [row["未完成订单/缺口"] for row in work] == ["有:欠12件,缺口2件", "无"]
    assert BOX not in work[0]
    assert applied.unchecked == 0


def test_a_line_without_a_tick_stays_on_the_work_list_and_is_told(folder: Path, run: Path) -> None:
    applied = apply_run(run, hand=hand(MONDAY))

    assert applied.sentences()[:2] == [
        "同意2个,不同意0个,再看一周0个,没有填4个;没有采纳0行。",
        "其中1个的未完成订单没有核对过(没有订单文件,也没有打勾):还在工作清单里,下架前先到后台查一下,查过选 ☑。",
    ]
    work = {row["商品ID"]: (row["未完成订单/缺口"], row[BOX]) for row in lines(run / "工作清单.xlsx", "工作清单")}
    assert work == {ONE: ("未核对", "☑"), OTHER: ("未核对", "☐")}
    notice = (run / "通知-平台客服.txt").read_text(encoding="utf-8-sig")
    assert f"{ONE}  水枪00  未完成订单:已在后台核对" in notice
    assert f"{OTHER}  水枪01  未完成订单:未核对,请帮忙看一下还有没有" in notice


def test_the_ledger_keeps_that_somebody_looked(folder: Path, run: Path) -> None:
    apply_run(run, hand=hand(MONDAY))

    rows = Ledger(folder / "ledger").rows()
    assert story(rows, ONE)[-1].endswith("已建议 → 已同意,备注:未完成订单已在后台核对")
    assert story(rows, OTHER)[-1].endswith("已建议 → 已同意")


def test_what_is_done_without_a_tick_is_told_once(folder: Path, run: Path) -> None:
    apply_run(run, hand=hand(MONDAY))
    did(run, {ONE: "已下架", OTHER: "已下架"}, MONDAY)

    said = confirm(folder, hand=hand(MONDAY)).sentences()

    assert said[1:] == [f"有1个操作时未完成订单还没核对(没有打勾):{OTHER};请到后台补查,有没发完的先发完。"]
    assert confirm(folder, hand=hand(MONDAY)).sentences() == ["没有新的消息,什么都没有变。"]


@pytest.mark.parametrize("word", ["☑", "是", "√", "已核对", True])
def test_a_tick_is_read_however_it_was_made(folder: Path, word: Any) -> None:
    run = new_run(folder)
    answer(run / "delist.xlsx", {ONE: "同意"})
    answer(run / "delist.xlsx", {ONE: word}, column=BOX)

    assert apply_run(run, hand=hand(MONDAY)).unchecked == 0


def test_a_tick_survives_another_program(folder: Path, run: Path) -> None:
    resave(run / "delist.xlsx")

    assert apply_run(run, hand=hand(MONDAY)).unchecked == 1


def test_an_order_file_that_came_since_answers_by_itself(folder: Path, run: Path) -> None:
    put_orders(folder / "inbox" / "订单.csv", f"1,{IDS[5]},2026-11-22 08:00:00,1,9.90,已完成")

    assert apply_run(run, hand=hand(MONDAY)).unchecked == 0
    assert open_store(folder).latest_day().isoformat() == "2026-11-22"
