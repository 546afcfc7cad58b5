"""GIFT: the questions as readable plain text that Moodle and others can import.

The rules are those of Moodle's importer (question/format/gift, Moodle 4.5): a blank line ends a question, so every
block has one after it. Without it, the importer reads the rest of the file as part of the category.
"""

import re
from collections.abc import Iterator
from functools import singledispatch

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Module,
    Numeric,
    Option,
    Ordering,
    Question,
    ShortText,
    Text,
)
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets import loss, question_banks
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.loss import Loss, LostFeature, gathered
from lokaltmot_lms.targets.platform_html import GAP, Places, asked, html

_MEANING = re.compile(r"[\\~=#{}:]")
_FORMAT = re.compile(r"\s*\[(?:html|markdown|plain|moodle)\]")
_WORDS = Places(picture=lambda _path: None)  # a text file holds no images


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return the questions of the modules as one text: one category per quiz, a blank line after every block."""
    blocks: list[str] = []
    lost: list[Loss] = []
    for module in modules:
        lost += question_banks.unheld(module)
        for page, quiz in question_banks.quizzes(module):
            blocks.append(
                f"$CATEGORY: {question_banks.category_path(question_banks.category(course, module, page, quiz))}"
            )
            for question in quiz.questions:
                lost += (
                    Loss(module=module.id, thing=thing, ids=(question.id,), became=became)
                    for thing, became in _lost(question)
                )
                if _holds(question):
                    blocks.append(_block(course, module, question))
    name = stem(course, modules[0] if len(modules) == 1 else None, TARGET.name)
    content = "".join(f"{block}\n\n" for block in blocks).encode()
    files = (PackageFile(name=f"{name}{TARGET.suffix}", content=content),)
    return Package(name=name, files=files, modules=modules, losses=gathered(lost))


def escape(words: str) -> str:
    """Return a text with GIFT's special characters escaped, on one line: an empty line would end the question."""
    escaped = _MEANING.sub(lambda found: f"\\{found[0]}", words)
    return "\\n".join(escaped.splitlines())


def _block(course: Course, module: Module, question: Question) -> str:
    about = f"// [id:{question.id}] [tag:{course.id}] [tag:{module.id}]"
    title = escape(question.prompt.plain.strip() or question.id)
    said = f"\n####{_html(question.explanation)}" if question.explanation else ""
    answers = f"{{{_answers(question)}{said}\n}}"
    words = asked(question, _WORDS)
    gap = GAP.search(words)
    if gap and isinstance(question, Gaps):  # the answers replace the gap
        words = f"{escape(words[: gap.start()])}{answers}{escape(words[gap.end() :])}"
    else:
        words = f"{escape(words)}{answers}"
    return f"{about}\n::{title}::[html]{words}"


@singledispatch
def _answers(question: Question) -> str:
    """Return the answers, the part between the braces."""
    raise NotImplementedError(question.type)


@_answers.register
def _(question: ChoiceQuestion) -> str:
    true = question_banks.truth(question)
    if true is None:
        return _choices(question.options, single=question.type != "multiple")
    # The feedback on the wrong answer comes first.
    right_last = sorted(question.options, key=lambda option: option.is_right)
    said = "".join(f"#{_html(option.feedback)}" for option in right_last)
    return ("TRUE" if true.is_right else "FALSE") + (said if said.strip("#") else "")


@_answers.register
def _(question: Hotspot) -> str:
    return _choices(question.spots, single=not question.multiple)


@_answers.register
def _(question: ShortText) -> str:
    return _typed(question.accepted)


@_answers.register
def _(question: Numeric) -> str:
    return f"#{(question.low + question.high) / 2:f}:{(question.high - question.low) / 2:f}"


@_answers.register
def _(question: Matching) -> str:
    return "".join(f"\n={_html(pair.left)} -> {escape(pair.right.plain)}" for pair in question.pairs)


@_answers.register
def _(question: Ordering) -> str:
    return "".join(f"\n={_html(item.text)} -> {place}" for place, item in enumerate(question.items, start=1))


@_answers.register
def _(question: Gaps) -> str:
    (gap,) = question.gaps
    return _choices(gap.options, single=True) if gap.options else _typed(gap.accepted)


def _typed(accepted: tuple[str, ...]) -> str:
    # The weight is explicit, so that an answer that looks like a weight is not read as one. An unescaped asterisk is a
    # wildcard.
    return "".join(f"\n=%100%{_formatted(escape(words.replace('*', chr(92) + '*')))}" for words in accepted)


def _choices(options: tuple[Option, ...], *, single: bool) -> str:
    share = question_banks.share(options)
    marks = {True: "=", False: "~"} if single else {True: f"~%{share}%", False: f"~%-{share}%"}
    lines = (
        f"\n{marks[option.is_right]}{_option(option.text)}{f'#{_html(option.feedback)}' if option.feedback else ''}"
        for option in options
    )
    return "".join(lines)


def _option(text: Text) -> str:
    # A per cent sign in front would start a weight.
    words = html(text, _WORDS)
    return _formatted(escape(f"&#37;{words[1:]}" if words.startswith("%") else words))


def _html(text: Text | None) -> str:
    return _formatted(escape(html(text, _WORDS)))


def _formatted(words: str) -> str:
    """Return a text that is read as HTML: the importer would remove a format name in square brackets in front."""
    return f"[html]{words}" if _FORMAT.match(words) else words


def _holds(question: Question) -> bool:
    if isinstance(question, Gaps):
        accepted = [words for gap in question.gaps for words in gap.accepted]
        return len(question.gaps) == 1 and not _has_arrow(accepted)
    if isinstance(question, ShortText):
        return not _has_arrow(question.accepted)
    return not isinstance(question, Likert) and not question_banks.has_too_many(question)


def _has_arrow(accepted: tuple[str, ...] | list[str]) -> bool:
    return any("->" in words for words in accepted)  # would be read as a matching question; there is no escape


def _lost(question: Question) -> Iterator[tuple[LostFeature, str]]:
    if not _holds(question):
        yield LostFeature(question.type), loss.LEFT_OUT
        return
    if isinstance(question, Hotspot):
        yield LostFeature.HOTSPOT, loss.CHOICE
    if isinstance(question, Hotspot) or question_banks.shows_pictures(question):
        yield LostFeature.PICTURE, loss.WORDS
    if isinstance(question, Ordering):
        yield LostFeature.ORDERING, loss.PLACES
    if question.points != 1:
        yield LostFeature.POINTS, loss.ONE
    if question.hint is not None:
        yield LostFeature.HINT, loss.LEFT_OUT
    if isinstance(question, Gaps):
        return  # a single gap becomes a choice or a typed answer without losses
    yield from question_banks.unheld_in_answers(question)


TARGET = Target(name="gift", title="GIFT", suffix=".txt", is_file=True, is_native=True, bundles=True, package=package)
