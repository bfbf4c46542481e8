from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {}
