"""Pages of one archive: read as one sheet, each record found again on its page."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.load.describe import check_table, describe
from toolkit.load.loaded import LoadedFile, load_file


def product(number: int, **more: Any) -> dict[str, Any]:
    return {"product_id": f"100500612345678{number}", "title": "杯子", "min_supply_price": "12.30",
            "product_audit_status": "approved", **more}  # fmt: skip


def archive(path: Path, **pages: list[dict[str, Any]]) -> LoadedFile:
    with zipfile.ZipFile(path, "w") as file:
        for name, products in pages.items():
            body = {"result": {"total_count": 9, "product_list": products}}
            file.writestr(f"{name}.json", json.dumps(body))
    return load_file(path)


def places(loaded: LoadedFile, table: str = "catalog") -> list[tuple[str, str, int]]:
    (sheet,) = loaded.sheets
    rows = sheet.tables[table].select("product_id", "source_file", "source_row").collect()
    return [(product_id, file.rpartition(" › ")[2], row) for product_id, file, row in rows.sort("product_id").rows()]


def test_pages_are_one_sheet_and_each_record_keeps_its_page_and_number(tmp_path: Path) -> None:
    loaded = archive(
        tmp_path / "a.zip",
        list_20261120_p1=[product(1), product(2)],
        list_20261120_p2=[product(3, brand="X")],
    )
    assert places(loaded) == [
        ("1005006123456781", "list_20261120_p1.json", 1),
        ("1005006123456782", "list_20261120_p1.json", 2),
        ("1005006123456783", "list_20261120_p2.json", 1),
    ]
    (sheet,) = loaded.sheets
    assert sheet.file == "a.zip › list_20261120_p1.json … list_20261120_p2.json"
    assert sheet.observed_on == date(2026, 11, 20)
    assert loaded.counts.read == loaded.counts.kept == 3


def test_a_problem_names_the_page_it_stands_on(tmp_path: Path) -> None:
    loaded = archive(
        tmp_path / "a.zip", p1=[product(1)], p2=[product(2), product(3, product_id="")], p3=[product(1, title="灯")]
    )
    rejected, contradicted = loaded.problems.sort("source_file").to_dicts()
    assert (rejected["source_file"], rejected["source_row"], rejected["problem"]) == ("a.zip › p2.json", 2, "missing")
    assert (contradicted["source_file"], contradicted["source_row"]) == ("a.zip › p3.json", 1)
    assert contradicted["value"] == "灯 ≠ 杯子 (p1.json 1)"
    assert "p2.json" in describe(loaded)


def test_pages_of_another_day_or_kind_stay_apart(tmp_path: Path) -> None:
    loaded = archive(
        tmp_path / "a.zip",
        list_20261120_p1=[product(1)],
        list_20261121_p1=[product(1)],
        other_1=[{"a": 1, "b": 2}],
        other_2=[product(2)],
    )
    assert [(sheet.file.rpartition(" › ")[2], sheet.source is not None) for sheet in loaded.sheets] == [
        ("list_20261120_p1.json", True),
        ("list_20261121_p1.json", True),
        ("other_1.json", False),
        ("other_2.json", True),
    ]
    assert [sheet.observed_on for sheet in loaded.sheets[:2]] == [date(2026, 11, 20), date(2026, 11, 21)]


def test_an_archive_is_described_once_and_no_header_row_is_made_up(tmp_path: Path) -> None:
    loaded = archive(tmp_path / "a.zip", p1=[product(1)], p2=[product(2)], p3=[product(3)])
    said = describe(loaded)
    assert said.count("p1.json … p3.json") == 1
    assert "表头" not in said
    assert check_table([loaded])["header_row"].to_list() == [None]


def test_pages_tell_what_one_document_with_all_records_tells(tmp_path: Path) -> None:
    products = [product(n % 10, title=f"杯子{n % 7}", sku=n) for n in range(1, 10)]
    whole = archive(tmp_path / "whole.zip", p1=products)
    pages = archive(tmp_path / "pages.zip", p1=products[:4], p2=products[4:5], p3=products[5:])
    facts = [
        file.sheets[0].tables["catalog"].drop("source_file", "source_row").collect().sort("product_id")
        for file in (whole, pages)
    ]
    assert facts[0].equals(facts[1])
    assert whole.counts == pages.counts
