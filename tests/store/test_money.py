"""The money of a store folder: its own files, those it shares with other stores, and the sheets kept by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.load.sources.files import load_book
from toolkit.errors import StoreError
from toolkit.store import Store, money_of, open_store, read_money

BILL = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n"
LEDGER = "日期,类别,金额,参考号\n2026-01-05,缴纳,10000,R1\n"


def row(row_id: str, amount: str = "10.00") -> str:
    return f"2026-03-02 10:00:00,退款,某店,x,杯子,不计收支,{amount},,退款成功,{row_id}\t,T1\t,,\n"


def store(shops: Path, name: str) -> Store:
    (shops / name / "inbox").mkdir(parents=True)
    (shops / "_共用").mkdir(exist_ok=True)
    return open_store(shops / name)


def put(path: Path, text: str) -> None:
    path.write_bytes(text.encode("gb18030"))


def test_a_store_without_money_files_knows_nothing_of_money(tmp_path: Path) -> None:
    assert store(tmp_path, "一店").money().bill_rows is None


def test_a_stores_own_files_are_its_own_and_shared_ones_are_read_too(tmp_path: Path) -> None:
    one = store(tmp_path, "一店")
    put(tmp_path / "一店" / "inbox" / "台账.csv", LEDGER)
    put(tmp_path / "_共用" / "alipay.csv", BILL + row("2026A") + row("2026B"))
    money = one.money()
    assert money.deposit_ledger is not None
    assert money.deposit_ledger.select("store", "amount_fen").rows() == [("一店", 1000000)]
    assert money.bill_rows is not None
    assert money.bill_rows["amount_fen"].to_list() == [1000, 1000]
    assert money.bill_files is not None
    assert money.bill_files["read_rows"].to_list() == [2]
    assert {was.file: was.state for was in open_store(one.folder).import_inbox()} == {
        "台账.csv": "known",
        "alipay.csv": "known",
    }


def test_stores_together_count_a_shared_bill_once(tmp_path: Path) -> None:
    stores = [store(tmp_path, name) for name in ("一店", "二店")]
    put(tmp_path / "_共用" / "alipay.csv", BILL + row("2026A"))
    for name in ("一店", "二店"):
        put(tmp_path / name / "inbox" / "台账.csv", LEDGER.replace("R1", name))
    money = money_of(stores)
    assert money.bill_rows is not None
    assert money.bill_rows.height == 1
    assert money.deposit_ledger is not None
    assert money.deposit_ledger["store"].to_list() == ["一店", "二店"]


def test_a_file_in_both_places_is_read_once_for_good(tmp_path: Path) -> None:
    one = store(tmp_path, "一店")
    for folder in (tmp_path / "一店" / "inbox", tmp_path / "_共用"):
        put(folder / "台账.csv", LEDGER)
    money = one.money()
    assert money.deposit_ledger is not None
    assert money.deposit_ledger["store"].to_list() == ["一店"]
    assert [was.state for was in open_store(one.folder).import_inbox()] == ["known", "known"]


def test_the_store_file_is_kept_by_editions_in_the_store_and_in_the_shared_folder(tmp_path: Path) -> None:
    one = store(tmp_path, "一店")
    for home, name, tail in ((one.folder, "一店", "0123"), (tmp_path / "_共用", "二店", "0456")):
        load_book(home / "店铺档案.xlsx", 店铺档案=[["店铺", "支付宝尾号"], [name, tail]])
    assert _stores(one) == [("一店", "0123"), ("二店", "0456")]
    load_book(one.folder / "店铺档案.xlsx", 店铺档案=[["店铺", "支付宝尾号"], ["一店", "0999"]])
    assert _stores(open_store(one.folder)) == [("一店", "0999"), ("二店", "0456")]


def _stores(one: Store) -> list[tuple[object, ...]]:
    table = one.money().store_file
    assert table is not None
    return table.select("store", "alipay_tail").rows()


def test_a_column_map_that_comes_later_is_heeded(tmp_path: Path) -> None:
    one = store(tmp_path, "一店")
    text = "记账日期,摘要,变动金额,结余\n2026-01-05 10:00:00,缴纳,100.00,100.00\n"
    put(one.folder / "inbox" / "download.csv", text)
    assert [was.state for was in one.import_inbox()] == ["unknown_kind"]
    captions = (
        '[deposit_bill]\nbooked_at = "记账日期"\nkind_raw = "摘要"\nstated_fen = "变动金额"\nbalance_fen = "结余"\n'
    )
    (tmp_path / "_共用" / "列对照.toml").write_text(captions, encoding="utf-8")
    money = open_store(one.folder).money()
    assert money.deposit_ledger is not None
    assert money.deposit_ledger["amount_fen"].to_list() == [10000]


def test_named_files_tell_the_same_without_a_store(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", BILL + row("2026A") + row("2026B", "1.005"))
    put(tmp_path / "b.csv", BILL + row("2026A"))
    put(tmp_path / "c.csv", LEDGER)
    told = read_money([tmp_path / name for name in ("a.csv", "b.csv", "c.csv", "gone.csv")], store="一店")
    assert told.tables.bill_rows is not None
    assert told.tables.bill_rows["row_id"].to_list() == ["2026A"]
    assert told.tables.deposit_ledger is not None
    assert told.tables.deposit_ledger["store"].to_list() == ["一店"]
    assert [was.state for was in told.files] == ["new", "new", "new", "unreadable"]
    assert told.problems.filter(told.problems["effect"] == "rejected")["value"].to_list() == ["1.005"]


def test_a_bill_does_not_decide_which_week_it_is(tmp_path: Path) -> None:
    one = store(tmp_path, "一店")
    put(one.folder / "inbox" / "alipay.csv", BILL + row("2026A"))
    with pytest.raises(StoreError):
        one.latest_day()
    put(one.folder / "inbox" / "orders.csv", "订单号,商品ID,下单时间,数量\n1,1005006123456789,2026-02-01,1\n")
    assert open_store(one.folder).latest_day() == date(2026, 2, 1)
