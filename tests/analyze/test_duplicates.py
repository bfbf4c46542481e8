"""Listings that look alike: which are found, which are left apart, and which one is to be kept."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from toolkit.analyze.duplicates import near_duplicates, with_duplicates
from toolkit.schema import PROFILE
from toolkit.settings import DEFAULTS, Duplicates


def shelf(*titles: str, **columns: Any) -> pl.DataFrame:
    ids = [f"{n}" for n in range(len(titles))]
    base: dict[str, Any] = {"status": ["on_sale"] * len(titles), "units_90d": list(range(len(titles), 0, -1))}
    return PROFILE.frame(product_id=ids, title=list(titles), **{**base, **columns})


def kept(frame: pl.DataFrame) -> dict[str, str]:
    found = near_duplicates(frame, Duplicates())
    return dict(found.select("product_id", "keep_product_id").iter_rows())


def test_the_listing_with_most_demand_is_the_one_to_keep() -> None:
    cups = shelf(
        "硅胶折叠水杯 便携款", "硅胶折叠水杯便携款", "硅胶折叠水杯便携款!", "羊毛围巾格纹", units_90d=[3, 9, 0, 5]
    )

    assert kept(cups) == {"0": "1", "1": "1", "2": "1"}
    assert with_duplicates(cups, near_duplicates(cups, DEFAULTS.duplicates))["duplicate_of"].to_list() == [
        "1",
        None,
        "1",
        None,
    ]


def test_another_size_category_price_or_a_product_off_sale_is_no_copy() -> None:
    same = "硅胶折叠水杯便携款"

    assert kept(shelf(f"{same}350ml", f"{same}500ml")) == {}
    assert kept(shelf(same, same, category=["水具", "玩具"])) == {}
    assert kept(shelf(same, same, supply_price_fen=[1000, 700])) == {}
    assert kept(shelf(same, same, status=["on_sale", "delisted"])) == {}
    assert kept(shelf(same, same, supply_price_fen=[1000, None])) == {"0": "0", "1": "0"}


def test_titles_that_name_another_colour_pack_or_wearer_are_other_products() -> None:
    price = {"supply_price_fen": [1000, 1000]}

    for one, other in (
        ("加厚硅胶折叠水杯便携户外旅行款黑色", "加厚硅胶折叠水杯便携户外旅行款白色"),
        ("Foldable travel cup dark green silicone outdoor", "Foldable travel cup green silicone outdoor"),
        ("家用大容量搪瓷水杯复古怀旧三件套", "家用大容量搪瓷水杯复古怀旧五件套"),
        ("夏季新款平底防滑沙滩凉鞋女士", "夏季新款平底防滑沙滩凉鞋男士"),
        ("Cotton crew neck basic t-shirt M", "Cotton crew neck basic t-shirt XL"),
    ):
        assert kept(shelf(one, other, **price)) == {}, (one, other)
    assert kept(shelf("硅胶折叠水杯便携户外款墨绿 500ml", "硅胶折叠水杯便携户外款墨绿色 500ml")) == {"0": "0", "1": "0"}
    # What only one of them says contradicts nothing.
    assert kept(shelf("加厚硅胶折叠水杯便携户外旅行野营款黑色", "加厚硅胶折叠水杯便携户外旅行野营款")) == {
        "0": "0",
        "1": "0",
    }


def test_the_order_of_words_makes_no_other_product() -> None:
    assert kept(shelf("硅胶折叠水杯 户外便携 350ml 黑色", "户外便携 黑色 硅胶折叠水杯 350ml")) == {"0": "0", "1": "0"}


def test_titles_less_alike_are_one_product_where_code_or_cost_and_price_agree() -> None:
    titles = ("硅胶折叠水杯便携户外", "硅胶折叠水杯便携旅行")
    backed = {"seller_sku": ["A-17", "A-17"]}, {"unit_cost_fen": [600, 600], "supply_price_fen": [1000, 1000]}

    assert kept(shelf(*titles, supply_price_fen=[1000, 1000])) == {}
    for facts in backed:
        assert kept(shelf(*titles, **facts)) == {"0": "0", "1": "0"}


def test_the_proposal_says_what_else_is_the_same_and_why_this_one_is_to_be_kept() -> None:
    cups = shelf(
        "硅胶折叠水杯便携款 黑色", "硅胶折叠水杯便携款!黑色", supply_price_fen=[1000, 1000], units_mean_13w=[2.0, 7.5]
    )  # fmt: skip
    unsold = shelf("硅胶折叠水杯便携款", "硅胶折叠水杯便携款", units_90d=None)
    told = ["product_id", "is_one_to_keep", "same_facts", "keep_basis", "keep_demand"]

    assert near_duplicates(cups, Duplicates()).select(told).rows() == [
        ("1", True, None, "units_mean_13w", 7.5),
        ("0", False, "price;colour", "units_mean_13w", 7.5),
    ]
    assert near_duplicates(unsold, Duplicates())["keep_basis"].to_list() == ["none", "none"]


def test_a_chain_of_likenesses_joins_nothing_that_is_not_alike() -> None:
    first, middle, last = "abcdefghijklmnopqrst", "abcdefghijklmnopqruv", "abcdefghijklmnopxyuv"
    found = near_duplicates(shelf(first, middle, last), Duplicates(min_similarity=0.9))

    assert found["product_id"].to_list() == ["0", "1"]


def test_nothing_listed_gives_an_empty_table() -> None:
    assert near_duplicates(PROFILE.empty(), Duplicates()).is_empty()
    assert near_duplicates(shelf("!!", "!!"), Duplicates()).is_empty()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("水杯围巾格纹ab", min_size=6, max_size=12), min_size=2, max_size=7))
def test_nothing_that_comparing_all_with_all_would_find_is_missed(titles: list[str]) -> None:
    pairs = combinations(range(len(titles)), 2)
    alike = {n for a, b in pairs if Indel.normalized_similarity(titles[a], titles[b]) >= 0.9 for n in (a, b)}
    found = {int(product) for product in kept(shelf(*titles))}

    assert found <= alike
    # A row may stay out only because its partner belongs to another group already.
    assert (not alike) == (not found)
