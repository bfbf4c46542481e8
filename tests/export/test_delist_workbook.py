"""delist.xlsx as the operator gets it: what stands where, and what happens to odd weeks."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from tests.export.dump import dump, same_as_expected
from tests.export.reports import report
from toolkit.decide.slots import slots
from toolkit.decide.summary import Note, summarize
from toolkit.export.delist_workbook import ANSWERS, DelistReport, write_delist_workbook
from toolkit.schema import DECISIONS, PROBLEMS, PROFILE
from toolkit.words import LANGS, Lang, say


@pytest.fixture(scope="module")
def week() -> DelistReport:
    return report()


@pytest.fixture(scope="module")
def path(week: DelistReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_delist_workbook(tmp_path_factory.mktemp("zh") / "delist.xlsx", week)


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The table of a sheet, by the titles of its columns: the first line with more than one cell filled."""
    lines = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    top = next(n for n, line in enumerate(lines) if sum(cell != "" for cell in line) > 1)
    return [dict(zip(map(str, lines[top]), line, strict=True)) for line in lines[top + 1 :]]


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_is_the_one_that_was_agreed_on(week: DelistReport, tmp_path: Path, lang: Lang) -> None:
    path = write_delist_workbook(tmp_path / "delist.xlsx", week, lang)
    long = [say(f"workbook.sheet.{name}", lang) for name in ("all", "detail")]
    assert same_as_expected(f"delist.{lang}.txt", dump(path, brief=long))


def test_sheets_come_in_the_order_of_work(path: Path) -> None:
    assert CalamineWorkbook.from_path(path).sheet_names == [
        "下架清单", "必须下架", "暂缓", "补货和先看", "未完成订单", "疑似重复", "全部商品", "明细", "问题行", "说明",
    ]  # fmt: skip


def test_the_work_list_has_these_columns_and_no_more(path: Path) -> None:
    assert list(rows(path, "下架清单")[0]) == [
        "商品ID", "标题", "类目", "建议动作", "原因", "依据", "照做多赚/下错的代价(估算)", "库存", "未完成订单/缺口",
        "再上日期", "我的决定", "备注",
    ]  # fmt: skip


def test_every_product_with_advice_stands_on_exactly_one_list(path: Path, week: DelistReport) -> None:
    listed = [row["商品ID"] for sheet in ("下架清单", "必须下架", "暂缓", "补货和先看") for row in rows(path, sheet)]
    advised = week.decisions.filter(pl.col("action") != "KEEP")["product_id"].to_list()
    assert sorted(listed) == sorted(advised)


def test_lists_keep_the_rank_of_the_decisions(path: Path, week: DelistReport) -> None:
    chosen = week.decisions.filter(pl.col("action").is_in(["DELIST", "REST_UNTIL"])).sort("rank")
    assert [row["商品ID"] for row in rows(path, "下架清单")] == chosen["product_id"].to_list()


def test_the_answer_is_a_drop_down_and_starts_blank(path: Path) -> None:
    assert {row["我的决定"] for row in rows(path, "下架清单")} == {""}
    sheet = openpyxl.load_workbook(path)["下架清单"]
    (rule,) = sheet.data_validations.dataValidation
    assert sheet.freeze_panes == "C4"
    assert rule.formula1 == '"同意,不同意,再看一周"'
    assert str(rule.sqref) == f"K4:K{sheet.max_row}"


def test_a_dangerous_title_stays_a_title(week: DelistReport, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x.example","看")'
    spoiled = replace(week, profile=week.profile.with_columns(title=pl.lit(evil)))
    book = openpyxl.load_workbook(write_delist_workbook(tmp_path / "delist.xlsx", spoiled))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == evil} == {"s"}
    assert not [cell.coordinate for cell in cells if cell.data_type in "fe" or cell.hyperlink]


def test_the_same_report_gives_the_same_bytes(week: DelistReport, path: Path, tmp_path: Path) -> None:
    shuffled = replace(week, profile=week.profile.reverse(), decisions=week.decisions.reverse())
    again = write_delist_workbook(tmp_path / "delist.xlsx", shuffled)
    assert again.read_bytes() == path.read_bytes()


def test_the_workbook_says_which_run_it_is_of(path: Path) -> None:
    book: Any = openpyxl.load_workbook(path)
    found = {}
    for name, defined in book.defined_names.items():
        ((sheet, cell),) = defined.destinations
        found[name] = book[sheet][cell].value
    assert found == {"toolkit_run": "2026-W47-3f9c12ab", "toolkit_week": "2026-W47", "toolkit_store": "义乌一号店"}
    assert {p.name: p.value for p in book.custom_doc_props.props} == found


def test_a_held_product_shows_the_reason_and_what_stopped_it(path: Path) -> None:
    (owed,) = [row for row in rows(path, "暂缓") if row["暂缓原因"] == "欠货还没发"]
    assert owed["为什么先别动"] == "还欠20件,可发12件,缺8件,先把订单发完"
    assert owed["原因"] == "滞销"
    assert owed["依据"].startswith("95天没有成交")


def test_a_week_without_anything_keeps_its_headers_and_says_so(week: DelistReport, tmp_path: Path) -> None:
    nothing = replace(
        week,
        profile=PROFILE.empty(),
        decisions=DECISIONS.empty(),
        problems=PROBLEMS.empty(),
        open_orders=None,
        summary=summarize(
            PROFILE.empty(), DECISIONS.empty(), slots(PROFILE.empty(), week.facts.settings),
            as_of=week.facts.as_of, settings=week.facts.settings,
        ),
    )  # fmt: skip
    path = write_delist_workbook(tmp_path / "delist.xlsx", nothing)
    said = {
        sheet: [row[name] for row in rows(path, sheet) for name in list(row)[:1]]
        for sheet in ("下架清单", "必须下架", "暂缓", "未完成订单", "问题行")
    }
    assert said == {
        "下架清单": ["这一周没有建议下架的商品。"],
        "必须下架": ["没有商品命中政策名单。"],
        "暂缓": ["没有暂缓的商品。"],
        "未完成订单": ["没有订单文件,未完成订单没有核对;下架前请到后台查一下。"],
        "问题行": ["没有问题行,所有行都用上了。"],
    }


def test_orders_that_are_known_to_be_none_are_not_called_unchecked(week: DelistReport, tmp_path: Path) -> None:
    assert week.open_orders is not None
    path = write_delist_workbook(tmp_path / "d.xlsx", replace(week, open_orders=week.open_orders.clear()))
    assert [row["商品ID"] for row in rows(path, "未完成订单")] == ["没有未完成的订单。"]


def test_without_a_policy_list_no_product_is_said_to_be_free_of_it(week: DelistReport, tmp_path: Path) -> None:
    no_list = replace(week.summary, undecided=(Note("undecided.policy"),))
    free = week.decisions.filter(pl.col("action") != "MUST_DELIST")
    path = write_delist_workbook(tmp_path / "d.xlsx", replace(week, decisions=free, summary=no_list))
    assert [row["商品ID"] for row in rows(path, "必须下架")] == [
        "没有政策名单,所以没有核对;填 policy.xlsx 再运行一次。"
    ]


def test_amounts_name_their_currency_only_when_there_is_one(week: DelistReport, tmp_path: Path) -> None:
    def titles(currencies: list[str], name: str) -> list[str]:
        values = pl.Series("currency", [currencies[n % len(currencies)] for n in range(week.profile.height)])
        changed = replace(week, profile=week.profile.with_columns(values))
        return [
            title for title in rows(write_delist_workbook(tmp_path / name, changed), "明细")[0] if "供货价" in title
        ]

    assert titles(["CNY"], "1.xlsx") == ["供货价(元)"]
    assert titles(["USD"], "2.xlsx") == ["供货价 (USD)"]
    assert titles(["CNY", "USD"], "3.xlsx") == ["供货价"]


def test_columns_nothing_is_known_of_are_named_but_take_no_room(path: Path, week: DelistReport) -> None:
    assert week.profile["jit_on_time_share"].null_count() == week.profile.height
    lines = CalamineWorkbook.from_path(path).get_sheet_by_name("明细").to_python(skip_empty_area=False)
    assert "48小时到仓率(估)" in str(lines[2][0])
    assert "48小时到仓率(估)" not in lines[3]
    assert "近90天销量" in lines[3]


def test_answers_have_words_that_fit_a_drop_down() -> None:
    for lang in LANGS:
        words = [say(f"decision.{answer}", lang) for answer in ANSWERS]
        assert len(set(words)) == len(ANSWERS)
        assert len(",".join(words)) <= 255


def _soffice() -> str:
    """LibreOffice; absent it skips with a clear line, but where CI is set its absence is a failure."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("LibreOffice is not installed, and CI must open the workbook with it")
        pytest.skip("LibreOffice is not installed: the workbook was not opened with a real office program")
    return found


def test_libreoffice_opens_it_and_every_id_survives(path: Path, week: DelistReport, tmp_path: Path) -> None:
    office = _soffice()
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = tmp_path / "out" / "delist.xlsx"
    ids = week.profile.sort("product_id")["product_id"].to_list()
    assert [row["商品ID"] for row in rows(saved, "明细")] == ids
    assert rows(saved, "下架清单") == rows(path, "下架清单")
    sheet = openpyxl.load_workbook(saved)["下架清单"]
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"同意,不同意,再看一周"']
