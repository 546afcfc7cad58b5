"""Our own marks inside a line of Markdown: [[term]], {{fact.key}}, {{local.key}} and [text]{lang=en}.

Each is a rule of markdown-it that makes a token; lokaltmot_lms.source.inline says what the tokens mean.
"""

import re
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_LANG = re.compile(r"\{\s*lang\s*=\s*[\"“]?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[\"”]?\s*\}")


class InlineHandler(Protocol):
    """What the rules ask of the reader of texts (in env["ink"])."""

    def term(self, state: StateInline, start: int, inner: str) -> None:
        """Push what [[inner]] means here: a glossary word or a gap."""

    def insert(self, state: StateInline, start: int, inner: str) -> None:
        """Push what {{inner}} stands for."""


def _double(opening: str, closing: str, method: str) -> Any:
    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not state.src.startswith(opening, start):
            return False
        end = state.src.find(closing, start + 2, state.posMax)
        if end < 0 or "\n" in state.src[start:end] or opening in state.src[start + 2 : end]:
            return False
        if not silent:
            getattr(state.env["ink"], method)(state, start, state.src[start + 2 : end])
        state.pos = end + 2
        return True

    return rule


def _language_span(state: StateInline, silent: bool) -> bool:
    """[text]{lang=en}: words of another language, so that a screen reader says them right (WCAG 3.1.2)."""
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
    """Keep both backslashes of a network path such as \\\\server\\share, which Markdown would halve in silence."""
    if not re.compile(r"\\\\\w").match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "\\\\"
    state.pos += 2
    return True


def add_marks(markdown: MarkdownIt) -> None:
    """Teach markdown-it our marks."""
    rules = markdown.inline.ruler
    rules.before("link", "term", _double("[[", "]]", "term"))
    rules.before("link", "insert", _double("{{", "}}", "insert"))
    rules.before("link", "language", _language_span)
    rules.before("escape", "network_path", _network_path)
