"""The answers of an interface, as rows.

An interface answers in pages: objects around a list of records, and records hold lists of their own (the SKUs of a
product, the warehouses of a SKU). One row is one element of the innermost list, its parents repeated; a nested value's
column is its path below the record, ``search_sku_info_list.sku_id``. Two lists side by side in one object give rows
of their own each, never every combination. Numbers keep the digits they were written with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.errors import InputError
from toolkit.load.limits import MAX_JSON_BYTES, MIB

__all__ = ["flatten", "read_json"]

# fmt: off
PAGE_WORDS = frozenset({
    "total_count", "total_page", "total_item", "total", "page", "pages", "page_size", "page_no", "page_index", "current_page", "current", "size", "count",
    "success", "request_id", "code", "sub_code", "msg", "sub_msg", "message", "error_code", "error_message", "error_msg",
    "trace_id", "has_next", "totalcount", "totalpage", "pagesize", "currentpage", "pageno", "requestid", "errorcode", "errormessage",
})
# fmt: on
"""Names that tell about a page, not about a record."""


def read_json(data: bytes, file: str) -> list[dict[str, str]]:
    """The records of a JSON text (one document, or one document per line) as flat rows.

    Raises:
        InputError: too large, not JSON, or without a list of records.
    """
    if len(data) > MAX_JSON_BYTES:
        raise InputError("file_too_large", file=file, size=len(data) // MIB)
    try:
        text = data.decode("utf-8-sig")
        document = _parse(text)
    except (ValueError, RecursionError) as error:
        raise InputError("json_broken", file=file, problem=str(error)) from error
    return flatten(document)


def _parse(text: str) -> Any:
    # Digits stay text: a number type would round an id of 17 digits or drop the zeros of an amount.
    options: dict[str, Any] = {"parse_float": str, "parse_int": str}
    try:
        return json.loads(text, **options)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return [json.loads(line, **options) for line in lines]


def flatten(document: Any) -> list[dict[str, str]]:
    """Rows of text, one per innermost list element, with the values of its parents repeated.

    >>> flatten({"result": {"total_count": 1, "product_list": [{"id": 7, "skus": [{"no": "a"}, {"no": "b"}]}]}})
    [{'id': '7', 'skus.no': 'a'}, {'id': '7', 'skus.no': 'b'}]
    """
    return [row for record in _records(document) for row in _rows(record, "")]


def _records(node: Any) -> Iterator[Mapping[str, Any]]:
    """The records inside pages, pages inside lists: down to the first objects that are more than a page."""
    if isinstance(node, list):
        for element in node:
            yield from _records(element)
    elif isinstance(node, Mapping):
        inner = [value for value in node.values() if isinstance(value, (Mapping, list)) and _holds_objects(value)]
        plain = [name for name, value in node.items() if not isinstance(value, (Mapping, list))]
        if len(inner) == 1 and all(name.lower() in PAGE_WORDS for name in plain):
            yield from _records(inner[0])
        else:
            yield node


def _holds_objects(node: Any) -> bool:
    if isinstance(node, list):
        return any(isinstance(element, Mapping) for element in node)
    return bool(node)


def _rows(node: Mapping[str, Any], path: str) -> list[dict[str, str]]:
    own: dict[str, str] = {}
    lists: list[list[dict[str, str]]] = []
    for name, value in node.items():
        _take(value, f"{path}{name}", own, lists)
    return [{**own, **row} for rows in lists for row in rows] or [own]


def _take(value: Any, path: str, own: dict[str, str], lists: list[list[dict[str, str]]]) -> None:
    """Put one value where it belongs: among the object's own values, or as rows of a list below it."""
    if isinstance(value, Mapping):
        only = next(iter(value.values())) if len(value) == 1 else None
        if isinstance(only, list):  # {"product_list": {"product": [...]}}: a list in a wrapper of one
            _take(only, path, own, lists)
            return
        for name, inner in value.items():
            _take(inner, f"{path}.{name}", own, lists)
    elif isinstance(value, list) and any(isinstance(element, Mapping) for element in value):
        lists.append([row for element in value if isinstance(element, Mapping) for row in _rows(element, f"{path}.")])
    elif isinstance(value, list):
        own[path] = ";".join(_scalar(element) for element in value)
    else:
        own[path] = _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    return "true" if value is True else "false" if value is False else str(value)
