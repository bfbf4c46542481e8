"""A list mended under its own name and day replaces what it was; what is gone with it is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl

from tests.store.conftest import put_orders
from tests.store.test_folder import outdate
from toolkit.store import Store, open_store

ONE, TWO, WRONG = "1005006000000001", "1005006000000002", "1005006000000099"


def put_list(path: Path, *rows: str, head: str = "商品ID,标题,状态,库存,数据日期") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def products(store: Store) -> list[tuple[str, int]]:
    catalog = store.tables().catalog
    assert catalog is not None
    return catalog.select("product_id", "on_hand_units").rows()


def test_a_wrong_id_that_was_mended_is_gone_and_that_is_said(folder: Path) -> None:
    path = folder / "inbox" / "商品.csv"
    put_list(path, f"{ONE},杯子,在售,5,2026-11-22", f"{WRONG},碗,在售,7,2026-11-22")
    open_store(folder).import_inbox()
    put_list(path, f"{ONE},杯子,在售,6,2026-11-22", f"{TWO},碗,在售,7,2026-11-22")

    store = open_store(folder)

    assert products(store) == [(ONE, 6), (TWO, 7)]
    assert store.corrected() == [f"商品.csv:这份表代替了以前的内容,整份按现在的算;以前有、现在没有的行:1 ({WRONG})。"]
    assert store.corrected("en")[0].endswith(f"no longer has: 1 ({WRONG}).")
    again = open_store(folder)
    assert again.corrected() == []
    assert again.problems().select("source_file", "value", "problem", "effect").rows() == [
        ("商品.csv", f"1 ({WRONG})", "gone_in_place", "replaced")
    ]


def test_a_content_put_back_counts_again_and_a_history_made_anew_says_the_same(folder: Path) -> None:
    path = folder / "inbox" / "商品.csv"
    put_list(path, f"{ONE},杯子,在售,5,2026-11-22", f"{TWO},碗,在售,7,2026-11-22")
    before = path.read_bytes()
    open_store(folder).import_inbox()
    put_list(path, f"{ONE},杯子,在售,5,2026-11-22")
    assert products(open_store(folder)) == [(ONE, 5)]

    path.write_bytes(before)

    assert products(open_store(folder)) == [(ONE, 5), (TWO, 7)]
    assert products(open_store(folder)) == [(ONE, 5), (TWO, 7)]
    shutil.rmtree(folder / "history")
    assert products(open_store(folder)) == [(ONE, 5), (TWO, 7)]


def test_two_parts_of_a_list_under_one_name_in_two_folders_both_stand(folder: Path) -> None:
    put_list(folder / "inbox" / "a" / "商品.csv", f"{ONE},杯子,在售,5,2026-11-22")
    put_list(folder / "inbox" / "b" / "商品.csv", f"{TWO},碗,在售,7,2026-11-22")
    assert products(open_store(folder)) == [(ONE, 5), (TWO, 7)]

    put_list(folder / "inbox" / "a" / "商品.csv", f"{ONE},杯子,在售,4,2026-11-22")

    assert products(open_store(folder)) == [(ONE, 4), (TWO, 7)]


def test_a_list_of_another_day_under_the_same_name_is_a_snapshot_of_its_own(folder: Path) -> None:
    path = folder / "inbox" / "商品.csv"
    put_list(path, f"{ONE},杯子,在售,5,2026-11-15", f"{TWO},碗,在售,7,2026-11-15")
    open_store(folder).import_inbox()
    put_list(path, f"{ONE},杯子,在售,5,2026-11-22")

    assert products(open_store(folder)) == [(ONE, 5), (ONE, 5), (TWO, 7)]
    assert open_store(folder).problems().is_empty()


def test_what_merely_left_the_inbox_is_still_remembered(folder: Path) -> None:
    put_list(folder / "inbox" / "商品.csv", f"{ONE},杯子,在售,5,2026-11-22")
    open_store(folder).import_inbox()
    (folder / "inbox" / "商品.csv").unlink()
    put_list(folder / "inbox" / "碗.csv", f"{TWO},碗,在售,7,2026-11-22")

    assert products(open_store(folder)) == [(ONE, 5), (TWO, 7)]


def test_a_day_in_the_name_of_the_file_is_a_stated_day(folder: Path) -> None:
    path = folder / "inbox" / "库存_20261122.csv"
    put_list(path, f"{ONE},5", f"{WRONG},7", head="商品ID,可售库存")
    open_store(folder).import_inbox()
    put_list(path, f"{ONE},5", head="商品ID,可售库存")

    stock = open_store(folder).tables().stock

    assert stock is not None
    assert stock["product_id"].to_list() == [ONE]


def test_of_lists_without_a_day_the_one_that_lies_there_stands_whatever_it_was_called(folder: Path) -> None:
    for n in range(4):
        # The fingerprints of these fall as they like: none may win by its own.
        shutil.rmtree(folder / "inbox")
        put_list(folder / "inbox" / f"库存{n}.csv", f"{ONE},{n}", head="商品ID,可售库存")
        stock = open_store(folder).tables().stock
        assert stock is not None
        assert stock.select("product_id", "sellable_units").rows() == [(ONE, n)]


def test_a_sheet_with_several_days_is_replaced_only_by_one_that_has_them_all(folder: Path) -> None:
    path = folder / "inbox" / "库存.csv"
    old = [f"{ONE},5,2026-11-15", f"{ONE},6,2026-11-16"]
    put_list(path, *old, head="商品ID,可售库存,数据日期")
    open_store(folder).import_inbox()
    put_list(path, f"{ONE},8,2026-11-22", f"{ONE},9,2026-11-23", head="商品ID,可售库存,数据日期")

    stock = open_store(folder).tables().stock

    assert stock is not None
    assert stock["sellable_units"].sort().to_list() == [5, 6, 8, 9]


def test_orders_are_no_list_of_how_things_stand(folder: Path) -> None:
    path = folder / "inbox" / "订单.csv"
    put_orders(path, f"8001,{ONE},2026-11-16,2,10.00,已付款")
    open_store(folder).import_inbox()
    put_orders(path, f"8002,{ONE},2026-11-17,1,10.00,已付款")

    lines = open_store(folder).tables().order_lines

    assert isinstance(lines, pl.LazyFrame)
    assert lines.collect().height == 2


def test_what_was_replaced_does_not_have_to_be_there_for_a_newer_version_of_the_tool(folder: Path) -> None:
    path = folder / "inbox" / "商品.csv"
    put_list(path, f"{ONE},杯子,在售,5,2026-11-22", f"{TWO},碗,在售,7,2026-11-22")
    open_store(folder).import_inbox()
    put_list(path, f"{ONE},杯子,在售,5,2026-11-22")
    open_store(folder).import_inbox()
    outdate(folder)

    assert products(open_store(folder)) == [(ONE, 5)]
