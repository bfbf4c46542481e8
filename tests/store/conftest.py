"""Small store folders, filled with real files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from toolkit.export.cells import Shown
from toolkit.export.workbook import Workbook

ORDERS = "订单号,商品ID,付款时间,数量,单价,订单状态\n"
PRODUCT = "1005006123456789"


def put_orders(path: Path, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ORDERS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def put_products(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """A product sheet as Excel would hold it: ids as text cells, days as date cells."""
    frame = pl.DataFrame(rows)
    units = {"商品ID": "id", "库存": "units", "数据日期": "day"}
    book = Workbook(day=date(2026, 11, 22))
    book.sheet("商品表").table(frame, [Shown(name, name, units.get(name, "text")) for name in frame.columns])
    return book.save(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty store."""
    (tmp_path / "店铺" / "inbox").mkdir(parents=True)
    return tmp_path / "店铺"
