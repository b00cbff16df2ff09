"""Who is who across documents: a name as written to the one source it stands for."""

from __future__ import annotations

import re

from claims.models import Document, SourceKind
from claims.store import Store
from claims.voices.names import display, key_of, same_source


class SourceIndex:
    """Names to source ids, kept in memory beside the store; new names become new sources.

    Merging is cautious (see :func:`claims.voices.names.same_source`): a wrong merge puts one mouth's words into
    another, a missed one only shows a source twice.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: dict[str, int] = {}
        self._sharing: dict[str, list[tuple[str, SourceKind, int]]] = {}
        for name, source_id, kind, _ in store.aliases():
            self._learn(key_of(name), name, kind, source_id)

    def _learn(self, key: str, name: str, kind: SourceKind, source_id: int) -> None:
        self._ids[key] = source_id
        for word in set(key.split()):
            self._sharing.setdefault(word, []).append((name, kind, source_id))

    def id_of(self, name: str, kind: SourceKind) -> int:
        """The source a name stands for; to be called in a transaction, as it may add one."""
        name = display(name) or name
        key = key_of(name)
        if key not in self._ids:
            source_id = self._like(key, name, kind) or self._store.add_source(name, kind)
            self._store.add_alias(key, name, source_id)
            self._learn(key, name, kind, source_id)
        return self._ids[key]

    def _like(self, key: str, name: str, kind: SourceKind) -> int | None:
        """The oldest source of the same kind that shares a word with a name and is the same by it."""
        near = {found for word in key.split() for found in self._sharing.get(word, ())}
        same = (i for other, k, i in near if k == kind and same_source(name, other))
        return min(same, default=None)

    def own_voice(self, document: Document) -> int:
        """The source for a document's own voice: its outlet, or the document itself where the text names none."""
        if document.outlet:
            return self.id_of(document.outlet, "outlet")
        shown = document.title or re.split(r"[\\/]", document.path)[-1] or document.path
        return self.id_of(f"[{shown}]", "document")
