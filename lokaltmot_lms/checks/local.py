"""What a municipality has yet to write: the local texts a course shows that its layer lacks."""

from lokaltmot_lms.checks.walk import all_modules, passages
from lokaltmot_lms.model import Course


def missing_local(course: Course) -> tuple[str, ...]:
    """Return the keys of local texts that the course shows as neutral sentences, in the order they are met."""
    shown = dict.fromkeys(key for module in all_modules(course) for each in passages(module) for key in each.text.local)
    return tuple(key for key in shown if key not in course.local)
