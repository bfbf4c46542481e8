from __future__ import annotations

import gzip
import io
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from toolkit.errors import InputError
from toolkit.load.csv_text import short_rows
from toolkit.load.loaded import load_file
from toolkit.load.text_frame import is_leftover, read_sheets
from toolkit.load.text_sheet import TextSheet
from toolkit.load.unread_cells import unread_cells

LINES = "订单号,商品ID\n8201,1005006123456789\n"


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def only(path: Path) -> TextSheet:
    (sheet,) = read_sheets(path)
    return sheet


def cells(sheet: TextSheet, *columns: str) -> list[tuple[object, ...]]:
    return sheet.rows.select(columns or ("row", "c0", "c1")).collect().rows()


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_sheets(path)
    assert refused.value.sentence("zh") != refused.value.sentence("en")
    return refused.value.key


def book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("数据")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 0, ["商品ID", "库存", "上架"])
        sheet.write_string(3, 0, "1005006123456789")
        sheet.write_number(3, 1, 12)
        sheet.write_datetime(3, 2, datetime(2026, 1, 5), day)
        sheet.write_number(4, 0, 1005006123456780)
        sheet.write_number(4, 1, 12.5)
        sheet.write_boolean(4, 2, True)
        workbook.add_worksheet("草稿").hide()
        workbook.add_worksheet("空")
    return path


def test_number_cells_are_told_from_text_cells_and_blank_rows_keep_their_number(tmp_path: Path) -> None:
    sheet, hidden = read_sheets(book(tmp_path / "a.xlsx"))
    assert hidden.sheet == "草稿"
    assert hidden.is_hidden
    assert sheet.head[1] == ("商品ID", "库存", "上架")
    assert cells(sheet, "row", "c0", "k0", "c1", "c2", "k2")[3:] == [
        (4, "1005006123456789", "text", "12", "2026-01-05", "date"),
        (5, "1005006123456780", "number", "12.5", "TRUE", "bool"),
    ]


def test_a_workbook_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    assert read_sheets(book(tmp_path / "a.csv"))[0].has_kinds
    assert not only(write(tmp_path / "b.xlsx", LINES)).has_kinds


def test_a_merged_header_names_every_column_below_it(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["C2"] = "商品ID", "库存", "国内", "海外"
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    workbook.save(tmp_path / "a.xlsx")
    assert read_sheets(tmp_path / "a.xlsx")[0].head == (("商品ID", "库存", "库存"), ("商品ID", "国内", "海外"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_decoded_strictly(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.csv", LINES.encode(encoding))
    assert cells(only(path)) == [(1, "订单号", "商品ID"), (2, "8201", "1005006123456789")]


def test_gbk_that_begins_after_a_megabyte_of_ascii_is_not_garbled(tmp_path: Path) -> None:
    head = "Order ID,Product ID,Ordered At,Quantity,Status\n"
    lines = "8201,1005006123456789,2026-11-01,1,paid\n" * 30_000
    path = write(tmp_path / "a.csv", (head + lines + "8202,1005006123456789,2026-11-01,1,已付款\n").encode("gb18030"))
    (sheet,) = load_file(path).sheets
    assert sheet.counts.kept == 30_001
    assert (
        sheet.tables["order_lines"].select("order_status_raw").collect()["order_status_raw"].to_list()[-1] == "已付款"
    )


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "a.csv", b"a,b\n\xff\xff\x80,1\n")) == "encoding_unknown"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_rows_agree_on(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path / "a.txt", LINES.replace(",", separator))
    assert cells(only(path))[1] == (2, "8201", "1005006123456789")


def test_commas_inside_titles_do_not_split_a_tabbed_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "商品ID\t标题\n1005001\tcup, red, big\n1005002\tlamp, small\n")
    assert cells(only(path))[1] == (2, "1005001", "cup, red, big")


RAGGED = "a,b,c\n1,2,3\n\n1,2\n1,,\n1,2,3,4\n1,2,3,4,5\n"


def test_what_stands_beyond_the_last_column_is_kept(tmp_path: Path) -> None:
    sheet = only(write(tmp_path / "a.csv", RAGGED))
    assert sheet.rows.filter(pl.col("c3") != "").select("row", "c3").collect().rows() == [(6, "4"), (7, "4")]


def test_rows_that_end_early_are_told_from_rows_that_end_empty(tmp_path: Path) -> None:
    assert short_rows(only(write(tmp_path / "a.csv", RAGGED)), 3).to_list() == [4]
    quoted = 'a,b,c\n"1,1",2,3\n"1,1",2\n"1",,\n'
    assert short_rows(only(write(tmp_path / "b.csv", quoted)), 3).to_list() == [3]
    with_breaks = 'a,b,c\n"1\n1",2,3\n"1\n1",2\n"1",,\n'
    assert short_rows(only(write(tmp_path / "c.csv", with_breaks)), 3).to_list() == [3]


def test_line_breaks_inside_quotes_stay_inside_the_field(tmp_path: Path) -> None:
    sheet = only(write(tmp_path / "a.csv", 'a,b\n1,"x ""y""\nz"\n2,w\n'))
    assert cells(sheet)[1:] == [(2, "1", 'x "y"\nz'), (3, "2", "w")]


def test_inches_inside_a_field_are_no_quotes(tmp_path: Path) -> None:
    sheet = only(write(tmp_path / "a.csv", 'a,b\n1,12" pipe\n2,9" pipe\n3,x\n'))
    assert cells(sheet)[1:] == [(2, "1", '12" pipe'), (3, "2", '9" pipe'), (4, "3", "x")]


@pytest.mark.parametrize("rows", [3, 200])
def test_a_quote_never_closed_swallows_nothing(tmp_path: Path, rows: int) -> None:
    path = write(tmp_path / "a.csv", 'a,b\n1,x\n2,"open\n' + "3,y\n" * rows)
    with pytest.raises(InputError) as refused:
        read_sheets(path)
    assert refused.value.key == "csv_quotes"
    assert "第3行" in refused.value.sentence("zh")


def test_old_mac_line_ends_are_line_ends(tmp_path: Path) -> None:
    assert cells(only(write(tmp_path / "a.csv", "a,b\r1,2\r")))[1] == (2, "1", "2")


def test_json_is_flattened_to_its_innermost_lists(tmp_path: Path) -> None:
    page = '{"result":{"total_count":2,"product_list":[{"product_id":1005006123456789012,"price":1.50,"skus":[{"id":7},{"id":8}]}]}}'
    sheet = only(write(tmp_path / "a.json", f"[{page},{page}]"))
    assert sheet.head == (("product_id", "price", "skus.id"),)
    assert cells(sheet, "row", "c0", "c1", "c2")[:2] == [
        (1, "1005006123456789012", "1.50", "7"),
        (2, "1005006123456789012", "1.50", "8"),
    ]


def test_gz_and_zip_are_looked_into_and_members_named(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.csv.gz", gzip.compress(LINES.encode()))).file == "a.csv.gz"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x/订单.csv", LINES)
        archive.writestr("__MACOSX/订单.csv", LINES)
        archive.writestr("~$订单.csv", LINES)
    assert only(tmp_path / "a.zip").file == "a.zip › 订单.csv"


def test_member_names_in_gbk_are_read_as_people_wrote_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("AAAAAA.csv"), LINES)
    # Old Chinese archivers write GBK bytes and no flag: the same length, so the directory stays right.
    data = (tmp_path / "a.zip").read_bytes().replace(b"AAAAAA.csv", "支付宝.csv".encode("gbk"))
    assert only(write(tmp_path / "b.zip", data)).file == "b.zip › 支付宝.csv"


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def test_files_that_are_no_exports_each_get_their_sentence(tmp_path: Path) -> None:
    whole = book(tmp_path / "whole.xlsx").read_bytes()
    mistakes = {
        "file_empty": b"",
        "file_web_page": b"<!DOCTYPE html><html><head><title>Login</title></head></html>",
        "file_cut": whole[: len(whole) // 2],
        "file_other_kind": b"%PDF-1.7 ...",
        "archive_nested": zipped("b.zip", zipped("c.csv", LINES.encode())),
        "json_broken": b'{"result": {"product_list": [',
        "json_no_records": b"[{}]",
        "file_binary": b"a,b\n1,\x002\n",
    }
    assert {key: refusal(write(tmp_path / f"{key}.xlsx", data)) for key, data in mistakes.items()} == {
        key: key for key in mistakes
    }
    with pytest.raises(InputError, match="Login"):
        read_sheets(tmp_path / "file_web_page.xlsx")


def test_password_lock_and_unfinished_files_are_named_for_what_they_are(tmp_path: Path) -> None:
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(write(tmp_path / "a.xlsx", protected)) == "file_password"
    assert refusal(write(tmp_path / "~$a.xlsx", b"x")) == "file_lock"
    assert refusal(write(tmp_path / "a.xlsx.crdownload", b"x")) == "file_unfinished"
    assert refusal(tmp_path / "nowhere.xlsx") == "file_missing"
    assert is_leftover(tmp_path / "~$a.xlsx")


def test_a_broken_workbook_is_a_sentence_and_no_panic(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='a'")
    assert refusal(tmp_path / "a.xlsx") == "workbook_broken"


def test_an_old_container_whose_chain_never_ends_is_refused(tmp_path: Path) -> None:
    data = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + "Workbook".encode("utf-16-le"))
    data[30:32] = (9).to_bytes(2, "little")
    data[68:72] = (0).to_bytes(4, "little")  # the first sector of the chain, whose next is itself
    assert refusal(write(tmp_path / "a.xls", bytes(data))) == "workbook_broken"


def test_an_xls_workbook_is_read(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt")
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("a")
    sheet.write(0, 0, "商品ID")
    sheet.write(1, 0, "1005006123456789")
    workbook.save(str(tmp_path / "a.xls"))
    assert only(tmp_path / "a.xls").rows.select("c0", "k0").collect().rows()[1] == ("1005006123456789", "text")


def test_reading_is_lazy_for_text(tmp_path: Path) -> None:
    assert isinstance(only(write(tmp_path / "a.csv", LINES)).rows, pl.LazyFrame)


def test_an_open_spreadsheet_keeps_text_and_numbers_apart(tmp_path: Path) -> None:
    def cell(text: str, kind: str = "string") -> str:
        value = f' office:value="{text}"' if kind == "float" else ""
        return f'<table:table-cell office:value-type="{kind}"{value}><text:p>{text}</text:p></table:table-cell>'

    rows = [
        [cell("商品ID"), cell("库存")],
        [cell("1005006123456789"), cell("12", "float")],
        [cell("1005006123456780", "float")],
    ]
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="数据">'
        + "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "库存.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="m"/>')
        archive.writestr("content.xml", content)

    sheet = only(tmp_path / "库存.xlsx")

    assert sheet.sheet == "数据"
    assert cells(sheet, "c0", "k0", "c1", "k1")[1:] == [
        ("1005006123456789", "text", "12", "number"),
        ("1005006123456780", "number", "", "text"),
    ]


def test_hidden_rows_are_read_and_counted_by_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "商品.xlsx") as workbook:
        for name, hidden in (("甲&乙", (2, 3)), ("丙", ())):
            sheet = workbook.add_worksheet(name)
            sheet.set_column("D:D", None, None, {"hidden": True})
            for row in range(5):
                sheet.write_row(row, 0, ["商品ID", "标题"] if row == 0 else [f"100500612345678{row}", "杯子"])
            for row in hidden:
                sheet.set_row(row, None, None, {"hidden": True})

    first, second = load_file(tmp_path / "商品.xlsx").recognised

    assert first.counts.kept == second.counts.kept == 4
    said = first.problems.select("source_row", "value", "problem", "effect").rows()
    assert said == [(1, "2", "hidden_rows", "read_all_the_same")]
    assert second.problems.is_empty()


def binary_book(
    path: Path, rows: list[list[str | float | None]], merged: tuple[tuple[int, int, int, int], ...] = ()
) -> Path:
    """An xlsb with one sheet, record by record; `merged` are first and last row, first and last column, from 0."""

    def record(kind: int, *parts: bytes) -> bytes:
        data = b"".join(parts)
        name = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return name + bytes([len(data)]) + data

    def number(*values: int) -> bytes:
        return b"".join(value.to_bytes(4, "little") for value in values)

    def words(text: str) -> bytes:
        return number(len(text)) + text.encode("utf-16-le")

    def cell(column: int, value: str | float | None) -> bytes:
        if isinstance(value, str):
            return record(6, number(column, 0), words(value))
        return b"" if value is None else record(5, number(column, 0), struct.pack("<d", value))

    table = b"".join(
        record(0, number(n, 0), bytes(13)) + b"".join(map(cell, range(9), row)) for n, row in enumerate(rows)
    )
    extent = record(148, number(0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    told = record(156, number(0, 1), words("rId1"), words("数据"))
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", record(131) + record(143) + told + record(144) + record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", links)
        sheet = record(129) + extent + record(145) + table + record(146)
        sheet += b"".join(record(176, number(*cells)) for cells in merged) + record(130)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_binary_workbook_keeps_text_and_numbers_apart(tmp_path: Path) -> None:
    rows: list[list[str | float | None]] = [["商品ID", "库存"], ["1005006123456789", 12.0], [1005006123456780.0, None]]
    sheet = only(binary_book(tmp_path / "库存.xlsb", rows))

    assert sheet.sheet == "数据"
    assert cells(sheet, "c0", "k0", "c1", "k1")[1:] == [
        ("1005006123456789", "text", "12", "number"),
        ("1005006123456780", "number", "", "text"),
    ]


def test_an_archive_without_files_is_empty(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w"):
        pass
    with pytest.raises(InputError) as caught:
        read_sheets(tmp_path / "a.zip")
    assert caught.value.key == "file_empty"


def test_a_folder_given_for_a_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_sheets(tmp_path)
    assert caught.value.key == "file_is_folder"


def test_cells_without_a_value_are_said_once_per_column_that_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "商品.xlsx") as workbook:
        workbook.add_worksheet("空")
        sheet = workbook.add_worksheet("商品")
        sheet.write_row(0, 0, ["商品ID", "标题", "供货价", "成本价", "备用"])
        for row in (1, 2, 3):
            sheet.write_row(row, 0, [f"100500612345678{row}", "杯子"])
            sheet.write_formula(row, 2, "=1/0", value="#DIV/0!" if row > 1 else 9.5)  # pyright: ignore
            sheet.write_formula(row, 4, "=NA()", value="#N/A")  # pyright: ignore

    [told] = load_file(tmp_path / "商品.xlsx").recognised

    assert told.counts.kept == 3
    assert told.tables["catalog"].collect().sort("product_id")["supply_price_fen"].to_list() == [950, None, None]
    assert told.problems.select("cell", "column", "value", "problem", "effect").rows() == [
        ("C3", "supply_price_fen", "2", "error_cell", "blanked")
    ]


def test_a_formula_that_was_never_worked_out_has_no_value() -> None:
    xml = b'<c r="A2"><f>1+1</f></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2"><f t="shared" si="0"/></c><c r="D2" t="str"><f>""</f><v></v></c>'
    assert unread_cells(xml) == (("formula_empty", "A", 2), ("formula_empty", "C", 2))
