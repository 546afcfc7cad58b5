"""Faults 1xx: how a file is written."""

from lokaltmot_lms.errors.problem import Fault  # noqa: F401
