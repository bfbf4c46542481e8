"""Which product is meant by a row that names only a SKU, a warehouse item or the seller's own code?

Decisions act on products; warehouse stock and purchase orders name warehouse items (货品) or SKUs. The binding table
is the bridge; where it has none, the seller's SKU code of the catalog may do. One warehouse item can serve several
products, so a row can have more than one product: the caller decides what that means.
"""

from __future__ import annotations

import polars as pl

from toolkit.schema import Tables

__all__ = ["bridge", "products_of_lines", "resolve"]

_IDS = ("sc_item_id", "sku_id", "seller_sku")


def bridge(tables: Tables, by: str) -> pl.DataFrame:
    """One row per id of the kind `by` (sc_item_id, sku_id or seller_sku) and product it stands for; sorted.

    Only bindings name warehouse items and SKUs; the seller's code also stands in the catalog. An unbound row (未绑定)
    is no bridge for warehouse items.
    """
    parts = [pl.DataFrame(schema={by: pl.String(), "product_id": pl.String()})]
    if tables.bindings is not None:
        bound = tables.bindings
        if by == "sc_item_id":
            bound = _with_products(bound).filter(pl.col("bind_status").ne_missing("unbound"))
        parts.append(bound.select(by, "product_id"))
    if tables.catalog is not None and by == "seller_sku":
        parts.append(tables.catalog.select(by, "product_id"))
    return pl.concat(parts).drop_nulls().unique().sort(by, "product_id")


def _with_products(bindings: pl.DataFrame) -> pl.DataFrame:
    """Bindings whose missing product is filled in from another row about the same SKU."""
    known = bindings.drop_nulls(["sku_id", "product_id"]).group_by("sku_id").agg(pl.col("product_id").min())
    filled = bindings.join(known, on="sku_id", how="left", suffix="_by_sku")
    return filled.with_columns(product_id=pl.coalesce("product_id", "product_id_by_sku")).drop("product_id_by_sku")


def resolve(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Rows with `product_id` filled in where an id leads to it, and `resolved_by`: which id did.

    Tried in order: the product named on the row, its SKU, its warehouse item, the seller's code. A row whose id serves
    several products comes once for each; a row that leads nowhere keeps a null product and `resolved_by`.
    """
    done = [rows.filter(pl.col("product_id").is_not_null()).with_columns(resolved_by=pl.lit("product_id"))]
    left = rows.filter(pl.col("product_id").is_null())
    for by in ("sku_id", "sc_item_id", "seller_sku"):
        if by not in rows.columns or left.is_empty():
            continue
        found = left.drop("product_id").join(bridge(tables, by), on=by).select(rows.columns)
        done.append(found.with_columns(resolved_by=pl.lit(by)))
        left = left.join(bridge(tables, by), on=by, how="anti")
    return pl.concat([*done, left.with_columns(resolved_by=pl.lit(None, pl.String()))])


def products_of_lines(lines: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Purchase order lines with their product; a line whose item serves several products goes to the first by id.

    A line is one sale or receipt: counted once, never once for each product.
    """
    numbered = lines.with_row_index("line")
    found = resolve(numbered, tables).sort("line", "product_id").unique("line", keep="first", maintain_order=True)
    return found.drop_nulls("product_id").drop("line", "resolved_by")
