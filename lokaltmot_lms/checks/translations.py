"""Translations: the same pages, blocks, questions and right answers in every language of the course."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from lokaltmot_lms.checks.walk import blocks, questions
from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.language import (
    TRANSLATION_ANSWER,
    TRANSLATION_BLOCKS,
    TRANSLATION_MISSING,
    TRANSLATION_ORDER,
    TRANSLATION_PART_MISSING,
    TRANSLATION_PARTS,
)
from lokaltmot_lms.model import (
    Block,
    Case,
    ChoiceQuestion,
    Course,
    Figure,
    Film,
    Gaps,
    Glossary,
    Hotspot,
    Important,
    Likert,
    Matching,
    Module,
    Notice,
    Numeric,
    Ordering,
    Page,
    Question,
    Quiz,
    Reflection,
)

# Running text may be divided differently per language. These must be on the same page in both.
# Named as authors write them, in both languages of the format.
_COUNTED: dict[type[Block], str] = {
    Case: "case",
    Figure: "![…](…)",
    Film: "video / lyd",
    Glossary: "glossary / ordliste",
    Important: "important / viktig",
    Notice: "notice / innholdsvarsel",
    Quiz: "quiz",
    Reflection: "reflection / refleksjon",
}
# The marks of each question type say what it is in any language.
_MARKS = {
    "single": "( )",
    "truefalse": "( )",
    "multiple": "[ ]",
    "ordering": "1. 2. 3.",
    "hotspot": "@",
    "likert": "… (5)",
    "text": "abc",
    "numeric": "123",
}


def check_translations(course: Course, today: date) -> Iterator[Problem]:
    """Yield each place where a translation is out of step with the module it translates, and each that is to come."""
    for module in course.modules:
        present = {module.language, *(translation.language for translation in module.translations)}
        for language in course.languages[1:]:
            if language not in present:
                file = _translated_name(module.at.path, language)
                names = {"language": language, "original": module.language}
                yield TRANSLATION_MISSING.at(module.at, module=module.id, file=file, **names)
        for translation in module.translations:
            yield from _out_of_step(module, translation)


def _out_of_step(module: Module, translation: Module) -> Iterator[Problem]:
    ours, theirs = _ids(module), _ids(translation)
    yield from _missing(ours, theirs, translation)
    yield from _missing(theirs, ours, module)
    if ours.keys() == theirs.keys():
        for (id_, _), (other, at) in zip(ours.items(), theirs.items(), strict=True):
            if id_ != other:
                yield TRANSLATION_ORDER.at(at, id=other, file=_file(module))
                break
    yield from _blocks(module, translation)
    yield from _answers(module, translation)


def _missing(here: dict[str, Position], there: dict[str, Position], other: Module) -> Iterator[Problem]:
    for id_, at in here.items():
        if id_ not in there:
            yield TRANSLATION_PART_MISSING.at(at, id=id_, file=_file(other))


def _blocks(module: Module, translation: Module) -> Iterator[Problem]:
    pages = {page.id: page for page in module.pages}
    for page in translation.pages:
        if page.id in pages:
            here, there = _counts(page), _counts(pages[page.id])
            for name in sorted(here.keys() | there.keys()):
                if here[name] != there[name]:
                    figures = {"here": here[name], "there": there[name]}
                    yield TRANSLATION_BLOCKS.at(
                        page.at, page=page.title.plain, block=name, file=_file(module), **figures
                    )


def _answers(module: Module, translation: Module) -> Iterator[Problem]:
    originals = {question.id: question for _, _, question in questions(module)}
    for _, _, question in questions(translation):
        original = originals.get(question.id)
        if original is None:
            continue
        here, there = _shape(question), _shape(original)
        if here != there:
            yield TRANSLATION_PARTS.at(question.at, id=question.id, here=here, there=there, file=_file(module))
        elif (_right(question), question.points) != (_right(original), original.points):
            yield TRANSLATION_ANSWER.at(question.at, id=question.id, file=_file(module))


def _ids(module: Module) -> dict[str, Position]:
    """Return what must have the same id in every language, with its position, in document order."""
    found: dict[str, Position] = {page.id: page.at for page in module.pages}
    for _, block in blocks(module):
        match block:
            case Quiz(questions=asked):
                found |= {question.id: question.at for question in asked}
            case Case(id=id_, steps=steps):
                found |= {f"{id_}/{step.id}": step.at for step in steps}
            case Reflection(id=id_, at=at):
                found[id_] = at
            case Film(id=id_, at=at) if "_" not in id_:  # else it is ours, see source/blocks.py
                found[id_] = at
    return found


def _counts(page: Page) -> Counter[str]:
    return Counter(_COUNTED[type(block)] for block in page.blocks if type(block) in _COUNTED)


def _shape(question: Question) -> str:
    """Return the kind of a question and how many parts it has, by the marks it is written with: “( ) x 3”."""
    match question:
        case ChoiceQuestion(options=parts) | Ordering(items=parts) | Hotspot(spots=parts) | Likert(statements=parts):
            return f"{_MARKS[question.type]} x {len(parts)}"
        case Matching(pairs=pairs):
            left = sum(pair.left is not None for pair in pairs)
            return f"=> x {left} + {len(pairs) - left}"
        case Gaps(gaps=gaps):
            return "[[ ]] x " + " + ".join(str(len(gap.options) or 1) for gap in gaps)
        case _:
            return _MARKS[question.type]


def _right(question: Question) -> object:
    """Return what is right in a question, in a form that does not depend on the language (None for typed words)."""
    match question:
        case ChoiceQuestion(options=options) | Hotspot(spots=options):
            return [option.is_right for option in options]
        case Gaps(gaps=gaps):
            return [[option.is_right for option in gap.options] for gap in gaps]
        case Matching(pairs=pairs):
            return [pair.match for pair in pairs]
        case Numeric(low=low, high=high):
            return low, high
        case _:
            return None


def _file(module: Module) -> str:
    return PurePosixPath(module.at.path).name


def _translated_name(path: str, language: str) -> str:
    file = PurePosixPath(path)
    return f"{file.stem}.{language}{file.suffix}"
