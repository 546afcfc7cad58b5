"""A format is complete when it is in the docs and in the registry."""

from importlib import import_module
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
    files = (_ROOT / "lokaltmot_lms" / "importers").rglob("*.py")
    defining = [
        ".".join(file.relative_to(_ROOT).with_suffix("").parts)
        for file in files
        if "\nFORMAT = " in file.read_text(encoding="utf-8")
    ]
    assert sorted(import_module(name).FORMAT.name for name in defining) == sorted(FORMATS)
    assert {name: format_.name for name, format_ in FORMATS.items()} == {name: name for name in FORMATS}
