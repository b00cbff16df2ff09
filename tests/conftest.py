"""What all tests share: a world without network or the user's own settings, and the stand-ins of ``tiny``."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # models of a few kilobytes; `make test` has a process on each core

import tiny

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")  # the same examples each time: a test that fails, fails for everybody


@pytest.fixture(autouse=True)
def nobody_elses_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The user's own configuration and database play no part."""
    monkeypatch.delenv("CLAIMS_DB", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))


@pytest.fixture(autouse=True)
def decided_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a decision has judged anew is judged by the plain stand-in, where a test names no other judge."""
    monkeypatch.setattr("claims.opinions.Judge", lambda *_: tiny.Rules())


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> tiny.Models:
    """Real models of a few kilobytes."""
    return tiny.build(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve articles; not to be changed."""
    folder = tmp_path_factory.mktemp("articles")
    tiny.write_articles(folder, 12)
    return folder


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A database of the sample; not to be changed."""
    path = tmp_path_factory.mktemp("stored") / "sample.db"
    tiny.ingest(path, [sample])
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a test may make its database."""
    return tmp_path / "claims.db"


@pytest.fixture
def views(stored: Path) -> Iterator[object]:
    """Read access to the sample."""
    from claims.views import Views

    opened = Views.open(stored)
    yield opened
    opened.close()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the right to read and write everything, which a test run by root would have."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def as_nobody() -> Callable[[], AbstractContextManager[None]]:
    """``with as_nobody():`` takes root's rights away for a while."""
    return _as_nobody


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read and write, as pytest's own are for its user alone."""
    folder = Path(tempfile.mkdtemp(prefix="contested-test-"))
    folder.chmod(0o777)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o777)
    shutil.rmtree(folder)


@pytest.fixture
def plain_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands run with the plain stand-ins of ``tiny`` instead of models."""
    for place in ("claims.pipeline", "claims.encode"):
        monkeypatch.setattr(f"{place}.Encoder", lambda *_: tiny.Bag())
    for place in ("claims.pipeline", "claims.judge"):
        monkeypatch.setattr(f"{place}.Judge", lambda *_: tiny.Rules())
    for place in ("claims.pipeline", "claims.voices"):
        monkeypatch.setattr(f"{place}.VoiceReader", lambda *_: tiny.Cues())
