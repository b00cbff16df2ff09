# ruff: noqa: E501  (sentences of invented articles)
"""Databases for the UI's tests and pictures, written with plain inserts: the UI is tested without the engine's models.

``python tests/tui_database.py FILE [small|twice|large|hostile]`` writes one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.store import Store
from claims.voices.names import key_of
from db import migrate


@dataclass(frozen=True)
class Said:
    """One sentence of an article: a claim's key (or none), the stance, the holders, what of it was said."""

    text: str
    claim: str | None = None
    stance: str = "asserts"
    holders: tuple[str, ...] = ()
    content: str | None = None
    cue: str | None = None
    score: float = 0.9
    factuality: str = "plain"
    reason: str = "judge: entails the claim"
    by_hand: bool = False
    break_before: str = " "


@dataclass(frozen=True)
class Article:
    """An article to store."""

    path: str
    outlet: str | None
    title: str | None
    published: str | None
    said: tuple[Said, ...]
    url: str | None = None
    author: str | None = None
    via: str | None = None


@dataclass
class Builder:
    """Inserts articles; only what is derived from them is left to the store."""

    path: Path
    kinds: dict[str, str] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    pinned: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.db = sqlite3.connect(self.path)
        self.db.execute("PRAGMA foreign_keys = ON")
        migrate(self.db)
        self.run = self._insert("run", command="test", started="2026-01-01", settings="{}")
        self.sources: dict[str, int] = {}
        self.claims: dict[str, int] = {}

    def _insert(self, table: str, **values: object) -> int:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        cursor = self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))
        return int(cursor.lastrowid or 0)

    def source(self, name: str, kind: str = "institution") -> int:
        """A source's id, made where it is new."""
        if name not in self.sources:
            self.sources[name] = self._insert("source", name=name, kind=self.kinds.get(name, kind))
            self._insert("alias", key=key_of(name), name=name, source_id=self.sources[name])
        return self.sources[name]

    def claim(self, key: str) -> int:
        """A claim's id, made where it is new."""
        if key not in self.claims:
            self.claims[key] = self._insert("claim", text=self.wordings.get(key, key), pinned=int(key in self.pinned))
        return self.claims[key]

    def add(self, article: Article) -> int:
        """Store an article with its sentences and marks."""
        outlet = self.source(article.outlet or article.path, "outlet" if article.outlet else "document")
        text, spans = "", []
        for number, said in enumerate(article.said):
            text += said.break_before if number else ""
            spans.append((len(text), len(text) + len(said.text)))
            text += said.text
        document = self._insert(
            "document", sha256=hashlib.sha256((article.path + text).encode()).hexdigest(), path=article.path,
            url=article.url, outlet=article.outlet, via=article.via, author=article.author, title=article.title,
            published=article.published, language="en", encoding="utf-8", text=text, source_id=outlet, run_id=self.run,
        )  # fmt: skip
        for index, (said, (start, end)) in enumerate(zip(article.said, spans, strict=True)):
            sentence = self._insert(
                "sentence", document_id=document, idx=index, start=start, end=end, kind="sentence",
                is_claim=int(said.claim is not None), score=said.score,
            )  # fmt: skip
            self.db.execute("INSERT INTO sentence_fts(rowid, text) VALUES (?, ?)", [sentence, said.text])
            if said.claim is None:
                continue
            at = said.text.find(said.content) if said.content else 0
            length = len(said.content) if said.content else len(said.text)
            holder = self.source(said.holders[-1]) if said.holders else outlet
            self._insert(
                "mention", claim_id=self.claim(said.claim), document_id=document, sentence_id=sentence,
                start=start + at, end=start + at + length, source_id=holder, holders=json.dumps(list(said.holders)),
                stance=said.stance, score=said.score, reason=said.reason, polarity="asserts", factuality=said.factuality,
                cue=said.cue, text_hash="0", by_hand=int(said.by_hand),
            )  # fmt: skip
        return document

    def finish(self) -> None:
        """Count, commit, close."""
        self.db.commit()
        self.db.close()
        store = Store.open(self.path)
        with store.transaction():
            store.restand(self.claims.values())
        store.close()


WORDINGS = {
    "dam": "The Halvern dam was structurally unsound before the spring floods.",
    "warned": "Ministry engineers warned of cracks in the Halvern dam two years before it failed.",
    "toll": "The collapse of the Halvern dam killed 41 people.",
    "rain": "Record rainfall alone explains the collapse.",
    "funds": "Money meant for repairs was spent on the coastal motorway.",
    "talks": "Orsted and Valmark have reopened talks on sharing the river's water.",
    "resign": "Minister Ilse Brandt offered to resign over the dam.",
    "foreign": "Valmark's upstream releases made the flood worse.",
    "rebuild": "Rebuilding the dam will take at least six years.",
    "aid": "The Union has promised 300 million in reconstruction aid.",
    "cover": "The inspection report of 2021 was withheld from parliament.",
    "lower": "The new dam at Halvern will be lower.",
    "fish": "The river's salmon run will not recover within a decade.",
}


def story() -> list[Article]:
    """Invented articles about an invented dam: contested, agreed, denied, reported, pinned."""
    ministry, brandt, engineers = "the Ministry of Water", "Ilse Brandt", "the Engineers' Guild"
    deny: dict[str, Any] = {
        "stance": "disputes",
        "cue": "denied",
        "reason": "judge: contradicts; cue “denied” turns it",
    }
    return [
        Article("articles/courier-0412.md", "The Orsted Courier", "What the engineers knew about Halvern", "2024-04-12", (
            Said("The Halvern dam was already unsound when the spring floods came, according to documents seen by this newspaper.",
                 "dam", content="The Halvern dam was already unsound when the spring floods came", cue="according to"),
            Said("The Engineers' Guild said that its members had warned the ministry of cracks as early as 2022.", "warned",
                 holders=(engineers,), content="its members had warned the ministry of cracks as early as 2022", cue="said"),
            Said("The Ministry of Water denied that any such warning had reached it.", "warned", **deny,
                 holders=(ministry,), content="any such warning had reached it", score=0.94),
            Said("Forty-one people died in the valley below.", "toll", score=0.97),
            Said("“Not one coin of the repair fund went anywhere else,” Ilse Brandt told parliament, rejecting the charge that "
                 "it had paid for the coastal motorway.", "funds", "disputes", (brandt,),
                 "Not one coin of the repair fund went anywhere else", "told", 0.88,
                 reason="judge: contradicts the claim; quotation"),
            Said("The weather service measured 190 millimetres in two days, the most since records began.",
                 break_before="\n\n"),
            Said("The minister is said to have offered her resignation on Tuesday evening.", "resign", "reports",
                 score=0.71, factuality="distanced", cue="is said to"),
        ), "https://courier.example/halvern-engineers", "Mara Lindqvist"),
        Article("articles/tribune-0413.md", "Valmark Tribune", "Orsted looks upstream for someone to blame", "2024-04-13", (
            Said("No dam built for that valley would have held: the rain alone accounts for what happened at Halvern.", "rain",
                 content="the rain alone accounts for what happened at Halvern"),
            Said("Valmark's water board rejected as “a fairy tale” the Ministry of Water's assertion that releases "
                 "upstream had worsened the flood.", "foreign", "disputes", ("Valmark's water board",),
                 "releases upstream had worsened the flood", "rejected", 0.96, reason="judge: neutral; cue “rejected” disputes"),
            Said("The Ministry of Water, quoted by state radio, insists that Valmark opened its gates without notice and made "
                 "the flood worse.", "foreign", "asserts", ("state radio", ministry),
                 "Valmark opened its gates without notice and made the flood worse", "insists", 0.91),
            Said("Engineers who inspected the wall in 2021 found it sound, the board added.", "dam", "disputes",
                 ("Valmark's water board",), "Engineers who inspected the wall in 2021 found it sound", "added", 0.83),
            Said("Talks on sharing the river resumed this week after a pause of three years.", "talks"),
        ), "https://tribune.example/upstream"),
        Article("articles/observer-0415.md", "Coastal Observer", "Motorway money", "2024-04-15", (
            Said("Budget papers show that 60 million set aside for the dam's repair was spent on the coastal motorway.", "funds",
                 content="60 million set aside for the dam's repair was spent on the coastal motorway", score=0.93),
            Said("The wall at Halvern had been failing for years.", "dam"),
            Said("An inspection report from 2021 never reached parliament, three deputies said.", "cover", "asserts",
                 ("three deputies",), "An inspection report from 2021 never reached parliament", "said"),
            Said("At least 41 people were killed.", "toll"),
            Said("It was not the rain: a sound dam would have stood.", "rain", "disputes", score=0.86),
            Said("The Ministry of Water says that it knew of no warning.", "warned", "disputes", (ministry,),
                 "it knew of no warning", "says", 0.9),
            Said("Salmon will not return to the river in our lifetime, fishermen fear.", "fish", "asserts",
                 ("fishermen",), "Salmon will not return to the river in our lifetime", "fear", 0.68, "hedged"),
        ), "https://observer.example/motorway-money", "Tomas Reke"),
        Article("articles/radio-0416.txt", "State Radio Orsted", "Minister answers her critics", "2024-04-16", (
            Said("The minister, Ilse Brandt, said the dam had passed every inspection and was sound until the night of the flood.",
                 "dam", "disputes", (brandt,), "the dam had passed every inspection and was sound until the night of the flood",
                 "said", 0.95, reason="judge: contradicts the claim", by_hand=True),
            Said("She said that nothing but the heaviest rain on record had brought it down.", "rain", "asserts", (brandt,),
                 "nothing but the heaviest rain on record had brought it down", "said", 0.92),
            Said("The death toll stands at 41.", "toll"),
            Said("The Union will give 300 million for rebuilding.", "aid"),
            Said("Work on a new dam will last six years at the least, the ministry expects.", "rebuild", "asserts", (ministry,),
                 "Work on a new dam will last six years at the least", "expects", 0.8, "hedged"),
            Said("Rumours that she had offered to resign were invented, Ms Brandt said.", "resign", "disputes", (brandt,),
                 "Rumours that she had offered to resign were invented", "said", 0.9),
        )),
        Article("articles/weekly-0421.html", "The Weekly Ledger", "Anatomy of a collapse", "2024-04-21", (
            Said("Minister Ilse Brandt offered her resignation on the night after the flood, two members of the cabinet confirmed.",
                 "resign", "asserts", ("two members of the cabinet",),
                 "Minister Ilse Brandt offered her resignation on the night after the flood", "confirmed", 0.94),
            Said("The Engineers' Guild calls the wall “a ruin with water behind it” well before the rain.", "dam", "asserts",
                 (engineers,), "the wall “a ruin with water behind it” well before the rain", "calls", 0.87),
            Said("Two letters in which ministry engineers warned of cracks lie before us.", "warned"),
            Said("Negotiators of both countries met again over the river's water.", "talks"),
            Said("The Union has pledged 300 million to rebuild.", "aid"),
        ), "https://ledger.example/anatomy", "Jun Okabe", "Northern Wire"),
        Article("articles/undated.txt", None, None, None, (
            Said("Whoever says that upstream releases did it has not looked at the gauges.", "foreign", "disputes", score=0.77),
            Said("The 2021 report was kept from parliament.", "cover"),
        )),
    ]  # fmt: skip


KINDS = {
    "Ilse Brandt": "person", "the Engineers' Guild": "group", "two members of the cabinet": "unnamed",
    "three deputies": "unnamed", "fishermen": "unnamed", "state radio": "outlet",
}  # fmt: skip


def small(path: Path) -> Path:
    """The story of the dam."""
    builder = Builder(path, kinds=KINDS, wordings=WORDINGS, pinned={"toll"})
    for article in story():
        builder.add(article)
    builder.finish()
    return path


LATER = "2026-06-01T08:00:00+00:00"
"""When the second ingest of :func:`twice` began."""


def twice(path: Path) -> Path:
    """The story, and a second ingest: the minister turns, the toll is doubted, a claim is new, a text is reprinted."""
    builder = Builder(path, kinds=KINDS, wordings=WORDINGS, pinned={"toll", "talks"})
    first = [builder.add(article) for article in story()]
    builder.run = builder._insert("run", command="ingest", started=LATER, settings="{}")
    builder.add(Article("articles/observer-0902.md", "Coastal Observer", "She gives in", "2024-09-02", (
        Said("The dam was unsound, Ilse Brandt admitted.", "dam", "asserts", ("Ilse Brandt",), "The dam was unsound", "admitted"),
        Said("58 people died at Halvern, a pamphlet claims.", "toll", "disputes", ("a pamphlet",)),
        Said("The new dam will be lower.", "lower"),
        Said("It will be a lower dam.", "lower"),
    ), "https://observer.example/she-gives-in"))  # fmt: skip
    reprint = builder.add(
        Article("articles/post-0502.html", "Northern Post", "What they knew", "2024-05-02", story()[0].said[:2], via="The Orsted Courier")
    )  # fmt: skip
    builder.db.execute("UPDATE document SET origin_id = ? WHERE id = ?", [first[0], reprint])
    builder.finish()
    return path


def empty(path: Path) -> Path:
    """A database that nothing was ingested into."""
    Builder(path).finish()
    return path


def large(path: Path, claims: int = 3_000) -> Path:
    """The story among a few thousand claims, two sentences each."""
    builder = Builder(path, kinds=KINDS, wordings=WORDINGS)
    for article in story():
        builder.add(article)
    outlets = [f"Outlet {n:02}" for n in range(40)]
    for block in range(0, claims, 50):
        for copy in range(2):
            said = tuple(
                Said(f"District {n} counted {n * 7} ballots by hand in the {('first', 'second')[copy]} round.",
                     f"District {n} counted {n * 7} ballots by hand.",
                     "disputes" if copy and n % 9 == 0 else "asserts", (f"Board {n % 60:02}",) if n % 3 == 0 else ())
                for n in range(block, min(block + 50, claims))
            )  # fmt: skip
            outlet = outlets[(block // 50 + copy * 7) % len(outlets)]
            builder.add(
                Article(
                    f"ballots/{block}-{copy}.txt",
                    outlet,
                    f"Ballots {block}",
                    f"2023-{1 + block % 12:02}-0{1 + copy}",
                    said,
                )
            )
    builder.finish()
    return path


HOSTILE = "\x1b[31mred\x1b]0;title\x07 [bold]markup[/bold] [/] [@click=app.quit]x[/] \u202egnirts\u202c z\u200bw \u0000 \x9b2J 漢字かな ﷽ e\u0301\u0301\u0301\u0301\u0301 👩\u200d👩\u200d👧 [link=x]\r\n"


def hostile(path: Path, length: int = 5_000_000) -> Path:
    """Text that means harm, and one line of five million code points."""
    text = HOSTILE.replace("\u0000", "\u2400")
    builder = Builder(path, wordings={"h": text + " claim", "long": "word " * 20_000})
    evil = "Evil " + text
    builder.add(Article("\x1b[2Jpath", evil, text, "2024-\x1b[1m", (
        Said("He said " + text + " and left.", "h", "asserts", (evil, text), text, text[:20], reason=text),
        Said("x" * (length // 2) + " " + "long words " * (length // 22), "long", "disputes"),
    ), "javascript:\x1b[0m"))  # fmt: skip
    builder.add(Article("b", "B", "b", "2024", (Said("No " + text, "h", "disputes"), Said("y " * 5_000, "long"))))
    builder.finish()
    return path


if __name__ == "__main__":
    makers = {"small": small, "twice": twice, "large": large, "hostile": hostile, "empty": empty}
    makers[sys.argv[2] if len(sys.argv) > 2 else "small"](Path(sys.argv[1]))
