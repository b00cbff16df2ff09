"""Sentence boundaries. All texts are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.models import Document, Span
from claims.sentences import MAX_SENTENCE, split


def doc(text: str, path: str = "a.txt", boilerplate: tuple[Span, ...] = ()) -> Document:
    return Document(path=path, sha256="0", text=text, boilerplate=boilerplate)


def texts(text: str, path: str = "a.txt") -> list[str]:
    return [s.text for s in split(doc(text, path))]


# One case a line; "|" marks each boundary, "~" text that belongs to no sentence.
CASES = [
    "Mr. Varn met Gen. A. B. Dane in St. Ostmark.|It rained.",
    "The U.S. President left the U.S. In May he came back.".replace(". In", ".|In"),
    "Lake Bank Ltd. closed it.|Lake Bank Ltd. The clerk left.".replace("Ltd. The", "Ltd.|The"),
    "He came at 5 p.m. Tuesday.|She left at 6 p.m. He stayed.".replace("p.m. He", "p.m.|He"),
    "No. 5 is lost.|He said no.|Then he left.",
    "He lived in Ostmark, D.C.|The house stood empty.",
    "They met on Jan. 5 and Sept. 6.|Nothing came of it.",
    "Sen. Will Dane (R-Hill.), who was there, agreed.|Rep. Poole did not.",
    "Dams, locks, mills, etc. were closed.|Nobody asked why.",
    "“It is lost.|We must go,” he said.|“Now.”",
    "“Is it lost?” he asked.|“Yes!” Ode Varn said.|“Go.”",
    "She asked, “Why now?”|The mayor did not answer.",
    "‘‘nothing shows that they change . . .|The degree of it will tell.’’|He left.",
    "He said, ‘‘No one should be let off.’’~118~This is the first time.",
    "He said it was so.[12]|The other said no.",
    "They claimed a win.118 The other side laughed.".replace("118 The", "~118~The"),
    "We hear … that they left.|They say … nothing.",
    "It cannot be a bystander....|Some worry [that it] ... could lose.~...~As long as it stands, it stands.",
    "There were no talks between the two. ... The present state should be normal.".replace(" ... ", "~...~"),
    "It was only seen after he left.~2a -~The first time he came by train.",
    "It rarely made policy.|upper-level talks seem to have ceased.",
    "He spoke of the U.S. China may act.".replace("U.S. C", "U.S. C"),
    "The price rose 3.5 percent to $1.20.|It fell again.",
    "See www.example.com/a.b?c=d for more.|Or ask.",
    "Growth was 2.|5 towns grew.".replace("2.|5", "2. 5") if False else "Growth slowed.|5 towns grew.",
    "It reads: “Keep your word.”|Another came.",
    'He argued that they are "tied – one needs the rope, and the other the anchor".|Once close, they drift.',
    "“Ultimately, it is likely that they would prefer the one to the other,”",
    "The vote was close in the hill towns",
    "(He was not there.)|(She was.)",
    "World War I. The next one came.".replace("I. The", "I.|The"),
    "It is part of Plan B.|He knew it.",
    "Dr. Long came.|J. K. Poole went.|O. Varn stayed.",
    "“He wouldn’t go there.|But finally he did.”|So it was.",
    "MR. VARN LEFT OSTMARK.|The SEC did not.",
    "He sat.|It was a mass.|Some met Dr. No there.",
    "Varn will am 5. Mai gehen.|Er sagte es.",
    "I. Charles Poole, the inspector, agreed.|Who am I?|I.",
    "大坝决堤了。|市长说没有人受伤。",
]


@pytest.mark.parametrize("case", CASES)
def test_boundaries(case: str) -> None:
    plain = case.replace("|", " ").replace("~", " ").replace("。 ", "。").replace("towns ", "towns ")
    wanted = [p for i, part in enumerate(case.split("|")) for p in part.split("~")[::2]]
    if "118~The other" in case:
        plain = plain.replace(" 118", "118")
    if "[12]" in case:
        wanted = ["He said it was so.[12]", "The other said no."]
    assert texts(plain) == wanted


def test_offsets_are_exact_and_paragraphs_end_sentences() -> None:
    text = "\ufeff  The dam broke\r\n\u00a0\r\nNobody was hurt,\u00a0the mayor said.\u00a0\r\n\x00\nIt rained. "
    found = split(doc(text))
    assert [s.text for s in found] == ["The dam broke", "Nobody was hurt,\u00a0the mayor said.", "It rained."]
    assert all(text[s.start : s.end] == s.text for s in found)
    assert [s.index for s in found] == [0, 1, 2]


def test_quotation_over_paragraphs_is_split_in_each() -> None:
    text = (
        'The paper wrote that "the ties are old and firm. They will hold.\n\n"To begin with, both sides gain.\n\n'
        '"Some try to harm them. They will fail."\n\nHe read a poem of peace and closed the book.\n\n'
        "“unending work to build on the old ties.\n\nOn July 1, he left."
    )
    assert texts(text) == [
        'The paper wrote that "the ties are old and firm.', "They will hold.", '"To begin with, both sides gain.',
        '"Some try to harm them.', 'They will fail."', "He read a poem of peace and closed the book.",
        "“unending work to build on the old ties.", "On July 1, he left.",
    ]  # fmt: skip


def test_headings() -> None:
    text = (
        "The dam broke at dawn, and nobody was hurt.\n\nA Decline in Visits\n\nThe visits became rare.\n\n"
        "“Who pays”\n\nWhy Did It Happen?\n\nBut why now?\n\n“A quotation without an end,”\n\nit went on.\n\nNobody "
        "knows."
    )
    assert [s.text for s in split(doc(text)) if s.kind == "heading"] == [
        "A Decline in Visits",
        "“Who pays”",
        "Why Did It Happen?",
    ]
    assert all(s.is_claim != (s.kind == "heading") for s in split(doc(text)))


def test_boilerplate_is_skipped() -> None:
    text = "By Ann Poole\nThe dam broke. Nobody was hurt.\nShare this"
    spans = (Span(start=0, end=12), Span(start=45, end=len(text)))
    assert [s.text for s in split(doc(text, boilerplate=spans))] == ["The dam broke.", "Nobody was hurt."]


def test_wrapped_text_is_joined() -> None:
    lines = [
        "The dam at Ostmark broke at dawn on Monday, and the lower town",
        "was flooded within an hour. Engineers had warned of cracks since",
        "the spring, but the harbour board denies that it was told of",
        "them. It will meet on Friday.",
        "",
        "The boatmen have called for a strike. They want the board to go",
        "before the winter, and the mayor agrees with them.",
    ]
    text = "\n".join(lines)
    assert len(split(doc(text))) == 5
    assert (
        texts(text)[0].replace("\n", " ")
        == "The dam at Ostmark broke at dawn on Monday, and the lower town was flooded within an hour."
    )


def test_markdown() -> None:
    lines = [
        "## What comes next ##",
        "",
        "1. The board meets",
        "   on Friday.",
        "2. The boatmen strike.",
        "> A quotation. It is long.",
    ]
    text = "\n".join(lines)
    assert texts(text, "a.md") == [
        "What comes next",
        "The board meets\n   on Friday.",
        "The boatmen strike.",
        "A quotation.",
        "It is long.",
    ]


def test_bullets_are_sentences() -> None:
    text = "The board decided three things on Monday.\n\n• Tolls will go up by half\n• Boats over ten tons must wait\n"
    assert [(s.text, s.kind) for s in split(doc(text))][1:] == [
        ("Tolls will go up by half", "sentence"),
        ("Boats over ten tons must wait", "sentence"),
    ]


def test_a_stretch_without_an_end_is_cut() -> None:
    found = split(doc("word " * 3000))
    assert all(len(s.text) <= MAX_SENTENCE for s in found)
    assert sum(len(s.text) + 1 for s in found) == 15_000


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="Aa1 .,!?…\"'“”‘’()[]-\n\r\u00a0\x00\ufeffé。", max_size=200))
def test_any_text_splits_into_spans_of_itself(text: str) -> None:
    found = split(doc(text))
    assert all(text[s.start : s.end] == s.text and s.text.strip() == s.text and s.text for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["The dam broke.", "Mr. Varn left!", "“Why?” he asked.", "It fell 3.5 percent.", "No."]),
        max_size=12,
    )
)
def test_sentences_put_together_come_apart_again(parts: list[str]) -> None:
    assert texts(" ".join(parts)) == parts
