"""Which entry of the user's policy list forbids a product?

The platform's rules change by notice; the seller keeps them in a dated list of terms, brands, categories and product
ids, and a list of protected products. An entry counts while it is in force on the day of analysis. Terms and brands are
looked for in the title (whole words in Latin script, any run of characters in Chinese), a category by its name, an id
by itself. Several hits: the most certain kind is named first - id, category, brand, term - then the newest list.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.analyze.title_words import found_terms, where_found
from toolkit.schema import POLICY

__all__ = ["KINDS", "in_force", "policy_hits", "protected_products"]

KINDS = ("product", "category", "brand", "term")
"""Kinds of entry, the first hit named first."""


def in_force(policy: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """The entries that count on a day: begun, not ended, from a list not dated later."""
    entries = POLICY.empty() if policy is None else POLICY.conform(policy)
    return entries.filter(
        pl.col("policy_from").is_null() | (pl.col("policy_from") <= as_of),
        pl.col("policy_until").is_null() | (pl.col("policy_until") >= as_of),
        pl.col("policy_list_on").is_null() | (pl.col("policy_list_on") <= as_of),
    )


def policy_hits(products: pl.DataFrame, policy: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """One row per product that an entry catches: the entry, and where it stands in the title. Sorted by product.

    The entry is told by policy_hit, policy_hit_kind, policy_hit_list_on and policy_hit_place (sheet › row, null where the
    list came from no file); policy_hit_at and policy_hit_where are null for ids and categories. `products` needs product_id, title, category and parent_category. An entry's exceptions, separated by ; or 、, are
    ids, categories or words: a product that matches one is not caught by that entry.

    >>> list_ = POLICY.frame(policy_kind=["term"], policy_value=["cat"], policy_exceptions=["cat bed"])
    >>> items = pl.DataFrame({"product_id": ["1", "2", "3"], "title": ["Cat toy", "Cat bed", "Catalog"],
    ...     "category": [None] * 3, "parent_category": [None] * 3}, schema_overrides={"category": pl.String})
    >>> policy_hits(items, list_, as_of=date(2026, 11, 22))["product_id"].to_list()
    ['1']
    """
    entries = in_force(policy, as_of=as_of).with_row_index("entry")
    caught = _caught(products, entries.select("entry", "policy_kind", "policy_value"))
    let_off = _let_off(products, entries)
    order = pl.col("policy_kind").replace_strict(list(KINDS), list(range(len(KINDS))), return_dtype=pl.Int64)
    return (
        caught.join(let_off, on=["product_id", "entry"], how="anti")
        .join(entries, on="entry")
        .sort(
            "product_id", order, "policy_list_on", "policy_value",
            descending=[False, False, True, False], nulls_last=True,
        )
        .unique("product_id", keep="first", maintain_order=True)
        .select(
            "product_id",
            pl.col("policy_value").alias("policy_hit"),
            pl.col("policy_kind").alias("policy_hit_kind"),
            pl.col("policy_list_on").alias("policy_hit_list_on"),
            pl.format("{} › {}", "source_sheet", "source_row").alias("policy_hit_place"),
        )
        .pipe(_with_where, products)
    )  # fmt: skip


def protected_products(policy: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """One row per product on the protected list in force: product_id. Sorted."""
    entries = in_force(policy, as_of=as_of).filter(pl.col("policy_kind") == "protected")
    return entries.select(pl.col("policy_value").alias("product_id")).unique().sort("product_id")


def _with_where(hits: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """The hits with the place in the title, for entries that are looked for there."""
    in_title = hits.filter(pl.col("policy_hit_kind").is_in(["term", "brand"])).join(
        products.select("product_id", "title"), on="product_id"
    )
    places = where_found(in_title.select("product_id", "title", term="policy_hit"))
    named = places.select("product_id", policy_hit_at="at", policy_hit_where="around")
    return hits.join(named, on="product_id", how="left", maintain_order="left")


def _caught(products: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """One row per product and entry whose value it matches, by the entry's kind."""
    wanted = entries.filter(pl.col("policy_kind").is_in(KINDS))
    by_title = wanted.filter(pl.col("policy_kind").is_in(["term", "brand"]))
    return pl.concat(
        [
            _by_id(products, wanted.filter(pl.col("policy_kind") == "product")),
            _by_category(products, wanted.filter(pl.col("policy_kind") == "category")),
            _by_title(products, by_title),
        ]
    )


def _by_id(products: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    return products.join(entries, left_on="product_id", right_on="policy_value").select("product_id", "entry")


def _by_category(products: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    named = pl.concat(
        [products.select("product_id", name).rename({name: "value"}) for name in ("category", "parent_category")]
    )
    values = entries.with_columns(value=_plain(pl.col("policy_value")))
    found = named.with_columns(value=_plain(pl.col("value"))).join(values, on="value")
    return found.select("product_id", "entry").unique()


def _by_title(products: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    found = found_terms(products, entries["policy_value"].unique().sort().to_list())
    return found.join(entries, left_on="term", right_on="policy_value").select("product_id", "entry")


def _plain(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.to_lowercase().str.strip_chars()


def _let_off(products: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """One row per product and entry that has an exception for it."""
    exceptions = (
        entries.select(
            "entry", pl.col("policy_exceptions").str.replace_all("[;；、\\n]", ";").str.split(";").alias("policy_value")
        )
        .explode("policy_value", empty_as_null=False)
        .with_columns(pl.col("policy_value").str.strip_chars())
        .filter(pl.col("policy_value") != "")
    )
    ways = (_by_id, _by_category, _by_title)
    return pl.concat([way(products, exceptions) for way in ways]).unique()
