"""A list that was corrected in place: the same name, the same day, other rows.

A product list of Sunday has a wrong id, or a product too many. Somebody mends the file and saves it under its name.
Both contents are in the history then, and the merged view would show the row that was taken out for ever. So of lists
that state how things stand (`SNAPSHOTS`) the content that now lies in the inbox replaces, as a whole, the one that lay
there under the same name, if it is of the same kind and states all its days; lists without any day need not even have
the same name, for only one of them stands anyhow. What it replaces is kept, marked, so that it can be said which rows
went with it; put back into the inbox it counts again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import polars as pl

from toolkit import schema
from toolkit.history.batches import Batch, Batches

__all__ = ["SNAPSHOTS", "gone_rows", "replace_in_place", "replaced"]

SNAPSHOTS = frozenset({"catalog", "stock", "bindings", "policy"})
_NAMES = ("product_id", "sku_id", "sc_item_id", "policy_value")
_NAMED = 3


def replace_in_place(batches: Batches, present: Collection[str]) -> list[tuple[Batch, Batch]]:
    """Mark the lists that others replace; each of them with the other. `present` are the ids of the files that lie there now.

    Raises:
        StoreError: the mark cannot be written.
    """
    lists = [batch for batch in batches.all if batch.kept_as is None and batch.rows and set(batch.rows) <= SNAPSHOTS]
    here = [batch for batch in lists if batch.id in present]
    found = ((old, _replacing(batches, old, here)) for old in lists if old.id not in present)
    pairs = [(old, new) for old, new in found if new is not None]
    for old, new in pairs:
        batches.mark_replaced(old, new)
    return pairs


def _replacing(batches: Batches, old: Batch, here: list[Batch]) -> Batch | None:
    """The newest list in the inbox that is `old`, corrected."""
    alike = [new for new in here if set(new.rows) == set(old.rows) and new.facts["sources"] == old.facts["sources"]]
    return next((new for new in reversed(alike) if _is_corrected(batches, old, new)), None)


def _is_corrected(batches: Batches, old: Batch, new: Batch) -> bool:
    if old.file == new.file and old.observed_on is not None and old.observed_on == new.observed_on:
        return True
    # Only the rows tell a list without a day from one with several.
    if old.observed_on is not None or new.observed_on is not None:
        return False
    before, now = _days(batches, old), _days(batches, new)
    return before <= now and (old.file == new.file or not now)


def _days(batches: Batches, batch: Batch) -> set[object]:
    days = [batches.scan(name, batch).select("observed_on").unique() for name in batch.rows]
    return set(pl.concat(days).collect()["observed_on"].drop_nulls())


def gone_rows(batches: Batches, pairs: Iterable[tuple[Batch, Batch]] | None = None) -> pl.DataFrame:
    """One problem per list that replaced another with rows it does not have: how many, and the first of them.

    Of all lists that stand for another, or only of these `pairs` of an old one and its new one.
    """
    told = [_gone(batches, old, new) for old, new in (replaced(batches) if pairs is None else pairs)]
    return pl.concat([schema.PROBLEMS.empty(), *told])


def replaced(batches: Batches) -> Iterator[tuple[Batch, Batch]]:
    """Each list that another stands for, with that one."""
    standing = {batch.id: batch for batch in batches.all}
    for old in batches.replaced:
        if old.replaced_by in standing:
            yield old, standing[old.replaced_by]


def _gone(batches: Batches, old: Batch, new: Batch) -> pl.DataFrame:
    lost = [_lost(batches, name, old, new) for name in sorted(old.rows)]
    names = pl.concat(lost).collect()
    if names.is_empty():
        return schema.PROBLEMS.empty()
    listed = names["name"].drop_nulls().unique(maintain_order=True)
    more = " …" if listed.len() > _NAMED else ""
    return schema.PROBLEMS.frame(
        source_file=[new.file],
        column=["product_id"],
        value=[f"{names.height} ({', '.join(listed.head(_NAMED))}{more})"],
        problem=["gone_in_place"],
        effect=["replaced"],
    )


def _lost(batches: Batches, name: str, old: Batch, new: Batch) -> pl.LazyFrame:
    """The rows of the older list whose key the newer one does not have: by the first id that they have."""
    key = next(table.key for table in schema.STORED_TABLES if table.name == name)
    before, now = (batches.scan(name, batch) for batch in (old, new))
    ids = [column for column in _NAMES if column in before.collect_schema().names()]
    lost = before.join(now, on=key, how="anti", nulls_equal=True).unique(key)
    return lost.sort(key).select(name=pl.coalesce(ids))
