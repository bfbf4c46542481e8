"""Which days of which account do the bills cover, and which lists are new enough to say that there is nothing?

A credit that is not in the bills is missing only if a bill was there to show it: of the account, of every day of the
window, with all kinds of rows. Rows alone never give coverage; a bill says itself which whole days it holds
(`first_day` to `last_day`), and a caller may state more. A bill filtered to expenses holds no refund, and a bill from
which rows are missing proves nothing.

Lists of orders, disputes, debts and fines are snapshots: a list of last month does not say that nothing is open today.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

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
    "observed_on": pl.Date(),
}  # fmt: skip

_SAY_THEIR_FILTER = ("alipay_personal", "wechat_personal")
"""Personal bills are exported by kind of row and say so in their head; merchants' statements know no such choice."""


def bill_coverage(bill_files: pl.DataFrame | None, stated: pl.DataFrame | None = None) -> pl.DataFrame:
    """One row per bill (`BILL_COVERAGE`): the days it covers, or why it covers nothing.

    not_covering: no_days (it states none), filtered (not all kinds of rows), filter_unknown (a bill of a kind that says
    its filter does not say it), rows_missing (fewer rows than declared), totals_differ, balance_broken. Null: it covers.

    Args:
        bill_files: `schema.BILL_FILES`.
        stated: what a caller knows besides: account (null: all accounts), store (null: any), first_day, last_day, and
            bill_filter (null: all kinds of rows). Rows that name a list (`list_name`) are not about bills.

    >>> bill_coverage(pl.DataFrame({"account": ["138"], "first_day": [date(2026, 1, 1)], "last_day":
    ... [date(2026, 1, 31)], "bill_filter": ["expenses_only"]}))["not_covering"].to_list()
    ['filtered']
    """
    told = [_with(bill_files, is_stated=False)] if bill_files is not None else []
    if stated is not None:
        told.append(_with(stated, is_stated=True).filter(pl.col("list_name").is_null()))
    if not told:
        return BILL_COVERAGE.empty()
    why = (
        pl.when(pl.col("first_day").is_null() | pl.col("last_day").is_null())
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
    rows = pl.concat(told).with_columns(not_covering=why).with_columns(covers=pl.col("not_covering").is_null())
    return BILL_COVERAGE.conform(rows).sort("account", "first_day", "source_file", "source_sheet", nulls_last=True)


def _with(frame: pl.DataFrame, *, is_stated: bool) -> pl.DataFrame:
    """The columns coverage needs; what a caller states holds all kinds of rows unless it says otherwise."""
    known = frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in _NEEDED.items()
    )
    return known.with_columns(pl.col("bill_filter").fill_null("all")) if is_stated else known


def list_coverage(
    lists: dict[str, pl.DataFrame | None], stated: pl.DataFrame | None, *, as_of: date, fresh_days: int
) -> pl.DataFrame:
    """One row per list (`LIST_COVERAGE`): whether it may say that nothing is open.

    A list is as old as its newest row (observed_on), or as `stated` says (list_name, observed_on). An empty list was
    told by a file; unless its day is stated it is taken to be of today. A list with rows and no day is not fresh: its
    age is not known.

    >>> list_coverage({"debts": None}, None, as_of=date(2026, 1, 5), fresh_days=3)["is_fresh"].to_list()
    [False]
    """
    days = _list_days(stated)
    rows = []
    for name, table in lists.items():
        seen = None if table is None or "observed_on" not in table.columns else table["observed_on"].cast(pl.Date).max()
        on = days.get(name, seen if seen is not None else (as_of if table is not None and table.is_empty() else None))
        is_fresh = table is not None and isinstance(on, date) and on >= as_of - timedelta(days=fresh_days)
        rows.append((name, table is not None, None if table is None else table.height, on, is_fresh))
    return LIST_COVERAGE.conform(pl.DataFrame(rows, schema=LIST_COVERAGE.dtypes, orient="row"))


def _list_days(stated: pl.DataFrame | None) -> dict[str, date]:
    if stated is None or not {"list_name", "observed_on"} <= set(stated.columns):
        return {}
    told = _with(stated, is_stated=True).filter(pl.col("list_name").is_not_null(), pl.col("observed_on").is_not_null())
    return dict(told.group_by("list_name").agg(pl.col("observed_on").max()).iter_rows())
