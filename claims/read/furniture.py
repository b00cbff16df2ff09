"""What pages put around an article: phrases that hold on the web at large, each with the kind of thing it is.

Every pattern must match a whole line (a paragraph), its bullets, arrows and case taken off. ``ANYWHERE`` phrases are
never article text; ``EDGE`` phrases are furniture only above or below the article. Patterns are matched against at most
``MAX_LINE`` characters and hold no nested repetition, so that no line can make them slow.
"""

from __future__ import annotations

import re

MAX_LINE = 400

NAME_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯІЇЄ][\w’'.-]*"
_PARTICLE = r"(?:de|del|della|di|da|dos|das|du|la|le|van|von|der|den|ter|bin|ibn|al|el|y|i)"
NAME = rf"{NAME_WORD}(?: (?:{NAME_WORD}|{_PARTICLE}(?= ))){{1,4}}"
"""A personal name as bylines write it: two to five words."""

_X = r"[\w’'&.@/: -]{1,60}"

_ANYWHERE: dict[str, str] = {
    "navigation": r"""
        connect with us | (?:hi[,!]? )?what are you looking for\?? | (?:skip|jump) to (?:main )?(?:content|navigation|search)
        | (?:back|return|go) to (?:the )?(?:top|home ?page|homepage)(?: of (?:the )?page)? | (?:toggle|open|close|main|primary|hamburger) (?:menu|navigation|search|sidebar)
        | (?:previous|next) (?:article|post|story|page)(?: ?: .{1,120})? | you are here:?.{0,80} | home (?:[>/»|] .{1,100})
        | sign ?in(?: / | or )(?:register|sign ?up|subscribe|join) | log ?in(?: / | or )(?:register|sign ?up) | site ?map | breadcrumbs?
        | (?:this (?:page|site|website) (?:uses|requires) )(?:cookies|javascript).{0,200} | (?:we|this site|our website) uses? cookies.{0,250}
        | (?:please )?enable javascript.{0,120} | accept (?:all )?cookies | (?:loading|please wait)(?:\.\.\.|…)?
        | (?:print|email|save)(?: this)? (?:page|article|story)? | click here to (?:print|go back).{0,60} | page \d{1,3} of \d{1,3} | \d{1,3} / \d{1,3}
    """,
    "advertisement": r"""
        \(?advert(?:isement|isment|ising)?s?\)?(?: ?[-–—:] ?(?:continue reading below|story continues below|scroll (?:down )?to continue))?
        | (?:article|story) continues (?:below|after)(?: (?:the )?(?:advert(?:isement)?|ad|video|gallery))?.{0,40} | sponsored(?: content| by .{1,50})? | paid (?:content|post)
        | (?:promoted|partner) (?:content|stories) | scroll (?:down )?(?:to|for) (?:continue|more|read).{0,60} | remove ads
    """,
    "share": r"""
        share(?: (?:this|on|via|with|to|all|the)\b.{0,120})? | (?:share|tweet|pin|email|print|like|post|comment|save|copy link|whatsapp|facebook|twitter|linkedin|reddit|telegram|flipboard)
          (?:[ |,/·•+]{1,3}(?:share|tweet|pin|pin it|email|print|like|post|comment|save|copy|link|copy link|on|whatsapp|facebook|twitter|x|linkedin|reddit|telegram|pinterest|tumblr|google\+?|messenger|flipboard|more|this|article|pocket|sms)){1,14}
        | \d{1,7} shares? | (?:facebook|twitter|google plus) icon .{0,200} | read or share this (?:story|article):?.{0,120} | show more sharing options.{0,60} | .{0,80}close share options.{0,80}
        | (?:tweet|like|share|email|print|whatsapp|copy link|a\+|a-)
    """,
    "comment-ui": r"""
        click to comment | (?:leave|post|add|write|submit) (?:a|your) (?:reply|comment)s?(?: .{0,40})? | user comments?(?: post a comment)? | post (?:a )?comments?
        | your email (?:address )?will not be published\.?.{0,80} | required fields are marked ?\*? | (?:be the first to|please log ?in to|sign in to) comment.{0,60} | (?:cancel|reply to) reply
        | (?:view|show|hide|read|see|load)(?: all| more)?(?: the)?(?: \d{1,6})? comments?(?: \(\d{1,6}\))? | \(?\d{1,6}\)? (?:user )?comments? ?(?:\(\d{1,6}\))? | comments? ?[(:]? ?\d{1,6}\)? | no comments(?: yet)?
        | join the (?:conversation|discussion).{0,40} | comments (?:are|have been) (?:closed|disabled|turned off)(?: .{0,60})?\.?
        | save my name, email,? and website.{0,80} | notify me of (?:new|follow-?up) (?:comments|posts).{0,60} | name ?\* ?email ?\*.{0,60} | powered by disqus.{0,40}
        | have something to (?:say|add)\??.{0,80} | (?:the )?views? and comments? posted .{0,120}
    """,
    "counter": r"""
        (?:views?|hits|reads?|visits|visitors|page ?views|times read|shares|likes|downloads)[ :()-]{0,3}\d[\d.,]{0,10}[km]?\)? | \d[\d.,]{0,10} ?[km]? (?:views?|hits|reads|visits|page ?views|times read|likes|downloads|retweets|people reacted)
        | (?:estimated )?(?:reading|read) time:? .{1,30} | \d{1,3}[ -]min(?:ute)?s?\.? read | (?:time to read|listen)[: ]{1,2}\d{1,3}[: ].{0,20} | \d{1,3}:\d\d(?: / \d{1,3}:\d\d)?
    """,
    "modified": r"""
        (?:this )?(?:page|article|story|site|document)?(?: was)? ?(?:last[ -](?:modified|updated|reviewed|edited|changed|revised)|updated)(?: on| at| by)?[: ].{0,80} | (?:last|latest) (?:update|modification|revision)[: ].{0,60}
    """,
    "mailing-list": rf"""
        (?:please )?(?:join|subscribe to|sign ?up (?:for|to)|get|receive|follow) (?:the |our |your )?(?:free |daily |weekly |email )*{_X} ?(?:mailing list|e?-?newsletters?|news ?letters?|email alerts?|alerts|updates|briefing|rss feed|podcast|digest)(?: .{{0,120}})?[.!]?
        | (?:newsletter|mailing list)(?: (?:sign[ -]?up|subscription))? | (?:enter|your) (?:your )?e-?mail(?: address)?.{{0,60}} | subscribe(?: now| today| here)?[!.]? | (?:get|have) .{{1,80}} (?:delivered )?(?:straight )?(?:in|to) your inbox.{{0,80}}
        | (?:sign|log) (?:up|in) (?:here|now|today)[.!:]? .{{0,80}} | (?:thank you for|thanks for) (?:signing up|subscribing|reading).{{0,80}} | .{{0,60}}by (?:signing up|subscribing|submitting).{{0,40}},? you agree.{{0,200}}
        | subscribe (?:to|on|via|for) .{{1,140}} | unsubscribe.{{0,60}}
    """,
    "donation-banner": r"""
        .{0,60}\b(?:make a|your|a|please) (?:\w{2,20} )?(?:donation|contribution)s?\b.{0,80} | donate(?: now| today| here| to .{1,60})?[!.]? | (?:please )?support (?:our|independent|quality) (?:work|journalism|reporting|mission|media).{0,120} | support us(?: .{0,60})?
        | become a (?:member|subscriber|supporter|patron).{0,80} | buy (?:me|us) a coffee.{0,40}
    """,
    "follow": r"""
        (?:please )?follow (?:us|me|him|her|them|@\w{1,30}|[\w’' .-]{2,50}) (?:on|at|via) (?:our )?(?:social media|twitter|facebook|instagram|x|telegram|youtube|linkedin|google|whatsapp|tiktok|threads|mastodon|@).{0,140} | follow us.{0,60} | find us on .{1,60}
        | (?:like|find|join|visit) us on .{1,80} | follow @\w{1,30} | (?:email|contact|e-mail)(?: (?:the )?(?:author|writer|us|him|her))? (?:at|:) ?\S{3,60} | get the \w{2,20}(?: \w{2,20})? app
        | (?:download|get) (?:the |our )(?:free )?.{0,40}\bapps?\b.{0,60} | [\w.-]{2,40}@[\w.-]{3,60} | @\w{2,30}
    """,
    "related": r"""
        (?:related|recommended|suggested|similar|trending|popular|latest|more|top|recent|other|featured|must[ -]read|editor'?s'?)(?: (?:on|from|in))?(?: this)? ?(?:articles?|stories|story|news|posts?|content|coverage|reading|links?|topics?|videos?|headlines|picks?|reads?|tags?)(?: .{0,40})?:?
        | (?:read|see|watch|listen|also|view|click)(?: |-)(?:also|more|next|on|now|below|here|the full .{1,40})(?: (?:at|on|from|in|about|stories|news|here|to read more)\b.{0,100})?:? | (?:you may|you might) (?:also |be )?(?:like|interested in|enjoy|have missed).{0,40} | most (?:read|popular|viewed|shared|commented|recent)(?: .{0,30})?
        | (?:related|read more|read also|also read|see also|more|watch|see more|further reading|recommended|must read|must watch|read next|up next|don't miss|listen|editor's picks?|related video|read the full story|more on this|more information|exclusive video)\s?[:|»>]\s?.{1,200}
        | (?:related|read next|up next|see also|read more|more on this story|more from .{1,50}|more on .{1,40}|what to read next|in this series|keep reading|continue reading.{0,60}|recommended for you|around the web|from around the web|don't miss|newsletters?|explore more.{0,40}|related topics)
    """,
    "copyright": r"""
        (?:(?:copyright|©|\(c\)|\u24b8)\s?){1,3}(?:by |of )?.{0,160} | (?:.{0,120}[,.] ?)?all rights reserved\.?.{0,200} | (?:terms (?:of|and|&) (?:use|service|conditions)|privacy (?:policy|notice)|cookie policy)(?:[ |/·•,&-]{1,4}.{0,160})? | this material may not be (?:published|reproduced).{0,160}
        | (?:click here|contact us) for (?:re-?print|reuse|licensing|syndication).{0,80} | (?:re-?prints?|permissions)(?: (?:and|&) (?:permissions|licensing))? | do not sell my .{1,60} | (?:a |an )?.{0,60}\b(?:is (?:a )?registered (?:trademark|charity|in england)).{0,120}
        | (?:to )?(?:re-?print|republish|order reprints).{0,30} (?:article|story|piece)s?.{0,120} | our standards:? .{0,80}
    """,
    "caption": r"""
        (?:enlarge this image|toggle caption|hide caption|image caption|image copyright|media playback is unsupported|media caption|video caption)\b.{0,380} | .{0,200}\b(?:toggle caption|hide caption)\b.{0,180}
        | (?:photo(?:graph)?s?|images?|pictures?|illustration|graphic|credit|video|file photo|file|foto|bild|source)(?: (?:by|credit|source|courtesy(?: of)?|via))?\s?[:/©]\s?.{1,200} | (?:photo|image|picture|photograph|illustration|graphic|screenshot|screen ?grab) (?:by|courtesy|credit|from|via) .{1,100}
        | (?:play|watch)(?: the)? video(?:s)?(?: .{0,60})? | (?:view|see|open|show)(?: the)?(?: full)? (?:gallery|slideshow|photos|images?)(?: .{0,40})? | \d{1,3} (?:of \d{1,3} )?(?:photos|images|pictures|slides) ?.{0,20} | replay | more videos ?.{0,20}
    """,
}

_EDGE: dict[str, str] = {
    "label": r"""
        (?:home|news|world|politics|business|economy|opinion|opinions|op-?ed|editorial|comment|commentary|analysis|features?|sports?|culture|arts|lifestyle|life|style|health|science|technology|tech|travel|education|environment|climate|energy|
        security|defen[cs]e|international|national|local|region(?:al)?|asia|africa|europe|americas?|middle east|u\.?s\.?|uk|exclusive|breaking(?: news)?|video|videos|photos|gallery|podcasts?|live|latest|top stories|archives?|search|menu|more|about(?: us)?|
        contact(?: us)?|subscribe|subscriptions?|login|log in|sign in|sign up|register|account|profile|settings|help|faq|jobs|careers|advertise(?: with us)?|newsletters?|follow|comments?|reply|tags?|topics?|categories|category|print|email|share|close|open|
        english|language|login / register|special reports?|interviews?|reports?|blogs?|magazine|letters|obituaries|review|reviews|weather|markets|money|press releases?|authors?|contributors|in depth|long reads?|explainers?|fact[ -]check(?:s|ing)?)
    """,
    "tags": r"(?:tags?|topics?|filed (?:under|in)|posted in|categor(?:y|ies)|keywords?|labels?|hashtags|in this (?:article|story)|tagged(?: (?:as|with))?|themes?|sections?)\s?[:|]?\s.{1,250} | #\w{2,40}(?: #\w{2,40}){0,20}",
    "byline-label": r"written by | author(?:s|\(s\))? | about the authors? | by | reporter | byline | contributors? | the authors? | staff writer | story by | words by",
    "field": r"(?:title|headline|author|date|published(?: on)?|source|publication|publisher|url|link|language|section|byline|doi|isbn|issn|id|word count|length|dateline|copyright)\s?:\s?.{1,300}",
    "credit": r"""
        (?:additional )?(?:reporting|writing|editing|research|production|translation|translated|edited|compiled|written)(?: and (?:writing|editing))? by [^.]{3,160}\.?(?: ?(?:editing|writing|reporting) by [^.]{3,120}\.?)? | .{3,160} contributed (?:to|reporting|reporting to|research)\b.{0,100}
        | (?:with )?(?:additional )?(?:reporting|files|material|information) (?:from|by) .{2,100} | (?:this (?:story|article|post|report|column|piece)|a version of this (?:article|story)) (?:has been|was|is|also|will be) (?:updated|corrected|amended|edited|revised|developing|appear|appears|appeared|first|originally)\b.{0,330}
        | correction ?:? .{0,380} | editor'?s note ?:.{0,380} | [-–—]{1,3} ?(?:reuters|ap|afp|upi|bloomberg|xinhua|tass|dpa|ani|pti|cnn|bbc) | \((?:reuters|ap|afp|upi|bloomberg|xinhua|tass|dpa|ani|pti)\)
    """,
    "promo": r"""
        (?:click|tap|read|see|visit|go|check)\b.{0,40}\b(?:here|website|site|page)\b.{0,160} | (?:to (?:read|learn|find out) more|for more (?:information|news|stories|on|coverage)|for the latest)\b.{0,200} | (?:listen to|watch|subscribe to) .{1,120} | (?:like|enjoy(?:ed)?) (?:this|what you(?:'re| are)? read(?:ing)?)(?: (?:article|story))?\??.{0,120}
        | https?://\S{3,300} | www\.\S{3,200} | (?:have|got) (?:a )?(?:news )?(?:tip|story idea|question)s?\b.{0,160} | (?:send|submit|e-?mail) (?:us |your |letters ).{1,160} | want more.{1,120} | (?:buy|order|get) (?:the|your|his|her) (?:book|copy).{0,120} | the end\.? | end | ###? | -?\s?30\s?-?
    """,
    "date-label": r"(?:published|posted|first published|date|created|issued|released|publication date|posted on|published on|uploaded)\s?:?",
}


def _compile(table: dict[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    # Written over several lines for reading; a space within a pattern stands for itself, the breaks and indents do not.
    return [(kind, re.compile(re.sub(r"\s*\n\s*", "", p.strip().replace(" | ", "|")).replace("\n", ""), re.IGNORECASE)) for kind, p in table.items()]


ANYWHERE = _compile(_ANYWHERE)
EDGE = _compile(_EDGE)

_EDGES = re.compile(r"^[\s>»›→▶►•·|*_#=~«‹←▲▼✕×✖☰⌂-]+|[\s>»›→▶►•·|*_=~«‹←▲▼✕×✖-]+$")


def plain(line: str) -> str:
    """A line as the patterns want it: one space, straight apostrophes, no bullets and arrows around."""
    return _EDGES.sub("", " ".join(line[: MAX_LINE + 60].split()).replace("’", "'").replace("‘", "'"))


def kind_of(line: str, *, edge: bool) -> str | None:
    """The kind of furniture that a whole line is, if any; ``edge`` adds the phrases that only stand around articles."""
    flat = plain(line)
    if not flat:
        return "rule"
    if len(flat) > MAX_LINE:
        return None
    for kind, pattern in ANYWHERE + EDGE if edge else ANYWHERE:
        if pattern.fullmatch(flat):
            return kind
    return None
