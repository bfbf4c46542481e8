"""A product's units over the warehouse items behind its SKUs, and the warehouse each lies in."""

from __future__ import annotations

import polars as pl

from toolkit.sample.shop import Shop

__all__ = ["WAREHOUSES", "share_out", "shelf_items"]

WAREHOUSES = (("DG001", "东莞优选仓(示例)"), ("HZ002", "杭州优选仓(示例)"), ("ES101", "西班牙海外仓(示例)"))


def shelf_items(shop: Shop) -> pl.DataFrame:
    """One row per warehouse item of goods that lie in a warehouse, with its place among its product's items."""
    products = shop.products.filter((pl.col("stocking_type") != "jit") & ~pl.col("is_damaged_id"))
    items = (
        shop.skus.unique("sc_item_id", keep="first", maintain_order=True)
        .select("product_id", "sku_id", "sc_item_id", "seller_sku")
        .join(products.drop("seller_sku"), on="product_id", how="inner", maintain_order="left")
        .with_columns(
            place=pl.int_range(pl.len()).over("product_id"), places=pl.len().over("product_id").cast(pl.Int64)
        )
    )
    home = (
        pl.when(pl.col("stocking_type") == "overseas")
        .then(2)
        .otherwise(pl.col("product_id").str.slice(-2).cast(pl.Int64) % 2)
    )
    return items.with_columns(
        warehouse_code=home.replace_strict(dict(enumerate(code for code, _ in WAREHOUSES)), return_dtype=pl.String),
        warehouse_name=home.replace_strict(dict(enumerate(name for _, name in WAREHOUSES)), return_dtype=pl.String),
    )


def share_out(units: str | pl.Expr) -> pl.Expr:
    """A product's units over its items, evenly, the first items taking what is left over."""
    total = pl.col(units) if isinstance(units, str) else units
    return total // pl.col("places") + (pl.col("place") < total % pl.col("places")).cast(pl.Int64)
