"""Which models are at work: the shipped ones, or those that the settings name. Loads none of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from claims.errors import ModelError
from claims.models import Frozen
from claims.settings import Settings
from claims.weights import SCORES, digest


class Model(Frozen):
    """One model in use."""

    role: str
    """encoder, voices or judge."""
    name: str
    """The key under which what it made is stored; empty where it cannot be used."""
    where: str
    """Its folder, or its id on the hub."""
    sha256: str | None
    """Over its weights, config and tokenizer; None where it is not on this machine."""
    bytes: int | None
    scores: dict[str, float]
    problem: str | None = None
    """Why it cannot be used."""


def models(settings: Settings) -> list[Model]:
    """The encoder, the voice reader and the judge that a run with these settings uses."""
    from claims.encode import Encoder, locate
    from claims.judge import SHIPPED, Judge
    from claims.voices import VoiceReader
    from claims.voices.tagger import SHIPPED as VOICES

    def encoder() -> tuple[str, str]:
        return locate(settings.encoder)[0], Encoder(settings.encoder).name

    def voices() -> tuple[str, str]:
        folder = Path(settings.voices).expanduser() if settings.voices else VOICES
        if not folder.is_dir():
            raise ModelError(f"{folder}: no such folder.")
        return str(folder), VoiceReader(folder).name

    def judge() -> tuple[str, str]:
        return settings.judge or str(SHIPPED), Judge(settings.judge).name

    named = {"encoder": settings.encoder or "", "voices": settings.voices or "", "judge": settings.judge or ""}
    found = []
    for role, look in (("encoder", encoder), ("voices", voices), ("judge", judge)):
        try:
            where, name = look()
        except ModelError as error:
            found.append(
                Model(role=role, name="", where=named[role], sha256=None, bytes=None, scores={}, problem=str(error))
            )
            continue
        folder = Path(where).expanduser()
        there = folder.is_dir()
        found.append(
            Model(
                role=role,
                name=name,
                where=where,
                sha256=digest(folder) if there else None,
                bytes=sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) if there else None,
                scores=_scores(folder / SCORES),
            )
        )
    return found


def _scores(path: Path) -> dict[str, float]:
    """The figures of a model, where it comes with any."""
    if not path.is_file():
        return {}
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: float(value) for name, value in stored.items()}
