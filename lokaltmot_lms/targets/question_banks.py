"""Common code for question files: which questions, in which category, and what no such file can hold."""

from collections.abc import Iterator

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Gaps,
    Hotspot,
    Matching,
    Module,
    Option,
    Ordering,
    Page,
    Question,
    Quiz,
    Text,
)
from lokaltmot_lms.targets import loss
from lokaltmot_lms.targets.loss import Loss, LostFeature
from lokaltmot_lms.targets.platform_html import is_plain

# Platforms show these words in the reader's language; other pairs (such as yes and no) would be lost.
_TRUTHS = {"sant": "usant", "riktig": "galt", "rett": "gale", "true": "false"}
_PARTS = 10  # Moodle's list of weights (question/engine/bank.php) goes from 1/2 to 1/10


def quizzes(module: Module) -> Iterator[tuple[Page, Quiz]]:
    """Yield each quiz with its page."""
    for page in module.pages:
        for block in page.blocks:
            if isinstance(block, Quiz):
                yield page, block


def category(course: Course, module: Module, page: Page, quiz: Quiz) -> tuple[str, ...]:
    """Return the names of a quiz's category, outermost first. Each quiz has its own, for random draws."""
    first = next((block for block in page.blocks if isinstance(block, Quiz)), quiz)
    title = page.title.plain or page.id
    return (course.title, module.title, title if quiz is first else f"{title} ({quiz.id})")


def category_path(names: tuple[str, ...]) -> str:
    """Return a category as Moodle writes it. A slash in a name is doubled (question/format.php)."""
    return "$course$/top/" + "/".join(" ".join(name.split()).replace("/", "//") or "-" for name in names)


def share(options: tuple[Option, ...]) -> str:
    """Return the share of the mark, in per cent, that each right answer gives.

    A wrong one subtracts as much as a right one adds, as in our own player (questions/options.py).
    """
    right = sum(option.is_right for option in options)
    return f"{100 / max(1, right):.5f}".rstrip("0").rstrip(".")


def has_too_many(question: Question) -> bool:
    """Return whether a question has more right answers than Moodle has weights for."""
    return isinstance(question, ChoiceQuestion) and sum(option.is_right for option in question.options) > _PARTS


def truth(question: ChoiceQuestion) -> Option | None:
    """Return the option that means "true" when a platform's true/false question is equivalent, else None."""
    said = {option.text.plain.casefold().rstrip(".!"): option for option in question.options}
    if question.type != "truefalse":
        return None
    return next((said[true] for true, false in _TRUTHS.items() if said.keys() == {true, false}), None)


def unheld(module: Module) -> Iterator[Loss]:
    """Yield what no question file holds: pages, translations and quiz settings."""
    for page in module.pages:
        if any(not isinstance(block, Quiz) for block in page.blocks):
            yield Loss(module=module.id, thing=LostFeature.PAGE, ids=(page.id,), became=loss.LEFT_OUT)
    for edition in module.translations:
        yield Loss(module=module.id, thing=LostFeature.TRANSLATION, ids=(edition.language,), became=loss.LEFT_OUT)
    for _, quiz in quizzes(module):
        yield Loss(module=module.id, thing=LostFeature.QUIZ_SETTINGS, ids=(quiz.id,), became=loss.IN_PLATFORM)


def unheld_in_answers(question: Question) -> Iterator[tuple[LostFeature, str]]:
    """Yield losses in answers that platforms show as plain text (right sides and menus), and in feedback."""
    if isinstance(question, Matching) and not all(is_plain(pair.right) for pair in question.pairs):
        yield LostFeature.FORMATTING, loss.WORDS
    if isinstance(question, Gaps):
        menus = (option.text for gap in question.gaps for option in gap.options)
        if not all(map(is_plain, menus)):
            yield LostFeature.FORMATTING, loss.WORDS
    if isinstance(question, Ordering) and any(item.feedback for item in question.items):
        yield LostFeature.FEEDBACK, loss.LEFT_OUT


def shows_pictures(question: Question) -> bool:
    """Return whether any of a question's texts contains an image."""
    return any(text is not None and "<img" in text.html for text in texts(question))


def texts(question: Question) -> Iterator[Text | None]:
    """Yield all texts of a question that a platform shows as HTML."""
    yield from (question.prompt, question.intro, question.explanation)
    match question:
        case ChoiceQuestion(options=options) | Ordering(items=options) | Hotspot(spots=options):
            for option in options:
                yield from (option.text, option.feedback)
        case Matching(pairs=pairs):
            yield from (pair.left for pair in pairs)
        case Gaps(body=body):
            yield body
