"""Turns the author's Markdown into Text: HTML, plain text, and the facts, terms and media that the text refers to."""

from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.token import Token

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import Fact, Text
from lokaltmot_lms.source import lint
from lokaltmot_lms.source.inline_context import GapReader, InlineContext, TextSources, plain_text
from lokaltmot_lms.source.lines import Snippet, Source
from lokaltmot_lms.source.lookalikes.list_numbers import report_numbers
from lokaltmot_lms.source.markdown import markdown
from lokaltmot_lms.source.media import CourseMedia
from lokaltmot_lms.source.report import Report

# A line without any of these characters is plain text and needs no Markdown parser. Most titles and options are.
_MARKS = frozenset("*_`[]<&\\!{}$")


class TextReader:
    """Reads the texts of one module in one language."""

    def __init__(
        self,
        *,
        facts: Mapping[str, Fact],
        local: Mapping[str, str],
        language: str,
        media: CourseMedia,
        report: Report,
    ) -> None:
        self._sources = TextSources(facts=facts, local=local, language=language, media=media, report=report)
        self.media = media
        self.report = report

    @property
    def is_norwegian(self) -> bool:
        """Whether the module is in Norwegian, so that Norwegian keywords are suggested."""
        return self._sources.is_norwegian

    @property
    def terms(self) -> Sequence[tuple[str, Position]]:
        """Every [[word]] that was read so far, with its position."""
        return self._sources.terms

    def has_fact(self, key: str, at: Position) -> bool:
        """Return whether the fact register has a fact; report it when it does not."""
        return self._sources.has_fact(key, at)

    def inline(self, snippet: Snippet, *, in_question: bool = False) -> Text:
        """Read one line, or a few that belong together. Block marks such as # and - have no meaning here."""
        if _MARKS.isdisjoint(snippet.text):
            plain = " ".join(snippet.text.split())
            return Text(html=escape(plain, quote=False), plain=plain, inline=True, at=snippet.at())
        context = InlineContext(sources=self._sources, snippet=snippet, in_question=in_question)
        tokens = markdown().parseInline(snippet.text, context.env())
        return _text(tokens, context, snippet.at())

    def prose(self, source: Source, first: int, last: int, *, gaps: GapReader | None = None) -> Text:
        """Read the rows first..last (exclusive) as running text with lists, tables and sub-headings.

        gaps: the question whose body this is; without it, [[…]] is a glossary term.
        """
        while first < last and not source.lines[first].strip():
            first += 1
        snippet = Snippet(source, "\n".join(source.lines[first:last]), first, 0)
        context = InlineContext(
            sources=self._sources, snippet=snippet, in_question=gaps is not None, gaps=gaps, is_block=True
        )
        lint.report_lines(source, first, last, self.report)
        tokens = markdown().parse(snippet.text, context.env())
        lint.report_blocks(tokens, snippet, self.report)
        report_numbers(tokens, snippet, self.report)
        return _text(tokens, context, source.find(first, ""))


def _text(tokens: Sequence[Token], context: InlineContext, at: Position) -> Text:
    html = markdown().renderer.render(tokens, markdown().options, {}).strip()
    if any(lint.is_html(token) for token in tokens):
        from lokaltmot_lms.source.raw_html import cleaned  # few authors write HTML, and the cleaner is large

        html = cleaned(html, tokens, context.snippet, context.sources.report)
    return Text(
        html=html,
        plain=" ".join(plain_text(tokens).split()),
        facts=tuple(context.facts),
        local=tuple(context.local),
        terms=tuple(context.terms),
        media=tuple(context.media),
        inline=not context.is_block,
        at=at,
    )
