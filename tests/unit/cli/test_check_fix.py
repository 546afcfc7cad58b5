"""`check --fix`: writes what is certain, says what it wrote, and leaves every other byte."""

import json
import re
import shutil
from pathlib import Path

import pytest

from lokaltmot_lms.errors import Position, Repair
from lokaltmot_lms.source.repairs.files import repaired

from .conftest import Lokaltmot

ROOT = Path(__file__).parents[3]
FRONT = "---\ntittel: Prøve\nid: prove\nversjon: 1\nspråk: nb\n---\n\n"
HEADINGS = """\
# Før start{0}

Les dette.

::: refleksjon{1}
Hva vet du fra før?
:::

# Prøve{2}  \t

::: quiz
## Hva er 2 + 2?{3}

- (x) 4
- ( ) 5

Forklaring: To og to er fire.

## Før start{4}

Svar: 4
Forklaring: To og to er fire.
:::

# Før start {{#for-start-2}}

Slutt."""
IDS = (" {#for-start}", " {#hva-vet-du-fra-for}", " {#prove}", " {#hva-er-2-2}", " {#for-start-3}")


def _codes(lokaltmot: Lokaltmot, course: Path) -> list[str]:
    return [problem["code"] for problem in json.loads(lokaltmot("check", course, "--json").out)["problems"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old-mac"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order-mark"])
def test_missing_ids_are_written_and_no_other_byte_is_touched(
    lokaltmot: Lokaltmot, tmp_path: Path, end: str, mark: bytes
) -> None:
    file = tmp_path / "m.md"
    file.write_bytes(mark + (FRONT + HEADINGS.format("", "", "", "", "")).replace("\n", end).encode())
    said = lokaltmot("check", file, "--fix")
    assert file.read_bytes() == mark + (FRONT + HEADINGS.format(*IDS)).replace("\n", end).encode()
    assert said.code == 0, said.out
    assert "m.md:8:12: LM140: Added “{#for-start}”." in said.out
    assert "Made 5 repairs." in said.out
    before = file.read_bytes()
    assert "Made" not in lokaltmot("check", file, "--fix").out
    assert file.read_bytes() == before


QUESTION = """\
# Side {{#side}}

::: quiz
## Hva? {{#hva}}

{}

Forklaring: Slik er det.
{}
"""


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("–  (x) Ja – nå\n- ( ) Nei", "- (x) Ja – nå\n- ( ) Nei"),
        ("—(x) Ja\n•\u00a0( ) Nei", "- (x) Ja\n- ( ) Nei"),
        ("− [x] Ja\n− [X] Jo\n- [ ] Nei", "- [x] Ja\n- [X] Jo\n- [ ] Nei"),
    ],
)
@pytest.mark.parametrize("closing", [":::", ": ::"])
def test_dashes_and_spaces_of_marks_are_repaired(
    lokaltmot: Lokaltmot, tmp_path: Path, slip: str, right: str, closing: str
) -> None:
    file = tmp_path / "m.md"
    file.write_text(FRONT + QUESTION.format(slip, closing), encoding="utf-8")
    said = lokaltmot("check", file, "--fix", "--json")
    assert file.read_text(encoding="utf-8") == FRONT + QUESTION.format(right, ":::")
    assert json.loads(said.out)["repairs"][0]["path"].endswith("m.md")
    assert said.code == 0


@pytest.mark.parametrize(
    "line",
    [
        "– {x) Ja",
        "- (x] Ja",
        "> (x) Ja",
        "(x) Ja",
        "– ja, sa hun",
        "#emneknagg",
        "::",
        "- Ja => Nei => Jo",
        "Svr: 4",
        "- (y) Ja",
    ],
)
def test_what_may_mean_two_things_is_left_to_the_author(lokaltmot: Lokaltmot, tmp_path: Path, line: str) -> None:
    file = tmp_path / "m.md"
    file.write_text(FRONT + QUESTION.format(f"- (x) Ja\n{line}\n- ( ) Nei", ":::"), encoding="utf-8")
    before = file.read_bytes()
    lokaltmot("check", file, "--fix")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("slip", "right"),
    [("tittel:Prøve", "tittel: Prøve"), ("tittel:\u00a0Prøve", "tittel: Prøve"), ("tittel :Prøve", "tittel : Prøve")],
)
def test_spaces_of_the_front_matter_are_repaired(lokaltmot: Lokaltmot, tmp_path: Path, slip: str, right: str) -> None:
    file = tmp_path / "m.md"
    rest = FRONT.replace("tittel: Prøve", "{}") + "# Side {{#side}}\n\nTekst.\n"
    file.write_text(rest.format(slip), encoding="utf-8")
    assert lokaltmot("check", file, "--fix").code == 0
    assert file.read_text(encoding="utf-8") == rest.format(right)


def _course(folder: Path) -> Path:
    course = Path(shutil.copytree(ROOT / "courses" / "eksempel", folder / "kurs"))
    pages = [("page", "rommet"), ("page", "spor-apent"), ("page", "quiz"), ("single", "hvor"), ("ordering", "steg")]
    lock = [
        {"module": "en-trygg-samtale", "id": id_, "kind": kind, "width": 4 if kind != "page" else 0}
        for kind, id_ in pages
    ]
    (course / "ids.lock").write_text("".join(f"{json.dumps(line)}\n" for line in lock), encoding="utf-8")
    return course


def test_a_published_id_is_put_back_or_left_and_never_replaced(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    course = _course(tmp_path)
    module, lock = course / "01-en-trygg-samtale.md", (course / "ids.lock").read_bytes()
    text = module.read_text(encoding="utf-8")
    # The title gives the published id of one page; for the other page and for a question nothing is certain.
    module.write_text(re.sub(r" \{#(rommet|spor-apent|hvor)\}", "", text), encoding="utf-8")
    lokaltmot("check", course, "--fix")
    now = module.read_text(encoding="utf-8")
    assert now == re.sub(r" \{#(rommet|hvor)\}", "", text)
    assert (course / "ids.lock").read_bytes() == lock
    assert {"LM140", "LM143"} <= set(_codes(lokaltmot, course))


def test_a_retired_id_is_not_used_again(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    course = _course(tmp_path)
    with (course / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("utgått: [spor-apent]\n")
    module = course / "01-en-trygg-samtale.md"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace(" {#spor-apent}", ""), encoding="utf-8")
    lokaltmot("check", course, "--fix")
    assert module.read_text(encoding="utf-8") == text.replace("{#spor-apent}", "{#spor-apent-2}")


def test_a_translation_gets_the_ids_of_the_module_it_translates(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    english = FRONT.replace("språk: nb", "språk: en") + (
        "# Before you start\n\nRead.\n\n# Talk {#prat}\n\n::: case\n## You meet Kim\nWhat now?\n\n"
        "- Go on -> #videre\n\n## On {#videre}\nThe end.\n:::\n"
    )
    norwegian = FRONT + (
        "# Før du starter\n\nLes.\n\n# Prat {#prat}\n\n::: case\n## Du møter Kim\nHva nå?\n\n- Gå videre -> #videre\n\n"
        "## Videre {#videre}\nSlutt.\n:::\n"
    )
    (tmp_path / "m.md").write_text(norwegian, encoding="utf-8")
    (tmp_path / "m.en.md").write_text(english, encoding="utf-8")
    said = lokaltmot("check", tmp_path / "m.md", "--fix")
    text = (tmp_path / "m.en.md").read_text(encoding="utf-8")
    assert said.code == 0, said.out
    assert re.findall(r"\{#(.*?)\}", text) == ["for-du-starter", "prat", "du-moter-kim", "videre"]


def test_a_step_that_choices_lead_to_is_not_guessed(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    case = "# Prat {#prat}\n\n::: case\n## Start {#start}\nHva nå?\n\n- Ring -> #ring\n- Snakk -> #snakk\n\n"
    case += "## Du ringte{}\nSlutt.\n\n## Snakk{}\nSlutt.\n:::\n"
    file = tmp_path / "m.md"
    file.write_text(FRONT + case.replace("{}", ""), encoding="utf-8")
    lokaltmot("check", file, "--fix")
    written = FRONT + case.replace("ringte{}", "ringte").replace("Snakk{}", "Snakk {#snakk}")
    assert file.read_text(encoding="utf-8") == written


def test_a_file_outside_the_course_is_not_written(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    (tmp_path / "kurs").mkdir()
    outside = tmp_path / "m.md"
    outside.write_text(FRONT + "# Side\n\nTekst.\n", encoding="utf-8")
    (tmp_path / "kurs" / "m.md").symlink_to(outside)
    before = outside.read_bytes()
    lokaltmot("check", tmp_path / "kurs" / "m.md", "--fix")
    assert outside.read_bytes() == before
    assert (tmp_path / "kurs" / "m.md").is_symlink()


def test_repairs_that_touch_disagree_or_are_out_of_date_are_left_out() -> None:
    def repair(line: int, column: int, old: str, new: str) -> Repair:
        return Repair(at=Position(path="a", line=line, column=column), old=old, new=new)

    made = repair(2, 2, "b", "å")
    content, done = repaired(
        b"ab\r\nabc\rx",
        [
            made,
            made,
            repair(1, 1, "a", "1"),
            repair(1, 1, "a", "2"),
            repair(2, 3, "x", "y"),
            repair(3, 2, "y", "z"),
            repair(9, 1, "", "z"),
        ],
    )
    assert (content, done) == ("ab\r\naåc\rx".encode(), (made,))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_ids_of_the_course_and_its_modules_are_written(lokaltmot: Lokaltmot, tmp_path: Path, end: str) -> None:
    files = {
        "course.yaml": "# Vårt kurs\ntittel: Trygg her\nspråk: [nb, en]\nmoduler: [m.md]\n",
        "m.md": "---\ntittel: Første hjelp\nversjon: 1\nspråk: nb\n---\n\n# Side {#side}\n\nTekst.\n",
        "m.en.md": "---\ntitle: First aid\nversion: 1\nlanguage: en\n---\n\n# Page {#side}\n\nText.\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.replace("\n", end).encode())

    assert lokaltmot("check", "--fix", tmp_path).code == 0

    for name, first, id_ in (
        ("course.yaml", "tittel", "trygg-her"), ("m.md", "tittel", "forste-hjelp"), ("m.en.md", "title", "forste-hjelp")
    ):  # fmt: skip
        written = files[name].replace(f"{first}:", f"id: {id_}\n{first}:", 1)
        assert (tmp_path / name).read_bytes() == written.replace("\n", end).encode()


def test_the_lost_id_of_a_published_module_is_not_guessed(lokaltmot: Lokaltmot, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: Kurs\nid: kurs\nlanguages: [nb]\nmodules: [m.md]\n", "utf-8")
    text = "---\ntitle: Nytt navn\nversion: 1\nlanguage: nb\n---\n\n# Side {#side}\n\nTekst.\n"
    (tmp_path / "m.md").write_text(text, "utf-8")
    slot = {"module": "gammelt-navn", "id": "side", "kind": "page", "width": 1}
    (tmp_path / "ids.lock").write_text(json.dumps(slot) + "\n", "utf-8")

    assert "LM118" in lokaltmot("check", "--fix", tmp_path).out

    assert (tmp_path / "m.md").read_text("utf-8") == text
