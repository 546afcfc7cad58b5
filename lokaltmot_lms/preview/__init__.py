"""`lokaltmot preview`: a course in the strict LMS, which follows every change of its source at once."""

from lokaltmot_lms.preview.serve import Preview, serve

__all__ = ["Preview", "serve"]
