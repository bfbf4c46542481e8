"""The batch call that takes products off sale, as JSON to be sent by other hands; this tool sends nothing.

Only a call of self-run stores is documented (``aliexpress.postproduct.redefining.offlineaeproduct``: ``product_ids``
joined by ``;``); that it works for fully-managed products is not proven, and the file says so. At most fifty ids a call:
one client's limit, the official text gives none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from toolkit.export.id_lines import id_lines
from toolkit.export.into_place import into_place
from toolkit.words import say

__all__ = ["call_payload", "write_call_payload"]

_METHOD = "aliexpress.postproduct.redefining.offlineaeproduct"


def call_payload(ids: Iterable[str]) -> str:
    """The calls as JSON, with the label that says what is not proven.

    >>> json.loads(call_payload(["11", "12"]))["calls"]
    [{'product_ids': '11;12'}]
    """
    told = {
        "label": {lang: say("payload.label", lang) for lang in ("zh", "en")},
        "method": _METHOD,
        "calls": [{"product_ids": line} for line in id_lines(ids).splitlines()],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def write_call_payload(path: Path, ids: Iterable[str]) -> Path:
    """Write `call_payload`.

    Raises:
        OutputError: an id would break its line, or the folder cannot be written.
    """
    return into_place(path, call_payload(ids).encode())
