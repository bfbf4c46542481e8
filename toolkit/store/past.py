"""`tk.backtest`: how good such advice was on the past of a store, or of whatever files and frames are there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.backtest.own_past import OwnPast, judge_past
from toolkit.score import tables_given
from toolkit.score_inputs import stated_day
from toolkit.settings import Settings, as_settings
from toolkit.store.folder import Store, open_store
from toolkit.words import Lang

__all__ = ["backtest", "past_folder"]


def backtest(
    store: Store | str | Path | None = None,
    *,
    as_of: date | str | None = None,
    settings: Settings | Mapping[str, Any] | None = None,
    lang: Lang | None = None,
    **given: Any,
) -> OwnPast:
    """Judge a store's own past again: how often was such advice right, next to the rules used today?

    Args:
        store: a store, or its folder; or none and instead, as for `tk.score`, ``orders=…``, ``catalog=…``, ``stock=…``,
            ``sales=…``: paths or frames.
        as_of: the last day to use; the latest day of the data by default.
        settings: for files and frames; a store has its own.
        lang: of the words.

    Raises:
        DataError: the history is too short (twenty weeks of sales are needed), or nothing was given.
        StoreError: there is no such store.

    >>> import polars as pl
    >>> short = pl.DataFrame({"product_id": ["1"], "ordered_on": [date(2026, 11, 1)], "quantity": [1]})
    >>> backtest(orders=short)
    Traceback (most recent call last):
    toolkit.errors.DataError: ...
    """
    if store is not None:
        opened = store if isinstance(store, Store) else open_store(store)
        day = stated_day(as_of) if as_of is not None else opened.latest_day()
        return judge_past(opened.tables(), as_of=day, settings=opened.settings, lang=lang)
    chosen = as_settings(settings)
    tables, day = tables_given(given, as_of=as_of, settings=chosen)
    return judge_past(tables, as_of=day, settings=chosen, lang=lang)


def past_folder(store: Store, past: OwnPast) -> Path:
    """Where a store's backtest is written: beside the week's run."""
    from toolkit.weekly import iso_week

    return store.folder / "runs" / iso_week(past.as_of) / "backtest"
