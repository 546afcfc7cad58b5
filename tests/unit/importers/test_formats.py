"""A format is whole when it is told by content, has a page in the docs and a name in the registry."""

from pathlib import Path

import pytest

from lokaltmot_lms.importers import FORMATS

_ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_in_the_docs_and_has_the_name_of_its_file(name: str) -> None:
    assert FORMATS[name].name == name
    page = (_ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    assert all(word in page for word in FORMATS[name].title.split(" / "))


def test_every_file_with_a_format_is_registered() -> None:
    folder = _ROOT / "lokaltmot_lms" / "importers"
    saying = {file.stem for file in folder.glob("*.py") if "\nFORMAT = " in file.read_text(encoding="utf-8")}
    assert saying == set(FORMATS)
