from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from toolkit.plot import ageing, deposit_timeline, equal_counts, families, png, product, reliability
from toolkit.schema import PROFILE
from toolkit.schema.deposits import CASES, DEPOSIT_ROWS, OPEN_ITEMS
from toolkit.words import Lang, say

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


def test_weeks_no_file_tells_are_shaded() -> None:
    assert "没有销量数据" in said(product(WEEKS, FACTS, as_of=AS_OF, told=WEEKS["week_start"]))
    assert "没有销量数据" not in said(product(WEEKS, FACTS, as_of=AS_OF))


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


DUE = CASES.frame(
    case_key=["a", "b"], store=["一号店", "二号店"], case_kind=["deposit_refund"] * 2, currency=["CNY"] * 2,
    case_state=["received_full", "overdue"], due_from_on=[date(2026, 11, 5)] * 2, due_on=[date(2026, 11, 9)] * 2,
    credited_on=[date(2026, 11, 6), None],
)  # fmt: skip
MOVED = DEPOSIT_ROWS.frame(
    row_side=["ledger", "ledger", "bill"], store=["一号店", "二号店", "一号店"], booked_on=[date(2026, 3, 2)] * 3,
    deposit_kind=["pay", "fine", "refund"],
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_deposits_are_drawn_by_store_with_what_moved_what_was_due_and_what_is_late(lang: Lang) -> None:
    axes = deposit_timeline(MOVED, DUE, as_of=AS_OF, lang=lang)

    figure = axes.get_figure(root=True)
    assert figure is not None
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["二号店", "一号店"]
    assert legend == (
        ["缴纳", "罚款", "D3–D5 该到账", "到账", "超期"]
        if lang == "zh"
        else ["paid", "fine", "due, D3 to D5", "arrived", "overdue"]
    )
    verdicts = {text.get_text() for text in axes.texts}
    assert verdicts == {say("case_state.received_full", lang), say("case_state.overdue", lang)}


def test_the_same_deposits_are_drawn_to_the_same_bytes() -> None:
    first, second = (png(deposit_timeline(MOVED, DUE, as_of=AS_OF)) for _ in range(2))

    assert first == second


def test_open_money_is_drawn_by_age_in_one_currency_to_the_fen() -> None:
    items = OPEN_ITEMS.frame(
        item_key=["a", "b", "c", "d"],
        amount_fen=[1240, 1000000, 5, 700],
        ageing=["late_1_5", "late_1_5", None, "not_due"],
        currency=["CNY", "CNY", "CNY", "USD"],
    )

    axes = ageing(items, lang="en")

    assert [bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)] == [0, 10012.4, 0, 0, 0, 0.05]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_to_draw_is_said(lang: Lang) -> None:
    drawn = (
        deposit_timeline(DEPOSIT_ROWS.empty(), CASES.empty(), as_of=AS_OF, lang=lang),
        ageing(OPEN_ITEMS.empty(), lang=lang),
    )

    assert [axes.texts[0].get_text() for axes in drawn] == [
        say("plot.no_movement", lang), say("plot.nothing_open", lang)
    ]  # fmt: skip
