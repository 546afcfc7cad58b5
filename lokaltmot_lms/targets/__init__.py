"""The kinds of package a course can become. A new one is a module here and an entry in TARGETS."""

from lokaltmot_lms.targets import (
    canvas,
    cc,
    cmi5,
    facilitator,
    gift,
    lti,
    moodlexml,
    scorm12,
    scorm2004,
    thin,
    web,
)
from lokaltmot_lms.targets import print as paper_print
from lokaltmot_lms.targets.base import BuildOptions, Package, Target

# By name, in the order in which help and documentation list them.
TARGETS: dict[str, Target] = {
    "scorm12": scorm12.TARGET,
    "scorm2004": scorm2004.TARGET,
    "cmi5": cmi5.TARGET,
    "web": web.TARGET,
    "lti": lti.TARGET,
    "moodlexml": moodlexml.TARGET,
    "gift": gift.TARGET,
    "cc": cc.TARGET,
    "thin": thin.TARGET,
    "canvas": canvas.TARGET,
    "print": paper_print.TARGET,
    "facilitator": facilitator.TARGET,
}

__all__ = ["TARGETS", "BuildOptions", "Package", "Target"]
