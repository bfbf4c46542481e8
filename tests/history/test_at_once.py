"""Files handed in at once count each line as a store does that reads them one by one."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import schema
from toolkit.history import FileTold, History, lines_at_once

MONDAY = date(2026, 11, 2)
TOLD = ("order_id", "product_id", "quantity", "order_status")
LINE = st.tuples(
    st.sampled_from([None, "1", "2", "3"]), st.sampled_from(["p", "q"]), st.integers(0, 3), st.integers(1, 2),
    st.sampled_from(["paid", "shipped", "refunded"]),
)  # fmt: skip


def order_lines(rows: list[tuple], file: str) -> pl.DataFrame:
    orders, products, days, units, statuses = zip(*rows, strict=True)
    return schema.ORDER_LINES.frame(
        channel=["full"] * len(rows),
        order_id=list(orders),
        product_id=list(products),
        ordered_on=[MONDAY + timedelta(days=day) for day in days],
        quantity=list(units),
        order_status=list(statuses),
        source_file=[file] * len(rows),
        source_row=list(range(2, len(rows) + 2)),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(LINE, min_size=1, max_size=5), min_size=1, max_size=3))
def test_what_is_handed_in_at_once_is_what_a_store_remembers(files: list[list[tuple]]) -> None:
    tables = {f"{n}.csv": order_lines(rows, f"{n}.csv") for n, rows in enumerate(files)}
    named = [rows.with_columns(_file=pl.lit(file)) for file, rows in tables.items()]
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for file, rows in tables.items():
            history.add(FileTold(file, file, {"order_lines": rows}, latest_event_on=max(rows["ordered_on"])))
        remembered = history.tables().order_lines
        assert remembered is not None
        wanted = remembered.lazy().collect().select(TOLD).sort(TOLD)

    at_once = lines_at_once(pl.concat(named).lazy(), schema.ORDER_LINES)

    assert at_once.collect().select(TOLD).sort(TOLD).rows() == wanted.rows()
