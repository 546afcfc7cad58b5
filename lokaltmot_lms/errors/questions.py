"""Faults 2xx: questions and quizzes."""

from lokaltmot_lms.errors.problem import Fault  # noqa: F401
