from __future__ import annotations

from pathlib import Path

from tests.load.sources.files import counts, load_book, load_text, problems, records


def test_a_row_binds_at_least_two_ids(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "绑定.xlsx",
        Sheet1=[
            ["商品ID", "SKU ID", "卖家SKU", "货品ID", "绑定状态"],
            ["1005006123456789", "12000044382493157", "J0071+J0043-01", "6001", "绑定中"],
            ["", "12000044382493158", "", "6001", "1"],
            ["", "", "00123", "6002", ""],
            ["", "", "", "6003", ""],
            ["1005006123456789", "", "", "", ""],
        ],
    )
    columns = ("sku_id", "sc_item_id", "seller_sku", "product_id", "bind_status")
    assert records(loaded, "bindings", *columns) == [
        (None, "6002", "00123", None, None),
        ("12000044382493157", "6001", "J0071+J0043-01", "1005006123456789", "bound"),
        ("12000044382493158", "6001", None, None, "unbound"),
    ]
    assert problems(loaded) == [(5, None, "incomplete", "rejected"), (6, None, "incomplete", "rejected")]
    assert counts(loaded) == (5, 3, 0, 2)


def test_one_unreadable_id_costs_that_id_only(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "product_id,sku_id,sc_item_id", "1005006123456789,看备注,6001")
    assert records(loaded, "bindings", "product_id", "sku_id", "sc_item_id") == [("1005006123456789", None, "6001")]
    assert problems(loaded) == [(2, "sku_id", "id", "blanked")]
