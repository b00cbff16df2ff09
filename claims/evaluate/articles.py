"""Figures about single articles: metadata, text and sentences, what is a claim, who says it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from claims.evaluate.data import Export, Gold, Key, Row
from claims.evaluate.names import NOTHING, Counts, Name, add, any_same, figure, same, share, words

FIELDS = ("outlet", "author", "title", "published")


def metadata(export: Export, gold: Gold) -> dict[str, Any]:
    """For each field, the share of articles whose text gives it and where it was found right.

    ``<field>_honest_unknown``: of the articles whose text does not give it, the share where it was left empty.
    """
    report: dict[str, Any] = {}
    for field in FIELDS:
        found = [(export.documents.get(doc, {}).get(field), want) for doc, want in gold.documents.items()]
        told = [(got, want) for got, want in found if want[field]]
        untold = [(got, want) for got, want in found if not want[field]]
        report[field] = share(sum(_right(field, got, want) for got, want in told), len(told))
        report[f"{field}_honest_unknown"] = share(sum(_honest(field, got, want) for got, want in untold), len(untold))
    return report


def _right(field: str, got: Any, want: Row) -> bool:
    if field == "published":
        return str(got or "")[:10] == str(want[field])[:10]
    return same(words(got), words(want[field]))


def _honest(field: str, got: Any, want: Row) -> bool:
    """Nothing is claimed that the text does not say; an outlet that other evidence gives is no invention either."""
    if not got:
        return True
    return field == "outlet" and same(words(got), words(want.get("outlet_guess") or want.get("original_outlet")))


def reading(export: Export, gold: Gold) -> dict[str, Any]:
    """Article text kept, boilerplate left out, and sentence boundaries.

    ``article_kept``: share of gold sentences of which at least 80 % stand in some sentence of the export.
    ``boilerplate_out``: share of boilerplate stretches of which less than half does.
    ``boundaries``: sentences whose both ends are right, to two code points.
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for doc, s in export.sentences:
        spans[doc].append((s["start"], s["end"]))
    kept = exact = 0
    for (doc, _), s in gold.sentences.items():
        a, b = s["char_start"], s["char_end"]
        kept += _covered(a, b, spans[doc]) >= 0.8 * (b - a)
        exact += any(abs(start - a) <= 2 and abs(end - b) <= 2 for start, end in spans[doc])
    junk = [(doc, *span) for doc, d in gold.documents.items() for span in _boilerplate(d)]
    leaked = sum(_covered(a, b, spans[doc]) >= 0.5 * (b - a) for doc, a, b in junk)
    predicted, total = sum(len(spans[doc]) for doc in gold.documents), len(gold.sentences)
    return {
        "article_kept": round(kept / total, 3) if total else 0.0,
        "boilerplate_out": round(1 - leaked / len(junk), 3) if junk else None,
        "boundaries": figure((exact, predicted - exact, total - exact)),
    }


def _covered(start: int, end: int, spans: list[tuple[int, int]]) -> int:
    """Code points of a stretch that stand in the spans; what stands in two counts twice."""
    return sum(max(0, min(end, e) - max(start, s)) for s, e in spans)


def _boilerplate(document: Row) -> list[tuple[int, int]]:
    found = []
    for item in document.get("boilerplate_detail") or ():
        start = item.get("char_start", item.get("start"))
        if start is not None:
            found.append((start, item.get("char_end", item.get("end", start + len(item["text"])))))
    return found


class Said(NamedTuple):
    """What the export says of a gold sentence, over all of its own sentences that fall on it."""

    is_claim: bool = False
    holders: frozenset[Name] = frozenset()


def _said(export: Export, gold: Gold) -> dict[Key, Said]:
    found: dict[Key, Said] = {}
    for doc, s in export.sentences:
        if key := gold.at(doc, s["start"], s["end"]):
            before = found.get(key, Said())
            holders = before.holders | {words(holder) for holder in s.get("holders") or ()}
            found[key] = Said(before.is_claim or bool(s.get("is_claim")), holders)
    return found


def sentences(export: Export, gold: Gold) -> dict[str, Any]:
    """Detection and attribution, over the sentences whose labels are not withheld.

    ``detection``: is the sentence a claim (and is it none), borderline cases left out. ``attribution.holders``: the
    holders of a claim sentence by name or alias, against the reading of it that fits best.
    ``attribution.own_or_other_accuracy``: is it the document's own voice or somebody else's.
    """
    said = _said(export, gold)
    claim, none, holders = NOTHING, NOTHING, NOTHING
    own, claims = 0, 0
    for key, want in gold.sentences.items():
        if want.get("is_claim") is None:
            continue
        got = said.get(key, Said())
        if not want.get("borderline"):
            claim = add(claim, _counted(want["is_claim"], got.is_claim))
            none = add(none, _counted(not want["is_claim"], not got.is_claim))
        if want["is_claim"]:
            options = _readings(want)
            cells = [_attributed([gold.names(h, w) for h, w in option], got.holders) for option in options]
            holders = add(holders, min(cells, key=lambda cell: (cell[1] + cell[2], -cell[0])))
            own += any(bool(option) == bool(got.holders) for option in options)
            claims += 1
    return {
        "detection": {"claim": figure(claim), "not_claim": figure(none)},
        "attribution": {"holders": figure(holders), "own_or_other_accuracy": share(own, claims) or 0.0},
    }


def _counted(truth: bool, found: bool) -> Counts:
    return int(truth and found), int(found and not truth), int(truth and not found)


def _readings(sentence: Row) -> list[list[tuple[str, str]]]:
    """The ways in which a sentence may be attributed: (canonical holder, as written), outermost first."""
    first = list(zip(sentence["holders"], sentence["attribution"], strict=False))
    others = sentence.get("alt_attribution") or ()
    return [first, *(list(zip(a.get("holders", ()), a.get("attribution", ()), strict=False)) for a in others)]


def _attributed(wanted: list[set[Name]], got: frozenset[Name]) -> Counts:
    hit = sum(any(any_same(name, names) for name in got) for names in wanted)
    used = sum(any(any_same(name, names) for names in wanted) for name in got)
    return hit, len(got) - used, len(wanted) - hit
