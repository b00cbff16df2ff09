"""The documentation is about this program: every command is in it, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from claims.cli import main
from claims.cli.app import COMMANDS
from claims.settings import Settings
from claims.stance import REASONS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    assert re.search(rf"\bclaims(?: --db \S+)? {re.escape(name)}\b", TEXT), (
        f"claims {name} is nowhere in README.md or docs/"
    )


def test_every_command_named_exists() -> None:
    code = re.findall(r"^\s*(?:\$ )?claims(?: --db \S+)? ([a-z]+)\b", TEXT, re.MULTILINE)
    code += re.findall(r"`claims(?: --db \S+)? ([a-z]+)\b", TEXT)
    assert set(code) <= set(COMMANDS), set(code) - set(COMMANDS)


def test_every_option_named_exists() -> None:
    known = {"--help", "--version"}
    commands = [c for name in COMMANDS if (c := main.get_command(click.Context(main), name))]
    assert len(commands) == len(COMMANDS)
    known |= {
        opt for c in [main, *commands] for p in c.params if isinstance(p, click.Option) for opt in p.opts
    }
    for line in re.findall(r"^\s*(?:\$ )?claims [^\n]*", TEXT, re.MULTILINE):
        for option in re.findall(r"(?<=\s)--[a-z][a-z-]*", line):
            assert option in known, line


@pytest.mark.parametrize("path", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda p: p.name)
def test_pages_stand_by_themselves(path: Path) -> None:
    """Nothing leads out of the repository to a place that a stranger has not."""
    text = path.read_text(encoding="utf-8")
    assert "../shared" not in text and "/work/" not in text and "/root/" not in text


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_setting_is_explained() -> None:
    """Settings are a typed model whose docstrings are its manual."""
    source = (ROOT / "claims" / "settings.py").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert re.search(rf'^    {name}: [^\n]*\n    """', source, re.MULTILINE), name


def test_every_reason_is_documented() -> None:
    method = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    for reason in REASONS:
        assert re.search(rf"\b{re.escape(reason)}\b", method), reason


def test_what_the_repository_must_have() -> None:
    for name in ("README.md", "LICENSE", "CHANGELOG.md", "Makefile", ".ci/run", "pyproject.toml", "docs/method.md"):
        assert (ROOT / name).is_file(), name
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
