"""The figures of `claims eval`: a perfect export gets 1.0 everywhere, each fault lowers its own."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.errors import InputError
from claims.evaluate import evaluate, flatten

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def load(path: Path) -> list[Row]:
    text = path.read_text(encoding="utf-8")
    found: list[Row] = (
        json.loads(text) if path.suffix == ".json" else [json.loads(line) for line in text.splitlines() if line.strip()]
    )
    return found


def perfect(gold: Path) -> Rows:
    """The export of a tool that reads as the annotator did, with its answers to the canonical wordings."""
    documents = load(gold / "documents.json")
    sentences = {(s["doc"], s["idx"]): s for s in load(gold / "sentences.jsonl")}
    ids = {d["doc"]: i for i, d in enumerate(documents, start=1)}
    paths = {d["doc"]: f"some/folder/{Path(d['file']).name}" for d in documents}
    out: Rows = {"documents": [], "sentences": [], "claims": [], "mentions": [], "tracked": []}
    for d in documents:
        meta = {name: d[name] for name in ("outlet", "author", "title", "published")}
        out["documents"].append({"id": ids[d["doc"]], "path": paths[d["doc"]], "url": None, **meta})
    for (doc, index), s in sentences.items():
        place = {"document_id": ids[doc], "index": index, "start": s["char_start"], "end": s["char_end"]}
        out["sentences"].append({**place, "is_claim": bool(s.get("is_claim")), "holders": s.get("attribution") or []})
    for number, claim in enumerate(load(gold / "claims.dev.json"), start=1):
        contested = bool(claim.get("contested_direct", claim.get("contested")))
        out["claims"].append({"id": number, "text": claim["canonical"], "contested": contested})
        answers = []
        for m in claim["mentions"]:
            s = sentences[(m["doc"], m["idx"])]
            holders = [m["holder_as_written"] or m["holder"]] if m["holder"] else []
            common = {"start": s["char_start"], "end": s["char_end"], "holders": holders, "stance": m["stance"]}
            out["mentions"].append({"claim_id": number, "document_id": ids[m["doc"]], **common})
            answers.append({"path": paths[m["doc"]], **common})
        out["tracked"].append({"claim": claim["canonical"], "mentions": answers})
    return out


def write(rows: Rows, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, items in rows.items():
        text = json.dumps(items) if name == "tracked" else "".join(json.dumps(item) + "\n" for item in items)
        (folder / (f"{name}.json" if name == "tracked" else f"{name}.jsonl")).write_text(text, encoding="utf-8")
    return folder


def report(rows: Rows, folder: Path, gold: Path = GOLD) -> dict[str, float | None]:
    export = write(rows, folder)
    return dict(flatten(evaluate(export, gold, "dev", export / "tracked.json")))


@pytest.fixture
def best() -> Rows:
    return perfect(GOLD)


def test_a_perfect_export_gets_every_figure(best: Rows, tmp_path: Path) -> None:
    figures = report(best, tmp_path)
    joined = figures.pop("pairs.joined_pairs")
    assert joined and joined > 10
    assert {name: value for name, value in figures.items() if value not in (1.0, None)} == {}
    assert {"claims.voices.f1", "claims.standing.f1", "claims.contested.f1", "tracked.voices.f1"} <= set(figures)


def test_an_empty_export_gets_nothing(tmp_path: Path) -> None:
    figures = report({name: [] for name in ("documents", "sentences", "claims", "mentions", "tracked")}, tmp_path)
    silent = {"reading.boilerplate_out", "detection.not_claim.r", "detection.not_claim.p", "detection.not_claim.f1"}
    own = "attribution.own_or_other_accuracy"  # silence is the own voice
    lit = {n for n, v in figures.items() if v and n not in silent and n != own and not n.endswith("_honest_unknown")}
    assert lit == set()


def flip(stance: str) -> str:
    return {"asserts": "disputes", "disputes": "asserts"}.get(stance, stance)


def wrong_outlet(rows: Rows) -> None:
    rows["documents"][0]["outlet"] = "Somebody Else Weekly"


def wrong_day(rows: Rows) -> None:
    rows["documents"][0]["published"] = "1999-01-01"


def lost_sentence(rows: Rows) -> None:
    del rows["sentences"][5]


def leaked_front_matter(rows: Rows) -> None:
    rows["sentences"].append({"document_id": 1, "index": 999, "start": 0, "end": 390, "is_claim": False, "holders": []})


def cut_in_two(rows: Rows) -> None:
    s = rows["sentences"][5]
    middle = (s["start"] + s["end"]) // 2
    rows["sentences"].append({**s, "start": middle})
    s["end"] = middle


def missed_claim(rows: Rows) -> None:
    for s in rows["sentences"][:20]:
        s["is_claim"] = False


def nobody_speaks(rows: Rows) -> None:
    for s in rows["sentences"]:
        s["holders"] = []


def invented_holder(rows: Rows) -> None:
    for s in rows["sentences"]:
        s["holders"] = [*s["holders"], "Zebulon Quux"]


def turned_stances(rows: Rows) -> None:
    for m in rows["mentions"]:
        m["stance"] = flip(m["stance"])


def scattered(rows: Rows) -> None:
    """Every mention its own claim: nothing recurs."""
    for number, m in enumerate(rows["mentions"], start=1):
        m["claim_id"] = number


def one_heap(rows: Rows) -> None:
    """One claim for everything."""
    for m in rows["mentions"]:
        m["claim_id"] = 1


def unflagged(rows: Rows) -> None:
    for c in rows["claims"]:
        c["contested"] = False


def overflagged(rows: Rows) -> None:
    for c in rows["claims"]:
        c["contested"] = True


def untracked(rows: Rows) -> None:
    rows["tracked"] = rows["tracked"][1:]


@pytest.mark.parametrize(
    ("fault", "lowered", "untouched"),
    [
        (wrong_outlet, "metadata.outlet", "metadata.author"),
        (wrong_day, "metadata.published", "metadata.title"),
        (lost_sentence, "reading.article_kept", "reading.boilerplate_out"),
        (leaked_front_matter, "reading.boilerplate_out", "reading.article_kept"),
        (cut_in_two, "reading.boundaries.f1", "reading.article_kept"),
        (missed_claim, "detection.claim.r", "attribution.holders.f1"),
        (nobody_speaks, "attribution.holders.r", "detection.claim.f1"),
        (nobody_speaks, "attribution.own_or_other_accuracy", "claims.voices.f1"),
        (invented_holder, "attribution.holders.p", "claims.voices.f1"),
        (turned_stances, "claims.voices.f1", "pairs.same_claim.f1"),
        (scattered, "pairs.same_claim.r", "attribution.holders.f1"),
        (scattered, "claims.standing.r", "detection.claim.f1"),
        (one_heap, "pairs.same_claim.p", "reading.boundaries.f1"),
        (one_heap, "claims.claims_found", "reading.article_kept"),
        (unflagged, "claims.contested.r", "claims.voices.f1"),
        (overflagged, "claims.contested.p", "claims.contested.r"),
        (untracked, "tracked.voices.r", "claims.voices.f1"),
    ],
)
def test_each_fault_lowers_its_own_figure(
    best: Rows, tmp_path: Path, fault: Callable[[Rows], None], lowered: str, untouched: str
) -> None:
    fault(best)
    figures = report(best, tmp_path)
    value = figures[lowered]
    assert value is not None and value < 1.0
    assert figures[untouched] == 1.0


def test_what_is_implied_or_passed_on_is_neither_asked_for_nor_punished(best: Rows, tmp_path: Path) -> None:
    asked = {
        (number, m["doc"], m["idx"])
        for number, claim in enumerate(load(GOLD / "claims.dev.json"), start=1)
        for m in claim["mentions"]
        if m["directness"] == "direct" and m["stance"] != "reports"
    }
    docs = [d["doc"] for d in load(GOLD / "documents.json")]
    place = {(s["document_id"], s["start"]): s["index"] for s in best["sentences"]}
    direct = [
        m
        for m in best["mentions"]
        if (m["claim_id"], docs[m["document_id"] - 1], place[m["document_id"], m["start"]]) in asked
    ]
    assert len(direct) < len(best["mentions"])
    figures = report({**best, "mentions": direct}, tmp_path)
    assert figures["claims.voices.f1"] == figures["claims.standing.f1"] == 1.0


def perturbed(rows: Rows, seed: int) -> Rows:
    """An export with faults of every kind, at a rate that differs from seed to seed."""
    chance = random.Random(seed)
    rate = chance.choice([0.02, 0.1, 0.3])
    out = copy.deepcopy(rows)
    names = ["Nobody", "the ministry", "Campbell", "Beijing", "", "…"]
    ids = [c["id"] for c in out["claims"]]

    def hit() -> bool:
        return chance.random() < rate

    for d in out["documents"]:
        for field in ("outlet", "author", "title", "published"):
            if hit():
                d[field] = chance.choice([None, "2021", "Somebody Else", d[field] and d[field][:7]])
    for s in [*out["sentences"], *out["mentions"], *(m for a in out["tracked"] for m in a["mentions"])]:
        if hit():
            s["start"] = max(0, s["start"] + chance.randint(-60, 60))
            s["end"] = max(s["start"] + 1, s["end"] + chance.randint(-60, 60))
        if hit():
            s["holders"] = chance.sample(names, chance.randint(0, 3))
        if "is_claim" in s and hit():
            s["is_claim"] = not s["is_claim"]
        if "stance" in s and hit():
            s["stance"] = chance.choice(["asserts", "disputes", "reports"])
        if "claim_id" in s and hit():
            s["claim_id"] = chance.choice([*ids, 10_000])
    for c in out["claims"]:
        c["contested"] = c["contested"] != hit()
    for name in ("documents", "sentences", "mentions", "tracked"):
        out[name] = [row for row in out[name] if not hit() or (name == "documents" and chance.random() < 0.8)]
        if name != "documents":
            out[name] += [dict(row) for row in out[name] if hit()]
            chance.shuffle(out[name])
    known = {d["id"] for d in out["documents"]}
    out["mentions"] = [m for m in out["mentions"] if m["document_id"] in known or hit()]
    return out


@pytest.mark.skipif(not (SHARED / "eval" / "score.py").exists(), reason="the reference script is not here")
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("gold", [GOLD, SHARED / "gold"], ids=["own", "reference"])
def test_the_same_figures_as_the_reference_script(gold: Path, seed: int, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    assert spec and spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    export = write(perturbed(perfect(gold), seed), tmp_path)
    truth = reference.Gold(gold, "dev")
    found = reference.Export(export, truth)
    expected = {
        "metadata": reference.metadata(found, truth),
        "reading": reference.reading(found, truth),
        **reference.sentence_scores(found, truth),
        "pairs": reference.pairs(found, truth),
        "claims": reference.claims(found, truth),
        "tracked": reference.tracked(export / "tracked.json", truth),
    }
    ours = evaluate(export, gold, "dev", export / "tracked.json")
    assert ours == expected
    assert list(flatten(ours)) == list(reference.flatten(expected))


def test_a_missing_file_is_named(best: Rows, tmp_path: Path) -> None:
    export = write(best, tmp_path)
    (export / "claims.jsonl").unlink()
    with pytest.raises(InputError, match=r"claims\.jsonl: no such file"):
        evaluate(export, GOLD)
    with pytest.raises(InputError, match=r"claims\.test\.json: no such file"):
        evaluate(export, GOLD, "test")


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "is not JSON"), ("[1]", r"row 1 has no 'id'"), ('{"path": "x"}', r"row 1 has no 'id'"), ("7", "row 1")],
)
def test_a_file_that_is_something_else_is_named(best: Rows, tmp_path: Path, text: str, said: str) -> None:
    export = write(best, tmp_path)
    (export / "documents.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        evaluate(export, GOLD)
    assert "documents.jsonl" in str(caught.value)
