"""The command line as a person meets it: whole commands in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import polars as pl
import pytest

from toolkit.cli import cli
from toolkit.usage import usage_said

ROOT = Path(__file__).parent.parent


def run(*words: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """One command; its exit code is checked, a traceback never is acceptable."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, words)], capture_output=True, text=True, encoding="utf-8"
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "TOOLKIT_DEBUG" not in done.stderr, done.stderr
    assert done.returncode == expect, done.stdout + done.stderr
    return done


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "订单.csv"
    path.write_text(
        "订单号,商品ID,付款时间,数量,单价,订单状态\n"
        "3031265788145237,1005006000000001,2026-11-02 08:00:00,2,12.50,已完成\n"
        "3031265788145238,1005006000000002,2026-11-20 09:00:00,1,8.00,已完成\n",
        encoding="gb18030",
    )
    return path


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "商品.csv"
    path.write_text(
        "商品ID,标题,状态,库存,数据日期\n"
        "1005006000000001,硅胶锅铲,在售,20,2026-11-22\n"
        "1005006000000002,水杯,在售,0,2026-11-22\n",
        encoding="utf-8-sig",
    )
    return path


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four stores whose deposits can be reconciled, as the command makes them."""
    folder = tmp_path_factory.mktemp("deposits") / "shops"
    run("sample", folder, "--deposits")
    return folder


def test_help_speaks_both_languages() -> None:
    said = run("--help").stdout

    assert "全托管" in said
    assert "fully-managed" in said


def test_help_imports_nothing_heavy() -> None:
    probe = "import sys, toolkit.cli as c\ntry: c.cli.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split()

    heavy = {
        "polars",
        "pandas",
        "numpy",
        "scipy",
        "matplotlib",
        "openpyxl",
        "xlsxwriter",
        "pydantic",
        "narwhals",
        "rich",
    }
    assert heavy & set(loaded) == set()


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["weekly", "x", "--as-of", "2026-13-45"], "「2026-13-45」不是日期", "“2026-13-45” is not a day"),
        (["cases", "x", "--as-of", "gestern"], "2026-11-22T15:30", "2026-11-22T15:30"),
        (["weekly", "x", "--lang", "fr"], "可以写:zh, en", "choose among zh, en"),
        (["sample", "x", "--products", "many"], "「many」不是整数", "“many” is not a whole number"),
        (["sample", "x", "--weeks", "-3"], "至少要 8", "at least 8"),
        (["sample", "x", "--seed", "1.5"], "「1.5」不是整数", "“1.5” is not a whole number"),
        (["score"], "--out:没有写", "--out: is missing"),
        (["weekly"], "FOLDER:没有写", "FOLDER: is missing"),
        (["weekly", "x", "--asof", "3"], "是不是想写 --as-of", "did you mean --as-of"),
        (["weekly", "x", "--{zz}"], "--{zz}:没有这个选项", "--{zz}: there is no such option"),
        (["wekly", "x"], "没有这个命令", "there is no such command"),
        (["weekly", "x", "--as-of"], "后面缺一个值", "lacks its value"),
        (["weekly", "my", "store"], "有空格的话", "a path with blanks"),
    ],
)
def test_a_mistyped_command_is_one_sentence_in_the_language_asked_for_and_both_where_none_was(
    words: list[str], zh: str, en: str
) -> None:
    with pytest.raises(click.UsageError) as caught:
        cli.main(words, standalone_mode=False)

    said = usage_said(caught.value).splitlines()
    assert len(said) == 2
    assert (zh in said[0], en in said[1]) == (True, True), said
    assert usage_said(caught.value, "zh") == said[0]
    assert usage_said(caught.value, "en") == said[1]
    assert said[0].endswith(("toolkit --help", f"toolkit {words[0]} --help"))


def test_a_mistyped_option_ends_with_the_exit_code_of_wrong_usage() -> None:
    said = run("weekly", "x", "--as-of", "2026-13-45", "--lang", "en", expect=2)

    assert said.stderr == (
        "--as-of: “2026-13-45” is not a day, so nothing was run; write it like 2026-11-22. See toolkit weekly --help\n"
    )


def test_a_folder_that_is_no_store_is_one_sentence(tmp_path: Path) -> None:
    said = run("weekly", tmp_path / "nowhere", "--lang", "en", expect=1)

    assert said.stdout == ""
    assert len(said.stderr.strip().splitlines()) == 1
    assert "toolkit init" in said.stderr


def test_init_then_weekly_without_any_file_says_what_is_missing(tmp_path: Path) -> None:
    store = tmp_path / "我的店"
    made = run("init", store).stdout
    assert "商品表.xlsx" in made
    assert (store / "inbox").is_dir()

    said = run("weekly", store, expect=1)

    assert len(said.stderr.strip().splitlines()) == 1
    assert not (store / "runs").exists() or not any((store / "runs").iterdir())


def test_weekly_writes_the_week_and_a_conclusion_of_ten_lines(tmp_path: Path, orders: Path, catalog: Path) -> None:
    store = tmp_path / "store"
    run("init", store)
    for path in (orders, catalog):
        path.rename(store / "inbox" / path.name)

    said = run("weekly", store).stdout

    week = store / "runs" / "2026-W47"
    assert {"delist.xlsx", "给老板.txt", "rejected.csv", "manifest.json"} <= {path.name for path in week.iterdir()}
    assert said.startswith("本周结论(截至11月22日")
    conclusion = (week / "给老板.txt").read_text(encoding="utf-8-sig").strip().splitlines()
    assert len(conclusion) <= 10


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_score_writes_by_the_ending(tmp_path: Path, orders: Path, catalog: Path, ending: str) -> None:
    out = tmp_path / f"scored.{ending}"

    done = run("score", "--orders", orders, "--catalog", catalog, "--as-of", "2026-11-22", "--out", out)

    assert done.stdout.startswith("打分结果(截至11月22日,销量数据只到11月20日)")
    assert "见「说明」" not in done.stdout

    if ending == "parquet":
        assert pl.read_parquet(out)["product_id"].sort().to_list() == ["1005006000000001", "1005006000000002"]
    elif ending == "csv":
        assert pl.read_csv(out, infer_schema=False)["product_id"].len() == 2
    else:
        assert out.read_bytes()[:2] == b"PK"


def test_score_refuses_an_ending_it_cannot_write(tmp_path: Path, orders: Path) -> None:
    said = run("score", "--orders", orders, "--as-of", "2026-11-22", "--out", tmp_path / "a.pdf", expect=1)

    assert len(said.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "a.pdf").exists()


def test_check_says_what_a_file_is_and_what_became_of_its_rows(orders: Path) -> None:
    said = run("check", orders, "--lang", "en").stdout

    assert "order lines" in said
    assert "2 rows read = 2 kept + 0 set aside + 0 rejected" in said


def test_check_of_a_folder_looks_at_each_file_in_it(tmp_path: Path, orders: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    assert "文件夹里没有可以看的文件" in run("check", folder, expect=1).stderr
    (folder / "a.csv").write_bytes(orders.read_bytes())
    (folder / "~$a.csv").write_bytes(b"x")

    said = run("check", folder, "--lang", "en").stdout

    assert said.splitlines()[0] == "a.csv"
    assert "~$" not in said


def test_check_of_a_web_page_fails_in_one_sentence_and_still_shows_the_rest(tmp_path: Path, orders: Path) -> None:
    page = tmp_path / "订单导出.xls"
    page.write_text("<!DOCTYPE html><html><head><title>登录</title></head><body></body></html>", encoding="utf-8")

    said = run("check", page, orders, expect=1)

    assert len(said.stderr.strip().splitlines()) == 1
    assert "登录" in said.stderr
    assert "2" in said.stdout


def test_sample_makes_four_stores_whose_deposits_can_be_reconciled(stores: Path) -> None:
    done = run("reconcile", stores, "--as-of", "2026-11-20", "--lang", "en")

    assert "义乌二店: overdue" in done.stdout


def test_sample_makes_a_store_that_weekly_can_run(tmp_path: Path) -> None:
    store = tmp_path / "sample"
    run("sample", store, "--products", "60", "--weeks", "60", "--seed", "3")

    assert "本周结论" in run("weekly", store).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is made the Unix way")
def test_cases_are_a_table_on_a_terminal_and_lines_in_a_pipe(stores: Path) -> None:
    import pty

    words = ["cases", str(stores), "--as-of", "2026-11-20", "--lang", "en"]

    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "toolkit", *words], stdout=theirs, check=True, env=os.environ | {"COLUMNS": "120"}
    )
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    lines = run(*words).stdout.splitlines()

    assert "next step" in shown
    assert "─" in shown
    assert (
        "2026-11-06  义乌二店 · deposit refund: overdue → ask support for the money, with approval date and bill"
        in lines
    )
