"""Questions: feedback, options that reveal the answer, and options that are too alike."""

from datetime import date
from decimal import Decimal

import pytest

from lokaltmot_lms.checks import check_course
from lokaltmot_lms.checks.feedback import check_feedback, check_pass
from lokaltmot_lms.checks.options import (
    are_alike,
    check_absolutes,
    check_likeness,
    check_longest,
    check_pointing_back,
    distance,
    longest_share,
    nearest,
    pairs_to_compare,
)
from lokaltmot_lms.errors import Severity
from lokaltmot_lms.model import Completion, Likert, Matching, Option, Pair, ShortText, Statement
from lokaltmot_lms.source import read_course

TODAY = date(2026, 11, 22)


def test_a_graded_question_without_a_reason_is_refused(make, codes):
    assert codes(check_feedback, make.with_blocks(make.quiz(make.single("x Ja", "Nei")))) == ["LM440"]


def test_an_explanation_is_a_reason(make, codes):
    question = make.single("x Ja", "Nei", explanation=make.words("Fordi."))

    assert codes(check_feedback, make.with_blocks(make.quiz(question))) == []


@pytest.mark.parametrize(("has_feedback", "expected"), [((True, True), []), ((True, False), ["LM440"])])
def test_feedback_to_every_option_is_a_reason(make, codes, has_feedback, expected):
    base = make.single("x Ja", "Nei")
    options = tuple(
        Option(
            key=option.key,
            text=option.text,
            is_right=option.is_right,
            feedback=make.words("Fordi.") if has else None,
            at=option.at,
        )
        for option, has in zip(base.options, has_feedback, strict=True)
    )
    question = type(base)(id="q", type="single", prompt=base.prompt, options=options, at=base.at)

    assert codes(check_feedback, make.with_blocks(make.quiz(question))) == expected


def test_a_typed_answer_needs_an_explanation_and_a_scale_does_not(make, codes):
    typed = ShortText(id="t", type="text", prompt=make.words("Hvem?"), accepted=("politiet",), at=make.at())
    scale = Likert(
        id="l",
        type="likert",
        prompt=make.words("Hvor enig?"),
        low="Uenig",
        high="Enig",
        steps=5,
        statements=(Statement(key="1", text=make.words("Jeg tør."), at=make.at()),),
        points=Decimal(0),
        at=make.at(),
    )

    assert codes(check_feedback, make.with_blocks(make.quiz(typed, scale))) == ["LM440"]
    assert codes(check_feedback, make.with_blocks(make.quiz(scale))) == []


def test_a_pass_that_nobody_can_reach_is_refused(make, codes):
    completion = Completion(passed_quiz=True)
    ungraded = make.quiz(make.single("x Ja", "Nei", points=Decimal(0)))
    graded = make.quiz(make.single("x Ja", "Nei"))

    assert codes(check_pass, make.course(make.module(make.page(ungraded), completion=completion))) == ["LM447"]
    assert codes(check_pass, make.course(make.module(make.page(graded), completion=completion))) == []
    assert codes(check_pass, make.course(make.module(make.page(ungraded)))) == []


def test_a_quiz_that_the_longest_answer_passes_is_reported_with_the_figures(make):
    quiz = make.quiz(
        make.single("x Alle som får vite om det", "Politiet", "Skolen", id="a"),
        make.single("x Du spør i enerom, og du lytter", "Du ringer hjem", id="b"),
        make.single("Du venter til over ferien", "x Du spør", id="c"),
        make.single("x Grunn", "Bevis", id="d"),
        make.single("x Drøft saken uten navn", "Meld den", id="e", type="multiple"),
    )

    assert longest_share(quiz) == (3, 5)
    (problem,) = check_longest(make.with_blocks(quiz), TODAY)
    assert problem.message() == "The right answer is the longest in 3 of 5 questions (60 %)."


def test_forty_per_cent_and_short_quizzes_are_left_alone(make, codes):
    long = [make.single("x Et langt svar", "Kort", id=f"a{n}") for n in range(2)]
    short = [make.single("x Kort", "Et langt svar", id=f"b{n}") for n in range(3)]

    assert codes(check_longest, make.with_blocks(make.quiz(*long, *short))) == []
    assert codes(check_longest, make.with_blocks(make.quiz(*long))) == []


def test_several_right_answers_are_longest_only_when_all_are(make):
    asked = make.single("x Et langt riktig svar", "x Kort", "Middels svar", type="multiple")

    assert longest_share(make.quiz(asked)) == (0, 1)


@pytest.mark.parametrize(
    ("language", "wrong", "expected"),
    [
        ("nb", "Du må alltid ringe foreldrene", ["LM442"]),
        ("nb", "Bare politiet", ["LM442"]),
        ("nb", "Det gjelder ikke bare politiet", []),
        ("nb", "Du venter i alle fall til mandag", []),
        ("nb", "«Det er alltid noe»", []),
        ("nb", "Ballen", []),
        ("nn", "Berre politiet", ["LM442"]),
        ("en", "You never call home", ["LM442"]),
        ("en", "Bare feet", []),
        ("se", "Alle", []),
    ],
)
def test_a_wrong_answer_does_not_give_itself_away(make, codes, language, wrong, expected):
    page = make.page(make.quiz(make.single(wrong, "x Du spør")))

    assert codes(check_absolutes, make.course(make.module(page, language=language))) == expected


def test_an_absolute_word_in_the_right_answer_too_gives_nothing_away(make, codes):
    assert codes(check_absolutes, make.with_blocks(make.quiz(make.single("Bare politiet", "x Alle")))) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Barnevernet", "Barnevernet", ["LM444"]),
        ("Barnevernet", "barnevernet.", ["LM444"]),
        ("Skolen skal drøfte saken med barnevernet", "Skolen kan drøfte saken med barnevernet", ["LM443"]),
        ("Barnevernsloven § 13-2 om meldeplikt", "Barnevernsloven § 13-3 om meldeplikt", []),
        ("Meldeplikten", "Avvergingsplikten", []),
        ("Sant", "Usant", []),
    ],
)
def test_answers_can_be_told_apart(make, codes, one, other, expected):
    assert codes(check_likeness, make.with_blocks(make.quiz(make.single(f"x {one}", other)))) == expected


def test_two_right_sides_of_a_matching_can_be_told_apart(make, codes):
    pairs = tuple(
        Pair(key=key, left=make.words(left), match=match, right=make.words("Hjelper barn"), at=make.at())
        for key, left, match in (("1", "Barnevernet", "a"), ("2", "Skolen", "b"))
    )
    question = Matching(id="m", type="matching", prompt=make.words("Koble."), pairs=pairs, at=make.at())

    assert codes(check_likeness, make.with_blocks(make.quiz(question))) == ["LM444"]


@pytest.mark.parametrize(
    ("answer", "is_shuffled", "expected"),
    [
        ("Alle de ovenfor", True, ["LM445"]),
        ("Ingen av delene", True, ["LM445"]),
        ("Alle de ovenfor", False, []),
        ("All of the above", True, ["LM445"]),
        ("Alle dei nemnde", True, ["LM445"]),
        ("Alle som får vite om det", True, []),
    ],
)
def test_an_answer_does_not_point_at_others_that_move(make, codes, answer, is_shuffled, expected):
    quiz = make.quiz(make.single("Politiet", f"x {answer}"), shuffle=is_shuffled)

    assert codes(check_pointing_back, make.with_blocks(quiz)) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    # The worked examples of the Wagner-Fischer literature: kitten/sitting 3, Saturday/Sunday 3, flaw/lawn 2.
    [
        ("kitten", "sitting", 3),
        ("saturday", "sunday", 3),
        ("flaw", "lawn", 2),
        ("", "abc", 3),
        ("abc", "", 3),
        ("", "", 0),
    ],
)
def test_edit_distance(left, right, expected):
    assert distance(left, right) == expected
    assert distance(right, left) == expected


def test_alike_and_nearest():
    assert are_alike("", "", 0.9)
    assert are_alike("abcdefghij", "abcdefghiX", 0.9)
    assert not are_alike("abcdefghi", "abcdefghX", 0.9)
    # The same letters in another order: only the distance (2 of 10) shows the difference.
    assert not are_alike("abcdefghij", "bacdefghij", 0.9)
    assert nearest("defualt", ["default", "fjord"]) == "default"
    assert nearest("x", []) == ""


@pytest.mark.parametrize(("status", "stops"), [("draft", False), ("review", True), ("published", True)])
def test_a_draft_may_be_built_before_everything_is_written(tmp_path, status, stops):
    (tmp_path / "course.yaml").write_text(
        f"title: Kurs\nid: kurs\nlanguages: [nb]\nmodules: [m.md]\nstatus: {status}\n"
    )
    (tmp_path / "m.md").write_text(
        "---\ntitle: M\nid: m\nversion: 1\nlanguage: nb\n---\n\n# Side {#side}\n\n::: quiz\n"
        "## Hvem? {#hvem}\n\n- (x) Alle\n- ( ) Noen\n- ( ) Noen\n:::\n"
    )
    course = read_course(tmp_path).course
    found = {problem.code: problem.severity for problem in check_course(course, today=TODAY)}

    assert {found["LM440"], found["LM444"]} == {Severity.ERROR if stops else Severity.WARNING}


def test_pairs_may_share_a_right_side(make, codes):
    def pair(key, left, match, right):
        return Pair(key=key, left=left and make.words(left), match=match, right=make.words(right), at=make.at())

    def asked(*pairs):
        explanation = make.words("Fordi.")
        question = Matching(
            id="q", type="matching", prompt=make.words("?"), pairs=pairs, explanation=explanation, at=make.at()
        )
        return codes(check_likeness, make.with_blocks(make.quiz(question)))

    shared = [pair("1", "Lærer", "a", "Skole"), pair("2", "Rektor", "a", "Skole")]
    assert asked(*shared) == ["LM446"]
    assert asked(*shared, pair("3", "Lege", "c", "Helse")) == []
    assert asked(*shared, pair("", None, "c", "Skole")) == ["LM444"]


def test_the_work_grows_with_the_number_of_options_and_not_with_its_square():
    few, many = ([f"valg {number}" for number in range(count)] for count in (1000, 2000))
    assert len(list(pairs_to_compare(many))) <= 2.1 * len(list(pairs_to_compare(few)))
    assert len(list(pairs_to_compare(few[:100]))) == 100 * 99 / 2


def test_in_a_long_list_the_same_answer_and_one_with_another_letter_are_found():
    texts = [f"Et svar om {chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(300)]
    pairs = set(pairs_to_compare([*texts, texts[7], f"{texts[20]}!"]))
    assert {(7, 300), (20, 301)} <= pairs
