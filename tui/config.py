"""What a user may set; the command line hands it over as a plain dict (from TOML or wherever it keeps it)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Config(BaseModel):
    """Settings of the terminal UI. Unknown ones are left alone, so that one file serves the whole program."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    theme: str | None = None
    """The theme to start with, where none was chosen in the UI on an earlier visit."""

    keys: dict[str, str] = Field(default_factory=dict)
    """Commands by id, with the keys that should run them: ``"claims.contested" = "C"``, several parted by commas.
    Help (F1) shows the ids."""

    meaning: bool = True
    """Whether a filter of the claims also looks by meaning after a pause, which loads the encoder."""

    restore: bool = True
    """Whether to start where one left off."""


def parse(given: Mapping[str, Any] | None) -> Config:
    """A config from a dict; raises pydantic's ``ValidationError`` where a value has the wrong type."""
    return Config.model_validate(dict(given or {}))
