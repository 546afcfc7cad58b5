"""SCORM packages of Windows programs and of careless hands are read, and their pages have titles for people."""

from pathlib import Path

import pytest

from .imported import Imported, import_file, zipped

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
_TEXT = "<p>Slukk varmekilden før du går ut.</p>"


def _package(folder: Path, pages: dict[str, str], *, hrefs: dict[str, str]) -> Imported:
    items = "".join(f'<item identifierref="{id_}"><title>{title}</title></item>' for id_, (title, _) in _listed(hrefs))
    resources = "".join(f'<resource identifier="{id_}" href="{href}"/>' for id_, (_, href) in _listed(hrefs))
    manifest = (
        '<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><metadata><schema>ADL SCORM</schema>'
        "<schemaversion>1.2</schemaversion></metadata><organizations><organization><title>Brannkurs</title>"
        f"{items}</organization></organizations><resources>{resources}</resources></manifest>"
    )
    file = zipped(folder / "pakke.zip", {"imsmanifest.xml": manifest, **pages})
    return import_file(file, folder / "kurs")


def _listed(hrefs: dict[str, str]) -> list[tuple[str, tuple[str, str]]]:
    return [(f"r{at}", pair) for at, pair in enumerate(hrefs.items())]


def _titles(imported: Imported) -> list[str]:
    return [page.title.plain for page in imported.course.modules[0].pages]


@pytest.mark.parametrize("href", ["innhold/komfyr.html", "innhold\\komfyr.html"])
def test_names_with_backslashes_are_read_as_folders(href: str, tmp_path: Path) -> None:
    imported = _package(tmp_path, {"innhold\\komfyr.html": _TEXT}, hrefs={"Komfyren": href})
    assert _titles(imported) == ["Komfyren"]
    assert "Slukk varmekilden" in imported.module


def test_a_page_without_a_title_has_no_path_as_its_name(tmp_path: Path) -> None:
    pages = {"innhold\\varsle_og-redde.html": _TEXT, "innhold\\index.html": _TEXT.replace("Slukk", "Skru av")}
    imported = _package(tmp_path, pages, hrefs={})
    assert sorted(_titles(imported)) == ["Brannkurs", "Varsle og redde"]


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are only next to checkouts of the maintainers")
def test_the_shared_case_is_read(tmp_path: Path) -> None:
    imported = import_file(CASES / "scorm" / "backslashes-in-zip" / "scorm_backslash.zip", tmp_path / "kurs")
    (title,) = _titles(imported)
    assert "\\" not in title and "/" not in title and ".html" not in title
