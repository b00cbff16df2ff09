"""Saved web pages: trafilatura finds the article, the page's own metadata says what it is.

Dates, names and outlets are taken only from fields that mean just that (JSON-LD, Open Graph, citation tags); nothing is
inferred from addresses or from whatever date stands on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claims.errors import InputError, SkippedInput
from claims.read.base import Given, Item, Options, Raw, document, sha256
from claims.read.dates import parse_date
from claims.read.decode import decode
from claims.read.fields import plain
from claims.read.sources import key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody tr ul".split()
)
_SILENT = frozenset(
    "script style noscript template svg iframe object head nav footer form button select textarea aside".split()
)
_ARTICLE = re.compile(r"article|blogposting|report|webpage", re.IGNORECASE)
_META = {
    "title": "og:title citation_title dc.title dcterms.title twitter:title parsely-title sailthru.title",
    "author": "author article:author citation_author dc.creator dcterms.creator parsely-author sailthru.author byl",
    "published": (
        "article:published_time datepublished citation_publication_date citation_date dc.date.issued "
        "dcterms.issued dc.date dcterms.date parsely-pub-date sailthru.date pubdate publishdate publish-date "
        "og:published_time article:published cxenseparse:recs:publishtime date rnews:datepublished"
    ),
    "outlet": (
        "og:site_name citation_journal_title dc.publisher dcterms.publisher application-name publisher cre "
        "parsely-network-canonical"
    ),
    "url": "og:url",
    "via": "original-source syndication-source",
}
"""Names of meta tags that mean just that field, the surest first."""


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    data = raw.data(options.limit)
    page = _unwrapped(data, raw.path) if raw.path.lower().endswith((".mhtml", ".mht")) else data
    text, encoding = decoded(page, raw.path, raw.content_type)
    yield from read_page(raw.path, sha256(data), text, encoding, raw.url, options)


def read_page(path: str, sha: str, html: str, encoding: str, url: str | None, options: Options) -> Iterator[Item]:
    """The article of a page that is decoded already."""
    tree = parse(html)
    if tree is None:
        raise SkippedInput(f"{path}: no text in this page; nothing to store.")
    stated = metadata(tree, url)
    text = _article(html) or element_text(tree)
    if not any(c.isalnum() for c in text):
        raise SkippedInput(f"{path}: no text in this page; nothing to store.")
    yield document(path, sha, text, options, stated=stated, encoding=encoding)


def decoded(data: bytes, path: str, content_type: str | None = None) -> tuple[str, str]:
    """The page as text: by the charset that the server or the page declares if it fits, else as any text."""
    declared = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", content_type or "", re.IGNORECASE)
    meta = _CHARSET.search(data[:4096])
    for name in (declared.group(1) if declared else "", meta.group(1).decode("ascii") if meta else ""):
        low = name.lower()
        if not low or low in ("utf-8", "utf8", "utf-16", "utf-32"):
            continue
        try:
            return data.decode("cp1252" if low in ("iso-8859-1", "latin-1", "latin1", "ascii") else low), low
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return decode(data, path)


def parse(html: str) -> HtmlElement | None:
    """The page's tree; ``None`` for an empty one."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(
            _XML_ENCODING.sub("", html.replace("\x00", "")), parser=HTMLParser(no_network=True, remove_comments=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def fragment_text(html: str) -> str:
    """Text of an HTML fragment (a feed's entry, a mail's body), a blank line between paragraphs."""
    tree = parse(html)
    return element_text(tree) if tree is not None else ""


def element_text(root: HtmlElement) -> str:
    """Text of an element by its blocks, without scripts, navigation and forms."""
    from lxml import etree

    out: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            if tag in _BLOCKS:
                out.append("\n\n")
            elif tag == "br":
                out.append("\n")
            if not silent and tag:
                out.append(re.sub(r"\s+", " ", node.text or ""))
        else:
            silent -= tag in _SILENT
            if tag in _BLOCKS:
                out.append("\n\n")
            if not silent:
                out.append(re.sub(r"\s+", " ", node.tail or ""))
    text = re.sub(r"[ \t]{2,}", " ", "".join(out))
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _article(html: str) -> str | None:
    """trafilatura's article; ``None`` where it finds none."""
    import trafilatura

    try:
        text = trafilatura.extract(
            html, include_comments=False, include_tables=True, deduplicate=False, favor_recall=False
        )
    except Exception:  # whatever a broken page makes of it, the plain reading below still stands
        return None
    return text if text and len(text) >= 200 else None


def metadata(tree: HtmlElement, url: str | None = None) -> Given:
    """What the page says of itself."""
    found: dict[str, str | None] = {}
    for part in _linked_data(tree):
        for name, value in part.items():
            found[name] = found.get(name) or value
    tags: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        value = plain(node.get("content"))
        if name and value:
            tags.setdefault(name, value)
    for field, names in _META.items():
        found[field] = found.get(field) or next(
            (tags[n] for n in names.split() if n in tags and _fits(field, tags[n])), None
        )
    for node in tree.iter("time"):
        if node.get("itemprop") == "datePublished" or node.get("pubdate") is not None:
            found["published"] = found.get("published") or node.get("datetime")
    canonical = next((n.get("href") for n in tree.iter("link") if (n.get("rel") or "").lower() == "canonical"), None)
    address = next((a for a in (canonical, found.get("url"), url) if a and re.match(r"https?://", a)), None)
    via = found.get("via")
    outlet = found.get("outlet")
    language = (tree.get("lang") or tags.get("og:locale") or "")[:2].lower()
    return Given(
        outlet=outlet,
        via=via if via and not via.startswith("http") else None,
        author=found.get("author"),
        title=found.get("title") or _heading(tree, outlet),
        published=parse_date(found.get("published") or ""),
        url=address,
        language=language if re.fullmatch(r"[a-z]{2}", language) else None,
    )


def _fits(field: str, value: str) -> bool:
    if field == "author":
        return not re.match(r"https?://|www\.|@", value) and len(value) < 200
    if field == "published":
        return parse_date(value) is not None
    return len(value) < 500


def _heading(tree: HtmlElement, outlet: str | None) -> str | None:
    """The only first-rank heading, or the page's title without the outlet's name behind it."""
    heads = [plain(h.text_content()) for h in tree.iter("h1")]
    heads = [h for h in heads if h]
    if len(heads) == 1 and heads[0] and key(heads[0]) != key(outlet or ""):
        return heads[0]
    title = next((plain(t.text_content()) for t in tree.iter("title")), None)
    if not title:
        return None
    parts = re.split(r"\s[|–—»·-]\s", title)
    if outlet and len(parts) > 1 and key(parts[-1]) == key(outlet):
        return title[: title.rfind(parts[-1])].rstrip(" |–—»·-")
    return title


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, str | None]]:
    for node in tree.iter("script"):
        if (node.get("type") or "").lower().startswith("application/ld+json"):
            try:
                loaded = json.loads((node.text or "").strip().strip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            for part in _objects(loaded):
                kinds = part.get("@type")
                if any(_ARTICLE.search(str(k)) for k in (kinds if isinstance(kinds, list) else [kinds])):
                    yield {
                        "title": plain(part.get("headline")),
                        "author": plain(part.get("author")),
                        "published": plain(part.get("datePublished")),
                        "outlet": plain(part.get("publisher")),
                    }


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for one in value[:50]:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth + 1)


def _unwrapped(data: bytes, path: str) -> bytes:
    """The page of a web archive in one file (MHTML)."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise InputError(f"{path}: no page in this MHTML file; save it again as HTML.")
