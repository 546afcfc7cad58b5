"""`try` on anyone's packages: the good pass, and each bad one is found out for its own fault."""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lokaltmot_lms.trial import TrialError, browser_lms

Zipped = Callable[[str], Path]


@pytest.mark.parametrize(("name", "standard"), [("well12", "scorm12"), ("well2004", "scorm2004")])
def test_a_well_behaved_package_passes(try_package, zipped: Zipped, name: str, standard: str) -> None:
    verdict = try_package(zipped(name))
    assert verdict.standard == standard
    assert not verdict.ours
    assert verdict.is_good, list(verdict.lines())
    last = list(verdict.lines())[-1]
    assert last == "The package works: 3 scenarios, 18 calls, nothing refused."


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("silent", ["The content never started a session with the platform"]),
        ("neverends", ["The content did not end its session", "a fault of the content"]),
        ("elsewhere", ["The page requested http://example.test/pixel.png from another host"]),
        (
            "badvalues",
            [
                'LMSSetValue("cmi.core.score.raw", "80,5"): cmi.core.score.raw: must be a number',
                'LMSSetValue("cmi.core.exit", "normal"): cmi.core.exit: must be one of',
                'LMSSetValue("cmi.interactions.0.id", "spørsmål 1"): cmi.interactions.0.id: must be visible ASCII',
                'LMSSetValue("cmi.core.lesson_location", "7"): cmi.core.lesson_location: the value must be a string',
            ],
        ),
    ],
)
def test_a_bad_package_is_found_out(
    try_package, zipped: Zipped, monkeypatch: pytest.MonkeyPatch, name: str, found: list[str]
) -> None:
    if name == "silent":
        monkeypatch.setattr(browser_lms, "PATIENCE", 3000)  # it would be waited for in vain
    verdict = try_package(zipped(name))
    texts = [finding.text() for finding in verdict.findings]
    assert len(texts) == len(found), texts
    for text, expected in zip(texts, found, strict=True):
        assert expected in text


def test_the_report_holds_every_call_as_data(try_package, zipped: Zipped) -> None:
    data = try_package(zipped("well12")).data()
    calls = data["runs"][1]["calls"]
    assert data["good"] is True
    assert [call["name"] for call in calls] == [
        "LMSInitialize",
        *["LMSSetValue"] * 2,
        "LMSCommit",
        "LMSSetValue",
        "LMSFinish",
    ]
    assert calls[1]["args"] == ["cmi.core.exit", "suspend"]


def test_a_launch_file_that_is_not_there_is_told(try_package, tmp_path: Path, zipped: Zipped) -> None:
    whole = zipped("well12")
    path = tmp_path / "hollow.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as hollow:
        hollow.writestr("imsmanifest.xml", source.read("imsmanifest.xml"))
    texts = [finding.text() for finding in try_package(path).findings]
    assert "The manifest launches index.html, which is not in the package." in texts
    assert any("imsmanifest.xml:" in text and "index.html" in text for text in texts), "inspect tells the line too"


def test_without_a_browser_the_repair_is_told(try_package, zipped: Zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(TrialError, match="Set CHROMIUM to the program file, or run: playwright install chromium"):
        try_package(zipped("well12"))


def test_without_playwright_the_repair_is_told(zipped: Zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(TrialError, match=r"pip install 'lokaltmot\[try\]'"), browser_lms.open_browser():
        pass


def test_a_browser_that_does_not_start_is_told(try_package, zipped: Zipped) -> None:
    with pytest.raises(TrialError, match="did not start"):
        try_package(zipped("well12"), browser=Path("/bin/false"))
