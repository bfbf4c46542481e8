"""A user's template is filled by its headers with ids as text, or left alone when anything in it would be lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from toolkit.errors import InputError
from toolkit.export.template import fill_template

ROWS = pl.DataFrame(
    {
        "product_id": ["1005006123456789", "1005006123456780"],
        "title": ["=1+1", "水枪"],
        "action": ["DELIST", "MUST_DELIST"],
        "reason_code": ["SLOW", "POLICY"],
    }
)


def template(path: Path, *, drop_down: str | None = None, box: bool = False) -> Path:
    """A template as a team keeps one: a line above the header, columns in an order of its own."""
    book = xlsxwriter.Workbook(path)
    page, other = book.add_worksheet("导入"), book.add_worksheet("词")
    page.write(0, 0, "请勿修改表头")
    page.write_row(1, 0, ["操作类型", "备用", "Product ID", "商品名称"])
    other.write_column(0, 0, ["下架", "上架"])
    if drop_down:
        page.data_validation(2, 0, 50, 0, {"validate": "list", "source": drop_down})
    if box:
        page.insert_textbox(5, 5, "请勿修改")
    book.close()
    return path


def test_each_column_is_found_by_its_header_and_ids_stay_text(tmp_path: Path) -> None:
    filled = fill_template(
        template(tmp_path / "erp.xlsx", drop_down="=词!$A$1:$A$2"), tmp_path / "out.xlsx", ROWS, plain="工作清单.xlsx"
    )

    out = tmp_path / "out.xlsx"
    assert filled.path == out
    rows = CalamineWorkbook.from_path(out).get_sheet_by_name("导入").to_python(skip_empty_area=False)
    assert [row[:4] for row in rows[1:4]] == [
        ["操作类型", "备用", "Product ID", "商品名称"],
        ["下架", "", "1005006123456789", "=1+1"],
        ["必须下架", "", "1005006123456780", "水枪"],
    ]
    assert openpyxl.load_workbook(out)["导入"].data_validations.count == 1


def test_filling_again_changes_no_byte(tmp_path: Path) -> None:
    path = template(tmp_path / "erp.xlsx")
    fill_template(path, tmp_path / "out.xlsx", ROWS, plain="-")
    once = (tmp_path / "out.xlsx").read_bytes()

    fill_template(path, tmp_path / "out.xlsx", ROWS, plain="-")

    assert (tmp_path / "out.xlsx").read_bytes() == once


def test_a_template_with_a_text_box_is_left_alone_and_the_sentence_says_so(tmp_path: Path) -> None:
    filled = fill_template(
        template(tmp_path / "erp.xlsx", box=True), tmp_path / "out.xlsx", ROWS, plain="工作清单.xlsx"
    )

    assert filled.path is None
    assert filled.note == "erp.xlsx:里面有 文本框或图形,用程序填会丢,所以没有动它;清单在 工作清单.xlsx,请复制过去。"
    assert not (tmp_path / "out.xlsx").exists()


def test_a_drop_down_of_the_newer_kind_is_not_lost_silently(tmp_path: Path) -> None:
    path = template(tmp_path / "plain.xlsx")
    newer = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1">'
        '<x14:dataValidation type="list"></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>'
    )
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "erp.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</worksheet>", newer.encode())
            new.writestr(name, data)

    filled = fill_template(tmp_path / "erp.xlsx", tmp_path / "out.xlsx", ROWS, plain="工作清单.xlsx", lang="en")

    assert filled.path is None
    assert "drop-downs fed from another sheet" in filled.note


def test_a_template_without_a_product_id_is_left_alone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "erp.xlsx")

    filled = fill_template(tmp_path / "erp.xlsx", tmp_path / "out.xlsx", ROWS, plain="工作清单.xlsx")

    assert filled.path is None
    assert "没有找到「商品ID」" in filled.note


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        fill_template(tmp_path / "none.xlsx", tmp_path / "out.xlsx", ROWS, plain="-")
