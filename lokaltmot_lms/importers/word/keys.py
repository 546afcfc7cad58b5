"""How people mark the right answer of a question in a text: signs, letters and lines such as "Riktig svar: b"."""

import re

SIGN = r"(?:[✓✔☑☒✅]|\*+|\[[xX]\]|\([xX]\))"
_EMPTY = r"(?:\[ ?\]|\( ?\)|☐)"
LETTER = re.compile(rf"^\s*(?:{SIGN}\s*)?\(?(?:([a-hA-H])\s*\*?[).:]|([1-9])\s*\*?\))\s*")
BOX = re.compile(rf"^\s*(?:{SIGN}|{_EMPTY})\s*\S")
_TITLED = (
    r"(?:rett|riktig|korrekt|correct|right|best)e?\s+(?:svar|svaret|svara|svarene|alternativ|answers?|option)"
    r"|fasit(?:svar)?|løsning|løysing|answers?(?:\s*key)?|key|solution"
)
KEY = re.compile(rf"^\s*[(\[]?\s*(?:{_TITLED}|svar)\s*(?:er|is|are)?\s*[:=–-]\s*(\S.*?)\s*[)\]]?\s*$", re.IGNORECASE)
KEY_SAID = re.compile(rf"^\s*(?:{_TITLED})\s+(?:er|is|are)\s*:?\s*(\S.*)$", re.IGNORECASE)
SURE_KEY = re.compile(
    r"^\s*[(\[]?\s*(?:(?:rett|riktig|korrekt|correct|right)e?\s+(?:svar|svaret|svara|svarene|alternativ|answers?|option)"
    r"|fasit(?:svar)?|answer\s*key)\s*(?:er|is|are)?\s*[:=–-]|^\s*(?:answer|svar|key)\s*:\s*[a-hA-H]\s*$",
    re.IGNORECASE,
)
KEY_PART = re.compile(rf"^\s*(?:{_TITLED}|riktige svar|rette svar|fasit til .*)\s*:?\s*$", re.IGNORECASE)
KEY_INSIDE = re.compile(
    r"\b(?:rett|riktig|korrekt|correct|right)e?\s+(?:svar\w*|alternativ\w*|answers?|option)\s*(?:er|is|are)?\s*[:=]"
    r"|\b(?:fasit|answer\s+key)\s*[:=]|\b(?:answer|svar)\s*:\s*[a-h]\b(?![-’'])",
    re.IGNORECASE,
)
HIDDEN_MARK = re.compile(
    rf"^\W*(?:{SIGN}|x|ja|yes|r|(?:rett|riktig|korrekt|correct|right)(?: svar| answer)?|true|sant)\W*$", re.IGNORECASE
)
_ONE = r"\(?[a-h1-9]\)?"
LETTERS = re.compile(
    rf"^(?:alternativ(?:ene|a)?|option|svar)?\s*{_ONE}(?:\s*(?:,|;|og|and|\+|&|/)\s*{_ONE})*\s*[.)]?$", re.IGNORECASE
)


def key_of(text: str) -> str:
    """Return what a line such as "Riktig svar: b" names; "" for another line."""
    found = KEY.match(text) or KEY_SAID.match(text)
    return found[1] if found else ""
