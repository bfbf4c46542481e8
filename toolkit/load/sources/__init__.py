"""The kinds of export this product knows, one small declarative file each.

To add one: write `toolkit/load/sources/<name>.py` with a `Source`, import it here and append it to `SOURCES`.
"""

from __future__ import annotations

from toolkit.load.source import Source

__all__ = ["SOURCES"]

SOURCES: tuple[Source, ...] = ()
