"""A Word document becomes pages, and questions where a list marks its right answers."""

import sys
from pathlib import Path

import pytest

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.model import ChoiceQuestion, Figure, Prose

from .documents import document, paragraph, picture
from .imported import import_file

_BODY = "".join(
    [
        paragraph("Avverging", "Title"),
        paragraph("Om plikten", "Heading1"),
        paragraph("Plikten gjelder alle.", bold=True),
        paragraph("Tegn", "Heading2"),
        paragraph("Ett tegn", item=True),
        paragraph("To tegn", item=True),
        picture("r4"),
        paragraph("Prøv deg", "Heading1"),
        paragraph("Hvem har plikten?"),
        paragraph("Politiet", item=True),
        paragraph("Alle", item=True, bold=True),
        paragraph("Forklaring: Loven sier det."),
        paragraph("Hva er tegn?"),
        paragraph("a) Fravær ✓"),
        paragraph("b) Leselyst"),
        paragraph("c) Følge overalt ✓"),
        paragraph("Hva gjør du?"),
        paragraph("Ringer", item=True),
        paragraph("Venter", item=True),
    ]
)


def test_headings_become_pages_and_marked_lists_become_questions(tmp_path: Path) -> None:
    imported = import_file(document(tmp_path / "kurs.docx", _BODY), tmp_path / "kurs")

    assert imported.course.title == "Avverging"
    assert [page.title.plain for page in imported.course.modules[0].pages] == ["Om plikten", "Prøv deg"]
    first, second = imported.course.modules[0].pages
    assert [type(block) for block in first.blocks] == [Prose, Figure]
    one, several = imported.questions.values()
    assert isinstance(one, ChoiceQuestion)
    assert [(o.text.html, o.is_right) for o in one.options] == [("Politiet", False), ("Alle", True)]
    assert one.explanation is not None
    assert one.explanation.plain == "Loven sier det."
    assert isinstance(several, ChoiceQuestion)
    assert [(o.text.plain, o.is_right) for o in several.options] == [
        ("Fravær", True),
        ("Leselyst", False),
        ("Følge overalt", True),
    ]
    last = second.blocks[-1]
    assert isinstance(last, Prose)
    assert last.text.plain == "Hva gjør du? Ringer Venter"
    assert imported.codes == ["LM627", "LM634"]


def test_an_image_outside_the_document_is_never_fetched(tmp_path: Path) -> None:
    body = paragraph("Side", "Heading1") + paragraph("Tekst.") + picture("r5", kind="link")
    imported = import_file(document(tmp_path / "x.docx", body), tmp_path / "kurs")
    assert imported.codes == ["LM638"]
    assert not (imported.folder / "media").exists()


def test_without_mammoth_the_error_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(CourseError, match=r"LM608: .* pip install 'lokaltmot\[import\]'"):
        read_file(document(tmp_path / "x.docx", _BODY))
