"""The imports, read with `ast`, must match the picture in ARCHITECTURE.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "toolkit"

# From the ground up: a stage may import from the levels below it and from itself. Stages on one level are strangers.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("words",),
    ("errors", "usage"),
    ("schema",),
    ("event_days",),
    ("settings", "frames", "workdays"),
    ("load", "analyze", "reconcile", "history", "ledger"),
    ("decide",),
    ("plot",),
    ("export",),
    ("score_inputs",),
    ("score", "reconciliation"),
    ("weekly", "sample", "backtest"),
    ("store",),
    ("cli",),
)
HEIGHT = {stage: height for height, level in enumerate(LEVELS) for stage in level}


def _stage(module: str) -> str | None:
    """The stage a dotted module of the package belongs to; None for the package's own front page."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def _imports(path: Path) -> set[str]:
    """Every toolkit module a file names, wherever in the file the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "toolkit":
            # `from toolkit.history import lines` names the module, `from toolkit.history import History` the package.
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inside if node.module == "toolkit" or _is_module(name)}
            found |= modules | ({node.module} if modules != inside else set())
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "toolkit"}
    return found


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def _files() -> list[Path]:
    front = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
    return sorted(path for path in PACKAGE.rglob("*.py") if path not in front)


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_only_what_lies_below_it(path: Path) -> None:
    mine = _stage(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert mine in HEIGHT, f"{mine} has no place in the picture: add it to ARCHITECTURE.md and here"

    for module in _imports(path):
        other = _stage(module)
        assert other in HEIGHT, f"{path.name} imports {module}, which has no place in the picture"
        if other != mine:
            assert HEIGHT[other] < HEIGHT[mine], f"{path.relative_to(ROOT)} imports {module}, which is not below it"


def test_every_module_is_in_the_picture() -> None:
    picture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = [path for path in _files() if path.name != "__init__.py" and path.parent.name not in {"sources", "words"}]

    missing = [str(path.relative_to(PACKAGE)) for path in named if path.name not in picture]

    assert missing == []


def test_nothing_is_called_utils() -> None:
    assert [path for path in _files() if path.stem in {"utils", "helpers", "common", "misc"}] == []


def test_only_the_command_line_reads_a_clock() -> None:
    clock = ("date.today(", "datetime.now(", "time.time(", "utcnow(")
    guilty = [
        str(path.relative_to(PACKAGE))
        for path in _files()
        if path.name != "cli.py" and any(word in path.read_text(encoding="utf-8") for word in clock)
    ]

    assert guilty == []


def test_no_files_import_each_other_in_a_circle() -> None:
    """Imports inside functions and those for types alone count, too: who knows whom is what matters."""
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in _files()
    }
    knows = {name: {other for other in _imports(path) if other in modules} for name, path in modules.items()}

    # Whoever knows nobody that is left can be taken away; what remains at the end goes round.
    while free := {name for name, others in knows.items() if not others}:
        knows = {name: others - free for name, others in knows.items() if name not in free}

    assert knows == {}
