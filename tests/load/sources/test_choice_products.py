from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.load.sources.files import counts, load_book, load_json, load_text, problems, records

FLAT = (
    "product_id,title,product_type,product_min_price,currency_code,total_stocks,product_audit_status,"
    "audit_failure_type,sku_id,seller_sku,supply_price,warehouse_code,sellable_quantity,sc_item_id,bind_status"
)


def page(*products: dict[str, Any]) -> dict[str, Any]:
    return {
        "result": {
            "success": True,
            "total_count": len(products),
            "total_page": 1,
            "page_size": 20,
            "current_page": 1,
            "product_list": list(products),
        }
    }


def sku(sku_id: int, sc_item_id: int | None, *shelves: tuple[str, int], **more: Any) -> dict[str, Any]:
    return {
        "sku_id": sku_id,
        "seller_sku": f"A-{sku_id % 100}",
        "supply_price": "12.50",
        "status": "active",
        "product_sku_sc_item_info_dto": {"sc_item_id": sc_item_id, "bind_status": 2},
        "sku_warehouse_stock_list": [
            {"warehouse_code": code, "warehouse_type": "normal", "sellable_quantity": units} for code, units in shelves
        ],
        **more,
    }


CUP = {
    "product_id": 1005006123456789,
    "title": "杯子",
    "leaf_category_id": 200001,
    "product_type": 0,
    "product_min_price": "12.50",
    "currency_code": "CNY",
    "total_stocks": 30,
    "product_audit_status": 1,
    "audit_failure_type": None,
    "created_time": "2025-01-03 20:32:37",
    "search_sku_info_list": [
        sku(12000044382493157, 6001, ("HZ01", 10), ("HZ02", 5)),
        sku(12000044382493158, 6002, ("HZ01", 15)),
    ],
}
LAMP = {
    "product_id": 1005006123456780,
    "title": "灯",
    "product_type": 1,
    "product_min_price": "8",
    "currency_code": "CNY",
    "total_stocks": 999,
    "product_audit_status": 2,
    "audit_failure_type": "down_shelf_product",
    "search_sku_info_list": [sku(12000044382493160, None, sku_stock=999)],
}


def test_a_page_becomes_one_product_its_skus_and_its_shelves(tmp_path: Path) -> None:
    loaded = load_json(tmp_path / "products_20261120.json", page(CUP, LAMP))

    assert [sheet.source and sheet.source.name for sheet in loaded.sheets] == ["choice_products"]
    assert counts(loaded) == (4, 4, 0, 0)  # three shelves, and one SKU without any
    assert problems(loaded) == []
    assert records(loaded, "catalog", "product_id", "title", "stocking_type", "supply_price_fen", "on_hand_units") == [
        ("1005006123456780", "灯", "jit", 800, 999),
        ("1005006123456789", "杯子", "warehouse", 1250, 30),  # 30 once, not once per row
    ]
    assert records(loaded, "bindings", "sku_id", "product_id", "sc_item_id", "seller_sku", "bind_status") == [
        ("12000044382493157", "1005006123456789", "6001", "A-57", "bound"),
        ("12000044382493158", "1005006123456789", "6002", "A-58", "bound"),
        ("12000044382493160", "1005006123456780", None, "A-60", "bound"),
    ]
    assert records(loaded, "stock", "sku_id", "warehouse_code", "sellable_units", "on_hand_units") == [
        ("12000044382493157", "HZ01", 10, None),
        ("12000044382493157", "HZ02", 5, None),
        ("12000044382493158", "HZ01", 15, None),
        ("12000044382493160", None, None, 999),  # its total, since no warehouse of it is given
    ]
    assert records(loaded, "stock", "observed_on")[0] == (date(2026, 11, 20),)


def test_ids_of_17_digits_survive_the_numbers_of_json(tmp_path: Path) -> None:
    loaded = load_json(tmp_path / "a.json", page(CUP))
    assert ("12000044382493157",) in records(loaded, "bindings", "sku_id")
    assert records(loaded, "catalog", "is_suspect_id") == [(False,)]


def test_a_list_of_pages_and_the_bare_product_list_say_the_same(tmp_path: Path) -> None:
    columns = ("product_id", "title", "supply_price_fen", "on_hand_units")
    one = records(load_json(tmp_path / "one.json", page(CUP, LAMP)), "catalog", *columns)
    assert records(load_json(tmp_path / "pages.json", [page(CUP), page(LAMP)]), "catalog", *columns) == one
    assert records(load_json(tmp_path / "list.json", [CUP, LAMP]), "catalog", *columns) == one


def test_a_page_that_was_saved_twice_counts_once(tmp_path: Path) -> None:
    loaded = load_json(tmp_path / "a.json", [page(CUP), page(CUP)])
    assert records(loaded, "catalog", "product_id") == [("1005006123456789",)]
    assert records(loaded, "stock", "sellable_units") == [(5,), (10,), (15,)]
    assert problems(loaded) == []


def test_a_passed_review_does_not_say_on_sale(tmp_path: Path) -> None:
    loaded = load_json(tmp_path / "a.json", page(CUP, LAMP))
    assert records(loaded, "catalog", "product_id", "status", "status_raw", "audit_failure_type") == [
        ("1005006123456780", None, "product_audit_status=2", "down_shelf_product"),
        ("1005006123456789", None, "product_audit_status=1", None),
    ]


def test_both_status_vocabularies_are_understood_and_kept_as_written(tmp_path: Path) -> None:
    loaded = load_json(
        tmp_path / "a.json",
        page({**CUP, "product_status": "ONLINE"}, {**LAMP, "product_status": "editingRequired"}),
    )
    assert records(loaded, "catalog", "status", "status_raw") == [
        ("on_sale", "ONLINE"),
        ("review_failed", "editingRequired"),
    ]


def test_a_flattened_sheet_says_the_same(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "products.csv",
        FLAT,
        "1005006123456789,杯子,0,12.50,CNY,30,1,,12000044382493157,A-57,12.50,HZ01,10,6001,2",
        "1005006123456789,杯子,0,12.50,CNY,30,1,,12000044382493157,A-57,12.50,HZ02,5,6001,2",
        "1005006123456789,杯子,0,12.50,CNY,30,1,,12000044382493158,A-58,13.00,HZ01,15,6002,2",
    )
    assert records(loaded, "catalog", "product_id", "on_hand_units", "supply_price_fen", "currency") == [
        ("1005006123456789", 30, 1250, "CNY")
    ]
    assert records(loaded, "stock", "sellable_units") == [(5,), (10,), (15,)]
    assert records(loaded, "bindings", "sku_id", "sc_item_id") == [
        ("12000044382493157", "6001"),
        ("12000044382493158", "6002"),
    ]


def test_facts_of_one_product_that_differ_are_reported_with_both_rows(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "products.csv",
        FLAT,
        "1005006123456789,杯子,0,12.50,CNY,30,1,,12000044382493157,A-57,12.50,HZ01,10,6001,2",
        "1005006123456789,马克杯,0,12.50,CNY,30,1,,12000044382493158,A-58,12.50,HZ01,15,6002,2",
    )
    assert counts(loaded) == (2, 2, 0, 0)
    assert records(loaded, "catalog", "title") == [("杯子",)]
    assert problems(loaded) == [(3, "title", "conflict", "first_kept")]
    assert loaded.problems["value"].to_list() == ["马克杯 ≠ 杯子 (2)"]


def test_a_bad_price_costs_the_price_and_not_the_units(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "products.xlsx",
        Sheet1=[
            ["product_id", "title", "product_min_price", "total_stocks", "image_urls"],
            ["1005006123456789", "杯子", "待定", "30", "https://example.invalid/a.jpg"],
            ["没有", "灯", "8", "1", ""],
        ],
    )
    assert records(loaded, "catalog", "product_id", "supply_price_fen", "on_hand_units") == [
        ("1005006123456789", None, 30)
    ]
    assert problems(loaded) == [(2, "supply_price_fen", "money", "blanked"), (3, "product_id", "id", "rejected")]
    assert loaded.sheets[0].unknown_columns == ("image_urls",)


def test_without_a_smallest_price_the_cheapest_sku_is_taken(tmp_path: Path) -> None:
    cup = {key: value for key, value in CUP.items() if key not in ("product_min_price", "currency_code")}
    cup["search_sku_info_list"] = [sku(1200001, 1, supply_price="9.9"), sku(1200002, 2, supply_price="8.8")]
    loaded = load_json(tmp_path / "a.json", page(cup))
    assert records(loaded, "catalog", "supply_price_fen", "currency") == [(880, "CNY")]
