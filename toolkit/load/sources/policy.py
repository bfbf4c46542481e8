"""The user's own dated list of what may not be sold, and of what must not be delisted.

The platform publishes no list that could be read, so the seller keeps one from its notices: policy.xlsx, one sheet per
kind of entry. The sheets look alike; what an entry means is the sheet's name. Two sheets are no bans: until when the
seller's own papers (资质) are valid, and which categories the platform treats as special.
"""

from __future__ import annotations

from toolkit.load.fields import Date, Field, Id, Text
from toolkit.load.source import Source

__all__ = ["POLICY_SOURCES"]

_ENTRY = ("内容", "条目", "entry", "value")
_DATES_AND_NOTES: tuple[Field, ...] = (
    Date("policy_from", ("生效日", "生效日期", "in force from", "from")),
    Date("policy_until", ("失效日", "失效日期", "in force until", "until")),
    Text("policy_exceptions", ("例外", "exceptions")),
    Date("policy_list_on", ("名单日期", "list date")),
    Text("note", ("备注", "note")),
)


_PAPERS: tuple[Field, ...] = (
    Text("policy_document", ("资质名称", "资质", "qualification", "document")),
    Date("policy_until", ("有效期至", "到期日", "有效期", "valid until", "expires on")),
    Date("policy_list_on", ("名单日期", "登记日期", "list date")),
    Text("note", ("备注", "note")),
)


def _policy(
    name: str, kind: str, sheets: tuple[str, ...], value: Field, more: tuple[Field, ...] = _DATES_AND_NOTES
) -> Source:
    return Source(
        name=name,
        obtained="hand",
        table="policy",
        fields=(value, *more),
        key=("policy_kind", "policy_value", *(["policy_document"] if more is _PAPERS else [])),
        recognised_by=(("policy_value",),),
        sheets=sheets,
        constants={"policy_kind": kind},
    )


def _entry(*headers: str) -> Text:
    return Text("policy_value", (*headers, *_ENTRY), required=True)


def _product(*headers: str) -> Id:
    return Id("policy_value", (*headers, *_ENTRY), shape="text", required=True)


POLICY_SOURCES: tuple[Source, ...] = (
    _policy("policy_terms", "term", ("违禁词", "词", "terms"), _entry("词", "违禁词", "term")),
    _policy("policy_brands", "brand", ("品牌", "brands"), _entry("品牌", "brand")),
    _policy("policy_categories", "category", ("类目", "categories"), _entry("类目", "category")),
    _policy("policy_products", "product", ("商品ID", "product ids"), _product("商品ID", "product id", "product_id")),
    _policy(
        "policy_protected",
        "protected",
        ("保护名单", "protected list", "protected"),
        _product("商品ID", "product id", "product_id"),
    ),
    _policy(
        "policy_qualifications",
        "qualification",
        ("资质", "qualifications"),
        _product("商品ID或类目", "商品ID", "类目", "product id or category", "product id", "category"),
        _PAPERS,
    ),
    _policy("policy_special", "special", ("特殊类目", "special categories"), _entry("类目", "category")),
)
