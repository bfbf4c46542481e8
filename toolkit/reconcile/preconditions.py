"""May a store apply for its deposit? Four things must be true, and not knowing is not the same as true.

No open dispute, no unfinished order, no debt, no fine pending. Each is true, false or unknown per store. One open row is
enough for false, however old the list. True needs a list of that very store that is new enough, without a row whose
state or store nobody can tell: that another store's list is there says nothing of this one.
"""

from __future__ import annotations

import polars as pl

from toolkit.reconcile.coverage import LISTS

__all__ = ["CHECKS", "preconditions"]

CHECKS = {
    "disputes": "no_open_dispute", "orders": "no_open_order", "debts": "no_debt", "fines": "no_pending_fine",
}  # fmt: skip
"""List → the column that says whether the list holds nothing open."""

_STATES = {
    "disputes": ("dispute_state", ("open",), ("cancelled", "closed")),
    "orders": ("order_status", None, ("finished", "cancelled", "refunded")),
    "debts": ("debt_state", ("open",), ("paid",)),
    "fines": ("fine_state", ("pending", "appealing"), ("withdrawn", "confirmed", "deducted")),
}
"""List → its state column, the states that are open (None: all that are not closed), and the states that are closed."""
_IDS = {"disputes": "dispute_id", "orders": "order_id", "debts": "reference", "fines": "notice_no"}
_SHOWN = 10


def preconditions(
    stores: list[str | None], lists: dict[str, pl.DataFrame | None], coverage: pl.DataFrame
) -> pl.DataFrame:
    """One row per store: the four checks, any_list, blocked_by (ids of open rows, at most ten a list) and needs_list.

    needs_list: the first list that would have to be brought to know more; null: all is known. any_list: a list is there
    that is about the store, or about a store nobody can tell. A list without a store on its rows is the store's own
    where there is one store only; else it is nobody's, and an open row of it makes every store unknown.

    Args:
        lists: by the names of `CHECKS`; None: no file told of it.
        coverage: `LIST_COVERAGE`.
    """
    rows = pl.DataFrame({"store": stores}, schema={"store": pl.String})
    for name in LISTS:
        fresh = coverage.filter(pl.col("list_name") == name).select("store", "is_fresh")
        rows = rows.join(_check(name, stores, lists.get(name), fresh), on="store", how="left", nulls_equal=True)
    missing = [pl.when(pl.col(CHECKS[name]).is_null()).then(pl.lit(name)) for name in LISTS]
    ids = pl.concat_str([pl.col(f"{name}_ids") for name in LISTS], separator="; ", ignore_nulls=True)
    given = coverage.filter("is_given")["store"]
    is_about = pl.col("store").is_in(given.drop_nulls().implode()).fill_null(False) | pl.lit(given.has_nulls())
    return rows.with_columns(
        needs_list=pl.coalesce(missing), blocked_by=pl.when(ids != "").then(ids), any_list=is_about
    ).select("store", *(CHECKS[name] for name in LISTS), "blocked_by", "needs_list", "any_list")


def _check(name: str, stores: list[str | None], table: pl.DataFrame | None, fresh: pl.DataFrame) -> pl.DataFrame:
    """store, the check's column, ids of its open rows; `fresh`: store, is_fresh of this list."""
    column, ids = CHECKS[name], f"{name}_ids"
    nothing = {"open": 0, "unsure": 0}
    found = _open_rows(name, table, stores) if table is not None else None
    if found is None:
        return pl.DataFrame({"store": stores, column: None, ids: None}, schema=_schema(column, ids))
    per_store = found.group_by("store").agg(
        open=(pl.col("is_open") == True).sum(),  # noqa: E712 - null is neither
        unsure=pl.col("is_open").is_null().sum(),
        ids=pl.col("id").filter(pl.col("is_open")).unique().sort().head(_SHOWN).str.join("; "),
    )
    nobodys = per_store.filter(pl.col("store").is_null(), (pl.col("open") > 0) | (pl.col("unsure") > 0))
    is_clouded = nobodys.height > 0
    known = pl.DataFrame({"store": stores}, schema={"store": pl.String}).join(
        per_store, on="store", how="left", nulls_equal=True
    )
    filled = known.join(fresh, on="store", how="left", nulls_equal=True).with_columns(
        pl.col("is_fresh").fill_null(False), *(pl.col(key).fill_null(value) for key, value in nothing.items())
    )
    is_true = pl.col("is_fresh") & pl.lit(not is_clouded) & (pl.col("unsure") == 0)
    return filled.select(
        "store",
        pl.when(pl.col("open") > 0).then(False).when(is_true).then(True).alias(column),
        pl.when(pl.col("open") > 0).then("ids").alias(ids),
    )


def _schema(column: str, ids: str) -> dict[str, pl.DataType]:
    return {"store": pl.String(), column: pl.Boolean(), ids: pl.String()}


def _open_rows(name: str, table: pl.DataFrame, stores: list[str | None]) -> pl.DataFrame:
    """store, id, is_open (null: its state is not known) of every row; the only store owns what names none."""
    state, opened, closed = _STATES[name]
    wanted = {"store": pl.String(), _IDS[name]: pl.String(), state: pl.String()}
    known = table.select(
        pl.col(column).cast(dtype) if column in table.columns else pl.lit(None, dtype).alias(column)
        for column, dtype in wanted.items()
    )
    at = pl.col(state)
    is_open = ~at.is_in(list(closed)) if opened is None else at.is_in(list(opened))
    sure = pl.lit(True) if opened is None else at.is_in([*opened, *closed])
    only = stores[0] if len(stores) == 1 else None
    return known.select(
        pl.col("store").fill_null(pl.lit(only, pl.String)), id=pl.col(_IDS[name]), is_open=pl.when(sure).then(is_open)
    )
