from __future__ import annotations

import polars as pl

from toolkit.load.fields import Money
from toolkit.load.recognize import Match, Unrecognised, normal, recognize
from toolkit.load.sources import SOURCES
from toolkit.load.text_sheet import TextSheet

CATALOG = (
    "商品ID",
    "标题",
    "类目",
    "备货类型",
    "状态",
    "供货价",
    "成本价",
    "库存",
    "在途",
    "首次上架日",
    "卖家SKU",
    "数据日期",
)


def sheet(*head: tuple[str, ...]) -> TextSheet:
    return TextSheet("a.xlsx", "Sheet1", pl.LazyFrame(), head, max(map(len, head), default=0))


def match(*head: tuple[str, ...]) -> Match:
    found = recognize(sheet(*head), SOURCES)
    assert isinstance(found, Match)
    return found


def columns(found: Match) -> dict[str, int]:
    return {column.field.column: column.index for column in found.columns}


def test_a_header_is_found_by_its_names_not_by_its_line() -> None:
    titles = tuple(("店铺:小王五金",) for _ in range(24))
    found = match(*titles, CATALOG, ("1005006123456789", "杯子"))
    assert (found.source.name, found.header_row) == ("catalog_sheet", 25)
    assert len(found.columns) == len(CATALOG)


def test_headers_are_compared_without_what_exports_vary() -> None:
    assert normal("商品ID") == normal(" 商品 ID\n")
    found = match((" 商品\nＩＤ ", "标题(中文)", "供 货 价（元）"))
    assert columns(found) == {"product_id": 0, "title": 1, "supply_price_fen": 2}


def test_a_header_of_two_rows_under_a_banner_ends_with_its_lower_row() -> None:
    # As a merged header is read: what spans both rows stands in both.
    banner = ("全托管商品汇总",) * 5
    upper, lower = ("商品ID", "标题", "库存", "库存", "供货价"), ("商品ID", "标题", "可售", "在途", "供货价")
    found = match(banner, upper, lower, ("1005006123456789", "杯子", "5", "3", "9.5"))
    assert found.header_row == 3
    assert columns(found) == {"product_id": 0, "title": 1, "supply_price_fen": 4, "inbound_units": 3}
    assert found.unknown == ("库存 / 可售",)


def test_orders_and_products_are_told_apart_by_what_they_name() -> None:
    assert match(("订单号", "商品ID", "付款时间", "数量", "单价", "状态")).source.name == "order_lines"
    assert match(("商品ID", "标题", "状态", "供货价")).source.name == "catalog_sheet"


def test_the_public_order_lines_are_recognised_by_their_own_headers() -> None:
    found = match(
        ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
    )
    assert found.source.name == "order_lines"
    assert found.unknown == ("CustomerID", "Country")
    assert columns(found) == {
        "order_id": 0, "product_id": 1, "title": 2, "ordered_on": 4, "quantity": 3, "unit_price_fen": 5,
    }  # fmt: skip


def test_the_first_alias_wins_and_the_other_column_is_listed_as_unused() -> None:
    found = match(("订单号", "商品ID", "下单时间", "付款时间", "数量"))
    assert columns(found)["ordered_on"] == 3
    assert found.unknown == ("下单时间",)


def test_a_header_of_two_rows_is_joined() -> None:
    found = match(("商品ID", "商品ID 标题", "价格", "价格"), ("商品ID", "标题", "供货价", "成本价"))
    assert found.header_row == 2
    assert columns(found) == {"product_id": 0, "title": 1, "supply_price_fen": 2, "unit_cost_fen": 3}


def test_the_same_header_twice_names_the_second_column() -> None:
    found = match(("商品ID", "库存", "标题", "库存"))
    assert [(column.field.column, column.index, twin) for column, twin in found.doubled] == [("on_hand_units", 1, 3)]


def test_a_unit_or_currency_in_brackets_is_heeded() -> None:
    found = match(("商品ID", "供货价(分)", "成本价(USD)"))
    price, cost = found.columns[1], found.columns[2]
    assert isinstance(price.field, Money)
    assert (price.field.unit, price.currency, cost.currency) == ("fen", None, "USD")


def test_a_sheet_nothing_knows_shows_its_likeliest_header() -> None:
    found = recognize(sheet(("2026",), ("姓名", "部门", "工号"), ("王", "仓库", "7")), SOURCES)
    assert found == Unrecognised(2, ("姓名", "部门", "工号"))
    assert recognize(sheet(), SOURCES) == Unrecognised(1, ())
