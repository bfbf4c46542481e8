"""Whose file is this? Exports rarely name their store, and one dropped into the wrong folder would mix two stores.

Two things give a foreign file away: a column that names another store, and products of which this store knows none
although both know many. Such a file is set aside whole and the user is asked, once; nothing waits for the answer. It is
held against what was known before this run, never against files that came with it; the first files of a store are held
against each other (`toolkit.store.families`). A list of products just listed is no evidence (nobody could know them), nor are ids that Excel may have cut.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from toolkit.history import Batch, Batches
from toolkit.settings import OtherStore
from toolkit.words import Text, both

if TYPE_CHECKING:
    from toolkit.load.loaded import LoadedFile

__all__ = ["FIRST_ROWS", "PRODUCT", "StoreKnown", "is_same", "products_of"]

_SMALL = ("catalog", "period_sales", "stock", "bindings")
_LARGE = ("order_lines", "purchase_order_lines")
PRODUCT = ("channel", "product_id")
_NAMED = 3
FIRST_ROWS = 10_000
"""So many rows of a file of ours show that it is."""


@dataclass(frozen=True)
class StoreKnown:
    """What a store was known by before a run read its new files."""

    batches: Batches
    known: tuple[Batch, ...]
    name: str
    """As its settings say; empty when they do not."""
    settings: OtherStore
    new_product_days: int

    @property
    def is_new(self) -> bool:
        """Whether no export of it was known before."""
        return not any(batch.kept_as is None and not batch.facts.get("is_shared") for batch in self.known)

    def another(self, loaded: LoadedFile) -> Text | None:
        """Why a file is another store's, in words; None when nothing says so."""
        return self._by_name(loaded) or self._by_products(loaded)

    def _by_name(self, loaded: LoadedFile) -> Text | None:
        stated = sorted({name for sheet in loaded.recognised for name in sheet.stores})
        own = self._own_names()
        foreign = [name for name in stated if not any(is_same(name, mine) for mine in own)]
        if not own or not foreign:
            return None
        key = "whose.name" if len(foreign) == len(stated) else "whose.several"
        return both(key, found="、".join(foreign[:_NAMED]), own="、".join(own[:_NAMED]), count=len(stated))

    def _own_names(self) -> list[str]:
        """What this store and its self-run store are called, in the settings and in its own 店铺档案."""
        files = [
            self.batches.scan("store_file", batch).select("store", "self_run_store")
            for batch in self.known
            if "store_file" in batch.rows and not batch.facts.get("is_shared")
        ]
        told = pl.concat(files).collect() if files else pl.DataFrame({"store": [], "self_run_store": []})
        names = [self.name, *told["store"], *told["self_run_store"]]
        return list(dict.fromkeys(name for name in names if name))

    def _by_products(self, loaded: LoadedFile) -> Text | None:
        if not self.known:
            return None
        sheets = [sheet.tables for sheet in loaded.recognised]
        # The first rows of a file of ours show it already, and millions need not be read for this.
        first = _products(
            [{name: rows.head(FIRST_ROWS) for name, rows in told.items()} for told in sheets], (*_SMALL, *_LARGE)
        )
        if (
            first.join(self._listed, on=PRODUCT, how="semi").height
            > self.settings.max_known_share * self._listed.height
        ):
            return None
        told = _products(sheets, (*_SMALL, *_LARGE), new_since=self._new_since)
        # Whoever has what the lists know is ours: the millions of order lines are only asked in doubt.
        if told.is_empty() or self._shares(told, self._listed):
            return None
        known = self._all_told
        comparable = told.join(known, on="channel", how="semi").height
        if min(comparable, known.height) < self.settings.min_products or self._shares(told, known):
            return None
        shared = told.join(known, on=PRODUCT, how="semi").height
        return both("whose.products", products=f"{comparable:,}", known=f"{known.height:,}", shared=f"{shared:,}")

    def _shares(self, told: pl.DataFrame, known: pl.DataFrame) -> bool:
        """Whether a file has more of the store's products than another store's could, counted by whoever has fewer.

        A channel that is new to the store can hold no known products.
        """
        fewest = min(told.join(known, on="channel", how="semi").height, known.height)
        return told.join(known, on=PRODUCT, how="semi").height > self.settings.max_known_share * fewest

    @property
    def _new_since(self) -> date | None:
        """Products listed later may be missing in all that is known."""
        days = [day for batch in self.known for day in batch.believed or batch.days if day]
        return max(days) - timedelta(days=self.new_product_days) if days else None

    @cached_property
    def _listed(self) -> pl.DataFrame:
        return _products([_tables(self.batches, batch) for batch in self.known], _SMALL)

    @cached_property
    def _all_told(self) -> pl.DataFrame:
        return products_of(self.batches, self.known)


def products_of(
    batches: Batches, files: Iterable[Batch], *, head: int | None = None, new_since: date | None = None
) -> pl.DataFrame:
    """The products that batches tell of, each with its channel (`PRODUCT`), without those whose ids may be damaged.

    Only those in the first `head` rows of each table; without those that a list says were listed after `new_since`.
    """
    told = [_tables(batches, batch) for batch in files]
    if head is not None:
        told = [{name: rows.head(head) for name, rows in tables.items()} for tables in told]
    return _products(told, (*_SMALL, *_LARGE), new_since=new_since)


def _tables(batches: Batches, batch: Batch) -> dict[str, pl.LazyFrame]:
    return {name: batches.scan(name, batch) for name in (*_SMALL, *_LARGE) if name in batch.rows}


def _products(
    files: Iterable[Mapping[str, pl.LazyFrame]], tables: Sequence[str], *, new_since: date | None = None
) -> pl.DataFrame:
    """The products that files tell of with their channel, without those that say they were listed since."""
    files = list(files)
    found = [_named(rows) for file in files for name, rows in file.items() if name in tables]
    if not found:
        return pl.DataFrame(schema=dict.fromkeys(PRODUCT, pl.String()))
    told = pl.concat(found).unique()
    lists = [file["catalog"] for file in files if new_since and "catalog" in file]
    if lists:
        new = pl.concat(lists).filter(pl.col("listed_on") > new_since).select("product_id").unique()
        told = told.join(new, on="product_id", how="anti")
    return told.collect(engine="streaming")


def _named(rows: pl.LazyFrame) -> pl.LazyFrame:
    columns = rows.collect_schema().names()
    channel = "channel" if "channel" in columns else pl.lit("fully_managed").alias("channel")
    certain = rows.filter(pl.col("is_suspect_id").not_()) if "is_suspect_id" in columns else rows
    return certain.filter(pl.col("product_id").is_not_null()).select(channel, "product_id").unique()


def is_same(name: str, own: str) -> bool:
    """示例优品 and 示例优品 全托管店 are one store."""
    one, other = (unicodedata.normalize("NFKC", each).casefold().replace(" ", "") for each in (name, own))
    return one in other or other in one
