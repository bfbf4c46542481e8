"""Which products to take off sale on AliExpress's fully-managed model, why, and until when.

The names below are all there is to know, in the order data flows: read files, hold a store, judge, look things up.
They are imported when first used, so that ``import toolkit`` costs nothing.

>>> import toolkit as tk
>>> "score" in dir(tk)
True
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.errors import DataError, InputError, OutputError, SettingsError, StoreError, ToolkitError
    from toolkit.load.folder import load_folder
    from toolkit.load.loaded import load_file
    from toolkit.load.notebook import (
        ProblemsWarning,
        check,
        load_catalog,
        load_orders,
        load_policy,
        load_sales,
        load_stock,
    )
    from toolkit.reconciliation import reconcile_deposits, reconcile_refunds
    from toolkit.schema import Tables, columns
    from toolkit.score import ScoreResult, score
    from toolkit.settings import Settings
    from toolkit.store import Store, open_store
    from toolkit.store.compare import compare
    from toolkit.store.new import init_store
    from toolkit.store.past import backtest
    from toolkit.store.reconcile import open_stores

_WHERE = {
    # read files
    "load_catalog": "toolkit.load.notebook",
    "load_orders": "toolkit.load.notebook",
    "load_sales": "toolkit.load.notebook",
    "load_stock": "toolkit.load.notebook",
    "load_policy": "toolkit.load.notebook",
    "load_file": "toolkit.load.loaded",
    "load_folder": "toolkit.load.folder",
    "check": "toolkit.load.notebook",
    "ProblemsWarning": "toolkit.load.notebook",
    # hold a store
    "init_store": "toolkit.store.new",
    "open_store": "toolkit.store",
    "open_stores": "toolkit.store.reconcile",
    "Store": "toolkit.store",
    # judge
    "score": "toolkit.score",
    "ScoreResult": "toolkit.score",
    "Settings": "toolkit.settings",
    "backtest": "toolkit.store.past",
    "compare": "toolkit.store.compare",
    "reconcile_deposits": "toolkit.reconciliation",
    "reconcile_refunds": "toolkit.reconciliation",
    # look things up
    "columns": "toolkit.schema",
    "Tables": "toolkit.schema",
    "ToolkitError": "toolkit.errors",
    "InputError": "toolkit.errors",
    "DataError": "toolkit.errors",
    "SettingsError": "toolkit.errors",
    "StoreError": "toolkit.errors",
    "OutputError": "toolkit.errors",
}

__all__ = [
    "DataError",
    "InputError",
    "OutputError",
    "ProblemsWarning",
    "ScoreResult",
    "Settings",
    "SettingsError",
    "Store",
    "StoreError",
    "Tables",
    "ToolkitError",
    "backtest",
    "check",
    "columns",
    "compare",
    "init_store",
    "load_catalog",
    "load_file",
    "load_folder",
    "load_orders",
    "load_policy",
    "load_sales",
    "load_stock",
    "open_store",
    "open_stores",
    "reconcile_deposits",
    "reconcile_refunds",
    "score",
]


class _Front(ModuleType):
    """Keeps `tk.score` the function: importing the module of that name would put the module in its place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and name in _WHERE):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Front


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("fullmanaged-toolkit")
    if name not in _WHERE:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
