# ruff: noqa: E501  # tables of XML
"""QTI 2.1, 2.2 and 3.0: each interaction, how the right answers are found, and what is named instead."""

from decimal import Decimal
from pathlib import Path

import pytest

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.model import (
    ChoiceQuestion,
    Film,
    Gaps,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Question,
    Reflection,
    ShortText,
    Unfinished,
)

from .imported import FILES, Imported, import_file, zipped
from .qti import MAP, MATCH, SCORE, choice, entry, in_version, item, response

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
_VERSIONS = ("2.1", "2.2", "3.0")


def _import(content: bytes, folder: Path) -> Imported:
    (folder / "item.xml").write_bytes(content)
    return import_file(folder / "item.xml", folder / "kurs")


def _one(content: bytes, folder: Path) -> Question:
    imported = _import(content, folder)
    (question,) = imported.questions.values()
    return question


def _blocks(imported: Imported, kind: type) -> list[object]:
    return [b for m in imported.course.modules for p in m.pages for b in p.blocks if isinstance(b, kind)]


def _right(question: Question) -> list[str]:
    assert isinstance(question, ChoiceQuestion)
    return [option.text.plain for option in question.options if option.is_right]


def _if(test: str, points: str, *, add: bool = False, otherwise: str = "") -> str:
    value = f'<baseValue baseType="float">{points}</baseValue>'
    value = f'<sum><variable identifier="SCORE"/>{value}</sum>' if add else value
    return (
        f'<responseCondition><responseIf>{test}<setOutcomeValue identifier="SCORE">{value}</setOutcomeValue></responseIf>'
        f"{otherwise}</responseCondition>"
    )


def _is(ident: str = "RESPONSE", value: str = "") -> str:
    other = f'<baseValue baseType="identifier">{value}</baseValue>' if value else f'<correct identifier="{ident}"/>'
    return f'<match><variable identifier="{ident}"/>{other}</match>'


def _own(*rules: str) -> str:
    return f"<responseProcessing>{''.join(rules)}</responseProcessing>"


@pytest.mark.parametrize("version", _VERSIONS)
def test_a_single_choice_keeps_its_text_order_and_answer(version: str, tmp_path: Path) -> None:
    body = "<p>Les saken først.</p>" + choice("Bare sjefen", "Alle <em>ansatte</em>", "Ingen")
    question = _one(item(body, response("B"), version=version), tmp_path)
    assert question.type == "single"
    assert question.id == "sporsmal"
    assert question.prompt.plain == "Les saken først."
    assert question.intro is not None and question.intro.plain == "Hvem kan varsle?"
    assert isinstance(question, ChoiceQuestion)
    assert [option.text.html for option in question.options] == ["Bare sjefen", "Alle <em>ansatte</em>", "Ingen"]
    assert _right(question) == ["Alle ansatte"]


@pytest.mark.parametrize("version", _VERSIONS)
def test_several_can_be_right(version: str, tmp_path: Path) -> None:
    imported = _import(
        item(choice("a", "b", "c", most="0"), response(["A", "C"], cardinality="multiple"), version=version), tmp_path
    )
    question = imported.questions["sporsmal"]
    assert question.type == "multiple"
    assert _right(question) == ["a", "c"]
    assert imported.codes == ["LM678"]  # all or nothing there, each part here


# What is right is what scores best, however the item says so. Each row: declaration, processing, right answers.
_KEYS = {
    "the mapping": (response(points=entry("A", "0") + entry("B", "2")), MAP, ["b"]),
    "a partial answer is not right": (response(points=entry("A", "0.5") + entry("B", "1")), MAP, ["b"]),
    "a negative answer is not right": (response(points=entry("A", "-1") + entry("C", "1")), MAP, ["c"]),
    "no processing": (response("C"), "", ["c"]),
    "empty processing": (response("C"), "<responseProcessing/>", ["c"]),
    "a condition": (response("B"), _own(_if(_is(), "3")), ["b"]),
    "a condition against a value": (response(), _own(_if(_is(value="C"), "1")), ["c"]),
    "or": (response(), _own(_if(f"<or>{_is(value='B')}<not><isNull><variable identifier='RESPONSE'/></isNull></not></or>", "0"), _if(_is(value="A"), "1")), ["a"]),
    "not": (response(), _own(_if(f"<not><or>{_is(value='A')}{_is(value='B')}</or></not>", "1")), ["c"]),
    "else": (response(), _own(_if(_is(value="A"), "0", otherwise='<responseElseIf>' + _is(value="B") + '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseElseIf><responseElse><setOutcomeValue identifier="SCORE"><baseValue baseType="float">-1</baseValue></setOutcomeValue></responseElse>')), ["b"]),
    "the best of several": (response(), _own(_if(_is(value="A"), "1"), _if(_is(value="B"), "2")), ["b"]),
    "added points": (response("A"), _own(_if(_is(), "1", add=True), _if(_is(value="A"), "1", add=True), _if(_is(value="B"), "1", add=True)), ["a"]),
    "member of a list": (response(), _own(_if('<member><variable identifier="RESPONSE"/><multiple><baseValue baseType="identifier">B</baseValue></multiple></member>', "1")), ["b"]),
}  # fmt: skip


@pytest.mark.parametrize("name", _KEYS)
def test_right_is_what_scores_best(name: str, tmp_path: Path) -> None:
    declaration, processing, right = _KEYS[name]
    assert _right(_one(item(choice("a", "b", "c"), declaration, processing), tmp_path)) == right


_SEVERAL = {
    "all positive ones together": (response(cardinality="multiple", points=entry("A", "1") + entry("B", "1") + entry("C", "-1")), MAP, ["a", "b"]),
    "one that gives nothing is wrong": (response(["A", "B"], cardinality="multiple", points=entry("A", "1") + entry("B", "1")), MAP, ["a", "b"]),
    "each with its own condition": (response(["A", "C"], cardinality="multiple"), _own(*[_if(f'<member><baseValue baseType="identifier">{key}</baseValue><variable identifier="RESPONSE"/></member>', points, add=True) for key, points in (("A", "1"), ("B", "-1"), ("C", "1"))]), ["a", "c"]),
}  # fmt: skip


@pytest.mark.parametrize("name", _SEVERAL)
def test_several_right_are_those_that_score_best_together(name: str, tmp_path: Path) -> None:
    declaration, processing, right = _SEVERAL[name]
    assert _right(_one(item(choice("a", "b", "c", most="0"), declaration, processing), tmp_path)) == right


# What can't be decided is never guessed. Each row: code, declaration, processing, most choices.
_UNDECIDED = {
    "nothing is declared": ("LM671", response(), MATCH, "1"),
    "no answer gives points": ("LM671", response(points=entry("A", "0") + entry("B", "-1")), MAP, "1"),
    "an unknown template": ("LM672", response("A"), '<responseProcessing template="https://x.example/own_rules"/>', "1"),
    "an operator of a vendor": ("LM672", response("A"), _own(_if('<customOperator class="x"><variable identifier="RESPONSE"/></customOperator>', "1")), "1"),
    "random values": ("LM672", response("A"), _own(_if('<lt><randomFloat min="0" max="1"/><baseValue baseType="float">0.5</baseValue></lt>', "1")), "1"),
    "the points go to another": ("LM673", response("A"), _own(_if(_is(value="B"), "1")), "1"),
    "any two of three": ("LM675", response(cardinality="multiple"), _own(_if('<gte><containerSize><variable identifier="RESPONSE"/></containerSize><baseValue baseType="integer">2</baseValue></gte>', "1")), "0"),
}  # fmt: skip


@pytest.mark.parametrize("name", _UNDECIDED)
def test_what_is_not_decided_stops_the_build_and_says_why(name: str, tmp_path: Path) -> None:
    code, declaration, processing, most = _UNDECIDED[name]
    imported = _import(item(choice("a", "b", "c", most=most), declaration, processing), tmp_path)
    assert imported.questions == {}
    assert [problem.code for problem in imported.findings] == [code]
    (block,) = _blocks(imported, Unfinished)
    assert isinstance(block, Unfinished)
    assert "Spørsmål én" in block.text and "[C] c" in block.text
    assert block.reason


def test_what_is_not_decided_about_feedback_is_no_reason_to_drop_the_question(tmp_path: Path) -> None:
    rule = '<responseCondition><responseIf><customOperator class="x"/><setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">f</baseValue></setOutcomeValue></responseIf></responseCondition>'
    outcomes = SCORE + '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    content = item(choice("a", "b"), response("A"), _own(_if(_is(), "1"), rule), outcomes=outcomes)
    assert _right(_one(content, tmp_path)) == ["a"]


@pytest.mark.parametrize("version", _VERSIONS)
def test_typed_answers(version: str, tmp_path: Path) -> None:
    body = '<p>Hva heter loven?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    points = entry("arbeidsmiljøloven", "1") + entry("aml", "1") + entry("loven", "0.5")
    imported = _import(item(body, response("aml", kind="string", points=points), MAP, version=version), tmp_path)
    question = imported.questions["sporsmal"]
    assert isinstance(question, ShortText)
    assert question.prompt.plain == "Hva heter loven?"
    assert sorted(question.accepted) == ["aml", "arbeidsmiljøloven"]
    assert [problem.values["what"] for problem in imported.findings if problem.code == "LM624"] == ["loven"]


def test_a_case_that_counts_is_named(tmp_path: Path) -> None:
    body = '<p>Hva?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    imported = _import(item(body, response(kind="string", points=entry("Oslo", "1", exact="true")), MAP), tmp_path)
    assert [problem.values["what"] for problem in imported.findings] == ["caseSensitive"]


_EQUAL = (
    '<equal toleranceMode="{}" tolerance="{}"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
)
_BETWEEN = '<and><{}><variable identifier="RESPONSE"/><baseValue baseType="float">{}</baseValue></{}><{}><variable identifier="RESPONSE"/><baseValue baseType="float">{}</baseValue></{}></and>'
_NUMBERS = {
    "exact": (response("18", kind="integer"), MATCH, "18", "18", []),
    "absolute": (response("10", kind="float"), _own(_if(_EQUAL.format("absolute", "0.5 0.5"), "1")), "9.5", "10.5", []),
    "relative": (response("200", kind="float"), _own(_if(_EQUAL.format("relative", "10"), "1")), "180", "220", []),
    "between": (response(kind="float"), _own(_if(_BETWEEN.format("gte", "3", "gte", "lte", "4", "lte"), "1")), "3", "4", []),
    "open": (response(kind="float"), _own(_if(_BETWEEN.format("gt", "3", "gt", "lte", "4", "lte"), "1")), "3", "4", ["LM629"]),
    "small": (response("0.00001", kind="float"), MATCH, "0.00001", "0.00001", []),
    "exponent": (response("1.5E-3", kind="float"), MATCH, "0.0015", "0.0015", []),
}  # fmt: skip


@pytest.mark.parametrize("name", _NUMBERS)
def test_numbers(name: str, tmp_path: Path) -> None:
    declaration, processing, low, high, codes = _NUMBERS[name]
    body = '<p>Hvor mange?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    imported = _import(item(body, declaration, processing), tmp_path)
    question = imported.questions["sporsmal"]
    assert isinstance(question, Numeric)
    assert (question.low, question.high) == (Decimal(low), Decimal(high))
    assert imported.codes == codes


def _gap_item(version: str) -> bytes:
    body = (
        '<p>Plikten står i § <textEntryInteraction responseIdentifier="R1"/> og gjelder '
        '<inlineChoiceInteraction responseIdentifier="R2" shuffle="false"><inlineChoice identifier="A">noen</inlineChoice>'
        '<inlineChoice identifier="B">alle</inlineChoice></inlineChoiceInteraction>.</p>'
    )
    declarations = response("196", kind="string", ident="R1") + response("B", ident="R2")
    processing = _own(_if(_is("R1"), "1", add=True), _if(_is("R2"), "1", add=True))
    return item(body, declarations, processing, version=version)


@pytest.mark.parametrize("version", _VERSIONS)
def test_gaps_and_menus_in_one_text(version: str, tmp_path: Path) -> None:
    imported = _import(_gap_item(version), tmp_path)
    question = imported.questions["sporsmal"]
    assert isinstance(question, Gaps)
    assert question.points == 2
    assert question.gaps[0].accepted == ("196",)
    assert [(option.text.plain, option.is_right) for option in question.gaps[1].options] == [
        ("noen", False),
        ("alle", True),
    ]
    assert question.body.plain == "Plikten står i § og gjelder ."
    assert imported.codes == []


@pytest.mark.parametrize("version", _VERSIONS)
def test_words_dragged_into_a_text_become_menus(version: str, tmp_path: Path) -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false"><prompt>Fyll inn.</prompt>'
        '<gapText identifier="P" matchMax="1">politiet</gapText><gapText identifier="L" matchMax="1">legen</gapText>'
        '<gapText identifier="S" matchMax="1">skolen</gapText>'
        '<p>Ring <gap identifier="G1"/> ved fare og <gap identifier="G2"/> ved sykdom.</p></gapMatchInteraction>'
    )
    declaration = response(["P G1", "L G2"], cardinality="multiple", kind="directedPair")
    question = _one(item(body, declaration, version=version), tmp_path)
    assert isinstance(question, Gaps)
    assert question.prompt.plain == "Fyll inn."
    assert [next(o.text.plain for o in gap.options if o.is_right) for gap in question.gaps] == ["politiet", "legen"]
    assert [len(gap.options) for gap in question.gaps] == [3, 3]


def _match_item(version: str, right: list[str], *, processing: str = MATCH, most: str = "1") -> bytes:
    row = '<simpleAssociableChoice identifier="{}" matchMax="{}">{}</simpleAssociableChoice>'
    lefts = "".join(row.format(ident, most, text) for ident, text in (("L1", "Politiet"), ("L2", "Legen")))
    rights = "".join(
        row.format(ident, "0", text) for ident, text in (("R1", "Etterforsker"), ("R2", "Behandler"), ("R3", "Dømmer"))
    )
    body = (
        '<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="0"><prompt>Koble.</prompt>'
        f"<simpleMatchSet>{lefts}</simpleMatchSet><simpleMatchSet>{rights}</simpleMatchSet></matchInteraction>"
    )
    return item(body, response(right, cardinality="multiple", kind="directedPair"), processing, version=version)


@pytest.mark.parametrize("version", _VERSIONS)
def test_pairs(version: str, tmp_path: Path) -> None:
    question = _one(_match_item(version, ["L1 R1", "L2 R2"]), tmp_path)
    assert isinstance(question, Matching)
    pairs = [(pair.left.plain if pair.left else None, pair.right.plain) for pair in question.pairs]
    assert pairs == [("Politiet", "Etterforsker"), ("Legen", "Behandler"), (None, "Dømmer")]


def test_categories_on_the_left_are_turned(tmp_path: Path) -> None:
    content = _match_item("2.1", ["L1 R1", "L1 R3", "L2 R2"], most="0")
    (tmp_path / "item.xml").write_bytes(content)
    _, draft = read_file(tmp_path / "item.xml")
    (question,) = draft.modules[0].pages[0].blocks[0].questions  # type: ignore[attr-defined]
    pairs = [(pair.left.plain, pair.right.plain) for pair in question.pairs]
    assert pairs == [("Etterforsker", "Politiet"), ("Behandler", "Legen"), ("Dømmer", "Politiet")]


def test_a_left_side_with_two_right_ones_or_none_is_left_to_a_person(tmp_path: Path) -> None:
    imported = _import(_match_item("2.1", ["L1 R1", "L1 R2"], most="0"), tmp_path)
    assert imported.codes == ["LM675"]
    assert imported.questions == {}


@pytest.mark.parametrize("version", _VERSIONS)
def test_the_right_order(version: str, tmp_path: Path) -> None:
    rows = "".join(
        f'<simpleChoice identifier="{key}">{text}</simpleChoice>'
        for key, text in (("A", "Meld fra"), ("B", "Lytt"), ("C", "Drøft"))
    )
    body = f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Hva først?</prompt>{rows}</orderInteraction>'
    question = _one(item(body, response(["B", "C", "A"], cardinality="ordered"), version=version), tmp_path)
    assert isinstance(question, Ordering)
    assert [step.text.plain for step in question.items] == ["Lytt", "Drøft", "Meld fra"]


def _package(
    entries: dict[str, str | bytes], folder: Path, *, version: str = "2.1", listed: list[str] | None = None
) -> Path:
    names = listed or [name for name in entries if name.endswith(".xml")]
    kind = {"2.1": "xmlv2p1", "2.2": "xmlv2p2", "3.0": "xmlv3p0"}[version]
    resources = "".join(
        f'<resource identifier="r{at}" type="imsqti_item_{kind}" href="{name}"><file href="{name}"/></resource>'
        for at, name in enumerate(names)
    )
    manifest = f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/><resources>{resources}</resources></manifest>'
    return zipped(folder / "bank.zip", {"imsmanifest.xml": manifest, **entries})


def _spots(*choices: str, most: str = "1") -> str:
    return (
        f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>Hvor er utgangen?</prompt>'
        f'<object type="image/png" data="kart%20over.png" width="200" height="100">Et kart</object>{"".join(choices)}</hotspotInteraction>'
    )


@pytest.mark.parametrize("version", _VERSIONS)
def test_areas_of_an_image(version: str, tmp_path: Path) -> None:
    rect = '<hotspotChoice identifier="A" shape="rect" coords="20,10,60,30" hotspotLabel="Døra"/>'
    circle = '<hotspotChoice identifier="B" shape="circle" coords="100,50,20" hotspotLabel="Vinduet"/>'
    content = item(_spots(rect, circle), response("A"), version=version)
    imported = import_file(
        _package({"del/i.xml": content, "del/kart over.png": _PNG}, tmp_path, version=version), tmp_path / "kurs"
    )
    question = imported.questions["sporsmal"]
    assert isinstance(question, Hotspot)
    assert (question.picture, question.alt) == ("media/kart-over.png", "Et kart")
    places = [(spot.text.plain, spot.is_right, spot.x, spot.y, spot.width, spot.height) for spot in question.spots]
    assert places == [("Døra", True, 10, 10, 20, 20), ("Vinduet", False, 40, 30, 20, 40)]
    assert imported.codes == ["LM677"]


def test_areas_without_names_are_numbered_and_said(tmp_path: Path) -> None:
    spots = [
        f'<hotspotChoice identifier="{key}" shape="rect" coords="{x},0,{x + 10},10"/>'
        for key, x in (("A", 0), ("B", 50))
    ]
    imported = import_file(
        _package({"i.xml": item(_spots(*spots), response("B")), "kart over.png": _PNG}, tmp_path), tmp_path / "kurs"
    )
    question = imported.questions["sporsmal"]
    assert isinstance(question, Hotspot)
    assert [spot.text.plain for spot in question.spots] == ["Område 1", "Område 2"]
    assert imported.codes == ["LM674"]


def test_a_polygon_is_left_to_a_person(tmp_path: Path) -> None:
    poly = '<hotspotChoice identifier="A" shape="poly" coords="0,0,10,0,10,10"/>'
    rect = '<hotspotChoice identifier="B" shape="rect" coords="20,10,60,30"/>'
    imported = import_file(
        _package({"i.xml": item(_spots(poly, rect), response("A")), "kart over.png": _PNG}, tmp_path), tmp_path / "kurs"
    )
    assert imported.codes == ["LM676"]


def test_a_written_text_becomes_a_reflection_without_its_model_answer(tmp_path: Path) -> None:
    body = (
        '<rubricBlock view="scorer"><p>Fasit: ring 112.</p></rubricBlock>'
        '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Hva ville du gjort?</prompt></extendedTextInteraction>'
    )
    imported = _import(item(body, response("Ring 112", kind="string"), ""), tmp_path)
    (block,) = _blocks(imported, Reflection)
    assert isinstance(block, Reflection)
    assert block.text.plain == "Hva ville du gjort?"
    assert "112" not in imported.module
    assert imported.codes == ["LM624", "LM626", "LM679"]


_SLIDER = '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="10"><prompt>Hvor mye?</prompt></sliderInteraction>'
_OBJECT = '<object type="image/png" data="a.png"/>'
_NAMED = {
    "sliderInteraction": (_SLIDER, response("5", kind="integer")),
    "uploadInteraction": ('<uploadInteraction responseIdentifier="RESPONSE"><prompt>Last opp.</prompt></uploadInteraction>', response(kind="file")),
    "hottextInteraction": ('<hottextInteraction responseIdentifier="RESPONSE" maxChoices="1"><p>Finn <hottext identifier="A">feilen</hottext>.</p></hottextInteraction>', response("A")),
    "associateInteraction": ('<associateInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="1"><simpleAssociableChoice identifier="A" matchMax="1">a</simpleAssociableChoice><simpleAssociableChoice identifier="B" matchMax="1">b</simpleAssociableChoice></associateInteraction>', response("A B", kind="pair", cardinality="multiple")),
    "selectPointInteraction": (f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1">{_OBJECT}</selectPointInteraction>', response("1 1", kind="point")),
    "drawingInteraction": (f'<drawingInteraction responseIdentifier="RESPONSE">{_OBJECT}</drawingInteraction>', response(kind="file")),
}  # fmt: skip


@pytest.mark.parametrize("kind", _NAMED)
def test_a_type_without_a_like_is_named_and_stops_the_build(kind: str, tmp_path: Path) -> None:
    body, declaration = _NAMED[kind]
    imported = _import(item(body, declaration, ""), tmp_path)
    found = [problem for problem in imported.findings if problem.code == "LM620"]
    assert [problem.values["kind"] for problem in found] == [kind]
    assert len(_blocks(imported, Unfinished)) == 1


def test_feedback_follows_its_option_or_the_explanation(tmp_path: Path) -> None:
    outcomes = SCORE + '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    processing = _own(
        _if(_is(), "1"), '<setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue>'
    )
    modal = "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{key}" showHide="show">{text}</modalFeedback>'
        for key, text in (("A", "Ja, alle."), ("B", "Nei."))
    )
    inline = 'b<feedbackInline outcomeIdentifier="FEEDBACK" identifier="B" showHide="show"> Les § 2 A.</feedbackInline>'
    body = (
        choice("a", inline)
        + '<feedbackBlock outcomeIdentifier="FEEDBACK" identifier="X" showHide="show"><p>Se loven.</p></feedbackBlock>'
    )
    imported = _import(item(body, response("A"), processing, outcomes=outcomes, after=modal), tmp_path)
    question = imported.questions["sporsmal"]
    assert isinstance(question, ChoiceQuestion)
    assert [option.text.plain for option in question.options] == ["a", "b"]
    assert [option.feedback.plain if option.feedback else "" for option in question.options] == [
        "Ja, alle.",
        "Les § 2 A.Nei.",
    ]
    assert question.explanation is not None and question.explanation.plain == "Se loven."
    assert imported.codes == ["LM625"]


def test_feedback_to_right_and_wrong_goes_to_the_options(tmp_path: Path) -> None:
    outcomes = SCORE + '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    say = '<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">{}</baseValue></setOutcomeValue>'
    rule = f"<responseCondition><responseIf>{_is()}{say.format('good')}</responseIf><responseElse>{say.format('bad')}</responseElse></responseCondition>"
    modal = "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{key}" showHide="show">{text}</modalFeedback>'
        for key, text in (("good", "Bra!"), ("bad", "Prøv igjen."), ("feedback_unanswered", "Du svarte ikke."))
    )
    imported = _import(
        item(choice("a", "b", "c"), response("B"), _own(_if(_is(), "1"), rule), outcomes=outcomes, after=modal),
        tmp_path,
    )
    question = imported.questions["sporsmal"]
    assert isinstance(question, ChoiceQuestion)
    assert [option.feedback.plain if option.feedback else "" for option in question.options] == [
        "Prøv igjen.",
        "Bra!",
        "Prøv igjen.",
    ]
    assert [problem.values["what"] for problem in imported.findings] == ["feedback_unanswered: Du svarte ikke."]


_MAXSCORE = '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>4</value></defaultValue></outcomeDeclaration>'
_POINTS = {
    "the template gives 1": (SCORE, MATCH, "1"),
    "MAXSCORE": (SCORE + _MAXSCORE, MATCH, "4"),
    "normalMaximum": ('<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="3"/>', MATCH, "3"),
    "its own processing": (SCORE, _own(_if(_is(), "2.5")), "2.5"),
    "MAXSCORE set by the processing": (SCORE + _MAXSCORE, _own(f'<responseCondition><responseIf>{_is()}<setOutcomeValue identifier="SCORE"><variable identifier="MAXSCORE"/></setOutcomeValue></responseIf></responseCondition>'), "4"),
}  # fmt: skip


@pytest.mark.parametrize("name", _POINTS)
def test_points(name: str, tmp_path: Path) -> None:
    outcomes, processing, points = _POINTS[name]
    assert _one(item(choice("a", "b"), response("A"), processing, outcomes=outcomes), tmp_path).points == Decimal(
        points
    )


def test_feedback_to_right_and_wrong_typed_answers_is_kept_apart(tmp_path: Path) -> None:
    outcomes = SCORE + '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    say = '<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">{}</baseValue></setOutcomeValue>'
    rule = f"<responseCondition><responseIf>{_is()}{say.format('good')}</responseIf><responseElse>{say.format('bad')}</responseElse></responseCondition>"
    modal = "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{key}" showHide="show">{text}</modalFeedback>'
        for key, text in (("good", "Bra!"), ("bad", "Prøv igjen."))
    )
    body = '<p>Hva?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    imported = _import(
        item(body, response("18", kind="integer"), _own(_if(_is(), "1"), rule), outcomes=outcomes, after=modal),
        tmp_path,
    )
    explanation = imported.questions["sporsmal"].explanation
    assert explanation is not None and explanation.plain == "Riktig svar: Bra!Feil svar: Prøv igjen."
    assert imported.codes == ["LM625"]


def test_constants_of_inspera_are_used(tmp_path: Path) -> None:
    constant = '<templateDeclaration identifier="SCORE_EACH_CORRECT" cardinality="single" baseType="float"><defaultValue><value>2</value></defaultValue></templateDeclaration>'
    rule = f'<responseCondition><responseIf>{_is()}<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><variable identifier="SCORE_EACH_CORRECT"/></sum></setOutcomeValue></responseIf></responseCondition>'
    question = _one(item(choice("a", "b"), response("B"), _own(rule), outcomes=SCORE + constant), tmp_path)
    assert (_right(question), question.points) == (["b"], 2)


def test_values_that_are_drawn_are_left_to_a_person(tmp_path: Path) -> None:
    template = '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/><templateProcessing><setTemplateValue identifier="X"><randomInteger min="1" max="9"/></setTemplateValue></templateProcessing>'
    imported = _import(item(choice("a", "b"), response("A"), outcomes=SCORE + template), tmp_path)
    assert imported.codes == ["LM672"]
    assert imported.questions == {}


def test_several_tasks_become_several_questions_with_their_share_of_the_points(tmp_path: Path) -> None:
    second = choice("ja", "nei", prompt="Gjelder den alle?").replace('"RESPONSE"', '"R2"')
    processing = _own(_if(_is(), "1", add=True), _if(_is("R2"), "1", add=True))
    imported = _import(
        item(choice("a", "b") + "<p>Så:</p>" + second, response("A") + response("A", ident="R2"), processing), tmp_path
    )
    assert [(key, question.points, _right(question)) for key, question in imported.questions.items()] == [
        ("sporsmal-1", 1, ["a"]),
        ("sporsmal-2", 1, ["ja"]),
    ]
    assert imported.codes == ["LM670"]


@pytest.mark.parametrize("version", _VERSIONS)
def test_images_and_films_of_the_zip_are_taken(version: str, tmp_path: Path) -> None:
    body = (
        '<p><img src="../bilder/a%20b.png" alt="Et skilt"/></p><p><img src="borte.png" alt="Borte"/></p>'
        '<div><object type="video/mp4" data="film.mp4"/></div>'
        + choice('<img src="../bilder/100%.png" alt="En dør"/>', "Ingen")
    )
    film = b"\x00\x00\x00\x18ftypmp42" + bytes(16)
    entries: dict[str, str | bytes] = {
        "items/i.xml": item(body, response("A"), version=version, valid=False), "bilder/a b.png": _PNG, "bilder/100%.png": _PNG + b"1", "items/film.mp4": film,
    }  # fmt: skip
    imported = import_file(_package(entries, tmp_path, version=version), tmp_path / "kurs")
    assert sorted(path.name for path in (tmp_path / "kurs" / "media").iterdir()) == ["100.png", "a-b.png", "film.mp4"]
    assert "![Et skilt](media/a-b.png)" in imported.module
    assert "- (x) ![En dør](media/100.png)" in imported.module
    assert [problem.values["file"] for problem in imported.findings if problem.code == "LM638"] == ["borte.png"]
    assert len(_blocks(imported, Film)) == 1


def test_math_is_written_in_letters_and_said(tmp_path: Path) -> None:
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math>'
    imported = _import(item(f"<p>Hva er {math}?</p>" + choice("a", "b", prompt="Velg."), response("A")), tmp_path)
    assert imported.questions["sporsmal"].prompt.html == "Hva er x<sup>2</sup> = 1/(a + b)?"
    assert imported.codes == ["LM636"]


def _test_package(folder: Path, version: str) -> Path:
    test = in_version(
        '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t" title="Kurs i varsling">'
        '<testPart identifier="p" navigationMode="linear" submissionMode="individual"><itemSessionControl maxAttempts="2"/>'
        '<assessmentSection identifier="s1" title="Del én" visible="true"><rubricBlock view="candidate"><p>Les nøye.</p></rubricBlock>'
        '<assessmentItemRef identifier="i2" href="i2.xml"><weight identifier="W" value="3"/></assessmentItemRef></assessmentSection>'
        '<assessmentSection identifier="s2" title="Del to" visible="true"><selection select="1"/><ordering shuffle="true"/>'
        '<assessmentItemRef identifier="i1" href="i1.xml"/><assessmentItemRef identifier="i3" href="i3.xml"/>'
        '<assessmentItemRef identifier="i4" href="borte.xml"/></assessmentSection></testPart></assessmentTest>',
        version,
    )
    items: dict[str, str | bytes] = {
        f"i{number}.xml": item(
            choice("a", "b", prompt=f"Spørsmål {number}?"),
            response("A"),
            ident=f"s{number}",
            title=f"S{number}",
            version=version,
        )
        for number in (1, 2, 3, 5)
    }
    return _package({"test.xml": test, **items}, folder, version=version)


@pytest.mark.parametrize("version", _VERSIONS)
def test_a_test_becomes_a_module_with_its_sections_as_pages(version: str, tmp_path: Path) -> None:
    imported = import_file(_test_package(tmp_path, version), tmp_path / "kurs")
    first, rest = imported.course.modules
    assert first.title == "Kurs i varsling"
    assert [page.title.plain for page in first.pages] == ["Del én", "Del to"]
    quizzes = [block for page in first.pages for block in page.blocks if hasattr(block, "questions")]
    assert [([question.id for question in quiz.questions], quiz.draw, quiz.attempts) for quiz in quizzes] == [
        (["s2"], None, 2),
        (["s1", "s3"], 1, 2),
    ]
    assert quizzes[0].questions[0].points == 3
    assert [question.id for page in rest.pages for block in page.blocks for question in block.questions] == ["s5"]
    assert "Les nøye." in imported.module
    assert imported.codes == ["LM630", "LM638"]


def test_a_stimulus_of_qti_3_comes_before_its_item_once(tmp_path: Path) -> None:
    stimulus = in_version(
        '<assessmentStimulus xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="st" title="Sak"><stimulusBody><p>Amina er 15 år.</p></stimulusBody></assessmentStimulus>',
        "3.0",
    )
    reference = '<assessmentStimulusRef identifier="st" href="st.xml"/>'
    items: dict[str, str | bytes] = {
        f"i{at}.xml": item(choice("a", "b"), response("A"), ident=f"i{at}", outcomes=SCORE + reference, version="3.0")
        for at in (1, 2)
    }
    imported = import_file(_package({**items, "st.xml": stimulus}, tmp_path, version="3.0"), tmp_path / "kurs")
    assert imported.module.count("Amina er 15 år.") == 1
    assert list(imported.questions) == ["i1", "i2"]


@pytest.mark.parametrize("folder", ["", "eksport/"])
def test_a_zip_is_known_with_a_manifest_in_a_folder_and_without_any(folder: str, tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", {f"{folder}a.xml": item(choice("a", "b"), response("A"), version="2.2")})
    assert import_file(file, tmp_path / "kurs").format == "qti2"
    if folder:
        content = _package({"i.xml": item(choice("a", "b"), response("B"))}, tmp_path)
        from zipfile import ZipFile

        with ZipFile(content) as archive:
            moved = {f"{folder}{name}": archive.read(name) for name in archive.namelist()}
        assert import_file(zipped(tmp_path / "y.zip", dict(moved)), tmp_path / "kurs2").format == "qti2"


def test_shuffling_is_kept_when_it_is_the_same_everywhere(tmp_path: Path) -> None:
    shuffled = choice("a", "b").replace('shuffle="false"', 'shuffle="true"')
    entries: dict[str, str | bytes] = {f"i{at}.xml": item(shuffled, response("A"), ident=f"i{at}") for at in (1, 2)}
    both = import_file(_package(entries, tmp_path), tmp_path / "kurs")
    assert "stokk: ja" in both.module
    mixed = {**entries, "i3.xml": item(choice("a", "b"), response("A"), ident="i3")}
    some = import_file(_package(mixed, tmp_path), tmp_path / "kurs2")
    assert "stokk" not in some.module
    assert [problem.values["what"] for problem in some.findings] == ["shuffle", "shuffle"]


def test_an_item_and_its_conversion_to_qti_3_give_the_same_course(tmp_path: Path) -> None:
    # qti30.xml is qti21.xml as another program, Citolab's qti-convert 0.2.0, writes it in QTI 3.
    old, new = (import_file(FILES / f"{name}.xml", tmp_path / name) for name in ("qti21", "qti30"))
    assert old.questions == new.questions
    assert old.module.replace("qti21", "") == new.module.replace("qti30", "")
    assert old.codes == new.codes
    assert len(old.questions) == 5


def test_declared_language_is_used(tmp_path: Path) -> None:
    content = item(choice("a", "b"), response("A")).replace(b'title="', b'xml:lang="nn-NO" title="', 1)
    assert _import(content, tmp_path).course.languages == ("nn",)


def test_feedback_to_every_answer_is_the_explanation(tmp_path: Path) -> None:
    outcomes = (
        SCORE
        + '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"><defaultValue><value>G</value></defaultValue></outcomeDeclaration>'
    )
    modal = (
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="G" showHide="show">Loven gjelder alle.</modalFeedback>'
    )
    imported = _import(item(choice("a", "b"), response("A"), outcomes=outcomes, after=modal), tmp_path)
    explanation = imported.questions["sporsmal"].explanation
    assert explanation is not None and explanation.plain == "Loven gjelder alle."
    assert imported.codes == []


def test_an_adaptive_item_is_left_to_a_person(tmp_path: Path) -> None:
    content = item(choice("a", "b"), response("A")).replace(b'adaptive="false"', b'adaptive="true"')
    imported = _import(content, tmp_path)
    assert [problem.values["what"] for problem in imported.findings] == ["adaptive"]


def test_an_answer_that_may_stand_in_more_text_is_said(tmp_path: Path) -> None:
    body = '<p>Hva?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    test = '<substring caseSensitive="false"><baseValue baseType="string">vern</baseValue><variable identifier="RESPONSE"/></substring>'
    imported = _import(item(body, response(kind="string"), _own(_if(test, "1"))), tmp_path)
    assert isinstance(imported.questions["sporsmal"], ShortText)
    assert [problem.values["what"] for problem in imported.findings if problem.code == "LM624"] == ["*vern*"]


def test_an_image_that_is_missing_is_the_reason(tmp_path: Path) -> None:
    spots = [
        f'<hotspotChoice identifier="{key}" shape="rect" coords="{x},0,{x + 10},10"/>'
        for key, x in (("A", 0), ("B", 50))
    ]
    imported = _import(item(_spots(*spots), response("A")), tmp_path)
    assert set(imported.codes) == {"LM638"}
    (block,) = _blocks(imported, Unfinished)
    assert isinstance(block, Unfinished)
    assert "kart over.png" in block.reason


@pytest.mark.parametrize(
    "around",
    [
        "<blockquote><p>{}</p></blockquote>",
        "<table><tbody><tr><td>a</td><td>{}</td></tr></tbody></table>",
        "<ul><li>{}</li><li>b</li></ul>",
    ],
)
def test_a_gap_in_a_quote_a_table_or_a_list_is_kept(around: str, tmp_path: Path) -> None:
    body = "<p>Fyll inn.</p>" + around.format('Ring <textEntryInteraction responseIdentifier="RESPONSE"/> nå.')
    question = _one(item(body, response("112", kind="string")), tmp_path)
    assert isinstance(question, Gaps)
    assert question.gaps[0].accepted == ("112",)


def test_parts_with_unequal_points_are_said(tmp_path: Path) -> None:
    points = entry("A", "1") + entry("B", "3")
    imported = _import(
        item(choice("a", "b", "c", most="0"), response(cardinality="multiple", points=points), MAP), tmp_path
    )
    assert "LM623" in imported.codes
    assert imported.questions["sporsmal"].points == 4


def test_two_right_in_a_menu_are_left_to_a_person(tmp_path: Path) -> None:
    body = '<p>Ring <inlineChoiceInteraction responseIdentifier="RESPONSE" shuffle="false"><inlineChoice identifier="A">a</inlineChoice><inlineChoice identifier="B">b</inlineChoice></inlineChoiceInteraction> nå.</p>'
    imported = _import(item(body, response(points=entry("A", "1") + entry("B", "1")), MAP), tmp_path)
    assert imported.codes == ["LM675"]


def test_a_declared_response_without_an_interaction_is_not_taken_for_a_text(tmp_path: Path) -> None:
    imported = _import(item("<p>Fyll inn <strong>her</strong>.</p>", response("x", kind="string")), tmp_path)
    assert imported.codes == ["LM620"]
    assert len(_blocks(imported, Unfinished)) == 1


def test_private_signs_of_the_import_in_a_document_mean_nothing(tmp_path: Path) -> None:
    content = item(choice("a\ue000\ue001", "b", prompt="Hva?\ue010\ue011"), response("A"))
    assert _right(_one(content, tmp_path)) == ["a"]
