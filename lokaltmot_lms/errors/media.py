"""Faults 3xx: pictures, films, sound and weight."""

from lokaltmot_lms.errors.problem import Fault  # noqa: F401
