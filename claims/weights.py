"""Models as files: what tells one from another, and how those that ship small are expanded."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from claims.errors import ModelError

PARTS = {".safetensors", ".json", ".bin", ".txt", ".model"}
"""Endings of the files that make a model's answers."""

SCORES = "scores.json"
SAID_OF_IT = {SCORES, "reach.safetensors"}
"""Files that tell of a model's weights and are none of them."""


PACKED = "packed-*.safetensors"
"""Weights stored as int8 rows with a scale each, see ``claims.training.weights``."""


def file_digest(path: Path) -> str:
    """SHA-256 of one file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(folder: Path) -> str:
    """SHA-256 over what makes a model's answers: its weights, config and tokenizer, by name."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.suffix in PARTS and p.name not in SAID_OF_IT):
        total.update(f"{path.name}:{file_digest(path)};".encode())
    return total.hexdigest()


def cache_folder() -> Path:
    """Where expanded models are kept: ``$CONTESTED_CACHE``, else ``contested`` in the user's cache."""
    own = os.environ.get("CONTESTED_CACHE")
    if own:
        return Path(own).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").expanduser() / "contested"


def expand(folder: Path, sha256: str) -> Path:
    """The ordinary folder of a packed model, made in the cache if it is not there yet; another folder as it is.

    Int8 tensors with a companion ``<name>.scale`` become float16 (half a unit in its last place is far below the int8
    step); others are copied.  The folder is made beside its place and renamed, so a second process sees all or nothing.
    """
    if not any(folder.glob(PACKED)):
        return folder
    target = cache_folder() / "models" / sha256
    if (target / "model.safetensors").is_file():
        return target
    import numpy as np
    from safetensors.numpy import load_file, save_file

    stored: dict[str, Any] = {}
    for path in sorted(folder.glob(PACKED)):
        stored.update(load_file(path))
    tensors = {
        name: (value.astype(np.float32) * stored[f"{name}.scale"][:, None]).astype(np.float16)
        if value.dtype == np.int8
        else value
        for name, value in stored.items()
        if not name.endswith(".scale")
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{sha256[:8]}-", dir=target.parent))
        try:
            for path in folder.rglob("*.json"):
                if path.name not in SAID_OF_IT:
                    (made / path.relative_to(folder)).parent.mkdir(exist_ok=True)
                    shutil.copyfile(path, made / path.relative_to(folder))
            save_file(tensors, made / "model.safetensors", metadata={"format": "pt"})
            made.chmod(0o755)
            try:
                made.rename(target)
            except OSError:
                if not (target / "model.safetensors").is_file():  # else another process was first, with the same bytes
                    raise
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"{target}: cannot expand the model there ({error}). It takes up to 140 MB; set CONTESTED_CACHE to a folder"
            " that has room and can be written."
        ) from error
    return target
