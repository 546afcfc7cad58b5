# ruff: noqa: E501  # XML on one line, as exports have it
"""The right answers of a QTI 1.2 item are those of the response that its conditions give the most points for.

The expected answers are worked out by hand from IMS QTI: ASI XML Binding 1.2, 3.5 (resprocessing).
"""

from pathlib import Path

import pytest

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.folder import make_folder
from lokaltmot_lms.model import ChoiceQuestion, Gaps, Matching, Numeric, Ordering, Quiz, ShortText, Unfinished

from .imported import Imported, import_file


def _label(ident: str, text: str) -> str:
    return f'<response_label ident="{ident}"><material><mattext>{text}</mattext></material></response_label>'


def _options(*texts: str, cardinality: str = "Single", ident: str = "svar") -> str:
    labels = "".join(_label(chr(97 + at), text) for at, text in enumerate(texts))
    return f'<response_lid ident="{ident}" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'


def _equal(value: str, ident: str = "svar") -> str:
    return f'<varequal respident="{ident}">{value}</varequal>'


def _rule(test: str, points: str, action: str = "Set", more: str = "") -> str:
    return (
        f"<respcondition{more}><conditionvar>{test}</conditionvar>"
        f'<setvar varname="SCORE" action="{action}">{points}</setvar></respcondition>'
    )


def _item(responses: str, rules: str, text: str = "Hva stemmer?", meta: str = "") -> str:
    return (
        f'<item ident="i1" title="Oppgave"><itemmetadata>{meta}</itemmetadata><presentation><material><mattext>{text}</mattext>'
        f'</material>{responses}</presentation><resprocessing><outcomes><decvar varname="SCORE" vartype="Decimal" '
        f'defaultval="0"/></outcomes>{rules}</resprocessing></item>'
    )


def _file(folder: Path, *items: str) -> Path:
    file = folder / "bank.xml"
    file.write_text(
        f'<questestinterop><assessment ident="a" title="Prøve"><section ident="s">{"".join(items)}</section>'
        "</assessment></questestinterop>",
        "utf-8",
    )
    return file


def _imported(folder: Path, *items: str) -> Imported:
    return import_file(_file(folder, *items), folder / "kurs")


_FOUR = ("Sykle", "Gå", "Løpe", "Sove")
_ABC_NOT_D = f"<and>{_equal('a')}{_equal('b')}{_equal('c')}<not>{_equal('d')}</not></and>"


@pytest.mark.parametrize(
    ("cardinality", "rules", "right", "codes"),
    [
        # A wrong answer takes points away.
        ("Multiple", _rule(_equal("a"), "50", "Add") + _rule(_equal("b"), "-50", "Add") + _rule(_equal("c"), "50", "Add") + _rule(_equal("d"), "-50", "Add"), "ac", []),
        ("Multiple", _rule(_equal("a"), "1", "Add") + _rule(_equal("d"), "1", "Subtract"), "a", ["LM623"]),
        ("Multiple", _rule(_equal("a"), "3", "Add") + _rule(_equal("b"), "0.5", "Add") + _rule(_equal("c"), "0", "Add"), "ab", ["LM623"]),
        # All or nothing.
        ("Multiple", _rule(_ABC_NOT_D, "100"), "abc", []),
        ("Multiple", _rule(f"{_equal('b')}{_equal('d')}", "100"), "bd", []),
        ("Multiple", _rule(f"<and>{_equal('b')}<not><or>{_equal('a')}{_equal('c')}{_equal('d')}</or></not></and>", "10"), "b", []),
        ("Multiple", _rule('<varsubset respident="svar" setmatch="Exact">a,d</varsubset>', "100"), "ad", []),
        # Points for what is left unchosen: choosing it loses them.
        ("Multiple", _rule(_equal("c"), "25", "Add") + "".join(_rule(f"<not>{_equal(x)}</not>", "25", "Add") for x in "abd"), "c", []),
        # Each sets the points for itself.
        ("Multiple", _rule(_equal("a"), "100") + _rule(_equal("b"), "100"), "ab", ["LM623"]),
        # One choice: the best one is right, the others are not, whatever their points.
        ("Single", _rule(_equal("b"), "100") + _rule(_equal("c"), "40"), "b", ["LM623"]),
        ("Single", _rule(_equal("a"), "-10") + _rule(_equal("d"), "5"), "d", ["LM623"]),
        ("Single", _rule(f"<not>{_equal('c')}</not>", "0") + _rule(_equal("c"), "1"), "c", []),
        ("Single", _rule(_equal("c"), "1") + _rule("<other/>", "-1"), "c", ["LM623"]),
        ("Single", _rule(_equal("a"), "20", more=' continue="Yes"') + _rule(_equal("a"), "4", "Multiply"), "a", []),
        ("Single", _rule(_equal("a"), "90", more=' continue="Yes"') + _rule(f"<or>{_equal('a')}{_equal('b')}</or>", "0"), "", ["LM621"]),
        ("Single", _rule(_equal("d"), "SCORE.max"), "d", []),
        # Any one of two is enough.
        ("Single", _rule(_equal("a"), "100") + _rule(_equal("d"), "100"), "ad", ["LM640"]),
        ("Single", _rule(f"{_equal('a')}{_equal('b')}", "100"), "ab", ["LM640"]),
        # Nothing gives points.
        ("Single", _rule(_equal("a"), "-100") + _rule(_equal("b"), "0"), "", ["LM621"]),
        ("Multiple", _rule(_equal("a"), "-1", "Add"), "", ["LM621"]),
        # A rule that nobody knows is never guessed at.
        ("Single", _rule('<varinside respident="svar" areatype="Rectangle">1,2</varinside>', "100"), "", ["LM646"]),
        ("Single", _rule(_equal("a"), "a + b"), "", ["LM646"]),
    ],
)  # fmt: skip
def test_an_option_is_right_when_the_best_response_contains_it(
    cardinality: str, rules: str, right: str, codes: list[str], tmp_path: Path
) -> None:
    imported = _imported(tmp_path, _item(_options(*_FOUR, cardinality=cardinality), rules))
    assert imported.codes == codes
    if not right:
        assert imported.questions == {}
        (block,) = imported.course.modules[0].pages[0].blocks
        assert isinstance(block, Unfinished)
        assert block.text == "Hva stemmer?\n- Sykle\n- Gå\n- Løpe\n- Sove"
        return
    question = imported.questions["i1"]
    assert isinstance(question, ChoiceQuestion)
    assert [option.key for option in question.options if option.is_right] == list(right)
    assert question.type == ("single" if cardinality == "Single" and len(right) == 1 else "multiple")


def _counted(test: str, variable: str) -> str:
    return _rule(test, "1", "Add").replace("SCORE", variable)


@pytest.mark.parametrize("first", ["D2L_Incorrect", "D2L_Correct"])
def test_a_count_of_wrong_answers_is_not_taken_for_points(first: str, tmp_path: Path) -> None:
    right, wrong = (
        [_counted(_equal(x), "D2L_Correct") for x in "ac"],
        [_counted(_equal(x), "D2L_Incorrect") for x in "bd"],
    )
    rules = "".join(wrong + right if first == "D2L_Incorrect" else right + wrong)
    question = _imported(tmp_path, _item(_options(*_FOUR, cardinality="Multiple"), rules)).questions["i1"]
    assert isinstance(question, ChoiceQuestion)
    assert [option.is_right for option in question.options] == [True, False, True, False]


def test_questions_are_drawn_from_all_of_a_group_beside_one_that_is_not_finished(tmp_path: Path) -> None:
    item = _item(_options("Ja", "Nei"), _rule(_equal("a"), "1"))
    odd = _item('<response_xy ident="svar"/>', "")
    items = item.replace('"i1"', '"i1"') + odd.replace('"i1"', '"i2"') + item.replace('"i1"', '"i3"')
    group = (
        "<section ident='g'><selection_ordering><selection><selection_number>1</selection_number></selection>"
        f"</selection_ordering>{items}</section>"
    )
    unfinished, quiz = _imported(tmp_path, group).course.modules[0].pages[0].blocks
    assert isinstance(unfinished, Unfinished)
    assert isinstance(quiz, Quiz)
    assert (quiz.draw, [question.id for question in quiz.questions]) == (1, ["i1", "i3"])


def test_a_typed_answer_is_right_only_with_all_points(tmp_path: Path) -> None:
    rules = _rule(_equal("Bodø"), "100") + _rule(_equal("Tromsø"), "50") + _rule(_equal("Oslo"), "-100")
    imported = _imported(tmp_path, _item('<response_str ident="svar"><render_fib/></response_str>', rules))
    question = imported.questions["i1"]
    assert isinstance(question, ShortText)
    assert question.accepted == ("Bodø",)
    assert [problem.values["what"] for problem in imported.findings] == ["Tromsø"]
    assert "Oslo" not in imported.module


def test_a_number_is_right_only_with_points(tmp_path: Path) -> None:
    def within(low: str, high: str) -> str:
        return f'<vargte respident="svar">{low}</vargte><varlte respident="svar">{high}</varlte>'

    rules = _rule(within("40", "44"), "-5") + _rule(within("60", "62.5"), "10")
    imported = _imported(tmp_path, _item('<response_num ident="svar"><render_fib/></response_num>', rules))
    question = imported.questions["i1"]
    assert isinstance(question, Numeric)
    assert (str(question.low), str(question.high)) == ("60", "62.5")


def test_pairs_follow_the_points_and_may_share_a_right_side(tmp_path: Path) -> None:
    def left(ident: str, text: str) -> str:
        labels = _label("x", "Helse") + _label("y", "Skole")
        return (
            f'<response_lid ident="{ident}"><material><mattext>{text}</mattext></material>'
            f"<render_choice>{labels}</render_choice></response_lid>"
        )

    lefts = left("r1", "Lege") + left("r2", "Rektor") + left("r3", "Tannlege")
    rules = "".join(
        _rule(_equal(value, ident), points, "Add")
        for ident, value, points in (("r1", "y", "-1"), ("r1", "x", "1"), ("r2", "y", "1"), ("r3", "x", "1"))
    )
    question = _imported(tmp_path, _item(lefts, rules)).questions["i1"]
    assert isinstance(question, Matching)
    assert [(pair.left and pair.left.plain, pair.right.plain) for pair in question.pairs] == [
        ("Lege", "Helse"),
        ("Rektor", "Skole"),
        ("Tannlege", "Helse"),
    ]


def test_an_ordered_response_is_an_ordering_question(tmp_path: Path) -> None:
    order = "".join(f'<varequal respident="svar" index="{at}">{x}</varequal>' for at, x in enumerate("cab", start=1))
    responses = _options("To", "Tre", "En", cardinality="Ordered")
    question = _imported(tmp_path, _item(responses, _rule(order, "100"))).questions["i1"]
    assert isinstance(question, Ordering)
    assert [item.text.plain for item in question.items] == ["En", "To", "Tre"]


def test_several_responses_are_gaps_each_with_its_own_answers(tmp_path: Path) -> None:
    item = _item(
        '<response_str ident="r1"><render_fib/></response_str><material><mattext>og</mattext></material>'
        + _options("rød", "blå", ident="r2"),
        _rule(_equal("gul", "r1"), "50", "Add") + _rule(_equal("b", "r2"), "50", "Add"),
        text="Flagget er",
    )
    imported = _imported(tmp_path, item)
    question = imported.questions["i1"]
    assert isinstance(question, Gaps)
    assert "Flagget er [[gul]] og [[ rød | *blå* ]]" in imported.module


def test_a_hotspot_is_named_and_not_shown(tmp_path: Path) -> None:
    item = _item('<response_xy ident="svar"><render_hotspot/></response_xy>', _rule(_equal("1,1"), "100"))
    imported = _imported(tmp_path, item)
    assert imported.codes == ["LM620"]
    assert isinstance(imported.course.modules[0].pages[0].blocks[0], Unfinished)


def _blackboard(kind: str, *, right: str = "b") -> str:
    def words(text: str) -> str:
        return f'<material><mat_extension><mat_formattedtext type="HTML">{text}</mat_formattedtext></mat_extension></material>'

    labels = "".join(
        f'<flow_label class="Block"><response_label ident="{ident}"><flow_mat>{words(text)}</flow_mat></response_label></flow_label>'
        for ident, text in (("a", "Fylket"), ("b", "&lt;b&gt;Kommunen&lt;/b&gt;"), ("c", "Staten"))
    )
    return (
        f'<item title="" maxattempts="0"><itemmetadata><bbmd_questiontype>{kind}</bbmd_questiontype>'
        "<qmd_absolutescore_max>4.0</qmd_absolutescore_max></itemmetadata><presentation>"
        f'<flow class="Block"><flow class="QUESTION_BLOCK">{words("Hvem driver skolen?")}</flow><flow class="RESPONSE_BLOCK">'
        f'<response_lid ident="response" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid></flow></flow>'
        "</presentation><resprocessing><outcomes><decvar varname='SCORE' vartype='Decimal' defaultval='0'/></outcomes>"
        f'<respcondition title="correct"><conditionvar><varequal respident="response" case="No">{right}</varequal></conditionvar>'
        '<setvar variablename="SCORE" action="Set">SCORE.max</setvar></respcondition><respcondition title="incorrect">'
        '<conditionvar><other/></conditionvar><setvar variablename="SCORE" action="Set">0.0</setvar></respcondition></resprocessing></item>'
    )


def test_items_of_blackboard_are_read_or_named_as_blackboards(tmp_path: Path) -> None:
    file = _file(tmp_path, _blackboard("Multiple Choice"), _blackboard("Quiz Bowl"))
    imported = import_file(file, tmp_path / "kurs")
    (question,) = imported.questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert question.prompt.plain == "Hvem driver skolen?"
    assert question.points == 4
    assert [(option.text.plain, option.is_right) for option in question.options] == [
        ("Fylket", False),
        ("Kommunen", True),
        ("Staten", False),
    ]
    (finding,) = imported.findings
    assert (finding.code, finding.values["kind"]) == ("LM647", "Quiz Bowl")
    assert "Blackboard" in finding.message()


def test_words_of_blackboard_are_in_the_language_of_the_course(tmp_path: Path) -> None:
    item = _blackboard("Either/Or").replace("Fylket", "yes_no.yes").replace("Kommunen", "yes_no.no")
    (question,) = _imported(tmp_path, item).questions.values()
    assert isinstance(question, ChoiceQuestion)
    assert [option.text.plain for option in question.options][:1] == ["Ja"]


def test_feedback_to_right_and_wrong_answers_is_kept_apart(tmp_path: Path) -> None:
    rules = _rule(_equal("a"), "50", "Add") + _rule(_equal("b"), "50", "Add")
    item = _item(_options(*_FOUR, cardinality="Multiple"), rules).replace(
        "</item>",
        '<itemfeedback ident="correct_fb"><material><mattext>Bra!</mattext></material></itemfeedback>'
        '<itemfeedback ident="general_incorrect_fb"><material><mattext>Les på nytt.</mattext></material></itemfeedback></item>',
    )
    question = _imported(tmp_path, item).questions["i1"]
    assert question.explanation is not None
    assert question.explanation.html == "Riktig svar: Bra!<br/>Feil svar: Les på nytt."


def test_thousands_of_options_are_scored_in_linear_time(tmp_path: Path) -> None:
    texts = [f"Svar nummer {number}" for number in range(300)]
    labels = "".join(_label(f"o{at}", text) for at, text in enumerate(texts))
    response = (
        f'<response_lid ident="svar" rcardinality="Multiple"><render_choice>{labels}</render_choice></response_lid>'
    )
    rules = "".join(_rule(_equal(f"o{at}"), "1" if at % 2 else "-1", "Add") for at in range(300))
    _, draft = read_file(_file(tmp_path, _item(response, rules)))
    made = make_folder(draft, tmp_path / "kurs")
    text = (made.folder / next(name for name in made.files if name.startswith("01-"))).read_text("utf-8")
    assert text.count("- [x]") == text.count("- [ ]") == 150
