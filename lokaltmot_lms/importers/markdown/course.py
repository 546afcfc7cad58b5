"""Writes a course as an author would: course.yaml, one Markdown file per module, and its question banks."""

import json
import re
from collections.abc import Iterator
from functools import singledispatch

from lokaltmot_lms.importers.markdown.blocks import fenced, prose
from lokaltmot_lms.importers.markdown.escape import spelled
from lokaltmot_lms.importers.markdown.inline import Hand, Part, address, inline
from lokaltmot_lms.importers.markdown.keywords import Keywords
from lokaltmot_lms.importers.markdown.questions import number, write_question
from lokaltmot_lms.model import (
    Block,
    Case,
    Course,
    Facilitator,
    Figure,
    Film,
    Glossary,
    Important,
    Module,
    Notice,
    Page,
    Prose,
    Quiz,
    Reflection,
    Unfinished,
)

# A value that needs no quotes in YAML: it begins with a letter or digit and contains no sign of YAML.
_PLAIN = re.compile(r"[^\W_](?:[\w .,–—()/%+&?!’“”«»§-]*[\w.)%?!»”])?")


def files(course: Course, *, careful: frozenset[Part] = frozenset()) -> dict[str, str]:
    """Return the text files of a course by name. careful: parts with every sign escaped."""
    found = {"course.yaml": _course(course)}
    for place, module in enumerate(course.modules, start=1):
        found[file_name(place, module)] = _module(module, careful)
        for quiz in _quizzes(module):
            if quiz.bank is not None:
                words = Keywords(language=module.language)
                found[quiz.bank] = "\n\n".join(_questions(quiz, words, careful)) + "\n"
    return found


def file_name(place: int, module: Module) -> str:
    """Return the name of a module's file."""
    return f"{place:02}-{module.id}.md"


def scalar(value: str) -> str:
    """Return a text as a YAML scalar."""
    value = " ".join(value.split())
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _quizzes(module: Module) -> Iterator[Quiz]:
    return (block for page in module.pages for block in page.blocks if isinstance(block, Quiz))


def _course(course: Course) -> str:
    words = Keywords(language=course.languages[0])
    lines = [
        f"{words.course('title')}: {scalar(course.title)}",
        f"{words.course('id')}: {course.id}",
        f"{words.course('languages')}: [{', '.join(course.languages)}]",
        f"{words.course('modules')}:",
        *(f"  - {file_name(place, module)}" for place, module in enumerate(course.modules, start=1)),
    ]
    for name, value in (
        ("description", course.description),
        ("contact", course.contact),
        ("license", course.license),
    ):
        if value:
            lines.append(f"{words.course(name)}: {scalar(value)}")
    if course.credits:
        lines += [f"{words.course('credits')}:", *(f"  - {scalar(credit)}" for credit in course.credits)]
    lines.append(f"{words.course('status')}: {words.status(course.status)}")
    return "\n".join(lines) + "\n"


def _module(module: Module, careful: frozenset[Part]) -> str:
    words = Keywords(language=module.language)
    parts = ["\n".join(["---", *_front(module, words), "---"])]
    for page in module.pages:
        parts += _page(module, page, words, careful)
    return "\n\n".join(parts) + "\n"


def _front(module: Module, words: Keywords) -> Iterator[str]:
    yield f"{words.module('title')}: {scalar(module.title)}"
    yield f"{words.module('id')}: {module.id}"
    yield f"{words.module('version')}: {scalar(module.version)}"
    yield f"{words.module('language')}: {module.language}"
    if module.minutes is not None:
        yield f"{words.module('duration')}: {module.minutes} min"
    yield f"{words.module('pass')}: {number(module.pass_share * 100)} %"
    yield f"{words.module('completion')}: {_completion(module, words)}"
    if module.quick_exit:
        yield f"{words.module('quick-exit')}: {words.yes()}"
    for name, value in (
        ("license", module.license), ("description", module.description), ("audience", module.audience)
    ):  # fmt: skip
        if value:
            yield f"{words.module(name)}: {scalar(value)}"
    if module.goals:
        yield f"{words.module('goals')}:"
        yield from (f"  - {scalar(goal)}" for goal in module.goals)


def _completion(module: Module, words: Keywords) -> str:
    pages, quiz = ("alle sider", "bestått quiz") if words.is_norwegian else ("all pages", "passed quiz")
    join = " og " if words.is_norwegian else " and "
    wanted = [(module.completion.all_pages, pages), (module.completion.passed_quiz, quiz)]
    return join.join(name for is_wanted, name in wanted if is_wanted) or pages


def _page(module: Module, page: Page, words: Keywords, careful: frozenset[Part]) -> Iterator[str]:
    hand = Hand(owner=page.id, careful=careful)
    yield f"# {inline(page.title, hand.at('title')) or page.id} {{#{page.id}}}"
    default = page.id
    for place, block in enumerate(page.blocks):
        if isinstance(block, Quiz):
            before = sum(isinstance(other, Quiz | Case) for other in page.blocks[:place])
            default = page.id if not before else f"{page.id}-{before + 1}"
            yield _quiz(block, words, careful, default=default)
        else:
            yield (
                prose(block.text, hand, f"block {place}")
                if isinstance(block, Prose)
                else _block(block, words, hand.at(f"block {place}"))
            )
    for note in module.facilitator:
        if note.page == page.id:
            yield _note(note, words, hand.at("note"))


@singledispatch
def _block(block: Block, words: Keywords, hand: Hand) -> str:
    """Return a block as Markdown."""
    raise NotImplementedError(type(block).__name__)


@_block.register
def _(block: Figure, _words: Keywords, hand: Hand) -> str:
    path = address(block.path)
    caption = f' "{inline(block.caption, hand)}"' if block.caption is not None else ""
    return f"![{spelled(block.alt)}]({f'<{block.path}>' if path.startswith('<') else path}{caption})"


@_block.register
def _(block: Film, words: Keywords, _hand: Hand) -> str:
    own = f" {{#{block.id}}}" if block.id and "_" not in block.id else ""
    lines = [f"::: {words.block(block.kind)} {block.path}{own}"]
    reason = "ikke nødvendig" if words.is_norwegian else "not needed"
    for name, value in (
        ("title", block.title),
        ("speaker", block.speaker),
        ("captions", block.captions or (f"{reason} – {block.no_captions}" if block.no_captions else "")),
        ("transcript", block.transcript_path),
        (
            "audio-description",
            block.description or (f"{reason} – {block.no_description}" if block.no_description else ""),
        ),
        ("chapters", block.chapters),
        ("poster", block.poster),
        ("length", block.length),
        ("credit", block.credit),
    ):
        if value:
            lines.append(f"{words.key(block.kind, name)}: {value}")
    return "\n".join([*lines, ":::"])


@_block.register
def _(block: Important, words: Keywords, hand: Hand) -> str:
    return f"::: {words.block('important')}\n{prose(block.text, hand)}\n:::"


@_block.register
def _(block: Notice, words: Keywords, hand: Hand) -> str:
    skip = f"{words.key('notice', 'skip')}: #{block.skip}\n" if block.skip else ""
    return f"::: {words.block('notice')}\n{skip}{prose(block.text, hand)}\n:::"


@_block.register
def _(block: Reflection, words: Keywords, hand: Hand) -> str:
    return f"::: {words.block('reflection')} {{#{block.id}}}\n{prose(block.text, hand)}\n:::"


@_block.register
def _(block: Glossary, words: Keywords, hand: Hand) -> str:
    terms = "\n\n".join(f"{spelled(term.word)}\n: {inline(term.meaning, hand)}" for term in block.terms)
    return f"::: {words.block('glossary')}\n{terms}\n:::"


@_block.register
def _(block: Case, words: Keywords, hand: Hand) -> str:
    parts = [f"::: {words.block('case')} {{#{block.id}}}"]
    for step in block.steps:
        parts.append(f"## {inline(step.title, hand)} {{#{step.id}}}")
        parts.append(prose(step.text, hand))
        if step.choices:
            parts.append("\n".join(f"- {inline(choice.text, hand)} -> #{choice.to}" for choice in step.choices))
        if step.facts:
            parts.append(f"{words.label('facts')}: {', '.join(step.facts)}")
    return "\n\n".join(part for part in parts if part) + "\n:::"


@_block.register
def _(block: Unfinished, words: Keywords, _hand: Hand) -> str:
    lines = [f"::: {words.block('todo')}"]
    if block.reason:
        lines.append(f"{words.key('todo', 'reason')}: {block.reason}")
    if block.text:
        lines += ["", fenced(block.text)]
    return "\n".join([*lines, ":::"])


def _note(note: Facilitator, words: Keywords, hand: Hand) -> str:
    minutes = f"{words.key('facilitator', 'minutes')}: {note.minutes}\n" if note.minutes is not None else ""
    return f"::: {words.block('facilitator')}\n{minutes}{prose(note.text, hand)}\n:::"


def _quiz(quiz: Quiz, words: Keywords, careful: frozenset[Part], *, default: str) -> str:
    mark = "" if quiz.id == default else f" {{#{quiz.id}}}"
    lines = [f"::: {words.block('quiz')}{mark}", *(f"{key}: {value}" for key, value in _settings(quiz, words))]
    parts = ["\n".join(lines)]
    if quiz.bank is None:
        parts += _questions(quiz, words, careful)
    return "\n\n".join(parts) + "\n:::"


def _settings(quiz: Quiz, words: Keywords) -> Iterator[tuple[str, str]]:
    if quiz.draw is not None:
        source = f" {'fra' if words.is_norwegian else 'from'} {quiz.bank}" if quiz.bank else ""
        yield words.key("quiz", "draw"), f"{quiz.draw}{source}"
    if quiz.attempts is not None:
        yield words.key("quiz", "attempts"), str(quiz.attempts)
    if quiz.retry_wrong:
        yield words.key("quiz", "retry"), words.retry("wrong ones only")
    if quiz.shuffle:
        yield words.key("quiz", "shuffle"), words.yes()
    if quiz.test_out:
        yield words.key("quiz", "test-out"), words.yes()
    if quiz.locked_because:
        yield words.key("quiz", "lock"), words.yes()
        yield words.key("quiz", "reason"), quiz.locked_because
    if quiz.pass_share is not None:
        yield words.key("quiz", "pass"), f"{number(quiz.pass_share * 100)} %"


def _questions(quiz: Quiz, words: Keywords, careful: frozenset[Part]) -> Iterator[str]:
    return (write_question(one, words, careful=careful) for one in quiz.questions)
