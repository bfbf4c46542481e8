"""What is due and what arrived, as two tables alike in shape.

A claim may be a deposit to be refunded, an order's refund or a settlement; a credit is a row of a bill. Matching needs
only what they have in common: an id, whose it is, how much, when, and the keys both sides may write down. `CLAIM`
names these columns. A column a caller does not have is left out and becomes null: unknown fits everything.

| column | meaning |
|---|---|
| id | text, unique on its side |
| store, account | null: not known, fits any; an account may be a tail (1234 fits 1381234) |
| currency, amount_fen | what is due or arrived, positive |
| on | the day it is counted from (claims: approved; credits: booked) |
| earliest, latest | the window of a claim, in days; null: from `on` and the options |
| keys | ids of this very payment: refund no., transaction id |
| base_keys | ids of what it belongs to: original transaction, order |
"""

from __future__ import annotations

import polars as pl

from toolkit.errors import DataError

__all__ = ["CLAIM", "credits_of_bill", "distinct_rows", "side"]

CLAIM = {
    "id": pl.String(),
    "store": pl.String(),
    "account": pl.String(),
    "currency": pl.String(),
    "amount_fen": pl.Int64(),
    "on": pl.Date(),
    "earliest": pl.Date(),
    "latest": pl.Date(),
    "keys": pl.List(pl.String()),
    "base_keys": pl.List(pl.String()),
}


def side(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with exactly the columns of `CLAIM`, sorted by day and id; others are dropped.

    Raises:
        DataError: an id is missing or stands twice.

    >>> side(pl.DataFrame({"id": ["a"], "amount_fen": [5]}))["keys"].to_list()
    [None]
    """
    known = rows.select(
        pl.col(name).cast(dtype) if name in rows.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in CLAIM.items()
    )
    if known["id"].null_count() or known["id"].n_unique() != known.height:
        twice = known.filter(pl.col("id").is_duplicated() | pl.col("id").is_null())["id"]
        raise DataError("match_id", id=str(twice.sort()[0]))
    return known.sort("on", "id")


def distinct_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Bill rows with each row once, however many overlapping exports tell it, and `row_key`: its id from now on.

    Equal rows inside one file are twins and stay: of every row there are as many as the file has that tells most of
    them. Of the same row in several files the one observed last is kept (it shows the row furthest in its life).
    Equal are provider, account, id, amount and minute: a file saved again by Excel has lost the seconds. A row without
    an id, or with one Excel ruined, is held to its exact time. A row that lies with several stores belongs to none of
    them (store null). Sorted by time and key.

    >>> bill = pl.DataFrame({"row_id": ["1", "1", "1"], "source_file": ["a", "a", "b"], "source_row": [5, 6, 5]})
    >>> distinct_rows(bill)["row_key"].to_list()
    ['1|1', '1|2']
    """
    names = ("provider", "account", "row_id", "booked_at", "amount_fen", "stated_fen", "currency")
    known = [name for name in names if name in rows.columns]
    order = [n for n in ("source_file", "source_sheet", "source_row") if n in rows.columns]
    age = [n for n in ("observed_on", *order) if n in rows.columns]
    key = pl.concat_str([_key_part(name, rows).fill_null("") for name in known], separator="|")
    files = [n for n in order if n != "source_row"]
    return (
        rows.sort(*order)
        .with_columns(__key=key)
        .with_columns(__nth=pl.int_range(1, pl.len() + 1).over("__key", *files))
        .with_columns(_one_store("store") for _ in range("store" in rows.columns))
        .sort(*age, nulls_last=False)
        .unique(["__key", "__nth"], keep="last", maintain_order=True)
        .with_columns(row_key=pl.concat_str("__key", "__nth", separator="|"))
        .drop("__key", "__nth")
        .sort(*(n for n in ("booked_at",) if n in rows.columns), "row_key")
    )


def _one_store(store: str) -> pl.Expr:
    stores = pl.col(store).drop_nulls()
    alone = stores.n_unique().over("__key", "__nth") <= 1
    return pl.when(alone).then(pl.col(store).drop_nulls().min().over("__key", "__nth"))


def _key_part(name: str, rows: pl.DataFrame) -> pl.Expr:
    if name != "booked_at":
        return pl.col(name).cast(pl.String)
    time = pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S")
    if "row_id" not in rows.columns:
        return time
    suspect = pl.col("is_suspect_id").fill_null(False) if "is_suspect_id" in rows.columns else pl.lit(False)
    return pl.when(pl.col("row_id").is_null() | suspect).then(time).otherwise(time.str.head(16))


def credits_of_bill(rows: pl.DataFrame) -> pl.DataFrame:
    """Bill rows (with row_key) that brought money in, as one side of a match: a row is a credit.

    The transaction's own id and the order number are its keys, what it goes back to its base keys. An id that Excel
    may have ruined is no key.
    """
    kept = pl.when(pl.col("is_suspect_id").fill_null(False).not_())
    keys = pl.concat_list(kept.then("row_id"), kept.then("merchant_order_no")).list.drop_nulls().list.unique()
    base = pl.concat_list(kept.then("base_id"), kept.then("base_order_no")).list.drop_nulls().list.unique()
    return rows.filter(pl.col("amount_fen") > 0).select(
        "store", "account", "currency", "amount_fen",
        id="row_key", on="booked_on", keys=keys.list.sort(), base_keys=base.list.sort(),
    )  # fmt: skip
