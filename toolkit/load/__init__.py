"""Bytes in, canonical tables and a table of problems out."""

from __future__ import annotations

from toolkit.load.describe import check_table, describe
from toolkit.load.loaded import Folder, LoadedFile, LoadedSheet, load_file, load_folder
from toolkit.load.rows import Counts

__all__ = ["Counts", "Folder", "LoadedFile", "LoadedSheet", "check_table", "describe", "load_file", "load_folder"]
