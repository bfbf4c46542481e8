from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from matplotlib.axes import Axes

from toolkit.plot import equal_counts, families, png, product, reliability
from toolkit.schema import PROFILE
from toolkit.words import Lang

AS_OF = date(2026, 11, 22)
WEEKS = pl.DataFrame({"week_start": [AS_OF - timedelta(weeks=n) for n in (2, 9, 200)], "units": [3, 5, 7]})
FACTS = PROFILE.frame(
    product_id=["1005"],
    title=["圣诞袜"],
    sellable_units=[40],
    p_no_sale_8w=[0.1],
    units_q10_8w=[1], units_q50_8w=[4], units_q90_8w=[9],
    units_q10_13w=[2], units_q50_13w=[6], units_q90_13w=[14],
    units_q10_26w=[3], units_q50_26w=[9], units_q90_26w=[25],
    season_name=["christmas"],
    season_evidence=["category"],
    is_in_season=[True],
    season_ends_on=[date(2026, 12, 20)],
).row(0, named=True)  # fmt: skip


def said(axes: Axes) -> set[str]:
    legend = axes.get_legend()
    assert legend is not None
    return {text.get_text() for text in legend.get_texts()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_product_is_drawn_with_its_past_its_range_its_stock_and_its_season(lang: Lang) -> None:
    axes = product(WEEKS, FACTS, as_of=AS_OF, lang=lang)

    assert said(axes) == (
        {"每周卖出", "圣诞", "八成可能的范围", "中位", "库存40件"}
        if lang == "zh"
        else {"sold per week", "Christmas", "80 % range", "median", "stock: 40"}
    )
    assert len(axes.patches) >= 2
    assert png(axes).startswith(b"\x89PNG")


def test_without_probabilities_only_the_past_is_drawn() -> None:
    axes = product(WEEKS, {**FACTS, "p_no_sale_8w": None, "season_name": None}, as_of=AS_OF)

    assert said(axes) == {"每周卖出"}
    assert any("数据太少" in text.get_text() for text in axes.texts)


def test_jit_has_no_stock_line() -> None:
    assert "库存40件" not in said(product(WEEKS, {**FACTS, "stocking_type": "jit"}, as_of=AS_OF))


def test_no_character_of_a_chinese_title_is_missing_where_a_chinese_font_is_installed() -> None:
    if families()[0] == "DejaVu Sans":
        pytest.skip("no Chinese font on this computer")
    # A missing glyph is a warning of matplotlib, and warnings are errors here.
    assert png(product(WEEKS, FACTS, as_of=AS_OF)) == png(product(WEEKS, FACTS, as_of=AS_OF))


def test_the_backtests_figures_show_every_group_and_rule() -> None:
    groups = pl.DataFrame(
        {"stated": [0.1, 0.8], "observed": [0.2, 0.7], "cases": [90, 30], "low": [0.05, 0.6], "high": [0.2, 0.9]}
    )
    rules = pl.DataFrame(
        {
            "rule": ["no_sale_90d", "abc_xyz"],
            "delisted": [40, 50],
            "sold_by_rule": [0.4, 0.5],
            "sold_by_scorecard": [0.3, 0.2],
        }
    )

    assert len(reliability(groups).collections) == 2
    assert [tick.get_text() for tick in equal_counts(rules, lang="en").get_yticklabels()] == [
        "class CZ of ABC–XYZ (50)",
        "no sale in 90 days (40)",
    ]
