"""One text printed by several outlets is one origin, whatever is read first and wherever a run stops."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from claims.models import Document, Span
from claims.origins import alike, body, signature
from claims.store import Store

WIRE = " ".join(f"The harbour board met on pier {n} and counted {n * 7} crates of grain there." for n in range(3, 12))
OTHER = " ".join(f"Nobody in the valley saw lamp {n} go out before {n} in the morning, they say." for n in range(3, 12))


def doc(number: int, text: str, outlet: str) -> Document:
    return Document(path=f"{number}.txt", sha256=f"{number:064x}", text=text, outlet=outlet)


def origins(database: Path, *documents: Document) -> list[int]:
    store = Store.open(database)
    assert tiny.pipeline(store).ingest(documents).stored == len(documents)
    found = [i for (i,) in store.db.execute("SELECT coalesce(origin_id, id) FROM document ORDER BY id")]
    store.close()
    return found


def test_a_reprint_has_the_origin_of_the_first(database: Path) -> None:
    shortened = WIRE[: int(len(WIRE) * 0.8)]
    framed = f"Our reader sends us this. {WIRE} So far the agency."
    found = origins(
        database, doc(1, WIRE, "Wire"), doc(2, OTHER, "Gazette"), doc(3, shortened, "Ferryman"), doc(4, framed, "Post")
    )
    assert found == [1, 2, 1, 1]


def test_a_short_text_is_its_own_origin(database: Path) -> None:
    said = "The old bridge can carry heavy lorries."
    assert origins(database, doc(1, said, "Wire"), doc(2, said + " ", "Gazette")) == [1, 2]


def test_a_reprint_is_no_second_voice(database: Path) -> None:
    fact = "The old bridge can carry heavy lorries."
    documents = [
        doc(1, f"{WIRE} {fact}", "Wire"),
        doc(2, f"{WIRE} {fact} ", "Ferryman"),
        doc(3, f"{OTHER} The Harbour Ministry denied that the old bridge can carry heavy lorries.", "Gazette"),
    ]
    assert origins(database, *documents) == [1, 1, 3]
    store = Store.open(database)
    sql = "SELECT outlets, origins, asserting, contested, contest_score FROM standing JOIN claim ON claim.id = claim_id"
    row = store.db.execute(f"{sql} WHERE text LIKE '%bridge can carry%'").fetchone()
    store.close()
    assert row[:4] == (3, 2, 2, 1)
    assert row[4] <= 0.5, "one origin against one voice: no more than one against one"


def test_boilerplate_does_not_make_two_articles_alike() -> None:
    one, two = f"{OTHER} First.", f"{OTHER} Second."
    cut = (Span(start=0, end=len(OTHER)),)
    bodies = [body(doc(1, text, "A").model_copy(update={"boilerplate": cut})).strip() for text in (one, two)]
    assert bodies == ["First.", "Second."]


def test_how_alike() -> None:
    assert alike(signature(WIRE), signature(WIRE.upper())) == pytest.approx(1.0)
    assert alike(signature(WIRE), signature(OTHER)) < 0.1
