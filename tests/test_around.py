"""Around a claim and an article: numbers that differ, claims near it, who printed the same text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tui_database
from click.testing import CliRunner
from tui_database import Article, Said

from claims.cli import main
from claims.decisions import Decisions
from claims.errors import NotFound
from claims.figures import figures, shown
from claims.quantities import quantities
from claims.related import NEAR, related
from claims.reprints import printings
from claims.store import Store
from claims.views import Views

SAID = (
    ("41 people died at Halvern.", "asserts", "2024-04-12"),
    ("At least forty people died.", "asserts", "2024-04-13"),
    ("58 people died, and 3 bridges fell.", "disputes", "2024-05-01"),
    ("Nobody counted.", "asserts", "2024-05-02"),
    ("Between 45 and 60 people died.", "disputes", None),
)


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("around") / "dam.db"
    builder = tui_database.Builder(path, wordings={"toll": "41 people died at Halvern."})
    ids = [
        builder.add(Article(f"{n}.md", f"Paper {n}", None, day, (Said(text, "toll", stance), Said(text, f"other {n}"))))
        for n, (text, stance, day) in enumerate(SAID)
    ]
    builder.add(Article("alone.md", "Alone", None, None, (Said("It rained.", "rain"),)))
    for reprint in ids[1:3]:
        builder.db.execute("UPDATE document SET origin_id = ? WHERE id = ?", [ids[0], reprint])
    builder.finish()
    return path


def test_numbers_that_cannot_all_be_right_with_who_and_when(dam: Path) -> None:
    found = figures(Views.open(dam), 1)
    assert [(f.low, f.high, f.stance, f.published) for f in found] == [
        (40, None, "asserts", "2024-04-13"),
        (41, 41, "asserts", "2024-04-12"),
        (45, 60, "disputes", None),
        (58, 58, "disputes", "2024-05-01"),
    ]
    assert found[1].source == found[1].outlet == "Paper 0"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("The guild's claim that 58 people died is false.", {"stance": "asserts", "holders": ("the guild",)}),
        ("It is false that 41 people died.", {"stance": "disputes"}),
        ("41 people did not die.", {"stance": "disputes"}),
        ("Perhaps 58 people died.", {"stance": "asserts", "factuality": "hedged"}),
        ("Allegedly 58 people died.", {"stance": "asserts", "factuality": "distanced"}),
        ("58 people died, said the guild.", {"stance": "reports"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_is_nobodys_who_denies_doubts_or_only_passes_it_on(
    tmp_path: Path, text: str, how: dict[str, Any]
) -> None:
    builder = tui_database.Builder(tmp_path / "d.db", wordings={"toll": "41 people died at Halvern."})
    for name, said in (("A", Said("41 people died.", "toll")), ("B", Said("70 people died.", "toll", "disputes"))):
        builder.add(Article(f"{name}.md", name, None, None, (said,)))
    builder.add(Article("c.md", "C", None, None, (Said(text, "toll", **how),)))
    builder.finish()
    assert [f.source for f in figures(Views.open(tmp_path / "d.db"), 1)] == ["A", "B"]


def test_one_who_claims_a_number_names_it(tmp_path: Path) -> None:
    builder = tui_database.Builder(tmp_path / "d.db", wordings={"toll": "41 people died at Halvern."})
    builder.add(Article("a.md", "A", None, None, (Said("41 people died.", "toll"),)))
    claimed = Said("58 people died, a pamphlet claims.", "toll", "disputes", ("a pamphlet",), factuality="distanced")
    builder.add(Article("b.md", "B", None, None, (claimed,)))
    builder.finish()
    assert [f.source for f in figures(Views.open(tmp_path / "d.db"), 1)] == ["A", "a pamphlet"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Three engineers had been arrested.", "3 engineers"),
        ("It cost 12 million euros.", "12 million euros"),
        ("More than half a million people fled.", "More than 500,000 people fled"),
        ("12 million to 15.5 million euros", "12 million to 15.5 million euros"),
        ("12 members of the guild", "12 members"),
        ("40 members of parliament", "40 members of parliament"),
    ],
)
def test_a_number_is_shown_as_a_text_has_it_without_scraps(text: str, told: str) -> None:
    assert [shown(found.text) for found in quantities(text)] == [told]


def test_numbers_that_can_stand_together_are_no_spread(dam: Path) -> None:
    views = Views.open(dam)
    for claim in views.claims(everything=True):
        if claim.id != 1:
            assert figures(views, claim.id) == ()
    with pytest.raises(NotFound):
        figures(views, 999)


def test_near_in_meaning_from_stored_vectors(views: Views) -> None:
    claim = views.claims(limit=1)[0]
    found = related(views, claim.id, limit=5)
    assert found and claim.id not in [r.claim.id for r in found]
    near = [r.near for r in found if r.near is not None]
    assert len(near) == len(found) and all(-1.001 <= n <= 1.001 for n in near)
    ranks = [(-r.near, 0) if r.near >= NEAR else (1, -r.sources) for r in found if r.near is not None]
    assert ranks == sorted(ranks)
    for row in found:
        ours, theirs = (
            {m.source_id for m in views.mentions(i) if m.stance != "reports"} for i in (claim.id, row.claim.id)
        )
        assert row.sources == len(ours & theirs)


def test_the_nearest_comes_first(stored: Path, tmp_path: Path) -> None:
    """A second claim that says the same as the first has the same vectors."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(stored.read_bytes())
    store = Store.open(copy)
    views = Views.open(copy)
    claim = views.claims(limit=1)[0]
    Decisions(store).split(claim.id, [views.mentions(claim.id)[0].id])
    store.close()
    found = related(views, claim.id)[0]
    assert found.near is not None and found.near > 0.7
    assert found.claim.id == max(c.id for c in views.claims(everything=True, limit=1000))


def test_without_vectors_by_shared_sources(dam: Path) -> None:
    views = Views.open(dam)
    found = related(views, 1)
    assert {r.claim.text for r in found} == {f"other {n}" for n in range(5)}
    assert all(r.near is None and r.sources == 1 for r in found)
    rain = next(c.id for c in views.claims(everything=True) if c.text == "rain")
    assert related(views, rain) == []


def test_near_and_by_sources_are_set_apart(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nearest = max(row.near or 0.0 for row in related(Views.open(stored), 1))
    monkeypatch.setattr("claims.related.NEAR", nearest)
    rows = related(Views.open(stored), 1)
    groups = [row.group for row in rows]
    assert groups == sorted(groups, reverse=True) and len(set(groups)) == 2
    told = CliRunner().invoke(main, ["--db", str(stored), "related", "1", "--limit", "99"]).stdout.splitlines()
    near, others = told.index("Near in meaning"), told.index("By the sources on both")
    assert near == 0 and len(told) - 4 == len(rows) and others == 2 + groups.count("Near in meaning")


def test_who_printed_a_text(dam: Path) -> None:
    views = Views.open(dam)
    for document in (1, 2, 3):
        found = printings(views, document)
        assert found and found.origin.id == 1 and [d.id for d in found.reprints] == [2, 3]
    assert printings(views, 4) is None
    with pytest.raises(NotFound):
        printings(views, 99)


def test_the_commands(dam: Path, stored: Path) -> None:
    def run(database: Path, *arguments: str) -> str:
        result = CliRunner().invoke(main, ["--db", str(database), *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "Number: 58 people died, Paper 2 (2024-05-01)" in run(dam, "show", "1")
    assert len(json.loads(run(dam, "show", "1", "--json"))["figures"]) == 4
    assert "NEAR" in run(stored, "related", "1")
    assert json.loads(run(stored, "related", "1", "--json"))[0]["near"] is not None
    assert "reprint" in run(dam, "origin", "2") and "No other article" in run(dam, "origin", "4")
    assert json.loads(run(dam, "origin", "3", "--json"))["printings"]["origin"]["id"] == 1
    assert json.loads(run(dam, "origin", "4", "--json"))["printings"] is None
