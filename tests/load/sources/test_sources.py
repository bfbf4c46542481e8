"""What must hold for every kind of export, and that no sheet is taken for another kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from toolkit import schema
from toolkit.errors import InputError
from toolkit.load.recognize import Match, Unrecognised, normal, recognize
from toolkit.load.source import Source
from toolkit.load.sources import SOURCES
from toolkit.load.text_sheet import TextSheet
from toolkit.words import keys

every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)


def sheet_of(*headers: str, sheet: str | None = None) -> TextSheet:
    return TextSheet("a.xlsx", sheet, pl.LazyFrame(), (headers,), len(headers))


def kind_of(*headers: str, sheet: str | None = None) -> str:
    match = recognize(sheet_of(*headers, sheet=sheet), SOURCES)
    assert isinstance(match, Match), f"{headers} is no known kind"
    return match.source.name


@every_source
def test_a_source_says_what_its_file_is_and_how_it_is_obtained(source: Source) -> None:
    assert {f"source.{source.name}", f"source.{source.name}.how", f"obtained.{source.obtained}"} <= set(keys())


def test_names_are_not_used_twice() -> None:
    assert max(Counter(source.name for source in SOURCES).values()) == 1


@every_source
def test_a_header_can_mean_one_field_only(source: Source) -> None:
    meant = Counter(alias for field in source.fields for alias in {normal(header) for header in field.headers})
    shared = {alias for alias, fields in meant.items() if fields > 1}
    if source.name == "catalog_sheet":
        shared.discard(normal("商品信息"))  # the product's name with its id inside: both are read from one cell
    assert shared == set()


@every_source
def test_what_a_source_declares_exists(source: Source) -> None:
    table = getattr(schema, source.table.upper())
    columns = {field.column for field in source.fields}
    assert table.name == source.table
    assert set(source.key) <= set(table.names)
    assert {column for wanted in source.recognised_by for column in wanted} <= columns


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("catalog_sheet", "商品ID 标题 类目 备货类型 状态 供货价 成本价 库存 在途 首次上架日 卖家SKU 数据日期"),
        ("catalog_sheet", "商品ID 标题"),
        ("catalog_sheet", "商品ID 标题 库存"),
        ("catalog_sheet", "商品信息 状态 库存"),
        (
            "choice_products",
            "product_id title leaf_category_id product_type product_min_price product_max_price currency_code "
            "total_stocks product_audit_status audit_failure_type created_time sku_id seller_sku supply_price "
            "sku_stock warehouse_code sellable_quantity sc_item_id bind_status",
        ),
        ("choice_products", "product_id title product_min_price total_stocks"),
        (
            "period_sales",
            "商品ID 搜索曝光量 商品浏览量 商品访客数 加购人数 加购件数 支付件数 支付订单数 支付买家数",
        ),
        ("period_sales", "日期 商品编号 曝光 pv uv 付款件数 订单数 买家数"),
        ("period_sales", "商品ID 支付件数"),
        ("period_sales", "日期 商品ID 支付件数"),
        (
            "period_sales_self_run",
            "商品ID 统计时间 搜索曝光量 商品访客数 商品浏览量 商品加购人数 商品加购件数 下单商品件数 支付商品件数 "
            "支付订单数 支付买家数",
        ),
        ("order_lines", "订单号 子订单号 下单时间 商品ID SKU_ID 数量 供货价 订单状态"),
        ("order_lines", "order_id ordered_at product_id quantity unit_price status"),
        ("order_lines", "日期 商品ID 件数"),
        (
            "purchase_orders",
            "purchase_order_no order_type biz_type status status_desc trade_order_id gmt_create gmt_expiration "
            "pre_arrive_time total_amount total_quantity total_sku_count store_code store_name",
        ),
        ("purchase_orders", "采购单号 单据类型 状态 创建时间 采购数量 收货数量"),
        (
            "purchase_order_lines",
            "purchase_order_no item_id sku_id sc_item_id title barcode quantity received_normal_qty "
            "received_defective_qty purchase_price_dec",
        ),
        (
            "purchase_order_sheet",
            "采购单号 交易主单号 单据类型 状态 创建时间 商品ID SKU_ID 货品ID 货品名称 采购数量 实收正品数量 含税采购单价(元)",
        ),
        ("stock_products", "商品ID 库存"),
        ("stock_products", "商品ID 标题 可售库存 库存 数据日期"),
        ("stock_skus", "sku_id warehouse_type warehouse_name warehouse_code sellable_quantity"),
        (
            "stock_warehouse_items",
            "sc_item_id sc_item_code sc_item_name store_code store_name quantity lock_quantity inventory_type",
        ),
        (
            "stock_in_transit",
            "sc_item_id sc_item_code quantity inventory_type inbound_store_code inbound_store_name outbound_store_code "
            "outbound_store_name",
        ),
        ("inventory_page", "货号ID 商品名称 抓取数据日期 今日销量 近7天销量 近30天销量 平台库存 在途库存"),
        ("bindings", "商品ID SKU_ID 卖家SKU 货品ID"),
        ("bindings", "sku_id sc_item_id"),
    ],
)
def test_each_kind_is_recognised_by_its_headers_in_any_order(name: str, headers: str) -> None:
    assert kind_of(*headers.split()) == name
    assert kind_of(*reversed(headers.split())) == name


def test_the_english_self_run_export_is_told_apart() -> None:
    headers = ("Item ID", "Timeframe (USA Time Zone)", "Exposure", "Visitors", "Page Views", "Paid product number")
    assert kind_of(*headers) == "period_sales_self_run"


@pytest.mark.parametrize(
    ("name", "sheet", "headers"),
    [
        ("policy_terms", "违禁词", "词 生效日 失效日 例外 名单日期 备注"),
        ("policy_terms", "Terms", "term from until exceptions note"),
        ("policy_brands", "品牌", "内容 名单日期"),
        ("policy_categories", "类目", "类目 名单日期"),
        ("policy_products", "商品ID", "商品ID 名单日期 备注"),
        ("policy_protected", "保护名单", "商品ID 备注"),
    ],
)
def test_a_policy_sheet_is_known_by_its_name(name: str, sheet: str, headers: str) -> None:
    assert kind_of(*headers.split(), sheet=sheet) == name


@pytest.mark.parametrize("sheet", [None, "Sheet1"])
def test_product_ids_outside_the_policy_workbook_are_never_a_policy_list(sheet: str | None) -> None:
    assert isinstance(recognize(sheet_of("商品ID", "备注", sheet=sheet), SOURCES), Unrecognised)


def test_headers_nobody_knows_are_listed() -> None:
    match = recognize(sheet_of("商品ID", "支付件数", "支付金额", "收货地址"), SOURCES)
    assert isinstance(match, Match)
    assert match.unknown == ("支付金额", "收货地址")


def test_a_sheet_that_fits_two_kinds_equally_well_is_refused_with_both_names() -> None:
    by_name = {source.name: source for source in SOURCES}
    bindings = replace(by_name["bindings"], recognised_by=(("sku_id",),))
    stock = replace(by_name["stock_skus"], recognised_by=(("sku_id",),))
    with pytest.raises(InputError) as refused:
        recognize(sheet_of("SKU ID"), [bindings, stock])
    assert "which warehouse item stands behind which SKU" in refused.value.sentence("en")
    assert "sellable stock per SKU and warehouse" in refused.value.sentence("en")
