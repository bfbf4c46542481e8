"""From the committed folder of exports to the workbook: the answers that are certain are the answers that come out.

The sample's `answers.csv` names products whose story was fixed in advance (see data/sample/README.md). This test runs what a
user runs and reads what a user reads: the sheets of delist.xlsx.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from toolkit.analyze.profile import product_profile
from toolkit.cli import cli
from toolkit.decide.plan import decide
from toolkit.sample import answers, simulate
from toolkit.sample.cast import CAST, FAMILIES
from toolkit.settings import DEFAULTS
from toolkit.words import say
from toolkit.words.columns import COLUMNS

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
ALLOWED = {
    "must_delist": {"MUST_DELIST"},
    "delist": {"DELIST"},
    "rest": {"REST_UNTIL"},
    "stock": {"RESTOCK", "DELIST", "WATCH"},
    "hold": {"WATCH"},
    "conflict": {"WATCH"},
    "keep": {"KEEP", "WATCH", "RESTOCK"},
}
"""Which advice is right for each family; the reason and guard are compared as well where the answer names them."""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> CalamineWorkbook:
    store = tmp_path_factory.mktemp("sample") / "store"
    shutil.copytree(SAMPLE, store, ignore=shutil.ignore_patterns("runs", "history", "ledger", "truth", "answers.csv"))
    run = CliRunner().invoke(cli, ["weekly", str(store)], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    (path,) = (store / "runs").glob("*/delist.xlsx")
    assert path.parent.name == "2026-W47"
    return CalamineWorkbook.from_path(path)


def _sheet(workbook: CalamineWorkbook, name: str) -> pl.DataFrame:
    """The table of a sheet, as text, under canonical column names; lines above its header are passed over."""
    rows = workbook.get_sheet_by_name(say(f"workbook.sheet.{name}", "zh")).to_python()
    title_of = {words.title.zh: column for column, words in COLUMNS.items()}
    top = next(n for n, row in enumerate(rows) if COLUMNS["product_id"].title.zh in row)
    header = [title_of.get(str(cell), str(cell)) for cell in rows[top]]
    body = [[str(cell) or None for cell in row] for row in rows[top + 1 :]]
    return pl.DataFrame(body, schema=dict.fromkeys(header, pl.String), orient="row")


def _codes(kind: str, words: pl.Expr, codes: set[str]) -> pl.Expr:
    return words.replace_strict({say(f"{kind}.{code}", "zh"): code for code in codes}, default=words)


@pytest.fixture(scope="module")
def judged(workbook: CalamineWorkbook) -> pl.DataFrame:
    """Each certain answer beside what the workbook says of that product."""
    certain = pl.read_csv(SAMPLE / "answers.csv", infer_schema=False)
    actions = set().union(*ALLOWED.values())
    reasons, guards = ({getattr(part, kind) for part in CAST} - {""} for kind in ("reason", "guard"))
    said = _sheet(workbook, "all").select(
        "product_id",
        _codes("action", pl.col("action"), actions).alias("action"),
        _codes("reason_code", pl.col("reason_code"), reasons).alias("said_reason"),
        _codes("guard", pl.col("guard"), guards).alias("said_guard"),
        pl.col("why").alias("sentence") if "why" in _sheet(workbook, "all").columns else pl.lit("").alias("sentence"),
    )
    return certain.join(said, on="product_id", how="left", maintain_order="left")


def test_every_product_with_a_certain_answer_is_in_the_workbook(judged: pl.DataFrame) -> None:
    assert judged.filter(pl.col("action").is_null())["product_id"].to_list() == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_advice_is_the_right_one(judged: pl.DataFrame, family: str) -> None:
    mine = judged.filter(pl.col("family") == family)
    wrong = mine.filter(~pl.col("action").is_in(ALLOWED[family]))
    assert mine.height > 0
    assert wrong.select("product_id", "part", "action", "said_reason", "said_guard", "sentence").rows() == []


@pytest.mark.parametrize("kind", ["reason", "guard"])
def test_the_reason_and_the_guard_are_named(judged: pl.DataFrame, kind: str) -> None:
    expected = pl.col("reason_code" if kind == "reason" else "guard")
    wrong = judged.filter(expected.is_not_null() & pl.col(f"said_{kind}").ne_missing(expected))
    assert wrong.select("product_id", "part", expected, f"said_{kind}", "action", "sentence").rows() == []


def test_no_damaged_id_reaches_a_list_to_work_through(workbook: CalamineWorkbook, judged: pl.DataFrame) -> None:
    damaged = set(judged.filter(pl.col("part") == "damaged_id")["product_id"])
    listed = set(_sheet(workbook, "list")["product_id"]) | set(_sheet(workbook, "must")["product_id"])
    assert damaged
    assert damaged.isdisjoint(listed)


def test_a_rest_carries_the_day_to_come_back(workbook: CalamineWorkbook, judged: pl.DataFrame) -> None:
    rests = judged.filter(pl.col("family") == "rest").join(_sheet(workbook, "list"), on="product_id", how="left")
    assert (
        rests.filter(pl.col("relist_on").is_null() | (pl.col("relist_on") < "2026-11-23"))["product_id"].to_list() == []
    )


def test_units_are_counted_once(workbook: CalamineWorkbook) -> None:
    weeks = pl.read_csv(
        SAMPLE / "truth" / "weeks.csv.gz", schema_overrides={"product_id": pl.String}, try_parse_dates=True
    )
    year = pl.col("week_start") > pl.date(2026, 11, 22) - pl.duration(days=364)
    true = weeks.group_by("product_id").agg(pl.col("units").filter(year).sum().alias("at_least"))
    told = _sheet(workbook, "detail").select("product_id", pl.col("units_365d").cast(pl.Float64).cast(pl.Int64))
    both = true.join(told, on="product_id", how="inner")
    # 52 whole weeks are 364 of the 365 days: the day before may add that day's units, never a second count.
    extra = both["units_365d"] - both["at_least"]
    assert both.height > 280
    assert extra.min() == 0
    assert extra.sum() < both["at_least"].sum() / 100


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_answers_do_not_hang_on_the_seed(seed: int) -> None:
    shop = simulate(300, 78, seed)
    decisions = decide(
        product_profile(shop.tables(), as_of=shop.last_day, settings=DEFAULTS), as_of=shop.last_day, settings=DEFAULTS
    )
    # Perfect tables carry no policy list and no damaged sheet, so those parts have nothing to show here.
    by_files_only = pl.col("part").str.starts_with("policy") | pl.col("part").is_in(["damaged_id", "dead_protected"])
    judged = answers(shop).filter(~by_files_only).join(decisions, on="product_id", how="left", suffix="_said")
    right = pl.col("action").is_in(pl.col("family").replace_strict({k: sorted(v) for k, v in ALLOWED.items()}))
    named = pl.all_horizontal(
        pl.col(kind).is_null() | pl.col(kind).eq_missing(pl.col(f"{kind}_said")) for kind in ("reason_code", "guard")
    )
    assert judged.height > 90
    assert judged.filter(~(right & named)).select("product_id", "part", "action", "rule", "guard_said").rows() == []
