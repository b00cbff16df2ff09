"""What a user can set, as a typed model: its docstrings are the manual.

Read from ``contested.toml`` in the working folder, then from ``contested/config.toml`` in the user's configuration
folder; the first that exists counts.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from claims.errors import InputError
from claims.models import Frozen


class Settings(Frozen):
    """All settings, with their defaults."""

    encoder: str | None = None
    """A sentence-transformers folder or hub id, instead of the encoder that ships with the program;
    ``all-MiniLM-L6-v2`` for the weights that it was tuned from."""

    judge: str | None = None
    """A folder or hub id of a three-way CrossEncoder, instead of the judge that ships with the program."""

    voices: str | None = None
    """A folder with a voice reader's weights, instead of the one that ships with the program."""

    max_bytes: int = Field(default=10_000_000, gt=0)
    """The largest file that is read, in bytes."""

    join: float = Field(default=0.4, ge=-1, le=1)
    """Average cosine to a claim's texts from which a statement may be on it. Another encoder needs another value."""

    near: float = Field(default=0.4, ge=-1, le=2)
    """The same without what all texts have in common, with what shared words are worth added, from which the judge is
    asked what a statement says on a claim; more is needed among many claims (see :mod:`claims.link`)."""

    keys: dict[str, str] = Field(default_factory=dict)
    """Keys of the terminal UI by command id, for example ``"claims.contested" = "x"``."""


def config_files() -> list[Path]:
    """Where settings are looked for, in order."""
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return [Path("contested.toml"), Path(home).expanduser() / "contested" / "config.toml"]


def load() -> Settings:
    """The settings in force. Raises :class:`InputError`, naming the file and what is wrong in it."""
    for path in config_files():
        if os.path.isfile(path):  # noqa: PTH113 - Path.is_file() raises in a folder without rights
            try:
                return Settings(**tomllib.loads(path.read_text(encoding="utf-8")))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise InputError(f"{path}: {where}: {first['msg']}. Correct or remove that line.") from error
            except OSError as error:
                raise InputError(f"{path}: cannot be read ({error.strerror}). Change its rights.") from error
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise InputError(f"{path}: is not valid TOML ({error}). Correct or remove it.") from error
    return Settings()
