"""Which days of which account do the bills cover, and which lists are new enough to say that there is nothing?

A credit that is not in the bills is missing only if a bill was there to show it: of the account, of every day of the
window, with all kinds of rows. Rows alone never give coverage; a bill says itself which whole days it holds
(`first_day` to `last_day`), and a caller may state more. A bill filtered to expenses holds no refund, and a bill from
which rows are missing proves nothing.

Lists of orders, disputes, debts and fines are snapshots of stores: a list of last month does not say that nothing is
open today, and one store's list says nothing of another store.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from toolkit.schema import BILL_FILES, BILL_RANGES
from toolkit.schema.deposits import BILL_COVERAGE, LIST_COVERAGE

__all__ = ["LISTS", "bill_coverage", "list_coverage"]

LISTS = ("disputes", "orders", "debts", "fines")
"""The lists that the preconditions of a refund rest on."""

_NEEDED = {
    "provider": pl.String(), "account": pl.String(), "store": pl.String(), "currency": pl.String(),
    "first_day": pl.Date(), "last_day": pl.Date(), "bill_filter": pl.String(),
    "declared_rows": pl.Int64(), "read_rows": pl.Int64(),
    "declared_in_fen": pl.Int64(), "declared_out_fen": pl.Int64(), "read_in_fen": pl.Int64(),
    "read_out_fen": pl.Int64(), "totals_check": pl.String(), "balance_check": pl.String(),
    "source_file": pl.String(), "source_sheet": pl.String(), "covers": pl.String(), "list_name": pl.String(),
    "observed_on": pl.Date(), "rejected": pl.Int64(), "is_no_bill": pl.Boolean(),
}  # fmt: skip

_LIST = ["list_name", "store"]
_SAY_THEIR_FILTER = ("alipay_personal", "wechat_personal")
"""Personal bills are exported by kind of row and say so in their head; merchants' statements know no such choice."""


def bill_coverage(
    bill_files: pl.DataFrame | None, stated: pl.DataFrame | None = None, ranges: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row per bill (`BILL_COVERAGE`): the days it covers, or why it covers nothing.

    not_covering: no_days (it states none), filtered (not all kinds of rows), filter_unknown (a bill of a kind that says
    its filter does not say it), rows_missing (fewer rows than declared), totals_differ, balance_broken, no_such_bill
    (a range names a bill that is not there). Null: it covers.

    Args:
        bill_files: `schema.BILL_FILES`.
        stated: what a caller knows besides: account (null: all accounts), store (null: any), first_day, last_day, and
            bill_filter (null: all kinds of rows). Rows that name a list (`list_name`) are not about bills.
        ranges: `schema.BILL_RANGES`: what the person who exported a bill says of it. It fills in what the bill does not
            say itself (is_said_by_hand), and overrules nothing.

    >>> bill_coverage(pl.DataFrame({"account": ["138"], "first_day": [date(2026, 1, 1)], "last_day":
    ... [date(2026, 1, 31)], "bill_filter": ["expenses_only"]}))["not_covering"].to_list()
    ['filtered']
    """
    told = [_completed(_with(bill_files, is_stated=False), ranges)] if bill_files is not None else []
    if stated is not None:
        told.append(_with(stated, is_stated=True).filter(pl.col("list_name").is_null()))
    told.append(_without_bill(ranges, bill_files))
    why = (
        pl.when("is_no_bill")
        .then(pl.lit("no_such_bill"))
        .when((pl.col("first_day") <= pl.col("last_day")).fill_null(False).not_())
        .then(pl.lit("no_days"))
        .when(pl.col("bill_filter") != "all")
        .then(pl.lit("filtered"))
        .when(pl.col("bill_filter").is_null() & pl.col("provider").is_in(_SAY_THEIR_FILTER).fill_null(True))
        .then(pl.lit("filter_unknown"))
        .when(pl.col("read_rows") < pl.col("declared_rows"))
        .then(pl.lit("rows_missing"))
        .when(pl.col("totals_check") == "differs")
        .then(pl.lit("totals_differ"))
        .when(pl.col("balance_check") == "broken")
        .then(pl.lit("balance_broken"))
    )
    rows = (
        pl.concat(told, how="diagonal")
        .with_columns(not_covering=why)
        .with_columns(covers=pl.col("not_covering").is_null())
    )
    return BILL_COVERAGE.conform(rows).sort("account", "first_day", "source_file", "source_sheet", nulls_last=True)


def _completed(files: pl.DataFrame, ranges: pl.DataFrame | None) -> pl.DataFrame:
    """Bills, with what a range adds to each: account, days (none after the export) and kinds of rows."""
    added = {"account": "account", "first_day": "first_day", "last_day": "last_day", "bill_filter": "bill_filter"}
    said = _ranges(ranges).rename({name: f"said_{name}" for name in added})
    at = files.with_row_index("at")
    fits = _named(at.select("at", "source_file"), said).unique("at", keep="first", maintain_order=True)
    both = at.join(fits, on="at", how="left", maintain_order="left").with_columns(
        said_last_day=pl.min_horizontal("said_last_day", "observed_on")
    )
    is_added = [pl.col(name).is_null() & pl.col(f"said_{name}").is_not_null() for name in added]
    return both.with_columns(
        *(pl.coalesce(name, f"said_{name}").alias(name) for name in added), is_said_by_hand=pl.any_horizontal(is_added)
    ).select(*files.columns, "is_said_by_hand")


def _without_bill(ranges: pl.DataFrame | None, bill_files: pl.DataFrame | None) -> pl.DataFrame:
    """Ranges of bills that are not there, as rows that cover nothing."""
    said = _ranges(ranges)
    files = _with(BILL_FILES.empty() if bill_files is None else bill_files, is_stated=False)
    found = _named(files.select("source_file"), said.select("bill_name"))
    missing = said.join(found, on="bill_name", how="anti").rename({"bill_name": "source_file"})
    return _with(missing, is_stated=False).with_columns(is_no_bill=pl.lit(True), is_said_by_hand=pl.lit(True))


def _ranges(ranges: pl.DataFrame | None) -> pl.DataFrame:
    """bill_name, account, first_day, last_day, bill_filter of ranges that name a bill, in the order of the names."""
    told = BILL_RANGES.empty() if ranges is None else BILL_RANGES.conform(ranges)
    names = ("bill_name", "account", "first_day", "last_day", "bill_filter")
    return told.filter(pl.col("bill_name").is_not_null()).select(names).sort(names, nulls_last=True)


def _named(files: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a bill and what names it: its name with or without its ending, that of its archive or within it."""
    low = pl.col("source_file").str.to_lowercase()
    inside = low.str.extract(r"› (.*)$")
    archive = low.str.extract(r"^(.*?) ›")
    name = pl.col("bill_name").str.strip_chars().str.to_lowercase()
    ways = [way for whole in (low, inside, archive) for way in (whole, whole.str.replace(r"\.[a-z0-9]+$", ""))]
    is_named = pl.any_horizontal((way == name).fill_null(False) for way in ways)
    return files.join(said, how="cross").filter(is_named).drop("source_file")


def _with(frame: pl.DataFrame, *, is_stated: bool) -> pl.DataFrame:
    """The columns coverage needs; what a caller states holds all kinds of rows unless it says otherwise."""
    known = frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in _NEEDED.items()
    )
    return known.with_columns(pl.col("bill_filter").fill_null("all")) if is_stated else known


def list_coverage(
    lists: dict[str, pl.DataFrame | None],
    stated: pl.DataFrame | None,
    *,
    stores: Sequence[str | None],
    as_of: date,
    fresh_days: int,
) -> pl.DataFrame:
    """One row per list and store (`LIST_COVERAGE`): whether the list may say that nothing of the store is open.

    A list speaks for the stores its rows name, and for those that `stated` names; one store's list never speaks for
    another. Rows without a store are the only store's, else nobody's (a row of their own, store null). A list is as old
    as the store's newest row, or as `stated` says; without a day its age is not known, and it is not fresh.

    Args:
        lists: tables with store and observed_on; None: no file told of it. A table without rows was made for the only
            store, today unless `stated` gives it another day; for several stores it speaks for those `stated` names.
        stated: list_name, observed_on, store (null: all stores), and rejected (rows of the list that could not be read:
            what they said is not known, so that the list of that day says nothing).
        stores: all stores asked about.

    >>> one = pl.DataFrame({"store": ["S1"], "observed_on": [date(2026, 1, 5)]})
    >>> told = list_coverage({"debts": one}, None, stores=["S1", "S2"], as_of=date(2026, 1, 5), fresh_days=3)
    >>> told.select("store", "is_given", "is_fresh").rows()
    [('S1', True, True), ('S2', False, False)]
    """
    every = pl.DataFrame({"store": list(stores)}, schema={"store": pl.String})
    asked = pl.DataFrame({"list_name": list(lists)}, schema={"list_name": pl.String}).join(every, how="cross")
    said = _said_lists(stated, every).filter(pl.col("list_name").is_in([n for n, t in lists.items() if t is not None]))
    told = pl.concat([_told_lists(lists, stores), said], how="diagonal")
    speaks = told.filter(pl.col("rejected").fill_null(0) == 0)
    ages = speaks.group_by("list_name", "store").agg(pl.col("rows").sum(), pl.col("observed_on").max())
    without_day = _empty_lists(lists, stores).join(speaks, on=_LIST, how="anti", nulls_equal=True)
    known = pl.concat([ages, without_day.with_columns(rows=pl.lit(0, pl.Int64), observed_on=pl.lit(as_of))])
    clouds = (
        told.filter(pl.col("rejected") > 0).group_by(_LIST).agg(clouded_on=pl.col("observed_on").fill_null(as_of).max())
    )
    rows = (
        asked.join(known, on=_LIST, how="full", coalesce=True, nulls_equal=True)
        .join(clouds, on=_LIST, how="left", nulls_equal=True)
        .join(every.with_columns(is_asked=True), on="store", how="left", nulls_equal=True)
    )
    is_new = pl.col("observed_on") >= as_of - timedelta(days=fresh_days)
    is_clouded = (pl.col("clouded_on") >= pl.col("observed_on")).fill_null(False)
    is_fresh = (is_new & ~is_clouded & pl.col("is_asked")).fill_null(False)
    found = rows.with_columns(is_given=pl.col("rows").is_not_null(), is_fresh=is_fresh)
    return LIST_COVERAGE.conform(found).sort("list_name", "store", nulls_last=True)


def _told_lists(lists: dict[str, pl.DataFrame | None], stores: Sequence[str | None]) -> pl.DataFrame:
    """list_name, store, rows, observed_on of the rows of every list; the only store owns what names none."""
    only = pl.lit(stores[0] if len(stores) == 1 else None, pl.String)
    parts = [
        _with(table, is_stated=False).select(
            pl.lit(name).alias("list_name"), pl.col("store").fill_null(only), "observed_on"
        )
        for name, table in lists.items()
        if table is not None
    ]
    rows = (
        pl.concat(parts)
        if parts
        else pl.DataFrame(schema={"list_name": pl.String, "store": pl.String, "observed_on": pl.Date})
    )
    counted = rows.group_by(_LIST).agg(rows=pl.len().cast(pl.Int64), observed_on=pl.col("observed_on").max())
    return counted.with_columns(rejected=pl.lit(None, pl.Int64))


def _said_lists(stated: pl.DataFrame | None, every: pl.DataFrame) -> pl.DataFrame:
    """The same of what is stated beside the rows; what names no store is said of all."""
    empty = pl.DataFrame(
        schema={"list_name": pl.String, "store": pl.String, "observed_on": pl.Date, "rejected": pl.Int64}
    )
    if stated is None or "list_name" not in stated.columns:
        return empty.with_columns(rows=pl.lit(None, pl.Int64))
    said = _with(stated, is_stated=True).filter(pl.col("list_name").is_not_null()).select(empty.columns)
    of_all = said.filter(pl.col("store").is_null()).drop("store").join(every, how="cross").select(empty.columns)
    both = pl.concat([said.filter(pl.col("store").is_not_null()), of_all])
    return both.with_columns(rows=pl.lit(0, pl.Int64))


def _empty_lists(lists: dict[str, pl.DataFrame | None], stores: Sequence[str | None]) -> pl.DataFrame:
    """list_name, store: lists without rows, which are the only store's."""
    names = [name for name, table in lists.items() if len(stores) == 1 and table is not None and table.is_empty()]
    return pl.DataFrame({"list_name": names, "store": [*stores] * len(names)}, schema=dict.fromkeys(_LIST, pl.String()))
