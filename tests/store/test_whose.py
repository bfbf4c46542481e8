"""A file of another store is set aside whole, asked about once, and never stops a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import InputError
from toolkit.store.asked import ASKED_NAME
from toolkit.store.week import weekly_run

DAY = date(2026, 11, 22)


def product_list(path: Path, products: Iterable[int], *, listed: str = "2025-01-01", store: str | None = None) -> None:
    head, more = ("商品ID,标题,状态,首次上架日,数据日期", "") if store is None else (
        "商品ID,标题,状态,首次上架日,数据日期,店铺名称", f",{store}"
    )  # fmt: skip
    rows = [f"10050060{n:08d},杯子{n},在售,{listed},2026-11-20{more}" for n in products]
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def orders(path: Path, products: Iterable[int]) -> None:
    rows = [f"82{n:012d},10050060{n:08d},2026-11-21,1" for n in products]
    path.write_text("\n".join(["订单号,商品ID,下单时间,数量", *rows, ""]), encoding="utf-8")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A store that knows the products 0 to 39 from an earlier run."""
    (tmp_path / "shop" / "inbox").mkdir(parents=True)
    product_list(tmp_path / "shop" / "inbox" / "商品.csv", range(40))
    tk.open_store(tmp_path / "shop").import_inbox()
    return tmp_path / "shop"


def states(shop: Path) -> dict[str, str]:
    return {was.file: was.state for was in tk.open_store(shop).import_inbox()}


def answer(shop: Path, word: str) -> None:
    path = shop / ASKED_NAME
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n?", f"\n{word}"), encoding="utf-8")


def test_a_file_without_any_known_product_is_set_aside_with_its_evidence(shop: Path) -> None:
    orders(shop / "inbox" / "b店订单.csv", range(100, 130))

    store = tk.open_store(shop)
    run = weekly_run(store, as_of=DAY)

    why = "里面30个商品,本店知道40个商品,相同的只有0个"
    said = store.problems().filter(pl.col("problem") == "file_other_store")
    assert said["value"].to_list() == [
        f"b店订单.csv:看起来是别的店的({why}),整份没有读入;是本店的,请把 待确认文件.txt 里这一行的 ? 改成 是,再运行一次。"
    ]
    assert f"b店订单.csv看起来是别的店的({why}),没算在内" in run.conclusion
    english = weekly_run(store, as_of=DAY, lang="en").conclusion
    assert "looks like another store's (of its 30 products and the 40 this store knows, 0 are the same)" in english
    assert store.tables().order_lines is None


def test_the_answer_is_typed_once_and_holds_when_the_history_is_made_again(shop: Path) -> None:
    orders(shop / "inbox" / "订单.csv", range(100, 130))
    assert states(shop)["订单.csv"] == "other_store"
    shutil.rmtree(shop / "history")
    assert states(shop)["订单.csv"] == "other_store"

    answer(shop, "是")

    assert states(shop)["订单.csv"] == "new"
    shutil.rmtree(shop / "history")
    assert states(shop) == {"商品.csv": "new", "订单.csv": "new"}


def test_a_file_said_to_be_anothers_is_not_mentioned_again(shop: Path) -> None:
    orders(shop / "inbox" / "订单.csv", range(100, 130))
    states(shop)

    answer(shop, "不是")

    store = tk.open_store(shop)
    assert {was.file: was.state for was in store.import_inbox()}["订单.csv"] == "declined"
    assert store.problems().is_empty()


def test_an_answer_saved_by_an_old_notepad_is_understood(shop: Path) -> None:
    orders(shop / "inbox" / "订单.csv", range(100, 130))
    states(shop)

    text = (shop / ASKED_NAME).read_text(encoding="utf-8-sig").replace("\n?", "\n 是")
    (shop / ASKED_NAME).write_bytes(text.encode("gb18030"))

    assert states(shop)["订单.csv"] == "new"


def test_a_file_is_accepted_by_its_name_before_or_after_it_was_asked_about(shop: Path) -> None:
    for name, first in (("一.csv", 100), ("二.csv", 200)):
        orders(shop / "inbox" / name, range(first, first + 30))
    states(shop)
    store = tk.open_store(shop)

    store.accept("一.csv")

    assert {was.file: was.state for was in store.import_inbox()} == {
        "商品.csv": "known", "一.csv": "new", "二.csv": "other_store"
    }  # fmt: skip
    with pytest.raises(InputError, match="inbox 里没有这个文件"):
        store.accept("三.csv")


def test_products_just_listed_are_no_evidence(shop: Path) -> None:
    product_list(shop / "inbox" / "新品.csv", range(500, 560), listed="2026-11-18")

    assert states(shop)["新品.csv"] == "new"


def test_few_products_are_no_evidence(shop: Path) -> None:
    orders(shop / "inbox" / "订单.csv", range(100, 119))

    assert states(shop)["订单.csv"] == "new"


def test_a_small_list_inside_a_large_file_is_ours(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    product_list(tmp_path / "inbox" / "a.csv", range(25))
    states(tmp_path)
    orders(tmp_path / "inbox" / "b.csv", range(3000))

    assert states(tmp_path)["b.csv"] == "new"


def test_products_known_from_orders_alone_are_known(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    orders(tmp_path / "inbox" / "a.csv", range(40))
    states(tmp_path)
    product_list(tmp_path / "inbox" / "b.csv", range(40))

    assert states(tmp_path)["b.csv"] == "new"


def test_ids_that_excel_may_have_cut_are_no_evidence(shop: Path) -> None:
    rows = [f"{1005006000000000 + n * 10},1" for n in range(100, 140)]
    (shop / "inbox" / "库存_20261120.csv").write_text("\n".join(["商品ID,库存", *rows, ""]), encoding="utf-8")

    assert states(shop)["库存_20261120.csv"] == "new"


@pytest.fixture
def named(shop: Path) -> Path:
    (shop / "toolkit.toml").write_text('[store]\nname = "示例优品"\n', encoding="utf-8")
    return shop


def test_a_column_that_names_another_store_is_evidence_enough(named: Path) -> None:
    product_list(named / "inbox" / "erp.csv", range(5), store="义乌二店")

    [was] = [was for was in tk.open_store(named).import_inbox() if was.file == "erp.csv"]

    assert was.why is not None
    assert was.why.zh == "文件里写的店铺是「义乌二店」,本店是「示例优品」"


def test_a_file_with_several_stores_is_set_aside_too(named: Path) -> None:
    product_list(named / "inbox" / "erp.csv", range(5), store="义乌二店")
    with (named / "inbox" / "erp.csv").open("a", encoding="utf-8") as file:
        file.write("1005006000000006,杯子,在售,2025-01-01,2026-11-20,示例优品\n")

    [was] = [was for was in tk.open_store(named).import_inbox() if was.file == "erp.csv"]

    assert was.why is not None
    assert was.why.en.startswith("it holds 2 stores, among them “义乌二店”")


def test_a_store_is_the_same_under_a_longer_name(named: Path) -> None:
    product_list(named / "inbox" / "erp.csv", range(5), store="示例优品 全托管店")

    assert states(named)["erp.csv"] == "new"
