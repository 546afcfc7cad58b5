"""The Markdown we read: CommonMark with tables, without the rules that change a text invisibly."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from lokaltmot_lms.source.inline_context import context_of
from lokaltmot_lms.source.inline_syntax import add_inline_syntax
from lokaltmot_lms.source.lookalikes.list_numbers import ordered_list, sentence_after_list

# Nobody reads such a paragraph, and the time to parse one grows with the square of its brackets.
LONGEST_PARAGRAPH = 20_000
MOST_BRACKETS = 200


@cache
def markdown() -> MarkdownIt:
    """Return the Markdown parser. There is one: building it takes longer than parsing a page."""
    made = MarkdownIt("commonmark").enable("table")
    # Off, because each changes what the author typed without a visible mark: four spaces make a code block, a line of
    # dashes turns the line above into a heading, and "[word]: text" removes the whole line.
    made.disable(["code", "lheading", "reference"])
    made.block.ruler.before("list", "sentence_after_list", sentence_after_list, {"alt": ["list"]})
    made.block.ruler.at("list", ordered_list, {"alt": ["paragraph", "reference", "blockquote"]})
    made.core.ruler.at("inline", _inline)
    made.core.ruler.after("block", "one_list", _one_list)
    # lokaltmot_lms.source.inline_context checks addresses and reports what is wrong with them.
    made.validateLink = _any_address  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    add_inline_syntax(made)
    return made


def _one_list(state: StateCore) -> None:
    """Join two lists that are separated only by a change from - to * or +: for the author they are one list."""
    kept: list[Token] = []
    for token in state.tokens:
        if token.type == "bullet_list_open" and kept and kept[-1].type == "bullet_list_close":
            kept.pop()
        else:
            kept.append(token)
    state.tokens = kept


def _any_address(url: str) -> bool:  # noqa: ARG001  # markdown-it passes it by position
    return True


def _inline(state: StateCore) -> None:
    """Parse each line of text. As markdown-it's own rule, and the context knows which line is being parsed."""
    context = context_of(state.env)
    for token in state.tokens:
        if token.type == "inline":
            context.line = token
            token.children = []
            if len(token.content) > LONGEST_PARAGRAPH or token.content.count("[") > MOST_BRACKETS:
                context.refuse_line(token)
                continue
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            context.finish_line(token)
