"""Every notebook runs from its first cell to its last, on a copy of the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PUBLIC = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, shared as a reader shares it: the first notebook that imports its inbox does so for all."""
    top = tmp_path_factory.mktemp("notebooks")
    left_out = shutil.ignore_patterns("runs", "history", "ledger")
    shutil.copytree(ROOT / "data", top / "main" / "data", ignore=left_out)
    if PUBLIC.exists():
        (top / "shared").mkdir()
        (top / "shared" / "data").symlink_to(PUBLIC)
    return top / "main"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path: Path, folder: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}})

    client.execute()

    assert [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"] == list(
        range(1, 1 + sum(cell.cell_type == "code" for cell in notebook.cells))
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_is_kept_without_outputs_and_with_short_cells(path: Path) -> None:
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]

    assert [cell.outputs for cell in code] == [[]] * len(code)
    assert [cell.execution_count for cell in code] == [None] * len(code)
    assert max(len(cell.source.splitlines()) for cell in code) <= 8
