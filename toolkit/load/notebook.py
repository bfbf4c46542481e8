"""The fronts for a notebook: one export in, its rows out, and a warning when rows were left behind.

An analyst wants the table, not the machinery: `load_orders("orders.csv")` is a frame of order lines. What could not
be read must not vanish on the way, so one warning says how many rows were rejected and why the first one was; `check`
tells the rest.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.errors import InputError
from toolkit.frames import incoming, is_frame, outgoing
from toolkit.load.describe import check_table, describe, first_problem
from toolkit.load.from_frame import load_frame
from toolkit.load.loaded import LoadedFile, LoadedSheet, load_file
from toolkit.words import LANGS, Lang, Text, say, text

__all__ = [
    "Check",
    "ProblemsWarning",
    "check",
    "load_catalog",
    "load_orders",
    "load_policy",
    "load_sales",
    "load_stock",
]

Given = str | os.PathLike[str] | Any
FRAME = "DataFrame"


class ProblemsWarning(UserWarning):
    """Rows of a file were rejected; the others were loaded."""


@dataclass(frozen=True, repr=False)
class Check:
    """What some files are and what is wrong with their rows; its text is what `toolkit check` prints."""

    files: tuple[LoadedFile, ...]
    lang: Lang = "zh"

    @property
    def table(self) -> pl.DataFrame:
        """One row per sheet: its kind, header row, rows read, kept, set aside, rejected, and columns nothing reads."""
        return check_table(self.files, self.lang)

    @property
    def problems(self) -> pl.DataFrame:
        """One row per thing wrong with one row: `schema.PROBLEMS`."""
        return pl.concat([schema.PROBLEMS.empty(), *(file.problems for file in self.files)])

    def __repr__(self) -> str:
        return "\n".join(describe(file, self.lang) for file in self.files)


def check(*paths: str | os.PathLike[str], lang: Lang = "zh") -> Check:
    """What is each file, which rows were rejected and why?

    Raises:
        InputError: a file cannot be understood as it is.
    """
    return Check(tuple(load_file(path) for path in paths), lang)


def load_catalog(given: Given, *, currency: str = "CNY") -> Any:
    """The products a product list states: `schema.CATALOG`, one row per product and snapshot.

    Args:
        given: a path, or a pandas or polars frame with the export's own headers (its cells best left as text).
        currency: of amounts whose text and header state none.

    Returns:
        A polars frame, or the kind of frame that was given. Null means the list does not say.

    Raises:
        InputError: the file cannot be understood, or is of another kind; the sentence says what it is.

    >>> sheet = pl.DataFrame({"商品ID": ["1005006123456789"], "供货价": ["12.30元"]})
    >>> load_catalog(sheet).select("product_id", "supply_price_fen").row(0)
    ('1005006123456789', 1230)
    """
    return _load(given, "catalog", currency)


def load_orders(given: Given, *, currency: str = "CNY") -> Any:
    """Order lines of any kind of order file: `schema.ORDER_LINES`, one row per product line of an order.

    Cancelled and unpaid lines are there with their status. Options, return and errors as `load_catalog`.
    """
    return _load(given, "order_lines", currency)


def load_sales(given: Given, *, currency: str = "CNY") -> Any:
    """What products did in statistics periods: `schema.PERIOD_SALES`, one row per product and period.

    Options, return and errors as `load_catalog`.
    """
    return _load(given, "period_sales", currency)


def load_stock(given: Given, *, currency: str = "CNY") -> Any:
    """Units counted in warehouses: `schema.STOCK`, one row per product, SKU or warehouse item and warehouse.

    Options, return and errors as `load_catalog`.
    """
    return _load(given, "stock", currency)


def load_policy(given: Given, *, currency: str = "CNY") -> Any:
    """The user's policy list: `schema.POLICY`, one row per entry. Options, return and errors as `load_catalog`."""
    return _load(given, "policy", currency)


def _load(given: Given, table: str, currency: str) -> Any:
    wanted = text(f"table.{table}")
    if is_frame(given):
        sheets, file = [load_frame(incoming(given), name=FRAME, currency=currency)], FRAME
    else:
        loaded = load_file(given, currency=currency)
        sheets, file = list(loaded.sheets), loaded.path.name
    told = [sheet for sheet in sheets if table in sheet.tables]
    if not told:
        raise _not_wanted(sheets, file, wanted)
    _warn(told, file, given)
    rows = (
        pl.concat([sheet.tables[table] for sheet in told])
        .collect(engine="streaming")
        .sort("source_sheet", "source_row")
    )
    return outgoing(rows, like=given if is_frame(given) else None)


def _not_wanted(sheets: Sequence[LoadedSheet], file: str, wanted: Text) -> InputError:
    """What the file is instead, or what headers it has when it is nothing known."""
    found = [text(f"source.{sheet.source.name}") for sheet in sheets if sheet.source]
    if found:
        return InputError("file_not_wanted", file=file, found=found[0], wanted=wanted)
    headers = ", ".join(header for sheet in sheets for header in sheet.headers[:12] if header) or "-"
    key = "frame_not_wanted" if file == FRAME else "file_unrecognised"
    return InputError(key, file=file, wanted=wanted, headers=headers)


def _warn(sheets: Iterable[LoadedSheet], file: str, given: Given) -> None:
    """One warning for all rejected rows of what was asked for, and all values that could not be read."""
    problems = pl.concat([sheet.problems for sheet in sheets])
    rejected = sum(sheet.counts.rejected for sheet in sheets)
    lost = problems.filter(pl.col("effect").is_in(["rejected", "blanked"]))
    if lost.is_empty():
        return
    key = "check.warning" if rejected else "check.warning.blanked"
    if file == FRAME:
        key += ".frame"
    said = {"file": file, "rejected": rejected, "read": sum(sheet.counts.read for sheet in sheets),
            "values": lost.filter(pl.col("effect") == "blanked").height,
            "path": FRAME if file == FRAME else str(Path(given))}  # fmt: skip
    lines = [say(key, lang, **said, first=first_problem(lost, lang)) for lang in LANGS]
    warnings.warn("\n".join(lines), ProblemsWarning, stacklevel=4)
