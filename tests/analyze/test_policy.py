from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from toolkit.analyze.policy import papers, policy_hits, protected_products, special_goods
from toolkit.schema import POLICY

AS_OF = date(2026, 11, 22)


def products(**columns: list[str | None]) -> pl.DataFrame:
    count = len(next(iter(columns.values())))
    known: dict[str, list[Any]] = {"product_id": [str(n) for n in range(count)]} | dict.fromkeys(
        ("title", "category", "parent_category"), [None] * count
    )
    return pl.DataFrame(known | columns, schema=dict.fromkeys((*known, *columns), pl.String))


def hits(items: pl.DataFrame, **entries: list[Any]) -> list[tuple[Any, ...]]:
    found = policy_hits(items, POLICY.frame(**entries), as_of=AS_OF)
    return found.select("product_id", "policy_hit", "policy_hit_kind").rows()


def test_terms_and_brands_are_looked_for_in_the_title() -> None:
    items = products(title=["Nike style shoe", "Nikea lamp", "新款电子烟配件", None])

    assert hits(items, policy_kind=["brand", "term"], policy_value=["nike", "电子烟"]) == [
        ("0", "nike", "brand"),
        ("2", "电子烟", "term"),
    ]


def test_a_category_is_hit_by_its_name_or_that_of_the_one_above() -> None:
    items = products(category=["Magnets ", "Toys", "Magnet toys"], parent_category=["Toys", "magnets", None])

    assert [row[0] for row in hits(items, policy_kind=["category"], policy_value=["magnets"])] == ["0", "1"]


def test_a_product_is_hit_by_its_exact_id() -> None:
    items = products(product_id=["1005001", "10050012"])

    assert hits(items, policy_kind=["product"], policy_value=["1005001"]) == [("1005001", "1005001", "product")]


@pytest.mark.parametrize(
    ("begins", "ends", "listed", "counts"),
    [
        (None, None, None, True),
        (AS_OF, AS_OF, AS_OF, True),
        (date(2026, 11, 23), None, None, False),
        (None, date(2026, 11, 21), None, False),
        (None, None, date(2026, 11, 23), False),
    ],
)
def test_an_entry_counts_only_while_it_is_in_force(
    begins: date | None, ends: date | None, listed: date | None, counts: bool
) -> None:
    entry = {
        "policy_kind": ["term"],
        "policy_value": ["猫"],
        "policy_from": [begins],
        "policy_until": [ends],
        "policy_list_on": [listed],
    }

    assert bool(hits(products(title=["猫窝"]), **entry)) is counts


@pytest.mark.parametrize("exceptions", ["电子烟花", "别的;电子烟花", "1、电子烟花", "0", "烟花类", "别的；0"])
def test_an_exception_lets_a_product_off_that_entry(exceptions: str) -> None:
    items = products(title=["电子烟花棒", "电子烟盒"], category=["烟花类", None])

    found = hits(items, policy_kind=["term"], policy_value=["电子烟"], policy_exceptions=[exceptions])

    assert "0" not in [row[0] for row in found]


def test_an_exception_of_one_entry_says_nothing_of_another() -> None:
    items = products(title=["电子烟花棒"])

    assert hits(
        items, policy_kind=["term", "term"], policy_value=["电子烟", "棒"], policy_exceptions=["电子烟花", None]
    ) == [("0", "棒", "term")]


def test_of_several_hits_the_most_certain_kind_is_named_then_the_newest_list() -> None:
    items = products(product_id=["7"], title=["nike vape"], category=["toys"])
    entries: dict[str, list[Any]] = {
        "policy_kind": ["term", "brand", "category", "product"],
        "policy_value": ["vape", "nike", "toys", "7"],
    }
    lists: dict[str, list[Any]] = {
        "policy_kind": ["term", "term", "term"],
        "policy_value": ["vape", "nike", "nike vape"],
        "policy_list_on": [date(2026, 1, 1), date(2026, 6, 1), None],
    }

    assert hits(items, **entries) == [("7", "7", "product")]
    assert hits(items, **lists) == [("7", "nike", "term")]


def test_the_protected_list_forbids_nothing_and_is_kept_apart() -> None:
    policy = POLICY.frame(
        policy_kind=["protected", "protected"], policy_value=["0", "9"], policy_until=[None, date(2026, 1, 1)]
    )

    assert policy_hits(products(title=["猫"]), policy, as_of=AS_OF).is_empty()
    assert protected_products(policy, as_of=AS_OF)["product_id"].to_list() == ["0"]


def test_without_a_list_nothing_is_hit_or_protected() -> None:
    assert policy_hits(products(title=["猫"]), None, as_of=AS_OF).is_empty()
    assert protected_products(None, as_of=AS_OF).is_empty()


# Papers and special categories


def kept(*rows: tuple[str, str | None, date | None]) -> pl.DataFrame:
    """Papers: what for, which, until when."""
    what, which, until = ([row[n] for row in rows] for n in range(3))
    return POLICY.frame(
        policy_kind=["qualification"] * len(rows), policy_value=what, policy_document=which, policy_until=until
    )


SOON, PAST = date(2026, 12, 1), date(2026, 11, 21)


@pytest.mark.parametrize(("until", "is_caught"), [(AS_OF, False), (SOON, False), (PAST, True), (None, False)])
def test_a_paper_catches_from_the_day_after_its_last(until: date | None, is_caught: bool) -> None:
    items = products(product_id=["7"])
    list_ = kept(("7", "CE", until))

    found = policy_hits(items, list_, as_of=AS_OF).select("policy_hit", "policy_hit_kind").rows()

    assert found == ([("CE 2026-11-21", "qualification")] if is_caught else [])
    assert papers(items, list_, as_of=AS_OF).height == (until is not None and not is_caught)


def test_a_paper_is_for_a_product_or_a_whole_category_and_the_first_to_end_is_named() -> None:
    items = products(product_id=["7", "8", "9"], category=["Toys", "toys ", "cups"])
    list_ = kept(("toys", "3C", SOON), ("7", "CE", date(2026, 11, 25)), ("7", "brand", date(2027, 1, 1)))

    assert papers(items, list_, as_of=AS_OF).rows() == [("7", "CE", date(2026, 11, 25)), ("8", "3C", SOON)]


def test_a_renewed_paper_listed_below_the_old_one_counts_by_its_later_end() -> None:
    list_ = kept(("7", "CE", PAST), ("7", "CE", SOON))

    assert policy_hits(products(product_id=["7"]), list_, as_of=AS_OF).is_empty()


def test_a_paper_without_a_name_is_called_as_what_it_is_for() -> None:
    assert policy_hits(products(category=["Toys"]), kept(("toys", None, PAST)), as_of=AS_OF)[
        "policy_hit"
    ].to_list() == ["toys 2026-11-21"]


def test_special_categories_forbid_nothing() -> None:
    items = products(category=["医疗器械", "玩具"])
    list_ = POLICY.frame(policy_kind=["special"], policy_value=["医疗器械"])

    assert policy_hits(items, list_, as_of=AS_OF).is_empty()
    assert special_goods(items, list_, as_of=AS_OF).rows() == [("0", "医疗器械")]
