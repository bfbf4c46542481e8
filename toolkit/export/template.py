"""A user's own template (an ERP's import sheet, a list the team keeps) filled in by its headers, or left alone.

The library that can change a workbook in place drops what it does not know: drop-downs fed from another sheet, text
boxes, sparklines, macros. A template that silently lost its drop-downs is worse than none. So what is in the file is
counted before and after; when anything would be lost, the template is not touched and the sentence says what it holds.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineWorkbook

from toolkit.errors import InputError, OutputError
from toolkit.export.into_place import into_place
from toolkit.load.limits import check_container
from toolkit.load.recognize import normal
from toolkit.words import Lang, say

__all__ = ["Filled", "fill_template"]

_HEADER_WITHIN = 20
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "product_id": ("商品ID", "产品ID", "商品编号", "产品编号", "平台商品ID", "product id", "item id", "product_ids"),
    "title": ("标题", "商品标题", "产品标题", "商品名称", "产品名称", "title", "subject"),
    "category": ("类目", "商品类目", "category"),
    "action": ("动作", "操作", "操作类型", "建议动作", "action"),
    "reason_code": ("原因", "下架原因", "reason"),
}
_MARKS: Mapping[str, str] = {
    "validation": r"<x14:dataValidation[ >]",
    "format": r"<x14:conditionalFormatting[ >]",
    "sparkline": r"<x14:sparkline[ >]",
    "shape": r"<xdr:sp[ >]",
    "control": r"<control[ >]",
    "extension": r"<ext[ >]",
}
"""What the sheets and drawings of a template may hold and lose, by its pattern in their XML."""
_PARTS: Mapping[str, str] = {
    "macro": "vbaProject", "slicer": "xl/slicers/", "thread": "xl/threadedComments/", "pivot": "xl/pivotTables/",
}  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """What became of a template."""

    path: Path | None
    """The filled copy; None when the template was left alone."""
    note: str
    """One sentence: where it is, or why it was left alone and where the plain list is."""


def fill_template(template: Path, target: Path, rows: pl.DataFrame, *, plain: str, lang: Lang = "zh") -> Filled:
    """Write a copy of the template with one line per product, below what its table holds already.

    Args:
        template: the user's .xlsx; it is only read.
        target: the copy.
        rows: one product per row, with title, category, action and reason where known.
        plain: the name of the list to use instead when the template has to be left alone.
        lang: of the words and the sentence.

    Raises:
        InputError: the template is missing or no workbook.
        OutputError: the copy cannot be written, or does not read back as it was meant.
    """
    # Half a second to import, and most stores have no template.
    import openpyxl

    data = _bytes(template)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
        place = _header(book)
        if place is None:
            return Filled(None, say("template.no_id", lang, file=template.name, plain=plain))
        if target.is_file() and _ids(target.read_bytes(), *place) >= set(rows["product_id"]):
            return Filled(target, say("template.filled", lang, file=target.name))
        _fill(book, *place, rows, lang)
        filled = io.BytesIO()
        book.save(filled)
    if lost := _lost(data, filled.getvalue()):
        what = say("boss.comma", lang).join(say(f"template.holds.{kind}", lang) for kind in lost)
        return Filled(None, say("template.lost", lang, file=template.name, what=what, plain=plain))

    def check(path: Path) -> None:
        if not _ids(path.read_bytes(), *place) >= set(rows["product_id"]):
            raise OutputError("reread_differs", file=target.name, sheet=place[0], cell="-", meant="-", found="-")

    written = into_place(target, filled.getvalue(), check=check)
    return Filled(written, say("template.filled", lang, file=written.name))


def _bytes(template: Path) -> bytes:
    """The template's bytes, once it is known to be a workbook of a sane size."""
    try:
        data = template.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_container(archive, template.name, is_workbook=True)
            archive.getinfo("xl/workbook.xml")
    except FileNotFoundError as error:
        raise InputError("file_missing", file=template.name) from error
    except (zipfile.BadZipFile, KeyError) as error:
        raise InputError("workbook_broken", file=template.name) from error
    return data


def _header(book: Any) -> tuple[str, int, dict[str, int]] | None:
    """The sheet, row and columns (from 1) of the first header that has a product id."""
    known = {normal(header): name for name, headers in _HEADERS.items() for header in headers}
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for number, row in enumerate(sheet.iter_rows(max_row=_HEADER_WITHIN, values_only=True), 1):
            named = [(known.get(normal(str(cell))), n) for n, cell in enumerate(row, 1) if cell is not None]
            found = {name: n for name, n in reversed(named) if name}
            if "product_id" in found:
                return sheet.title, number, found
    return None


def _fill(book: Any, sheet: str, header: int, columns: Mapping[str, int], rows: pl.DataFrame, lang: Lang) -> None:
    page, last = book[sheet], header
    while page.cell(last + 1, columns["product_id"]).value not in (None, ""):
        last += 1
    for n, row in enumerate(rows.iter_rows(named=True), last + 1):
        for name, at in columns.items():
            if (value := row.get(name)) is None:
                continue
            cell = page.cell(n, at)
            cell.value = say(f"{name}.{value}", lang) if name in ("action", "reason_code") else value
            # Text stays text: an id no number, a title that begins with = no formula.
            cell.data_type = "s"
            if name == "product_id":
                cell.number_format = "@"


def _ids(data: bytes, sheet: str, header: int, columns: Mapping[str, int]) -> set[str]:
    """The ids below the header that are text."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    at = columns["product_id"] - 1
    cells = [row[at] for row in rows[header:] if at < len(row)]
    return {cell for cell in cells if isinstance(cell, str) and cell}


def _lost(before: bytes, after: bytes) -> list[str]:
    """Kinds of things of which the second file has fewer than the first."""
    had, has = _counts(before), _counts(after)
    return [kind for kind in had if has[kind] < had[kind]]


def _counts(data: bytes) -> dict[str, int]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        looked_at = [
            name for name in names if name.startswith(("xl/worksheets/", "xl/drawings/")) and name.endswith(".xml")
        ]
        xml = [archive.read(name).decode("utf-8", "replace") for name in looked_at]
    marks = {kind: sum(len(re.findall(mark, text)) for text in xml) for kind, mark in _MARKS.items()}
    return marks | {kind: sum(part in name for name in names) for kind, part in _PARTS.items()}
