"""What all files together tell about money, each movement once.

Bills are exported again and again, for a month, for a quarter, by two people, and saved again by Excel. The same row in
two files is one movement; two equal rows inside one file are two. So a row that appears n times in the file that shows
it most often is n rows, and each is told by the newest file, a file with sound ids before one whose ids Excel ruined.

Lists of claims and cases (fines, disputes, debts, applications, stores) are states: of each thing the newest list that
has it is believed, whole. A list that is there and empty says that there is nothing, which is more than no list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from toolkit import schema
from toolkit.history.batches import Batch, Batches
from toolkit.schema import MoneyTables, Table

__all__ = ["Shelf", "list_files", "money_tables"]

_MOVES: dict[str, tuple[str, ...]] = {
    "bill_rows": ("provider", "account", "_id", "booked_on", "amount_fen", "stated_fen", "_else"),
    "deposit_ledger": (
        "provider", "store", "_id", "booked_on", "deposit_kind", "kind_raw", "amount_fen", "stated_fen", "balance_fen",
        "_else",
    ),
    "refunds": (
        "store", "order_id", "order_line_id", "_id", "settlement_kind", "loan_state", "amount_fen", "stated_fen",
        "booked_on",
    ),
    "settlements": (
        "provider", "_id", "merchant_order_no", "refund_id", "batch_no", "settlement_kind", "amount_fen", "stated_fen",
        "booked_on",
    ),
}  # fmt: skip
"""What makes two rows of two files the same movement. The status is not among it: it changes from export to export. Nor
is the minute where there is an id: one generation of a bill states when a transaction began, another when it was paid."""
_IDS = {"bill_rows": "row_id", "deposit_ledger": "reference", "refunds": "refund_id", "settlements": "row_id"}
_CONTENT = {
    "bill_rows": ("_minute", "counterparty", "item"),
    "deposit_ledger": ("_minute", "memo"),
}
"""What tells rows without a sound id apart. Excel drops the seconds when it saves a bill again, so minutes count."""
_STATES: dict[str, tuple[str, ...]] = {
    "store_file": ("store",),
    "bill_ranges": ("bill_name",),
    "applications": ("store", "case_kind", "_id"),
    "fines": ("store", "_id"),
    "disputes": ("dispute_id",),
    "debts": ("store", "_id"),
}
_STATE_IDS = {
    "applications": ("case_id", ("submitted_on",)),
    "fines": ("notice_no", ("booked_on", "deposit_kind", "amount_fen", "reason")),
    "debts": ("reference", ("booked_on", "amount_fen", "reason")),
}
_PLACE = ("source_file", "source_sheet", "source_row")


@dataclass(frozen=True)
class Shelf:
    """The batches of one store, and what the store is called where its files do not name one."""

    batches: Batches
    store: str | None = None


def money_tables(shelves: Sequence[Shelf]) -> MoneyTables:
    """The tables about money of one or more stores; None where no file told of one.

    A file that several stores share counts once. Where a store's own file names no store, its rows are that store's.
    """
    found = {table.name: _table(table, shelves) for table in schema.MONEY_TABLES}
    return MoneyTables(**found)


_LISTS = {"disputes": "disputes", "order_lines": "orders", "debts": "debts", "fines": "fines"}
"""Table → the name of the list that preconditions know it by."""


def list_files(shelves: Sequence[Shelf]) -> pl.DataFrame:
    """What rows alone do not tell of the lists of claims: list_name, store, observed_on, rejected; one row per file.

    A store's own file without a row says that there is nothing, as of the day its name states (null: none). A file of
    which rows could not be read (`rejected`) leaves open what they said: of its store, or of any (store null) where
    several share it.
    """
    told = [
        (
            _LISTS[name],
            None if batch.facts.get("is_shared") else shelf.store,
            _day_of(batch),
            batch.facts.get("rejected"),
        )
        for name in _LISTS
        for shelf, batch in _standing(name, shelves)
        if batch.facts.get("rejected") or (not batch.rows.get(name) and not batch.facts.get("is_shared"))
    ]
    columns = {"list_name": pl.String, "store": pl.String, "observed_on": pl.Date, "rejected": pl.Int64}
    return pl.DataFrame(told, schema=columns, orient="row").sort(list(columns), nulls_last=True)


def _day_of(batch: Batch) -> date | None:
    """The day a file was true: as its rows say, else the last one its name states."""
    states = batch.id.removeprefix(batch.sha256).lstrip("-").rpartition("_")[2]
    return batch.observed_on or (date.fromisoformat(states) if states else None)


def _table(table: Table, shelves: Sequence[Shelf]) -> pl.DataFrame | None:
    told = sorted(_standing(table.name, shelves), key=lambda one: one[1].recency)
    if not told:
        return None
    rows = pl.concat([_marked(table, shelf, batch, at) for at, (shelf, batch) in enumerate(told)]).collect()
    if table.name in _MOVES:
        rows = _each_move(rows, table.name)
    elif table.name in _STATES:
        rows = _newest_state(rows, table.name)
    return table.conform(rows).sort(*table.key, *_PLACE)


def _standing(name: str, shelves: Iterable[Shelf]) -> list[tuple[Shelf, Batch]]:
    """The batches that tell of a table and still count; one file on two shelves is one."""
    found: dict[str, tuple[Shelf, Batch]] = {}
    for shelf in shelves:
        kept = [batch for batch in shelf.batches.all if batch.kept_as is not None]
        last = {batch.kept_as: max(o.edition for o in kept if o.kept_as == batch.kept_as) for batch in kept}
        for batch in shelf.batches.of(name):
            if batch.kept_as is None or batch.edition == last[batch.kept_as]:
                found.setdefault(batch.id, (shelf, batch))
    return list(found.values())


def _marked(table: Table, shelf: Shelf, batch: Batch, at: int) -> pl.LazyFrame:
    rows = table.conform(shelf.batches.scan(table.name, batch)).with_columns(pl.lit(at, pl.Int64).alias("_batch"))
    # The rows of an account are the account's: several stores may be behind it.
    if shelf.store is None or batch.facts.get("is_shared") or "store" not in table.names or table.name == "bill_rows":
        return rows
    return rows.with_columns(pl.col("store").fill_null(shelf.store))


def _each_move(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Rows that may repeat within a file, the n-th of each kind once."""
    rows = _identified(rows, name)
    if name == "refunds":
        rows = _without_old_waits(rows)
    identity = [column for column in _MOVES[name] if column in rows.columns]
    nth = pl.int_range(pl.len()).over("_batch", "source_file", "source_sheet", *identity, order_by="source_row")
    numbered = rows.with_columns(nth.alias("_nth")).sort("is_suspect_id", "_batch", descending=[True, False])
    return numbered.unique([*identity, "_nth"], keep="last", maintain_order=True)


def _identified(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows with `_id`, a sound id or null, and `_else`, what tells them apart where there is none."""
    suspect = pl.col("is_suspect_id").fill_null(False)
    rows = rows.with_columns(pl.when(~suspect).then(_IDS[name]).alias("_id"), suspect.alias("is_suspect_id"))
    if name not in _CONTENT:
        return rows
    rows = rows.with_columns(pl.col("booked_at").dt.truncate("1m").alias("_minute"))
    if name == "bill_rows":
        rows = _with_accounts(_with_sound_ids(rows))
    content = pl.concat_str(
        (pl.col(column).cast(pl.String).fill_null("") for column in _CONTENT[name]), separator="\x1f"
    )
    return rows.with_columns(pl.when(pl.col("_id").is_null()).then(content).alias("_else"))


def _with_sound_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose id Excel ruined, with the id that the same rows have in a file it did not touch: first to first."""
    alike = ["provider", "_minute", "amount_fen", "stated_fen", "counterparty", "item"]
    sound = rows.filter(pl.col("_id").is_not_null()).unique([*alike, "_id"], maintain_order=True).sort("_id")
    sound = sound.select(*alike, pl.col("_id").alias("_sound"), _nth=pl.int_range(pl.len()).over(alike))
    place = ["_batch", "source_file", "source_sheet"]
    nth = pl.int_range(pl.len()).over(*place, *alike, "is_suspect_id", order_by="source_row")
    paired = rows.with_columns(_nth=nth).join(
        sound, on=[*alike, "_nth"], how="left", nulls_equal=True, maintain_order="left"
    )
    ruined = pl.col("_id").is_null() & pl.col("is_suspect_id")
    return paired.with_columns(pl.when(ruined).then("_sound").otherwise("_id").alias("_id")).drop("_nth", "_sound")


def _with_accounts(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of a file that lost its preamble, with the account another file names for the same transaction."""
    told = pl.col("account").drop_nulls()
    only = pl.when(told.n_unique() == 1).then(told.first()).over("provider", "_id")
    return rows.with_columns(
        pl.when(pl.col("_id").is_not_null()).then(pl.coalesce("account", only)).otherwise("account")
    )


def _without_old_waits(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the releases that were waiting in one file and are told as released by another."""
    released = rows.filter(pl.col("loan_state").ne_missing("waiting") & (pl.col("settlement_kind") == "release"))
    line = ["store", "order_id", "order_line_id", "settlement_kind"]
    waiting = rows.filter(pl.col("loan_state") == "waiting")
    # Of a release still waiting the newest file's figure stands.
    newest = waiting.filter(pl.col("_batch") == pl.col("_batch").max().over(line))
    still = newest.join(released, on=line, how="anti", nulls_equal=True)
    return pl.concat([rows.filter(pl.col("loan_state").ne_missing("waiting")), still])


def _newest_state(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Of each thing the rows of the newest file that has it."""
    if name in _STATE_IDS:
        id_, facts = _STATE_IDS[name]
        otherwise = pl.concat_str((pl.col(fact).cast(pl.String).fill_null("") for fact in facts), separator="\x1f")
        sound = pl.col(id_) if "is_suspect_id" not in rows.columns else pl.when(~pl.col("is_suspect_id")).then(id_)
        rows = rows.with_columns(pl.coalesce(sound, pl.lit("\x1f") + otherwise).alias("_id"))
    if name == "applications":
        rows = _cases_once(rows)
    key = _STATES[name]
    newest = rows.filter(pl.col("_batch") == pl.col("_batch").max().over(key)).sort(_PLACE)
    has_own_id = pl.lit(True) if name not in _STATE_IDS else ~pl.col("_id").str.starts_with("\x1f")
    facts = [column for column in rows.columns if column not in _PLACE]
    own = newest.filter(has_own_id).unique(facts, keep="first", maintain_order=True)
    return pl.concat([own, newest.filter(~has_own_id)])


def _cases_once(rows: pl.DataFrame) -> pl.DataFrame:
    """A case without a number told twice (in the store's row and in the list of cases) once, with what either states."""
    case = ["store", "case_kind", "submitted_on"]
    numbered = rows.filter(pl.col("case_id").is_not_null())
    plain = rows.filter(pl.col("case_id").is_null()).join(numbered, on=case, how="anti", nulls_equal=True)
    others = [name for name in rows.columns if name not in case]
    together = plain.sort("_batch", *_PLACE, descending=[True, *[False] * len(_PLACE)])
    merged = together.group_by(case, maintain_order=True).agg(pl.col(others).drop_nulls().first())
    return pl.concat([numbered, merged.select(rows.columns)])
