"""The fact register: what is due to be read again, what rests on it, and what was written past it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lokaltmot_lms.checks.fragments import place, without_facts
from lokaltmot_lms.checks.options import nearest
from lokaltmot_lms.checks.walk import all_modules, blocks, passages, questions
from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.facts import (
    FACT_AWAITS,
    FACT_DUE_SOON,
    FACT_OVERDUE,
    FACT_UNUSED,
    FACT_UNVERIFIED,
    FACT_WITHOUT_SOURCE,
    FACT_WRITTEN_OUT,
    HELP_LINE_UNKNOWN,
    VERIFIED_IN_FUTURE,
    WORDS_NOT_TRANSLATED,
)
from lokaltmot_lms.model import Case, Course, Fact, Module, Status, in_language

SOON = 60  # days
KEYS_SHOWN = 6
_ADDRESS = re.compile(r"\S+[.@]\S+")  # of a site or an inbox


class UseKind(StrEnum):
    """What rests on a fact."""

    PAGE = "page"
    QUESTION = "question"
    STEP = "step"
    FACILITATOR = "facilitator"
    HELP_LINE = "help-line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place that rests on a fact. id: of the page, question or step; module, language: "" for a help line."""

    kind: UseKind
    id: str
    module: str = ""
    language: str = ""
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class FactStatus:
    """A fact with what is due and where it is used. days: until it must be read again; None without a date."""

    fact: Fact
    days: int | None
    uses: tuple[Use, ...]


def register(course: Course, *, today: date) -> tuple[FactStatus, ...]:
    """Return every fact of a course, what is due first; those without a date last."""
    found = uses(course)
    entries = [FactStatus(fact=fact, days=_days(fact, today), uses=found[key]) for key, fact in course.facts.items()]
    return tuple(sorted(entries, key=lambda entry: (entry.days is None, entry.days or 0, entry.fact.key)))


def uses(course: Course) -> Mapping[str, tuple[Use, ...]]:
    """Return for each fact of the register the places that rest on it, each once, in course order."""
    found: dict[str, dict[tuple[str, ...], Use]] = {key: {} for key in course.facts}
    for key in course.help_lines:
        _note(found, key, Use(kind=UseKind.HELP_LINE, id=key, at=course.at))
    for module in all_modules(course) if course.facts else ():
        for key, use in _module_uses(module):
            _note(found, key, use)
    return {key: tuple(places.values()) for key, places in found.items()}


def check_facts(course: Course, today: date) -> Iterator[Problem]:
    """Yield what the register's dates and sources say about each fact."""
    for entry in register(course, today=today):
        yield from _dates(entry, today)
        yield from _confidence(entry, course.status)
        # A fact without a text was not written as one, and the reader has said so.
        if entry.fact.text and not (entry.fact.source and entry.fact.source_date):
            yield FACT_WITHOUT_SOURCE.at(entry.fact.at, key=entry.fact.key)


def check_unused(course: Course, today: date) -> Iterator[Problem]:
    """Yield one note on all facts that nothing uses: a register is often filled before the modules are."""
    unused = [course.facts[key] for key, places in uses(course).items() if not places]
    if unused:
        shown = ", ".join(fact.key for fact in unused[:KEYS_SHOWN])
        yield FACT_UNUSED.at(unused[0].at, keys=shown + (", …" if len(unused) > KEYS_SHOWN else ""))


def check_help_lines(course: Course, today: date) -> Iterator[Problem]:
    """Yield each help line that is not in the register."""
    for key in course.help_lines:
        if key not in course.facts:
            yield HELP_LINE_UNKNOWN.at(place(course.at, key), key=key, nearest=nearest(key, course.facts))


def check_translated_words(course: Course, today: date) -> Iterator[Problem]:
    """Yield what a translated module shows in the language of another: facts, help lines and the course's contact."""
    languages = dict.fromkeys(other.language for module in course.modules for other in module.translations)
    for language in languages:
        shown = _shown_in(course, language)
        for key, fact in course.facts.items():
            if key in shown:
                yield from _untranslated(fact.at, key, "text", fact.text, fact.texts, language)
            if key in course.help_lines:
                yield from _untranslated(fact.at, key, "name", fact.name, fact.names, language)
        at = place(course.at, course.contact)
        yield from _untranslated(at, "contact", "contact", course.contact, course.contacts, language)


def check_written_out(course: Course, today: date) -> Iterator[Problem]:
    """Yield what the text writes out although the register has it: a phone number, a section of a law, a figure."""
    keys = {
        _folded(text): key
        for key, fact in reversed(tuple(course.facts.items()))
        for text in (*fact.texts.values(), fact.text)
        if _can_be_found(text)
    }
    if not keys:
        return
    pattern = _pattern(keys)
    for module in all_modules(course):
        for passage in passages(module):
            if re.search(r"\d", passage.text.plain):
                for found in pattern.finditer(without_facts(passage.text)):
                    at = place(passage.text.at, found[0])
                    key = keys[_folded(found[0])]
                    yield FACT_WRITTEN_OUT.at(at, text=found[0], key=key, insert=f"{{{{fact.{key}}}}}")


def _shown_in(course: Course, language: str) -> set[str]:
    """Return the keys of the facts that a translation uses in its text or as a help line."""
    modules = [other for module in course.modules for other in module.translations if other.language == language]
    shown = {key for module in modules for passage in passages(module) for key in passage.text.facts}
    return shown | set(course.help_lines)


def _untranslated(
    at: Position, key: str, name: str, text: str, translated: Mapping[str, str], language: str
) -> Iterator[Problem]:
    # An author who means the same words in both languages says so: text-en: RVTS Nord.
    if not in_language(language, translated, "") and re.search(r"[^\W\d_]", text) and not _ADDRESS.fullmatch(text):
        yield WORDS_NOT_TRANSLATED.at(at, key=key, language=language, wanted=f"{name}-{language}", written=name)


def _dates(entry: FactStatus, today: date) -> Iterator[Problem]:
    fact = entry.fact
    if entry.days is not None and entry.days < 0:
        yield FACT_OVERDUE.at(fact.at, key=fact.key, date=fact.review_by)
    elif entry.days is not None and entry.days <= SOON:
        yield FACT_DUE_SOON.at(fact.at, key=fact.key, date=fact.review_by, days=entry.days)
    if fact.verified_on is not None and fact.verified_on > today:
        yield VERIFIED_IN_FUTURE.at(fact.at, key=fact.key, date=fact.verified_on)


def _confidence(entry: FactStatus, status: Status) -> Iterator[Problem]:
    if entry.fact.confidence == "C" and entry.uses:
        if status is Status.PUBLISHED:
            yield FACT_UNVERIFIED.at(entry.fact.at, key=entry.fact.key)
        elif status is Status.REVIEW:
            yield FACT_AWAITS.at(entry.fact.at, key=entry.fact.key)


def _can_be_found(text: str) -> bool:
    """Return whether a fact's words are so much its own that they can be looked for; “18 år” is not."""
    digits = len(re.findall(r"\d", text))
    is_share = re.search(r"\d\s*(prosent|percent|per cent|%)", text)
    return bool(digits >= 3 or (digits and "§" in text) or is_share)


def _pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the texts, the longest first; not inside a longer number such as “2 112” or “112,50”."""
    words = (r"\s+".join(map(re.escape, text.split())) for text in sorted(texts, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?<!\d\s)(?:{'|'.join(words)})(?!\w|[.,]\d|\s\d)", re.IGNORECASE)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _module_uses(module: Module) -> Iterator[tuple[str, Use]]:
    steps = {step.id for _, block in blocks(module) if isinstance(block, Case) for step in block.steps}
    asked = {question.id for _, _, question in questions(module)}
    for passage in passages(module):
        kind, id_ = UseKind.PAGE, passage.page
        if passage.role == "facilitator":
            kind = UseKind.FACILITATOR
        elif passage.owner in asked:
            kind, id_ = UseKind.QUESTION, passage.owner
        elif passage.owner in steps:
            kind, id_ = UseKind.STEP, passage.owner
        for key in passage.text.facts:
            yield key, _use(module, kind, id_, passage.text.at)
    for _, _, question in questions(module):
        for key in question.facts:
            yield key, _use(module, UseKind.QUESTION, question.id, question.at)
    for _, block in blocks(module):
        for step in block.steps if isinstance(block, Case) else ():
            for key in step.facts:
                yield key, _use(module, UseKind.STEP, step.id, step.at)


def _use(module: Module, kind: UseKind, id_: str, at: Position) -> Use:
    return Use(kind=kind, id=id_, module=module.id, language=module.language, at=at)


def _note(found: dict[str, dict[tuple[str, ...], Use]], key: str, use: Use) -> None:
    if key in found:
        found[key].setdefault((use.kind, use.id, use.module, use.language), use)


def _days(fact: Fact, today: date) -> int | None:
    return None if fact.review_by is None else (fact.review_by - today).days
