"""The fact register."""

from dataclasses import replace
from datetime import date

import pytest

from lokaltmot_lms.checks.facts import (
    check_facts,
    check_help_lines,
    check_translated_words,
    check_unused,
    check_written_out,
    register,
)
from lokaltmot_lms.model import Case, Facilitator, Status, Step

TODAY = date(2026, 11, 22)
USED = '<p>Ring <span data-fact="nr">116 111</span>.</p>'


def with_fact(make, html=USED, status=Status.DRAFT, **changes):
    return make.with_blocks(make.prose(html), facts={"nr": make.fact("nr", "116 111", **changes)}, status=status)


@pytest.mark.parametrize(
    ("review_by", "expected"),
    [
        (date(2026, 11, 21), ["LM430"]),
        (date(2026, 11, 22), ["LM431"]),
        (date(2027, 1, 21), ["LM431"]),
        (date(2027, 1, 22), []),
        (None, []),
    ],
)
def test_a_fact_is_read_again_in_time(make, codes, review_by, expected):
    assert codes(check_facts, with_fact(make, review_by=review_by)) == expected


@pytest.mark.parametrize(
    ("status", "confidence", "expected"),
    [
        (Status.PUBLISHED, "C", ["LM432"]),
        (Status.REVIEW, "C", ["LM433"]),
        (Status.DRAFT, "C", []),
        (Status.PUBLISHED, "B", []),
    ],
)
def test_an_unverified_fact_is_never_published(make, codes, status, confidence, expected):
    assert codes(check_facts, with_fact(make, status=status, confidence=confidence)) == expected


def test_an_unverified_fact_that_nothing_uses_does_not_stop_a_publication(make, codes):
    course = with_fact(make, html="<p>Ring noen.</p>", status=Status.PUBLISHED, confidence="C")

    assert codes(check_facts, course) == []


def test_facts_that_nothing_uses_are_named_in_one_note(make):
    facts = {key: make.fact(key, key) for key in ("nr", "a", "b", "c", "d", "e", "f", "g")}

    (problem,) = check_unused(make.with_blocks(make.prose(USED), facts=facts), TODAY)

    assert problem.message() == "These facts are not used: a, b, c, d, e, f, …."
    assert list(check_unused(with_fact(make), TODAY)) == []


@pytest.mark.parametrize("changes", [{"source": ""}, {"source_date": None}])
def test_a_fact_says_where_it_was_read(make, codes, changes):
    assert codes(check_facts, with_fact(make, **changes)) == ["LM434"]


@pytest.mark.parametrize(("day", "expected"), [(TODAY, []), (date(2026, 11, 23), ["LM438"])])
def test_nobody_has_verified_a_fact_tomorrow(make, codes, day, expected):
    assert codes(check_facts, with_fact(make, verified_on=day)) == expected


def test_an_unknown_help_line_names_the_nearest(make):
    course = with_fact(make)
    unknown = make.course(facts=course.facts, help_lines=("nr", "nrr"))

    (problem,) = check_help_lines(unknown, TODAY)

    assert problem.text().endswith("LM437: The help line “nrr” is not in the fact register. Did you mean “nr”?")


@pytest.mark.parametrize(
    ("fact", "html", "expected"),
    [
        ("116 111", "<p>Ring 116 111 nå.</p>", ["LM435"]),
        ("116 111", "<p>Ring 116\u00a0111.</p>", ["LM435"]),
        ("116 111", USED, []),
        ("116 111", "<p>Ring 116 1112.</p>", []),
        ("112", "<p>Ring 112.</p>", ["LM435"]),
        ("112", "<p>Det var 1125 saker, og 2 112 året før.</p>", []),
        ("112", "<p>Det koster 112,50.</p>", []),
        ("straffeloven § 196", "<p>Se straffeloven § 196.</p>", ["LM435"]),
        ("straffeloven § 196", "<p>Se straffeloven § 1967.</p>", []),
        ("18 år", "<p>De er over 18 år.</p>", []),
        ("15", "<p>Mina er 15.</p>", []),
        ("25 prosent", "<p>25 prosent var gutter.</p>", ["LM435"]),
        ("1 137", "<p>Det var 1 137 saker.</p>", ["LM435"]),
        ("sikkert eller mest sannsynlig", "<p>Det er sikkert eller mest sannsynlig.</p>", []),
    ],
)
def test_a_fact_is_not_written_out(make, codes, fact, html, expected):
    course = make.with_blocks(make.prose(html), facts={"nr": make.fact("nr", fact)})

    assert codes(check_written_out, course) == expected


def test_a_fact_is_not_written_out_in_another_language_either(make, codes):
    fact = make.fact("nr", "straffeloven § 196", texts={"en": "section 196 of the Penal Code"})
    course = make.with_blocks(make.prose("<p>See section 196 of the Penal Code.</p>"), facts={"nr": fact})

    assert codes(check_written_out, course) == ["LM435"]


def in_english(make, text, html='<p><span data-fact="nr">x</span></p>', **changes):
    """A Norwegian module with an English edition that shows a fact."""
    theirs = make.module(make.page(make.prose(html)), path="kurs/01.en.md", language="en")
    ours = make.module(make.page(make.prose(html)), translations=(theirs,))
    return make.course(ours, facts={"nr": make.fact("nr", text, **changes)})


@pytest.mark.parametrize(
    ("text", "texts", "expected"),
    [
        ("tre uker", {}, ["LM439"]),
        ("tre uker", {"nn": "tre veker"}, ["LM439"]),
        ("tre uker", {"en": "three weeks"}, []),
        ("RVTS Nord", {"en": "RVTS Nord"}, []),
        ("116 111", {}, []),
        ("ung.no", {}, []),
        ("alarm@116111.no", {}, []),
    ],
)
def test_a_fact_in_a_translated_module_has_words_in_its_language(make, codes, text, texts, expected):
    assert codes(check_translated_words, in_english(make, text, texts=texts)) == expected


def test_a_fact_the_translation_does_not_show_needs_no_translation(make, codes):
    assert codes(check_translated_words, in_english(make, "tre uker", html="<p>Soon.</p>")) == []


def test_help_lines_and_contact_are_translated_too(make, codes):
    course = in_english(make, "116 111", html="<p>Soon.</p>", name="Alarmtelefonen")
    shown = replace(course, help_lines=("nr",), contact="Kommunen")

    assert codes(check_translated_words, shown) == ["LM439", "LM439"]


def test_the_hint_shows_what_to_write(make):
    course = make.with_blocks(make.prose("<p>Ring 116 111.</p>"), facts={"nr": make.fact("nr", "116 111")})

    (problem,) = check_written_out(course, TODAY)

    assert problem.message() == "“116 111” is written directly in the text, but it is in the fact register as “nr”."
    assert problem.hint() == "Write {{fact.nr}} instead, so that the text is updated when the fact changes."


def test_the_register_lists_what_is_due_first_and_where_each_fact_is_used(make):
    step = Step(id="start", title=make.words("Start"), text=make.text("<p>Hei.</p>"), facts=("b",), at=make.at(20))
    question = make.single("x Ja", "Nei", facts=("b",), explanation=make.text('<p><span data-fact="a">112</span></p>'))
    note = Facilitator(text=make.text('<p><span data-fact="a">112</span></p>'), page="side", at=make.at(30))
    page = make.page(
        make.prose('<p><span data-fact="a">112</span></p>'),
        make.prose('<p><span data-fact="a">112</span></p>'),
        Case(id="case", steps=(step,), at=make.at(19)),
        make.quiz(question),
    )
    course = make.course(
        make.module(page, facilitator=(note,)),
        facts={
            "a": make.fact("a", "112", review_by=date(2027, 11, 22)),
            "b": make.fact("b", "113", review_by=date(2026, 11, 12)),
            "c": make.fact("c", "114", review_by=None),
        },
        help_lines=("a",),
    )

    entries = register(course, today=TODAY)

    assert [(entry.fact.key, entry.days) for entry in entries] == [("b", -10), ("a", 365), ("c", None)]
    used = {entry.fact.key: [(use.kind.value, use.id) for use in entry.uses] for entry in entries}
    assert used == {
        "a": [("help-line", "a"), ("page", "side"), ("question", "q"), ("facilitator", "side")],
        "b": [("question", "q"), ("step", "start")],
        "c": [],
    }
