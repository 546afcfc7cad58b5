"""What can be wrong with a course, said to its author: a problem has a code, a place and a repair."""

from lokaltmot_lms.errors.problem import CourseError, Fault, Position, Problem, Severity

__all__ = ["CourseError", "Fault", "Position", "Problem", "Severity"]
