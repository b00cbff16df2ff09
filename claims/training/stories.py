"""The stories written for this project: claims with sentences that assert, dispute or only touch them.

Public pair sets ask whether one plain sentence follows from another. A newspaper rarely says a claim so plainly: it
supports a general claim by a fact, lets somebody deny it inside a subordinate clause, or speaks of the same people and
means something else. The files in ``stories/`` hold such sentences on a thousand claims; they were written for this
purpose by language models and are under the project's licence.

A file is a text of stories. A line begins with what it is::

    # topic of the story          = wording of a claim of the story
    + asserts the claim above     - disputes it
    ? is about it, without a side ~ near it, and says nothing for or against it
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from claims.training.judge_augment import CONTRADICTED, ENTAILED, NEUTRAL
from claims.training.judge_data import Row

FOLDER = Path(__file__).with_name("stories")

AGREE, DENY, BOTH_DENY = (0.8, 0.17, 0.03), (0.03, 0.17, 0.8), (0.65, 0.3, 0.05)
"""What two sentences on one claim are to each other, as (asserts, neutral, disputes): nobody marked them one by one."""
OTHER = (0.08, 0.84, 0.08)
"""The same of a sentence and another claim of its story: a cause that is asserted may well deny another cause."""
STRANGE = (0.02, 0.96, 0.02)
"""The same of sentences of two stories."""

HELD_OUT = 12
"""Of so many stories one is kept for measuring."""


@dataclass
class StoryClaim:
    """A claim's wording and the sentences on it, by the mark of their lines."""

    wording: str
    lines: dict[str, list[str]] = field(default_factory=lambda: {mark: [] for mark in "+-?~"})


@dataclass
class Story:
    """One subject with its claims."""

    topic: str
    claims: list[StoryClaim] = field(default_factory=list)


def read_stories(folder: Path = FOLDER) -> list[Story]:
    """All stories of a folder, in the order of its files. Raises ValueError at a line that is none of a story's."""
    stories: list[Story] = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark, _, text = line.strip().partition(" ")
            text = text.strip()
            if not mark:
                continue
            if mark == "#":
                stories.append(Story(text))
            elif mark == "=":
                stories[-1].claims.append(StoryClaim(text))
            elif mark in ("+", "-", "?", "~") and text:
                stories[-1].claims[-1].lines[mark].append(text)
            else:
                raise ValueError(f"{path}:{number}: no line of a story: {line[:60]!r}")
    return stories


def parts(stories: list[Story]) -> tuple[list[Story], list[Story]]:
    """(training, development): every :data:`HELD_OUT`-th story is for development."""
    kept = [s for i, s in enumerate(stories) if i % HELD_OUT == HELD_OUT - 1]
    return [s for i, s in enumerate(stories) if i % HELD_OUT != HELD_OUT - 1], kept


def marked(stories: list[Story]) -> list[Row]:
    """Each sentence against the wording that it stands under: what the writers marked, one by one."""
    labels = {"+": ENTAILED, "-": CONTRADICTED, "?": NEUTRAL, "~": NEUTRAL}
    return [
        Row(text, claim.wording, label, "stories", same=float(mark != "~"))
        for story in stories
        for claim in story.claims
        for mark, label in labels.items()
        for text in claim.lines[mark]
    ]


def derived(stories: list[Story], seed: int) -> list[Row]:
    """What follows for pairs that nobody marked: sentence against sentence, against other claims, other stories."""
    rng = random.Random(seed)
    out: list[Row] = []
    for i, story in enumerate(stories):
        for j, claim in enumerate(story.claims):
            out += _within(claim, rng)
            others = [c for k, c in enumerate(story.claims) if k != j]
            sides = claim.lines["+"] + claim.lines["-"]
            for text in sides:
                if others:
                    other = rng.choice(others)
                    out.append(Row(text, other.wording, None, "stories.other", OTHER, 0.0))
                    if rest := other.lines["+"] + other.lines["-"]:
                        out.append(Row(text, rng.choice(rest), None, "stories.other", OTHER, 0.0))
            stranger = rng.choice(stories[(i + rng.randrange(1, len(stories))) % len(stories)].claims)
            out.append(Row(rng.choice(sides), stranger.wording, None, "stories.strange", STRANGE, 0.0))
    rng.shuffle(out)
    return out


def _within(claim: StoryClaim, rng: random.Random) -> Iterator[Row]:
    """Sentences on one claim, each against one or two others; and against those that are only near it."""
    agree, deny, near = claim.lines["+"], claim.lines["-"], claim.lines["~"]
    for text in agree:
        for mate in rng.sample([t for t in agree if t != text], min(1, len(agree) - 1)):
            yield Row(text, mate, None, "stories.pair", AGREE, 1.0)
        if deny:
            one, two = rng.sample([text, rng.choice(deny)], 2)
            yield Row(one, two, None, "stories.pair", DENY, 1.0)
        if near:
            one, two = rng.sample([text, rng.choice(near)], 2)
            yield Row(one, two, None, "stories.pair", OTHER, 0.0)
    for text in deny:
        for mate in rng.sample([t for t in deny if t != text], min(1, len(deny) - 1)):
            yield Row(text, mate, None, "stories.pair", BOTH_DENY, 1.0)
