"""What people ask of a database: pages, filters, orders, ids that were merged, words that are no query."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import NotFound
from claims.narrow import fts
from claims.store import Store
from claims.views import ORDERS, Views

# words that some layer between a person and SQLite could take for something else
NASTY = [
    '"', "(", ")", "*", '"(*', "a*b", "NEAR(a b)", "AND", "OR NOT", "text:mine", "-mine", "^mine", "{a b}: c", "a + b",
    "'; DROP TABLE claim; --", '" OR 1=1 --', "%", "_", "\\", "\0", "\x1b[31m", "\u202e", "🜲", "ﬁ", "   ", "",
    "a" * 5000,
    "[bold]", "mine)", "1.5", "\udcff", "café", "?1", ":id", "NULL",
]  # fmt: skip


@pytest.fixture
def own(stored: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the sample that a test may change."""
    path = tmp_path / "own.db"
    path.write_bytes(stored.read_bytes())
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def opened(connection: sqlite3.Connection) -> Views:
    connection.commit()
    (_, _, path) = connection.execute("PRAGMA database_list").fetchone()
    return Views.open(path)


def follow(connection: sqlite3.Connection, table: str, *ids: int) -> None:
    """Each of some rows was merged into the next."""
    for one, into in itertools.pairwise(ids):
        connection.execute(f"UPDATE {table} SET merged_into = ? WHERE id = ?", [into, one])


# -- pages and orders


@pytest.mark.parametrize("order", list(ORDERS))
@pytest.mark.parametrize("reverse", [False, True])
def test_pages_neither_overlap_nor_leave_gaps(views: Views, order: str, reverse: bool) -> None:
    def page(offset: int, limit: int) -> list[int]:
        return [c.id for c in views.claims(everything=True, order=order, reverse=reverse, limit=limit, offset=offset)]  # type: ignore[arg-type]

    whole = page(0, 1000)
    assert len(whole) == len(set(whole)) == views.count_claims(everything=True)
    assert list(itertools.chain.from_iterable(page(i, 4) for i in range(0, len(whole) + 4, 4))) == whole


def test_most_contested_first(views: Views) -> None:
    rows = views.claims(limit=1000)
    assert rows
    assert [r.contest_score for r in rows] == sorted((r.contest_score for r in rows), reverse=True)
    assert rows[0].contested and rows[0].asserting and rows[0].disputing


def test_orders_do_what_they_say(views: Views) -> None:
    dates = [r.last_seen or "" for r in views.claims(order="recent", limit=99)]
    assert dates == sorted(dates, reverse=True)
    first = [r.first_seen or "9" for r in views.claims(order="first", limit=99)]
    assert first == sorted(first)
    texts = [r.text.lower() for r in views.claims(order="text", limit=99)]
    assert texts == sorted(texts)
    sides = [r.asserting + r.disputing for r in views.claims(order="sources", limit=99)]
    assert sides == sorted(sides, reverse=True)


def test_an_order_turned_round(views: Views) -> None:
    first, last = views.claims(order="contested", limit=99), views.claims(order="contested", reverse=True, limit=99)
    assert [r.contest_score for r in last] == sorted(r.contest_score for r in first)


# -- filters


def test_only_recurring_unless_asked(views: Views) -> None:
    some, every = views.claims(limit=999), views.claims(everything=True, limit=999)
    assert {r.id for r in some} < {r.id for r in every}
    assert all(r.sentences > 1 or r.contested or r.pinned for r in some)


def test_contested_has_two_sides(views: Views) -> None:
    rows = views.claims(contested=True, limit=999)
    assert rows and len(rows) < len(views.claims(everything=True, limit=999))
    for row in rows:
        marks = views.mentions(row.id)
        asserting = {m.source for m in marks if m.stance == "asserts"}
        disputing = {m.source for m in marks if m.stance == "disputes"}
        assert any(a != b for a in asserting for b in disputing)


def test_by_source(views: Views) -> None:
    rows = views.claims(source="Northern Wire", everything=True, limit=999)
    assert rows
    for row in rows:
        assert "Northern Wire" in {m.source for m in views.mentions(row.id)}
    ids = [r.id for r in rows]
    assert [r.id for r in views.claims(source="northern wire", everything=True, limit=999)] == ids
    number = views.source("Northern Wire").id
    assert [r.id for r in views.claims(source=number, everything=True, limit=999)] == ids
    assert [r.id for r in views.claims(source=str(number), everything=True, limit=999)] == ids


def test_since(views: Views) -> None:
    rows = views.claims(since="2024-11", everything=True, limit=999)
    assert rows and all(r.last_seen and r.last_seen >= "2024-11" for r in rows)
    assert views.claims(since="2025", everything=True) == []


def test_by_words_of_wording_or_sentence(views: Views) -> None:
    (claim,) = [r for r in views.claims(words="pipeline", everything=True) if "pipeline" in r.text]
    assert claim.id in {r.id for r in views.claims(words="pipel", everything=True)}, "the last word as a prefix"
    assert views.claims(words="pipeline zebra", everything=True) == []


def test_the_count_is_that_of_the_list(views: Views) -> None:
    for filters in (
        {},
        {"contested": True},
        {"everything": True},
        {"words": "union"},
        {"since": "2024-06"},
        {"pinned": True},
    ):
        assert views.count_claims(**filters) == len(views.claims(limit=999, **filters))  # type: ignore[arg-type]


def test_pinned_claims_are_always_listed(own: sqlite3.Connection) -> None:
    once = opened(own)
    alone = next(r for r in once.claims(everything=True, limit=999) if r.sentences == 1 and not r.contested)
    assert alone.id not in {r.id for r in once.claims(limit=999)}
    own.execute("UPDATE claim SET pinned = 1 WHERE id = ?", [alone.id])
    views = opened(own)
    assert alone.id in {r.id for r in views.claims(limit=999)}
    assert [r.id for r in views.claims(pinned=True)] == [alone.id]


# -- ids


def test_a_merged_id_answers_with_where_it_went(own: sqlite3.Connection) -> None:
    a, b, c = (r.id for r in opened(own).claims(limit=3))
    own.execute("UPDATE claim SET merged_into = ? WHERE id = ?", [b, a])
    own.execute("UPDATE claim SET merged_into = ? WHERE id = ?", [c, b])
    views = opened(own)
    assert views.resolve(a) == views.resolve(b) == views.resolve(c) == c
    assert views.claim(a).id == c
    assert [m.id for m in views.mentions(a)] == [m.id for m in views.mentions(c)]
    assert not {a, b} & {r.id for r in views.claims(everything=True, limit=999)}


def test_a_circle_of_merges_ends(own: sqlite3.Connection) -> None:
    a, b = (r.id for r in opened(own).claims(limit=2))
    own.execute("UPDATE claim SET merged_into = ? WHERE id = ?", [b, a])
    own.execute("UPDATE claim SET merged_into = ? WHERE id = ?", [a, b])
    with pytest.raises(NotFound):
        opened(own).resolve(a)


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**62])
def test_an_unknown_number(views: Views, number: int) -> None:
    for ask in (views.claim, views.mentions, views.mention, views.document, views.text):
        with pytest.raises(NotFound, match=str(number)):
            ask(number)


def test_a_sources_number_answers_with_where_it_went_at_last(own: sqlite3.Connection) -> None:
    follow(own, "source", 1, 2, 3)
    assert [opened(own).source_id(number) for number in (1, 2, 3)] == [3, 3, 3]


def test_a_mark_whose_claim_was_merged_twice_is_not_taken_for_corrected(own: sqlite3.Connection) -> None:
    mark, claim, source = own.execute("SELECT id, claim_id, source_id FROM mention ORDER BY id LIMIT 1").fetchone()
    others = [c for (c,) in own.execute("SELECT id FROM claim WHERE id != ? LIMIT 2", [claim])]
    moved = json.dumps({"what": "", "changes": [["mention", mark, "claim_id", claim, others[0]]]})
    own.execute("INSERT INTO decision (at, analyst, kind, payload) VALUES ('', '', 'move', ?)", [moved])
    own.execute("UPDATE mention SET claim_id = ? WHERE id = ?", [others[1], mark])
    assert opened(own).source(source).corrected == 1
    follow(own, "claim", claim, *others)
    assert opened(own).source(source).corrected == 0, "it stands where its first claim went"


def test_any_number_of_rows_can_be_asked_for(views: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    before = views.db.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 10)
    try:
        ids, hashes = range(1000), [key for (key,) in views.db.execute("SELECT DISTINCT text_hash FROM mention")]
        claims = views.claims(everything=True, limit=-1)
        assert views.claims_by_id(ids) == claims and len(claims) > 10
        assert [m.id for m in views.mentions_by_id(ids)] == sorted(m.id for c in claims for m in views.mentions(c.id))
        assert len(views.statements(hashes)) >= len(hashes) > 10
        assert len(views.saying(hashes)) > 10 and len(views.sources()) > 3
    finally:
        views.db.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


def test_an_unknown_source_gets_near_names(views: Views) -> None:
    with pytest.raises(NotFound, match="Northern Wire"):
        views.source("northern")
    with pytest.raises(NotFound, match="claims sources"):
        views.source("Zebulon Quux")


# -- evidence


def test_every_mark_stands_where_it_says(views: Views) -> None:
    seen = 0
    for claim in views.claims(everything=True, limit=999):
        for mark in views.mentions(claim.id):
            text = views.text(mark.document_id)
            assert text[mark.sentence_start : mark.sentence_start + len(mark.sentence)] == mark.sentence
            assert text[mark.start : mark.end] in mark.sentence
            assert mark.source == (mark.holders[-1] if mark.holders else mark.outlet) or mark.source.lower()
            seen += 1
    assert seen == sum(len(views.document_mentions(d.id)) for d in views.documents())


def test_a_claims_dates_are_those_of_its_articles(views: Views) -> None:
    for claim in views.claims(limit=999):
        dates = [m.published for m in views.mentions(claim.id) if m.published]
        assert (claim.first_seen, claim.last_seen) == (min(dates), max(dates))
        assert claim.sentences == len({(m.document_id, m.sentence_index) for m in views.mentions(claim.id)})


def test_documents_in_the_order_they_came(views: Views) -> None:
    rows = views.documents()
    assert [Path(d.path).name for d in rows] == [f"{i:03}.md" for i in range(12)]
    assert [d.id for d in views.documents(limit=5, offset=3)] == [d.id for d in rows[3:8]]
    assert [s.index for s in views.sentences(1)] == list(range(rows[0].sentences))


# -- sources


def test_sources_count_claims_not_marks(views: Views) -> None:
    for source in views.sources():
        said = views.source_claims(source.id)
        assert source.claims == len(said)
        assert source.asserts == sum("asserts" in c.stances for c in said)
        assert source.disputes == sum("disputes" in c.stances for c in said)


def test_compare_tells_every_claim_once(views: Views) -> None:
    found = views.compare("Northern Wire", "The Ferryman")
    groups = (found.agree, found.disagree, found.only_a, found.only_b)
    ids = [claim.id for group in groups for claim in group]
    assert ids and len(ids) == len(set(ids))
    turned = views.compare("The Ferryman", "Northern Wire")
    assert (turned.agree, turned.disagree) == (found.agree, found.disagree)
    assert (turned.only_a, turned.only_b) == (found.only_b, found.only_a)
    itself = views.compare("The Ferryman", "The Ferryman")
    assert not itself.disagree and not itself.only_a and not itself.only_b


# -- search


def test_search_finds_whole_sentences(views: Views) -> None:
    hits = views.hits(views.holding("copper mine"))
    assert hits
    for hit in hits:
        assert "copper mine" in hit.text
        assert hit.text in views.text(hit.document_id)
        assert hit.claim_ids


@pytest.mark.parametrize("words", NASTY)
def test_words_are_words(views: Views, words: str) -> None:
    """No syntax of FTS5, SQL, LIKE or markup can be typed by accident, and nothing raises."""
    assert isinstance(views.hits(views.holding(words)), list)
    assert isinstance(views.claims(words=words, everything=True), list)
    with pytest.raises(NotFound):
        views.source(words or "nobody")
    assert views.overview().documents == 12


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_a_query(stored: Path, words: str) -> None:
    query = fts(words)
    connection = sqlite3.connect(f"file:{stored}?mode=ro", uri=True)
    if query:
        connection.execute("SELECT count(*) FROM sentence_fts WHERE sentence_fts MATCH ?", [query]).fetchone()
    connection.close()


def test_what_is_new_since_a_date_is_what_no_earlier_run_met(stored: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(stored.read_bytes())
    views = Views.open(copy)
    every = {c.id for c in views.claims(everything=True, limit=1000)}
    first = {m.claim_id for m in views.document_mentions(1)}
    views.close()
    file = sqlite3.connect(copy)
    file.execute("UPDATE run SET started = '2024-05-01T10:00:00+00:00'")
    file.execute("INSERT INTO run (command, started, settings) VALUES ('ingest', '2024-06-01T10:00:00+00:00', '{}')")
    file.execute("UPDATE document SET run_id = (SELECT max(id) FROM run) WHERE id != 1")
    file.commit()
    file.close()
    store = Store.open(copy)
    store.restand_all()
    store.close()
    views = Views.open(copy)
    new = {c.id for c in views.claims(everything=True, new_since="2024-06", limit=1000)}
    assert new and new == every - first
    assert views.count_claims(everything=True, new_since="2024-06") == len(new)
    assert views.claims(everything=True, new_since="2025") == []
    views.close()
