"""Finds the language of a text that is imported, by its most frequent short words, or takes the one that was chosen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

# The most frequent words of languages. Neighbours share many of them: what counts is the difference.
_COMMON = {
    "nb": "og i å er det som en et på for av ikke med den til har de jeg hva hvem hvor hvilke hvilken hvordan "
    "hvorfor kan skal vil eller fra ved når noen noe være blir du hun dem også må bare seg dette etter alle "
    "deg riktig at kun men så da",
    "nn": "og i å er det som ein eit ei på for av ikkje med den til har dei eg kva kven kvar kvifor korleis kan "
    "skal vil eller frå ved når nokon noko vere blir du ho òg må berre seg dette etter alle deg rett at men "
    "så då",
    "da": "og i at er det som en et på for af ikke med den til har de jeg hvad hvem hvor hvilke hvordan hvorfor kan "
    "skal vil eller fra ved når nogen noget være bliver du hun dem også må kun sig dette efter alle dig "
    "rigtigt men så da",
    "sv": "och i att är det som en ett på för av inte med den till har de jag vad vem var vilka hur varför kan ska "
    "vill eller från vid när någon något vara blir du hon dem också måste bara sig detta efter alla dig rätt",
    "en": "the and of to is in that what which are with this you how who where when for it not be or from can has "
    "have was by an as at does do if they their your should on will",
    "de": "der die das und ist in zu den nicht von sie mit ein eine was wer wie wo welche für auf dem des im sich "
    "auch als es an werden aus er hat dass oder haben kann sind wird",
    "fr": "le la les et est de des du un une que qui dans pour pas sur au aux avec ce cette il elle quel quelle "
    "sont ou",
    "es": "el la los las es de del un una que quien en para no por con se su como cual cuál qué son al lo más",
    "se": "ja lea leat ii go dat dan mii gii mo gos dahje don mun son eai sáhttá galgá muhto maid ovdal leat lei",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LONGEST = 200_000
_FEWEST = 3  # common words, below which a text says nothing about its language
_FALLBACK = "nb"
_EXPECTED = ("nb", "nn", "en")  # nearly all that is imported; another language must be clearer


class LanguageBasis(StrEnum):
    """How the language of an import is known."""

    CHOSEN = "chosen"
    STATED = "stated"
    GUESSED = "guessed"
    UNSURE = "unsure"


@dataclass(slots=True, kw_only=True)
class ImportLanguage:
    """The language of one import. chosen: by the person, "" when it is guessed; basis: how it became known."""

    chosen: str = ""
    basis: LanguageBasis = LanguageBasis.UNSURE


_CURRENT: ContextVar[ImportLanguage | None] = ContextVar("language of the import", default=None)


@contextmanager
def import_in(chosen: str) -> Iterator[ImportLanguage]:
    """Let all guesses inside be the chosen language; with "" they are guesses. Yields how the language became known."""
    language = ImportLanguage(chosen=chosen)
    token = _CURRENT.set(language)
    try:
        yield language
    finally:
        _CURRENT.reset(token)


def guess_language(text: str) -> str:
    """Return the code of a text's language; nb when it has too few words to tell."""
    current = _CURRENT.get() or ImportLanguage()
    if current.chosen:
        current.basis = LanguageBasis.CHOSEN
        return current.chosen
    found, is_sure = judge_language(text)
    current.basis = LanguageBasis.GUESSED if is_sure else LanguageBasis.UNSURE
    return found


def stated_language(code: str) -> str:
    """Return the language that a file states for its text; the chosen one when a person has chosen."""
    current = _CURRENT.get() or ImportLanguage()
    current.basis = LanguageBasis.CHOSEN if current.chosen else LanguageBasis.STATED
    return current.chosen or code


def judge_language(text: str) -> tuple[str, bool]:
    """Return the most likely language of a text, and whether the text has enough words to be sure."""
    bare = re.sub(r"<[^>]*>", " ", unescape(text[:_LONGEST]))
    words = re.findall(r"[^\W\d_]+", bare.lower())
    counts = {language: sum(word in common for word in words) for language, common in _WORDS.items()}
    best = max(counts, key=lambda language: counts[language])  # the first of equals: Norwegian
    # A text that could be Danish as well is Norwegian here: Danish that is not has words such as "af" and "hvad".
    others = counts.keys() - {best} - ({"da"} if best == "nb" else set())
    second = max(counts[language] for language in others)
    is_sure = counts[best] >= _FEWEST and counts[best] >= second + (1 if best in _EXPECTED else 2)
    return (best if counts[best] > counts[_FALLBACK] + (0 if is_sure else 1) else _FALLBACK), is_sure
