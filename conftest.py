"""How the tests are spread: all of them over every core, a few of them in the process at hand.

Each core has a test of its own to run, so a test gets one thread; what several threads could change is tested where it
matters, in processes of their own (tests/test_weekly.py). Set here, before anything imports what reads it.
"""

from __future__ import annotations

import os

import pytest

for threads in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Named files and folders run where they were asked for: starting workers would take longer than they do."""
    return None if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0
