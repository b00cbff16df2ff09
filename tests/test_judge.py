"""The judge's runtime on a tiny model built here, and the shipped weights on plain pairs."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from claims import judge as module
from claims.errors import ModelError
from claims.judge import SHIPPED, Judge, Judgement, label_order
from claims.training.judge_augment import framed, renumbered
from claims.training.judge_data import Row, batches, emergent_split
from claims.training.same_data import same_rows, with_same
from claims.weights import expand

WORDS = [
    "the",
    "a",
    "mill",
    "is",
    "open",
    "closed",
    "said",
    "that",
    "not",
    "river",
    "rose",
    "fell",
    "by",
    "two",
    "three",
]
PAIRS = [
    ("the mill is open", "the mill is closed"),
    ("the river rose by two metres", "the river fell"),
    ("a", "b"),
    ("said that the mill is not open and the river rose by three metres", "the mill is open"),
]


def tiny(folder: Path, labels: tuple[str, ...] = ("entailment", "neutral", "contradiction"), **config: object) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]))
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=32).save_pretrained(folder)
    torch.manual_seed(1)
    settings = BertConfig(
        vocab_size=40, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        initializer_range=0.6, id2label=dict(enumerate(labels)), label2id={n: i for i, n in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(settings).save_pretrained(folder)
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **config}))
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("judge") / "tiny")


def close(a: Judgement, b: Judgement, within: float = 0.02) -> bool:
    return all(abs(getattr(a, k) - getattr(b, k)) < within for k in ("asserts", "disputes", "neutral"))


def test_import_is_light() -> None:
    code = "import claims.judge, sys; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_making_one_loads_nothing_and_no_pairs_need_no_model(model: Path) -> None:
    judge = Judge(model)
    assert judge.judge([]) == []
    assert judge._model is None


def test_probabilities_and_order(model: Path) -> None:
    got = Judge(model).judge(PAIRS)
    assert len(got) == len(PAIRS)
    for j in got:
        assert abs(j.asserts + j.disputes + j.neutral - 1) < 1e-9
        assert getattr(j, j.label) == max(j.asserts, j.disputes, j.neutral)
    again = Judge(model).judge(PAIRS[::-1])
    assert all(close(a, b) for a, b in zip(got, again[::-1], strict=True))


def test_same_call_same_answer_and_repeated_pairs(model: Path) -> None:
    judge = Judge(model)
    first = judge.judge(PAIRS)
    judge.judge([("river", "mill")])
    assert judge.judge(PAIRS) == first
    twice = judge.judge([PAIRS[0], PAIRS[1], PAIRS[0]])
    assert twice[0] == twice[2]


def test_label_order_is_read_from_the_config(tmp_path: Path, model: Path) -> None:
    other = tiny(tmp_path / "other", ("Contradiction", "ENTAILMENT", "neutral"))
    a, b = Judge(model).judge(PAIRS[:1])[0], Judge(other).judge(PAIRS[:1])[0]
    assert abs(a.asserts - b.disputes) < 0.01
    assert abs(a.neutral - b.asserts) < 0.01


def test_temperature_flattens(tmp_path: Path, model: Path) -> None:
    warm = tiny(tmp_path / "warm", judge_temperature=5.0)
    for a, b in zip(Judge(model).judge(PAIRS), Judge(warm).judge(PAIRS), strict=True):
        assert getattr(b, b.label) < getattr(a, a.label)
        assert a.label == b.label


@pytest.mark.parametrize("labels", [("yes", "no", "maybe"), ("entailment", "contradiction"), ("entailment",) * 3])
def test_other_labels_are_refused_by_name(tmp_path: Path, labels: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match=labels[1]):
        Judge(tiny(tmp_path / "bad", labels)).judge(PAIRS)


def test_missing_and_empty_folders(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        Judge(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="weights"):
        Judge(str(tmp_path))


def test_hub_id_is_taken_as_one() -> None:
    assert Judge("owner/some-nli-model").name == "owner/some-nli-model@hub"


def test_name_follows_the_files(tmp_path: Path, model: Path) -> None:
    other = tiny(tmp_path / "tiny", judge_temperature=2.0)
    assert Judge(model).name == Judge(model).name
    assert Judge(model).name != Judge(other).name
    assert Judge(other).name.startswith("tiny@")


def test_long_and_odd_texts(model: Path) -> None:
    got = Judge(model).judge([("mill " * 800, "river " * 800), ("", ""), ("\ud800", "\u202emill")])
    assert len(got) == 3


@pytest.fixture
def packed(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from claims.training.weights import pack

    monkeypatch.setenv("CONTESTED_CACHE", str(tmp_path / "cache"))
    pack(model, tmp_path / "packed", judge_temperature=1.5)
    return tmp_path / "packed"


def test_packed_model_answers_as_the_whole_one(model: Path, packed: Path, tmp_path: Path) -> None:
    judge = Judge(packed)
    got = judge.judge(PAIRS)
    assert judge._temperature == 1.5
    judge._temperature = 1.0
    assert all(close(a, b, 0.05) for a, b in zip(Judge(model).judge(PAIRS), judge.judge(PAIRS), strict=True))
    assert len(list((tmp_path / "cache" / "models").iterdir())) == 1
    assert Judge(packed).judge(PAIRS) == got


def test_two_at_once_expand_one_folder(packed: Path, tmp_path: Path) -> None:
    sha = module.digest(packed)
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: expand(packed, sha), range(4)))
    assert len(folders) == 1
    assert [p.name for p in (tmp_path / "cache" / "models").iterdir()] == [sha]


def test_unwritable_cache_says_so(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONTESTED_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="CONTESTED_CACHE"):
        Judge(packed).judge(PAIRS)


def test_frames_set_the_label() -> None:
    rng = random.Random(3)
    row = Row("The mill closed in May.", "The mill closed in May.", 0, "made")
    made = [r for r in (framed(row, rng) for _ in range(200)) if r]
    assert {r.label for r in made} == {0, 1, 2}
    for r in made:
        assert r.hypothesis == row.hypothesis
        assert "he mill closed in May" in r.premise
    neutral = [r for r in (framed(replace(row, label=1), rng) for _ in range(50)) if r]
    assert {r.label for r in neutral} == {1}


def test_another_number_contradicts() -> None:
    rng = random.Random(3)
    row = Row("The dam is 40 metres high and 3,000 metres long.", "The dam is 3,000 metres long.", 0, "made")
    made = renumbered(row, rng)
    assert made
    assert made.label == 2
    assert "3,000" not in made.hypothesis
    assert renumbered(replace(row, label=2), rng) is None


def test_emergent_claims_do_not_straddle_the_split(tmp_path: Path) -> None:
    rows = [Row(f"headline {i} {i % 20}", f"claim {i % 20}", 0, "emergent.train") for i in range(200)]
    rows.append(Row("a body", "headline 0 0", 0, "fnc1_noemergent.train"))
    clusters = tmp_path / "emergent.jsonl"
    keys = ({"premise": r.premise, "hypothesis": r.hypothesis, "group": r.hypothesis[6:]} for r in rows[:200])
    clusters.write_text("".join(json.dumps(k) + "\n" for k in keys))
    train, dev = emergent_split(rows, clusters)
    assert len(dev) == 20
    assert not {r.hypothesis for r in dev} & {r.hypothesis for r in train}


def test_stream_resumes_and_is_shared_out() -> None:
    rows = [Row("w " * (i % 7 + 1), f"{i}", i % 3, "made") for i in range(64)]

    def take(n: int, **how: Any) -> list[list[str]]:
        def encode(pairs: list[tuple[str, str]]) -> list[list[int]]:
            return [[1] * len(a) for a, _ in pairs]

        stream = batches(rows, encode, lambda r, _: r, size=4, seed=1, pool=4, **how)
        return [[r.hypothesis for _, r in next(stream)] for _ in range(n)]

    whole = take(40)
    assert take(30, skip=10) == whole[10:]
    # Steps are counted from one: of two parts, the second has the first step.
    assert take(20, share=(1, 2)) == whole[0::2]
    assert take(20, share=(0, 2)) == whole[1::2]


def test_shipped_files_are_small_and_safe() -> None:
    files = [p for p in SHIPPED.iterdir() if p.is_file()]
    assert (SHIPPED / "MODEL_CARD.md").is_file()
    assert all(p.stat().st_size <= 50_000_000 for p in files)
    assert sum(p.stat().st_size for p in files) <= 100_000_000
    assert {p.suffix for p in files} <= {".safetensors", ".json", ".md"}


SHIPPED_PAIRS = [
    ("The harbour bridge was closed on Monday after cracks were found.", "The harbour bridge was closed.", "asserts"),
    ("The bakery on the corner employs forty people.", "Forty people work at the bakery.", "asserts"),
    ("The council confirmed that the library will reopen in May.", "The library will reopen in May.", "asserts"),
    ("The company denied that it had dumped waste in the lake.", "The company dumped waste in the lake.", "disputes"),
    ("The orchestra did not cancel its tour.", "The orchestra cancelled its tour.", "disputes"),
    ("Unemployment fell sharply last year.", "Unemployment rose last year.", "disputes"),
    ("The mayor opened the new swimming pool.", "Farmers fear a poor harvest this year.", "neutral"),
    ("It is unclear whether the ferry will run again.", "The ferry will run again.", "neutral"),
    ("The zoo opened a new aquarium.", "The zoo's director is retiring.", "neutral"),
    ("The judge acquitted him.", "The judge found him guilty.", "disputes"),
    ("The town lost its only bank.", "The town has a bank.", "disputes"),
]


# The model card names these as known failures; a better model turns them into passes.
KNOWN_FAILURES = [
    ("The reservoir is completely empty.", "The reservoir is full.", "disputes"),
    ("The port has no greater rival than the railway.", "The railway is the port's chief rival.", "asserts"),
]


def test_shipped_judge_on_plain_pairs() -> None:
    got = Judge().judge([(p, h) for p, h, _ in SHIPPED_PAIRS])
    wrong = [(pair, j) for pair, j in zip(SHIPPED_PAIRS, got, strict=True) if j.label != pair[2]]
    assert not wrong


@pytest.mark.xfail(reason="named in the model card", strict=True)
@pytest.mark.parametrize(("premise", "hypothesis", "label"), KNOWN_FAILURES)
def test_shipped_judge_on_what_it_is_known_to_fail(premise: str, hypothesis: str, label: str) -> None:
    assert Judge().judge([(premise, hypothesis)])[0].label == label


def test_a_fourth_output_for_the_same_claim_stands_apart(tmp_path: Path, model: Path) -> None:
    assert label_order({0: "entailment", 1: "neutral", 2: "contradiction", 3: "same"}, "x") == (
        "asserts", "neutral", "disputes",
    )  # fmt: skip
    for names in (("same", "entailment", "neutral", "contradiction"), ("entailment", "neutral", "contradiction", "x")):
        with pytest.raises(ModelError, match="its labels are"):
            label_order(dict(enumerate(names)), "x")


def test_loss_asks_each_row_only_for_what_it_tells() -> None:
    from claims.training.judge import loss_of

    logits = torch.tensor([[5.0, 0.0, 0.0, -4.0]])
    both = Row("a", "b", 0, "x", same=1.0)
    assert loss_of(logits, [replace(both, same=None)]) < 0.5  # the label is right
    assert loss_of(logits, [replace(both, label=None)]) > 2  # the fourth output is wrong
    assert loss_of(logits, [replace(both, label=None, same=0.0)]) < 0.2
    assert loss_of(logits, [replace(both, label=None, same=None)]) == 0
    assert loss_of(logits, [replace(both, same=0.0)]) < loss_of(logits, [both])


def test_pairs_of_one_claim_are_told_from_neighbours_on_the_topic(tmp_path: Path) -> None:
    def lines(name: str, *rows: dict[str, Any]) -> None:
        (tmp_path / name).write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")

    point = {"topic": "mills", "stance": "1"}
    lines(
        "argkp_clusters.train.jsonl",
        {**point, "key_point": "they give work", "arguments": ["people work there", "they have jobs to give"]},
        {**point, "key_point": "they make flour", "arguments": ["bread needs flour", "flour is made by them"]},
    )
    side = {"claim": "mills are good", "stance": "SUPPORT"}
    lines("perspectrum_clusters.train.jsonl", {**side, "texts": ["a", "b"]}, {**side, "texts": ["c", "d"]})
    lines("msrp.train.jsonl", {"a": "it rose", "b": "it went up", "score": 1})
    rows = same_rows(tmp_path, 7)
    told = {(r.premise, r.hypothesis): r.same for r in rows}
    assert told["people work there", "they give work"] == 1 and told["people work there", "they make flour"] == 0
    assert told["a", "b"] == 1 and told["it rose", "it went up"] == 1
    assert all(told[p] == 0 for p in told if set(p) & {"a", "b"} and set(p) & {"c", "d"})
    assert [r.same for r in map(with_same, (Row("a", "b", k, "snli.dev") for k in range(3)))] == [1, 0, 1]
    assert with_same(Row("a", "b", 1, "emergent.train")).same == 1
    assert with_same(Row("a", "b", 1, "argkp_match.train")).same is None
    assert all(r.label is None for r in rows)


def test_stories_are_read_and_yield_pairs(tmp_path: Path) -> None:
    from claims.training.stories import derived, marked, parts, read_stories

    lines = ["# A dam", "= The dam is safe.", "+ It holds.", "- It leaks.", "? Does it hold?", "~ It is high."]
    (tmp_path / "a.txt").write_text("\n".join([*lines, "= The dam is old.", "+ Built in 1910.", "- New."] * 13))
    stories = read_stories(tmp_path)
    assert [len(s.claims) for s in stories] == [2] * 13
    told, kept = parts(stories)
    assert (len(told), len(kept)) == (12, 1)
    found = {(r.premise, r.hypothesis): (r.label, r.same) for r in marked(kept)}
    assert found["It holds.", "The dam is safe."] == (0, 1.0)
    assert found["It leaks.", "The dam is safe."] == (2, 1.0)
    assert found["Does it hold?", "The dam is safe."] == (1, 1.0), "about it, on no side"
    assert found["It is high.", "The dam is safe."] == (1, 0.0)
    pairs = derived(stories, seed=1)
    assert pairs == derived(stories, seed=1)
    assert {r.same for r in pairs if r.set == "stories.other"} == {0.0}
    denied = [r for r in pairs if {r.premise, r.hypothesis} == {"It holds.", "It leaks."}]
    assert denied
    assert all(r.same == 1.0 and r.soft and r.soft[2] == max(r.soft) for r in denied)
    (tmp_path / "b.txt").write_text("# A\n= B.\nno mark\n")
    with pytest.raises(ValueError, match=r"b.txt:3"):
        read_stories(tmp_path)


def test_the_stories_of_the_project_are_whole() -> None:
    from claims.training.stories import read_stories

    claims = [claim for story in read_stories() for claim in story.claims]
    assert len(claims) > 800
    assert all(claim.lines["+"] and claim.lines["-"] for claim in claims)


def test_labelled_news_becomes_pairs_both_ways(tmp_path: Path) -> None:
    import hashlib
    import json

    from claims.training.news import HELD_OUT, LEANS, NEARLY, news_rows

    def article(kept: bool) -> tuple[str, str]:
        for i in range(1000):
            text = f"the mill is shut. The mill of {i} burned down."
            name = hashlib.sha256(text.encode()).hexdigest()[:16]
            if (int(name, 16) % HELD_OUT == 0) == kept:
                return name, text
        raise AssertionError

    (name, text), (away, other) = article(False), article(True)
    corpus = tmp_path / "news.jsonl"
    corpus.write_text("".join(json.dumps({"text": t}) + "\n" for t in (text, other)))
    one, two = [name, 0, 16], [name, 18, len(text)]
    pairs = [{"a": two, "b": one, "ab": "a", "ba": "n"}, {"a": one, "b": [away, 18, 30], "ab": "n", "ba": "n"}]
    pairs += [{"a": two, "b": one, "ab": way} for way in "xd"]
    (tmp_path / "pairs.jsonl").write_text("".join(json.dumps(p) + "\n" for p in pairs))
    about = {"of": one, "+": ["The mill has closed."], "-": ["The mill works."], "~": ["The mill may be sold."]}
    about["o"] = ["The mill is shut, but for its shop."]
    (tmp_path / "claims.jsonl").write_text(json.dumps(about) + "\n")
    (tmp_path / "groups.jsonl").write_text("")
    train, kept = news_rows(corpus, tmp_path)
    found = {(r.premise, r.hypothesis): (r.label, r.same) for r in reversed(train)}
    assert found[text[18:], "The mill is shut."] == (0, 1.0), "the hypothesis is worded as a claim is"
    assert found["the mill is shut", text[18:]] == (1, 1.0), "one way round only, and the same claim all the same"
    assert [found["the mill is shut", about[m][0]] for m in "+-~o"] == [(0, 1.0), (2, 1.0), (1, 0.0), (1, None)]
    assert [found.get((about[m][0], "The mill is shut.")) for m in "+-~o"] == [None, (2, 1.0), (1, 0.0), None]
    one_way = train[2:4]
    assert [(r.label, r.soft, r.same) for r in one_way] == [(None, LEANS["x"], NEARLY), (2, None, 1.0)]
    assert len(train) == 10 and len(kept) == 2, "an article that is kept out is kept out on either side"


def test_a_group_of_articles_becomes_pairs_of_statement_and_claim() -> None:
    from claims.training.news import LEANS, NEARLY, OTHERS, grouped

    text = "The mayor said the mill is shut. The mill works, the union says. Bread is dear. It rains. Cows moo."
    said = ("the mill is shut", "The mill works", "Bread is dear", "It rains", "Cows moo")
    spans = [(text.index(part), text.index(part) + len(part)) for part in said]
    claim = {"claim": "The mill has closed.", "+": [0], "-": [1], "i": [2]}
    train, kept = grouped([{"articles": {"1" * 16: spans}, "claims": [claim]}], {"1" * 16: text})
    found = {r.premise: (r.label, r.soft, r.same) for r in train}
    assert not kept and OTHERS > 2, "what nobody listed is little enough here to be taken whole"
    assert len(found) == len(train) == 7, "two statements count by their sentences as well"
    assert found["the mill is shut"] == found["The mayor said the mill is shut."] == (0, None, 1.0)
    assert found["The mill works"] == (2, None, 1.0)
    assert found["Bread is dear"] == (None, LEANS["i"], NEARLY)
    assert found["It rains"] == (1, None, 0.0)


def test_statements_of_a_group_are_paired_by_the_claims_they_share() -> None:
    from claims.training.news import NEARLY, joined, mates, pairs

    text = "The mill is shut. The mill works. Bread is dear. It rains. Cows moo. The sun is out."
    said = [part for part in text.replace(".", ".|").split("|") if part]
    spans = [(text.index(part.strip()), text.index(part.strip()) + len(part.strip()) - 1) for part in said]
    closed = {"claim": "The mill has closed.", "+": [0], "-": [1], "i": [2], "~": [3]}
    claims = [closed, {"claim": "Cows moo.", "+": [4]}]
    group = {"articles": {"1" * 16: spans}, "claims": claims}
    train, kept = joined([group], {"1" * 16: text})
    same = {frozenset((r.premise + ".", r.hypothesis)): r.same for r in train}
    assert not kept and all(r.label is None and r.soft is None for r in train), "nobody said who says what of whom"
    assert same[frozenset(("The mill is shut.", "The mill works."))] == 1.0, "whichever side they take"
    assert {v for k, v in same.items() if "Bread is dear." in k and "Cows moo." not in k} == {NEARLY}
    assert {v for k, v in same.items() if k & {"It rains.", "Cows moo.", "The sun is out."}} == {0.0}
    shut, works = ("1" * 16, *spans[0]), ("1" * 16, *spans[1])
    assert set(mates([group])) == {(shut, works), (works, shut)}
    labelled = [{"a": shut, "b": works, "ab": "n", "ba": "n"}]
    for shared, carried in ((set(mates([group])), 1.0), (set(), 0.0)):
        rows, _ = pairs(labelled, {"1" * 16: text}, shared)
        assert [r.same for r in rows] == [carried] * 2


def test_the_labelled_news_of_the_project_names_articles_alone() -> None:
    from claims.training.news import letters, read_lines

    groups = read_lines("groups.jsonl")
    assert len(groups) == 397 and all({*row} == {"articles", "claims"} for row in groups)
    assert all({*c} <= {"claim", *"+i-x~"} and ("+" in c or "-" in c) for row in groups for c in row["claims"])
    pairs, claims = read_lines("pairs.jsonl"), read_lines("claims.jsonl")
    assert len(pairs) == 27_944 and len(claims) > 2000
    assert all({*row} <= {"a", "b", "ab", "ba", "fragment"} and letters(row) <= set("adnix") for row in pairs)
    assert all(len(row["+"]) >= 1 and len(row["-"]) >= 1 and len(row["~"]) >= 1 for row in claims)
