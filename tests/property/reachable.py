# ruff: noqa: E501  # a table of marks
"""Any course that our own reader could have read: the texts an author means, marks and all their lookalikes in them."""

import re
from decimal import Decimal
from html import escape, unescape
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Gap,
    Gaps,
    Matching,
    Module,
    Numeric,
    Option,
    Ordering,
    Page,
    Pair,
    Prose,
    Question,
    Quiz,
    Reflection,
    ShortText,
    Text,
    Unfinished,
)

AT = Position(path="kurs/modul.md", line=7)
LETTERS = "abcdefghijklmnopqrstuvwxyz"

# What our format, Markdown, GIFT, cloze and HTML give a meaning, and what looks like it on a screen.
_MARKS = (
    "# ", "## ", "::: quiz", ":::", "- ( ) ", "- (x) ", "(x)", "[x]", "x) ", "> ", "{#a}", "{ #a }", "[[", "]]", "{{fact.x}}", "}}", "Svar: ", "Skala:",
    "Rekkefølge:", "Hint;", "1. ", "12) ", "=> ", "->", "-> #a", "@ 1 2 3 4", "<!--", "-->", "```", "~~~", "|", "![", "](", "**", "*", "_", "__", "\\",
    "\\\\", "\\\\server\\a", "<b>", "<", ">", "&amp;", "&", "&#35;", "…", "±", "---", "+", "- ", "– ", "• ", "＊", "：：：", "｛＃a｝", "$CATEGORY:", "::", "~", "=",
    "#", "{", "}", "%50%", "%", "{1:SA:=a}", "[html]", "//", "\\n", "T", "FALSE", "_____", "[gap1]", "[[1]]", "@@PLUGINFILE@@/", "]{lang=en}", "\"", "'",
    "http://a.no", "snake_case_word", "5*3*2", "!", "! (", ".case", ": lyd", "\u00a0", "\u2009", "e\u0301", "ﬁ", "æøå", "«sitat»", "שלום", "日本",
)  # fmt: skip
_letters = st.text(st.sampled_from("abcæøå ABC123.,?"), min_size=1, max_size=8)


def _tidy(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


plain_words = st.lists(st.one_of(_letters, st.sampled_from(_MARKS)), min_size=1, max_size=6).map(_tidy).filter(bool)
# For text that is in a file as typed: answers and gaps can't escape these.
typed_words = (
    st.text(st.sampled_from("abcæøåABC123 .,?!-§&%()'\"=~#{}:\\<>"), min_size=1, max_size=12)
    .map(lambda words: " ".join(words.split()))
    .filter(
        lambda words: any(sign.isalpha() for sign in words) and not any(x in words for x in ("<!", " / ", "--", "->"))
    )
)


@st.composite
def _pieces(draw: st.DrawFn) -> str:
    words = escape(draw(plain_words), quote=False)
    kind = draw(st.sampled_from(["", "", "", "em", "strong", "code", "sub", "a", "both"]))
    match kind:
        case "":
            return words
        case "code":
            return f"<code>{escape(draw(_letters.map(str.strip).filter(bool)), quote=False)}</code>"
        case "a":
            return f'<a href="https://example.org/a?b=c&amp;d=(e)">{words}</a>'
        case "both":
            return f"<strong>{words} <em>{escape(draw(plain_words), quote=False)}</em></strong>"
    return f"<{kind}>{words}</{kind}>"


@st.composite
def _lines(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(_pieces(), min_size=1, max_size=3))
    return draw(st.sampled_from([" ", "", "<br/>"])).join(pieces)


def text(html: str, *, inline: bool) -> Text:
    """Return HTML as the model holds it."""
    words = unescape(re.sub(r"<[^<>]*>", "", re.sub(r"</?(?:p|li|td|th|tr|h2|br|pre)\b[^<>]*>", " ", html)))
    return Text(html=html, plain=" ".join(words.split()), inline=inline, at=AT)


inlines = _lines().map(lambda html: text(html, inline=True))


@st.composite
def _proses(draw: st.DrawFn, *, in_question: bool = False) -> Text:
    parts = []
    for drawn in draw(
        st.lists(st.sampled_from(["p", "p", "ul", "ol", "h2", "pre", "table", "blockquote"]), min_size=1, max_size=3)
    ):
        line = draw(_lines())
        is_out = (in_question and drawn not in ("p", "ol")) or (parts and parts[-1].endswith(f"</{drawn}>"))
        kind = "p" if is_out else drawn
        match kind:
            case "ul" | "ol":
                items = "".join(f"<li>{item}</li>" for item in draw(st.lists(_lines(), min_size=2, max_size=3)))
                parts.append(f"<{kind}>{items}</{kind}>")
            case "pre":
                parts.append(f"<pre><code>{escape(draw(_letters), quote=False).strip() or 'x'}\n- (x) a\n</code></pre>")
            case "table":
                cells = [escape(draw(plain_words), quote=False) for _ in range(4)]
                parts.append(
                    f"<table><thead><tr><th>{cells[0]}</th><th>{cells[1]}</th></tr></thead>"
                    f"<tbody><tr><td>{cells[2]}</td><td>{cells[3]}</td></tr></tbody></table>"
                )
            case "blockquote":
                parts.append(f"<blockquote><p>{line}</p></blockquote>")
            case _:
                parts.append(f"<{kind}>{line}</{kind}>")
    return text("".join(parts), inline=False)


@st.composite
def _options(draw: st.DrawFn, *, several: bool, said: bool = True, words: Any = inlines) -> tuple[Option, ...]:
    texts = draw(st.lists(words, min_size=2, max_size=5, unique_by=lambda one: one.html))
    count = len(texts)
    right = draw(st.lists(st.booleans(), min_size=count, max_size=count)) if several else [False] * count
    right[draw(st.integers(0, count - 1))] = True
    return tuple(
        Option(
            key=LETTERS[at], text=one, is_right=right[at], feedback=draw(st.none() | inlines) if said else None, at=AT
        )
        for at, one in enumerate(texts)
    )


def _word_text(words: str) -> Text:
    return text(escape(words, quote=False), inline=True)


menu_words = (
    st.lists(
        st.one_of(_letters, st.sampled_from([m for m in _MARKS if not set("|[]*") & set(m)])), min_size=1, max_size=4
    )
    .map(_tidy)
    .filter(bool)
    .map(_word_text)
)


@st.composite
def _gaps(draw: st.DrawFn, base: dict[str, Any], *, kind: str | None = None) -> Gaps:
    count = draw(st.integers(1, 3))
    body = " ".join(
        f'{escape(draw(plain_words), quote=False)} <span data-gap="{at}"></span>' for at in range(1, count + 1)
    )
    menus = [draw(st.booleans())] * count if kind == "alike" else [draw(st.booleans()) for _ in range(count)]
    gaps = tuple(
        Gap(key=str(at), options=draw(_options(several=False, said=False, words=menu_words)), at=AT)
        if is_menu
        else Gap(key=str(at), accepted=(draw(typed_words.filter(lambda w: not set("|*[]") & set(w))),), at=AT)
        for at, is_menu in enumerate(menus, start=1)
    )
    return Gaps(
        type="gaps",
        body=text(f"<p>{body} {draw(_letters.map(str.strip))}</p>", inline=False),
        gaps=gaps,
        **(base | {"intro": None}),
    )


def _true_or_false(draw: st.DrawFn, base: dict[str, Any]) -> ChoiceQuestion:
    is_true = draw(st.booleans())
    said = draw(st.none() | inlines), draw(st.none() | inlines)
    options = tuple(
        Option(key=key, text=_word_text(word), is_right=right, feedback=feedback, at=AT)
        for key, word, right, feedback in zip("ab", ("Sant", "Usant"), (is_true, not is_true), said, strict=True)
    )
    return ChoiceQuestion(type="truefalse", options=options, **base)


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    rights = draw(st.lists(plain_words, min_size=2, max_size=5, unique=True))
    lefts = draw(st.lists(inlines, min_size=2, max_size=len(rights)))
    return tuple(
        Pair(
            key=str(at + 1) if at < len(lefts) else "",
            left=lefts[at] if at < len(lefts) else None,
            match=LETTERS[at],
            right=_word_text(right),
            at=AT,
        )
        for at, right in enumerate(rights)
    )


def _numeric(draw: st.DrawFn, base: dict[str, Any]) -> Numeric:
    low = draw(st.decimals(-100, 100, places=2))
    return Numeric(type="numeric", low=low, high=low + draw(st.decimals(0, 10, places=2)), **base)


def _make(draw: st.DrawFn, kind: str, base: dict[str, Any]) -> Question:
    match kind:
        case "truefalse":
            return _true_or_false(draw, base)
        case "single" | "multiple":
            return ChoiceQuestion(type=kind, options=draw(_options(several=kind == "multiple")), **base)
        case "text":
            accepted = draw(st.lists(typed_words.filter(lambda w: "|" not in w), min_size=1, max_size=3, unique=True))
            return ShortText(type="text", accepted=tuple(accepted), **base)
        case "numeric":
            return _numeric(draw, base)
        case "matching":
            return Matching(type="matching", pairs=draw(_pairs()), **base)
        case "ordering":
            return Ordering(type="ordering", items=tuple(_right(draw(_options(several=False, said=False)))), **base)
    return draw(_gaps(base, kind="alike" if kind == "gaps-alike" else None))


def _right(options: tuple[Option, ...]) -> list[Option]:
    return [Option(key=one.key, text=one.text, is_right=True, feedback=None, at=AT) for one in options]


KINDS = ("single", "truefalse", "multiple", "text", "numeric", "matching", "ordering", "gaps")


@st.composite
def questions(draw: st.DrawFn, name: str, kinds: tuple[str, ...] = KINDS) -> Question:
    """Draw a question with a given id."""
    base = {
        "id": name,
        "prompt": draw(inlines),
        "intro": draw(st.none() | _proses(in_question=True)),
        "explanation": draw(st.none() | inlines),
        "hint": draw(st.none() | inlines),
        "points": draw(st.sampled_from([*map(Decimal, ("1", "1", "2", "0.5"))])),
        "at": AT,
    }
    return _make(draw, draw(st.sampled_from(kinds)), base)


# Lines that would mean something outside the block.
_RAW_LINES = (
    "# Side",
    "::: quiz",
    ":::",
    "```",
    "~~~~",
    "<!-- noe",
    "-->",
    "- (x) Alle",
    "{{fact.x}}",
    "Svar: 18",
    "  ",
    "[[",
)


def unfinished() -> st.SearchStrategy[Unfinished]:
    """Draw a block that an import left unfinished."""
    lines = st.lists(st.one_of(st.sampled_from(_RAW_LINES), plain_words), min_size=1, max_size=5)
    texts = lines.map("\n".join).filter(str.strip)
    return st.builds(Unfinished, reason=st.just("") | plain_words, text=st.just("") | texts, at=st.just(AT))


@st.composite
def courses(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, *, with_pages: bool = True) -> Course:
    """Draw a course of one module."""
    asked = [draw(questions(f"sporsmal-{at}", kinds)) for at in range(1, draw(st.integers(1, 3)) + 1)]
    quiz = Quiz(id="side", questions=tuple(asked), at=AT)
    blocks = [Prose(text=draw(_proses()), at=AT), *draw(st.lists(unfinished(), max_size=1))] if with_pages else []
    pages = [Page(id="side", title=draw(inlines), blocks=(*blocks, quiz), at=AT)]
    if with_pages:
        pages.append(
            Page(id="to", title=draw(inlines), blocks=(Reflection(id="tenk", text=draw(_proses()), at=AT),), at=AT)
        )
    title = draw(plain_words)
    module = Module(
        id="modul", title=title, version="1", language="nb", pages=tuple(pages), pass_share=Decimal("0.8"),
        license=draw(st.just("") | plain_words), at=AT,
    )  # fmt: skip
    return Course(
        id="kurs",
        title=draw(plain_words),
        folder=Path("kurs"),
        languages=("nb",),
        modules=(module,),
        contact="x",
        at=AT,
    )
