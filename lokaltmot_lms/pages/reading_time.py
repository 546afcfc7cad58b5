"""Estimates how long a page takes, so that a learner sees the time left."""

from lokaltmot_lms.model import Block, Case, Film, Module, Quiz, Reflection, Text

# Adults read about 240 words per minute (Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047: 238, non-fiction in
# English); a course is read to be remembered, often in a second language, so we use two thirds of that.
_WORDS_PER_MINUTE = 160
_MINUTES_PER_QUESTION = 0.75
_MINUTES_PER_REFLECTION = 1.0
# A learner takes one path through a case, and sees about half of it.
_SHARE_OF_A_CASE = 0.5


def page_minutes(module: Module) -> tuple[int, ...]:
    """Return the whole minutes of each page, at least 1, scaled to the module's own `minutes` when it has any."""
    raw = [sum(_minutes(block) for block in page.blocks) for page in module.pages]
    total = sum(raw)
    scale = module.minutes / total if module.minutes and total else 1.0
    return tuple(max(1, round(minutes * scale)) for minutes in raw)


def _minutes(block: Block) -> float:
    match block:
        case Quiz():
            return (block.draw or len(block.questions)) * _MINUTES_PER_QUESTION
        case Case():
            return sum(_words(step.text) for step in block.steps) * _SHARE_OF_A_CASE / _WORDS_PER_MINUTE
        case Film():
            return block.seconds / 60
        case Reflection():
            return _MINUTES_PER_REFLECTION
        case _:
            return _words(getattr(block, "text", None)) / _WORDS_PER_MINUTE


def _words(text: Text | None) -> int:
    return 0 if text is None else text.plain.count(" ") + 1
