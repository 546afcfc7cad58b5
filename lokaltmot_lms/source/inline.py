"""Turns the author's Markdown into Text: HTML, plain words, and what the words rest on."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.questions import GAP_ELSEWHERE
from lokaltmot_lms.errors.text import LINK_BAD, PARAGRAPH_TOO_LONG, UNKNOWN_FACT, UNKNOWN_INSERT, UNKNOWN_LOCAL
from lokaltmot_lms.model import Fact, Text
from lokaltmot_lms.source import lint
from lokaltmot_lms.source.keywords import LOCAL_KEYS, meaning, spellings
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.local import neutral
from lokaltmot_lms.source.markdown import markdown
from lokaltmot_lms.source.media import CourseMedia
from lokaltmot_lms.source.paths import is_address, is_file
from lokaltmot_lms.source.report import Report, suggested

# A line without any of these is plain words, and needs no Markdown reader at all.
_MARKS = frozenset("*_`[]<&\\!{}")
_INSERT = re.compile(r"\s*(?:(fact|fakta)|(local|lokal))\s*\.\s*([\w-]+)\s*", re.IGNORECASE)


class GapReader:
    """What a question does with [[…]] in its body: it gets the words and gives the gap's key."""

    def gap(self, snippet: Snippet) -> str:
        """Return the key of the next gap."""
        raise NotImplementedError


class TextReader:
    """Reads the texts of one module in one language.

    terms: every [[word]] met, with its place; the glossary may stand last, so they are looked up at the end.
    """

    def __init__(
        self,
        *,
        facts: Mapping[str, Fact],
        local: Mapping[str, str],
        language: str,
        media: CourseMedia,
        report: Report,
    ) -> None:
        self.terms: list[tuple[str, Position]] = []
        self.report = report
        self.media = media
        self.facts = facts
        self._local = local
        self._language = language
        self._snippet = Snippet(Source("", ("",)), "", 0, 0)
        self._gaps: GapReader | None = None
        self._is_question = False
        self._is_block = False
        self._uses: dict[str, dict[str, None]] = {}

    def inline(self, snippet: Snippet, *, in_question: bool = False) -> Text:
        """Read a line, or a few that belong together. Block marks such as # and - mean nothing here."""
        at = snippet.at()
        if _MARKS.isdisjoint(snippet.text):
            plain = " ".join(snippet.text.split())
            return Text(html=escape(plain, quote=False), plain=plain, inline=True, at=at)
        self._start(snippet, in_question=in_question, is_block=False)
        tokens = markdown().parseInline(snippet.text, {"ink": self})
        return self._text(tokens, at, is_inline=True)

    def prose(self, source: Source, first: int, last: int, *, gaps: GapReader | None = None) -> Text:
        """Read the rows first..last (exclusive) as running text with lists, tables and sub-headings."""
        while first < last and not source.lines[first].strip():
            first += 1
        snippet = Snippet(source, "\n".join(source.lines[first:last]), first, 0)
        self._start(snippet, in_question=gaps is not None, is_block=True)
        self._gaps = gaps
        lint.report_lines(source, first, last, self.report)
        tokens = markdown().parse(snippet.text, {"ink": self})
        lint.report_blocks(tokens, snippet, self.report)
        self._gaps = None
        return self._text(tokens, source.find(first, ""), is_inline=False)

    def _start(self, snippet: Snippet, *, in_question: bool, is_block: bool) -> None:
        self._snippet = snippet
        self._is_question = in_question
        self._is_block = is_block
        self._uses = {"facts": {}, "local": {}, "terms": {}, "media": {}}

    def _text(self, tokens: Sequence[Token], at: Position, *, is_inline: bool) -> Text:
        html = markdown().renderer.render(tokens, markdown().options, {}).strip()
        if any(lint.is_html(token) for token in tokens):
            from lokaltmot_lms.source.raw_html import cleaned  # few authors write HTML

            html = cleaned(html, tokens, self._snippet, self.report)
        return Text(
            html=html,
            plain=" ".join(plain_words(tokens).split()),
            facts=tuple(self._uses["facts"]),
            local=tuple(self._uses["local"]),
            terms=tuple(self._uses["terms"]),
            media=tuple(self._uses["media"]),
            inline=is_inline,
            at=at,
        )

    # What the rules of lokaltmot_lms.source.inline_syntax and .markdown call.

    def term(self, state: StateInline, start: int, inner: str) -> None:
        """Push a glossary word, or in the body of a question a gap."""
        here = self._part(state, start, start + len(inner) + 4)
        if self._gaps is not None:
            state.push("gap_open", "span", 1).attrSet("data-gap", self._gaps.gap(here))
            state.push("gap_close", "span", -1)
            return
        if self._is_question:
            self.report.add(GAP_ELSEWHERE, here.at())
            _push_as_typed(state, here.text)
            return
        word, _, shown = inner.partition("|")
        word = " ".join(word.split())
        self.terms.append((word, here.part(2).at()))
        self._uses["terms"][word.casefold()] = None
        state.push("term_open", "span", 1).attrSet("data-term", word.casefold())
        state.push("text", "", 0).content = " ".join(shown.split()) or word
        state.push("term_close", "span", -1)

    def insert(self, state: StateInline, start: int, inner: str) -> None:
        """Push a fact or a text of the local layer, filled in."""
        here = self._part(state, start, start + len(inner) + 4)
        found = _INSERT.fullmatch(inner)
        if not found:
            self.report.add(UNKNOWN_INSERT, here.at(), word=inner.strip()[:60])
            _push_as_typed(state, here.text)
            return
        kind, key, text = self._filled(bool(found[1]), found[3], here.part(2 + found.start(3)).at())
        span = state.push(f"{kind}_open", "span", 1)
        span.attrSet(f"data-{kind}", key)
        state.push("text", "", 0).content = text
        state.push(f"{kind}_close", "span", -1)

    def need_fact(self, key: str, at: Position) -> bool:
        """Return whether the register has a fact; report it when not."""
        if key not in self.facts:
            self.report.add(UNKNOWN_FACT, at, key=key[:60], nearest=suggested(key, set(self.facts)))
        return key in self.facts

    def _filled(self, is_fact: bool, key: str, at: Position) -> tuple[str, str, str]:
        if is_fact:
            self._uses["facts"][key] = None
            return "fact", key, self.facts[key].text_in(self._language) if self.need_fact(key, at) else ""
        name = meaning(key, LOCAL_KEYS)
        if name is None or name == "logo":
            self.report.add(UNKNOWN_LOCAL, at, key=key, nearest=suggested(key, spellings(LOCAL_KEYS)))
            return "local", key, ""
        self._uses["local"][name] = None
        language = self._language
        text = self._local.get(f"{name}-{language}") or self._local.get(name) or neutral(name, language)
        return "local", name, text

    def refuse(self, token: Token) -> None:
        """Report a paragraph that is too long to be read."""
        self.report.add(PARAGRAPH_TOO_LONG, self._of_token(token).at())

    def read_line(self, token: Token) -> None:
        """Look at a line that was read: its links, its pictures, and what seems to be a slip."""
        for child in token.children or ():
            if child.type == "image":
                self._picture(child, token)
            elif child.type == "link_open":
                self._link(child, token)
        lint.report_line(token, self._of_token(token), self.report)

    def _picture(self, child: Token, token: Token) -> None:
        written = str(child.attrs["src"])
        path = self.media.add(written, self._find(token, written))
        if path is not None:
            child.attrs["src"] = path
            self._uses["media"][path] = None
        alt = Token("text", "", 0)
        alt.content = " ".join(plain_words(child.children or ()).split())
        child.children = [alt]

    def _link(self, child: Token, token: Token) -> None:
        written = str(child.attrs["href"])
        if is_file(written):
            path = self.media.add(written, self._find(token, written))
            if path is not None:
                child.attrs["href"] = path
                self._uses["media"][path] = None
        elif not is_address(written):
            self.report.add(LINK_BAD, self._find(token, written), address=written[:60])

    # Positions.

    def _find(self, token: Token, words: str) -> Position:
        snippet = self._of_token(token)
        return snippet.at(max(snippet.text.find(words), 0))

    def _part(self, state: StateInline, start: int, end: int) -> Snippet:
        """Return what stands between two offsets of the line that is being read."""
        token: Token = state.env["token"]
        words = state.src[start:end]
        offset = start if state.src == token.content else max(token.content.find(words), 0)
        at = self._of_token(token).at(offset)
        return Snippet(self._snippet.source, words, at.line - 1, at.column - 1)

    def _of_token(self, token: Token) -> Snippet:
        """Return a line of text with its place in the file; list marks and quote marks before it are left out."""
        if not self._is_block or token.map is None:
            return self._snippet
        source, row = self._snippet.source, self._snippet.row + token.map[0]
        column = source.lines[row].find(token.content.split("\n", 1)[0])
        return Snippet(source, token.content, row, max(column, 0))


def _push_as_typed(state: StateInline, words: str) -> None:
    # markdown-it's token for escaped signs: shown as they are, and no leftover mark to report again.
    state.push("text_special", "", 0).content = words


def plain_words(tokens: Sequence[Token]) -> str:
    """Return the words of some tokens, a space between blocks and lines."""
    found: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "text_special":
                found.append(token.content)
            case "fence" | "code_block" | "softbreak" | "hardbreak":
                found.append(f" {token.content}")
            case "inline" | "image":
                found.append(plain_words(token.children or ()))
            case _ if token.block and token.nesting == -1:
                found.append(" ")
    return "".join(found)
