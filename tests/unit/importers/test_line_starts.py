"""An imported sentence that begins like one of our marks is written so that the reader sees the sentence."""

from pathlib import Path

import pytest

from lokaltmot_lms.importers.markdown.escape import line_start, spelled
from lokaltmot_lms.model import Prose
from lokaltmot_lms.source import read_course

FRONT = "---\ntitle: T\nid: t\nversion: 1\n---\n\n# Page {#page}\n\n"


@pytest.mark.parametrize(
    "words",
    [
        "Svar: 18",
        "Answer: all of them",
        "Skala: Aldri … Alltid (5)",
        "Svarene kommer: vent",
        "(x) Alle",
        "( ) Ingen",
        "[x] Alle",
        "- (x) Alle",
        "=> Alle",
        "17. mai er fri.",
        "3. etasje er stengt.",
        "196. Plikten gjelder alle.",
        "Ring dem -> #ring",
    ],
)
def test_a_sentence_that_looks_like_a_mark_reads_back_as_written(tmp_path: Path, words: str) -> None:
    file = tmp_path / "m.md"
    file.write_text(f"{FRONT}{line_start(spelled(words))}\n", encoding="utf-8")
    reading = read_course(file)
    assert reading.problems == ()
    assert reading.course is not None
    (block,) = reading.course.modules[0].pages[0].blocks
    assert isinstance(block, Prose)
    assert block.text.plain == words
