"""What the tests of reading share: an invented article, the same as a web page, and ways to read it back."""

from __future__ import annotations

from pathlib import Path

from claims.errors import InputError
from claims.models import Document
from claims.read import read
from claims.sentences import split

ARTICLE = (
    "The dam at Ostmark broke at dawn on Monday, and the lower town was flooded within an hour, the mayor said.",
    "Engineers had warned of cracks since the spring. The harbour board denies that it was told of them.",
    "“We were never told,” said Ode Varn, who heads the board. “Had we known, we would have closed the road.”",
    "The board will meet on Friday, and the boatmen have called for a strike if nobody resigns before then.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dam breaks | Example Times</title>
<meta property="og:site_name" content="Example Times"><meta property="og:title" content="Dam breaks at Ostmark">
<meta name="author" content="Ann Poole"><meta property="article:published_time" content="2021-06-30T08:00:00Z">
<meta property="article:modified_time" content="2022-01-01"><link rel="canonical" href="https://example.com/dam">
<script>var x = "never shown";</script></head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Dam breaks at Ostmark</h1>{"".join(f"<p>{p}</p>" for p in ARTICLE)}</article>
<footer>© 2021 Example Times. All rights reserved.</footer></body></html>"""


def one(path: Path | str, **options: object) -> Document:
    found = list(read(str(path), **options))  # type: ignore[arg-type]
    assert len(found) == 1
    assert isinstance(found[0], Document), found[0]
    return found[0]


def all_of(path: Path | str, **options: object) -> list[Document | InputError]:
    return list(read(str(path), **options))  # type: ignore[arg-type]


def holds_article(document: Document) -> bool:
    joined = " ".join(s.text for s in split(document))
    return all(" ".join(p.split()) in " ".join(joined.split()) for p in ARTICLE)
