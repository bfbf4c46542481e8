"""The two pictures beside reconciliation.xlsx: every deposit through time, and what is not settled by age.

They say nothing the workbook does not say; they are what one shows to somebody who will not open it. Amounts of two
currencies cannot stand in one picture, so where several are open each has its own.
"""

from __future__ import annotations

from pathlib import Path

from toolkit.export.into_place import into_place
from toolkit.plot import ageing, deposit_timeline, png
from toolkit.reconcile.deposits import DepositsResult
from toolkit.words import Lang

__all__ = ["write_reconciliation_pictures"]


def write_reconciliation_pictures(book: Path, told: DepositsResult, lang: Lang = "zh") -> dict[Path, Path]:
    """Draw and write the pictures of a workbook, named after it; gives each path meant and the one really written.

    Raises:
        OutputError: the folder cannot be written.
    """
    currencies = told.open_items["currency"].drop_nulls().unique().sort().to_list() or ["CNY"]
    drawn = {"deposits": deposit_timeline(told.rows, told.cases, as_of=told.as_of, lang=lang)}
    for currency in currencies:
        name = "ageing" if len(currencies) == 1 else f"ageing_{currency}"
        drawn[name] = ageing(told.open_items, currency=currency, lang=lang)
    meant = {book.with_name(f"{book.stem}_{name}.png"): axes for name, axes in drawn.items()}
    return {path: into_place(path, png(axes)) for path, axes in meant.items()}
