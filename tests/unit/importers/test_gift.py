"""GIFT is read as its author meant it, or named: the text of a group of answers is never an answer or on a page."""

from decimal import Decimal
from pathlib import Path

import pytest

from lokaltmot_lms.model import ChoiceQuestion, Gaps, Numeric, Ordering, Question, ShortText, Unfinished

from .imported import Imported, import_file


def _imported(folder: Path, text: str) -> Imported:
    file = folder / "bank.gift"
    file.write_text(f"{text}\n\n::Sist::Er dette med?{{TRUE}}\n", encoding="utf-8")
    return import_file(file, folder / "kurs")


def _first(imported: Imported) -> Question:
    assert len(imported.questions) == 2
    return next(iter(imported.questions.values()))


@pytest.mark.parametrize(
    "settings", ["ALL EXACT VERTICAL", "ALL", "", "ALL EXACT HORIZONTAL ABSOLUTE_POSITION SHOW abcd", "ALL REL V"]
)
def test_an_ordering_of_moodle_is_an_ordering(settings: str, tmp_path: Path) -> None:
    imported = _imported(tmp_path, f"::Bake::Hva gjør du først? {{>{settings}\nBland\nHev\nStek i ovnen\n}}")
    question = _first(imported)
    assert isinstance(question, Ordering)
    assert [item.text.plain for item in question.items] == ["Bland", "Hev", "Stek i ovnen"]
    assert imported.codes == []


def test_an_ordering_of_some_items_says_so(tmp_path: Path) -> None:
    imported = _imported(tmp_path, "::Bake::Hva gjør du først? {>2 RANDOM\nBland\nHev\nStek\n}")
    assert isinstance(_first(imported), Ordering)
    assert imported.codes == ["LM630"]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Byen {1:SA:=Bergen} ligger i {1:MC:~nord~=vest~øst}.", "Byen [[Bergen]] ligger i [[ nord | *vest* | øst ]]."),
        ("Si {=hei ~hopp} og {~takk =adjø}!", "Si [[ *hei* | hopp ]] og [[ takk | *adjø* ]]!"),
        ("{=En} er først, {=to =2} er {F}.", "[[En]] er først, [[to]] er [[ Sant | *Usant* ]]."),
        ("Det er {2:NUMERICAL:=1e-2:0} meter.", "Det er [[0,01]] meter."),
        ("Skriv {1:SHORTANSWER:=a\\=b#Ja}.", "Skriv [[a=b]]."),
        ("Tallet {#7} er større enn {#=5,5:0}.", "Tallet [[7]] er større enn [[5,5]]."),
    ],
)
def test_several_groups_of_answers_are_gaps(text: str, markdown: str, tmp_path: Path) -> None:
    imported = _imported(tmp_path, f"::Hull::{text}")
    assert isinstance(_first(imported), Gaps)
    assert markdown in imported.module


@pytest.mark.parametrize(
    ("answers", "limits"),
    [
        ("#2.5e3:1E1", ("2490", "2510")),
        ("#=-1,5E-3:0", ("-0.0015", "-0.0015")),
        ("#1e2..2e2", ("100", "200")),
        ("#12:0", ("12", "12")),
        ("#5..3", ("3", "5")),
        ("#=%100%4:1 =%20%5:1#Nesten", ("3", "5")),
    ],
)
def test_numbers_may_be_scientific(answers: str, limits: tuple[str, str], tmp_path: Path) -> None:
    question = _first(_imported(tmp_path, f"::Tall::Hvor mye?{{{answers}}}"))
    assert isinstance(question, Numeric)
    assert (question.low, question.high) == tuple(map(Decimal, limits))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hva er hemmelig? {@ xyzzy}", "xyzzy"),
        ("Hva er hemmelig? {!xyzzy}", "xyzzy"),
        ("Hva er hemmelig? {#omtrent xyzzy}", "xyzzy"),
        ("Hva er hemmelig? {#1e-99}", "1e-99"),
        ("Hva er hemmelig? {1:ESSAY:=xyzzy}", "xyzzy"),
        ("Hva er hemmelig? {1:MR:=xyzzy~=b~c}", "xyzzy"),
        ("Både {=xyzzy ~b} og {noe annet}.", "xyzzy"),
        ("Både {=xyzzy ~b} og {=c ~=d}.", "xyzzy"),
        ("Hva er hemmelig? {=xyzzy ~b", "xyzzy"),
        ("Hva er hemmelig? =xyzzy ~b}", "xyzzy"),
        ("Hva er {{=xyzzy ~b}}?", "xyzzy"),
        ("Sett i rekkefølge {>ALL xyzzy}", "xyzzy"),
        ("Hva er hemmelig? {\nxyzzy\nplugh\n}", "xyzzy"),
        ("Hva er hemmelig? {~xyzzy ~plugh}", "xyzzy"),
        ("Koble {=a -> 1 =xyzzy =b -> 2}", "xyzzy"),
        ("Hva er hemmelig? {#}", "{#}"),
    ],
)
def test_what_can_not_be_read_stops_the_build_and_is_not_shown(text: str, key: str, tmp_path: Path) -> None:
    imported = _imported(tmp_path, f"::Odde::{text}")
    assert len(imported.questions) == 1
    blocks = imported.course.modules[0].pages[0].blocks
    (block,) = (block for block in blocks if isinstance(block, Unfinished))
    assert key in block.text
    shown = [other for other in blocks if not isinstance(other, Unfinished)]
    assert key not in str(shown)
    (finding,) = (problem for problem in imported.findings if problem.code in ("LM621", "LM641", "LM642"))
    assert finding.message("nb") == block.reason


def test_a_group_with_only_feedback_is_no_gap(tmp_path: Path) -> None:
    imported = _imported(tmp_path, "::By::{=Oslo ~Bergen} er hovedstaden. {####Slik er det.}")
    question = _first(imported)
    assert isinstance(question, Gaps)
    assert "[[ *Oslo* | Bergen ]] er hovedstaden.\n" in imported.module
    assert question.explanation is not None
    assert question.explanation.plain == "Slik er det."


def test_a_share_of_a_right_answer_is_read(tmp_path: Path) -> None:
    question = _first(_imported(tmp_path, "::Mest::Hva er mest? {=%50%litt =alt ~null}"))
    assert isinstance(question, ChoiceQuestion)
    assert [(option.text.plain, option.is_right) for option in question.options] == [
        ("litt", False),
        ("alt", True),
        ("null", False),
    ]


def test_either_of_two_answers_is_reported(tmp_path: Path) -> None:
    imported = _imported(tmp_path, "::Farge::Nevn en farge i flagget. {=rød =hvit ~grønn}")
    question = _first(imported)
    assert isinstance(question, ChoiceQuestion)
    assert question.type == "multiple"
    assert [option.is_right for option in question.options] == [True, True, False]
    assert imported.codes == ["LM640"]


def test_a_word_without_a_sign_is_the_answer_as_in_moodle(tmp_path: Path) -> None:
    question = _first(_imported(tmp_path, "::By::Hva heter hovedstaden? {Oslo}"))
    assert isinstance(question, ShortText)
    assert question.accepted == ("Oslo",)


def test_a_wildcard_is_reported(tmp_path: Path) -> None:
    imported = _imported(tmp_path, "::Etat::Hvem hjelper? {=*barnevern* =%50%politi*}")
    question = _first(imported)
    assert isinstance(question, ShortText)
    assert question.accepted == ("barnevern",)
    assert imported.codes == ["LM624", "LM644"]
