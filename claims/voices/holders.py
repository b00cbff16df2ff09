"""Whose voice a source span is: pronouns, roles and bare surnames resolved inside one document.

Rules over what stands before, nearest fitting name first, and no model: a speaker is taken from the sources already
met and from full names in the text (the subject of the sentence before, most often). What nothing fits stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.models import SourceKind
from claims.voices import names, words
from claims.voices.places import adjectives, states

REACH = 1200
"""Code points back that a pronoun may reach."""

_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|President|Minister|Secretary|Ambassador|Premier|Chancellor)\.?\s+)?"
    r"[A-Z][\w’'-]*(?:\s+(?:[A-Z]\.|de|bin|al|von|van|der|[A-Z][\w’'-]*))*"
)
_ROLE = re.compile(r"^(?:the|this|that)\s+((?:[a-z][\w-]*\s+){0,2}[a-z][\w-]*)$", re.I)
FEMALE = re.compile(r"^(?:Mrs|Ms|Miss|Queen|Princess|Lady|Dame)\b|woman\b", re.I)
MALE = re.compile(r"^(?:Mr|King|Prince|Lord|Sir)\b|\b(?:spokesman|chairman|congressman)\b", re.I)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)[.!?][\"”’')]*\s+(?=[\"“‘A-Z])|\n")
_NAME_BEFORE = re.compile(r"(?<![.!?\w] )\b([A-Z][\w-]*) $")
_NAME_AFTER = re.compile(r" ([A-Z][\w-]+)\b")
_APPOSED = re.compile(
    r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w-]*['’]s?)\s+(?:[\w’'-]+\s+){0,5}[a-z][\w-]*,"
    rf"\s+({_NAME.pattern})\s*(?=,)"
)
"""A name behind what somebody is: "the plant's owner, Brenner, "."""
_RELATIVE = re.compile(r"^(?:who|whose|whom|which|that)$", re.I)
_ANY = frozenset("former senior top veteran leading influential official same new state-run local".split())
"""What tells nobody apart who was named before."""
_TITLES = frozenset(
    "president general senator governor judge justice minister premier chancellor king queen prince princess pope "
    "mayor secretary ambassador admiral colonel bishop congressman congresswoman sheriff prosecutor".split()
)
"""What only those are called beside whose name it stands somewhere: "the general" is not just the last to speak."""
_SHORT = {
    "general": "gen. ", "senator": "sen. ", "governor": "gov. ", "congressman": "rep. ", "congresswoman": "rep. "
}  # fmt: skip
"""How titles are written ahead of a name."""
_ANY_BODY = frozenset(
    "agency group organization organisation body institute institution company firm party think-tank tank watchdog "
    "foundation charity network alliance coalition campaign team club".split()
)
"""What bodies are called by whose name says nothing of it: "Amnesty", "the group"."""
_NO_NAME = frozenset(
    "the a an in on at by for to of and but or so if when while as after before since that this these those it he "
    "she they we i you his her its "
    "their our my there here what who which how why where yes no not also still yet then now however although "
    "though because despite during "
    "today yesterday tomorrow "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november "
    "december according meanwhile moreover another some many most several few all both each once only even just "
    "like unlike with without from "
    "under over between among instead indeed finally first second last next one two three".split()
)


@dataclass(frozen=True)
class Holder:
    """A resolved source. ``own``: the author's own "I" or "we"."""

    name: str
    kind: SourceKind
    own: bool = False


@dataclass
class Seen:
    """A name met in the text at a code point; ``source`` where it spoke."""

    at: int
    name: str
    kind: SourceKind
    source: bool


_OF_BODY = re.compile(r"((?:[A-Z][\w.’'-]*\s){1,3}[A-Z][\w’'-]+) (?:of|at|from|with) the [A-Z]")
"""A person and the body that he is of, at the head of a source."""


class Resolver:
    """Resolves the sources of one document, in order of their place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spoken: list[Seen] = []

    def resolve(self, start: int, end: int) -> Holder:
        """The holder meant by the source ``text[start:end]``; remembers it for what follows."""
        start, end = self._whole(start, end)
        written = " ".join(self.text[start:end].split()).strip(' ,;:"“”')
        if names.SELF.match(written):
            return Holder(written, "document", own=True)
        holder = self._apposed(start, end) or self._resolve(written, start)
        if holder.kind != "unnamed":
            self.spoken.append(Seen(start, holder.name, holder.kind, True))
        return holder

    def _apposed(self, start: int, end: int) -> Holder | None:
        """The name behind what a source is told to be: "the plant's owner, Brenner, denied"."""
        found = _APPOSED.match(self.text, start)
        if found is None or self.text[found.end() : end].strip(" ,") or found[1].split()[0].lower() in _NO_NAME:
            return None
        low = found[1].lower()
        return Holder(found[1], "state" if low in states() else names.kind_of(found[1]))

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """A source that begins or ends inside a capitalised name, with the rest of that name."""
        while found := _NAME_BEFORE.search(self.text[max(0, start - 40) : start]):
            if not self.text[start : start + 1].isupper() or found[1].lower() in _NO_NAME:
                break
            start -= len(found[0])
        while found := _NAME_AFTER.match(self.text, end):
            last = re.search(r"[\w’'-]+$", self.text[start:end])
            if not last or not last[0][:1].isupper() or found[1].lower() in _NO_NAME:
                break
            end = found.end()
        return start, end

    def _resolve(self, written: str, at: int) -> Holder:
        if (of := _OF_BODY.match(written)) and names.kind_of(of[1]) == "person":
            written = of[1]
        kind = names.kind_of(written)
        if not written or re.match(r"^(?:you|your|one|there)$", written, re.I):
            return Holder(names.UNNAMED, "unnamed")
        if _RELATIVE.match(written):
            return self._antecedent(written, at)
        if names.HE.match(written) or names.SHE.match(written):
            found = self._person(at, bool(names.SHE.match(written)))
            return Holder(found.name, "person") if found else Holder(written, "person")
        if names.IT.match(written):
            found = self._last(at, ("institution", "outlet", "state"))
            return Holder(found.name, found.kind) if found else Holder(written, "institution")
        if names.THEY.match(written):
            found = self._last(at, ("group", "institution", "outlet", "state"))
            return Holder(found.name, found.kind) if found else Holder(written, "group")
        if found := self._role(written, at):
            return Holder(found.name, found.kind)
        shown = names.display(written)
        full = self._full(shown) if kind == "person" else None
        return Holder(full or shown, kind)

    def _full(self, shown: str) -> str | None:
        """For a bare surname the full name of a speaker of this document, if one alone has it."""
        own = names.person_words(shown)
        if len(own) != 1 and (not own or " " in shown):  # "Kleine-Berg" is one name of two words
            return None
        fits: dict[tuple[str, ...], str] = {}
        for seen in self.spoken:
            other = names.person_words(seen.name)
            ends = other[: len(own)], other[-len(own) :]
            theirs = seen.name.startswith((f"{shown}'", f"{shown}’"))  # "Lee's lawyer" is not Lee
            if seen.kind == "person" and len(other) > len(own) and own in ends and not theirs:
                fits.setdefault(other, seen.name)
        return next(iter(fits.values())) if len(fits) == 1 else None

    def mentions(self, start: int, end: int) -> list[Seen]:
        """Capitalised names in a stretch of the text, in order, without places, dates and openers of sentences."""
        out = []
        for m in _NAME.finditer(self.text, start, end):
            name, at = m.group(), m.start()
            while (first := name.split()[0]).lower().rstrip(".,’'") in _NO_NAME:
                rest = name[len(first) :].lstrip()
                if not rest:
                    name = ""
                    break
                at += len(name) - len(rest)
                name = rest
            name = re.sub(r"['’]s?$", "", name).rstrip("-’'")
            low = name.lower()
            if len(name) > 1 and low not in adjectives():
                kind = names.kind_of(name)
                if low in states():
                    kind = "state"
                if kind == "person" and low.split()[-1] in adjectives():
                    continue  # "African American" is of people, and no name
                out.append(Seen(at, name, kind, False))
        return out

    def _person(self, at: int, female: bool) -> Seen | None:
        """For "he" or "she": the speaker just met, unless the sentence before is about another person."""
        wrong = MALE if female else FEMALE
        last = next(
            (s for s in reversed(self.spoken) if s.kind == "person" and s.at < at and not wrong.search(s.name)), None
        )
        near = self.text[max(0, at - 600) : at]
        met = [m for m in self.mentions(at - len(near), at) if m.kind == "person" and not wrong.search(m.name)]
        full = [m for m in met if len(names.person_words(m.name)) > 1 or " " in m.name]
        begin = max(at - len(near), *(m.end() + at - len(near) for m in _SENTENCE_END.finditer(near)), 0)
        subject = next((m for m in full if m.at >= begin), None)
        if subject:
            return subject
        if last and at - last.at < 600:
            later = [m for m in full if m.at > last.at + len(last.name) and not _shared(m.name, last.name)]
            opening = [m for m in later if self._opens(m.at)]
            return opening[-1] if opening else last
        opening = [m for m in full if self._opens(m.at)]
        return (opening or full or [None])[-1] or last  # type: ignore[list-item]

    def _opens(self, at: int) -> bool:
        """Whether a name stands where a sentence's subject does: in its first words."""
        lead = re.split(r"[.!?\n][\s\"”’]*", self.text[max(0, at - 90) : at])[-1]
        return len(lead.split()) <= 4 and "," not in lead

    def _last(self, at: int, kinds: tuple[SourceKind, ...]) -> Seen | None:
        last = next((s for s in reversed(self.spoken) if s.kind in kinds and at - REACH < s.at < at), None)
        begin = self.text.rfind("\n", 0, at) + 1
        met = [m for m in self.mentions(max(begin, at - 400), at) if m.kind in kinds and self._opens(m.at)]
        if met and (last is None or met[-1].at > last.at + 300):
            return met[-1]
        return last

    def _antecedent(self, written: str, at: int) -> Holder:
        """For "who" and "which": the nearest noun phrase ahead of it in the sentence."""
        begin = max(self.text.rfind("\n", 0, at), at - 160, 0)
        met = self.mentions(begin, at)
        person = names.WHO.match(written)
        fitting = [m for m in met if (m.kind == "person") == bool(person)] or met
        if fitting:
            return Holder(fitting[-1].name, fitting[-1].kind)
        noun = re.search(
            r"((?:the|an?|some|many|several|other)\s+(?:[a-z-]+\s+){0,2}[a-z-]+)\s*,?\s*$", self.text[begin:at], re.I
        )
        if noun:
            return Holder(noun[1], names.kind_of(noun[1]))
        return Holder(names.UNNAMED, "unnamed")

    def _role(self, written: str, at: int) -> Seen | None:
        """For "the spokesman", "the ministry", "the editorial": the last source (or name) that the role fits.

        A role that is told apart ("the foreign ministry") is nobody's who is told apart in another way or not at all.
        """
        found = _ROLE.match(written)
        if not found or any(w[:1].isupper() for w in found[1].split()):
            return None
        *apart, head = found[1].lower().split()
        back = [s for s in reversed(self.spoken) if at - 3 * REACH < s.at < at]

        def called(s: Seen) -> bool:
            own = s.name.lower().split()
            return head in own and set(apart) <= {*own, *_ANY}

        if said := next((s for s in back if called(s) and s.name.lower() != written.lower()), None):
            return said
        if head in words.PERSON_ROLES:
            people = (s for s in back if s.kind == "person" and names.person_words(s.name) and s.name[:1].isupper())
            if set(apart) <= _ANY and head not in _TITLES:
                return next(people, None)
            return next((s for s in people if self._has_role(s, found[1].lower(), at)), None)
        if head in words.OUTLET_WORDS:
            return next((s for s in back if s.kind == "outlet"), None)
        if head in words.INSTITUTION_WORDS or head in ("country", "nation"):
            wanted = ("state",) if head in ("country", "nation", "government") else ("institution",)
            if named := [m for m in self.mentions(max(0, at - REACH), at) if called(m)]:
                return named[-1]
            if set(apart) <= _ANY and (head in _ANY_BODY or wanted == ("state",)):
                return next((s for s in back if s.kind in wanted and _proper(s.name)), None)
        return None

    def _has_role(self, seen: Seen, role: str, before: int) -> bool:
        """Whether a name stands beside a role ahead of a point: "Ann Lee, the transport minister"."""
        end = seen.at + len(seen.name)
        if role.split()[-1] not in _TITLES:
            return role in self.text[max(0, seen.at - 60) : min(before, end + 60)].lower()
        ahead = re.split(r"[.!?;]\s|\n", self.text[max(0, seen.at - 60) : seen.at])[-1]
        after = re.split(r"[.!?;]|\n", self.text[end : min(before, end + 60)])[0]
        around = f"{ahead}{seen.name}{after if after.startswith(',') else ''}".lower()
        return any(word in around for word in (role, _SHORT.get(role, role)))


def _proper(name: str) -> bool:
    """Whether a name is more than what a sentence opens with, as in "The police"."""
    return any(word[:1].isupper() for word in re.sub(r"^(?:The|An?) ", "", name).split())


def _shared(a: str, b: str) -> bool:
    return bool(set(names.person_words(a)) & set(names.person_words(b)))
