"""The keyword table: every word of the format in English and Norwegian. The first name is the one code uses."""

from collections.abc import Iterable, Mapping

COURSE_KEYS: Mapping[str, str] = {
    "title": "tittel",
    "id": "id",
    "languages": "språk",
    "modules": "moduler",
    "license": "lisens",
    "credits": "bidrag",
    "theme": "tema",
    "facts": "fakta",
    "status": "status",
    "help-lines": "hjelpelinjer",
    "retired": "utgått",
    "description": "beskrivelse",
    "contact": "kontakt",
    "exit-to": "utgang-til",
    "address": "adresse",
}
MODULE_KEYS: Mapping[str, str] = {
    "title": "tittel",
    "id": "id",
    "version": "versjon",
    "language": "språk",
    "duration": "varighet",
    "pass": "bestått",
    "completion": "fullført",
    "quick-exit": "hurtigutgang",
    "license": "lisens",
    "description": "beskrivelse",
    "audience": "målgruppe",
    "goals": "læringsmål",
}
FACT_KEYS: Mapping[str, str] = {
    "text": "tekst",
    "name": "navn",
    "url": "url",
    "source": "kilde",
    "source-date": "kildedato",
    "confidence": "sikkerhet",
    "verified-by": "kontrollert-av",
    "verified-on": "kontrollert",
    "review-by": "kontroller-innen",
    "note": "merknad",
}
LOCAL_KEYS: Mapping[str, str] = {
    "contact": "kontakt",
    "routine": "rutine",
    "child-welfare": "barnevern",
    "police": "politi",
    "crisis-centre": "krisesenter",
    "coordinator": "koordinator",
    "logo": "logo",
}
# What a learner reads may be said again in another language: text-en, kontakt-nn.
SAID_IN_LANGUAGES: Mapping[str, frozenset[str]] = {
    "course.yaml": frozenset({"title", "description", "contact"}),
    "facts.yaml": frozenset({"text", "name"}),
    "local.yaml": frozenset(LOCAL_KEYS) - {"logo"},
}
BLOCKS: Mapping[str, str] = {
    "video": "video",
    "audio": "lyd",
    "important": "viktig",
    "notice": "innholdsvarsel",
    "case": "case",
    "quiz": "quiz",
    "reflection": "refleksjon",
    "glossary": "ordliste",
    "facilitator": "veileder",
    "todo": "gjenstår",
}
_FILM_KEYS: Mapping[str, str] = {
    "title": "tittel",
    "speaker": "foredragsholder",
    "captions": "teksting",
    "transcript": "tekstutskrift",
    "audio-description": "synstolking",
    "chapters": "kapitler",
    "poster": "plakat",
    "length": "lengde",
    "credit": "kreditering",
}
BLOCK_KEYS: Mapping[str, Mapping[str, str]] = {
    "video": _FILM_KEYS,
    "audio": _FILM_KEYS,
    "notice": {"skip": "kort-vei"},
    "quiz": {
        "draw": "trekk",
        "attempts": "forsøk",
        "retry": "prøv-igjen",
        "shuffle": "stokk",
        "pass": "bestått",
        "test-out": "vis-hva-du-kan",
        "lock": "lås",
        "reason": "grunn",
    },
    "facilitator": {"minutes": "minutter"},
    "todo": {"reason": "grunn"},
    "important": {},
    "case": {},
    "reflection": {},
    "glossary": {},
}
LABELS: Mapping[str, str] = {
    "answer": "svar",
    "order": "rekkefølge",
    "scale": "skala",
    "explanation": "forklaring",
    "hint": "hint",
    "points": "poeng",
    "facts": "fakta",
}
STATUS: Mapping[str, str] = {"draft": "utkast", "review": "til-kontroll", "published": "publisert"}
YES_NO: Mapping[str, str] = {"yes": "ja", "no": "nei"}
COMPLETION: Mapping[str, str] = {"all pages": "alle sider", "passed quiz": "bestått quiz"}
RETRY: Mapping[str, str] = {"wrong ones only": "bare de gale", "all": "alle"}
UNLIMITED: Mapping[str, str] = {"unlimited": "ubegrenset"}
NOT_NEEDED: Mapping[str, str] = {"not needed": "ikke nødvendig"}
JOINS: Mapping[str, str] = {"and": "og", "from": "fra"}

# Further spellings with the same meaning: Nynorsk.
ALSO: Mapping[str, str] = {
    "ikkje nødvendig": "not needed",
    "ikkje naudsynt": "not needed",
    "uavgrensa": "unlimited",
    "berre dei gale": "wrong ones only",
    "frå": "from",
}


def table() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return every list of words with the place it is used in, for the documentation and its test."""
    blocks = tuple((f"::: {name}", keys) for name, keys in BLOCK_KEYS.items() if keys)
    return (
        ("course.yaml", COURSE_KEYS),
        ("front matter", MODULE_KEYS),
        ("facts.yaml", FACT_KEYS),
        ("local.yaml", LOCAL_KEYS),
        ("blocks", BLOCKS),
        *blocks,
        ("questions", LABELS),
        ("status", STATUS),
        ("yes or no", YES_NO),
        ("completion", COMPLETION),
        ("retry", RETRY),
        ("attempts", UNLIMITED),
        ("captions, audio description", NOT_NEEDED),
        ("joining words", JOINS),
    )


def meaning(word: str, group: Mapping[str, str]) -> str | None:
    """Return the English name of a word of a group, in whichever language it is written; None when unknown."""
    folded = " ".join(word.casefold().split())
    if folded in group:
        return folded
    for english, norwegian in group.items():
        if norwegian == folded:
            return english
    also = ALSO.get(folded, "")
    return also if also in group else None


def is_norwegian(words: Iterable[str], group: Mapping[str, str]) -> bool | None:
    """Return whether keywords of a group were written in Norwegian; None when they are the same in both languages."""
    for word in words:
        name = meaning(word, group)
        if name is not None and group[name] != name:
            return " ".join(word.casefold().split()) != name
    return None


def spellings(group: Mapping[str, str]) -> list[str]:
    """Return every spelling of a group's words, to suggest the nearest."""
    return sorted({*group, *group.values()})
