"""Cheap changes to training pairs that teach what off-the-shelf pair models get wrong: who says it, and how.

A premise in news is often reported speech, a denial, a hedge or a question.  Each change keeps or sets the label by
construction; the speakers are roles, never names.  Shares are small, so that the labelled pairs stay in charge.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from claims.training.judge_data import Row, overlap, words

ENTAILED, NEUTRAL, CONTRADICTED = 0, 1, 2

SPEAKERS = (
    "The ministry", "A spokeswoman", "A spokesman for the company", "Officials", "The company", "Police",
    "Researchers", "The minister", "The union", "The mayor", "A senior official", "The bank", "The agency",
    "Witnesses", "The opposition", "The government", "Local media", "The report", "The commission", "Prosecutors",
    "The chief executive", "Campaigners", "She", "He", "The newspaper", "State television",
)  # fmt: skip
SAYS = (
    "said",
    "said that",
    "confirmed that",
    "announced that",
    "told reporters that",
    "reported that",
    "stressed that",
)
DENIES = (
    "denied that", "rejected claims that", "denied reports that", "dismissed as false the claim that",
    "called it untrue that", "disputed that", "said it was not true that", "refuted the report that",
    "said there was no evidence that", "insisted it was a lie that", "contradicted the statement that",
)  # fmt: skip
OPENS = (
    "did not say whether", "would not confirm that", "asked whether", "could not confirm that",
    "neither confirmed nor denied that", "was investigating whether", "declined to comment on whether",
    "did not deny that", "wondered whether", "said it was too early to know whether", "was unsure whether",
    "warned it would be bad if",
)  # fmt: skip
FALSE = ("It is not true that {}.", "The claim that {} is false.", "No, {} is a hoax: it never happened.",
         "Reports that {} have been debunked.", "Contrary to reports, it is not the case that {}.",
         "There is no truth in the rumour that {}.")  # fmt: skip
OPEN = ("It is unclear whether {}.", "There are unconfirmed rumours that {}.", "Is it true that {}?",
        "It remains to be seen whether {}.", "Nobody knows yet if {}.", "It would be a surprise if {}.")  # fmt: skip
TRUE = (
    "It is true that {}.",
    "It has been confirmed that {}.",
    "There is no doubt that {}.",
    "It is not false that {}.",
)

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w.,]*\d)")
SPELLED = {
    "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
    "10": "ten", "11": "eleven", "12": "twelve",
}  # fmt: skip
COMMON = frozenset({"the", "a", "an", "there", "it", "he", "she", "they", "this", "these", "some", "in", "no", "we"})
LIMIT = 40  # words: a longer text inside a frame reads like nothing anybody writes


def clause(text: str) -> str:
    """A sentence as a subordinate clause: no final stop, a common first word in lower case."""
    text = text.strip().rstrip(".!?\"' ")
    first = text.split(" ", 1)[0]
    if first.lower() in COMMON:
        text = text[0].lower() + text[1:]
    return text


def framable(text: str) -> bool:
    """Whether a text can stand after "said that": one short sentence, no question."""
    body = text.strip()
    return 4 <= len(body.split()) <= LIMIT and "?" not in body and not re.search(r"[.!?] +[A-Z]", body)


def frame(text: str, kind: int, rng: random.Random) -> str:
    """``text`` asserted (``ENTAILED``), left open (``NEUTRAL``) or denied (``CONTRADICTED``) by somebody."""
    said = clause(text)
    if rng.random() < 0.35:
        return rng.choice((TRUE, OPEN, FALSE)[kind]).format(said)
    verbs = (SAYS, OPENS, DENIES)[kind]
    return f"{rng.choice(SPEAKERS)} {rng.choice(verbs)} {said}."


def framed(row: Row, rng: random.Random) -> Row | None:
    """The pair with its premise framed; the hypothesis itself serves as premise half of the time.

    An asserting frame keeps any label.  A denial or an open frame is only built over an entailing premise that says
    about the same as the hypothesis: denying more than the hypothesis says would not deny the hypothesis.
    """
    # Entailed rows give two thirds of their frames away: the others hold back, lest "said" hint at a label.
    if row.label != ENTAILED:
        keep = rng.random() < 0.35 and framable(row.premise)
        return replace(row, premise=frame(row.premise, ENTAILED, rng)) if keep else None
    kind = rng.choices((ENTAILED, NEUTRAL, CONTRADICTED), (0.4, 0.25, 0.35))[0]
    near = overlap(words(row.premise), words(row.hypothesis)) >= 0.45
    share = 0.75 if kind == ENTAILED else 0.6 if near else 0.0
    premise = row.premise if rng.random() < share else row.hypothesis
    if not framable(premise):
        return None
    return replace(row, premise=frame(premise, kind, rng), label=kind, soft=None)


def renumbered(row: Row, rng: random.Random) -> Row | None:
    """An entailed pair that shares a number: another number contradicts, the same one spelled out does not."""
    if row.label != ENTAILED:
        return None
    shared = [
        m for m in NUMBER.finditer(row.hypothesis) if re.search(rf"(?<![\w.,]){re.escape(m[0])}(?![\w])", row.premise)
    ]
    if not shared:
        return None
    hit = rng.choice(shared)
    if hit[0] in SPELLED and rng.random() < 0.4:
        new, label = SPELLED[hit[0]], ENTAILED
    else:
        value = float(hit[0].replace(",", ""))
        year = 1500 < value < 2100 and "," not in hit[0]
        near = year or value < 20
        other = value + rng.choice((-7, -3, -2, -1, 1, 2, 4, 9)) if near else value * rng.choice((0.3, 0.5, 2, 3))
        whole = "." not in hit[0]
        other = max(1, round(other)) if whole else round(max(0.1, other), 1)
        new = f"{other:,}" if "," in hit[0] else str(other)
        label = CONTRADICTED
        if new == hit[0]:
            return None
    text = row.hypothesis[: hit.start()] + new + row.hypothesis[hit.end() :]
    return replace(row, hypothesis=text, label=label, soft=None)


def swapped(row: Row, rng: random.Random) -> Row | None:
    """The pair the other way round, where the label survives it: contradictions, most neutrals, headline and claim."""
    if row.label == ENTAILED and not row.set.startswith("emergent"):
        return None
    return replace(row, premise=row.hypothesis, hypothesis=row.premise, soft=None)


def augment(row: Row, rng: random.Random) -> Row:
    """At most one change to a labelled row of the public sets; rows without a label (distillation) pass unchanged."""
    draw = rng.random()
    if row.label is None or row.set == "stories":  # stories frame what is said as newspapers do
        return row
    made: Row | None = None
    if draw < 0.10:
        made = framed(row, rng)
    elif draw < 0.18:
        made = renumbered(row, rng)
    elif draw < 0.24 and not row.set.startswith(("fnc1", "argkp", "liar", "politihop", "covidfact", "climate")):
        made = swapped(row, rng)
    return made or row
