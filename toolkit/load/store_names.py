"""Which stores does a sheet name? An export of an ERP may hold the rows of several.

The column is no fact about a product and is stored nowhere; only its few different values are kept, so that whoever puts
the file to a store can see whether it belongs there.
"""

from __future__ import annotations

import polars as pl

from toolkit.load.cell_text import clean
from toolkit.load.recognize import Match, normal
from toolkit.load.text_sheet import TextSheet

__all__ = ["stores_named"]

_HEADERS = {
    normal(header) for header in ("店铺", "店铺名称", "店铺名", "所属店铺", "Store", "Store Name", "Shop", "Shop Name")
}
_MOST = 20


def stores_named(sheet: TextSheet, match: Match) -> tuple[str, ...]:
    """The different names in a column 店铺 that the sheet's kind does not read itself, sorted; numbers are no names."""
    unread = set(match.unknown)
    columns = [n for n, header in enumerate(match.headers) if header in unread and normal(header) in _HEADERS]
    if not columns:
        return ()
    below = sheet.rows.filter(pl.col("row") > match.header_row)
    named = below.select(name=clean(pl.col(f"c{columns[0]}"))).unique().filter(pl.col("name").str.contains(r"[^0-9\s]"))
    names = named.head(_MOST).collect(engine="streaming")["name"]
    return tuple(sorted(name for name in names if normal(name) != normal(match.headers[columns[0]])))
