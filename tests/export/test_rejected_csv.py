"""rejected.csv says every refused row in words, and nothing in it runs when Excel opens it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from toolkit.export.rejected_csv import write_rejected
from toolkit.schema import PROBLEMS


def written(tmp_path: Path, *values: str, lang: str = "zh") -> pl.DataFrame:
    problems = PROBLEMS.frame(
        source_file=["a.csv"] * len(values),
        source_row=list(range(2, 2 + len(values))),
        cell=[f"D{n}" for n in range(2, 2 + len(values))],
        column=["supply_price_fen"] * len(values),
        value=list(values),
        problem=["format"] * len(values),
        effect=["blanked"] * len(values),
    )
    path = write_rejected(tmp_path / "rejected.csv", problems, "en" if lang == "en" else "zh")
    return pl.read_csv(path, infer_schema=False)


@pytest.mark.parametrize("value", ["=1+1", "+cmd|x", "-1+2", "@SUM(A1)", "\t=1", "\uff1d1+1", "\uff20x"])
def test_a_cell_that_would_run_gets_an_apostrophe(tmp_path: Path, value: str) -> None:
    assert written(tmp_path, value)["内容"].item() == "'" + value


@pytest.mark.parametrize("value", ["12.345", "-3", "面议", "1005006123456789"])
def test_other_cells_stay_as_they_were(tmp_path: Path, value: str) -> None:
    assert written(tmp_path, value)["内容"].item() == value


def test_columns_and_effects_are_said_in_the_language(tmp_path: Path) -> None:
    row = written(tmp_path, "面议", lang="en").row(0, named=True)

    assert row["column"] == "supply price"
    assert row["what was done"] == "value left out, row kept"


def test_rows_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert written(tmp_path, *"edcba")["行号"].to_list() == ["2", "3", "4", "5", "6"]
