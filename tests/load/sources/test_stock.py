from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.load.sources.files import counts, load_book, load_json, load_text, problems, records


def test_product_totals_by_hand_keep_what_is_unknown_unknown(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "库存.xlsx",
        Sheet1=[
            ["商品ID", "库存", "占用", "在途", "数据日期"],
            ["杯子ID: 1005006123456789", 12, 3, 5, date(2026, 11, 20)],
            ["1005006123456780", 7, "", "", "2026/11/20"],
            ["1005006123456781", "", "", "", ""],
            ["1005006123456782", -1, "", "", ""],
            ["合计", 18, 3, 5, ""],
        ],
    )
    columns = ("product_id", "on_hand_units", "locked_units", "sellable_units", "inbound_units", "observed_on")
    assert records(loaded, "stock", *columns) == [
        ("1005006123456780", 7, None, None, None, date(2026, 11, 20)),
        ("1005006123456781", None, None, None, None, None),
        ("1005006123456782", None, None, None, None, None),
        ("1005006123456789", 12, 3, 9, 5, date(2026, 11, 20)),
    ]
    assert problems(loaded) == [(5, "on_hand_units", "negative", "blanked")]
    assert counts(loaded) == (5, 4, 1, 0)


def test_the_day_comes_from_the_name_when_no_column_states_it(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "库存_20261120.csv", "商品ID,可售库存", "1005006123456789,4")
    assert records(loaded, "stock", "sellable_units", "observed_on") == [(4, date(2026, 11, 20))]


def test_sellable_units_per_sku_and_warehouse_are_taken_as_they_are(tmp_path: Path) -> None:
    shelves = [
        {
            "warehouse_type": "jit_warehouse",
            "warehouse_code": "JIT",
            "warehouse_name": "JIT仓",
            "sellable_quantity": 900,
        },
        {"warehouse_type": "normal", "warehouse_code": "HZ01", "warehouse_name": "杭州", "sellable_quantity": 4},
    ]
    answer = {"result": {"success": True, "data": [{"sku_id": 12000044382493157, "sku_warehouse_stock_list": shelves}]}}
    loaded = load_json(tmp_path / "stocks.json", answer)
    assert [sheet.source.name for sheet in loaded.recognised if sheet.source] == ["stock_skus"]
    assert records(
        loaded, "stock", "sku_id", "warehouse_code", "warehouse_name", "sellable_units", "on_hand_units"
    ) == [
        ("12000044382493157", "HZ01", "杭州", 4, None),
        ("12000044382493157", "JIT", "JIT仓", 900, None),
    ]


def test_locked_units_are_subtracted_once_and_defective_ones_are_not_sellable(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "inventory.csv",
        "sc_item_id,sc_item_code,store_code,store_name,quantity,lock_quantity,inventory_type",
        "600100000001,C1,HZ01,杭州,10,3,1",
        "600100000001,C1,HZ01,杭州,2,0,101",
        "600100000002,C2,HZ01,杭州,5,,1",
        "600100000003,C3,HZ01,杭州,1,4,1",
        "600100000004,C4,HZ01,杭州,6,1,7",
    )
    columns = ("sc_item_id", "quality", "on_hand_units", "locked_units", "sellable_units")
    assert records(loaded, "stock", *columns) == [
        ("600100000001", "defective", 2, 0, 0),
        ("600100000001", "good", 10, 3, 7),
        ("600100000002", "good", 5, None, None),
        ("600100000003", "good", 1, 4, 0),
        ("600100000004", None, 6, 1, 5),
    ]
    assert problems(loaded) == [(6, "quality", "unknown_word", "blanked")]


def test_sellable_units_that_the_sheet_states_are_not_worked_out_again(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "货品ID,仓名称,库存,占用,可售库存", "6001,杭州,10,3,6")
    assert records(loaded, "stock", "sc_item_id", "sellable_units") == [("6001", 6)]


ON_WAY = "sc_item_id,quantity,inventory_type,inbound_store_code,inbound_store_name,outbound_store_code"


def test_only_purchase_and_transfer_units_are_inbound(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "onway.csv",
        ON_WAY,
        "6001,10,1,HZ01,杭州,",
        "6001,4,2,HZ01,杭州,SH01",
        "6001,3,3,HZ01,杭州,",
        "6002,7,4,HZ01,杭州,",
        "6003,5,9,HZ01,杭州,",
    )
    assert [sheet.source.name for sheet in loaded.recognised if sheet.source] == ["stock_in_transit"]
    assert records(loaded, "stock", "sc_item_id", "warehouse_code", "inbound_units", "on_hand_units") == [
        ("6001", "HZ01", 14, None),
        ("6002", "HZ01", 0, None),
        ("6003", "HZ01", None, None),
    ]
    assert problems(loaded) == [(6, "in_transit_type", "unknown_word", "blanked")]
    assert counts(loaded) == (5, 5, 0, 0)


def test_type_1_is_good_units_in_a_warehouse_and_purchased_units_on_the_way(tmp_path: Path) -> None:
    here = load_text(
        tmp_path / "a.csv", "sc_item_id,store_code,quantity,lock_quantity,inventory_type", "6001,HZ01,9,0,1"
    )
    coming = load_text(tmp_path / "b.csv", ON_WAY, "6001,9,1,HZ01,杭州,")
    assert records(here, "stock", "quality", "on_hand_units", "inbound_units") == [("good", 9, None)]
    assert records(coming, "stock", "quality", "on_hand_units", "inbound_units") == [(None, None, 9)]


def test_the_inventory_page_gives_stock_and_never_its_rolling_sales(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "inventory.csv",
        "\ufeff货号ID,商品名称,抓取数据日期,今日销量,近7天销量,近30天销量,平台库存,在途库存",
        "600100000001,杯子,1795139400000,1,8,30,120,50",
    )
    columns = ("sc_item_id", "on_hand_units", "inbound_units", "sellable_units", "observed_on")
    assert records(loaded, "stock", *columns) == [("600100000001", 120, 50, None, date(2026, 11, 20))]
    assert loaded.sheets[0].unknown_columns == ("商品名称", "今日销量", "近7天销量", "近30天销量")
    assert set(loaded.sheets[0].tables) == {"stock"}


def test_a_thing_counted_twice_is_one_count_and_a_difference_is_reported(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "商品ID,仓库,库存",
        "1005006123456789,杭州,5",
        "1005006123456789,义乌,4",
        "1005006123456789,杭州,5",
        "1005006123456789,义乌,9",
    )
    assert records(loaded, "stock", "warehouse_code", "on_hand_units") == [("义乌", 4), ("杭州", 5)]
    assert problems(loaded) == [(5, "on_hand_units", "conflict", "first_kept")]
    assert loaded.problems["value"].to_list() == ["9 ≠ 4 (3)"]
    assert counts(loaded) == (4, 4, 0, 0)


def test_a_sheet_with_one_row_per_sku_gives_its_products_the_units_of_all_of_them(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "库存_20261120.csv",
        "商品ID,SKU编码,仓库,可售库存",
        "1005006123456789,A-1,东莞,4",
        "1005006123456789,A-2,东莞,5",
        "1005006123456789,A-1,义乌,2",
        "1005006123456780,B-1,东莞,3",
    )
    assert records(loaded, "stock", "product_id", "warehouse_code", "seller_sku", "sellable_units") == [
        ("1005006123456780", "东莞", None, 3),
        ("1005006123456789", "东莞", None, 9),
        ("1005006123456789", "义乌", None, 2),
    ]
    assert problems(loaded) == []
