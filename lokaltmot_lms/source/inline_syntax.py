"""Our own marks inside a line of Markdown: [[term]], {{fact.key}}, {{local.key}} and [text]{lang=en}.

Each is a rule of markdown-it that makes tokens. What a term or an insert means is in
lokaltmot_lms.source.inline_context.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from lokaltmot_lms.source.inline_context import context_of

_LANG = re.compile(r"\{\s*lang\s*=\s*[\"“]?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[\"”]?\s*\}")
_NETWORK_PATH = re.compile(r"\\\\\w")


def add_inline_syntax(markdown: MarkdownIt) -> None:
    """Add the rules of our marks to a Markdown parser."""
    rules = markdown.inline.ruler
    rules.before("link", "term", _term)
    rules.before("link", "insert", _insert)
    rules.before("link", "language", _language_span)
    rules.before("escape", "network_path", _network_path)


def _term(state: StateInline, silent: bool) -> bool:
    inner = _between(state, "[[", "]]")
    if inner is None:
        return False
    if not silent:
        context_of(state.env).push_term(state, inner)
    state.pos += len(inner) + 4
    return True


def _insert(state: StateInline, silent: bool) -> bool:
    inner = _between(state, "{{", "}}")
    if inner is None:
        return False
    if not silent:
        context_of(state.env).push_insert(state, inner)
    state.pos += len(inner) + 4
    return True


def _between(state: StateInline, opening: str, closing: str) -> str | None:
    """Return the text between two marks of two characters; None when no such pair starts here on this line."""
    start = state.pos
    if not state.src.startswith(opening, start):
        return None
    end = state.src.find(closing, start + 2, state.posMax)
    if end < 0 or "\n" in state.src[start:end] or opening in state.src[start + 2 : end]:
        return None
    return state.src[start + 2 : end]


def _language_span(state: StateInline, silent: bool) -> bool:
    """[text]{lang=en}: text in another language, so that a screen reader pronounces it correctly (WCAG 3.1.2)."""
    start = state.pos
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    found = _LANG.match(state.src, end + 1) if end >= 0 else None
    if not found:
        return False
    if not silent:
        last = state.posMax
        state.push("lang_open", "span", 1).attrSet("lang", found[1])
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("lang_close", "span", -1)
        state.posMax = last
    state.pos = found.end()
    return True


def _network_path(state: StateInline, silent: bool) -> bool:
    """Keep both backslashes of a network path (\\\\server\\share), from which Markdown would drop one silently."""
    if not _NETWORK_PATH.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "\\\\"
    state.pos += 2
    return True
