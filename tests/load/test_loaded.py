from __future__ import annotations

import hashlib
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.load.sources.files import load_json, load_text
from toolkit.load.describe import describe
from toolkit.load.loaded import load_file

ORDERS = (
    "订单号,商品ID,付款时间,数量\n8201,1005006123456789,2026-11-01 08:00:00,2\n8202,1005006123456789,2026-11-05,1\n"
)


def test_the_same_bytes_give_the_same_result(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ORDERS, encoding="utf-8")
    first, again = load_file(tmp_path / "a.csv"), load_file(tmp_path / "a.csv")
    assert first.sha256 == again.sha256 == hashlib.sha256(ORDERS.encode()).hexdigest()
    assert first.sheets[0].tables["order_lines"].collect().equals(again.sheets[0].tables["order_lines"].collect())


def test_an_order_file_tells_all_days_from_its_first_to_its_last(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ORDERS, encoding="utf-8")
    (sheet,) = load_file(tmp_path / "a.csv").sheets
    assert sheet.coverage.rows() == [("orders", "fully_managed", date(2026, 11, 1), date(2026, 11, 5), "a.csv")]
    assert sheet.latest_event_on == date(2026, 11, 5)


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("商品").write_row(0, 0, ["商品ID", "标题"])
        old = book.add_worksheet("旧")
        old.write_row(0, 0, ["商品ID", "标题"])
        old.hide()
    shown, hidden = load_file(tmp_path / "a.xlsx").sheets
    assert shown.source is not None
    assert (hidden.is_hidden, hidden.source, dict(hidden.tables)) == (True, None, {})


def test_a_member_of_an_archive_is_named_and_dated_by_its_own_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "下载_20251231.zip", "w") as archive:
        archive.writestr("商品_20261120.csv", "商品ID,标题\nA1,杯子\n")
    (sheet,) = load_file(tmp_path / "下载_20251231.zip").sheets
    assert sheet.file == "下载_20251231.zip › 商品_20261120.csv"
    assert sheet.observed_on == date(2026, 11, 20)


def test_a_file_may_be_called_by_another_name(tmp_path: Path) -> None:
    (tmp_path / "upload.tmpfile").write_text(ORDERS, encoding="utf-8")
    (sheet,) = load_file(tmp_path / "upload.tmpfile", name="订单.csv").sheets
    assert sheet.tables["order_lines"].collect()["source_file"].unique().to_list() == ["订单.csv"]


def test_check_says_what_a_file_is_how_it_is_got_and_what_became_of_its_rows(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "订单.csv",
        "订单号,商品ID,付款时间,数量,地址",
        "8201,1005006123456789,2026-11-01,2,x",
        "8202,1;2,2026-11-01,2,x",
        "合计,,,4,",
    )
    said = describe(loaded, "zh")
    assert said.splitlines()[0] == "订单.csv"
    assert "读到3行 = 保留1 + 放一边1 + 拒绝1" in said
    assert "编号里有分号(整行没有用):1处,例如 B3 1;2" in said
    assert "没有用到的列:地址" in said
    assert "表头在第1行" in said
    assert "3 rows read = 1 kept + 1 set aside + 1 rejected" in describe(loaded, "en")


def test_check_shows_the_likeliest_header_of_a_sheet_nobody_knows(tmp_path: Path) -> None:
    said = describe(load_text(tmp_path / "a.csv", "姓名,部门", "王,仓库"), "zh")
    assert "不认识这张表" in said
    assert "第1行:姓名, 部门" in said


def test_json_without_a_header_row_names_no_cells(tmp_path: Path) -> None:
    loaded = load_json(tmp_path / "a.json", [{"product_id": "A1", "title": "杯子"}, {"title": "灯"}])
    assert loaded.counts.read == 2
    assert loaded.problems.select("source_row", "cell", "problem").rows() == [(2, None, "missing")]


def test_the_public_order_lines_load_whole() -> None:
    path = Path(__file__).parents[3] / "shared" / "data" / "online_retail" / "online_retail.csv.gz"
    if not path.exists():
        pytest.skip("the public order lines are not on this machine")
    (sheet,) = load_file(path, currency="GBP").sheets
    assert (sheet.counts.read, sheet.counts.kept) == (541_909, 541_909)
    assert sheet.problems.select("value", "problem").rows() == [("0.001", "money")] * 4
    lines = sheet.tables["order_lines"].select(pl.col("quantity").sum(), pl.col("ordered_on").min()).collect()
    assert lines.row(0) == (5_176_450, date(2010, 12, 1))
