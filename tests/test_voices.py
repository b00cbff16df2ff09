"""From text to voices: windows, decoding, quotations, holders, statements, and the shipped weights at work."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
import tiny

from claims.errors import ModelError
from claims.models import Attribution, Document, Reading, Sentence, Span, Statement
from claims.voices import VoiceReader, cues, decode, quotes, windows
from claims.voices import statements as build
from claims.voices.holders import Resolver
from claims.voices.tagger import TOKENIZER


def document(text: str) -> Document:
    return Document(path="a.txt", sha256="0", text=text)


def sentences(text: str) -> list[Sentence]:
    found = re.finditer(r"[^\s](?:[^.!?\n]|\.(?=\w))*[.!?]?[”\"]?", text)
    return [Sentence(index=i, start=m.start(), end=m.end(), text=m.group()) for i, m in enumerate(found)]


def read(text: str, reader: VoiceReader | None = None) -> Reading:
    return (reader or VoiceReader()).read(document(text), sentences(text))


def by_sentence(reading: Reading) -> dict[int, list[Statement]]:
    out: dict[int, list[Statement]] = {}
    for s in reading.statements:
        out.setdefault(s.sentence_index, []).append(s)
    return out


# -- windows


def test_tokens_keep_offsets_and_mark_paragraphs(tiny_models: tiny.Models) -> None:
    text = "The ferry  company.\n\n“The river is\xa0poisoned,” said ‘‘Pell’’."
    tokens = windows.tokenize(text, windows.load_tokenizer(tiny_models.voices / TOKENIZER))
    assert tokens.ids.count(windows.BREAK) == 1
    assert all(0 <= a <= b <= len(text) for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert tokens.starts == sorted(tokens.starts)
    words = [text[a:b] for a, b, i in zip(tokens.starts, tokens.ends, tokens.ids, strict=True) if i != windows.BREAK]
    once = text.replace("‘‘", "‘").replace("’’", "’")
    assert "".join(words) == re.sub(r"\s", "", once)
    assert len(windows.plain(text)) == len(text)


def test_windows_cover_everything_once_and_go_back_for_context() -> None:
    n = 1000
    tokens = windows.Tokens([5] * n, list(range(n)), list(range(1, n + 1)), [0] * n, [*range(0, n, 17), n])
    plan = list(windows.windows(tokens, 100, 30))
    assert plan[0][0] == 0
    assert plan[-1][1] == n
    assert all(b - a <= 100 for a, b in plan)
    assert all(x[0] < y[0] <= x[1] < y[1] for x, y in pairwise(plan))
    assert all(a in tokens.cuts for a, _ in plan)


def test_a_sentence_longer_than_the_window_ends_too() -> None:
    n = 500
    tokens = windows.Tokens([5] * n, list(range(n)), list(range(1, n + 1)), [0] * n, [0, 90, n])
    assert list(windows.windows(tokens, 100, 40))[-1][1] == n


# -- decoding


def anchor(at: int, content: list[float], source: list[float]) -> decode.Anchor:
    roles = np.zeros((len(content), 4), dtype=np.float32)
    roles[:, decode.CONTENT], roles[:, decode.SOURCE] = content, source
    roles[at, decode.CUE] = 0.99
    return decode.Anchor(at, 0.9, 0, roles)


def test_an_attribution_is_decoded_whole() -> None:
    found = anchor(2, [0, 0, 0, 0.9, 0.95, 0.4, 0.9, 0.1], [0.2, 0.9, 0, 0, 0, 0, 0, 0.6])
    (frame,) = decode.decode(8, [found], np.zeros(8, dtype=np.float32), decode.Settings())
    assert frame.source == (1, 2)
    assert frame.cue == (2, 3)
    assert frame.content == [(3, 7)]


def test_contents_do_not_overlap() -> None:
    a = anchor(0, [0, 0.9, 0.9, 0.9, 0.1, 0.1], [0] * 6)
    b = anchor(5, [0, 0.1, 0.1, 0.95, 0.95, 0], [0] * 6)
    frames = decode.decode(6, [a, b], np.zeros(6, dtype=np.float32), decode.Settings())
    assert [f.content for f in frames] == [[(1, 3)], [(3, 5)]]


def test_a_source_does_not_cross_a_sentence() -> None:
    found = anchor(4, [0, 0, 0, 0, 0, 0.9, 0.9, 0.9], [0, 0, 0.7, 0.9, 0, 0, 0, 0])
    (frame,) = decode.decode(8, [found], np.zeros(8, dtype=np.float32), decode.Settings(), cuts=[0, 3, 8])
    assert frame.source == (3, 4)


# -- quotations


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“One is here.\n\n“Two is here.” He left.\n\n“Three is apart.”"
    assert [[text[a:b] for a, b in run] for run in quotes.runs(text)] == [
        ["“One is here.", "“Two is here.”"],
        ["“Three is apart.”"],
    ]


def test_a_quotation_never_closed_ends_with_its_paragraph() -> None:
    text = "He spoke of “ties that bind.\n\nThe next paragraph is the author's."
    (run,) = quotes.runs(text)
    assert [text[a:b] for a, b in run] == ["“ties that bind."]


@pytest.mark.parametrize("text", ['"It is so," he said.', "‘‘It is so,’’ he said.", "“It is so,” he said."])
def test_all_marks_are_marks(text: str) -> None:
    inside = windows.quoted(text)
    assert inside[text.index("so")]
    assert not inside[text.index("said")]


# -- holders


def resolve(text: str, *sources: str) -> list[str]:
    resolver, at, out = Resolver(text), 0, []
    for source in sources:
        at = text.index(source, at)
        out.append(resolver.resolve(at, at + len(source)).name)
        at += len(source)
    return out


def test_a_surname_is_the_one_speaker_who_has_it() -> None:
    text = "Minister Ilse Brandt said no. Brandt said so twice. Lund said yes."
    assert resolve(text, "Minister Ilse Brandt", "Brandt", "Lund") == [
        "Minister Ilse Brandt", "Minister Ilse Brandt", "Lund",
    ]  # fmt: skip
    text = "Ilse Brandt said no. Karl Brandt said yes. Brandt said so twice."
    assert resolve(text, "Ilse Brandt", "Karl Brandt", "Brandt") == ["Ilse Brandt", "Karl Brandt", "Brandt"]


def test_a_pronoun_is_the_last_fitting_name() -> None:
    text = "Minister Ilse Brandt said no. The Coast Watch said yes. She said it again. It said so too."
    assert resolve(text, "Minister Ilse Brandt", "The Coast Watch", "She", "It") == [
        "Minister Ilse Brandt", "The Coast Watch", "Minister Ilse Brandt", "The Coast Watch",
    ]  # fmt: skip


def test_a_pronoun_may_be_the_subject_of_the_sentence_before() -> None:
    text = "Karl Lund came to the island on Monday. He said the mine was safe."
    assert resolve(text, "He") == ["Karl Lund"]


def test_what_people_are_called_by_their_descent_is_no_name() -> None:
    text = "A Native American leader met Karl Lund. He said the mine was safe."
    assert resolve(text, "He") == ["Karl Lund"]


@pytest.mark.parametrize(
    ("text", "sources", "meant"),
    [
        ("The port authority said yes. The transport ministry said no.",
         ("The port authority", "The transport ministry"), ["The port authority", "The transport ministry"]),
        ("The defence ministry said yes. The foreign ministry said no. The ministry said so again.",
         ("The defence ministry", "The foreign ministry", "The ministry"),
         ["The defence ministry", "The foreign ministry", "The foreign ministry"]),
        ("The police said two died. The hospital said five.", ("The police", "The hospital"),
         ["The police", "The hospital"]),
        ("The company said yes. The union said no.", ("The company", "The union"), ["The company", "The union"]),
        ("The Coast Watch said yes. The group said more.", ("The Coast Watch", "The group"),
         ["The Coast Watch", "The Coast Watch"]),
        ("Mayor Ann Berg said yes. The transport minister said no.", ("Mayor Ann Berg", "The transport minister"),
         ["Mayor Ann Berg", "The transport minister"]),
        ("Ann Berg, the transport minister, said yes. The transport minister said more.",
         ("Ann Berg", "The transport minister"), ["Ann Berg", "Ann Berg"]),
    ],
)  # fmt: skip
def test_two_bodies_are_two_voices(text: str, sources: tuple[str, ...], meant: list[str]) -> None:
    assert resolve(text, *sources) == meant


def test_a_role_is_the_source_that_has_it() -> None:
    text = "Karl Lund, spokesman of the Harbour Ministry, said no. The ministry said more. The spokesman said less."
    assert resolve(text, "Karl Lund", "The ministry", "The spokesman") == ["Karl Lund", "Harbour Ministry", "Karl Lund"]


def test_the_authors_own_i_is_nobody_else() -> None:
    resolver = Resolver("I think so.")
    assert resolver.resolve(0, 1).own


# -- statements


def voice(text: str, who: str, cue: str, content: str) -> build.Voice:
    at = text.index(content)
    c = text.index(cue)
    a = Attribution(
        source=Span(start=text.index(who), end=text.index(who) + len(who)),
        cue=Span(start=c, end=c + len(cue)),
        content=(Span(start=at, end=at + len(content)),),
    )
    found = cues.classify(cue)
    return build.Voice(a, found, cue, (who,), ("person",), found.polarity, found.factuality)


def said(text: str, *voices: build.Voice) -> list[tuple[tuple[str, ...], str, str]]:
    found = build.statements(document(text), sentences(text), voices)
    return [(s.holders, s.polarity, s.text) for s in found]


def test_own_voice_alone() -> None:
    assert said("The bridge is closed.") == [((), "asserts", "The bridge is closed.")]


def test_fully_attributed() -> None:
    text = "Lund denied that the bridge is closed."
    assert said(text, voice(text, "Lund", "denied", "that the bridge is closed")) == [
        (("Lund",), "disputes", "the bridge is closed")
    ]


def test_a_substantive_rest_is_the_documents_own() -> None:
    text = "Although the council voted for the new bridge in March, Lund said it will never be built."
    got = said(text, voice(text, "Lund", "said", "it will never be built"))
    assert got == [
        ((), "asserts", "the council voted for the new bridge in March"),
        (("Lund",), "asserts", "it will never be built"),
    ]


def test_a_chain_is_outermost_first() -> None:
    text = "The Gazette reported that the ministry denied that the bridge is closed."
    outer = voice(text, "The Gazette", "reported", "that the ministry denied that the bridge is closed")
    inner = voice(text, "the ministry", "denied", "that the bridge is closed")
    inner.holders = ("The Gazette", "the ministry")
    inner.kinds = ("outlet", "institution")
    outer.children.append(inner)
    assert said(text, outer) == [(("The Gazette", "the ministry"), "disputes", "the bridge is closed")]


def test_a_mere_name_brings_its_cue_along() -> None:
    text = "On Monday Lund criticised the treaty on the herring."
    got = said(text, voice(text, "Lund", "criticised", "the treaty on the herring"))
    assert got == [(("Lund",), "asserts", "Lund criticised the treaty on the herring")]


def test_what_is_left_of_a_sentence_keeps_its_subject() -> None:
    text = "The union met all of the owners and said the pit would close."
    v = voice(text, "The union", "said", "the pit would close")
    assert said(text, v)[0][2] == "The union met all of the owners"
    text = "How the mayor learned of it is unknown, and much of it was made up."
    v = voice(text, "the mayor", "learned", "How the mayor learned of it")
    assert said(text, v)[0][2] == text, "a rest whose subject is what was taken is the whole sentence"


def test_what_somebody_is_told_to_do_is_said_with_the_verb() -> None:
    text = "Pell urged the town to close the pit that the owners have flooded."
    v = voice(text, "Pell", "urged", "the town to close the pit that the owners have flooded")
    assert [s[2] for s in said(text, v)] == [text.rstrip(".")]
    text = "Pell said a plan to close the pit would be made."
    v = voice(text, "Pell", "said", "a plan to close the pit would be made")
    assert [s[2] for s in said(text, v)] == ["a plan to close the pit would be made"]


def test_a_relative_clause_is_no_statement_by_itself() -> None:
    text = "Calm matters most to the owners, who fear a strike at the pit."
    v = voice(text, "the owners", "fear", "who fear a strike at the pit")
    assert [s[2] for s in said(text, v)] == [text]
    text = "The pit closed, Pell said, a step that helped to ruin the town."
    assert [s[2] for s in said(text, voice(text, "Pell", "said", "The pit closed"))] == ["The pit closed"]


def test_a_pronoun_brings_the_sentence_before_as_context() -> None:
    text = "The bridge is old. It will close."
    found = build.statements(document(text), sentences(text), [])
    assert [s.context for s in found] == [None, "The bridge is old."]


# -- the reader


def test_importing_loads_no_model_library() -> None:
    code = "import sys, claims.voices, claims.detect; print('torch' in sys.modules or 'tokenizers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_tiny_model_reads_whole_and_the_same_each_time(tiny_models: tiny.Models) -> None:
    reader = VoiceReader(tiny_models.voices)
    text = "\n\n".join(tiny.article(i) for i in range(4))
    first = read(text, reader)
    assert first == read(text, reader)
    assert {s.index for s in first.sentences if s.is_claim} == {s.sentence_index for s in first.statements}
    assert all(text[s.start : s.end] == s.text and len(s.holders) == len(s.kinds) for s in first.statements)
    assert reader.attribute("") == []
    assert reader.read(document(""), []).statements == ()
    assert reader.name.startswith("voices-")


def test_a_missing_model_is_said() -> None:
    with pytest.raises(ModelError, match="reinstall"):
        VoiceReader("/nowhere").attribute("A text.")


ARTICLE = """The old bridge over the Sund will close in autumn.

Harbour Minister Ilse Brandt said the repairs would cost nine million euros. "We cannot wait another winter," \
she added. "The steel is rusting. Lorries must take the ferry."

The Coast Watch denied that the bridge is unsafe. According to the Lagoon Gazette, the group has not seen the report.

The ferry company bought two ships in May."""


def test_the_shipped_model_reads_an_article() -> None:
    got = by_sentence(read(ARTICLE))
    holders = {i: {s.holders for s in found} for i, found in got.items()}
    assert holders[0] == {()}
    assert holders[1] == {("Harbour Minister Ilse Brandt",)}
    assert holders[2] == {("Harbour Minister Ilse Brandt",)}
    assert all(h and "Brandt" in h[0] for i in (3, 4) for h in holders[i])
    assert holders[max(holders)] == {()}
    (denial,) = [s for found in got.values() for s in found if "unsafe" in s.text]
    assert denial.polarity == "disputes"
    assert denial.holders == ("The Coast Watch",)
    assert denial.text == "the bridge is unsafe"


def test_the_shipped_model_attributes() -> None:
    text = "The mine is safe, Karl Lund said on Monday."
    (found,) = VoiceReader().attribute(text)
    assert found.source is not None
    assert text[found.source.start : found.source.end] == "Karl Lund"
    assert text[found.content[0].start : found.content[0].end].startswith("The mine is safe")


def test_what_is_said_has_its_subject_and_its_main_clause() -> None:
    text = "Pell opened the pit in July and promised to keep it dry for years."
    v = voice(text, "Pell", "promised", "promised to keep it dry for years")
    assert said(text, v)[-1][2] == text
    text = "The pit is safe, Pell told the town, and is dry all year."
    v = voice(text, "Pell", "told", "The pit is safe")
    rest = text.index("and is dry")
    v.attribution = v.attribution.model_copy(
        update={"content": (*v.attribution.content, Span(start=rest, end=len(text) - 1))}
    )
    assert [s[2] for s in said(text, v)] == [text.rstrip(".")]
    text = "When the pit was closed, Pell said, the town lost its only work."
    v = voice(text, "Pell", "said", "When the pit was closed")
    assert said(text, v)[-1] == (("Pell",), "asserts", text), "a clause that hangs on another"


def test_a_year_is_no_part_of_who_speaks() -> None:
    from claims.voices.reader import _undated

    text = "In 1993 Norway said that the pit was closed."
    v = voice(text, "1993 Norway", "said", "that the pit was closed")
    found = _undated(text, v.attribution).source
    assert found is not None and text[found.start : found.end] == "Norway"
