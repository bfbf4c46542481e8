"""A store folder, end to end on small real files."""

from __future__ import annotations

import json
import os
import platform
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.store.conftest import PRODUCT, put_orders, put_products
from toolkit import schema
from toolkit.errors import StoreError
from toolkit.store import Store, inbox, open_store

MONDAY, TUESDAY = "2026-11-16 09:00", "2026-11-17 10:00"


def lines(store: Store) -> pl.DataFrame:
    found = store.tables().order_lines
    assert isinstance(found, pl.LazyFrame)
    return found.collect().sort("order_id", "quantity")


def everything(store: Store) -> dict[str, pl.DataFrame]:
    tables = vars(store.tables())
    found = {name: table.lazy().collect() for name, table in tables.items() if table is not None}
    return {name: table.sort(table.columns) for name, table in found.items()} | {"problems": store.problems()}


def states(store: Store) -> dict[str, str]:
    return {was.file: was.state for was in store.import_inbox()}


def test_two_overlapping_order_files_count_each_order_once_and_the_newest_tells_its_status(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款")
    put_orders(
        folder / "inbox" / "b.csv",
        f"8001,{PRODUCT},{MONDAY},2,10.00,已发货",
        f"8002,{PRODUCT},{TUESDAY},1,10.00,已付款",
    )

    view = lines(open_store(folder))

    assert view.select("order_id", "quantity", "order_status").rows() == [("8001", 2, "shipped"), ("8002", 1, "paid")]


def test_a_file_is_read_once_and_known_ever_after_under_any_name(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款")
    assert states(open_store(folder)) == {"a.csv": "new"}
    shutil.copy(folder / "inbox" / "a.csv", folder / "inbox" / "a (1).csv")

    store = open_store(folder)

    assert states(store) == {"a (1).csv": "known", "a.csv": "known"}
    assert lines(store).height == 1


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(folder: Path) -> None:
    put_orders(folder / "inbox" / "good.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款")
    (folder / "inbox" / "login.xls").write_text("<!DOCTYPE html><html><title>登录</title></html>", encoding="utf-8")
    (folder / "inbox" / "menu.csv").write_text("菜,价\n面,10\n", encoding="utf-8")
    (folder / "inbox" / "~$good.xlsx").write_bytes(b"lock")
    (folder / "inbox" / "big.csv.crdownload").write_bytes(b"half")

    store = open_store(folder)

    assert states(store) == {
        "good.csv": "new",
        "login.xls": "unreadable",
        "menu.csv": "unknown_kind",
        "~$good.xlsx": "skipped",
        "big.csv.crdownload": "skipped",
    }
    assert all(was.sentence("zh") and was.sentence("en") for was in store.import_inbox())
    assert lines(store).height == 1


def test_read_is_kept_and_set_aside_and_rejected(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款", f"8002,{PRODUCT},某天,1,1,已付款")

    (was,) = open_store(folder).import_inbox()

    assert (was.kept, was.set_aside, was.rejected) == (1, 0, 1)
    assert was.sources == ("order_lines",)


def test_the_history_can_be_deleted_and_comes_back_the_same(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款", f"8003,{PRODUCT},x,1,1,已付款")
    put_orders(folder / "inbox" / "b.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已发货")
    for stock, day in ((9, date(2026, 11, 15)), (4, date(2026, 11, 22))):
        row = {"商品ID": PRODUCT, "标题": "杯子", "库存": stock, "数据日期": day}
        put_products(folder / "商品表.xlsx", [row])
        store = open_store(folder)
        store.import_inbox()
    before = everything(store)

    shutil.rmtree(folder / "history")
    after = everything(open_store(folder))

    assert before.keys() == after.keys()
    for name, table in before.items():
        assert_frame_equal(table, after[name])
    catalog = after["catalog"].sort("observed_on")
    assert catalog.select("observed_on", "on_hand_units").rows() == [(date(2026, 11, 15), 9), (date(2026, 11, 22), 4)]


def test_a_product_sheet_without_dates_is_only_the_present_state(folder: Path) -> None:
    for stock in (9, 4, 9):
        put_products(folder / "商品表.xlsx", [{"商品ID": PRODUCT, "标题": "杯子", "库存": stock}])
        store = open_store(folder)
        store.import_inbox()

    catalog = store.tables().catalog

    assert catalog is not None
    assert catalog.select("on_hand_units", "observed_on").rows() == [(9, None)]


def test_a_product_sheet_corrected_on_the_same_day_replaces_what_was_wrong(folder: Path) -> None:
    for ids in ((PRODUCT, "1005006999999999"), (PRODUCT,)):
        rows = [{"商品ID": one, "标题": "杯子", "数据日期": date(2026, 11, 22)} for one in ids]
        put_products(folder / "商品表.xlsx", rows)
        store = open_store(folder)
        store.import_inbox()

    assert store.catalog["product_id"].to_list() == [PRODUCT]
    assert store.problems().is_empty()


def test_two_lists_that_disagree_about_a_day_are_reported_with_both_places(folder: Path) -> None:
    row = {"商品ID": PRODUCT, "标题": "杯子", "库存": 9, "数据日期": date(2026, 11, 22)}
    put_products(folder / "商品表.xlsx", [row])
    put_products(folder / "inbox" / "erp.xlsx", [row | {"库存": 7}])

    found = open_store(folder).problems()

    assert found.select("source_file", "column", "value", "effect").rows() == [
        ("erp.xlsx", "on_hand_units", "7 ≠ 9 (商品表.xlsx › 商品表 › 2)", "conflict")
    ]


def test_identical_lists_of_two_days_are_two_snapshots(folder: Path) -> None:
    for day in ("20261115", "20261122"):
        put_products(folder / "inbox" / f"商品列表_{day}.xlsx", [{"商品ID": PRODUCT, "标题": "杯子", "库存": 9}])

    catalog = open_store(folder).tables().catalog

    assert catalog is not None
    assert catalog["observed_on"].to_list() == [date(2026, 11, 15), date(2026, 11, 22)]


def test_a_week_nobody_tells_is_a_gap(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"1,{PRODUCT},2026-11-02,1,1,已付款", f"2,{PRODUCT},2026-11-08,1,1,已付款")
    put_orders(folder / "inbox" / "b.csv", f"3,{PRODUCT},2026-11-16,1,1,已付款", f"4,{PRODUCT},2026-11-22,1,1,已付款")

    gap = open_store(folder).gaps()

    assert gap.select("sales_source", "first_day", "last_day", "told_by").rows() == [
        ("orders", date(2026, 11, 9), date(2026, 11, 15), None)
    ]


def test_an_empty_store_has_empty_tables_and_no_day(folder: Path) -> None:
    store = open_store(folder)

    assert store.catalog.is_empty()
    assert store.sales.is_empty()
    assert store.gaps().is_empty()
    assert store.coverage().columns == list(schema.COVERAGE.names)
    with pytest.raises(StoreError) as caught:
        store.latest_day()
    assert "no file states a day" in caught.value.sentence("en")


def test_the_latest_day_is_the_last_thing_that_happened(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"1,{PRODUCT},2026-11-02,1,1,已付款", f"2,{PRODUCT},2026-11-08,1,1,已付款")

    assert open_store(folder).latest_day() == date(2026, 11, 8)


def test_a_folder_that_is_no_store_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "nowhere")

    assert caught.value.sentence("zh").endswith(f'新建请运行 toolkit init "{tmp_path / "nowhere"}"')


def test_a_second_run_at_the_same_time_is_refused(folder: Path) -> None:
    (folder / "history").mkdir()
    lock = {"pid": os.getppid(), "host": platform.node()}
    (folder / "history" / ".lock").write_text(json.dumps(lock), encoding="utf-8")

    with pytest.raises(StoreError) as caught:
        open_store(folder).import_inbox()

    assert caught.value.key == "store_locked"


def outdate(folder: Path) -> None:
    """Make the history look as if an older version of the tool had written it."""
    for record in (folder / "history" / "batches").iterdir():
        record.write_text(
            record.read_text(encoding="utf-8").replace('"schema": "1-', '"schema": "0-'), encoding="utf-8"
        )


def test_a_history_of_another_version_is_made_again_from_the_inbox(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"1,{PRODUCT},{MONDAY},1,1,已付款")
    open_store(folder).import_inbox()
    outdate(folder)

    store = open_store(folder)

    assert states(store) == {"a.csv": "new"}
    assert lines(store).height == 1


def test_a_history_of_another_version_whose_file_is_gone_is_never_passed_over(folder: Path) -> None:
    path = put_orders(folder / "inbox" / "a.csv", f"1,{PRODUCT},{MONDAY},1,1,已付款")
    open_store(folder).import_inbox()
    outdate(folder)
    path.unlink()

    with pytest.raises(StoreError) as caught:
        open_store(folder).tables()

    assert caught.value.sentence("en").startswith("history › a.csv: kept by another version")


def test_what_left_the_inbox_is_still_remembered(folder: Path) -> None:
    path = put_orders(folder / "inbox" / "a.csv", f"1,{PRODUCT},{MONDAY},1,1,已付款")
    open_store(folder).import_inbox()
    path.unlink()

    assert lines(open_store(folder)).height == 1


def test_a_file_that_was_not_read_is_among_the_problems_with_its_reason(folder: Path) -> None:
    (folder / "inbox" / "login.xls").write_text("<!DOCTYPE html><html><title>登录</title></html>", encoding="utf-8")

    (row,) = open_store(folder).problems().select("source_file", "problem", "effect", "value").rows()

    assert row[:3] == ("login.xls", "file_unreadable", "not_read")
    assert "网页" in row[3]
    assert "this is a web page" in open_store(folder).problems("en")["value"].item()


def test_a_sheet_put_back_to_an_earlier_content_is_the_newest_edition_again(folder: Path) -> None:
    for title in ("杯子", "杯子(新)", "杯子"):
        put_products(folder / "商品表.xlsx", [{"商品ID": PRODUCT, "标题": title, "数据日期": date(2026, 11, 22)}])
        was = open_store(folder).import_inbox()

    assert [(one.file, one.state) for one in was] == [("商品表.xlsx", "new")]
    assert open_store(folder).catalog["title"].to_list() == ["杯子"]


def test_amounts_without_a_currency_follow_the_stores_when_it_changes(folder: Path) -> None:
    put_orders(folder / "inbox" / "a.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款")
    assert lines(open_store(folder))["currency"].to_list() == ["CNY"]
    (folder / "toolkit.toml").write_text('[store]\ncurrency = "USD"\n', encoding="utf-8")

    assert lines(open_store(folder))["currency"].to_list() == ["USD"]


def test_when_the_loader_learns_files_are_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_orders(folder / "inbox" / "a.csv", f"8001,{PRODUCT},{MONDAY},2,10.00,已付款")
    open_store(folder).import_inbox()
    assert states(open_store(folder)) == {"a.csv": "known"}

    monkeypatch.setattr(inbox, "_reader", lambda: "a newer loader")

    assert states(open_store(folder)) == {"a.csv": "new"}
