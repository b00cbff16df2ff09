"""Which models are at work, told without loading one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.cli import main
from claims.installed import models
from claims.judge import SHIPPED, Judge
from claims.settings import Settings
from claims.weights import SCORES, digest, file_digest


def test_the_shipped_models() -> None:
    found = {model.role: model for model in models(Settings())}
    assert list(found) == ["encoder", "voices", "judge"]
    judge = found["judge"]
    assert judge.name == Judge().name and judge.sha256 == digest(SHIPPED)
    assert judge.scores and all(0 <= value <= 1 for value in judge.scores.values())
    assert judge.bytes and judge.bytes > 10_000_000


def test_named_ones_and_problems(tmp_path: Path) -> None:
    found = {m.role: m for m in models(Settings(judge="owner/some-judge", voices=str(tmp_path / "none")))}
    assert found["judge"].where == "owner/some-judge" and found["judge"].sha256 is None
    assert found["voices"].problem and "no such folder" in found["voices"].problem


def test_scores_do_not_make_another_model(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    before = digest(tmp_path)
    (tmp_path / SCORES).write_text("{}")
    assert digest(tmp_path) == before
    (tmp_path / "config.json").write_text("{}")
    assert digest(tmp_path) != before
    assert file_digest(tmp_path / "config.json") != before


def test_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    found = json.loads(CliRunner().invoke(main, ["models", "--json"]).stdout)
    assert [model["role"] for model in found] == ["encoder", "voices", "judge"]
    assert "SHA-256" in CliRunner().invoke(main, ["models"]).stdout
