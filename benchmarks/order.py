"""How much the order of articles matters: ingested in the order of a file, and in a shuffled one.

    python benchmarks/order.py CORPUS.jsonl [--count 200] [--seed 1]

Reading is done once, vectors and judgements made once; linking, wording and stances are done for each order. What is
compared is which statements stand under one claim: B-cubed (Bagga and Baldwin 1998) over all statements, wanted at
least 0.95, and over those alone that share their claim with another in either order.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claims.models import Document, Reading, Sentence
from claims.pipeline import Pipeline
from claims.settings import Settings, load
from claims.store import Store
from claims.voices import VoiceReader

WANTED = 0.95

Claims = Mapping[Hashable, int]
"""The claim of each statement."""


class Score(NamedTuple):
    """Shares in [0, 1]; precision is that of the second set of claims by the first."""

    precision: float
    recall: float
    f1: float


def b_cubed(one: Claims, two: Claims, of: Iterable[Hashable] | None = None) -> Score:
    """Two sets of claims over the same statements; the average is taken ``of`` some of them, or of all."""
    sizes = Counter(one.values()), Counter(two.values())
    both = Counter((one[s], two[s]) for s in one)
    asked = list(one if of is None else of)
    if not asked:
        return Score(1.0, 1.0, 1.0)
    precision = sum(both[one[s], two[s]] / sizes[1][two[s]] for s in asked) / len(asked)
    recall = sum(both[one[s], two[s]] / sizes[0][one[s]] for s in asked) / len(asked)
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


class Remembered(VoiceReader):
    """A voice reader that reads each document once."""

    def __init__(self, path: str | None) -> None:
        super().__init__(path)
        self._read: dict[str, Reading] = {}

    def read(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        if document.sha256 not in self._read:
            self._read[document.sha256] = super().read(document, sentences)
        return self._read[document.sha256]


def ingested(
    database: Path, documents: Sequence[Document], settings: Settings, voices: VoiceReader, known: Path | None
) -> Claims:
    """A new database of the documents in this order; vectors and judgements that another one holds are taken over."""
    store = Store.open(database)
    if known is not None:
        store.db.execute("ATTACH ? AS known", [str(known)])
        with store.transaction():
            for table in ("vector", "judgement"):
                store.db.execute(f"INSERT INTO main.{table} SELECT * FROM known.{table}")
        store.db.execute("DETACH known")
    report = Pipeline(store, settings, voices=voices).ingest(documents)
    assert not report.problems, report.problems[0].message
    sql = (
        'SELECT sha256, start, "end", holders, claim_id FROM mention JOIN document ON document.id = document_id'
        " WHERE reason != 'quotes' AND NOT tracked"
    )
    found: dict[Hashable, int] = {tuple(key): claim for *key, claim in store.db.execute(sql)}
    store.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))
    from corpus import write_articles

    from claims.errors import InputError
    from claims.read import documents

    settings = load()
    voices = Remembered(settings.voices)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write_articles(args.corpus, place / "articles", args.count)
        articles = [item for item in documents([str(place / "articles")])[0] if not isinstance(item, InputError)]
        shuffled = random.Random(args.seed).sample(articles, len(articles))
        begun = time.process_time()
        one = ingested(place / "one.db", articles, settings, voices, None)
        spent = time.process_time()
        two = ingested(place / "two.db", shuffled, settings, voices, place / "one.db")
        ended = time.process_time()
        print(f"{len(articles)} articles, {len(one)} statements")
        print(f"processor time: {spent - begun:.0f} s in file order, {ended - spent:.0f} s shuffled")
    assert one.keys() == two.keys(), "the same is read, whatever the order"
    for name, claims in (("file order", one), ("shuffled", two)):
        sizes = Counter(claims.values())
        print(f"{name:12} {len(sizes)} claims, {sum(n > 1 for n in sizes.values())} of them of several statements")
    every = b_cubed(one, two)
    for name, score in (("all", every), ("recurring", b_cubed(one, two, _recurring(one, two)))):
        print(f"B-cubed {name:10} F1 {score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f})")
    print(f"at least {WANTED}: {'yes' if every.f1 >= WANTED else 'NO'}")
    sys.exit(every.f1 < WANTED)


def _recurring(one: Claims, two: Claims) -> list[Hashable]:
    """The statements that share their claim with another in either order."""
    sizes = Counter(one.values()), Counter(two.values())
    return [s for s in one if sizes[0][one[s]] > 1 or sizes[1][two[s]] > 1]


if __name__ == "__main__":
    main()
