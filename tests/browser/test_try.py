"""`try` on anyone's packages: the good pass, and each bad one is found out for its own fault."""

import sys
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from lokaltmot_lms import trial
from lokaltmot_lms.safe_zip import SafeZip
from lokaltmot_lms.serve import ServedFile
from lokaltmot_lms.trial import TrialError, browser_lms, play, quiet
from lokaltmot_lms.trial.play import served_file

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
    ("name", "found", "remarks"),
    [
        ("silent", ["The content never started a session with the platform"], []),
        ("neverends", ["The content did not end its session"], ["a fault of the content"]),
        ("elsewhere", [], ["The page requested http://example.test/pixel.png from another host"]),
        (
            "badvalues",
            [
                'LMSSetValue("cmi.core.score.raw", "80,5"): cmi.core.score.raw: must be a number',
                'LMSSetValue("cmi.core.exit", "normal"): cmi.core.exit: must be one of',
                'LMSSetValue("cmi.interactions.0.id", "spørsmål 1"): cmi.interactions.0.id: must be visible ASCII',
            ],
            ['LMSSetValue("cmi.core.lesson_location", 7) has a value that is no string (number). Moodle takes it'],
        ),
        (
            "numbers",
            [],
            [
                "is longer than the 4096 characters that SCORM 1.2 promises. Moodle takes 64,000.",
                'The platform has no answer to LMSGetValue("cmi.core.bookmark")',
                'LMSCommit("") comes after the end of the session',
                "Calls like this: 2.",
            ],
        ),
        ("asset", [], []),
        ("late", [], []),
    ],
)
def test_a_package_is_found_out(try_package, zipped: Zipped, name: str, found: list[str], remarks: list[str]) -> None:
    verdict = try_package(zipped(name))
    assert verdict.is_good is not bool(found)
    for findings, expected in ((verdict.findings, found), (verdict.remarks, remarks)):
        texts = [finding.text() for finding in findings]
        assert len(texts) == len(expected), texts
        for text, part in zip(texts, expected, strict=True):
            assert part in text


def test_a_wait_that_is_given_up_is_told_as_such(try_package, zipped: Zipped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "MOST_TURNS", 10)  # the clock never rests
    (finding,) = try_package(zipped("clock")).findings
    assert finding.message == browser_lms.STILL_BUSY
    assert 1 <= int(str(finding.values["seconds"])) < 60, "measured"


def test_a_slow_network_does_not_change_the_verdict(
    try_package, zipped: Zipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quiet, "MOST_TURNS", 10)  # fewer than the network takes

    def slow(package: SafeZip, name: str) -> ServedFile | None:
        found = served_file(package, name)
        if found is None or name != "data.json":
            return found
        arrived = threading.Event()
        threading.Timer(2.5, arrived.set).start()

        def wait_and_open() -> IO[bytes]:
            arrived.wait()
            return found.open()

        return replace(found, open=wait_and_open)

    monkeypatch.setattr(play, "served_file", slow)
    verdict = try_package(zipped("late"))
    assert verdict.is_good, list(verdict.lines())


def test_every_page_of_a_package_is_tried_and_progress_is_shown(
    try_package, zipped: Zipped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(play, "MOST_SCOS", 3)
    items = "".join(
        f'<item identifier="i{n}" identifierref="r" parameters="?n={n}"><title>Side {n}</title></item>'
        for n in range(4)
    )
    with zipfile.ZipFile(zipped("well12")) as source, zipfile.ZipFile(tmp_path / "many.zip", "w") as many:
        for name in source.namelist():
            content = source.read(name).decode()
            start, end = content.find("<item"), content.find("</item>") + len("</item>")
            many.writestr(name, content[:start] + items + content[end:] if start >= 0 else content)
    steps: list[trial.TrialStep] = []
    verdict = try_package(tmp_path / "many.zip", on_step=steps.append)
    assert verdict.is_good
    assert [(step.number, step.count, step.sco) for step in steps[::2]] == [
        (1, 3, "Side 0"),
        (2, 3, "Side 1"),
        (3, 3, "Side 2"),
    ]
    assert [finding.text() for finding in verdict.remarks] == ["The package has 4 pages. Only the first 3 were tried."]


def test_a_package_without_items_or_with_backslashes_is_played(try_package, zipped: Zipped, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped("well12")) as source, zipfile.ZipFile(tmp_path / "bare.zip", "w") as bare:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == "imsmanifest.xml":
                start, end = content.index("<organizations"), content.index("</organizations>")
                content = f"{content[:start]}<organizations>{content[end:]}".replace('href="', 'href="side/')
                bare.writestr(name, content)
            else:
                bare.writestr(f"side\\{name}", content)
    verdict = try_package(tmp_path / "bare.zip")
    assert verdict.is_good, list(verdict.lines())
    assert len(verdict.runs) == 3


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
