"""What the cell writer promises: text stays text, nothing is lost in silence, same tables give the same bytes."""

from __future__ import annotations

import string
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from toolkit.errors import OutputError
from toolkit.export.cells import lines_needed, serial, widths
from toolkit.export.parts import safe_sheet_name
from toolkit.export.workbook import Shown, Workbook

DAY = date(2026, 11, 22)

# Texts that other writers turn into formulas, links, numbers, errors or markup.
INJECTIONS = [
    "=1+1", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x.example","look")', "=DDE(1)", "{=1+1}", "＝1+1",
    "+1", "-1", "+1+cmd|'/c calc'!A1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", '"=1+1"',
    "http://x.example/a?b=1&c=2", "https://x.example", "ftp://x.example", "mailto:a@x.example", "file:///etc/passwd",
    "external:book.xlsx#Sheet1!A1", "internal:Sheet1!A1", "#DIV/0!", "#REF!", "#N/A", "#NAME?", "TRUE", "FALSE",
    "1E+15", "1005006123456789", "0012", "1,234.5", "2026-11-22", "12:30", "50%", "NA", "null", "None", "nan", "inf",
    "a\x00b", "a\x0bb", "a\x1fb", "a\x7fb", "_x000D_", "_x0041_", "<r><t>bold</t></r>", "<r>", "</t></si>", "<b>x</b>",
    "&amp; & <", "]]>", "a\u2028b", "\ufeffx", "  spaces  ", "女士凉鞋👡", "a\ufffdb", "\u202egnp.exe",
]  # fmt: skip


def text_book(values: list[str | None], unit: str = "text") -> Workbook:
    book = Workbook(day=DAY)
    book.sheet("s").table(pl.DataFrame({"x": values}, schema={"x": pl.String}), [Shown("x", "标题", unit)])
    return book


def read(path: Path, sheet: str = "s") -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


@pytest.mark.parametrize("unit", ["text", "id", "choice"])
def test_dangerous_text_is_stored_as_the_same_text(tmp_path: Path, unit: str) -> None:
    path = text_book(list(INJECTIONS), unit).save(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(path)["s"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert all(cell.hyperlink is None for cell in sheet["A"])
    assert [row[0] for row in read(path)[1:]] == INJECTIONS


def test_dangerous_text_leaves_no_formula_link_or_error_in_the_xml(tmp_path: Path) -> None:
    path = text_book(list(INJECTIONS)).save(tmp_path / "b.xlsx")
    with zipfile.ZipFile(path) as parts:
        xml = {name: parts.read(name).decode() for name in parts.namelist()}
    sheet = xml["xl/worksheets/sheet1.xml"]
    for mark in ("<f>", "<f ", 't="e"', 't="b"', "hyperlink", "ddeLink", "oleLink"):
        assert mark not in sheet
    assert not [name for name in xml if "externalLink" in name or "vba" in name or "sheet1.xml.rels" in name]


def test_ids_are_text_cells_with_text_format_and_no_green_corner(tmp_path: Path) -> None:
    ids = ["1005006123456789", "12000044382493157", "9223372036854775807", "0012"]
    path = text_book(list(ids), "id").save(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(path)["s"]
    assert [cell.value for cell in sheet["A"]][1:] == ids
    assert {cell.number_format for cell in sheet["A"][1:]} == {"@"}
    with zipfile.ZipFile(path) as parts:
        assert '<ignoredError sqref="A2:A5" numberStoredAsText="1"/>' in parts.read("xl/worksheets/sheet1.xml").decode()


def test_units_of_columns_decide_cells_and_formats(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "fen": [1999, -5, None],
            "day": [date(2026, 11, 22), date(1900, 3, 1), None],
            "moment": [datetime(2026, 11, 22, 18, 30, 1), None, None],
            "share": [0.125, 0.0, None],
            "flag": [True, False, None],
            "choice": ["jit", "novel", None],
            "units": [0, 2846, None],
        }
    )
    columns = [Shown(name, name, name, words={"jit": "JIT备货"} if name == "choice" else {}) for name in frame.columns]
    book = Workbook(day=DAY)
    book.sheet("s").table(frame, columns)
    path = book.save(tmp_path / "b.xlsx")
    assert read(path)[1:] == [
        [19.99, date(2026, 11, 22), datetime(2026, 11, 22, 18, 30, 1), 0.125, "是", "JIT备货", 0],
        [-0.05, date(1900, 3, 1), "", 0, "否", "novel", 2846],
    ] + [[""] * 7] * (len(read(path)) == 4)
    row = openpyxl.load_workbook(path)["s"][2]
    assert [cell.number_format for cell in row] == [
        "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0.0%", "General", "General", "#,##0",
    ]  # fmt: skip


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_money_is_the_nearest_number_to_the_exact_amount(fen: int) -> None:
    yuan = pl.DataFrame({"x": [fen]}).select(serial(Shown("x", "x", "fen"))).item()
    whole, cents = divmod(abs(fen), 100)
    assert f"{yuan:.2f}" == f"{'-' if fen < 0 else ''}{whole}.{cents:02d}"
    # xlsxwriter writes 16 digits; they must mean the same number.
    assert float(f"{yuan:.16G}") == yuan


def test_the_same_tables_give_the_same_bytes_and_another_day_does_not(tmp_path: Path) -> None:
    one = text_book(["a", None]).save(tmp_path / "1.xlsx").read_bytes()
    two = text_book(["a", None]).save(tmp_path / "2.xlsx").read_bytes()
    assert one == two
    other = Workbook(day=date(2026, 11, 29))
    other.sheet("s").table(pl.DataFrame({"x": ["a", None]}), [Shown("x", "标题", "text")])
    assert other.save(tmp_path / "3.xlsx").read_bytes() != one


@pytest.mark.parametrize(
    ("unit", "values", "key"),
    [
        ("text", ["a" * 32_768], "text_too_long"),
        ("text", ["👡" * 16_384], "text_too_long"),
        ("ratio", [1.0, float("nan")], "number_not_finite"),
        ("share", [float("inf")], "number_not_finite"),
        ("fen", [10**15], "number_too_long"),
        ("day", [date(1900, 2, 28)], "day_too_early"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused_and_nothing_is_written(
    tmp_path: Path, unit: str, values: list[object], key: str
) -> None:
    book = Workbook(day=DAY)
    with pytest.raises(OutputError) as caught:
        book.sheet("s").table(pl.DataFrame({"x": values}), [Shown("x", "标题", unit)])
    assert caught.value.key == key
    assert not list(tmp_path.iterdir())


def test_a_text_of_exactly_the_longest_length_is_kept_whole(tmp_path: Path) -> None:
    path = text_book(["=" + "鞋" * 32_766]).save(tmp_path / "b.xlsx")
    assert read(path)[1][0] == "=" + "鞋" * 32_766


def test_more_rows_than_a_sheet_holds_are_refused_before_any_is_lost() -> None:
    frame = pl.DataFrame({"x": pl.repeat("a", 1_048_576, eager=True)})
    with pytest.raises(OutputError, match="1,048,576"):
        Workbook(day=DAY).sheet("s").table(frame, [Shown("x", "标题", "text")])


def test_a_column_beyond_the_last_one_raises_by_the_return_code() -> None:
    frame, sheet = pl.DataFrame({"x": ["a"]}), Workbook(day=DAY).sheet("s")
    # A sheet of three columns: filling all 16,384 of Excel's takes a quarter of a minute.
    sheet.raw.xls_colmax = 3
    with pytest.raises(OutputError) as caught:
        sheet.table(frame, [Shown("x", "x", "text", width=5)] * 4)
    assert caught.value.key == "cell_refused"


def test_a_file_that_does_not_read_as_meant_is_not_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(b"last week")
    book = text_book(["1005006123456789"])
    book._sheets[0].raw.write_string(1, 0, "1005006123456000")  # a writer that changes an id behind our back
    with pytest.raises(OutputError) as caught:
        book.save(path)
    assert caught.value.sentence("en").startswith("b.xlsx › s › A2: meant '1005006123456789' but it reads")
    assert path.read_bytes() == b"last week"
    assert [left.name for left in tmp_path.iterdir()] == ["b.xlsx"]


texts = st.none() | st.text(max_size=40).filter(lambda t: "\ufffe" not in t and "\uffff" not in t)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=64, min_value=-1e300, max_value=1e300)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(texts, st.none() | st.from_regex(r"[0-9]{16,19}", fullmatch=True), numbers), max_size=12))
def test_what_was_written_is_what_is_read(
    tmp_path: Path, rows: list[tuple[str | None, str | None, float | None]]
) -> None:
    frame = pl.DataFrame(rows, schema={"t": pl.String, "i": pl.String, "n": pl.Float64}, orient="row")
    book = Workbook(day=DAY)
    book.sheet("s").table(frame, [Shown("t", "t", "text"), Shown("i", "i", "id"), Shown("n", "n", "ratio")])
    found = read(book.save(tmp_path / "b.xlsx"))[1:]
    found += [["", "", ""]] * (len(rows) - len(found))
    assert [r[:2] for r in found] == [[t or "", i or ""] for t, i, _ in rows]
    assert [r[2] for r in found] == [pytest.approx(n, rel=1e-14) if n is not None else "" for *_, n in rows]


@given(st.text(max_size=60), st.lists(st.text(string.ascii_letters, max_size=3), max_size=3))
def test_a_sheet_name_is_always_acceptable(name: str, taken: list[str]) -> None:
    safe = safe_sheet_name(name, taken)
    assert 0 < len(safe.encode("utf-16-le")) // 2 <= 31
    assert not set(safe) & set("[]:*?/\\")
    assert safe.strip("'") == safe
    assert safe.casefold() not in {other.casefold() for other in taken} | {"history"}


def test_sheets_of_one_name_do_not_meet(tmp_path: Path) -> None:
    book = Workbook(day=DAY)
    assert [book.sheet("清单").name, book.sheet("清单").name, book.sheet("History").name] == [
        "清单", "清单 (2)", "History (2)",
    ]  # fmt: skip


def test_a_short_drop_down_holds_its_words_and_a_long_one_points_to_a_hidden_sheet(tmp_path: Path) -> None:
    long = tuple(f"类目{n:03d}" for n in range(60))
    book = Workbook(day=DAY)
    frame = pl.DataFrame({"a": ["同意"], "b": ["类目001"], "c": ["x"]})
    columns = [
        Shown("a", "a", "text", pick=("同意", "不同意")),
        Shown("b", "b", "text", pick=long),
        Shown("c", "c", "text", pick=("with, comma", "x")),
    ]
    book.sheet("s").table(frame, columns)
    saved = openpyxl.load_workbook(book.save(tmp_path / "b.xlsx"))
    rules = {str(rule.sqref): rule.formula1 for rule in saved["s"].data_validations.dataValidation}
    assert rules == {"A2": '"同意,不同意"', "B2": "'lists'!$A$1:$A$60", "C2": "'lists'!$B$1:$B$2"}
    assert saved["lists"].sheet_state == "hidden"
    assert [cell.value for cell in saved["lists"]["A"]] == list(long)


def test_a_form_keeps_typed_ids_as_text_and_offers_its_choices(tmp_path: Path) -> None:
    book = Workbook(day=DAY)
    columns = [
        Shown("product_id", "商品ID", "id", tints={"": "must"}, hint="16位数字,必填"),
        Shown("stocking_type", "备货类型", "choice", pick=("仓发", "JIT")),
        Shown("supply_price_fen", "供货价(元)", "fen"),
    ]
    book.sheet("商品表").form(columns, rows=100)
    sheet = openpyxl.load_workbook(book.save(tmp_path / "form.xlsx"))["商品表"]
    assert [cell.value for cell in sheet[1]] == ["商品ID", "备货类型", "供货价(元)"]
    assert sheet.max_row == 1
    assert sheet.column_dimensions["A"].number_format == "@"
    with zipfile.ZipFile(tmp_path / "form.xlsx") as parts:
        assert 'prompt="16位数字,必填"' in parts.read("xl/worksheets/sheet1.xml").decode()
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {"A2:A101", "B2:B101"}


def test_the_header_stays_in_view_filters_and_repeats_in_print(tmp_path: Path) -> None:
    book = Workbook(day=DAY)
    sheet = book.sheet("s")
    sheet.line("第47周", "title")
    sheet.table(pl.DataFrame({"x": ["a"], "y": ["b"]}), [Shown("x", "x", "text"), Shown("y", "y", "text")], keep_left=1)
    saved = openpyxl.load_workbook(book.save(tmp_path / "b.xlsx"))["s"]
    assert saved.freeze_panes == "B3"
    assert saved.auto_filter.ref == "A2:B3"
    assert saved.print_title_rows == "$2:$2"
    assert saved.page_setup.orientation == "landscape"
    with zipfile.ZipFile(tmp_path / "b.xlsx") as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<pageSetUpPr fitToPage="1"/>' in xml
    assert 'fitToHeight="0"' in xml


def test_an_empty_table_keeps_its_header_and_says_so(tmp_path: Path) -> None:
    book = Workbook(day=DAY)
    book.sheet("s").table(
        pl.DataFrame({"x": []}, schema={"x": pl.String}), [Shown("x", "标题", "text")], empty="没有。"
    )
    assert read(book.save(tmp_path / "b.xlsx")) == [["标题"], ["没有。"]]


def test_widths_count_chinese_twice_and_have_a_limit() -> None:
    texts = {"a": ["a" * 20], "b": ["鞋" * 20], "c": ["鞋" * 100], "d": ["鞋" * 500]}
    columns = [Shown(name, "t", "text") for name in texts]
    latin, chinese, long, longer = widths(pl.DataFrame(texts), columns, "zh")
    assert (latin, chinese) == (23, 43)
    assert long == longer


def test_widths_of_numbers_leave_room_for_their_signs_and_titles_take_two_lines() -> None:
    frame = pl.DataFrame({"fen": [-123_456_789, 5], "share": [0.123456789012, 1.0], "units": [None, None]})
    columns = [Shown("fen", "x", "fen"), Shown("share", "x", "share"), Shown("units", "在" * 10, "units")]
    assert widths(frame, columns, "zh") == [10 + 2 + 3, 9 + 3, 3 + 20 * 0.6 + 2]


def test_facts_for_the_next_program_survive_in_the_properties(tmp_path: Path) -> None:
    book = text_book(["a"])
    book.remember(run="2026-W47-ab12", store="一号店")
    saved: Any = openpyxl.load_workbook(book.save(tmp_path / "b.xlsx"))
    assert {p.name: p.value for p in saved.custom_doc_props.props} == {"run": "2026-W47-ab12", "store": "一号店"}


def test_a_row_is_as_high_as_its_longest_wrapped_text() -> None:
    frame = pl.DataFrame({"t": ["鞋" * 10, "鞋" * 11, "a\nb\nc", None]})
    assert lines_needed(frame, [Shown("t", "t", "text", width=21, wrap=True)], "zh") == [1, 2, 3, 1]
    assert lines_needed(frame, [Shown("t", "t", "text", width=21)], "zh") == [1, 1, 1, 1]
