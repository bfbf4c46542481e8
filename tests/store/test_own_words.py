"""Rules about the words of bills, typed into the sheet that init writes, through the real command."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.reconcile.rule_sheet import RULE_CAPTIONS, rules_frame, rules_of_frame
from toolkit.reconcile.rules import deposit_rules
from toolkit.sample import write_deposit_sample
from toolkit.store.new import init_store
from toolkit.store.own_words import OwnWords
from toolkit.store.reconcile import reconcile_paths
from toolkit.words import LANGS, Lang

DAY = date(2026, 11, 20)
NAME = "保证金规则.xlsx"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("m") / "shops"
    write_deposit_sample(folder)
    init_store(folder.parent / "new")
    shutil.copy(folder.parent / "new" / NAME, folder / "_共用" / NAME)
    reconcile_paths([folder], as_of=DAY)  # their files are read once, for all tests
    return folder


@pytest.fixture
def shops(sample: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample, tmp_path / "shops")
    return tmp_path / "shops"


def rule(shops: Path, cells: Mapping[str, str | float], *, row: int = 2) -> None:
    """Type one rule into the shared sheet."""
    path = shops / "_共用" / NAME
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    headers = [cell.value for cell in page[1]]
    for caption, value in cells.items():
        page.cell(row, 1 + headers.index(caption), value)
    book.save(path)


def state(shops: Path, store: str) -> str:
    cases = reconcile_paths([shops], as_of=DAY).deposits.cases
    return cases.filter(store=store, case_kind="deposit_refund")["case_state"].item()


def test_an_empty_sheet_changes_nothing(shops: Path) -> None:
    assert OwnWords.found([shops / "_共用"]).rules is None
    assert state(shops, "义乌四店") == "duplicate"


def test_a_rule_typed_in_words_decides(shops: Path) -> None:
    rule(
        shops, {"编号": "mine", "类别": "其他", "任一词": "保证金退还、退保", "方向": "进", "账单来源": "支付宝(个人)"}
    )

    assert state(shops, "义乌四店") == "overdue"


def test_a_shipped_rule_is_taken_out_by_its_id(shops: Path) -> None:
    rule(shops, {"编号": "deposit_refund", "停用": "是"})
    rules = OwnWords.found([shops / "_共用"]).rules

    assert rules is not None
    assert "deposit_refund" not in [one.id for one in rules]
    assert len(rules) == len(deposit_rules()) - 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"编号": "r1", "类别": "退钱", "任一词": "x"}, "B2:类别「退钱」不认识"),
        ({"编号": "r1", "类别": "退款", "任一词": "x", "方向": "上"}, "G2:「上」不合适"),
        ({"编号": "r1", "类别": "退款", "金额": 12.345}, "H2:「12.345」不合适"),
        ({"编号": "r1", "类别": "退款", "任一词": "x", "看哪些列": "价格"}, "M2:「价格」不合适"),
        ({"编号": "r1", "类别": "退款", "任一词": "x", "停用": "也许"}, "O2:「也许」不合适"),
        ({"编号": "r1", "类别": "退款", "对方": "速卖通"}, "I2:只看对方是谁"),
        ({"编号": "r1", "类别": "退款"}, "B2:没有词也没有金额"),
        ({"类别": "退款", "任一词": "x"}, "A2:这条规则没有编号"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_one_sentence_with_its_place(
    shops: Path, cells: dict[str, str | float], told: str
) -> None:
    rule(shops, cells)
    run = CliRunner().invoke(cli, ["reconcile", str(shops), "--as-of", str(DAY)])

    assert run.exit_code != 0
    assert run.exception is not None
    assert f"{NAME} › 我的规则 › {told}" in str(run.exception)
    assert "都没有用上" in str(run.exception)


def test_an_id_that_stands_twice_is_refused_where_it_stands_again(shops: Path) -> None:
    rule(shops, {"编号": "r1", "类别": "退款", "任一词": "x"})
    rule(shops, {"编号": "r1", "类别": "罚款", "任一词": "y"}, row=4)

    with pytest.raises(Exception, match="A4:编号重复"):
        reconcile_paths([shops], as_of=DAY)


def test_a_workbook_without_the_headers_is_refused(shops: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["规则", "词"])
    book.save(shops / "_共用" / NAME)

    with pytest.raises(Exception, match="没有一张表同时有"):
        reconcile_paths([shops], as_of=DAY)


@pytest.mark.parametrize("lang", LANGS)
def test_the_shipped_rules_are_shown_beside_the_form_and_can_be_copied_whole(tmp_path: Path, lang: Lang) -> None:
    init_store(tmp_path, lang=lang)
    book = openpyxl.load_workbook(tmp_path / NAME)
    mine, shipped, _ = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    rows = [[cell.value for cell in row] for row in shipped.iter_rows()]

    assert [cell.value for cell in mine[1]] == rows[0] == list(RULE_CAPTIONS.values())
    assert len(rows) == len(deposit_rules()) + 1
    for number, row in enumerate(rows[1:], start=2):
        for at, value in enumerate(row, start=1):
            mine.cell(number, at, value)
    (tmp_path / "copied").mkdir()
    book.save(tmp_path / "copied" / NAME)
    assert OwnWords.found([tmp_path / "copied"]).rules == deposit_rules()


def test_rules_put_into_rows_are_the_same_rules_again() -> None:
    captioned = rules_frame().rename(RULE_CAPTIONS)

    assert rules_of_frame(captioned, name="规则") == deposit_rules()
