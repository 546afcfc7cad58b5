"""Files become the model: what an author wrote, each value with its file, line and column."""

from lokaltmot_lms.source.course import ReadResult, read_course
from lokaltmot_lms.source.id_lock import lock_text

__all__ = ["ReadResult", "lock_text", "read_course"]
