"""What tells one model from another: SHA-256 of its files."""

from __future__ import annotations

import hashlib
from pathlib import Path

PARTS = {".safetensors", ".json", ".bin", ".txt", ".model"}
"""Endings of the files that make a model's answers."""

SAID_OF_IT = "scores.json"
"""A file that tells of a model and does not change its answers."""


def file_digest(path: Path) -> str:
    """SHA-256 of one file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(folder: Path) -> str:
    """SHA-256 over what makes a model's answers: its weights, config and tokenizer, by name."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.suffix in PARTS and p.name != SAID_OF_IT):
        total.update(f"{path.name}:{file_digest(path)};".encode())
    return total.hexdigest()
