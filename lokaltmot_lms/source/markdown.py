"""The Markdown we read: CommonMark with tables, less what changes a text without being seen."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from lokaltmot_lms.source.inline_syntax import add_marks

# Nobody reads such a paragraph, and a reader of Markdown takes time in the square of its brackets.
LONGEST_PARAGRAPH = 20_000
MOST_BRACKETS = 200


@cache
def markdown() -> MarkdownIt:
    """Return the one reader of Markdown; making it costs more than reading a page."""
    made = MarkdownIt("commonmark").enable("table")
    # Off, as each changes what an author typed without a mark anybody sees: four spaces make code, a line of
    # dashes turns the line above into a heading, and "[word]: text" takes the whole line away.
    made.disable(["code", "lheading", "reference"])
    made.core.ruler.at("inline", _inline)
    made.core.ruler.after("block", "one_list", _one_list)
    # lokaltmot_lms.source.inline judges addresses, and says what is wrong with one.
    made.validateLink = _any_address  # type: ignore[method-assign]
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]
    made.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    add_marks(made)
    return made


def _one_list(state: StateCore) -> None:
    """Join two lists that only a change from - to * or + parts: to their author they are one."""
    kept: list[Token] = []
    for token in state.tokens:
        if token.type == "bullet_list_open" and kept and kept[-1].type == "bullet_list_close":
            kept.pop()
        else:
            kept.append(token)
    state.tokens = kept


def _any_address(url: str) -> bool:  # noqa: ARG001  # markdown-it asks by that name
    return True


def _inline(state: StateCore) -> None:
    """Read each line of text; like markdown-it's own rule, but says which one it is at (for positions)."""
    for token in state.tokens:
        if token.type == "inline":
            state.env["token"] = token
            token.children = []
            if len(token.content) > LONGEST_PARAGRAPH or token.content.count("[") > MOST_BRACKETS:
                state.env["ink"].refuse(token)
                continue
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            state.env["ink"].read_line(token)
