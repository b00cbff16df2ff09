"""The two sides of a comparison: annotated articles (gold) and what the tool exported."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from claims.errors import InputError
from claims.evaluate.names import Name, words

Row = dict[str, Any]
Key = tuple[str, int]
"""A gold sentence: document and index."""

STANCES = ("asserts", "disputes")
"""The two sides; what is only passed on is neither asked for nor punished."""


def rows(path: Path, *needed: str) -> list[Row]:
    """The objects of a ``.json`` or ``.jsonl`` file. Raises :class:`InputError` naming the file, the row, the fault."""
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text) if path.suffix == ".json" else [json.loads(x) for x in text.splitlines() if x.strip()]
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file. It is one of those that `claims eval` needs.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise InputError(f"{path}: is not JSON in UTF-8 ({error}). Correct it.") from error
    if not isinstance(found, list):
        raise InputError(f"{path}: should hold a list of objects.")
    for number, row in enumerate(found, start=1):
        lacking = [name for name in needed if not isinstance(row, dict) or name not in row]
        if lacking:
            raise InputError(f"{path}: row {number} has no {lacking[0]!r}. Correct it.")
    return found


class Gold:
    """Annotated articles: what a right reading would have found."""

    def __init__(self, root: Path, split: str) -> None:
        documents = rows(root / "documents.json", "doc", "file", "outlet", "author", "title", "published")
        sentences = rows(root / "sentences.jsonl", "doc", "idx", "char_start", "char_end")
        self.documents: dict[str, Row] = {d["doc"]: d for d in documents}
        self.files: dict[str, str] = {Path(d["file"]).name: d["doc"] for d in documents}
        """Document keys by file name: how an export's documents are recognised."""
        self.sentences: dict[Key, Row] = {(s["doc"], s["idx"]): s for s in sentences}
        self.claims = rows(root / f"claims.{split}.json", "canonical", "mentions")
        self.pairs = rows(root / f"pairs.{split}.jsonl", "a", "b", "relation")
        self._spans: dict[str, list[tuple[int, int, Key]]] = defaultdict(list)
        for key, s in self.sentences.items():
            self._spans[key[0]].append((s["char_start"], s["char_end"], key))
        self._aliases: dict[str | None, set[Name]] = defaultdict(set)
        for h in rows(root / "holders.json", "holder", "aliases"):
            self._aliases[h["holder"]] |= {words(alias) for alias in (h["holder"], *h["aliases"])}

    def names(self, holder: str | None, written: str | None = None) -> set[Name]:
        """All names by which a holder may be called, the one written at that place among them."""
        return {*self._aliases.get(holder, ()), *({words(holder), words(written)} - {frozenset()})}

    def at(self, doc: str, start: int, end: int) -> Key | None:
        """The gold sentence that holds most of a span, if it holds half of the span."""
        shared = ((min(e, end) - max(s, start), key) for s, e, key in self._spans.get(doc, ()))
        most, key = max(shared, default=(0, ("", 0)))
        return key if most > 0 and most >= 0.5 * (end - start) else None


class Mark(NamedTuple):
    """A mention of the export, placed on a gold sentence."""

    key: Key
    claim_id: int | None
    """``None`` for an answer of ``claims track``."""
    stance: str
    voice: tuple[Name, ...]
    """The chain of holders, outermost first; empty for the document's own voice."""


def marks(mentions: Iterable[Row], gold: Gold, document_of: Mapping[int, str | None] | None = None) -> list[Mark]:
    """Mentions on the gold sentences they fall on; those that fall on none are left out.

    A mention names its document by ``document_id`` (with ``document_of``) or, without, by ``path``.
    """
    found = []
    for m in mentions:
        doc = document_of.get(m["document_id"]) if document_of is not None else gold.files.get(Path(m["path"]).name)
        key = gold.at(doc, m["start"], m["end"]) if doc else None
        if key:
            voice = tuple(words(holder) for holder in m.get("holders") or ())
            found.append(Mark(key=key, claim_id=m.get("claim_id"), stance=m["stance"], voice=voice))
    return found


class Export:
    """What ``claims export --format jsonl`` wrote, as far as it is about the gold articles."""

    def __init__(self, root: Path, gold: Gold) -> None:
        documents = rows(root / "documents.jsonl", "id", "path")
        self.doc_of: dict[int, str | None] = {d["id"]: gold.files.get(Path(d["path"]).name) for d in documents}
        self.documents: dict[str, Row] = {doc: d for d in documents if (doc := self.doc_of[d["id"]])}
        sentences = rows(root / "sentences.jsonl", "document_id", "start", "end")
        self.sentences: list[tuple[str, Row]] = [
            (doc, s) for s in sentences if (doc := self.doc_of.get(s["document_id"]))
        ]
        self.contested: dict[int, bool] = {c["id"]: bool(c.get("contested")) for c in rows(root / "claims.jsonl", "id")}
        mentions = rows(root / "mentions.jsonl", "claim_id", "document_id", "start", "end", "stance")
        self.marks = marks(mentions, gold, self.doc_of)
