"""Keeping facts true: a note in the register that spoils nothing, and what a changed fact reaches."""

import difflib
import json
import shutil
from pathlib import Path

import pytest

from lokaltmot_lms.pages.page_data import Tracking, module_data
from lokaltmot_lms.source import read_course

from .conftest import Lokaltmot

COURSE = Path(__file__).parents[3] / "courses" / "eksempel"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "kurs"))


def test_verify_changes_the_lines_of_one_fact_and_nothing_else(lokaltmot: Lokaltmot, course: Path) -> None:
    file = course / "facts.yaml"
    text = """\
# Registeret. Ring og kontroller.
nodnummer:
  tekst: "112"   # politiet
  kilde: 'Planen'
  kildedato: 2025-05-22
  sikkerhet: C
  kontrollert-av: ""
  kontroller-innen: 2027-01-31

# --- Lover

lov: {text: straffeloven § 196, source: Lovdata, confidence: A}
"""
    file.write_text(text, encoding="utf-8")
    said = lokaltmot(
        "facts", "verify", "nodnummer", course, "--by", "Kari Ås", "--on", "2026-01-02", "--confidence", "A"
    )
    assert said.code == 0, said.err
    changed = list(difflib.unified_diff(text.splitlines(), file.read_text(encoding="utf-8").splitlines(), n=0))[2:]
    assert [line for line in changed if not line.startswith("@@")] == [
        "-  sikkerhet: C",
        '-  kontrollert-av: ""',
        "+  sikkerhet: A",
        '+  kontrollert-av: "Kari Ås"',
        "+  kontrollert: 2026-01-02",
    ]
    said = lokaltmot("facts", "verify", "lov", course, "--by", "Ola", "--on", "2026-01-02")
    assert said.code == 0, said.err
    facts = read_course(course).course
    assert facts is not None
    assert (facts.facts["lov"].verified_by, str(facts.facts["lov"].verified_on)) == ("Ola", "2026-01-02")
    assert facts.facts["nodnummer"].confidence == "A"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ukjent", "--by", "Kari"), "There is no fact ukjent."),
        (("nodnummer", "--by", "K", "--on", "9999-01-01"), "9999"),
    ],
)
def test_verify_refuses_what_can_not_be_true(
    lokaltmot: Lokaltmot, course: Path, arguments: tuple[str, ...], message: str
) -> None:
    key = next(iter(read_course(course).course.facts))  # type: ignore[union-attr]
    before = (course / "facts.yaml").read_bytes()
    said = lokaltmot("facts", "verify", arguments[0].replace("nodnummer", key), course, *arguments[1:])
    assert (said.code, message in said.err) == (2, True)
    assert (course / "facts.yaml").read_bytes() == before


def test_a_changed_fact_names_its_packages_and_what_rests_on_it(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    course = tmp_path / "kurs"
    course.mkdir()
    (course / "course.yaml").write_text("title: Kurs\nid: kurs\nmodules: [a.md, b.md]\n", encoding="utf-8")
    fact = 'number: {text: "116 111", source: Plan, source-date: 2025-05-22, confidence: A}\n'
    (course / "facts.yaml").write_text(fact, encoding="utf-8")
    for name, words in (("a", "Ring {{fact.number}}."), ("b", "Ingen tall.")):
        module = f"---\ntitle: {name}\nid: {name}\nlanguage: nb\n---\n\n# Side {{#side}}\n\n{words}\n"
        (course / f"{name}.md").write_text(module, encoding="utf-8")
    said = lokaltmot("facts", "affected", "number", course, "--target", "scorm12", "--target", "web", "--json")
    assert said.code == 0, said.err
    answer = json.loads(said.out)
    assert [(package["name"], package["files"]) for package in answer["packages"]] == [
        ("kurs-a-scorm12.zip", ["index.html"]),
        ("kurs-a-web", ["index.html"]),
    ]
    assert [(use["kind"], use["id"], use["module"]) for use in answer["uses"]] == [("page", "side", "a")]
    assert "1 package changes." in lokaltmot("facts", "affected", "number", course).out


def test_a_changed_fact_resets_no_learner(course: Path) -> None:
    def known() -> list[object]:
        read = read_course(course).course
        assert read is not None
        (module,) = read.modules
        data = module_data(read, module, tracking=Tracking(name="web"), languages={"nb": "index.html"})
        # What a stored state is decoded by (player/state.js): slots, and the data of each question.
        return [data["slots"], data["quizzes"], {key: (q["type"], q["data"]) for key, q in data["questions"].items()}]

    before = known()
    text = (course / "facts.yaml").read_text(encoding="utf-8")
    key, fact = next(iter(read_course(course).course.facts.items()))  # type: ignore[union-attr]
    (course / "facts.yaml").write_text(text.replace(fact.text, "999 99 999"), encoding="utf-8")
    again = read_course(course).course
    assert again is not None
    assert again.facts[key].text == "999 99 999"
    assert known() == before
