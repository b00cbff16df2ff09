"""What pages put around an article: phrases that hold on the web at large, each with the kind of thing it is.

A phrase must match a whole line (a paragraph), its bullets, arrows and case taken off. ``ANYWHERE`` phrases are never
article text; ``EDGE`` phrases are furniture only above or below the article. They are matched against at most
``MAX_LINE`` characters and hold no nested repetition without a bound, so that no line can make them slow.
"""

from __future__ import annotations

import re

MAX_LINE = 400

NAME_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯІЇЄ][\w’'.-]*"
_PARTICLE = r"(?:de|del|della|di|da|dos|das|du|la|le|van|von|der|den|ter|bin|ibn|al|el|y|i)"
NAME = rf"{NAME_WORD}(?: (?:{NAME_WORD}|{_PARTICLE}(?= ))){{1,4}}"
"""A personal name as bylines write it: two to five words."""

# One phrase a line; "~" joins a long phrase to the next line.
_ANYWHERE = {
    "navigation": r"""
        connect with us
        (?:hi[,!]? )?what are you looking for\??
        (?:skip|jump) to (?:main )?(?:content|navigation|search)
        (?:back|return|go) to (?:the )?(?:top|home ?page|homepage)(?: of (?:the )?page)?
        (?:toggle|open|close|main|primary|hamburger) (?:menu|navigation|search|sidebar)
        (?:previous|next) (?:article|post|story|page)(?: ?: .{1,120})?
        you are here:?.{0,80}
        home (?:[>/»|] .{1,100})
        sign ?in(?: / | or )(?:register|sign ?up|subscribe|join)
        log ?in(?: / | or )(?:register|sign ?up)
        site ?map
        breadcrumbs?
        this (?:page|site|website) (?:uses|requires) (?:cookies|javascript).{0,200}
        (?:we|this site|our website) uses? cookies.{0,250}
        (?:please )?enable javascript.{0,120}
        accept (?:all )?cookies
        (?:loading|please wait)(?:\.\.\.|…)?
        (?:print|email|save)(?: this)? (?:page|article|story)
        click here to (?:print|go back).{0,60}
        page \d{1,3} of \d{1,3}
        \d{1,3} / \d{1,3}
    """,
    "advertisement": r"""
        \(?advert(?:isement|isment|ising)?s?\)?(?: ?[-–—:] ?(?:continue reading below|story continues below~
        |scroll (?:down )?to continue))?
        (?:article|story) continue[sd] (?:below|after)(?: (?:the )?(?:advert(?:isement)?|ad|video|gallery))?.{0,40}
        sponsored(?: content| by .{1,50})?
        (?:paid|promoted|partner) (?:content|post|stories)
        scroll (?:down )?(?:to|for) (?:continue|more|read|videos?|photos?).{0,60}
        remove ads
        advertisement\. scroll to continue reading\.?
        (?:advertisement )?continue reading the main story.{0,40}
        (?:send any friend a story|give this article|gift article|supported by)
        as a subscriber,? you have .{1,120}
        save articles to read later.{0,80}
    """,
    "share": r"""
        share(?: (?:this|on|via|with|to|all)\b.{0,120})?
        (?:share|tweet|pin|email|print|like|post|comment|save|copy link|whatsapp|facebook|twitter|linkedin|reddit~
        |telegram|flipboard)(?:[ |/,·•+]{1,3}(?:share|tweet|pin|pin it|email|print|like|post|comment|save|copy|link~
        |copy link|on|whatsapp|facebook|twitter|x|linkedin|reddit|telegram|pinterest|tumblr|google\+?|messenger~
        |flipboard|more|this|article|pocket|sms)){1,14}
        \d{1,7} shares?
        (?:facebook|twitter|google plus) icon .{0,200}
        read or share this (?:story|article):?.{0,300}
        show more sharing options.{0,60}
        .{0,80}close share options.{0,80}
        (?:listen to article \d{1,2}:\d\d )?share this article.{0,60}
        (?:tweet|like|share|email|print|whatsapp|copy link|a\+|a-)
    """,
    "comment-ui": r"""
        click to comment
        (?:leave|post|add|write|submit) (?:a|your) (?:reply|comment)s?(?: .{0,40})?
        user comments?(?: post a comment)?
        post (?:a )?comments?
        your email (?:address )?will not be published\.?.{0,80}
        required fields are marked ?\*?
        (?:be the first to|please log ?in to|sign in to) comment.{0,60}
        (?:cancel|reply to) reply
        (?:view|show|hide|read|see|load)(?: all| more)?(?: the)?(?: \d{1,6})? comments?(?: \(\d{1,6}\))?
        \(?\d{1,6}\)? (?:user )?comments? ?(?:\(\d{1,6}\))?
        comments? ?[(:]? ?\d{1,6}\)?
        no comments(?: yet)?
        join the (?:conversation|discussion).{0,40}
        comments (?:are|have been) (?:closed|disabled|turned off)(?: .{0,60})?\.?
        save my name, email,? and website.{0,80}
        notify me of (?:new|follow-?up) (?:comments|posts).{0,60}
        name ?\* ?email ?\*.{0,60}
        powered by disqus.{0,40}
        have something to (?:say|add)\??.{0,80}
        (?:the )?views? and comments? posted .{0,120}
    """,
    "counter": r"""
        (?:views?|hits|reads?|visits|visitors|page ?views|times read|shares|likes|downloads)[ :()-]{0,3}~
        \d[\d.,]{0,10}[km]?\)?
        \d[\d.,]{0,10} ?[km]? (?:views?|hits|reads|visits|page ?views|times read|likes|downloads|retweets)
        (?:estimated )?(?:reading|read) time:? .{1,30}
        \d{1,3}[ -]min(?:ute)?s?\.? read
        (?:time to read|listen)[: ]{1,2}\d{1,3}[: ].{0,20}
        \d{1,3}:\d\d(?: / \d{1,3}:\d\d)?
        (?:about )?(?:\d{1,3}|an?|one) (?:year|month|week|day|hour|hr|minute|min)s? ago
        this article is more than (?:\d{1,3}|an?|one) (?:year|month|week|day)s? old
    """,
    "modified": r"""
        (?:this )?(?:page|article|story|site|document)?(?: was)? ?(?:last[ -](?:modified|updated|reviewed|edited~
        |changed|revised)|updated)(?: on| at| by)?[: ].{0,80}
        (?:last|latest) (?:update|modification|revision)[: ].{0,60}
    """,
    "mailing-list": r"""
        (?:please )?(?:join|subscribe to|sign ?up (?:for|to)|get|receive|follow) (?:the |our |your )?(?:free ~
        |daily |weekly |email ){0,3}[\w’'&.@/: -]{1,60} ?(?:mailing list|e?-?newsletters?|news ?letters?~
        |email alerts?|alerts|rss feed|podcast)(?: .{0,120})?[.!]?
        (?:join|subscribe to|sign ?up (?:for|to)|get|receive) (?:the |our )(?:free |daily |weekly |email ){0,3}~
        [\w’' -]{0,30}(?:updates|briefing|digest)[.!]?
        (?:newsletter|mailing list)(?: (?:sign[ -]?up|subscription))?
        (?:enter|your) (?:your )?e-?mail(?: address)?.{0,60}
        subscribe(?: now| today| here)?[!.]?
        (?:get|have) .{1,80} (?:delivered )?(?:straight )?(?:in|to) your inbox.{0,80}
        .{0,80}\b(?:in|to) your inbox\b.{0,120}sign up.{0,100}
        get breaking news alerts.{0,120}
        (?:sign|log) (?:up|in) (?:here|now|today)[.!:]? ?.{0,80}
        (?:enjoy(?:ing|ed)?|lik(?:e|ing|ed)) (?:this|what you)\b.{1,60}[?!.] .{0,200}
        (?:thank you for|thanks for) (?:signing up|subscribing|reading).{0,80}
        .{0,60}by (?:signing up|subscribing|submitting).{0,40},? you agree.{0,200}
        subscribe (?:to|on|via|for) .{1,140}
        unsubscribe.{0,60}
    """,
    "donation-banner": r"""
        .{0,60}\b(?:make a|your|a|please) (?:\w{2,20} )?(?:donation|contribution) (?:to|in support|today|now|here~
        |helps|will help|of \$)\b.{0,80}
        (?:please )?donate(?: now| today| here| to .{1,60})?[!.]?
        (?:please )?(?:consider|support) (?:supporting |our |independent |quality )(?:our |independent |quality )?~
        (?:work|journalism|reporting|mission|media|website|site).{0,120}
        support us(?: .{0,60})?
        become a (?:member|subscriber|supporter|patron)(?: .{0,80})?[.!]?
        buy (?:me|us) a coffee.{0,40}
    """,
    "follow": r"""
        (?:please |you can )?follow (?:us|me|him|her|them|@\w{1,30}|[\w’' .-]{2,50}) (?:on|at|via) ~
        (?:our )?(?:social media|twitter|facebook|instagram|x|telegram|youtube|linkedin|google|whatsapp|tiktok~
        |threads|mastodon|@).{0,140}
        follow us.{0,60}
        (?:find|like|join|visit) us on .{1,80}
        follow @\w{1,30}
        follow (?:\w+ ){0,6}correspondent .{0,20}@\w{1,30}
        (?:email|contact|e-mail)(?: (?:the )?(?:author|writer|us|him|her))? (?:at|:) ?\S{3,60}
        get the (?:\w{2,20} ){1,3}app
        (?:download|get) (?:the |our )(?:free )?.{0,40}\bapps?\b.{0,60}
        [\w.-]{2,40}@[\w.-]{3,60}
        @\w{2,30}
    """,
    "related": r"""
        (?:related|recommended|suggested|similar|trending|popular|latest|more|top|recent|other|featured|must[ -]read~
        |editor'?s'?)(?: (?:on|from|in))?(?: this)? ?(?:articles?|stories|story|news|posts?|content|coverage|reading~
        |links?|topics?|videos?|headlines|picks?|reads?|tags?)(?: .{0,40})?:?
        (?:read|see|watch|listen|view|click)(?: |-)(?:also|more|next|on|now|below|here|the full .{1,40})~
        (?: (?:at|on|from|in|about|stories|news|here|to read more)\b.{0,100})?:?
        read the (?:\w{2,20} ){1,3}in full
        (?:you may|you might) (?:also |be )?(?:like|interested in|enjoy|have missed).{0,40}
        most (?:read|popular|viewed|shared|commented|recent)(?: .{0,30})?
        \(? ?(?:related|read more|read also|also read|see also|more|watch|see more|further reading|recommended~
        |must read|must watch|read next|up next|don't miss|listen|editor's picks?|related video|photos|video~
        |read the full story|more on this|more information|exclusive video|also on [\w ]{2,30})\s?[:|»>]\s?.{1,200}
        (?:related|read next|up next|see also|read more|more on this story|more from .{1,50}|more on .{1,40}~
        |what to read next|in this series|keep reading|continue reading.{0,60}|recommended for you|around the web~
        |from around the web|don't miss|newsletters?|explore more.{0,40}|related topics|more on this)(?:\.\.\.|…)?
        read more about how we .{1,120}
        (?:mehr zum thema|lesen sie auch|das könnte sie auch interessieren|lire aussi|à lire aussi|sur le même sujet~
        |leer más|lea también|te puede interesar|leggi anche|leia (?:também|mais)|lees ook|läs också|czytaj także~
        |читайте также|по теме|читайте також|ayrıca bakınız)\s?:?.{0,150}
    """,
    "copyright": r"""
        (?:(?:copyright|©|\(c\)|\u24b8)\s?){1,3}(?:by |of )?.{0,160}
        (?:.{0,120}[,.] ?)?all rights reserved\.?.{0,200}
        (?:terms (?:of|and|&) (?:use|service|conditions)|privacy (?:policy|notice)|cookie policy)~
        (?:[ |/·•,&-]{1,4}.{0,160})?
        this material may not be (?:published|reproduced).{0,160}
        (?:click here|contact us) for (?:re-?print|reuse|licensing|syndication).{0,80}
        (?:re-?prints?|permissions)(?: (?:and|&) (?:permissions|licensing))?
        do not sell my .{1,60}
        (?:to )?(?:re-?print|republish|order reprints).{0,30} (?:article|story|piece)s?.{0,120}
        our standards:? .{0,80}
    """,
    "caption": r"""
        image (?:source|caption|credit|copyright),? .{1,380}
        file(?: photo)? ?[-–—:] .{1,390}
        (?:enlarge this image|toggle caption|hide caption|image caption|image copyright~
        |media playback is unsupported|media caption|video caption)\b.{0,380}
        .{0,250}\b(?:toggle caption|hide caption)\b.{0,180}
        (?:photo(?:graph)?s?|images?|pictures?|illustration|graphic|credit|file photo|foto|bild)~
        (?: (?:by|credit|source|courtesy(?: of)?|via))?\s?[:/©]\s?.{1,200}
        \(?(?:photo|image|picture|photograph|illustration|graphic|graph|chart|map|screenshot|screen ?grab) ~
        (?:by|courtesy|credit|from|via|source) .{1,100}\)?
        \[?via merlin.{0,60}
        .{0,120}\(?\bpictured\b[^.]{0,150}
        (?:play|watch)(?: the)? video(?:s)?(?: .{0,60})?
        (?:view|see|open|show)(?: the)?(?: full)? (?:gallery|slideshow|photos|images?)(?: .{0,40})?
        \d{1,3} (?:of \d{1,3} )?(?:photos|images|pictures|slides) ?.{0,20}
        replay
        more videos ?.{0,20}
    """,
}

_ANYWHERE["note"] = r"""
    \^ ?.{1,390}
"""
_EDGE = {
    "label": r"""
        (?:home|news|world|politics|business|economy|opinions?|op-?ed|editorial|comment|commentary|analysis|features?~
        |sports?|culture|arts|lifestyle|life|style|health|science|technology|tech|travel|education|environment~
        |climate|energy|security|defen[cs]e|international|national|local|region(?:al)?|asia|africa|europe|americas?~
        |middle east|u\.?s\.?|uk|exclusive|breaking(?: news)?|videos?|photos|gallery|podcasts?|live|latest~
        |top stories|archives?|search|menu|more|about(?: us)?|contact(?: us)?|subscribe|subscriptions?|login|log in~
        |sign in|sign up|register|account|profile|settings|help|faq|jobs|careers|advertise(?: with us)?~
        |newsletters?|follow|comments?|reply|tags?|topics?|categories|category|print|email|share|close|open|english~
        |language|special reports?|interviews?|reports?|blogs?|magazine|letters|obituaries|reviews?|weather|markets~
        |money|published|posted|updated|keywords?|issues|guest authors?|contributing authors?|press releases?|authors?~
        |contributors|in depth|long reads?|explainers?|fact[ -]check(?:s|ing)?)~
        (?:[/|,& ]{1,3}(?:opinions?|analysis|news|politics|world|commentary|editorial))?:?
    """,
    "tags": r"""
        (?:tags?|topics?|filed (?:under|in)|posted in|categor(?:y|ies)|keywords?|labels?|hashtags|themes?~
        |in this (?:article|story)|tagged(?: (?:as|with))?|sections?)\s?[:|]?\s.{1,250}
        #\w{2,40}(?: #\w{2,40}){0,20}
    """,
    "byline-label": r"""
        written by|author(?:s|\(s\))?|about the authors?|by|reporter|byline|contributors?|the authors?
        staff writer|story by|words by
    """,
    "field": r"""
        (?:title|headline|author|date|published(?: on)?|source|publication|publisher|outlet|url|link|language~
        |section|byline|doi|isbn|issn|id|word count|length|dateline|copyright)\s?:\s?.{1,300}
    """,
    "credit": r"""
        (?:additional )?(?:reporting|writing|editing|research|production|translation|translated|edited|compiled~
        |written)(?: and (?:writing|editing))? by [^.]{3,160}\.?(?: ?(?:editing|writing|reporting) by [^.]{3,120}\.?)?
        .{3,220} contributed(?: (?:to|reporting|reporting to|research)\b.{0,100})?\.?
        (?:contributing|with assistance by|with assistance from|with reporting by)\s?:? .{2,160}
        (?:with )?(?:additional )?(?:reporting|files|material|information) (?:from|by) .{2,100}
        (?:this (?:story|article|post|report|column|piece)|a version of this (?:article|story)) ~
        (?:has been|was|is|also|will be|appear|appears|appeared)\b.{0,330}
        (?:correction|clarification) ?:? .{0,380}
        editor'?s note ?:.{0,380}
        [-–—]{0,3} ?(?:reuters|ap|afp|upi|bloomberg|xinhua|tass|dpa|ani|pti|cnn|bbc)
        \((?:reuters|ap|afp|upi|bloomberg|xinhua|tass|dpa|ani|pti)\)
    """,
    "promo": r"""
        (?:click|tap)\b.{0,60}\b(?:here|more|read)\b.{0,160}
        (?:read|see|visit|go|check)\b.{0,40}\b(?:here|website|site|page)\b.{0,100}
        (?:to (?:read|learn|find out) more|for more (?:information|news|stories|on|coverage|about)|for the latest)~
        \b.{0,200}
        (?:listen to|watch|subscribe to) .{1,120}
        (?:like|enjoy(?:ed)?) (?:this|what you(?:'re| are)? read(?:ing)?)(?: (?:article|story))?\??.{0,120}
        .{0,200}\b(?:inquiries|enquiries|press contact|questions|comments|feedback)\b.{0,100}\S@\S.{0,60}
        \[\d{1,3}\] .{1,390}
        https?://\S{3,300}
        www\.\S{3,200}
        (?:have|got) (?:a )?(?:news )?(?:tip|story idea|question)s?\b.{0,160}
        (?:send|submit|e-?mail) (?:us |your |letters |story ).{1,160}
        want more.{1,160}
        (?:buy|order|get) (?:the|your|his|her) (?:book|copy).{0,120}
        (?:write|email|reach|contact|tweet|message) (?:to )?.{3,160}\S@\S.{0,120}
        .{0,60}(?:\d{3}-\d{4}|\S{2,40}@\S{4,40}),? .{0,60}twitter\.com\S{0,40}
        the end\.?|\(?end\)?|###?|-?\s?30\s?-?
    """,
}


def _compile(table: dict[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    out = []
    for kind, block in table.items():
        joined = re.sub(r"~\n\s*", "", block)
        phrases = [line.strip() for line in joined.splitlines() if line.strip()]
        out.append((kind, re.compile("|".join(f"(?:{p})" for p in phrases), re.IGNORECASE)))
    return out


ANYWHERE = _compile(_ANYWHERE)
EDGE = _compile(_EDGE)

LONG = 60
"""Characters from which a line must hold one of ``_CUES`` to be matched at all: prose is spared 200 patterns."""

_CUES = frozenset(
    "pictured inquiries enquiries press questions feedback enjoying enjoy liked like advertisement. supported "
    "file file: save subscriber, cookies javascript continue continues share sharing icon "
    "comment comments published fields comment. name, notify "
    "disqus views comments. read old last updated modified edited revised latest join subscribe sign signing signup "
    "receive newsletter newsletters newsletter. newsletters. mailing alerts inbox inbox. email subscribing submitting "
    "unsubscribe donation contribution donate support supporting become coffee follow find like visit contact app app. "
    "apps download related recommended trending popular top most also see watch watch: listen more more: up don't "
    "exclusive copyright © (c) rights reserved. terms privacy reproduced reprint re-print republish republished "
    "reprinted standards: enlarge caption playback photo photo: photos photos: image image: picture illustration "
    "graphic credit credit: photograph foto bild file screenshot graph play video video: view show open title: "
    "headline: author: date: published: source: publication: publisher: url: link: language: section: byline: tags "
    "tags: tag topics: topics filed posted category: categories: keywords: reporting editing contributed contributed. "
    "contributing: contributing with files additional correction correction: clarification: editor's note: story "
    "article post column piece click tap here here. website for learn subscribe: http https have got send submit "
    "e-mail write reach tweet message want buy order get keep you by home previous next page follow: related: "
    "sponsored poll: must around "
    "read:".split()
)
_EDGES = re.compile(r"^[\s>»›→▶►•·|*_#=~«‹←▲▼✕×✖☰⌂-]+|[\s>»›→▶►•·|*_=~«‹←▲▼✕×✖-]+$")


def plain(line: str) -> str:
    """A line as the patterns want it: one space, straight apostrophes, no bullets and arrows around."""
    flat = " ".join(line[: MAX_LINE + 60].split()).replace("’", "'").replace("‘", "'")
    return _EDGES.sub("", flat)


def kind_of(line: str, *, edge: bool) -> str | None:
    """The kind of furniture that a whole line is, if any; ``edge`` adds the phrases that only stand around articles."""
    flat = plain(line)
    if not flat:
        return "rule"
    if len(flat) > MAX_LINE:
        return None
    if len(flat) > LONG and not flat.startswith(("http", "www.", "#", "@", "©", "(", "[", "^")):
        words = flat.lower().split()
        if _CUES.isdisjoint(words) and not any(w.endswith((":", "|")) for w in words[:4]):
            return None
    for kind, pattern in ANYWHERE + EDGE if edge else ANYWHERE:
        if pattern.fullmatch(flat):
            return kind
    return None
