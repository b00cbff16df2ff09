"""Who is who across documents: a name as written to the one source it stands for."""

from __future__ import annotations

import re
import unicodedata

from claims.models import Document, SourceKind
from claims.store import Store


def fold(name: str) -> str:
    """A name's key: no case, accents, punctuation, articles or possessives."""
    flat = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode() or name
    flat = re.sub(r"'s?\b", "", flat.lower())
    words = [word for word in re.findall(r"\w+", flat) if word not in {"the", "a", "an"}]
    return " ".join(words) or name.strip().lower()


class Sources:
    """Names to source ids, kept in memory beside the store; new names become new sources."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids = {fold(name): source_id for name, source_id, _, _ in store.aliases()}

    def id_of(self, name: str, kind: SourceKind) -> int:
        """The source a name stands for; to be called in a transaction, as it may add one."""
        key = fold(name)
        if key not in self._ids:
            source_id = self._store.add_source(name, kind)
            self._store.add_alias(key, name, source_id)
            self._ids[key] = source_id
        return self._ids[key]

    def own_voice(self, document: Document) -> int:
        """The source for a document's own voice: its outlet, or the document itself where the text names none."""
        if document.outlet:
            return self.id_of(document.outlet, "outlet")
        shown = document.title or re.split(r"[\\/]", document.path)[-1] or document.path
        return self.id_of(f"[{shown}]", "document")
