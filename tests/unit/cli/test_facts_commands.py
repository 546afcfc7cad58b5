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


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old-mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order-mark"])
def test_verify_keeps_every_other_byte(lokaltmot: Lokaltmot, course: Path, end: bytes, mark: bytes) -> None:
    lines = [
        b"# Ring dem  ",
        b"vakt :",
        b"    tekst:   '22 33 44 55'  # sentralbordet",
        b"    kilde: Kommunens   nettside",
        b"    kontrollert-av:",
        b"    sikkerhet:  B  ",
        b"",
        b'lov: {text: "\\u00a7 12",source: Lovdata ,confidence: A}   ',
        b"frist:",
        b"    text: |",
        b"      Innen",
        b"",
        b"      tre uker",
        b"    source-date: 2027-02-30",
    ]
    file = course / "facts.yaml"
    file.write_bytes(mark + end.join(lines))  # and no line end in the end
    for key in ("vakt", "lov", "frist"):
        said = lokaltmot("facts", "verify", key, course, "--by", 'Åse «Æ» "B" # C', "--on", "2026-01-02")
        assert said.code == 0, said.err
        assert ":18: LM122: “2027-02-30”" in said.err  # a day that does not exist is reported, and is no obstacle
    name = 'Åse «Æ» \\"B\\" # C'.encode()
    lines[4] = b'    kontrollert-av: "' + name + b'"'
    lines[5] = b"    kontrollert: 2026-01-02" + end + lines[5]
    new = b'verified-by: "' + name + b'"', b"verified-on: 2026-01-02"
    lines[7] = b'lov: {text: "\\u00a7 12",source: Lovdata ,' + b", ".join(new) + b", confidence: A}   "
    lines[13] = b"    " + (end + b"    ").join(new) + end + lines[13]
    assert file.read_bytes() == mark + end.join(lines)


def test_verify_leaves_a_fact_that_can_not_be_read(lokaltmot: Lokaltmot, course: Path) -> None:
    file = course / "facts.yaml"
    file.write_text("vakt:\n  text: 22 33 44 55\n  verified-by: [Kari, Ola]\n", encoding="utf-8")
    before = file.read_bytes()
    said = lokaltmot("facts", "verify", "vakt", course, "--by", "Kari")
    assert (said.code, "facts.yaml:3:16: LM119" in said.err, "Fix them first" in said.err) == (2, True, True)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "odd", ["2027-02-30", "2027-13-01", "0000-01-01", "2027-1-1", "2027-05-22T25:61:00Z", "1_0:99"]
)
def test_a_day_that_does_not_exist_never_stops_verify(lokaltmot: Lokaltmot, course: Path, odd: str) -> None:
    file = course / "facts.yaml"
    file.write_text(f"vakt:\n  text: 22 33 44 55\n\nlov:\n  text: § 1\n  review-by: {odd}\n", encoding="utf-8")
    said = lokaltmot("facts", "verify", "vakt", course, "--by", "Kari", "--on", "2026-01-02")
    assert (said.code, "facts.yaml:6:14: LM122" in said.err) == (0, True), said.err
    facts = read_course(course).course
    assert facts is not None
    assert facts.facts["vakt"].verified_by == "Kari"
