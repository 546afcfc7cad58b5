"""How much a module can make a platform remember, at worst.

The codec is the player's: templates/player/state.js documents the sum made here, and a test holds the two together.
Slots are permanent, so those of pages and questions that are gone still count.
"""

from collections.abc import Iterator
from datetime import date
from math import ceil

from lokaltmot_lms.checks.walk import quizzes
from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.targets import STATE_TOO_LARGE
from lokaltmot_lms.model import Course, Module, Slot

LIMIT = 3_500  # SCORM 1.2 has room for 4,096: cmi.suspend_data is a CMIString4096 (run-time environment, 3.4.3)
BITS_PER_CHARACTER = 6
_AROUND = 6  # characters: version, hash of the slots, check sum
_ALWAYS = 18  # bits: seed, completed, passed
_QUIZ = 27  # bits: attempt up to 511, best score, passed
_MARK = 2
_TYPED = 328  # bits: 40 bytes and their number


def worst_state(module: Module) -> int:
    """Return how many characters the state of a module takes when everything is visited and answered."""
    number = _count_bits(len(module.slots))
    asked = [quiz for _, quiz in quizzes(module)]
    bits = _ALWAYS + 2 * number + _count_bits(len(asked)) + len(asked) * (_QUIZ + number)
    bits += sum(_slot_bits(slot) for slot in module.slots)
    return _AROUND + ceil(bits / BITS_PER_CHARACTER)


def check_state(course: Course, today: date) -> Iterator[Problem]:
    """Yield each module whose state could outgrow what SCORM 1.2 keeps."""
    for module in course.modules:
        characters = worst_state(module)
        if characters > LIMIT:
            typed = ceil((_MARK + _TYPED) / BITS_PER_CHARACTER)
            yield STATE_TOO_LARGE.at(module.at, characters=characters, limit=LIMIT, typed=typed)


def _slot_bits(slot: Slot) -> int:
    if slot.kind == "page":
        return 1
    if slot.kind == "film":
        return slot.width
    return _MARK + (slot.width or _TYPED)


def _count_bits(number: int) -> int:
    """Return how many bits a count takes: 4 for every 3 bits it has, and never less than 4."""
    return 4 * max(1, ceil(number.bit_length() / 3))
