"""How many listing slots (上架名额) a store uses and has left.

A store may hold so many products at a time, on sale and in review together (the guide says 3,000; a setting). A slot
is the one thing that keeping a dead product always costs. A product whose status no file tells may or may not take a
slot: it is counted apart, and free slots are then an upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from toolkit.settings import Settings

__all__ = ["LIVE", "Slots", "slots"]

LIVE = ("on_sale", "under_review")
"""Statuses that take a slot."""


@dataclass(frozen=True)
class Slots:
    """Listing slots of a store, in products."""

    limit: int
    on_sale: int
    in_review: int
    unknown: int
    """Products whose status no file tells."""

    @property
    def used(self) -> int:
        """On sale and in review."""
        return self.on_sale + self.in_review

    @property
    def free(self) -> int:
        """Products that may still be listed; below zero when the store holds more than its limit."""
        return self.limit - self.used

    @property
    def is_exact(self) -> bool:
        """Every product's status is known."""
        return self.unknown == 0


def slots(profile: pl.DataFrame, settings: Settings) -> Slots:
    """Slots used and free, from each product's status.

    >>> slots(pl.DataFrame({"status": ["on_sale", "under_review", "delisted", None]}), Settings()).free
    2998
    """
    counts = dict(profile.group_by("status").agg(n=pl.len().cast(pl.Int64)).iter_rows())
    return Slots(
        limit=settings.store.listing_limit,
        on_sale=counts.get("on_sale", 0),
        in_review=counts.get("under_review", 0),
        unknown=counts.get(None, 0),
    )
