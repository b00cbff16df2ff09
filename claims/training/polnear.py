"""PolNeAR's articles and attributions as data (Newell, Margolin and Ruths 2018; brat stand-off)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

Event = dict[str, list[tuple[int, int]]]
"""Of one attribution the stretches (code points) of ``source``, ``cue`` and ``content``."""

_SPAN = re.compile(r"(T\d+)\t\w+ ([\d ;]+)\t")
_EVENT = re.compile(r"E\d+\t(.+)")


@dataclass(frozen=True)
class Article:
    """A text with one list of attributions for each annotator."""

    name: str
    text: str
    annotations: list[list[Event]]


def parse(ann: str) -> list[Event]:
    """The attributions of one annotation file; what has no content is left out, as in the scoring script."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[Event] = []
    for line in ann.splitlines():
        if found := _SPAN.match(line):
            pairs = (p.split() for p in found[2].strip().split(";"))
            spans[found[1]] = [(int(a), int(b)) for a, b in pairs]
        elif found := _EVENT.match(line):
            event: Event = {"source": [], "cue": [], "content": []}
            for part in found[1].split():
                role, _, name = part.partition(":")
                if (kind := role.rstrip("0123456789").lower()) in event:
                    event[kind] += spans.get(name, [])
            if event["content"]:
                events.append(event)
    return events


def articles(corpus: Path) -> list[Article]:
    """Every article of a part of the corpus, by name."""
    out = []
    for path in sorted((corpus / "text").glob("*.txt")):
        anns = sorted((corpus / "attributions").glob(f"{path.stem}*.ann"))
        notes = [parse(a.read_text(encoding="utf-8")) for a in anns]
        if any(notes):
            out.append(Article(path.stem, path.read_text(encoding="utf-8"), [n for n in notes if n]))
    return out
