"""What every package must be, whatever its target: all files listed, ids from the author, one page to open."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.resources import shipped
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.presets import PRESETS

from . import models

_CHECKOUT = Path(__file__).resolve().parents[3]
_SCORM = ("scorm12", "scorm2004")
_TWO = models.course([models.module("modul-en"), models.module("modul-to", with_quiz=False)])


def _content(files: tuple[PackageFile, ...], name: str) -> str:
    content = next(file.content for file in files if file.name == name)
    assert isinstance(content, bytes)
    return content.decode()


def _manifest(target: str, *, bundle: bool = False, options: BuildOptions | None = None) -> etree._Element:
    modules = _TWO.modules if bundle else _TWO.modules[:1]
    package = TARGETS[target].package(_TWO, modules, options or BuildOptions(bundle=bundle))
    return etree.fromstring(_content(package.files, "imsmanifest.xml").encode())


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_has_its_script_or_sheet_its_golden_folder_and_its_page(target: str) -> None:
    script = shipped("templates") / "player" / "tracking" / f"{target}.js"
    sheet = shipped("templates") / "native" / f"{target}.html.jinja"
    assert TARGETS[target].is_paper or (sheet if TARGETS[target].is_native else script).is_file()
    assert any((_CHECKOUT / "tests" / "golden").glob(f"*/{target}"))
    assert f"`{target}`" in (_CHECKOUT / "docs" / "targets.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_its_sheet_and_is_explained(preset: str) -> None:
    assert (shipped("templates") / "install" / f"{PRESETS[preset].sheet}.html.jinja").is_file()
    assert f"`{preset}`" in (_CHECKOUT / "docs" / "targets.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("bundle", [False, True], ids=["single", "bundle"])
@pytest.mark.parametrize("target", _SCORM)
def test_the_manifest_lists_each_file_exactly_once(target: str, bundle: bool) -> None:
    modules = _TWO.modules if bundle else _TWO.modules[:1]
    package = TARGETS[target].package(_TWO, modules, BuildOptions(bundle=bundle))
    root = etree.fromstring(_content(package.files, "imsmanifest.xml").encode())

    listed = Counter(file.get("href") for file in root.iter("{*}file"))
    assert listed == Counter(file.name for file in package.files if file.name != "imsmanifest.xml")
    assert [file.name for file in package.files] == sorted(listed | Counter(["imsmanifest.xml"]))


@pytest.mark.parametrize("target", _SCORM)
def test_identifiers_come_from_the_authors_ids(target: str) -> None:
    alone, bundled = _manifest(target), _manifest(target, bundle=True)

    assert [item.get("identifier") for item in alone.iter("{*}item")] == ["item_modul_en"]
    # The same in a bundle and after any other module: a platform stores scores under these ids.
    assert [item.get("identifier") for item in bundled.iter("{*}item")] == ["item_modul_en", "item_modul_to"]
    names = [element.get("identifier") for element in bundled.iter() if element.get("identifier")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("target", "attribute"), [("scorm12", "scormtype"), ("scorm2004", "scormType")])
def test_a_module_is_one_sco_that_opens_without_a_query(target: str, attribute: str) -> None:
    (resource,) = _manifest(target).iter("{*}resource")

    assert resource.get("href") == "index.html"
    assert [str(value) for name, value in resource.attrib.items() if etree.QName(name).localname == attribute] == [
        "sco"
    ]


@pytest.mark.parametrize("target", _SCORM)
def test_the_customary_prefixes_are_used(target: str) -> None:
    # Moodle reads "adlcp:", "imsss:", "adlseq:" and "adlnav:" letter by letter.
    wanted = {"adlcp"} if target == "scorm12" else {"adlcp", "imsss", "adlseq", "adlnav"}

    assert wanted <= {prefix for prefix in _manifest(target).nsmap if prefix}


@pytest.mark.parametrize("target", _SCORM)
def test_the_pass_mark_is_in_the_manifest_only_when_asked_for(target: str) -> None:
    names = {"masteryscore", "minNormalizedMeasure"}
    plain = {etree.QName(element).localname for element in _manifest(target).iter()}
    asked = [
        element.text
        for element in _manifest(target, options=BuildOptions(mastery=True)).iter()
        if etree.QName(element).localname in names
    ]

    assert not names & plain
    assert asked == ["80" if target == "scorm12" else "0.8"]


def test_scorm2004_leaves_completion_and_success_to_the_module() -> None:
    for controls in _manifest("scorm2004", bundle=True).iter("{*}deliveryControls"):
        assert dict(controls.attrib) == {"completionSetByContent": "true", "objectiveSetByContent": "true"}


def test_nothing_names_a_schema_file_that_is_not_in_the_package() -> None:
    for target in _SCORM:
        assert "schemaLocation" not in etree.tostring(_manifest(target)).decode()


@pytest.mark.parametrize(
    ("preset", "word"),
    [("generic", "passed"), ("moodle", "completed"), ("canvas", "passed"), ("kslaring", "completed")],
)
def test_the_word_scorm12_ends_with_is_the_presets(preset: str, word: str) -> None:
    package = TARGETS["scorm12"].package(_TWO, _TWO.modules[:1], BuildOptions(preset=preset))

    island = re.search(r'id="lm-module">(.*?)</script>', _content(package.files, "index.html"), re.DOTALL)
    assert island is not None
    assert json.loads(island[1])["tracking"] == {"name": "scorm12", "done": word}


def test_modules_of_a_bundle_share_scripts_and_each_has_its_page() -> None:
    root = _manifest("scorm12", bundle=True)
    resources = {resource.get("identifier"): resource for resource in root.iter("{*}resource")}

    assert resources["res_modul_to"].get("href") == "m-modul-to/index.html"
    assert [found.get("identifierref") for found in root.iter("{*}dependency")] == ["shared", "shared"]
    shared = [file.get("href") or "" for file in resources["shared"].iter("{*}file")]
    assert "player/main.js" in shared
    assert not [name for name in shared if name.startswith("m-")]


def test_the_smallest_package_stays_small() -> None:
    # Nothing is compressed in it (docs/decisions/0005), so this is what is uploaded.
    package = TARGETS["scorm12"].package(_TWO, _TWO.modules[:1], BuildOptions())

    assert sum(len(file.content) for file in package.files if isinstance(file.content, bytes)) < 160_000
