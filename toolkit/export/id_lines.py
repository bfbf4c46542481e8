"""Ids to paste into a search box or an ERP: joined by ``;``, at most fifty a line (one client's limit)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.export.into_place import into_place

__all__ = ["id_lines", "write_id_lines"]

IDS_A_LINE = 50


def id_lines(ids: Iterable[str], *, a_line: int = IDS_A_LINE) -> str:
    """The ids in their order, joined by ``;``, `a_line` to a line; empty text for no ids.

    Raises:
        OutputError: an id holds ``;`` or white space and would be taken for two.

    >>> id_lines(["11", "12", "13"], a_line=2)
    '11;12\\n13\\n'
    """
    whole = list(ids)
    for product_id in whole:
        if ";" in product_id or product_id.split() != [product_id]:
            raise OutputError("id_breaks_line", value=product_id)
    return "".join(";".join(whole[n : n + a_line]) + "\n" for n in range(0, len(whole), a_line))


def write_id_lines(path: Path, ids: Iterable[str]) -> Path:
    """Write `id_lines` as a plain text file, without the mark at its start that would stick to the first id.

    Raises:
        OutputError: as `id_lines`, or the folder cannot be written.
    """
    return into_place(path, id_lines(ids).replace("\n", "\r\n").encode())
