"""A user's own captions, from a workbook or a TOML file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.load.sources.files import load_book, records
from toolkit.errors import InputError, SettingsError
from toolkit.load.loaded import load_file

HEAD = ["文件类型", "我们的列", "文件里的表头"]
BILL = "记账日期,摘要,变动金额,结余,备注\n2026-01-05 10:00:00,缴纳,100.00,100.00,x\n"


def bill(folder: Path) -> Path:
    path = folder / "download.csv"
    path.write_text(BILL, encoding="utf-8")
    return path


def test_a_file_with_unknown_captions_is_of_no_known_kind(tmp_path: Path) -> None:
    assert load_file(bill(tmp_path)).recognised == ()


def test_captions_from_a_workbook_make_it_known(tmp_path: Path) -> None:
    load_book(
        tmp_path / "列对照.xlsx",
        列对照=[
            ["给导出文件的表头起的名字", "", ""],
            HEAD,
            ["保证金账单(国际支付宝)", "入账时间", "记账日期"],
            ["deposit_bill", "kind_raw", "摘要"],
            ["deposit_bill", "交易金额", "变动金额"],
            ["deposit bill (international Alipay)", "balance", "结余"],
            ["deposit_bill", "", "没写完"],
        ],
    )
    loaded = load_file(bill(tmp_path), column_map=tmp_path / "列对照.xlsx")
    columns = ("kind_raw", "amount_fen", "balance_fen", "memo")
    assert records(loaded, "deposit_ledger", *columns) == [("缴纳", 10000, 10000, "x")]


def test_captions_from_toml_do_too_and_may_be_several(tmp_path: Path) -> None:
    path = tmp_path / "列对照.toml"
    path.write_text(
        '[deposit_bill]\nbooked_at = "记账日期"\nkind_raw = "摘要"\nstated_fen = ["变动额", "变动金额"]\nbalance_fen = "结余"\n',
        encoding="utf-8",
    )
    assert records(load_file(bill(tmp_path), column_map=path), "deposit_ledger", "amount_fen") == [(10000,)]


def test_a_caption_given_to_a_column_means_nothing_else_in_that_kind(tmp_path: Path) -> None:
    path = tmp_path / "列对照.toml"
    path.write_text(
        '[deposit_bill]\nbooked_at = "记账日期"\nkind_raw = "备注"\nstated_fen = "变动金额"\nbalance_fen = "结余"\n',
        encoding="utf-8",
    )
    loaded = load_file(bill(tmp_path), column_map=path)
    assert records(loaded, "deposit_ledger", "kind_raw", "memo") == [("x", None)]


@pytest.mark.parametrize(
    ("line", "key", "near"),
    [
        ('[deposit_bil]\nbooked_at = "a"', "column_map_kind", "deposit_bill"),
        ('[deposit_bill]\nbookd_at = "a"', "column_map_column", "booked_at"),
    ],
)
def test_a_name_that_there_is_not_is_refused_with_the_one_meant(tmp_path: Path, line: str, key: str, near: str) -> None:
    path = tmp_path / "列对照.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_file(bill(tmp_path), column_map=path)
    assert refused.value.key == key
    assert near in refused.value.sentence("zh")


def test_a_broken_toml_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "列对照.toml"
    path.write_text("[deposit_bill", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_file(bill(tmp_path), column_map=path)
    assert refused.value.key == "column_map_not_toml"
