"""The kinds of package a course can become. A new one is a file here and its name in the line below."""

from lokaltmot_lms.targets import canvas, cc, facilitator, gift, lti, moodlexml, print, scorm12, scorm2004, web
from lokaltmot_lms.targets.base import Options, Package, Target

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        scorm12.TARGET,
        scorm2004.TARGET,
        web.TARGET,
        lti.TARGET,
        moodlexml.TARGET,
        gift.TARGET,
        cc.TARGET,
        canvas.TARGET,
        print.TARGET,
        facilitator.TARGET,
    )
}

__all__ = ["TARGETS", "Options", "Package", "Target"]
