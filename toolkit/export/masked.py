"""Names, phones and account numbers, masked: a report is passed around, and other people's numbers need not be.

What is left is enough to tell one account from another and to find it again: the last four of an account, the first
letter of a mailbox, the surname. Ids of transactions and orders stay whole: they are evidence, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

__all__ = ["masked"]

_ACCOUNTS = ("account",)
_NAMES = ("company", "counterparty")
_TEXTS = ("found", "source_file", "source_sheet", "value", "blocked_by")
_KEYS = ("row_key", "item_key", "case_key", "credit_id", "expected_id", "counted_with", "claim")
"""Keys of rows are made of what a row says, its account included."""
_POINTER = "_row"
_STARS = "****"
_MAILBOX = r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@"
_PHONE = r"(^|[^0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})($|[^0-9])"
_ACCOUNT_NO = r"(^|[^0-9])(2088)[0-9]{8}([0-9]{4})($|[^0-9])"
"""An Alipay account is 2088 and twelve digits more; the ids of transactions are longer."""
_NICKNAME = r"(wechat_[a-z]+[|].)[^|]*[|]"
"""In the key of a row, the account of a WeChat bill: a name."""


def masked(frame: pl.DataFrame, *, private: bool = True) -> pl.DataFrame:
    r"""The table with people's names, phones and account numbers masked, in the columns that may hold any.

    Accounts and counterparties are masked whole, file names and quoted cells where they hold a phone, a mailbox or an
    account number. A quoted cell of an account or name column is masked like the column it stood in.

    Args:
        private: False gives the table as it is.

    >>> rows = pl.DataFrame({"account": ["13812345678", "li.hua@qq.com", "王小明"], "row_id": ["2026111822001"] * 3})
    >>> masked(rows)["account"].to_list()
    ['138****5678', 'l****@qq.com', '王**']
    """
    if not private:
        return frame
    names = frame.columns
    whole = [name for name in (*_ACCOUNTS, *_NAMES) if name in names]
    loose = [name for name in names if name in (*_TEXTS, *_KEYS) or name.endswith(_POINTER)]
    said = frame.with_columns(
        *(_whole(pl.col(name)).alias(name) for name in whole),
        *(_inside(pl.col(name)).alias(name) for name in loose if frame.schema[name] == pl.String()),
    )
    return said.with_columns(_quoted(frame, whole=(*_ACCOUNTS, *_NAMES))) if {"value", "column"} <= set(names) else said


def _quoted(frame: pl.DataFrame, *, whole: Iterable[str]) -> pl.Expr:
    """What a cell of a private column held."""
    was = frame.get_column("value").cast(pl.String)
    return pl.when(pl.col("column").is_in(list(whole))).then(_whole(pl.lit(was))).otherwise("value").alias("value")


def _whole(text: pl.Expr) -> pl.Expr:
    """A mailbox to its first letter, digits to their last four, a name to its first character."""
    digits = text.str.contains(r"^[0-9*]{8,}$")
    return (
        pl.when(text.str.contains("@"))
        .then(_inside(text))
        .when(digits)
        .then(text.str.head(3) + _STARS + text.str.tail(4))
        .when(text.str.contains(r"^[0-9*]+$"))
        .then(text)
        .otherwise(text.str.head(1) + text.str.slice(1).str.replace_all(r".", "*"))
    )


def _inside(text: pl.Expr) -> pl.Expr:
    """A text with what is private in it masked."""
    return (
        text.str.replace_all(_MAILBOX, "${1}****@")
        .str.replace_all(_PHONE, "${1}${2}****${3}${4}")
        .str.replace_all(_ACCOUNT_NO, "${1}${2}****${3}${4}")
        .str.replace_all(_NICKNAME, "${1}**|")
    )
