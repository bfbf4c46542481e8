from __future__ import annotations

from pathlib import Path

from tests.load.sources.files import counts, load_book, load_text, problems, records


def test_a_product_on_two_rows_is_one_record_and_what_differs_names_both_rows(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "商品表.csv",
        "商品ID,标题,供货价,卖家SKU,库存",
        "1005006123456789,杯子,12.50,A-1,5",
        "1005006123456789,杯子,13.00,A-2,5",
        "1005006123456780,灯,8,B-1,",
    )
    assert counts(loaded) == (3, 3, 0, 0)
    assert records(loaded, "catalog", "product_id", "supply_price_fen", "on_hand_units") == [
        ("1005006123456780", 800, None),
        ("1005006123456789", 1250, 5),
    ]
    # Nothing in the file shows whether 5 is each SKU's or the product's written twice.
    assert problems(loaded) == [
        (3, "supply_price_fen", "conflict", "first_kept"),
        (2, "on_hand_units", "sku_units_alike", "first_kept"),
    ]
    assert loaded.problems["value"].to_list() == ["13.0 ≠ 12.5 (2)", "5"]


def test_a_list_of_skus_gives_each_product_the_units_of_all_its_skus(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "商品表.csv",
        "商品ID,标题,规格,卖家SKU,库存,在途",
        "1005006123456789,杯子,红,A-1,5,1",
        "1005006123456789,杯子,蓝,A-2,7,1",
        "1005006123456780,灯,大,B-1,4,",
        "1005006123456780,灯,小,B-2,4,",
        "1005006123456781,伞,,C-1,9,2",
    )
    assert records(loaded, "catalog", "product_id", "on_hand_units", "inbound_units") == [
        ("1005006123456780", 8, None),
        ("1005006123456781", 9, 2),
        ("1005006123456789", 12, 1),
    ]
    # 在途 is the same on both rows of every product, and may be the product's.
    assert problems(loaded) == [(2, "inbound_units", "sku_units_alike", "first_kept")]
    assert records(loaded, "bindings", "product_id", "seller_sku") == [
        ("1005006123456780", "B-1"),
        ("1005006123456780", "B-2"),
        ("1005006123456789", "A-1"),
        ("1005006123456789", "A-2"),
    ]


def test_a_sku_without_units_leaves_its_products_unknown_and_a_repeated_one_counts_once(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "商品表.csv",
        "商品ID,标题,SKU ID,库存",
        "1005006123456789,杯子,12000038000000001,5",
        "1005006123456789,杯子,12000038000000002,",
        "1005006123456789,杯子,12000038000000003,1",
        "1005006123456780,灯,12000038000000004,4",
        "1005006123456780,灯,12000038000000005,6",
        "1005006123456780,灯,12000038000000005,3",
        "1005006123456781,伞,12000038000000006,30",
        "1005006123456781,伞,12000038000000007,",
    )
    assert records(loaded, "catalog", "product_id", "on_hand_units") == [
        ("1005006123456780", 10),
        ("1005006123456781", 30),
        ("1005006123456789", None),
    ]
    assert problems(loaded) == [(7, "on_hand_units", "conflict", "first_kept")]


def test_an_id_that_also_stands_as_text_is_not_in_doubt(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "a.xlsx",
        Sheet1=[
            ["商品ID", "标题"],
            [1005006123456789, "杯子"],
            ["1005006123456789", "杯子"],
            [1005006123456781, "灯"],
        ],
    )
    assert records(loaded, "catalog", "product_id", "is_suspect_id") == [
        ("1005006123456781", True),
        ("1005006123456789", False),
    ]
