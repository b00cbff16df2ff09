"""What starts quickly stays quick: the model libraries are loaded by what needs them, and by nothing else."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "sentence_transformers", "transformers", "safetensors", "tokenizers", "scipy", "sklearn", "nupunkt")


def loaded(script: str, *forbidden: str) -> list[str]:
    """Which of some packages are in ``sys.modules`` of a new process after a script."""
    check = f"\nimport sys as _sys; print('|', *sorted(set({forbidden!r}) & set(_sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", script + check], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return result.stdout.rsplit("|", 1)[1].split()


def command(*arguments: str) -> str:
    """A script that runs a command as the console script does, and goes on when it exits."""
    run = f"main({list(arguments)!r})"
    return f"from claims.cli import main\ntry:\n    {run}\nexcept SystemExit as e:\n    assert not e.code"


def test_the_check_itself_sees_what_is_loaded() -> None:
    assert loaded("import numpy, json", "numpy", "json", "torch") == ["json", "numpy"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"], ["--version"], ["ingest", "--help"], ["track", "--help"], ["list"], ["list", "--json"], ["show",
        "1"],
        ["show", "1", "--explain"], ["sources"], ["matrix"], ["compare", "The Ferryman", "Northern Wire"],
        ["search", "--exact", "mine"], [],
    ],
    ids=lambda a: " ".join(a) or "overview",
)  # fmt: skip
def test_listings_load_no_model_library(stored: Path, arguments: list[str]) -> None:
    assert loaded(command("--db", str(stored), *arguments), *HEAVY, "numpy", "textual", "sqlite_utils") == []


def test_export_loads_no_model_library(stored: Path, tmp_path: Path) -> None:
    assert loaded(command("--db", str(stored), "export", "-o", str(tmp_path / "out")), *HEAVY) == []


@pytest.mark.parametrize("module", ["tui", "tui.app"])
def test_the_ui_loads_no_model_library(module: str) -> None:
    assert loaded(f"import {module}", *HEAVY) == []


def test_the_ui_starts_with_what_its_first_screen_needs() -> None:
    """Start to first paint is what one waits for; each of these costs some milliseconds of it."""
    others = ["claims.sides", "claims.matrix", "claims.timeline", "claims.changes", "claims.explain", "claims.store"]
    others += ["claims.cli.common", "claims.cli.listing", "tui.screens.claim", "tui.screens.document", "rich.markdown"]
    assert loaded("import claims.cli, tui.app", *others) == []


@pytest.mark.parametrize(
    "module",
    [
        "claims.store", "claims.views", "claims.pipeline", "claims.encode", "claims.judge", "claims.voices",
        "claims.detect",
        "claims.track", "claims.search", "claims.export", "claims.evaluate", "claims.read", "claims.sentences",
    ],
)  # fmt: skip
def test_importing_the_engine_loads_no_model(module: str) -> None:
    """Only running it does: making an Encoder, a Judge or a Pipeline costs nothing."""
    assert loaded(f"import {module}", "torch", "sentence_transformers", "transformers") == []


def imports(path: Path) -> set[str]:
    """Every module that a file imports anywhere, also inside functions."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def test_imports_point_down() -> None:
    for path in files("db"):
        assert not {m for m in imports(path) if m.split(".")[0] in {"claims", "tui"}}, path
    for path in files("claims"):
        above = {m for m in imports(path) if m.split(".")[0] == "tui"}
        assert not above or "cli" in path.parts, path
    for path in files("tui"):
        assert not {m for m in imports(path) if m.startswith("claims.cli")}, path


def test_no_module_is_too_long_to_read() -> None:
    for package in ("claims", "db", "tui"):
        for path in files(package):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, path


def test_sql_stays_where_it_belongs() -> None:
    allowed = {"store.py", "views.py", "database.py", "export.py", "decisions.py", "covering.py"}
    for path in [*files("claims"), *files("tui")]:
        if path.name not in allowed:
            assert (
                not {"sqlite3", "sqlite_utils"} & {m.split(".")[0] for m in imports(path)} or path.parts[-2] == "tui"
            ), path
