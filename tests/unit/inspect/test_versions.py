"""`lokaltmot diff` of two versions, compared with what the player itself reads from an old state."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lokaltmot_lms.build import build_course
from lokaltmot_lms.cli.run import run
from lokaltmot_lms.inspect import Fate, SavedKind, compare, modules_in
from lokaltmot_lms.source import lock_text, read_course
from lokaltmot_lms.targets.base import BuildOptions

PLAYER = Path(__file__).parents[2] / "player"
Edit = Callable[[str], str]


def packed(folder: Path, edit: Edit, *, lock: str = "", retired: str = "") -> tuple[Path, str]:
    """Build the course of every question type after an edit; return its zip and its ids.lock."""
    course = shutil.copytree(PLAYER / "course", folder / "course")
    (course / "alt.en.md").unlink()
    source = course / "alt.md"
    text = edit(source.read_text(encoding="utf-8"))
    source.write_text(text, encoding="utf-8")
    yaml = (course / "course.yaml").read_text(encoding="utf-8").replace("[nb, en]", "[nb]")
    (course / "course.yaml").write_text(yaml + (f"retired: [{retired}]\n" if retired else ""), encoding="utf-8")
    if lock:
        (course / "ids.lock").write_text(lock, encoding="utf-8")
    reading = read_course(course)
    assert reading.course is not None
    assert reading.problems == ()
    made = list(build_course(reading.course, targets=["scorm12"], out=folder / "out", options=BuildOptions()))
    return next(each.path for each in made if each.kind == "package"), lock_text(reading.course)


def same(text: str) -> str:
    return text


def cut(text: str, start: str, end: str) -> str:
    """Remove the text from one heading to another."""
    return text[: text.index(start)] + text[text.index(end) :]


def player_reads(node: str, old: Path, new: Path, folder: Path) -> dict | None:
    """Return what the player's scripts keep of a complete old state."""
    for name, path in (("old", old), ("new", new)):
        (module,) = modules_in(path).values()
        (folder / f"{name}.json").write_text(json.dumps(module.data), encoding="utf-8")
    command = [node, PLAYER / "survive.js", folder / "old.json", folder / "new.json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


NEW_PAGE = "# Ny {#ny}\n\nEn ny side.\n\n"
NEW_QUESTION = "## Nytt? {#nytt}\n\n- (x) Ja\n- ( ) Nei\n\nForklaring: Slik er det.\n\n"
AVERTING = "## Hvem har avvergingsplikt? {#avverging}"
TRUE = "## Plikten gjelder deg. {#sant}"
THIRD = "- ( ) Bare barnevernet\n  > Nei, den gjelder flere.\n"
FOURTH = "- ( ) Ingen\n  > Nei, den gjelder flere.\n"
EDITS: dict[str, tuple[Edit, str, set[tuple[str, str]]]] = {
    "a text is edited": (lambda text: text.replace("Liker å lese", "Leser mye"), "", set()),
    "a page is added": (lambda text: text.replace("# Sofia {", f"{NEW_PAGE}# Sofia {{"), "", {("ny", "new")}),
    "a page is removed": (
        lambda text: cut(text, "# Sofia {", "# Quiz {"),
        "sofia",
        {("sofia", "dropped")},
    ),
    "a question is added": (lambda text: text.replace(AVERTING, NEW_QUESTION + AVERTING), "", {("nytt", "new")}),
    "a question is removed": (lambda text: cut(text, AVERTING, TRUE), "avverging", {("avverging", "dropped")}),
    "the pages change places": (
        lambda text: cut(text, "# Sofia {", "# Quiz {") + "\n" + text[text.index("# Sofia {") : text.index("# Quiz {")],
        "",
        set(),
    ),
    "another answer is right": (
        lambda text: text.replace("(x) Alle", "( ) Alle").replace("( ) Bare politiet", "(x) Bare politiet"),
        "",
        {("avverging", "marked-again")},
    ),
    "an option is added last": (lambda text: text.replace(THIRD, THIRD + FOURTH), "", set()),
    "an option is removed": (lambda text: text.replace(THIRD, ""), "", {("avverging", "fewer")}),
    "the options change places": (
        lambda text: (
            text.replace("Bare politiet\n", "X\n", 1)
            .replace("Bare barnevernet\n", "Bare politiet\n", 1)
            .replace("X\n", "Bare barnevernet\n")
        ),
        "",
        {("avverging", "shifted")},
    ),
    "the type is another": (
        lambda text: (
            text.replace("(x) Alle", "[x] Alle")
            .replace("( ) Bare politiet", "[ ] Bare politiet")
            .replace("( ) Bare barnevernet", "[ ] Bare barnevernet")
        ),
        "",
        {("avverging", "dropped")},
    ),
    "there is a step more to order": (
        lambda text: text.replace("3. Meld", "3. Meld\n4. Følg opp\n5. Snakk igjen"),
        "",
        {("steg", "dropped")},
    ),
}


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return packed(tmp_path_factory.mktemp("old"), same)


@pytest.mark.parametrize("name", EDITS)
def test_the_comparison_agrees_with_the_player(node: str, tmp_path: Path, old: tuple[Path, str], name: str) -> None:
    edit, retired, expected = EDITS[name]
    package, _ = packed(tmp_path, edit, lock=old[1], retired=retired)
    (found,) = compare(modules_in(old[0]), modules_in(package))
    assert {(each.id, each.fate) for each in found.changes if each.fate is not Fate.KEPT} == expected

    read = player_reads(node, old[0], package, tmp_path)
    assert read is not None
    assert read["passed"]
    by_thing = {
        thing: {each.id for each in found.changes if each.thing is thing and each.fate not in {Fate.DROPPED, Fate.NEW}}
        for thing in SavedKind
    }
    assert set(read["pages"]) == by_thing[SavedKind.PAGE]
    assert set(read["quizzes"]) == by_thing[SavedKind.QUIZ]
    # The saved state has the last option of each question; it is the one that is gone.
    fewer = {each.id for each in found.changes if each.fate is Fate.FEWER}
    assert set(read["marks"]) == by_thing[SavedKind.QUESTION] - fewer


def test_an_unreadable_state_without_the_lock_is_reported(node: str, tmp_path: Path, old: tuple[Path, str]) -> None:
    package, _ = packed(tmp_path, EDITS["a question is added"][0])
    (found,) = compare(modules_in(old[0]), modules_in(package))
    assert [(each.thing, each.fate) for each in found.changes] == [(SavedKind.MODULE, Fate.DROPPED)]
    assert player_reads(node, old[0], package, tmp_path) is None


def test_a_removed_video_loses_what_was_watched(node: str, tmp_path: Path) -> None:
    def built(name: str, edit: Edit, lock: str = "") -> tuple[Path, str]:
        course = shutil.copytree(PLAYER / "film", tmp_path / name)
        (course / "course.yaml").write_text("title: A\nid: a\nlanguages: [nb]\nmodules: [film.md]\n", encoding="utf-8")
        source = course / "film.md"
        source.write_text(edit(source.read_text(encoding="utf-8")), encoding="utf-8")
        if lock:
            (course / "ids.lock").write_text(lock, encoding="utf-8")
        read = read_course(course).course
        assert read is not None
        made = build_course(read, targets=["scorm12"], out=tmp_path / f"{name}-out", options=BuildOptions())
        return next(each.path for each in made if each.kind == "package"), lock_text(read)

    old, lock = built("old", same)
    moved, _ = built("moved", lambda text: text.replace("# Se {", "# Et forord {#forord}\n\nHei.\n\n# Se {"), lock)
    renamed, _ = built("renamed", lambda text: text.replace("#tre-sporsmal", "#fire-sporsmal"), lock)
    fates = [
        {(each.id, each.fate) for each in found.changes if each.thing is SavedKind.FILM}
        for package in (moved, renamed)
        for found in compare(modules_in(old), modules_in(package))
    ]
    assert fates == [
        {("tre-sporsmal", Fate.KEPT)},
        {("tre-sporsmal", Fate.DROPPED), ("fire-sporsmal", Fate.NEW)},
    ]
    assert player_reads(node, old, moved, tmp_path)["films"] == {"tre-sporsmal": 0b111}
    assert "fire-sporsmal" not in player_reads(node, old, renamed, tmp_path)["films"]


def test_the_command_reports_in_words_and_exits_with_1_on_a_loss(
    tmp_path: Path, old: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    package, _ = packed(tmp_path, EDITS["a question is removed"][0], lock=old[1], retired="avverging")
    assert run(["sammenlign", str(old[0]), str(package), "--lang", "nb"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "  spørsmål avverging: borte. Den er borte." in lines
    assert lines[-1] == "1 lagret ting går tapt eller blir endret."
    assert run(["diff", str(old[0]), str(old[0]), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["lost"] == 0
    assert {each["fate"] for each in answer["modules"][0]["changes"]} == {"kept"}


def test_a_foreign_package_and_a_non_package_are_refused(
    tmp_path: Path, old: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("imsmanifest.xml", "<manifest/>")
        package.writestr("index.html", '<script id="lm-module">[{"format": 1}]</script>')
    assert run(["diff", str(other), str(old[0])]) == 2
    broken = tmp_path / "broken.zip"
    broken.write_text("no zip", encoding="utf-8")
    assert run(["diff", str(old[0]), str(broken)]) == 1
    assert "LM5" in capsys.readouterr().err
