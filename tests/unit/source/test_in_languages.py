"""Words that are said in several languages: facts, the course's own, and a municipality's."""

from pathlib import Path

import pytest

from lokaltmot_lms.errors.source import UNKNOWN_KEY
from lokaltmot_lms.model import Prose
from lokaltmot_lms.source import ReadResult, read_course

MODULE = "---\ntitle: Prøve\nid: prove\nversion: 1\nlanguage: {language}\n---\n\n# Side {{#side}}\n\n{text}\n"
FACT = "  source: Kilden\n  source-date: 2026-05-02\n  confidence: A\n"


def read(
    folder: Path, *, facts: str = "", local: str = "", course: str = "", text: str = "{{fact.frist}}"
) -> ReadResult:
    """A course in Norwegian and English whose only page holds `text`."""
    own = "title: Prøve\nid: prove-kurs\nlanguages: [nb, en]\nmodules: [m.md]\n"
    (folder / "course.yaml").write_text(own + course, encoding="utf-8")
    (folder / "facts.yaml").write_text(facts or f"frist:\n  text: tre uker\n{FACT}", encoding="utf-8")
    (folder / "local.yaml").write_text(local or "routine: Les rutinen.\n", encoding="utf-8")
    for language, name in (("nb", "m.md"), ("en", "m.en.md")):
        (folder / name).write_text(MODULE.format(language=language, text=text), encoding="utf-8")
    return read_course(folder)


def shown(reading: ReadResult) -> list[str]:
    """What the page says, in Norwegian and in English."""
    assert reading.problems == ()
    assert reading.course is not None
    (module,) = reading.course.modules
    blocks = [edition.pages[0].blocks[0] for edition in (module, *module.translations)]
    return [block.text.plain for block in blocks if isinstance(block, Prose)]


@pytest.mark.parametrize("key", ["text-en", "tekst-en"])
def test_a_fact_is_told_in_the_language_of_the_module(tmp_path: Path, key: str) -> None:
    facts = f"frist:\n  text: tre uker\n  {key}: three weeks\n{FACT}"
    assert shown(read(tmp_path, facts=facts)) == ["tre uker", "three weeks"]


def test_a_fact_without_a_translation_is_told_as_it_is(tmp_path: Path) -> None:
    facts = f"frist:\n  text: tre uker\n  text-nn: tre veker\n{FACT}"
    assert shown(read(tmp_path, facts=facts)) == ["tre uker", "tre uker"]


@pytest.mark.parametrize("key", ["child-welfare-en", "barnevern-en"])
def test_a_municipality_speaks_several_languages_too(tmp_path: Path, key: str) -> None:
    local = f"child-welfare: Ring oss.\n{key}: Call us.\n"
    assert shown(read(tmp_path, local=local, text="{{local.child-welfare}}")) == ["Ring oss.", "Call us."]


def test_the_course_names_itself_in_several_languages(tmp_path: Path) -> None:
    course = read(tmp_path, course="title-en: Test\nkontakt: Kommunen\nkontakt-en: The municipality\n").course
    assert course is not None
    assert [course.title_in(code) for code in ("nb", "nn", "en", "en-GB")] == ["Prøve", "Prøve", "Test", "Test"]
    assert [course.contact_in(code) for code in ("nb", "en")] == ["Kommunen", "The municipality"]


@pytest.mark.parametrize("key", ["source-en", "text-english", "texts-en", "text-"])
def test_only_what_learners_read_has_languages(tmp_path: Path, key: str) -> None:
    (problem,) = read(tmp_path, facts=f"frist:\n  text: tre uker\n  {key}: x\n{FACT}").problems
    assert problem.code == UNKNOWN_KEY.code
