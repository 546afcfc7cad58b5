"""Faults 4xx: language, facts and accessibility."""

from lokaltmot_lms.errors.problem import Fault  # noqa: F401
