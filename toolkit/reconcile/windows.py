"""Is every day of a window in a bill of its account?

Thousands of windows stand beside thousands of bills, so they are never laid side by side one by one. Windows ask for
few pairs of store and account; bills of one account run on from each other and come to few stretches of days. Once the
stretches are put together per pair, a window needs to look at one only: the last that begins on its first day or before.
"""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from toolkit.reconcile.accounts import same_tail

__all__ = ["uncovered"]

_ONE_DAY = timedelta(days=1)
_WHOSE = ("store", "account")


def uncovered(windows: pl.DataFrame, bills: pl.DataFrame) -> pl.DataFrame:
    """The windows, in order, with uncovered: why no bill settles them; null where every day is covered.

    no_bill (of this account at all), account_unknown (and no bill speaks for all accounts), filtered, no_days,
    rows_missing, totals_differ, balance_broken, or bill_ends (days are missing, from the day in uncovered_from).

    Args:
        windows: id, store, account, first, last.
        bills: `BILL_COVERAGE`.

    >>> from datetime import date
    >>> from toolkit.reconcile.coverage import bill_coverage
    >>> bill = bill_coverage(None, pl.DataFrame({"first_day": [date(2026, 1, 1)], "last_day": [date(2026, 1, 31)]}))
    >>> one = pl.DataFrame({"id": ["a"], "store": ["S"], "account": [None], "first": [date(2026, 1, 5)],
    ... "last": [date(2026, 2, 2)]}, schema_overrides={"account": pl.String})
    >>> uncovered(one, bill).select("uncovered", "uncovered_from").row(0)
    ('bill_ends', datetime.date(2026, 2, 1))
    """
    askers = windows.select(_WHOSE).unique(maintain_order=True).with_row_index("asker")
    # A bill of unknown account that a file made speaks for nobody; a caller who names none speaks for all.
    told = bills.with_columns(is_stated=pl.col("source_file").is_null())
    owners = told.select(*_WHOSE, "is_stated").unique(maintain_order=True).with_row_index("owner")
    owned = told.join(owners, on=[*_WHOSE, "is_stated"], nulls_equal=True)
    links = _bills_of(askers, owners)
    own = _stretches(owned.filter("covers").select("owner", "first_day", "last_day"), "owner")
    held = _stretches(links.join(own, on="owner").select("asker", "first_day", "last_day"), "asker")
    reasons = _best_reason(links.join(_best_reason(owned, "owner"), on="owner"), "asker")
    asked = windows.join(askers, on=_WHOSE, how="left", nulls_equal=True, maintain_order="left")
    return (
        _first_gap(asked, held)
        .join(reasons, on="asker", how="left", maintain_order="left")
        .with_columns(uncovered=_why())
        .drop("asker", "any_covers", "not_covering", "last_day", "source_file")
    )


def _why() -> pl.Expr:
    return (
        pl.when(pl.col("uncovered_from").is_null())
        .then(None)
        .when(pl.col("any_covers").fill_null(False))
        .then(pl.lit("bill_ends"))
        .when(pl.col("not_covering").is_not_null())
        .then("not_covering")
        .when(pl.col("account").is_null())
        .then(pl.lit("account_unknown"))
        .otherwise(pl.lit("no_bill"))
    )


def _bills_of(askers: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """asker, owner: whose bills may settle whose windows.

    The account must be the same as far as both are told (one may be the tail of the other), and the store, where both
    name one. A store's own bill needs no account to be its own.
    """
    for_all = owners.filter(pl.col("account").is_null(), "is_stated")
    pairs = [
        _same_account(askers, owners),
        _same_store(askers, for_all),
        _pairs(askers.filter(pl.col("account").is_null()), owners, on="store"),
    ]
    return pl.concat(pairs).unique()


def _same_account(askers: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose account is the end of the other's, and whose stores do not differ."""
    accounts = same_tail(askers["account"], owners["account"])
    both = askers.join(accounts, left_on="account", right_on="mine").join(
        owners, left_on="theirs", right_on="account", suffix="_of"
    )
    return both.filter((pl.col("store") == pl.col("store_of")).fill_null(True)).select("asker", "owner")


def _same_store(askers: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose stores do not differ: both name the same, or one names none."""
    nobody = pl.col("store").is_null()
    return pl.concat(
        [
            _pairs(askers, owners, on="store"),
            _pairs(askers.filter(nobody), owners),
            _pairs(askers.filter(~nobody), owners.filter(nobody)),
        ]
    )


def _pairs(askers: pl.DataFrame, owners: pl.DataFrame, *, on: str | None = None) -> pl.DataFrame:
    mine, theirs = askers.select("asker", "store"), owners.select("owner", "store")
    both = mine.join(theirs, how="cross") if on is None else mine.join(theirs, on=on)
    return both.select("asker", "owner")


def _stretches(spans: pl.DataFrame, by: str) -> pl.DataFrame:
    """by, first_day, last_day: spans put together where they overlap or run on from one day to the next."""
    ordered = spans.filter(pl.col("first_day") <= pl.col("last_day")).sort(by, "first_day", "last_day")
    reached = pl.col("last_day").cum_max().over(by)
    begins = pl.col("first_day") > pl.col("reached").shift(1).over(by) + _ONE_DAY
    return (
        ordered.with_columns(reached=reached)
        .with_columns(stretch=begins.fill_null(True).cum_sum().over(by))
        .group_by(by, "stretch")
        .agg(pl.col("first_day").min(), pl.col("last_day").max())
        .drop("stretch")
        .sort(by, "first_day")
    )


def _first_gap(asked: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The windows with uncovered_from: the first day that no bill covers; null: none, or the window has no days.

    Stretches neither overlap nor touch, so the day after the one that holds the window's first day is the first gap.
    """
    reached = (
        asked.with_row_index("place")
        .sort("first")
        .join_asof(
            held.sort("first_day").rename({"last_day": "held_until"}),
            left_on="first",
            right_on="first_day",
            by="asker",
            check_sortedness=False,
        )
        .sort("place")
    )
    after = pl.max_horizontal(pl.col("held_until") + _ONE_DAY, "first")
    return (
        reached.with_columns(uncovered_from=pl.when(pl.col("first").is_not_null()).then(after))
        .with_columns(pl.when(pl.col("uncovered_from") <= pl.col("last")).then("uncovered_from"))
        .drop("place", "first_day", "held_until")
    )


def _best_reason(bills: pl.DataFrame, by: str) -> pl.DataFrame:
    """by, any_covers, not_covering, last_day, source_file: the reason of the bill that reaches furthest."""
    if "any_covers" not in bills.columns:
        bills = bills.with_columns(any_covers="covers")
    told = ("not_covering", "last_day", "source_file")
    near = bills.sort("last_day", "source_file", "not_covering", nulls_last=False)
    refused = pl.col("not_covering").is_not_null()
    return near.group_by(by, maintain_order=True).agg(
        pl.col("any_covers").any(), *(pl.col(name).filter(refused).last() for name in told)
    )
