"""The first inbox of a store: two stores in one folder are noticed, and files that merely tell different products are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import toolkit as tk
from tests.store.conftest import put_products
from tests.store.test_whose import DAY, answer, orders, product_list, states
from toolkit.store.asked import ASKED_NAME
from toolkit.store.week import weekly_run


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A store with a product list of 40 and orders of half of them."""
    (tmp_path / "shop" / "inbox").mkdir(parents=True)
    product_list(tmp_path / "shop" / "inbox" / "商品.csv", range(40))
    orders(tmp_path / "shop" / "inbox" / "订单.csv", range(20))
    return tmp_path / "shop" / "inbox"


def stock(path: Path, products: range) -> None:
    rows = [f"10050060{n:08d},5" for n in products]
    path.write_text("\n".join(["商品ID,可售库存", *rows, ""]), encoding="utf-8")


def test_orders_of_another_store_are_asked_about_with_the_evidence(inbox: Path) -> None:
    orders(inbox / "b店.csv", range(100, 130))

    store = tk.open_store(inbox.parent)
    run = weekly_run(store, as_of=DAY)

    why = "里面30个商品,一起放进来的 商品.csv, 订单.csv 里有40个商品,相同的只有0个"
    assert f"b店.csv看起来是别的店的({why}),没算在内" in run.conclusion
    assert "of its 30 products and the 40 in" in store.not_read("en")[0]
    assert states(inbox.parent) == {"商品.csv": "known", "订单.csv": "known", "b店.csv": "other_store"}


def test_a_second_store_with_a_list_and_orders_of_its_own_is_asked_about_whole(inbox: Path) -> None:
    product_list(inbox / "b商品.csv", range(100, 130))
    orders(inbox / "b订单.csv", range(100, 130))

    found = states(inbox.parent)

    assert [name for name, state in found.items() if state == "other_store"] == ["b商品.csv", "b订单.csv"]


def test_a_list_and_orders_that_share_no_product_are_of_two_stores(inbox: Path) -> None:
    orders(inbox / "订单.csv", range(100, 130))

    assert states(inbox.parent) == {"商品.csv": "new", "订单.csv": "other_store"}


def test_stock_of_products_that_are_on_no_list_is_asked_about(inbox: Path) -> None:
    stock(inbox / "库存_20261120.csv", range(100, 130))

    assert states(inbox.parent)["库存_20261120.csv"] == "other_store"


def test_whichever_family_was_taken_can_be_declined_and_the_other_accepted(inbox: Path) -> None:
    product_list(inbox / "b商品.csv", range(100, 130))
    orders(inbox / "b订单.csv", range(100, 130))
    states(inbox.parent)
    text = (inbox.parent / ASKED_NAME).read_text(encoding="utf-8-sig")
    assert [line.split()[:2] for line in text.splitlines()[-4:]] == [
        ["?", "b商品.csv"], ["?", "b订单.csv"], ["是", "商品.csv"], ["是", "订单.csv"],
    ]  # fmt: skip

    swapped = text.replace("\n是", "\n不是").replace("\n?", "\n是")
    (inbox.parent / ASKED_NAME).write_text(swapped, encoding="utf-8")

    assert states(inbox.parent) == {
        "b商品.csv": "new", "b订单.csv": "new", "商品.csv": "declined", "订单.csv": "declined"
    }  # fmt: skip


def test_an_accepted_family_stays_when_the_history_is_made_again(inbox: Path) -> None:
    orders(inbox / "b.csv", range(100, 130))
    states(inbox.parent)
    answer(inbox.parent, "是")
    assert states(inbox.parent)["b.csv"] == "new"

    shutil.rmtree(inbox.parent / "history")

    assert set(states(inbox.parent).values()) == {"new"}
    shutil.rmtree(inbox.parent / "history")
    assert set(states(inbox.parent).values()) == {"new"}


def test_files_that_name_two_stores_are_of_two_however_few_their_products(inbox: Path) -> None:
    product_list(inbox / "商品.csv", range(40), store="义乌优品")
    product_list(inbox / "erp.csv", range(100, 103), store="杭州二店")

    store = tk.open_store(inbox.parent)

    [was] = [was for was in store.import_inbox() if was.state == "other_store"]
    assert was.why is not None
    assert was.why.zh == "文件里写的店铺是「杭州二店」,一起放进来的 商品.csv, 订单.csv 写的是「义乌优品」"


def test_the_sheet_kept_by_hand_says_which_family_is_the_stores(inbox: Path) -> None:
    put_products(inbox.parent / "商品表.xlsx", [{"商品ID": f"10050060{n:08d}", "标题": "杯"} for n in range(100, 110)])
    orders(inbox / "本店.csv", range(100, 125))

    found = states(inbox.parent)

    assert found["本店.csv"] == "new"
    assert found["商品.csv"] == found["订单.csv"] == "other_store"


def test_a_list_beside_another_list_may_be_its_other_half(inbox: Path) -> None:
    product_list(inbox / "已下架.csv", range(100, 160))

    assert set(states(inbox.parent).values()) == {"new"}
    assert not (inbox.parent / ASKED_NAME).exists()


def test_sales_of_another_time_may_be_of_products_that_are_gone(inbox: Path) -> None:
    rows = [f"82{n:012d},10050060{n:08d},2025-11-21,1" for n in range(100, 130)]
    (inbox / "去年.csv").write_text("\n".join(["订单号,商品ID,下单时间,数量", *rows, ""]), encoding="utf-8")

    assert set(states(inbox.parent).values()) == {"new"}


def test_few_products_say_nothing(inbox: Path) -> None:
    orders(inbox / "b.csv", range(100, 119))

    assert set(states(inbox.parent).values()) == {"new"}
