"""`lokaltmot try`: any SCORM or cmi5 package is played in a headless browser against the strict LMS."""

from lokaltmot_lms.trial.browser import find_browser
from lokaltmot_lms.trial.play import try_package
from lokaltmot_lms.trial.verdict import Call, Finding, Run, TrialError, TrialResult

__all__ = ["Call", "Finding", "Run", "TrialError", "TrialResult", "find_browser", "try_package"]
