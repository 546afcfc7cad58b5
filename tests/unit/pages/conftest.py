"""The sample course, rendered once for all tests of the pages."""

import json
from pathlib import Path

import pytest
from lxml import html as html_reader

from lokaltmot_lms.model import Course
from lokaltmot_lms.pages import PackageFile, Tracking, render_module

from .sample import sample_course


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return sample_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def files(course: Course) -> dict[str, PackageFile]:
    rendered = render_module(course, course.modules[0], tracking=Tracking(name="web", options={"done": "completed"}))
    return {file.name: file for file in rendered}


@pytest.fixture(scope="session")
def page(files: dict[str, PackageFile]) -> html_reader.HtmlElement:
    return html_reader.document_fromstring(content(files["index.html"]).decode())


@pytest.fixture(scope="session")
def module(page: html_reader.HtmlElement) -> dict[str, object]:
    (island,) = page.xpath("//script[@id='lm-module']")
    return dict(json.loads(island.text))


@pytest.fixture(scope="session")
def folder(files: dict[str, PackageFile], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package")
    for file in files.values():
        place = out / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content(file))
    return out


def content(file: PackageFile) -> bytes:
    return file.content if isinstance(file.content, bytes) else file.content.read_bytes()
