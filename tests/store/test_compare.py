"""Two runs of a store side by side, from what the runs keep, as an analyst and as an operator ask for it."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner

import toolkit as tk
from tests.store.conftest import put_orders, put_products
from tests.store.test_loop import IDS, SUNDAY, put_list, put_policy
from toolkit.cli import cli
from toolkit.errors import StoreError
from toolkit.store import open_store
from toolkit.store.week import weekly_run

WEEK = timedelta(days=7)


@pytest.fixture
def weeks(folder: Path) -> Path:
    """A store with two runs: six products against policy, one of them off sale by the second week, one new."""
    put_policy(folder)
    put_list(folder, SUNDAY, dict.fromkeys(IDS[:5], "在售"))
    weekly_run(open_store(folder))
    put_list(folder, SUNDAY + WEEK, {**dict.fromkeys(IDS, "在售"), IDS[0]: "已下架"})
    weekly_run(open_store(folder))
    return folder


def test_what_entered_and_left_is_told_with_its_cause(weeks: Path) -> None:
    made = tk.compare(weeks, "W47", "2026-W48")

    assert made.table.select("product_id", "moved", "action_before", "action_after", "cause").rows() == [
        (IDS[5], "entered", None, "MUST_DELIST", "data"),
        (IDS[0], "left", "MUST_DELIST", "KEEP", "data"),
    ]
    assert repr(made).splitlines() == [
        "2026-W47 → 2026-W48:建议下架从5个到5个;进入1个,离开1个,换了动作或原因0个。",
        "为什么:数据变了2个。",
        f"  进入:{IDS[5]} 水枪05 — 没有这个商品 → 必须下架(政策:命中政策名单);数据变了:上次的数据里没有它",
        f"  离开:{IDS[0]} 水枪00 — 必须下架(政策:命中政策名单) → 保留;数据变了:状态在售→已下架",
    ]


def test_the_command_line_says_the_same_and_in_english(weeks: Path) -> None:
    said = CliRunner().invoke(cli, ["compare", str(weeks), "W47", "W48", "--lang", "en"], catch_exceptions=False).output

    assert said.splitlines()[:2] == [
        "2026-W47 → 2026-W48: 5 suggested, now 5; 1 entered, 1 left, 0 with another action or reason.",
        "Why: data 2.",
    ]
    assert "must delist (policy: on the policy list) → keep; data: status on sale → delisted" in said


def test_a_threshold_that_was_changed_is_told_from_data(folder: Path) -> None:
    """Sixty days without a sale count as slow once the seller says so; the facts of both runs are nearly alike."""
    days = [SUNDAY - timedelta(days=n) for n in range(75, 330, 3)]
    rows = [f"{n},{IDS[0]},{day.isoformat()} 08:00:00,1,9.90,已完成" for n, day in enumerate(days)]
    rows += [
        f"9{n},{IDS[1]},{(SUNDAY + WEEK - timedelta(days=n)).isoformat()} 08:00:00,2,9.90,已完成" for n in range(330)
    ]
    put_orders(folder / "inbox" / "订单.csv", *rows)
    for day in (SUNDAY, SUNDAY + WEEK):
        cups = [{"商品ID": one, "标题": "搪瓷杯", "状态": "在售", "库存": 10, "数据日期": day} for one in IDS[:2]]
        put_products(folder / "inbox" / f"商品-{day.isoformat()}.xlsx", cups)
    (folder / "toolkit.toml").write_text("[model]\ndelist_score_min = 1.0\n", encoding="utf-8")
    weekly_run(open_store(folder), as_of=SUNDAY)
    (folder / "toolkit.toml").write_text(
        "[model]\ndelist_score_min = 1.0\n[slow]\nno_sale_days = 60\n", encoding="utf-8"
    )
    weekly_run(open_store(folder), as_of=SUNDAY + WEEK)

    made = tk.compare(folder, "W47", "W48")

    assert made.table.select("product_id", "moved", "cause").rows() == [(IDS[0], "entered", "threshold")]
    assert made.table["sentence"].item().endswith("90→60(slow.no_sale_days)")


def test_a_setting_that_moved_nothing_is_said_too(weeks: Path) -> None:
    (weeks / "toolkit.toml").write_text("[slow]\nno_sale_days = 100\n", encoding="utf-8")
    weekly_run(open_store(weeks))

    made = tk.compare(weeks, "2026-W48", "2026-W48")
    assert made.before == made.after == "2026-W48"
    assert tk.compare(weeks, "W47", "W48").conclusion().splitlines()[-1].endswith("90→100(slow.no_sale_days)。")


def test_the_program_is_the_cause_where_it_judged_otherwise_before(weeks: Path) -> None:
    run = weeks / "runs" / "2026-W47"
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["prior"]) == 16
    (run / "manifest.json").write_text(json.dumps({**manifest, "prior": "another"}), encoding="utf-8")
    advice = pl.read_parquet(run / "decisions.parquet")
    kept = pl.col("product_id") == IDS[1]
    advice.with_columns(pl.when(kept).then(pl.lit("KEEP")).otherwise("action").alias("action")).write_parquet(
        run / "decisions.parquet"
    )

    moved = tk.compare(weeks, "W47", "W48").table.filter(product_id=IDS[1])

    assert moved.select("moved", "cause").row(0) == ("entered", "model")
    assert "模型先验 another→" in moved["sentence"].item()


def test_settings_and_columns_of_an_older_program_are_passed_over(weeks: Path) -> None:
    run = weeks / "runs" / "2026-W47"
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    manifest["settings"]["slow"]["forgotten"] = 3
    manifest["settings"]["gone"] = {"x": 1}
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pl.read_parquet(run / "decisions.parquet").drop("flip_on", "own_cases").write_parquet(run / "decisions.parquet")

    assert tk.compare(weeks, "W47", "W48").table.height == 2


def test_the_last_run_of_a_week_is_meant_unless_a_folder_is_named(weeks: Path) -> None:
    first = weeks / "runs" / "2026-W48"
    (first / "delist.xlsx").write_bytes((first / "delist.xlsx").read_bytes() + b" ")
    assert weekly_run(open_store(weeks)).folder.name == "2026-W48-2"

    shutil.copytree(first, weeks / "runs" / "2026-W48 - 副本")

    assert tk.compare(weeks, "w47", "W48").after == "2026-W48-2"
    assert tk.compare(weeks, "W47", "2026-W48").after == "2026-W48"


def test_the_table_comes_as_pandas_or_polars_and_is_as_declared(weeks: Path) -> None:
    made = tk.compare(weeks, "W47", "W48")

    assert made.table.columns == tk.columns().filter(table="moves")["column"].to_list()
    assert isinstance(tk.compare(weeks, "W47", "W48", like=pd.DataFrame()).table, pd.DataFrame)
    with pytest.raises(AttributeError):
        made.moves = None  # type: ignore[misc]


def test_a_run_that_is_not_there_is_one_sentence_with_those_that_are(weeks: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        tk.compare(weeks, "W46", "W48")
    assert refused.value.sentence("zh") == "W46:这家店没有这次运行,所以没法比;有的是:2026-W47, 2026-W48。"
    assert refused.value.sentence("en").endswith("it has: 2026-W47, 2026-W48.")

    (tmp_path / "new" / "inbox").mkdir(parents=True)
    with pytest.raises(StoreError, match="还没有运行过"):
        tk.compare(tmp_path / "new", "W46", "W47")


def test_comparing_reads_the_store_and_writes_nothing(weeks: Path) -> None:
    there = {path: path.read_bytes() for path in weeks.rglob("*") if path.is_file()}
    tk.compare(weeks, "W47", "W48")
    assert {path: path.read_bytes() for path in weeks.rglob("*") if path.is_file()} == there
    assert (
        date.fromisoformat(json.loads((weeks / "runs" / "2026-W48" / "manifest.json").read_text())["as_of"])
        == SUNDAY + WEEK
    )
