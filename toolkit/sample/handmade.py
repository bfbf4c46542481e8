"""What a seller keeps by hand: the product sheet, the policy list, the store file, and a sheet that Excel has damaged."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from toolkit.sample.files import Sheet, put, put_workbook, yuan
from toolkit.sample.shop import Shop
from toolkit.words import Lang, say
from toolkit.words.columns import COLUMNS

__all__ = ["damaged", "put_damaged_sheet", "put_policy", "put_product_sheet", "put_settings", "put_store_file"]

_SETTINGS = """[store]
name = "{name}"
language = "{lang}"
"""
_ALL_AT_ONCE = """
[plan]
max_share_products = 1.0
max_share_revenue = 1.0
"""

STATUS = {
    "on_sale": ("在售", "on sale"),
    "under_review": ("审核中", "under review"),
    "delisted": ("已下架", "delisted"),
}
STOCKING = {"warehouse": ("仓发", "warehouse"), "jit": ("JIT", "JIT"), "overseas": ("海外备仓", "overseas")}
PRODUCT_SHEET = (
    "product_id", "title", "category", "stocking_type", "status", "supply_price_fen", "unit_cost_fen", "on_hand_units",
    "inbound_units", "listed_on", "seller_sku", "observed_on",
)  # fmt: skip
UNITS = {
    "product_id": "id",
    "on_hand_units": "units",
    "inbound_units": "units",
    "listed_on": "day",
    "observed_on": "day",
}


def put_product_sheet(shop: Shop, folder: Path, lang: Lang) -> Path:
    """商品表.xlsx: every product but the damaged ones. Prices are as people type them, and one cannot be read."""
    known = shop.products.filter(~pl.col("is_damaged_id"))
    typed = (
        pl.when(pl.int_range(pl.len()) % 40 == 7).then(pl.lit("¥") + yuan("supply_price_fen"))
        .when(pl.int_range(pl.len()) == _first_without_part(known)).then(pl.lit("面议"))
        .otherwise(yuan("supply_price_fen"))
    )  # fmt: skip
    return put_workbook(
        folder / "商品表.xlsx", [_product_sheet(known, typed, shop.last_day, lang)], day=shop.last_day, lang=lang
    )


def _first_without_part(products: pl.DataFrame) -> int:
    """The row whose price is spoiled: one whose fate nobody asserts."""
    return int((products["part"] == "").arg_max() or 0)


def _product_sheet(products: pl.DataFrame, price: pl.Expr, day: date, lang: Lang) -> Sheet:
    """The columns of a product sheet under the titles of one language."""
    at = 0 if lang == "zh" else 1
    titles = {name: COLUMNS[name].title.in_(lang) for name in PRODUCT_SHEET}
    frame = products.with_columns(
        stocking_type=pl.col("stocking_type").replace_strict({k: v[at] for k, v in STOCKING.items()}),
        status=pl.col("status").replace_strict({k: v[at] for k, v in STATUS.items()}),
        supply_price_fen=price,
        unit_cost_fen=yuan("unit_cost_fen"),
        observed_on=pl.lit(day),
    ).select(PRODUCT_SHEET)
    units = {titles[name]: unit for name, unit in UNITS.items() if name in titles}
    return say("sample.sheet.products", lang), frame.rename(titles), units


def damaged(product_id: str) -> pl.Expr:
    """What Excel leaves of a 16-digit id typed as a number: the last digit becomes 0."""
    return pl.concat_str(pl.col(product_id).str.slice(0, 15), pl.lit("0"))


def put_damaged_sheet(shop: Shop, inbox: Path) -> Path:
    """A supplement someone typed: its ids are number cells, and not one of them is a product's real id."""
    hurt = shop.products.filter("is_damaged_id").with_columns(product_id=damaged("product_id"))
    name, frame, units = _product_sheet(hurt, yuan("supply_price_fen"), shop.last_day, "zh")
    numbers = frame.with_columns(pl.col("商品ID").cast(pl.Int64))
    return put_workbook(inbox / "补录商品.xlsx", [(name, numbers, units | {"商品ID": "count"})], day=shop.last_day)


def put_policy(shop: Shop, folder: Path) -> Path:
    """policy.xlsx: words, brands, categories and ids that may not be sold, and products that must not be touched."""
    listed, since = shop.last_day - timedelta(3), shop.last_day - timedelta(30)
    products = shop.products.sort("product_id")
    banned = products.filter(pl.col("policy").is_in(["product", "future"])).select(
        pl.col("product_id").alias("商品ID"),
        生效日=pl.when(pl.col("policy") == "future")
        .then(pl.lit(shop.last_day + timedelta(60)))
        .otherwise(pl.lit(since)),
        失效日=pl.lit(None, pl.Date),
        例外=pl.lit(None, pl.String),
        名单日期=pl.lit(listed),
        备注=pl.when(pl.col("policy") == "future").then(pl.lit("资质到期(示例)")).otherwise(pl.lit("平台通知(示例)")),
    )
    guarded = products.filter("is_protected").select(
        pl.col("product_id").alias("商品ID"), 名单日期=pl.lit(listed), 备注=pl.lit("老客户订制(示例)")
    )
    sheets = [
        _entries("违禁词", "词", [("电子烟", "电子烟花"), ("激光枪", None)], since, listed),
        _entries("品牌", "品牌", [("Zorvexa", None)], since, listed),
        _entries("类目", "类目", [("磁力珠玩具", None)], since, listed),
        ("商品ID", banned, DATES | {"商品ID": "id"}),
        ("保护名单", guarded, DATES | {"商品ID": "id"}),
    ]
    return put_workbook(folder / "policy.xlsx", sheets, day=shop.last_day)


DATES = {"生效日": "day", "失效日": "day", "名单日期": "day"}


def _entries(sheet: str, header: str, entries: list[tuple[str, str | None]], since: date, listed: date) -> Sheet:
    """One sheet of the policy list."""
    frame = pl.DataFrame(
        {header: [value for value, _ in entries], "例外": [exceptions for _, exceptions in entries]},
        schema={header: pl.String, "例外": pl.String},
    )
    dated = frame.with_columns(
        生效日=pl.lit(since), 失效日=pl.lit(None, pl.Date), 名单日期=pl.lit(listed), 备注=pl.lit("示例名单")
    )
    return sheet, dated.select(header, "生效日", "失效日", "例外", "名单日期", "备注"), DATES


def put_store_file(shop: Shop, folder: Path, sisters: pl.DataFrame | None = None) -> Path:
    """店铺档案.xlsx: what no export knows of the store, and of the company's other stores."""
    about = pl.DataFrame(
        {
            "店铺": ["示例优品全托管店"], "关联自营店": ["示例优品自营店"], "公司": ["义乌示例优品商贸有限公司"],
            "支付宝尾号": ["0000"], "保证金缴纳日": [shop.last_day - timedelta(730)], "保证金金额": ["10000.00"],
        }
    )  # fmt: skip
    if sisters is not None:
        paid = pl.col("保证金日期").str.to_date().alias("保证金缴纳日")
        about = pl.concat([about, sisters.with_columns(paid).drop("保证金日期")], how="diagonal")
    return put_workbook(folder / "店铺档案.xlsx", [("店铺", about, {"保证金缴纳日": "day"})], day=shop.last_day)


def put_settings(folder: Path, lang: Lang, *, all_at_once: bool) -> Path:
    """toolkit.toml: name and language; with no limit on one run where every certain answer is to come out at once."""
    text = _SETTINGS.format(name=say("sample.store_name", lang), lang=lang)
    return put(folder / "toolkit.toml", (text + _ALL_AT_ONCE if all_at_once else text).encode())
