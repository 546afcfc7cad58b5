"""`lokaltmot preview`: a course in the strict test LMS, updated at every change of its source."""

from lokaltmot_lms.preview.serve import Preview, serve

__all__ = ["Preview", "serve"]
