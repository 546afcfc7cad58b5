"""`lokaltmot build --target all`: everything a course can become, and what each format could not hold."""

import json
from pathlib import Path

from lokaltmot_lms.targets import TARGETS

from .conftest import Lokaltmot

_STARTER = Path(__file__).resolve().parents[3] / "courses" / "eksempel"
_NATIVE = {target.name for target in TARGETS.values() if target.is_native}


def test_all_means_every_target_and_each_loss_is_told(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    said = lokaltmot("build", _STARTER, "--target", "all", "--target", "gift", "--out", tmp_path, "--json")

    assert said.code == 0, said.err
    files = json.loads(said.out)["files"]
    assert [file["target"] for file in files if file["kind"] == "package"] == list(
        dict.fromkeys(file["target"] for file in files)
    )
    assert {file["target"] for file in files} == {name for name in TARGETS if not TARGETS[name].needs_tool}
    reports = {file["target"]: file["losses"] for file in files if file["kind"] == "loss"}
    assert set(reports) == {name for name in _NATIVE if not TARGETS[name].needs_tool}
    for file in (file for file in files if file["kind"] == "loss"):
        written = json.loads(Path(file["path"]).read_text(encoding="utf-8"))
        assert written == {"format": 1, "target": file["target"], "losses": file["losses"]}


def test_a_cartridge_of_links_needs_the_tools_address(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    refused = lokaltmot("build", _STARTER, "--target", "thin", "--out", tmp_path, "--lang", "nb")
    assert (refused.code, list(tmp_path.iterdir())) == (2, [])
    assert "--lti-url https://…" in refused.err

    for url in (
        "kurs.example.no",
        "http://kurs.example.no",
        "https://kurs.example.no/x",
        "https://a@b.no",
        "https://[",
    ):
        assert lokaltmot("build", _STARTER, "--target", "cc", "--lti-url", url, "--out", tmp_path).code == 2

    made = lokaltmot(
        "build", _STARTER, "--target", "all", "--lti-url", "https://kurs.example.no/", "--out", tmp_path, "--json"
    )
    assert made.code == 0, made.err
    assert {file["target"] for file in json.loads(made.out)["files"]} == set(TARGETS)


def test_a_person_reads_what_was_lost(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    said = lokaltmot("build", _STARTER, "--target", "gift", "--out", tmp_path, "--lang", "nb")

    assert "GIFT rommer ikke alt: 1 × hint, utelatt." in said.out
