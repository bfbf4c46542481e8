"""manifest.json: what a run was made of, so that it can be made again and its files be trusted.

It names the inputs by fingerprint, the history batches read, all settings, the versions, and the fingerprint of every
file written. It holds no time of day: the same inputs give the same manifest, to the byte. By the fingerprints the
next run knows whether somebody edited a workbook, which is then never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from toolkit.export.delist_report import RunFacts
from toolkit.export.into_place import into_place

__all__ = ["run_id", "write_manifest"]

_LIBRARIES = ("polars", "numpy", "scipy", "xlsxwriter", "python-calamine")


def run_id(facts: RunFacts, batches: Iterable[str]) -> str:
    """The identity of a run: equal exactly when store, day, settings, version and inputs are.

    >>> from datetime import date
    >>> from toolkit.settings import Settings
    >>> facts = RunFacts(as_of=date(2026, 11, 22), version="0.1.0", settings=Settings(), week="2026-W47")
    >>> run_id(facts, ["a", "b"]) == run_id(facts, ["b", "a"]) != run_id(facts, ["a"])
    True
    """
    parts = (facts.store, facts.week, facts.as_of.isoformat(), facts.version, facts.settings.digest(), *sorted(batches))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def write_manifest(
    path: Path, facts: RunFacts, batches: Iterable[Mapping[str, Any]], outputs: Iterable[Path], **more: Any
) -> Path:
    """Write the manifest of a run, last of all its files.

    Raises:
        OutputError: the folder cannot be written.
    """
    told = {
        "run_id": facts.run_id,
        "store": facts.store,
        "week": facts.week,
        "as_of": facts.as_of.isoformat(),
        "version": facts.version,
        "python": ".".join(map(str, sys.version_info[:3])),
        "system": platform.system(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "settings_digest": facts.settings.digest(),
        "settings": facts.settings.model_dump(mode="json"),
        "inputs": [
            {
                "file": file.file,
                "source": file.source,
                "kept": file.rows_kept,
                "set_aside": file.rows_set_aside,
                "rejected": file.rows_rejected,
                "observed_on": file.observed_on.isoformat() if file.observed_on else None,
            }
            for file in facts.inputs
        ],
        "batches": list(batches),
        **more,
        "outputs": {output.name: _fingerprint(output) for output in sorted(outputs)},
    }
    return into_place(path, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
