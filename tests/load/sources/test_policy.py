from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.load.sources.files import counts, load_book, problems, records

HEAD = ["生效日", "失效日", "例外", "名单日期", "备注"]


def test_each_sheet_of_the_policy_workbook_gives_its_kind_of_entry(tmp_path: Path) -> None:
    day = date(2026, 11, 1)
    loaded = load_book(
        tmp_path / "policy.xlsx",
        违禁词=[["词", *HEAD], ["电子烟", day, "", "支架;花灯", day, "11月公告"]],
        品牌=[["内容", *HEAD], ["Zorvexa", "", "2026-12-31", "", day, ""]],
        类目=[["类目", *HEAD], ["磁力珠玩具", "", "", "", day, ""]],
        商品ID=[["商品ID", *HEAD], ["1005006123456789", "", "", "", day, ""]],
        保护名单=[["商品ID", *HEAD], ["1005006123456780", "", "", "", day, "老客户"]],
    )
    assert records(loaded, "policy", "policy_kind", "policy_value", "policy_list_on") == [
        ("brand", "Zorvexa", day),
        ("category", "磁力珠玩具", day),
        ("product", "1005006123456789", day),
        ("protected", "1005006123456780", day),
        ("term", "电子烟", day),
    ]
    columns = ("policy_value", "policy_from", "policy_until", "policy_exceptions", "note")
    assert records(loaded, "policy", *columns)[2:] == [
        ("Zorvexa", None, date(2026, 12, 31), None, None),
        ("电子烟", day, None, "支架;花灯", "11月公告"),
        ("磁力珠玩具", None, None, None, None),
    ]
    assert problems(loaded) == []


def test_english_sheets_and_headers_do_too(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "policy.xlsx",
        Terms=[["Term", "From", "Until", "Exceptions", "List date", "Note"], ["vape", "2026-11-01", "", "", "", "x"]],
        Protected=[["Product ID", "Note"], ["1005006123456780", ""]],
    )
    assert records(loaded, "policy", "policy_kind", "policy_value", "policy_from", "note") == [
        ("protected", "1005006123456780", None, None),
        ("term", "vape", date(2026, 11, 1), "x"),
    ]


def test_an_entry_with_an_unreadable_day_is_kept_and_the_day_reported(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "policy.xlsx",
        违禁词=[["词", *HEAD], ["电子烟", "下个月", "", "", "", ""], ["", "2026-11-01", "", "", "", "忘了写词"]],
    )
    assert records(loaded, "policy", "policy_value", "policy_from") == [("电子烟", None)]
    assert problems(loaded) == [
        (2, "policy_from", "date", "blanked"),
        (3, "policy_value", "missing", "rejected"),
    ]
    assert counts(loaded) == (2, 1, 0, 1)


def test_a_list_of_product_ids_must_not_hold_a_semicolon_in_one_cell(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "policy.xlsx", 商品ID=[["商品ID", "备注"], ["1005006123456789;1005006123456780", "两个"]]
    )
    assert problems(loaded) == [(2, "policy_value", "id_separator", "rejected")]


def test_papers_and_special_categories_have_sheets_of_their_own(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "policy.xlsx",
        资质=[
            ["商品ID或类目", "资质名称", "有效期至"],
            ["1005006123456789", "CE", "2026-12-01"],
            ["玩具", "3C认证", "2027/1/5"],
        ],
        特殊类目=[["类目", "名单日期"], ["医疗器械", "2026-11-01"]],
    )
    assert records(loaded, "policy", "policy_kind", "policy_value", "policy_document", "policy_until") == [
        ("qualification", "1005006123456789", "CE", date(2026, 12, 1)),
        ("qualification", "玩具", "3C认证", date(2027, 1, 5)),
        ("special", "医疗器械", None, None),
    ]
    assert problems(loaded) == []


def test_two_papers_of_one_product_are_both_kept(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "policy.xlsx",
        Qualifications=[
            ["Product id or category", "Qualification", "Valid until"],
            ["77", "CE", "2026-12-01"],
            ["77", "FCC", "2027-01-05"],
        ],
    )
    assert records(loaded, "policy", "policy_document") == [("CE",), ("FCC",)]
