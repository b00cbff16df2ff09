"""kill -9 in the middle of an ingest, then the same command: the export is that of a run nobody disturbed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import tiny

from claims.read import documents
from claims.store import Store
from claims.views import Views

ROOT = Path(__file__).resolve().parents[1]


def worker(database: Path, sample: Path, *more: str) -> subprocess.Popen[str]:
    """An ingest in a process of its own."""
    command = [sys.executable, str(ROOT / "tests" / "tiny.py"), str(database), str(sample), *more]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def whole(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return tiny.export(stored, tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="module")
def statements(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many SQL statements an ingest of the sample takes."""
    store = Store.open(tmp_path_factory.mktemp("count") / "claims.db")
    seen: list[str] = []
    store.db.conn.set_trace_callback(seen.append)
    tiny.pipeline(store).ingest(documents([str(sample)])[0])
    store.close()
    return len(seen)


POINTS = 8


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_and_gone_on(sample: Path, tmp_path: Path, whole: dict[str, bytes], statements: int, point: int) -> None:
    """Killed before one of its SQL statements, anywhere from the first to the last, mostly inside a transaction."""
    database = tmp_path / "claims.db"
    at = 1 + (point * statements + random.Random(point).randrange(statements)) // POINTS
    process = worker(database, sample, str(at))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    views = Views.open(database)
    left = views.overview()
    assert left.documents < 12
    assert [d.id for d in views.documents()] == list(range(1, left.documents + 1)), "whole documents, the first ones"
    assert all(d.sentences and d.mentions for d in views.documents())
    views.close()
    again = worker(database, sample)
    out, error = again.communicate()
    assert (again.returncode, error) == (0, "")
    assert int(out) == 12 - left.documents
    assert tiny.export(database, tmp_path / "out") == whole


def test_killed_again_and_again(sample: Path, tmp_path: Path, whole: dict[str, bytes], statements: int) -> None:
    database = tmp_path / "claims.db"
    for _ in range(3):
        process = worker(database, sample, str(statements // 4))
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    worker(database, sample).communicate()
    assert tiny.export(database, tmp_path / "out") == whole


def test_what_a_killed_run_leaves_is_sound(sample: Path, tmp_path: Path, statements: int) -> None:
    database = tmp_path / "claims.db"
    worker(database, sample, str(statements // 2)).communicate()
    Store.open(database).close()  # recovers the write-ahead log
    plain = sqlite3.connect(database)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    assert plain.execute("SELECT count(*) FROM claim WHERE id NOT IN (SELECT claim_id FROM mention)").fetchone() == (0,)
    assert plain.execute("SELECT count(*) FROM run WHERE finished IS NULL").fetchone() == (1,), "it did not end well"
    plain.execute("INSERT INTO sentence_fts(sentence_fts) VALUES ('integrity-check')")
    plain.close()


def test_two_processes_at_once(sample: Path, tmp_path: Path) -> None:
    """Two ingests of the same folder at the same time: each article once, and every mark with its sentence."""
    database = tmp_path / "claims.db"
    Store.open(database).close()
    both = [worker(database, sample), worker(database, sample)]
    stored = 0
    for process in both:
        out, error = process.communicate()
        assert (process.returncode, error) == (0, "")
        stored += int(out)
    assert stored == 12
    views = Views.open(database)
    assert views.overview().documents == 12
    assert sorted(Path(d.path).name for d in views.documents()) == [f"{i:03}.md" for i in range(12)]
    views.close()
