"""A large export is kept as it was typed, and nobody who reads the store can tell."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.store.conftest import PRODUCT, put_orders
from toolkit import schema
from toolkit.load import csv_text
from toolkit.store import Store, open_store

AWKWARD = [
    f"8001,{PRODUCT},2026-11-16 09:00,2,10.00,已付款",
    f"8001,{PRODUCT},2026-11-16 09:00,2,10.00,已付款",
    "8002,,2026-11-17 09:00,1,10.00,已付款",
    f"8003,{PRODUCT},2026-11-17 09:00,1,x,已完成",
    "合计,,,5,,",
]
RUINED = [f"{9000 + n},10050060000000{n}0,2026-11-18 09:00,1,10.00,已付款" for n in range(10, 17)]
NEWER = [f"8001,{PRODUCT},2026-11-16 09:00,2,10.00,已发货", f"8004,{PRODUCT},2026-11-20 09:00,1,10.00,已付款"]


def everything(store: Store) -> dict[str, pl.DataFrame]:
    tables = {name: table.lazy().collect() for name, table in vars(store.tables()).items() if table is not None}
    sorted_rows = {name: table.sort(table.columns) for name, table in tables.items()}
    return sorted_rows | {"problems": store.problems(), "batches": store.batches(), "coverage": store.coverage()}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "LARGE", 0)


def copies(folder: Path, files: dict[str, list[str]]) -> tuple[Path, Path]:
    """The same store twice, none of it read yet."""
    for name, rows in files.items():
        put_orders(folder / "inbox" / name, *rows)
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    return folder, other


@pytest.mark.parametrize(
    "files",
    [
        {"a.csv": AWKWARD},
        {"a.csv": AWKWARD[:1]},
        {"a.csv": RUINED},
        {"a.csv": AWKWARD, "b.csv": NEWER},
        {"a.csv": AWKWARD, "b.csv": AWKWARD[:3]},
    ],
    ids=["others among the rows", "nothing but rows", "ids ruined by Excel", "newer statuses", "the same days again"],
)
def test_a_large_file_tells_what_it_tells_when_it_is_small(
    folder: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, list[str]]
) -> None:
    one, other = copies(folder, files)
    small = everything(open_store(one))
    monkeypatch.setattr(csv_text, "LARGE", 0)
    large = everything(open_store(other))
    assert (other / "history" / "order_lines_same").is_dir()
    assert not (one / "history" / "order_lines_same").exists()
    assert small.keys() == large.keys()
    for name, table in small.items():
        assert_frame_equal(table, large[name], check_row_order=name != "problems")
    # What is already there is read the same way by the next run.
    again = everything(open_store(other))
    assert_frame_equal(again["order_lines"], small["order_lines"])


def test_only_what_differs_from_row_to_row_is_in_the_file(folder: Path, large: None) -> None:
    put_orders(folder / "inbox" / "a.csv", *AWKWARD)
    open_store(folder).import_inbox()
    (path,) = (folder / "history" / "order_lines").iterdir()
    stored = pl.read_parquet(path)
    assert "source_file" not in stored.columns
    assert stored.filter(schema.KEPT).height == 3
    assert path.stat().st_mode & 0o777 == 0o644 or os.name == "nt"


def test_where_a_file_cannot_have_two_names_it_is_copied(
    folder: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    put_orders(folder / "inbox" / "a.csv", *AWKWARD)
    assert everything(open_store(folder))["order_lines"].height == 3


def test_fingerprints_of_days_are_worked_out_only_where_files_overlap(folder: Path, large: None) -> None:
    put_orders(folder / "inbox" / "a.csv", *AWKWARD)
    prints = folder / "history" / "day_prints"
    everything(open_store(folder))
    assert not prints.exists()
    put_orders(folder / "inbox" / "b.csv", *NEWER)
    everything(open_store(folder))
    assert len(list(prints.iterdir())) == 2


def test_a_large_file_that_is_read_anew_leaves_nothing_behind(folder: Path, large: None) -> None:
    put_orders(folder / "inbox" / "a.csv", *AWKWARD)
    put_orders(folder / "inbox" / "b.csv", *NEWER)
    store = open_store(folder)
    everything(store)
    kept = {path.relative_to(folder / "history") for path in (folder / "history").rglob("*.parquet")}
    for record in (folder / "history" / "batches").iterdir():
        record.unlink()
    open_store(folder).import_inbox()
    left = {path.relative_to(folder / "history") for path in (folder / "history").rglob("*.parquet")}
    assert {path for path in kept if path.parts[0] not in ("day_prints", "merged")} == left
