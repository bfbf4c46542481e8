from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.load.sources.files import counts, load_json, load_text, problems, records

# Milliseconds since 1970 of 10:30 in Shanghai (UTC+8)
ORDERED, ARRIVED = (int(datetime(2026, 11, day, 2, 30, tzinfo=UTC).timestamp()) * 1000 for day in (20, 22))
HEAD = (
    "purchase_order_no,order_type,biz_type,status,status_desc,trade_order_id,gmt_create,actual_inbound_time,"
    "total_quantity,received_quantity,store_code"
)


def test_type_50_is_a_sale_and_type_10_a_receipt_with_shanghai_times(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "po.csv",
        HEAD,
        f"PO1,10,5110000,40,收货完成,,{ORDERED},{ARRIVED},30,28,HZ01",
        f"PO2,50,5110000,17,待发货,3031265788145237,{ORDERED},,1,0,HZ01",
    )
    columns = ("purchase_order_no", "po_type", "order_status", "order_status_raw", "order_id", "quantity")
    assert records(loaded, "purchase_orders", *columns) == [
        ("PO1", "warehouse", "received", "40", None, 30),
        ("PO2", "jit", "to_ship", "17", "3031265788145237", 1),
    ]
    assert records(loaded, "purchase_orders", "ordered_at", "arrived_at", "received_units") == [
        (datetime(2026, 11, 20, 10, 30), None, 0),
        (datetime(2026, 11, 20, 10, 30), datetime(2026, 11, 22, 10, 30), 28),
    ]
    assert problems(loaded) == []


def test_the_pages_of_the_api_say_the_same(tmp_path: Path) -> None:
    order = {"purchase_order_no": "PO1", "order_type": 50, "status": -99, "gmt_create": ORDERED, "total_quantity": "2"}
    loaded = load_json(tmp_path / "po.json", {"result": {"success": True, "total_count": 1, "data": [order]}})
    assert records(loaded, "purchase_orders", "purchase_order_no", "po_type", "order_status", "quantity") == [
        ("PO1", "jit", "cancelled", 2)
    ]


def test_orders_of_another_business_line_are_rejected(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "po.csv",
        HEAD,
        f"PO1,50,7668000,40,收货完成,,{ORDERED},{ARRIVED},1,1,HZ01",
        f"PO2,50,5110000,40,收货完成,,{ORDERED},{ARRIVED},1,1,HZ01",
    )
    assert counts(loaded) == (2, 1, 0, 1)
    assert problems(loaded) == [(2, "biz_type", "unknown_word", "rejected")]


def test_a_type_nobody_knows_is_neither_sale_nor_receipt(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "po.csv", "采购单号,单据类型,状态,创建时间,采购数量", "PO1,60,待收货,2026-11-20 10:30,5"
    )
    assert records(loaded, "purchase_orders", "po_type", "order_status", "quantity") == [(None, "to_receive", 5)]
    assert problems(loaded) == [(2, "po_type", "unknown_word", "blanked")]


def test_lines_have_prices_in_yuan_and_good_units_received(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "lines.csv",
        "purchase_order_no,item_id,sku_id,sc_item_id,title,quantity,received_normal_qty,received_defective_qty,purchase_price_dec",
        "PO1,1005006123456789,12000044382493157,6001,杯子,30,28,2,12.50",
        "PO1,,,6002,灯,5,,,8",
        "PO1,,,,无名,5,,,8",
        "PO1,1005006123456780,,,碗,,,,8",
    )
    columns = ("product_id", "sku_id", "sc_item_id", "quantity", "received_units", "unit_price_fen", "currency")
    assert records(loaded, "purchase_order_lines", *columns) == [
        (None, None, "6002", 5, None, 800, "CNY"),
        ("1005006123456789", "12000044382493157", "6001", 30, 28, 1250, "CNY"),
    ]
    assert counts(loaded) == (4, 2, 0, 2)
    assert problems(loaded) == [(4, None, "incomplete", "rejected"), (5, "quantity", "missing", "rejected")]
    assert loaded.sheets[0].unknown_columns == ("received_defective_qty",)


COMBINED = "采购单号,单据类型,状态,创建时间,商品ID,SKU ID,货品名称,采购数量,实收正品数量,含税采购单价(元)"


def test_one_sheet_with_orders_and_lines_gives_both_tables(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "erp.csv",
        COMBINED,
        "PO1,仓发,收货完成,2026-11-01 09:00:00,1005006123456789,12000044382493157,杯子,30,28,12.50",
        "PO1,仓发,收货完成,2026-11-01 09:00:00,1005006123456789,12000044382493158,杯子,10,10,12.50",
        "PO2,JIT,待发货,2026-11-20 10:30:00,1005006123456780,,灯,1,,8.00",
    )
    assert [sheet.source.name for sheet in loaded.recognised if sheet.source] == ["purchase_order_sheet"]
    assert records(loaded, "purchase_orders", "purchase_order_no", "po_type", "quantity", "received_units") == [
        ("PO1", "warehouse", 40, 38),
        ("PO2", "jit", 1, None),
    ]
    assert records(loaded, "purchase_order_lines", "purchase_order_no", "quantity", "unit_price_fen") == [
        ("PO1", 10, 1250),
        ("PO1", 30, 1250),
        ("PO2", 1, 800),
    ]
    assert problems(loaded) == []


def test_an_order_that_is_a_sale_on_one_row_and_a_receipt_on_another_is_reported(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "erp.csv",
        COMBINED,
        "PO1,仓发,收货完成,2026-11-01 09:00:00,1005006123456789,12000044382493157,杯子,30,28,12.50",
        "PO1,JIT,收货完成,2026-11-01 09:00:00,1005006123456789,12000044382493158,杯子,10,10,12.50",
    )
    assert problems(loaded) == [(3, "po_type", "conflict", "first_kept")]
    assert loaded.problems["value"].to_list() == ["jit ≠ warehouse (2)"]
