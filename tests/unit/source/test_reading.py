"""A course that uses every construct of the language once, in Norwegian words and in English ones."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lokaltmot_lms.errors.source import ID_GONE, LOCK_BROKEN
from lokaltmot_lms.model import (
    Case,
    ChoiceQuestion,
    Course,
    Film,
    Gaps,
    Glossary,
    Hotspot,
    Module,
    Notice,
    Numeric,
    Quiz,
)
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.source import lock_text, read_course
from lokaltmot_lms.source.keywords import BLOCKS

COURSES = Path(__file__).parents[2] / "courses"


def _course(name: str) -> Course:
    reading = read_course(COURSES / name)
    assert reading.problems == ()
    assert reading.course is not None
    return reading.course


@pytest.fixture(scope="module")
def module() -> Module:
    return _course("alle-typer").modules[0]


def _questions(module: Module) -> dict[str, object]:
    quizzes = (block for page in module.pages for block in page.blocks if isinstance(block, Quiz))
    return {question.id: question for quiz in quizzes for question in quiz.questions}


def test_norwegian_and_english_keywords_mean_the_same() -> None:
    one, other = _course("alle-typer"), _course("alle-typer-en")
    media = {path: replace(found, file=one.media[path].file) for path, found in other.media.items()}
    assert one == replace(other, folder=one.folder, media=media)


def test_every_question_type_is_used(module: Module) -> None:
    assert {question.type for question in _questions(module).values()} == set(QUESTION_TYPES)  # type: ignore[attr-defined]


def test_every_block_is_used() -> None:
    text = (COURSES / "alle-typer-en" / "01-alle-typer.md").read_text(encoding="utf-8")
    # No course with a “todo” block can be built; tests/courses/bad-unfinished has it.
    assert [name for name in BLOCKS if name != "todo" and f"\n::: {name}" not in text] == []


def test_front_matter(module: Module) -> None:
    assert (module.minutes, module.pass_share, module.quick_exit) == (65, Decimal("0.75"), True)
    assert module.goals == ("se alt", "prøve alt")
    assert (module.completion.all_pages, module.completion.passed_quiz) == (True, True)
    assert [other.language for other in module.translations] == ["nn"]


def test_text_is_well_formed_and_filled_in(module: Module) -> None:
    prose = module.pages[0].blocks[1].text  # type: ignore[attr-defined]
    assert '<span data-fact="nodnummer">112</span>' in prose.html
    assert '<span data-local="contact">Ring 00 00 00 01 i Fjordvik.</span>' in prose.html
    assert '<span data-term="ære">æren</span>' in prose.html
    assert '<span lang="en">good morning</span>' in prose.html
    assert "H<sub>2</sub>O" in prose.html
    assert "skjult" not in prose.html
    assert (prose.facts, prose.local, prose.terms) == (("nodnummer",), ("contact", "routine"), ("ære",))
    assert prose.media == ("media/skjema.pdf",)


def test_blocks(module: Module) -> None:
    notice = module.pages[0].blocks[0]
    assert isinstance(notice, Notice)
    assert notice.skip == "andre"
    film = next(block for block in module.pages[0].blocks if isinstance(block, Film))
    assert (film.captions, film.no_description, film.length) == ("media/film.vtt", "bare en person som snakker", "1:24")
    assert film.transcript is not None
    assert film.transcript.plain.startswith("En kvinne sier hei")
    case = next(block for block in module.pages[1].blocks if isinstance(block, Case))
    assert [choice.to for choice in case.steps[0].choices] == ["spor", "vent"]
    assert case.steps[1].facts == ("nodnummer",)
    glossary = next(block for block in module.pages[1].blocks if isinstance(block, Glossary))
    assert glossary.terms[0].meaning.plain == "Det andre tenker om deg, også når du ikke er der."
    assert [note.minutes for note in module.facilitator] == [10]


def test_questions(module: Module) -> None:
    questions = _questions(module)
    one = questions["ett"]
    assert isinstance(one, ChoiceQuestion)
    assert [(option.key, option.is_right) for option in one.options] == [("a", False), ("b", True), ("c", False)]
    assert one.options[1].feedback is not None
    assert one.options[1].feedback.plain == "Ja, nettopp to."
    assert one.explanation is not None
    assert (one.explanation.plain, one.points, one.facts) == ("Det er to, og ikke tre.", 2, ("nodnummer",))
    between, about = questions["mellom"], questions["omtrent"]
    assert isinstance(between, Numeric)
    assert isinstance(about, Numeric)
    assert (between.low, between.high, about.low, about.high) == (1000, 1200, Decimal("3.4"), Decimal("3.6"))
    gaps = questions["fyll"]
    assert isinstance(gaps, Gaps)
    assert '<span data-gap="1"></span>, og gjelder <span data-gap="2"></span>' in gaps.body.html
    assert [option.text.plain for option in gaps.gaps[1].options if option.is_right] == ["alle"]
    spots = questions["hvor"]
    assert isinstance(spots, Hotspot)
    assert (spots.picture, spots.multiple, spots.spots[0].width) == ("media/rom.svg", False, Decimal("15.5"))
    quiz = module.pages[2].blocks[0]
    assert isinstance(quiz, Quiz)
    assert (quiz.id, quiz.draw, quiz.bank, quiz.attempts) == ("quiz", 5, "bank/flere.md", 3)
    assert (quiz.retry_wrong, quiz.shuffle, quiz.questions[-1].id) == (True, True, "to-og-to")


def test_media_are_measured() -> None:
    media = _course("alle-typer").media
    assert (media["media/rom.svg"].width, media["media/rom.svg"].height) == (640, 360)
    assert (media["media/local-logo.svg"].width, media["media/local-logo.svg"].height) == (40, 20)


def test_a_place_in_the_stored_state_is_never_moved(module: Module) -> None:
    slots = [(slot.id, slot.kind, slot.width) for slot in module.slots]
    # The lock's lines first: a retired page, a page, and a question whose answer took another form before.
    assert slots[:3] == [("gammel-side", "page", 0), ("forste", "page", 0), ("ett", "multiple", 4)]
    assert slots[3:5] == [("forste_film", "film", 12), ("forste_film2", "film", 12)]
    assert slots[5:7] == [("andre", "page", 0), ("tall", "truefalse", 2)]
    assert ("ett", "single", 2) in slots


def test_a_film_has_a_place_by_its_own_id_or_by_its_page(tmp_path: Path) -> None:
    film = "::: audio media/a.mp3{id}\ntitle: A\ntranscript: media/a.md\n:::\n\n"
    text = "# En {#en}\n\n" + film.format(id="") + film.format(id=" {#foredrag}") + film.format(id="")
    folder = _locked(tmp_path / "a", text, "")
    (folder / "media").mkdir()
    for name in ("a.mp3", "a.md"):
        (folder / "media" / name).write_text("Hei.", encoding="utf-8")
    course = read_course(folder).course
    assert course is not None
    slots = [(slot.id, slot.kind, slot.width) for slot in course.modules[0].slots]
    assert slots == [("en", "page", 0), ("en_film", "film", 12), ("foredrag", "film", 12), ("en_film3", "film", 12)]
    # A film that is gone takes nothing that counts with it, so nobody has to answer for it.
    (folder / "ids.lock").write_text(lock_text(course), encoding="utf-8")
    (folder / "01.md").write_text("---\ntitle: M\nid: m\nversion: 1\n---\n\n# En {#en}\n\nTekst.\n", encoding="utf-8")
    again = read_course(folder)
    assert again.problems == ()
    assert again.course is not None
    assert [slot.id for slot in again.course.modules[0].slots] == [slot_id for slot_id, _, _ in slots]


def _locked(folder: Path, text: str, lock: str) -> Path:
    folder.mkdir()
    course = "title: A\nid: a\nmodules:\n  - 01.md\nstatus: published\n"
    (folder / "course.yaml").write_text(course, encoding="utf-8")
    (folder / "01.md").write_text(f"---\ntitle: M\nid: m\nversion: 1\n---\n\n{text}", encoding="utf-8")
    if lock:
        (folder / "ids.lock").write_text(lock, encoding="utf-8")
    return folder


def test_a_lock_written_and_read_again_stays_the_same(tmp_path: Path) -> None:
    pages = "# En {#en}\n\nTekst.\n\n# To {#to}\n\nTekst.\n"
    first = read_course(_locked(tmp_path / "a", pages, "")).course
    assert first is not None
    lock = lock_text(first)
    moved = "# Ny {#ny}\n\nTekst.\n\n# To {#to}\n\nTekst.\n\n# En {#en}\n\nTekst.\n"
    second = read_course(_locked(tmp_path / "b", moved, lock)).course
    assert second is not None
    assert [slot.id for slot in second.modules[0].slots] == ["en", "to", "ny"]
    assert lock_text(second).startswith(lock)


def test_a_published_page_can_not_vanish(tmp_path: Path) -> None:
    pages = "# En {#en}\n\nTekst.\n\n# To {#to}\n\nTekst.\n"
    course = read_course(_locked(tmp_path / "a", pages, "")).course
    assert course is not None
    reading = read_course(_locked(tmp_path / "b", "# En {#en}\n\nTekst.\n", lock_text(course)))
    assert [(problem.fault, problem.at.line) for problem in reading.problems] == [(ID_GONE, 2)]


@pytest.mark.parametrize(
    "line", ["{", "[" * 5000, "null", '{"module": "m"}', '{"module": 1, "id": "a", "kind": "page", "width": 0}']
)
def test_a_broken_lock_is_reported(tmp_path: Path, line: str) -> None:
    reading = read_course(_locked(tmp_path / "a", "# En {#en}\n\nTekst.\n", line))
    assert [problem.fault for problem in reading.problems] == [LOCK_BROKEN]


def test_a_picture_above_the_options_belongs_to_the_text(tmp_path: Path) -> None:
    (tmp_path / "rod.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "m.md").write_text(
        "---\ntittel: P\nid: p\nversjon: 1\n---\n\n# S {#s}\n\n::: quiz\n\n## Hva ser du? {#ser}\n\nSe her.\n\n"
        "![Noe rødt](rod.svg)\n\n- (x) Rødt\n- ( ) Blått\n:::\n",
        encoding="utf-8",
    )
    reading = read_course(tmp_path / "m.md")
    assert reading.course is not None
    quiz = reading.course.modules[0].pages[0].blocks[0]
    assert isinstance(quiz, Quiz)
    intro = quiz.questions[0].intro
    assert intro is not None
    assert intro.media == ("rod.svg",)


# The forms of ISO 8601 that Python's own reader takes besides the calendar date, and dates that do not exist.
@pytest.mark.parametrize(
    "written", ["2027-W05-1", "2027W051", "20270201", "2027-032", "2027-02-30", "２０２７-02-01", "1.2.2027"]
)
def test_a_date_in_the_fact_register_is_year_month_and_day(tmp_path: Path, written: str) -> None:
    facts = f'alder:\n  tekst: "18"\n  kilde: Lovdata\n  kildedato: 2026-05-02\n  kontroller-innen: {written}\n'
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    (tmp_path / "m.md").write_text("---\ntittel: P\nid: p\nversjon: 1\n---\n\n# S {#s}\n\nHei.\n", encoding="utf-8")
    (tmp_path / "course.yaml").write_text(
        "tittel: P\nid: k\nspråk: [nb]\nmoduler: [m.md]\nfakta: facts.yaml\n", encoding="utf-8"
    )
    found = [(problem.code, problem.at.line) for problem in read_course(tmp_path).problems]
    assert found == [("LM122", 5)]
