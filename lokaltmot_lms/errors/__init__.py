"""Problems of a course, reported to its author: each has a code, a position, a message and a hint."""

from lokaltmot_lms.errors.problem import CourseError, Fault, Position, Problem, Repair, Severity

__all__ = ["CourseError", "Fault", "Position", "Problem", "Repair", "Severity"]
