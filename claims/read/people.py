"""Names of authors in bylines, signatures and biographies, told from labels, places and outlets."""

from __future__ import annotations

import re

from claims.read.dates import MONTHS, find_date, is_date_line
from claims.read.furniture import NAME, NAME_WORD
from claims.read.sources import key

_NAMES = rf"{NAME}(?:(?:(?:, {NAME}){{0,4}},?)(?: and | & | with |; |/){NAME}){{0,3}}"
_ROLE = (
    r"researcher|fellow|professor|lecturer|scholar|scientist|historian|economist|editor|reporter|correspondent"
    r"|journalist|columnist|writer|author|analyst|contributor|blogger|critic|producer|director|president|chairman"
    r"|chairwoman|chair|founder|co-founder|CEO|expert|specialist|student|graduate|candidate|consultant|lawyer|attorney"
    r"|diplomat|ambassador|commentator|freelancer?|intern|adviser|advisor|associate|assistant|head|dean|strategist"
    r"|member|host|broadcaster|observer|novelist|activist|staffer|officer|veteran"
)
_BY = (
    r"[Bb]y|BY|[Ww]ritten [Bb]y|[Aa]uthors?|AUTHORS?|[Ww]ords [Bb]y|[Ss]tory [Bb]y|[Rr]eported [Bb]y|[Aa]nalysis [Bb]y"
    r"|[Oo]pinion [Bb]y|[Pp]osted [Bb]y|[Pp]ublished [Bb]y|[Tt]ext|[Vv]on|[Pp]ar|[Pp]or"
)
_TITLE = r"(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? |Professor |Sir )?"
_BYLINE = re.compile(rf"(?:{_BY})(?:\s?[:|]\s?|\s+){_TITLE}(?P<names>{_NAMES})(?P<rest>.{{0,140}})")
_NAME_FIRST = re.compile(rf"{_TITLE}(?P<names>{_NAMES})\s?(?P<sign>[|•·—–,-])\s?(?P<rest>.{{2,80}})")
_NAME_PLACE = re.compile(
    rf"(?P<names>{_NAMES}) in (?:[A-Z][\w’'.-]+ ?){{1,3}}(?:,? and (?:[A-Z][\w’'.-]+ ?|agencies|in ){{1,6}})?"
)
_NAME_ROLE = re.compile(
    rf"(?P<names>{NAME}), (?P<rest>[^.]{{0,60}}\b(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Ww]riter|[Cc]olumnist"
    r"|[Cc]ontributor|USA TODAY|CNN|Reuters|AP)\b[^.]{0,40})"
)
_REST = re.compile(
    r"\s*(?:[,|•·/–—@-]\s*.{0,120}|on .{0,60}|in [A-Z].{0,50}|for .{0,60}|at \d.{0,40}|\(.{0,80}\)|updated.{0,60}"
    r"|\d+ comments?.{0,30}|posted.{0,60}|published.{0,80}|\d{1,2} .{0,60}|\d{4}.{0,60}"
    r"|(?:staff|senior|chief|special|political|associated|national|contributing|foreign|the|cnn|usa|fox|bbc|npr"
    r"|reuters).{0,80}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\w*\b.{0,60})?",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(rf"{_TITLE}(?:{NAME}|{NAME_WORD}(?: [\w’'.-]+){{1,3}})")
_NOT_NAMES = (
    frozenset(
        "news world politics business opinion analysis sports culture asia africa europe america middle east north "
        "south "
        "west home about contact kingdom department ministry report reports review times post street house university "
        "institute center centre group press agency international national local special features latest top breaking "
        "live video photo photos the a an and of in on for with by from to at is are was how why what when who more "
        "read "
        "related story stories article comments share follow us newsletter search menu sign log washington beijing "
        "moscow "
        "london paris new york getty images reuters affairs security policy studies council association foundation "
        "party "
        "government office court war crisis daily star tribune gazette journal herald chronicle sun globe guardian "
        "observer examiner inquirer republic register today monitor telegraph mirror courier bulletin dispatch "
        "standard "
        "weekly magazine appendix further reading image caption board network television radio channel online digital "
        "staff team desk correspondent editor reporter column relations economy defense defence military nuclear trade "
        "central pacific power diplomacy society history science technology climate energy health education".split()
    )
    | MONTHS.keys()
)
_BIO = re.compile(
    rf"(?P<name>{_TITLE}{NAME})(?:,? \([^)]{{1,60}}\))?(?:,? (?:is|was|are|has been|writes|covers|reports|serves|works"
    rf"|teaches|studies|holds|joined|lives|currently) |, (?:an? |the )?(?:[\w.’'-]+ ){{0,6}}?(?:Ph\.?D|M\.?A"
    rf"|{_ROLE})\b)"
)
_BIO_IS = re.compile(
    rf"(?:is|was|has been|are) (?:currently )?(?:an?|the|one of|both)? ?(?:[\w.’'&/,-]+ ){{0,9}}?(?:{_ROLE})s?\b"
    r"|(?:writes|covers|reports|serves|works|teaches) (?:about|on|for|at|as|in|from|politics|the)\b"
    r"|(?:is|are) the (?:author|editor|host)s? of",
    re.IGNORECASE,
)
_BIO_MORE = re.compile(
    r"follow (?:him|her|them|me)\b|@\w+|(?:his|her|their) (?:latest|new|most recent|forthcoming|first) book"
    r"|can be (?:reached|followed|contacted)|(?:book|author) of|expressed (?:here|in this)|(?:views|opinions) (?:are"
    r"|expressed)|recent graduate|ph\.?d\b|research(?:er| fellow)|twitter|(?:writes|wrote) (?:a|for)|exclusively for"
    r"|nationally syndicated|syndicated columnist|senior fellow|contribut(?:or|ing)|correspondent|staff writer",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"\bis (?:an?|the) (?:[\w-]+ ){0,2}(?:column|series|program|programme|project|newsletter|podcast|publication|blog"
    r"|show|feature|collaboration)\b"
)
_PAST = re.compile(r"\b(?:was|were|had) (?!a |an |the |born|educated|previously|formerly)")
_QUOTES = re.compile(r"[“\"][^”\"]{30,}[”\"]|\bsaid\b|\btold\b")


def byline(text: str) -> str | None:
    """The authors of a line that is a byline ("by A. Person on 3 May 2020", "A. Person | 3 May 2020")."""
    if len(text) > 200:
        return None
    flat = " ".join(text.split()).strip("|•·—–*_ ")
    match = _BYLINE.fullmatch(flat)
    if match and _REST.fullmatch(match["rest"]) and not (flat.endswith(".") and len(flat.split()) > 8):
        names = match["names"]
        return _without_date(names) + _more_names(match["rest"]) if is_name(_first(names)) else None
    match = _NAME_FIRST.fullmatch(flat)
    if match and is_name(_first(match["names"])) and len(flat) < 110:
        role = match["sign"] not in ",-" and re.search(rf"\b(?:{_ROLE})\b", match["rest"], re.IGNORECASE)
        if role or is_date_line(match["rest"]):
            return match["names"]
    match = _NAME_ROLE.fullmatch(flat)
    return match["names"] if match and is_name(match["names"]) and len(flat) < 100 else None


def byline_above(text: str) -> str | None:
    """Bylines that are told only by standing above an article: "A. Person in Example City and agencies"."""
    flat = " ".join(text.split())
    match = _NAME_PLACE.fullmatch(flat) if len(flat) < 90 else None
    return match["names"] if match and is_name(_first(match["names"])) else None


def _more_names(rest: str) -> str:
    """ ", B. Person" behind the first name, as agencies write it; not ", Example News"."""
    parts = rest.rstrip().split(", ") if rest.startswith(", ") else []
    good = all(re.fullmatch(NAME, p) and is_name(p) and not p.split()[0].isupper() for p in parts[1:])
    return ", " + ", ".join(parts[1:]) if parts and good else ""


def _first(names: str) -> str:
    return re.split(r", | and | & |; | with |/", names)[0]


def _without_date(names: str) -> str:
    """A name without the month or weekday that ran into it."""
    words = names.split()
    loose = ("on", "staff", "updated", "published", "posted", "for", "in")
    while len(words) > 2 and (words[-1].lower().strip(".,") in MONTHS or words[-1].lower() in loose):
        words.pop()
    return " ".join(words).strip(" ,")


def is_name(text: str) -> bool:
    """Whether two to five words can be a person's name."""
    words = text.split()
    known = any(w.lower().strip(".,’'") in _NOT_NAMES for w in words[:1] + words[1:])
    return 2 <= len(words) <= 5 and not known and not any(c.isdigit() for c in text)


def name_line(text: str) -> str | None:
    """The name, if a line is nothing but a person's name (with a small letter here and there, as pages have it)."""
    flat = " ".join(text.split())
    if len(flat) > 90:
        return None
    several = re.split(r",? and |, | & ", flat)
    if 2 <= len(several) <= 4 and all(len(n) < 50 and name_line(n) for n in several):
        return flat
    if len(flat) > 60 or not _NAME_LINE.fullmatch(flat) or not is_name(re.sub(rf"^{_TITLE}", "", flat)):
        return None
    small = [w for w in flat.split() if w[0].islower()]
    return flat if len(small) <= 1 and len(flat.split()) <= 4 else None


def bio_name(text: str, names: set[str], *, labelled: bool) -> str | None:
    """The author that a paragraph at the foot introduces, if it is a biography.

    ``names`` are the authors that bylines gave; ``labelled``: it stands under "About the author" or the like.
    """
    flat = " ".join(text.split()).lstrip('—–-•*_ ("')
    if len(flat) > 900:
        return None
    match = _BIO.match(flat)
    name = re.sub(rf"^{_TITLE}", "", match["name"]) if match else ""
    if match is None or not is_name(name):
        known = next((n for n in sorted(names) if flat.startswith(n.split()[0])), None)
        return known if labelled else None
    start = match.start("name") + len(match["name"])
    if labelled or (any(same_person(name, n) for n in names) and not _QUOTES.search(flat)):
        return name
    is_role = bool(_BIO_IS.search(flat[: start + 220])) or ", " in flat[start : start + 2]
    telling = _BIO_MORE.search(flat) or _BIO_IS.search(flat[start : start + 160])
    return name if is_role and telling and not _QUOTES.search(flat) and not _PAST.search(flat) else None


def bio_of_thing(text: str) -> bool:
    """A paragraph at the foot that introduces a column or series, not a person."""
    return bool(_NO_PERSON.search(text[:120]))


def same_person(a: str, b: str) -> bool:
    """One name is in the other, spaces aside ("De la Cruz", "Delacruz")."""
    one, two = key(a).replace(" ", ""), key(b).replace(" ", "")
    return bool(one and two) and (one in two or two in one)


def dated(text: str) -> str | None:
    """The full date in a byline, unless it is the date of a change."""
    found = find_date(text)
    if found is None or len(found[0]) < 10 or re.search(r"updated|modified", text[: found[1]], re.IGNORECASE):
        return None
    return found[0]
