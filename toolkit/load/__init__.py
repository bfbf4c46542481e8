"""Bytes in, canonical tables and a table of problems out."""

from __future__ import annotations

from toolkit.load.describe import describe
from toolkit.load.loaded import Folder, LoadedFile, LoadedSheet, load_file, load_folder
from toolkit.load.notebook import (
    Check,
    ProblemsWarning,
    check,
    load_catalog,
    load_orders,
    load_policy,
    load_sales,
    load_stock,
)
from toolkit.load.rows import Counts

__all__ = [
    "Check",
    "Counts",
    "Folder",
    "LoadedFile",
    "LoadedSheet",
    "ProblemsWarning",
    "check",
    "describe",
    "load_catalog",
    "load_file",
    "load_folder",
    "load_orders",
    "load_policy",
    "load_sales",
    "load_stock",
]
