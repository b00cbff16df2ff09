"""One page of the contested claims, for people without a terminal: HTML that stands by itself, no scripts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from claims.models import Stance
from claims.plural import plural
from claims.rows import ClaimRow, MentionRow
from claims.safe import clean, one_line
from claims.stance import REASONS
from claims.views import Views

SIDES: tuple[tuple[Stance, str, str], ...] = (
    ("asserts", "+", "Asserted by"),
    ("disputes", "−", "Disputed by"),
    ("reports", "·", "Only passed on by"),
)

STYLE = """
:root { color-scheme: light dark; --line: #8886; --yes: #06633f; --no: #9b1c1c; --mark: #fff1a8; }
@media (prefers-color-scheme: dark) { :root { --yes: #7fd8ae; --no: #ff9d95; --mark: #5c5000; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem;
  overflow-wrap: anywhere; }
h2 { line-height: 1.25; } time { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; } thead th, td { white-space: nowrap; }
th, td { text-align: left; padding: .3rem .6rem; vertical-align: top; }
th, td, article { border-bottom: 1px solid var(--line); } article { padding: 1rem 0; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2rem; }
ul { list-style: none; padding: 0; } li { margin-bottom: 1rem; break-inside: avoid; }
blockquote { margin: .2rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
.asserts blockquote, .asserts h3 { border-color: var(--yes); color: var(--yes); }
.disputes blockquote, .disputes h3 { border-color: var(--no); color: var(--no); }
blockquote p { color: CanvasText; margin: 0; }
mark { background: var(--mark); color: inherit; text-decoration: underline; }
@media (max-width: 40rem) { thead th:nth-child(n+4), td:nth-child(n+4) { display: none; } }
.facts { opacity: .85; font-size: .9rem; } @media print { article { break-before: page; } nav { display: none; } }
"""


def _text(text: str | None) -> str:
    return escape(one_line(text))


def html(views: Views, *, limit: int = 100) -> str:
    """The page: the most contested ``limit`` claims, each with every sentence on it. All article text is escaped."""
    counts, claims = views.overview(), views.claims(contested=True, limit=limit)
    left_out = views.count_claims(contested=True) - len(claims)
    rows = "".join(
        f'<tr><th scope="row"><a href="#claim-{c.id}">{_text(c.text)}</a></th><td>{c.asserting}</td>'
        f"<td>{c.disputing}</td><td>{c.outlets}</td><td>{_text(c.first_seen) or 'no date'}</td></tr>"
        for c in claims
    )
    listing = (
        f"<table><caption>{len(claims)} contested claims, most contested first</caption><thead><tr>"
        + "".join(f'<th scope="col">{h}</th>' for h in ("Claim", "Assert", "Dispute", "Outlets", "First seen"))
        + f"</tr></thead><tbody>{rows}</tbody></table>"
        if claims
        else "<p>No claim is contested in the articles read.</p>"
    )
    more = f"<p>{left_out} further contested claims are left out.</p>" if left_out > 0 else ""
    body = "".join(_claim(claim, views.mentions(claim.id)) for claim in claims)
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><title>Contested claims</title><style>{STYLE}</style></head>
<body><header><h1>Contested claims</h1>
<p>{counts.documents} articles, {counts.sources} sources, {counts.recurring} recurring claims, {counts.contested}
contested. This page says who says what, and in which words; it does not say what is true. A programme set the marks,
except where “set by hand” stands: read the sentence before you rely on one.</p></header>
<nav aria-label="Claims">{listing}{more}</nav><main>{body}</main></body></html>
"""
    return page.encode("utf-8", "replace").decode()  # half a surrogate pair has no UTF-8


def _claim(claim: ClaimRow, mentions: Sequence[MentionRow]) -> str:
    sides = "".join(_side(stance, sign, title, mentions) for stance, sign, title in SIDES)
    unknown = [
        (sum(m.published is None for m in mentions), "without a date"),
        (sum(m.source_kind == "unnamed" for m in mentions), "by a source that the article does not name"),
        (sum(m.source_kind == "document" for m in mentions), "in an article whose outlet is not known"),
        (sum(m.reason == "unclear" for m in mentions), "whose side is not clear"),
    ]
    missing = "; ".join(f"{n} of {len(mentions)} marks {what}" for n, what in unknown if n)
    whole = "Every mark has a date, a named source, a known outlet and a clear side"
    told = f"Not known: {missing}" if missing else whole
    disputed = min((m.published for m in mentions if m.stance == "disputes" and m.published), default=None)
    since = f"disputed since {_text(disputed)}" if disputed else "no dispute has a date"
    return (
        f'<article id="claim-{claim.id}" aria-labelledby="h-{claim.id}"><h2 id="h-{claim.id}">{_text(claim.text)}</h2>'
        f'<p class="facts">Claim {claim.id}; {plural(claim.outlets, "outlet")},'
        f' {plural(claim.origins, "independent origin")}; seen'
        f" {_text(claim.first_seen) or '?'} to {_text(claim.last_seen) or '?'}; {since}.</p>"
        f'<div class="sides">{sides}</div><p class="facts">{told}.</p>'
        "</article>"
    )


def _side(stance: Stance, sign: str, title: str, mentions: Sequence[MentionRow]) -> str:
    mine = [m for m in mentions if m.stance == stance]
    if not mine:
        return ""
    sources = len({m.source_id for m in mine})
    items = "".join(f"<li>{_mention(m)}</li>" for m in mine)
    return f'<section class="{stance}"><h3>{sign} {title} {sources}</h3><ul>{items}</ul></section>'


def _mention(mention: MentionRow) -> str:
    chain = " ▸ ".join(_text(name) for name in (mention.outlet, *mention.holders))
    start = max(0, mention.start - mention.sentence_start)
    end = max(start, mention.end - mention.sentence_start)
    sentence = one_line(mention.sentence)  # as many code points as before, so the span holds
    quoted = f"{escape(sentence[:start])}<mark>{escape(sentence[start:end])}</mark>{escape(sentence[end:])}"
    title = _text(mention.title) or _text(mention.path)
    url = clean(mention.url or "").strip()
    if url.lower().startswith(("http://", "https://")):  # no other scheme becomes a link
        title = f'<a href="{escape(url)}" rel="noreferrer">{title}</a>'
    why = "set by hand" if mention.by_hand else _text(REASONS.get(mention.reason, mention.reason))
    sure = "" if mention.by_hand else f" ({mention.score:.2f})"
    return (
        f"<strong>{chain}</strong>{'' if mention.holders else ' (own voice)'},"
        f" <time>{_text(mention.published) or 'no date'}</time>"
        f'<blockquote><p>{quoted}</p></blockquote><div class="facts">{title}. Why: {why}{sure}.</div>'
    )
