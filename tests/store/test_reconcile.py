"""Which stores and files a reconciliation is about."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from toolkit.errors import StoreError
from toolkit.sample import write_deposit_sample
from toolkit.store import open_store
from toolkit.store.reconcile import open_stores, reconcile_paths
from toolkit.store.reconciled import Reconciled
from toolkit.store.week import weekly_run

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("m") / "shops"
    write_deposit_sample(folder)
    reconcile_paths([folder], as_of=DAY)  # their files are read once, for all tests
    return folder


def states(done: Reconciled) -> dict[str, str]:
    cases = done.deposits.cases.filter(case_kind="deposit_refund")
    return dict(cases.select("store", "case_state").iter_rows())


def test_a_star_a_folder_of_stores_and_stores_one_by_one_are_the_same(shops: Path) -> None:
    by_star = states(reconcile_paths([shops / "*"], as_of=DAY))

    assert by_star == states(reconcile_paths([shops], as_of=DAY))
    assert by_star == states(reconcile_paths(sorted(shops.glob("义乌*")), as_of=DAY))
    assert "_共用" not in [store.name for store in open_stores(shops)]


def test_files_are_reconciled_without_a_store(shops: Path) -> None:
    files = [shops / "_共用" / "店铺档案.xlsx", *sorted((shops / "_共用").glob("*6612.csv"))]

    assert states(reconcile_paths(files, as_of=DAY))["义乌四店"] == "duplicate"


def test_without_a_day_the_latest_day_of_the_files_counts(shops: Path) -> None:
    assert open_stores(shops).deposits().as_of == date(2026, 11, 19)


def test_stores_and_files_together_are_refused(shops: Path) -> None:
    with pytest.raises(StoreError, match="不能混在一起"):
        reconcile_paths([shops / "义乌一店", shops / "_共用" / "店铺档案.xlsx"], as_of=DAY)


def test_a_star_that_means_nothing_is_told(shops: Path) -> None:
    with pytest.raises(StoreError, match="没有符合"):
        reconcile_paths([shops / "广州*"], as_of=DAY)


def test_holidays_and_words_of_the_users_own_count(shops: Path, tmp_path: Path) -> None:
    mine = tmp_path / "shops"
    shutil.copytree(shops, mine)
    rule = '[[rule]]\nid = "mine"\nclass = "other"\nany = ["速卖通保证金退还"]\n'
    (mine / "_共用" / "保证金规则.toml").write_text(rule, encoding="utf-8")

    done = reconcile_paths([mine], as_of=DAY)

    assert states(done)["义乌四店"] == "overdue"
    assert done.problems.filter(source_file="保证金规则.toml").is_empty()


def test_a_list_counts_for_the_store_in_whose_folder_it_lies(shops: Path, tmp_path: Path) -> None:
    """Empty lists say that nothing is open: of the day in their name, of the store they lie in."""
    mine = tmp_path / "shops"
    shutil.copytree(shops, mine)
    debts = "欠款编号,欠款状态,欠款金额,币种\n"
    for store, name in (("义乌一店", "欠款_20261119.csv"), ("义乌二店", "欠款.csv"), ("义乌三店", "欠款_20261101.csv")):
        (mine / store / "inbox" / name).write_bytes(debts.encode("gb18030"))

    checks = dict(reconcile_paths([mine], as_of=DAY).deposits.cases.select("store", "no_debt").iter_rows())

    assert checks == {"义乌一店": True, "义乌二店": None, "义乌三店": None, "义乌四店": None}


def test_a_list_of_which_a_row_could_not_be_read_says_nothing(shops: Path, tmp_path: Path) -> None:
    mine = tmp_path / "shops"
    shutil.copytree(shops, mine)
    debts = "欠款编号,欠款状态,欠款金额,币种\nR1,已还清,一百,CNY\n"
    (mine / "义乌一店" / "inbox" / "欠款_20261119.csv").write_bytes(debts.encode("gb18030"))

    lists = reconcile_paths([mine], as_of=DAY).deposits.lists.filter(list_name="debts", store="义乌一店")

    assert lists["is_fresh"].to_list() == [False]


def test_refunds_of_orders_are_reconciled_when_a_file_tells_of_them(shops: Path, tmp_path: Path) -> None:
    mine = tmp_path / "shops"
    shutil.copytree(shops, mine)
    assert open_stores(mine).refunds(as_of=DAY) is None
    order = "订单号,放款状态,放款金额,退款金额,币种,放款时间\n8212345678901234,已放款,123.45,,CNY,2026-11-02\n"
    (mine / "义乌一店" / "inbox" / "放款.csv").write_bytes(order.encode("gb18030"))

    done = reconcile_paths([mine], as_of=DAY)

    assert done.refunds is not None
    assert done.refunds.items["amount_fen"].to_list() == [12345]
    assert len(done.write(tmp_path / "r.xlsx")) == 3


def test_a_weekly_run_writes_the_reconciliation_when_files_tell_of_money(shops: Path, tmp_path: Path) -> None:
    mine = tmp_path / "shops"
    shutil.copytree(shops, mine)
    products = "商品ID,商品名称,商品状态,数据日期\n1005006123456789,杯子,上架,2026-11-15\n"
    (mine / "义乌二店" / "inbox" / "商品.csv").write_bytes(products.encode("gb18030"))

    run = weekly_run(open_store(mine / "义乌二店"))

    assert [path.name for path in run.files][-4:] == [
        "reconciliation.xlsx", "reconciliation_deposits.png", "reconciliation_ageing.png", "manifest.json",
    ]  # fmt: skip
    assert run.notes == ()
    assert "reconciliation.xlsx" in run.files[-1].read_text(encoding="utf-8")
    again = weekly_run(open_store(mine / "义乌二店"))
    assert again.folder == run.folder
