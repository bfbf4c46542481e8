"""A list is parsed once; the same bytes say the same again, changed bytes are read anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from toolkit.errors import InputError
from toolkit.export.work_list import write_work_list
from toolkit.history import History
from toolkit.load.read_back import read_back
from toolkit.load.sources.answers import WORK_LIST
from toolkit.schema import PROFILE
from toolkit.store.lists_read import read_once

MEMORY = {"run": "2026-W47-1", "week": "2026-W47", "store": "店铺"}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    rows = PROFILE.frame(product_id=["1005006123450000", "1005006123450001"], title=["水枪", "水枪"]).with_columns(
        action=pl.lit("DELIST"), reason_code=pl.lit("SLOW"), state=pl.lit("approved")
    )
    return write_work_list(tmp_path / "工作清单.xlsx", rows, "work", day=date(2026, 11, 22), memory=MEMORY, lang="zh")


def test_what_was_read_is_told_again_without_parsing(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_once(work.parent, work, WORK_LIST)
    History(work.parent / "history").batches.clean()
    monkeypatch.setattr("toolkit.store.lists_read.read_back", lambda *_: pytest.fail("parsed again"))
    again = read_once(work.parent, work, WORK_LIST)

    assert (again.memory, again.is_known, again.file) == (first.memory, True, "工作清单.xlsx")
    assert again.memory == MEMORY
    assert again.lines.equals(first.lines)
    assert again.lines.equals(read_back(work, WORK_LIST).lines)


def test_a_list_that_was_typed_into_or_renamed_is_read_anew(work: Path) -> None:
    read_once(work.parent, work, WORK_LIST)
    book = openpyxl.load_workbook(work)
    page = book["工作清单"]
    top = next(n for n, row in enumerate(page.iter_rows(values_only=True), 1) if "商品ID" in row)
    at = [cell.value for cell in page[top]].index("结果") + 1
    page.cell(top + 1, at, "已下架")
    book.save(work)
    other = work.rename(work.with_name("工作清单 (2).xlsx"))

    lines = read_once(work.parent, other, WORK_LIST).lines

    assert lines["result"].to_list() == ["delisted", None]
    assert lines["source_file"].unique().to_list() == ["工作清单 (2).xlsx"]


def test_what_was_kept_may_be_broken_or_lost(work: Path) -> None:
    first = read_once(work.parent, work, WORK_LIST)
    (kept,) = (work.parent / "history" / "lists").glob("*.lines")
    kept.write_bytes(b"half")

    assert read_once(work.parent, work, WORK_LIST).lines.equals(first.lines)
    kept.unlink()
    assert read_once(work.parent, work, WORK_LIST).lines.equals(first.lines)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_once(tmp_path, tmp_path / "工作清单.xlsx", WORK_LIST)
