"""Bills, ledgers and claims of many files, each movement once."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import schema
from toolkit.history import FileTold, History, Shelf, money_tables

DAY = datetime(2026, 3, 2, 10, 0, 30)
Row = tuple[str | None, int, int]


def bill(*rows: Row, account: str | None = "a", status: str = "交易成功", ruined: bool = False) -> pl.DataFrame:
    """Bill rows from (id, minute, fen); a ruined bill has Excel's ids and no seconds."""
    at = [DAY + timedelta(minutes=minute) for _, minute, _ in rows]
    return schema.BILL_ROWS.frame(
        provider=["alipay_personal"] * len(rows),
        account=[account] * len(rows),
        row_id=["2.02603E+27" if ruined else row_id for row_id, _, _ in rows],
        is_suspect_id=[ruined] * len(rows),
        booked_at=[moment.replace(second=0) if ruined else moment for moment in at],
        booked_on=[moment.date() for moment in at],
        amount_fen=[fen for _, _, fen in rows],
        stated_fen=[abs(fen) for _, _, fen in rows],
        bill_status=[status] * len(rows),
        source_file=["a.csv"] * len(rows),
        source_row=list(range(2, len(rows) + 2)),
    )


def told(sha256: str, *, day: int = 1, **tables: pl.DataFrame) -> FileTold:
    return FileTold(sha256, f"{sha256}.csv", tables, latest_event_on=date(2026, 3, day))


def together(*files: FileTold, store: str | None = None) -> schema.MoneyTables:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for file in files:
            history.add(file)
        return history.money(store)


def moved(*files: FileTold) -> list[tuple[object, ...]]:
    rows = together(*files).bill_rows
    assert rows is not None
    return rows.select("row_id", "amount_fen").rows()


def test_without_a_file_a_table_is_unknown_and_with_an_empty_one_it_is_empty() -> None:
    debts = schema.DEBTS.empty()
    tables = together(told("ab", debts=debts))
    assert tables.debts is not None
    assert tables.debts.height == 0
    assert tables.fines is None


def test_twins_in_one_file_stay_and_the_same_rows_of_two_files_are_one() -> None:
    twins = bill(("1", 0, -100), ("1", 0, -100))
    assert moved(told("ab", bill_rows=twins)) == [("1", -100), ("1", -100)]
    again = bill(("1", 0, -100), ("1", 0, -100), ("2", 5, -7))
    assert moved(told("ab", bill_rows=twins), told("cd", bill_rows=again)) == [("1", -100), ("1", -100), ("2", -7)]


def test_twins_without_an_id_stay_too() -> None:
    twins = bill((None, 0, -100), (None, 0, -100), (None, 3, -100))
    assert len(moved(told("ab", bill_rows=twins), told("cd", bill_rows=twins))) == 3


def test_two_members_of_one_archive_overlap_like_two_files() -> None:
    one = bill(("1", 0, -100))
    other = one.with_columns(source_file=pl.lit("b.csv"))
    assert moved(told("ab", bill_rows=pl.concat([one, other]))) == [("1", -100)]


def test_a_row_further_in_its_life_is_the_same_row_told_by_the_newest_file() -> None:
    old, new = bill(("1", 0, -100), status="等待确认收货"), bill(("1", 0, -100), status="交易成功")
    for files in ((told("ab", day=1, bill_rows=old), told("cd", day=9, bill_rows=new)),) * 2:
        rows = together(*reversed(files)).bill_rows
        assert rows is not None
        assert rows["bill_status"].to_list() == ["交易成功"]


def test_a_refund_of_the_same_amount_is_another_row() -> None:
    both = bill(("1", 0, -100), ("1", 9, 100))
    assert moved(told("ab", bill_rows=both)) == [("1", -100), ("1", 100)]


def test_a_copy_with_ids_that_excel_ruined_adds_nothing_however_new() -> None:
    rows: tuple[Row, ...] = (("1", 0, -100), ("2", 0, -100), ("3", 4, 500))
    sound, ruined = told("ab", day=1, bill_rows=bill(*rows)), told("cd", day=9, bill_rows=bill(*rows, ruined=True))
    assert moved(sound, ruined) == [("1", -100), ("2", -100), ("3", 500)]
    more = told("cd", day=9, bill_rows=bill(*rows, ("4", 0, -100), ruined=True))
    assert len(moved(sound, more)) == 4


def test_a_bill_that_lost_its_account_is_the_account_of_the_same_transactions() -> None:
    named, cut = told("ab", bill_rows=bill(("1", 0, -100))), told("cd", bill_rows=bill(("1", 0, -100), account=None))
    assert moved(named, cut) == [("1", -100)]
    both = told("ef", bill_rows=bill(("1", 0, 100), account="b"))
    assert len(moved(named, both)) == 2


def test_a_release_that_waited_and_came_is_told_once() -> None:
    def release(state: str, amount: int | None, day: int) -> pl.DataFrame:
        return schema.REFUNDS.frame(
            order_id=["8201"], order_line_id=["8202"], settlement_kind=["release"], loan_state=[state],
            amount_fen=[amount], stated_fen=[500], booked_on=[date(2026, 3, day) if amount else None],
        )  # fmt: skip

    waiting, came = release("waiting", None, 1), release("released", 490, 9)
    tables = together(told("ab", refunds=waiting), told("cd", day=2, refunds=waiting), told("ef", day=9, refunds=came))
    assert tables.refunds is not None
    assert tables.refunds.select("loan_state", "amount_fen").rows() == [("released", 490)]


def test_of_a_fine_the_newest_list_is_believed_and_fines_without_a_number_stay_apart() -> None:
    def fines(state: str, fen: int) -> pl.DataFrame:
        return schema.FINES.frame(
            store=["一店"] * 3, notice_no=["F1", None, None], is_suspect_id=[False] * 3, amount_fen=[fen, 5, 5],
            fine_state=[state] * 3, booked_on=[date(2026, 3, 1)] * 3, source_row=[2, 3, 4],
        )  # fmt: skip

    tables = together(told("ab", day=1, fines=fines("pending", 100)), told("cd", day=9, fines=fines("deducted", 80)))
    assert tables.fines is not None
    assert tables.fines.select("notice_no", "amount_fen", "fine_state").rows() == [
        (None, 5, "deducted"), (None, 5, "deducted"), ("F1", 80, "deducted"),
    ]  # fmt: skip


def test_a_case_told_by_the_store_file_and_the_list_of_cases_is_one() -> None:
    on = date(2026, 3, 1)
    rows = schema.APPLICATIONS.frame(
        store=["一店"] * 3, case_kind=["deposit_refund"] * 3, case_id=[None, None, "A9"],
        submitted_on=[on, on, date(2026, 5, 1)], approved_on=[date(2026, 3, 5), None, None], reason=[None, "不做了", None],
        source_row=[2, 2, 3], source_sheet=["店铺档案", "办理事项", "办理事项"],
    )  # fmt: skip
    tables = together(told("ab", applications=rows))
    assert tables.applications is not None
    assert tables.applications.select("case_id", "submitted_on", "approved_on", "reason").rows() == [
        (None, on, date(2026, 3, 5), "不做了"),
        ("A9", date(2026, 5, 1), None, None),
    ]


def test_an_older_edition_of_a_sheet_kept_by_hand_says_nothing_any_more() -> None:
    def edition(number: int, store: str) -> FileTold:
        rows = schema.STORE_FILE.frame(store=[store], source_row=[2])
        return FileTold(f"e{number}", "店铺档案.xlsx", {"store_file": rows}, kept_as="店铺档案.xlsx", edition=number)

    tables = together(edition(1, "一店"), edition(2, "二店"))
    assert tables.store_file is not None
    assert tables.store_file["store"].to_list() == ["二店"]


def test_rows_that_name_no_store_are_the_stores_own_unless_the_file_is_shared() -> None:
    rows = schema.DEPOSIT_LEDGER.frame(provider=["hand"], amount_fen=[1], is_suspect_id=[False], source_row=[2])
    own = told("ab", deposit_ledger=rows)
    shared = FileTold("cd", "b.csv", {"deposit_ledger": rows.with_columns(amount_fen=2)}, facts={"is_shared": True})
    tables = together(own, shared, store="一店")
    assert tables.deposit_ledger is not None
    assert sorted(tables.deposit_ledger.select("store", "amount_fen").rows(), key=str) == [("一店", 1), (None, 2)]


def test_a_file_on_two_shelves_counts_once(tmp_path: Path) -> None:
    shelves = []
    for store in ("一店", "二店"):
        history = History(tmp_path / store)
        history.add(told("ab", bill_rows=bill(("1", 0, -100))))
        shelves.append(Shelf(history.batches, store))
    rows = money_tables(shelves).bill_rows
    assert rows is not None
    assert rows.height == 1


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", None]), st.sampled_from([0, 1440, 2880]), st.sampled_from([-100, 100, 7])
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.data())
def test_shuffling_splitting_and_exporting_again_change_nothing(rows: list[Row], data: st.DataObject) -> None:
    whole = told("ab", bill_rows=bill(*rows))
    shuffled = data.draw(st.permutations(rows))
    # Exports are cut between days.
    early, late = [r for r in rows if r[1] < 1440], [r for r in rows if r[1] >= 1440]
    parts = [told(f"p{n}", bill_rows=bill(*part)) for n, part in enumerate((early, late))]
    expected = sorted(moved(whole), key=str)
    assert len(expected) == len(rows)
    assert sorted(moved(told("cd", bill_rows=bill(*shuffled))), key=str) == expected
    assert sorted(moved(*parts), key=str) == expected
    assert sorted(moved(whole, *parts, told("cd", bill_rows=bill(*shuffled))), key=str) == expected
