"""Escapes plain text so that our Markdown reader sees no markup in it."""

import re

from lokaltmot_lms.questions.hotspot import NEAR_PLACE
from lokaltmot_lms.source.keywords import LABELS, spellings
from lokaltmot_lms.source.report import nearest

_ALWAYS = frozenset("*`[]{}")
_INSERT = re.compile(r"(?<!\w)(?:fact|fakta|local|lokal)$", re.IGNORECASE)
_BRACE = re.compile(r"\{ *$")
_ENTITY = re.compile(r"&(?:#\w+|\w+);")
_WORD = re.compile(r"\w")
_SPACES = re.compile(r"[ \t\r\n\f]+")

# The start of a line that is, or looks like, Markdown (lokaltmot_lms.source.headings, .lint and .question).
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SIGN = re.compile(r"[-+>|~=:;.#](?![\w,])|[:;.]\s*\w|[-+](?=[\w(\[])|#|>|\||~~|!\s*[(\\]")
_MARKED = re.compile(r"[-*+>]?\s*\(\s*[xX✓]?\s*\)|\(\s*[xX✓]\s")
_CLOSED = re.compile(r"([xX]?\s*)(\))(?=\s)")
_LABEL = re.compile(r"([*_]*([^\W\d_]{2,})[*_]*\s*)([:;=])")


def spelled(text: str, before: str = "", after: str = "") -> str:
    """Return a text with a backslash before each sign that would be markup. before, after: the text next to it."""
    text = _SPACES.sub(" ", text)
    found: list[str] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            run = 1
            while text.startswith("\\", at + run):
                run += 1
            found.append(_backslashes(run, text[at + run : at + run + 1] or after[:1]))
            at += run
            continue
        last = text[at - 1] if at else before[-1:]
        following = text[at + 1] if at + 1 < len(text) else after[:1]
        found.append(f"\\{sign}" if _is_mark(text, at, last, following) else sign)
        at += 1
    return "".join(found)


def _is_mark(text: str, at: int, last: str, following: str) -> bool:
    sign = text[at]
    if sign in _ALWAYS or sign == "<":
        return True
    match sign:
        case "_":
            return not (last.isalnum() and following.isalnum())
        case ">":
            return last in "-=" and last != ""
        case ".":  # our reader reports fact.police alone as an incomplete insert
            return following.isalpha() and _INSERT.search(text, max(0, at - 6), at) is not None
        case "&":
            return _ENTITY.match(text, at) is not None or not following
        case "!":
            return last == "<" or following in ("[", "(")
        case "#":
            return _BRACE.search(text, max(0, at - 20), at) is not None or (last in " #" and following in " #")
    return False


def _backslashes(count: int, following: str) -> str:
    """Return a run of backslashes. Two before a word are a network path, which our reader keeps."""
    if not following or not _WORD.match(following):
        return "\\" * 2 * count
    return "\\" * (count if count < 3 else 2 * (count - 1))


def entities(text: str) -> str:
    """Return a text with every sign as a numeric character reference, for cases where backslashes fail."""
    text = _SPACES.sub(" ", text)
    return "".join(sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in text)


def line_start(line: str, *, in_question: bool = False) -> str:
    """Return a line of running text, escaped so that its start is not read as markup."""
    line = _not_a_label(line, in_question=in_question)
    if _MARKED.match(line):
        return line.replace("(", "\\(", 1) if line[0] == "(" else f"\\{line}"
    if in_question:
        line = _CLOSED.sub(r"\1\\\2", line, count=1) if _CLOSED.match(line) else line
    if found := _NUMBER.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    return f"\\{line}" if _SIGN.match(line) else line


def _not_a_label(line: str, *, in_question: bool = True) -> str:
    found = _LABEL.match(line)
    # Outside a question the reader reports a label itself, and not what is only like one.
    if found and nearest(found[2], spellings(LABELS), cutoff=0.7 if in_question else 1):
        return f"{found[1]}\\{line[found.start(3) :]}"
    return line


def item(line: str) -> str:
    """Return the text of a list item in a question, escaped so that it has no second mark and no image area."""
    if re.match(r"[-+>]?\s*\(\s*[xX✓]?\s*\)|\(\s*[xX✓]\s|[-+>]", line):
        line = line.replace("(", "\\(", 1) if line[0] == "(" else f"\\{line}"
    line = _CLOSED.sub(r"\1\\\2", line, count=1) if _CLOSED.match(line) else line
    return re.sub(r"@(?=[^@]*$)", r"\\@", line) if NEAR_PLACE.search(line) else line


def label_value(line: str) -> str:
    """Return the text after a label, escaped so that it does not begin with another label."""
    return _not_a_label(line)
