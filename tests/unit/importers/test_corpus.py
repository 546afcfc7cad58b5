"""The same questions in each format: what comes in comes out, or the report says so. The table in the docs is checked.

Each question's first word says which one it is (tests/imports/corpus).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path

import pytest

from lokaltmot_lms.cli.run import run
from lokaltmot_lms.importers import FORMATS
from lokaltmot_lms.model import (
    Block,
    ChoiceQuestion,
    Gaps,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Prose,
    Question,
    Quiz,
    Reflection,
    ShortText,
    Text,
    Unfinished,
)

from .documents import document, paragraph
from .imported import FILES, Imported, import_file, zipped

_CORPUS = FILES / "corpus"
_DOCS = Path(__file__).parents[3] / "docs" / "importing.md"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A question of the corpus: its row in the docs, its type in the course, and its right answers."""

    row: str
    kind: str
    right: tuple[str, ...] = ()


# By the first word of the question.
_QUESTIONS = {
    "Enkeltvalg": Expected(row="one right answer", kind="single", right=("Alle ansatte",)),
    "Påstand": Expected(row="true or false", kind="truefalse", right=("Sant",)),
    "Flervalg": Expected(row="several right answers", kind="multiple", right=("Fravær", "Uro")),
    "Skrevet": Expected(row="typed answer", kind="text", right=("arbeidsmiljøloven",)),
    "Tall": Expected(row="number", kind="numeric", right=("18",)),
    "Kobling": Expected(row="matching", kind="matching", right=("Politiet => Etterforsker", "Legen => Behandler")),
    "Rekkefølge": Expected(row="ordering", kind="ordering", right=("Lytt", "Vurder", "Meld fra")),
    "Hull": Expected(row="text with gaps", kind="gaps", right=("112", "113")),
    "Meny": Expected(row="text with menus", kind="gaps", right=("politiet",)),
    "Område": Expected(row="areas of an image", kind="hotspot", right=("Døra",)),
    "Drøfting": Expected(row="essay", kind="essay"),
    "Tekst": Expected(row="text without a question", kind="prose"),
    "Annet": Expected(row="other types", kind="none"),
}
# What the question "Enkeltvalg" has besides its answers, where the format can say it.
_EXTRAS = {
    "points": "2",
    "image in a question": "skilt.png",
    "feedback to an answer": "Ja, alle.",
    "explanation": "Loven gjelder alle.",
}
_ALL = tuple(_EXTRAS)


def _qti2(folder: Path) -> Path:
    entries: dict[str, str | bytes] = {file.name: file.read_bytes() for file in (_CORPUS / "qti2").glob("*.xml")}
    return zipped(folder / "samme.zip", {**entries, "bilder/skilt.png": _PNG})


def _qti12(folder: Path) -> Path:
    resource = '<resource identifier="r" type="imsqti_xmlv1p2"><file href="samme.xml"/></resource>'
    manifest = f"<manifest><organizations/><resources>{resource}</resources></manifest>"
    content = (_CORPUS / "qti12.xml").read_bytes()
    return zipped(
        folder / "samme.zip",
        {"imsmanifest.xml": manifest, "samme.xml": content, "web_resources/skilt.png": _PNG},
    )


def _word(folder: Path) -> Path:
    pytest.importorskip("mammoth")
    rows = [
        paragraph("Prøve", "Heading1"),
        paragraph("Enkeltvalg: Hvem kan varsle?"),
        paragraph("Alle ansatte", item=True, bold=True),
        paragraph("Bare sjefen", item=True),
        paragraph("Ingen", item=True),
        paragraph("Forklaring: Loven gjelder alle."),
        paragraph("Påstand: Plikten gjelder også deg."),
        paragraph("Sant", item=True, bold=True),
        paragraph("Usant", item=True),
        paragraph("Flervalg: Hva kan være et tegn?"),
        paragraph("Fravær", item=True, bold=True),
        paragraph("Uro", item=True, bold=True),
        paragraph("Leseglede", item=True),
        paragraph("Mer", "Heading1"),
        paragraph("Tekst: Les dette først."),
    ]
    return document(folder / "samme.docx", "".join(rows))


def _h5p(folder: Path) -> Path:
    about = '{"title": "Prøve", "mainLibrary": "H5P.Column", "language": "nb"}'
    content = (_CORPUS / "h5p.json").read_bytes()
    entries = {"h5p.json": about, "content/content.json": content, "content/images/skilt.png": _PNG}
    return zipped(folder / "samme.h5p", entries)


def _file(name: str) -> Callable[[Path], Path]:
    return lambda _folder: _CORPUS / name


# By format: the file, and the words of what it has: questions, and extras of the first one.
_FORMATS: dict[str, tuple[Callable[[Path], Path], str, tuple[str, ...]]] = {
    "moodlexml": (_file("moodle.xml"), (_CORPUS / "moodle.xml").read_text("utf-8"), _ALL),
    "gift": (_file("gift.gift"), (_CORPUS / "gift.gift").read_text("utf-8"), _ALL[2:]),
    "qti": (_file("qti12.xml"), (_CORPUS / "qti12.xml").read_text("utf-8"), (_ALL[0], *_ALL[2:])),
    "canvas": (_qti12, (_CORPUS / "qti12.xml").read_text("utf-8"), _ALL),
    "qti2": (_qti2, "".join(file.read_text("utf-8") for file in (_CORPUS / "qti2").glob("*.xml")), _ALL),
    "text2qti": (_file("text2qti.txt"), (_CORPUS / "text2qti.txt").read_text("utf-8"), (_ALL[0], *_ALL[2:])),
    "aiken": (_file("aiken.txt"), (_CORPUS / "aiken.txt").read_text("utf-8"), ()),
    "h5p": (_h5p, (_CORPUS / "h5p.json").read_text("utf-8"), _ALL[1:3]),
    "sheet": (_file("liste.csv"), (_CORPUS / "liste.csv").read_text("utf-8"), (_ALL[0], *_ALL[2:])),
    "word": (_word, "Enkeltvalg: Påstand: Flervalg: Tekst:", ("explanation",)),
}
_WITHOUT_QUESTIONS = {"scorm"}


@singledispatch
def _right(question: Question) -> Iterator[str]:
    raise NotImplementedError(question.type)


@_right.register
def _(question: ChoiceQuestion) -> Iterator[str]:
    yield from (option.text.plain.replace("True", "Sant") for option in question.options if option.is_right)


@_right.register
def _(question: Hotspot) -> Iterator[str]:
    yield from (spot.text.plain for spot in question.spots if spot.is_right)


@_right.register
def _(question: ShortText) -> Iterator[str]:
    yield from question.accepted


@_right.register
def _(question: Numeric) -> Iterator[str]:
    yield f"{question.low}" if question.low == question.high else f"{question.low}–{question.high}"


@_right.register
def _(question: Matching) -> Iterator[str]:
    yield from (f"{pair.left.plain if pair.left else ''} => {pair.right.plain}" for pair in question.pairs)


@_right.register
def _(question: Ordering) -> Iterator[str]:
    yield from (item.text.plain for item in question.items)


@_right.register
def _(question: Gaps) -> Iterator[str]:
    for gap in question.gaps:
        yield from gap.accepted or (option.text.plain for option in gap.options if option.is_right)


def _texts(thing: Question | Block) -> str:
    """Return what a learner or author reads of a question or block."""
    if isinstance(thing, Unfinished):
        return thing.text
    texts = [getattr(thing, name, None) for name in ("prompt", "intro", "body", "text")]
    return " ".join(text.plain for text in texts if isinstance(text, Text))


def _things(imported: Imported) -> Iterator[Question | Block]:
    for module in imported.course.modules:
        for page in module.pages:
            for block in page.blocks:
                yield from block.questions if isinstance(block, Quiz) else (block,)


def _found(imported: Imported, word: str) -> Question | Block | None:
    return next((thing for thing in _things(imported) if word in _texts(thing)), None)


def _is_said(imported: Imported, word: str) -> bool:
    return any(any(word in str(value) for value in problem.values.values()) for problem in imported.findings)


def _outcome(imported: Imported, word: str) -> str:
    """Return what became of a question: kept, changed or named. It fails when something differs without a message."""
    expected, thing = _QUESTIONS[word], _found(imported, word)
    if isinstance(thing, Question):
        is_same = thing.type == expected.kind and tuple(_right(thing)) == expected.right
        assert is_same or _is_said(imported, word), f"{word} differs, and no message says so"
        return "kept" if is_same and not _is_said(imported, word) else "changed"
    if expected.kind == "prose":
        assert isinstance(thing, Prose), word
        return "kept"
    assert _is_said(imported, word), f"{word} is gone, and no message says so"
    return "changed" if isinstance(thing, Reflection) else "named"


def _extra(imported: Imported, name: str) -> bool:
    """Return whether a part of the first question is as in the source."""
    question = _found(imported, "Enkeltvalg")
    assert isinstance(question, ChoiceQuestion)
    match name:
        case "points":
            return question.points == 2
        case "image in a question":
            (image,) = (imported.folder / "media").iterdir()
            return f"![Et skilt](media/{image.name})" in imported.module
        case "feedback to an answer":
            return [option.feedback.plain if option.feedback else "" for option in question.options] == [
                "Ja, alle.",
                "",
                "",
            ]
    return question.explanation is not None and question.explanation.plain == "Loven gjelder alle."


def _outcomes(name: str, folder: Path) -> dict[str, str]:
    """Return what becomes of each question and extra of a format; "–" for what its files don't have."""
    make, words, extras = _FORMATS[name]
    imported = import_file(make(folder), folder / "kurs")
    assert imported.format == name
    found = {
        expected.row: _outcome(imported, word) if f"{word}:" in words else "–" for word, expected in _QUESTIONS.items()
    }
    for extra, words_of in _EXTRAS.items():
        is_kept = extra in extras and _extra(imported, extra)
        assert is_kept or extra not in extras or _is_said(imported, words_of), f"{extra} of {name} is lost"
        found[extra] = "kept" if is_kept else "named" if extra in extras else "–"
    return found


@pytest.mark.parametrize("name", _FORMATS)
def test_nothing_differs_without_a_message(name: str, tmp_path: Path) -> None:
    outcomes = _outcomes(name, tmp_path)
    assert sum(value != "–" for value in outcomes.values()) >= 3


def test_every_format_with_questions_is_in_the_corpus() -> None:
    assert set(_FORMATS) == set(FORMATS) - _WITHOUT_QUESTIONS


@pytest.mark.parametrize("name", _FORMATS)
def test_no_answer_of_a_question_that_was_not_built_is_on_a_page(name: str, tmp_path: Path) -> None:
    make, _, _ = _FORMATS[name]
    imported = import_file(make(tmp_path), tmp_path / "kurs")
    shown = " ".join(_texts(thing) for thing in _things(imported) if isinstance(thing, Prose | Reflection))
    assert [word for expected in _QUESTIONS.values() for word in expected.right if word in shown] == []


def _ten_of_qti2(folder: Path) -> Path:
    entries: dict[str, str | bytes] = {}
    for number in range(10):
        text = (_CORPUS / "qti2" / "enkeltvalg.xml").read_text("utf-8").replace('"enkeltvalg"', f'"sak-{number}"')
        entries[f"{number}.xml"] = text.replace("Hvem kan varsle?", f"Hvem kan varsle om sak {number}?")
    return zipped(folder / "ti.zip", {**entries, "bilder/skilt.png": _PNG})


def _ten_of_aiken(folder: Path) -> Path:
    row = "Hvem kan varsle om sak {}?\nA. Alle\nB. Ingen\nANSWER: A\nFEEDBACK: Loven gjelder alle.\n\n"
    (folder / "ti.txt").write_text("".join(map(row.format, range(10))), encoding="utf-8")
    return folder / "ti.txt"


@pytest.mark.parametrize("make", [_ten_of_qti2, _ten_of_aiken])
def test_ten_questions_are_imported_and_built_in_one_go(make: Callable[[Path], Path], tmp_path: Path) -> None:
    assert run(["import", str(make(tmp_path)), "--out", str(tmp_path / "kurs")]) == 0
    assert run(["build", str(tmp_path / "kurs"), "--target", "scorm12", "--out", str(tmp_path / "dist")]) == 0
    assert (tmp_path / "dist" / "ti-scorm12.zip").is_file()


def _table() -> dict[str, dict[str, str]]:
    """Return the table of the docs: by format, what it says about each row."""
    page = _DOCS.read_text(encoding="utf-8")
    section = page.split("## What becomes of each question type\n", 1)[1].split("\n## ", 1)[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    head, rows = lines[0][1:], lines[2:]
    return {
        title: {row[0]: re.match(r"[\w–]+", row[at])[0] for row in rows}  # type: ignore[index]
        for at, title in enumerate(head, start=1)
    }


# The columns of the table. A zip of QTI 1.2 is read like a cartridge.
_COLUMNS = {
    "Moodle XML": "moodlexml",
    "GIFT": "gift",
    "Canvas, QTI 1.2": "canvas",
    "QTI 2 and 3": "qti2",
    "text2qti": "text2qti",
    "Aiken": "aiken",
    "H5P": "h5p",
    "Excel, CSV": "sheet",
    "Word": "word",
}


@pytest.mark.parametrize("title", _COLUMNS)
def test_the_table_in_the_docs_says_what_happens(title: str, tmp_path: Path) -> None:
    assert _table()[title] == _outcomes(_COLUMNS[title], tmp_path)


def test_the_table_in_the_docs_has_every_format() -> None:
    assert set(_table()) == set(_COLUMNS)
    assert set(_FORMATS) - set(_COLUMNS.values()) == {"qti"}
