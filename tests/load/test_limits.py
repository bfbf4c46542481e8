from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.load.limits import check_binary_extent, check_extent, check_open_extent, check_strings
from toolkit.load.text_frame import read_sheets


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as refused:
        read_sheets(path)
    return refused.value.key


def workbook(path: Path, sheet: str, strings: str = "<sst/>") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", strings)
    return path


def test_a_cell_in_the_last_corner_is_refused_before_parsing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", '<sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData>')
    assert refusal(path) == "sheet_too_wide"


def test_a_string_table_that_promises_more_than_its_bytes_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "<sheetData/>", '<sst count="1" uniqueCount="4294967295"></sst>')
    assert refusal(path) == "zip_bomb"


def test_a_part_packed_too_tightly_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", " " * (12 << 20))
    assert refusal(path) == "zip_bomb"


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(201):
            archive.writestr(f"{number}.csv", "a,b\n")
    assert refusal(tmp_path / "a.zip") == "zip_too_many"


def test_a_protected_zip_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n")
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag "encrypted" of the directory's only entry
    (tmp_path / "b.zip").write_bytes(data)
    assert refusal(tmp_path / "b.zip") == "file_password"


def test_long_and_wide_sheets_that_are_full_pass() -> None:
    long = b"".join(b'<c r="A%d"/>' % row for row in range(100_000, 100_500))
    wide = b'<c r="DA1"/>'
    check_extent(long + wide, "a.xlsx", "a")
    check_strings(b'<sst uniqueCount="3">' + b"<si/>" * 3, "a.xlsx")


def open_rows(*rows: str) -> bytes:
    return ("<table:table table:name='a'>" + "".join(rows) + "</table:table>").encode()


def test_what_an_open_sheet_repeats_without_a_word_costs_nothing() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>1</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="16383"/>'
    row = f'<table:table-row table:style-name="ro1">{cell}{blank}</table:table-row>'
    rest = f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'

    check_open_extent(open_rows(row, rest), "a.ods")


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value="1"/>',
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value="1" '
        'table:number-columns-repeated="99"/>',
    ],
)
def test_an_open_sheet_that_says_one_cell_a_million_times_is_refused(row: str) -> None:
    with pytest.raises(InputError) as refused:
        check_open_extent(open_rows(f"{row}</table:table-row>"), "a.ods")
    assert refused.value.key == "sheet_too_wide"


def test_an_xlsb_is_measured_by_its_records() -> None:
    row, cell = b"\x00\x04" + (2).to_bytes(4, "little"), b"\x01\x08" + (1).to_bytes(4, "little") + bytes(4)
    far = b"\x01\x08" + (16_383).to_bytes(4, "little") + bytes(4)
    claim = b"\x94\x01\x10" + b"".join(n.to_bytes(4, "little") for n in (0, 1_048_575, 0, 1_999))

    check_binary_extent(row + cell, "a.xlsb", "sheet1")
    for bad, key in ((row + far, "sheet_too_wide"), (claim, "sheet_too_wide"), (row + cell[:3], "workbook_broken")):
        with pytest.raises(InputError) as refused:
            check_binary_extent(bad, "a.xlsb", "sheet1")
        assert refused.value.key == key
