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
    assert {f"source.{source.name}", f"source.{source.name}.how"} <= set(keys())


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
        (
            "alipay_personal",
            "交易号 商家订单号 交易创建时间 付款时间 最近修改时间 交易来源地 类型 交易对方 商品名称 金额（元） 收/支 交易状态 "
            "服务费（元） 成功退款（元） 备注 资金状态",
        ),
        (
            "alipay_personal",
            "交易时间 交易分类 交易对方 对方账号 商品说明 收/支 金额 收/付款方式 交易状态 交易订单号 商家订单号 备注",
        ),
        (
            "alipay_fund_flow",
            "账务流水号 业务流水号 商户订单号 商品名称 发生时间 对方账号 收入金额（+元） 支出金额（-元） 账户余额（元） 交易渠道 "
            "业务类型 备注 业务描述 业务基础订单号",
        ),
        (
            "alipay_fund_flow",
            "序号 入账时间 支付宝交易号 支付宝流水号 商户订单号 账务类型 收入（+元） 支出（-元） 账户余额（元） 对方账户 对方名称 "
            "银行订单号 商品名称 备注 业务描述",
        ),
        (
            "alipay_business",
            "支付宝交易号 商户订单号 业务类型 商品名称 创建时间 完成时间 订单金额（元） 商家实收（元） 退款批次号/请求号 服务费（元）",
        ),
        (
            "wechat_personal",
            "交易时间 交易类型 交易对方 商品 收/支 金额(元) 支付方式 当前状态 交易单号 商户单号 备注",
        ),
        (
            "wechat_merchant",
            "记账时间 微信支付业务单号 资金流水单号 业务名称 业务类型 收支类型 收支金额(元) 账户结余(元) 备注 业务凭证号",
        ),
        (
            "settlement",
            "Partner_transaction_id Transaction_id Amount Rmb_amount Fee Settlement Rmb_settlement Currency Rate "
            "Payment_time Settlement_time Type Status Remarks original_partner_transaction_ID",
        ),
        ("settlement_batches", "Settle_batch_no Settle_date Amount Fee Settlement Currency"),
        ("deposit_bill", "时间 交易类型 订单号 币种 交易金额 余额 详情 合作方备注 备注"),
        ("deposit_bill", "settlementTime type orderNo currency amount balance details partnerDesc remarks"),
        ("deposit_ledger", "店铺 日期 类别 金额 参考号"),
        ("store_file", "店铺 关联自营店 公司 支付宝尾号 保证金日期 保证金金额 申请日 审核通过日 备注"),
        ("cases", "店铺 办理事项 事项编号 提交日 审核通过日 驳回日 申请金额 账号 事由 备注"),
        ("fines", "店铺 处罚编号 处罚时间 罚款金额 处罚原因 处罚状态"),
        ("disputes", "issue_id order_id issue_status reason_chinese gmt_create gmt_modified"),
        ("debts", "店铺 欠款编号 欠款日期 欠款金额 欠款状态"),
        (
            "order_money",
            "order_id child_order_id loan_status loan_amount.amount real_loan_amount.amount escrow_fee.amount "
            "refund_amount.amount real_refund_amount.amount wait_loan_reson",
        ),
        ("order_money", "订单号 退款单号 退款时间 退款金额 币种"),
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
