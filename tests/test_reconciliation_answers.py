"""From the committed folder of bills to the workbook: the answers that are certain are the answers that come out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from toolkit.cli import cli
from toolkit.sample import write_deposit_sample
from toolkit.sample.deposits import CHECKED_ON, DEPOSIT_ANSWERS
from toolkit.words import say

SAMPLE = Path(__file__).parent.parent / "data" / "sample-deposits"


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shops = tmp_path_factory.mktemp("deposits") / "shops"
    shutil.copytree(SAMPLE, shops, ignore=shutil.ignore_patterns("history", "runs", "reconciliation*"))
    return shops


@pytest.fixture(scope="module")
def book(shops: Path) -> CalamineWorkbook:
    run = CliRunner().invoke(cli, ["reconcile", f"{shops}/*", "--as-of", str(CHECKED_ON)], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return CalamineWorkbook.from_path(shops / "reconciliation.xlsx")


def table(book: CalamineWorkbook, sheet: str, first: str = "店铺", nth: int = 0) -> list[dict[str, Any]]:
    """The rows of a sheet's n-th table whose first column has this title."""
    rows = book.get_sheet_by_name(sheet).to_python()
    tops = [n for n, row in enumerate(rows) if row[0] == first]
    body = rows[tops[nth] + 1 :]
    end = next((n for n, row in enumerate(body) if not any(str(cell) for cell in row)), len(body))
    titles = [str(title) for title in rows[tops[nth]]]
    return [dict(zip(titles, row, strict=True)) for row in body[:end]]


def test_the_committed_sample_is_what_the_tool_writes(tmp_path: Path) -> None:
    for path in write_deposit_sample(tmp_path / "again"):
        committed = SAMPLE / path.relative_to(tmp_path / "again")
        if path.suffix != ".xlsx":
            assert committed.read_bytes().replace(b"\r\n", b"\n") == path.read_bytes().replace(b"\r\n", b"\n"), (
                path.name
            )


@pytest.mark.parametrize("store", DEPOSIT_ANSWERS)
def test_every_store_has_its_certain_answer(book: CalamineWorkbook, store: str) -> None:
    state, gap = DEPOSIT_ANSWERS[store]
    (case,) = (row for row in table(book, "办理事项") if row["店铺"] == store and row["办理事项"] == "保证金退款")

    assert case["状态"] == say(f"case_state.{state}", "zh")
    assert case["差额(到账减应收)"] == ("" if gap is None else gap / 100)


def test_the_sample_store_holds_the_same_answers_for_its_sister_stores(tmp_path: Path) -> None:
    store = tmp_path / "sample"
    money = ("支付宝交易明细*", "保证金*")
    (store / "inbox").mkdir(parents=True)
    for path in (p for name in money for p in (SAMPLE.parent / "sample" / "inbox").glob(name)):
        shutil.copy(path, store / "inbox")
    shutil.copy(SAMPLE.parent / "sample" / "店铺档案.xlsx", store)
    run = CliRunner().invoke(cli, ["reconcile", str(store), "--as-of", str(CHECKED_ON)], catch_exceptions=False)
    assert run.exit_code == 0, run.output

    cases = table(CalamineWorkbook.from_path(store / "reconciliation.xlsx"), "办理事项")
    found = {row["店铺"]: (row["状态"], row["差额(到账减应收)"]) for row in cases if row["办理事项"] == "保证金退款"}
    wanted = {
        name: (say(f"case_state.{state}", "zh"), "" if gap is None else gap / 100)
        for name, (state, gap) in DEPOSIT_ANSWERS.items()
    }
    assert {name: found[name] for name in wanted} == wanted


def test_the_steps_of_every_store_sum_to_zero(book: CalamineWorkbook) -> None:
    steps = table(book, "余额", nth=1)

    for store in DEPOSIT_ANSWERS:
        assert sum(round(row["金额"] * 100) for row in steps if row["店铺"] == store) == 0
    assert {row["店铺"] for row in steps} == set(DEPOSIT_ANSWERS)


def test_a_credit_is_used_once_and_points_to_its_line(book: CalamineWorkbook) -> None:
    pairs = table(book, "已对上")
    credits = [pair["到账编号"] for pair in pairs]

    assert len(credits) == len(set(credits)) == 2
    assert all("尾号" in pair["到账在哪一行"] for pair in pairs)


def test_every_row_of_every_file_stands_once_and_other_deposits_stay_out(book: CalamineWorkbook) -> None:
    rows = table(book, "全部流水", "哪一边")
    hotel = [row for row in rows if row["金额(进为正)"] == 500 and row["哪一边"] == "账单"]

    assert len(rows) == 10 + 6
    assert len({(row["来源文件"], row["行号"], row["店铺"]) for row in rows}) == len(rows)
    assert [row["去向"] for row in hotel] == ["和保证金无关"]


def test_the_file_that_would_settle_it_is_named(book: CalamineWorkbook) -> None:
    (case,) = (row for row in table(book, "办理事项") if row["店铺"] == "义乌三店")

    assert case["还差哪个文件"] == say("needs_file.filtered", "zh")


def test_nobodys_phone_or_name_is_in_the_workbook(book: CalamineWorkbook) -> None:
    cells = {str(c) for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python() for c in row}

    assert not [cell for cell in cells if "13800008001" in cell or "王小明" in cell]
    assert any("138****8001" in cell for cell in cells)


def test_no_code_is_left_without_a_word(book: CalamineWorkbook) -> None:
    worded = ("状态", "下一步", "办理事项", "超期多久", "还差哪个文件", "怎么对上的", "去向", "是什么", "按什么判断")
    sheets = (("汇总", "店铺"), ("办理事项", "店铺"), ("未对上", "店铺"), ("已对上", "店铺"), ("全部流水", "哪一边"))
    cells = [str(row[c]) for sheet, first in sheets for row in table(book, sheet, first) for c in worded if c in row]

    assert not [cell for cell in cells if cell.isascii() and cell]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_due_is_listed_with_days_and_next_steps(shops: Path, lang: str) -> None:
    run = CliRunner().invoke(cli, ["cases", str(shops), "--as-of", str(CHECKED_ON), "--lang", lang])
    lines = run.output.splitlines()

    assert [line[:10] for line in lines] == ["2026-11-06", "2026-11-09", "2026-11-10", "2026-11-11", "2026-11-24"]
    assert say("case_state.in_review", "zh" if lang == "zh" else "en") in lines[-1]
