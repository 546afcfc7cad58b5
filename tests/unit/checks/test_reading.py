"""Reading ease, length, duration and what was left behind."""

from datetime import date

import pytest

from lokaltmot_lms.checks.reading import (
    check_about,
    check_placeholders,
    check_reading,
    lix,
    reading,
)
from lokaltmot_lms.model import Case, Step

TODAY = date(2026, 11, 22)

# Counted by hand: words / sentences + 100 x words of more than six letters / words.
COUNTED = [
    # 9 words, 2 sentences, 1 long (setninger): 4.5 + 11.1
    ("Dette er en kort tekst. Den har to setninger.", 16),
    # 8 words, 1 sentence, 4 long (Kommunen, vurderer, familiens, situasjon): 8 + 50
    ("Kommunen vurderer familiens situasjon og sier det videre.", 58),
    # 6 words, 2 sentences (a colon before a capital ends one), 0 long: 3 + 0
    ("Spør slik: Hvem vet det nå?", 3),
    # 6 words, 1 sentence (a colon before a small letter does not), 0 long: 6
    ("Spør om dette: hvem vet det?", 6),
    # 7 words, 1 sentence (nr. 28 and § 3. ledd are no ends), 0 long: «Les», «lov», «nr», «28», «og», «3», «ledd»
    ("Les lov nr. 28 og 3. ledd.", 7),
    # two paragraphs without end marks are two sentences: 4 words / 2 + 0
    ("Finn et\nrom nå", 2),
    # «Nei» ends inside quotes: 5 words, 2 sentences, 0 long: 2.5 -> 2 (half to even)
    ("«Nei.» Hun lo og gikk.", 2),
    # hyphens keep a word whole: 3 words, 1 sentence, 1 long (e-læringskurs): 3 + 33.3
    ("Ta et e-læringskurs.", 36),
    ("", 0),
    ("… – !", 0),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_lix_is_as_counted_by_hand(text, expected):
    assert lix(text) == expected


def test_a_word_of_six_letters_is_short_and_of_seven_is_long():
    assert lix("Sommer.") == 1
    assert lix("Sommers.") == 101


def prose(words_a_sentence: int, long_share: int, sentences: int) -> str:
    """Sentences of 10 words a piece of which `long_share` are long: LIX is 10 + 10 x long_share."""
    words = ["Menneske"] * long_share + ["hus"] * (words_a_sentence - long_share)
    words[0] = words[0].capitalize()
    return " ".join([" ".join(words) + "."] * sentences)


@pytest.mark.parametrize(("long_share", "lix_expected", "expected"), [(3, 40, []), (4, 50, ["LM410"])])
def test_a_hard_page_is_reported_with_its_lix(make, codes, long_share, lix_expected, expected):
    course = make.with_blocks(make.prose(f"<p>{prose(10, long_share, 6)}</p>"))

    (page,) = reading(course)

    assert page.lix == lix_expected
    assert codes(check_reading, course) == expected


def test_a_page_between_forty_and_forty_five_gets_a_note(make, codes):
    # 12 words a sentence, 4 long: 12 + 33.3 = 45; with 11 words: 11 + 36.4 = 47; with 13: 13 + 30.8 = 44
    assert codes(check_reading, make.with_blocks(make.prose(f"<p>{prose(12, 4, 6)}</p>"))) == ["LM411"]
    assert codes(check_reading, make.with_blocks(make.prose(f"<p>{prose(11, 4, 6)}</p>"))) == ["LM410"]


def test_a_short_page_has_no_lix(make):
    (page,) = reading(make.with_blocks(make.prose(f"<p>{prose(10, 9, 4)}</p>")))

    assert page.lix is None


def test_headings_tables_and_answers_are_no_prose(make):
    text = f"<h2>Kommunesamarbeidsorganisasjon</h2><p>{prose(10, 0, 6)}</p><table><tr><td>Samarbeid</td></tr></table>"
    course = make.with_blocks(make.prose(text), make.quiz(make.single("x Kommunesamarbeid", "Organisasjon")))

    (page,) = reading(course)

    # 63 words: 60 of prose and the three of the question, 7 sentences, none long: 9
    assert page.lix == 9


def test_a_list_item_that_holds_a_paragraph_is_counted_once(make):
    course = make.with_blocks(make.prose(f"<ul><li><p>{prose(10, 3, 6)}</p></li></ul>"))

    assert reading(course)[0].lix == 40


@pytest.mark.parametrize(("words", "expected"), [(698, []), (699, ["LM412"])])
def test_a_long_page_is_noted(make, codes, words, expected):
    # The title has two words.
    course = make.with_blocks(make.prose("<p>" + " ".join(["Hus."] * words) + "</p>"))

    assert codes(check_reading, course) == expected


def test_a_long_case_is_not_a_long_page(make, codes):
    text = make.text("<p>" + " ".join(["Hus."] * 800) + "</p>")
    step = Step(id="start", title=make.words("Start"), text=text, at=make.at())

    assert codes(check_reading, make.with_blocks(Case(id="case", steps=(step,), at=make.at()))) == []


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(None, []), (11, []), (8, ["LM413"]), (9, []), (7, ["LM414"]), (20, ["LM414"]), (18, [])],
)
def test_the_duration_is_near_the_truth(make, minutes, expected):
    # 718 words + the title's 2 = 720: 4 min; two questions: 1.5 min; film of 5:30: 5.5 min; in all 11 min
    page = make.page(
        make.prose("<p>" + " ".join(["Hus."] * 718) + "</p>"),
        make.film(length="5:30"),
        make.quiz(
            make.single("x a", "b", id="a"), make.single("x a", "b", id="b"), make.single("x a", "b", id="c"), draw=2
        ),
    )
    course = make.course(make.module(page, minutes=minutes))

    found = [problem for problem in check_reading(course, TODAY) if problem.code != "LM412"]
    assert [(problem.code, problem.values["estimate"]) for problem in found] == [(code, 11) for code in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring TODO når du er usikker.", ["LM415"]),
        ("Ring xxx.", ["LM415"]),
        ("Lorem ipsum dolor.", ["LM415"]),
        ("Skriv FIXME her.", ["LM415"]),
        ("Todosasje er et ord.", []),
        ("XX-kromosomer og side XX.", []),
    ],
)
def test_what_was_left_for_later_is_found(make, codes, text, expected):
    assert codes(check_placeholders, make.with_blocks(make.prose(f"<p>{text}</p>"))) == expected
    assert codes(check_about, make.with_blocks(description=text)) == expected
