"""The language of a text, from its script and its commonest words; ``None`` where these do not tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from claims.models import Span

_WORDS = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from or have an they which "
          "her she this were been has",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
          "hat dass sie nach wird bei",
    "fr": "de la le et les des en un a à ont dit leur être du une que est pour qui dans par plus pas au sur ne se ce "
          "il sont avec son aux d'un cette mais été",
    "es": "de la que el en y los del se las por un para con no una su al lo es como más pero sus le ya este ha sí "
          "porque esta entre cuando",
    "it": "di che la il un a per in una è sono del non con le si da come della i ma lo nel alla più gli anche dei "
          "ha delle questo",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou "
          "quando muito nos já",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als bij door naar maar uit wordt "
          "heeft ze hij over nog",
    "sv": "och att det i en som på är av för med till den har de inte om ett men var jag sig från vi så kan när år "
          "säger också",
    "da": "og i at det er en til af på som med for den der de ikke et har men om han var sig fra ved også kan efter",
    "no": "og i å det er en til av på som med for den at de ikke et har men om han var seg fra ved også kan etter sier",
    "fi": "ja on ei se että oli hän mutta kun ovat myös tai kuin joka sen mukaan ole niin jo voi sitä",
    "pl": "w i na się z do nie że jest o to jak po co tak za od ale przez dla są być był oraz tym przy ma już także",
    "cs": "a v se na je že s z do to o i k ve pro jsem ale by si po jako za od jeho podle který aby když bylo jsou",
    "tr": "ve bir bu için ile da de olarak daha çok olan ne gibi kadar sonra ama en var o ise dedi her ancak olduğunu",
    "ro": "de și în a la cu pe care din nu este o un să mai pentru că au al fost prin sunt ca s-a dar după",
    "hu": "a az és hogy nem is egy ez meg van volt már csak azt de ha mint még el ki lesz után szerint",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam akan juga ke adalah oleh mereka sebagai karena "
          "telah bisa saat",
    "vi": "và của là có trong cho được không với các một người này đã những khi từ về đến cũng như tại ra để",
}  # fmt: skip
_BY_SCRIPT = {
    "HANGUL": "ko",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "KHMER": "km",
    "MYANMAR": "my",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_OTHER_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SAMPLE = 20_000


def script_of(char: str) -> str | None:
    """The script of a letter, by the first word of its Unicode name; ``None`` for what is no letter."""
    if char.isascii():
        return "LATIN" if char.isalpha() else None
    if not char.isalpha():
        return None
    return unicodedata.name(char, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]


def main_script(text: str) -> str | None:
    """The script of most letters."""
    sample = text[:SAMPLE]
    counts = Counter({"LATIN": len(_ASCII_LETTER.findall(sample))})
    for char, number in Counter(_OTHER_LETTER.findall(sample)).items():
        counts[script_of(char) or ""] += number
    counts = +counts
    return counts.most_common(1)[0][0] if counts else None


def language_of(text: str, boilerplate: Sequence[Span] = ()) -> str | None:
    """ISO 639-1 code of the article's language, or ``None`` where the text is too short or too mixed to say."""
    parts: list[str] = []
    at = size = 0
    for span in (*boilerplate, Span(start=len(text), end=len(text))):
        if size < SAMPLE and span.start > at:
            piece = text[at : min(span.start, at + SAMPLE - size)]
            parts.append(piece)
            size += len(piece)
        at = max(at, span.end)
    body = " ".join(parts)
    script = main_script(body)
    if script is None:
        return None
    if script == "LATIN":
        return _latin(body)
    return _other(script, body)


def _latin(text: str) -> str | None:
    tokens = [t.lower().replace("’", "'") for t in _TOKEN.findall(text)]
    if len(tokens) < 12:
        return None
    counts = Counter(tokens)
    scores = sorted(
        ((sum(counts[w] for w in words) / len(tokens), lang) for lang, words in _SETS.items()), reverse=True
    )
    (best, lang), (second, _) = scores[0], scores[1]
    return lang if best >= 0.12 and best - second >= 0.015 else None


def _other(script: str, text: str) -> str | None:
    letters = set(text)
    if script == "CYRILLIC":
        if letters & set("їєґ"):
            return "uk"
        if letters & set("ўЎ"):
            return "be"
        if letters & set("ђћџј"):
            return "mk" if letters & set("ѓќѕ") else "sr"
        return "ru" if letters & set("ыэё") else "bg" if letters & set("ъ") else None
    if script == "ARABIC":
        if letters & set("ٹڈڑےں"):
            return "ur"
        return "fa" if letters & set("پچژگ") else "ar"
    if script in ("CJK", "HIRAGANA", "KATAKANA"):
        return "ja" if any(script_of(c) in ("HIRAGANA", "KATAKANA") for c in letters) else "zh"
    return _BY_SCRIPT.get(script)
