"""The store file and the cases beside it; all names are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.load.sources.files import load_book, problems, records
from toolkit.load.loaded import load_file
from toolkit.store.new import init_store

HEAD = ["店铺", "关联自营店", "公司", "支付宝尾号", "保证金日期", "保证金金额", "申请日", "审核通过日", "备注"]


def test_a_store_is_told_with_its_deposit_and_the_case_of_its_return(tmp_path: Path) -> None:
    rows = [
        ["一店", "自营一", "义乌某公司", "0123", dt.date(2025, 1, 5), 10000, dt.date(2026, 3, 1), "", "x"],
        ["二店", "自营二", "义乌某公司", "0456", "2025-02-05", "10,000.00", "", "", ""],
    ]
    loaded = load_book(tmp_path / "店铺档案.xlsx", 店铺档案=[HEAD, *rows])
    columns = ("store", "self_run_store", "alipay_tail", "deposit_on", "deposit_fen", "applied_on", "approved_on")
    assert records(loaded, "store_file", *columns) == [
        ("一店", "自营一", "0123", dt.date(2025, 1, 5), 1000000, dt.date(2026, 3, 1), None),
        ("二店", "自营二", "0456", dt.date(2025, 2, 5), 1000000, None, None),
    ]
    assert records(loaded, "applications", "store", "case_kind", "submitted_on", "approved_on", "account") == [
        ("一店", "deposit_refund", dt.date(2026, 3, 1), None, "0123")
    ]
    assert problems(loaded) == []


def test_what_init_writes_is_read_back_as_empty_tables(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        init_store(tmp_path / lang, lang=lang)
        loaded = load_file(tmp_path / lang / "店铺档案.xlsx")
        assert {sheet.source.name for sheet in loaded.recognised if sheet.source} == {
            "store_file",
            "cases",
            "bill_ranges",
        }
        assert records(loaded, "store_file", "store") == []
        assert records(loaded, "applications", "store") == []
        assert problems(loaded) == []


def test_what_bills_hold_is_said_one_bill_per_row(tmp_path: Path) -> None:
    head = ["账单文件", "账号", "起始日", "终止日", "导出类型", "备注"]
    rows = [
        ["alipay_record_1.csv", "", "", "", "全部", ""],
        ["b.csv", "138****0001", dt.date(2026, 10, 1), "2026-11-19", "仅支出(里面没有退款)", ""],
        ["c.csv", "", "", "", "大概全部", ""],
    ]
    loaded = load_book(tmp_path / "店铺档案.xlsx", 账单范围=[head, *rows])

    assert records(loaded, "bill_ranges", "bill_name", "account", "first_day", "last_day", "bill_filter") == [
        ("alipay_record_1.csv", None, None, None, "all"),
        ("b.csv", "138****0001", dt.date(2026, 10, 1), dt.date(2026, 11, 19), "expenses_only"),
        ("c.csv", None, None, None, None),
    ]
    assert problems(loaded) == [(4, "bill_filter", "unknown_word", "blanked")]


def test_a_store_says_what_the_opening_asks_for(tmp_path: Path) -> None:
    head = ["店铺", "支付宝尾号", "主体类型", "邮箱没用过", "浏览器", "电话畅通"]
    loaded = load_book(tmp_path / "a.xlsx", 店铺档案=[head, ["一店", "0123", "个体工商户", "是", "Chrome", "否"]])

    columns = ("entity_type", "email_unused", "browser", "phone_reachable")
    assert records(loaded, "store_file", *columns) == [("sole_trader", "yes", "Chrome", "no")]


def test_cases_have_a_kind_and_the_days_of_their_stages(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "a.xlsx",
        办理事项=[
            ["店铺", "办理事项", "事项编号", "提交日", "通过日", "驳回日", "申请金额", "退款账号", "事由", "备注"],
            ["一店", "保证金退款", "A1", "2026-03-01", "2026-03-05", "", 9987.6, "0123", "不做了", ""],
            ["一店", "公司认证", "", "2026-01-05 10:30:00", "", "2026-01-06", "", "", "执照不清", ""],
            ["一店", "商标备案", "", "2026-01-05", "", "", "", "", "", ""],
        ],
    )
    columns = ("case_kind", "case_id", "submitted_on", "submitted_at", "approved_on", "rejected_on", "amount_fen")
    assert records(loaded, "applications", *columns) == [
        ("company_certification", None, dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 10, 30), None, dt.date(2026, 1, 6), None),
        ("deposit_refund", "A1", dt.date(2026, 3, 1), None, dt.date(2026, 3, 5), None, 998760),
        ("other", None, dt.date(2026, 1, 5), None, None, None, None),
    ]  # fmt: skip
    assert problems(loaded) == [(4, "case_kind", "unknown_word", "blanked")]


def test_a_list_of_applications_without_a_kind_is_one_of_deposit_refunds(tmp_path: Path) -> None:
    loaded = load_book(tmp_path / "a.xlsx", 申请=[["店铺", "申请编号", "申请日"], ["一店", "A1", "2026-03-01"]])
    assert records(loaded, "applications", "case_kind", "case_id") == [("deposit_refund", "A1")]
