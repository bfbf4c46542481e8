"""Field kinds: how a text cell becomes an id, a day, an amount."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One column of an export: the canonical column it fills and the headers people write over it."""

    column: str
    headers: tuple[str, ...]
    required: bool = False
