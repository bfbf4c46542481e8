"""A table that went in whole is, cell for cell, what the writer makes of single cells."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from toolkit.export.printed import Printed, PrintedSheet
from toolkit.export.workbook import Shown, Workbook


def both_ways(values: list[Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The parts of two workbooks: cell by cell, and printed; below a header that went in alone."""
    parts = []
    for is_printed in (False, True):
        data = io.BytesIO()
        book = xlsxwriter.Workbook(data, {"in_memory": True})
        sheet: Any = book.add_worksheet("s", PrintedSheet)
        look = book.add_format({"bold": True})
        sheet.write_string(0, 2, "标题")
        if is_printed:
            frame, value, is_text = pl.DataFrame({"x": values}), pl.col("x"), isinstance(values[0], str)
            if is_text:
                different = [text for text in dict.fromkeys(values) if text is not None]
                shared = sheet.share(different, cells=len(values) - values.count(None))
                value = value.replace_strict(different, shared, return_dtype=pl.Int64)
            printed = Printed(2, value, pl.lit(sheet.style(look)), is_text)
            assert sheet.print_rows(1, frame, [printed], blanks=True) == 0
        else:
            assert not any(sheet.write(n, 2, value, look) for n, value in enumerate(values, 1))
        book.close()
        with zipfile.ZipFile(data) as file:
            parts.append({name: file.read(name).decode() for name in file.namelist() if "docProps" not in name})
    return parts[0], parts[1]


@pytest.mark.parametrize(
    "values",
    [
        ["下架", None, "a & b < c", "下架", "  spaces  ", "a\x0bb", "_x0041_"],
        [0, -5, None, 2846, 10**15 - 1],
    ],
)
def test_a_column_is_the_same_bytes_as_its_cells_one_by_one(values: list[Any]) -> None:
    alone, printed = both_ways(values)
    assert printed == alone


def test_numbers_with_many_digits_are_written_so_that_they_read_as_the_same_number() -> None:
    numbers = [19.99, 0.1 + 0.2, 1 / 3, 1e300, -1e-300, 46_348.770_833_333_336]
    _, printed = both_ways(numbers)
    found = re.findall(r"<v>([^<]*)</v>", printed["xl/worksheets/sheet1.xml"])[1:]
    assert [float(text) for text in found] == numbers


def test_tints_go_by_value_and_odd_texts_stand_among_the_others(tmp_path: Path) -> None:
    texts = ["DELIST", None, "KEEP", "<r><t>bold</t></r>", "a\uffffb"]
    tints = {"DELIST": "act", "KEEP": "keep"}
    book = Workbook(day=date(2026, 11, 22))
    frame = pl.DataFrame({"x": texts, "n": range(5), "y": texts})
    columns = [Shown("x", "动作", "text", tints=tints), Shown("n", "数", "units"), Shown("y", "又", "text")]
    book.sheet("s", plain=True).table(frame, columns)
    book.sheet("bordered").table(frame, columns)
    saved: Any = openpyxl.load_workbook(book.save(tmp_path / "b.xlsx"))
    sheet = saved["bordered"]
    for each in (sheet, saved["s"]):
        assert [cell.value for cell in each["B"]] == ["数", 0, 1, 2, 3, 4]
        assert [cell.value for cell in each["C"]][1:] == [cell.value for cell in each["A"]][1:]
    assert [cell.value for cell in sheet["A"]] == ["动作", "DELIST", None, "KEEP", "<r><t>bold</t></r>", "a\ufffdb"]
    colours = [cell.fill.start_color.rgb for cell in sheet["A"][1:]]
    assert colours == ["FFF8DCD6", "00000000", "FFE2F0E0", "00000000", "00000000"]
    assert {cell.border.left.style for cell in sheet["A"]} == {"thin"}
