"""What is new on the policy list, product by product, and what was let go with the reason."""

from __future__ import annotations

from typing import Any

import polars as pl

from toolkit.decide.policy_news import PolicyNews, policy_news
from toolkit.schema import POLICY, PROFILE


def shelf(**hits: str | None) -> pl.DataFrame:
    """Products by id, each with the term that catches it."""
    return PROFILE.frame(
        product_id=list(hits), policy_hit=list(hits.values()), policy_hit_kind=[hit and "term" for hit in hits.values()],
        title=["标题"] * len(hits), status=["on_sale"] * len(hits),
    )  # fmt: skip


def news(now: pl.DataFrame, before: pl.DataFrame, *entries: str) -> PolicyNews:
    listed: dict[str, Any] = {"policy_kind": ["term"] * len(entries), "policy_value": list(entries)}
    return policy_news(now, before, POLICY.frame(**listed), since="2026-W46")


def test_a_product_caught_for_the_first_time_is_new_whatever_it_was_before() -> None:
    found = news(shelf(a="猫", b="猫", c="狗"), shelf(a=None, c="猫"), "猫", "狗")

    assert found.caught["product_id"].to_list() == ["a", "b"]
    assert found.sentence() == "政策名单比上次(2026-W46):新命中2个(a 猫、b 猫)。"
    assert found.sentence("en") == "Policy list since 2026-W46: 2 newly caught (a 猫, b 猫)."


def test_what_is_caught_no_longer_is_told_with_the_reason() -> None:
    found = news(shelf(a=None, b=None), shelf(a="猫", b="狗", c="猫"), "猫")

    assert found.freed.select("product_id", "why").rows() == [("a", "product"), ("b", "entry"), ("c", "gone")]
    assert found.sentence() == "政策名单比上次(2026-W46):不再命中3个(a 猫、b 狗、c 猫)。"
    assert found.freed_in_words()[1] == "不再命中:b 标题,原来的条目「狗」,名单里没有这一条了,或已失效"


def test_a_product_off_sale_is_no_news() -> None:
    off = shelf(a="猫").with_columns(status=pl.lit("delisted"))

    assert news(off, shelf(a=None), "猫").sentence() == ""
    assert news(off, shelf(a="猫"), "猫").sentence() == ""
    assert news(shelf(a=None), off).sentence() == ""


def test_many_are_counted_and_a_few_named() -> None:
    many = {f"p{n}": "猫" for n in range(5)}

    assert news(shelf(**many), shelf(), "猫").sentence().endswith("新命中5个(p0 猫、p1 猫、p2 猫等)。")
