"""Origins, not outlets: which articles are one text printed several times.

Reprints, wire copy and lightly edited copies share most of their runs of words. Each text is a set of runs of
:data:`RUN` words; MinHash (Broder 1997) estimates how much two sets share (Jaccard) from :data:`HASHES` numbers, and
locality-sensitive hashing finds the few texts worth comparing: those that agree on all numbers of one band. Bands are
rows of the database, so that nothing is loaded at the start, and what a stopped run leaves is whole.
"""

from __future__ import annotations

import re

import numpy as np

from claims.models import Document
from claims.store import Store

RUN = 4
"""Words in a run."""

LEAST = 40
"""Runs that a text must have: of a shorter one, two who say the same cannot be told from a reprint."""

HASHES = 128
BAND = 4
"""Numbers in a band: with 32 bands, two texts that share half are compared with a probability of 0.87."""

SAME = 0.5
"""Share of runs (Jaccard) from which two texts are one origin: a reprint that drops up to a half of the text."""

WORD = re.compile(r"\w+")


def body(document: Document) -> str:
    """The article without its boilerplate, which all articles of an outlet share."""
    parts, at = [], 0
    for span in sorted(document.boilerplate, key=lambda s: s.start):
        parts.append(document.text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join([*parts, document.text[at:]])


def signature(text: str) -> bytes:
    """The text's MinHash, :data:`HASHES` little-endian 32-bit numbers; empty for one that is too short to tell."""
    from datasketch import MinHash

    words = WORD.findall(text.casefold())
    runs = {" ".join(words[i : i + RUN]).encode("utf-8", "surrogatepass") for i in range(len(words) - RUN + 1)}
    if len(runs) < LEAST:
        return b""
    made = MinHash(num_perm=HASHES, seed=1)
    made.update_batch(sorted(runs))
    return bytes(made.hashvalues.astype("<u4").tobytes())


def bands(data: bytes) -> list[bytes]:
    """A signature cut into bands, each with its number in front."""
    size = 4 * BAND
    return [bytes([i // size]) + data[i : i + size] for i in range(0, len(data), size)]


def alike(a: bytes, b: bytes) -> float:
    """The estimated share of runs, in [0, 1], that two texts have in common, from their signatures."""
    return float(np.mean(np.frombuffer(a, "<u4") == np.frombuffer(b, "<u4")))


def trace(store: Store, document_id: int, document: Document) -> int | None:
    """Set a newly stored document's origin, in its transaction; returns it, or ``None`` where it is its own.

    The origin is that of the stored text most like it, of equals the first stored.
    """
    data = signature(body(document))
    near = [(-alike(data, other), i, origin) for i, origin, other in store.sharing_a_band(bands(data))] if data else []
    best = min(near, default=None)
    store.add_signature(document_id, data, bands(data))
    if best is None or -best[0] < SAME:
        return None
    store.set_origin(document_id, best[2])
    return best[2]
