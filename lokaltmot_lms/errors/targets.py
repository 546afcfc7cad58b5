"""Faults 5xx: packages and what a platform takes."""

from lokaltmot_lms.errors.problem import Fault  # noqa: F401
