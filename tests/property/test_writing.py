"""A course written as Markdown reads back as the same course, whatever texts it contains."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given

from lokaltmot_lms.importers.round_trip import write_and_read_back
from lokaltmot_lms.model import Course

from ..examples import examples
from . import reachable

_QUIET = examples(100)


@_QUIET
@given(reachable.courses())
def test_any_course_reads_back_as_it_was_written(course: Course) -> None:
    with TemporaryDirectory() as folder:
        result = write_and_read_back(course, Path(folder))

    assert result.other == ()
    assert result.problems == ()
