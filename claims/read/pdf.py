"""PDF, by pypdf: pages' lines are joined to paragraphs; running heads and page numbers are left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from claims.errors import InputError, SkippedInput
from claims.read.base import Given, Item, Options, Raw, document, sha256, too_big

SUFFIXES = (".pdf",)
MAX_PAGES = 2000
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?|[-–—] ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4}| ?[-–—])?", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?…:][\"”’')\]]{0,3}$")


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    from pypdf import PdfReader

    data = raw.data(options.limit)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are about syntax, not for the user
    pages: list[str] = []
    info: dict[str, str] = {}
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{raw.path}: the PDF needs a password; save it without one.")
        size = 0
        for page in reader.pages[:MAX_PAGES]:
            pages.append(page.extract_text() or "")
            size += len(pages[-1])
            if size > options.limit:
                raise too_big(raw.path, options.limit)
        info = {k: str(v) for k, v in (reader.metadata or {}).items() if v}
    except InputError:
        raise
    except Exception as error:  # pypdf raises anything on broken files
        raise InputError(
            f"{raw.path}: not a PDF that can be read ({type(error).__name__}); print it to a new PDF, or save its text."
        ) from error
    text = join_pages(pages)
    if not any(c.isalnum() for c in text):
        raise SkippedInput(f"{raw.path}: no text in this PDF (scanned pages?); run it through OCR first.")
    yield document(raw.path, sha256(data), text, options, stated=_stated(info, text, raw.url))


def _stated(info: dict[str, str], text: str, url: str | None) -> Given:
    """Title and author of the file's properties, only if the text has them too: programs fill them with anything."""
    head = _squeezed(text[:3000])

    def confirmed(name: str) -> str | None:
        value = " ".join(info.get(name, "").split())
        return value if len(value) > 5 and _squeezed(value) in head else None

    return Given(title=confirmed("/Title"), author=confirmed("/Author"), url=url)


def _squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def join_pages(pages: Sequence[str]) -> str:
    """Paragraphs, one line each, over page breaks; without running heads, feet and page numbers."""
    split = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    edges = Counter(e for lines in split for e in {_masked(x) for x in _edge(lines)})
    often = {e for e, n in edges.items() if n >= 3 and n >= 0.4 * len(pages)}
    built = _Paragraphs(width=max((len(x) for lines in split for x in lines), default=0))
    for lines in split:
        kept = list(dropwhile(lambda x: not x, _without_edges(lines, often)))
        for i, line in enumerate(kept):
            built.add(line, page_start=i == 0)
    return "\n\n".join(built.done)


def _edge(lines: Sequence[str]) -> list[str]:
    full = [x for x in lines if x]
    return full[:2] + full[-2:]


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _without_edges(lines: Sequence[str], often: set[str]) -> list[str]:
    full = [i for i, x in enumerate(lines) if x]
    drop = {i for i in full[:2] + full[-2:] if _masked(lines[i]) in often or _PAGE_NUMBER.fullmatch(lines[i])}
    return [x for i, x in enumerate(lines) if i not in drop]


@dataclass
class _Paragraphs:
    """Lines joined to paragraphs. Where pages have no blank lines, short last lines tell."""

    width: int
    done: list[str] = field(default_factory=list)
    last: str = ""
    """The line before, as it stood on the page; empty after a blank one."""

    def add(self, line: str, *, page_start: bool) -> None:
        """Go on with the last paragraph, or begin a new one."""
        if not line:
            self.last = ""
            return
        if not self.done or self._begins(line, page_start):
            self.done.append(line)
        elif self.done[-1].endswith("-") and self.done[-1][-2:-1].isalpha() and line[0].islower():
            self.done[-1] = self.done[-1][:-1] + line
        else:
            self.done[-1] += f" {line}"
        self.last = line

    def _begins(self, line: str, page_start: bool) -> bool:
        closed = bool(_TERMINAL.search(self.done[-1][-5:]))
        if page_start:
            return closed or not line[0].islower()
        if not self.last:
            return True
        if line[0].islower():
            return False
        short = len(self.last) < 0.75 * self.width
        return short and (closed or (len(self.last) < 60 and len(self.last.split()) <= 10))
