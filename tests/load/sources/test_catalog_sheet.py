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
    assert problems(loaded) == [(3, "supply_price_fen", "conflict", "first_kept")]
    assert loaded.problems["value"].to_list() == ["13.0 ≠ 12.5 (2)"]


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
