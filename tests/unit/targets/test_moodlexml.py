"""Moodle XML: each type as Moodle's own export writes it, and what Moodle's parser makes of gaps.

Fractions, the doubled slash and the wildcard are those of Moodle's source: question/engine/bank.php,
question/format.php and question/type/shortanswer/question.php (4.5).
"""

import base64
import html
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from lxml import etree

from lokaltmot_lms.build import ArtifactKind, build_course
from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Gap,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Media,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    Quiz,
    ShortText,
    Spot,
    Statement,
    Text,
)
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.loss import LostFeature

from . import models


def _course(*asked: Question) -> Course:
    module = models.module()
    quiz = Quiz(id="quiz", questions=asked, at=models.AT)
    page = replace(module.pages[0], blocks=(quiz,))
    return models.course([replace(module, title="Mot/motstand", pages=(page,))])


def _file(course: Course) -> etree._Element:
    (file,) = TARGETS["moodlexml"].package(course, course.modules, BuildOptions()).files
    assert isinstance(file.content, bytes)
    return etree.fromstring(file.content)


def _one(question: Question) -> etree._Element:
    return _file(_course(question))[-1]


def _losses(question: Question) -> list[tuple[LostFeature, str]]:
    course = _course(question)
    losses = TARGETS["moodlexml"].package(course, course.modules, BuildOptions()).losses or ()
    return [(loss.thing, loss.became) for loss in losses if loss.thing is not LostFeature.QUIZ_SETTINGS]


def _options(*marks: bool) -> tuple[Option, ...]:
    return tuple(
        Option(key=key, text=models.inline(f"Svar {key}"), is_right=mark, at=models.AT)
        for key, mark in zip("abcdefghijkl", marks, strict=False)
    )


def _base(kind: str) -> dict[str, object]:
    return {"id": "sp-1", "type": kind, "prompt": models.inline("Hva?"), "at": models.AT}


def test_a_quiz_has_a_category_and_slashes_in_names_are_doubled() -> None:
    category = _file(_course(models.question()))[0]

    assert category.get("type") == "category"
    assert category.findtext("category/text") == "$course$/top/Lokalt mot/Mot//motstand/Side"
    assert category.findtext("idnumber") == "modul-en.quiz"


def test_a_question_has_our_id_its_feedback_and_tags() -> None:
    asked = replace(models.question(), explanation=models.text("Slik er det."), hint=models.text("Tenk."))
    found = _one(asked)

    assert found.findtext("idnumber") == "hvem-bestemmer"
    assert found.findtext("generalfeedback/text") == "<p>Slik er det.</p>"
    assert found.findtext("hint/text") == "<p>Tenk.</p>"
    assert [answer.findtext("feedback/text") for answer in found.iter("answer")] == ["Fordi."] * 3
    assert [answer.get("fraction") for answer in found.iter("answer")] == ["0", "100", "0"]
    assert [tag.text for tag in found.iterfind("tags/tag/text")] == ["kurs", "modul-en"]


def test_several_right_answers_share_the_mark_and_wrong_ones_take_as_much() -> None:
    found = _one(ChoiceQuestion(**_base("multiple"), options=_options(True, True, True, False)))

    assert found.findtext("single") == "false"
    assert [answer.get("fraction") for answer in found.iter("answer")] == ["33.33333"] * 3 + ["-33.33333"]


def test_more_right_answers_than_moodle_has_fractions_for_are_reported() -> None:
    asked = ChoiceQuestion(**_base("multiple"), options=_options(*[True] * 11))

    assert _losses(asked) == [(LostFeature.MULTIPLE, "left out")]
    assert len(_file(_course(asked))) == 1  # the category


def test_true_or_false_is_moodles_own_and_yes_or_no_keeps_its_words() -> None:
    def pair(*words: str) -> ChoiceQuestion:
        options = tuple(
            Option(key=key, text=models.inline(word), is_right=key == "b", at=models.AT)
            for key, word in zip("ab", words, strict=True)
        )
        return ChoiceQuestion(**_base("truefalse"), options=options)

    said = _one(pair("Sant", "Usant"))
    assert said.get("type") == "truefalse"
    assert [(a.findtext("text"), a.get("fraction")) for a in said.iter("answer")] == [("true", "0"), ("false", "100")]
    assert _one(pair("Ja", "Nei")).get("type") == "multichoice"


def test_an_asterisk_that_is_meant_is_no_wildcard() -> None:
    found = _one(ShortText(**_base("text"), accepted=("5*5", "25")))

    assert found.get("type") == "shortanswer"
    assert [answer.findtext("text") for answer in found.iter("answer")] == ["5\\*5", "25"]


def test_a_span_of_numbers_becomes_its_middle_and_a_tolerance() -> None:
    found = _one(Numeric(**_base("numeric"), low=Decimal(16), high=Decimal("18.5")))

    assert (found.findtext("answer/text"), found.findtext("answer/tolerance")) == ("17.25", "1.25")


def test_pairs_and_their_distractors_are_kept() -> None:
    pairs = (
        Pair(key="1", left=models.inline("Politi"), match="a", right=models.inline("112"), at=models.AT),
        Pair(key="", left=None, match="b", right=models.inline("113"), at=models.AT),
    )
    found = _one(Matching(**_base("matching"), pairs=pairs))

    assert [(s.findtext("text"), s.findtext("answer/text")) for s in found.iter("subquestion")] == [
        ("Politi", "112"),
        ("", "113"),
    ]


def test_an_order_becomes_places_and_is_reported() -> None:
    asked = Ordering(**_base("ordering"), items=_options(True, True))

    assert [s.findtext("answer/text") for s in _one(asked).iter("subquestion")] == ["1", "2"]
    assert [thing for thing, _ in _losses(asked)] == [LostFeature.ORDERING]


def test_gaps_survive_moodles_parser() -> None:
    # The expressions of question/type/multianswer/questiontype.php, with what it does afterwards.
    awkward = "a}b~c#d=%50%\\ *"
    body = Text(html='Ring <span data-gap="1"></span> {nå}: <span data-gap="2"></span>', plain="…", at=models.AT)
    menu = tuple(replace(option, text=models.inline("1 &lt; 2")) for option in _options(False, True))
    gaps = (Gap(key="1", accepted=(awkward, "112"), at=models.AT), Gap(key="2", options=menu, at=models.AT))
    asked = Gaps(**_base("gaps"), body=body, gaps=gaps)
    found = _one(asked)

    text = found.findtext("questiontext/text") or ""
    parts = re.findall(r"\{1:(SHORTANSWER|MULTICHOICE):(.*?)(?<!\\)\}", text)
    alternatives = [
        [(bool(m[1]), html.unescape(m[2])) for m in re.finditer(r"(=)?(.+?)(?<!\\|&)(?=[~#}]|$)~?", inside)]
        for _, inside in parts
    ]
    assert found.get("type") == "cloze"
    assert "&#123;nå}" in text
    assert alternatives[0] == [(True, awkward.replace("*", "\\*")), (True, "112")]
    assert [right for right, _ in alternatives[1]] == [False, True]
    assert [thing for thing, _ in _losses(asked)] == [LostFeature.POINTS]


def test_a_picture_travels_inside_the_file(tmp_path: Path) -> None:
    picture = tmp_path / "rom.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9))
    media = Media(path="media/rom.png", file=picture, size=17, at=models.AT)
    spots = tuple(
        Spot(key=o.key, text=o.text, is_right=o.is_right, at=models.AT, x=Decimal(1), y=Decimal(1), width=Decimal(9),
             height=Decimal(9))
        for o in _options(True, False)
    )  # fmt: skip
    asked = Hotspot(**_base("hotspot"), picture="media/rom.png", alt="Et rom", spots=spots, multiple=False)
    course = replace(_course(asked), media={"media/rom.png": media})
    found = _file(course)[-1]

    file = found.find("questiontext/file")
    assert file is not None
    assert base64.b64decode(file.text or "") == picture.read_bytes()
    assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in (found.findtext("questiontext/text") or "")
    assert [thing for thing, _ in _losses(asked)] == [LostFeature.HOTSPOT]


def test_a_scale_is_left_out_and_reported() -> None:
    statements = (Statement(key="1", text=models.inline("Jeg vet."), at=models.AT),)
    asked = Likert(**_base("likert"), low="Uenig", high="Enig", steps=5, statements=statements)

    assert _losses(asked) == [(LostFeature.LIKERT, "left out")]


def test_the_build_writes_one_file_a_sheet_and_a_report(tmp_path: Path) -> None:
    made = list(build_course(models.course(), targets=["moodlexml"], out=tmp_path, options=BuildOptions()))

    assert [(artifact.path.name, artifact.kind) for artifact in made] == [
        ("kurs-modul-en-moodlexml.xml", ArtifactKind.PACKAGE),
        ("kurs-modul-en-moodlexml-install.html", ArtifactKind.SHEET),
        ("kurs-modul-en-moodlexml-loss.json", ArtifactKind.LOSS),
    ]
    assert etree.parse(made[0].path).getroot().tag == "quiz"
    assert [(loss.thing, loss.ids) for loss in made[2].losses] == [
        (LostFeature.PAGE, ("side",)),
        (LostFeature.QUIZ_SETTINGS, ("quiz",)),
    ]
