"""Guesses whether a text is in Bokmål, Nynorsk or English, by its most frequent short words."""

import re

_COMMON = {
    "nb": frozenset({"ikke", "jeg", "hva", "hvem", "hvor", "noen", "være", "fra", "hvordan", "hun", "dem", "også"}),
    "nn": frozenset({"ikkje", "eg", "kva", "kven", "kvar", "nokon", "vere", "frå", "korleis", "dei", "òg", "berre"}),
    "en": frozenset({"the", "and", "of", "is", "in", "that", "what", "which", "are", "with", "this", "you", "how"}),
}
_BOTH = frozenset({"av", "å", "og", "som", "kan", "skal", "er", "på", "til", "ein", "en", "et"})
_LONGEST = 200_000


def guess_language(text: str) -> str:
    """Return nb, nn or en; nb when in doubt."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>", " ", text[:_LONGEST]).lower())
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    norwegian = sum(word in _BOTH for word in words)
    best = max(counts, key=lambda language: counts[language] + (norwegian if language != "en" else 0))
    return best if counts[best] > counts["nb"] + 1 else "nb"
