"""Why a mark stands: every mark of a database explains itself from what is stored."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import tiny
from click.testing import CliRunner

from claims.cli import main
from claims.errors import NotFound
from claims.explain import THRESHOLDS, explain
from claims.stance import REASONS
from claims.views import Views


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    tiny.ingest(folder / "claims.db", tiny.write_articles(folder / "articles", 12))
    return folder / "claims.db"


def marks(database: Path) -> list[tuple[int, str, str]]:
    views = Views.open(database)
    try:
        return [(m["id"], m["stance"], m["reason"]) for m in views.stream("SELECT id, stance, reason FROM mention")]
    finally:
        views.close()


def test_every_mark_explains_itself(database: Path) -> None:
    views = Views.open(database)
    seen = set()
    for mention_id, stance, reason in marks(database):
        found = explain(views, mention_id)
        assert (found.stance, found.reason, found.meaning) == (stance, reason, REASONS[reason])
        assert found.checks, "no mark without a check"
        assert not any(check.name in ("rules", "judge") for check in found.checks)
        assert found.thresholds == THRESHOLDS
        if reason not in ("quotes", "wording") and found.there is not None:
            assert found.judge == "rules@1" and found.taken is not None
            sides = found.taken.model_dump(include={"asserts", "disputes", "neutral"})
            assert sum(sides.values()) == pytest.approx(1, abs=0.01)
            assert (found.evened is None) == (found.taken.but_for is None)
        if stance != "reports":
            assert found.flips, "something would turn it"
        seen.add(reason)
    assert {"wording", "contradicts", "quotes"} <= seen
    views.close()


def test_the_command(database: Path) -> None:
    mention_id, stance, reason = next(m for m in marks(database) if m[2] == "contradicts")
    run = CliRunner().invoke(main, ["--db", str(database), "explain", str(mention_id), "--json"])
    found = json.loads(run.stdout)
    assert run.exit_code == 0
    assert (found["mention_id"], found["stance"], found["reason"]) == (mention_id, stance, reason)
    text = CliRunner().invoke(main, ["--db", str(database), "explain", str(mention_id)]).stdout
    assert f"reason: {reason}: {REASONS[reason]}" in text and "premise:" in text and "check:" in text
    whole = CliRunner().invoke(main, ["--db", str(database), "show", str(found["claim_id"]), "--explain"]).stdout
    assert f"reason: {reason}" in whole and "turns:" in whole


def test_no_such_mention(database: Path) -> None:
    with pytest.raises(NotFound, match="no mention 999999"):
        explain(Views.open(database), 999999)
    assert CliRunner().invoke(main, ["--db", str(database), "explain", "999999"]).exit_code == 1


def test_no_model_is_loaded(database: Path) -> None:
    import subprocess

    code = (
        "import sys; from claims.cli import main; main(['--db', sys.argv[1], 'explain', '1'], standalone_mode=False);"
        "assert 'torch' not in sys.modules and 'sentence_transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(database)], check=True, capture_output=True, timeout=300)
