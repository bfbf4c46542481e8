"""Names and ids merged over several rows hold for each of them; figures never."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter

from tests.load.test_text_frame import binary_book
from toolkit.load.loaded import load_file


def book(path: Path, rows: list[list[object]], merged: dict[str, object]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is not None:
                    sheet.write(row, column, value)
        for cells, value in merged.items():
            sheet.merge_range(cells, value)
    return path


def test_a_product_merged_over_its_skus_has_their_units(tmp_path: Path) -> None:
    rows = [
        ["商品ID", "标题", "规格", "库存", "供货价"],
        [None, None, "红", 4, None],
        [None, None, "蓝", 5, None],
        ["1005006123456780", "灯", "大", 3, 8],
    ]
    merged = {"A2:A3": "1005006123456789", "B2:B3": "杯子", "E2:E3": 12.5}
    [sheet] = load_file(book(tmp_path / "商品.xlsx", rows, merged)).recognised

    told = sheet.tables["catalog"].collect().sort("product_id")
    assert told.select("product_id", "title", "on_hand_units", "supply_price_fen").rows() == [
        ("1005006123456780", "灯", 3, 800),
        ("1005006123456789", "杯子", 9, 1250),
    ]
    assert sheet.problems.select("cell", "column", "value", "problem", "effect").rows() == [
        ("A2:A3", "product_id", "1", "merged_filled", "filled"),
        ("B2:B3", "title", "1", "merged_filled", "filled"),
    ]


def test_units_merged_over_two_lines_are_counted_once(tmp_path: Path) -> None:
    rows = [
        ["订单号", "商品ID", "下单时间", "数量"],
        [None, "1005006123456789", None, None],
        [None, "1005006123456780", None, None],
    ]
    merged = {"A2:A3": "8201", "C2:C3": "2026-11-20", "D2:D3": 6}
    [sheet] = load_file(book(tmp_path / "订单.xlsx", rows, merged)).recognised

    lines = sheet.tables["order_lines"].collect()
    assert lines.select("order_id", "product_id", "quantity").rows() == [("8201", "1005006123456789", 6)]
    assert (sheet.counts.kept, sheet.counts.rejected) == (1, 1)


def test_a_banner_over_several_columns_is_no_products_id(tmp_path: Path) -> None:
    rows = [["商品ID", "标题"], [None, None], [None, None], ["1005006123456789", "杯子"]]
    [sheet] = load_file(book(tmp_path / "商品.xlsx", rows, {"A2:B3": "夏季"})).recognised

    assert "merged_filled" not in sheet.problems["problem"].to_list()


def open_book(path: Path) -> Path:
    """An ods: a first sheet of notes, then two empty rows, the header and a product merged over three rows."""

    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'

    spanned = ' table:number-columns-spanned="1" table:number-rows-spanned="3"'
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    rows = [
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>',
        f"<table:table-row>{''.join(map(cell, ['商品ID', '标题', '规格', '库存']))}</table:table-row>",
        f"<table:table-row>{cell('1005006123456789', spanned)}{cell('杯子', spanned)}{cell('红')}{cell('4')}</table:table-row>",
        f"<table:table-row>{covered}{cell('蓝')}{cell('5')}</table:table-row>",
        f"<table:table-row>{covered}{cell('绿')}{cell('5')}</table:table-row>",
        f"<table:table-row>{''.join(map(cell, ['1005006123456780', '灯', '大', '3']))}</table:table-row>",
    ]
    notes = f'<table:table table:name="说明"><table:table-row>{cell("你好")}</table:table-row></table:table>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet>{notes}<table:table table:name="货 &amp; 品">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def test_cells_merged_in_an_open_sheet_are_filled_as_in_a_workbook(tmp_path: Path) -> None:
    [sheet] = load_file(open_book(tmp_path / "商品.ods")).recognised

    told = sheet.tables["catalog"].collect().sort("product_id")
    assert sheet.sheet == "货 & 品"
    assert told.select("product_id", "title", "on_hand_units").rows() == [
        ("1005006123456780", "灯", 3),
        ("1005006123456789", "杯子", 14),
    ]
    assert sheet.problems["cell"].to_list() == ["A4:A6", "B4:B6"]


def test_cells_merged_in_a_binary_workbook_are_filled_too(tmp_path: Path) -> None:
    rows: list[list[str | float | None]] = [
        ["商品ID", "标题", "规格", "库存"],
        ["1005006123456789", "杯子", "红", 4.0],
        [None, None, "蓝", 5.0],
        ["1005006123456780", "灯", "大", 3.0],
    ]
    [sheet] = load_file(binary_book(tmp_path / "商品.xlsb", rows, ((1, 2, 0, 0), (1, 2, 1, 1)))).recognised

    told = sheet.tables["catalog"].collect().sort("product_id")
    assert told.select("product_id", "title", "on_hand_units").rows() == [
        ("1005006123456780", "灯", 3),
        ("1005006123456789", "杯子", 9),
    ]
