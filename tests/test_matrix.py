"""Sources against claims and against one another."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.cli import main
from claims.matrix import Layer, agreement, kappa, matrix
from claims.views import Views


def test_the_matrix_is_what_the_marks_say(views: Views) -> None:
    found = matrix(views, sources=99, claims=99)
    assert len(found.cells) == len(found.sources) > 3
    for source, row in zip(found.sources, found.cells, strict=True):
        said = {c.claim_id: c.stances for c in views.source_claims(source.id)}
        assert [said.get(claim.id, ()) for claim in found.claims] == list(row)


@pytest.mark.parametrize("layer", ["own", "quoted"])
def test_layers(views: Views, layer: Layer) -> None:
    found = matrix(views, layer=layer, sources=99, claims=99)
    assert found.sources and {source.kind for source in found.sources} <= {"outlet", "document"}
    names = {source.name: row for source, row in zip(found.sources, found.cells, strict=True)}
    for column, claim in enumerate(found.claims):
        by: dict[str, set[str]] = {}
        for m in views.mentions(claim.id):
            if bool(m.holders) == (layer == "quoted"):
                by.setdefault(m.outlet, set()).add(m.stance)
        assert {name: set(row[column]) for name, row in names.items() if row[column]} == by


def test_kappa_is_cohens() -> None:
    # the table of Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, table 18.1
    table = {("p", "p"): 75, ("p", "n"): 1, ("p", "o"): 4, ("n", "p"): 5, ("n", "n"): 4, ("n", "o"): 1, ("o", "o"): 10}
    assert kappa(Counter(table)) == pytest.approx(0.68, abs=0.005)
    assert kappa(Counter({("a", "d"): 5, ("d", "a"): 5})) == -1
    assert kappa(Counter({("a", "a"): 3, ("d", "d"): 2})) == 1
    assert kappa(Counter({("a", "a"): 9})) is None, "what could they have differed in?"
    assert kappa(Counter({("a", "d"): 9})) == 0
    assert kappa(Counter()) is None


def test_agreement_is_over_shared_claims(views: Views) -> None:
    found = agreement(views, least=1)
    assert found.pairs and {s.id for s in found.sources} == {i for p in found.pairs for i in (p.a, p.b)}
    for pair in found.pairs:
        both = views.compare(pair.a, pair.b)
        assert (pair.alike, pair.shared) == (len(both.agree), len(both.agree) + len(both.disagree))
    most = max(pair.shared for pair in found.pairs)
    assert all(pair.shared >= most for pair in agreement(views, least=most).pairs)
    assert agreement(views, least=most + 1).pairs == ()


def test_copies_count_where_sources_are_set_beside_each_other(stored: Path, tmp_path: Path) -> None:
    file = tmp_path / "copies.db"
    with closing(sqlite3.connect(stored)) as known, closing(sqlite3.connect(file)) as database, database:
        known.backup(database)  # a copy of the file alone may lack what is still in its log
        database.execute("UPDATE mention SET tracked = 1, near = 0.5 WHERE id % 2")
    mine, theirs = Views.open(stored), Views.open(file)
    found = agreement(theirs, least=1)
    assert found == agreement(mine, least=1)
    for pair in found.pairs:
        both = theirs.compare(pair.a, pair.b)
        assert (pair.alike, pair.shared) == (len(both.agree), len(both.agree) + len(both.disagree))


def test_the_commands(stored: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["--db", str(stored), *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "Ferryman" in run("matrix", "--layer", "own") and "Mayor" not in run("matrix", "--layer", "quoted")
    assert json.loads(run("matrix", "--layer", "quoted", "--json"))["layer"] == "quoted"
    assert "KAPPA" in run("agreement", "--min", "1")
    assert json.loads(run("agreement", "--min", "1", "--json"))["pairs"]
    assert "--min" in run("agreement", "--min", "500")
