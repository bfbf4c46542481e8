"""A workbook packed faster holds the same, and no other workbook of the writer's is packed otherwise."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import datetime

import xlsxwriter

from toolkit.export.packed import PackedWorkbook


def packed(kind: type[xlsxwriter.Workbook]) -> zipfile.ZipFile:
    data = io.BytesIO()
    book = kind(data, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 22)})
    sheet = book.add_worksheet()
    for row in range(2_000):
        sheet.write_number(row, 0, row * row % 9973)
    book.close()
    return zipfile.ZipFile(data)


def test_a_packed_workbook_holds_the_same_and_packs_less_tightly() -> None:
    usual, quick, after = packed(xlsxwriter.Workbook), packed(PackedWorkbook), packed(xlsxwriter.Workbook)
    name = "xl/worksheets/sheet1.xml"
    assert {part: quick.read(part) for part in quick.namelist()} == {
        part: usual.read(part) for part in usual.namelist()
    }
    packer = zlib.compressobj(2, zlib.DEFLATED, -15)
    assert quick.getinfo(name).compress_size == len(packer.compress(quick.read(name)) + packer.flush())
    assert usual.getinfo(name).compress_size < quick.getinfo(name).compress_size
    assert after.getinfo(name).compress_size == usual.getinfo(name).compress_size
