"""Which entry of the user's policy list forbids a product?

The platform's rules change by notice; the seller keeps them in a dated list of terms, brands, categories and product
ids, and a list of protected products. An entry counts while it is in force on the day of analysis. Terms and brands are
looked for in the title (whole words in Latin script, any run of characters in Chinese), a category by its name, an id
by itself. Several hits: the most certain kind is named first - id, category, brand, term - then the newest list.

Papers (资质) the seller keeps with the day they end are no ban while they are valid; from the day after, what they are
for is caught like any other. Special categories are no ban either: which store may sell in them the platform decides.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.analyze.title_words import found_terms, where_found
from toolkit.schema import POLICY

__all__ = ["KINDS", "in_force", "papers", "policy_hits", "protected_products", "special_goods"]

KINDS = ("product", "category", "brand", "term", "qualification")
"""Kinds of entry, the first hit named first."""


def in_force(policy: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """The entries that count on a day: begun, not ended, from a list not dated later; papers once they have ended."""
    entries, ends = _known(policy, as_of), pl.col("policy_until")
    begun = pl.col("policy_from").is_null() | (pl.col("policy_from") <= as_of)
    is_paper = pl.col("policy_kind") == "qualification"
    return entries.filter(pl.when(is_paper).then(ends < as_of).otherwise(begun & (ends.is_null() | (ends >= as_of))))


def papers(products: pl.DataFrame, policy: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """One row per product with papers that are valid: the one that ends first, qualification and qualification_until.

    Sorted by product. A paper is for a product or for a category; of one that is listed twice the later end counts.

    >>> list_ = POLICY.frame(policy_kind=["qualification"], policy_value=["toys"], policy_document=["CE"],
    ...     policy_until=[date(2026, 12, 1)])
    >>> items = pl.DataFrame({"product_id": ["1"], "category": ["Toys"], "parent_category": [None]},
    ...     schema_overrides={"parent_category": pl.String})
    >>> papers(items, list_, as_of=date(2026, 11, 22)).row(0)
    ('1', 'CE', datetime.date(2026, 12, 1))
    """
    kept = _papers(_known(policy, as_of)).filter(pl.col("policy_until") >= as_of).with_row_index("entry")
    return (
        _of_product_or_category(products, kept)
        .join(kept, on="entry")
        .sort("product_id", "policy_until", "policy_document", nulls_last=True)
        .unique("product_id", keep="first", maintain_order=True)
        .select("product_id", qualification="policy_document", qualification_until="policy_until")
    )


def special_goods(products: pl.DataFrame, policy: pl.DataFrame | None, *, as_of: date) -> pl.DataFrame:
    """One row per product of a category that the user keeps as special: product_id, special_category. Sorted."""
    entries = in_force(policy, as_of=as_of).filter(pl.col("policy_kind") == "special").with_row_index("entry")
    found = _by_category(products, entries).join(entries, on="entry").sort("product_id", "policy_value")
    first = found.unique("product_id", keep="first", maintain_order=True)
    return first.select("product_id", special_category="policy_value")


def _known(policy: pl.DataFrame | None, as_of: date) -> pl.DataFrame:
    """Entries of lists that are not dated later."""
    entries = POLICY.empty() if policy is None else POLICY.conform(policy)
    return entries.filter(pl.col("policy_list_on").is_null() | (pl.col("policy_list_on") <= as_of))


def _papers(entries: pl.DataFrame) -> pl.DataFrame:
    """The papers, each once with its latest end; a paper without a name is called as what it is for."""
    named = entries.filter(pl.col("policy_kind") == "qualification", pl.col("policy_until").is_not_null()).with_columns(
        policy_document=pl.coalesce("policy_document", "policy_value")
    )
    order = ["policy_value", "policy_document", "policy_until"]
    return named.sort(order).unique(order[:2], keep="last", maintain_order=True)


def _of_product_or_category(products: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([_by_id(products, entries), _by_category(products, entries)]).unique()


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
    bans = in_force(policy, as_of=as_of)
    ended = _papers(_known(policy, as_of)).filter(pl.col("policy_until") < as_of)
    entries = pl.concat([bans.filter(pl.col("policy_kind") != "qualification"), ended]).with_row_index("entry")
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
            pl.when(pl.col("policy_kind") == "qualification")
            .then(pl.format("{} {}", "policy_document", "policy_until"))
            .otherwise("policy_value").alias("policy_hit"),
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
            _of_product_or_category(products, wanted.filter(pl.col("policy_kind") == "qualification")),
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
