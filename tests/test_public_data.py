"""The whole path on a real shop: its order file as downloaded, scored as of a past day, held against what came.

Online Retail (D. Chen, UCI Machine Learning Repository, CC BY 4.0). The data are not part of this repository.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from toolkit.backtest.measures import auc, coverage
from toolkit.cli import cli
from toolkit.load.loaded import load_file

FILE = Path(__file__).parents[2] / "shared" / "data" / "online_retail" / "online_retail.csv.gz"
CUTOFF = date(2011, 9, 5)

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"public data not here: {FILE.parent.name}/{FILE.name}")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    out = tmp_path_factory.mktemp("public") / "scored.parquet"
    last_day = CUTOFF - timedelta(days=1)
    run = CliRunner().invoke(
        cli,
        ["score", "--orders", str(FILE), "--as-of", str(last_day), "--out", str(out), "--lang", "en"],
        catch_exceptions=False,
    )
    assert run.exit_code == 0, run.output
    return pl.read_parquet(out)


@pytest.fixture(scope="module")
def came() -> pl.DataFrame:
    """Net units of the eight weeks from the cutoff, of priced lines; products sold in the year before."""
    lines = load_file(FILE).sheets[0].tables["order_lines"].filter(pl.col("unit_price_fen") > 0).collect()
    before = lines.filter(pl.col("ordered_on") < CUTOFF, pl.col("quantity") > 0).select("product_id").unique()
    ahead = lines.filter(pl.col("ordered_on").is_between(CUTOFF, CUTOFF + timedelta(days=55)))
    units = ahead.group_by("product_id").agg(pl.col("quantity").sum().alias("units"))
    # Postage, fees and vouchers are no products; a product's code begins with five digits.
    goods = before.filter(pl.col("product_id").str.contains(r"^\d{5}"))
    return goods.join(units, on="product_id", how="left").with_columns(pl.col("units").fill_null(0)).sort("product_id")


def test_every_product_of_the_file_has_a_score_and_every_probability(scored: pl.DataFrame) -> None:
    figures = scored.select("delist_score", r"^p_no_sale_.*$", r"^units_(mean|q\d+)_\d+w$", "p_dead")

    assert scored.height > 3500
    assert figures.null_count().sum_horizontal().item() == 0
    assert scored["delist_score"].is_between(0, 1).all()


def test_products_are_ranked_as_well_as_the_model_can(scored: pl.DataFrame, came: pl.DataFrame) -> None:
    both = came.join(scored, on="product_id", how="left")

    assert both["p_no_sale_8w"].null_count() == 0
    assert auc((both["units"] <= 0).to_numpy(), both["p_no_sale_8w"].to_numpy()) > 0.95


def test_the_ranges_hold_about_what_they_promise(scored: pl.DataFrame, came: pl.DataFrame) -> None:
    both = came.join(scored, on="product_id", how="left")
    held = coverage(*(both[name].to_numpy() for name in ("units", "units_q10_8w", "units_q90_8w")))

    assert 0.7 < held < 0.9


def test_nothing_is_advised_without_a_product_list(scored: pl.DataFrame) -> None:
    assert scored["action"].is_in(["DELIST", "MUST_DELIST", "REST_UNTIL"]).sum() == 0


def test_written_off_stock_is_read_and_is_no_sale(scored: pl.DataFrame) -> None:
    lines = load_file(FILE).sheets[0].tables["order_lines"].collect()
    free = lines.filter(pl.col("unit_price_fen") == 0, pl.col("ordered_on") < CUTOFF)
    only_free = (
        free.select("product_id")
        .unique()
        .join(lines.filter(pl.col("unit_price_fen") != 0), on="product_id", how="anti")
    )

    assert free.height > 1000
    sold = scored.join(only_free, on="product_id", how="semi")["units_365d"].drop_nulls()
    assert sold.sum() == 0
