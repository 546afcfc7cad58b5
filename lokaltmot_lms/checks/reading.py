"""How hard and how long the text is: LIX per page, words, minutes, and what was left behind in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lokaltmot_lms.checks.fragments import paragraphs, place
from lokaltmot_lms.checks.walk import Passage, TextRole, all_modules, blocks, page_passages, passages, quizzes
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.language import (
    DURATION_LONGER,
    DURATION_OFF,
    HARD_TO_READ,
    PAGE_LONG,
    PLACEHOLDER_LEFT,
    RATHER_HARD,
    UNFINISHED,
)
from lokaltmot_lms.model import Case, Course, Film, Module, Page, Quiz, Unfinished

HARD = 45
RATHER = 40
FEWEST_WORDS = 50  # a shorter text gives a LIX that swings with one long word
LONGEST_PAGE = 700
WORDS_PER_MINUTE = 180
SECONDS_PER_QUESTION = 45
SHARE_OFF = 0.4
MINUTES_OFF = 3  # less than this is nobody's trouble

# LIX is made for Scandinavian languages and is used for English; in others long words mean something else.
_LIX_LANGUAGES = frozenset({"nb", "nn", "no", "da", "sv", "en"})
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
# A sentence ends at a mark followed by a capital (after quotes and dashes), or at the end of a paragraph.
_END = re.compile(r"[.!?…:][\"»”’)\]]*(?=\s+[\"«“‘(\[–—-]*\s*[^\W\d_]|\s*$)")
_PLACEHOLDER = re.compile(r"\b(TODO|FIXME|TBD)\b|\b[Xx]{3,}\b|\b[Ll]orem ipsum\b")
_IN_PLACEHOLDERS = ("todo", "fixme", "tbd", "xxx", "lorem ipsum")  # in small letters: texts without are not searched


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """How a page reads. lix is None when the page is too short, or its language has no LIX."""

    module: str
    language: str
    page: str
    words: int
    lix: int | None


def lix(text: str) -> int:
    """Return the LIX of a text: words a sentence + 100 x long words / words, rounded; 0 for a text without words.

    Björnsson, Läsbarhet (1968): a long word has more than six letters; a sentence ends at a full stop, a colon
    or another mark before a capital. Each line of the text is a paragraph, and ends a sentence too.
    """
    return _lix(text, _words(text))


def _lix(text: str, words: Sequence[str]) -> int:
    if not words:
        return 0
    long = sum(word.isalpha() or _letters(word) > 6 for word in words if len(word) > 6)
    sentences = sum(_sentences(line) for line in text.splitlines())
    return round(len(words) / max(1, sentences) + 100 * long / len(words))


def reading(course: Course) -> tuple[PageReading, ...]:
    """Return how each page of each module reads, in course order, translations after the module itself."""
    return tuple(_page_reading(module, page) for module in all_modules(course) for page in module.pages)


def check_reading(course: Course, today: date) -> Iterator[Problem]:
    """Yield pages that are hard to read, or long, and modules that take another time than they say."""
    for module in all_modules(course):
        pages = [_page_reading(module, page) for page in module.pages]
        for page, found in zip(module.pages, pages, strict=True):
            yield from _page_problems(page, found)
        yield from _duration_problems(module, sum(found.words for found in pages))


def check_placeholders(course: Course, today: date) -> Iterator[Problem]:
    """Yield what an author left for later in a module and forgot."""
    for module in all_modules(course):
        found = list(passages(module))
        # Nearly no module has one: all of it is looked through at once before each passage is.
        for passage in found if _placeholder("\n".join([each.text.plain for each in found])) else ():
            if left := _placeholder(passage.text.plain):
                yield PLACEHOLDER_LEFT.at(place(passage.text.at, left), word=left)
        about = (module.title, module.license, module.description, module.audience, *module.goals)
        if left := _placeholder("\n".join(about)):
            yield PLACEHOLDER_LEFT.at(module.at, word=left)


def check_unfinished(course: Course, today: date) -> Iterator[Problem]:
    """Yield the blocks that an import left for a person to finish."""
    for module in all_modules(course):
        for _, block in blocks(module):
            if isinstance(block, Unfinished):
                yield UNFINISHED.at(block.at, reason=block.reason or block.text.strip()[:60] or "…")


def check_about(course: Course, today: date) -> Iterator[Problem]:
    """Yield what was left for later in what the course says of itself."""
    about = (course.title, course.license, course.description, course.contact, *course.credits)
    if left := _placeholder("\n".join(about)):
        yield PLACEHOLDER_LEFT.at(course.at, word=left)


def _placeholder(text: str) -> str:
    """Return the first placeholder in a text (such as TODO), or ""."""
    small = text.lower()
    left = _PLACEHOLDER.search(text) if any(word in small for word in _IN_PLACEHOLDERS) else None
    return left[0] if left else ""


def _page_problems(page: Page, found: PageReading) -> Iterator[Problem]:
    title = page.title.plain
    if found.lix is not None and found.lix > HARD:
        yield HARD_TO_READ.at(page.at, page=title, lix=found.lix, limit=HARD)
    elif found.lix is not None and found.lix > RATHER:
        yield RATHER_HARD.at(page.at, page=title, lix=found.lix, limit=RATHER)
    # Of a case a learner reads one way through, and it can't be divided.
    words = found.words - _case_words(page)
    if words > LONGEST_PAGE:
        yield PAGE_LONG.at(page.at, page=title, words=words, limit=LONGEST_PAGE)


def _duration_problems(module: Module, words: int) -> Iterator[Problem]:
    if module.minutes is None:
        return
    estimate = _estimated_minutes(module, words)
    off = abs(estimate - module.minutes)
    if off >= MINUTES_OFF and off > SHARE_OFF * module.minutes:
        yield DURATION_OFF.at(module.at, stated=module.minutes, estimate=estimate)
    elif estimate - module.minutes >= MINUTES_OFF:
        yield DURATION_LONGER.at(module.at, stated=module.minutes, estimate=estimate)


def _estimated_minutes(module: Module, words: int) -> int:
    """Return how long a module takes: words, films and questions, at least a minute."""
    films = sum(block.seconds for _, block in blocks(module) if isinstance(block, Film))
    asked = sum(quiz.draw or len(quiz.questions) for _, quiz in quizzes(module))
    return max(1, round(words / WORDS_PER_MINUTE + (films + asked * SECONDS_PER_QUESTION) / 60))


def _page_reading(module: Module, page: Page) -> PageReading:
    found = list(page_passages(page))
    prose = "\n".join(_prose(found))
    words = _words(prose)
    is_long_enough = len(words) >= FEWEST_WORDS and module.language.split("-")[0] in _LIX_LANGUAGES
    return PageReading(
        module=module.id,
        language=module.language,
        page=page.id,
        words=_page_words(page, found),
        lix=_lix(prose, words) if is_long_enough else None,
    )


def _prose(found: Iterable[Passage]) -> Iterator[str]:
    """Yield what is read as sentences: not headings, nor answers, which are fragments."""
    for passage in found:
        if passage.role in {TextRole.PROSE, TextRole.PROMPT, TextRole.FEEDBACK, TextRole.CHOICE}:
            yield from paragraphs(passage.text)


def _page_words(page: Page, found: Iterable[Passage]) -> int:
    """Return how many words a page has outside its questions, whose time is counted per question."""
    asked = {question.id for block in page.blocks if isinstance(block, Quiz) for question in block.questions}
    read = (passage for passage in found if passage.role is not TextRole.TRANSCRIPT)
    return len(_words("\n".join(passage.text.plain for passage in read if passage.owner not in asked)))


def _case_words(page: Page) -> int:
    steps = {step.id for block in page.blocks if isinstance(block, Case) for step in block.steps}
    if not steps:
        return 0
    return sum(len(_words(passage.text.plain)) for passage in page_passages(page) if passage.owner in steps)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _letters(word: str) -> int:
    return sum(character.isalpha() for character in word)


def _sentences(paragraph: str) -> int:
    """Return how many sentences a paragraph holds; words without an end mark are one."""
    ends = 0
    last = 0
    for end in _END.finditer(paragraph):
        following = paragraph[end.end() :].lstrip(' "«“‘([–—-')
        if following and not following[0].isupper():
            continue
        ends, last = ends + 1, end.end()
    return ends + bool(_WORD.search(paragraph, last))


def missing_local(course: Course) -> tuple[str, ...]:
    """Return the keys of local texts that the course shows as neutral sentences, in the order they are met."""
    shown = dict.fromkeys(key for module in all_modules(course) for each in passages(module) for key in each.text.local)
    return tuple(key for key in shown if key not in course.local)
