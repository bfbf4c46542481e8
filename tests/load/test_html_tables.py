"""A web page saved as .xls is read by its tables; a login page is still none."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.load.loaded import LoadedFile, load_file

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gbk"><title>订单</title>
<style>td {mso-number-format:"\\@"}</style></head><body>
<table><tr><td colspan="4"><b>订单导出</b> 2026-11</td></tr>
<tr><th>订单号</th><th>商品ID</th><th>下单时间</th><th>数量</th></tr>
<tr><td rowspan=2>8201</td><td>1005006123456789</td><td>2026-11-20 10:00</td><td>2</td></tr>
<tr><td>1005006123456781</td><td>2026-11-20<br>10:00</td><td>&nbsp;3 </td></tr>
<tr><td>合计</td><td></td><td></td><td>5</td>
</table></body></html>"""


def page(folder: Path, text: str, encoding: str = "gb18030") -> LoadedFile:
    path = folder / "订单.xls"
    path.write_bytes(text.encode(encoding))
    return load_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_table_of_a_page_is_a_sheet_of_text(tmp_path: Path, encoding: str) -> None:
    [sheet] = page(tmp_path, PAGE, encoding).recognised

    lines = sheet.tables["order_lines"].collect()
    assert lines.select("order_id", "product_id", "quantity", "source_row").rows() == [
        ("8201", "1005006123456789", 2, 3),
        ("8201", "1005006123456781", 3, 4),
    ]
    assert (sheet.header_row, sheet.counts.kept, sheet.counts.set_aside, sheet.counts.rejected) == (2, 2, 2, 0)


def test_tables_within_tables_are_read_by_themselves(tmp_path: Path) -> None:
    loaded = page(tmp_path, f"<table><tr><td>菜单</td><td>{PAGE}</td></tr><tr><td>a</td><td>b</td></tr></table>")

    assert [sheet.sheet for sheet in loaded.recognised] == ["<table> 1"]
    assert loaded.recognised[0].counts.kept == 2


@pytest.mark.parametrize(
    "text",
    [
        "<html><title>登录</title><table><tr><td>账号</td><td><input></td></tr><tr><td>密码</td>"
        "<td><input type=PASSWORD></td></tr></table></html>",
        "<html><title>登录</title><p>请登录</p></html>",
        "<html><title>登录</title><table><tr><td>一格</td></tr></table></html>",
    ],
)
def test_a_page_without_a_table_of_data_is_no_export(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="这是网页(标题:登录)".replace("(", r"\(").replace(")", r"\)")):
        page(tmp_path, text)


def test_a_span_of_millions_costs_nothing(tmp_path: Path) -> None:
    text = PAGE.replace('colspan="4"', 'colspan="999999999" rowspan="999999999"')

    assert page(tmp_path, text).path.exists()
