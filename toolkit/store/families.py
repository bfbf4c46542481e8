"""The first inbox of a store, held against itself.

Later files are held against what the store is known by (`toolkit.store.whose`); the first ones have nothing before
them. But they can contradict each other: a product list and orders that share no product, or two lists each with
orders of its own, are two stores in one folder. So the files are put together into families that share products or
the store they name, and a family that cannot be of the same store as the main one is asked about.

A store's files may well tell different products, and that alone is no evidence. Lists come in parts (on sale, taken off
sale; by warehouse), so a list beside another list of its kind is none; assortments change, so sales of another
half-year (`_SAME_TIME`) are none; nor are few products, or those just listed. What is left is asked about, once, and
whichever family was taken for the store's own can be declined in the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

import polars as pl

from toolkit.history import Batch, Batches
from toolkit.settings import OtherStore
from toolkit.store.whose import FIRST_ROWS, PRODUCT, is_same, products_of
from toolkit.words import Text, both

__all__ = ["Strangers", "strangers"]

_LISTS = ("catalog", "stock", "bindings")
_SALES = ("order_lines", "purchase_order_lines", "period_sales")
_SAME_TIME = timedelta(days=183)
"""Half a year: a season's assortment may be replaced as a whole within a year, hardly sooner."""
_NAMED = 3


@dataclass(frozen=True)
class Strangers:
    """What a first inbox contradicts itself about."""

    main: tuple[Batch, ...] = ()
    """The files taken for the store's own."""
    foreign: tuple[tuple[Batch, Text], ...] = ()
    """The files that cannot be of the same store, each with the reason."""


@dataclass(frozen=True)
class _Family:
    """Files that are of one store."""

    files: tuple[Batch, ...]
    products: pl.DataFrame

    @property
    def kinds(self) -> set[str]:
        """The lists it has, and "sales"."""
        told = {name for file in self.files for name, rows in file.rows.items() if rows}
        return {*(told & {*_LISTS}), *(["sales"] if told & {*_SALES} else [])}

    @property
    def names(self) -> list[str]:
        """The stores its files name."""
        return sorted({name for file in self.files for name in file.facts.get("stores", ())})

    @property
    def latest(self) -> date | None:
        return max((day for file in self.files for day in file.believed or file.days if day), default=None)

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The main family has a sheet kept by hand, else the most kinds of files, products, files."""
        has_own = any(file.kept_as is not None for file in self.files)
        return has_own, len(self.kinds), self.products.height, len(self.files)


def strangers(batches: Batches, files: Sequence[Batch], settings: OtherStore, *, new_product_days: int) -> Strangers:
    """The files of a first inbox, and sheets kept by hand, that cannot all be of one store; none when they can."""
    files = [file for file in files if {*_LISTS, *_SALES} & file.rows.keys()]
    # The first rows of the files of one store meet already, and millions need not be read for this.
    first = _families(batches, files, settings, head=FIRST_ROWS)
    if sum(bool(one.names) or one.products.height >= settings.min_products for one in first) < 2:
        return Strangers()
    new_since = _new_since(files, new_product_days)
    families = sorted(_families(batches, files, settings, new_since=new_since), key=lambda one: one.rank, reverse=True)
    main, *others = families
    foreign = [
        (file, why)
        for other in others
        if _contradict(main, other, settings)
        for file in other.files
        if (why := _why(batches, main, file)) is not None
    ]
    return Strangers(main.files, tuple(foreign)) if foreign else Strangers()


def _families(
    batches: Batches,
    files: Sequence[Batch],
    settings: OtherStore,
    *,
    head: int | None = None,
    new_since: date | None = None,
) -> list[_Family]:
    families: list[_Family] = []
    for file in files:
        one = _Family((file,), products_of(batches, [file], head=head, new_since=new_since))
        same = [other for other in families if _meet(one, other, settings)]
        families = [other for other in families if other not in same]
        told = pl.concat([each.products for each in (*same, one)]).unique()
        families.append(_Family((*chain.from_iterable(each.files for each in same), file), told))
    return families


def _meet(one: _Family, other: _Family, settings: OtherStore) -> bool:
    """Whether two are of one store: they name the same, or share more products than two stores could."""
    if any(is_same(name, named) for name in one.names for named in other.names):
        return True
    shared = one.products.join(other.products, on=PRODUCT, how="semi").height
    return shared > settings.max_known_share * min(one.products.height, other.products.height)


def _contradict(main: _Family, other: _Family, settings: OtherStore) -> bool:
    """Whether two families, that do not meet, must be of two stores."""
    if main.names and other.names:
        return True
    if min(_comparable(main, other), _comparable(other, main)) < settings.min_products:
        return False
    latest = [day for day in (main.latest, other.latest) if day]
    if len(latest) == 2 and abs(latest[0] - latest[1]) > _SAME_TIME:
        return False
    return not any("sales" not in one.kinds and one.kinds <= two.kinds for one, two in ((main, other), (other, main)))


def _comparable(one: _Family, other: _Family) -> int:
    """Products of a channel that the other has too."""
    return one.products.join(other.products, on="channel", how="semi").height


def _why(batches: Batches, main: _Family, file: Batch) -> Text | None:
    """What gives one file of another family away; None for a sheet kept by hand, which is the store's own."""
    if file.kept_as is not None:
        return None
    others = ", ".join(each.file for each in main.files[:_NAMED]) + (" …" if len(main.files) > _NAMED else "")
    names = file.facts.get("stores", ())
    if names and main.names:
        found, own = ", ".join(names[:_NAMED]), ", ".join(main.names[:_NAMED])
        return both("whose.first_names", found=found, own=own, others=others)
    told = products_of(batches, [file])
    shared = told.join(main.products, on=PRODUCT, how="semi").height
    counts = {"products": f"{told.height:,}", "known": f"{main.products.height:,}", "shared": f"{shared:,}"}
    return both("whose.first", **counts, others=others)


def _new_since(files: Sequence[Batch], new_product_days: int) -> date | None:
    days = [day for file in files for day in file.believed or file.days if day]
    return max(days) - timedelta(days=new_product_days) if days else None
