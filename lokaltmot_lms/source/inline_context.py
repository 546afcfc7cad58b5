"""The state of one call of the text reader: what markdown-it's rules need while one passage is read.

The context travels in markdown-it's `env`, so that nothing about a passage is stored on a long-lived object.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.lookalikes import OUTSIDE_BLOCK
from lokaltmot_lms.errors.questions import GAP_ELSEWHERE
from lokaltmot_lms.errors.text import (
    LINK_BAD,
    PARAGRAPH_TOO_LONG,
    UNKNOWN_FACT,
    UNKNOWN_INSERT,
    UNKNOWN_LOCAL,
)
from lokaltmot_lms.model import Fact
from lokaltmot_lms.source import lint
from lokaltmot_lms.source.keywords import LOCAL_KEYS, meaning
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.local import neutral
from lokaltmot_lms.source.media import CourseMedia
from lokaltmot_lms.source.paths import is_address, is_file
from lokaltmot_lms.source.report import Report, nearest, nearest_keyword

_ENV_KEY = "lokaltmot"
_MENU = re.compile(r"\*[^*]*\*|\|[^|]*\|")  # a glossary word has one |, and no mark for the right choice
_INSERT = re.compile(r"\s*(?:(fact|fakta)|(local|lokal))\s*\.\s*([\w-]+)\s*", re.IGNORECASE)


class GapReader(Protocol):
    """What a question does with [[…]] in its body."""

    def gap(self, snippet: Snippet) -> str:
        """Return the key of the next gap, given the text between the brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSources:
    """What the texts of one module in one language refer to, and what is collected while they are read.

    terms: every [[word]] in running text with its position. The glossary may come last in the module, so terms are
    looked up when the whole module has been read.
    """

    facts: Mapping[str, Fact]
    local: Mapping[str, str]
    language: str
    media: CourseMedia
    report: Report
    terms: list[tuple[str, Position]] = field(default_factory=list)

    @property
    def is_norwegian(self) -> bool:
        """Whether the texts are in Norwegian."""
        return self.language in ("nb", "nn", "no")

    def has_fact(self, key: str, at: Position) -> bool:
        """Return whether the fact register has a fact; report it when it does not."""
        if key not in self.facts:
            self.report.add(UNKNOWN_FACT, at, key=key[:60], nearest=nearest(key, self.facts))
        return key in self.facts

    def filled(self, is_fact: bool, key: str, at: Position) -> tuple[str, str, str]:
        """Return the kind ("fact" or "local"), the key and the text of an insert; "" when the key is unknown."""
        if is_fact:
            return "fact", key, self.facts[key].text_in(self.language) if self.has_fact(key, at) else ""
        name = meaning(key, LOCAL_KEYS)
        if name is None or name == "logo":
            near = nearest_keyword(key, LOCAL_KEYS, is_norwegian=self.is_norwegian)
            self.report.add(UNKNOWN_LOCAL, at, key=key[:60], nearest=near)
            return "local", key, ""
        text = self.local.get(f"{name}-{self.language}") or self.local.get(name) or neutral(name, self.language)
        return "local", name, text


@dataclass(slots=True, kw_only=True)
class InlineContext:
    """One passage that is being read.

    gaps: the question whose body it is, None elsewhere. line: the inline token that is being
    parsed. facts, local, terms, media: what the passage uses, in order of first use.
    """

    sources: TextSources
    snippet: Snippet
    in_question: bool = False
    gaps: GapReader | None = None
    line: Token = field(default_factory=lambda: Token("inline", "", 0))
    facts: dict[str, None] = field(default_factory=dict)
    local: dict[str, None] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    media: dict[str, None] = field(default_factory=dict)
    is_block: bool = False

    def env(self) -> dict[str, object]:
        """Return the `env` that carries this context through markdown-it."""
        return {_ENV_KEY: self}

    def push_term(self, state: StateInline, inner: str) -> None:
        """Push the tokens of [[inner]] at the current place: a glossary term, or a gap in the body of a question."""
        here = self._part(state, state.pos, state.pos + len(inner) + 4)
        if self.gaps is not None:
            state.push("gap_open", "span", 1).attrSet("data-gap", self.gaps.gap(here))
            state.push("gap_close", "span", -1)
            return
        if self.in_question:
            self.sources.report.add(GAP_ELSEWHERE, here.at())
            _push_as_typed(state, here.text)
            return
        if _MENU.search(inner):
            report = self.sources.report
            report.add(OUTSIDE_BLOCK, here.at(), mark="[[ … | *…* ]]", block="quiz", plain="\\[[")
            _push_as_typed(state, here.text)
            return
        word, _, shown = inner.partition("|")
        word = " ".join(word.split())
        self.sources.terms.append((word, here.part(2).at()))
        self.terms[word.casefold()] = None
        state.push("term_open", "span", 1).attrSet("data-term", word.casefold())
        state.push("text", "", 0).content = " ".join(shown.split()) or word
        state.push("term_close", "span", -1)

    def push_insert(self, state: StateInline, inner: str) -> None:
        """Push the tokens of {{inner}} at the current place: a fact or a local text, filled in."""
        here = self._part(state, state.pos, state.pos + len(inner) + 4)
        found = _INSERT.fullmatch(inner)
        if not found:
            self.sources.report.add(UNKNOWN_INSERT, here.at(), word=inner.strip()[:60])
            _push_as_typed(state, here.text)
            return
        kind, key, text = self.sources.filled(bool(found[1]), found[3], here.part(2 + found.start(3)).at())
        if kind == "fact":
            self.facts[key] = None
        elif text:
            self.local[key] = None
        span = state.push(f"{kind}_open", "span", 1)
        span.attrSet(f"data-{kind}", key)
        state.push("text", "", 0).content = text
        state.push(f"{kind}_close", "span", -1)

    def refuse_line(self, token: Token) -> None:
        """Report a paragraph that is too long to be read."""
        self.sources.report.add(PARAGRAPH_TOO_LONG, self._line(token).at())

    def finish_line(self, token: Token) -> None:
        """Check a line that has been parsed: its links, its images, and marks that seem to be typos."""
        for child in token.children or ():
            if child.type == "image":
                self._image(child, token)
            elif child.type == "link_open":
                self._link(child, token)
        lint.report_line(token, self._line(token), self.sources.report)

    def _image(self, child: Token, token: Token) -> None:
        path = self._media(str(child.attrs["src"]), token, "image")
        if path is not None:
            child.attrs["src"] = path
        alt = Token("text", "", 0)
        alt.content = " ".join(plain_text(child.children or ()).split())
        child.children = [alt]

    def _link(self, child: Token, token: Token) -> None:
        written = str(child.attrs["href"])
        if is_file(written):
            path = self._media(written, token)
            if path is not None:
                child.attrs["href"] = path
        elif not is_address(written):
            self.sources.report.add(LINK_BAD, self._find(token, written), address=written[:60])

    def _media(self, written: str, token: Token, use: str = "") -> str | None:
        path = self.sources.media.add(written, self._find(token, written), use)
        if path is not None:
            self.media[path] = None
        return path

    # Positions.

    def _find(self, token: Token, text: str) -> Position:
        snippet = self._line(token)
        return snippet.at(max(snippet.text.find(text), 0))

    def _part(self, state: StateInline, start: int, end: int) -> Snippet:
        """Return the text between two offsets of the line that is being parsed."""
        text = state.src[start:end]
        offset = start if state.src == self.line.content else max(self.line.content.find(text), 0)
        at = self._line(self.line).at(offset)
        return Snippet(self.snippet.source, text, at.line - 1, at.column - 1)

    def _line(self, token: Token) -> Snippet:
        """Return a line of text with its position in the file, without list and quote marks before it."""
        if not self.is_block or token.map is None:
            return self.snippet
        source, row = self.snippet.source, self.snippet.row + token.map[0]
        column = source.lines[row].find(token.content.split("\n", 1)[0])
        return Snippet(source, token.content, row, max(column, 0))


def context_of(env: Mapping[str, object]) -> InlineContext:
    """Return the context that a call of markdown-it carries in its `env`.

    Raises:
        TypeError: markdown-it was called without one.
    """
    context = env.get(_ENV_KEY)
    if not isinstance(context, InlineContext):
        raise TypeError("markdown-it runs without an InlineContext in env")
    return context


def _push_as_typed(state: StateInline, text: str) -> None:
    # markdown-it's token for escaped characters: shown as typed, and not reported as a leftover mark.
    state.push("text_special", "", 0).content = text


def plain_text(tokens: Sequence[Token]) -> str:
    """Return the text of some tokens, with a space between blocks and lines."""
    found: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "text_special":
                found.append(token.content)
            case "fence" | "code_block" | "softbreak" | "hardbreak":
                found.append(f" {token.content}")
            case "inline" | "image":
                found.append(plain_text(token.children or ()))
            case _ if token.block and token.nesting == -1:
                found.append(" ")
    return "".join(found)
