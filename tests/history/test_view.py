"""History: what all exports told, each thing once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from toolkit import schema
from toolkit.errors import StoreError
from toolkit.history import FileTold, History, gaps, merged, moved, order_lines
from toolkit.history.lines import STATUS_RANK

MONDAY = date(2026, 11, 2)
FACTS = [name for name in schema.ORDER_LINES.names if not name.startswith("source_") and name != "observed_on"]


def lines(*rows: tuple[str | None, str, int, int, str], file: str = "a.csv") -> pl.DataFrame:
    """Order lines from (order, product, day, quantity, status)."""
    orders, products, days, quantities, statuses = zip(*rows, strict=True) if rows else ([], [], [], [], [])
    return schema.ORDER_LINES.frame(
        channel=["full"] * len(rows),
        order_id=list(orders),
        product_id=list(products),
        ordered_on=[MONDAY + timedelta(days=day) for day in days],
        quantity=list(quantities),
        order_status=list(statuses),
        source_file=[file] * len(rows),
        source_row=list(range(2, len(rows) + 2)),
    )


def told(sha256: str, *, latest: int | None = None, **tables: pl.DataFrame) -> FileTold:
    day = MONDAY + timedelta(days=latest) if latest is not None else None
    return FileTold(sha256, f"{sha256}.csv", tables, latest_event_on=day)


def lazy_view(history: History) -> pl.LazyFrame:
    view = history.tables().order_lines
    assert isinstance(view, pl.LazyFrame)
    return view


def order_view(history: History) -> pl.DataFrame:
    return lazy_view(history).collect().select(FACTS).sort(FACTS)


def compared(folder: Path) -> pl.DataFrame | None:
    """The lines that had to be compared; None where none had to."""
    parts = [path for path in folder.glob("merged/*/*.parquet") if path.parent.name != merged.MOVED]
    return pl.read_parquet(parts) if parts else None


def view_of(files: Sequence[FileTold]) -> pl.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for file in files:
            history.add(file)
        return order_view(history)


def order_statuses(files: Sequence[FileTold]) -> list[tuple[str, int, str]]:
    return view_of(files).select("order_id", "quantity", "order_status").rows()


# -- lines ----------------------------------------------------------------------------------------------------------


def test_a_line_that_two_files_show_counts_once() -> None:
    a = lines(("1", "p", 0, 2, "paid"), ("2", "p", 1, 1, "paid"))
    b = lines(("2", "p", 1, 1, "paid"), ("3", "p", 2, 5, "paid"))

    rows = order_statuses([told("a", latest=1, order_lines=a), told("b", latest=2, order_lines=b)])

    assert rows == [("1", 2, "paid"), ("2", 1, "paid"), ("3", 5, "paid")]


def test_two_identical_lines_of_one_order_are_two_sales_also_when_two_files_show_them() -> None:
    twice = lines(("1", "p", 0, 1, "paid"), ("1", "p", 0, 1, "paid"))
    once = lines(("1", "p", 0, 1, "paid"))

    rows = order_statuses([told("a", latest=0, order_lines=twice), told("b", latest=1, order_lines=once)])

    assert rows == [("1", 1, "paid"), ("1", 1, "paid")]


def test_the_newest_file_tells_the_status_even_if_an_older_one_was_further_on() -> None:
    older = lines(("1", "p", 0, 1, "shipped"), ("2", "p", 3, 1, "paid"))
    newer = lines(("1", "p", 0, 1, "refunded"), ("3", "p", 9, 1, "paid"))

    rows = order_statuses([told("b", latest=9, order_lines=newer), told("a", latest=3, order_lines=older)])

    assert rows == [("1", 1, "refunded"), ("2", 1, "paid"), ("3", 1, "paid")]


def test_of_two_equally_new_files_the_status_further_in_its_life_wins() -> None:
    morning, evening = lines(("1", "p", 0, 1, "paid")), lines(("1", "p", 0, 1, "shipped"))

    assert order_statuses([told("z", order_lines=morning), told("a", order_lines=evening)]) == [("1", 1, "shipped")]


def test_lines_without_an_order_number_on_different_days_are_different_sales() -> None:
    a = lines((None, "p", 0, 1, "paid"), (None, "p", 2, 1, "paid"))
    b = lines((None, "p", 2, 1, "paid"), (None, "p", 3, 1, "finished"))

    assert view_of([told("a", latest=2, order_lines=a), told("b", latest=3, order_lines=b)]).height == 3


def test_an_order_that_two_zones_put_on_two_days_counts_once_inside_the_overlap() -> None:
    china = lines(("0", "p", 0, 1, "paid"), ("1", "p", 2, 1, "paid"), ("9", "p", 4, 1, "paid"))
    america = lines(("0", "p", 0, 1, "paid"), ("1", "p", 1, 1, "paid"), ("9", "p", 4, 1, "paid"))

    rows = order_statuses([told("a", latest=4, order_lines=china), told("b", latest=4, order_lines=america)])

    assert [order for order, *_ in rows] == ["0", "1", "9"]


def test_an_order_dated_by_its_payment_in_another_file_counts_once_though_no_day_is_shared() -> None:
    by_order = lines(("1", "p", 0, 1, "paid"), ("2", "p", 6, 3, "paid"))
    by_payment = lines(("2", "p", 8, 3, "shipped"), ("3", "p", 9, 1, "paid"))

    rows = order_statuses([told("a", latest=6, order_lines=by_order), told("b", latest=9, order_lines=by_payment)])

    assert rows == [("1", 1, "paid"), ("2", 3, "shipped"), ("3", 1, "paid")]


def test_the_lines_of_a_moved_order_are_all_kept_wherever_they_stand() -> None:
    # Order 2 stands on days 1 and 2 in one file, and on day 1 in two: what the two tell alike must not hide its second line.
    whole = lines(("2", "p", 1, 1, "paid"), ("2", "p", 2, 1, "paid"))
    part = lines(("0", "p", 0, 1, "paid"), ("2", "p", 1, 1, "paid"))
    late = lines(("2", "p", 30, 1, "paid"), ("9", "q", 31, 1, "paid"))

    view = view_of([told("a", latest=2, order_lines=whole), told("b", latest=1, order_lines=part),
                    told("c", latest=31, order_lines=late)])  # fmt: skip

    assert view.select("order_id", "product_id").rows() == [("0", "p"), ("2", "p"), ("2", "p"), ("9", "q")]


def test_channels_do_not_meet() -> None:
    ours = lines(("1", "p", 0, 1, "paid"))
    own = ours.with_columns(pl.lit("self_run").alias("channel"))

    assert view_of([told("a", order_lines=ours), told("b", order_lines=own)]).height == 2


def test_days_told_alone_or_alike_are_read_straight_through(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(told("a", latest=1, order_lines=lines(("1", "p", 0, 1, "paid"), ("2", "p", 1, 1, "paid"))))
    history.add(told("b", latest=2, order_lines=lines(("2", "p", 1, 1, "paid"), ("3", "p", 2, 1, "paid"))))
    alike = lazy_view(history).collect()
    assert compared(tmp_path) is None

    # Another quantity, and a line more, have to be compared; day 1 has the same lines still.
    newest = lines(("2", "p", 1, 1, "paid"), ("3", "p", 2, 2, "paid"), ("4", "p", 3, 1, "paid"))
    history.add(told("c", latest=3, order_lines=newest))
    differs = lazy_view(history).collect()
    again = compared(tmp_path)

    assert alike.height == 3
    assert differs.height == 4
    assert again is not None
    assert again.select("order_id", "quantity").rows() == [("3", 2)]


def test_a_day_whose_lines_only_moved_on_is_told_by_the_newest_file_without_comparing(tmp_path: Path) -> None:
    history = History(tmp_path)
    for latest, (sha256, status) in enumerate((("a", "paid"), ("b", "shipped"), ("c", "received"))):
        history.add(told(sha256, latest=latest, order_lines=lines(("1", "p", 0, 1, status), (None, "q", 0, 2, status))))

    view = order_view(history)

    assert view.select("order_id", "order_status").rows() == [(None, "received"), ("1", "received")]
    assert compared(tmp_path) is None


def test_files_that_are_equally_new_are_compared_for_their_status(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(told("z", latest=2, order_lines=lines(("1", "p", 0, 1, "finished"), ("2", "p", 0, 1, "paid"))))
    history.add(told("a", latest=2, order_lines=lines(("1", "p", 0, 1, "paid"), ("2", "p", 0, 1, "finished"))))

    assert order_view(history)["order_status"].to_list() == ["finished", "finished"]
    assert compared(tmp_path) is not None


def test_a_new_file_leaves_the_months_as_they_are_that_it_says_nothing_about(tmp_path: Path) -> None:
    history = History(tmp_path)
    for at, latest in enumerate((0, 1, 40, 41)):
        day = 40 * (latest // 40)
        history.add(told(str(at), latest=latest, order_lines=lines((str(day), "p", day, 1 + at, "paid"))))
        order_view(history)
    november, december = (
        path for path in sorted(tmp_path.glob("merged/*/0*.parquet"), key=lambda path: path.stat().st_mtime_ns)
    )

    history.add(told("4", latest=42, order_lines=lines(("40", "p", 40, 9, "paid"), ("41", "p", 41, 1, "paid"))))

    assert order_view(history).select("order_id", "quantity").rows() == [("0", 2), ("40", 9), ("41", 1)]
    assert november.exists()
    assert not december.exists()
    # Read anew, the first file may tell something else.
    history.add(told("0", latest=0, order_lines=lines(("0", "p", 0, 1, "paid"), ("0", "q", 0, 7, "paid"))))
    assert order_view(history)["quantity"].to_list() == [2, 7, 9, 1]


def test_half_a_day_that_a_newer_file_tells_whole_is_not_compared_for_good(tmp_path: Path) -> None:
    half = [("1", "p", 0, 1, "paid"), ("2", "p", 1, 1, "paid"), ("2", "p", 1, 1, "paid")]
    history = History(tmp_path)
    history.add(told("a", latest=1, order_lines=lines(*half)))
    history.add(told("b", latest=2, order_lines=lines(*half, ("3", "p", 1, 1, "paid"), ("4", "p", 2, 1, "paid"))))
    assert order_view(history)["order_id"].to_list() == ["1", "2", "2", "3", "4"]
    assert compared(tmp_path) is None

    # A line more, but one of order 2 less than the first file has.
    newest = lines(*half[:2], ("3", "p", 1, 1, "paid"), ("5", "p", 1, 1, "paid"), ("6", "p", 3, 1, "paid"))
    history.add(told("c", latest=3, order_lines=newest))

    assert order_view(history)["order_id"].to_list() == ["1", "2", "2", "3", "4", "5", "6"]
    assert compared(tmp_path) is not None


def test_orders_that_moved_are_found_in_what_is_new_and_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at, held_against = [], moved._held_against

    def counted(fresh: pl.LazyFrame, rest: pl.LazyFrame, *, portions: int) -> pl.DataFrame:
        looked_at.append(sorted(fresh.collect()["order_id"]))
        return held_against(fresh, rest, portions=portions)

    monkeypatch.setattr(moved, "_held_against", counted)
    history = History(tmp_path)
    weeks: dict[str, list[tuple[str | None, str, int, int, str]]] = {
        "a": [("1", "p", 0, 1, "paid"), ("2", "p", 6, 3, "paid")],
        "b": [("2", "p", 8, 3, "shipped"), ("3", "p", 9, 1, "paid")],
        "c": [("3", "p", 9, 1, "paid"), ("4", "p", 15, 1, "paid")],
        "d": [("4", "p", 15, 1, "paid"), ("3", "p", 22, 1, "paid")],
    }
    for sha256, rows in weeks.items():
        history.add(as_file(sha256, rows))
        order_view(history)

    assert looked_at == [["1", "2"], ["3", "4"], ["3", "4"]]
    assert order_view(History(tmp_path)).select("order_id", "quantity").rows() == [
        ("1", 1),
        ("2", 3),
        ("3", 1),
        ("4", 1),
    ]
    # The same file read anew may tell other days.
    history.add(as_file("d", [("4", "p", 15, 1, "paid"), ("1", "p", 22, 1, "paid")]))
    assert order_view(history)["order_id"].to_list() == ["1", "2", "3", "4"]


def test_lines_of_one_order_on_two_days_are_not_made_one_by_leaving_out_what_a_newer_file_repeats() -> None:
    # The newest file has lost the line of day 1, so that day is compared; day 0 stands in the last two alike.
    both = lines(("1", "p", 0, 1, "paid"), ("1", "p", 1, 1, "paid"))
    later = lines(("1", "p", 0, 1, "paid"), ("2", "p", 1, 1, "paid"))
    last = lines(("3", "p", 0, 1, "paid"), ("2", "p", 1, 1, "paid"), ("4", "p", 2, 1, "paid"))

    view = view_of([told("a", latest=1, order_lines=both), told("b", latest=2, order_lines=later),
                    told("c", latest=3, order_lines=last)])  # fmt: skip

    assert view.select("order_id").to_series().to_list() == ["1", "1", "2", "3", "4"]


def test_what_was_compared_is_kept_until_a_file_comes_and_may_be_deleted(tmp_path: Path) -> None:
    history = History(tmp_path)
    for sha256, status in (("a", "paid"), ("b", "shipped")):
        history.add(told(sha256, order_lines=lines(("1", "p", 0, 1, status))))
    first = order_view(history)
    (kept,) = (path for path in (tmp_path / "merged").iterdir() if path.name != merged.MOVED)
    again = order_view(history)
    shutil.rmtree(kept)

    assert_frame_equal(first, again)
    assert_frame_equal(first, order_view(history))
    history.add(told("c", order_lines=lines(("1", "p", 0, 1, "refunded"))))
    assert order_view(history)["order_status"].to_list() == ["refunded"]
    assert not kept.exists()


@pytest.mark.parametrize("portion", [1, 3, 1000])
def test_comparing_in_portions_changes_nothing(portion: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "_PORTION", portion)
    history = History(tmp_path)
    for sha256, status in (("a", "paid"), ("b", "shipped")):
        rows = [(str(order), "p", day, 1, status) for order in range(5) for day in (0, 0)]
        history.add(told(sha256, order_lines=lines(*rows, (None, "p", 0, 1, status), (None, "q", 0, 2, status))))

    view = order_view(history)

    assert view.height == 12
    assert view["order_status"].unique().to_list() == ["shipped"]


def test_purchase_order_lines_may_repeat_too(tmp_path: Path) -> None:
    history = History(tmp_path)
    row = schema.PURCHASE_ORDER_LINES.frame(purchase_order_no=["PO1", "PO1"], product_id=["1", "1"], quantity=[5, 5])
    history.add(told("a", purchase_order_lines=row))
    history.add(told("b", purchase_order_lines=row.head(1)))

    view = history.tables().purchase_order_lines

    assert view is not None
    assert view["quantity"].to_list() == [5, 5]


# -- properties -----------------------------------------------------------------------------------------------------

A_LINE = st.tuples(
    st.sampled_from(["1", "2", "3", None]),
    st.sampled_from(["p", "q"]),
    st.integers(0, 6),
    st.integers(1, 2),
    st.sampled_from(["paid", "shipped"]),
)


def one_day_per_order(rows: list[tuple[str | None, str, int, int, str]]) -> list[tuple[str | None, str, int, int, str]]:
    """An order happens on one day, and its export shows it in one state."""
    first: dict[str, tuple[int, str]] = {}
    for order, _, day, _, status in rows:
        if order is not None:
            first.setdefault(order, (day, status))
    return [
        (order, product, *(first[order][:1] if order else (day,)), quantity, first[order][1] if order else status)
        for order, product, day, quantity, status in rows
    ]


EXPORT = st.lists(A_LINE, min_size=1, max_size=12).map(one_day_per_order)
BRIEF = settings(max_examples=25, deadline=None)


def as_file(sha256: str, rows: list[tuple[str | None, str, int, int, str]]) -> FileTold:
    return told(sha256, latest=max(row[2] for row in rows), order_lines=lines(*rows, file=sha256))


@given(exports=st.lists(EXPORT, min_size=2, max_size=4), order=st.randoms())
@BRIEF
def test_the_order_of_imports_does_not_matter(exports: list[list], order) -> None:
    files = [as_file(str(n), rows) for n, rows in enumerate(exports)]
    shuffled = files.copy()
    order.shuffle(shuffled)

    assert_frame_equal(view_of(files), view_of(shuffled))


@given(exports=st.lists(EXPORT, min_size=1, max_size=3))
@BRIEF
def test_importing_twice_changes_nothing(exports: list[list]) -> None:
    files = [as_file(str(n), rows) for n, rows in enumerate(exports)]
    under_other_bytes = [as_file(f"{n}'", rows) for n, rows in enumerate(exports)]

    assert_frame_equal(view_of(files), view_of([*files, *files, *under_other_bytes]))


@given(rows=EXPORT, first=st.integers(0, 6), last=st.integers(0, 6))
@BRIEF
def test_a_file_cut_into_two_that_overlap_gives_the_view_of_the_whole(rows: list, first: int, last: int) -> None:
    first, last = min(first, last), max(first, last)
    early, late = [row for row in rows if row[2] <= last], [row for row in rows if row[2] >= first]
    parts = [as_file(name, part) for name, part in (("a", early), ("b", late)) if part]

    assert_frame_equal(view_of([as_file("whole", rows)]), view_of(parts))


@given(counts=st.lists(st.integers(1, 4), min_size=1, max_size=4))
@BRIEF
def test_a_line_is_there_as_often_as_in_the_file_that_shows_it_most(counts: list[int]) -> None:
    files = [as_file(str(n), [("1", "p", 0, 1, "paid")] * count) for n, count in enumerate(counts)]

    assert view_of(files).height == max(counts)


@given(exports=st.lists(st.tuples(EXPORT, st.integers(0, 2)), min_size=2, max_size=4), apart=st.sampled_from([1, 12]))
@BRIEF
def test_reading_straight_through_gives_what_comparing_everything_gives(exports: list, apart: int) -> None:
    # Some are equally new, some have the same lines further on; some are days apart, some months.
    told_lines = [[(row[0], row[1], row[2] * apart, *row[3:]) for row in rows] for rows, _ in exports]
    files = [
        told(str(n), latest=age, order_lines=lines(*rows, file=str(n)))
        for n, (rows, (_, age)) in enumerate(zip(told_lines, exports, strict=True))
    ]
    on = [(*row[:4], "received") for row in told_lines[0]]
    files.append(told("on", latest=exports[0][1] + 1, order_lines=lines(*on, file="on")))

    with (
        tempfile.TemporaryDirectory() as short,
        tempfile.TemporaryDirectory() as long,
        pytest.MonkeyPatch.context() as m,
    ):
        quick = History(Path(short))
        for file in files:
            quick.add(file)
            order_view(quick)
        found, said = order_view(quick), quick.conflicts()
        m.setattr(order_lines, "days_to_read", everything_compared)
        m.setattr(order_lines, "_month", lambda: pl.lit(0))
        plain = History(Path(long))
        for file in files:
            plain.add(file)

        assert_frame_equal(found, order_view(plain))
        # What a newer file repeats is not held against the newest a second time.
        assert said.is_empty() == plain.conflicts().is_empty()
        assert said.join(plain.conflicts(), on=said.columns, how="anti", nulls_equal=True).is_empty()


def everything_compared(days: pl.DataFrame) -> pl.DataFrame:
    return days.with_columns(is_kept=pl.lit(True), is_compared=pl.lit(True), is_apart=pl.lit(False))


# -- facts ----------------------------------------------------------------------------------------------------------


def catalog(sha256: str, *, on: date | None, kept_as: str | None = None, edition: int = 0, **values: list) -> FileTold:
    size = len(values["product_id"])
    table = schema.CATALOG.frame(
        observed_on=[on] * size, source_file=[sha256] * size, source_row=list(range(2, size + 2)), **values
    )
    return FileTold(sha256, sha256, {"catalog": table}, observed_on=on, kept_as=kept_as, edition=edition)


def catalog_view(tmp_path: Path, *files: FileTold) -> pl.DataFrame:
    history = History(tmp_path)
    for file in files:
        history.add(file)
    view = history.tables().catalog
    assert view is not None
    return view


def test_snapshots_are_kept_by_their_stated_day(tmp_path: Path) -> None:
    view = catalog_view(
        tmp_path,
        catalog("b", on=date(2026, 11, 16), product_id=["1"], on_hand_units=[3]),
        catalog("a", on=date(2026, 11, 9), product_id=["1"], on_hand_units=[8]),
    )

    assert view.select("observed_on", "on_hand_units").rows() == [(date(2026, 11, 9), 8), (date(2026, 11, 16), 3)]


def test_what_one_file_does_not_know_another_of_the_same_day_may_tell(tmp_path: Path) -> None:
    day = date(2026, 11, 16)
    view = catalog_view(
        tmp_path,
        catalog("platform", on=day, product_id=["1"], title=["杯子"], status=["on_sale"]),
        catalog("hand", on=day, product_id=["1"], unit_cost_fen=[350], currency=["CNY"]),
    )

    assert view.select("title", "status", "unit_cost_fen").rows() == [("杯子", "on_sale", 350)]


def test_amounts_of_two_currencies_are_never_merged_into_one_row(tmp_path: Path) -> None:
    day = date(2026, 11, 16)
    view = catalog_view(
        tmp_path,
        catalog("a", on=day, product_id=["1"], unit_cost_fen=[350], currency=["CNY"]),
        catalog("b", on=day, product_id=["1"], supply_price_fen=[99], currency=["USD"]),
    )

    assert view.select("supply_price_fen", "unit_cost_fen", "currency").rows() == [(99, None, "USD")]


def test_an_id_is_no_longer_suspect_once_a_file_shows_it_as_text(tmp_path: Path) -> None:
    day = date(2026, 11, 16)
    view = catalog_view(
        tmp_path,
        catalog("a", on=day, product_id=["1"], is_suspect_id=[True]),
        catalog("b", on=day, product_id=["1"], is_suspect_id=[False]),
    )

    assert view["is_suspect_id"].to_list() == [False]


def test_rows_without_a_day_stand_only_from_the_newest_file_and_are_reported(tmp_path: Path) -> None:
    history = History(tmp_path)
    for sha256, latest, units in (("old", 0, 8), ("new", 7, 3)):
        table = schema.CATALOG.frame(product_id=["1"], on_hand_units=[units])
        history.add(told(sha256, latest=latest, catalog=table))

    view = history.tables().catalog

    assert view is not None
    assert view["on_hand_units"].to_list() == [3]
    assert history.undated().select("source_file", "problem", "effect").rows() == [
        ("new.csv", "no_date", "present_only"),
        ("old.csv", "no_date", "superseded"),
    ]


def test_two_files_that_disagree_are_reported_with_both_places(tmp_path: Path) -> None:
    history = History(tmp_path)
    day = date(2026, 11, 16)
    history.add(catalog("a.xlsx", on=day, product_id=["1", "2"], supply_price_fen=[1250, 1], currency=["CNY", "CNY"]))
    history.add(catalog("b.xlsx", on=day, product_id=["1"], supply_price_fen=[1300], currency=["CNY"]))

    found = history.conflicts()

    assert found.select("source_file", "source_row", "column", "value", "effect").rows() == [
        ("a.xlsx", 2, "supply_price_fen", "12.50 ≠ 13.00 (b.xlsx › 2)", "conflict")
    ]


def test_a_fact_known_to_one_file_only_is_no_conflict(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(catalog("a", on=date(2026, 11, 16), product_id=["1"], on_hand_units=[5]))
    history.add(catalog("b", on=date(2026, 11, 16), product_id=["1"], status=["on_sale"]))
    history.add(catalog("c", on=date(2026, 11, 23), product_id=["1"], on_hand_units=[9]))

    assert history.conflicts().is_empty()


def test_a_newer_state_of_a_purchase_order_replaces_the_older(tmp_path: Path) -> None:
    history = History(tmp_path)
    for sha256, latest, status in (("b", 9, "received"), ("a", 2, "confirmed")):
        table = schema.PURCHASE_ORDERS.frame(purchase_order_no=["PO1"], order_status=[status])
        history.add(told(sha256, latest=latest, purchase_orders=table))

    view = history.tables().purchase_orders

    assert view is not None
    assert view["order_status"].to_list() == ["received"]


def test_a_table_that_no_file_told_is_unknown_and_not_empty(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(told("a", bindings=schema.BINDINGS.empty()))

    tables = history.tables()

    assert tables.stock is None
    assert tables.bindings is not None
    assert tables.bindings.is_empty()


# -- sheets kept by hand --------------------------------------------------------------------------------------------


def test_a_later_edition_of_a_hand_kept_sheet_replaces_the_same_day_whole(tmp_path: Path) -> None:
    day = date(2026, 11, 16)
    view = catalog_view(
        tmp_path,
        catalog("z", on=date(2026, 11, 9), kept_as="商品表.xlsx", edition=1, product_id=["1"]),
        catalog("y", on=day, kept_as="商品表.xlsx", edition=2, product_id=["1", "typo"]),
        catalog("x", on=day, kept_as="商品表.xlsx", edition=3, product_id=["1", "2"]),
    )

    assert view.sort("observed_on", "product_id").select("observed_on", "product_id").rows() == [
        (date(2026, 11, 9), "1"),
        (day, "1"),
        (day, "2"),
    ]


def test_an_entry_removed_from_the_policy_list_is_gone(tmp_path: Path) -> None:
    history = History(tmp_path)
    for edition, values in ((1, ["a", "b"]), (2, ["a"])):
        table = schema.POLICY.frame(policy_kind=["term"] * len(values), policy_value=values)
        history.add(FileTold(f"s{edition}", "policy.xlsx", {"policy": table}, kept_as="policy.xlsx", edition=edition))

    view = history.tables().policy

    assert view is not None
    assert view["policy_value"].to_list() == ["a"]


# -- gaps -----------------------------------------------------------------------------------------------------------


def coverage(*rows: tuple[str, int, int]) -> pl.DataFrame:
    sources, firsts, lasts = zip(*rows, strict=True)
    return schema.COVERAGE.frame(
        sales_source=list(sources),
        channel=["full"] * len(rows),
        first_day=[MONDAY + timedelta(days=day) for day in firsts],
        last_day=[MONDAY + timedelta(days=day) for day in lasts],
    )


def test_a_gap_says_whether_another_source_tells_it() -> None:
    found = gaps(coverage(("orders", 0, 6), ("orders", 5, 8), ("orders", 14, 20), ("period", 7, 13)))

    assert found.select("sales_source", "gap_days", "told_by").rows() == [
        ("orders", 5, "period"),
        ("period", 7, "orders"),
    ]


def test_stretches_that_touch_leave_no_gap() -> None:
    assert gaps(coverage(("orders", 0, 6), ("orders", 7, 13), ("orders", 2, 3))).is_empty()


# -- the folder -----------------------------------------------------------------------------------------------------


def test_a_batch_that_was_not_finished_never_happened(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(told("a", bindings=schema.BINDINGS.frame(sku_id=["1"])))
    (tmp_path / "batches" / "a.json").unlink()
    (tmp_path / "bindings" / "b.parquet.1.writing").write_bytes(b"half")

    again = History(tmp_path)
    again.batches.clean()

    assert again.find("a") is None
    assert again.tables().bindings is None
    assert list((tmp_path / "bindings").iterdir()) == []


def test_a_batch_of_another_version_of_the_tables_is_named_not_read(tmp_path: Path) -> None:
    History(tmp_path).add(told("a", bindings=schema.BINDINGS.frame(sku_id=["1"])))
    record = tmp_path / "batches" / "a.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"schema": "1-', '"schema": "0-'), encoding="utf-8")

    history = History(tmp_path)

    assert [batch.file for batch in history.batches.outdated] == ["a.csv"]
    assert history.tables().bindings is None


def test_a_damaged_record_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "batches").mkdir()
    (tmp_path / "batches" / "a.json").write_text("{", encoding="utf-8")

    with pytest.raises(StoreError) as caught:
        History(tmp_path).tables()

    assert caught.value.sentence("en").startswith("history/batches/a.json: this history record is damaged")


def test_the_manifest_names_every_batch_and_its_rows(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(told("b", latest=2, order_lines=lines(("1", "p", 0, 1, "paid"))))
    history.add(told("a", latest=9, order_lines=lines(("2", "p", 0, 1, "paid"), ("3", "p", 0, 1, "paid"))))

    assert history.manifest().select("source_sha256", "table", "rows").rows() == [
        ("b", "order_lines", 1),
        ("a", "order_lines", 2),
    ]


def test_columns_that_no_table_declares_are_never_stored(tmp_path: Path) -> None:
    history = History(tmp_path)
    with_buyer = lines(("1", "p", 0, 1, "paid")).with_columns(pl.lit("张三").alias("buyer_name"))
    history.add(told("a", order_lines=with_buyer))

    stored = pl.read_parquet_schema(history.batches.path("order_lines", "a"))

    assert "buyer_name" not in stored


def test_every_status_an_export_can_have_has_its_place_in_life() -> None:
    from toolkit.load.sources.order_lines import ORDER_STATUS
    from toolkit.load.sources.vocabulary import PO_STATUS

    assert {*ORDER_STATUS, *PO_STATUS} == set(STATUS_RANK)


def test_the_same_bytes_under_another_day_are_another_snapshot(tmp_path: Path) -> None:
    history = History(tmp_path)
    for day in (date(2026, 11, 15), date(2026, 11, 22)):
        table = schema.CATALOG.frame(product_id=["1"], observed_on=[day])
        history.add(FileTold("same", f"商品 {day}.csv", {"catalog": table}, observed_on=day, name_states=str(day)))

    view = history.tables().catalog

    assert view is not None
    assert view["observed_on"].to_list() == [date(2026, 11, 15), date(2026, 11, 22)]
