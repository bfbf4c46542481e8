"""A store's memory: what all exports so far have told, kept as it came and read as one present view."""

from toolkit.history.at_once import LINES, lines_at_once
from toolkit.history.batches import Batch, Batches, FileTold, batch_id
from toolkit.history.gaps import gaps
from toolkit.history.in_place import gone_rows
from toolkit.history.money import Shelf, list_files, money_tables
from toolkit.history.view import History, merged_facts

__all__ = [
    "LINES",
    "Batch",
    "Batches",
    "FileTold",
    "History",
    "Shelf",
    "batch_id",
    "gaps",
    "gone_rows",
    "lines_at_once",
    "list_files",
    "merged_facts",
    "money_tables",
]
