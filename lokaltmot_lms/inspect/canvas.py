"""Canvas's rules for course_settings/module_meta.xml, for which no usable schema exists."""

from collections.abc import Iterator

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.cartridges import CANVAS_WORD
from lokaltmot_lms.inspect.inspection import Rule, Subject, text_of

# The values that Canvas's converter of module_meta.xml knows (lib/cc/importer/canvas).
_REQUIREMENTS = ("must_view", "must_mark_done", "must_contribute", "must_submit", "min_score")
_CONTENT_TYPES = (
    "WikiPage",
    "Quizzes::Quiz",
    "Assignment",
    "DiscussionTopic",
    "Attachment",
    "ContextExternalTool",
    "ExternalUrl",
    "ContextModuleSubHeader",
)


def requirement_types(subject: Subject) -> Iterator[Problem]:
    """A completion requirement has one of five types."""
    for element in subject.root.iter("{*}completionRequirement"):
        found = element.get("type", "")
        if found not in _REQUIREMENTS:
            allowed = ", ".join(_REQUIREMENTS)
            yield subject.problem(CANVAS_WORD, element, found=found, what="completionRequirement", allowed=allowed)


def content_types(subject: Subject) -> Iterator[Problem]:
    """An item has one of eight content types."""
    for element in subject.root.iter("{*}content_type"):
        found = text_of(element)
        if found not in _CONTENT_TYPES:
            allowed = ", ".join(_CONTENT_TYPES)
            yield subject.problem(CANVAS_WORD, element, found=found, what="content_type", allowed=allowed)


RULES: tuple[Rule, ...] = (requirement_types, content_types)
