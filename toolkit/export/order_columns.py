"""Open orders as the lists show them: 有, 无 or 未核对, and a box to tick where nobody could look.

Without an order file nobody knows whether a buyer still waits. The line stays on its list all the same, since a person
can look in the seller centre: such a line carries an empty box, every other line none. A list without such lines does
not have the column.
"""

from __future__ import annotations

import polars as pl

from toolkit.export.cells import Shown
from toolkit.words import Lang, labels, say
from toolkit.words.columns import COLUMNS
from toolkit.words.sentences import sentences

__all__ = ["TICK", "is_unchecked", "orders_said", "tick_column", "ticks"]

TICK = "orders_checked"
"""The column of boxes."""


def is_unchecked() -> pl.Expr:
    """Products whose open orders no file could tell."""
    return pl.col("open_orders_state").eq_missing("unchecked")


def orders_said(products: pl.DataFrame, lang: Lang) -> pl.Series:
    """What is owed and missing where orders are open, else the state in a word (无, 未核对).

    `products` have open_orders_state, open_units and gap_units.

    >>> from toolkit.schema import PROFILE
    >>> shelf = PROFILE.frame(product_id=["1", "2"], open_orders_state=["open", "unchecked"], open_units=[3, None])
    >>> orders_said(shelf, "zh").to_list()
    ['有:欠3件,缺口未知件', '未核对']
    """
    owed = sentences(products, pl.when(pl.col("open_units") > 0).then(pl.lit("workbook.orders.open")), lang)
    state = products.get_column("open_orders_state").replace(labels("open_orders_state", lang))
    return owed.fill_null(state).alias("orders")


def ticks(products: pl.DataFrame) -> pl.Series:
    """The box of each line: ticked where `products` say so already (``yes``), empty where unchecked, else none."""
    ticked = pl.col(TICK) if TICK in products.columns else pl.lit(None, pl.String)
    return products.select(pl.when(is_unchecked()).then(ticked.fill_null("no")).alias(TICK)).to_series()


def tick_column(lang: Lang) -> Shown:
    """How the boxes are shown and filled."""
    words = labels(TICK, lang)
    return Shown(
        TICK,
        COLUMNS[TICK].title.in_(lang),
        "choice",
        words=words,
        tints={"no": "input", "yes": "input"},
        pick=(words["no"], words["yes"]),
        hint=say("loop.hint.orders_checked", lang),
    )
