"""Who published, wrote and dated a text, as far as the text itself says so: never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.read import furniture
from claims.read.base import Given
from claims.read.dates import MONTHS, find_date, is_date_line, parse_date
from claims.read.sources import host_of, key

_NAME = furniture.NAME
_NAMES = rf"{_NAME}(?:(?:, | and | & |, and |; | with |/){_NAME}){{0,5}}"
_ROLE = (
    r"researcher|fellow|professor|lecturer|scholar|scientist|historian|economist|editor|reporter|correspondent|journalist|columnist|writer|author|analyst|contributor|blogger|critic|producer"
    r"|director|president|chairman|chairwoman|chair|founder|co-founder|CEO|expert|specialist|student|graduate|candidate|consultant|lawyer|attorney|diplomat|ambassador|commentator|freelancer?|intern"
    r"|adviser|advisor|associate|assistant|head|dean|strategist|member|host|broadcaster|observer|novelist|activist|staffer|officer|veteran"
)
_BYLINE = re.compile(
    rf"(?P<by>[Bb]y|BY|[Ww]ritten [Bb]y|[Aa]uthor|[Ww]ords [Bb]y|[Ss]tory [Bb]y|[Rr]eported [Bb]y|[Aa]nalysis [Bb]y|[Oo]pinion [Bb]y|[Pp]osted [Bb]y|[Pp]ublished [Bb]y|[Tt]ext|[Vv]on|[Pp]ar|[Pp]or)(?:\s?[:|]\s?|\s+)(?:Dr\.? |Prof\.? |Mr\.? |Ms\.? |Sir )?(?P<names>{_NAMES})(?P<rest>.{{0,140}})"
)
_PIPE_BYLINE = re.compile(rf"(?P<names>{_NAMES})\s?[|•·—–]\s?(?P<rest>.{{2,80}})")
_ROLE_BYLINE = re.compile(rf"(?P<names>{_NAME}), (?P<rest>[^.]{{0,60}}\b(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Ww]riter|[Cc]olumnist|[Cc]ontributor|USA TODAY|CNN|Reuters|AP)\b[^.]{{0,40}})")
_REST = re.compile(
    r"\s*(?:[,|•·/–—@-]\s*.{0,120}|on .{0,60}|in [A-Z].{0,50}|for .{0,60}|at \d.{0,40}|\(.{0,80}\)|updated.{0,60}|\d+ comments?.{0,30}|posted.{0,60}|published.{0,80}|\d{1,2} .{0,60}"
    r"|(?:staff|senior|chief|special|political|associated|national|contributing|foreign|the|cnn|usa|fox|bbc|npr|reuters).{0,80}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\w*\b.{0,60})?",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(rf"(?:Dr\.? |Prof\.? )?{_NAME}|{furniture.NAME_WORD}(?: [\w’'.-]+){{1,3}}")
_NOT_NAMES = frozenset(
    "news world politics business opinion analysis sports culture asia africa europe america middle east north south west home about contact kingdom department ministry report "
    "reports review times post street house university institute center centre group press agency international national local special features latest top breaking live video photo photos "
    "the a an and of in on for with by from to at is are was how why what when who more read related story stories article comments share follow us newsletter search menu sign log "
    "washington beijing moscow london paris new york getty images reuters affairs security policy studies council association foundation party government office court war crisis".split()
) | frozenset(MONTHS)
_BIO = re.compile(
    rf"(?P<name>(?:Dr\.? |Prof\.? |Professor )?{_NAME})(?P<aka>,? \([^)]{{1,60}}\))?(?:,? (?:is|was|are|has been|writes|covers|reports|serves|works|teaches|studies|holds|joined|lives|currently) |, (?:an? |the )?(?:[\w.’'-]+ ){{0,6}}?(?:Ph\.?D|M\.?A|{_ROLE})\b)"
)
_BIO_IS = re.compile(
    rf"(?:is|was|has been|are) (?:currently )?(?:an?|the|one of|both)? ?(?:[\w.’'&/,-]+ ){{0,9}}?(?:{_ROLE})s?\b|(?:writes|covers|reports|serves|works|teaches) (?:about|on|for|at|as|in|from|politics|the)\b|(?:is|are) the (?:author|editor|host)s? of", re.IGNORECASE
)
_BIO_MORE = re.compile(
    r"follow (?:him|her|them|me)\b|@\w+|(?:his|her|their) (?:latest|new|most recent|forthcoming|first) book|can be (?:reached|followed|contacted)|(?:book|author) of|expressed (?:here|in this)|(?:views|opinions) (?:are|expressed)|"
    r"recent graduate|ph\.?d\b|research(?:er| fellow)|twitter|(?:writes|wrote) (?:a|for)|exclusively for|nationally syndicated|syndicated columnist|senior fellow|contribut(?:or|ing)|correspondent|staff writer",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:views?|opinions?|positions?|statements?|comments?|ideas|thoughts)[^.]{0,80}?\b(?:expressed|stated|presented|contained|here|in this|are (?:those|solely|entirely))\b[^.]{0,140}?(?:(?:do|does|did|may|are|need|should|is|must) ?(?:not|n't|n’t)|own|those of|solely|alone)",
    re.IGNORECASE,
)
_VIEWS_OF = re.compile(
    r"(?:(?:do|does|may|need|should) ?(?:not|n't|n’t)|are not)[^.]{0,60}?\b(?:reflect|represent|express|state|those of|coincide with|imply endorsement by|endorsed by)\b[^.]{0,80}?(?:(?:views?|opinions?|positions?|policy|policies|stance|thinking|beliefs|line|endorsement)(?:[ ,/]+(?:or|and) (?:views?|opinions?|positions?|policy|policies|beliefs))? of|those of|of)(?: either)? (?P<the>the )?(?P<name>[A-Z][^.,;()]{1,70})"
)
_NOT_AN_OUTLET = re.compile(
    r"\b(?:government|army|navy|air force|military|department|ministry|university|college|school|state|congress|senate|employer|author|editors?|staff|organi[sz]ation|company|agency|federal|defen[cs]e|committee|party|corporation|any|our|its|his|her|their|this|management|publishers?)\b",
    re.IGNORECASE,
)
_EXCLUSIVE = re.compile(
    r"(?:exclusive(?:ly)?|specially|special|written|first published|published|appeared)(?: written)? (?:for|to|in|by) (?:the |our )?(?:[a-z-]+ ){0,3}(?:magazine|journal|newspaper|outlet|site|website|portal|agency|publication|review|platform|daily|weekly)?,? ?[“\"«‘](?P<name>[^”\"»’]{2,60})[”\"»’]|exclusive(?:ly)? (?:for|to) (?P<bare>(?:the )?[A-Z][\w’'.& -]{1,50})"
)
_JOIN = re.compile(r"(?:join|subscribe to|sign ?up (?:for|to)) (?:the )?(?P<name>[A-Z0-9][^!?]{1,50}?) (?:mailing list|e-?mail list)", re.IGNORECASE)
_NEWSLETTER = re.compile(r"(?:join|subscribe to|sign ?up (?:for|to)|get) (?:the )?(?P<name>[A-Z0-9][^!?]{1,50}?)(?:’s|'s)?(?: \w+)? (?:newsletters?|alerts|updates)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))(?:\s?(?:copyright|©|\(c\)))*\s*(?:by\s+)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:\d{2,4}))?)?[,.]?\s*(?:by )?(?P<name>[A-Z][^|.,;©(]{1,60}?(?:\.(?:com|org|net)\b)?)(?:,? (?:LLC|Inc|Ltd|Limited|GmbH)\b.{0,80}|[.,|;(].{0,200})?(?:\s+all rights reserved.*)?$", re.IGNORECASE)
_REPRINT = re.compile(
    r"(?:(?:this |the )?(?:article|story|piece|post|essay|column|text|commentary|interview|version)[^.]{0,40}? )?(?:\b(?:was |is |were |has been |been |being )?(?:(?:first|originally|previously|initially) (?:published|appeared|posted|ran|printed)|re-?published|re-?printed|reproduced|cross-?posted|syndicated|adapted|translated)|\bappeared (?:first|originally)|\bcourtesy(?: of)?|\bsource)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:first|originally|previously|initially)? ?(?:published|appeared|posted|ran|printed|reprinted|re-printed|republished|re-published|reproduced|cross-posted|crossposted|syndicated|courtesy|source)(?: here| first| originally)?(?: with (?:the )?(?:kind )?permission)?(?: \w+ \d{1,2},?(?: \d{4})?)?(?: (?:in|on|by|at|from|of|to|with permission (?:from|of)|under [^.]{3,50} from|via)| ?:)+ (?:the )?(?:[a-z]+ (?:magazine|journal|newspaper|website|site|blog) )?(?P<name>[“\"«]?[A-Z0-9][^.,;:()|”\"»]{1,60}(?:\.(?:com|org|net|info|eu|ru|su|co\.uk)\b)?)"
)
_FOR_REPRINT = re.compile(r"\b(?:re-?print|syndicat|republish|reproduc)\w*", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][\w .,’'/-]{1,50}?\(?(?:[A-Z][a-z]+ \d{1,2} )?\((?P<name>Reuters|AP|AFP|UPI|Xinhua|Bloomberg|dpa|ANI|PTI|TASS|Sputnik|Yonhap|Kyodo|CNN|IANS|RIA Novosti|KCNA|Interfax|EFE|ANSA|MEE|RFA|RFE/RL)\)\s*[-–—]")
_URL = re.compile(r"(?:https?://|www\.)\S{4,300}")
_FIELD = re.compile(r"(?P<label>title|headline|author|byline|date|published(?: on)?|source|publication|publisher|outlet|url|link|language)\s?:\s?(?P<value>.{1,300})", re.IGNORECASE)
_LABEL_DATE = re.compile(r"(?:first |originally )?(?:published|posted|issued|released|created|uploaded|date)(?: on| at)?\s?:?\s", re.IGNORECASE)


@dataclass
class Clues:
    """What is known before the text is asked, and the title found on the way."""

    known: Given = field(default_factory=Given)
    aliases: frozenset[str] = frozenset()
    title: str | None = None


def byline(text: str) -> str | None:
    """The authors of a line that is a byline ("by A. Person on 3 May 2020", "A. Person | Example News")."""
    if len(text) > 200:
        return None
    flat = " ".join(text.split()).strip("|•·—–*_ ")
    match = _BYLINE.fullmatch(flat)
    if match and _REST.fullmatch(match["rest"]) and not (flat.endswith(".") and len(flat.split()) > 8):
        names = match["names"]
        while names and not _is_name(_first(names)):
            return None
        return _trim_name(names)
    match = _PIPE_BYLINE.fullmatch(flat)
    if match and _is_name(_first(match["names"])) and (is_date_line(match["rest"]) or re.search(rf"\b(?:{_ROLE})\b", match["rest"], re.IGNORECASE)):
        return match["names"]
    match = _ROLE_BYLINE.fullmatch(flat)
    if match and _is_name(match["names"]) and len(flat) < 100:
        return match["names"]
    return None


def _first(names: str) -> str:
    return re.split(r", | and | & |; | with |/", names)[0]


def _trim_name(names: str) -> str:
    """A name without the month or weekday that ran into it."""
    words = names.split()
    while len(words) > 2 and (words[-1].lower().strip(".,") in MONTHS or words[-1].lower() in ("on", "staff", "updated", "published", "posted")):
        words.pop()
    return " ".join(words).strip(" ,")


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 5 and not any(w.lower().strip(".,’'") in _NOT_NAMES for w in words) and not any(c.isdigit() for c in text)


def name_line(text: str) -> str | None:
    """The name, if a line is nothing but a person's name (with a small letter here and there, as pages have it)."""
    flat = " ".join(text.split())
    if len(flat) > 60 or not _NAME_LINE.fullmatch(flat) or not _is_name(flat) or flat.isupper() and len(flat.split()) > 3:
        return None
    small = [w for w in flat.split() if w[0].islower()]
    return flat if len(small) <= 1 and len(flat.split()) <= 4 else None


def bio_name(text: str, names: set[str], *, labelled: bool, last: bool) -> str | None:
    """The author that a paragraph at the foot introduces, if it is a biography."""
    flat = " ".join(text.split()).lstrip("—–-•*_ (\"")
    if len(flat) > 900:
        return None
    match = _BIO.match(flat)
    if not match or not _is_name(re.sub(r"^(?:Dr\.?|Prof\.?|Professor) ", "", match["name"])):
        if labelled and any(flat.startswith(n.split()[0]) for n in names if n):
            return next(n for n in names if flat.startswith(n.split()[0]))
        return None
    name = re.sub(r"^(?:Dr\.?|Prof\.?|Professor) ", "", match["name"])
    known = any(_same_person(name, n) for n in names)
    start = match.start("name") + len(match["name"])
    is_role = bool(_BIO_IS.search(flat[: start + 220])) or ", " in flat[start : start + 2]
    if (known or labelled) and is_role:
        return name
    quoted = re.search(r"[“\"][^”\"]{30,}[”\"]|\bsaid\b|\btold\b", flat)
    if is_role and not quoted and last and (_BIO_MORE.search(flat) or _BIO_IS.search(flat[start : start + 160])) and not re.search(r"\b(?:was|were|had) (?!a |an |the |born|educated|previously|formerly)", flat):
        return name
    return None


def _same_person(a: str, b: str) -> bool:
    return key(a).replace(" ", "") in key(b).replace(" ", "") or key(b).replace(" ", "") in key(a).replace(" ", "")


def disclaimer(text: str) -> bool:
    """"The views expressed are the author's own": short, and about this text."""
    return len(text) <= 500 and bool(_DISCLAIMER.search(text)) and bool(re.search(r"\bauthor|\bwriter|contributor|columnist|\bown\b|necessarily|purport|reflect|represent", text))


def is_reprint(text: str) -> bool:
    """A line that says where the article was published first."""
    flat = " ".join(text.split())
    if len(flat) > 330:
        return False
    match = _REPRINT.search(flat)
    if match is None:
        return False
    about = re.match(r"(?:\W|this |the |an? |article|story|piece|post|essay|column|interview|text|commentary|version|earlier|longer|shorter|similar|of |was |is |has been |been )*$", flat[: match.start()], re.IGNORECASE)
    return bool(about) and (match.start() > 0 or bool(re.match(r"(?:re-?p|repro|courtesy|first|originally|source\s?:|cross)", flat, re.IGNORECASE)) or flat.lower().startswith(("this", "the a", "article")))


def evidence(parts: Sequence[tuple[str, str | None]], clues: Clues) -> tuple[Given, str | None, str | None]:
    """Metadata from the lines that were found to be boilerplate, and the address and host that it was reprinted from."""
    author = published = via = None
    fields: dict[str, str] = {}
    names: list[str] = []
    origin: str | None = None
    for text, kind in parts:
        match = _FIELD.fullmatch(" ".join(text.split())) if kind == "field" else None
        if match:
            fields.setdefault(match["label"].lower().split()[0], match["value"].strip())
        if kind == "byline":
            name = byline(text) or name_line(text)
            if name:
                names.append(name)
            published = published or _dated(text)
        elif kind == "author-bio":
            name = bio_name(text, set(names), labelled=True, last=True)
            if name and not any(_same_person(name, n) for n in names):
                names.append(name)
        elif kind == "date-line":
            label = _LABEL_DATE.match(text)
            published = published or is_date_line(text[label.end() :] if label else text)
        if kind in ("reprint", "author-bio", "foot", "promo", "caption"):
            via = via or _reprinted_from(text)
            if kind in ("reprint", "promo", "author-bio"):
                address = _URL.search(text)
                origin = origin or (address.group().rstrip(".,;)") if address else None)
    reprinted = any(k == "reprint" for _, k in parts) or any(k == "author-bio" and re.search(r"\bcourtesy\b", t, re.IGNORECASE) for t, k in parts)
    if not reprinted and origin and not _address_is_source(parts, origin):
        origin = None
    author = fields.get("author") or fields.get("byline") or (names[0] if names else None)
    outlet = fields.get("publication") or fields.get("publisher") or fields.get("outlet") or _outlet(parts, clues)
    dated = parse_date(fields.get("date") or fields.get("published") or "") or published
    given = Given(outlet=outlet, via=via, author=author, title=fields.get("title") or fields.get("headline") or clues.title, published=dated,
                  url=fields.get("url") or fields.get("link"))
    return given, origin, host_of(origin) if via is None else None


def _dated(text: str) -> str | None:
    """The date in a byline, unless it is the date of a change."""
    found = find_date(text)
    if found is None or len(found[0]) < 10 or re.search(r"updated|modified", text[: found[1]], re.IGNORECASE):
        return None
    return found[0]


def _address_is_source(parts: Sequence[tuple[str, str | None]], origin: str) -> bool:
    """A bare address as one of the last lines is where the text comes from, if it leads to a page and not to a front door."""
    tail = [t.strip() for t, _ in parts[-6:]]
    path = re.sub(r"^(?:https?://)?[^/]+", "", origin).strip("/")
    return any(t.rstrip(".,;)") == origin for t in tail) and len(path) > 8


def _reprinted_from(text: str) -> str | None:
    flat = " ".join(text.split())
    match = _FROM.search(flat) if _REPRINT.search(flat) else None
    if match is None:
        return None
    name = re.split(r" (?:on|in|at|under|and|with|as|by|for|where|which|under|here) ", match["name"].strip(" “\"«"))[0].strip()
    return _name_of_outlet(name)


def _outlet(parts: Sequence[tuple[str, str | None]], clues: Clues) -> str | None:
    """The publisher that furniture names, the surest kind first."""
    found: list[tuple[int, str]] = []
    for text, kind in parts:
        if kind is None or kind in ("title", "duplicate", "related"):
            continue
        flat = " ".join(text.split())[:600]
        if key(flat) in clues.aliases:
            found.append((1, flat))
        for rank, pattern in ((0, _EXCLUSIVE), (2, _JOIN), (3, _VIEWS_OF), (4, _COPYRIGHT), (5, _NEWSLETTER)):
            match = pattern.search(flat)
            if match is None or (pattern is _VIEWS_OF and kind != "disclaimer" and not _DISCLAIMER.search(flat)):
                continue
            groups = match.groupdict()
            name = _name_of_outlet(groups.get("name") or groups.get("bare") or "")
            if name is None or (pattern is _VIEWS_OF and _NOT_AN_OUTLET.search(name)):
                continue
            if pattern is _NEWSLETTER and not (re.search(r"\.\w{2,4}$", name) or sum(name in t for t, _ in parts) > 1):
                continue
            found.append((rank, name))
    return min(found, key=lambda x: x[0])[1] if found else None


def _name_of_outlet(name: str) -> str | None:
    """A clean name; ``None`` for what cannot be one."""
    name = unicodedata.normalize("NFC", name).strip(" “”\"«»'’,;:|-–—")
    name = re.sub(r",? (?:LLC|Inc|Ltd|Limited|GmbH|Pty)\.?$", "", name)
    if not name or len(name) > 60 or not re.search(r"[^\W\d_]", name) or key(name) in ("our", "us", "your", "free", "daily", "weekly", "all rights reserved", "the author", "author", "authors"):
        return None
    if key(name).split(" ")[0] in ("our", "this", "your", "my", "all", "free", "here", "authors", "author", "his", "her"):
        return None
    return name
