"""Where one left off, per database: a small JSON file that may be missing, old or damaged without harm."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class State(BaseModel):
    """What is kept between two visits."""

    model_config = ConfigDict(extra="ignore")

    theme: str | None = None
    visited: str | None = None
    """When the last visit ended, in UTC."""
    claims: dict[str, Any] = Field(default_factory=dict)
    """The claims screen: filter, order, row, preview."""
    articles: list[str] = Field(default_factory=list)
    """What was named to be read, on the ingest screen."""
    trail: list[list[Any]] = Field(default_factory=list)
    """The places opened over the claims screen, outermost first."""


def path_for(database: Path) -> Path:
    """The file that belongs to a database."""
    home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    name = hashlib.sha256(str(database.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(home) / "contested" / f"{name}.json"


def read(database: Path) -> State:
    """The state kept for ``database``, or a fresh one."""
    try:
        return State.model_validate_json(path_for(database).read_bytes())
    except (OSError, ValidationError, ValueError):
        return State()


def write(database: Path, state: State) -> None:
    """Keep ``state``; a folder that cannot be written is no reason to fail."""
    target = path_for(database)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_text(json.dumps(state.model_dump()), encoding="utf-8")
        fresh.replace(target)
    except OSError:
        return
