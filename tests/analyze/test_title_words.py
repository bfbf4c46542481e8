from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.analyze.season_words import seasons_in_titles, title_seasons
from toolkit.analyze.title_words import as_words, found_terms, where_found

AS_OF = date(2026, 11, 22)


def terms_in(title: str | None, *terms: str) -> list[str]:
    titles = pl.DataFrame({"product_id": ["1"], "title": [title]}, schema={"product_id": pl.String, "title": pl.String})
    return found_terms(titles, list(terms))["term"].to_list()


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("Cat bed", "cat"),
        ("cat-bed, large", "CAT"),
        ("宠物猫窝", "猫窝"),
        ("新款Disney公主裙", "Disney"),
        ("ＬＥＤ 灯", "led"),
        ("T-Shirt for men", "t shirt"),
        ("3D打印笔", "3d打印"),
        ("Nike nike", "nike"),
    ],
)
def test_a_term_is_found_as_whole_words(title: str, term: str) -> None:
    assert terms_in(title, term) == [term]


@pytest.mark.parametrize(
    ("title", "term"),
    [("catalog", "cat"), ("Pineapple", "apple"), ("bed for a cat", "cat bed"), ("猫的窝", "猫窝"), (None, "cat")],
)
def test_part_of_a_word_is_not_the_word(title: str | None, term: str) -> None:
    assert terms_in(title, term) == []


def test_terms_side_by_side_and_inside_one_another_are_all_found() -> None:
    assert terms_in("cat bed 电子烟花", "cat", "bed", "cat bed", "电子烟", "电子烟花") == [
        "bed", "cat", "cat bed", "电子烟", "电子烟花",
    ]  # fmt: skip


def test_terms_without_a_letter_find_nothing() -> None:
    assert terms_in("a ... b", "...", "") == []


def season_of(title: str, day: date = AS_OF) -> str | None:
    found = seasons_in_titles(pl.DataFrame({"product_id": ["1"], "title": [title]}), as_of=day)
    return found["season_name"].item() if found.height else None


@pytest.mark.parametrize(
    ("title", "season"),
    [
        ("圣诞老人袜子", "christmas"),
        ("XMAS lights", "christmas"),
        ("万圣节南瓜灯", "halloween"),
        ("Women sandals flat", "summer"),
        ("女士凉鞋", "summer"),
        ("Swimsuit one piece", "summer"),
        ("羽绒服男", "winter"),
        ("Down jacket", "winter"),
        ("情人节礼物", "valentine"),
        ("返校书包", "back_to_school"),
        ("针织手套", "winter"),
        ("洗碗手套", None),
        ("Gym gloves", None),
        ("Lay it down, jacket", "winter"),
        ("scarface poster", None),
        ("猫窝", None),
    ],
)
def test_titles_name_their_season(title: str, season: str | None) -> None:
    assert season_of(title) == season


def test_of_two_seasons_the_one_that_is_on_else_the_next_is_named() -> None:
    title = "Halloween and Christmas stickers"

    assert [season_of(title, date(2026, *day)) for day in ((7, 1), (9, 1), (11, 22))] == [
        "halloween", "halloween", "christmas",
    ]  # fmt: skip


def test_a_window_may_run_over_the_new_year() -> None:
    titles = pl.DataFrame({"product_id": ["1"], "title": ["毛衣"]})

    assert seasons_in_titles(titles, as_of=date(2027, 1, 5)).row(0)[2:] == (True, date(2027, 9, 15), date(2027, 2, 10))


def test_every_season_has_words_in_both_languages_and_real_days() -> None:
    for season in title_seasons():
        assert any(word.isascii() for word in season.words), season.name
        assert any(not word.isascii() for word in season.words), season.name
        first, last = season.around(AS_OF)
        assert first <= last
        assert (last - first).days < 200, season.name


@pytest.mark.parametrize(
    ("title", "term", "at", "around"),
    [
        ("新款Cat-Bed（猫窝）", "cat bed", 3, "新款【Cat-Bed】(猫窝)"),
        ("Catalog cat", "cat", 9, "Catalog 【cat】"),
        ("ＣＡＴ猫", "cat", 1, "【CAT】猫"),
        ("儿童仿真水弹枪玩具射击对战套装户外", "水弹枪", 5, "儿童仿真【水弹枪】玩具射击对战套装…"),
        ("猫 窝", "猫窝", 1, "【猫 窝】"),
        ("a.b+c", "b", 3, "a.【b】+c"),
        ("catalog", "cat", None, None),
        (None, "cat", None, None),
    ],
)
def test_a_term_is_shown_where_it_stands(title: str | None, term: str, at: int | None, around: str | None) -> None:
    found = pl.DataFrame({"product_id": ["1"], "title": [title], "term": [term]}, schema_overrides={"title": pl.String})

    assert where_found(found).select("at", "around").row(0) == (at, around)


@settings(deadline=None)
@given(st.text("ab猫窝 -9Ａ", max_size=12), st.text("ab猫窝 -9", min_size=1, max_size=4))
def test_what_is_found_has_a_place_and_what_is_not_has_none(title: str, term: str) -> None:
    rows = pl.DataFrame({"product_id": ["1"], "title": [title]})
    is_found = not found_terms(rows, [term]).is_empty()
    if pl.select(as_words(pl.lit(term))).item().strip():
        place = where_found(rows.with_columns(term=pl.lit(term)))
        assert (place["at"].item() is not None) == is_found
