"""What a result says of the demand model: explained, long, and under other settings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import DataError, SettingsError
from toolkit.schema import CATALOG, ORDER_LINES
from toolkit.score import ScoreResult

AS_OF = date(2026, 11, 22)
COLUMNS = [
    f"{name}_{weeks}w"
    for weeks in (8, 13, 26)
    for name in ("p_no_sale", "units_mean", "units_q10", "units_q50", "units_q90", "p_clear")
]


def order_frame() -> pl.DataFrame:
    """Lively sells every third day; slow sold eleven times in a year."""
    days = {"lively": range(0, 360, 3), "slow": range(20, 360, 32)}
    rows = [(product, AS_OF - timedelta(days=day)) for product, ago in days.items() for day in ago]
    return ORDER_LINES.frame(
        channel=["fully_managed"] * len(rows),
        order_id=[f"o{n}" for n in range(len(rows))],
        product_id=[product for product, _ in rows],
        ordered_on=[day for _, day in rows],
        quantity=[1] * len(rows),
    )


@pytest.fixture(scope="module")
def result() -> ScoreResult:
    shelf = CATALOG.frame(
        product_id=["lively", "slow", "unsold"],
        status=["on_sale"] * 3,
        on_hand_units=[60, 300, 40],
        supply_price_fen=[1000] * 3,
        listed_on=[AS_OF - timedelta(days=400)] * 3,
        observed_on=[AS_OF] * 3,
    )
    return tk.score(orders=order_frame(), catalog=shelf, as_of=AS_OF, horizons=(4,))


def test_every_product_has_every_figure(result: ScoreResult) -> None:
    first = [
        "product_id",
        "delist_score",
        *COLUMNS,
        "p_no_sale_4w",
        "p_dead",
        "demand_state",
        "reason_code",
        "sentence",
    ]
    table = result.table.select(first)

    assert table.height == 3
    assert table.drop("reason_code").null_count().sum_horizontal().item() == 0
    assert table["delist_score"].is_between(0, 1).all()


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_a_file_of_any_ending_has_the_same_columns_and_figures(
    result: ScoreResult, tmp_path: Path, ending: str
) -> None:
    path = result.write(tmp_path / f"scored.{ending}")
    if ending == "xlsx":
        table = pd.read_excel(path, engine="openpyxl")
    else:
        table = {"csv": pd.read_csv, "parquet": pd.read_parquet}[ending](path)

    assert table.columns.to_list() == result.table.columns
    assert table["p_no_sale_8w"].round(9).to_list() == result.table["p_no_sale_8w"].round(9).to_list()


def test_the_long_table_has_one_row_per_known_figure(result: ScoreResult) -> None:
    tall = result.long()

    assert tall.columns == ["product_id", "horizon", "measure", "value"]
    assert tall["horizon"].unique().sort().to_list() == [4, 8, 13, 26]
    mine = tall.filter(pl.col("product_id") == "slow", pl.col("horizon") == 13, pl.col("measure") == "p_clear")
    assert mine["value"].item() == result.row("slow")["p_clear_13w"]


def test_an_explanation_has_the_ranges_the_chances_and_what_weighs_most(result: ScoreResult) -> None:
    lines = result.explain("slow", "en").splitlines()

    assert [line.split(":")[0] for line in lines if line.startswith("next ")] == [
        f"next {weeks} weeks" for weeks in (4, 8, 13, 26)
    ]
    assert any(line.startswith("chance to clear 300 units in 26 weeks (by 2027-05-23): under 1%") for line in lines)
    assert any(line.startswith("strongest signs: ") for line in lines)
    assert any("一件不卖的可能" in line for line in result.explain("slow", "zh").splitlines())


def test_what_if_shows_whose_advice_changes_and_what_keeping_is_then_worth(result: ScoreResult) -> None:
    assert result.decisions.filter(pl.col("product_id") == "slow")["action"].item() == "DELIST"
    later = result.what_if(min_covered_days=91)
    dear = result.what_if(min_covered_days=91, cost_share=0.95)

    assert later.filter(pl.col("product_id") == "slow").select("action", "action_then").row(0) == ("DELIST", "KEEP")
    assert later["keep_value_then_est"].to_list() == later["keep_value_est"].to_list()
    slow = dear.filter(pl.col("product_id") == "slow")
    assert slow["keep_value_then_est"].item() < slow["keep_value_est"].item()


def test_what_if_under_the_same_settings_changes_nothing(result: ScoreResult) -> None:
    assert result.what_if(cost_share=0.65).is_empty()


def test_what_if_asks_back_about_a_setting_that_is_not_there(result: ScoreResult) -> None:
    with pytest.raises(SettingsError, match="cost_share"):
        result.what_if(cost_shaer=0.7)


def test_a_products_figure_is_drawn(result: ScoreResult) -> None:
    assert "slow" in result.plot.product("slow").get_title(loc="left")


def test_importing_the_module_leaves_the_function_in_its_place() -> None:
    import toolkit.score  # noqa: F401

    assert callable(tk.score)


@pytest.mark.parametrize("horizons", [(0,), (-3,), (8.5,), "8", (105,)])
def test_a_horizon_that_is_no_number_of_weeks_is_refused(horizons: Any) -> None:
    with pytest.raises(DataError) as caught:
        tk.score(orders=order_frame(), as_of=AS_OF, horizons=horizons)
    assert caught.value.key == "horizon_not_weeks"
