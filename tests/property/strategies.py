"""Any course model: what an author could mean, and much that no author ever would."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import (
    Block,
    Case,
    Choice,
    ChoiceQuestion,
    Completion,
    Course,
    Fact,
    Figure,
    Film,
    Gap,
    Gaps,
    Glossary,
    Hotspot,
    Important,
    Likert,
    Matching,
    Media,
    Module,
    Notice,
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
    Slot,
    Spot,
    Statement,
    Step,
    Term,
    Text,
)
from lokaltmot_lms.questions import QUESTION_TYPES

AT = Position(path="kurs/modul.md", line=7)
LETTERS = "abcdefghijklmnopqrstuvwxyz"

# An SVG is drawn into the page, the others are copied; the names are awkward on purpose.
MEDIA = {
    "media/blå bær & 100%.png": b"\x89PNG\r\n\x1a\n" + bytes(24),
    "media/rom #2.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4"/></svg>',
    "media/Film+lyd.mp4": bytes(range(256)),
    "media/film.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nHei & hopp\n",
    "media/lyd.mp3": bytes(100),
}

_ids = st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)
# What a line of Markdown can hold: no control characters, but all of Unicode else, with what HTML and XML use.
_words = st.text(
    st.one_of(st.sampled_from("<>&\"'{}[]]æøå %/\\"), st.characters(exclude_categories=("Cs", "Cc", "Cn"))),
    min_size=1,
    max_size=30,
)
# A title comes from YAML, which can spell any character.
_titles = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
_shares = st.decimals(min_value=0, max_value=1, places=2)


def write_media(folder: Path) -> dict[str, Media]:
    """Write the media files once; return them as a course's media."""
    media = {}
    for path, content in MEDIA.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        media[path] = Media(path=path, file=file, size=len(content), width=4, height=3, at=AT)
    return media


def _text(words: str, *, inline: bool = False) -> Text:
    html = escape(words)
    return Text(html=html if inline else f"<p>{html}</p>", plain=" ".join(words.split()), inline=inline, at=AT)


texts = _words.map(_text)
inlines = _words.map(lambda words: _text(words, inline=True))


def _options(least: int = 1) -> st.SearchStrategy[tuple[Option, ...]]:
    def keyed(drawn: list[tuple[Text, bool, Text | None]]) -> tuple[Option, ...]:
        return tuple(
            Option(key=key, text=text, is_right=is_right, feedback=feedback, at=AT)
            for key, (text, is_right, feedback) in zip(LETTERS, drawn, strict=False)
        )

    return st.lists(st.tuples(inlines, st.booleans(), st.none() | texts), min_size=least, max_size=6).map(keyed)


def _with_one_right(options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(
        Option(key=option.key, text=option.text, is_right=at == 0, feedback=option.feedback, at=AT)
        for at, option in enumerate(options)
    )


@st.composite
def _true_or_false(draw: st.DrawFn) -> tuple[Option, ...]:
    # The reader gives this type only to options that are each other's opposite, in either order.
    words = draw(st.permutations(draw(st.sampled_from([("Sant", "Usant"), ("Ja", "Nei"), ("True", "False")]))))
    drawn = _with_one_right(draw(_options(2))[:2])
    return tuple(replace(option, text=_text(word, inline=True)) for option, word in zip(drawn, words, strict=True))


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[Pair, ...]:
    drawn = draw(st.lists(st.tuples(inlines, inlines), min_size=1, max_size=4))
    extra = draw(st.lists(inlines, max_size=2))
    pairs = [
        Pair(key=str(at), left=left, match=LETTERS[at - 1], right=right, at=AT)
        for at, (left, right) in enumerate(drawn, start=1)
    ]
    pairs += [
        Pair(key="", left=None, match=LETTERS[len(drawn) + at], right=right, at=AT) for at, right in enumerate(extra)
    ]
    return tuple(pairs)


@st.composite
def _gaps(draw: st.DrawFn, base: dict[str, Any]) -> Gaps:
    count = draw(st.integers(1, 3))
    body = " ".join(f'{escape(draw(_words))} <span data-gap="{at}"></span>' for at in range(1, count + 1))
    gaps = tuple(
        Gap(key=str(at), accepted=tuple(draw(st.lists(_words, min_size=1, max_size=2))), at=AT)
        if draw(st.booleans())
        else Gap(key=str(at), options=_with_one_right(draw(_options(2))), at=AT)
        for at in range(1, count + 1)
    )
    return Gaps(type="gaps", body=Text(html=f"<p>{body}</p>", plain="…", at=AT), gaps=gaps, **base)


@st.composite
def _hotspot(draw: st.DrawFn, base: dict[str, Any]) -> Hotspot:
    per_cent = st.decimals(min_value=0, max_value=50, places=1)
    spots = tuple(
        Spot(key=option.key, text=option.text, is_right=option.is_right, feedback=option.feedback, at=AT,
             **{side: draw(per_cent) for side in ("x", "y", "width", "height")})
        for option in _with_one_right(draw(_options(2)))
    )  # fmt: skip
    pictures = [path for path in MEDIA if path.endswith((".png", ".svg"))]
    return Hotspot(
        type="hotspot", picture=draw(st.sampled_from(pictures)), alt=draw(_words), spots=spots,
        multiple=draw(st.booleans()), **base,
    )  # fmt: skip


_MAKERS: dict[str, Callable[[st.DrawFn, dict[str, Any]], Question]] = {
    "single": lambda draw, base: ChoiceQuestion(type="single", options=_with_one_right(draw(_options(2))), **base),
    "truefalse": lambda draw, base: ChoiceQuestion(type="truefalse", options=draw(_true_or_false()), **base),
    "multiple": lambda draw, base: ChoiceQuestion(type="multiple", options=draw(_options(2)), **base),
    "text": lambda draw, base: ShortText(
        type="text", accepted=tuple(draw(st.lists(_words, min_size=1, max_size=3))), **base
    ),
    "numeric": lambda draw, base: Numeric(
        type="numeric", low=draw(st.decimals(-100, 0, places=1)), high=draw(st.decimals(0, 100, places=1)), **base
    ),
    "matching": lambda draw, base: Matching(type="matching", pairs=draw(_pairs()), **base),
    "ordering": lambda draw, base: Ordering(type="ordering", items=draw(_options(2)), **base),
    "gaps": lambda draw, base: draw(_gaps(base)),
    "hotspot": lambda draw, base: draw(_hotspot(base)),
    "likert": lambda draw, base: Likert(
        type="likert", low=draw(_words), high=draw(_words), steps=draw(st.integers(2, 7)),
        statements=tuple(
            Statement(key=str(at), text=text, at=AT)
            for at, text in enumerate(draw(st.lists(inlines, min_size=1, max_size=3)), start=1)
        ),
        **(base | {"points": Decimal(0)}),
    ),
}  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """Draw a question of any type with a given id."""
    base = {
        "id": name, "prompt": draw(inlines), "intro": draw(st.none() | texts), "explanation": draw(st.none() | texts),
        "hint": draw(st.none() | texts), "points": draw(st.sampled_from([*map(Decimal, ("1", "0.5", "0"))])), "at": AT,
    }  # fmt: skip
    return _MAKERS[draw(st.sampled_from(sorted(_MAKERS)))](draw, base)


def _films() -> st.SearchStrategy[Film]:
    return st.builds(
        Film,
        kind=st.just("video"),
        path=st.just("media/Film+lyd.mp4"),
        title=_words,
        speaker=_words,
        captions=st.sampled_from([None, "media/film.vtt"]),
        chapters=st.sampled_from([None, "media/film.vtt"]),
        description=st.sampled_from([None, "media/lyd.mp3", "media/film.vtt"]),
        transcript=st.none() | texts,
        poster=st.sampled_from([None, "media/blå bær & 100%.png"]),
        at=st.just(AT),
    )


@st.composite
def _cases(draw: st.DrawFn, name: str) -> Case:
    names = draw(st.lists(_ids, min_size=1, max_size=3, unique=True))
    steps = []
    for step in names:
        choices = draw(st.lists(st.builds(Choice, text=inlines, to=st.sampled_from(names), at=st.just(AT)), max_size=2))
        steps.append(Step(id=step, title=draw(inlines), text=draw(texts), choices=tuple(choices), at=AT))
    return Case(id=name, steps=tuple(steps), at=AT)


def _plain_blocks(pages: Sequence[str]) -> st.SearchStrategy[Block]:
    at = st.just(AT)
    return st.one_of(
        st.builds(Prose, text=texts, at=at),
        st.builds(Important, text=texts, at=at),
        st.builds(Notice, text=texts, skip=st.sampled_from([None, *pages]), at=at),
        st.builds(
            Figure,
            path=st.sampled_from([path for path in MEDIA if path.endswith((".png", ".svg"))]),
            alt=_words,
            caption=st.none() | inlines,
            at=at,
        ),
        _films(),
        st.builds(
            Glossary,
            terms=st.lists(st.builds(Term, word=_words, meaning=texts, at=at), min_size=1, max_size=2).map(tuple),
            at=at,
        ),
    )


@st.composite
def modules(draw: st.DrawFn, name: str) -> Module:
    """Draw a module with a given id: one to three pages, and quizzes, cases and reflections on some of them."""
    names = draw(st.lists(_ids, min_size=4, max_size=12, unique=True))
    pages_at = draw(st.integers(1, 3))
    page_names, rest = names[:pages_at], iter(names[pages_at:])
    slots = [Slot(id=page, kind="page") for page in page_names]
    pages = []
    for page in page_names:
        blocks = draw(st.lists(_plain_blocks(page_names), max_size=3))
        for kind in draw(st.lists(st.sampled_from(["quiz", "case", "reflection"]), max_size=2, unique=True)):
            if (block_id := next(rest, None)) is None:
                break
            if kind == "reflection":
                blocks.append(Reflection(id=block_id, text=draw(texts), at=AT))
            elif kind == "case":
                blocks.append(draw(_cases(block_id)))
            else:
                asked = [draw(questions(each)) for each in [block_id, *[x for x in [next(rest, None)] if x]]]
                slots += [Slot(id=q.id, kind=q.type, width=QUESTION_TYPES[q.type].width(q)) for q in asked]
                blocks.append(Quiz(
                    id=page, questions=tuple(asked), draw=draw(st.sampled_from([None, 1])),
                    attempts=draw(st.sampled_from([None, 3])), shuffle=draw(st.booleans()), at=AT,
                ))  # fmt: skip
        pages.append(Page(id=page, title=draw(inlines), blocks=tuple(blocks), at=AT))
    return Module(
        id=name, title=draw(_titles), version=draw(_words), language=draw(st.sampled_from(["nb", "nn", "en", "ar"])),
        pages=tuple(pages), slots=tuple(slots), minutes=draw(st.none() | st.integers(1, 90)), pass_share=draw(_shares),
        completion=Completion(all_pages=draw(st.booleans()), passed_quiz=draw(st.booleans())),
        quick_exit=draw(st.booleans()), license=draw(st.just("") | _titles), description=draw(st.just("") | _titles),
        at=AT,
    )  # fmt: skip


@st.composite
def courses(draw: st.DrawFn, media: dict[str, Media]) -> Course:
    """Draw a course of one to three modules that may show any of the media."""
    name, *module_names = draw(st.lists(_ids, min_size=2, max_size=4, unique=True))
    fact = Fact(key="nod", text=draw(_words), name=draw(_words), source=draw(_words), confidence="A", at=AT)
    return Course(
        id=name, title=draw(_titles), folder=Path("kurs"), languages=("nb",),
        modules=tuple(draw(modules(each)) for each in module_names), media=media, facts={"nod": fact},
        help_lines=draw(st.sampled_from([(), ("nod",)])), contact=draw(_words), license=draw(st.just("") | _titles),
        description=draw(st.just("") | _titles), credits=tuple(draw(st.lists(_words, max_size=2))), at=AT,
    )  # fmt: skip
