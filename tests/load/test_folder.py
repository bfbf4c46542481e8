from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.load.sources.files import load_book
from toolkit.errors import InputError
from toolkit.load.folder import load_folder

ORDERS = (
    "订单号,商品ID,付款时间,数量\n8201,1005006123456789,2026-11-01 08:00:00,2\n8202,1005006123456789,2026-11-05,1\n"
)


def test_a_folder_is_one_set_of_tables_and_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (tmp_path / "notes.csv").write_text("姓名,部门\n王,仓库\n", encoding="utf-8")
    (tmp_path / "page.xlsx").write_text("<html><title>登录</title></html>", encoding="utf-8")
    (tmp_path / "~$orders.xlsx").write_bytes(b"x")
    load_book(tmp_path / "商品_20261120.xlsx", Sheet1=[["商品ID", "标题"], ["1005006123456789", "杯子"]])
    folder = load_folder(tmp_path)
    assert {name: table.height for name, table in folder.tables.items()} == {"catalog": 1, "order_lines": 2}
    assert folder.tables["catalog"]["observed_on"].to_list() == [date(2026, 11, 20)]
    assert folder.unrecognised == ("notes.csv", "page.xlsx")
    assert [error.key for error in folder.errors] == ["file_web_page"]
    assert repr(folder).splitlines()[-1] == folder.errors[0].sentence()
    assert folder.coverage.height == 1


def test_an_empty_folder_is_empty_and_a_missing_one_an_error(tmp_path: Path) -> None:
    folder = load_folder(tmp_path)
    assert (folder.files, dict(folder.tables), folder.problems.height) == ((), {}, 0)
    with pytest.raises(InputError, match="没有这个文件夹"):
        load_folder(tmp_path / "nowhere")
