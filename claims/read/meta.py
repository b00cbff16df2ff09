"""Who published, wrote and dated a text, as far as the text itself says so: never a guess.

``outlet`` is who published this page; ``via`` is whom it was reprinted from ("Courtesy", "originally published in",
a syndicate's copyright, an agency's dateline, a foreign address at the foot).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.read.base import Given
from claims.read.dates import MONTHS, find_date, is_date_line, parse_date
from claims.read.furniture import NAME_WORD
from claims.read.people import bio_name, bio_of_thing, byline, byline_above, dated, name_line, same_person
from claims.read.sources import host_of, key

Part = tuple[str, str | None]

_DISCLAIMER = re.compile(
    r"(?:views?|opinions?|positions?|statements?|comments?|ideas|thoughts)[^.]{0,80}?\b(?:expressed|stated|presented"
    r"|contained|here|in this|are (?:those|solely|entirely))\b[^.]{0,140}?(?:(?:do|does|did|may|are|need|should|is"
    r"|must)"
    r" ?(?:not|n't|n’t)|own|those of|solely|alone)",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = re.compile(r"\bauthor|\bwriter|contributor|columnist|\bown\b|necessarily|purport|reflect|represent")
_VIEWS = r"(?:views?|opinions?|positions?|policy|policies|stance|thinking|beliefs|line|endorsement)"
_VIEWS_OF = re.compile(
    r"(?:(?:do|does|may|need|should) ?(?:not|n't|n’t)|are not)[^.]{0,60}?\b(?:reflect|represent|express|state|those of"
    rf"|coincide with|imply endorsement by|endorsed by)\b[^.]{{0,80}}?(?:{_VIEWS}(?:[ ,/]+(?:or|and) {_VIEWS})? of"
    r"|those of|of)(?: either)? (?:the )?(?P<name>[A-Z][^.,;()]{1,70})"
)
_NOT_AN_OUTLET = re.compile(
    r"\b(?:government|army|navy|air force|military|department|ministry|university|college|school|state|congress|senate"
    r"|employer|author|editors?|staff|organi[sz]ation|company|agency|federal|defen[cs]e|committee|party|corporation|any"
    r"|our|its|his|her|their|this|management|publishers?)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:syndicate|syndication|associated press|press association|reuters|agence france-presse|afp|upi|united press"
    r"|news service|wire|features|content agency|writers group|creators)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    rf"(?:The )?(?:{NAME_WORD} ){{0,3}}(?:Times|Post|Daily|Tribune|Gazette|Herald|Chronicle|Journal|Observer|Guardian"
    r"|Telegraph|Mirror|Inquirer|Examiner|Register|Courier|Bulletin|Today|TODAY|Monitor|Star|Republic|Globe|Dispatch"
    r"|Standard|Independent|Mail|Weekly|Magazine|Review|News Agency|Daily News)(?: [A-Z]\w+)?"
)
_KIND_OF_OUTLET = (
    r"(?:magazine|journal|newspaper|outlet|site|website|portal|agency|publication|review|platform|daily|weekly)"
)
_EXCLUSIVE = re.compile(
    r"(?:exclusive(?:ly)?|specially|special|written|first published|published|appeared)(?: written)? (?:for|to|in|by) "
    rf"(?:the |our )?(?:[a-z-]+ ){{0,3}}{_KIND_OF_OUTLET}?,? ?[“\"«‘](?P<name>[^”\"»’]{{2,60}})[”\"»’]"
    r"|exclusive(?:ly)? (?:for|to) (?P<bare>(?:the )?[A-Z][\w’'.& -]{1,50})"
)
_SIGN_UP = r"(?:[Jj]oin|JOIN|[Ss]ubscribe to|SUBSCRIBE TO|[Ss]ign ?[Uu]p (?:for|to)|[Gg]et)"
_JOIN = re.compile(
    rf"{_SIGN_UP} (?:the )?(?P<name>[A-Z0-9][^!?]{{1,50}}?) (?:[Mm]ailing|MAILING|[Ee]-?mail) (?:[Ll]ist|LIST)"
)
_NEWSLETTER = re.compile(
    rf"{_SIGN_UP} (?:the )?(?P<name>[A-Z0-9][^!?]{{1,50}}?)(?:’s|'s)?(?: \w+)? (?:[Nn]ewsletters?|alerts|updates)"
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))(?:\s?(?:copyright|©|\(c\)))*\s*(?:by\s+)?(?:(?:19"
    r"|20)\d\d(?:\s?[-–]\s?(?:\d{2,4}))?)?[,.]?\s*"
    r"(?:by )?(?P<name>[A-Z][^|.,;©(]{1,60}?(?:\.(?:com|org|net)\b)?)(?:,? (?:LLC|Inc|Ltd|Limited|GmbH)\b.{0,80}"
    r"|[.,|;(].{0,200})?(?:\s+all rights reserved.*)?$",
    re.IGNORECASE,
)
_REPRINT = re.compile(
    r"(?:\b(?:was |is |were |has been |been |being )?(?:(?:first|originally|previously|initially) (?:published|appeared"
    r"|posted|ran|printed)|re-?published|re-?printed|reproduced|cross-?posted|syndicated|adapted|translated)"
    r"|\bappeared (?:first|originally)|\bcourtesy(?: of)?|\bsource)\b",
    re.IGNORECASE,
)
_ABOUT_THIS = re.compile(
    r"(?:\W|this |the |an? |article|story|piece|post|essay|column|interview|text|commentary|version|earlier|longer"
    r"|shorter|similar|of |was |is |has been |been )*",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:re-?p|repro|courtesy|first|originally|source\s?:|cross|this|the a|article)", re.IGNORECASE)
_FROM = re.compile(
    r"(?:first|originally|previously|initially)? ?(?:published|appeared|posted|ran|printed|reprinted|re-printed"
    r"|republished|re-published|reproduced|cross-posted|crossposted|syndicated|courtesy|source)(?: here| first"
    r"| originally)?(?: with (?:the )?(?:kind )?permission)?(?: \w+ \d{1,2},?(?: \d{4})?)?(?: (?:in|on|by|at|from|of|to"
    r"|with permission (?:from|of)|under [^.]{3,50} from|via)| ?:)+ (?-i:(?:the )?)(?:[a-z]+ (?:magazine|journal"
    r"|newspaper"
    r"|website|site|blog) )?(?P<name>(?-i:[“\"«]?[A-Z0-9])[^.,;:()|”\"»]{1,60}(?:\.(?:com|org|net|info|eu|ru|su"
    r"|co\.uk)\b)?)",
    re.IGNORECASE,
)
_THIS_TEXT = re.compile(
    r"\b(?:this|the) (?:article|story|piece|post|essay|column|commentary|interview)\b", re.IGNORECASE
)
_COURTESY = re.compile(r"\bcourtesy\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"[A-Z][\w .,’'/-]{1,50}?\((?P<name>Reuters|AP|AFP|UPI|Xinhua|Bloomberg|dpa|ANI|PTI|TASS|Sputnik|Yonhap|Kyodo|IANS"
    r"|RIA Novosti|KCNA|Interfax|EFE|ANSA)\) ?[-–—]"
)
_URL = re.compile(r"(?:https?://|www\.)\S{4,300}")
_FIELD = re.compile(
    r"(?P<label>title|headline|author|byline|date|published(?: on)?|source|publication|publisher|outlet|url|link"
    r"|language)\s?:\s?(?P<value>.{1,300})",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"(?:first |originally )?(?:published|posted|issued|released|created|uploaded|date)(?: \d{1,3} \w+ ago)?(?: on"
    r"| at)?"
    r"\s?:?\s",
    re.IGNORECASE,
)
_SOME = ("our", "this", "your", "my", "all", "free", "here", "authors", "author", "his", "her", "us", "daily", "weekly")
_NOT_FROM = ("title", "duplicate", "related", "caption", "byline", "share")
"""Kinds of boilerplate that never name the publisher."""


@dataclass
class Clues:
    """What is known before the text is asked, and the title found on the way."""

    known: Given = field(default_factory=Given)
    aliases: frozenset[str] = frozenset()
    title: str | None = None


def disclaimer(text: str) -> bool:
    """ "The views expressed are the author's own": short, and about this text."""
    return len(text) <= 500 and bool(_DISCLAIMER.search(text)) and bool(_ABOUT_AUTHOR.search(text))


def is_reprint(text: str) -> bool:
    """A line that says where the article was published first."""
    flat = " ".join(text.split())
    match = _REPRINT.search(flat) if len(flat) <= 330 else None
    if match and match.group().lower() == "source" and len(flat) > 80:
        return False  # the source of a figure or study, not of the text
    if match is None or not _ABOUT_THIS.fullmatch(flat[: match.start()]):
        return False
    return match.start() > 0 or bool(_OPENING.match(flat))


def date_of_label(text: str) -> str | None:
    """The date behind "Published", "Posted on" and the like, in a short line."""
    match = _DATE_LABEL.match(text) if len(text) < 120 else None
    if match is None:
        return None
    found = find_date(text[match.end() :])
    return found[0] if found and found[1] <= 12 and len(found[0]) >= 7 else None


def evidence(parts: Sequence[Part], clues: Clues) -> tuple[Given, str | None, str | None]:
    """Metadata from the lines that are boilerplate, and the address and the host that it was reprinted from."""
    published = via = origin = None
    fields: dict[str, str] = {}
    names: list[str] = []
    for text, kind in parts:
        match = _FIELD.fullmatch(" ".join(text.split())) if kind == "field" else None
        if match:
            fields.setdefault(match["label"].lower().split()[0], match["value"].strip())
        if kind == "byline":
            name = byline(text) or byline_above(text) or name_line(text)
            names += [name] if name and len(names) < 20 else []
            published = published or dated(text)
        elif kind == "author-bio":
            bio = None if bio_of_thing(text) else bio_name(text, set(names), labelled=True)
            names += [bio] if bio and not any(same_person(bio, n) for n in names) else []
        elif kind == "date-line":
            published = published or date_of_label(text) or is_date_line(text) or dated(text)
        if kind in ("reprint", "author-bio", "foot", "promo", "credit"):
            via = via or _reprinted_from(text, whole=kind != "author-bio")
        if kind in ("reprint", "promo", "author-bio"):
            address = _URL.search(text)
            origin = origin or (address.group().rstrip(".,;)") if address else None)
    if origin and not _says_reprint(parts) and not _address_is_source(parts, origin):
        origin = None
    via = via or _agency(parts) or _source_field(fields.get("source")) or _dateline(parts)
    given = Given(
        outlet=fields.get("publication") or fields.get("publisher") or fields.get("outlet") or _outlet(parts, clues),
        via=via,
        author=fields.get("author") or fields.get("byline") or (names[0] if names else None),
        title=fields.get("title") or fields.get("headline") or clues.title,
        published=parse_date(fields.get("date") or fields.get("published") or "") or published,
        url=fields.get("url") or fields.get("link"),
    )
    return given, origin, host_of(origin) if via is None else None


def _says_reprint(parts: Sequence[Part]) -> bool:
    return any(k == "reprint" or (k == "author-bio" and _COURTESY.search(t)) for t, k in parts)


def _address_is_source(parts: Sequence[Part], origin: str) -> bool:
    """A bare address among the last lines is where the text comes from, if it leads to a page, not to a front door."""
    path = re.sub(r"^(?:https?://)?[^/]+", "", origin).strip("/")
    return len(path) > 8 and any(t.strip().rstrip(".,;)") == origin for t, _ in parts[-6:])


def _reprinted_from(text: str, *, whole: bool) -> str | None:
    """The outlet that a line names as its origin; a biography must say so of this very text, not of a book."""
    flat = " ".join(text.split())
    if not whole:
        about = _THIS_TEXT.search(flat)
        flat = flat[about.start() :] if about else ""
    match = _FROM.search(flat) if _REPRINT.search(flat) else None
    if match is None:
        return None
    name = re.split(r" (?:on|in|at|under|and|with|as|by|for|where|which|here) ", match["name"].strip(' “"«'))[0]
    return _name_of_outlet(name.strip())


def _source_field(value: str | None) -> str | None:
    """ "Source: Example Agency | Editor: ab": the part that is a name."""
    if not value or _URL.search(value):
        return None
    name = re.split(r"\s*(?:[|·•/]|\bEditor\b|\d{4})", value)[0].strip()
    return _name_of_outlet(name) if len(name.split()) <= 6 and "," not in name else None


def _dateline(parts: Sequence[Part]) -> str | None:
    """The agency in the first paragraph's dateline."""
    first = next((t for t, k in parts if k is None), "")
    match = _DATELINE.match(first[:120])
    return match["name"] if match else None


def _agency(parts: Sequence[Part]) -> str | None:
    """A syndicate or agency that holds the copyright: the text comes from there."""
    for text, kind in parts:
        match = _COPYRIGHT.search(" ".join(text.split())[:300]) if kind in ("copyright", "author-bio", "foot") else None
        name = _name_of_outlet(match["name"]) if match else None
        if name and _AGENCY.search(name):
            return name
    return None


def _outlet(parts: Sequence[Part], clues: Clues) -> str | None:
    """The publisher that furniture names, the surest kind first."""
    found: list[tuple[int, str]] = []
    for i, (text, kind) in enumerate(parts):
        if kind is None or kind in _NOT_FROM:
            continue
        flat = " ".join(text.split())[:600]
        if key(flat) in clues.aliases:
            found.append((1, flat))
        beside = [k for _, k in (*parts[max(0, i - 1) : i], *parts[i + 1 : i + 2])]
        if kind in ("label", "foot") and _PAPER.fullmatch(flat) and not {"byline", "date-line"}.isdisjoint(beside):
            found.append((6, flat))
        if kind == "label" and i < 3 and flat.isupper() and _PAPER.fullmatch(flat.title()) and len(flat.split()) > 1:
            found.append((7, flat))
        for rank, pattern in ((0, _EXCLUSIVE), (2, _JOIN), (3, _VIEWS_OF), (4, _COPYRIGHT), (5, _NEWSLETTER)):
            match = pattern.search(flat)
            if match is None or (pattern is _VIEWS_OF and kind != "disclaimer" and not _DISCLAIMER.search(flat)):
                continue
            groups = match.groupdict()
            name = _name_of_outlet(groups.get("name") or groups.get("bare") or "")
            if name is None or (pattern is _VIEWS_OF and _NOT_AN_OUTLET.search(name)) or _AGENCY.search(name):
                continue
            if pattern is not _NEWSLETTER or _named_again(name, parts, i):
                found.append((rank, name))
    return min(found, key=lambda x: x[0])[1] if found else None


def _named_again(name: str, parts: Sequence[Part], at: int) -> bool:
    """A newsletter's name is the outlet's only if it is an address, or stands elsewhere on the page too."""
    near = (*parts[:30], *parts[-30:])
    return bool(re.search(r"\.\w{2,4}$", name)) or any(name in t[:2000] for t, _ in near if t is not parts[at][0])


def _name_of_outlet(name: str) -> str | None:
    """A clean name; ``None`` for what cannot be one."""
    name = unicodedata.normalize("NFC", name).strip(" “”\"«»'’,;:|-–—")
    name = re.sub(r",? (?:LLC|Inc|Ltd|Limited|GmbH|Pty|L\.?P?)\.?$", "", name)
    words = key(name).split() or name.split()
    if not words or len(name) > 60 or not any(c.isalpha() for c in name):
        return None
    if not (name[0].isupper() or name[0].isdigit() or "." in name):
        return None
    return None if words[0] in _SOME or words[0] in MONTHS else name
