"""Files of Moodle 4.5 and text2qti become the Markdown that an author would write."""

from decimal import Decimal
from pathlib import Path

import pytest

from lokaltmot_lms.model import ChoiceQuestion, Gaps, Numeric, Ordering, ShortText

from .imported import FILES, import_file


@pytest.mark.parametrize("name", ["moodle.gift", "moodle.xml", "text2qti.txt"])
def test_a_file_becomes_the_expected_markdown(name: str, tmp_path: Path) -> None:
    imported = import_file(FILES / name, tmp_path / "kurs")
    assert imported.module == (FILES / f"{name}.md").read_text(encoding="utf-8")


def test_gift_is_read_by_the_rules_of_moodle(tmp_path: Path) -> None:
    questions = import_file(FILES / "moodle.gift", tmp_path / "kurs").questions

    plikt = questions["plikt"]
    assert isinstance(plikt, ChoiceQuestion)
    assert [(o.text.plain, o.is_right, o.feedback and o.feedback.plain) for o in plikt.options] == [
        ("Alle", True, "Ja, {alle}."),
        ("Politiet", False, "Nei: ikke bare de."),
        ("Noen", False, None),
    ]
    pi = questions["pi"]
    assert isinstance(pi, Numeric)
    assert (pi.low, pi.high) == (Decimal("3.1410"), Decimal("3.1420"))
    gap = questions["et-gift-barn-er"]
    assert isinstance(gap, Gaps)
    assert [(o.text.plain, o.is_right) for o in gap.gaps[0].options] == [
        ("ugift", False),
        ("bundet", True),
        ("fritt", False),
    ]
    two = questions["to-pluss"]
    assert isinstance(two, ShortText)
    assert two.accepted == ("to", "2")
    assert questions["tjeneste"].prompt.plain == "Hva heter <tjenesten>?"


def test_everything_lost_from_moodle_xml_is_reported(tmp_path: Path) -> None:
    imported = import_file(FILES / "moodle.xml", tmp_path / "kurs")

    found = {
        (problem.code, str(problem.values.get("name", problem.values.get("file")))) for problem in imported.findings
    }
    assert found == {
        ("LM622", "Bildet"),
        ("LM627", "media/a-b.png"),
        ("LM636", "Bildet"),
        ("LM623", "C"),
        ("LM624", "C"),
        ("LM625", "C"),
        ("LM626", "E"),
        ("LM620", "Calc"),
        ("LM625", "N"),
    }
    order = imported.questions["o"]
    assert isinstance(order, Ordering)
    assert [item.text.plain for item in order.items] == ["en", "to", "tre"]
    assert (imported.folder / "media" / "a-b.png").read_bytes().startswith(b"\x89PNG")
    assert "script" not in imported.module


def test_a_bank_with_thousands_of_questions_becomes_modules_of_readable_size(tmp_path: Path) -> None:
    file = tmp_path / "bank.txt"
    file.write_text("".join(f"::Nr {n}::Er {n} et tall?{{=ja#Ja. ~nei#Nei.}}\n\n" for n in range(3000)), "utf-8")

    imported = import_file(file, tmp_path / "kurs")

    assert len(imported.questions) == 3000
    assert len(imported.course.modules) == 8
    assert imported.codes == []


_INVISIBLE_GAP = """<?xml version="1.0" encoding="UTF-8"?>
<quiz><question type="cloze"><name><text>Sted</text></name><questiontext format="html"><text><![CDATA[
<p>Se <a href="https://kommunen.no/{1:MC:=kart~b}">kartet</a> og ring {1:SA:=112}.</p>
]]></text></questiontext></question></quiz>
"""


def test_a_gap_in_a_link_is_reported_and_the_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "quiz.xml").write_text(_INVISIBLE_GAP, encoding="utf-8")
    imported = import_file(tmp_path / "quiz.xml", tmp_path / "kurs")
    assert "Se [kartet](https://kommunen.no/) og ring [[112]]." in imported.module
    (finding,) = (problem for problem in imported.findings if problem.code == "LM624")
    assert finding.values["what"] == "kart"


def test_a_typed_answer_may_look_like_a_tag(tmp_path: Path) -> None:
    text = _INVISIBLE_GAP.replace(
        "{1:SA:=112}", "{1:SA:=&#60;&#62;1}, <i>{1:SA:=<b>2</b>}</i>, {1:MC:=&lt;b&gt;a&lt;/b&gt;~&amp;lt;b}"
    )
    (tmp_path / "quiz.xml").write_text(text, encoding="utf-8")
    imported = import_file(tmp_path / "quiz.xml", tmp_path / "kurs")
    assert "og ring [[<>1]], *[[2]]*, [[ *a* | \\<b ]]." in imported.module
