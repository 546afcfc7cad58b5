# ruff: noqa: E501  # a table of files
"""A plain quiz of ten questions, as people have it, is imported and built in one go."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.model import Matching
from lokaltmot_lms.pages.view import match_choices

from .imported import import_file

_TOWNS = [("Bodø", "Nordland"), ("Hamar", "Innlandet"), ("Molde", "Møre og Romsdal"), ("Arendal", "Agder"), ("Skien", "Telemark"),
          ("Bergen", "Vestland"), ("Vadsø", "Finnmark"), ("Drammen", "Buskerud"), ("Moss", "Østfold"), ("Steinkjer", "Trøndelag")]  # fmt: skip


def _gift() -> tuple[str, str]:
    return "bank.gift", "\n\n".join(
        f"::{town}::Hvor ligger {town}?{{={county} ~Svalbard ~Oslo}}" for town, county in _TOWNS
    )


def _moodle() -> tuple[str, str]:
    questions = "".join(
        f'<question type="multichoice"><name><text>{town}</text></name><questiontext format="html"><text>{escape(f"<p>Hvor ligger {town}?</p>")}'
        f'</text></questiontext><single>true</single><answer fraction="100"><text>{county}</text></answer>'
        '<answer fraction="0"><text>Svalbard</text></answer></question>'
        for town, county in _TOWNS
    )
    return "bank.xml", f"<quiz>{questions}</quiz>"


def _qti() -> tuple[str, str]:
    def label(ident: str, text: str) -> str:
        return f'<response_label ident="{ident}"><material><mattext>{text}</mattext></material></response_label>'

    items = "".join(
        f'<item ident="i{at}" title="{town}"><presentation><material><mattext>Hvor ligger {town}?</mattext></material>'
        f'<response_lid ident="r" rcardinality="Single"><render_choice>{label("a", county)}{label("b", "Svalbard")}'
        '</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal respident="r">a'
        "</varequal></conditionvar><setvar>100</setvar></respcondition></resprocessing></item>"
        for at, (town, county) in enumerate(_TOWNS)
    )
    return (
        "bank.xml",
        f"<questestinterop><assessment title='Byer'><section>{items}</section></assessment></questestinterop>",
    )


def _text2qti() -> tuple[str, str]:
    questions = (
        f"{at}. Hvor ligger {town}?\n*a) {county}\nb) Svalbard\n" for at, (town, county) in enumerate(_TOWNS, start=1)
    )
    return "bank.txt", "Quiz title: Byer\n\n" + "\n".join(questions)


def _csv() -> tuple[str, str]:
    rows = (f"Hvor ligger {town}?;{county};Svalbard;A" for town, county in _TOWNS)
    return "bank.csv", "\n".join(["Spørsmål;A;B;Riktig svar", *rows])


@pytest.mark.parametrize("make", [_gift, _moodle, _qti, _text2qti, _csv])
def test_ten_plain_questions_can_be_built_at_once(make: Callable[[], tuple[str, str]], tmp_path: Path) -> None:
    name, content = make()
    (tmp_path / name).write_text(content, encoding="utf-8")
    imported = import_file(tmp_path / name, tmp_path / "kurs")
    assert [question.type for question in imported.questions.values()] == ["single"] * 10
    assert run(["build", str(tmp_path / "kurs"), "--out", str(tmp_path / "ut"), "--target", "scorm12"]) == 0
    assert list((tmp_path / "ut").rglob("*.zip"))


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
