"""A module without its right answers, for pages whose answers are marked on a server (the target `lti`).

Keys that follow the right order would reveal it, so matching and ordering first get new keys in alphabetical order.
The page is then rendered from a module that holds no right answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Hotspot,
    Matching,
    Module,
    Option,
    Ordering,
    Question,
    Quiz,
    Text,
)
from lokaltmot_lms.pages.interface import interface
from lokaltmot_lms.pages.media import PackageFile, PackageMedia, Pictures
from lokaltmot_lms.pages.text import Passages, glossary_meanings
from lokaltmot_lms.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """Feedback and explanations to show after marking.

    html: by language, question, then "explanation" or an option's key. files: the images in it.
    """

    html: Mapping[str, Mapping[str, Mapping[str, str]]]
    files: tuple[PackageFile, ...]


def relabelled(module: Module) -> Module:
    """Return a module with matching and ordering keys in alphabetical order, the same in every language."""
    names = {question.id: _names(question) for question in _questions(module)}

    def relabel(edition: Module) -> Module:
        return _with_questions(edition, lambda question: _relabelled(question, names.get(question.id, {})))

    return replace(relabel(module), translations=tuple(relabel(edition) for edition in module.translations))


def sealed(module: Module) -> Module:
    """Return a relabelled module with empty feedback and explanations, and ordering items sorted by key."""
    closed = _with_questions(module, _sealed)
    return replace(closed, translations=tuple(_with_questions(edition, _sealed) for edition in module.translations))


def comments(course: Course, module: Module) -> Comments:
    """Return the feedback and explanations of a module, as HTML for the page."""
    media = PackageMedia(course)
    html = {}
    for edition in (module, *module.translations):
        words = interface(edition.language)
        passages = Passages(
            pictures=Pictures(media, ""),
            meanings=glossary_meanings(edition),
            say=words.say,
            numbers=count(10_001),  # so that they do not clash with the ids of the page
        )
        html[edition.language] = {question.id: _said(question, passages) for question in _questions(edition)}
    return Comments(html=html, files=media.files)


def _said(question: Question, passages: Passages) -> dict[str, str]:
    said = {option.key: str(passages.flow(option.feedback)) for option in _options(question) if option.feedback}
    if question.explanation:
        said["explanation"] = f"<h3>{passages.say(N_('Why'))}</h3>{passages.flow(question.explanation)}"
    return said


def _questions(module: Module) -> list[Question]:
    return [
        question
        for page in module.pages
        for block in page.blocks
        if isinstance(block, Quiz)
        for question in block.questions
    ]


def _options(question: Question) -> tuple[Option, ...]:
    return (*getattr(question, "options", ()), *getattr(question, "spots", ()))


def _with_questions(module: Module, change: Callable[[Question], Question]) -> Module:
    pages = tuple(
        replace(page, blocks=tuple(
            replace(block, questions=tuple(change(question) for question in block.questions))
            if isinstance(block, Quiz)
            else block
            for block in page.blocks
        ))
        for page in module.pages
    )  # fmt: skip
    return replace(module, pages=pages)


def _names(question: Question) -> dict[str, str]:
    """Return the new key for each old key, in alphabetical order of the texts."""
    words: dict[str, str] = {}
    if isinstance(question, Ordering):
        words = {item.key: item.text.plain.casefold() for item in question.items}
    elif isinstance(question, Matching):
        words = {pair.match: pair.right.plain.casefold() for pair in question.pairs}
    by_alphabet = sorted(words, key=lambda key: (words[key], key))
    return dict(zip(by_alphabet, words, strict=True))


def _relabelled(question: Question, names: Mapping[str, str]) -> Question:
    if isinstance(question, Ordering):
        return replace(question, items=tuple(replace(item, key=names[item.key]) for item in question.items))
    if isinstance(question, Matching):
        return replace(question, pairs=tuple(replace(pair, match=names[pair.match]) for pair in question.pairs))
    return question


def _sealed(question: Question) -> Question:
    empty = Text(html="", plain="", at=question.at)
    question = replace(question, explanation=empty if question.explanation else None)
    if isinstance(question, ChoiceQuestion):
        return replace(question, options=tuple(replace(option, feedback=empty) for option in question.options))
    if isinstance(question, Hotspot):
        return replace(question, spots=tuple(replace(spot, feedback=empty) for spot in question.spots))
    if isinstance(question, Ordering):
        return replace(question, items=tuple(sorted(question.items, key=lambda item: item.key)))
    return question
