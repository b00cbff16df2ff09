"""The stages together: what articles become, and that it never hangs on how they were handed over."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import tiny

from claims.decisions import Decisions
from claims.errors import DatabaseError, InputError, SkippedInput
from claims.judge import Judgement
from claims.link import Linker
from claims.models import STAGES, Document, Reading, Sentence, Statement, Step
from claims.pipeline import Pipeline
from claims.read import documents
from claims.settings import Settings
from claims.stance import Pair, both_ways, compose
from claims.store import Store
from claims.views import Views
from claims.wording import plain


@pytest.fixture
def store(database: Path) -> Store:
    return Store.open(database)


def doc(text: str, number: int = 1, outlet: str | None = "Gazette", **more: Any) -> Document:
    return Document(path=f"{number}.txt", sha256=f"{number:064x}", text=text, outlet=outlet, **more)


def read_back(database: Path) -> Views:
    return Views.open(database)


# -- what an article becomes


def test_a_claim_and_its_denial_meet_in_one_claim(store: Store, database: Path) -> None:
    report = tiny.pipeline(store).ingest([
        doc("The old bridge can carry heavy lorries.", 1, "Gazette"),
        doc("The Harbour Ministry denied that the old bridge can carry heavy lorries.", 2, "Wire"),
        doc("The old bridge can not carry heavy lorries.", 3, "Ferryman"),
    ])  # fmt: skip
    assert (report.stored, report.known, report.problems) == (3, 0, ())
    (claim,) = read_back(database).claims(everything=True)
    marks = {(m.outlet, m.source, m.stance, m.reason) for m in read_back(database).mentions(claim.id)}
    assert marks == {
        ("Gazette", "Gazette", "asserts", "wording"),
        ("Wire", "The Harbour Ministry", "disputes", "denial"),
        ("Wire", "Wire", "reports", "quotes"),
        ("Ferryman", "Ferryman", "disputes", "contradicts"),
    }
    assert claim.contested and (claim.asserting, claim.disputing, claim.reporting) == (1, 2, 1)
    assert (claim.outlets, claim.sentences) == (3, 3)


def test_what_is_not_alike_or_of_another_year_does_not_recur(store: Store, database: Path) -> None:
    texts = [
        "The mill at the harbour was closed in 2016.",
        "The mill at the harbour was closed in 2019.",
        "The bishop opened a school for sailors.",
    ]
    tiny.pipeline(store).ingest([doc(text, i) for i, text in enumerate(texts)])
    views = read_back(database)
    assert [c.sentences for c in views.claims(everything=True)] == [1, 1, 1]
    assert views.claims() == []


class Unsure(tiny.Rules):
    """Sees neither side in a text on herring, near as it may be."""

    def _one(self, premise: str, hypothesis: str) -> Judgement:
        return Judgement(0.01, 0.01, 0.98) if "herring" in premise + hypothesis else super()._one(premise, hypothesis)


def test_what_takes_no_side_on_a_claim_does_not_join_it(store: Store, database: Path) -> None:
    texts = [
        "The old bridge can carry heavy lorries.",
        "The old bridge can carry heavy lorries full of herring.",
        "The old bridge can not carry heavy lorries.",
        "The old bridge can carry heavy lorries today.",
    ]
    tiny.pipeline(store, judge=Unsure()).ingest([doc(text, i) for i, text in enumerate(texts)])
    views = read_back(database)
    assert sorted(c.sentences for c in views.claims(everything=True)) == [1, 3]
    (claim,) = views.claims()
    assert (claim.asserting, claim.disputing) == (1, 1), "all three are of one outlet"


def test_one_voice_on_both_sides_is_no_contest(store: Store, database: Path) -> None:
    """At least one voice asserts and *another* disputes."""
    text = "Mayor Brandt said that the mill is closed. Mayor Brandt denied that the mill is closed."
    tiny.pipeline(store).ingest([doc(text)])
    (claim,) = read_back(database).claims(everything=True)
    assert (claim.asserting, claim.disputing) == (1, 1)
    assert not claim.contested and claim.contest_score == 0.0


class Chain(tiny.Cues):
    """One voice in another's mouth."""

    def read(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
        (one,) = sentences
        statement = Statement(
            sentence_index=0, start=one.start, end=one.end, text=one.text, holders=("NK News", "the ministry"),
            kinds=("outlet", "institution"), polarity="disputes", cue="denies",
        )  # fmt: skip
        return Reading(document=document, sentences=(one,), statements=(statement,))


def test_everybody_who_passes_it_on_reports(store: Store, database: Path) -> None:
    tiny.pipeline(store, voices=Chain()).ingest([doc("The talks were held.")])
    (claim,) = read_back(database).claims(everything=True)
    marks = [(m.source, m.holders, m.stance) for m in read_back(database).mentions(claim.id)]
    assert sorted(marks) == [
        ("Gazette", (), "reports"),
        ("NK News", ("NK News",), "reports"),
        ("the ministry", ("NK News", "the ministry"), "disputes"),
    ]


def test_marks_follow_from_the_claims_wording(tmp_path: Path, database: Path) -> None:
    """Also after a claim was worded anew: no mark is left from an older wording."""
    tiny.write_articles(tmp_path / "many", 40, seed=5)
    tiny.ingest(database, [tmp_path / "many"])
    views, judge = read_back(database), tiny.Rules()
    rows = views.stream(
        "SELECT mention.polarity, mention.factuality, mention.stance, mention.reason, claim.text AS wording,"
        ' substr(document.text, mention.start + 1, mention."end" - mention.start) AS said FROM mention'
        " JOIN claim ON claim.id = claim_id JOIN document ON document.id = document_id WHERE reason != 'quotes'"
    )
    seen = 0
    for row in rows:
        said, wording = str(row["said"]), str(row["wording"])
        same = plain(said) == wording
        judged = both_ways([Pair(said, wording)], judge.judge)[Pair(said, wording)]
        mark = compose(wording if same else said, wording, row["polarity"], row["factuality"], judged)
        assert (row["stance"], row["reason"]) == (mark.stance, mark.reason), (said, wording)
        seen += 1
    assert seen > 200


def test_standing_is_what_counting_anew_gives(stored: Path) -> None:
    views = read_back(stored)
    for claim in views.claims(everything=True, limit=999):
        marks = views.mentions(claim.id)
        for stance, count in (
            ("asserts", claim.asserting),
            ("disputes", claim.disputing),
            ("reports", claim.reporting),
        ):
            assert count == len({m.source_id for m in marks if m.stance == stance})
        assert claim.outlets == len({m.outlet for m in marks})


def test_an_article_without_a_statement_is_stored(store: Store, database: Path) -> None:
    report = tiny.pipeline(store).ingest([doc("1 2 3\n\n4 5 6\n")])
    assert report.stored == 1
    assert read_back(database).overview().documents == 1
    assert read_back(database).claims(everything=True) == []


def test_a_lone_outletless_article_stands_for_itself(store: Store, database: Path) -> None:
    report = tiny.pipeline(store).ingest([
        doc("The mill is closed.", 1, None, title="On mills"), doc("The mill is closed.\n", 2, None),
    ])  # fmt: skip
    assert report.stored == 2
    names = {(s.name, s.kind) for s in read_back(database).sources()}
    assert names == {("[On mills]", "document"), ("[2.txt]", "document")}


# -- what cannot be stored is passed


def test_a_doubt_is_told_of_an_article_that_is_stored(store: Store) -> None:
    steps: list[Step] = []
    odd = doc("The old bridge can carry heavy lorries.", 1).model_copy(update={"doubt": "1: no such date"})
    for known in (0, 1):
        report = tiny.pipeline(store).ingest([odd], on_step=steps.append)
        assert (report.stored, report.known, report.problems) == (1 - known, known, ())
    assert [step.doubt for step in steps if step.doubt] == ["1: no such date"]


def test_problems_are_told_and_the_rest_is_stored(store: Store, database: Path) -> None:
    report = tiny.pipeline(store).ingest([
        doc("The mill is closed.", 1), InputError("a.bin: not a text file"), SkippedInput("b.txt: the file is empty"),
        doc("The ferry is late.", 2),
    ])  # fmt: skip
    assert report.stored == 2
    assert [(p.message, p.skipped) for p in report.problems] == [
        ("a.bin: not a text file", False), ("b.txt: the file is empty", True),
    ]  # fmt: skip


def test_the_same_file_under_another_spelling_of_its_path_is_known(store: Store) -> None:
    pipeline = tiny.pipeline(store)
    one = doc("The mine was closed in May.")
    paths = ("./1.txt", "x/../1.txt", str(Path("1.txt").absolute()))
    spellings = [one.model_copy(update={"path": path}) for path in paths]
    report = pipeline.ingest([one, *spellings])
    assert (report.stored, report.known, report.problems) == (1, 3, ())
    assert pipeline.ingest([one.model_copy(update={"path": "2.txt"})]).problems[0].skipped


def test_the_same_file_twice_is_known(sample: Path, database: Path) -> None:
    assert tiny.ingest(database, [sample, sample]).known == 12
    before = tiny.export(database, database.parent / "a")
    again = tiny.ingest(database, [sample])
    assert (again.stored, again.known, again.problems) == (0, 12, ())
    assert tiny.export(database, database.parent / "b") == before
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,), "nothing to do is no run"
    connection.close()


def test_the_same_text_under_two_names_is_told(store: Store) -> None:
    one = doc("The mill is closed.")
    report = tiny.pipeline(store).ingest([one, one.model_copy(update={"path": "copy.txt"})])
    assert (report.stored, report.known) == (1, 1)
    (problem,) = report.problems
    assert problem.skipped and "copy.txt" in problem.message and "1.txt" in problem.message


def test_steps_count_up_to_the_total(sample: Path, store: Store) -> None:
    steps: list[Step] = []
    items, total = documents([str(sample)])
    tiny.pipeline(store).ingest(items, total=total, on_step=steps.append)
    done = [s.done for s in steps if s.stage == "ingest"]
    assert done == sorted(done)
    assert done[-1] == total == 12
    assert {s.total for s in steps} == {12}
    for doing in STAGES:
        assert sorted(s.note for s in steps if s.doing == doing) == sorted(map(str, sample.iterdir())), doing


def test_a_step_tells_what_was_passed_over_when_it_is_met(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.txt").write_text("The mill is closed.")
    (tmp_path / "b.txt").touch()
    (tmp_path / "c.txt").write_text("The ferry is late.")
    (tmp_path / "d.jsonl").write_text('{"text": "The bridge is open."}\nno JSON\n')
    steps: list[Step] = []
    items, total = documents([str(tmp_path), str(tmp_path / "none.md")])
    report = tiny.pipeline(store).ingest(items, total=total, on_step=steps.append)
    assert tuple(s.problem for s in steps if s.problem) == report.problems
    named = {Path(p.path).name: p for p in report.problems}
    assert set(named) == {"b.txt", "d.jsonl", "none.md"}, "each problem says which input it is about"
    assert named["b.txt"].skipped and not named["none.md"].skipped and "d.jsonl#2" in named["d.jsonl"].message


# -- however it is handed over, the same comes out


@pytest.fixture(scope="session")
def whole(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The export of the sample ingested in one go."""
    return tiny.export(stored, tmp_path_factory.mktemp("whole"))


def test_two_runs_give_equal_bytes(sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    tiny.ingest(database, [sample])
    assert tiny.export(database, tmp_path / "out") == whole


@pytest.mark.parametrize("cuts", [range(1, 12), [5], [1, 2, 10]], ids=["one by one", "two parts", "four parts"])
def test_in_parts_or_in_one_go(
    sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes], cuts: Sequence[int]
) -> None:
    paths = sorted(sample.iterdir())
    for start, end in zip([0, *cuts], [*cuts, len(paths)], strict=True):
        tiny.ingest(database, paths[start:end])
    assert tiny.export(database, tmp_path / "out") == whole


@pytest.mark.parametrize("after", [0, 1, 7, 11])
def test_stopped_on_request_and_gone_on(
    sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes], after: int
) -> None:
    asked = iter([False] * after + [True])
    stopped = tiny.ingest(database, [sample], should_stop=lambda: next(asked))
    assert (stopped.stopped, stopped.stored) == (True, after)
    assert read_back(database).overview().documents == after
    report = tiny.ingest(database, [sample])
    assert (report.stopped, report.stored, report.known) == (False, 12 - after, after)
    assert tiny.export(database, tmp_path / "out") == whole


def test_a_stop_does_not_lose_what_was_passed_over(store: Store) -> None:
    asked = iter([False, False, True])
    items = [InputError("a.bin: not a text file"), doc("The mill is closed.", 1), doc("The ferry is late.", 2)]
    report = tiny.pipeline(store).ingest(items, should_stop=lambda: next(asked))
    assert (report.stopped, report.stored) == (True, 1)
    assert [p.message for p in report.problems] == ["a.bin: not a text file"]


@pytest.mark.parametrize("part", ["encoder", "judge", "voices"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_broken_off_inside_a_document(
    sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes], part: str, error: type[BaseException]
) -> None:
    """Ctrl-C and failures inside a model: whole documents stay, the one at hand leaves no trace."""
    made: dict[str, Any] = {"encoder": tiny.Bag(), "judge": tiny.Rules(), "voices": tiny.Cues()}
    method = {"encoder": "encode", "judge": "judge", "voices": "read"}[part]
    real, calls = getattr(made[part], method), itertools.count(1)

    def failing(*args: Any, **more: Any) -> Any:
        if next(calls) == 4:  # two threads may read at a time
            raise error("broken off")
        return real(*args, **more)

    setattr(made[part], method, failing)
    store = Store.open(database)
    pipeline = tiny.pipeline(store, **made)
    for _ in range(2):
        with pytest.raises(error):
            pipeline.ingest(documents([str(sample)])[0])
        calls = itertools.count(1)
    calls = itertools.count(5)
    pipeline.ingest(documents([str(sample)])[0])  # the same pipeline: nothing of the broken one is left in memory
    store.close()
    assert tiny.export(database, tmp_path / "out") == whole


@pytest.mark.parametrize("room", [2, 5, 8, 11])
def test_a_full_disk(sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes], room: int) -> None:
    store = Store.open(database)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + room}")
    pipeline = tiny.pipeline(store)
    with pytest.raises(DatabaseError, match="disk is full") as caught:
        pipeline.ingest(documents([str(sample)])[0])
    assert str(database) in str(caught.value) and "same command" in str(caught.value)
    assert read_back(database).overview().documents < 12
    store.db.execute("PRAGMA max_page_count = 1000000")
    pipeline.ingest(documents([str(sample)])[0])
    store.close()
    assert tiny.export(database, tmp_path / "out") == whole


def test_two_writers_take_turns(sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    """Two programs on one file, a document each in turn: as if one had done it all."""
    stores = [Store.open(database), Store.open(database)]
    pipelines = [tiny.pipeline(store) for store in stores]
    for number, path in enumerate(sorted(sample.iterdir())):
        assert pipelines[number % 2].ingest(documents([str(path)])[0]).stored == 1
    for store in stores:
        store.close()
    assert tiny.export(database, tmp_path / "out") == whole


def test_another_writer_was_first(sample: Path, database: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    """The other one stores the very document that this one is reading: it counts as known, and nothing is lost."""
    paths = sorted(sample.iterdir())

    class Slow(tiny.Cues):
        def read(self, document: Document, sentences: Sequence[Sentence]) -> Reading:
            if document.path.endswith("003.md"):
                tiny.ingest(database, paths[:4])
            return super().read(document, sentences)

    store = Store.open(database)
    report = tiny.pipeline(store, voices=Slow()).ingest(documents([str(sample)])[0])
    store.close()
    # reading runs ahead of storing: the other one may be first with the articles just before as well
    assert report.known >= 1 and report.stored + report.known == 12
    assert tiny.export(database, tmp_path / "out") == whole


def test_a_linker_started_anew_is_the_one_that_grew(tmp_path: Path, database: Path) -> None:
    """To the last bit: else a run that was stopped could go on with other neighbours."""
    tiny.write_articles(tmp_path / "many", 40, seed=3)
    store = Store.open(database)
    pipeline = tiny.pipeline(store)
    pipeline.ingest(documents([str(tmp_path / "many")])[0])
    anew = Linker(store.claim_members(pipeline.encoder.name))
    asked = tiny.Bag().encode([*tiny.FACTS, *map(tiny.denied, tiny.FACTS)])
    assert anew.candidates(asked, -1.0, 99) == pipeline._placer.linker.candidates(asked, -1.0, 99)
    store.close()


def test_with_real_models(
    sample: Path, database: Path, tmp_path: Path, tiny_models: tiny.Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same through sentence-transformers and the voices network, in parts and in one go, models loaded anew."""
    monkeypatch.setenv("CONTESTED_CACHE", str(tmp_path / "cache"))
    settings = Settings(**tiny_models.settings())  # type: ignore[arg-type]
    paths = [str(path) for path in sorted(sample.iterdir())[:5]]
    exports = []
    for name, parts in (("one", [paths]), ("parts", [paths[:2], paths[2:3], paths[3:]])):
        path = tmp_path / f"{name}.db"
        for part in parts:
            store = Store.open(path)
            Pipeline(store, settings).ingest(documents(part)[0])
            store.close()
        exports.append(tiny.export(path, tmp_path / name))
    assert exports[0] == exports[1]
    assert len(exports[0]["mentions.jsonl"].splitlines()) >= 20


class Another(tiny.Bag):
    """The same vectors under another name, as of an encoder that was changed."""

    name = "bag@2"


def test_a_claim_whose_texts_another_encoder_met_keeps_its_wording(store: Store) -> None:
    bribed, school = "Governor Pell was bribed by a bank.", "The island school will close this autumn."
    tiny.pipeline(store).ingest([doc(bribed, 1), doc(school, 2)])
    wordings = store.claim_texts([1, 2])
    Decisions(store, "tester").move(1, 2)
    report = tiny.pipeline(store, encoder=Another()).ingest([doc(f"{bribed} ", 3), doc(f"{bribed}  ", 4)])
    assert report.stored == 2 and store.claim_texts([1, 2]) == wordings
    assert len(store.mention_ids(2)) == 4, "they go where the analyst put these words"


def test_what_is_decided_between_two_ingests_counts_for_the_second(store: Store) -> None:
    made = tiny.pipeline(store)
    made.ingest([doc("The river is poisoned by the copper mine.", 1), doc("The bishop opened a school.", 2)])
    Decisions(store, "tester").move(1, 2)
    made.ingest([doc("The river is poisoned by the copper mine. ", 3)])
    assert len(store.mention_ids(2)) == 3, "the same words go where the analyst put them"


# -- texts that are not what one would wish


def test_a_text_that_says_the_same_a_thousand_times(store: Store, database: Path) -> None:
    """What the judge is asked grows with the text, not with its square."""
    lines = [f"Item {number} of the long list is blue." for number in range(600)]
    judge = tiny.Rules()
    tiny.pipeline(store, judge=judge).ingest([doc("\n\n".join(lines))])
    assert read_back(database).overview().sentences == 600
    assert len(judge.asked) < 40 * 600


def test_characters_of_all_kinds_survive(store: Store, database: Path) -> None:
    text = "The \U0001f30a flood — “süß”, 江 — is not over. Der Fluß ist voll.\r\n"
    text += "One\u00a0more\u2028line is here. \x00 The mill is closed."
    tiny.pipeline(store).ingest([doc(text)])
    views = read_back(database)
    assert views.text(1) == text
    for sentence in views.sentences(1):
        assert text[sentence.start : sentence.end].strip()
    for mark in views.document_mentions(1):
        assert text[mark.start : mark.end] in mark.sentence
        assert mark.sentence in text


@pytest.mark.parametrize("seed", range(3))
def test_exports_hang_together(tmp_path: Path, database: Path, seed: int) -> None:
    """As the contract says: ids that exist, texts that stand where they say, sides that agree with the flag."""
    tiny.write_articles(tmp_path / "some", random.Random(seed).randint(5, 15), seed)
    tiny.ingest(database, [tmp_path / "some"])
    files = tiny.export(database, tmp_path / "out")
    rows = {name: [json.loads(line) for line in data.decode().splitlines()] for name, data in files.items()}
    texts = {d["id"]: Path(d["path"]).read_text(encoding="utf-8") for d in rows["documents.jsonl"]}
    sentences = {(s["document_id"], s["index"]): s for s in rows["sentences.jsonl"]}
    claims = {c["id"]: c for c in rows["claims.jsonl"]}
    for row in [*rows["sentences.jsonl"], *rows["mentions.jsonl"]]:
        assert texts[row["document_id"]][row["start"] : row["end"]] == row["text"]
    for m in rows["mentions.jsonl"]:
        s = sentences[m["document_id"], m["sentence_index"]]
        assert s["start"] <= m["start"] < m["end"] <= s["end"]
        assert m["claim_id"] in claims
        assert m["stance"] in {"asserts", "disputes", "reports"}
        assert isinstance(m["holders"], list) and isinstance(m["by_hand"], bool) and 0 <= m["score"] <= 1
    for c in claims.values():
        mine = [m for m in rows["mentions.jsonl"] if m["claim_id"] == c["id"]]
        assert mine, "no claim without a mention"
        sides = {m["stance"] for m in mine}
        assert not c["contested"] or {"asserts", "disputes"} <= sides
        assert set(c) == {
            "id", "text", "contested", "contest_score", "asserting", "disputing", "reporting", "origins", "first_seen",
            "last_seen", "pinned",
        }  # fmt: skip
