"""Notices before a delisting: platform support and the warehouse are told, buyers only by a self-run store.

In the fully-managed model the platform serves the buyers, so the customer to be told first is the platform.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from toolkit.export.into_place import text_into_place
from toolkit.export.order_columns import TICK, is_unchecked
from toolkit.words import Lang, say
from toolkit.words.sentences import sentences

__all__ = ["Addressee", "notice", "write_notice"]

Addressee = Literal["support", "warehouse", "buyer"]


def notice(rows: pl.DataFrame, to: Addressee, *, store: str, day: date, lang: Lang = "zh") -> str:
    """The text of a notice about the products of `rows` (rows of `schema.PROFILE`).

    >>> from toolkit.schema import PROFILE
    >>> shelf = PROFILE.frame(product_id=["1005"], title=["水枪"], open_units=[3], open_orders_state=["open"])
    >>> print(notice(shelf, "support", store="示例优品", day=date(2026, 11, 24)), end="")
    您好,我们是示例优品。我们准备在2026-11-24起下架下面1个商品;其中1个还有未完成订单,会照常发完。如有疑问请回复。
    <BLANKLINE>
    1005  水枪  未完成订单:有,欠3件
    """
    owed = rows.filter(pl.col("open_orders_state") == "open").height
    opening = "notice.support.none_open" if to == "support" and not owed else f"notice.{to}"
    head = say(opening, lang, store=store, day=day, count=rows.height, owed=owed)
    key = _stock_line() if to == "warehouse" else _line(rows)
    lines = [] if to == "buyer" else sentences(rows, key, lang).to_list()
    return "\n".join([head, *(["", *lines] if lines else [])]) + "\n"


def _stock_line() -> pl.Expr:
    """What to tell the warehouse; a JIT product's stock is a number the seller typed, nothing that lies there."""
    is_jit = pl.col("stocking_type").eq_missing("jit")
    return pl.when(is_jit).then(pl.lit("notice.stock_line.jit")).otherwise(pl.lit("notice.stock_line"))


def _line(rows: pl.DataFrame) -> pl.Expr:
    """What to say of open orders where no file tells: that nobody looked, or that somebody did."""
    ticked = pl.col(TICK).eq_missing("yes") if TICK in rows.columns else pl.lit(False)
    unknown = pl.when(ticked).then(pl.lit("notice.line.looked")).otherwise(pl.lit("notice.line.unchecked"))
    is_free = pl.col("open_orders_state") == "none"
    told = pl.when(is_free).then(pl.lit("notice.line.none")).otherwise(pl.lit("notice.line"))
    return pl.when(is_unchecked()).then(unknown).otherwise(told)


def write_notice(path: Path, rows: pl.DataFrame, to: Addressee, *, store: str, day: date, lang: Lang = "zh") -> Path:
    """Write `notice` as a text file that Notepad opens.

    Raises:
        OutputError: the folder cannot be written.
    """
    return text_into_place(path, notice(rows, to, store=store, day=day, lang=lang))
