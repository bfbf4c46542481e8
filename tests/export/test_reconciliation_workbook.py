"""What a person finds in reconciliation.xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.export.verdicts import PHONE, report
from toolkit.export.reconciliation_workbook import write_reconciliation_workbook
from toolkit.words import Lang

SHEETS = [
    "汇总",
    "办理事项",
    "退款申请表",
    "审核清单",
    "余额",
    "已对上",
    "未对上",
    "说不准",
    "全部流水",
    "订单退款放款",
    "文件覆盖",
    "问题行",
    "说明",
]


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table(rows: list[list[Any]], first_title: str) -> list[dict[str, Any]]:
    top = next(n for n, row in enumerate(rows) if row[0] == first_title)
    body = (row for row in rows[top + 1 :])
    return [dict(zip(rows[top], row, strict=True)) for row in body if row[0] != ""]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Any]]]:
    return sheets(write_reconciliation_workbook(tmp_path_factory.mktemp("b") / "reconciliation.xlsx", report()))


def test_the_sheets_stand_in_the_order_of_work(book: dict[str, list[list[Any]]]) -> None:
    assert list(book) == SHEETS


def test_amounts_are_exact_from_fen(book: dict[str, list[list[Any]]]) -> None:
    first = table(book["余额"], "店铺")[0]

    assert (first["已缴"], first["已退"], first["应有余额"]) == (10000, 9787.6, 12.4)


def test_the_summary_has_the_columns_one_works_by(book: dict[str, list[list[Any]]]) -> None:
    first = table(book["汇总"], "店铺")[0]

    assert list(first)[:3] == ["店铺", "状态", "下一步"]
    assert len(first) == 12
    assert (first["应退"], first["已到账"]) == (9800, 9787.6)


def test_what_is_asked_for_says_whether_it_is_there_and_what_to_do(book: dict[str, list[list[Any]]]) -> None:
    debt, account = table(book["退款申请表"], "店铺")
    (kinds,) = table(book["审核清单"], "店铺")

    assert (debt["要什么"], debt["有没有"]) == ("没有欠款", "不清楚")
    assert debt["怎么办"].startswith("先还清欠款")
    assert (account["账号"], account["有没有"], account["怎么办"]) == ("138****5678", "已具备", "")
    assert kinds["已知的"] == "138****5678_执照.jpg pdf"


def test_what_proves_a_case_is_folded_away_and_not_printed(tmp_path: Path) -> None:
    path = write_reconciliation_workbook(tmp_path / "r.xlsx", report())
    page = openpyxl.load_workbook(path)["办理事项"]
    hidden = {
        str(page.cell(3, at).value)
        for dimension in page.column_dimensions.values()
        if dimension.hidden
        for at in range(dimension.min or 1, (dimension.max or 0) + 1)
    }

    assert {"没有未结纠纷", "申请在哪一行", "账单在哪一行"} <= hidden
    assert not {"店铺", "状态", "下一步", "应收", "到账"} & hidden


def test_the_latest_case_stands_on_top_with_its_next_step_in_words(book: dict[str, list[list[Any]]]) -> None:
    first = table(book["办理事项"], "店铺")[0]

    assert (first["店铺"], first["状态"], first["下一步"], first["超期工作日"]) == (
        "二号店",
        "超期未到",
        "等,到期再看",
        8,
    )


def test_a_pair_points_to_both_rows(book: dict[str, list[list[Any]]]) -> None:
    pair, refund = table(book["已对上"], "店铺")

    assert (pair["对的是什么"], pair["怎么对上的"]) == ("保证金 ↔ 账单", "金额相近,日期在期限内")
    assert (pair["应收在哪一行"], pair["到账在哪一行"]) == ("申请.xlsx › 申请 › 2", "138****5678_alipay_record.csv › 7")
    assert pair["差额(到账减应收)"] == -12.4
    assert (refund["对的是什么"], refund["怎么对上的"]) == ("订单退款放款 ↔ 结算", "原单号和金额相同")
    assert (refund["应收在哪一行"], refund["到账在哪一行"]) == ("退款.xlsx › 退款 › 2", "结算.csv › 5")
    assert refund["凭哪个编号"] == "8212345678901234"


def test_an_unchecked_condition_is_blank_and_never_a_no(book: dict[str, list[list[Any]]]) -> None:
    first, second = table(book["办理事项"], "店铺")[:2]

    assert (first["没有未结纠纷"], second["没有未结纠纷"]) == ("", "是")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("private", [True, False])
def test_phones_and_names_are_masked_everywhere_unless_the_settings_say_otherwise(
    tmp_path: Path, lang: Lang, private: bool
) -> None:
    path = write_reconciliation_workbook(tmp_path / "r.xlsx", report(private=private), lang)
    cells = [str(cell) for rows in sheets(path).values() for row in rows for cell in row]

    assert any(PHONE in cell for cell in cells) is not private
    assert any("王小明" in cell for cell in cells) is not private


def test_without_order_refunds_there_is_no_sheet_for_them(tmp_path: Path) -> None:
    path = write_reconciliation_workbook(tmp_path / "r.xlsx", report(with_refunds=False), "zh")

    assert "订单退款放款" not in sheets(path)


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_reconciliation_workbook(tmp_path / f"{n}.xlsx", report()) for n in (1, 2))

    assert one.read_bytes() == two.read_bytes()
