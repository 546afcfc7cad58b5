"""`lokaltmot try`: runs any SCORM or cmi5 package in a headless browser against the test LMS."""

from lokaltmot_lms.trial.browser import find_browser
from lokaltmot_lms.trial.play import TrialStep, try_package
from lokaltmot_lms.trial.verdict import Call, Finding, Run, TrialError, TrialResult

__all__ = ["Call", "Finding", "Run", "TrialError", "TrialResult", "TrialStep", "find_browser", "try_package"]
