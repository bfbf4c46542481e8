"""A list of ours as it comes back: what it remembers of its run, and its lines.

Spreadsheet programs change much when they save: the order of rows and columns, formats, parts of the file they do not
know. A workbook of ours therefore says twice which run it is of, in its document properties and in named cells; one of
the two is enough, and one that contradicts the other is not believed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import polars as pl

from toolkit import schema
from toolkit.errors import InputError
from toolkit.load.limits import check_container
from toolkit.words import keys, text

if TYPE_CHECKING:
    from toolkit.load.source import Source

__all__ = ["ReadBack", "read_back", "remembered"]

_LARGEST = 16 * 1024 * 1024
_CELL = re.compile(r"^'?(?P<sheet>.+?)'?\.?!?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[0-9]+)$")
_MARK = "toolkit_"


@dataclass(frozen=True)
class ReadBack:
    """What came back."""

    file: str
    memory: Mapping[str, str]
    """What the workbook remembers: run, week, store; without those it has lost."""
    lines: pl.DataFrame
    """One row per line with a product id, of the source's table."""
    is_known: bool
    """Whether any sheet has the columns that were asked for."""


def read_back(path: Path, source: Source) -> ReadBack:
    """Read a workbook of ours under one declared kind of list.

    Raises:
        InputError: the file is missing or cannot be understood as it is.
    """
    # The readers of every kind of file: a run whose lists are all known already needs none of them.
    from toolkit.load.loaded import load_sheet
    from toolkit.load.text_frame import read_sheets

    sheets = [load_sheet(sheet, sources=(source,)) for sheet in read_sheets(path)]
    known = [sheet for sheet in sheets if sheet.source is not None]
    table = next(table for table in schema.LOOP_TABLES if table.name == source.table)
    lines = [table.conform(sheet.tables[table.name].collect()) for sheet in known]
    headers = next(field.headers for field in source.fields if field.column == "product_id")
    is_line = pl.col("product_id").is_not_null() & ~pl.col("product_id").is_in([*headers, *_said_of_no_rows()])
    together = pl.concat([table.empty(), *lines]).filter(is_line)
    return ReadBack(path.name, remembered(path), together.sort("source_sheet", "source_row"), bool(known))


def _said_of_no_rows() -> list[str]:
    """What our lists say under a header without rows."""
    own = [key for key in keys() if key.startswith(("workbook.none.", "loop.none"))]
    return [said for key in own for said in text(key)]


def remembered(path: Path) -> dict[str, str]:
    """What a workbook of ours remembers of its run, by name; nothing where its two memories contradict each other.

    Raises:
        InputError: the file is no readable workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_container(archive, path.name, is_workbook=True)
            told, named = _properties(archive), _names(archive)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError) as error:
        raise InputError("workbook_broken", file=path.name) from error
    cells = _cells(path, named)
    return {name: value for name, value in {**cells, **told}.items() if cells.get(name, value) == value}


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """Custom document properties whose names are ours."""
    if "docProps/custom.xml" not in archive.namelist():
        return {}
    found = {
        str(node.get("name", "")): "".join(node.itertext()).strip() for node in _parsed(archive, "docProps/custom.xml")
    }
    return {name.removeprefix(_MARK): value for name, value in found.items() if name.startswith(_MARK) and value}


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Named cells whose names are ours: name → reference."""
    nodes = (node for node in _parsed(archive, "xl/workbook.xml").iter() if node.tag.endswith("}definedName"))
    found = {str(node.get("name", "")): node.text or "" for node in nodes}
    return {name.removeprefix(_MARK): at for name, at in found.items() if name.startswith(_MARK)}


def _parsed(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > _LARGEST:
        raise KeyError(part)
    data = archive.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise KeyError(part)
    return ElementTree.fromstring(data)


def _cells(path: Path, named: Mapping[str, str]) -> dict[str, str]:
    """What stands in the named cells; a name whose cell was deleted tells nothing."""
    places = {name: at for name, reference in named.items() if (at := _CELL.match(reference))}
    if not places:
        return {}
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    told = {}
    for name, at in places.items():
        sheet = at["sheet"].replace("''", "'")
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) if sheet in book.sheet_names else []
        row, column = int(at["row"]) - 1, sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(at["column"]))) - 1
        if row < len(rows) and column < len(rows[row]) and rows[row][column] != "":
            told[name] = str(rows[row][column])
    return told
