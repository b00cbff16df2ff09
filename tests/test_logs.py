"""Two analysts' logs made one: what both say is there once, what they say differently is listed and left as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tiny
from click.testing import CliRunner

from claims.cli import main
from claims.decisions import Decisions
from claims.errors import InputError
from claims.joining import Merged, merge
from claims.logs import portable, read
from claims.store import Store
from claims.views import Views

Decide = Callable[..., Any]


class Analyst:
    """Somebody with a database of their own."""

    def __init__(self, database: Path, name: str) -> None:
        self.database, self.name = database, name

    def __getattr__(self, what: str) -> Decide:
        def decide(*args: Any, **more: Any) -> Any:
            store = Store.open(self.database)
            try:
                return getattr(Decisions(store, self.name), what)(*args, **more)
            finally:
                store.close()

        return decide

    def written(self) -> list[str]:
        store = Store.open(self.database)
        lines = [line.model_dump_json(exclude_defaults=True) for line in portable(store)]
        store.close()
        return lines

    def take(self, other: Analyst, **more: Any) -> Merged:
        store = Store.open(self.database)
        found = merge(store, read(other.written(), "theirs"), **more)
        store.close()
        return found

    def save(self, text: str) -> int:
        store = Store.open(self.database)
        claim, _ = tiny.pipeline(store).track(text, self.name)
        store.close()
        return int(claim)

    @property
    def views(self) -> Views:
        return Views.open(self.database)

    def state(self) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """Each mark by its place, with its stance and what its claim is called, whatever the ids."""
        found = {}
        for claim in self.views.claims(everything=True, limit=1000):
            for m in self.views.mentions(claim.id):
                place = (Path(m.path).name, m.start, m.end, m.holders, claim.text if m.reason == "tracked" else "")
                found[place] = (m.stance, m.by_hand, m.source, claim.text, claim.pinned)
        return found


@pytest.fixture
def ann(stored: Path, tmp_path: Path) -> Analyst:
    shutil.copy(stored, tmp_path / "ann.db")
    return Analyst(tmp_path / "ann.db", "ann")


@pytest.fixture
def ben(stored: Path, tmp_path: Path) -> Analyst:
    shutil.copy(stored, tmp_path / "ben.db")
    return Analyst(tmp_path / "ben.db", "ben")


@pytest.fixture
def eve(sample: Path, tmp_path: Path) -> Analyst:
    """The same articles, read in another order: other ids, other claims' wordings perhaps."""
    for path in sorted(sample.iterdir(), reverse=True):
        tiny.ingest(tmp_path / "eve.db", [path])
    return Analyst(tmp_path / "eve.db", "eve")


def some(analyst: Analyst) -> tuple[Any, Any]:
    first, second, *_ = [c for c in analyst.views.claims() if c.sentences > 3]
    return first, second


def test_decisions_on_different_things_are_all_taken_over_and_undone_at_once(ann: Analyst, ben: Analyst) -> None:
    (one, two), third = some(ann), ann.views.claims()[2]
    mark = ann.views.mentions(one.id)[0]
    ann.stance(mark.id, "reports")
    before = ann.state()
    ben.rename(two.id, "In Ben's words.")
    ben.split(third.id, [ben.views.mentions(third.id)[-1].id], "A claim apart.")
    ben.pin(third.id)
    ben.note("Ask the mayor.", claim_id=one.id)
    people = [s.name for s in ben.views.sources() if s.kind not in ("outlet", "document")][:2]
    ben.alias(*people)
    found = ann.take(ben)
    assert [d.kind for d in found.taken] == ["rename", "split", "pin", "note", "alias"]
    assert {d.analyst for d in found.taken} == {"ben"} and not found.conflicts and not found.missing
    texts = {c.text for c in ann.views.claims(everything=True, limit=1000)}
    assert {"In Ben's words.", "A claim apart."} <= texts
    assert ann.views.source(people[0]) == ann.views.source(people[1])
    assert ann.views.mention(mark.id).stance == "reports"
    assert ann.take(ben).taken == (), "a second time there is nothing to do"
    ben.take(ann)
    assert ben.state() == ann.state(), "and the other way round it comes to the same"
    ann.undo_to(1)
    assert ann.state() == before


def test_another_order_of_reading_is_no_hindrance(ann: Analyst, eve: Analyst) -> None:
    claim, other = some(eve)
    mark = eve.views.mentions(claim.id)[0]
    eve.stance(mark.id, "reports")
    eve.merge(claim.id, [other.id])
    eve.rename(other.id, "Both of them.")
    moved = eve.views.mentions(eve.views.claims()[1].id)[0]
    eve.move(moved.id, claim.id)
    found = ann.take(eve)
    assert [d.kind for d in found.taken] == ["stance", "merge", "rename", "move"] and not found.missing
    (mine,) = [c for c in ann.views.claims() if c.text == "Both of them."]
    places = {(Path(m.path).name, m.start, m.holders): m for m in ann.views.mentions(mine.id)}
    assert places[Path(mark.path).name, mark.start, mark.holders].stance == "reports"
    assert (Path(moved.path).name, moved.start, moved.holders) in places


def test_what_was_decided_differently_is_listed_and_stays(ann: Analyst, ben: Analyst) -> None:
    one, two = some(ann)
    mark, moved = ann.views.mentions(one.id)[:2]
    third = ann.views.claims()[2]
    for who, side, words, to in ((ann, "reports", "Ann's words.", two.id), (ben, "disputes", "Ben's words.", third.id)):
        who.stance(mark.id, side)
        who.rename(one.id, words)
        who.move(moved.id, to)
    ben.pin(two.id)
    before = ann.state()
    found = ann.take(ben)
    assert [d.kind for d in found.taken] == ["pin"]
    assert [c.about.split()[0] for c in found.conflicts] == ["mention", "the", "the"]
    assert all("ann" in c.ours and "ben" in c.theirs for c in found.conflicts)
    assert {k: v[:4] for k, v in ann.state().items()} == {k: v[:4] for k, v in before.items()}


def test_one_parts_what_the_other_makes_one(ann: Analyst, ben: Analyst) -> None:
    one, two = some(ann)
    mark = ann.views.mentions(one.id)[0]
    ann.move(mark.id, two.id)
    ben.merge(one.id, [two.id])
    (conflict,) = ann.take(ben).conflicts
    assert conflict.ours.startswith("move") and "one claim" in conflict.theirs
    (conflict,) = ben.take(ann).conflicts
    assert conflict.ours.startswith("merge") and "two claims" in conflict.theirs
    assert ann.views.mention(mark.id).claim_id == two.id


def test_the_same_decided_by_both_is_there_once(ann: Analyst, ben: Analyst) -> None:
    one, two = some(ann)
    mark = ann.views.mentions(one.id)[0].id
    for who in (ann, ben):
        who.stance(mark, "reports")
        who.merge(one.id, [two.id])
        who.pin(one.id)
    found = ann.take(ben)
    assert (found.taken, found.known, found.conflicts) == ((), 3, ())


def test_taken_back_by_one_is_a_conflict(ann: Analyst, ben: Analyst) -> None:
    one, _ = some(ann)
    ann.pin(one.id)
    ben.take(ann)
    ben.undo()
    (conflict,) = ann.take(ben).conflicts
    assert "taken back" in conflict.theirs and ann.views.claim(one.id).pinned
    (conflict,) = ben.take(ann).conflicts
    assert "taken back" in conflict.ours and not ben.views.claim(one.id).pinned


def test_taken_back_there_and_unknown_here_is_said_to_be_so(ann: Analyst, ben: Analyst, tmp_path: Path) -> None:
    one, _ = some(ben)
    ben.pin(one.id)
    ben.undo()
    found = ann.take(ben)
    assert (found.taken, found.known, found.undone, found.conflicts) == ((), 0, 1, ())
    file = tmp_path / "ben.jsonl"
    file.write_text("\n".join(ben.written()), encoding="utf-8")
    run = CliRunner().invoke(main, ["--db", str(ann.database), "log", "--merge", str(file)])
    assert "0 known already, 1 undone there" in run.stderr


def test_what_is_decided_twice_there_is_taken_over_once(ann: Analyst, ben: Analyst) -> None:
    """As an earlier version logged it."""
    one, _ = some(ben)
    ben.pin(one.id)
    (line,) = read(ben.written(), "theirs")
    store = Store.open(ann.database)
    found = merge(store, [line, line.model_copy(update={"key": "another"})])
    store.close()
    assert [d.kind for d in found.taken] == ["pin"] and found.known == 1 and not found.missing


def test_a_side_that_was_judged_anew_is_no_word_against_one_set_by_hand(ann: Analyst, ben: Analyst) -> None:
    one, _ = some(ann)
    mark = ann.views.mentions(one.id)[0]
    ann.rename(one.id, "Nothing of the kind.")
    ben.stance(mark.id, "disputes")
    found = ann.take(ben)
    assert [d.kind for d in found.taken] == ["stance"] and not found.conflicts
    assert ann.views.mention(mark.id).stance == "disputes"


def test_a_dry_run_writes_nothing(ann: Analyst, ben: Analyst) -> None:
    one, two = some(ben)
    ben.merge(one.id, [two.id])
    ben.split(one.id, [ben.views.mentions(two.id)[0].id])
    before, log = ann.state(), ann.log()
    tried = ann.take(ben, dry_run=True)
    assert [d.kind for d in tried.taken] == ["merge", "split"]
    assert (ann.state(), ann.log()) == (before, log)
    assert [d.what for d in ann.take(ben).taken] == [d.what for d in tried.taken]


def test_what_is_not_in_this_database_is_said(ann: Analyst, sample: Path, tmp_path: Path) -> None:
    few = Analyst(tmp_path / "few.db", "few")
    tiny.ingest(few.database, [sample / "000.md"])
    last = ann.views.documents()[-1]
    ann.stance(ann.views.document_mentions(last.id)[0].id, "reports")
    ann.pin(ann.views.document_mentions(1)[0].claim_id)
    found = few.take(ann)
    assert [d.kind for d in found.taken] == ["pin"] and len(found.missing) == 1 and "stance" in found.missing[0]


def test_saved_claims_and_their_marks_go_along(ann: Analyst, ben: Analyst, sample: Path, tmp_path: Path) -> None:
    text = "The old bridge can carry heavy lorries."
    claim = ben.save(text)
    mark = ben.views.mentions(claim)[0]
    ben.stance(mark.id, "reports")
    assert [d.kind for d in ann.take(ben).taken] == ["track"], "its marks need the models"
    mine = ann.save(text)
    assert [d.kind for d in ann.take(ben).taken] == ["stance"]
    assert [m.stance for m in ann.views.mentions(mine) if m.by_hand] == ["reports"]


def test_a_file_that_is_no_log_is_named() -> None:
    with pytest.raises(InputError, match="line 2"):
        read(["", '{"kind": "stance"}'], "x.jsonl")


def test_the_commands(ann: Analyst, ben: Analyst, tmp_path: Path) -> None:
    def run(who: Analyst, *args: str) -> Any:
        return CliRunner().invoke(main, ["--db", str(who.database), *args])

    one, _ = some(ann)
    ben.rename(one.id, "Ben's \x1b[31mwords.")
    file = str(tmp_path / "ben.jsonl")
    assert run(ben, "log", "--export", file).exit_code == 0
    tried = run(ann, "log", "--merge", file, "--dry-run")
    assert tried.exit_code == 0 and "would be" in tried.stderr
    done = run(ann, "log", "--merge", file)
    assert done.exit_code == 0 and "claims undo --to 0" in done.stderr
    assert run(ann, "undo", "--to", "0").exit_code == 0
    ann.rename(one.id, "Ann's words.")
    differ = run(ann, "log", "--merge", file)
    assert differ.exit_code == 1 and "conflict" in differ.stdout and "\x1b" not in differ.stdout
    assert len(json.loads(run(ann, "log", "--merge", file, "--json").stdout)["conflicts"]) == 1
    assert run(ann, "undo", "--to", "99").exit_code == 1
    assert run(ann, "log", "--dry-run").exit_code == 2
    (tmp_path / "bad.jsonl").write_text("[]\n", encoding="utf-8")
    assert "line 1" in run(ann, "log", "--merge", str(tmp_path / "bad.jsonl")).stderr
