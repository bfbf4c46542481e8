from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.load.sources.files import counts, load_book, load_text, problems, records
from toolkit.load import csv_text
from toolkit.load.loaded import load_file
from toolkit.schema import CATALOG, ORDER_LINES, PROBLEMS
from toolkit.words import text

HEADER = "订单号,商品ID,付款时间,数量,单价,状态,买家手机"
LINE = "8201,1005006123456789,2026-11-01 08:00:00,2,12.50,已付款,13800000000"


def test_rows_become_the_tables_columns_and_nothing_else(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "订单.csv", HEADER, LINE)
    table = loaded.sheets[0].tables["order_lines"].collect()
    assert table.schema == pl.Schema(ORDER_LINES.dtypes)
    assert table.select("order_id", "product_id", "ordered_on", "quantity", "unit_price_fen", "currency").row(0) == (
        "8201", "1005006123456789", date(2026, 11, 1), 2, 1250, "CNY",
    )  # fmt: skip
    assert table.select("order_status", "order_status_raw", "channel", "source_file", "source_row").row(0) == (
        "paid", "已付款", "fully_managed", "订单.csv", 2,
    )  # fmt: skip
    assert loaded.sheets[0].unknown_columns == ("买家手机",)
    assert not any("138" in str(value) for value in table.row(0))


def test_titles_blanks_repeated_headers_footers_and_instructions_are_set_aside(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        "订单导出,,,,,,",
        ",,,,,,",
        HEADER,
        "必填,必填,必填,必填,选填,选填,选填",
        LINE,
        "",
        HEADER,
        LINE.replace("8201", "8202"),
        "合计,,,4,,,",
        "共2笔记录",
    )
    assert counts(loaded) == (10 - 1 + 0, 2, 7, 0)
    assert loaded.problems.select("source_row", "problem").rows() == [
        (1, "title"), (4, "instruction"), (7, "header_again"), (9, "footer"), (10, "footer"),
    ]  # fmt: skip
    assert set(loaded.problems["effect"]) == {"set_aside"}


def test_a_footer_is_no_product_even_where_ids_may_be_any_text(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "商品ID,标题,库存", "A-1,杯子,5", "TOTAL-X,灯,5", "总计,,10")
    assert counts(loaded) == (3, 2, 1, 0)
    assert records(loaded, "catalog", "product_id") == [("A-1",), ("TOTAL-X",)]


def test_a_bad_price_costs_the_price_and_a_bad_id_costs_the_row(tmp_path: Path) -> None:
    loaded = load_text(
        tmp_path / "a.csv",
        HEADER,
        LINE.replace("12.50", "12.505"),
        LINE.replace("1005006123456789", "1;2"),
        LINE.replace("1005006123456789", ""),
        LINE.replace("2026-11-01 08:00:00", "1999-01-01"),
        LINE.replace(",2,", ",2.5,"),
    )
    assert counts(loaded) == (5, 1, 0, 4)
    assert records(loaded, "order_lines", "quantity", "unit_price_fen") == [(2, None)]
    found = loaded.problems.select("cell", "column", "value", "problem", "effect").rows()
    assert found == [
        ("E2", "unit_price_fen", "12.505", "money", "blanked"),
        ("B3", "product_id", "1;2", "id_separator", "rejected"),
        ("B4", "product_id", "", "missing", "rejected"),
        ("C5", "ordered_on", "1999-01-01", "date_range", "rejected"),
        ("D6", "quantity", "2.5", "units", "rejected"),
    ]


def test_rows_longer_or_shorter_than_the_header_are_rejected(tmp_path: Path) -> None:
    header = "订单号,商品ID,付款时间,数量,单价"
    loaded = load_text(
        tmp_path / "a.csv",
        header,
        "1,1005006123456789,2026-11-01,1,2",
        "2,1005006123456789,2026-11-01,1",
        "3,1005006123456789,2026-11-01,1,",
        "4,1005006123456789,2026-11-01,1,2,,",
        "5,1005006123456789,2026-11-01,1,2,9",
    )
    assert counts(loaded) == (5, 3, 0, 2)
    assert problems(loaded) == [
        (3, None, "too_few_fields", "rejected"),
        (6, None, "too_many_fields", "rejected"),
    ]


def test_missing_words_are_null_and_no_problem(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "商品ID,标题,供货价,库存,卖家SKU", "A1,杯子,--,暂无,NA")
    assert records(loaded, "catalog", "supply_price_fen", "on_hand_units", "seller_sku") == [(None, None, "NA")]
    assert problems(loaded) == []
    assert records(loaded, "catalog", "currency") == [(None,)]


def test_an_unknown_word_is_null_and_kept_as_written(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "商品ID,状态", "A1,onSelling", "A2,审核不通过", "A3,飞走了", "A4,OFFLINE")
    assert records(loaded, "catalog", "product_id", "status", "status_raw") == [
        ("A1", "on_sale", "onSelling"),
        ("A2", "review_failed", "审核不通过"),
        ("A3", None, "飞走了"),
        ("A4", "delisted", "OFFLINE"),
    ]
    assert problems(loaded) == [(4, "status", "unknown_word", "blanked")]


def test_two_currencies_never_meet_in_one_row(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "商品ID,供货价,成本价", "A1,US $12,8元", "A2,12,8", "A3,,US$3")
    assert records(loaded, "catalog", "product_id", "supply_price_fen", "unit_cost_fen", "currency") == [
        ("A1", 1200, None, "USD"),
        ("A2", 1200, 800, "CNY"),
        ("A3", None, 300, "USD"),
    ]
    assert problems(loaded) == [(2, "unit_cost_fen", "currency_mixed", "blanked")]


def test_the_currency_column_or_the_store_says_what_amounts_are_in(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    load_text(path, "订单号,商品ID,日期,数量,单价,币种", "1,A1,2026-11-01,1,5,人民币", "2,A1,2026-11-01,1,5,")
    table = load_file(path, currency="USD").sheets[0].tables["order_lines"].collect()
    assert table.sort("order_id")["currency"].to_list() == ["CNY", "USD"]


def test_ids_that_were_numbers_are_suspect_and_kept(tmp_path: Path) -> None:
    loaded = load_book(
        tmp_path / "a.xlsx",
        Sheet1=[
            ["商品ID", "标题"],
            [1005006123456780, "杯子"],
            ["1005006123456789", "灯"],
            ["1.00501E+15", "伞"],
            [12345, "垫"],
        ],
    )
    assert records(loaded, "catalog", "product_id", "is_suspect_id") == [
        ("1.00501E+15", True),
        ("1005006123456780", True),
        ("1005006123456789", False),
        ("12345", False),
    ]


def test_a_column_of_long_ids_that_all_end_in_zero_is_suspect(tmp_path: Path) -> None:
    def suspects(endings: str) -> list[bool]:
        lines = [f"100500612345{n:03d}{ending},杯子" for n, ending in enumerate(endings)]
        loaded = load_text(tmp_path / "a.csv", "商品ID,标题", *lines)
        return loaded.sheets[0].tables["catalog"].collect()["is_suspect_id"].to_list()

    assert suspects("000000") == [True] * 6
    assert suspects("00000") == [False] * 5
    assert suspects("0000010") == [False] * 7


def test_a_header_twice_is_a_problem_that_names_both_cells(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "商品ID,标题,库存,库存", "A1,杯子,1,2")
    assert loaded.problems.select("cell", "column", "problem", "effect").rows() == [
        ("C1, D1", "on_hand_units", "header_twice", "first_kept")
    ]
    assert records(loaded, "catalog", "on_hand_units") == [(1,)]


def test_the_day_of_a_snapshot_is_its_columns_else_its_names(tmp_path: Path) -> None:
    named = load_text(tmp_path / "商品_20261120.csv", "商品ID,标题,数据日期", "A1,杯子,2026-11-18", "A2,灯,")
    assert records(named, "catalog", "product_id", "observed_on") == [
        ("A1", date(2026, 11, 18)),
        ("A2", date(2026, 11, 20)),
    ]
    assert named.sheets[0].observed_on is None
    silent = load_text(tmp_path / "商品.csv", "商品ID,标题", "A1,杯子")
    assert silent.sheets[0].observed_on is None
    dated = load_text(tmp_path / "2026-11-20.csv", "商品ID,标题", "A1,杯子")
    assert dated.sheets[0].observed_on == date(2026, 11, 20)


def test_a_large_file_gives_the_same_as_a_small_one(tmp_path: Path, monkeypatch) -> None:
    lines = [HEADER, LINE, LINE.replace("12.50", "x"), "合计,,,4,,,", LINE.replace("1005006123456789", ""), "1,2"]
    small = load_text(tmp_path / "a.csv", *lines)
    monkeypatch.setattr(csv_text, "LARGE", 0)
    large = load_file(tmp_path / "a.csv")
    assert large.counts == small.counts
    assert large.problems.equals(small.problems)
    assert large.sheets[0].coverage.equals(small.sheets[0].coverage)
    pairs = [file.sheets[0].tables["order_lines"].collect().sort("source_row") for file in (small, large)]
    assert pairs[0].equals(pairs[1])


def test_more_problems_than_anyone_reads_are_counted(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("toolkit.load.problems.MOST_PROBLEMS", 3)
    loaded = load_text(tmp_path / "a.csv", "商品ID,标题", *["a;b,杯子"] * 5)
    assert counts(loaded) == (5, 0, 0, 5)
    assert loaded.problems.select("problem", "value").rows()[-1] == ("not_listed", "2")


CELLS = st.sampled_from(
    ["", "1005006123456789", "1.00501E+15", "a;b", "合计", "商品ID", "2026-11-01", "2", "-1", "2.5", "¥3.10", "--",
     "必填", "x", '"', "共3笔记录", "99999999999999999999999"]
)  # fmt: skip

# A file with a NUL byte is no text: it is refused as a whole.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS | TEXTS, min_size=1, max_size=9), max_size=12),
    above=st.lists(TEXTS, max_size=3),
    is_book=st.booleans(),
)
def test_every_row_is_kept_set_aside_or_rejected(
    tmp_path: Path, rows: list[list[str]], above: list[str], is_book: bool
) -> None:
    header = ["订单号", "商品ID", "付款时间", "数量", "单价", "状态", "SKU ID"]
    if is_book:
        clean = [[cell for cell in row if len(cell) < 100] for row in rows]
        loaded = load_book(tmp_path / "a.xlsx", 订单=[*([title] for title in above), header, *clean])
    else:
        quoted = [
            ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row)
            for row in [*([t] for t in above), header, *rows]
        ]
        (tmp_path / "a.csv").write_text("\n".join(quoted) + "\n", encoding="utf-8", newline="")
        loaded = load_file(tmp_path / "a.csv")
    for sheet in loaded.recognised:
        told = sheet.counts
        assert told.read == told.kept + told.set_aside + told.rejected
        assert told.kept == sheet.tables["order_lines"].select(pl.len()).collect().item()
        listed = sheet.problems.filter(pl.col("effect") == "rejected")["source_row"].n_unique()
        assert listed == told.rejected
        assert sheet.problems.schema == pl.Schema(PROBLEMS.dtypes)


def test_every_problem_that_can_be_told_has_words() -> None:
    for key in ("format", "missing", "id", "id_separator", "date", "date_range", "units", "negative", "money", "percent",
                "currency_mixed", "unknown_word", "too_many_fields", "too_few_fields", "incomplete", "header_twice",
                "title", "header_again", "footer", "instruction", "not_listed"):  # fmt: skip
        assert text(f"problem.{key}").zh
    for key in ("rejected", "blanked", "set_aside", "first_kept", "not_listed"):
        assert text(f"effect.{key}").en


def test_the_tables_are_the_schemas(tmp_path: Path) -> None:
    loaded = load_text(tmp_path / "a.csv", "商品ID,标题", "A1,杯子")
    assert loaded.sheets[0].tables["catalog"].collect_schema() == pl.Schema(CATALOG.dtypes)
