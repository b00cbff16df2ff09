"""What is said stands under one claim, and is marked on every other claim that it takes a side on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import tiny
from test_pipeline import doc

from claims.decisions import Decisions
from claims.errors import UsageProblem
from claims.judge import Judgement
from claims.models import Document, Reading, Sentence
from claims.opinions import Opinions
from claims.relink import relink
from claims.store import Store

RUSTY = "The harbour bridge is old and badly rusted."
HEAVY = "The harbour bridge carries no heavy lorries."
BOTH = "The harbour bridge is old and carries heavy lorries."


class Told:
    """A judge that knows what it was told of two texts, and takes all else for strangers."""

    name = "told@1"

    def __init__(self, said: dict[tuple[str, str], str]) -> None:
        self.said = said

    def judge(self, pairs: list[tuple[str, str]], batch_size: int = 32) -> list[Judgement]:
        sides = {"asserts": Judgement(0.9, 0.05, 0.05), "disputes": Judgement(0.05, 0.9, 0.05)}
        return [sides.get(self.said.get((p, h), ""), Judgement(0.02, 0.02, 0.96)) for p, h in pairs]


def pipeline(store: Store, said: dict[tuple[str, str], str], **more: Any) -> Any:
    return tiny.pipeline(store, judge=Told(said), join=0.1, near=0.1, **more)


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    opened = Store.open(database)
    yield opened
    opened.close()


def marks(store: Store) -> set[tuple[str, str, str, int]]:
    """The claim's wording, what is said, the stance, and whether it is a copy."""
    sql = (
        'SELECT claim.text, substr(document.text, start + 1, "end" - start), stance, tracked FROM mention'
        " JOIN claim ON claim.id = claim_id JOIN document ON document.id = document_id WHERE reason != 'quotes'"
    )
    return set(store.db.execute(sql))


OWN = {(text, text, "asserts", 0) for text in (RUSTY, HEAVY, BOTH)}
BACK = {(RUSTY, BOTH): "asserts"}


def test_a_statement_of_before_is_marked_on_a_claim_that_comes_up(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0, "Gazette"), doc(HEAVY, 1, "Gazette"), doc(BOTH, 2, "Wire")])
    assert marks(store) == {*OWN, (BOTH, RUSTY, "asserts", 1)}
    counted = dict(store.db.execute("SELECT text, asserting FROM standing JOIN claim ON claim.id = claim_id"))
    assert counted == {RUSTY: 1, HEAVY: 1, BOTH: 2}


def test_a_statement_is_marked_on_all_claims_it_takes_a_side_on(store: Store) -> None:
    said = {(BOTH, RUSTY): "asserts", (BOTH, HEAVY): "asserts"}
    pipeline(store, said).ingest([doc(RUSTY, 0), doc(HEAVY, 1), doc(BOTH, 2)])
    found = marks(store)
    assert {(claim, tracked) for claim, text, _, tracked in found if text == BOTH} == {(HEAVY, 0), (RUSTY, 1)}


def test_so_it_is_within_one_document(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(f"{RUSTY} {HEAVY} {BOTH}", 0)])
    assert marks(store) == {*OWN, (BOTH, RUSTY, "asserts", 1)}


def test_what_takes_no_side_is_not_copied(store: Store) -> None:
    pipeline(store, {}).ingest([doc(RUSTY, 0), doc(HEAVY, 1), doc(BOTH, 2)])
    assert marks(store) == OWN


def test_who_passes_it_on_comes_along(store: Store) -> None:
    quoted = f"The Ministry said that {RUSTY}"
    pipeline(store, BACK).ingest([doc(quoted, 0), doc(BOTH, 1)])
    sql = "SELECT holders, stance FROM mention WHERE tracked ORDER BY id"
    assert store.db.execute(sql).fetchall() == [('["The Ministry"]', "asserts"), ("[]", "reports")]


def test_a_copy_that_was_taken_out_stays_out(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    (copy, claim) = store.db.execute("SELECT id, claim_id FROM mention WHERE tracked").fetchone()
    decisions = Decisions(store, "tester")
    decisions.split(claim, [copy])
    assert not relink(pipeline(store, BACK)).further
    assert not any(tracked for *_, tracked in marks(store))
    decisions.undo()
    assert (BOTH, RUSTY, "asserts", 1) in marks(store)


def test_where_its_own_claim_is_merged_in_it_stands_once(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    claim = dict(store.db.execute("SELECT text, id FROM claim"))
    decisions = Decisions(store, "tester")
    decisions.merge(claim[BOTH], [claim[RUSTY]])
    assert marks(store) == {(BOTH, RUSTY, "asserts", 0), (BOTH, BOTH, "asserts", 0)}
    decisions.undo()
    assert (BOTH, RUSTY, "asserts", 1) in marks(store)


def test_relinking_derives_the_copies_anew_and_can_be_undone(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(HEAVY, 1), doc(BOTH, 2)])
    before = store.db.execute("SELECT * FROM mention ORDER BY id").fetchall()
    other = {(HEAVY, BOTH): "asserts"}
    store.db.execute("DELETE FROM judgement")
    done = relink(pipeline(store, other))
    assert done.further and marks(store) == {*OWN, (BOTH, HEAVY, "asserts", 1)}
    store.db.execute("DELETE FROM judgement")
    assert relink(pipeline(store, other)).decision is None, "nothing moves a second time"
    Decisions(store, "tester").undo()
    assert store.db.execute("SELECT * FROM mention ORDER BY id").fetchall() == before


def test_what_a_person_said_on_a_copy_outlives_the_relinking(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    (copy,) = store.db.execute("SELECT id FROM mention WHERE tracked").fetchone()
    Decisions(store, "tester").stance(copy, "disputes")
    store.db.execute("DELETE FROM judgement")
    relink(pipeline(store, {}))
    assert (BOTH, RUSTY, "disputes", 1) in marks(store)


def test_a_copy_does_not_say_where_further_texts_belong(store: Store) -> None:
    made = pipeline(store, BACK)
    made.ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    claim = dict(store.db.execute("SELECT text, id FROM claim"))
    members = [key for number, key, _ in store.claim_members(made.encoder.name) if number == claim[BOTH]]
    assert len(members) == 1


def test_a_copy_tells_which_claim_is_its_own(store: Store, database: Path) -> None:
    from claims.explain import explain
    from claims.views import Views

    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    own = dict(store.db.execute("SELECT tracked, id FROM mention WHERE tracked OR claim_id = 1"))
    views = Views.open(database)
    assert explain(views, own[1]).own == (1, RUSTY) and explain(views, own[0]).own is None
    views.close()


# -- copies and what people decide


def claims_of(store: Store) -> dict[str, int]:
    return dict(store.db.execute("SELECT text, id FROM claim"))


def all_marks(store: Store) -> list[Any]:
    return store.db.execute("SELECT * FROM mention ORDER BY id").fetchall()


QUOTED = f"The Ministry said that {RUSTY}"


def test_who_passes_it_on_is_not_taken_for_a_voice_when_a_person_says_its_side(store: Store) -> None:
    made = pipeline(store, BACK)
    made.ingest([doc(QUOTED, 0)])
    (reporter,) = store.db.execute("SELECT id FROM mention WHERE passes_on").fetchone()
    Decisions(store, "tester").stance(reporter, "reports")
    pipeline(store, BACK).ingest([doc(BOTH, 1, "Wire")])
    sql = "SELECT holders, stance FROM mention WHERE tracked ORDER BY id"
    assert store.db.execute(sql).fetchall() == [('["The Ministry"]', "asserts"), ("[]", "reports")]
    assert relink(pipeline(store, BACK)).decision is None


def test_a_copy_that_was_split_off_into_a_claim_of_its_own_stays_there(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    copy, claim = store.db.execute("SELECT id, claim_id FROM mention WHERE tracked").fetchone()
    judge = Told({(RUSTY, "The bridge is in bad shape."): "asserts"})
    opinions = Opinions(store, judge)  # type: ignore[arg-type]
    Decisions(store, "tester", opinions=opinions).split(claim, [copy], "The bridge is in bad shape.")
    relink(pipeline(store, BACK))
    pipeline(store, BACK)  # whoever links afterwards finds every mark that the log names
    assert ("The bridge is in bad shape.", RUSTY, "asserts", 1) in marks(store)


def test_undoing_the_merge_of_a_saved_claim_leaves_the_copies_of_before(store: Store) -> None:
    made = pipeline(store, BACK)
    made.ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    saved, _ = made.track("Nothing of the kind is said.")
    before = all_marks(store)
    decisions = Decisions(store, "tester")
    decisions.merge(claims_of(store)[BOTH], [saved])
    decisions.undo()
    assert all_marks(store) == before


def test_of_several_claims_merged_at_once_each_statement_stands_once(store: Store) -> None:
    ferries = "Ferries sail at noon every day."
    said = {(BOTH, RUSTY): "asserts", (BOTH, HEAVY): "asserts"}
    pipeline(store, said).ingest([doc(text, i) for i, text in enumerate((RUSTY, HEAVY, BOTH, ferries))])
    claim = claims_of(store)
    Decisions(store, "tester").merge(claim[ferries], [claim[HEAVY], claim[RUSTY]])
    assert store.db.execute("SELECT count(*) FROM mention").fetchone() == (4,)


def test_undoing_a_split_brings_no_statement_back_twice(store: Store) -> None:
    again = "The harbour bridge is rusted and old."
    said = {(again, RUSTY): "asserts"}
    pipeline(store, said).ingest([doc(RUSTY, 0), doc(again, 1)])
    claim = claims_of(store)[RUSTY]
    decisions = Decisions(store, "tester")
    decisions.split(claim, store.mention_ids(claim)[1:])
    pipeline(store, {**said, (BOTH, RUSTY): "asserts", (BOTH, again): "asserts"}).ingest([doc(BOTH, 2)])
    decisions.undo()
    assert store.db.execute("SELECT count(*) FROM mention").fetchone() == (3,)


def test_a_move_to_where_its_copy_stands_is_taken_over_by_another_analyst(store: Store, database: Path) -> None:
    import shutil

    from claims.joining import merge
    from claims.logs import portable

    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, database.with_name("other.db"))
    claim = claims_of(store)
    (own,) = store.db.execute("SELECT id FROM mention WHERE claim_id = ?", [claim[RUSTY]]).fetchone()
    Decisions(store, "ann").move(own, claim[BOTH])
    other = Store.open(database.with_name("other.db"))
    assert merge(other, portable(store)).taken and marks(other) == marks(store)
    assert claim[BOTH] in Decisions(other, "bob").constraints().must.values()
    other.close()


def test_a_stance_on_a_copy_is_taken_over_where_the_claim_is_worded_otherwise(store: Store, database: Path) -> None:
    import shutil

    from claims.joining import merge
    from claims.logs import portable

    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, database.with_name("other.db"))
    copy, claim = store.db.execute("SELECT id, claim_id FROM mention WHERE tracked").fetchone()
    Decisions(store, "ann").stance(copy, "disputes")
    other = Store.open(database.with_name("other.db"))
    Decisions(other, "bob").rename(claim, "The bridge is old.")
    assert merge(other, portable(store)).taken
    other.close()


def test_a_note_on_a_copy_of_who_passes_it_on_keeps_the_copy(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(QUOTED, 0), doc(BOTH, 1)])
    (copy,) = store.db.execute("SELECT id FROM mention WHERE tracked AND passes_on").fetchone()
    Decisions(store, "tester").note("Look here.", mention_id=copy)
    store.db.execute("DELETE FROM judgement")
    relink(pipeline(store, {}))
    assert store.db.execute("SELECT count(*) FROM note").fetchone() == (1,)


class Twice(tiny.Cues):
    """Two voices with one span: the document's own, and a person's."""

    def read(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        found = super().read(document, sentences)
        as_pell = {"holders": ("Pell",), "kinds": ("person",)}
        twice = [one for s in found.statements for one in (s, s.model_copy(update=as_pell))]
        return found.model_copy(update={"statements": tuple(twice)})


def test_two_voices_with_one_span_are_two(store: Store) -> None:
    made = pipeline(store, BACK, voices=Twice())
    made.ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    copies = store.db.execute("SELECT holders FROM mention WHERE tracked AND NOT passes_on ORDER BY 1").fetchall()
    assert copies == [('["Pell"]',), ("[]",)]
    assert relink(pipeline(store, BACK, voices=Twice())).decision is None


def test_the_last_statement_of_a_claim_is_not_split_off_its_copies(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0), doc(BOTH, 1)])
    claim = claims_of(store)[BOTH]
    (own,) = store.db.execute("SELECT id FROM mention WHERE claim_id = ? AND NOT tracked", [claim]).fetchone()
    with pytest.raises(UsageProblem, match="not none or all"):
        Decisions(store, "tester").split(claim, [own])


def test_a_copy_that_an_ingest_dropped_does_not_stand_in_the_way_of_undoing(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0, "Gazette"), doc(BOTH, 1, "Wire")])
    (copy,) = (i for (i,) in store.db.execute("SELECT id FROM mention WHERE tracked"))
    Decisions(store, "me").note("Look again.", mention_id=copy)
    Decisions(store, "me").undo()
    Decisions(store, "me").stance(copy, "disputes")
    Decisions(store, "me").pin(1)
    store.db.conn.execute("DELETE FROM mention WHERE id = ?", [copy])
    assert Decisions(store, "me").undo().what.startswith("pin")
    assert Decisions(store, "me").undo().what.startswith("stance")


def test_who_passes_it_on_goes_where_it_is_moved(store: Store) -> None:
    said = f"The ministry said that {RUSTY[0].lower()}{RUSTY[1:]}"
    pipeline(store, {}).ingest([doc(said, 0, "Gazette"), doc(HEAVY, 1, "Wire")])
    whose = "SELECT claim_id, count(*) FROM mention GROUP BY 1 ORDER BY 1"
    assert store.db.execute(whose).fetchall() == [(1, 2), (2, 1)], "the ministry, and the paper that passes it on"
    Decisions(store, "me").move(1, 2)
    assert store.db.execute(whose).fetchall() == [(2, 3)]
    Decisions(store, "me").undo()
    assert store.db.execute(whose).fetchall() == [(1, 2), (2, 1)]


def test_an_outlet_that_is_parted_again_gets_its_articles_back(store: Store) -> None:
    pipeline(store, {}).ingest([doc(RUSTY, 0, "Gazette"), doc(HEAVY, 1, "Wire"), doc(BOTH, 2, "Courier")])
    whose = (
        "SELECT name FROM document JOIN source ON source.id = document.source_id ORDER BY document.id",
        "SELECT name FROM mention JOIN source ON source.id = source_id WHERE NOT tracked ORDER BY mention.id",
    )
    before = [store.db.execute(sql).fetchall() for sql in whose]
    Decisions(store, "me").alias("Wire", "Gazette")
    assert [store.db.execute(sql).fetchall() for sql in whose] != before
    Decisions(store, "me").unalias("Wire")
    assert [store.db.execute(sql).fetchall() for sql in whose] == before
    Decisions(store, "me").alias("Wire", "Gazette")
    Decisions(store, "me").alias("Gazette", "Courier")
    with pytest.raises(UsageProblem, match="one source already"):
        Decisions(store, "me").alias(2, "Courier")


def test_relinking_does_not_unite_what_a_person_took_apart(store: Store) -> None:
    pipeline(store, BACK).ingest([doc(RUSTY, 0, "Gazette"), doc(BOTH, 1, "Wire")])
    ((copy, claim),) = store.db.execute("SELECT id, claim_id FROM mention WHERE tracked").fetchall()
    Decisions(store, "me").split(claim, [copy])
    alike = {(RUSTY, BOTH): "asserts", (BOTH, RUSTY): "asserts"}
    judge = Told(alike)
    judge.name = "told@2"
    relink(tiny.pipeline(store, judge=judge, join=0.1, near=0.1), analyst="me")
    own = "SELECT claim_id FROM mention WHERE NOT tracked ORDER BY id"
    assert len(set(store.db.execute(own).fetchall())) == 2
    tiny.pipeline(store, judge=judge, join=0.1, near=0.1).ingest([doc(f"{RUSTY} ", 2, "Courier")])
    (first,), _, (last,) = store.db.execute(own).fetchall()
    assert first == last, "the same words go where they stand"


def test_a_voice_does_not_dispute_itself_in_one_article_by_the_judges_word_alone(store: Store) -> None:
    sound = RUSTY.replace("is old", "is not old")
    against = {(sound, RUSTY): "disputes", (RUSTY, sound): "disputes", (RUSTY, RUSTY): "asserts"}
    pipeline(store, against).ingest([doc(f"{RUSTY} {sound}", 0, "Gazette")])
    assert not any(stance == "disputes" for _, _, stance, _ in marks(store))
    pipeline(store, against).ingest([doc(f"The Ministry said that {sound}", 1, "Wire")])
    assert any(stance == "disputes" for _, _, stance, _ in marks(store)), "another may"
