"""But for what two texts differ in, do they say the same? It tells a dispute from a change of subject.

Pair models take "The bank never lent to the club" and "The bank lent to the club's owner" for a contradiction: the
words are shared and one says no. But with the no taken out the second does not say the first, so that both can be true.
This is the turn that natural logic makes (MacCartney and Manning 2009): a text contradicts "not X" only where it
says X.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from claims.contrast import negations, opposites
from claims.quantities import figures, other_number

POSITIVE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.I), to)
    for pattern, to in (
        (r"\b(?:can['’]t|cannot)\b", "can"),
        (r"\bwon['’]t\b", "will"),
        (r"\bain['’]t\b", "is"),
        (r"n['’]t\b", ""),
        (r"\b(?:do|does|did) not\b", ""),
        (r"\bno longer\b", "still"),
        (r"\b(?:in fact|at all|actually|really|indeed|ever|any ?more|so far)\b", ""),  # what only goes with a no
        (r"\b(?:no one|nobody|none)\b", "somebody"),
        (r"\bnothing\b", "something"),
        (r"\bneither\b", "both"),
        (r"\bnor\b", "and"),
        (r"\bwithout\b", "with"),
        (r"\bunable\b", "able"),
        (r"\b(?:untrue|false)\b", "true"),
        (r"\bfalsely\b", "truly"),
        (r"\bmyth\b", "fact"),
        (r"\black(?:s|ed)?\b", "has"),
        (r"\b(?:failed|fails?|declin(?:e|es|ed)|refus(?:e|es|ed|ing)) to\b", "did"),
        (r"\b(?:denie[sd]|deny|rejected|ruled out)\b", "confirmed"),
        (r"\b(?:not|never|no|hardly|barely)\b", ""),
    )
)
"""What a text says without its "no", word by word: general English, good enough for a model to read."""


CLAUSE = re.compile(
    r"[;:—–]\s+|,?\s+(?:but|although|though|whereas|because)\s+|,\s+(?:and|while|which|who|as|since|so|with|\w+ing)\s+"
)
"""Where a clause ends that a "no" does not reach beyond."""


def turned_clause(text: str) -> str:
    """The clause of a text that says no; all of it where none of its clauses does, or several do."""
    saying = [part for part in CLAUSE.split(text) if negations(part)]
    return saying[0] if len(saying) == 1 and len(saying[0].split()) > 2 else text


def positive(text: str) -> str:
    """What a text denies: its clause that says no, with every "no" taken out."""
    text = turned_clause(text)
    for pattern, to in POSITIVE:
        text = pattern.sub(to, text)
    return " ".join(text.split())


def but_for(said: str, wording: str) -> tuple[str, str] | None:
    """What to ask (premise, hypothesis): does the one text say the other once what they differ in is evened out?

    None where the words do not show what they differ in.
    """
    if differ := other_number(said, wording):
        ours, theirs = differ
        alone = rf"(?<![\w.,]){re.escape(ours.text)}(?!\w)"  # "5" stands in "2015" as well
        return re.sub(alone, lambda _: theirs.text, figures(said)), figures(wording)
    if pair := opposites(said, wording):
        return re.sub(rf"\b{re.escape(pair[0])}\b", pair[1], said), wording
    if negations(said) % 2 == negations(wording) % 2:
        return None
    return (wording, positive(said)) if negations(said) % 2 else (said, positive(wording))
