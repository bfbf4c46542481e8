"""The kinds of export this product knows, one small declarative file each.

To add one: write `toolkit/load/sources/<name>.py` with a `Source`, import it here and append it to `SOURCES`.
"""

from __future__ import annotations

from toolkit.load.source import Source
from toolkit.load.sources.catalog_sheet import CATALOG_SHEET
from toolkit.load.sources.order_lines import ORDER_LINES

__all__ = ["SOURCES"]

SOURCES: tuple[Source, ...] = (
    CATALOG_SHEET,
    ORDER_LINES,
)
