# ruff: noqa: E501  # a table of files
"""Pairs that share a right side are imported, built for every target, and come back from what we export."""

from pathlib import Path

import pytest

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.model import Matching
from lokaltmot_lms.pages.view import match_choices

from .imported import import_file

_SHARED = (
    '<quiz><question type="matching"><name><text>Etat</text></name><questiontext><text>Hvem gjør hva?</text></questiontext>'
    "{pairs}</question></quiz>"
)
_PAIR = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"


def test_pairs_with_the_same_right_side_share_it(tmp_path: Path) -> None:
    pairs = (("Sykepleier", "Helse"), ("Rektor", "Skole"), ("Jordmor", "Helse"), ("", "Skole"), ("", "Skatt"))
    (tmp_path / "bank.xml").write_text(_SHARED.format(pairs="".join(_PAIR.format(*pair) for pair in pairs)), "utf-8")
    imported = import_file(tmp_path / "bank.xml", tmp_path / "kurs")
    assert imported.codes == []
    (question,) = imported.questions.values()
    assert isinstance(question, Matching)
    assert [(pair.key, pair.match) for pair in question.pairs] == [("1", "a"), ("2", "b"), ("3", "a"), ("", "d")]
    assert [pair.right.plain for pair in match_choices(question)] == ["Helse", "Skatt", "Skole"]
    for target in ("scorm12", "scorm2004", "cmi5", "web", "lti", "cc", "print", "facilitator"):
        assert run(["build", str(tmp_path / "kurs"), "--out", str(tmp_path / "ut"), "--target", target]) == 0


@pytest.mark.parametrize("target", ["gift", "moodlexml", "canvas"])
def test_pairs_with_the_same_right_side_come_back_from_what_we_export(target: str, tmp_path: Path) -> None:
    pairs = (("Sykepleier", "Helse"), ("Rektor", "Skole"), ("Jordmor", "Helse"))
    (tmp_path / "bank.xml").write_text(_SHARED.format(pairs="".join(_PAIR.format(*pair) for pair in pairs)), "utf-8")
    import_file(tmp_path / "bank.xml", tmp_path / "kurs")
    assert run(["build", str(tmp_path / "kurs"), "--out", str(tmp_path / "ut"), "--target", target]) == 0
    (file,) = (path for path in (tmp_path / "ut").rglob("*") if path.suffix in (".xml", ".gift", ".txt", ".imscc"))
    (question,) = import_file(file, tmp_path / "igjen").questions.values()
    assert isinstance(question, Matching)
    assert [(pair.left and pair.left.plain, pair.right.plain) for pair in question.pairs] == list(pairs)
