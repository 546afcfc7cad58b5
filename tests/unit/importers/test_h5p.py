# ruff: noqa: E501  # tables of content on one line
"""H5P packages become pages and questions: the fields are those of each type's semantics.json (github.com/h5p)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.h5p import stars
from lokaltmot_lms.model import (
    ChoiceQuestion,
    Figure,
    Film,
    Gaps,
    Ordering,
    Prose,
    Question,
    Quiz,
    Reflection,
    ShortText,
    Unfinished,
)

from .imported import Imported, import_file, zipped

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def _package(
    folder: Path, library: str, content: object, files: dict[str, bytes] | None = None, **about: object
) -> Path:
    described = {"title": "Brann &amp; vann", "mainLibrary": library, "language": "nb"} | about
    entries: dict[str, str | bytes] = {
        "h5p.json": json.dumps(described),
        "content/content.json": json.dumps(content),
        "H5P.Blanks-1.14/library.json": "{}",
    }
    return zipped(folder / "pakke.h5p", entries | {f"content/{name}": data for name, data in (files or {}).items()})


def _in(library: str, params: object, **metadata: object) -> dict[str, object]:
    return {"library": library, "params": params, "metadata": metadata, "subContentId": "0000"}


def _column(folder: Path, *contents: dict[str, object], files: dict[str, bytes] | None = None) -> Imported:
    rows = {"content": [{"content": content, "useSeparator": "auto"} for content in contents]}
    return import_file(_package(folder, "H5P.Column", rows, files), folder / "kurs")


def _one(
    folder: Path, library: str, params: object, files: dict[str, bytes] | None = None
) -> tuple[Question, Imported]:
    imported = import_file(_package(folder, library, params, files), folder / "kurs")
    (question,) = imported.questions.values()
    return question, imported


def _options(question: Question) -> list[tuple[str, bool, str]]:
    assert isinstance(question, ChoiceQuestion)
    return [(o.text.plain, o.is_right, o.feedback.plain if o.feedback else "") for o in question.options]


def _answer(
    text: str, *, correct: object = False, tip: str = "", chosen: str = "", unchosen: str = ""
) -> dict[str, object]:
    more = {"tip": tip, "chosenFeedback": chosen, "notChosenFeedback": unchosen}
    return {"text": f"<div>{text}</div>\n", "correct": correct, "tipsAndFeedback": more}


def test_a_multiple_choice_keeps_answers_feedback_tips_points_and_image(tmp_path: Path) -> None:
    params = {
        "media": {"type": _in("H5P.Image 1.1", {"file": {"path": "images/skum.png"}, "alt": "Et skumapparat"})},
        "question": "<p>Hva slukker <em>fett</em>?</p>\n",
        "answers": [
            _answer("Lokk", correct=True, chosen="Ja.", tip="<p>Hindrer luft</p>"),
            _answer("Brannteppe", correct=True, unchosen="Teppet slukker også."),
            _answer("Vann", chosen="Nei, det spruter &amp; brenner."),
        ],
        "behaviour": {"type": "auto", "singlePoint": False, "randomAnswers": True},
        "overallFeedback": [{"from": 0, "to": 100, "feedback": "Les mer om fett."}],
    }
    question, imported = _one(tmp_path, "H5P.MultiChoice", params, {"images/skum.png": _PNG})
    assert question.type == "multiple"
    assert _options(question) == [
        ("Lokk", True, "Ja."),
        ("Brannteppe", True, ""),
        ("Vann", False, "Nei, det spruter & brenner."),
    ]
    assert question.prompt.html == "Hva slukker <em>fett</em>?"
    assert question.points == 2
    assert question.hint is not None and question.hint.plain == "Lokk: Hindrer luft"
    assert question.explanation is not None and question.explanation.plain == "Teppet slukker også."
    assert question.intro is not None and question.intro.media == ("media/skum.png",)
    assert "stokk: ja" in imported.module
    assert imported.course.title == "Brann & vann"
    assert imported.codes == ["LM625", "LM684"]


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"behaviour": {"type": "auto"}}, "single"),
        ({"behaviour": {"type": "single"}}, "single"),
        ({"behaviour": {"type": "multi"}}, "multiple"),
        ({"singleAnswer": True}, "single"),
        ({"singleAnswer": False}, "multiple"),
        ({}, "single"),
    ],
)
def test_the_settings_of_old_and_new_versions_say_whether_one_answer_is_chosen(
    params: dict[str, object], kind: str, tmp_path: Path
) -> None:
    answers = [
        {"text": "Ring 110", "correct": "true", "chosenFeedback": "Ja"},
        {"text": "Vent", "correct": "false", "chosenFeedback": "Nei"},
    ]
    question, _ = _one(tmp_path, "H5P.MultiChoice", {"question": "Hva gjør du?", "answers": answers, **params})
    assert question.type == kind
    assert _options(question) == [("Ring 110", True, "Ja"), ("Vent", False, "Nei")]


@pytest.mark.parametrize(("correct", "right"), [("true", "Sant"), ("false", "Usant"), (True, "Sant"), (False, "Usant")])
def test_true_or_false_has_its_feedback_at_the_answer_that_gets_it(correct: object, right: str, tmp_path: Path) -> None:
    behaviour = {"feedbackOnCorrect": "Riktig.", "feedbackOnWrong": "Galt."}
    params = {
        "question": "<p>Røyk stiger.</p>",
        "correct": correct,
        "behaviour": behaviour,
        "l10n": {"trueText": "True"},
    }
    question, _ = _one(tmp_path, "H5P.TrueFalse", params)
    assert question.type == "truefalse"
    expected = [(word, word == right, "Riktig." if word == right else "Galt.") for word in ("Sant", "Usant")]
    assert _options(question) == expected


def test_true_or_false_keeps_labels_of_its_own(tmp_path: Path) -> None:
    labels = {"trueText": "Trygt", "falseText": "Farlig"}
    params = {"question": "Stearinlys på barnerom", "correct": "false", "l10n": labels}
    question, _ = _one(tmp_path, "H5P.TrueFalse", params)
    assert _options(question) == [("Trygt", False, ""), ("Farlig", True, "")]


def test_the_first_answer_of_a_set_is_right_and_the_quiz_shuffles(tmp_path: Path) -> None:
    choices = [
        {"subContentId": "a", "question": "<p>Nødnummer?</p>", "answers": ["<p>110</p>", "<p>112</p>", "<p>113</p>"]},
        {"subContentId": "b", "question": "<p>Ved brann?</p>", "answers": ["Varsle", "Gjemme seg"]},
    ]
    imported = import_file(_package(tmp_path, "H5P.SingleChoiceSet", {"choices": choices}), tmp_path / "kurs")
    first, second = imported.questions.values()
    assert _options(first) == [("110", True, ""), ("112", False, ""), ("113", False, "")]
    assert _options(second) == [("Varsle", True, ""), ("Gjemme seg", False, "")]
    assert "stokk: ja" in imported.module


@pytest.mark.parametrize(
    "panels",
    [
        [{"summary": ["<p>Lukk døra</p>", "<p>Åpne vinduet</p>"], "tip": "<p>Luft</p>"}],
        [{"summary": ["Lukk døra", "Åpne vinduet"], "tip": {"tip": "Luft"}}],
    ],
)
def test_the_first_statement_of_a_summary_is_right(panels: object, tmp_path: Path) -> None:
    params = {"intro": "<p>Velg det som stemmer.</p>", "summaries": panels}
    question, _ = _one(tmp_path, "H5P.Summary", params)
    assert _options(question) == [("Lukk døra", True, ""), ("Åpne vinduet", False, "")]
    assert question.hint is not None and question.hint.plain == "Luft"


def test_a_summary_of_an_old_version_is_a_list_of_lists(tmp_path: Path) -> None:
    question, _ = _one(tmp_path, "H5P.Summary", {"intro": "Velg.", "summaries": [["Ja", "Nei"]]})
    assert _options(question) == [("Ja", True, ""), ("Nei", False, "")]


def test_blanks_become_gaps_with_their_tips(tmp_path: Path) -> None:
    lines = ["<p>Brannvesenet har *110:tre siffer*.</p>", "<p>Politiet har *112* &amp; lege har *113*.</p>"]
    question, imported = _one(tmp_path, "H5P.Blanks", {"text": "<p>Fyll inn nummer.</p>", "questions": lines})
    assert isinstance(question, Gaps)
    assert [gap.accepted for gap in question.gaps] == [("110",), ("112",), ("113",)]
    assert question.points == 3
    assert question.hint is not None and question.hint.plain == "1: tre siffer"
    assert "Politiet har [[112]] & lege har [[113]]." in imported.module


def test_a_single_blank_keeps_its_alternatives(tmp_path: Path) -> None:
    params = {"text": "Skriv ordet.", "questions": ["<p>Et *brannteppe/teppe* kveler flammer.</p>"]}
    question, _ = _one(tmp_path, "H5P.Blanks", params)
    assert isinstance(question, ShortText)
    assert question.accepted == ("brannteppe", "teppe")


def test_words_to_drag_become_menus_with_all_words(tmp_path: Path) -> None:
    params = {
        "taskDescription": "<p>Dra ordene.</p>",
        "textField": "Først *varsler:ring* du.\nSå *slukker\\+Bra!\\-Tenk igjen.* du.",
        "distractors": "*rømmer\\-Nei*",
    }
    question, _ = _one(tmp_path, "H5P.DragText", params)
    assert isinstance(question, Gaps)
    assert [[(o.text.plain, o.is_right) for o in gap.options] for gap in question.gaps] == [
        [("varsler", True), ("slukker", False), ("rømmer", False)],
        [("varsler", False), ("slukker", True), ("rømmer", False)],
    ]
    assert question.explanation is not None and question.explanation.html == "Bra!<br/>Tenk igjen."


def test_words_to_mark_become_a_choice_among_the_words(tmp_path: Path) -> None:
    params = {"taskDescription": "<p>Marker verbene.</p>", "textField": "<p>«Vi *løper* ut», *roper* **-laget.</p>"}
    question, imported = _one(tmp_path, "H5P.MarkTheWords", params)
    assert [(text, is_right) for text, is_right, _ in _options(question)] == [
        ("Vi", False),
        ("løper", True),
        ("ut", False),
        ("roper", True),
        ("*-laget", False),
    ]
    assert question.intro is not None and question.intro.plain == "«Vi løper ut», roper *-laget."
    assert imported.codes == ["LM682"]


def test_cards_and_paragraphs_become_typed_answers_and_an_order(tmp_path: Path) -> None:
    cards = [{"text": "Nødnummeret til brannvesenet", "answer": "110|hundre og ti", "tip": {"tip": "tre siffer"}}]
    order = {"taskDescription": "<p>Sett i rekkefølge.</p>", "paragraphs": ["<p>Redd</p>", "<p>Varsle</p>", "Slukk"]}
    imported = _column(tmp_path, _in("H5P.Flashcards 1.5", {"cards": cards}), _in("H5P.SortParagraphs 0.11", order))
    card, steps = imported.questions.values()
    assert isinstance(card, ShortText) and card.accepted == ("110", "hundre og ti")
    assert isinstance(steps, Ordering) and [step.text.plain for step in steps.items] == ["Redd", "Varsle", "Slukk"]


def test_the_sample_answer_of_an_essay_is_for_the_facilitator(tmp_path: Path) -> None:
    params = {
        "taskDescription": "<p>Hva ville du gjort?</p>",
        "solution": {"introduction": "<p>Slik:</p>", "sample": "<p>Varsle først.</p>"},
        "keywords": [{"keyword": "varsle", "alternatives": ["ringe"]}],
    }
    imported = _column(tmp_path, _in("H5P.Essay 1.5", params))
    (module,) = imported.course.modules
    (block,) = module.pages[0].blocks
    assert isinstance(block, Reflection) and block.text.plain == "Hva ville du gjort?"
    assert [note.text.plain for note in module.facilitator] == ["Slik: Varsle først."]
    assert imported.codes == ["LM626", "LM630", "LM649"]


_QUESTION = _in("H5P.MultiChoice 1.16", {"question": "Hva?", "answers": [_answer("a", correct=True), _answer("b")]})


def test_a_question_set_has_its_intro_its_draw_and_its_pass_mark(tmp_path: Path) -> None:
    params = {
        "introPage": {"showIntroPage": True, "title": "Før du begynner", "introduction": "<p>Les rutinen.</p>"},
        "questions": [_QUESTION, _QUESTION, _QUESTION],
        "passPercentage": 65,
        "poolSize": 2,
    }
    imported = import_file(_package(tmp_path, "H5P.QuestionSet", params), tmp_path / "kurs")
    (module,) = imported.course.modules
    intro, quiz = module.pages[0].blocks
    assert isinstance(intro, Prose) and intro.text.plain == "Før du begynner Les rutinen."
    assert isinstance(quiz, Quiz) and (len(quiz.questions), quiz.draw) == (3, 2)
    assert module.pass_share == Decimal("0.65")


def test_slides_become_pages_in_order(tmp_path: Path) -> None:
    slides = [
        {
            "keywords": [{"main": "Forside"}],
            "elements": [
                {"x": 1, "action": _in("H5P.AdvancedText 1.1", {"text": "<p>Velkommen</p>"})},
                {"x": 1, "action": _in("H5P.Image 1.1", {"file": {"path": "images/a.png"}, "alt": "Logo"})},
                {"x": 1, "action": _in("H5P.Shape 1.0", {"type": "rectangle"})},
                {"x": 1, "goToSlide": 2, "title": "Videre"},
            ],
        },
        {"elements": [{"action": _QUESTION, "solution": "<p>Fordi a er først.</p>"}]},
    ]
    file = _package(tmp_path, "H5P.CoursePresentation", {"presentation": {"slides": slides}}, {"images/a.png": _PNG})
    imported = import_file(file, tmp_path / "kurs")
    first, second = imported.course.modules[0].pages
    assert [first.title.plain, second.title.plain] == ["Forside", "Brann & vann (2)"]
    assert [type(block) for block in first.blocks] == [Prose, Figure]
    assert [type(block) for block in second.blocks] == [Quiz, Prose]
    assert imported.codes == ["LM632"]


def test_chapters_become_pages_with_texts_videos_and_sounds(tmp_path: Path) -> None:
    panels = [{"title": "Røyk &amp; varme", "content": _in("H5P.AdvancedText 1.1", {"text": "<p>Stiger.</p>"})}]
    chapters = [
        _in("H5P.Column 1.18", {"content": [{"content": _in("H5P.Accordion 1.0", {"panels": panels})}]}, title="Røyk"),
        {
            "chapter": _in(
                "H5P.Column 1.18",
                {
                    "content": [
                        {"content": _in("H5P.Video 1.6", {"sources": [{"path": "videos/f.mp4"}]}, title="Øvelsen")},
                        {"content": _in("H5P.Audio 1.5", {"files": [{"path": "audios/a.mp3"}]}, title="Alarmen")},
                        {
                            "content": _in(
                                "H5P.Video 1.6", {"sources": [{"path": "https://video.example/1"}]}, title="Mer"
                            )
                        },
                    ]
                },
                title="Øvelse",
            )
        },
    ]
    params = {"showCoverPage": True, "bookCover": {"coverDescription": "<p>Om brann.</p>"}, "chapters": chapters}
    files = {"videos/f.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(64), "audios/a.mp3": b"ID3\x03" + bytes(20)}
    imported = import_file(_package(tmp_path, "H5P.InteractiveBook", params, files), tmp_path / "kurs")
    cover, smoke, exercise = imported.course.modules[0].pages
    assert [page.title.plain for page in (cover, smoke, exercise)] == ["Brann & vann", "Røyk", "Øvelse"]
    assert "### Røyk & varme" in imported.module
    film, sound, link = exercise.blocks
    assert isinstance(film, Film) and (film.kind, film.path, film.title) == ("video", "media/f.mp4", "Øvelsen")
    assert isinstance(sound, Film) and sound.kind == "audio"
    assert isinstance(link, Prose) and 'href="https://video.example/1"' in link.text.html
    assert imported.codes == ["LM638"]


def test_the_tasks_of_an_interactive_video_follow_the_video(tmp_path: Path) -> None:
    params = {
        "interactiveVideo": {
            "video": {"files": [{"path": "videos/f.mp4"}]},
            "assets": {"interactions": [{"duration": {"from": 1, "to": 2}, "action": _QUESTION}]},
            "summary": {"task": _in("H5P.Summary 1.10", {"intro": "Velg.", "summaries": [{"summary": ["Ja", "Nei"]}]})},
        }
    }
    files = {"videos/f.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(64)}
    imported = import_file(_package(tmp_path, "H5P.InteractiveVideo", params, files), tmp_path / "kurs")
    film, quiz = imported.course.modules[0].pages[0].blocks
    assert isinstance(film, Film)
    assert isinstance(quiz, Quiz) and len(quiz.questions) == 2
    assert imported.codes == ["LM686"]


def test_the_empty_summary_that_the_editor_writes_is_nothing(tmp_path: Path) -> None:
    video = {"files": [{"path": "videos/f.mp4#tmp"}], "textTracks": [{"kind": "subtitles", "srcLang": "nb"}]}
    label = {"action": _in("H5P.Nil 1.0", {}), "label": "<p>Se etter røyken.</p>"}
    empty = _in("H5P.Summary 1.10", {"intro": "Velg.", "summaries": [{"subContentId": "0", "tip": ""}]})
    params = {"interactiveVideo": {"video": video, "assets": {"interactions": [label]}, "summary": {"task": empty}}}
    files = {"videos/f.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(64)}
    imported = import_file(_package(tmp_path, "H5P.InteractiveVideo", params, files), tmp_path / "kurs")
    film, words = imported.course.modules[0].pages[0].blocks
    assert isinstance(film, Film) and isinstance(words, Prose) and words.text.plain == "Se etter røyken."
    assert imported.codes == ["LM686"]


_KEYS = [
    ("H5P.MultiChoice 1.16", {"question": "Ingen riktig?", "answers": [_answer("hemmelig a"), _answer("hemmelig b")]}, "LM680"),
    ("H5P.MultiChoice 1.16", {"question": "Bare ett?", "answers": [_answer("hemmelig", correct=True)]}, "LM680"),
    ("H5P.TrueFalse 1.8", {"question": "Uten svar"}, "LM680"),
    ("H5P.SingleChoiceSet 1.11", {"choices": [{"question": "Ett?", "answers": ["hemmelig"]}]}, "LM680"),
    ("H5P.Blanks 1.14", {"text": "Fyll inn", "questions": ["<p>En *hemmelig stjerne for lite.</p>"]}, "LM681"),
    ("H5P.DragText 1.10", {"taskDescription": "Dra", "textField": "hemmelig"}, "LM681"),
    ("H5P.MarkTheWords 1.11", {"taskDescription": "Marker", "textField": "*hemmelig* og hemmelig"}, "LM683"),
    ("H5P.MarkTheWords 1.11", {"taskDescription": "Marker", "textField": "*hemmelig* " + " ".join(f"o{n}" for n in range(40))}, "LM683"),
    ("H5P.Crossword 0.5", {"taskDescription": "Kryss", "words": [{"clue": "Rødt", "answer": "hemmelig"}]}, "LM620"),
    ("H5P.GuessTheAnswer 1.5", {"taskDescription": "Gjett", "solutionText": "hemmelig"}, "LM620"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("library", "params", "code"), _KEYS, ids=[f"{row[0]}-{row[2]}-{at}" for at, row in enumerate(_KEYS)]
)
def test_what_cannot_be_a_question_stops_the_build_and_prints_no_key(
    library: str, params: object, code: str, tmp_path: Path
) -> None:
    imported = _column(tmp_path, _in(library, params, title="Oppgave"))
    (block,) = imported.course.modules[0].pages[0].blocks
    assert isinstance(block, Unfinished)
    assert imported.codes == [code]
    assert imported.questions == {}


def test_rights_are_in_the_report_and_the_language_is_that_of_the_package(tmp_path: Path) -> None:
    authors = [{"name": "Kari Brann", "role": "Author"}]
    copyright_ = {"license": "CC BY", "version": "4.0", "author": "Ola Foto"}
    image = _in("H5P.Image 1.1", {"file": {"path": "images/a.png", "copyright": copyright_}, "alt": "Slange"})
    file = _package(
        tmp_path,
        "H5P.Column",
        {
            "content": [
                {"content": image},
                {"content": _in("H5P.AdvancedText 1.1", {"text": "<p>Hei</p>"}, license="U")},
            ]
        },
        {"images/a.png": _PNG},
        language="nn",
        license="CC BY-SA",
        licenseVersion="4.0",
        authors=authors,
        source="https://brann.example",
    )
    imported = import_file(file, tmp_path / "kurs")
    (module,) = imported.course.modules
    assert (module.language, module.license) == ("nn", "CC BY-SA 4.0")
    rights = {str(found.values["name"]): found.values["rights"] for found in imported.findings if found.code == "LM685"}
    assert rights == {
        "Brann & vann": "CC BY-SA 4.0, Kari Brann, https://brann.example",
        "Slange": "CC BY 4.0, Ola Foto",
    }


@pytest.mark.parametrize(("stated", "language"), [("no", "nb"), ("nb-no", "nb"), ("sme", "se"), ("und", "en")])
def test_the_codes_of_languages_are_ours(stated: str, language: str, tmp_path: Path) -> None:
    params = {"text": "<p>This is the text of the course, and you know what it is in this language.</p>"}
    draft = read_file(_package(tmp_path, "H5P.AdvancedText", params, language=stated))[1]
    assert draft.language == language


def test_a_script_in_a_text_is_left_out(tmp_path: Path) -> None:
    params = {"text": "<p onclick='x()'>Hei <script>alert(1)</script></p>"}
    imported = _column(tmp_path, _in("H5P.AdvancedText 1.1", params))
    assert "alert" not in imported.module and "onclick" not in imported.module
    assert imported.codes == ["LM622"]


@pytest.mark.parametrize("content", [None, "[]", "{", "[" * 100_000])
def test_a_package_without_readable_content_is_refused(content: str | None, tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {"h5p.json": '{"mainLibrary": "H5P.Blanks"}'}
    if content is not None:
        entries["content/content.json"] = content
    with pytest.raises(CourseError, match="LM611"):
        read_file(zipped(tmp_path / "x.h5p", entries))


def test_content_in_content_without_end_is_left_out(tmp_path: Path) -> None:
    inner: dict[str, object] = _QUESTION
    for _ in range(30):
        inner = _in("H5P.Column 1.18", {"content": [{"content": inner}]})
    imported = _column(tmp_path, inner)
    assert imported.codes == ["LM620"]


def test_stars_are_read_as_h5p_reads_them() -> None:
    # From the tests of h5p-blanks (text-parser.test.js) and h5p-drag-text (parse-solution, parse-text).
    assert list(stars.split('1234 "first" *"second"* third')) == ['1234 "first" ', stars.Blank(('"second"',)), " third"]
    assert list(stars.split_draggable("*Lorem ipsum \\-Too bad! \\+Good job!  :tip *"))[1] == stars.Blank(
        ("Lorem ipsum",), "tip", "Good job!", "Too bad!"
    )
    assert list(stars.split_draggable("*interactive\\+Correct, H5P is interactive \\-Incorrect match!*"))[
        1
    ] == stars.Blank(("interactive",), "", "Correct, H5P is interactive", "Incorrect match!")
    assert [piece for piece in stars.split("*first**second**third*") if piece] == [
        stars.Blank(("first",)),
        stars.Blank(("second",)),
        stars.Blank(("third",)),
    ]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.sampled_from(["", "*a*", "<p>x</p>", "true", "images/a.png"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["question", "answers", "text", "correct", "library", "params", "content", "summaries", "file",
                         "choices", "questions", "textField", "behaviour", "media", "type", "cards", "path", "slides"]),
        inner, max_size=5),
    max_leaves=20,
)  # fmt: skip
_LIBRARIES = ["MultiChoice", "TrueFalse", "SingleChoiceSet", "Summary", "Blanks", "DragText", "MarkTheWords", "Essay",
              "Flashcards", "SortParagraphs", "QuestionSet", "Column", "CoursePresentation", "InteractiveBook", "Image",
              "InteractiveVideo", "Video", "Accordion", "Dialogcards"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(library=st.sampled_from(_LIBRARIES), params=st.dictionaries(st.sampled_from(
    ["question", "answers", "questions", "choices", "summaries", "textField", "content", "presentation", "chapters",
     "sources", "file", "panels", "dialogs", "interactiveVideo", "paragraphs", "cards", "media", "behaviour"]),
    _JSON, max_size=4))  # fmt: skip
def test_no_content_makes_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, library: str, params: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("h5p")
    try:
        read_file(_package(folder, f"H5P.{library}", params))
    except CourseError as error:
        assert error.problems[0].code == "LM606"


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are only next to checkouts of the maintainers")
def test_the_shared_case_is_read(tmp_path: Path) -> None:
    imported = import_file(CASES / "other" / "h5p" / "quiz.h5p", tmp_path / "kurs")
    (question,) = imported.questions.values()
    assert _options(question) == [("Alle", True, ""), ("Ingen", False, "")]
