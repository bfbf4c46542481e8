"""The policy list from week to week: which entry catches what, where it stands in the title, and what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

from tests.store.conftest import put_products
from tests.store.test_loop import IDS, MONDAY, SUNDAY, answer, hand, states
from tests.store.test_unchecked_orders import lines
from toolkit.store import open_store
from toolkit.store.apply import apply_run
from toolkit.store.week import weekly_run

TITLES = dict(
    zip(
        IDS,
        ["儿童玩具水枪夏天户外戏水大号", "Water Gun toy for kids", "Watergun case", "水枪贴纸", "猫窝", "水杯"],
        strict=True,
    )
)
NEXT = SUNDAY + timedelta(days=7)


def put_week(folder: Path, day: date, statuses: Mapping[str, str] | None = None) -> None:
    rows = [
        {"商品ID": one, "标题": title, "类目": "玩具", "状态": (statuses or {}).get(one, "在售"), "库存": 10, "数据日期": day}
        for one, title in TITLES.items()
    ]  # fmt: skip
    put_products(folder / "inbox" / f"商品-{day.isoformat()}.xlsx", rows)


def put_policy(folder: Path, sheets: Mapping[str, list[list[Any]]]) -> None:
    """policy.xlsx with these sheets, each a header and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(folder / "policy.xlsx")


def terms(*words: str, exceptions: str | None = None, day: date = SUNDAY) -> list[list[Any]]:
    return [["词", "名单日期", "例外"], *([word, day, exceptions] for word in words)]


def test_the_entry_and_its_place_in_the_title_are_told(folder: Path) -> None:
    put_policy(folder, {"违禁词": terms("水枪", "water gun", exceptions="贴纸")})
    put_week(folder, SUNDAY)

    run = weekly_run(open_store(folder))

    told = {row["商品ID"]: row for row in lines(run.folder / "delist.xlsx", "必须下架")}
    assert {one: (row["命中条目在哪"], row["在标题的哪里"]) for one, row in told.items()} == {
        IDS[0]: ("违禁词 › 2", "儿童玩具【水枪】夏天户外戏水大号"),
        IDS[1]: ("违禁词 › 3", "【Water Gun】 toy for…"),
    }
    assert "比上次" not in told[IDS[0]]
    said = open_store(folder).score().explain(IDS[0])
    assert "命中政策名单:水枪(违禁词,名单日期2026年11月22日)" in said
    assert "在标题第5个字:儿童玩具【水枪】夏天户外戏水大号" in said


def test_what_is_new_is_marked_on_the_sheet_and_said_in_the_conclusion(folder: Path) -> None:
    put_policy(folder, {"违禁词": terms("水枪", "猫")})
    put_week(folder, SUNDAY)
    first = weekly_run(open_store(folder))
    assert "政策名单比上次" not in first.conclusion

    put_policy(folder, {"违禁词": terms("水枪", "water gun", day=NEXT)})
    put_week(folder, NEXT)
    run = weekly_run(open_store(folder))

    line = f"政策名单比上次(2026-W47):新命中1个({IDS[1]} water gun),不再命中1个({IDS[4]} 猫)。"
    assert run.conclusion.splitlines()[1] == line
    assert len(run.conclusion.splitlines()) <= 10
    path = run.folder / "delist.xlsx"
    assert {row["商品ID"]: row["比上次"] for row in lines(path, "必须下架")} == {
        IDS[0]: None, IDS[1]: "新命中", IDS[3]: None,
    }  # fmt: skip
    page = openpyxl.load_workbook(path)["必须下架"]
    assert line in [page.cell(n, 1).value for n in range(1, 5)]
    about = [cell.value for row in openpyxl.load_workbook(path)["说明"].iter_rows() for cell in row]
    assert f"不再命中:{IDS[4]} 猫窝,原来的条目「猫」,名单里没有这一条了,或已失效" in about


def test_the_answers_on_a_sheet_with_news_are_read_as_ever(folder: Path) -> None:
    put_policy(folder, {"违禁词": terms("水枪")})
    put_week(folder, SUNDAY)
    weekly_run(open_store(folder))
    put_policy(folder, {"违禁词": terms("水枪", "water gun", day=NEXT)})
    put_week(folder, NEXT)
    run = weekly_run(open_store(folder)).folder
    answer(run / "delist.xlsx", {IDS[1]: "同意", IDS[0]: "不同意"})

    applied = apply_run(run, hand=hand(MONDAY + timedelta(days=7)))

    assert applied.refused.is_empty()
    assert {one: states(folder)[one] for one in IDS[:2]} == {IDS[0]: "declined", IDS[1]: "approved"}


def test_running_a_week_again_tells_the_same_news(folder: Path) -> None:
    put_policy(folder, {"违禁词": terms("水枪")})
    put_week(folder, SUNDAY)
    weekly_run(open_store(folder))
    put_policy(folder, {"违禁词": terms("water gun", day=NEXT)})
    put_week(folder, NEXT)

    once, again = (weekly_run(open_store(folder)) for _ in range(2))

    assert once.conclusion == again.conclusion
    assert again.folder.name == "2026-W48"
    assert pl.read_parquet(again.folder / "decisions.parquet")["policy_hit"].drop_nulls().to_list() == ["water gun"]


PAPERS = [["商品ID或类目", "资质名称", "有效期至"]]


def test_a_paper_is_warned_of_before_it_ends_and_catches_after(folder: Path) -> None:
    put_policy(
        folder, {"资质": [*PAPERS, [IDS[0], "3C认证", date(2026, 11, 28)], [IDS[1], "授权书", date(2027, 3, 1)]]}
    )
    put_week(folder, SUNDAY)
    before = weekly_run(open_store(folder))

    look = {row["商品ID"]: row["依据"] for row in lines(before.folder / "delist.xlsx", "补货和先看")}
    assert look[IDS[0]] == ("资质「3C认证」2026年11月28日到期,过期就该下架;先去换证,换好在 policy.xlsx 改有效期")
    assert IDS[1] not in look
    assert "1个商品的资质快到期(最早2026-11-28),先去换证" in before.conclusion
    assert "数据不够" not in before.conclusion

    put_week(folder, NEXT)
    after = weekly_run(open_store(folder))

    (row,) = lines(after.folder / "delist.xlsx", "必须下架")
    assert (row["商品ID"], row["比上次"], row["命中政策条目"], row["命中条目在哪"]) == (
        IDS[0], "新命中", "3C认证 2026-11-28", "资质 › 2",
    )  # fmt: skip
    assert after.conclusion.splitlines()[1] == f"政策名单比上次(2026-W47):新命中1个({IDS[0]} 3C认证 2026-11-28)。"


def test_how_long_before_is_a_setting(folder: Path) -> None:
    put_policy(folder, {"资质": [*PAPERS, ["玩具", "3C认证", date(2026, 12, 5)]]})
    put_week(folder, SUNDAY)
    (folder / "toolkit.toml").write_text("[policy]\nwarn_days = 5\n", encoding="utf-8")
    assert "qualification_ends" not in "".join(open_store(folder).score().decisions["rules"].drop_nulls())

    (folder / "toolkit.toml").write_text("[policy]\nwarn_days = 13\n", encoding="utf-8")
    assert open_store(folder).score().decisions["rules"].str.contains("qualification_ends").sum() == len(IDS)


def test_a_special_category_asks_a_person_unless_the_store_may_list_in_it(folder: Path) -> None:
    put_policy(folder, {"特殊类目": [["类目", "名单日期"], ["玩具", SUNDAY]]})
    put_week(folder, SUNDAY)

    run = weekly_run(open_store(folder))

    assert f"{len(IDS)}个在特殊类目,核实本店能不能发" in run.conclusion
    look = lines(run.folder / "delist.xlsx", "补货和先看")
    assert {row["规则"] for row in look} == {"特殊类目没登记"}
    assert open_store(folder).score().delist_ids() == []
    (folder / "toolkit.toml").write_text('[store]\nspecial_categories = ["玩具"]\n', encoding="utf-8")
    assert "special_category_unsure" not in "".join(open_store(folder).score().decisions["rules"].drop_nulls())


def test_news_and_the_fate_of_last_weeks_decisions_leave_the_conclusion_within_ten_lines(folder: Path) -> None:
    put_policy(folder, {"违禁词": terms("水枪")})
    put_week(folder, SUNDAY)
    first = weekly_run(open_store(folder)).folder
    answer(first / "delist.xlsx", {IDS[0]: "同意"})
    apply_run(first, hand=hand(MONDAY))
    put_policy(folder, {"违禁词": terms("水枪", "water gun", day=NEXT)})
    put_week(folder, NEXT)

    said = weekly_run(open_store(folder)).conclusion.splitlines()

    assert [line.partition(":")[0].partition("(")[0] for line in said[:3]] == [
        "上周同意下架1个", "本周结论", "政策名单比上次",
    ]  # fmt: skip
    assert len(said) <= 10
