from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from toolkit.errors import InputError
from toolkit.load.notebook import ProblemsWarning, check, load_catalog, load_orders

HEADER = "订单号,商品ID,付款时间,数量\n"
GOOD = "8201,1005006123456789,2026-11-01,2\n"


def orders(path: Path, *lines: str) -> Path:
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def test_a_path_gives_polars_and_a_frame_gives_its_own_kind(tmp_path: Path) -> None:
    path = orders(tmp_path / "a.csv", GOOD)
    assert isinstance(load_orders(path), pl.DataFrame)
    assert isinstance(load_orders(str(path)), pl.DataFrame)
    raw = pd.read_csv(path, dtype="str")
    given = load_orders(raw)
    assert isinstance(given, pd.DataFrame)
    assert given["product_id"].to_list() == ["1005006123456789"]
    assert given["quantity"].to_list() == [2]


def test_rejected_rows_are_one_warning_that_says_where_to_look(tmp_path: Path) -> None:
    path = orders(tmp_path / "a.csv", GOOD, "8202,1005006123456789,昨天,1\n", "8203,,2026-11-01,1\n")
    with pytest.warns(ProblemsWarning) as told:
        table = load_orders(path)
    assert table.height == 1
    assert len(told) == 1
    sentence = str(told[0].message)
    assert "a.csv:拒绝了2行(共读到3行),第一处:C3 昨天: 认不出的日期写法" in sentence
    assert f"tk.check({str(path)!r})" in sentence
    assert told[0].filename == __file__


def test_values_that_could_not_be_read_are_warned_about_though_their_rows_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("订单号;商品ID;下单时间;数量;单价\n1;1005006123456789;2026-11-01;1;1.234,50\n", encoding="utf-8")
    with pytest.warns(ProblemsWarning, match=r"a\.csv:有1个格子认不出,当作没填,第一处:E2 1\.234,50"):
        assert load_orders(path).height == 1


def test_a_file_of_another_kind_is_named_for_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        load_catalog(orders(tmp_path / "a.csv", GOOD))
    assert refused.value.sentence("zh") == "a.csv:这是“订单明细(一行一个商品)”,不是商品表;请换成对的文件。"
    assert refused.value.sentence("en") == (
        "a.csv: this is “order lines (one product per row)”, not a product list; choose the right file."
    )


def test_a_file_nobody_knows_shows_the_headers_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,部门\n王,仓库\n", encoding="utf-8")
    with pytest.raises(InputError, match="姓名, 部门"):
        load_orders(path)
    with pytest.raises(InputError, match="没有"):
        load_orders(pl.DataFrame({"姓名": ["王"]}))


def test_check_is_a_text_and_two_tables(tmp_path: Path) -> None:
    told = check(orders(tmp_path / "a.csv", GOOD, "8203,,2026-11-01,1\n"), lang="en")
    assert "2 rows read = 1 kept + 0 set aside + 1 rejected" in repr(told)
    assert told.table.select("source", "read", "kept", "rejected").row(0) == (
        "order lines (one product per row)",
        2,
        1,
        1,
    )
    assert told.problems.select("cell", "problem").rows() == [("B3", "missing")]
